package app_test

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/id"
)

var formKey = regexp.MustCompile(`name="press" value="([^"]+)"`)

// TestTheSamePressCountsOnce sends a form many times at once, as an impatient hand and a bad
// connection do: one thing is made and every press leads to it. Other words and another page
// are other presses, and what a script sends is not one.
func TestTheSamePressCountsOnce(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		secretary, home, owner := w.As("secretary"), homeOf(w), w.Person("member").Member
		fields := func(title string) []string {
			return []string{"organization", home, "title", title, "done_when", "Đủ 12 ngõ", "target", "12", "unit", "ngõ", "due", "2026-12-20", "owners", owner}
		}
		key := func() string { return formKey.FindStringSubmatch(secretary.Reads("/tasks/new"))[1] }
		first := key()
		answers := make([]worldtest.Answer, 8)
		var work sync.WaitGroup
		for n := range answers {
			work.Go(func() { answers[n] = secretary.Post("/tasks", append(fields("Treo cờ"), "press", first)...) })
		}
		work.Wait()
		for _, a := range answers {
			if a.Status != http.StatusSeeOther || a.Location() != answers[0].Location() || !strings.Contains(strings.Join(a.Header.Values("Set-Cookie"), ""), "flash=") {
				t.Errorf("a press is answered with %d %s, the first with %s", a.Status, a.Location(), answers[0].Location())
			}
		}
		secretary.Sends("/tasks", append(fields("Treo đèn"), "press", first)...)
		secretary.Sends("/tasks", append(fields("Treo cờ"), "press", key())...)
		secretary.Sends("/tasks", fields("Treo cờ")...)
		for title, want := range map[string]int{"Treo cờ": 3, "Treo đèn": 1} {
			n, err := db.One[int](t.Context(), w.App.DB, `SELECT count(*) FROM task WHERE title = $1`, title)
			if err != nil || n != want {
				t.Errorf("%s: %d tasks, want %d (%v)", title, n, want, err)
			}
		}
	})
}

// TestAPressThatFailedMayComeAgain: what was refused is not remembered as done, nor what was
// written when the rest broke.
func TestAPressThatFailedMayComeAgain(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		p := &db.Press{Name: id.New()}
		ctx := db.WithPress(t.Context(), p)
		broken := errors.New("broken")
		write := func(ctx context.Context, err error) error { return w.App.DB.Tx(ctx, func(*db.Tx) error { return err }) }
		if err := write(ctx, broken); !errors.Is(err, broken) || p.Kept() {
			t.Fatalf("kept %v, %v", p.Kept(), err)
		}
		if err := write(ctx, nil); err != nil || !p.Kept() {
			t.Fatalf("kept %v, %v", p.Kept(), err)
		}
		if err := write(ctx, nil); err != nil {
			t.Errorf("the second transaction of one press: %v", err)
		}
		if err := write(db.WithPress(t.Context(), &db.Press{Name: p.Name}), nil); !errors.Is(err, db.ErrPressed) {
			t.Errorf("the same press again: %v", err)
		}
	})
}

func homeOf(w *worldtest.World) string {
	home, _ := w.Person("secretary").Home()
	return home.Organization
}
