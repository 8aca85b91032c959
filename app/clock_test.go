package app_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// clocked is a meeting in a world whose clock is moved.
type clocked struct {
	*worldtest.World
	t        *testing.T
	root, at string
	now      when.Instant
}

func newClocked(t *testing.T, w *worldtest.World) *clocked {
	t.Helper()
	return &clocked{w, t, w.Person("secretary").Root, w.Meeting(meeting.Open), worldtest.Now}
}

// move moves the clock of the program.
func (k *clocked) move(d time.Duration) {
	k.now = k.now.Add(d)
	k.Clock.Set(k.now)
}

// act has the secretary enter an act, and returns its id.
func (k *clocked) act(kind proceedings.ActKind, body any) string {
	k.t.Helper()
	one := id.New()
	b, err := json.Marshal([]map[string]any{{"id": one, "kind": kind, "at": k.now, "body": body}})
	if err != nil {
		k.t.Fatal(err)
	}
	if a := k.As("secretary").PostJSON("/rooms/"+k.at+"/acts", string(b)); a.Status != http.StatusOK || strings.Contains(a.Body, `"error":{`) {
		k.t.Fatalf("%s: %d %s", kind, a.Status, a.Body)
	}
	return one
}

func (k *clocked) state() proceedings.State {
	k.t.Helper()
	s, err := k.App.Rooms.StateOf(k.t.Context(), k.App.DB, k.root, k.at)
	if err != nil {
		k.t.Fatal(err)
	}
	return s
}

// forward fails when an hour in the log of deeds or of the room is before the one that stands
// before it.
func (k *clocked) forward() {
	k.t.Helper()
	for what, query := range map[string]string{
		"the log of deeds": `SELECT count(*) FROM audit a JOIN audit b ON b.root_id = a.root_id AND b.seq = a.seq + 1 WHERE b.at < a.at`,
		"the log of rooms": `SELECT count(*) FROM act a JOIN act b ON b.root_id = a.root_id AND b.meeting_id = a.meeting_id AND b.seq = a.seq + 1 WHERE b.received < a.received`,
	} {
		if n, err := db.One[int](k.t.Context(), k.App.DB, query); err != nil || n > 0 {
			k.t.Errorf("%s goes back %d times, %v", what, n, err)
		}
	}
}

// TestTheClockIsPutBack puts the clock of the machine back by five minutes while people vote by
// hand and by phone and while acts are entered: every ballot counts, what was corrected stays corrected, nothing stands before
// what it came behind, and everybody stays signed in.
func TestTheClockIsPutBack(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		k := newClocked(t, w)
		voters := []string{"secretary", "deputy", "minute-taker", "member"}
		for _, v := range voters {
			w.As(v) // signed in before
			k.act(proceedings.KindAttendance, proceedings.AttendanceBody{Member: w.Account(v).Member, Status: proceedings.Present})
		}
		phone := k.act(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Thông qua?", Method: proceedings.Phone})
		cast := func(who, choice string) {
			t.Helper()
			w.As(who).Sends("/ballots/"+phone, "choice", choice)
		}
		cast("secretary", "001")
		cast("member", "002")
		k.move(-5 * time.Minute)
		cast("deputy", "001")
		cast("minute-taker", "001")
		k.act(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: phone})
		s := k.state()
		if v, _ := s.Vote(phone); !v.IsClosed() || v.Result.For != 3 || v.Result.Against != 1 {
			t.Errorf("four ballots: closed %v, %+v", v.IsClosed(), v.Result)
		}

		k.move(5 * time.Minute)
		hand := k.act(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Giơ tay?", Method: proceedings.Hand})
		k.act(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: hand, For: 2, Against: 1})
		k.move(-5 * time.Minute)
		k.act(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: hand, For: 3}) // corrects the count before
		k.act(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: hand})
		s = k.state()
		if v, _ := s.Vote(hand); !v.IsClosed() || v.Result.For != 3 || v.Result.Against != 0 {
			t.Errorf("the later count is forgotten: closed %v, %+v", v.IsClosed(), v.Result)
		}
		if len(s.Conflicts) > 0 {
			t.Errorf("in conflict: %+v", s.Conflicts)
		}
		for _, v := range voters {
			w.As(v).Reads("/me")
		}
		k.forward()
		if err := w.App.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// TestMonthsEndInVietNam holds the pages against the clock at the edges of months: the last
