package rubric

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// fields reads the fields in which a sheet is written, and collects by field what cannot
// be read.
type fields struct {
	url.Values
	problems map[string]string
}

func newFields(v url.Values) *fields { return &fields{v, map[string]string{}} }

func (t *fields) err() error {
	if len(t.problems) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: t.problems}
}

// points reads points; an empty field is 0.
func (t *fields) points(field string) Points {
	var p Points
	if text := t.Get(field); text != "" && p.UnmarshalText([]byte(text)) != nil {
		t.problems[field] = "fault.number"
	}
	return p
}

// given reads points that must not be left out.
func (t *fields) given(field string) Points {
	if t.Get(field) == "" {
		t.problems[field] = "rubric.problem.row_points"
	}
	return t.points(field)
}

func (t *fields) number(field string) int {
	if t.Get(field) == "" {
		return 0
	}
	n, err := strconv.Atoi(t.Get(field))
	if err != nil {
		t.problems[field] = "fault.number"
	}
	return n
}

func (t *fields) date(field string) when.Date {
	if t.Get(field) == "" {
		return when.Date{}
	}
	d, err := when.ParseDate(t.Get(field))
	if err != nil {
		t.problems[field] = "fault.date"
	}
	return d
}

func (t *fields) bound(field string) *Bound {
	if t.Get(field) == "" {
		return nil
	}
	b := new(Bound)
	if b.UnmarshalText([]byte(t.Get(field))) != nil {
		t.problems[field] = "fault.number"
	}
	return b
}

// The fields of a range, and the two ways in which it may begin and end.
const (
	fieldLow, fieldLowAt   = "low", "low_at"
	fieldHigh, fieldHighAt = "high", "high_at"
	lowFrom, lowAbove      = "from", "above"
	highTo, highUnder      = "to", "under"
)

func (t *fields) bounds(row string) (r Range) {
	low, high := t.bound(row+fieldLowAt), t.bound(row+fieldHighAt)
	if t.Get(row+fieldLow) == lowAbove {
		r.Above = low
	} else {
		r.From = low
	}
	if t.Get(row+fieldHigh) == highTo {
		r.To = high
	} else {
		r.Under = high
	}
	return r
}

// The lists of a sheet, as the names of the fields of their rows begin.
const (
	bands      = "band"
	caps       = "cap"
	choices    = "choice"
	conditions = "when"
	gates      = "gate"
	years      = "year"
	decisions  = "decided"
)

// maxRows is how many rows of a list are read, moreRows how many empty ones are shown to
// those who ask for more.
const (
	maxRows  = maxLines
	moreRows = 3
)

// rows returns the beginnings of the names of the fields of a list, one for each row in
// which something is typed: "band0.", "band2.".
func (t *fields) rows(list string) []string {
	var out []string
	for i := range maxRows {
		row := rowName(list, i)
		if slices.ContainsFunc(listFields[list], func(f string) bool { return t.Get(row+f) != "" }) {
			out = append(out, row)
		}
	}
	return out
}

func rowName(list string, i int) string { return fmt.Sprintf("%s%d.", list, i) }

// listFields are the fields of each list that make a row count; the edge of a range may
// stand at its first choice in a row where nothing is typed.
var listFields = map[string][]string{
	bands:      {fieldLowAt, fieldHighAt, "points", "text"},
	caps:       {"fact", fieldLowAt, fieldHighAt, "points", "text"},
	choices:    {"points", "text"},
	conditions: {"fact", fieldLowAt, fieldHighAt},
	gates:      {"level", "full", "text"},
	years:      {"level", "all", "reach", "count", "also"},
	decisions:  {"line", "text"},
}

// lineOf reads a line as it is typed; a group has no way of scoring of its own. What
// belongs to other ways of scoring is left out.
func lineOf(v url.Values, group bool) (Line, error) {
	t := newFields(v)
	l := Line{ID: t.Get("id"), Text: t.Get("text"), Max: t.points("max"), Floor: t.points("floor"), Note: t.Get("note")}
	if group {
		return l, t.err()
	}
	l.Form, l.CountsIn = Form(t.Get("way")), slices.Clone(t.Values["counts"])
	switch l.Form {
	case Steps:
		l.Fact = Fact(t.Get("fact"))
		for _, row := range t.rows(bands) {
			l.Bands = append(l.Bands, Band{t.bounds(row), t.given(row + "points"), t.Get(row + "text")})
		}
		for _, row := range t.rows(caps) {
			l.Caps = append(l.Caps, Cap{Condition{Fact(t.Get(row + "fact")), t.bounds(row)}, t.given(row + "points"), t.Get(row + "text")})
		}
	case Choices:
		for _, row := range t.rows(choices) {
			l.Choices = append(l.Choices, Choice{t.Get(row + "text"), t.given(row + "points")})
		}
	case Slider:
		l.Step = t.points("step")
	case Either, Bonus, Group:
	}
	if l.Form != Steps {
		for _, row := range t.rows(conditions) {
			l.When = append(l.When, Condition{Fact(t.Get(row + "fact")), t.bounds(row)})
		}
	}
	return l, t.err()
}

