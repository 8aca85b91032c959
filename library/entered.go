package library

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/when"
)

// Level says who has issued a governing document: the cells work under documents of five
// levels.
type Level string

// The levels, from the top.
const (
	Central  Level = "central"  // Trung ương
	Province Level = "province" // tỉnh ủy, thành ủy
	District Level = "district" // huyện ủy, quận ủy, thị ủy cũ
	Base     Level = "base"     // đảng ủy xã, phường, đặc khu; đảng bộ cơ sở
	Sector   Level = "sector"   // ngành dọc
)

// Levels lists the levels from the top.
var Levels = []Level{Central, Province, District, Base, Sector}

// Document is a governing document that a committee has entered for itself and all below
// it.
type Document struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Level        Level
	Source
	// Text is what was pasted of it; a blank line parts its paragraphs.
	Text      string
	EnteredAt when.Instant
	EnteredBy string
}

// Path returns the page of the document.
func (d Document) Path() string { return "/library/documents/" + d.ID }

// Paragraphs returns the paragraphs of the text, from which one is marked to be sent
// down.
func (d Document) Paragraphs() []string {
	var out []string
	var b strings.Builder
	end := func() {
		if p := strings.TrimSpace(b.String()); p != "" {
			out = append(out, p)
		}
		b.Reset()
	}
	for line := range strings.Lines(d.Text) {
		if strings.TrimSpace(line) == "" {
			end()
		}
		b.WriteString(line)
	}
	end()
	return out
}

func (d Document) folded() string { return search.Words(d.String() + " " + d.Title + " " + d.Text) }

// Limits of what people may write, in letters.
const (
	maxNumber    = 60
	maxHeading   = 500
	maxBody      = 120
	maxPastedDoc = 60_000
)

// founded is the day on which the Party was founded: nothing it has issued is older.
var founded = when.On(1930, 2, 3)

// Validate checks what the form of a document brings, on the day today.
func (d Document) Validate(today when.Date) error {
	var c fault.Check
	c.That(slices.Contains(Levels, d.Level), "level", "library.problem.level")
	c.That(strings.ContainsAny(d.Number, "0123456789"), "number", "library.problem.number")
	c.AtMost(d.Number, maxNumber, "number")
	c.That(d.Kind != "", "kind", "library.problem.kind")
	c.AtMost(d.Kind, maxNumber, "kind")
	c.That(d.Body != "", "body", "library.problem.body")
	c.AtMost(d.Body, maxBody, "body")
	c.That(d.Title != "", "title", "library.problem.title")
	c.AtMost(d.Title, maxHeading, "title")
	c.That(!d.Date.IsZero(), "date", "library.problem.dated_on")
	c.That(d.Date.IsZero() || !today.Before(d.Date), "date", "library.problem.future")
	c.That(d.Date.IsZero() || !d.Date.Before(founded), "date", "library.problem.founded")
	c.That(d.From.IsZero() || d.Date.IsZero() || !d.From.Before(d.Date), "from", "library.problem.from")
	c.That(d.Until.IsZero() || !d.Until.Before(d.From), "until", "library.problem.until")
	c.AtMost(d.ReplacedBy, maxNumber, "replaced_by")
	c.AtMost(d.Text, maxPastedDoc, "text")
	return c.Err()
}

// SuspicionKind says why a document that is to be entered should be looked at again.
type SuspicionKind string

// The suspicions.
const (
	OtherDate SuspicionKind = "other_date" // a document of this number and body is known, with another date
	Twice     SuspicionKind = "twice"      // it is known already
	NoSuch    SuspicionKind = "no_such"    // its body did not exist on that day
	Replaced  SuspicionKind = "replaced"   // it is no longer in force
)

// Suspicion is what stands against a document that is to be entered, with the one that
// is known.
type Suspicion struct {
	Kind  SuspicionKind
	Known Source
}

// The days on which levels of the Party's organisation began and ended: the committees of
// districts ceased, and those of the new communes and wards began, with the two levels of
// local government (60-NQ/TW, 12/4/2025; Luật 72/2025/QH15, 16/6/2025).
var (
	districtsUntil = when.On(2025, 6, 30)
	wardsFrom      = when.On(2025, 7, 1)
)

// Suspicions compares a document with those that are known: a wrong pair of number and
// date sends every reader to another paper.
func (d Document) Suspicions(known []Source, today when.Date) []Suspicion {
	var out []Suspicion
	body := strings.ToLower(d.Body)
	for _, s := range numbered(known, d.Number) {
		switch {
		case strings.ToLower(s.Body) != body:
		case s.Date != d.Date:
			out = append(out, Suspicion{OtherDate, s})
		default:
			out = append(out, Suspicion{Twice, s})
		}
		if s.Date == d.Date && !s.InForce(today) {
			out = append(out, Suspicion{Replaced, successor(known, s, today)})
		}
	}
	ward := d.Level == Base && (strings.Contains(body, "phường") || strings.Contains(body, "xã") || strings.Contains(body, "đặc khu"))
	if d.Level == District && districtsUntil.Before(d.Date) || ward && d.Date.Before(wardsFrom) {
		out = append(out, Suspicion{Kind: NoSuch})
	}
	if !d.Until.IsZero() && d.Until.Before(today) && !slices.ContainsFunc(out, func(s Suspicion) bool { return s.Kind == Replaced }) {
		out = append(out, Suspicion{Kind: Replaced})
	}
	return out
}
