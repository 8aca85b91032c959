package briefing

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
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
)

// The needs of briefings.
const (
	// Read sees the wheel and what was told, and prepares the own briefing.
	Read access.Need = "briefing.read"
	// Arrange changes turns, excuses, enters for others and thanks the briefer.
	Arrange access.Need = "briefing.arrange"
)

// FileUse names briefings among the uses of kept files; its gate is Gate.
const FileUse = "briefing"

// mostFiles bounds the files beside one briefing.
const mostFiles = 5

// Service does what people do with the wheel and the briefings.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	Files *library.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// turners returns who takes turns in a cell on the day of a meeting. The meeting is
// empty where none is opened yet.
func turners(ctx context.Context, q db.Q, root, organization, meetingID string, day when.Date) ([]Turner, error) {
	roll, err := member.Roll(ctx, q, root, organization, day)
	if err != nil {
		return nil, err
	}
	joined, err := member.JoinedOn(ctx, q, root, organization, day)
	if err != nil {
		return nil, err
	}
	excused, err := excuses(ctx, q, root, organization, day)
	if err != nil {
		return nil, err
	}
	var answers []meeting.Response
	if meetingID != "" {
		if answers, err = meeting.Answers(ctx, q, root, meetingID); err != nil {
			return nil, err
		}
	}
	out := make([]Turner, len(roll))
	for i, e := range roll {
		out[i] = Turner{Member: e.ID, Joined: joined[e.ID], Skip: skipOf(e.Standing)}
		if at := slices.IndexFunc(excused, func(x Excuse) bool { return x.Member == e.ID }); at >= 0 && out[i].Skip == "" {
			out[i].Skip, out[i].Until = Excused, excused[at].Until
		}
		if slices.ContainsFunc(answers, func(r meeting.Response) bool { return r.Member == e.ID && r.Reply == meeting.Away }) && out[i].Skip == "" {
			out[i].Skip = Absent
		}
	}
	return out, nil
}

// skipOf says whether people of a standing are passed over: those who are not
// counted in the attendance.
func skipOf(s member.Standing) Skip {
	switch {
	case s.CountsInAttendance():
		return ""
	case s == member.Exempt:
		return Exempt
	case s == member.Suspended:
		return Suspended
	}
	return Away
}

// tellings returns the turns of the sessions that come before the moment.
func tellings(sessions []Session, before when.Instant) []Telling {
	var out []Telling
	for _, s := range sessions {
		if m := s.Member(); m != "" && s.StartsAt < before {
			out = append(out, Telling{s.StartsAt.Date(), m})
		}
	}
	return out
}

// Lay names the briefers of the drafts of a cell by the wheel, and again when
// something has changed; whom people have chosen stays. It is a meeting.Laid.
func (s *Service) Lay(ctx context.Context, tx *db.Tx, m meeting.Meeting) error {
	return lay(ctx, tx, m.Root, m.Organization)
}

func lay(ctx context.Context, tx *db.Tx, root, organization string) error {
	sessions, err := History(ctx, tx, root, organization)
	if err != nil {
		return err
	}
	for i := range sessions {
		x := &sessions[i]
		if x.State != meeting.Draft || x.Presenter != "" && x.Presenter != x.Turn {
			continue
		}
		people, err := turners(ctx, tx, root, organization, x.Meeting, x.StartsAt.Date())
		if err != nil {
			return err
		}
		next := Next(people, tellings(sessions, x.StartsAt))
		if next == x.Presenter && next == x.Turn {
			continue
		}
		x.Turn, x.Presenter = next, next
		if err := put(ctx, tx, x.Briefing); err != nil {
			return err
		}
		if err := meeting.Charge(ctx, tx, root, x.Meeting, x.Item, next); err != nil {
			return err
		}
	}
	return nil
}

// Proposal returns who is to step in when the one who is named does not come: the
// next of the wheel of those who come. here names those who are in the room; nil
// says that nobody knows yet.
func Proposal(ctx context.Context, q db.Q, x Session, here []string) (string, error) {
	sessions, err := History(ctx, q, x.Root, x.Organization)
	if err != nil {
		return "", err
	}
	people, err := turners(ctx, q, x.Root, x.Organization, x.Meeting, x.StartsAt.Date())
	if err != nil {
		return "", err
	}
	for i := range people {
		if here != nil && !slices.Contains(here, people[i].Member) {
			people[i].Skip = Absent
		}
	}
	return Next(people, tellings(sessions, x.StartsAt)), nil
}

// change does something to the briefing of a meeting and writes it down. Those who
// may not write it do not find it.
func (s *Service) change(ctx context.Context, who access.Person, meetingID, action string, may func(path string, x Session) bool, do func(tx *db.Tx, x *Session) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, path, err := inScope(ctx, tx, who.Scope(Read), meetingID)
		if err != nil {
			return err
		}
		if !may(path, x) {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if err := do(tx, &x); err != nil {
			return err
		}
		if err := put(ctx, tx, x.Briefing); err != nil {
			return err
		}
		if err := lay(ctx, tx, x.Root, x.Organization); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, action, x.Meeting, nil)
	})
}

func arranges(who access.Person) func(string, Session) bool {
	return func(path string, _ Session) bool { return who.MayAt(Arrange, path) }
}

