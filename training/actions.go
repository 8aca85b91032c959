package training

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
	"chibo/study"
)

// The needs of the feature. Oversee is for a committee above cells and its office, Own
// for one's own record.
const (
	Oversee access.Need = "training.oversee"
	Own     access.Need = "training.own"
)

// Service does what a committee does with its courses.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

func (s *Service) today() when.Date { return s.now().Date() }

// Open puts up a course of a committee.
func (s *Service) Open(ctx context.Context, who access.Person, c Course) (Course, error) {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := organization.GetCommittee(ctx, tx, who.Scope(Oversee), c.Organization)
		if err != nil {
			return err
		}
		if err := c.Check(); err != nil {
			return err
		}
		c.Root, c.ID, c.EnteredAt, c.EnteredBy = o.Root, id.New(), s.now(), who.Member
		if err := db.Insert(ctx, tx, "training_course", c); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, c.Root, "training.opened", c.ID, nil)
	})
	return c, err
}

// Cancel calls a course off that has not begun; those invited are told.
func (s *Service) Cancel(ctx context.Context, who access.Person, courseID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.open(ctx, tx, who, courseID)
		if err != nil {
			return err
		}
		if c.Begun(s.today()) {
			return fault.New(fault.Conflict, "training.problem.begun")
		}
		seats, err := seatsOf(ctx, tx, c)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(seats, func(x Seat) bool { return x.State == Attended }) {
			return fault.New(fault.Conflict, "training.problem.attended")
		}
		if n, err := cancel(ctx, tx, c, s.now()); err != nil || n == 0 {
			return err
		}
		if err := s.tell(ctx, tx, c, "cancelled", seats...); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, c.Root, "training.cancelled", c.ID, nil)
	})
}

// open returns a course of who's committee that was not called off.
func (s *Service) open(ctx context.Context, q db.Q, who access.Person, courseID string) (Course, error) {
	c, err := courseFor(ctx, q, who.Scope(Oversee), courseID)
	if err == nil && !c.Open() {
		err = fault.New(fault.Conflict, "training.problem.cancelled")
	}
	return c, err
}

func (s *Service) tell(ctx context.Context, tx *db.Tx, c Course, words string, seats ...Seat) error {
	people := make([]string, len(seats))
	for i, x := range seats {
		people[i] = x.Member
	}
	return notice.Tell(ctx, tx, notice.Message{
		Root: c.Root, Organization: c.Organization, Key: "training.told." + words, URL: "/training/mine", At: s.now(),
		Args: notice.Args{"Title": c.Title, "From": c.From.Slashed(), "Until": c.Until.Slashed(), "Place": c.Place},
	}, people...)
}

// Invite invites people to a course; each is told once.
func (s *Service) Invite(ctx context.Context, who access.Person, courseID string, members ...string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.open(ctx, tx, who, courseID)
		if err != nil {
			return err
		}
		cellOf, err := s.below(ctx, tx, c)
		if err != nil {
			return err
		}
		var fresh []Seat
		for _, m := range members {
			if cellOf[m] == "" {
				return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"members": "training.problem.member"}}
			}
			seat := Seat{Root: c.Root, Course: c.ID, Member: m, Organization: cellOf[m], State: Invited, InvitedAt: s.now()}
			n, err := invite(ctx, tx, seat)
			if err != nil {
				return err
			}
			if n > 0 {
				fresh = append(fresh, seat)
			}
		}
		if len(members) == 0 {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"members": "training.problem.nobody"}}
		}
		if err := s.tell(ctx, tx, c, "invited", fresh...); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, c.Root, "training.invited", c.ID, map[string]int{"people": len(fresh)})
	})
}

// below returns the cells of those who hold a post below the committee of a course.
func (s *Service) below(ctx context.Context, q db.Q, c Course) (map[string]string, error) {
	o, err := organization.Find(ctx, q, c.Root, c.Organization)
	if err != nil {
		return nil, err
	}
	all, err := holders(ctx, q, access.Whole(c.Root, o.Path), s.today())
	cellOf := map[string]string{}
	for _, h := range all {
		cellOf[h.Member] = h.Organization
	}
	return cellOf, err
}

