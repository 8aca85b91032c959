package rating

import (
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Complaint is what somebody says against what the cell proposes for them, before it
// is decided; the level that decides looks into it first (366-QĐ/TW, 30/8/2025,
// art. 12).
type Complaint struct {
	Root    string `db:"root_id"`
	ID      string
	Round   string `db:"round_id"`
	Subject string
	Text    string
	At      when.Instant
	By      string `db:"by_member"` // id of the member who wrote it down
	// Answer is empty until somebody has answered.
	Answer     string
	AnsweredAt when.Instant
	AnsweredBy string
}

// Answered reports whether somebody has answered.
func (c Complaint) Answered() bool { return c.AnsweredAt != 0 }

// checkWords says what is wrong with a text that must be there, in a field.
func checkWords(field, text string) error {
	var c fault.Check
	c.That(strings.TrimSpace(text) != "", field, "rating.problem.words")
	c.AtMost(text, maxText, field)
	return c.Err()
}
