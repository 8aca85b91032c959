// Package rating keeps how members and the cell are rated: xếp loại đảng viên, chi bộ.
//
// A round is opened for a month, a quarter or a year. Everybody who is rated says on
// the phone, or on paper for the secretary to enter, how many points they give
// themselves and which level they propose; beside it stands what the meetings have
// shown: who came, what the cell said of the tasks, who spoke, who was praised or
// reminded. The cell talks about it, votes, and its committee writes down what it
// proposes. The whole list goes to the level that decides, under the cap on excellent
// ratings; what somebody complains about before is answered first. The decision is
// told to each.
//
// The program shows facts, conditions and sums. It proposes no level.
//
// A rating is seen by the person, the committee of the cell and the level that
// decides, and by nobody else; a person can read who has looked at theirs.
package rating

import (
	"fmt"
	"slices"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Span is how long the time is that a round looks back on.
type Span string

// The spans. No national rule on monthly ratings was found: only a cell that has
// settled so has them.
const (
	Monthly   Span = "month"
	Quarterly Span = "quarter"
	Yearly    Span = "year"
)

// Spans lists the spans, the widest first.
var Spans = []Span{Yearly, Quarterly, Monthly}

// Period is the time that a round looks back on.
type Period struct {
	Span  Span
	Month when.Month // its first month
}

// PeriodOf returns the period of a span that holds the month.
func PeriodOf(s Span, m when.Month) Period {
	switch s {
	case Quarterly:
		m = m.Quarter().First()
	case Yearly:
		m = when.Month{Year: m.Year, Month: 1}
	case Monthly:
	}
	return Period{s, m}
}

// First and Last are the days between which the period lies.
func (p Period) First() when.Date { return p.Month.First() }

// Last is the last day of the period.
func (p Period) Last() when.Date {
	n := map[Span]int{Monthly: 1, Quarterly: 3, Yearly: 12}[p.Span]
	return p.Month.Add(n - 1).Last()
}

// Name is the period as papers write it: "năm 2026", "quý IV/2026", "tháng 12/2026".
func (p Period) Name() string {
	switch p.Span {
	case Quarterly:
		return fmt.Sprintf("quý %s/%d", []string{"I", "II", "III", "IV"}[p.Month.Quarter().N-1], p.Month.Year)
	case Yearly:
		return fmt.Sprintf("năm %d", p.Month.Year)
	case Monthly:
	}
	return "tháng " + p.Month.Slashed()
}

// State says how far a round has come.
type State string

// The states of a round, in their order.
const (
	SelfRating State = "self"
	Discussion State = "discussion"
	Voting     State = "vote"
	Proposed   State = "proposed" // the list lies with the level that decides
	Decided    State = "decided"
	Told       State = "told" // each has been told
)

// States lists the states in their order.
var States = []State{SelfRating, Discussion, Voting, Proposed, Decided, Told}

// Reached reports whether s is t or after it.
func (s State) Reached(t State) bool { return slices.Index(States, s) >= slices.Index(States, t) }

// Settled reports whether the ratings stand: nothing is written to them any more.
func (s State) Settled() bool { return s.Reached(Decided) }

// Round is one round of rating in a cell.
type Round struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Span         Span
	Month        when.Month `db:"first_month"`
	State        State
	// SelfBy is the day by which everybody has rated themselves, ReviewOn that of the
	// meeting that talks about it. Drafts are sent at least three working days before
	// (HD 43-HD/BTCTW, 31/10/2025, 2.1a).
	SelfBy, ReviewOn when.Date
	// The rules as they were when the round was opened: the policy of the cell and its
	// settings on votes.
	Cap
	InCell   bool
	Hand     bool `db:"by_hand"`
	TwoThird bool `db:"two_thirds"`
	Scheme   Scheme
	// Base is how many the votes are counted on, 0 before the vote is opened.
	Base int
	Sitting
	OpenedAt when.Instant
	OpenedBy string
}

// Sitting is the meeting that reviewed and voted, for its minutes.
type Sitting struct {
	// Present is how many official members came.
	Present int
	// Place, Chair and Taker (of the minutes) are as they are to stand on paper.
	Place string
	Chair string
	Taker string
	// Course is what was said of the whole, in a few lines.
	Course string
}

// Period returns the time that the round looks back on.
func (r Round) Period() Period { return Period{r.Span, r.Month} }

// Rule returns how the votes are measured.
func (r Round) Rule() Rule { return Rule{r.Base, r.TwoThird, r.Hand} }

// Lines returns the criteria of a form with their points in this round.
func (r Round) Lines(f Form) []Line { return LinesOf(f, r.Scheme[f]) }

// Path returns the page of the round.
func (r Round) Path() string { return "/ratings/" + r.ID }

// Limits of what people may write, in letters.
const (
	maxLine = 300
	maxText = 4000
)

// Check says what is wrong with a round that is to be opened today: its period must
// have begun.
func (r Round) Check(today when.Date) error {
	var c fault.Check
	c.That(slices.Contains(Spans, r.Span), "span", "rating.problem.choice")
	c.That(!r.Month.IsZero(), "month", "rating.problem.month")
	c.That(r.Month.IsZero() || !today.Before(r.Period().First()), "month", "rating.problem.ahead")
	c.That(!r.SelfBy.IsZero(), "self_by", "rating.problem.day")
	c.That(!r.ReviewOn.IsZero(), "review_on", "rating.problem.day")
	c.That(r.SelfBy.IsZero() || r.ReviewOn.IsZero() || !r.ReviewOn.Before(r.SelfBy), "review_on", "rating.problem.order")
	return c.Err()
}
