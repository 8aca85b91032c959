package rubric

import (
	"cmp"
	"slices"
	"strings"

	"chibo/kit/locale"
)

// Finding is something that Check says of a sheet. Its words are the text
// "rubric.check." and Key, filled with Args.
type Finding struct {
	Line string // "" for the whole sheet
	Key  string
	Args map[string]any
	// Open: nothing is wrong, but people must decide or look.
	Open bool
}

// Limits of a sheet: its lines, how deep they may stand, the steps and choices of one.
const (
	maxLines = 200
	maxDepth = 3
	maxSteps = 40
)

// Check goes through a sheet and says what does not sum, what overlaps, what is beyond
// its maximum and what is left open. A sheet with findings that are not Open cannot be
// put in force.
func Check(r Rubric) []Finding {
	c := &checker{Rubric: r, seen: map[string]bool{}}
	c.head()
	c.lines(r.Lines, 1)
	c.sums()
	c.levels()
	c.year()
	return c.found
}

// Text says the finding in words, with the line it is about.
func (f Finding) Text(l locale.L) string {
	text := l.Fill("rubric.check."+f.Key, f.Args)
	if f.Line == "" {
		return text
	}
	return l.T("rubric.check.line", "Line", f.Line, "Text", text)
}

// Wrong returns the findings that keep a sheet from being put in force.
func Wrong(all []Finding) []Finding {
	return slices.DeleteFunc(slices.Clone(all), func(f Finding) bool { return f.Open })
}

type checker struct {
	Rubric
	seen  map[string]bool
	found []Finding
	count int
}

func (c *checker) that(ok bool, line, key string, args ...any) {
	if !ok {
		c.found = append(c.found, Finding{Line: line, Key: key, Args: pairs(args)})
	}
}

func (c *checker) open(line, key string, args ...any) {
	c.found = append(c.found, Finding{Line: line, Key: key, Args: pairs(args), Open: true})
}

func pairs(args []any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i].(string)] = args[i+1]
	}
	return m
}

// kinds are the kinds of meetings of package meeting, which sheets name.
var kinds = []string{"ordinary", "thematic", "combined", "extraordinary"}

func (c *checker) head() {
	c.that(strings.TrimSpace(c.ID) != "", "", "id")
	c.that(strings.TrimSpace(c.Name) != "", "", "name")
	c.that(strings.TrimSpace(c.Source.Number) != "" && c.Source.Body != "" && !c.Source.Date.IsZero(), "", "source")
	c.that(!c.From.IsZero(), "", "from")
	c.that(c.Until.IsZero() || !c.Until.Before(c.From), "", "until")
	c.that(c.Total > 0 && c.Total <= MaxPoints, "", "total", "Most", MaxPoints.String())
	c.that(len(c.Lines) > 0, "", "lines")
	c.that(max(len(c.Gates), len(c.Year), len(c.Decided)) <= maxLines, "", "size")
	for _, k := range c.Kinds {
		c.that(slices.Contains(kinds, k), "", "kind", "Name", k)
	}
	c.that(c.Missing.Policy == "" || slices.Contains(Policies, c.Missing.Policy), "", "policy", "Name", string(c.Missing.Policy))
}

func (c *checker) lines(lines []Line, depth int) {
	for _, l := range lines {
		if c.count++; c.count > maxLines || depth > maxDepth {
			c.that(false, l.ID, "size")
			return
		}
		c.that(l.ID != "" && !c.seen[l.ID], l.ID, "twice")
		c.seen[l.ID] = true
		c.that(!strings.ContainsFunc(l.ID, between), l.ID, "sign")
		c.that(strings.TrimSpace(l.Text) != "", l.ID, "text")
		c.that(l.Max > 0 && l.Max <= MaxPoints, l.ID, "max")
		c.that(l.Floor >= 0 && l.Floor <= l.Max, l.ID, "floor")
		for _, k := range l.CountsIn {
			c.that(slices.Contains(kinds, k), l.ID, "kind", "Name", k)
		}
		if len(l.Lines) > 0 {
			c.group(l, depth)
			continue
		}
		c.leaf(l)
	}
}

func (c *checker) group(l Line, depth int) {
	c.that(l.Form == Group && len(l.Bands) == 0 && len(l.Choices) == 0 && len(l.When) == 0 && len(l.CountsIn) == 0, l.ID, "group")
	var sum Points
	for _, sub := range l.Lines {
		sum += sub.Max
	}
	c.that(sum == l.Max, l.ID, "sum", "Sum", sum.String(), "Max", l.Max.String())
	c.lines(l.Lines, depth+1)
}

