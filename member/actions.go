package member

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
	"chibo/organization"
)

// What may be done with people of a roll, and by whom: see app/rights.go.
const (
	Read    access.Need = "member.read"    // the roll and the profiles
	Write   access.Need = "member.write"   // add, change, record standings, import
	Private access.Need = "member.private" // card, identity, telephone, mail, notes
)

// Service does what may be done with people of a roll.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log

	uploads uploads
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

func (s *Service) today() when.Date { return when.DateOf(s.Now()) }

// Add puts a new person on the roll of a cell, standing as first says.
func (s *Service) Add(ctx context.Context, who access.Person, organizationID string, m Member, first Record) (Member, error) {
	m = m.Filed()
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := s.openCellIn(ctx, tx, who.Scope(Write), organizationID)
		if err != nil {
			return err
		}
		m.Root, m.ID, m.Organization = o.Root, id.New(), o.ID
		first.Root, first.Organization, first.Member = o.Root, o.ID, m.ID
		if err := both(m.Check(s.today()), CheckNext(nil, first, s.today())); err != nil {
			return err
		}
		if err := insert(ctx, tx, m); err != nil {
			return err
		}
		if err := s.put(ctx, tx, who, first); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "member.added", m.ID, map[string]string{"organization": o.ID})
	})
	return m, err
}

// both puts the problems of two checks of one form together.
func both(a, b error) error {
	if a == nil || b == nil {
		if a == nil {
			return b
		}
		return a
	}
	fa, fb := fault.Of(a), fault.Of(b)
	var c fault.Check
	for _, f := range []*fault.Error{fa, fb} {
		for field, key := range f.Fields {
			c.That(false, field, key)
		}
	}
	return c.Err()
}

// cellIn returns a cell of the scope: people stand in cells and nowhere else.
func cellIn(ctx context.Context, q db.Q, sc access.Scope, id string) (organization.Organization, error) {
	o, err := organization.Get(ctx, q, sc, id)
	if err == nil && o.Level != organization.Cell {
		err = fault.New(fault.Conflict, "member.problem.no_cell")
	}
	return o, err
}

// openCellIn returns a cell that takes people in: one that still exists.
func (s *Service) openCellIn(ctx context.Context, q db.Q, sc access.Scope, id string) (organization.Organization, error) {
	o, err := cellIn(ctx, q, sc, id)
	if err == nil && !o.OpenOn(s.today()) {
		err = fault.New(fault.Conflict, "member.problem.cell_closed")
	}
	return o, err
}

// put writes a record with who wrote it and when.
func (s *Service) put(ctx context.Context, tx *db.Tx, who access.Person, r Record) error {
	return putRecord(ctx, tx, r.recorded(who, s.now()))
}

func (r Record) recorded(who access.Person, at when.Instant) Record {
	r.RecordedAt, r.RecordedBy = at, who.Member
	return r
}

// Change writes a profile anew. Private facts stay as they are when who may not
// see them.
func (s *Service) Change(ctx context.Context, who access.Person, m Member) error {
	m = m.Filed()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		before, o, err := s.atHome(ctx, tx, who, m.ID)
		if err != nil {
			return err
		}
		m.Root, m.Organization = before.Root, before.Organization
		if !who.MayAt(Private, o.Path) {
			m.CardNumber, m.CitizenID, m.Phone, m.Email, m.Note = before.CardNumber, before.CitizenID, before.Phone, before.Email, before.Note
		}
		if err := m.Check(s.today()); err != nil {
			return err
		}
		if err := update(ctx, tx, m); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "member.changed", m.ID, nil)
	})
}

// atHome returns a person and the cell to which the person officially belongs,
// which must be one in which who may write.
func (s *Service) atHome(ctx context.Context, q db.Q, who access.Person, id string) (Member, organization.Organization, error) {
	m, err := inScope(ctx, q, who.Scope(Write), id)
	if err != nil {
		return Member{}, organization.Organization{}, err
	}
	o, err := organization.Get(ctx, q, who.Scope(Write), m.Organization)
	return m, o, err
}

