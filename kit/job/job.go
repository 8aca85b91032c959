// Package job does work after the fact that asks for it: mails, notifications.
//
// A job is a row written in the transaction of the fact, so that there is never
// one without the other. A worker takes due jobs under a lease and renews the
// lease while it works; a worker that dies loses its jobs to another one when the
// lease ends, and what it might still say afterwards is not heard, for every
// taking counts as a new attempt. A job may therefore run twice: handlers must
// bear it. A job that fails comes back later and later, and is given up with its
// error after a number of attempts.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/when"
)

// Job is one piece of work as its handler gets it.
type Job struct {
	ID, Kind string
	// Attempt counts from 1.
	Attempt int
	args    string
}

// Decode reads the arguments that Enqueue was given into v, a pointer.
func (j Job) Decode(v any) error {
	if err := json.Unmarshal([]byte(j.args), v); err != nil {
		return fmt.Errorf("job %s: arguments: %w", j.Kind, err)
	}
	return nil
}

// Option changes how a job is enqueued.
type Option func(*row)

// At lets the job wait until t.
func At(t when.Instant) Option { return func(r *row) { r.RunAt = t } }

// Unique drops the job when another one with the same key still waits for a
// worker. A job that a worker has taken no longer counts: what happens while it
// runs needs a job of its own.
func Unique(key string) Option { return func(r *row) { r.UniqueKey = key } }

// Enqueue writes a job in the transaction of the fact that asks for it. args must
// be fit for JSON and hold ids rather than contents.
func Enqueue(ctx context.Context, tx *db.Tx, kind string, args any, options ...Option) error {
	b, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("job %s: arguments: %w", kind, err)
	}
	r := row{ID: id.New(), Kind: kind, Args: string(b)}
	for _, o := range options {
		o(&r)
	}
	return insert(ctx, tx, r)
}

// Handler does the work of one kind of job. Its context ends when the lease is
// lost or when the program must stop at once.
type Handler func(ctx context.Context, j Job) error

// ErrGiveUp, wrapped into a handler's error, says that trying again is of no use.
var ErrGiveUp = errors.New("give up")

// Queue runs jobs. Its fields must not change once it runs.
type Queue struct {
	DB  *db.DB
	Now func() time.Time
	// Handlers holds what does each kind of job.
	Handlers map[string]Handler
	// Workers is the number of jobs done at a time; 0 is 4.
	Workers int
	// Lease is how long a job is held before the holder must renew; 0 is a minute.
	Lease time.Duration
	// Poll is how often the queue looks for work; 0 is a second.
	Poll time.Duration
	// Grace is how long jobs may go on when the program stops; 0 is ten seconds.
	Grace time.Duration
	// Attempts is after how many failures a job is given up; 0 is ten.
	Attempts int
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

func (q *Queue) lease() time.Duration { return or(q.Lease, time.Minute) }
func (q *Queue) now() when.Instant    { return when.At(q.Now()) }

// Run does due jobs until ctx ends; then it takes no more and waits for those at
// work, at most for the time of grace. What is cut off comes back when its lease
// ends.
func (q *Queue) Run(ctx context.Context) {
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var workers sync.WaitGroup
	q.poll(ctx, work, &workers)
	finished := make(chan struct{})
	go func() {
		workers.Wait()
		close(finished)
	}()
	select {
	case <-finished:
	case <-time.After(or(q.Grace, 10*time.Second)):
		stop()
		<-finished
	}
}

// poll takes one job after the other while taking lives, and has each done under work by one of
// the workers. However many they are, one looks for work: each would keep a connection to the
// database for it.
func (q *Queue) poll(taking, work context.Context, workers *sync.WaitGroup) {
	tick := time.NewTicker(or(q.Poll, time.Second))
	defer tick.Stop()
	busy := make(chan struct{}, or(q.Workers, 4))
	ended := make(chan struct{}, 1) // after a job there may be those that it asked for
	for taking.Err() == nil {
		select {
		case <-taking.Done():
			return
		case busy <- struct{}{}:
		}
		j, found, err := q.take(taking)
		if err == nil && found {
			workers.Go(func() {
				q.do(work, j)
				<-busy
				select {
				case ended <- struct{}{}:
				default:
				}
			})
			continue
		}
		<-busy
		if err != nil && taking.Err() == nil {
			slog.ErrorContext(taking, "jobs cannot be taken", "error", err)
		}
		select {
		case <-taking.Done():
		case <-tick.C:
		case <-ended:
		}
	}
}

// RunDue does every job that is due, one after the other, also those that the
// jobs ask for, and returns how many it did. It is for tools that end and for
// tests; a server uses Run.
func (q *Queue) RunDue(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		j, found, err := q.take(ctx)
		if err != nil || !found {
			return n, err
		}
		q.do(ctx, j)
	}
}

// take takes one due job and reports whether there was one.
func (q *Queue) take(ctx context.Context) (Job, bool, error) {
	return take(ctx, q.DB, q.now(), q.now().Add(q.lease()))
}

// do runs one job, keeps its lease alive meanwhile, and writes down how it ended.
func (q *Queue) do(ctx context.Context, j Job) {
	running, cancel := context.WithCancel(ctx)
	var renewing sync.WaitGroup
	renewing.Go(func() { q.renew(running, cancel, j) })
	err := q.call(running, j)
	cancel()
	renewing.Wait()
	if ctx.Err() != nil {
		return // the program stops: the job comes back when its lease ends
	}
	if err := q.finish(ctx, j, err); err != nil {
		slog.ErrorContext(ctx, "job cannot be finished", "kind", j.Kind, "job", j.ID, "error", err)
	}
}

// call runs the handler; a panic of it is an error like any other.
func (q *Queue) call(ctx context.Context, j Job) (err error) {
	h, ok := q.Handlers[j.Kind]
	if !ok {
		return fmt.Errorf("no handler for jobs of kind %q", j.Kind)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return h(ctx, j)
}

// renew prolongs the lease three times within its length until ctx ends, and
// cancels the job when the lease is lost.
func (q *Queue) renew(ctx context.Context, cancel context.CancelFunc, j Job) {
	tick := time.NewTicker(q.lease() / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		held, err := prolong(ctx, q.DB, j, q.now().Add(q.lease()))
		if err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "lease of a job not renewed", "kind", j.Kind, "job", j.ID, "error", err)
		} else if err == nil && !held {
			cancel()
			return
		}
	}
}

func (q *Queue) finish(ctx context.Context, j Job, failure error) error {
	switch {
	case failure == nil:
		return remove(ctx, q.DB, j)
	case j.Attempt >= or(q.Attempts, 10) || errors.Is(failure, ErrGiveUp):
		slog.ErrorContext(ctx, "job given up", "kind", j.Kind, "job", j.ID, "attempt", j.Attempt, "error", failure)
		return giveUp(ctx, q.DB, j, failure.Error())
	}
	slog.WarnContext(ctx, "job failed", "kind", j.Kind, "job", j.ID, "attempt", j.Attempt, "error", failure)
	return putBack(ctx, q.DB, j, q.now().Add(backOff(j.Attempt)))
}

// backOff is how long a job waits after its nth attempt failed: 2, 4, 8 seconds …
// and never more than an hour.
func backOff(n int) time.Duration {
	if n > 11 {
		return time.Hour
	}
	return min(time.Second<<n, time.Hour)
}
