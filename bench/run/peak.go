package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"chibo/bench/load"
	"chibo/bench/ward"
)

// peakRate is how many check in a second when a whole country meets.
const peakRate = 3500

// peak holds the check-ins of a whole country, as long as there are people who have
// not come, and then marks by secretaries, while a thousand screens follow. The
// meetings take turns: no two requests in a row are of one.
func (b *bench) peak(ctx context.Context, a, p *server) ([]goal, error) {
	if err := b.look(ctx, p); err != nil {
		return nil, err
	}
	l, err := b.screens(p, b.late()).Listen(ctx)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	b.written += 1 << 32
	bare, err := load.Load{
		Address: a.address, Process: a.process(), Connections: 256, Rate: peakRate, For: b.long / 4, Request: b.bare(a, b.written),
	}.Run(ctx)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "  bare %v\n", bare)
	come, err := b.hold(ctx, p, l, load.Load{Request: b.comeInTurn(p), Most: int64(len(b.late())) * ward.People})
	if err != nil {
		return nil, err
	}
	marks, err := b.hold(ctx, p, l, b.mark(p, b.late()))
	if err != nil {
		return nil, err
	}
	return []goal{
		come.goal(fmt.Sprintf("3,500 check-ins a second with random gaps in %d meetings, until everybody has come", len(b.late())), bare),
		marks.goal(fmt.Sprintf("3,500 marks a second with random gaps in %d meetings for %v", len(b.late()), b.long), bare),
	}, nil
}

// held is what came of an open loop with screens that follow.
type held struct {
	load.Result
	told load.Told
}

func (b *bench) hold(ctx context.Context, p *server, l *load.Watching, own load.Load) (held, error) {
	own.Address, own.Process, own.Connections, own.Rate, own.For = p.address, p.process(), 256, peakRate, b.long
	r, err := own.Run(ctx)
	if err != nil {
		return held{}, err
	}
	fmt.Fprintf(os.Stderr, "  own  %v\n", r)
	return held{r, l.Gather()}, nil
}

func (h held) goal(what string, bare load.Result) goal {
	cores := h.CPU.Seconds() / h.Took.Seconds()
	const most = 25 * time.Millisecond
	return goal{
		what: what + ", 1,000 screens following", want: "no error, p99 at most 25 ms and 3 × bare, at most one core",
		figure: fmt.Sprintf("%d in %.0f s, p50 %.1f, p99 %.1f, longest %.0f ms; %.2f cores; statuses %v, %d broken; %d events; others had %.1f cores",
			h.Done, h.Took.Seconds(), ms(h.P50), ms(h.P99), ms(h.Max), cores, h.Statuses, h.Broken, h.told.Deliveries, h.Others),
		ratio: fmt.Sprintf("p99 %.1f × bare (%.1f ms)", ms(h.P99)/ms(bare.P99), ms(bare.P99)),
		met:   h.Broken == 0 && len(h.Statuses) == 1 && h.P99 <= most && h.P99 <= 3*bare.P99 && cores <= 1 && h.told.Deliveries > 0,
	}
}

// overload sends twice what the program took at best, by more phones than may wait.
func (b *bench) overload(ctx context.Context, p *server, best float64) ([]goal, error) {
	l := b.mark(p, b.early())
	l.Address, l.Process, l.Connections, l.Rate, l.For = p.address, p.process(), phones, 2*best, 10*time.Second
	r, err := l.Run(ctx)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "  own  %v\n", r)
	share, refused := r.PerSecond()/best, r.Statuses[503]
	return []goal{{
		what: fmt.Sprintf("Twice as many marks a second as the program took at best, by %d phones", phones), want: "at least 0.9 of the best done, the others answered 503",
		figure: fmt.Sprintf("%.0f/s done, %d of %d answered 503, p99 of those done %.0f ms", r.PerSecond(), refused, r.Done+refused, ms(r.P99)),
		ratio:  fmt.Sprintf("%.2f of its best", share), met: share >= 0.9 && r.Broken == 0 && r.Done+refused == total(r.Statuses),
	}}, nil
}

// phones are more than wait at the usual pace.
const phones = 4000

func total(statuses map[int]int) (n int) {
	for _, more := range statuses {
		n += more
	}
	return n
}
