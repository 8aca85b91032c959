package notice_test

import (
	"context"
	"testing"
	"time"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
	"chibo/kit/job"
	"chibo/kit/post"
	"chibo/kit/post/posttest"
	"chibo/kit/when"
	"chibo/notice"
)

func TestPeace(t *testing.T) {
	t.Parallel()
	night := notice.Manner{QuietFrom: "21:00", QuietUntil: "07:00"}
	noon := notice.Manner{QuietFrom: "11:30", QuietUntil: "13:30"}
	never := notice.Manner{QuietFrom: "08:00", QuietUntil: "08:00"}
	for _, tt := range []struct {
		manner     notice.Manner
		now, until string // until is empty where there is no peace to keep
	}{
		{night, "2026-12-03T20:59", ""},
		{night, "2026-12-03T21:00", "2026-12-04T07:00"},
		{night, "2026-12-31T23:30", "2027-01-01T07:00"},
		{night, "2026-12-04T06:59", "2026-12-04T07:00"},
		{night, "2026-12-04T07:00", ""},
		{noon, "2026-12-04T11:29", ""},
		{noon, "2026-12-04T11:30", "2026-12-04T13:30"},
		{noon, "2026-12-04T13:30", ""},
		{never, "2026-12-04T08:00", ""},
		{never, "2026-12-04T23:00", ""},
	} {
		now, err := when.ParseInstant(tt.now)
		if err != nil {
			t.Fatal(err)
		}
		until, quiet := tt.manner.Peace(now)
		if until.String() != tt.until || quiet != (tt.until != "") {
			t.Errorf("%s in %s–%s: until %s, want %s", tt.now, tt.manner.QuietFrom, tt.manner.QuietUntil, until, tt.until)
		}
	}
}

// TestRemindOnceADay reminds somebody of two things on a day, and then somebody who
// wants no reminders.
func TestRemindOnceADay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		remind := func(at when.Instant) (told bool) {
			t.Helper()
			m := message()
			m.At = at
			write(t, d, func(tx *db.Tx) (err error) {
				told, err = notice.Remind(t.Context(), tx, m, hoa.Member)
				return err
			})
			return told
		}
		if !remind(now) || remind(now.Add(time.Hour)) || !remind(now.Add(24*time.Hour)) || unread(t, d, hoa) != 2 {
			t.Errorf("want one reminder a day, got %d in two days", unread(t, d, hoa))
		}
		bad := notice.Manner{Reminders: true, QuietFrom: "21h", QuietUntil: "07:00"}
		if err := s.SetManner(t.Context(), hoa, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("no clock time: %v", err)
		}
		off := notice.Manner{QuietFrom: "22:00", QuietUntil: "06:00"}
		if err := s.SetManner(t.Context(), hoa, off); err != nil {
			t.Fatal(err)
		}
		if remind(now.Add(72 * time.Hour)) {
			t.Error("reminded against the own word")
		}
		off.Root, off.Member = hoa.Root, hoa.Member
		if got, err := notice.MannerOf(t.Context(), d, hoa.Root, hoa.Member); got != off || err != nil {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// TestMailKeepsThePeace tells somebody at night: the mail goes in the morning.
func TestMailKeepsThePeace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, server := service(t, d), posttest.Catch(t)
		clock := when.On(2026, 12, 1).At(22, 30)
		mailer := &notice.Mailer{
			DB: d, Base: "https://chibo.example",
			Post:    post.Office{Server: server.Server, From: "chibo@songxanh.example", Now: func() time.Time { return clock.Time() }},
			Address: func(_ context.Context, _ db.Q, _, member string) (string, error) { return member + "@thu.example", nil },
		}
		queue := &job.Queue{DB: d, Now: mailer.Post.Now, Handlers: map[string]job.Handler{notice.MailJob: mailer.Send}}
		sent := func() int {
			t.Helper()
			if _, err := queue.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			return len(server.Take())
		}
		if err := s.WantMail(t.Context(), hoa, true); err != nil {
			t.Fatal(err)
		}
		tell(t, d, message(), hoa.Member)
		if n := sent(); n != 0 {
			t.Errorf("%d mails at night", n)
		}
		tell(t, d, message(), hoa.Member)
		clock = when.On(2026, 12, 2).At(7, 0)
		if n := sent(); n != 1 {
			t.Errorf("%d mails in the morning, want one", n)
		}
	})
}
