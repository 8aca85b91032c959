package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"chibo/app"
	"chibo/bench/load"
	"chibo/bench/ward"
	"chibo/kit/db"
	"chibo/kit/id"
)

// killed kills the program under load again and again, as a power cut would, and
// looks for each act that it had acknowledged.
func (b *bench) killed(ctx context.Context) ([]goal, error) {
	acknowledged := map[string]bool{}
	var starts []float64
	for n := range b.kills + 1 {
		p, err := b.program(ctx)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			starts = append(starts, ms(p.ready))
		}
		if n == b.kills {
			if err := p.stop(); err != nil {
				return nil, err
			}
			break
		}
		if err := b.killOnce(ctx, p, 3500, b.markAny(p), acknowledged); err != nil {
			return nil, err
		}
	}
	count := len(acknowledged)
	lost, err := b.missing(ctx, acknowledged)
	if err != nil {
		return nil, err
	}
	if len(starts) == 0 {
		return nil, nil
	}
	longest := slices.Max(starts)
	return []goal{{
		what: fmt.Sprintf("kill -9 at 3,500 marks a second, %d times", b.kills), want: "nothing acknowledged is lost, ready within 500 ms",
		figure: fmt.Sprintf("%d acknowledged, %d lost; ready after %.0f ms, longest %.0f ms", count, lost, median(starts), longest),
		met:    lost == 0 && longest <= 500, lost: lost,
	}}, nil
}

// keyed is a request of a load that also says the key of what it asks to be kept.
type keyed func(out []byte, n int64) (request []byte, key string)

// markAny is a mark in a room taken at random.
func (b *bench) markAny(p *server) keyed {
	return func(out []byte, _ int64) ([]byte, string) {
		one := id.New()
		c, who := b.ward.Person(rand.Int64N(int64(len(b.ward.Cells) * ward.People)))
		return post(out, p.address, "/rooms/"+c.Meeting+"/acts", c.Secretary.Cookie, "application/json", act(one, who.Member)), one
	}
}

// killOnce loads p, kills it at a random moment, and adds the keys of what it
// acknowledged.
func (b *bench) killOnce(ctx context.Context, p *server, rate float64, ask keyed, acknowledged map[string]bool) error {
	var mu sync.Mutex
	sent := map[int64]string{}
	l := load.Load{Address: p.address, Process: p.process(), Connections: connections, Rate: rate, For: 5 * time.Second}
	l.Request = func(out []byte, n int64) []byte {
		out, key := ask(out, n)
		mu.Lock()
		defer mu.Unlock()
		sent[n] = key
		return out
	}
	l.Answered = func(n int64, status int) {
		if status < 300 {
			mu.Lock()
			defer mu.Unlock()
			acknowledged[sent[n]] = true
		}
	}
	killed := make(chan error, 1)
	go func() {
		time.Sleep(300*time.Millisecond + time.Duration(rand.Int64N(int64(700*time.Millisecond))))
		killed <- p.kill()
	}()
	_, err := l.Run(ctx)
	return errors.Join(err, <-killed)
}

// missing counts the acknowledged acts that are not there.
func (b *bench) missing(ctx context.Context, acknowledged map[string]bool) (lost int, err error) {
	d, err := db.Open(ctx, filepath.Join(b.path("data"), app.DatabaseFile))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	kept, err := acts(ctx, d)
	for _, one := range kept {
		delete(acknowledged, one)
	}
	return len(acknowledged), err
}
