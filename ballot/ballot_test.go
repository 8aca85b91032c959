package ballot_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/ballot"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
)

// refusedWith fails unless err is the refusal of that key.
func refusedWith(t *testing.T, err error, key string) {
	t.Helper()
	if err == nil || fault.Of(err).Key != key {
		t.Errorf("refused with %v, want %s", err, key)
	}
}

func TestPollIsCounted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		for name, secret := range map[string]bool{"open": false, "secret": true} {
			p := h.open(t, h.yesNo(secret, people(9)...))
			for i, m := range p.Entitled[:7] {
				choice := []string{"aye"}
				switch {
				case i == 6:
					choice = nil
				case i > 3:
					choice = []string{"nay"}
				}
				if err := h.cast(m, p, choice...); err != nil {
					t.Fatal(err)
				}
			}
			if n, of, err := h.Voted(t.Context(), d, p.Root, p.ID); n != 7 || of != 9 || err != nil {
				t.Errorf("%s: %d of %d have voted, %v", name, n, of, err)
			}
			want := ballot.Tally{Entitled: 9, Cast: 7, Invalid: 1, Votes: map[string]int{"aye": 4, "nay": 2}}
			for range 2 { // closing again gives the same
				got, err := h.close(p)
				if diff := cmp.Diff(want, got); diff != "" || err != nil {
					t.Errorf("%s: %v\n%s", name, err, diff)
				}
			}
			refusedWith(t, h.cast(p.Entitled[8], p, "aye"), "ballot.refused.closed")
			if err := h.cast(p.Entitled[0], p, "aye"); err != nil {
				t.Errorf("%s: the same ballot once more after the end: %v", name, err)
			}
		}
		if keys, _ := filepath.Glob(filepath.Join(h.vault, "*.key")); len(keys) != 0 {
			t.Errorf("keys are left: %v", keys)
		}
	})
}

// TestScreensAreTold counts how often a screen is told to read again: when the poll
// opens, for each ballot that is new, when it ends.
func TestScreensAreTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		var told []string
		h.Changed = func(root, meeting string) { told = append(told, root+" "+meeting) }
		p := h.open(t, h.yesNo(false, people(3)...))
		for _, m := range []string{"m000", "m001", "m001"} {
			if err := h.cast(m, p, "aye"); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if _, err := h.close(p); err != nil {
				t.Fatal(err)
			}
		}
		if want := slices.Repeat([]string{h.root + " evening"}, 4); !slices.Equal(told, want) {
			t.Errorf("told %q", told)
		}
	})
}

func TestWhoMayCastAndWhat(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, other := newHall(t, d), newHall(t, d)
		p := h.open(t, h.yesNo(false, people(5)...))
		sealed := h.open(t, h.yesNo(true, people(5)...))
		for _, q := range []ballot.Poll{p, sealed} {
			refusedWith(t, h.cast("guest", q, "aye"), "fault.not_found")
			refusedWith(t, h.Cast(t.Context(), access.Person{Root: h.root}, q.ID, nil), "fault.not_found")
			refusedWith(t, other.cast("m000", q, "aye"), "fault.not_found")
			refusedWith(t, h.cast("m000", q, "aye", "nay"), "ballot.refused.too_many")
			refusedWith(t, h.cast("m000", q, "maybe"), "ballot.refused.unknown")
			if err := h.cast("m000", q, "aye", "aye"); err != nil {
				t.Error(err)
			}
			if err := h.cast("m000", q, "aye"); err != nil {
				t.Errorf("the same again: %v", err)
			}
		}
		refusedWith(t, h.cast("m000", p, "nay"), "ballot.refused.voted")
		if err := h.cast("m000", sealed, "nay"); err != nil {
			t.Errorf("a secret ballot again: %v", err)
		}
		if tally, err := h.close(p); err != nil || tally.Votes["aye"] != 1 || tally.Cast != 1 {
			t.Errorf("%+v, %v", tally, err)
		}
		got, err := h.Named(t.Context(), d, h.root, p.ID)
		if diff := cmp.Diff(map[string][]string{"m000": {"aye"}}, got); diff != "" || err != nil {
			t.Errorf("%v\n%s", err, diff)
		}
		if got, err := h.Named(t.Context(), d, h.root, sealed.ID); len(got) != 0 || err != nil {
			t.Errorf("names of a secret poll: %v, %v", got, err)
		}
	})
}

