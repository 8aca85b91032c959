package digest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/kit/locale"
	"chibo/kit/when"
	"chibo/quality"
	"chibo/rubric"
	"chibo/supervision"
	"chibo/theme"
)

func month(n time.Month) when.Month { return when.Month{Year: 2026, Month: n} }

// TestPeriod: any month names the period in which it lies.
func TestPeriod(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		span        Span
		month       time.Month
		first, last time.Month
		text        string
	}{
		{OfMonth, 11, 11, 11, "tháng 11/2026"},
		{OfQuarter, 11, 10, 12, "quý IV/2026"},
		{OfQuarter, 1, 1, 3, "quý I/2026"},
		{OfHalf, 6, 1, 6, "6 tháng đầu năm 2026"},
		{OfHalf, 7, 7, 12, "6 tháng cuối năm 2026"},
		{OfYear, 5, 1, 12, "năm 2026"},
	} {
		p := PeriodOf(tt.span, month(tt.month))
		if p.First != month(tt.first) || p.Last() != month(tt.last) || p.Text() != tt.text {
			t.Errorf("%s of %d: %v to %v, %q", tt.span, tt.month, p.First, p.Last(), p.Text())
		}
	}
}

// TestTokens: names stand at the odd places, and an open brace is text.
func TestTokens(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                 {""},
		"{đã họp} chi bộ":  {"", "đã họp", " chi bộ"},
		"có { đã họp }":    {"có ", "đã họp", ""},
		"một {kỳ} {hai":    {"một ", "kỳ", " {hai"},
		"đóng } trước {kỳ": {"đóng } trước {kỳ"},
	} {
		if got := tokens(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestForms: what a form may not be, each refused with its own reason.
func TestForms(t *testing.T) {
	t.Parallel()
	const good = "name = \"a\"\nspan = \"month\"\nsubject = \"b {kỳ}\"\n[[section]]\ntitle = \"c\"\ntext = \"{đã họp}\"\n"
	if _, err := ParseTemplate(good); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"name = ":                  "digest.problem.toml",
		good + "color = \"red\"\n": "digest.problem.unknown",
		"name = \"a\"\n":           "digest.problem.lacks",
		good + "[[section.row]]\ntitle = \"x\"\nfigure = \"không có\"\n": "digest.problem.figure",
		strings.Replace(good, "đã họp", "đã hop", 1):                     "digest.problem.figure",
		strings.Replace(good, "month", "week", 1):                        "digest.problem.lacks",
		strings.Repeat("#", maxTemplate+1):                               "digest.problem.large",
	} {
		if _, err := ParseTemplate(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %s", text, err, want)
		}
	}
	if len(shipped()) != 3 {
		t.Errorf("%d forms come with the program", len(shipped()))
	}
}

// some are the facts of two cells in the first quarter, on the first of April: the first met in
// time, late, and not at all; the second begins in March and has called its meeting of that
// month, which did not take place.
func some() facts {
	day := when.On(2026, time.April, 1)
	return facts{
		day: day, period: PeriodOf(OfQuarter, month(2)), cells: []Cell{{"a", "Chi bộ A"}, {"b", "Chi bộ B"}},
		whole: map[string]supervision.Cell{"a": {Begins: month(1), Remedies: 2}, "b": {Begins: month(3), Matters: 1}},
		months: []supervision.Month{
			{Cell: "a", Month: month(1), Meeting: "a1", Day: when.On(2026, 1, 5), Standing: supervision.Met, FileBy: when.On(2026, 1, 7), SealedOn: when.On(2026, 1, 6)},
			{Cell: "a", Month: month(2), Meeting: "a2", Day: when.On(2026, 2, 5), Standing: supervision.Met, Until: when.On(2026, 2, 7), Becomes: supervision.Late, FileBy: when.On(2026, 2, 7), Theme: theme.Done},
			{Cell: "b", Month: month(3), Meeting: "b3", Day: when.On(2026, 3, 30), Standing: supervision.Planned, Until: when.On(2026, 3, 31), Becomes: supervision.Missed},
		},
		scores: []quality.Dated{
			scored("a1", "a", 1, 9000, rubric.Good, 8), scored("a2", "a", 2, 7050, rubric.Fair, 7),
		},
		rolls: map[string]int{"a": 10, "b": 4}, taken: map[string]string{"a2": "2: −1"},
	}
}

func scored(meeting, cell string, m time.Month, points rubric.Points, level rubric.Level, came int) quality.Dated {
	return quality.Dated{Score: quality.Score{
		Meeting: meeting, Organization: cell, Month: month(m), State: quality.Submitted, Own: quality.Verdict{Points: points, Level: level},
		Receipts: []quality.Receipt{{Fact: rubric.Attendance, Known: true, Measured: rubric.Measured{Figure: rubric.Share(came, 10)}}},
	}}
}

// TestFigures works out every figure by hand.
func TestFigures(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"chi bộ": "2", "đảng viên": "14", "phải họp": "4", "đã họp": "2", "họp muộn": "1", "đã báo lịch": "0", "không họp": "2",
		"ngày họp": "05/01/2026; 05/02/2026", "biên bản đã nộp": "1", "biên bản quá hạn": "1", "chuyên đề": "1", "thiếu chuyên đề": "0",
		"đã chấm": "2", "đã xác nhận": "0", "tốt": "1", "khá": "1", "trung bình": "0", "kém": "0", "điểm": "80,25", "mức": "Tốt; Khá",
		"điểm trừ": "2: −1", "dự họp": "15/20 (75%)", "phát biểu": "–", "hạn chế": "2", "phản ánh chờ": "1",
	}
	var names []string
	for _, f := range figures {
		names = append(names, f.name)
	}
	sheet := some().draw(names)
	for _, name := range names {
		if got := sheet.Value(name, "").Text(locale.Vietnamese); got != want[name] {
			t.Errorf("%s: %q, want %q", name, got, want[name])
		}
	}
	if len(names) != len(want) {
		t.Errorf("%d figures, %d are worked out here", len(names), len(want))
	}
	if got := sheet.Value("dự họp", "b").Text(locale.Vietnamese); got != "–" {
		t.Errorf("the second cell has %q", got)
	}
	for name, entries := range sheet.Entries {
		sum := sheet.Value(name, "a").n + sheet.Value(name, "b").n
		if sheet.Value(name, "").n != sum || sheet.Value(name, "").Entries != len(entries) {
			t.Errorf("%s does not count its list", name)
		}
	}
}
