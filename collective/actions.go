package collective

import (
	"context"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/text"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// Keep writes down the collectives beside a cell and lays out their meetings: for whoever
// holds the meetings of the cell, whose minute-taker writes here too.
const Keep access.Need = "collective.keep"

// Service does what people do for the collectives beside a cell.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

func (s *Service) today() when.Date { return when.DateOf(s.Now()) }

// Save writes down the head and the people of a collective.
func (s *Service) Save(ctx context.Context, who access.Person, cell string, k meeting.Kind, sheet Sheet) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		c, known, err := s.kept(ctx, tx, who, cell, k)
		if err != nil {
			return err
		}
		sheet.Name, sheet.Superior = text.Clean(sheet.Name), text.Clean(sheet.Superior)
		people := sheet.read(known)
		if err := sheet.check(people); err != nil {
			return err
		}
		c.Name, c.Superior = sheet.Name, sheet.Superior
		for n := range people {
			p := &people[n]
			p.Root, p.Organization, p.Kind = c.Root, c.Organization, c.Kind
		}
		if err := put(ctx, tx, c, people); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, c.Root, "collective.saved", c.Organization, map[string]any{"kind": k, "people": len(people)})
	})
}

// kept returns a collective that somebody keeps, with its people: of the first cell where none
// is named.
func (s *Service) kept(ctx context.Context, q db.Q, who access.Person, cell string, k meeting.Kind) (Collective, []Person, error) {
	_, o, err := organization.Cells(ctx, q, who.Scope(Keep), cell)
	if err != nil {
		return Collective{}, nil, err
	}
	if !slices.Contains(Kinds, k) {
		return Collective{}, nil, fault.New(fault.NotFound, "fault.not_found")
	}
	c, err := Find(ctx, q, o.Root, o.ID, k)
	if err != nil {
		return c, nil, err
	}
	people, err := People(ctx, q, o.Root, o.ID, k)
	return c, people, err
}

// members are the names of the cell's own roll of the day, for a first list of people.
func (s *Service) members(ctx context.Context, q db.Q, c Collective) ([]Person, error) {
	roll, err := member.Roll(ctx, q, c.Root, c.Organization, s.today())
	people := make([]Person, len(roll))
	for n, e := range roll {
		people[n] = Person{Name: e.FullName}
	}
	return people, err
}

// Convene lays out a meeting of a collective.
func (s *Service) Convene(ctx context.Context, who access.Person, cell string, k meeting.Kind, p Plan) (meeting.Meeting, error) {
	var m meeting.Meeting
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		c, people, err := s.kept(ctx, tx, who, cell, k)
		if err != nil {
			return err
		}
		if len(people) == 0 {
			return fault.New(fault.Conflict, "collective.problem.people")
		}
		m = meeting.Meeting{Root: c.Root, ID: id.New(), Organization: c.Organization, Kind: k, State: meeting.Draft, CreatedAt: when.At(s.Now()), CreatedBy: who.Member}
		return s.lay(ctx, tx, who, meeting.Meeting{}, m, p, people)
	})
	return m, err
}

// Revise lays out anew a meeting that has not been opened.
func (s *Service) Revise(ctx context.Context, who access.Person, meetingID string, p Plan) error {
	return s.draft(ctx, who, meetingID, func(tx *db.Tx, m meeting.Meeting) error {
		people, err := People(ctx, tx, m.Root, m.Organization, m.Kind)
		if err != nil {
			return err
		}
		return s.lay(ctx, tx, who, m, m, p, people)
	})
}

// lay writes a meeting as its plan says; before is the zero Meeting for a new one.
func (s *Service) lay(ctx context.Context, tx *db.Tx, who access.Person, before, m meeting.Meeting, p Plan, people []Person) error {
	m.Title, m.Place, m.StartsAt, m.Month = text.Clean(p.Title), text.Clean(p.Place), p.StartsAt, p.StartsAt.Date().In()
	m.Chair, m.MinuteTaker = p.Chair, p.MinuteTaker
	if m.Title == before.Title && m.Title == meeting.TitleOf(m.Kind, before.Month, before.Day()) {
		m.Title = meeting.TitleOf(m.Kind, m.Month, m.Day()) // a title of one's own stays
	}
	if err := m.Validate(); err != nil {
		return err
	}
	known, err := meeting.Items(ctx, tx, m.Root, m.ID)
	if err != nil {
		return err
	}
	items := p.items(known)
	if err := p.check(items, people); err != nil {
		return err
	}
	if err := meeting.PutBeside(ctx, tx, before, m, items); err != nil {
		return err
	}
	return s.Audit.Write(ctx, tx, who, m.Root, "collective.laid_out", m.ID, map[string]any{"kind": m.Kind, "starts_at": m.StartsAt})
}

// Drop removes a meeting that has not been opened.
func (s *Service) Drop(ctx context.Context, who access.Person, meetingID string) error {
	return s.draft(ctx, who, meetingID, func(tx *db.Tx, m meeting.Meeting) error {
		if err := meeting.RemoveBeside(ctx, tx, m); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "collective.dropped", m.ID, map[string]any{"kind": m.Kind})
	})
}

// draft does something to a meeting that has not been opened.
func (s *Service) draft(ctx context.Context, who access.Person, meetingID string, do func(tx *db.Tx, m meeting.Meeting) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, _, err := s.held(ctx, tx, who, meetingID)
		if err != nil {
			return err
		}
		if m.State != meeting.Draft {
			return fault.New(fault.Conflict, "collective.problem.opened")
		}
		return do(tx, m)
	})
}

// held returns a meeting of a collective that somebody keeps.
func (s *Service) held(ctx context.Context, q db.Q, who access.Person, meetingID string) (meeting.Meeting, organization.Organization, error) {
	m, o, err := meeting.VisibleAny(ctx, q, who, Keep, meetingID)
	if err == nil && !m.Kind.Beside() {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return m, o, err
}
