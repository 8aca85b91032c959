package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"chibo/bench/load"
	"chibo/bench/ward"
	"chibo/kit/id"
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
// what it holds in memory then.
func (b *bench) starts(ctx context.Context) ([]goal, error) {
	var own, bare, memory []float64
	for range b.rounds {
		a, err := b.anchor(ctx)
		if err != nil {
			return nil, err
		}
		p, err := b.program(ctx)
		if err != nil {
			return nil, err
		}
		time.Sleep(time.Second) // memory is read when the start is over
		own, bare = append(own, ms(p.ready)), append(bare, ms(a.ready))
		memory = append(memory, float64(load.Memory(p.process()))/(1<<20))
		if err := a.stop(); err != nil {
			return nil, err
		}
		if err := p.stop(); err != nil {
			return nil, err
		}
	}
	ratio, pss := median(own)/median(bare), median(memory)
	return []goal{
		{
			what: "Cold start, process to first answer", want: "at most 3 × bare, 30 ms", figure: fmt.Sprintf("%.0f ms", median(own)),
			ratio: fmt.Sprintf("%.2f × bare (%.0f ms)", ratio, median(bare)), met: ratio <= 3 && median(own) <= 30,
		},
		{what: "Memory of the idle process", want: "at most 48 MB", figure: fmt.Sprintf("%.0f MB PSS", pss), met: pss <= 48},
	}, nil
}

// writes measures the durable writes against the bare group commit.
func (b *bench) writes(ctx context.Context) ([]goal, error) {
	a, err := b.anchor(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = a.stop() }()
	p, err := b.program(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = p.stop() }()
	var goals []goal
	mark, err := b.compare(ctx, a, p, b.mark(p))
	if err != nil {
		return nil, err
	}
	goals = append(goals, mark.goal("Marks on the roll by the secretaries of all cells (session, scope, rules, log, audit)", 0.55))
	share := int64(b.cells*ward.People) / int64(b.rounds+1)
	spread, err := b.compare(ctx, a, p, load.Load{Request: b.vote(p, ""), Most: share})
	if err != nil {
		return nil, err
	}
	goals = append(goals, spread.goal("Secret ballots of distinct people, a poll for each cell", 0.5))
	one, err := b.compare(ctx, a, p, load.Load{Request: b.vote(p, b.ward.Poll), Most: share})
	if err != nil {
		return nil, err
	}
	ratio := median(one.ownCPU) / median(spread.ownCPU)
	goals = append(goals, one.goal("Secret ballots of distinct people, one poll for all", 0.5), goal{
		what: "One poll for all against a poll for each cell", want: "at least 0.9",
		ratio: fmt.Sprintf("%.2f per CPU second", ratio), met: ratio >= 0.9,
	})
	more, err := b.peak(ctx, a, p)
	if err != nil {
		return nil, err
	}
	over, err := b.overload(ctx, p, median(mark.own))
	return append(append(goals, more...), over...), err
}

// rounds are what came of asking anchor and program in turn.
type rounds struct {
	wall, cpu       []float64 // ratios
	own, ownCPU     []float64 // of the program
	last            load.Result
	dropped, failed int
}

