// Package minutes turns the log of a meeting into its papers: the minutes (biên
// bản) and the resolution or conclusion.
//
// Its story: Compose reads the state of the room and writes the minutes, passage
// by passage, in the order of HD 42-HD/BTCTW (28/10/2025), part II, 2.2. Nobody
// types what the room already knows. The minute-taker may word any passage in
// better words; the facts under it stay, and when they change afterwards the
// passage says so. The minutes are read back to the meeting, objections are
// noted, the meeting adopts them, chair and minute-taker sign, each with their
// own secret on the same device.
//
// Then they are sealed. A sealed record is a text of one form (see Sealed) with
// its SHA-256; the papers made of it are kept by their own hashes; both stand in
// the audit chain. A short code printed on paper lets anybody ask whether the
// paper in hand equals the record, and nothing else. A sealed record never
// changes: what has to be mended later is a numbered addition that says who,
// when and why.
package minutes

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Passage is one piece of the minutes that can be worded and objected to on its
// own.
type Passage struct {
	// Key is stable for the life of the meeting: "roll", "opinion." and the id of
	// the act.
	Key string
	// Heading stands above the passage; Level is 1 for the parts of the meeting, 2
	// for items of the agenda. Most passages have none.
	Heading string
	Level   int
	// Item is the item of the agenda that the passage belongs to.
	Item string
	// Composed is what the facts say, in the Markdown of package document.
	Composed string
	// Worded replaces Composed where the minute-taker put it into other words.
	Worded string
	// Stale says that the facts changed after the passage was worded.
	Stale bool
	// Table follows the text; wording does not touch it.
	Table *Table
}

// Text returns the passage as it stands: as worded, else as composed.
func (p Passage) Text() string {
	if p.Worded != "" {
		return p.Worded
	}
	return p.Composed
}

// Table is a table of a passage.
type Table struct {
	Columns []Column   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// Column is the head of a column; Share is its part of the width, Middle centres
// its cells.
type Column struct {
	Title  string  `json:"title"`
	Share  float64 `json:"share"`
	Middle bool    `json:"middle"`
}

// Record is the minutes of one meeting as its log tells them.
type Record struct {
	Meeting string
	// Title is the trích yếu: "sinh hoạt chi bộ thường kỳ tháng 12 năm 2026".
	Title       string
	Cell        string
	Congress    bool // of the cell, see package proceedings
	Beside      bool // of a collective beside the cell
	Began       when.Instant
	Ended       when.Instant
	Chair       string // member
	MinuteTaker string // member
	ChairName   string
	ChairPost   string // office in the cell
	TakerName   string
	Passages    []Passage
	// Resolution is the text that the meeting passed, Markdown; empty where it
	// passed none. Passed says by what vote.
	Resolution string
	Passed     string
	// Conclusion holds the chair's conclusions, for meetings without a resolution.
	Conclusion []string
	// Tasks and Judged are the tables of tasks given and of last month's results.
	Tasks, Judged *Table
	Roll          Count
	// Counts are the minutes of the counts of secret ballots.
	Counts     []BallotCount
	Objections []Objection
	// Closed, ReadBack and Adopted say how far the meeting has come with them.
	Closed, ReadBack, Adopted bool
}

// Count is the roll in numbers, as the opening of papers gives it.
type Count struct{ Listed, Counted, Came, Excused, Unexcused, NotCounted int }

// Objection is what somebody held against a passage at the reading.
type Objection struct{ Speaker, Passage, Text string }

// Passage returns the passage of that key.
func (r Record) Passage(key string) (Passage, bool) {
	i := slices.IndexFunc(r.Passages, func(p Passage) bool { return p.Key == key })
	if i < 0 {
		return Passage{}, false
	}
	return r.Passages[i], true
}

// Paper is one of the papers of a meeting; its text stands in addresses and names of
// files. Beside the two below there are the minutes of each count of ballots.
type Paper string

// The papers.
const (
	Minutes    Paper = "minutes"
	Resolution Paper = "resolution" // or the conclusion, where there is no resolution
)

// Addition mends or completes sealed minutes without touching them (biên bản bổ
// sung).
type Addition struct {
	N      int // from 1
	Text   string
	Reason string
	At     when.Instant
	Name   string // who made it
}

// Validate checks what the form of an addition brings.
func (a Addition) Validate() error {
	var c fault.Check
	c.That(strings.TrimSpace(a.Text) != "", "text", "minutes.problem.text")
	c.AtMost(a.Text, maxAddition, "text")
	c.That(strings.TrimSpace(a.Reason) != "", "reason", "minutes.problem.reason")
	c.AtMost(a.Reason, maxReason, "reason")
	return c.Err()
}

const (
	maxAddition = 40_000
	maxReason   = 1_000
)
