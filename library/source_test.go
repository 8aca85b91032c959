package library

import (
	"strings"
	"testing"

	"chibo/kit/when"
)

func date(t *testing.T, s string) when.Date {
	t.Helper()
	d, err := when.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSourcesAreWhole(t *testing.T) {
	t.Parallel()
	type name struct{ number, body, date string }
	seen := map[name]bool{}
	for _, s := range Sources() {
		n := name{s.Number, s.Body, s.Date.String()}
		if s.Number == "" || s.Body == "" || s.Date.IsZero() || s.Title == "" || s.Subject == "" || s.Kind == "" {
			t.Errorf("%v: something is empty", n)
		}
		if seen[n] {
			t.Errorf("%v stands twice", n)
		}
		seen[n] = true
		if !s.Until.IsZero() && s.Until.Before(s.From) {
			t.Errorf("%v ends before it begins", n)
		}
		if s.ReplacedBy == "" {
			continue
		}
		next, ok := Find(s.ReplacedBy, s.ReplacedOn)
		if !ok {
			t.Errorf("%v is replaced by %s of %s, which is not known", n, s.ReplacedBy, s.ReplacedOn)
		} else if got := s.Until.AddDays(1); got != next.From && s.Subject == next.Subject {
			t.Errorf("%v ends before %s, its successor begins on %s", n, got, next.From)
		}
	}
}

func TestInForce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		number, date, day string
		want              bool
	}{
		{"12-HD/BTCTW", "06/7/2018", "05/7/2018", false},
		{"12-HD/BTCTW", "06/7/2018", "06/7/2018", true},
		{"12-HD/BTCTW", "06/7/2018", "28/3/2024", true},
		{"12-HD/BTCTW", "06/7/2018", "27/10/2025", true},
		{"12-HD/BTCTW", "06/7/2018", "28/10/2025", false},
		{"42-HD/BTCTW", "28/10/2025", "27/10/2025", false},
		{"42-HD/BTCTW", "28/10/2025", "03/12/2026", true},
		{"294-QĐ/TW", "26/5/2025", "30/6/2025", false},
		{"294-QĐ/TW", "26/5/2025", "01/7/2025", true},
		{"01-QĐ/TW", "03/02/2026", "01/02/2026", true},
		{"117/2025/QH15", "10/12/2025", "28/02/2026", false},
	} {
		s, ok := Find(c.number, date(t, c.date))
		if !ok {
			t.Errorf("%s of %s is not known", c.number, c.date)
			continue
		}
		if got := s.InForce(date(t, c.day)); got != c.want {
			t.Errorf("%s on %s: %v, want %v", c.number, c.day, got, c.want)
		}
	}
}

func TestOneGuidanceOnMeetingsADay(t *testing.T) {
	t.Parallel()
	for day := when.On(2012, 3, 2); day.Before(when.On(2027, 1, 1)); day = day.AddDays(1) {
		n := 0
		for _, s := range InForce(day) {
			if s.Subject == "meeting" && strings.HasSuffix(s.Number, "-HD/BTCTW") {
				n++
			}
		}
		if n != 1 {
			t.Fatalf("%s: %d documents of guidance on meetings in force", day, n)
		}
	}
}

func TestReference(t *testing.T) {
	t.Parallel()
	s, _ := Find("42-HD/BTCTW", when.On(2025, 10, 28))
	want := "Hướng dẫn số 42-HD/BTCTW ngày 28/10/2025 của Ban Tổ chức Trung ương"
	if s.String() != want {
		t.Errorf("got %q", s.String())
	}
	charter, _ := Find("Điều lệ Đảng", when.On(2011, 1, 19))
	if got := charter.String(); got != "Điều lệ Đảng ngày 19/01/2011" {
		t.Errorf("got %q", got)
	}
}

func TestDoubts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text, day string
		kind      DoubtKind
		right     string
	}{
		"the wrong year":                {"theo Hướng dẫn số 12-HD/BTCTW ngày 06/7/2017 của Ban Tổ chức Trung ương", "28/3/2024", WrongDate, "Hướng dẫn số 12-HD/BTCTW ngày 06/7/2018 của Ban Tổ chức Trung ương"},
		"the right year":                {"theo Hướng dẫn số 12-HD/BTCTW ngày 06/7/2018", "28/3/2024", "", ""},
		"the other document of 12-HD":   {"Hướng dẫn 12-HD/BTCTW ngày 18/01/2022", "03/12/2026", "", ""},
		"superseded":                    {"Hướng dẫn 12-HD/BTCTW ngày 06/7/2018", "03/12/2026", OutOfForce, "Hướng dẫn số 42-HD/BTCTW ngày 28/10/2025 của Ban Tổ chức Trung ương"},
		"spaces and another hand":       {"số 12 - HD / BTCTW, ngày 6-7-2017", "28/3/2024", WrongDate, "Hướng dẫn số 12-HD/BTCTW ngày 06/7/2018 của Ban Tổ chức Trung ương"},
		"in brackets":                   {"50-CT/TW (24/7/2025)", "03/12/2026", WrongDate, "Chỉ thị số 50-CT/TW ngày 23/7/2025 của Ban Bí thư"},
		"no date, one in force":         {"theo 12-HD/BTCTW", "28/3/2024", "", ""},
		"no date, none in force":        {"theo 24-QĐ/TW", "03/12/2026", OutOfForce, "Quy định số 208-QĐ/TW ngày 26/7/2026 của Ban Chấp hành Trung ương"},
		"a document of the cell":        {"Nghị quyết số 05-NQ/CB ngày 03/12/2026", "03/12/2026", "", ""},
		"in words":                      {"42-HD/BTCTW ngày 28 tháng 10 năm 2024", "03/12/2026", WrongDate, "Hướng dẫn số 42-HD/BTCTW ngày 28/10/2025 của Ban Tổ chức Trung ương"},
		"a law":                         {"Luật số 29/2018/QH14 ngày 15/11/2018", "03/12/2026", OutOfForce, "Luật số 117/2025/QH15 ngày 10/12/2025 của Quốc hội"},
		"a date out of the calendar":    {"42-HD/BTCTW ngày 31/02/2025", "03/12/2026", WrongDate, "Hướng dẫn số 42-HD/BTCTW ngày 28/10/2025 của Ban Tổ chức Trung ương"},
		"closest where no day is equal": {"03-HD/TW ngày 01/01/2023", "28/3/2024", WrongDate, "Hướng dẫn số 03-HD/TW ngày 27/12/2022 của Ban Bí thư"},
	} {
		got := Doubts(c.text, date(t, c.day))
		switch {
		case c.kind == "" && len(got) == 0:
		case len(got) != 1 || got[0].Kind != c.kind || got[0].Right.String() != c.right:
			t.Errorf("%s: %+v, want %s %s", name, got, c.kind, c.right)
		}
	}
}

