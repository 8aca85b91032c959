package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"chibo/bench/load"
	"chibo/bench/ward"
)

// goal is one line of doc/performance.md.
type goal struct {
	what, want, figure, ratio string
	met                       bool
	lost                      int // acts that were acknowledged and are not there
}

// String is the goal in one line.
func (g goal) String() string {
	return fmt.Sprintf("%s: want %s; %s; %s; met: %v", g.what, g.want, g.figure, g.ratio, g.met)
}

// connections at once, as many as a hall has phones that answer in the same second.
const connections = 64

// starts measures the time from the start of the process to its first answer, and
// what it holds in memory once it rests, with the meetings of the ward open and without any.
func (b *bench) starts(ctx context.Context) ([]goal, error) {
	var own, bare []float64
	for range b.rounds {
		a, err := b.anchor(ctx)
		if err != nil {
			return nil, err
		}
		if err := a.stop(); err != nil {
			return nil, err
		}
		p, err := b.program(ctx)
		if err != nil {
			return nil, err
		}
		if err := p.stop(); err != nil {
			return nil, err
		}
		own, bare = append(own, ms(p.ready)), append(bare, ms(a.ready))
	}
	pss, err := b.resting(ctx, "data")
	if err != nil {
		return nil, err
	}
	without, err := b.resting(ctx, "empty")
	if err != nil {
		return nil, err
	}
	ratio, each := median(own)/median(bare), (pss-without)*1024/float64(b.cells)
	return []goal{
		{
			what: "Cold start, process to first answer", want: "at most 3 × bare, 30 ms", figure: fmt.Sprintf("%.0f ms", median(own)),
			ratio: fmt.Sprintf("%.2f × bare (%.0f ms)", ratio, median(bare)), met: ratio <= 3 && median(own) <= 30,
		},
		{what: "Memory of the idle process", want: "at most 48 MB", figure: fmt.Sprintf("%.0f MB PSS", pss), met: pss <= 48},
		{
			what: fmt.Sprintf("Memory of an open meeting at which nobody looks, %d of them", b.cells), want: "at most 0.5 KB",
			figure: fmt.Sprintf("%.2f KB PSS (%.0f MB without any)", each, without), met: each <= 0.5,
		},
	}, nil
}

// rest is how long a program is left alone before it counts as idle: it gives back what its
// start needed, and closes its readers, after twenty seconds.
const rest = 45 * time.Second

// resting returns how many MB a program on a data directory holds that nobody asks anything.
func (b *bench) resting(ctx context.Context, data string) (float64, error) {
	p, err := b.serve(ctx, data)
	if err != nil {
		return 0, err
	}
	time.Sleep(rest)
	return float64(load.Memory(p.process())) / (1 << 20), p.stop()
}

// writes measures the durable writes against the bare group commit, and then what
// becomes of more than the program can take.
func (b *bench) writes(ctx context.Context, a, p *server) ([]goal, error) {
	if err := b.look(ctx, p); err != nil {
		return nil, err
	}
	checkIn, err := b.compare(ctx, a, p, load.Load{Request: b.checkIn(p, 0), Most: b.share()})
	if err != nil {
		return nil, err
	}
	goals := []goal{checkIn.goal("Members who check themselves in (session and ticket of distinct people, standing, state, exactly once, log, audit)", 0.55)}
	mark, err := b.compare(ctx, a, p, b.mark(p, b.early()))
	if err != nil {
		return nil, err
	}
	goals = append(goals, mark.goal("Marks on the roll by the secretaries of all cells (session, scope, rules, log, audit)", 0.55))
	votes, err := b.votes(ctx, a, p)
	if err != nil {
		return nil, err
	}
	over, err := b.overload(ctx, p, median(mark.own))
	return append(append(goals, votes...), over...), err
}

// votes measures secret ballots.
func (b *bench) votes(ctx context.Context, a, p *server) ([]goal, error) {
	spread, err := b.compare(ctx, a, p, load.Load{Request: b.vote(p, ""), Most: b.share()})
	if err != nil {
		return nil, err
	}
	one, err := b.compare(ctx, a, p, load.Load{Request: b.vote(p, b.ward.Poll), Most: b.share()})
	if err != nil {
		return nil, err
	}
	ratio := median(one.ownCPU) / median(spread.ownCPU)
	return []goal{
		spread.goal("Secret ballots of distinct people, a poll for each cell", 0.5),
		one.goal("Secret ballots of distinct people, one poll for all", 0.5),
		{
			what: "One poll for all against a poll for each cell", want: "at least 0.9",
			ratio: fmt.Sprintf("%.2f per CPU second", ratio), met: ratio >= 0.9,
		},
	}, nil
}

