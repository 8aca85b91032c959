package db_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
)

// head is a row of the audit_head table, which these tests borrow.
type head struct {
	RootID string
	Seq    int64
	Hash   string
}

const readHead = `SELECT root_id, seq, hash FROM audit_head WHERE root_id = $1`

func TestTx(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		told := false
		err := d.Tx(ctx, func(tx *db.Tx) error {
			tx.AfterCommit(func() { told = true })
			return db.Insert(ctx, tx, "audit_head", head{"a", 1, "x"})
		})
		if err != nil || !told {
			t.Fatalf("Tx = %v, told %v", err, told)
		}
		got, err := db.One[head](ctx, d, readHead, "a")
		if err != nil || got != (head{"a", 1, "x"}) {
			t.Errorf("One = %v, %v", got, err)
		}
		if _, err := db.One[head](ctx, d, readHead, "b"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a missing row: %v", err)
		}
	})
}

// TestInsertAll adds as many rows as there are ways to cut them into statements, and finds each as it
// was given.
func TestInsertAll(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, n := range []int{0, 1, 2, 63, 64, 65, 127, 128, 129, 600} {
			want := []head{}
			for i := range n {
				want = append(want, head{fmt.Sprintf("%d-%04d", n, i), int64(i), strings.Repeat("đ'\"$1?", i%3)})
			}
			rows, err := db.RowsOf("audit_head", want)
			if err == nil {
				err = d.Tx(t.Context(), func(tx *db.Tx) error { return rows.Insert(t.Context(), tx) })
			}
			if err != nil {
				t.Fatal(err)
			}
			got, err := db.All[head](t.Context(), d, `SELECT root_id, seq, hash FROM audit_head WHERE root_id LIKE $1 ORDER BY root_id`, fmt.Sprintf("%d-%%", n))
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || err != nil {
				t.Errorf("%d rows, %v (-given +stored):\n%s", n, err, diff)
			}
		}
		boom := d.Tx(t.Context(), func(tx *db.Tx) error {
			all := make([]head, 130)
			for i := range all {
				all[i] = head{"twice", int64(i), ""}
			}
			return db.InsertAll(t.Context(), tx, "audit_head", all)
		})
		left, err := db.One[int](t.Context(), d, `SELECT count(*) FROM audit_head WHERE root_id = 'twice'`)
		if !db.IsUnique(boom) || left != 0 || err != nil {
			t.Errorf("a row twice: %v, %d are left, %v", boom, left, err)
		}
	})
}

// TestRowsThatShare adds rows whose statements take what is the same in all of them once, and refuses those
// that differ there: nothing may be stored otherwise than it was given.
func TestRowsThatShare(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, n := range []int{1, 2, 65, 600} {
			var want []head
			for i := range n {
				want = append(want, head{fmt.Sprintf("%d-%04d", n, i), int64(n), fmt.Sprint("same", n)})
			}
			rows, err := db.RowsOf("audit_head", want, "hash", "seq")
			if err == nil {
				err = d.Tx(t.Context(), func(tx *db.Tx) error { return rows.Insert(t.Context(), tx) })
			}
			if err != nil {
				t.Fatal(err)
			}
			got, err := db.All[head](t.Context(), d, `SELECT root_id, seq, hash FROM audit_head WHERE root_id LIKE $1 ORDER BY root_id`, fmt.Sprintf("%d-%%", n))
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%d rows, %v (-given +stored):\n%s", n, err, diff)
			}
			want[n/2].Hash = "other"
			if _, err := db.RowsOf("audit_head", want, "hash"); err == nil && n > 1 {
				t.Errorf("%d rows that differ are taken for the same", n)
			}
		}
	})
}

func TestTxRollsBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		boom := errors.New("boom")
		told := false
		err := d.Tx(ctx, func(tx *db.Tx) error {
			tx.AfterCommit(func() { told = true })
			if err := db.Insert(ctx, tx, "audit_head", head{"a", 1, "x"}); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) || told {
			t.Fatalf("Tx = %v, told %v", err, told)
		}
		if rows, err := db.All[head](ctx, d, `SELECT root_id, seq, hash FROM audit_head`); err != nil || len(rows) != 0 {
			t.Errorf("left behind: %v, %v", rows, err)
		}
	})
}

func TestUniqueKeyRefusesOneOfManyAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		var wg sync.WaitGroup
		var mu sync.Mutex
		won, refused := 0, 0
		for i := range 40 {
			wg.Go(func() {
				err := d.Tx(ctx, func(tx *db.Tx) error {
					return db.Insert(ctx, tx, "audit_head", head{"a", int64(i), "x"})
				})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					won++
				case db.IsUnique(err):
					refused++
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won != 1 || refused != 39 {
			t.Errorf("%d won, %d refused", won, refused)
		}
	})
}

func TestPanicInTxReachesItsCallerAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			_ = d.Tx(ctx, func(*db.Tx) error { panic("boom") })
		}()
		err := d.Tx(ctx, func(tx *db.Tx) error { return db.Insert(ctx, tx, "audit_head", head{"a", 1, "x"}) })
		if err != nil {
			t.Errorf("after a panic: %v", err)
		}
	})
}

func TestAuditRowsNeverChange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		insert := `INSERT INTO audit (root_id, seq, at, account_id, member_id, action, object_id, detail, hash) VALUES ('r', 1, 0, '', '', 'x', '', '', 'h')`
		exec := func(s string) error {
			return d.Tx(ctx, func(tx *db.Tx) error { _, err := db.Exec(ctx, tx, s); return err })
		}
		if err := exec(insert); err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{`UPDATE audit SET action = 'y'`, `DELETE FROM audit`} {
			if exec(s) == nil {
				t.Errorf("allowed: %s", s)
			}
		}
	})
}

func TestWritesOutsideTxAreRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if _, err := db.Exec(t.Context(), d, `DELETE FROM audit_head`); err == nil {
			t.Error("a write outside a transaction went through")
		}
	})
}

func BenchmarkTx(b *testing.B) {
	for name, where := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := dbtest.Open(b, where(b))
			var n int
			var mu sync.Mutex
			b.SetParallelism(32)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					mu.Lock()
					n++
					id := fmt.Sprint(n)
					mu.Unlock()
					err := d.Tx(context.Background(), func(tx *db.Tx) error {
						return db.Insert(context.Background(), tx, "audit_head", head{id, 1, "x"})
					})
					if err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// TestMoreStatementsThanAreKept runs more texts of SQL than the program keeps
// prepared, inside transactions and outside, many at once.
func TestMoreStatementsThanAreKept(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	var wg sync.WaitGroup
	for part := range 4 {
		wg.Go(func() {
			for n := range 400 {
				want := part*400 + n
				query := fmt.Sprintf(`SELECT %d + 0 * $1`, want)
				if got, err := db.One[int](t.Context(), d, query, 1); err != nil || got != want {
					t.Errorf("outside: %d, %v", got, err)
				}
				err := d.Tx(t.Context(), func(tx *db.Tx) error {
					got, err := db.One[int](t.Context(), tx, query, 1)
					if err == nil && got != want {
						t.Errorf("inside: %d, want %d", got, want)
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// TestTooManyAtOnceAreTurnedAway holds the writer and lets more people wait than may:
// those beyond the bound are refused at once, all others are served.
func TestTooManyAtOnceAreTurnedAway(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	const people, most = 9000, 8192
	begun, release := make(chan bool), make(chan bool)
	results := make(chan error, people)
	go func() {
		results <- d.Tx(t.Context(), func(*db.Tx) error { close(begun); <-release; return nil })
	}()
	<-begun
	for n := range people - 1 {
		go func() {
			results <- d.Tx(t.Context(), func(tx *db.Tx) error {
				return db.Insert(t.Context(), tx, "audit_head", head{fmt.Sprint(n), 1, "x"})
			})
		}()
	}
	for range people - most {
		if err := <-results; !fault.Is(err, fault.Busy) {
			t.Fatalf("turned away with %v", err)
		}
	}
	if !d.Busy() {
		t.Error("not busy with as many as may wait")
	}
	close(release)
	for range most {
		if err := <-results; err != nil {
			t.Fatal(err)
		}
	}
	if rows, err := db.One[int](t.Context(), d, `SELECT count(*) FROM audit_head`); err != nil || rows != most-1 || d.Busy() {
		t.Errorf("%d rows, %v, busy %v", rows, err, d.Busy())
	}
}

// TestATornGroup: where SQLite ends the transaction of a group by itself, as it does when the disk is
// full, whoever did nothing wrong is served all the same, and nobody is told what is not so.
func TestATornGroup(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	begun, release := make(chan bool), make(chan bool)
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := d.Tx(t.Context(), func(*db.Tx) error { close(begun); <-release; return nil }); err != nil {
			t.Error(err)
		}
	})
	<-begun
	full := errors.New("the disk is full")
	const people, unlucky = 12, 3
	answers := make([]error, people)
	for n := range people {
		wg.Go(func() {
			answers[n] = d.Tx(t.Context(), func(tx *db.Tx) error {
				if err := db.Insert(t.Context(), tx, "audit_head", head{fmt.Sprint(n), 1, "x"}); err != nil || n >= unlucky {
					return err
				}
				_, err := db.Exec(t.Context(), tx, `ROLLBACK`)
				return errors.Join(full, err)
			})
		})
	}
	for d.Waiting() < people+1 {
		runtime.Gosched()
	}
	close(release)
	wg.Wait()
	kept, err := db.All[string](t.Context(), d, `SELECT root_id FROM audit_head`)
	if err != nil {
		t.Fatal(err)
	}
	for n, err := range answers {
		if there := slices.Contains(kept, fmt.Sprint(n)); there != (n >= unlucky) || there != (err == nil) || !there && !errors.Is(err, full) {
			t.Errorf("%d: kept %v, answered %v", n, there, err)
		}
	}
	if err := d.Tx(t.Context(), func(tx *db.Tx) error { return db.Insert(t.Context(), tx, "audit_head", head{"after", 1, "x"}) }); err != nil {
		t.Error("afterwards:", err)
	}
}

// TestAfterTheEndAllIsInOneFile: whoever stops the program may copy its database.
func TestAfterTheEndAllIsInOneFile(t *testing.T) {
	t.Parallel()
	path := dbtest.SQLite(t)
	d, err := db.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	err = d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `CREATE TABLE note (text TEXT NOT NULL)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := db.One[int](t.Context(), d, `SELECT COUNT(*) FROM note`); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if there, err := os.ReadDir(filepath.Dir(path)); len(there) != 1 || err != nil {
		t.Errorf("beside the database: %v, %v", there, err)
	}
}

// TestProgramsThatStartTogether: each of several programs that find an empty database finds
// it whole.
func TestProgramsThatStartTogether(t *testing.T) {
	t.Parallel()
	empty := dbtest.Empty.Postgres(t)
	var starts sync.WaitGroup
	for range 4 {
		starts.Go(func() {
			d, err := db.Open(t.Context(), empty)
			if err != nil {
				t.Error(err)
				return
			}
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	starts.Wait()
}
