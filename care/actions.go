package care

import (
	"context"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// The needs of the feature. See opens the door to what is one's own, Lead to all of
// the cell: it belongs to the committee of the cell and to nobody above it.
const (
	See  access.Need = "care.see"
	Lead access.Need = "care.lead"
)

// viewed stands in the log when somebody looks at what is not about them; its object
// is the hardship, or the person of whom the place of residence has said something.
const viewed = "care.viewed"

// listViewed stands there when somebody looks at all that a cell cares for; its object is
// the cell.
const listViewed = "care.list_viewed"

// Service does what people do to care for each other.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

func (s *Service) today() when.Date { return s.now().Date() }

// cell returns a cell that somebody leads.
func (s *Service) cell(ctx context.Context, q db.Q, who access.Person, organizationID string) (organization.Organization, error) {
	return organization.GetCell(ctx, q, who.Scope(Lead), organizationID)
}

// cellWith returns a cell that somebody leads and wants the member on its roll.
func (s *Service) cellWith(ctx context.Context, q db.Q, who access.Person, organizationID, memberID string) (organization.Organization, error) {
	o, err := s.cell(ctx, q, who, organizationID)
	if err != nil || memberID == "" {
		return o, err // nobody was chosen: the check of the form says so
	}
	_, listed, err := member.EntryOn(ctx, q, o.Root, o.ID, memberID, s.today())
	if err == nil && !listed {
		var c fault.Check
		c.That(false, "member", "care.problem.not_on_roll")
		err = c.Err()
	}
	return o, err
}

// Enter writes down that a member is in hardship.
func (s *Service) Enter(ctx context.Context, who access.Person, h Hardship) (Hardship, error) {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := s.cellWith(ctx, tx, who, h.Organization, h.Member)
		if err != nil {
			return err
		}
		if err := h.check(s.today()); err != nil {
			return err
		}
		h.Root, h.ID, h.EnteredAt, h.EnteredBy = o.Root, id.New(), s.now(), who.Member
		if err := db.Insert(ctx, tx, "care_hardship", h); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, h.Root, "care.entered", h.ID, nil)
	})
	return h, err
}

// Close writes down that a hardship is over, and how it went.
func (s *Service) Close(ctx context.Context, who access.Person, hardshipID string, on when.Date, outcome string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		h, err := s.led(ctx, tx, who, hardshipID)
		if err != nil {
			return err
		}
		if h, err = h.closed(on, outcome, s.today()); err != nil {
			return err
		}
		if err := closeHardship(ctx, tx, h); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, h.Root, "care.closed", h.ID, nil)
	})
}

// led returns a hardship of a cell that somebody leads; the person whom it is about
// reads it and does not write in it.
func (s *Service) led(ctx context.Context, q db.Q, who access.Person, hardshipID string) (Hardship, error) {
	h, err := hardshipFor(ctx, q, who, hardshipID)
	if err != nil {
		return h, err
	}
	if _, err = s.cell(ctx, q, who, h.Organization); err != nil {
		err = fault.New(fault.Forbidden, "fault.forbidden")
	}
	return h, err
}

// Do writes down what is decided or was done. hardshipID is empty for a visit of its
// own, whose cell and member the deed names.
func (s *Service) Do(ctx context.Context, who access.Person, hardshipID string, d Deed) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if hardshipID != "" {
			h, err := s.led(ctx, tx, who, hardshipID)
			if err != nil {
				return err
			}
			if !h.Open() {
				return fault.New(fault.Conflict, "care.refused.closed")
			}
			d.Root, d.Organization, d.Member, d.Hardship, d.Occasion = h.Root, h.Organization, h.Member, h.ID, Help
		} else {
			o, err := s.cellWith(ctx, tx, who, d.Organization, d.Member)
			if err != nil {
				return err
			}
			d.Root = o.Root
		}
		if err := d.check(s.today()); err != nil {
			return err
		}
		d.ID, d.EnteredAt, d.EnteredBy = id.New(), s.now(), who.Member
		if err := db.Insert(ctx, tx, "care_deed", d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, d.Root, "care.decided", d.ID, nil)
	})
}

// Give writes down that what was decided is done, on a day, today where none is said.
func (s *Service) Give(ctx context.Context, who access.Person, deedID string, on when.Date) (Deed, error) {
	return s.change(ctx, who, deedID, "care.given", func(tx *db.Tx, d Deed) error {
		d, err := d.given(on, s.today())
		if err != nil {
			return err
		}
		return giveDeed(ctx, tx, d)
	})
}

// Drop takes back what was decided and not done.
func (s *Service) Drop(ctx context.Context, who access.Person, deedID string) (Deed, error) {
	return s.change(ctx, who, deedID, "care.dropped", func(tx *db.Tx, d Deed) error { return dropDeed(ctx, tx, d) })
}

func (s *Service) change(ctx context.Context, who access.Person, deedID, action string, do func(*db.Tx, Deed) error) (d Deed, err error) {
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		if d, err = deedFor(ctx, tx, who, deedID); err != nil {
			return err
		}
		if err := do(tx, d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, d.Root, action, d.ID, nil)
	})
	return d, err
}

// Look is one look of somebody at what is written of a person.
type Look struct {
	Name string
	At   when.Instant
}

// Sheet is a hardship with what was done.
type Sheet struct {
	Hardship
	Name  string // of the member
	Deeds []Deed
	Leads bool
	// Looks says who else has looked, the last first; on one's own sheet only.
	Looks []Look
}

