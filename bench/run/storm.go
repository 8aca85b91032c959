package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"chibo/account"
	"chibo/app"
	"chibo/app/world"
	"chibo/bench/load"
	"chibo/bench/ward"
	"chibo/kit/access"
	"chibo/kit/db"
)

const (
	// signInRate is how many want to be let in by password in a second: more than two cores can hash.
	signInRate = 200
	// stormFor is how long they do, in a ward of people enough.
	stormFor = 20 * time.Second
	// besideRate is how many check in a second meanwhile.
	besideRate = 200
	// stormPassword is that of everybody in the storm.
	stormPassword = "thuyền ngược sông đầy 9 nhịp"
)

// storm has people sign in by password, through the form and at the price that the program itself
// asks of a guess, in a number that cannot be done, while others check in.
func (b *bench) storm(ctx context.Context) ([]goal, error) {
	b, err := b.apart(ctx, "storm", apartCells)
	if err != nil {
		return nil, err
	}
	names, err := b.arm(ctx)
	if err != nil {
		return nil, err
	}
	p, err := b.program(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = p.stop() }()
	if err := b.look(ctx, p); err != nil {
		return nil, err
	}
	// Nobody checks in twice: of those who have not come yet a third comes in the quiet and the rest in the storm.
	all := int64(b.cells) * ward.People
	last := min(stormFor, time.Duration(all*2/3)*time.Second/besideRate)
	quiet, err := b.beside(ctx, p, 0, last/2)
	if err != nil {
		return nil, err
	}
	before, err := raw(ctx, last/4)
	if err != nil {
		return nil, err
	}
	var in, checked load.Result
	var failed error
	var both sync.WaitGroup
	both.Go(func() {
		in, failed = load.Load{
			Address: p.address, Process: p.process(), Rate: signInRate, For: last,
			Connections: 800, // each asks within four seconds; whoever asks nothing for five is let go of
			Request: func(out []byte, n int64) []byte {
				v := url.Values{"name": {names[n%int64(len(names))]}, "password": {stormPassword}}
				return post(out, p.address, "/sign-in", "", form, v.Encode())
			},
		}.Run(ctx)
	})
	checked, err = b.beside(ctx, p, int64(float64(all)/3), last)
	both.Wait()
	if err := errors.Join(err, failed); err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "  sign-ins  %v\n", in)
	after, err := raw(ctx, last/4)
	if err != nil {
		return nil, err
	}
	return stormGoals(last, in, checked, quiet, median([]float64{before, after})), nil
}

func stormGoals(last time.Duration, in, checked, quiet load.Result, raw float64) []goal {
	share, times := in.PerSecond()/raw, ms(checked.P99)/ms(quiet.P99)
	turned := total(checked.Statuses) - checked.Done
	return []goal{
		{
			what: fmt.Sprintf("Sign-ins by password, %d a second offered for %v, %d check-ins a second beside them", signInRate, last.Round(time.Second), besideRate),
			want: "at least 0.95 of the argon2id hashes that the pool of the program makes alone; the others answered 503",
			figure: fmt.Sprintf("%.0f/s done, p50 %.1f s, longest %.1f s; %d of %d answered 503, %d broken; %.2f cores",
				in.PerSecond(), in.P50.Seconds(), in.Max.Seconds(), in.Statuses[503], total(in.Statuses), in.Broken, in.CPU.Seconds()/in.Took.Seconds()),
			ratio: fmt.Sprintf("%.2f of the pool alone (%.0f/s)", share, raw),
			met:   share >= 0.95 && in.Broken == 0 && in.Done+in.Statuses[503] == total(in.Statuses),
		},
		{
			what: "Check-ins while they sign in", want: "p99 at most 2 × that of quiet minutes, nobody turned away",
			figure: fmt.Sprintf("%d, p50 %.1f, p99 %.1f, longest %.0f ms; %d turned away, %d broken", checked.Done, ms(checked.P50), ms(checked.P99), ms(checked.Max), turned, checked.Broken),
			ratio:  fmt.Sprintf("p99 %.1f × quiet (%.1f ms)", times, ms(quiet.P99)),
			met:    times <= 2 && turned == 0 && checked.Broken == 0,
		},
	}
}

// apartCells are enough for what is measured apart: some 7,000 people.
const apartCells = 300

// apart is a bench with a ward of its own, of so many cells at most, of which nobody has come yet.
func (b *bench) apart(ctx context.Context, name string, most int) (*bench, error) {
	own := *b
	own.dir, own.cells = b.path(name), min(b.cells, most)
	if err := os.Mkdir(own.dir, 0o700); err != nil {
		return nil, err
	}
	return &own, own.fill(ctx)
}

// beside has people check in at a modest pace, from person from on.
func (b *bench) beside(ctx context.Context, p *server, from int64, last time.Duration) (load.Result, error) {
	r, err := load.Load{
		Address: p.address, Process: p.process(), Connections: connections, Rate: besideRate, For: last, Request: b.checkIn(p, from),
	}.Run(ctx)
	fmt.Fprintf(os.Stderr, "  check-ins %v\n", r)
	return r, err
}

// raw returns how many hashes a second this process makes in the pool of the program and at its price.
func raw(ctx context.Context, last time.Duration) (float64, error) {
	var done atomic.Int64
	var failed atomic.Value
	begin := time.Now()
	var work sync.WaitGroup
	for range 4 * runtime.GOMAXPROCS(0) {
		work.Go(func() {
			for time.Since(begin) < last {
				if _, err := account.Stretch(ctx, stormPassword, []byte("16 bytes of salt")); err != nil {
					failed.Store(err)
					return
				}
				done.Add(1)
			}
		})
	}
	work.Wait()
	err, _ := failed.Load().(error)
	return float64(done.Load()) / time.Since(begin).Seconds(), err
}

// arm gives everybody in the ward a password of the price that the program asks, hashed by the
// program once, and returns the names by which they sign in.
func (b *bench) arm(ctx context.Context) (names []string, err error) {
	err = b.inside(ctx, func(a *app.App) error {
		one := accountOf(world.Facts{Accounts: b.ward.Accounts}, access.Member)
		key, err := accountNamed(ctx, a.DB, account.SignName(one.Name, 0))
		if err != nil {
			return err
		}
		if err := a.Accounts.ChangePassword(ctx, access.Person{Account: key.ID, Root: key.Root}, one.Password, stormPassword); err != nil {
			return err
		}
		return a.DB.Tx(ctx, func(tx *db.Tx) error {
			names, err = share(ctx, tx, key)
			return err
		})
	})
	return names, err
}
