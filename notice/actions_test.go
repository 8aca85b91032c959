package notice_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
	"chibo/kit/job"
	"chibo/kit/post"
	"chibo/kit/post/posttest"
	"chibo/kit/when"
	"chibo/notice"
)

var (
	now  = when.Date{Year: 2026, Month: 12, Day: 1}.At(8, 0)
	hoa  = access.Person{Account: "a-hoa", Member: "hoa", Root: "r"}
	minh = access.Person{Account: "a-minh", Member: "minh", Root: "r"}
)

func service(t *testing.T, d *db.DB) *notice.Service {
	t.Helper()
	type organization struct{ RootID, ID, Path, Level, Name string }
	write(t, d, func(tx *db.Tx) error {
		return db.Insert(t.Context(), tx, "organization", organization{"r", "cell", "/r/cell/", "cell", "Chi bộ tổ 17"})
	})
	clock := func() when.Instant { return now }
	return &notice.Service{DB: d, Now: func() time.Time { return now.Time() }, Audit: audit.Log{Now: clock}}
}

func write(t *testing.T, d *db.DB, f func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Tx(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func tell(t *testing.T, d *db.DB, m notice.Message, members ...string) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error { return notice.Tell(t.Context(), tx, m, members...) })
}

func unread(t *testing.T, d *db.DB, who access.Person) int {
	t.Helper()
	n, err := notice.Unread(t.Context(), d, who)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTellAndOpen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := service(t, d), t.Context()
		tell(t, d, message(), "hoa", "minh", "hoa", "")
		later := message()
		later.At, later.Subject = 2000, ""
		tell(t, d, later, "hoa")
		if n, m := unread(t, d, hoa), unread(t, d, minh); n != 2 || m != 1 {
			t.Fatalf("unread %d and %d", n, m)
		}
		box, err := s.Inbox(ctx, hoa, now, 10)
		if err != nil || len(box) != 2 || box[0].ToldAt != 2000 || box[1].Args["Title"] != "Trồng cây" || box[1].Organization != "cell" {
			t.Fatalf("inbox %+v, %v", box, err)
		}
		if _, err := s.Open(ctx, minh, box[1].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else's notice: %v", err)
		}
		for range 2 { // the second press changes nothing
			if path, err := s.Open(ctx, hoa, box[1].ID); err != nil || path != "/tasks/1" {
				t.Fatalf("Open = %q, %v", path, err)
			}
		}
		if n := unread(t, d, hoa); n != 1 {
			t.Errorf("unread %d", n)
		}
		ticks, err := notice.Ticks(ctx, d, "r", "m12")
		if err != nil || len(ticks) != 1 || ticks[0] != (notice.Tick{Root: "r", Subject: "m12", Member: "hoa", Way: notice.App, By: "hoa", At: now}) {
			t.Errorf("ticks %+v, %v", ticks, err)
		}
	})
}

func TestReadAllTicksEverySubject(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		other := message()
		other.Subject = "m1"
		tell(t, d, message(), "hoa", "minh")
		tell(t, d, other, "hoa")
		if err := s.ReadAll(t.Context(), hoa); err != nil {
			t.Fatal(err)
		}
		if n, m := unread(t, d, hoa), unread(t, d, minh); n != 0 || m != 1 {
			t.Errorf("unread %d and %d", n, m)
		}
		for _, subject := range []string{"m12", "m1"} {
			if ticks, err := notice.Ticks(t.Context(), d, "r", subject); err != nil || len(ticks) != 1 || ticks[0].Member != "hoa" {
				t.Errorf("%s: %v, %v", subject, ticks, err)
			}
		}
	})
}

func TestTellFollowsItsFact(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		service(t, d)
		undone := fault.New(fault.Conflict, "x")
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			if err := notice.Tell(t.Context(), tx, message(), "hoa"); err != nil {
				return err
			}
			return undone
		})
		if err != undone || unread(t, d, hoa) != 0 {
			t.Errorf("%v, unread %d", err, unread(t, d, hoa))
		}
	})
}

func TestTicksByHand(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		tick := notice.Tick{Root: "r", Subject: "m12", Member: "minh", Way: notice.Phone, By: "hoa", At: 10}
		again := tick
		again.At = 20
		write(t, d, func(tx *db.Tx) error { return notice.PutTick(ctx, tx, tick) })
		write(t, d, func(tx *db.Tx) error { return notice.PutTick(ctx, tx, again) })
		if ticks, err := notice.Ticks(ctx, d, "r", "m12"); err != nil || len(ticks) != 1 || ticks[0] != tick {
			t.Errorf("the first tick must stay: %+v, %v", ticks, err)
		}
		write(t, d, func(tx *db.Tx) error { return notice.DropTick(ctx, tx, "r", "m12", "minh", notice.Phone) })
		if ticks, err := notice.Ticks(ctx, d, "r", "m12"); err != nil || len(ticks) != 0 {
			t.Errorf("not taken back: %+v, %v", ticks, err)
		}
		wrong := tick
		wrong.Way = "pigeon"
		err := d.Tx(ctx, func(tx *db.Tx) error { return notice.PutTick(ctx, tx, wrong) })
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("an unknown way: %v", err)
		}
	})
}

