package quality

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/rubric"
)

// State says in whose hand a score is.
type State string

// The states, in the order of the road (42-HD/BTCTW, 28/10/2025: one comrade follows,
// the cell committee agrees the self-score, the cell votes, the committee above decides).
const (
	Draft      State = "draft"       // being filled
	SelfScored State = "self_scored" // the cell committee has agreed on it
	Voted      State = "voted"       // the members have voted for it
	Submitted  State = "submitted"   // it waits for the committee above
	Confirmed  State = "confirmed"   // decided as the cell scored
	Adjusted   State = "adjusted"    // decided otherwise, with a reason
)

// States lists the states in the order of the road.
var States = []State{Draft, SelfScored, Voted, Submitted, Confirmed, Adjusted}

// Reached reports whether s is at or behind goal.
func (s State) Reached(goal State) bool {
	return slices.Index(States, s) >= slices.Index(States, goal)
}

// Decided reports whether the committee above has spoken.
func (s State) Decided() bool { return s == Confirmed || s == Adjusted }

// Mark is what a line was given.
type Mark struct {
	Points rubric.Points `json:"points"`
	// Proposed is what the facts propose, where ByFacts.
	Proposed rubric.Points `json:"proposed,omitempty"`
	ByFacts  bool          `json:"by_facts,omitempty"`
	// Reason is why people gave something else.
	Reason string       `json:"reason,omitempty"`
	By     string       `json:"by,omitempty"` // member; empty: nobody but the facts
	At     when.Instant `json:"at,omitempty"`
}

// Overrides reports whether people gave other points than the facts propose.
func (m Mark) Overrides() bool { return m.ByFacts && m.Points != m.Proposed }

// Marks are the marks of a score by line. A line without a mark is open.
type Marks map[string]Mark

// Points returns the points by line.
func (m Marks) Points() map[string]rubric.Points {
	out := make(map[string]rubric.Points, len(m))
	for id, mark := range m {
		out[id] = mark.Points
	}
	return out
}

// Ballot is the members' vote on the self-score.
type Ballot struct {
	For, Against int
	// Entitled is the number of those in the room who may vote.
	Entitled int
	// Vote is the vote of the room it was taken from, empty where it was typed in.
	Vote string
	At   when.Instant
	By   string
}

// Other is how many were neither for nor against.
func (b Ballot) Other() int { return b.Entitled - b.For - b.Against }

// Verdict is one number with its level: what a hand gives.
type Verdict struct {
	Points rubric.Points
	Level  rubric.Level
	At     when.Instant
	By     string // member
}

// Score is the score of one meeting.
type Score struct {
	Root, Meeting, Organization string
	Month                       when.Month
	State                       State
	// Scorer is the comrade assigned to follow the meeting in order to score, a member.
	Scorer string
	// Sheet and Receipts are those it was given with; empty while it is a draft.
	Sheet    string
	Receipts []Receipt
	// Marks are those of the cell, Above those of the committee above. In a draft Marks
	// holds only what people have filled.
	Marks, Above Marks
	// Own is the cell's number, Of the most that could be reached, Decision that of the
	// committee above with its Reason.
	Own, Decision Verdict
	Of            rubric.Points
	Ballot        Ballot
	Reason        string
	SubmittedAt   when.Instant
	SubmittedBy   string
	Seq           int // counts the writes
}

// Level returns the level that holds: the decision, else the cell's own.
func (s Score) Level() rubric.Level {
	if s.State.Decided() {
		return s.Decision.Level
	}
	return s.Own.Level
}

// Propose completes what people have filled by what the facts propose, for a meeting of
// this kind.
func Propose(r rubric.Rubric, kind string, known rubric.Known, filled Marks) Marks {
	out := Marks{}
	for _, l := range r.Counted(kind) {
		proposed, byFacts := l.Propose(known)
		m, ok := filled[l.ID]
		switch {
		case ok && l.Allowed(m.Points):
			m.Proposed, m.ByFacts = proposed, byFacts
		case byFacts:
			m = Mark{Points: proposed, Proposed: proposed, ByFacts: true}
		default:
			continue
		}
		out[l.ID] = m
	}
	return out
}

// Field names the form field of a line's points, ReasonField that of its reason.
func Field(line string) string { return "points[" + line + "]" }

// ReasonField names the form field of the reason of a line.
func ReasonField(line string) string { return "reasons[" + line + "]" }

// maxReason is the longest reason, in letters.
const maxReason = 1000

// Fill reads what people gave the lines: texts by line, an empty text takes back what
// was filled. A line given as the facts propose is not kept: it follows the facts.
func Fill(r rubric.Rubric, kind string, known rubric.Known, points, reasons map[string]string, by string, at when.Instant) (Marks, error) {
	var c fault.Check
	out := Marks{}
	for _, l := range r.Counted(kind) {
		text, reason := strings.TrimSpace(points[l.ID]), strings.TrimSpace(reasons[l.ID])
		c.That(len([]rune(reason)) <= maxReason, ReasonField(l.ID), "quality.problem.long")
		if text == "" {
			continue
		}
		m := Mark{Reason: reason, By: by, At: at}
		if err := m.Points.UnmarshalText([]byte(text)); err != nil || !l.Allowed(m.Points) {
			c.That(false, Field(l.ID), "quality.problem.points")
			continue
		}
		m.Proposed, m.ByFacts = l.Propose(known)
		if m.ByFacts && !m.Overrides() && reason == "" {
			continue
		}
		c.That(!m.Overrides() || reason != "", ReasonField(l.ID), "quality.problem.override")
		out[l.ID] = m
	}
	return out, c.Err()
}