func TestPollsThatAreNotHeld(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	h := newHall(t, d)
	strict := newHall(t, d)
	strict.settle(t, false, false)
	for _, c := range []struct {
		name   string
		hall   hall
		change func(p *ballot.Poll)
		want   string
	}{
		{"four voters in secret", h, func(p *ballot.Poll) { p.Entitled = people(4) }, "ballot.refused.few"},
		{"nobody", h, func(p *ballot.Poll) { p.Entitled = nil }, "ballot.refused.nobody"},
		{"somebody twice", h, func(p *ballot.Poll) { p.Entitled = append(people(5), "m000") }, "ballot.refused.poll"},
		{"one option", h, func(p *ballot.Poll) { p.Options = p.Options[:1] }, "ballot.refused.poll"},
		{"an option twice", h, func(p *ballot.Poll) { p.Options = append(p.Options[:1:1], p.Options[0]) }, "ballot.refused.poll"},
		{"an option without words", h, func(p *ballot.Poll) { p.Options = append(p.Options[:1:1], ballot.Option{ID: "x"}) }, "ballot.refused.poll"},
		{"no question", h, func(p *ballot.Poll) { p.Question = " " }, "ballot.refused.poll"},
		{"more choices than options", h, func(p *ballot.Poll) { p.Choose = 3 }, "ballot.refused.poll"},
		{"a cell that has allowed nothing", strict, func(*ballot.Poll) {}, "ballot.refused.not_allowed"},
	} {
		p := c.hall.yesNo(true, people(6)...)
		c.change(&p)
		err := c.hall.try(func(ctx context.Context, tx *db.Tx) error { return c.hall.Open(ctx, tx, p) })
		if err == nil || fault.Of(err).Key != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if keys, _ := filepath.Glob(filepath.Join(h.vault, "*.key")); len(keys) != 0 {
		t.Errorf("keys of polls that were refused: %v", keys)
	}
	strict.open(t, strict.yesNo(false, people(2)...)) // an open poll needs no rule
}

func TestFewBallotsAreNotCounted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		p := h.open(t, h.yesNo(true, people(6)...))
		for _, m := range p.Entitled[:4] {
			if err := h.cast(m, p, "aye"); err != nil {
				t.Fatal(err)
			}
		}
		h.settle(t, true, true) // while the poll runs it is too late
		_, err := h.close(p)
		refusedWith(t, err, "ballot.refused.few_cast")
		shown := h.open(t, h.yesNo(true, people(6)...))
		if err := h.cast("m000", shown, "aye"); err != nil {
			t.Fatal(err)
		}
		if tally, err := h.close(shown); err != nil || tally.Votes["aye"] != 1 {
			t.Errorf("where the cell wants it: %+v, %v", tally, err)
		}
		h.settle(t, true, false)
		empty := h.open(t, h.yesNo(true, people(6)...))
		if tally, err := h.close(empty); err != nil || tally.Cast != 0 {
			t.Errorf("nobody has voted: %+v, %v", tally, err)
		}
	})
}

func TestLostKeyIsSaid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		for name, harm := range map[string]func(file string) error{
			"gone":  os.Remove,
			"short": func(file string) error { return os.Truncate(file, 7) },
		} {
			p := h.open(t, h.yesNo(true, people(6)...))
			for _, m := range p.Entitled[:5] {
				if err := h.cast(m, p, "nay"); err != nil {
					t.Fatal(err)
				}
			}
			if err := harm(filepath.Join(h.vault, p.Root+"."+p.ID+".key")); err != nil {
				t.Fatal(err)
			}
			_, err := h.close(p)
			refusedWith(t, err, "ballot.refused.lost")
			refusedWith(t, h.cast(p.Entitled[5], p, "nay"), "ballot.refused.lost")
			if n, _, err := h.Voted(t.Context(), d, p.Root, p.ID); n != 5 || err != nil {
				t.Errorf("%s: a ballot that was refused has left a mark: %d, %v", name, n, err)
			}
			h.tx(t, func(ctx context.Context, tx *db.Tx) error { return h.Withdraw(ctx, tx, p.Root, p.ID) })
			_, err = h.close(p)
			refusedWith(t, err, "ballot.refused.withdrawn")
		}
	})
}

