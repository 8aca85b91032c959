package visit

import (
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// Load is how much a member of a committee carries.
type Load struct {
	Member string
	Post   organization.Post // in the committee; empty for somebody who only follows cells
	// Cells are the cells they follow, Offices the ids of the offices beside them.
	Cells   []organization.Organization
	Offices []string
	// Visits is how many meetings of a month they attend.
	Visits int
}

// Charge is who of a committee is in charge of which cells.
type Charge struct {
	Unit  organization.Organization
	Units []organization.Organization // committees the reader may choose from
	Loads []Load
	// Gaps are the cells that nobody follows.
	Gaps  []organization.Organization
	Cells []organization.Organization
	Lives []Life
	Names map[string]string
}

// Life is a move of a committee member's own Party life to a cell they look after, as
// it was decided (E90 of the elements of the field).
type Life struct {
	Root         string    `db:"root_id" form:"-"`
	ID           string    `form:"-"`
	Organization string    `db:"organization_id" form:"to"` // the cell moved to
	Member       string    `db:"member_id" form:"member"`
	From         when.Date `db:"from_on" form:"from"`
	// ForGood: the cell is their own from then on. Else they attend there for a time.
	ForGood bool `form:"for_good"`
	// Decision is the number of the decision, DecidedOn its date.
	Decision  string       `form:"decision"`
	DecidedOn when.Date    `form:"decided_on"`
	EnteredAt when.Instant `form:"-"`
	EnteredBy string       `form:"-"`
}

// longestNumber is how long the number of a decision may be, in letters.
const longestNumber = 100

func (l Life) check(today when.Date) error {
	var c fault.Check
	c.That(l.Member != "", "member", "visit.problem.member")
	c.That(l.Organization != "", "to", "visit.problem.cell")
	c.That(!l.From.IsZero(), "from", "visit.problem.from")
	c.That(strings.TrimSpace(l.Decision) != "", "decision", "visit.problem.decision")
	c.That(len([]rune(l.Decision)) <= longestNumber, "decision", "visit.problem.long_number")
	c.That(!l.DecidedOn.IsZero() && !today.Before(l.DecidedOn), "decided_on", "visit.problem.decided_on")
	return c.Err()
}

// note is what the records of both cells keep of the decision.
func (l Life) note() string { return l.Decision + ", " + l.DecidedOn.Slashed() }
