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
		if err := b.killOnce(ctx, p, acknowledged); err != nil {
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
		fmt.Sprintf("kill -9 at 3,500 marks a second, %d times", b.kills), "nothing acknowledged is lost, ready within 500 ms",
		fmt.Sprintf("%d acknowledged, %d lost; ready after %.0f ms, longest %.0f ms", count, lost, median(starts), longest),
		"", lost == 0 && longest <= 500,
	}}, nil
}

// killOnce loads p, kills it at a random moment, and adds what it acknowledged.
func (b *bench) killOnce(ctx context.Context, p *server, acknowledged map[string]bool) error {
	var mu sync.Mutex
	sent := map[int64]string{}
	l := load.Load{Address: p.address, Process: p.process(), Connections: connections, Rate: 3500, For: 5 * time.Second}
	l.Request = func(out []byte, n int64) []byte {
		one := id.New()
		mu.Lock()
		sent[n] = one
		mu.Unlock()
		c, who := b.ward.Person(n + rand.Int64N(1000))
		return post(out, p.address, "/rooms/"+c.Meeting+"/acts", c.Secretary.Cookie, "application/json", act(one, who.Member))
	}
	l.Answered = func(n int64, status int) {
		if status < 300 {
			mu.Lock()
			acknowledged[sent[n]] = true
			mu.Unlock()
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