func FuzzDoubts(f *testing.F) {
	f.Add("12-HD/BTCTW ngày 06/7/2017")
	f.Add("Luật số 29/2018/QH14 ngày 15.11.2018; 0-QĐ/TW")
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range Doubts(text, when.On(2026, 12, 3)) {
			if !strings.Contains(text, d.Cited) {
				t.Errorf("%q is not in %q", d.Cited, text)
			}
		}
	})
}

// TestWhatRuledOnADay: which document of each subject was in force, by the table of
// succession of the rules of the field. A day stands beside each change, on both sides.
func TestWhatRuledOnADay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		older, olderDate, last   string // the older document and its last day
		newer, newerDate, begins string
	}{
		{"10-CT/TW", "30/3/2007", "22/7/2025", "50-CT/TW", "23/7/2025", "23/7/2025"},
		{"18-KL/TW", "22/9/2017", "22/7/2025", "50-CT/TW", "23/7/2025", "23/7/2025"},
		{"09-HD/BTCTW", "02/3/2012", "05/7/2018", "12-HD/BTCTW", "06/7/2018", "06/7/2018"},
		{"12-HD/BTCTW", "06/7/2018", "27/10/2025", "42-HD/BTCTW", "28/10/2025", "28/10/2025"},
		{"24-QĐ/TW", "30/7/2021", "19/01/2025", "232-QĐ/TW", "20/01/2025", "20/01/2025"},
		{"232-QĐ/TW", "20/01/2025", "30/6/2025", "294-QĐ/TW", "26/5/2025", "01/7/2025"},
		{"294-QĐ/TW", "26/5/2025", "25/7/2026", "208-QĐ/TW", "26/7/2026", "26/7/2026"},
		{"06-HD/TW", "09/6/2025", "18/5/2026", "01-HD/TW", "19/5/2026", "19/5/2026"},
		{"132-QĐ/TW", "08/3/2018", "03/10/2023", "124-QĐ/TW", "04/10/2023", "04/10/2023"},
		{"124-QĐ/TW", "04/10/2023", "29/8/2025", "366-QĐ/TW", "30/8/2025", "30/8/2025"},
		{"25-HD/BTCTW", "10/11/2023", "30/10/2025", "43-HD/BTCTW", "31/10/2025", "31/10/2025"},
		{"66-QĐ/TW", "06/02/2017", "08/01/2026", "399-QĐ/TW", "09/01/2026", "09/01/2026"},
		{"36-HD/VPTW", "03/4/2018", "26/5/2026", "05-HD/VPTW", "27/5/2026", "27/5/2026"},
		{"244-QĐ/TW", "09/6/2014", "09/10/2024", "190-QĐ/TW", "10/10/2024", "10/10/2024"},
		{"342-QĐ/TW", "28/12/2010", "31/01/2026", "01-QĐ/TW", "03/02/2026", "01/02/2026"},
		{"269-QĐ/TW", "25/11/2014", "21/10/2025", "379-QĐ/TW", "22/10/2025", "22/10/2025"},
		{"13/2023/NĐ-CP", "17/4/2023", "31/12/2025", "356/2025/NĐ-CP", "31/12/2025", "01/01/2026"},
		{"29/2018/QH14", "15/11/2018", "28/02/2026", "117/2025/QH15", "10/12/2025", "01/3/2026"},
	} {
		for _, one := range []struct {
			number, date, day string
			in, after         bool // on the day, on the day after
		}{
			{c.older, c.olderDate, c.last, true, false},
			{c.newer, c.newerDate, date(t, c.begins).AddDays(-1).Slashed(), false, true},
		} {
			s, ok := Find(one.number, date(t, one.date))
			if !ok {
				t.Errorf("%s of %s is not known", one.number, one.date)
				continue
			}
			day := date(t, one.day)
			if s.InForce(day) != one.in || s.InForce(day.AddDays(1)) != one.after {
				t.Errorf("%s: in force on %s %v, on the day after %v", one.number, day, s.InForce(day), s.InForce(day.AddDays(1)))
			}
		}
	}
}
