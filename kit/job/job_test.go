package job_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/job"
	"chibo/kit/when"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a clock that tests move by hand.
type clock struct{ ms atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.ms.Store(time.Date(2026, 12, 3, 12, 0, 0, 0, time.UTC).UnixMilli())
	return c
}

func (c *clock) Now() time.Time           { return time.UnixMilli(c.ms.Load()) }
func (c *clock) forward(by time.Duration) { c.ms.Add(by.Milliseconds()) }

func enqueue(t *testing.T, d *db.DB, args any, options ...job.Option) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		return job.Enqueue(t.Context(), tx, "work", args, options...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func runDue(t *testing.T, q *job.Queue) int {
	t.Helper()
	n, err := q.RunDue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// queue returns a queue whose jobs are all done by h.
func queue(d *db.DB, c *clock, h job.Handler) *job.Queue {
	return &job.Queue{DB: d, Now: c.Now, Handlers: map[string]job.Handler{"work": h}, Poll: time.Millisecond}
}

func TestJobLivesAndDiesWithItsFact(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var got []string
		q := queue(d, newClock(), func(_ context.Context, j job.Job) error {
			var s string
			err := j.Decode(&s)
			got = append(got, s)
			return err
		})
		undone := errors.New("undone")
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return errors.Join(job.Enqueue(t.Context(), tx, "work", "lost"), undone)
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		enqueue(t, d, "kept")
		if n := runDue(t, q); n != 1 || fmt.Sprint(got) != "[kept]" {
			t.Errorf("did %d jobs, %v", n, got)
		}
		if n := runDue(t, q); n != 0 {
			t.Errorf("a job that is done ran again: %d", n)
		}
	})
}

func TestAtWaits(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		q := queue(d, c, func(context.Context, job.Job) error { return nil })
		enqueue(t, d, "later", job.At(when.At(c.Now()).Add(time.Hour)))
		if n := runDue(t, q); n != 0 {
			t.Fatalf("ran %d too early", n)
		}
		c.forward(time.Hour)
		if n := runDue(t, q); n != 1 {
			t.Errorf("ran %d when due", n)
		}
	})
}

func TestUniqueCountsWaitingJobsOnly(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		runs := 0
		q := queue(d, newClock(), func(context.Context, job.Job) error {
			runs++
			if runs == 1 { // something more happens while the first job runs
				enqueue(t, d, nil, job.Unique("mail:hoa"))
			}
			return nil
		})
		enqueue(t, d, nil, job.Unique("mail:hoa"))
		enqueue(t, d, nil, job.Unique("mail:hoa"))
		enqueue(t, d, nil, job.Unique("mail:minh"))
		if n := runDue(t, q); n != 3 {
			t.Errorf("ran %d, want hoa, minh, hoa again", n)
		}
	})
}

func TestFailureComesBackLaterAndIsGivenUp(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		var attempts []int
		q := queue(d, c, func(_ context.Context, j job.Job) error {
			attempts = append(attempts, j.Attempt)
			if j.Attempt == 2 {
				panic("boom") // as good as an error
			}
			return errors.New("no")
		})
		q.Attempts = 3
		enqueue(t, d, nil)
		if n := runDue(t, q); n != 1 {
			t.Fatalf("ran %d at once", n)
		}
		c.forward(1999 * time.Millisecond)
		if n := runDue(t, q); n != 0 {
			t.Fatal("came back before its time")
		}
		c.forward(time.Millisecond)
		runDue(t, q)
		c.forward(4 * time.Second)
		runDue(t, q)
		c.forward(24 * time.Hour)
		if n := runDue(t, q); n != 0 || fmt.Sprint(attempts) != "[1 2 3]" {
			t.Errorf("attempts %v, then %d more", attempts, n)
		}
		failed, err := db.One[string](t.Context(), d, `SELECT failed FROM job`)
		if err != nil || failed != "no" {
			t.Errorf("last error kept as %q, %v", failed, err)
		}
	})
}

func TestGiveUpAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		q := queue(d, c, func(context.Context, job.Job) error { return fmt.Errorf("no such person: %w", job.ErrGiveUp) })
		enqueue(t, d, nil)
		runDue(t, q)
		c.forward(24 * time.Hour)
		if n := runDue(t, q); n != 0 {
			t.Errorf("tried again %d times", n)
		}
	})
}