// Marking is how somebody stood to a course.
type Marking struct {
	State       State
	Certificate string
}

// Mark says who of those invited came, with the numbers of their certificates. What
// somebody attended stands in their record from then on; it is taken out again where it
// was marked by mistake.
func (s *Service) Mark(ctx context.Context, who access.Person, courseID string, marks map[string]Marking) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		c, err := s.open(ctx, tx, who, courseID)
		if err != nil {
			return err
		}
		if !c.Over(s.today()) {
			return fault.New(fault.Conflict, "training.problem.not_over")
		}
		seats, err := seatsOf(ctx, tx, c)
		if err != nil {
			return err
		}
		for _, seat := range seats {
			m, marked := marks[seat.Member]
			if !marked || !slices.Contains(States, m.State) {
				continue
			}
			if len([]rune(m.Certificate)) > longest {
				return fault.New(fault.Invalid, "training.problem.long")
			}
			seat.State, seat.Certificate = m.State, strings.TrimSpace(m.Certificate)
			if seat.Record, err = s.record(ctx, tx, who, c, seat); err != nil {
				return err
			}
			if err := mark(ctx, tx, seat); err != nil {
				return err
			}
		}
		return s.Audit.Write(ctx, tx, who, c.Root, "training.marked", c.ID, nil)
	})
}

// record brings the record of somebody to what their seat says and returns the id that
// the course has there, empty for who did not attend.
func (s *Service) record(ctx context.Context, tx *db.Tx, who access.Person, c Course, seat Seat) (string, error) {
	if seat.Record != "" {
		if err := study.Unrecord(ctx, tx, seat.Root, seat.Record); err != nil {
			return "", err
		}
	}
	if seat.State != Attended {
		return "", nil
	}
	return study.Record(ctx, tx, study.Course{
		Root: c.Root, Organization: seat.Organization, Member: seat.Member, Kind: study.ForOffice, Name: c.Title, Organizer: c.Body,
		From: c.From, Until: c.Until, Certificate: seat.Certificate, EnteredAt: s.now(), EnteredBy: who.Member,
	})
}

// Sheet is a course with those invited, and those who should be.
type Sheet struct {
	Course
	Unit  organization.Organization
	Seats []Seat
	// Gaps are those who should be and are not; of a course that is required for no post,
	// all who may be.
	Gaps  []Holder
	Cells map[string]string // names by id
	Names map[string]string
}

// View returns a course of a committee that who oversees.
func (s *Service) View(ctx context.Context, who access.Person, courseID string) (Sheet, error) {
	c, err := courseFor(ctx, s.DB, who.Scope(Oversee), courseID)
	if err != nil {
		return Sheet{}, err
	}
	v := Sheet{Course: c, Cells: map[string]string{}}
	if v.Unit, err = organization.Find(ctx, s.DB, c.Root, c.Organization); err != nil {
		return v, err
	}
	if v.Seats, err = seatsOf(ctx, s.DB, c); err != nil {
		return v, err
	}
	whole := access.Whole(c.Root, v.Unit.Path)
	all, err := holders(ctx, s.DB, whole, s.today())
	if err != nil {
		return v, err
	}
	v.Gaps = Gaps(c, all, v.Seats)
	units, err := organization.Under(ctx, s.DB, whole)
	if err != nil {
		return v, err
	}
	for _, o := range units {
		v.Cells[o.ID] = o.Name
	}
	people := map[string]bool{}
	for _, x := range v.Seats {
		people[x.Member] = true
	}
	for _, h := range v.Gaps {
		people[h.Member] = true
	}
	v.Names, err = member.Names(ctx, s.DB, c.Root, slices.Collect(maps.Keys(people))...)
	return v, err
}
