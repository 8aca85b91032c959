package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"chibo/bench/load"
	"chibo/bench/ward"
)

// screensOf measures those who watch: what an idle one holds, how many can be told, and
// how soon.
func (b *bench) screensOf(ctx context.Context, a, p *server) ([]goal, error) {
	idle, err := b.idle(ctx, a, p)
	if err != nil {
		return nil, err
	}
	told, err := b.told(ctx, a, p)
	return append(idle, told...), err
}

// idle measures the memory of watchers to whom nothing is told, 24 in a meeting: that of
// those who come when a thousand are there already, so that what a program reads and keeps
// once is not laid to their charge.
func (b *bench) idle(ctx context.Context, a, p *server) ([]goal, error) {
	const each = 5 // streams of one person
	all := []load.Watch{bareScreens(a), b.screens(p, b.late()[:ward.Watchers*each/ward.People])}
	var kilobytes [2]float64
	for n := range all {
		l, err := all[n].Listen(ctx)
		if err != nil {
			return nil, err
		}
		defer l.Close()
		all[n].Watchers *= each - 1
		request := all[n].Request
		all[n].Request = func(out []byte, at int) []byte { return request(out, ward.Watchers+at) }
	}
	time.Sleep(settle)
	for n, w := range all {
		kilobytes[n] = -float64(load.Memory(w.Process))
		l, err := w.Listen(ctx)
		if err != nil {
			return nil, err
		}
		defer l.Close()
	}
	time.Sleep(settle)
	for n, w := range all {
		kilobytes[n] = (kilobytes[n] + float64(load.Memory(w.Process))) / float64(w.Watchers) / 1024
	}
	bare, own := kilobytes[0], kilobytes[1]
	return []goal{{
		what: fmt.Sprintf("Memory of an idle watcher, %d after the first %d, 24 in a meeting", all[1].Watchers, ward.Watchers), want: "at most 6 KB and 0.22 × bare",
		figure: fmt.Sprintf("%.1f KB PSS", own), ratio: fmt.Sprintf("%.2f × bare (%.1f KB)", own/bare, bare), met: own <= 6 && own <= 0.22*bare,
	}}, nil
}

// settle is how long a process may take to give back what it does not need (giveBack in
// cmd/chibo does so when it has become quiet).
const settle = 60 * time.Second

// told measures a thousand who watch one meeting.
func (b *bench) told(ctx context.Context, a, p *server) ([]goal, error) {
	bare, err := bareScreens(a).Listen(ctx)
	if err != nil {
		return nil, err
	}
	defer bare.Close()
	own, err := b.screens(p, []ward.Cell{b.last()}).Listen(ctx)
	if err != nil {
		return nil, err
	}
	defer own.Close()
	mark := b.markIn(p, b.last())
	ask := func(out []byte, n int64) []byte {
		return post(out, a.address, "/live?t="+strconv.FormatInt(n, 10), "", form, "")
	}
	var p99, bareP99, ratio, fan, bareFan, fanRatio, fast, taken []float64
	for range b.rounds {
		for _, rate := range []float64{20, 0} {
			from := bare.Last() + 1
			x, err := bare.Update(ctx, from, rate, 4*time.Second, func(out []byte, n int64) []byte { return ask(out, from+n) })
			if err != nil {
				return nil, err
			}
			y, err := own.Update(ctx, own.Last()+1, rate, 4*time.Second, mark)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(os.Stderr, "  bare %v\n  own  %v\n", x, y)
			if rate > 0 {
				p99, bareP99, ratio = append(p99, ms(y.P99)), append(bareP99, ms(x.P99)), append(ratio, ms(y.P99)/ms(x.P99))
				fan, bareFan, fanRatio = append(fan, y.PerCPU()), append(bareFan, x.PerCPU()), append(fanRatio, y.PerCPU()/x.PerCPU())
			} else {
				// Nothing to compare with: the program makes one event of many updates, the bare hub one of each.
				fast, taken = append(fast, y.PerCPU()), append(taken, float64(y.Updates)/float64(max(1, x.Updates)))
			}
		}
	}
	return []goal{
		{
			what: "From the press of a button to 1,000 screens, 20 a second", want: "p99 at most 2 × bare, 30 ms",
			figure: fmt.Sprintf("p99 %.1f ms", median(p99)), ratio: fmt.Sprintf("%.2f × bare (%.1f ms)", median(ratio), median(bareP99)),
			met: median(ratio) <= 2 && median(p99) <= 30,
		},
		{
			what: "Events delivered to 1,000 screens for a second of the processor, 20 updates a second, each a durable mark", want: "at least 1.0 × bare",
			figure: fmt.Sprintf("%.0f; of as many updates as are answered, %.1f times those of bare, %.0f", median(fan), median(taken), median(fast)),
			ratio:  fmt.Sprintf("%.2f × bare (%.0f)", median(fanRatio), median(bareFan)), met: median(fanRatio) >= 1,
		},
	}, nil
}
