package rubric

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chibo/kit/when"
)

func TestEmbeddedSheetsAreSound(t *testing.T) {
	t.Parallel()
	for _, r := range Sheets() {
		for _, f := range Check(r) {
			t.Errorf("%s: line %q: %s %v", r.ID, f.Line, f.Key, f.Args)
		}
	}
}

// TestSheetSurvivesItsText writes each sheet and reads it again.
func TestSheetSurvivesItsText(t *testing.T) {
	t.Parallel()
	for _, r := range Sheets() {
		text, err := r.Text()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", r.ID, err)
		}
		if d := cmp.Diff(r, again); d != "" {
			t.Errorf("%s: -read +read again\n%s", r.ID, d)
		}
	}
}

// TestNationalSheetOfTheDay: 42-HD/BTCTW takes the place of 12-HD/BTCTW on 28/10/2025.
func TestNationalSheetOfTheDay(t *testing.T) {
	t.Parallel()
	for day, want := range map[when.Date]string{
		when.On(2017, 1, 1): "hd-12-2018", when.On(2025, 10, 27): "hd-12-2018", when.On(2025, 10, 28): "hd-42-2025", when.On(2026, 11, 21): "hd-42-2025",
	} {
		if got := National(day).ID; got != want {
			t.Errorf("on %s: %s, want %s", day, got, want)
		}
	}
}

// TestAttendanceOfTheDay: 87 of 100 meets "above 85 %" of the older guidance and not
// "from 90 %" of the newer.
func TestAttendanceOfTheDay(t *testing.T) {
	t.Parallel()
	known := Known{Attendance: {Share(87, 100), 0}, UnexcusedAway: {Count(0), 0}}
	old, _ := National(when.On(2025, 10, 27)).Line("ordinary", "1")
	if p, ok := old.Propose(known); !ok || p != Whole(1) {
		t.Errorf("before: %v %v", p, ok)
	}
	fresh, _ := National(when.On(2025, 10, 28)).Line("ordinary", "2")
	if p, ok := fresh.Propose(known); ok {
		t.Errorf("after: %v is proposed", p)
	}
}