func TestBallotsThatDoNotFitAreNotCounted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		for _, c := range []struct{ name, sql, want string }{
			{"one was taken out", `DELETE FROM ballot_sealed WHERE poll_id = $1 AND sealed = (SELECT MIN(sealed) FROM ballot_sealed WHERE poll_id = $1)`, "ballot.refused.misfit"},
			{"one was put in", `INSERT INTO ballot_sealed SELECT root_id, poll_id, 'x' || SUBSTR(sealed, 2) FROM ballot_sealed WHERE poll_id = $1 AND sealed = (SELECT MIN(sealed) FROM ballot_sealed WHERE poll_id = $1)`, ""},
			{"one was changed", `UPDATE ballot_sealed SET sealed = SUBSTR(sealed, 1, 30) || CASE WHEN SUBSTR(sealed, 31, 1) = 'A' THEN 'B' ELSE 'A' END || SUBSTR(sealed, 32) WHERE poll_id = $1`, "ballot.refused.forged"},
		} {
			p := h.open(t, h.yesNo(true, people(6)...))
			for _, m := range p.Entitled {
				if err := h.cast(m, p, "nay"); err != nil {
					t.Fatal(err)
				}
			}
			h.tx(t, func(ctx context.Context, tx *db.Tx) error { _, err := db.Exec(ctx, tx, c.sql, p.ID); return err })
			if _, err := h.close(p); err == nil || c.want != "" && fault.Of(err).Key != c.want {
				t.Errorf("%s: %v, want %s", c.name, err, c.want)
			}
		}
	})
}

// TestManyAtOnceAreOne sends the ballot of one person 200 times, by two services as
// two programs on one database would.
func TestManyAtOnceAreOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		second := serviceOn(t, d, h.vault)
		h.settle(t, true, true)
		for _, secret := range []bool{false, true} {
			p := h.open(t, h.yesNo(secret, people(5)...))
			var wg sync.WaitGroup
			for i := range 200 {
				s := h.Service
				if i%2 == 1 {
					s = second
				}
				wg.Go(func() {
					if err := s.Cast(t.Context(), h.person("m003"), p.ID, []string{"aye"}); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if tally, err := h.close(p); err != nil || tally.Cast != 1 || tally.Votes["aye"] != 1 {
				t.Errorf("secret %v: %+v, %v", secret, tally, err)
			}
		}
	})
}

// TestBallotsRaceTheEnd casts while the poll closes: what was acknowledged is
// counted, what was refused is not.
func TestBallotsRaceTheEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		h.settle(t, true, true)
		for round := range 10 {
			p := h.open(t, h.yesNo(round%2 == 0, people(60)...))
			var wg sync.WaitGroup
			var mu sync.Mutex
			var tally ballot.Tally
			taken := 0
			for i, m := range p.Entitled {
				wg.Go(func() {
					if i == 30 {
						var err error
						if tally, err = h.close(p); err != nil {
							t.Error(err)
						}
						return
					}
					switch err := h.cast(m, p, "nay"); {
					case err == nil:
						mu.Lock()
						taken++
						mu.Unlock()
					case fault.Of(err).Key != "ballot.refused.closed":
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if tally.Cast != taken || tally.Votes["nay"] != taken {
				t.Errorf("%d ballots were acknowledged, %+v were counted", taken, tally)
			}
		}
	})
}

func TestOpenFor(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		first := h.open(t, h.yesNo(false, people(5)...))
		second := h.open(t, h.yesNo(false, people(2)...))
		if err := h.cast("m001", first, "aye"); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			meeting, member string
			want            []string
			voted           bool
		}{
			{"evening", "m001", []string{first.ID, second.ID}, true},
			{"", "m001", []string{first.ID, second.ID}, true},
			{"evening", "m004", []string{first.ID}, false},
			{"another", "m001", nil, false},
			{"evening", "", nil, false},
		} {
			polls, err := h.OpenFor(t.Context(), d, h.root, c.meeting, c.member)
			var got []string
			for _, p := range polls {
				got = append(got, p.ID)
			}
			if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
				t.Errorf("%q %q: %v\n%s", c.meeting, c.member, err, diff)
			}
			if len(polls) > 0 && polls[0].Voted != c.voted {
				t.Errorf("%q has voted: %v", c.member, polls[0].Voted)
			}
		}
		if _, err := h.close(first); err != nil {
			t.Fatal(err)
		}
		if polls, err := h.OpenFor(t.Context(), d, h.root, "evening", "m004"); len(polls) != 0 || err != nil {
			t.Errorf("after the end: %v, %v", polls, err)
		}
	})
}