// TestDeadHolderIsNotHeard lets one queue hold a job beyond its lease: another
// one takes the job and fails, and the first one's late success does not take it
// off the list.
func TestDeadHolderIsNotHeard(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		held, release := make(chan struct{}), make(chan struct{})
		slow := queue(d, c, func(context.Context, job.Job) error {
			close(held)
			<-release
			return nil
		})
		slow.Lease = time.Minute // its renewal does not come within this test
		enqueue(t, d, nil)
		var wg sync.WaitGroup
		wg.Go(func() { runDue(t, slow) })
		<-held
		attempt := 0
		quick := queue(d, c, func(_ context.Context, j job.Job) error {
			attempt = j.Attempt
			return errors.New("no")
		})
		if n := runDue(t, quick); n != 0 {
			t.Errorf("took %d held jobs", n)
		}
		c.forward(time.Minute + time.Millisecond)
		if n := runDue(t, quick); n != 1 || attempt != 2 {
			t.Errorf("took over %d jobs, attempt %d", n, attempt)
		}
		close(release)
		wg.Wait()
		if left, err := db.All[int](t.Context(), d, `SELECT attempt FROM job`); err != nil || len(left) != 1 || left[0] != 2 {
			t.Errorf("left %v, %v", left, err)
		}
	})
}

// TestLostLeaseStopsTheWork lets the renewal find that somebody else has the job.
func TestLostLeaseStopsTheWork(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newClock()
		q := queue(d, c, func(ctx context.Context, j job.Job) error {
			err := d.Tx(t.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(t.Context(), tx, `UPDATE job SET attempt = attempt + 1 WHERE id = $1`, j.ID)
				return err
			})
			if err != nil {
				return err
			}
			<-ctx.Done()
			return ctx.Err()
		})
		q.Lease = 30 * time.Millisecond
		enqueue(t, d, nil)
		if n, err := q.RunDue(t.Context()); err != nil || n != 1 {
			t.Fatalf("%d, %v", n, err)
		}
	})
}

func TestManyWorkersDoEachJobOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const jobs = 60
		var mu sync.Mutex
		done := map[int]int{}
		ctx, stop := context.WithCancel(t.Context())
		q := queue(d, newClock(), func(_ context.Context, j job.Job) error {
			var n int
			err := j.Decode(&n)
			mu.Lock()
			defer mu.Unlock()
			done[n]++
			if len(done) == jobs {
				stop()
			}
			return err
		})
		for n := range jobs {
			enqueue(t, d, n)
		}
		var wg sync.WaitGroup
		for range 3 { // three programs, four workers each
			wg.Go(func() { q.Run(ctx) })
		}
		wg.Wait()
		for n, times := range done {
			if times != 1 {
				t.Errorf("job %d ran %d times", n, times)
			}
		}
	})
}

// TestOneLooksForWork lets a queue of four workers rest for a minute: it asks the database once
// a second.
func TestOneLooksForWork(t *testing.T) {
	t.Parallel()
	path := dbtest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		d, err := db.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		looks := 0
		d.Heard = func(string, []any) { looks++ }
		q := &job.Queue{DB: d, Now: time.Now}
		ctx, stop := context.WithTimeout(t.Context(), time.Minute-time.Millisecond)
		defer stop()
		q.Run(ctx)
		if looks != 60 {
			t.Errorf("looked %d times", looks)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
}

// TestNextJobIsNotWaitedFor asks for a job from within another, with an hour between two looks.
func TestNextJobIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, stop := context.WithCancel(t.Context())
		q := queue(d, newClock(), func(_ context.Context, j job.Job) error {
			var last bool
			err := j.Decode(&last)
			if last {
				stop()
			} else {
				enqueue(t, d, true)
			}
			return err
		})
		q.Poll = time.Hour
		enqueue(t, d, false)
		q.Run(ctx)
	})
}

func TestStopWaitsForWork(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, stop := context.WithCancel(t.Context())
		finished := false
		q := queue(d, newClock(), func(work context.Context, _ job.Job) error {
			stop()
			finished = work.Err() == nil
			return nil
		})
		enqueue(t, d, nil)
		q.Run(ctx)
		if left, err := db.All[string](t.Context(), d, `SELECT id FROM job`); err != nil || len(left) != 0 || !finished {
			t.Errorf("finished %v, left %v, %v", finished, left, err)
		}
	})
}

func TestStopCutsOffAfterGrace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, stop := context.WithCancel(t.Context())
		q := queue(d, newClock(), func(work context.Context, _ job.Job) error {
			stop()
			<-work.Done() // never ends by itself
			return work.Err()
		})
		q.Grace = time.Millisecond
		enqueue(t, d, nil)
		q.Run(ctx)
		if left, err := db.All[string](t.Context(), d, `SELECT failed FROM job`); err != nil || len(left) != 1 || left[0] != "" {
			t.Errorf("the job must come back: %q, %v", left, err)
		}
	})
}