// Record writes how a person stands in a cell from a day on. A record of the same
// day is replaced: so a mistake is mended.
func (s *Service) Record(ctx context.Context, who access.Person, r Record) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := inScope(ctx, tx, who.Scope(Write), r.Member); err != nil {
			return err
		}
		o, err := cellIn(ctx, tx, who.Scope(Write), r.Organization)
		if err != nil {
			return err
		}
		r.Root = o.Root
		if err := s.record(ctx, tx, who, r); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, "member.standing", r.Member,
			map[string]string{"organization": r.Organization, "standing": string(r.Standing), "from": r.From.String()})
	})
}

func (s *Service) record(ctx context.Context, tx *db.Tx, who access.Person, r Record) error {
	records, err := Records(ctx, tx, r.Root, r.Organization, r.Member)
	if err != nil {
		return err
	}
	if err := CheckNext(records, r, s.today()); err != nil {
		return err
	}
	return s.put(ctx, tx, who, r)
}

// Moving is a move of somebody's Party life to another cell of the same base organisation
// (chuyển sinh hoạt đảng).
type Moving struct {
	Member, To string // ids of the person and of the cell
	From       when.Date
	// ForGood says that the person belongs to the new cell from then on; else they only
	// attend there for a time and stay in the head-count of the old one.
	ForGood bool
	Note    string // the decision it rests on
}

// Transfer moves a person for good to another cell of the same base organisation
// from a day on (chuyển sinh hoạt chính thức): in the old cell the person has
// moved, in the new one stands as before. Who does it must be able to write in
// both.
func (s *Service) Transfer(ctx context.Context, who access.Person, memberID, to string, from when.Date, note string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		return s.Move(ctx, tx, who, Moving{Member: memberID, To: to, From: from, ForGood: true, Note: note})
	})
}

// Move moves a person's Party life within tx, for good or for a time. Who does it must be
// able to write in both cells.
func (s *Service) Move(ctx context.Context, tx *db.Tx, who access.Person, w Moving) error {
	m, old, err := s.atHome(ctx, tx, who, w.Member)
	if err != nil {
		return err
	}
	cell, err := s.openCellIn(ctx, tx, who.Scope(Write), w.To)
	if err != nil {
		return err
	}
	if cell.Root != m.Root || cell.ID == old.ID {
		return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"to": "member.problem.transfer"}}
	}
	leaves := Record{Root: m.Root, Organization: old.ID, Member: m.ID, From: w.From, Standing: Away, Note: w.Note}
	comes := Record{Root: m.Root, Organization: cell.ID, Member: m.ID, From: w.From, Standing: Here, Note: w.Note}
	if w.ForGood {
		records, err := Records(ctx, tx, m.Root, old.ID, m.ID)
		if err != nil {
			return err
		}
		now, _ := On(records, w.From)
		leaves.Standing, comes.Standing = Moved, now.Standing
		if now.Standing == Away { // the new cell is where the person was for a time
			comes.Standing = Official
		}
	}
	for _, r := range []Record{leaves, comes} {
		if err := s.record(ctx, tx, who, r); err != nil {
			return err
		}
	}
	action := "member.lent"
	if w.ForGood {
		action, m.Organization = "member.transferred", cell.ID
		if err := update(ctx, tx, m); err != nil {
			return err
		}
	}
	return s.Audit.Write(ctx, tx, who, m.Root, action, m.ID, map[string]string{"from": old.ID, "to": cell.ID, "on": w.From.String()})
}

// GiveAward adds an award to a person's profile.
func (s *Service) GiveAward(ctx context.Context, who access.Person, a Award) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, _, err := s.atHome(ctx, tx, who, a.Member)
		if err != nil {
			return err
		}
		a.Root, a.ID = m.Root, id.New()
		if err := a.Check(s.today()); err != nil {
			return err
		}
		if err := insertAward(ctx, tx, a); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "member.award_given", m.ID, map[string]string{"award": a.ID})
	})
}

// DropAward takes out an award that was entered by mistake.
func (s *Service) DropAward(ctx context.Context, who access.Person, memberID, award string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, _, err := s.atHome(ctx, tx, who, memberID)
		if err != nil {
			return err
		}
		n, err := deleteAward(ctx, tx, m.Root, m.ID, award)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "member.award_dropped", m.ID, map[string]string{"award": award})
	})
}