// SelfScore is the cell committee's agreement on the marks. chosen is the level for a
// sheet without points. It refuses while a line is open.
func (s Score) SelfScore(r rubric.Rubric, kind string, receipts []Receipt, marks Marks, chosen rubric.Level, by string, at when.Instant) (Score, error) {
	if s.State != Draft {
		return s, fault.New(fault.Conflict, "quality.problem.road")
	}
	sum := r.Add(kind, marks.Points())
	if n := len(sum.Open); n > 0 {
		return s, fault.New(fault.Invalid, "quality.problem.open", "Count", n, "Line", sum.Open[0].ID)
	}
	level, err := levelOf(r, sum, chosen)
	if err != nil {
		return s, err
	}
	text, err := r.Text()
	if err != nil {
		return s, err
	}
	s.State, s.Sheet, s.Receipts, s.Marks, s.Of = SelfScored, string(text), receipts, marks, sum.Of
	s.Own = Verdict{sum.Points, level, at, by}
	s.Ballot = Ballot{}
	return s, nil
}

// levelOf is the level of a sum, or the one people chose where the sheet has no points.
func levelOf(r rubric.Rubric, sum rubric.Sum, chosen rubric.Level) (rubric.Level, error) {
	if !r.Unpointed {
		return sum.Level, nil
	}
	if !slices.Contains(rubric.Levels, chosen) {
		return "", &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"level": "quality.problem.level"}}
	}
	return chosen, nil
}

// Vote is the members' vote. passes says whether it carries by the rule of the day; where
// it does not, the score goes back to be scored anew, with the figures kept.
func (s Score) Vote(b Ballot, passes bool) (Score, error) {
	if s.State != SelfScored {
		return s, fault.New(fault.Conflict, "quality.problem.road")
	}
	var c fault.Check
	c.That(b.For >= 0 && b.Against >= 0, "for", "quality.problem.ballot")
	c.That(b.For+b.Against <= b.Entitled, "for", "quality.problem.ballot_many")
	c.That(b.Entitled > 0, "for", "quality.problem.ballot_none")
	if err := c.Err(); err != nil {
		return s, err
	}
	s.Ballot = b
	if s.State = Voted; !passes {
		s.State = Draft
	}
	return s, nil
}

// Reopen takes the score back to be mended, before it has been submitted.
func (s Score) Reopen() (Score, error) {
	if s.State != SelfScored && s.State != Voted {
		return s, fault.New(fault.Conflict, "quality.problem.road")
	}
	s.State, s.Ballot = Draft, Ballot{}
	return s, nil
}

// Submit sends the score to the committee above.
func (s Score) Submit(by string, at when.Instant) (Score, error) {
	if s.State != Voted {
		return s, fault.New(fault.Conflict, "quality.problem.road")
	}
	s.State, s.SubmittedAt, s.SubmittedBy = Submitted, at, by
	return s, nil
}

// Decide is the word of the committee above: its points by line, as texts; an empty
// text agrees with the cell. Other points or another level need a reason.
func (s Score) Decide(r rubric.Rubric, kind string, points map[string]string, chosen rubric.Level, reason, by string, at when.Instant) (Score, error) {
	switch {
	case s.State != Submitted:
		return s, fault.New(fault.Conflict, "quality.problem.road")
	case by == "" || by == s.SubmittedBy || by == s.Own.By:
		return s, fault.New(fault.Forbidden, "quality.problem.own")
	}
	var c fault.Check
	above := Marks{}
	for _, l := range r.Counted(kind) {
		m := Mark{Points: s.Marks[l.ID].Points, By: by, At: at}
		if text := strings.TrimSpace(points[l.ID]); text != "" {
			err := m.Points.UnmarshalText([]byte(text))
			c.That(err == nil && l.Allowed(m.Points), Field(l.ID), "quality.problem.points")
		}
		above[l.ID] = m
	}
	if err := c.Err(); err != nil {
		return s, err
	}
	sum := r.Add(kind, above.Points())
	level, err := levelOf(r, sum, chosen)
	if err != nil {
		return s, err
	}
	s.State = Confirmed
	if sum.Points != s.Own.Points || level != s.Own.Level || s.differs(above) {
		s.State = Adjusted
	}
	c.That(s.State == Confirmed || reason != "", "reason", "quality.problem.adjusted")
	c.That(len([]rune(reason)) <= maxReason, "reason", "quality.problem.long")
	if err := c.Err(); err != nil {
		s.State = Submitted
		return s, err
	}
	s.Above, s.Decision, s.Reason = above, Verdict{sum.Points, level, at, by}, reason
	return s, nil
}

// differs reports whether some line has other points above than the cell gave.
func (s Score) differs(above Marks) bool {
	for id, m := range above {
		if m.Points != s.Marks[id].Points {
			return true
		}
	}
	return false
}
