package rubric

import "slices"

// Form says how the points of a line are found.
type Form string

// The forms.
const (
	Group   Form = ""        // a criterion whose points stand in its sub-lines
	Steps   Form = "steps"   // bands of a measured figure, each with its points
	Choices Form = "choices" // words to choose from, each with its points
	Slider  Form = "slider"  // any figure from the floor to the maximum, by steps
	Either  Form = "yes_no"  // all or the floor
	Bonus   Form = "bonus"   // as yes_no; left empty it counts as not earned
)

// Forms lists the forms of lines that are given points.
var Forms = []Form{Steps, Choices, Slider, Either, Bonus}

// Line is one line of a sheet.
type Line struct {
	// ID is the number that the source prints: "2.1".
	ID    string `yaml:"id"`
	Text  string `yaml:"text"`
	Max   Points `yaml:"max"`
	Floor Points `yaml:"floor,omitempty"`
	Form  Form   `yaml:"form,omitempty"`
	Note  string `yaml:"note,omitempty"`
	// CountsIn are the kinds of meetings in which the line counts; empty: all.
	CountsIn []string `yaml:"counts_in,omitempty,flow"`
	// Fact is what Bands speak of.
	Fact  Fact   `yaml:"fact,omitempty"`
	Bands []Band `yaml:"bands,omitempty"`
	// Caps hold the points of a line of steps down where a second fact is so.
	Caps    []Cap    `yaml:"caps,omitempty"`
	Choices []Choice `yaml:"choices,omitempty"`
	// Step is the least that a slider moves.
	Step Points `yaml:"step,omitempty"`
	// When lists what must be so for full points of yes_no, bonus and slider. Where it
	// is not so, a slider is left to people. A line without it is judgement.
	When  []Condition `yaml:"when,omitempty"`
	Lines []Line      `yaml:"lines,omitempty"`
}

// Band is a step: who falls into the range has the points.
type Band struct {
	Range  `yaml:",inline"`
	Points Points `yaml:"points"`
	Text   string `yaml:"text,omitempty"`
}

// Condition is a fact within a range; a fact of yes and no needs none.
type Condition struct {
	Fact  Fact `yaml:"fact"`
	Range `yaml:",inline"`
}

// Cap says that a line gets no more than Points where the condition is so.
type Cap struct {
	Condition `yaml:",inline"`
	Points    Points `yaml:"points"`
	Text      string `yaml:"text,omitempty"`
}

// Choice is one of the words to choose from.
type Choice struct {
	Text   string `yaml:"text"`
	Points Points `yaml:"points"`
}

// Counts reports whether the line counts in a meeting of this kind.
func (l Line) Counts(kind string) bool {
	return len(l.CountsIn) == 0 || slices.Contains(l.CountsIn, kind)
}

// Facts returns the facts that the line reads, each once.
func (l Line) Facts() []Fact {
	var out []Fact
	add := func(f Fact) {
		if f != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	add(l.Fact)
	for _, c := range l.Caps {
		add(c.Fact)
	}
	for _, c := range l.When {
		add(c.Fact)
	}
	return out
}

// ranges returns the ranges of the line's steps, caps and conditions.
func (l Line) ranges() []Range {
	var out []Range
	for _, b := range l.Bands {
		out = append(out, b.Range)
	}
	for _, c := range l.Caps {
		out = append(out, c.Range)
	}
	for _, c := range l.When {
		out = append(out, c.Range)
	}
	return out
}

// Holds reports whether the condition is so, and false for known where its fact is not
// known.
func (c Condition) Holds(k Known) (holds, known bool) {
	m, known := k[c.Fact]
	if c.Range.Open() {
		return known && m.Num > 0, known
	}
	return known && c.Range.Holds(m.Figure, m.Scale), known
}

// Propose returns the points that the facts give the line, and false where they give
// none: it is a matter of judgement, or a fact is not known.
func (l Line) Propose(k Known) (Points, bool) {
	if l.Form == Steps {
		return l.step(k)
	}
	if len(l.When) == 0 {
		return 0, false
	}
	all := true
	for _, c := range l.When {
		holds, known := c.Holds(k)
		if !known {
			return 0, false
		}
		all = all && holds
	}
	switch {
	case all:
		return l.Max, true
	case l.Form == Slider: // the sheet does not say how much is taken off
		return 0, false
	}
	return l.Floor, true
}

func (l Line) step(k Known) (Points, bool) {
	m, ok := k[l.Fact]
	if !ok {
		return 0, false
	}
	at := slices.IndexFunc(l.Bands, func(b Band) bool { return b.Holds(m.Figure, m.Scale) })
	if at < 0 {
		return 0, false
	}
	points := l.Bands[at].Points
	for _, c := range l.Caps {
		holds, known := c.Holds(k)
		if !known {
			return 0, false
		}
		if holds {
			points = min(points, c.Points)
		}
	}
	return points, true
}

// Allowed reports whether people may give the line these points.
func (l Line) Allowed(p Points) bool {
	if p < l.Floor || p > l.Max {
		return false
	}
	switch l.Form {
	case Either, Bonus:
		return p == l.Max || p == l.Floor
	case Slider:
		return p == l.Max || l.Step > 0 && (p-l.Floor)%l.Step == 0
	case Steps:
		return slices.ContainsFunc(l.Bands, func(b Band) bool { return b.Points == p }) ||
			slices.ContainsFunc(l.Caps, func(c Cap) bool { return c.Points == p })
	case Choices:
		return slices.ContainsFunc(l.Choices, func(c Choice) bool { return c.Points == p })
	}
	return false
}

// Offers returns the points that people may choose from, best first. A slider with more
// than thirty steps offers none: it is typed.
func (l Line) Offers() []Points {
	var out []Points
	switch l.Form {
	case Either, Bonus:
		out = []Points{l.Max, l.Floor}
	case Slider:
		if l.Step <= 0 || (l.Max-l.Floor)/l.Step > 30 {
			return nil
		}
		for p := l.Floor; p < l.Max; p += l.Step {
			out = append(out, p)
		}
		out = append(out, l.Max)
	case Steps:
		for _, b := range l.Bands {
			out = append(out, b.Points)
		}
		for _, c := range l.Caps {
			out = append(out, c.Points)
		}
	case Choices:
		for _, c := range l.Choices {
			out = append(out, c.Points)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	slices.Reverse(out)
	return out
}

// Leaves calls f with every line that is given points, in the order of the sheet.
func Leaves(lines []Line, f func(Line)) {
	for _, l := range lines {
		if len(l.Lines) > 0 {
			Leaves(l.Lines, f)
			continue
		}
		f(l)
	}
}
