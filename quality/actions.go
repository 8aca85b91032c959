package quality

import (
	"context"
	"slices"
	"strings"
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
	"chibo/proceedings"
	"chibo/room"
	"chibo/rubric"
)

// What may be done with scores, and by whom: see app/rights.go.
const (
	MayRead    access.Need = "quality.read"    // see the scores of meetings
	MayScore   access.Need = "quality.score"   // the cell committee: score, enter the vote, submit
	MayConfirm access.Need = "quality.confirm" // the committee above
)

// Service scores meetings.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	Room  *room.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// File is the score of a meeting with all that its page shows.
type File struct {
	Meeting      meeting.Meeting
	Organization organization.Organization
	Score        Score
	Rubric       rubric.Rubric
	Receipts     []Receipt
	// Marks are those of the cell as they stand: in a draft, what the facts propose and
	// people have filled.
	Marks    Marks
	Sum      rubric.Sum
	Remedies []Remedy
	// Vote is the vote of the room on the score, where one was held.
	Vote proceedings.Vote
	// Entitled is how many of those who came may vote, Rule by what they decide.
	Entitled, Base int
	Rule           proceedings.Rule
	Roll           []proceedings.Attendee
}

// Kind is the kind of the meeting as sheets name it.
func (f File) Kind() string { return string(f.Meeting.Kind) }

// Load returns the score of a meeting of the scope that has closed.
func (s *Service) Load(ctx context.Context, q db.Q, sc access.Scope, meetingID string) (File, error) {
	m, o, err := meeting.Get(ctx, q, sc, meetingID)
	if err != nil {
		return File{}, err
	}
	if !m.State.Reached(meeting.Closed) {
		return File{}, fault.New(fault.NotFound, "quality.problem.not_closed")
	}
	if m.Kind == meeting.Congress {
		return File{}, fault.New(fault.NotFound, "quality.problem.congress")
	}
	f := File{Meeting: m, Organization: o}
	var begun bool
	if f.Score, begun, err = scoreOf(ctx, q, m.Root, m.ID); err != nil {
		return f, err
	}
	if !begun {
		f.Score = Score{Root: m.Root, Meeting: m.ID, Organization: o.ID, Month: m.Month, State: Draft}
	}
	if f.Remedies, err = remediesOf(ctx, q, m.Root, m.ID); err != nil {
		return f, err
	}
	if f.Score.State != Draft {
		return s.given(ctx, q, f)
	}
	return s.drafted(ctx, q, f)
}

// given completes the file of a score that was given: its sheet and receipts stand in it.
func (s *Service) given(ctx context.Context, q db.Q, f File) (File, error) {
	var err error
	if f.Rubric, err = rubric.Parse([]byte(f.Score.Sheet)); err != nil {
		return f, err
	}
	f.Receipts, f.Marks = f.Score.Receipts, f.Score.Marks
	f.Sum = f.Rubric.Add(f.Kind(), f.Marks.Points())
	if f.Score.State != SelfScored {
		return f, nil
	}
	state, _, err := s.Room.Look(ctx, q, f.Meeting, f.Organization)
	f.vote(state)
	return f, err
}

// drafted completes the file of a draft from what the record says now.
func (s *Service) drafted(ctx context.Context, q db.Q, f File) (File, error) {
	e, err := s.gather(ctx, q, f.Meeting, f.Organization)
	if err != nil {
		return f, err
	}
	f.Receipts = Measure(e)
	if f.Rubric, err = rubric.On(ctx, q, f.Organization, f.Kind(), f.Meeting.Day()); err != nil {
		return f, err
	}
	f.Marks = Propose(f.Rubric, f.Kind(), KnownOf(f.Receipts), f.Score.Marks)
	f.Sum = f.Rubric.Add(f.Kind(), f.Marks.Points())
	f.vote(e.State)
	return f, nil
}

// vote reads what the room knows of the members' vote.
func (f *File) vote(s proceedings.State) {
	for _, v := range s.Votes {
		if v.Rule.Matter == proceedings.MatterScore && v.IsClosed() && v.Counted() {
			f.Vote = v
		}
	}
	for _, a := range s.Roll {
		if a.Votes && a.Came() {
			f.Entitled++
		}
	}
	f.Roll, f.Base = s.Roll, s.Tally().Base
	if i := slices.IndexFunc(s.Setup.Rules, func(r proceedings.Rule) bool { return r.Matter == proceedings.MatterScore }); i >= 0 {
		f.Rule = s.Setup.Rules[i]
	}
}

