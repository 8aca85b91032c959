package db_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
)

// hand is a clock set by hand.
type hand struct{ at atomic.Int64 }

func (h *hand) time() time.Time         { return time.Unix(1_800_000_000, h.at.Load()) }
func (h *hand) forward(d time.Duration) { h.at.Add(int64(d)) }

// do runs statements in one transaction.
func do(t *testing.T, d *db.DB, statements ...string) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		for _, s := range statements {
			if _, err := db.Exec(t.Context(), tx, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWatchTellsOfItsTables(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		d.SetClock(new(hand).time)
		do(t, d)
		heads, hashes := d.Watch("audit_head"), d.Watch("audit", "audit_head SET hash")
		for _, c := range []struct {
			statement         string
			ofHeads, ofHashes bool
		}{
			{`INSERT INTO audit_head (root_id, seq, hash) VALUES ('a', 1, 'x')`, true, false},
			{"\n\t\tUPDATE audit_head SET seq = 2\n\t\tWHERE root_id = 'a'", true, false},
			{`UPDATE audit_head SET hash = 'y'`, true, true},
			{`INSERT INTO audit (root_id, seq, at, account_id, member_id, action, object_id, detail, hash) VALUES ('r', 1, 0, '', '', 'x', '', '', 'h')`, false, true},
			{`WITH one AS (SELECT 1) DELETE FROM audit_head`, true, true},
			{`DELETE FROM audit_head`, true, false},
			{`SELECT hash FROM audit_head`, false, false},
		} {
			h, s := heads.Number(), hashes.Number()
			err := d.Tx(t.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(t.Context(), tx, c.statement)
				if heads.Number() != h || hashes.Number() != s {
					t.Errorf("%s: told before it was durable", c.statement)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := heads.Number() != h; got != c.ofHeads {
				t.Errorf("%s: told of heads %v", c.statement, got)
			}
			if got := hashes.Number() != s; got != c.ofHashes {
				t.Errorf("%s: told of hashes %v", c.statement, got)
			}
		}
	})
}

func TestWatchSaysNothingOfWhatIsRolledBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		d.SetClock(new(hand).time)
		do(t, d)
		w := d.Watch("audit_head")
		before, boom := w.Number(), errors.New("boom")
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `INSERT INTO audit_head (root_id, seq, hash) VALUES ('a', 1, 'x')`)
			return errors.Join(err, boom)
		})
		if !errors.Is(err, boom) || w.Number() != before {
			t.Errorf("%v; told %v", err, w.Number() != before)
		}
	})
}

// TestWatchTellsOfOtherPrograms has two programs on one database: what one writes is
// known to the other within two seconds.
func TestWatchTellsOfOtherPrograms(t *testing.T) {
	t.Parallel()
	for name, where := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			place := where(t)
			here, clock := dbtest.Open(t, place), new(hand)
			here.SetClock(clock.time)
			there, err := db.Open(context.Background(), place)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = there.Close() }()
			do(t, here) // looks for the first time
			w := here.Watch("audit_head")
			before := w.Number()
			if again := w.Number(); again != before {
				t.Fatalf("%d, then %d, and nobody wrote", before, again)
			}
			do(t, there, `INSERT INTO audit_head (root_id, seq, hash) VALUES ('a', 1, 'x')`)
			clock.forward(2*time.Second + 1)
			if w.Number() == before {
				t.Error("after two seconds what another program wrote is not known")
			}
		})
	}
}

// TestWatchTrustsWhatNobodyChanged is of SQLite alone: as long as this program writes,
// it knows that no other does.
func TestWatchTrustsWhatNobodyChanged(t *testing.T) {
	t.Parallel()
	place, clock := dbtest.SQLite(t), new(hand)
	here, there := dbtest.Open(t, place), dbtest.Open(t, place)
	here.SetClock(clock.time)
	do(t, here)
	w := here.Watch("audit_head")
	before := w.Number()
	for range 10 {
		clock.forward(time.Second)
		do(t, here, `DELETE FROM audit WHERE root_id = 'nobody'`)
		if w.Number() != before {
			t.Fatal("forgotten for no reason")
		}
	}
	clock.forward(time.Hour)
	if w.Number() != before {
		t.Fatal("forgotten after a quiet hour")
	}
	do(t, there, `INSERT INTO audit_head (root_id, seq, hash) VALUES ('a', 1, 'x')`)
	clock.forward(time.Second)
	do(t, here)
	if w.Number() == before {
		t.Error("the writer did not see what another program wrote")
	}
}