// millisecond belongs to the old month, 17:00 in UTC is midnight in Viet Nam.
func TestMonthsEndInVietNam(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		k := newClocked(t, w)
		home := w.Account("secretary").Organization
		for _, tt := range []struct {
			at    string
			month string // of what is done then
			day   string
		}{
			{"2027-02-28T16:59:59.999Z", "2027-02", "2027-02-28"},
			{"2027-02-28T17:00:00Z", "2027-03", "2027-03-01"},
			{"2028-02-28T17:00:00Z", "2028-02", "2028-02-29"},
			{"2028-02-29T16:59:59.999Z", "2028-02", "2028-02-29"},
			{"2028-02-29T17:00:00Z", "2028-03", "2028-03-01"},
			{"2028-04-30T16:59:59.999Z", "2028-04", "2028-04-30"},
			{"2028-12-31T16:59:59.999Z", "2028-12", "2028-12-31"},
			{"2028-12-31T17:00:00Z", "2029-01", "2029-01-01"},
		} {
			at, err := time.Parse(time.RFC3339Nano, tt.at)
			if err != nil {
				t.Fatal(err)
			}
			k.Clock.Set(when.At(at))
			visitor := w.Browser()
			a := w.Account("secretary")
			visitor.Post("/sign-in", "name", a.Name, "password", a.Password)
			visitor.Get("/ratings/new?unit="+home).Is(http.StatusOK, "/ratings/new").Says(`value="` + tt.month + `"`)
			title := "Việc lúc " + tt.at
			visitor.Post("/tasks", "organization", home, "title", title, "done_when", "Xong", "due", tt.day, "owners", w.Account("member").Member)
			var overdue struct{ Due, GivenOn string }
			if overdue.Due, err = db.One[string](t.Context(), w.App.DB, `SELECT due FROM task WHERE title = $1`, title); err != nil || overdue.Due != tt.day {
				t.Errorf("%s: a task due the same day is kept with %q, %v", tt.at, overdue.Due, err)
			}
			yesterday, _ := when.ParseDate(tt.day)
			if p := visitor.Post("/tasks", "organization", home, "title", title, "done_when", "Xong", "due", yesterday.AddDays(-1).String(), "owners", w.Account("member").Member); p.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s: a task due the day before is answered with %d", tt.at, p.Status)
			}
		}
	})
}

// TestARatingStaysInItsMonth opens the round of a month in its last millisecond and rates
// in the next month: all of it belongs to the month that was named.
func TestARatingStaysInItsMonth(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		home := w.Account("secretary").Organization
		a := w.Account("secretary")
		open := func(at when.Instant, month string) int {
			w.Clock.Set(at)
			b := w.Browser()
			b.Post("/sign-in", "name", a.Name, "password", a.Password)
			return b.Post("/ratings", "organization", home, "span", "year", "month", month, "self_by", at.Date().AddDays(3).String(), "review_on", at.Date().AddDays(5).String()).Status
		}
		last := when.On(2027, 12, 31).At(23, 59).Add(59*time.Second + 999*time.Millisecond)
		if got := open(last, "2028-01"); got != http.StatusUnprocessableEntity {
			t.Errorf("a rating of a year that has not begun is answered with %d", got)
		}
		if got := open(last, "2027-12"); got != http.StatusOK {
			t.Errorf("a rating of the year that ends is answered with %d", got)
		}
		if got := open(last.Add(time.Millisecond), "2028-01"); got != http.StatusOK {
			t.Errorf("a rating of the year that has begun is answered with %d", got)
		}
		months, err := db.All[string](t.Context(), w.App.DB, `SELECT first_month FROM rating_round WHERE opened_at >= $1 ORDER BY opened_at`, last)
		if got := fmt.Sprint(months); err != nil || got != "[2027-01 2028-01]" {
			t.Errorf("the rounds are of %s, %v", got, err)
		}
	})
}

// ofTheDatabase are the ways in which SQL asks a database for its own clock.
var ofTheDatabase = regexp.MustCompile(`(?i)\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|getdate|julianday|strftime|unixepoch)\s*\(|\bcurrent_(date|time|timestamp)\b|\blocaltime`)

// TestTheDatabaseIsNotAskedForTheTime: the clock of a database server may be an hour off and stand in any
// zone, because no statement reads it.
func TestTheDatabaseIsNotAskedForTheTime(t *testing.T) {
	t.Parallel()
	for _, careless := range []string{`SELECT now()`, `INSERT INTO a VALUES (CURRENT_TIMESTAMP)`, `SELECT datetime('now'), strftime('%s')`} {
		if !ofTheDatabase.MatchString(careless) {
			t.Errorf("%s is not found", careless)
		}
	}
	var files []string
	for _, place := range []string{"../*/*store.go", "../kit/*/*store.go", "../kit/db/*.go", "../kit/db/migrations/*.sql"} {
		some, err := filepath.Glob(place)
		if err != nil || len(some) == 0 {
			t.Fatalf("%s: %d files, %v", place, len(some), err)
		}
		files = append(files, some...)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") || name == "../kit/db/ready.go" { // the doctor compares the two clocks
			continue
		}
		for _, sql := range regexp.MustCompile("(?s)`[^`]*`").FindAllString(string(b), -1) {
			if found := ofTheDatabase.FindString(sql); found != "" {
				t.Errorf("%s asks the database: %s", name, found)
			}
		}
		if found := ofTheDatabase.FindString(string(b)); strings.HasSuffix(name, ".sql") && found != "" {
			t.Errorf("%s asks the database: %s", name, found)
		}
	}
}