// change does one thing to the score of a meeting that who has the need for.
func (s *Service) change(ctx context.Context, who access.Person, need access.Need, meetingID, action string, do func(f *File) (detail any, err error)) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		f, err := s.Load(ctx, tx, who.Scope(need), meetingID)
		if err != nil {
			return err
		}
		detail, err := do(&f)
		if err != nil {
			return err
		}
		if err := put(ctx, tx, f.Score); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, f); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, f.Meeting.Root, action, f.Meeting.ID, detail)
	})
}

// Assign charges a comrade of the roll with following the meeting in order to score.
func (s *Service) Assign(ctx context.Context, who access.Person, meetingID, scorer string) error {
	return s.change(ctx, who, MayScore, meetingID, "quality.assigned", func(f *File) (any, error) {
		on := slices.ContainsFunc(f.Roll, func(a proceedings.Attendee) bool { return a.ID == scorer })
		if f.Score.State != Draft || !on {
			return nil, fault.New(fault.Conflict, "quality.problem.scorer")
		}
		f.Score.Scorer = scorer
		return map[string]any{"scorer": scorer}, nil
	})
}

// Entry is what people fill into a score: texts by line.
type Entry struct {
	Points  map[string]string
	Reasons map[string]string
	Level   rubric.Level // for a sheet without points
}

// Save keeps what people have filled so far. The cell committee may, and the comrade
// who was assigned.
func (s *Service) Save(ctx context.Context, who access.Person, meetingID string, e Entry) error {
	return s.change(ctx, who, MayRead, meetingID, "quality.saved", func(f *File) (any, error) {
		if !f.MayFill(who) {
			return nil, fault.New(fault.Forbidden, "fault.forbidden")
		}
		return nil, s.fill(f, who, e)
	})
}

// MaySee reports whether who may see the points: until the committee of the cell has put
// them forward, only those who fill them. What the program counts before is half a
// score, and a number that is on a screen is believed.
func (f File) MaySee(who access.Person) bool { return f.Score.State != Draft || f.MayFill(who) }

// MayFill reports whether who may fill the lines of the draft.
func (f File) MayFill(who access.Person) bool {
	return f.Score.State == Draft && (who.MayAt(MayScore, f.Organization.Path) || who.Member != "" && who.Member == f.Score.Scorer)
}

// MayDecide reports whether the score waits for who: nobody decides on a score that they
// agreed on or submitted themselves.
func (f File) MayDecide(who access.Person) bool {
	return f.Score.State == Submitted && who.MayAt(MayConfirm, f.Organization.Path) &&
		who.Member != "" && who.Member != f.Score.SubmittedBy && who.Member != f.Score.Own.By
}

func (s *Service) fill(f *File, who access.Person, e Entry) error {
	if f.Score.State != Draft {
		return fault.New(fault.Conflict, "quality.problem.road")
	}
	filled, err := Fill(f.Rubric, f.Kind(), KnownOf(f.Receipts), e.Points, e.Reasons, who.Member, s.now())
	if err != nil {
		return err
	}
	f.Score.Marks = filled
	f.Marks = Propose(f.Rubric, f.Kind(), KnownOf(f.Receipts), filled)
	return nil
}

// SelfScore is the agreement of the cell committee: sheet, receipts and marks are kept
// with the score from now on.
func (s *Service) SelfScore(ctx context.Context, who access.Person, meetingID string, e Entry) error {
	return s.change(ctx, who, MayScore, meetingID, "quality.self_scored", func(f *File) (any, error) {
		if err := s.fill(f, who, e); err != nil {
			return nil, err
		}
		var err error
		f.Score, err = f.Score.SelfScore(f.Rubric, f.Kind(), f.Receipts, f.Marks, e.Level, who.Member, s.now())
		return map[string]any{"points": f.Score.Own.Points, "level": f.Score.Own.Level}, err
	})
}

// Vote enters the members' hand vote, or takes it from the vote of the room where
// fromRoom is set.
func (s *Service) Vote(ctx context.Context, who access.Person, meetingID string, inFavour, against int, fromRoom bool) error {
	return s.change(ctx, who, MayScore, meetingID, "quality.voted", func(f *File) (any, error) {
		b := Ballot{For: inFavour, Against: against, Entitled: f.Entitled, At: s.now(), By: who.Member}
		passes := f.Rule.Passes(inFavour, f.Base)
		if fromRoom {
			if f.Vote.ID == "" {
				return nil, fault.New(fault.Conflict, "quality.problem.no_vote")
			}
			r := f.Vote.Result
			b.For, b.Against, b.Entitled, b.Vote, b.At = r.For, r.Against, r.Entitled, f.Vote.ID, f.Vote.Closed.At
			passes = r.Passed
		}
		var err error
		f.Score, err = f.Score.Vote(b, passes)
		return map[string]any{"for": b.For, "against": b.Against, "passed": passes}, err
	})
}

