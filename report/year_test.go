package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/quality"
	"chibo/rubric"
)

// held is a monthly meeting on the third of its month.
func held(month int, s meeting.State, score quality.Score) Evening {
	m := when.Month{Year: 2026, Month: 1}.Add(month - 1)
	return Evening{Meeting: meeting.Meeting{ID: m.String(), Kind: meeting.Ordinary, Month: m, State: s, StartsAt: m.First().AddDays(2).At(19, 30)}, Score: score}
}

func scoredBy(state quality.State, own, decided int) quality.Score {
	s := quality.Score{State: state, Of: rubric.Whole(100), Own: quality.Verdict{Points: rubric.Whole(own), At: 1}}
	s.Decision.Points = rubric.Whole(decided)
	return s
}

func yearOf(evenings ...Evening) Year {
	y := Year{Year: 2026, Since: when.Month{Year: 2025, Month: 3}, Cell: organization.Organization{Level: organization.Cell}, Months: make([]Month, 12)}
	for i := range y.Months {
		y.Months[i].Month = when.Month{Year: 2026, Month: 1}.Add(i)
	}
	for _, e := range evenings {
		m := &y.Months[int(e.Month.Month)-1]
		m.Evenings = append(m.Evenings, e)
	}
	return y
}

func TestGaps(t *testing.T) {
	t.Parallel()
	done := scoredBy(quality.Confirmed, 90, 90)
	thematic := held(3, meeting.Sealed, quality.Score{})
	thematic.Kind = meeting.Thematic
	for name, c := range map[string]struct {
		year  Year
		today when.Date
		want  []GapKind
	}{
		"the year has just begun":              {yearOf(), when.On(2026, 1, 31), nil},
		"a month is over without a meeting":    {yearOf(), when.On(2026, 2, 1), []GapKind{NoMeeting}},
		"a themed evening is no monthly one":   {yearOf(held(1, meeting.Sealed, done), held(2, meeting.Sealed, done), thematic), when.On(2026, 4, 1), []GapKind{NoMeeting}},
		"all is there":                         {yearOf(held(1, meeting.Sealed, done)), when.On(2026, 2, 1), nil},
		"held, neither sealed nor scored":      {yearOf(held(1, meeting.Closed, quality.Score{})), when.On(2026, 1, 4), []GapKind{Unsealed, Unscored}},
		"called, its day is not over":          {yearOf(held(1, meeting.Noticed, quality.Score{})), when.On(2026, 1, 3), nil},
		"called, and then it did not happen":   {yearOf(held(1, meeting.Noticed, quality.Score{})), when.On(2026, 1, 4), []GapKind{NotHeld}},
		"the cell was closed in the month":     {func() Year { y := yearOf(); y.Cell.ClosedOn = when.On(2026, 1, 15); return y }(), when.On(2026, 2, 1), nil},
		"before the first meeting kept here":   {func() Year { y := yearOf(held(3, meeting.Sealed, done)); y.Since = y.Months[2].Month; return y }(), when.On(2026, 3, 31), nil},
		"nothing was ever kept here":           {func() Year { y := yearOf(); y.Since = when.Month{}; return y }(), when.On(2026, 12, 31), nil},
		"an unsealed evening of another month": {yearOf(held(2, meeting.Closed, done)), when.On(2026, 2, 10), []GapKind{NoMeeting, Unsealed}},
	} {
		var got []GapKind
		for _, g := range c.year.Gaps(c.today) {
			got = append(got, g.Kind)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (- want, + got):\n%s", name, diff)
		}
	}
}

// TestSum adds months: shares as if all stood in one room, scores as a mean in which every
// meeting weighs the same, the decision before the cell's own.
func TestSum(t *testing.T) {
	t.Parallel()
	a, b, c := held(1, meeting.Sealed, scoredBy(quality.Adjusted, 90, 80)), held(1, meeting.Sealed, scoredBy(quality.Voted, 95, 0)), held(2, meeting.Sealed, quality.Score{State: quality.Draft})
	a.Attended, b.Attended, c.Attended = Share{9, 10}, Share{1, 10}, Share{20, 20}
	got := yearOf(a, b, c).Sum()
	want := Sum{Attended: Share{30, 40}, Score: 87.5, Scores: 2, Open: true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the year (- want, + got):\n%s", diff)
	}
	if one := yearOf(a).Sum(); one.Open || one.Score != 80 {
		t.Errorf("a decided score: %+v", one)
	}
	unpointed := scoredBy(quality.Confirmed, 1, 1)
	unpointed.Of = 0
	if s := yearOf(held(1, meeting.Sealed, unpointed)).Sum(); s.Scores != 0 {
		t.Errorf("a sheet without points counts: %+v", s)
	}
	all := sums([]Year{yearOf(a), yearOf(b, c)})
	if all[0].Attended != (Share{10, 20}) || all[1].Attended != (Share{20, 20}) || all[11].Attended.Known() {
		t.Errorf("two cells together: %+v", all[:2])
	}
}

func TestEnding(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		day   when.Date
		year  int
		calls bool
	}{
		{when.On(2026, 12, 14), 2026, false},
		{when.On(2026, 12, 15), 2026, true},
		{when.On(2027, 1, 31), 2026, true},
		{when.On(2027, 2, 1), 2027, false},
	} {
		if year, calls := ending(c.day); year != c.year || calls != c.calls {
			t.Errorf("on %s: %d, %t", c.day, year, calls)
		}
	}
}

// TestAttendanceTable: every mark as it is printed, and what counts.
func TestAttendanceTable(t *testing.T) {
	t.Parallel()
	first, second := held(1, meeting.Sealed, quality.Score{}), held(2, meeting.Sealed, quality.Score{})
	first.Roll = map[string]Mark{"a": {"Trần Văn Hòa", proceedings.Present, true}, "b": {"Lê Thị Ánh", proceedings.Excused, true}, "c": {"Vũ Bảo", proceedings.Present, false}}
	second.Roll = map[string]Mark{"a": {"Trần Văn Hòa", proceedings.Unexcused, true}, "b": {"Lê Thị Ánh", proceedings.Late, true}}
	table := attendanceTable([]Evening{first, second}, sorted(map[string]string{"a": "Trần Văn Hòa", "b": "Lê Thị Ánh", "c": "Vũ Bảo"}))
	var got [][]string
	for _, r := range table.Rows {
		var cells []string
		for _, c := range r {
			cells = append(cells, c.String())
		}
		got = append(got, cells)
	}
	want := [][]string{
		{"1", "Lê Thị Ánh", "P", "m", "1/2"},
		{"2", "Vũ Bảo", "(x)", "", "0/0"},
		{"3", "Trần Văn Hòa", "x", "K", "1/2"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the table (- want, + got):\n%s", diff)
	}
}
