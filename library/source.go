package library

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"chibo/kit/text"
	"chibo/kit/when"
)

// Source is a governing document. Number, Body and Date together name it.
type Source struct {
	// Subject groups documents that follow each other, as "meeting" or "rating".
	Subject string
	Number  string
	// Kind is the word that stands before the number: "Hướng dẫn".
	Kind  string
	Body  string
	Date  when.Date `db:"dated_on"`
	Title string
	// From is the first day in force, Until the last; a zero Until says that the
	// document is in force as far as is known.
	From  when.Date `db:"from_on"`
	Until when.Date `db:"until_on"`
	// ReplacedBy and ReplacedOn are the number and date of the newer document.
	ReplacedBy string    `toml:"replaced_by"`
	ReplacedOn when.Date `toml:"replaced_on"`
}

//go:embed sources.toml
var sourcesFile string

// sources reads the documents when one is first asked for: a start need not wait for it.
var sources = sync.OnceValue(func() []Source { return mustSources(sourcesFile) })

func mustSources(text string) []Source {
	var f struct{ Source []Source }
	if _, err := toml.Decode(text, &f); err != nil {
		panic(err) // linked in and read by every test
	}
	for i := range f.Source {
		if f.Source[i].From.IsZero() {
			f.Source[i].From = f.Source[i].Date
		}
	}
	return f.Source
}

// Sources returns all governing documents, by subject and then by date.
func Sources() []Source { return slices.Clone(sources()) }

// InForce returns the governing documents in force on day.
func InForce(day when.Date) []Source {
	return slices.DeleteFunc(Sources(), func(s Source) bool { return !s.InForce(day) })
}

// InForce reports whether s is in force on day.
func (s Source) InForce(day when.Date) bool {
	return day.Within(s.From, s.Until)
}

// String returns the reference as documents write it: "Hướng dẫn số
// 42-HD/BTCTW ngày 28/10/2025 của Ban Tổ chức Trung ương".
func (s Source) String() string {
	if s.Kind == s.Number || s.Kind == "Điều lệ" {
		return fmt.Sprintf("%s ngày %s", s.Number, Short(s.Date))
	}
	return fmt.Sprintf("%s số %s ngày %s của %s", s.Kind, s.Number, Short(s.Date), s.Body)
}

// Short returns a date as references write it, 06/7/2018: a zero stands before
// days under 10 and months 1 and 2 (HD 05-HD/VPTW, 27/5/2026).
func Short(d when.Date) string {
	month := fmt.Sprint(int(d.Month))
	if d.Month <= 2 {
		month = "0" + month
	}
	return fmt.Sprintf("%02d/%s/%d", d.Day, month, d.Year)
}

// Find returns the document of this number and date, and whether it is known.
func Find(number string, date when.Date) (Source, bool) {
	for _, s := range sources() {
		if s.Number == canonical(number) && s.Date == date {
			return s, true
		}
	}
	return Source{}, false
}

// Numbered returns the documents that carry this number, the newest first: two
// of one number are two documents.
func Numbered(number string) []Source { return numbered(sources(), number) }

func numbered(among []Source, number string) []Source {
	var out []Source
	for _, s := range among {
		if s.Number == canonical(number) {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Source) int { return b.Date.Compare(a.Date) })
	return out
}

// DoubtKind says what is wrong with a citation.
type DoubtKind string

// The doubts.
const (
	WrongDate  DoubtKind = "wrong_date"   // no document of this number has this date
	OutOfForce DoubtKind = "out_of_force" // another document had taken its place
)

// Doubt is a citation that does not hold: its words, and the document that was
// probably meant (WrongDate) or that stands in its place (OutOfForce; empty
// Number when none is known).
type Doubt struct {
	Kind  DoubtKind
	Cited string
	Right Source
}

// citation finds "12-HD/BTCTW ngày 06/7/2018", "số 91/2025/QH15, ngày 26 tháng 6 năm 2025".
var citation = text.Pattern(`(\d{1,5}\s?-\s?\p{Lu}{1,4}\s?/\s?\p{Lu}{2,10}|\d{1,4}/\d{4}/\p{Lu}{2,3}\d{0,2}(?:-\p{Lu}{2})?)` +
	`(?:\s*,?\s*(?:ngày|\()\s*(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4}))?`)

// Doubts reads the citations of governing documents in text and returns those
// that do not hold on day. A number that is not known raises no doubt, nor does
// a number without a date as long as one document of that number is in force.
func Doubts(text string, day when.Date) []Doubt { return DoubtsAmong(sources(), text, day) }

// DoubtsAmong is Doubts where other documents are known too: those that a committee has
// entered.
func DoubtsAmong(known []Source, text string, day when.Date) []Doubt {
	var out []Doubt
	for _, m := range citation().FindAllStringSubmatch(text, -1) {
		date := ""
		if m[2] != "" {
			date = m[2] + "/" + m[3] + "/" + m[4]
		}
		if d, doubtful := doubt(known, m[1], date, day); doubtful {
			d.Cited = strings.TrimSpace(m[0])
			out = append(out, d)
		}
	}
	return out
}

func doubt(among []Source, number, date string, day when.Date) (Doubt, bool) {
	known := numbered(among, number)
	if len(known) == 0 {
		return Doubt{}, false
	}
	cited := slices.IndexFunc(known, func(s Source) bool { return s.InForce(day) })
	if date != "" {
		d, err := when.ParseDate(date)
		cited = slices.IndexFunc(known, func(s Source) bool { return err == nil && s.Date == d })
		if cited < 0 {
			return Doubt{Kind: WrongDate, Right: nearest(known, d)}, true
		}
	}
	switch {
	case cited < 0:
		return Doubt{Kind: OutOfForce, Right: successor(among, known[0], day)}, true
	case !known[cited].InForce(day):
		return Doubt{Kind: OutOfForce, Right: successor(among, known[cited], day)}, true
	}
	return Doubt{}, false
}

// nearest returns the document of the day and month of d when there is one, for
// a wrong year is the usual slip, and otherwise the one closest in time.
func nearest(known []Source, d when.Date) Source {
	best := known[0]
	for _, s := range known {
		if s.Date.Month == d.Month && s.Date.Day == d.Day {
			return s
		}
		if abs(s.Date.DaysUntil(d)) < abs(best.Date.DaysUntil(d)) {
			best = s
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// successor follows the replacements of s to the document in force on day; the
// zero Source says that none is known.
func successor(among []Source, s Source, day when.Date) Source {
	for range among {
		at := slices.IndexFunc(among, func(n Source) bool { return n.Number == canonical(s.ReplacedBy) && n.Date == s.ReplacedOn })
		if at < 0 || among[at].InForce(day) {
			return sourceAt(among, at)
		}
		s = among[at]
	}
	return Source{}
}

// sourceAt returns the document at an index, the zero Source for -1.
func sourceAt(among []Source, at int) Source {
	if at < 0 {
		return Source{}
	}
	return among[at]
}

// canonical writes a number as the documents do, without spaces.
func canonical(number string) string {
	if strings.ContainsAny(number, "0123456789") {
		return strings.Join(strings.Fields(number), "")
	}
	return number
}