// writes lets the briefer and those who arrange turns write.
func writes(who access.Person) func(string, Session) bool {
	return func(path string, x Session) bool {
		return who.MayAt(Arrange, path) || who.Member != "" && who.Member == x.Member()
	}
}

// Prepare writes the three parts, until the minutes are sealed.
func (s *Service) Prepare(ctx context.Context, who access.Person, meetingID string, p Parts) error {
	if err := p.Validate(); err != nil {
		return err
	}
	return s.change(ctx, who, meetingID, "briefing.prepared", writes(who), func(_ *db.Tx, x *Session) error {
		if x.State == meeting.Sealed {
			return fault.New(fault.Conflict, "briefing.problem.sealed")
		}
		x.National, x.International, x.Local = p.National, p.International, p.Local
		x.PreparedAt, x.PreparedBy = s.now(), who.Member
		return nil
	})
}

// Appoint lets a member tell in the place of the one who is named: before the
// meeting the agenda names the new one, from its opening on it is written down who
// stepped in. Whose turn it was stays first in the wheel.
func (s *Service) Appoint(ctx context.Context, who access.Person, meetingID, memberID string) error {
	return s.change(ctx, who, meetingID, "briefing.appointed", arranges(who), func(tx *db.Tx, x *Session) error {
		roll, err := member.Roll(ctx, tx, x.Root, x.Organization, x.StartsAt.Date())
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(roll, func(e member.Entry) bool { return e.ID == memberID }) {
			return nobody()
		}
		if x.State.Reached(meeting.Open) {
			x.Teller = memberID
			return nil
		}
		if x.Turn, err = Proposal(ctx, tx, *x, nil); err != nil {
			return err
		}
		return s.charge(ctx, tx, x, memberID)
	})
}

// charge names another briefer in the agenda of a coming meeting and tells them.
func (s *Service) charge(ctx context.Context, tx *db.Tx, x *Session, memberID string) error {
	if err := meeting.Charge(ctx, tx, x.Root, x.Meeting, x.Item, memberID); err != nil {
		return err
	}
	return notice.Tell(ctx, tx, notice.Message{
		Root: x.Root, Organization: x.Organization, Key: "briefing.told.turn", Args: notice.Args{"Day": x.StartsAt.Date().Slashed()},
		URL: x.Path() + "/edit", At: s.now(),
	}, memberID)
}

// Thank writes the line of thanks or advice to the one who told; an empty line takes
// it back.
func (s *Service) Thank(ctx context.Context, who access.Person, meetingID, text string) error {
	var c fault.Check
	if c.AtMost(text, maxRemark, "remark"); c.Err() != nil {
		return c.Err()
	}
	return s.change(ctx, who, meetingID, "briefing.thanked", arranges(who), func(tx *db.Tx, x *Session) error {
		if !x.over() || x.Member() == "" {
			return fault.New(fault.Conflict, "briefing.problem.not_told")
		}
		x.Remark, x.RemarkAt, x.RemarkBy = text, s.now(), who.Member
		if text == "" || x.Member() == who.Member {
			return nil
		}
		return notice.Tell(ctx, tx, notice.Message{
			Root: x.Root, Organization: x.Organization, Key: "briefing.told.thanks", Args: notice.Args{"Month": x.Month.Slashed()},
			URL: "/briefings/mine", At: s.now(),
		}, x.Member())
	})
}

// Excuse keeps somebody from being called until a day: members for themselves, those
// who arrange turns for anybody of the cell.
func (s *Service) Excuse(ctx context.Context, who access.Person, cell string, e Excuse) error {
	if e.Member == "" {
		e.Member = who.Member
	}
	if err := e.Validate(s.now().Date()); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := organization.Get(ctx, tx, who.Scope(Read), cell)
		if err != nil {
			return err
		}
		if e.Member != who.Member && !who.MayAt(Arrange, o.Path) {
			return fault.New(fault.Forbidden, "fault.forbidden")
		}
		_, there, err := member.EntryOn(ctx, tx, o.Root, o.ID, e.Member, s.now().Date())
		if err != nil {
			return err
		}
		if !there {
			return nobody()
		}
		e.Root, e.Organization, e.ID, e.RecordedAt, e.RecordedBy = o.Root, o.ID, id.New(), s.now(), who.Member
		if err := putExcuse(ctx, tx, e); err != nil {
			return err
		}
		if err := lay(ctx, tx, o.Root, o.ID); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "briefing.excused", e.Member, map[string]any{"until": e.Until})
	})
}

// Recall ends an excuse before its day; one that is over stays as it was.
func (s *Service) Recall(ctx context.Context, who access.Person, cell, excuseID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := organization.Get(ctx, tx, who.Scope(Read), cell)
		if err != nil {
			return err
		}
		e, err := findExcuse(ctx, tx, o.Root, o.ID, excuseID, s.now().Date())
		if err != nil {
			return err
		}
		if e.Member != who.Member && !who.MayAt(Arrange, o.Path) {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if err := deleteExcuse(ctx, tx, e); err != nil {
			return err
		}
		if err := lay(ctx, tx, o.Root, o.ID); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "briefing.recalled", e.Member, nil)
	})
}

// nobody refuses a name that is not on the roll of the cell.
func nobody() error {
	return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"member": "briefing.problem.member"}}
}
