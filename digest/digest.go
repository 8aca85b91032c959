// Package digest makes the reports of a committee on the Party life of the cells below it
// (báo cáo tổng hợp).
//
// Its story: the month is over and the province wants its table. The clerk chooses a form and a
// month; the numbers stand there already, counted from what the cells have done. The clerk writes
// the sentences between them and can put a number into a sentence by its name: "{đã họp}". Every
// number opens the list that it counts. When the report is issued it takes a number from the
// register, and its lists are kept as they were: years later a number still opens what it counted
// on that day.
//
// A form is data (templates/*.toml): sections with a paragraph, rows of named figures, and a
// table of the cells with figures as columns. A committee adds forms of its own.
package digest

import (
	"fmt"
	"strings"

	"chibo/kit/when"
)

// Span is how long a report looks back.
type Span string

// The spans.
const (
	OfMonth   Span = "month"
	OfQuarter Span = "quarter"
	OfHalf    Span = "half"
	OfYear    Span = "year"
)

// Spans lists them from the shortest.
var Spans = []Span{OfMonth, OfQuarter, OfHalf, OfYear}

// months is how many months a span has; 0 for what is none.
func (s Span) months() int {
	return map[Span]int{OfMonth: 1, OfQuarter: 3, OfHalf: 6, OfYear: 12}[s]
}

// Period is the span of a report that begins with the month First.
type Period struct {
	Span  Span
	First when.Month
}

// PeriodOf returns the period of a span in which a month lies.
func PeriodOf(s Span, m when.Month) Period {
	n := max(1, s.months())
	return Period{s, m.Add(-((int(m.Month) - 1) % n))}
}

// Last returns the last month.
func (p Period) Last() when.Month { return p.First.Add(p.Span.months() - 1) }

// Text names the period in papers: "tháng 11/2026", "quý IV/2026", "6 tháng đầu năm 2026",
// "năm 2026".
func (p Period) Text() string {
	switch p.Span {
	case OfMonth:
		return "tháng " + p.First.Slashed()
	case OfQuarter:
		return fmt.Sprintf("quý %s/%d", [...]string{"I", "II", "III", "IV"}[p.First.Quarter().N-1], p.First.Year)
	case OfHalf:
		half := "đầu"
		if p.First.Month > 6 {
			half = "cuối"
		}
		return fmt.Sprintf("6 tháng %s năm %d", half, p.First.Year)
	}
	return fmt.Sprintf("năm %d", p.First.Year)
}

// State says where a report stands.
type State string

// The states.
const (
	Draft  State = "draft"
	Issued State = "issued"
)

// Digest is one report of a committee.
type Digest struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Span         Span
	First        when.Month `db:"first_month"`
	Name         string     // of the form
	Template     string     // its text, as it was when the report was begun
	Texts        string     // JSON, paragraphs by section
	State        State
	Number       string    // once issued
	IssuedOn     when.Date `db:"issued_on"`
	Cells        string    // JSON, the cells as they were named when it was issued
	CreatedAt    when.Instant
	CreatedBy    string
	Seq          int // counts the writes
}

// Period returns the period of the report.
func (d Digest) Period() Period { return Period{d.Span, d.First} }

// Path is the page of the report.
func (d Digest) Path() string { return "/digests/" + d.ID }

// tokens splits a text at the names in braces: texts at even places, names at odd ones. A brace
// that is not closed is text.
func tokens(text string) []string {
	var out []string
	for {
		before, rest, open := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			return append(out, text)
		}
		out, text = append(out, before, strings.TrimSpace(name)), after
	}
}
