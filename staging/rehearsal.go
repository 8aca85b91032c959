package staging

import (
	"database/sql/driver"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Rehearsal is a run through the cards of a sitting before it is held: tổng duyệt. What is
// to be changed after it are duties of the list, with whom and until when; its record
// keeps them as they were said. No rule of the field orders a rehearsal: plans speak of
// contents that are prepared and appraised (82-KH/ĐU of 2024, III.1), and nobody shows
// sixty units what was never tried.
type Rehearsal struct {
	Root       string       `db:"root_id" form:"-"`
	ID         string       `form:"-"`
	Conference string       `db:"conference_id" form:"-"`
	Sitting    string       `db:"sitting_id" form:"-"`
	StartsAt   when.Instant `form:"-"`
	Place      string       `form:"place"`
	Chair      string       `form:"chair"`  // who leads it, in words
	People     string       `form:"people"` // who takes part, a line each
	// Runs are the cards as they stood when the first minutes were written down.
	Runs        Runs         `form:"-"`
	Outcome     Outcome      `form:"outcome"`
	Words       string       `form:"words"` // of the conclusion
	ConcludedAt when.Instant `form:"-"`
	ConcludedBy string       `form:"-"`
}

// Outcome is what a rehearsal came to; empty: it is not concluded.
type Outcome string

// The outcomes.
const (
	Passed Outcome = "passed" // the sitting can be held
	Again  Outcome = "again"  // it has to be rehearsed once more
)

// Outcomes lists the outcomes in the order in which people choose them.
var Outcomes = []Outcome{Passed, Again}

// Run is a card as it was run through.
type Run struct {
	Card    string `json:"card"` // its id
	Title   string `json:"title"`
	Minutes int    `json:"minutes"`        // as planned
	Took    int    `json:"took,omitempty"` // minutes; 0: was not run through
	// Remarks are what was to be changed, as it stood when the rehearsal was concluded.
	Remarks []Remark `json:"remarks,omitempty"`
}

// Remark is what is to be changed: what, by whom, until when.
type Remark struct {
	What   string       `json:"what"`
	Charge string       `json:"charge"`
	Due    when.Instant `json:"due"`
}

// Runs are the cards of a rehearsal in their order, stored as JSON.
type Runs []Run

// Value stores the runs as text.
func (r Runs) Value() (driver.Value, error) { return stored(r) }

// Scan reads runs that Value has stored.
func (r *Runs) Scan(src any) error { return restored(src, (*[]Run)(r)) }

// runsOf returns the cards as they are to be run through.
func runsOf(d Deck) Runs {
	out := make(Runs, len(d))
	for i, k := range d {
		out[i] = Run{Card: k.ID, Title: k.Title, Minutes: k.Minutes}
	}
	return out
}

// Sum returns how many minutes were planned for what was run through, and how many it took.
func (r Runs) Sum() (planned, took int) {
	for _, x := range r {
		if x.Took > 0 {
			planned, took = planned+x.Minutes, took+x.Took
		}
	}
	return planned, took
}

// Left returns how many cards were not run through.
func (r Runs) Left() int {
	n := 0
	for _, x := range r {
		if x.Took == 0 {
			n++
		}
	}
	return n
}

// longestRun is how many minutes a card may have taken.
const longestRun = 600

// timed returns the runs with the minutes that they took, by the id of the card.
func (r Runs) timed(took map[string]int) (Runs, error) {
	var c fault.Check
	out := slices.Clone(r)
	for i := range out {
		n, said := took[out[i].Card]
		if !said {
			continue
		}
		c.That(n >= 0 && n <= longestRun, tookField(out[i].Card), "staging.problem.minutes")
		out[i].Took = n
	}
	return out, c.Err()
}

// tookField names the field of the minutes of a card.
func tookField(card string) string { return "took_" + card }

// Concluded reports whether the rehearsal is over and its record stands.
func (r Rehearsal) Concluded() bool { return !r.ConcludedAt.IsZero() }

func (r Rehearsal) check() error {
	var c fault.Check
	c.That(!r.StartsAt.IsZero(), "day", "staging.problem.rehearsal_day")
	c.That(strings.TrimSpace(r.Place) != "", "place", "staging.problem.place")
	r.checkLengths(&c)
	return c.Err()
}

func (r Rehearsal) checkLengths(c *fault.Check) {
	for field, text := range map[string]string{"place": r.Place, "chair": r.Chair, "people": r.People, "words": r.Words} {
		c.That(len([]rune(text)) <= longest, field, "staging.problem.long")
	}
}

// concluded returns the rehearsal with an outcome, and with what was said of each card kept
// in its record. One that has to come again says why, in a remark or in words.
func (r Rehearsal) concluded(to Rehearsal, remarks map[string][]Remark, now when.Instant) (Rehearsal, error) {
	if now < r.StartsAt {
		return r, fault.New(fault.Conflict, "staging.problem.rehearsal_early")
	}
	if r.Runs.Left() == len(r.Runs) {
		return r, fault.New(fault.Conflict, "staging.problem.not_run")
	}
	var c fault.Check
	c.That(slices.Contains(Outcomes, to.Outcome), "outcome", "staging.problem.outcome")
	c.That(to.Outcome != Again || len(remarks) > 0 || strings.TrimSpace(to.Words) != "", "words", "staging.problem.again")
	to.checkLengths(&c)
	r.Outcome, r.Words, r.ConcludedAt = to.Outcome, to.Words, now
	r.Runs = slices.Clone(r.Runs)
	for i := range r.Runs {
		r.Runs[i].Remarks = remarks[r.Runs[i].Card]
	}
	return r, c.Err()
}

// has reports whether a card was run through, or is to be.
func (r Runs) has(card string) bool {
	return slices.ContainsFunc(r, func(x Run) bool { return x.Card == card })
}
