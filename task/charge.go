package task

import (
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/member"
)

// Charge is a standing duty: a member in charge of a field of work or an area, who
// reports on it before each meeting of the cell.
type Charge struct {
	Member string // id
	Name   string
	// Field and Area are those of the roll; one of them may be empty.
	Field, Area string
	// Report is what the member has said since the cell's last meeting; its zero At
	// says that nothing has come in.
	Report ChargeReport
}

// Of returns what the member is in charge of: "Tuyên giáo · Ngõ 12 đến ngõ 45".
func (c Charge) Of() string {
	if c.Field == "" || c.Area == "" {
		return c.Field + c.Area
	}
	return c.Field + " · " + c.Area
}

// Reported reports whether the member has reported since the last meeting.
func (c Charge) Reported() bool { return !c.Report.At.IsZero() }

// ChargeReport is one report on a field or an area. Reports are added and never
// changed: whoever has more to say reports again.
type ChargeReport struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
	At           when.Instant
	By           string `db:"by_member"` // who entered it, where that was somebody else
	Text         string
	// Proposal is what the cell or its superior is asked for.
	Proposal string
}

func (r ChargeReport) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(r.Text) != "", "text", "task.problem.charge")
	c.AtMost(r.Text, maxText, "text")
	c.AtMost(r.Proposal, maxText, "proposal")
	return c.Err()
}

// charges picks those of a roll who are in charge of something, with the newest of
// their reports; reports come oldest first.
func charges(roll []member.Entry, reports []ChargeReport) []Charge {
	newest := map[string]ChargeReport{}
	for _, r := range reports {
		newest[r.Member] = r
	}
	var out []Charge
	for _, e := range roll {
		if e.Field == "" && e.Area == "" {
			continue
		}
		out = append(out, Charge{Member: e.ID, Name: e.FullName, Field: e.Field, Area: e.Area, Report: newest[e.ID]})
	}
	return out
}
