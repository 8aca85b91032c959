package db_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
)

// command adds a row, and says with how many others it was done.
type command struct {
	head
	with int
	wild bool // it panics

	begun, held chan bool // the one is closed when it begins, it ends when the other is; may be nil
}

var errPanic = errors.New("a panic reached its caller")

func add(ctx context.Context, tx *db.Tx, all []*command) error {
	var rows []head
	for _, c := range all {
		if c.wild {
			panic("boom")
		}
		if c.held != nil {
			close(c.begun)
			<-c.held
		}
		c.with = len(all)
		rows = append(rows, c.head)
	}
	return db.InsertAll(ctx, tx, "audit_head", rows)
}

// together runs commands that come while another is being done, and returns the error
// of each.
func together(t *testing.T, d *db.DB, all []*command) []error {
	t.Helper()
	var b db.Batch[*command]
	first := &command{head: head{"first", 1, ""}, begun: make(chan bool), held: make(chan bool)}
	errs := make([]error, len(all))
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := b.Run(t.Context(), d, first, add); err != nil {
			t.Error(err)
		}
	})
	<-first.begun
	for n, c := range all {
		wg.Go(func() {
			defer func() {
				if recover() != nil {
					errs[n] = errPanic
				}
			}()
			errs[n] = b.Run(t.Context(), d, c, add)
		})
	}
	for b.Waiting() < len(all) {
		runtime.Gosched()
	}
	close(first.held)
	wg.Wait()
	return errs
}

func rows(n int) (all []*command) {
	for i := range n {
		all = append(all, &command{head: head{fmt.Sprint("row ", i), int64(i), "x"}})
	}
	return all
}

func kept(t *testing.T, d *db.DB) int {
	t.Helper()
	n, err := db.One[int](t.Context(), d, `SELECT count(*) FROM audit_head`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCommandsThatWaitAreDoneTogether(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		all := rows(100)
		for n, err := range together(t, d, all) {
			if err != nil || all[n].with != len(all) {
				t.Errorf("%d of %d together, %v", all[n].with, len(all), err)
			}
		}
		if n := kept(t, d); n != 101 {
			t.Errorf("%d rows", n)
		}
	})
}

// TestOneCommandsFailureIsItsOwn has one command break a key and one panic.
func TestOneCommandsFailureIsItsOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		all := rows(20)
		all[7].RootID, all[13].wild = "first", true
		for n, err := range together(t, d, all) {
			switch {
			case n == 7 && !db.IsUnique(err), n == 13 && !errors.Is(err, errPanic), n != 7 && n != 13 && err != nil:
				t.Errorf("command %d: %v", n, err)
			}
		}
		if n := kept(t, d); n != 19 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestWhoGivesUpIsNotDone(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var b db.Batch[*command]
	if err := b.Run(ctx, d, rows(1)[0], add); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if n := kept(t, d); n != 0 {
		t.Errorf("%d rows", n)
	}
}