// compare asks in turn until there are enough quiet rounds; where the machine is
// never quiet, the rounds count all the same and are reported as such. What l asks of
// the program must go on where the last round ended.
func (b *bench) compare(ctx context.Context, a, p *server, l load.Load) (rounds, error) {
	var quiet, all rounds
	var at int64
	request := l.Request
	for n := range b.rounds + 1 {
		bare, err := load.Load{
			Address: a.address, Process: a.process(), Connections: connections, For: 3 * time.Second, Request: b.bare(a, int64(n)<<32),
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

// peak holds the check-ins of a whole country for a minute.
func (b *bench) peak(ctx context.Context, a, p *server) ([]goal, error) {
	const rate = 3500
	own := b.mark(p)
	own.Address, own.Process, own.Connections, own.Rate, own.For = p.address, p.process(), 256, rate, b.long
	bare, err := load.Load{
		Address: a.address, Process: a.process(), Connections: 256, Rate: rate, For: b.long / 4, Request: b.bare(a, 1<<40),
	}.Run(ctx)
	if err != nil {
		return nil, err
	}
	r, err := own.Run(ctx)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "  bare %v\n  own  %v\n", bare, r)
	cores := r.CPU.Seconds() / r.Took.Seconds()
	return []goal{{
		what: fmt.Sprintf("3,500 marks a second with random gaps for %v", b.long), want: "no error, p99 at most 25 ms, at most one core",
		figure: fmt.Sprintf("p50 %.1f, p99 %.1f, longest %.0f ms; %.2f cores; statuses %v; others had %.1f cores", ms(r.P50), ms(r.P99), ms(r.Max), cores, r.Statuses, r.Others),
		ratio:  fmt.Sprintf("p99 %.1f × bare", ms(r.P99)/ms(bare.P99)),
		met:    r.Broken == 0 && len(r.Statuses) == 1 && ms(r.P99) <= 25 && cores <= 1,
	}}, nil
}

// overload sends twice what the program took at best, by more phones than may wait.
func (b *bench) overload(ctx context.Context, p *server, best float64) ([]goal, error) {
	l := b.mark(p)
	l.Address, l.Process, l.Connections, l.Rate, l.For = p.address, p.process(), 4000, 2*best, 10*time.Second
	r, err := l.Run(ctx)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "  own  %v\n", r)
	share, refused := r.PerSecond()/best, r.Statuses[503]
	return []goal{{
		what: "Twice as many marks a second as the program took at best, by 4,000 phones", want: "at least 0.9 of the best done, the others answered 503",
		figure: fmt.Sprintf("%.0f/s done, %d of %d answered 503, p99 of those done %.0f ms", r.PerSecond(), refused, r.Done+refused, ms(r.P99)),
		ratio:  fmt.Sprintf("%.2f of its best", share), met: share >= 0.9 && r.Broken == 0 && r.Done+refused == total(r.Statuses),
	}}, nil
}

func total(statuses map[int]int) (n int) {
	for _, more := range statuses {
		n += more
	}
	return n
}

// bare is the request of the anchor; from keeps its rounds apart.
func (b *bench) bare(a *server, from int64) func([]byte, int64) []byte {
	return func(out []byte, n int64) []byte {
		body := "member=" + strconv.FormatInt(from+n, 10)
		return post(out, a.address, "/check-in/"+strconv.FormatInt(n/ward.People, 10), "", form, body)
	}
}

// mark is the request by which a secretary marks one of the cell present. Cells take
// turns.
func (b *bench) mark(p *server) load.Load {
	return load.Load{Request: func(out []byte, n int64) []byte {
		c := b.ward.Cells[n%int64(len(b.ward.Cells))]
		who := c.Everybody[n/int64(len(b.ward.Cells))%ward.People]
		return post(out, p.address, "/rooms/"+c.Meeting+"/acts", c.Secretary.Cookie, "application/json", act(id.New(), who.Member))
	}}
}

func act(id, member string) string {
	return `[{"id":"` + id + `","kind":"attendance","at":1,"body":{"member":"` + member + `","status":"present"}}]`
}

// vote is the request by which person n casts a ballot, in the poll of the cell where
// none is named.
func (b *bench) vote(p *server, poll string) func([]byte, int64) []byte {
	return func(out []byte, n int64) []byte {
		c, who := b.ward.Person(n)
		id := poll
		if id == "" {
			id = c.Poll
		}
		return post(out, p.address, "/ballots/"+id, who.Cookie, form, "step=cast&choice=001")
	}
}

const form = "application/x-www-form-urlencoded"

// post appends a request.
func post(out []byte, host, path, cookie, kind, body string) []byte {
	out = append(out, "POST "...)
	out = append(out, path...)
	out = append(out, " HTTP/1.1\r\nHost: "...)
	out = append(out, host...)
	if cookie != "" {
		out = append(append(out, "\r\nCookie: "...), cookie...)
	}
	out = append(append(out, "\r\nContent-Type: "...), kind...)
	out = append(out, "\r\nContent-Length: "...)
	out = strconv.AppendInt(out, int64(len(body)), 10)
	out = append(out, "\r\n\r\n"...)
	return append(out, body...)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// median of at least one figure.
func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}