// View returns a hardship for who, and notes that they looked when it is not their own.
func (s *Service) View(ctx context.Context, who access.Person, hardshipID string) (Sheet, error) {
	h, err := hardshipFor(ctx, s.DB, who, hardshipID)
	if err != nil {
		return Sheet{}, err
	}
	v := Sheet{Hardship: h}
	if v.Deeds, err = deedsFor(ctx, s.DB, h.Root, h.ID); err != nil {
		return v, err
	}
	names, err := member.Names(ctx, s.DB, h.Root, h.Member)
	if err != nil {
		return v, err
	}
	v.Name = names[h.Member]
	_, err = s.cell(ctx, s.DB, who, h.Organization)
	v.Leads = err == nil
	if h.Member == who.Member {
		v.Looks, err = s.looks(ctx, h)
		return v, err
	}
	return v, s.Audit.Look(ctx, s.DB, who, h.Root, viewed, h.ID)
}

// mostLooks is how many looks are shown.
const mostLooks = 20

func (s *Service) looks(ctx context.Context, h Hardship) ([]Look, error) {
	all, err := audit.Of(ctx, s.DB, h.Root, h.ID)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e audit.Entry) bool { return e.Action != viewed })
	slices.SortFunc(all, func(a, b audit.Entry) int { return int(b.Seq - a.Seq) })
	var who []string
	for _, e := range all[:min(mostLooks, len(all))] {
		who = append(who, e.Member)
	}
	names, err := member.Names(ctx, s.DB, h.Root, who...)
	out := make([]Look, len(who))
	for i := range out {
		out[i] = Look{names[who[i]], all[i].At}
	}
	return out, err
}

// Overview is what the committee of a cell cares for.
type Overview struct {
	Cell      organization.Organization
	Year      int
	Hardships []Hardship // what lasts first
	Deeds     []Deed     // of the year, what waits first
	Names     map[string]string
}

// Look returns what a cell cares for, for its committee.
func (s *Service) Look(ctx context.Context, who access.Person, organizationID string, year int) (Overview, error) {
	o, err := s.cell(ctx, s.DB, who, organizationID)
	if err != nil {
		return Overview{}, err
	}
	v := Overview{Cell: o, Year: year}
	if v.Hardships, err = hardships(ctx, s.DB, o.Root, o.ID); err != nil {
		return v, err
	}
	if v.Deeds, err = deeds(ctx, s.DB, o.Root, o.ID, year); err != nil {
		return v, err
	}
	var ids []string
	for _, h := range v.Hardships {
		ids = append(ids, h.Member)
	}
	for _, d := range v.Deeds {
		ids = append(ids, d.Member)
	}
	if v.Names, err = member.Names(ctx, s.DB, o.Root, ids...); err != nil {
		return v, err
	}
	return v, s.Audit.Look(ctx, s.DB, who, o.Root, listViewed, o.ID)
}

// Own is all that is written of a person.
type Own struct {
	Hardships []Hardship
	Deeds     []Deed // the visits that belong to no hardship too
	Families  []FamilyYear
	Comments  []Comment
}

// OfMine returns all that is written of who.
func (s *Service) OfMine(ctx context.Context, who access.Person) (Own, error) {
	var v Own
	var err error
	if who.Member == "" {
		return v, nil
	}
	if v.Hardships, err = hardshipsOf(ctx, s.DB, who.Root, who.Member); err != nil {
		return v, err
	}
	if v.Deeds, err = deedsOf(ctx, s.DB, who.Root, who.Member); err != nil {
		return v, err
	}
	if v.Families, err = familyYears(ctx, s.DB, who.Root, who.Member); err != nil {
		return v, err
	}
	v.Comments, err = commentsOf(ctx, s.DB, who.Root, who.Member)
	return v, err
}

// Year is the roll of a cell with whose family was recognised in a year.
type Year struct {
	Cell     organization.Organization
	Year     int
	Roll     []member.Entry
	Families map[string]bool // by member; who is missing is not known
}

// Families returns the families of a cell in a year.
func (s *Service) Families(ctx context.Context, who access.Person, organizationID string, year int) (Year, error) {
	o, err := s.cell(ctx, s.DB, who, organizationID)
	if err != nil {
		return Year{}, err
	}
	v := Year{Cell: o, Year: year, Families: map[string]bool{}}
	if v.Roll, err = member.Roll(ctx, s.DB, o.Root, o.ID, s.today()); err != nil {
		return v, err
	}
	all, err := families(ctx, s.DB, o.Root, o.ID, year)
	for _, f := range all {
		v.Families[f.Member] = f.Cultured
	}
	return v, err
}

// SetFamilies says of everybody on the roll whether their family was recognised in a
// year.
func (s *Service) SetFamilies(ctx context.Context, who access.Person, organizationID string, year int, cultured []string) error {
	var c fault.Check
	c.That(year >= 2000 && year <= s.today().Year, "year", "care.problem.year")
	if err := c.Err(); err != nil {
		return err
	}
	v, err := s.Families(ctx, who, organizationID, year)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, e := range v.Roll {
			f := FamilyYear{v.Cell.Root, v.Cell.ID, e.ID, year, slices.Contains(cultured, e.ID)}
			if err := putFamily(ctx, tx, f); err != nil {
				return err
			}
		}
		return s.Audit.Write(ctx, tx, who, v.Cell.Root, "care.families", v.Cell.ID, map[string]int{"year": year})
	})
}