func TestMail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, server, ctx := service(t, d), posttest.Catch(t), t.Context()
		clock := now.Time()
		mailer := &notice.Mailer{
			DB: d, Base: "https://chibo.example",
			Post:    post.Office{Server: server.Server, From: "chibo@songxanh.example", Now: func() time.Time { return clock }},
			Address: func(_ context.Context, _ db.Q, _, member string) (string, error) { return member + "@thu.example", nil },
		}
		queue := &job.Queue{DB: d, Now: mailer.Post.Now, Handlers: map[string]job.Handler{notice.MailJob: mailer.Send}}
		run := func() []posttest.Letter {
			t.Helper()
			if _, err := queue.RunDue(ctx); err != nil {
				t.Fatal(err)
			}
			return server.Take()
		}

		tell(t, d, message(), "hoa", "minh")
		if got := run(); len(got) != 0 {
			t.Fatalf("nobody has asked for mail, %d were sent", len(got))
		}
		if err := s.WantMail(ctx, hoa, true); err != nil {
			t.Fatal(err)
		}
		if wants, err := s.WantsMail(ctx, hoa); err != nil || !wants {
			t.Errorf("WantsMail = %v, %v", wants, err)
		}

		tell(t, d, message(), "hoa", "minh")
		tell(t, d, message(), "hoa")
		server.SetBusy(true)
		if got := run(); len(got) != 0 {
			t.Fatal("a busy server took a letter")
		}
		server.SetBusy(false)
		clock = clock.Add(time.Minute)
		got := run()
		if len(got) != 1 {
			t.Fatalf("%d letters for three notices", len(got))
		}
		checkLetter(t, got[0])

		tell(t, d, message(), "hoa")
		if err := s.ReadAll(ctx, hoa); err != nil {
			t.Fatal(err)
		}
		if got := run(); len(got) != 0 {
			t.Error("a mail about what was read already")
		}
		if err := s.WantMail(ctx, hoa, false); err != nil {
			t.Fatal(err)
		}
		tell(t, d, message(), "hoa")
		if got := run(); len(got) != 0 {
			t.Error("a mail that is no longer wanted")
		}
	})
}

// checkLetter holds a letter to its promise: there is something, here is where,
// and not a word of what it is.
func checkLetter(t *testing.T, got posttest.Letter) {
	t.Helper()
	if !strings.Contains(got.To, "<hoa@thu.example>") || !strings.Contains(got.From, "<chibo@songxanh.example>") {
		t.Errorf("from %s to %s", got.From, got.To)
	}
	if got.Subject != "Đồng chí có thông báo mới" {
		t.Errorf("subject %q", got.Subject)
	}
	text := got.Text
	if !strings.Contains(text, "3 thông báo") || !strings.Contains(text, "https://chibo.example/inbox") {
		t.Errorf("text:\n%s", text)
	}
	for _, secret := range []string{"Trồng cây", "03/12/2026", "/tasks/1", "task."} {
		if strings.Contains(text, secret) {
			t.Errorf("the letter says %q", secret)
		}
	}
}

func TestFeedIsMadeAgainAndRevoked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := service(t, d), t.Context()
		if _, ok, err := s.FeedOf(ctx, hoa); err != nil || ok {
			t.Fatalf("a feed before one was made: %v", err)
		}
		first, err := s.NewFeed(ctx, hoa)
		if err != nil || len(first.Token) < 26 {
			t.Fatalf("%+v, %v", first, err)
		}
		second, err := s.NewFeed(ctx, hoa)
		if err != nil || second.Token == first.Token {
			t.Fatalf("%+v, %v", second, err)
		}
		if got, ok, err := s.FeedOf(ctx, hoa); err != nil || !ok || got != second {
			t.Errorf("FeedOf = %+v, %v, %v", got, ok, err)
		}
		if err := s.RevokeFeed(ctx, hoa); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := s.FeedOf(ctx, hoa); err != nil || ok {
			t.Errorf("revoked and still there: %v", err)
		}
		if _, err := s.NewFeed(ctx, access.Person{Account: "admin", Root: "r"}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("somebody on no roll: %v", err)
		}
	})
}
