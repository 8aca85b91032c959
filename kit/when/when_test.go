package when_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chibo/kit/when"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2026-12-03": "2026-12-03", "03/12/2026": "2026-12-03", "3/12/2026": "2026-12-03", "3.12.2026": "2026-12-03",
		"3-12-26": "2026-12-03", " 3 / 12 / 85 ": "1985-12-03", "29/02/2028": "2028-02-29", "1/1/30": "2030-01-01", "1/1/31": "1931-01-01",
		"29/02/2027": "", "31/04/2026": "", "00/01/2026": "", "1/13/2026": "", "3/12": "", "3/12/026": "", "12/2026": "", "": "", "ba tháng hai": "", "1/1/0": "",
		"0000-01-01": "",
	} {
		d, err := when.ParseDate(in)
		if (err == nil) != (want != "") || d.String() != want && err == nil {
			t.Errorf("ParseDate(%q) = %v, %v, want %q", in, d, err, want)
		}
	}
}

// TestEveryDayIsWritten holds the figures of every day of four hundred years against those of fmt.
func TestEveryDayIsWritten(t *testing.T) {
	t.Parallel()
	for day := time.Date(1880, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2280; day = day.AddDate(0, 0, 1) {
		d := when.Date{Year: day.Year(), Month: day.Month(), Day: day.Day()}
		if d.String() != day.Format(time.DateOnly) || d.Slashed() != day.Format("02/01/2006") {
			t.Fatalf("%v is written %s and %s", day, d, d.Slashed())
		}
	}
	for _, d := range []when.Date{{Year: 7, Month: 1, Day: 2}, {Year: 10_000, Month: 1, Day: 2}, {Year: -1, Month: 12, Day: 31}} {
		if want := fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day); d.String() != want {
			t.Errorf("%s, want %s", d, want)
		}
		if want := fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year); d.Slashed() != want {
			t.Errorf("%s, want %s", d.Slashed(), want)
		}
	}
}

func TestDatesInWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		d                when.Date
		slashed, inWords string
	}{
		{when.On(2026, 12, 3), "03/12/2026", "ngày 03 tháng 12 năm 2026"},
		{when.On(2026, 2, 13), "13/02/2026", "ngày 13 tháng 02 năm 2026"},
		{when.On(2026, 3, 9), "09/03/2026", "ngày 09 tháng 3 năm 2026"},
		{when.Date{}, "", "ngày … tháng … năm …"},
	} {
		if tt.d.Slashed() != tt.slashed || tt.d.Long() != tt.inWords {
			t.Errorf("%v: %q, %q", tt.d, tt.d.Slashed(), tt.d.Long())
		}
	}
}

// TestDayInVietNam holds the day against the clock at the edges of days, months
// and years: 17:00 UTC is midnight in Viet Nam.
func TestDayInVietNam(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2026-12-03T16:59:59.999Z": "2026-12-03", "2026-12-03T17:00:00Z": "2026-12-04",
		"2026-12-31T17:00:00Z": "2027-01-01", "2028-02-28T17:00:00Z": "2028-02-29", "2027-02-28T17:00:00Z": "2027-03-01",
	} {
		at, err := time.Parse(time.RFC3339Nano, in)
		if err != nil {
			t.Fatal(err)
		}
		if got := when.At(at).Date().String(); got != want {
			t.Errorf("%s is %s in Viet Nam, want %s", in, got, want)
		}
	}
	if got := when.On(2026, 12, 3).At(19, 30).Clock(); got != "19 giờ 30" {
		t.Errorf("Clock = %q", got)
	}
}

// TestBehind: a clock that is put back for a while makes nothing earlier than what was before.
func TestBehind(t *testing.T) {
	t.Parallel()
	last := when.On(2026, 12, 3).At(19, 30)
	for now, want := range map[when.Instant]when.Instant{
		last.Add(time.Millisecond): last.Add(time.Millisecond), last: last,
		last.Add(-5 * time.Minute): last, last.Add(-time.Hour): last, last.Add(-time.Hour - time.Millisecond): last.Add(-time.Hour - time.Millisecond),
	} {
		if got := now.Behind(last); got != want {
			t.Errorf("%d behind %d is %d, want %d", now, last, got, want)
		}
	}
}

func TestMonths(t *testing.T) {
	t.Parallel()
	feb := when.Month{Year: 2027, Month: time.February}
	for _, tt := range []struct{ got, want string }{
		{feb.Day(31).String(), "2027-02-28"},
		{feb.Day(3).String(), "2027-02-03"},
		{feb.Last().String(), "2027-02-28"},
		{when.Month{Year: 2028, Month: 2}.Last().String(), "2028-02-29"},
		{feb.Add(-2).String(), "2026-12"},
		{when.Month{Year: 2026, Month: 12}.Next().String(), "2027-01"},
		{feb.Quarter().String(), "quý I/2027"},
		{when.Month{Year: 2026, Month: 12}.Quarter().String(), "quý IV/2026"},
		{when.Month{Year: 2026, Month: 12}.Quarter().First().String(), "2026-10"},
		{when.On(2026, 2, 0).String(), "2026-01-31"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
		}
	}
	if _, err := when.ParseMonth("2026-13"); err == nil {
		t.Error("a thirteenth month")
	}
}

func TestDatesRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		d := when.On(2000, 1, 1).AddDays(rapid.IntRange(-36_500, 36_500).Draw(r, "days"))
		n := rapid.IntRange(-1000, 1000).Draw(r, "n")
		if back, err := when.ParseDate(d.Slashed()); err != nil || back != d {
			t.Fatalf("%s read back as %v, %v", d.Slashed(), back, err)
		}
		if got := d.DaysUntil(d.AddDays(n)); got != n {
			t.Fatalf("%v and %d days are %d days apart", d, n, got)
		}
		if d.Before(d.AddDays(n)) != (n > 0) {
			t.Fatalf("%v before %v", d, d.AddDays(n))
		}
		if d.Start().Date() != d {
			t.Fatalf("%v starts on %v", d, d.Start().Date())
		}
	})
}

func TestInstantJSON(t *testing.T) {
	t.Parallel()
	want := when.On(2026, 12, 3).At(19, 42)
	for _, in := range []string{`"2026-12-03T19:42:00+07:00"`, `"2026-12-03T12:42:00.000Z"`, `1796301720000`} {
		var got when.Instant
		if err := json.Unmarshal([]byte(in), &got); err != nil || got != want {
			t.Errorf("%s = %d, %v, want %d", in, got, err, want)
		}
	}
	if b, err := json.Marshal(want); err != nil || string(b) != `"2026-12-03T12:42:00.000Z"` {
		t.Errorf("written as %s, %v", b, err)
	}
	for _, in := range []string{`"yesterday"`, `true`, `1.5`, `"2026-12-03"`} {
		var got when.Instant
		if json.Unmarshal([]byte(in), &got) == nil {
			t.Errorf("%s was taken as %d", in, got)
		}
	}
	var none when.Instant = 5
	if err := json.Unmarshal([]byte("null"), &none); err != nil || none != 0 {
		t.Errorf("null = %d, %v", none, err)
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("3/12/2026")
	f.Add("2026-02-29")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := when.ParseDate(s)
		if err != nil {
			return
		}
		if back, err := when.ParseDate(d.String()); err != nil || back != d {
			t.Errorf("%q is %v and reads back as %v, %v", s, d, back, err)
		}
	})
}
