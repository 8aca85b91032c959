// Package rubric keeps the sheets by which meetings are given points: bộ tiêu chí chấm điểm.
//
// Its story: a sheet is data, with an owner, a source and a day from which it holds. The
// program brings those of the field; a ward that has its own copies one, types it in, or
// loads a file, and works on it as a sketch. Check says what does not sum, where its steps
// leave holes or overlap, and what it leaves open; only a sound sheet comes in force. What
// a meeting gets by it is the business of package quality.
package rubric

import (
	"slices"

	"chibo/kit/when"
)

// Rubric is a sheet for the quality of a meeting (biểu chấm điểm), as data.
type Rubric struct {
	ID   string `yaml:"id"`
	Name string `yaml:"name"`
	// Owner says whose sheet it is, in the words of the source.
	Owner string    `yaml:"owner"`
	From  when.Date `yaml:"from"`
	Until when.Date `yaml:"until,omitempty"` // zero: in force until another takes its place
	// Source is the document that the sheet rests on.
	Source Source `yaml:"source"`
	Note   string `yaml:"note,omitempty"`
	// Kinds are the kinds of meetings the sheet is for; empty: all.
	Kinds []string `yaml:"kinds,omitempty,flow"`
	// Unpointed: the guidance names criteria without points, as 12-HD/BTCTW (06/7/2018)
	// did. Each line then counts one, and people choose the level.
	Unpointed bool `yaml:"unpointed,omitempty"`
	// Total is what all lines give together.
	Total Points `yaml:"total"`
	// Missing says what becomes of the points of lines that do not count in a meeting
	// of some kind, as a month without a theme.
	Missing Missing     `yaml:"missing,omitempty"`
	Lines   []Line      `yaml:"lines,omitempty"`
	Levels  []Threshold `yaml:"levels,omitempty"` // best first
	Gates   []Gate      `yaml:"gates,omitempty"`
	Year    []YearRule  `yaml:"year,omitempty"` // best level first
	// Decided says, line by line, what the source leaves open and how it is read here.
	Decided []Decision `yaml:"decided,omitempty"`
}

// Source names a document: number, issuing body and date together.
type Source struct {
	Number string    `yaml:"number"`
	Body   string    `yaml:"body"`
	Date   when.Date `yaml:"date"`
	Title  string    `yaml:"title,omitempty"`
}

// Missing is what becomes of the points of lines that do not count.
type Missing struct {
	Policy Policy `yaml:"policy,omitempty"`
	// Line takes them, for the policy of that name.
	Line string `yaml:"line,omitempty"`
}

// Policy says what becomes of points that do not count.
type Policy string

// The policies.
const (
	Leave Policy = "leave" // the meeting can reach less
	Scale Policy = "scale" // what counts is scaled to the whole
	Take  Policy = "take"  // another line takes them
)

// Policies lists the policies in the order of the form.
var Policies = []Policy{Take, Scale, Leave}

// Level is how good a meeting was.
type Level string

// The levels, in the words of 42-HD/BTCTW (28/10/2025).
const (
	Good    Level = "good"    // tốt
	Fair    Level = "fair"    // khá
	Average Level = "average" // trung bình
	Poor    Level = "poor"    // kém
)

// Levels lists the levels, best first.
var Levels = []Level{Good, Fair, Average, Poor}

// AtLeast reports whether l is as good as m or better.
func (l Level) AtLeast(m Level) bool { return slices.Index(Levels, l) <= slices.Index(Levels, m) }

// Threshold is the least sum for a level.
type Threshold struct {
	Level Level  `yaml:"level"`
	From  Points `yaml:"from"`
}

// Gate is a second condition of a level: these lines have full points. Who fails it
// falls one level (the sheet of Đảng bộ Khối các cơ quan tỉnh Bình Thuận).
type Gate struct {
	Level Level    `yaml:"level"`
	Full  []string `yaml:"full,flow"`
	Text  string   `yaml:"text,omitempty"`
}

// Decision says what the source leaves open at a line and how it is read here.
type Decision struct {
	Line string `yaml:"line,omitempty"`
	Text string `yaml:"text"`
}

// InForce reports whether the sheet holds on day.
func (r Rubric) InForce(day when.Date) bool {
	return day.Within(r.From, r.Until)
}

// For reports whether the sheet is for meetings of this kind.
func (r Rubric) For(kind string) bool { return len(r.Kinds) == 0 || slices.Contains(r.Kinds, kind) }

// Counted returns the lines that are given points in a meeting of this kind, with the
// maximum they have there.
func (r Rubric) Counted(kind string) []Line {
	var out []Line
	var lost Points
	Leaves(r.Lines, func(l Line) {
		if !l.Counts(kind) {
			lost += l.Max
			return
		}
		out = append(out, l)
	})
	if r.Missing.Policy == Take {
		for i := range out {
			if out[i].ID == r.Missing.Line {
				out[i].Max += lost
			}
		}
	}
	return out
}

// Line returns a line that is given points in a meeting of this kind.
func (r Rubric) Line(kind, id string) (Line, bool) {
	all := r.Counted(kind)
	i := slices.IndexFunc(all, func(l Line) bool { return l.ID == id })
	if i < 0 {
		return Line{}, false
	}
	return all[i], true
}

// Sum is what a sheet makes of the points of its lines.
type Sum struct {
	Points Points
	// Of is the most that could be reached.
	Of Points
	// Open are the lines without points, in the order of the sheet; while there are any
	// the sum is not final.
	Open []Line
	// Level is empty while a line is open, and for a sheet without points.
	Level Level
	// Held is the gate that kept the meeting from a better level.
	Held *Gate
}

// Add adds up the points of the lines, by id, for a meeting of this kind.
func (r Rubric) Add(kind string, points map[string]Points) Sum {
	var s Sum
	var raw, most Points
	full := map[string]bool{}
	for _, l := range r.Counted(kind) {
		p, given := points[l.ID]
		if !given && l.Form != Bonus {
			s.Open = append(s.Open, l)
		}
		raw += p
		most += l.Max
		full[l.ID] = given && p == l.Max
	}
	s.Points, s.Of = raw, most
	if r.Missing.Policy == Scale && most > 0 {
		s.Points, s.Of = (raw*r.Total*2+most)/(most*2), r.Total // half a hundredth is rounded up
	}
	if len(s.Open) == 0 && !r.Unpointed {
		s.Level, s.Held = r.level(s.Points, full)
	}
	return s
}

// level returns the level of a sum, and the last gate that held it back.
func (r Rubric) level(sum Points, full map[string]bool) (Level, *Gate) {
	at := slices.IndexFunc(r.Levels, func(t Threshold) bool { return sum >= t.From })
	if at < 0 {
		return "", nil
	}
	var held *Gate
	for i := range r.Gates {
		g := &r.Gates[i]
		shut := slices.ContainsFunc(g.Full, func(id string) bool { return !full[id] })
		if g.Level == r.Levels[at].Level && shut && at+1 < len(r.Levels) {
			held = g
			at++
		}
	}
	return r.Levels[at].Level, held
}