func (c *checker) leaf(l Line) {
	c.that(slices.Contains(Forms, l.Form), l.ID, "form", "Name", string(l.Form))
	c.that(max(len(l.Bands), len(l.Caps), len(l.Choices), len(l.When)) <= maxSteps, l.ID, "size")
	c.that(!c.Unpointed || l.Form == Either && l.Max == Whole(1), l.ID, "unpointed")
	for _, cond := range l.When {
		c.condition(l.ID, cond)
	}
	switch l.Form {
	case Steps:
		c.steps(l)
	case Choices:
		c.that(len(l.Choices) > 1, l.ID, "choices")
		for _, ch := range l.Choices {
			c.points(l, ch.Points)
		}
	case Slider:
		c.that(l.Step > 0 && (l.Max-l.Floor)%max(1, l.Step) == 0, l.ID, "step")
	case Either, Bonus, Group:
	}
	reached := slices.Contains(l.Offers(), l.Max) || l.Form == Slider
	c.that(reached || l.Form == Group, l.ID, "unreached", "Max", l.Max.String())
}

// points says which points of a step lie outside the line.
func (c *checker) points(l Line, p Points) {
	c.that(p <= l.Max, l.ID, "beyond", "Points", p.String(), "Max", l.Max.String())
	c.that(p >= l.Floor, l.ID, "below", "Points", p.String(), "Floor", l.Floor.String())
}

func (c *checker) condition(line string, cond Condition) {
	c.that(cond.Fact.Unit() != "", line, "fact", "Name", string(cond.Fact))
	c.that(cond.Fact.Unit() == "" || !cond.Range.Open() || cond.Fact.Unit() == YesNo, line, "range", "Name", string(cond.Fact))
}

func (c *checker) steps(l Line) {
	c.that(len(l.Bands) > 0, l.ID, "bands")
	c.that(l.Fact.Unit() != "", l.ID, "fact", "Name", string(l.Fact))
	for _, b := range l.Bands {
		c.points(l, b.Points)
	}
	for _, cp := range l.Caps {
		c.condition(l.ID, cp.Condition)
		c.points(l, cp.Points)
	}
	if l.Fact.Unit() == "" || len(l.Bands) == 0 || len(l.Bands) > maxSteps {
		return
	}
	said := map[string]bool{}
	for _, scale := range l.Fact.scales() {
		for _, gap := range Gaps(l.Fact, l.Bands, scale) {
			key, where := "hole", gap.String()
			if gap.Bands > 1 {
				key = "overlap"
			}
			if said[key+where] {
				continue
			}
			said[key+where] = true
			if scale > 0 {
				c.that(false, l.ID, key+"_of", "Where", where, "Scale", scale)
			} else {
				c.that(false, l.ID, key, "Where", where)
			}
		}
	}
}

// sums compares what the lines give with the total, and looks at the line that takes
// what does not count.
func (c *checker) sums() {
	var sum Points
	for _, l := range c.Lines {
		sum += l.Max
	}
	c.that(sum == c.Total, "", "total_sum", "Sum", sum.String(), "Total", c.Total.String())
	var partial []string
	taker, found := Line{}, false
	Leaves(c.Lines, func(l Line) {
		if len(l.CountsIn) > 0 {
			partial = append(partial, l.ID)
		}
		if l.ID == c.Missing.Line {
			taker, found = l, true
		}
	})
	if len(partial) > 0 && c.Missing.Policy == "" {
		c.that(false, partial[0], "missing_policy")
	}
	if c.Missing.Policy != Take {
		return
	}
	c.that(found, c.Missing.Line, "taker")
	c.that(!found || len(taker.CountsIn) == 0 && (taker.Form == Either || taker.Form == Slider), c.Missing.Line, "taker_form")
}

func (c *checker) levels() {
	c.that(len(c.Levels) > 0, "", "levels")
	for i, t := range c.Levels {
		c.that(slices.Contains(Levels, t.Level), "", "level", "Name", string(t.Level))
		if c.Unpointed {
			continue
		}
		c.that(t.From >= 0 && t.From <= c.Total, "", "threshold", "Points", t.From.String(), "Total", c.Total.String())
		if i > 0 {
			above := c.Levels[i-1]
			c.that(t.From < above.From && !t.Level.AtLeast(above.Level), "", "level_order", "Points", t.From.String(), "Above", above.From.String())
		}
	}
	if n := len(c.Levels); n > 0 && !c.Unpointed {
		c.that(c.Levels[n-1].From == 0, "", "level_hole", "Points", c.Levels[n-1].From.String())
	}
	for _, g := range c.Gates {
		c.that(slices.ContainsFunc(c.Levels, func(t Threshold) bool { return t.Level == g.Level }), "", "level", "Name", string(g.Level))
		for _, id := range g.Full {
			c.that(c.seen[id], id, "gate")
		}
	}
}

func (c *checker) year() {
	for _, rule := range c.Year {
		for _, l := range []Level{rule.Level, cmp.Or(rule.All, Poor), cmp.Or(rule.Reach, Poor)} {
			c.that(slices.Contains(Levels, l), "", "level", "Name", string(l))
		}
		c.that((rule.Count > 0) == (rule.Reach != "") && rule.Count >= 0 && rule.Count <= 12, "", "year_count")
		if rule.Also != "" {
			c.open("", "year_also", "Text", rule.Also)
		}
	}
}
