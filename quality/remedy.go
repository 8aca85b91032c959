package quality

import (
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Remedy is a weak point that a meeting found, with what is done against it and by
// when. It stands before the next meetings of the cell until it is ticked.
type Remedy struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Meeting      string `db:"meeting_id"` // that found it
	// Line is the line of the sheet it belongs to, empty for the whole meeting.
	Line     string
	Weakness string
	Remedy   string
	Due      when.Date
	Member   string       `db:"member_id"` // who answers for it
	NotedAt  when.Instant `db:"noted_at"`
	NotedBy  string       `db:"noted_by"`
	DoneAt   when.Instant `db:"done_at"`
	DoneBy   string       `db:"done_by"`
	// Outcome says what was done, when it was ticked.
	Outcome string
	// Visit is the visit of a superior that found it, empty where the cell did itself.
	Visit string `db:"visit_id"`
}

// Open reports whether the remedy still waits.
func (r Remedy) Open() bool { return r.DoneAt.IsZero() }

// Overdue reports whether its day has passed.
func (r Remedy) Overdue(today when.Date) bool { return r.Open() && r.Due.Before(today) }

// Validate checks what the form of a remedy brings.
func (r Remedy) Validate(found when.Date) error {
	var c fault.Check
	c.That(strings.TrimSpace(r.Weakness) != "", "weakness", "quality.problem.weakness")
	c.That(strings.TrimSpace(r.Remedy) != "", "remedy", "quality.problem.remedy")
	c.That(len([]rune(r.Weakness)) <= maxReason, "weakness", "quality.problem.long")
	c.That(len([]rune(r.Remedy)) <= maxReason, "remedy", "quality.problem.long")
	c.That(!r.Due.IsZero() && !r.Due.Before(found), "due", "quality.problem.due")
	return c.Err()
}
