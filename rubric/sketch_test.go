package rubric

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"chibo/kit/fault"
	"chibo/kit/text"
	"chibo/kit/when"
)

// TestSheetThroughTheForm: whatever can be typed line by line comes back the same from
// its fields, and the same again from YAML.
func TestSheetThroughTheForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		want := drawSheet(rt)
		got := throughForm(rt, want)
		if !reflect.DeepEqual(got, want) {
			rt.Fatalf("through the form:\n%+v\nwant\n%+v", got, want)
		}
		text, err := got.Text()
		if err != nil {
			rt.Fatal(err)
		}
		read, err := Parse(text)
		if err != nil || !reflect.DeepEqual(read, want) {
			rt.Fatalf("through YAML: %v\n%+v\nwant\n%+v\n%s", err, read, want, text)
		}
	})
}

// TestGivenSheetsThroughTheForm: the sheets that come with the program lose nothing when
// somebody copies them and saves every line.
func TestGivenSheetsThroughTheForm(t *testing.T) {
	t.Parallel()
	for _, want := range append(Sheets(), testSheet(t, "phu-tho.yaml")) {
		if got := throughForm(t, want); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n%+v\nwant\n%+v", want.ID, got, want)
		}
	}
}

// throughForm types every part of a sheet again.
func throughForm(t interface{ Fatal(...any) }, want Rubric) Rubric {
	got := Rubric{ID: want.ID, Owner: want.Owner}
	type level struct {
		spot  Spot
		depth int
	}
	var above []level
	for _, p := range want.Placed() {
		for len(above) > 0 && above[len(above)-1].depth >= p.Depth {
			above = above[:len(above)-1]
		}
		l, err := lineOf(valuesOf(p.Line), len(p.Lines) > 0)
		if err != nil {
			t.Fatal(err)
		}
		over, in := Spot{At: -1}, false
		if len(above) > 0 {
			over, in = above[len(above)-1].spot, true
		}
		at, err := got.Insert(over, in, l)
		if err != nil || at.At != p.At {
			t.Fatal("inserted at", at, "want", p.At, err)
		}
		above = append(above, level{at, p.Depth})
	}
	for _, err := range []error{putHead(&got, headOf(want)), putLevels(&got, levelsOf(want))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return got
}

func drawSheet(rt *rapid.T) Rubric {
	r := Rubric{ID: "new", Owner: "Đảng ủy phường Sông Hương"}
	n := 0
	r.Lines = drawLines(rt, 1, &n)
	r.Name, r.Note = drawText(rt), drawText(rt)
	r.From = when.On(rapid.IntRange(2020, 2030).Draw(rt, "year"), 3, 1)
	r.Source = Source{Number: drawText(rt), Body: drawText(rt), Date: when.On(2025, 10, 28)}
	r.Kinds = drawSome(rt, kinds)
	r.Unpointed = rapid.Bool().Draw(rt, "unpointed")
	r.Total = Points(rapid.IntRange(0, 200_00).Draw(rt, "total"))
	r.Missing = Missing{rapid.SampledFrom(append(Policies, "")).Draw(rt, "policy"), rapid.SampledFrom([]string{"", "1"}).Draw(rt, "taker")}
	for _, l := range drawSome(rt, Levels) {
		r.Levels = append(r.Levels, Threshold{l, drawPoint(rt)})
	}
	for range rapid.IntRange(0, 3).Draw(rt, "gates") {
		r.Gates = append(r.Gates, Gate{rapid.SampledFrom(Levels).Draw(rt, "gate"), []string{"1", "2.1"}, drawText(rt)})
		r.Year = append(r.Year, YearRule{Level: Good, All: Fair, Reach: Good, Count: rapid.IntRange(0, 12).Draw(rt, "count"), Also: drawText(rt)})
		r.Decided = append(r.Decided, Decision{"1", drawText(rt)})
	}
	return r
}

// drawLines draws lines of two levels, n of them so far.
func drawLines(rt *rapid.T, depth int, n *int) []Line {
	var out []Line
	for range rapid.IntRange(1, 3).Draw(rt, "lines") {
		*n++
		l := Line{ID: strconv.Itoa(*n), Text: drawText(rt), Max: drawPoint(rt), Floor: drawPoint(rt), Note: drawText(rt)}
		if depth < maxDepth && rapid.Bool().Draw(rt, "group") {
			l.Lines = drawLines(rt, depth+1, n)
		} else {
			drawLeaf(rt, &l)
		}
		out = append(out, l)
	}
	return out
}

func drawLeaf(rt *rapid.T, l *Line) {
	l.Form, l.CountsIn = rapid.SampledFrom(Forms).Draw(rt, "form"), drawSome(rt, kinds)
	rows := rapid.IntRange(0, 4).Draw(rt, "rows")
	fact := func() Fact { return rapid.SampledFrom(Facts).Draw(rt, "fact") }
	for range rows {
		switch l.Form {
		case Steps:
			l.Fact = fact()
			l.Bands = append(l.Bands, Band{drawRange(rt), drawPoint(rt), drawText(rt)})
			l.Caps = append(l.Caps, Cap{Condition{fact(), drawRange(rt)}, drawPoint(rt), drawText(rt)})
			continue
		case Choices:
			l.Choices = append(l.Choices, Choice{drawText(rt), drawPoint(rt)})
		case Slider:
			l.Step = drawPoint(rt)
		case Either, Bonus, Group:
		}
		l.When = append(l.When, Condition{fact(), drawRange(rt)})
	}
}

func drawRange(rt *rapid.T) (r Range) {
	edge := func() *Bound {
		return &Bound{Hundredths: rapid.IntRange(0, 100_00).Draw(rt, "edge"), OfScale: rapid.Bool().Draw(rt, "share")}
	}
	switch rapid.IntRange(0, 2).Draw(rt, "low") {
	case 1:
		r.From = edge()
	case 2:
		r.Above = edge()
	}
	switch rapid.IntRange(0, 2).Draw(rt, "high") {
	case 1:
		r.To = edge()
	case 2:
		r.Under = edge()
	}
	return r
}

func drawPoint(rt *rapid.T) Points { return Points(rapid.IntRange(0, 100_00).Draw(rt, "points")) }

func drawText(rt *rapid.T) string {
	return rapid.SampledFrom([]string{"Đủ thời lượng", "từ 90 %", "a: \"b\", 'c' # d", "- 1", "null", "2025-01-01", "dòng một\ndòng hai", "50%", "=1", "{x}"}).Draw(rt, "text")
}

// drawSome draws some of a list in its order; nil for none.
func drawSome[T any](rt *rapid.T, of []T) []T {
	var out []T
	for _, v := range of {
		if rapid.Bool().Draw(rt, "some") {
			out = append(out, v)
		}
	}
	return out
}

// TestEditing works through the places of lines.
func TestEditing(t *testing.T) {
	t.Parallel()
	sheet := func() Rubric {
		return Rubric{Lines: []Line{{ID: "1"}, {ID: "2", Lines: []Line{{ID: "2.1"}, {ID: "2.2"}}}, {ID: "3"}}}
	}
	for name, tc := range map[string]struct {
		edit func(*Rubric) error
		want []string
	}{
		"behind a group": {insert(Spot{1, "2"}, false), []string{"1", "2", "2.1", "2.2", "x", "3"}},
		"into a group":   {insert(Spot{1, "2"}, true), []string{"1", "2", "2.1", "2.2", "x", "3"}},
		"behind a part":  {insert(Spot{2, "2.1"}, false), []string{"1", "2", "2.1", "x", "2.2", "3"}},
		"at the end":     {insert(Spot{At: -1}, false), []string{"1", "2", "2.1", "2.2", "3", "x"}},
		"removed":        {func(r *Rubric) error { return r.Remove(Spot{1, "2"}) }, []string{"1", "3"}},
		"up":             {move(Spot{4, "3"}, true, 1), []string{"1", "3", "2", "2.1", "2.2"}},
		"down":           {move(Spot{2, "2.1"}, false, 3), []string{"1", "2", "2.2", "2.1", "3"}},
		"up at the top":  {move(Spot{0, "1"}, true, 0), []string{"1", "2", "2.1", "2.2", "3"}},
	} {
		r := sheet()
		err := tc.edit(&r)
		var got []string
		for _, p := range r.Placed() {
			got = append(got, p.ID)
		}
		if err != nil || !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v %v, want %v", name, got, err, tc.want)
		}
	}
	r := sheet()
	if err := r.Remove(Spot{2, "2.2"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a line that has moved meanwhile: %v", err)
	}
	if got := []string{r.NextID(Spot{3, "2.2"}, false), r.NextID(Spot{1, "2"}, true), r.NextID(Spot{4, "3"}, false), r.NextID(Spot{At: -1}, false)}; !slices.Equal(got, []string{"2.3", "2.3", "4", "4"}) {
		t.Errorf("numbers that are proposed: %v", got)
	}
}

func insert(s Spot, inside bool) func(*Rubric) error {
	return func(r *Rubric) error {
		_, err := r.Insert(s, inside, Line{ID: "x"})
		return err
	}
}

// move moves a line and says where it must stand then.
func move(s Spot, up bool, want int) func(*Rubric) error {
	return func(r *Rubric) error {
		got, err := r.Move(s, up)
		if err == nil && got != (Spot{want, s.Was}) {
			err = fmt.Errorf("it stands at %v, want %d", got, want)
		}
		return err
	}
}

// TestSheetKeepsWhatIsTyped: whatever a field lets through comes back from YAML, so that
// no text shuts a sketch.
func TestSheetKeepsWhatIsTyped(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../app/testdata/naughty.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []struct{ Text string }
	if err := json.Unmarshal(b, &all); err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	for _, n := range all {
		typed := text.Clean(n.Text)
		want := Rubric{Name: typed, Note: typed, Lines: []Line{{ID: typed, Text: typed, Form: Form(typed), Fact: Fact(typed)}}}
		data, err := want.Text()
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > MaxSheet {
			continue // refused when it is typed
		}
		if got, err := Parse(data); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, came back as %q", typed, err, got.Name)
		}
	}
}
