package visit

import (
	"context"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
	"chibo/room"
)

// The needs of the feature. Follow says who comes where and when, for the committee
// above, its office and the committee of the cell; Read opens finished sheets. Arrange
// sends visitors, Write is for the sheet of one's own visit, Answer for the committee of
// the cell that was visited.
const (
	Follow  access.Need = "visit.follow"
	Read    access.Need = "visit.read"
	Arrange access.Need = "visit.arrange"
	Write   access.Need = "visit.write"
	Answer  access.Need = "visit.answer"
)

// Service does what a committee and its visitors do.
type Service struct {
	DB            *db.DB
	Now           func() time.Time
	Audit         audit.Log
	Room          *room.Service
	Organizations *organization.Service
	Members       *member.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

func (s *Service) today() when.Date { return s.now().Date() }

// tell tells people of a visit; words are the name of the text.
func (s *Service) tell(ctx context.Context, tx *db.Tx, v Visit, words string, people ...string) error {
	m, err := meeting.Find(ctx, tx, v.Root, v.Meeting)
	if err != nil {
		return err
	}
	o, err := organization.Find(ctx, tx, v.Root, v.Organization)
	if err != nil {
		return err
	}
	names, err := member.Names(ctx, tx, v.Root, v.Member)
	if err != nil {
		return err
	}
	return notice.Tell(ctx, tx, notice.Message{
		Root: v.Root, Organization: v.Organization, Key: "visit.told." + words, URL: v.Path(), At: s.now(),
		Args: notice.Args{"Cell": o.Name, "Day": m.Day().Slashed(), "Clock": m.StartsAt.HHMM(), "Place": m.Place, "Visitor": names[v.Member]},
	}, people...)
}

// guestOffice is how the minutes of the cell name a visitor.
const guestOffice = "Cấp ủy viên cấp trên dự sinh hoạt"

// Assign sends a member of a committee to a meeting of a cell below it. Visitor and
// committee of the cell are told; the visitor stands among the guests.
func (s *Service) Assign(ctx context.Context, who access.Person, meetingID, memberID, note string) (Visit, error) {
	var v Visit
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, o, err := meeting.Get(ctx, tx, who.Scope(Arrange), meetingID)
		if err != nil {
			return err
		}
		if v, err = Assign(m, memberID, note); err != nil {
			return err
		}
		can, err := mayVisit(ctx, tx, o, memberID, s.today())
		if err != nil {
			return err
		}
		if !can {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"member": "visit.problem.no_committee"}}
		}
		v.ID, v.AssignedAt, v.AssignedBy = id.New(), s.now(), who.Member
		if err := insert(ctx, tx, v); err != nil {
			return err
		}
		if err := meeting.Expect(ctx, tx, m, memberID, guestOffice); err != nil {
			return err
		}
		if err := s.tellBoth(ctx, tx, v, m, "assigned", "coming"); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, v.Root, "visit.assigned", v.ID, map[string]string{"meeting": m.ID, "member": memberID})
	})
	return v, err
}

// tellBoth tells the visitor and the committee of the cell.
func (s *Service) tellBoth(ctx context.Context, tx *db.Tx, v Visit, m meeting.Meeting, visitor, cell string) error {
	if err := s.tell(ctx, tx, v, visitor, v.Member); err != nil {
		return err
	}
	committee, err := meeting.CommitteeOf(ctx, tx, m)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, v, cell, committee...)
}

// mayVisit reports whether somebody is a member of a committee above a cell on day, or
// follows it.
func mayVisit(ctx context.Context, q db.Q, cell organization.Organization, memberID string, day when.Date) (bool, error) {
	offices, err := organization.OfficesOf(ctx, q, memberID, day)
	if err != nil {
		return false, err
	}
	above := map[string]bool{}
	for _, up := range cell.Above() {
		above[up] = true
	}
	for _, f := range offices {
		if above[f.Organization] && ofCommittee(f.Post) || f.Organization == cell.ID && f.Post == organization.Supervisor {
			return true, nil
		}
	}
	return false, nil
}

// ofCommittee reports whether a post in a unit above cells makes its holder a member of
// the committee.
func ofCommittee(p organization.Post) bool {
	return p == organization.Secretary || p == organization.Deputy || p == organization.PartyCommittee
}

// own returns a visit that is who's own, while they still may write of that cell.
func own(ctx context.Context, q db.Q, who access.Person, visitID string) (Entry, error) {
	e, err := inScope(ctx, q, who.Scope(Write), visitID)
	if err == nil && (who.Member == "" || e.Member != who.Member) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return e, err
}

// Refuse is the visitor's word that they cannot come, with the reason.
func (s *Service) Refuse(ctx context.Context, who access.Person, visitID, reason string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		e, err := own(ctx, tx, who, visitID)
		if err != nil {
			return err
		}
		return s.end(ctx, tx, who, e, Refused, reason)
	})
}

// Recall calls a visitor back, with the reason.
func (s *Service) Recall(ctx context.Context, who access.Person, visitID, reason string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		e, err := inScope(ctx, tx, who.Scope(Arrange), visitID)
		if err != nil {
			return err
		}
		return s.end(ctx, tx, who, e, Recalled, reason)
	})
}

// end refuses or calls back a visit and lets those know who count on it.
func (s *Service) end(ctx context.Context, tx *db.Tx, who access.Person, e Entry, to State, reason string) error {
	v, err := e.Visit.End(to, reason, s.now(), who.Member)
	if err != nil {
		return err
	}
	if err := update(ctx, tx, e.Visit, v); err != nil {
		return err
	}
	m, err := meeting.Find(ctx, tx, v.Root, v.Meeting)
	if err != nil {
		return err
	}
	if err := meeting.Unexpect(ctx, tx, m, v.Member); err != nil {
		return err
	}
	committee, err := meeting.CommitteeOf(ctx, tx, m)
	if err != nil {
		return err
	}
	if err := s.tell(ctx, tx, v, "not_coming", committee...); err != nil {
		return err
	}
	other := v.Member
	if to == Refused {
		other = v.AssignedBy
	}
	if other != "" {
		if err := s.tell(ctx, tx, v, string(to), other); err != nil {
			return err
		}
	}
	return s.Audit.Write(ctx, tx, who, v.Root, "visit."+string(to), v.ID, nil)
}

// Lay puts what visits have found to be mended, and what is not done yet, on the agenda
// of a meeting that is being laid.
func (s *Service) Lay(ctx context.Context, tx *db.Tx, m meeting.Meeting) error {
	if !m.Kind.Monthly() {
		return nil
	}
	return leave(ctx, tx, m)
}

// feedDays is how long a visit stays in the calendars of phones.
const feedDays = 90

// visitHours is how long a visit is taken to last: no rule says how long a meeting may be.
const visitHours = 2

// Events gives the calendar of a member the visits they are sent on: cell, time and
// place, nothing of what was seen.
func (s *Service) Events(ctx context.Context, q db.Q, _, memberID string) ([]notice.Event, error) {
	all, err := ofMember(ctx, q, memberID, s.now().Add(-feedDays*24*time.Hour))
	events := make([]notice.Event, len(all))
	for i, e := range all {
		events[i] = notice.Event{
			UID: e.ID + "@chibo", Start: e.StartsAt, End: e.StartsAt.Add(visitHours * time.Hour),
			Title: "Dự sinh hoạt chi bộ", Place: e.Place, URL: e.Path(), Changed: max(e.AssignedAt, e.EndedAt),
		}
	}
	return events, err
}