// Profile is all that is known of a person, as far as somebody may see it.
type Profile struct {
	Member
	Home    organization.Organization // the official cell
	Records []Record
	Awards  []Award
	// Looks says who has looked at one's own profile, the last first.
	Looks []Look
	// Private says that private facts are shown, Writable that they may be changed.
	Private, Writable bool
}

// View returns a person's profile for who, and notes that they looked: people may
// know who looked at their file (Luật 91/2025/QH15, art. 4). A look at one's own
// file is not noted.
func (s *Service) View(ctx context.Context, who access.Person, memberID string) (Profile, error) {
	p, err := s.profile(ctx, who, memberID)
	if err != nil || p.ID == who.Member {
		return p, err
	}
	return p, s.DB.Tx(ctx, func(tx *db.Tx) error {
		return s.Audit.Write(ctx, tx, who, p.Root, "member.viewed", p.ID, map[string]bool{"private": p.Private})
	})
}

// noteOpened notes that somebody has opened the file of another to write in it, where no look
// of that day says so already.
func (s *Service) noteOpened(ctx context.Context, who access.Person, m Member) error {
	if m.ID == who.Member {
		return nil
	}
	return s.Audit.Look(ctx, s.DB, who, m.Root, "member.viewed", m.ID)
}

// noteList notes that somebody has looked at the roll of a cell of which they are not
// themselves: one entry for the list, not one for each who stands in it. Comrades of one
// cell know each other.
func (s *Service) noteList(ctx context.Context, who access.Person, o organization.Organization, roll []Entry) error {
	if slices.ContainsFunc(roll, func(e Entry) bool { return e.ID == who.Member }) {
		return nil
	}
	return s.Audit.Look(ctx, s.DB, who, o.Root, "member.list_viewed", o.ID)
}

func (s *Service) profile(ctx context.Context, who access.Person, memberID string) (Profile, error) {
	own := memberID == who.Member && memberID != ""
	var m Member
	var err error
	if own {
		m, err = Find(ctx, s.DB, who.Root, memberID)
	} else {
		m, err = inScope(ctx, s.DB, who.Scope(Read), memberID)
	}
	if err != nil {
		return Profile{}, err
	}
	home, err := organization.Find(ctx, s.DB, m.Root, m.Organization)
	if err != nil {
		return Profile{}, err
	}
	p := Profile{Member: m, Home: home, Private: own || who.MayAt(Private, home.Path), Writable: who.MayAt(Write, home.Path)}
	sc := who.Scope(Read)
	if own {
		sc = access.Whole(m.Root, home.Path)
	}
	if p.Records, err = recordsOf(ctx, s.DB, sc, m.Root, m.ID); err != nil {
		return Profile{}, err
	}
	if own {
		if p.Looks, err = looks(ctx, s.DB, m); err != nil {
			return Profile{}, err
		}
	}
	if p.Awards, err = awards(ctx, s.DB, m.Root, m.ID); err != nil {
		return Profile{}, err
	}
	if !p.Private {
		p.Member = m.Public()
		for i := range p.Records {
			p.Records[i].Note = ""
		}
	}
	return p, nil
}

// Look is one look of somebody at a profile.
type Look struct {
	Name string
	At   when.Instant
}

// mostLooks is how many looks are shown.
const mostLooks = 20

func looks(ctx context.Context, q db.Q, m Member) ([]Look, error) {
	entries, err := audit.Of(ctx, q, m.Root, m.ID)
	if err != nil {
		return nil, err
	}
	var out []Look
	var who []string
	for i := len(entries) - 1; i >= 0 && len(out) < mostLooks; i-- {
		if e := entries[i]; e.Action == "member.viewed" {
			out = append(out, Look{At: e.At})
			who = append(who, e.Member)
		}
	}
	names, err := Names(ctx, q, m.Root, who...)
	for i := range out {
		out[i].Name = names[who[i]]
	}
	return out, err
}
