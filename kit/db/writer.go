package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// errClosed answers a transaction that comes after Close.
var errClosed = errors.New("database is closed")

// most is the number of transactions that one flush of the disk may carry, so
// that the first of them does not wait for ever.
const most = 256

// writer runs the transactions of SQLite one after the other and commits those
// that were waiting together: each in a savepoint of its own, all in one flush.
// It never waits for more to come; what queued up during the last flush, and whatever
// was on its way already, is the next group.
type writer struct {
	conn    *sql.Conn
	on      *statements // of conn
	watches *watches
	asked   *atomic.Int64 // transactions and commands that ever came, see DB
	version int64         // of the database when another program was last seen to write
	queue   chan *job
	done    chan struct{}
	mu      sync.RWMutex // held for writing while the queue closes
	shut    bool
}

// job is one transaction that waits for its turn.
type job struct {
	ctx   context.Context
	run   func(tx *Tx) error
	after []func()
	panic any
	err   chan error
}

func startWriter(ctx context.Context, d *sql.DB, told *watches, asked *atomic.Int64) (*writer, error) {
	c, err := d.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{conn: c, on: &statements{on: c}, watches: told, asked: asked, queue: make(chan *job, most), done: make(chan struct{})}
	go w.loop()
	return w, nil
}

func (w *writer) stop() {
	w.mu.Lock()
	if !w.shut {
		w.shut = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.done
	_ = w.on.close()
	_ = w.conn.Close() // back to its pool, which is closed next
}

func (w *writer) do(ctx context.Context, run func(tx *Tx) error) error {
	j := &job{ctx: ctx, run: run, err: make(chan error, 1)}
	if err := w.enqueue(j); err != nil {
		return err
	}
	// A caller that gives up must not: its transaction may be committed already.
	err := <-j.err
	if j.panic != nil {
		panic(j.panic)
	}
	if err == nil {
		for _, f := range j.after {
			f()
		}
	}
	return err
}

func (w *writer) enqueue(j *job) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.shut {
		return errClosed
	}
	select {
	case w.queue <- j:
		return nil
	case <-j.ctx.Done():
		return j.ctx.Err()
	}
}

func (w *writer) loop() {
	defer close(w.done)
	for first := range w.queue {
		w.giveWay()
		group := []*job{first}
	drain:
		for len(group) < most {
			select {
			case j, ok := <-w.queue:
				if !ok {
					break drain
				}
				group = append(group, j)
			default:
				break drain
			}
		}
		w.commit(group)
	}
}

// mostYields is how often the writer steps aside before a transaction: more often, and
// whoever computes for long would hold up everybody's flush.
const mostYields = 3

// giveWay lets those run who were ready before the writer: the last group has just been
// answered, new requests have been read, and whatever of them asks to write now shares the
// next flush. No time is waited for: where nobody is ready, or nobody of them has come to
// write, it goes on at once.
func (w *writer) giveWay() {
	for range mostYields {
		before := w.asked.Load()
		runtime.Gosched()
		if w.asked.Load() == before {
			return
		}
	}
}

// commit runs a group in one transaction and answers each of its jobs.
func (w *writer) commit(group []*job) {
	ctx := context.Background() // one caller's cancellation must not undo its neighbours
	results, torn := w.together(ctx, group)
	if torn {
		for i := range group { // nobody pays for another
			alone, _ := w.together(ctx, group[i:i+1])
			results[i] = alone[0]
		}
	}
	for i, j := range group {
		j.err <- results[i]
	}
}

// together runs jobs in one transaction and says what became of each. torn says that SQLite has
// undone all of them on its own, as it does when the disk is full: no result is of worth then.
func (w *writer) together(ctx context.Context, group []*job) (results []error, torn bool) {
	results = make([]error, len(group))
	_, err := w.on.ExecContext(ctx, "BEGIN IMMEDIATE")
	if err == nil {
		w.look(ctx)
		if len(group) == 1 {
			results[0], err = w.single(ctx, group[0])
		} else {
			for i, j := range group {
				if torn, results[i] = w.savepoint(ctx, j); torn {
					_, _ = w.on.ExecContext(ctx, "ROLLBACK") // of whatever was left
					return results, true
				}
			}
			err = w.end(ctx)
		}
	}
	for i := range results {
		if results[i] == nil && err != nil {
			results[i] = fmt.Errorf("commit: %w", err)
		}
	}
	return results, false
}

// end commits the transaction.
func (w *writer) end(ctx context.Context) error {
	_, err := w.on.ExecContext(ctx, "COMMIT")
	if err != nil {
		_, _ = w.on.ExecContext(ctx, "ROLLBACK") // fails where SQLite has rolled back already
	}
	return err
}

// single runs the only job of a transaction, which needs no savepoint: of every page that
// is written in one, SQLite keeps a copy.
func (w *writer) single(ctx context.Context, j *job) (result, commit error) {
	if result = j.call(w); result == nil && j.panic == nil {
		return nil, w.end(ctx)
	}
	if _, err := w.on.ExecContext(ctx, "ROLLBACK"); err != nil {
		result = errors.Join(result, fmt.Errorf("roll back: %w", err))
	}
	return result, nil
}

// savepoint runs a job so that its failure undoes what it did and no more. torn says that the
// savepoint is gone, and with it the transaction: what ran next would be one of its own.
func (w *writer) savepoint(ctx context.Context, j *job) (torn bool, err error) {
	if _, err := w.on.ExecContext(ctx, "SAVEPOINT job"); err != nil {
		return false, fmt.Errorf("begin: %w", err)
	}
	if err = j.call(w); err != nil || j.panic != nil {
		if _, e := w.on.ExecContext(ctx, "ROLLBACK TO job"); e != nil {
			return true, errors.Join(err, fmt.Errorf("roll back: %w", e))
		}
	}
	if _, e := w.on.ExecContext(ctx, "RELEASE job"); e != nil {
		return true, errors.Join(err, fmt.Errorf("end: %w", e))
	}
	return false, err
}

// call runs a job whose caller has not given up.
func (j *job) call(w *writer) error {
	if err := j.ctx.Err(); err != nil {
		return err
	}
	defer func() { j.panic = recover() }()
	tx := &Tx{q: w.on, watches: w.watches}
	err := j.run(tx)
	j.after = tx.after
	return err
}
