package app_test

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"modernc.org/sqlite"

	"chibo/app"
	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/locale"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/minutes"
	"chibo/proceedings"
	"chibo/rating"
)

// breaking makes a statement of the test's own database fail; triggers of the test ask it
// before each row that is written. Rows of one table that are written one after the other in
// one way are one statement.
var breaking struct {
	at, seen int    // the statement that fails, 0 for none; those that were seen
	last     string // what wrote the row before
}

// SQLite learns a function when a connection is opened: before any test opens one.
func init() {
	sqlite.MustRegisterScalarFunction("breaks_here", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if breaking.at == 0 {
			return nil, nil
		}
		if place, _ := args[0].(string); place != breaking.last {
			breaking.seen, breaking.last = breaking.seen+1, place
		}
		if breaking.seen == breaking.at {
			return nil, errors.New(brokenHere)
		}
		return nil, nil
	})
}

// brokenHere is what the driver says of a statement that was made to fail.
const brokenHere = "the disk has gone away"

// deed is something that people do by one press.
type deed struct {
	name string
	do   func() error
	// apart are tables that are written in a transaction of their own, before the deed itself:
	// once, for every other try finds there what the first has left.
	apart []string
}

// TestADeedIsDoneWholeOrNot does big deeds, and lets the first statement of each fail, then the
// second, and so on: each time the database is what it was before, and when nothing fails any
// more the same press does the deed.
func TestADeedIsDoneWholeOrNot(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	b := broken{t, w, w.Person("secretary")}
	deeds := []deed{b.notice(), b.seal(), b.vote(), b.roll(), b.rating()}
	b.guard()
	for _, d := range deeds {
		b.try(d)
	}
	if err := w.App.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

type broken struct {
	*testing.T

	w   *worldtest.World
	who access.Person
}

// guard has every table ask before a row is written.
func (b broken) guard() {
	b.Helper()
	tables, err := db.All[string](b.Context(), b.w.App.DB, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		b.Fatal(err)
	}
	err = b.w.App.DB.Tx(b.Context(), func(tx *db.Tx) error {
		for _, table := range tables {
			for _, event := range []string{"INSERT", "UPDATE", "DELETE"} {
				trigger := fmt.Sprintf(`CREATE TRIGGER %[1]s_breaks_%[2]s BEFORE %[2]s ON %[1]s BEGIN SELECT breaks_here('%[1]s %[2]s'); END`, table, event)
				if _, err := tx.ExecContext(b.Context(), trigger); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// try does a deed until nothing fails any more.
func (b broken) try(d deed) {
	b.Helper()
	defer func() { breaking.at = 0 }()
	before := rowsOf(b.T, b.w.App)
	for n := 1; ; n++ {
		breaking.at, breaking.seen, breaking.last = n, 0, ""
		err := d.do()
		if err == nil && breaking.seen < n {
			b.Logf("%s: %d statements", d.name, n-1)
			if after := rowsOf(b.T, b.w.App); n < 4 || len(changed(before, after)) < 2 {
				b.Errorf("%s: done in %d statements, which have changed %v: that is no big deed", d.name, n-1, changed(before, after))
			}
			return
		}
		if err == nil || !strings.Contains(err.Error(), brokenHere) {
			b.Fatalf("%s: statement %d (%s) has failed, and the deed says %v", d.name, n, breaking.last, err)
		}
		after := rowsOf(b.T, b.w.App)
		left := changed(before, after)
		if len(left) > 0 && !slices.ContainsFunc(left, func(table string) bool { return !slices.Contains(d.apart, table) }) {
			left, before, d.apart = nil, after, nil
		}
		if len(left) > 0 {
			b.Fatalf("%s: statement %d (%s) has failed, and %v are not what they were", d.name, n, breaking.last, left)
		}
	}
}

// rowsOf returns a line for each table, as content does, of all tables.
func rowsOf(t *testing.T, a *app.App) []string {
	t.Helper()
	return contentOf(t, a, allTables(t, a))
}

// notice gives notice of the draft.
func (b broken) notice() deed {
	b.Helper()
	at, meetings := b.w.Meeting(meeting.Draft), b.w.App.Meetings
	return deed{name: "notice of a meeting", do: func() error { return meetings.Notify(b.Context(), b.who, at, "Báo muộn vì lịch thay đổi.") }}
}

// seal seals the minutes of the closed meeting, once both have signed.
func (b broken) seal() deed {
	b.Helper()
	at := b.w.Meeting(meeting.Closed)
	s, err := b.w.App.Rooms.StateOf(b.Context(), b.w.App.DB, b.who.Root, at)
	if err != nil {
		b.Fatal(err)
	}
	for part, member := range map[minutes.Part]string{minutes.Chair: s.Setup.Chair, minutes.MinuteTaker: s.Setup.MinuteTaker} {
		for _, a := range b.w.Accounts {
			if a.Member != member {
				continue
			}
			if err := b.w.App.Minutes.Sign(b.Context(), b.who, at, minutes.Signing{Part: part, Secret: a.Password}); err != nil {
				b.Fatal(err)
			}
		}
	}
	return deed{
		name: "seal of minutes", do: func() error { return b.w.App.Minutes.Seal(b.Context(), b.who, at, minutes.Sealing{}) },
		apart: []string{"document_number", "document_register", "minutes_number"},
	}
}

// vote closes a vote by phone in the open meeting: its ballots are counted, its box is emptied.
func (b broken) vote() deed {
	b.Helper()
	k := newClocked(b.T, b.w)
	for _, v := range []string{"secretary", "deputy", "member"} {
		k.act(proceedings.KindAttendance, proceedings.AttendanceBody{Member: b.w.Account(v).Member, Status: proceedings.Present})
	}
	vote := k.act(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Thông qua?", Method: proceedings.Phone})
	for _, v := range []string{"secretary", "deputy", "member"} {
		b.w.As(v).Sends("/ballots/"+vote, "choice", "001")
	}
	body, err := json.Marshal(proceedings.VoteCloseBody{Vote: vote})
	if err != nil {
		b.Fatal(err)
	}
	act := proceedings.Act{ID: id.New(), Kind: proceedings.KindVoteClose, At: worldtest.Now, Body: body}
	return deed{name: "close of a vote", do: func() error {
		answers, err := b.w.App.Rooms.Append(b.Context(), b.who, k.at, []proceedings.Act{act})
		if err != nil {
			return err
		}
		return answers[0].Err
	}}
}

// roll takes a sheet of people in.
func (b broken) roll() deed {
	b.Helper()
	home, _ := b.who.Home()
	sheet := "Họ và tên;Ngày sinh;Ngày vào Đảng;Ngày chính thức\n" +
		"Cao Thị Ngân;02/05/1980;03/02/2010;03/02/2011\nĐỗ Văn Thành;07/09/1975;19/05/2001;19/05/2002\nPhan Văn Tư;01/01/1990;02/09/2026;\n"
	members := b.w.App.Members
	upload, err := members.Upload(b.Context(), b.who, home.Organization, "chi-bo.csv", []byte(sheet))
	if err != nil {
		b.Fatal(err)
	}
	seen, err := members.Preview(b.Context(), b.who, upload, "")
	if err != nil {
		b.Fatal(err)
	}
	return deed{name: "import of a roll", do: func() error {
		_, err := members.Confirm(b.Context(), b.who, upload, "", seen.Plan.Digest(), locale.Vietnamese)
		return err
	}}
}

// rating opens the rating of a year: a line for everybody on the roll, and a notice to each.
func (b broken) rating() deed {
	b.Helper()
	home, _ := b.who.Home()
	day := worldtest.Now.Date()
	return deed{name: "opening of a rating", do: func() error {
		f := rating.Opening{Organization: home.Organization, Span: rating.Yearly, Month: when.On(2026, 5, 1).In(), SelfBy: day, ReviewOn: day}
		_, err := b.w.App.Ratings.Open(context.WithoutCancel(b.Context()), b.who, f)
		return err
	}}
}
