package notice_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"

	"chibo/kit/when"
	"chibo/notice"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func events() []notice.Event {
	day := when.Date{Year: 2026, Month: 12, Day: 3}
	return []notice.Event{
		{
			UID: "m12@chibo", Start: day.At(19, 30), End: day.At(21, 0), Title: "Sinh hoạt chi bộ",
			Place: "Nhà văn hóa tổ dân phố 17, ngõ 4, phường Sông Xanh; tầng 2", URL: "/meetings/m12", Changed: day.AddDays(-4).At(8, 0),
		},
		{
			UID: "m13@chibo", Start: when.Date{Year: 2027, Month: 1, Day: 1}.At(0, 0), End: when.Date{Year: 2027, Month: 1, Day: 1}.At(1, 30),
			Title: "Sinh hoạt\r\nchi bộ\x07", Changed: day.At(0, 0), Cancelled: true,
		},
	}
}

func TestCalendarGolden(t *testing.T) {
	t.Parallel()
	got := notice.Calendar(events(), "https://chibo.example", when.Date{Year: 2026, Month: 12, Day: 1}.At(7, 0))
	const name = "testdata/feed.ics"
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from %s:\n%s", name, got)
	}
}

// TestCalendarForm holds the feed to what phones insist on.
func TestCalendarForm(t *testing.T) {
	t.Parallel()
	text := string(notice.Calendar(events(), "", when.Instant(1)))
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Error("a line does not end in CRLF")
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 {
			t.Errorf("%d bytes in a line: %s", len(line), line)
		}
		if !strings.HasPrefix(line, " ") && line != "" && !strings.Contains(line, ":") {
			t.Errorf("not a property: %q", line)
		}
	}
	if strings.ContainsRune(text, '\a') || strings.Contains(text, "URL:") {
		t.Errorf("carries what it must not:\n%s", text)
	}
	back, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	start, err := back.Events()[0].GetStartAt()
	if err != nil || when.At(start) != events()[0].Start {
		t.Errorf("starts at %v, %v", start, err)
	}
	if place := back.Events()[0].GetProperty(ics.ComponentPropertyLocation).Value; place != events()[0].Place {
		t.Errorf("place reads back as %q", place)
	}
}

func TestEmptyCalendar(t *testing.T) {
	t.Parallel()
	text := string(notice.Calendar(nil, "", when.Instant(1)))
	if !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\n") || !strings.HasSuffix(text, "END:VCALENDAR\r\n") {
		t.Error(text)
	}
}