// valuesOf is what stands in the fields of a line.
func valuesOf(l Line) url.Values {
	v := url.Values{
		"id": {l.ID}, "text": {l.Text}, "max": {l.Max.String()}, "floor": {l.Floor.String()}, "note": {l.Note},
		"way": {string(l.Form)}, "counts": l.CountsIn, "fact": {string(l.Fact)}, "step": {l.Step.String()},
	}
	if l.Max == 0 {
		v.Set("max", "")
	}
	for i, b := range l.Bands {
		row := rowName(bands, i)
		setBounds(v, row, b.Range)
		v.Set(row+"points", b.Points.String())
		v.Set(row+"text", b.Text)
	}
	for i, c := range l.Caps {
		row := rowName(caps, i)
		v.Set(row+"fact", string(c.Fact))
		setBounds(v, row, c.Range)
		v.Set(row+"points", c.Points.String())
		v.Set(row+"text", c.Text)
	}
	for i, o := range l.Choices {
		v.Set(rowName(choices, i)+"points", o.Points.String())
		v.Set(rowName(choices, i)+"text", o.Text)
	}
	for i, w := range l.When {
		v.Set(rowName(conditions, i)+"fact", string(w.Fact))
		setBounds(v, rowName(conditions, i), w.Range)
	}
	return v
}

func setBounds(v url.Values, row string, r Range) {
	set := func(field, at, word string, b *Bound) {
		if b != nil {
			v.Set(row+field, word)
			v.Set(row+at, b.String())
		}
	}
	set(fieldLow, fieldLowAt, lowFrom, r.From)
	set(fieldLow, fieldLowAt, lowAbove, r.Above)
	set(fieldHigh, fieldHighAt, highTo, r.To)
	set(fieldHigh, fieldHighAt, highUnder, r.Under)
}

// putHead writes the fields of the head over those of the sheet.
func putHead(r *Rubric, v url.Values) error {
	t := newFields(v)
	r.Name, r.Note = t.Get("name"), t.Get("note")
	r.From, r.Until = t.date("from"), t.date("until")
	r.Source = Source{Number: t.Get("number"), Body: t.Get("body"), Date: t.date("date"), Title: t.Get("title")}
	r.Kinds = slices.Clone(t.Values["kinds"])
	r.Unpointed = t.Get("unpointed") != ""
	r.Total = t.points("total")
	r.Missing = Missing{Policy: Policy(t.Get("policy")), Line: t.Get("taker")}
	return t.err()
}

func headOf(r Rubric) url.Values {
	v := url.Values{
		"name": {r.Name}, "note": {r.Note}, "from": {r.From.String()}, "until": {r.Until.String()},
		"number": {r.Source.Number}, "body": {r.Source.Body}, "date": {r.Source.Date.String()}, "title": {r.Source.Title},
		"kinds": r.Kinds, "total": {r.Total.String()}, "policy": {string(r.Missing.Policy)}, "taker": {r.Missing.Line},
	}
	if r.Unpointed {
		v.Set("unpointed", "true")
	}
	return v
}

// putLevels writes levels, gates, rules of the year and decisions over those of the
// sheet.
func putLevels(r *Rubric, v url.Values) error {
	t := newFields(v)
	r.Levels, r.Gates, r.Year, r.Decided = nil, nil, nil, nil
	for _, l := range Levels {
		if field := "from_" + string(l); t.Get(field) != "" {
			r.Levels = append(r.Levels, Threshold{l, t.points(field)})
		}
	}
	for _, row := range t.rows(gates) {
		r.Gates = append(r.Gates, Gate{Level(t.Get(row + "level")), strings.FieldsFunc(t.Get(row+"full"), between), t.Get(row + "text")})
	}
	for _, row := range t.rows(years) {
		r.Year = append(r.Year, YearRule{
			Level: Level(t.Get(row + "level")), All: Level(t.Get(row + "all")),
			Reach: Level(t.Get(row + "reach")), Count: t.number(row + "count"), Also: t.Get(row + "also"),
		})
	}
	for _, row := range t.rows(decisions) {
		r.Decided = append(r.Decided, Decision{t.Get(row + "line"), t.Get(row + "text")})
	}
	return t.err()
}

// between reports whether c stands between two numbers of lines.
func between(c rune) bool { return c == ' ' || c == ',' || c == ';' || c == '\n' }

func levelsOf(r Rubric) url.Values {
	v := url.Values{}
	for _, l := range r.Levels {
		v.Set("from_"+string(l.Level), l.From.String())
	}
	for i, g := range r.Gates {
		row := rowName(gates, i)
		v.Set(row+"level", string(g.Level))
		v.Set(row+"full", strings.Join(g.Full, ", "))
		v.Set(row+"text", g.Text)
	}
	for i, y := range r.Year {
		row := rowName(years, i)
		v.Set(row+"level", string(y.Level))
		v.Set(row+"all", string(y.All))
		v.Set(row+"reach", string(y.Reach))
		if y.Count != 0 {
			v.Set(row+"count", strconv.Itoa(y.Count))
		}
		v.Set(row+"also", y.Also)
	}
	for i, d := range r.Decided {
		v.Set(rowName(decisions, i)+"line", d.Line)
		v.Set(rowName(decisions, i)+"text", d.Text)
	}
	return v
}

// shown is how many rows of a list stand in a form: those that are typed and one more,
// a few where someone asks for them.
func shown(v url.Values, list string) int {
	n := 0
	for i := range maxRows {
		row := rowName(list, i)
		if slices.ContainsFunc(listFields[list], func(f string) bool { return v.Get(row+f) != "" }) {
			n = i + 1
		}
	}
	if v.Get("more") == list {
		n += moreRows - 1
	}
	return min(n+1, maxRows)
}