// Reopen takes a score back before it was submitted.
func (s *Service) Reopen(ctx context.Context, who access.Person, meetingID string) error {
	return s.change(ctx, who, MayScore, meetingID, "quality.reopened", func(f *File) (_ any, err error) {
		f.Score, err = f.Score.Reopen()
		return nil, err
	})
}

// Submit sends a score to the committee above.
func (s *Service) Submit(ctx context.Context, who access.Person, meetingID string) error {
	return s.change(ctx, who, MayScore, meetingID, "quality.submitted", func(f *File) (_ any, err error) {
		f.Score, err = f.Score.Submit(who.Member, s.now())
		return nil, err
	})
}

// Decide is the word of the committee above.
func (s *Service) Decide(ctx context.Context, who access.Person, meetingID string, e Entry, reason string) error {
	return s.change(ctx, who, MayConfirm, meetingID, "quality.decided", func(f *File) (_ any, err error) {
		f.Score, err = f.Score.Decide(f.Rubric, f.Kind(), e.Points, e.Level, strings.TrimSpace(reason), who.Member, s.now())
		return map[string]any{"state": f.Score.State, "points": f.Score.Decision.Points}, err
	})
}

// tell lets those know whose turn it is now.
func (s *Service) tell(ctx context.Context, tx *db.Tx, f File) error {
	var people []string
	var err error
	switch {
	case f.Score.State == Submitted:
		people, err = meeting.Followers(ctx, tx, f.Meeting.Root, f.Organization.ID, f.Meeting.Day())
	case f.Score.State.Decided():
		people, err = meeting.CommitteeOf(ctx, tx, f.Meeting)
	}
	if err != nil || len(people) == 0 {
		return err
	}
	m := notice.Message{
		Root: f.Meeting.Root, Organization: f.Organization.ID, Key: "quality.told." + string(f.Score.State), URL: f.Path(), At: s.now(),
		Args: notice.Args{"Title": f.Meeting.Title, "Cell": f.Organization.Name},
	}
	return notice.Tell(ctx, tx, m, people...)
}

// Path is the page of the score.
func (f File) Path() string { return f.Meeting.Path() + "/quality" }

// AddRemedy notes a weak point with its remedy and its day.
func (s *Service) AddRemedy(ctx context.Context, who access.Person, meetingID string, r Remedy) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, o, err := meeting.Get(ctx, tx, who.Scope(MayScore), meetingID)
		if err != nil {
			return err
		}
		if !m.State.Reached(meeting.Closed) {
			return fault.New(fault.NotFound, "quality.problem.not_closed")
		}
		if err := r.Validate(m.Day()); err != nil {
			return err
		}
		if r.Member != "" {
			if _, on, err := member.EntryOn(ctx, tx, m.Root, o.ID, r.Member, m.Day()); err != nil || !on {
				return fault.New(fault.Invalid, "quality.problem.scorer")
			}
		}
		r.Root, r.ID, r.Organization, r.Meeting, r.NotedAt, r.NotedBy = m.Root, id.New(), o.ID, m.ID, s.now(), who.Member
		if err := insertRemedy(ctx, tx, r); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "quality.remedy.noted", r.ID, map[string]any{"meeting": m.ID})
	})
}

// Find notes within tx what somebody from above has found at a meeting, with the id that
// it has there. Whoever calls has checked their right.
func Find(ctx context.Context, tx *db.Tx, r Remedy) error { return insertRemedy(ctx, tx, r) }

// TickRemedy says that a remedy was done, and what came of it.
func (s *Service) TickRemedy(ctx context.Context, who access.Person, remedyID, outcome string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, err := remedyInScope(ctx, tx, who.Scope(MayScore), remedyID)
		if err != nil {
			return err
		}
		if len([]rune(outcome)) > maxReason {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"outcome": "quality.problem.long"}}
		}
		r.DoneAt, r.DoneBy, r.Outcome = s.now(), who.Member, outcome
		if err := tick(ctx, tx, r); err != nil {
			return err
		}
		if err := meeting.Settled(ctx, tx, r.Root, r.Organization, r.ID); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, "quality.remedy.done", r.ID, nil)
	})
}
