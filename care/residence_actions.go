package care

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// Residence is where the members of a cell live, with the comments of a year, and who
// lives here.
type Residence struct {
	Cell     organization.Organization
	Year     int
	Roll     []member.Entry
	Homes    map[string]Home    // by member
	Comments map[string]Comment // by member
	// Residents live here and belong to other cells; Remarked says of whom the comment
	// of the year is written.
	Residents []Resident
	Remarked  map[string]bool
}

// Residence returns both sides of the residence of a cell for its committee.
func (s *Service) Residence(ctx context.Context, who access.Person, organizationID string, year int) (Residence, error) {
	o, err := s.cell(ctx, s.DB, who, organizationID)
	if err != nil {
		return Residence{}, err
	}
	v := Residence{Cell: o, Year: year, Homes: map[string]Home{}, Comments: map[string]Comment{}, Remarked: map[string]bool{}}
	if v.Roll, err = member.Roll(ctx, s.DB, o.Root, o.ID, s.today()); err != nil {
		return v, err
	}
	all, err := homes(ctx, s.DB, o.Root, o.ID)
	if err != nil {
		return v, err
	}
	for _, h := range all {
		v.Homes[h.Member] = h
	}
	asked, err := comments(ctx, s.DB, o.Root, o.ID, year)
	if err != nil {
		return v, err
	}
	for _, k := range asked {
		v.Comments[k.Member] = k
	}
	if v.Residents, err = residents(ctx, s.DB, o.Root, o.ID, s.today()); err != nil {
		return v, err
	}
	said, err := remarked(ctx, s.DB, o.Root, o.ID, year)
	for _, r := range said {
		v.Remarked[r] = true
	}
	return v, err
}

// toAsk returns those on the roll of whom the comment of the year can be asked and is
// not.
func (v Residence) toAsk() []Home {
	var out []Home
	for _, e := range v.Roll {
		h, there := v.Homes[e.ID]
		if _, asked := v.Comments[e.ID]; there && !asked && h.Excuse == NoExcuse {
			out = append(out, h)
		}
	}
	return out
}

// SetHome writes down to which cell a member was introduced, or why not.
func (s *Service) SetHome(ctx context.Context, who access.Person, h Home) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := s.cellWith(ctx, tx, who, h.Organization, h.Member)
		if err != nil {
			return err
		}
		if err := h.check(s.today()); err != nil {
			return err
		}
		h.Root = o.Root
		if err := putHome(ctx, tx, h); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, h.Root, "care.home", h.Member, nil)
	})
}

// Ask notes that the comments of a year are asked of everybody who is introduced, not
// excused and not asked yet, and returns how many.
func (s *Service) Ask(ctx context.Context, who access.Person, organizationID string, year int) (int, error) {
	v, err := s.Residence(ctx, who, organizationID, year)
	if err != nil {
		return 0, err
	}
	if year < 2020 || year > s.today().Year {
		return 0, fault.New(fault.Invalid, "care.problem.year")
	}
	people := v.toAsk()
	if len(people) == 0 {
		return 0, fault.New(fault.Conflict, "care.refused.nobody")
	}
	due := dueBy(year)
	if due.Before(s.today().AddDays(7)) {
		due = s.today().AddDays(14)
	}
	return len(people), s.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, h := range people {
			k := Comment{
				Root: h.Root, ID: id.New(), Organization: h.Organization, Member: h.Member, Year: year, Cell: h.Cell,
				AskedOn: s.today(), DueOn: due,
			}
			if err := db.Insert(ctx, tx, "care_comment", k); err != nil {
				return err
			}
		}
		return s.Audit.Write(ctx, tx, who, v.Cell.Root, "care.asked", v.Cell.ID, map[string]int{"year": year, "count": len(people)})
	})
}

// Answer writes down the comment that has come.
func (s *Service) Answer(ctx context.Context, who access.Person, commentID string, r Reply) (Comment, error) {
	k, err := commentFor(ctx, s.DB, who, commentID)
	if err != nil {
		return k, err
	}
	if _, err := s.cell(ctx, s.DB, who, k.Organization); err != nil {
		return k, fault.New(fault.Forbidden, "fault.forbidden")
	}
	if k, err = k.answered(r, s.today()); err != nil {
		return k, err
	}
	return k, s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := answerComment(ctx, tx, k); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, k.Root, "care.comment_came", k.ID, nil)
	})
}

// Receive writes down that somebody of another cell lives here.
func (s *Service) Receive(ctx context.Context, who access.Person, r Resident) (Resident, error) {
	o, err := s.cell(ctx, s.DB, who, r.Organization)
	if err != nil {
		return r, err
	}
	r = r.filed()
	if err := r.check(s.today()); err != nil {
		return r, err
	}
	r.Root, r.ID = o.Root, id.New()
	return r, s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := db.Insert(ctx, tx, "care_resident", r); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, "care.received", r.ID, nil)
	})
}

// LetGo writes down that a resident has moved away.
func (s *Service) LetGo(ctx context.Context, who access.Person, residentID string) error {
	return s.ofResident(ctx, who, residentID, "care.let_go", func(tx *db.Tx, r Resident) error {
		if !r.LeftOn.IsZero() {
			return fault.New(fault.Conflict, "care.refused.left")
		}
		r.LeftOn = s.today()
		return letGo(ctx, tx, r)
	})
}

// Say writes the comment of a year on a resident; saying it again replaces it.
func (s *Service) Say(ctx context.Context, who access.Person, residentID string, k Remark) error {
	return s.ofResident(ctx, who, residentID, "care.remarked", func(tx *db.Tx, r Resident) error {
		k.Root, k.Resident = r.Root, r.ID
		if err := k.check(s.today()); err != nil {
			return err
		}
		return putRemark(ctx, tx, k)
	})
}

func (s *Service) ofResident(ctx context.Context, who access.Person, residentID, action string, do func(*db.Tx, Resident) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, err := residentFor(ctx, tx, who.Scope(Lead), residentID)
		if err != nil {
			return err
		}
		if err := do(tx, r); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, action, r.ID, nil)
	})
}

// Overdue counts the comments of the year that should have come by day.
func (v Residence) Overdue(day when.Date) int {
	n := 0
	for _, k := range v.Comments {
		if k.Overdue(day) {
			n++
		}
	}
	return n
}
