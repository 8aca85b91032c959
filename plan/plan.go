// Package plan keeps the plans of a committee to raise the quality of meetings, with
// their state on any day: kế hoạch nâng cao chất lượng.
//
// Its story: a committee sets goals and steps, who answers for each, from when until when,
// and how much of what (E85 of the elements of the field). As work goes on, somebody
// writes down how far a step is, on which day. Nothing of this is ever changed, only
// added to, so that the plan can be read as it stood on any day: "Tính đến 27/6/2022"
// (E86). A report of the half-year is composed from that state, worded by people, and
// printed; the plan for the next half-year begins with what is open (E87).
package plan

import (
	"cmp"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// longest is how long a text may be, in letters.
const longest = 2000

// Plan is a plan of a committee.
type Plan struct {
	Root         string `db:"root_id" form:"-"`
	ID           string `form:"-"`
	Organization string `db:"organization_id" form:"organization"`
	Title        string `form:"title"`
	Goal         string `form:"goal"`
	// Basis names the documents it rests on, in words, one a line. May be empty.
	Basis string    `form:"basis"`
	From  when.Date `db:"from_on" form:"from"`
	Until when.Date `db:"until_on" form:"until"`
	// Before is the plan whose open steps this one took over. May be empty.
	Before string       `db:"before_id" form:"before"`
	MadeAt when.Instant `form:"-"`
	MadeBy string       `form:"-"`
}

// Path returns the address of the page of a plan.
func (p Plan) Path() string { return "/plans/" + p.ID }

func (p Plan) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(p.Title) != "", "title", "plan.problem.title")
	c.That(strings.TrimSpace(p.Goal) != "", "goal", "plan.problem.goal")
	span(&c, p.From, p.Until)
	long(&c, map[string]string{"title": p.Title, "goal": p.Goal, "basis": p.Basis})
	return c.Err()
}

func span(c *fault.Check, from, until when.Date) {
	c.That(!from.IsZero(), "from", "plan.problem.day")
	c.That(!until.IsZero(), "until", "plan.problem.day")
	c.That(!until.Before(from), "until", "plan.problem.order")
}

func long(c *fault.Check, texts map[string]string) {
	for field, text := range texts {
		c.AtMost(text, longest, field)
	}
}

// Step is one step of a plan.
type Step struct {
	Root     string    `db:"root_id" form:"-"`
	ID       string    `form:"-"`
	Plan     string    `db:"plan_id" form:"-"`
	Position int       `form:"-"`
	What     string    `form:"what"`
	Owner    string    `form:"owner"` // the unit or person who answers for it, in words
	From     when.Date `db:"from_on" form:"from"`
	Until    when.Date `db:"until_on" form:"until"`
	// Target is how much is to be reached, in Units; 0 where the step is done or not.
	Target  int       `form:"target"`
	Unit    string    `form:"unit"`
	AddedOn when.Date `form:"-"`
}

func (s Step) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(s.What) != "", "what", "plan.problem.what")
	c.That(strings.TrimSpace(s.Owner) != "", "owner", "plan.problem.owner")
	span(&c, s.From, s.Until)
	c.That(s.Target >= 0 && s.Target <= 1_000_000, "target", "plan.problem.target")
	long(&c, map[string]string{"what": s.What, "owner": s.Owner, "unit": s.Unit})
	return c.Err()
}

// Progress says how far a step was on a day.
type Progress struct {
	Root      string       `db:"root_id" form:"-"`
	ID        string       `form:"-"`
	Plan      string       `db:"plan_id" form:"-"`
	Step      string       `db:"step_id" form:"step"`
	On        when.Date    `db:"on_day" form:"on"`
	Reached   int          `form:"reached"`
	Done      bool         `form:"done"`
	Text      string       `form:"text"`
	EnteredAt when.Instant `form:"-"`
	EnteredBy string       `form:"-"`
}

func (g Progress) check(today when.Date) error {
	var c fault.Check
	c.That(!g.On.IsZero(), "on", "plan.problem.day")
	c.That(!today.Before(g.On), "on", "plan.problem.future")
	c.That(g.Reached >= 0 && g.Reached <= 1_000_000, "reached", "plan.problem.target")
	c.That(g.Done || g.Reached > 0 || strings.TrimSpace(g.Text) != "", "text", "plan.problem.nothing")
	long(&c, map[string]string{"text": g.Text})
	return c.Err()
}

// Standing says how a step stands on a day.
type Standing string

// The standings.
const (
	Ahead   Standing = "ahead"   // its first day is still to come
	Running Standing = "running" // between its days
	Late    Standing = "late"    // its last day has passed
	Done    Standing = "done"
)

// Standings lists the standings in the order of a report.
var Standings = []Standing{Done, Late, Running, Ahead}

// State is how a step stands on a day.
type State struct {
	Step

	Standing Standing
	Reached  int
	// Last is the newest progress up to the day; its zero ID says that there is none.
	Last Progress
}

// StateOn returns how the steps of a plan stand on a day, in their order: from what was
// said of that day and the days before it. Steps that had neither begun nor been added are
// not there yet.
func StateOn(steps []Step, progress []Progress, day when.Date) []State {
	progress = slices.Clone(progress)
	slices.SortStableFunc(progress, func(a, b Progress) int {
		if a.On != b.On {
			return cmp.Compare(a.On.String(), b.On.String())
		}
		return cmp.Compare(a.EnteredAt, b.EnteredAt)
	})
	var out []State
	for _, s := range steps {
		if day.Before(s.AddedOn) && day.Before(s.From) {
			continue
		}
		x := State{Step: s}
		for _, g := range progress {
			if g.Step == s.ID && !day.Before(g.On) {
				x.Last, x.Reached = g, g.Reached
			}
		}
		x.Standing = x.standing(day)
		out = append(out, x)
	}
	return out
}

func (x State) standing(day when.Date) Standing {
	switch {
	case x.Last.Done || x.Target > 0 && x.Reached >= x.Target:
		return Done
	case x.Until.Before(day):
		return Late
	case day.Before(x.From):
		return Ahead
	}
	return Running
}

// Open reports whether something of the step is still to be done.
func (x State) Open() bool { return x.Standing != Done }

// Count counts the steps by how they stand.
func Count(all []State) map[Standing]int {
	n := map[Standing]int{}
	for _, x := range all {
		n[x.Standing]++
	}
	return n
}

// Report is the report of a plan at a day.
type Report struct {
	Root      string       `db:"root_id" form:"-"`
	Plan      string       `db:"plan_id" form:"-"`
	On        when.Date    `db:"on_day" form:"on"`
	Results   string       `form:"results"`
	Faults    string       `form:"faults"`
	Direction string       `form:"direction"`
	WrittenAt when.Instant `form:"-"` // zero: composed, not worded by anybody yet
	WrittenBy string       `form:"-"`
}

func (r Report) check(today when.Date) error {
	var c fault.Check
	c.That(!r.On.IsZero(), "on", "plan.problem.day")
	c.That(!today.Before(r.On), "on", "plan.problem.future")
	c.That(strings.TrimSpace(r.Results) != "", "results", "plan.problem.results")
	for field, text := range map[string]string{"results": r.Results, "faults": r.Faults, "direction": r.Direction} {
		c.AtMost(text, 4*longest, field)
	}
	return c.Err()
}
