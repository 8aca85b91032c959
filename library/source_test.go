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