// people is how many take part in the rounds, share in one of them.
func (b *bench) people() int64 { return int64(len(b.early())) * ward.People }

func (b *bench) share() int64 { return b.people() / int64(b.rounds+1) }

// look lets everybody open a page first, as whoever presses a button has done: members
// the one at the door, secretaries that of their meeting.
func (b *bench) look(ctx context.Context, p *server) error {
	all := int64(b.cells) * ward.People
	for _, l := range []load.Load{
		{Most: all, Request: func(out []byte, n int64) []byte {
			_, who := b.ward.Person(all - 1 - n) // those who begin are looked up last
			return get(out, p.address, "/vao/ten/"+who.Member, who.Ticket)
		}},
		{Most: int64(b.cells), Request: func(out []byte, n int64) []byte {
			c := b.ward.Cells[n]
			return get(out, p.address, "/rooms/"+c.Meeting, c.Secretary.Cookie)
		}},
	} {
		l.Address, l.Process, l.Connections, l.For = p.address, p.process(), connections, time.Hour
		r, err := l.Run(ctx)
		if err != nil {
			return err
		}
		if r.Statuses[200] != int(l.Most) {
			return fmt.Errorf("not everybody could look: %v", r)
		}
	}
	return nil
}

// compare asks in turn until there are enough quiet rounds; where the machine is
// never quiet, the rounds count all the same and are reported as such. What l asks of
// the program must go on where the last round ended.
func (b *bench) compare(ctx context.Context, a, p *server, l load.Load) (rounds, error) {
	var quiet, all rounds
	var at int64
	request := l.Request
	for n := range b.rounds + 1 {
		b.written += 1 << 32
		bare, err := load.Load{
			Address: a.address, Process: a.process(), Connections: connections, For: 3 * time.Second, Request: b.bare(a, b.written),
		}.Run(ctx)
		if err != nil {
			return quiet, err
		}
		from := at
		l.Address, l.Process, l.Connections, l.For = p.address, p.process(), connections, 3*time.Second
		l.Request = func(out []byte, n int64) []byte { return request(out, from+n) }
		own, err := l.Run(ctx)
		if err != nil {
			return quiet, err
		}
		at += int64(own.Done + connections)
		if l.Most > 0 {
			at = from + l.Most
		}
		if n == 0 {
			continue // warms both up
		}
		fmt.Fprintf(os.Stderr, "  bare %v\n  own  %v\n", bare, own)
		all.add(bare, own)
		if max(bare.Others, own.Others) <= b.others {
			quiet.add(bare, own)
		}
	}
	if len(quiet.wall) == 0 {
		all.dropped = len(all.wall)
		return all, nil
	}
	quiet.dropped = len(all.wall) - len(quiet.wall)
	return quiet, nil
}

// rounds are what came of asking anchor and program in turn.
type rounds struct {
	wall, cpu       []float64 // ratios
	own, ownCPU     []float64 // of the program
	last            load.Result
	dropped, failed int
}

func (r *rounds) add(bare, own load.Result) {
	r.wall = append(r.wall, own.PerSecond()/bare.PerSecond())
	r.cpu = append(r.cpu, own.PerCPU()/bare.PerCPU())
	r.own, r.ownCPU = append(r.own, own.PerSecond()), append(r.ownCPU, own.PerCPU())
	r.failed += own.Broken
	for status, n := range own.Statuses {
		if status >= 400 {
			r.failed += n
		}
	}
	r.last = own
}

func (r rounds) goal(what string, want float64) goal {
	g := goal{
		what: what, want: fmt.Sprintf("at least %.2f × bare, wall and per CPU second", want),
		figure: fmt.Sprintf("%.0f/s, %.0f per CPU second", median(r.own), median(r.ownCPU)),
		ratio:  fmt.Sprintf("%.2f wall, %.2f per CPU second", median(r.wall), median(r.cpu)),
		met:    median(r.wall) >= want && median(r.cpu) >= want && r.failed == 0,
	}
	switch {
	case r.dropped == len(r.wall):
		g.ratio += " (every round with busy neighbours)"
	case r.dropped > 0:
		g.ratio += fmt.Sprintf(" (%d rounds dropped)", r.dropped)
	}
	if r.failed > 0 {
		g.figure += fmt.Sprintf(", %d refused", r.failed)
	}
	return g
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// median of at least one figure.
func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}