func testSheet(t *testing.T, name string) Rubric {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSourceHasHoles: the sheet as the paper words it is refused for the places that
// the paper leaves open.
func TestSourceHasHoles(t *testing.T) {
	t.Parallel()
	var got []string
	for _, f := range Check(testSheet(t, "an-phu-as-written.yaml")) {
		where, _ := f.Args["Where"].(string)
		got = append(got, f.Line+" "+f.Key+" "+where)
	}
	want := []string{
		"1 overlap_of 15", "1 hole_of 31 … 44", "1 overlap_of 15", "1 hole_of 31 … 59", "4.5 hole 50", "4.3 missing_policy ",
	}
	slices.Sort(got)
	slices.Sort(want)
	want = slices.Compact(want)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

func TestAnPhuSteps(t *testing.T) {
	t.Parallel()
	r, _ := Sheet("an-phu-2025")
	for _, tc := range []struct {
		line string
		k    Known
		want int
	}{
		{"1", Known{LengthShort: {Count(0), 90}}, 5},
		{"1", Known{LengthShort: {Count(15), 90}}, 4},
		{"1", Known{LengthShort: {Count(16), 90}}, 3},
		{"1", Known{LengthShort: {Count(30), 90}}, 3},
		{"1", Known{LengthShort: {Count(31), 90}}, 2},
		{"1", Known{LengthShort: {Count(45), 90}}, 2},
		{"1", Known{LengthShort: {Count(46), 90}}, 1},
		{"1", Known{LengthShort: {Count(60), 120}}, 2},
		{"2.1", Known{Attendance: {Share(9, 10), 0}, UnexcusedAway: {Count(0), 0}}, 4},
		{"2.1", Known{Attendance: {Share(89999, 100000), 0}, UnexcusedAway: {Count(0), 0}}, 3},
		{"2.1", Known{Attendance: {Share(19, 20), 0}, UnexcusedAway: {Count(1), 0}}, 1},
		{"2.1", Known{Attendance: {Share(2, 3), 0}, UnexcusedAway: {Count(0), 0}}, 2},
		{"4.5", Known{SpeakingShare: {Share(1, 2), 0}}, 5},
		{"4.5", Known{SpeakingShare: {Share(49, 100), 0}}, 4},
		{"4.5", Known{SpeakingShare: {Share(0, 9), 0}}, 2},
		{"7", Known{TargetsDone: {Share(9, 10), 0}}, 30},
		{"7", Known{TargetsDone: {Share(499, 1000), 0}}, 10},
		{"4.7", Known{IdeologyMinutes: {Count(14), 0}}, 0},
		{"8.3", Known{DaysToSealing: {Count(3), 0}}, 0},
	} {
		l, _ := r.Line("combined", tc.line)
		if got, ok := l.Propose(tc.k); !ok || got != Whole(tc.want) {
			t.Errorf("line %s with %v: %s %v, want %d", tc.line, tc.k, got, ok, tc.want)
		}
	}
	l, _ := r.Line("combined", "2.1")
	if p, ok := l.Propose(Known{Attendance: {Share(1, 1), 0}}); ok {
		t.Errorf("whether somebody was absent without reason is not known, and yet %s", p)
	}
}

// TestMonthWithoutTheme: the three policies.
func TestMonthWithoutTheme(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		policy     Policy
		sum, of    string
		contents   string // maximum of line 4.2
		withTheme  string
		themeLevel Level
	}{
		{Take, "95", "100", "15", "95", Good},
		{Scale, "94.74", "100", "10", "95", Good},
		{Leave, "90", "95", "10", "95", Good},
	} {
		r, _ := Sheet("an-phu-2025")
		r.Missing.Policy = tc.policy
		points := map[string]Points{}
		for _, l := range r.Counted("ordinary") {
			points[l.ID] = l.Max
		}
		points["8.1"], points["8.2"], points["8.3"] = 0, 0, 0
		s := r.Add("ordinary", points)
		if s.Points.String() != tc.sum || s.Of.String() != tc.of || s.Level != Good {
			t.Errorf("%s: %s of %s, %s", tc.policy, s.Points, s.Of, s.Level)
		}
		if l, _ := r.Line("ordinary", "4.2"); l.Max.String() != tc.contents {
			t.Errorf("%s: line 4.2 has %s", tc.policy, l.Max)
		}
		points["4.2"], points["4.3"] = Whole(10), Whole(5)
		if s := r.Add("combined", points); s.Points.String() != tc.withTheme || s.Level != tc.themeLevel {
			t.Errorf("%s: with a theme %s %s", tc.policy, s.Points, s.Level)
		}
	}
}

func TestGate(t *testing.T) {
	t.Parallel()
	r := testSheet(t, "phu-tho.yaml")
	full := map[string]Points{"1": Whole(15), "2": Whole(20), "3": Whole(45), "4": Whole(20)}
	if s := r.Add("ordinary", full); s.Level != Good || s.Held != nil {
		t.Errorf("all points: %s, %v", s.Level, s.Held)
	}
	full["2"] = 1950
	if s := r.Add("ordinary", full); s.Level != Fair || s.Held == nil {
		t.Errorf("attendance not full: %s, %v", s.Level, s.Held)
	}
	delete(full, "4")
	if s := r.Add("ordinary", full); s.Level != "" || len(s.Open) != 1 {
		t.Errorf("a line is open: %s, %v", s.Level, s.Open)
	}
}

// TestYear works the rule of Phú Thọ: tốt is every meeting khá and seven of them tốt.
func TestYear(t *testing.T) {
	t.Parallel()
	r := testSheet(t, "phu-tho.yaml")
	year := func(good, fair, average, poor int) []Level {
		return slices.Concat(slices.Repeat([]Level{Good}, good), slices.Repeat([]Level{Fair}, fair),
			slices.Repeat([]Level{Average}, average), slices.Repeat([]Level{Poor}, poor))
	}
	for _, tc := range []struct {
		levels []Level
		want   Level
	}{
		{year(7, 5, 0, 0), Good}, {year(6, 6, 0, 0), Fair}, {year(11, 0, 1, 0), Fair}, {year(11, 0, 0, 1), ""}, {nil, ""},
	} {
		got := r.JudgeYear(tc.levels)
		if got.Level != tc.want {
			t.Errorf("%v: %q, want %q", tc.levels, got.Level, tc.want)
		}
		if got.Level == Fair && got.Also == "" {
			t.Errorf("%v: the condition that is cut in the source is not named", tc.levels)
		}
	}
}

// TestSumsStayWithinTheSheet: whatever points the lines allow, the sum lies between the
// floors and the most that can be reached, and has exactly one level.
func TestSumsStayWithinTheSheet(t *testing.T) {
	t.Parallel()
	sheets := append(Sheets(), testSheet(t, "phu-tho.yaml"))
	rapid.Check(t, func(rt *rapid.T) {
		r := rapid.SampledFrom(sheets).Draw(rt, "sheet")
		if !r.Unpointed && r.Missing.Policy != "" {
			r.Missing.Policy = rapid.SampledFrom(Policies).Draw(rt, "policy")
		}
		kind := rapid.SampledFrom(kinds).Draw(rt, "kind")
		points := map[string]Points{}
		var least, most Points
		for _, l := range r.Counted(kind) {
			points[l.ID] = drawPoints(rt, l)
			if !l.Allowed(points[l.ID]) {
				rt.Fatalf("line %s offers %s and does not allow it", l.ID, points[l.ID])
			}
			least += l.Floor
			most += l.Max
		}
		s := r.Add(kind, points)
		if s.Points < least || s.Points > s.Of || s.Of > r.Total || most > r.Total {
			rt.Fatalf("%s of %s, floors %s, total %s", s.Points, s.Of, least, r.Total)
		}
		if (s.Level == "") != r.Unpointed {
			rt.Fatalf("%s of %s has the level %q", s.Points, s.Of, s.Level)
		}
	})
}

// TestBandsCoverEachFigureOnce draws bands that meet, and sees that one moved edge is
// found.
func TestBandsCoverEachFigureOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		edges := rapid.SliceOfNDistinct(rapid.IntRange(1, 99_99), 1, 6, rapid.ID[int]).Draw(rt, "edges")
		slices.Sort(edges)
		bands := []Band{{Range: Range{Under: &Bound{Hundredths: edges[0]}}}}
		for i, e := range edges {
			b := Band{Range: Range{From: &Bound{Hundredths: e}}}
			if i+1 < len(edges) {
				b.Under = &Bound{Hundredths: edges[i+1]}
			}
			bands = append(bands, b)
		}
		if gaps := Gaps(SpeakingShare, bands, 0); len(gaps) > 0 {
			rt.Fatalf("bands that meet: %v", gaps)
		}
		f := Figure{rapid.IntRange(0, 100_00*7).Draw(rt, "figure"), 700}
		n := 0
		for _, b := range bands {
			if b.Holds(f, 0) {
				n++
			}
		}
		if n != 1 {
			rt.Fatalf("%s is in %d bands", f, n)
		}
		at := rapid.IntRange(1, len(edges)).Draw(rt, "moved")
		bands[at].From, bands[at].Above = nil, bands[at].From
		if gaps := Gaps(SpeakingShare, bands, 0); len(gaps) != 1 || gaps[0].Bands != 0 {
			rt.Fatalf("an edge that belongs to no band: %v", gaps)
		}
	})
}

func TestPoints(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Points{"8": 800, "2.5": 250, "2,5": 250, "0.25": 25, "-1": -100, " 3 ": 300} {
		var p Points
		if err := p.UnmarshalText([]byte(text)); err != nil || p != want {
			t.Errorf("%q: %d %v", text, p, err)
		}
	}
	for _, text := range []string{"", "x", "1.234", "1.-5", ".5", "1e3", "99999999999"} {
		var p Points
		if err := p.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is read as %s", text, p)
		}
	}
}

// drawPoints draws points that the line allows.
func drawPoints(rt *rapid.T, l Line) Points {
	if offers := l.Offers(); len(offers) > 0 {
		return rapid.SampledFrom(offers).Draw(rt, l.ID)
	}
	return l.Floor + l.Step*Points(rapid.IntRange(0, int((l.Max-l.Floor)/l.Step)).Draw(rt, l.ID))
}
