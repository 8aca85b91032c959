package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"chibo/app"
	"chibo/app/world"
	"chibo/bench/load"
	"chibo/kit/when"
)

// startsOfCountry is how often the program starts with the database of a country: the median
// counts, for the first start reads what was long unused from the disk.
const startsOfCountry = 3

// board measures the opening of the boards of a country, from the request to the whole page, and
// how the program stands with so much data: its start and its memory.
func (b *bench) board(ctx context.Context) ([]goal, error) {
	facts, err := b.ofCountry(ctx)
	if err != nil {
		return nil, err
	}
	var ready []float64
	for range startsOfCountry - 1 {
		p, err := b.serve(ctx, "country")
		if err == nil {
			ready = append(ready, ms(p.ready))
			err = p.stop()
		}
		if err != nil {
			return nil, err
		}
	}
	p, err := b.serve(ctx, "country")
	if err != nil {
		return nil, err
	}
	took := median(append(ready, ms(p.ready)))
	time.Sleep(settle)
	idle := load.Memory(p.process())
	goals, err := b.boards(ctx, p, facts)
	return append(goals, goal{
		what: "Start with the database of the country, process to first answer", want: "at most 30 ms", figure: fmt.Sprintf("%.0f ms", took), met: took <= 30,
	}, goal{
		what: "Memory of the idle process with the database of the country", want: "at most 48 MB", figure: fmt.Sprintf("%.0f MB PSS", float64(idle)/(1<<20)), met: idle <= 48<<20,
	}), errors.Join(err, p.stop())
}

// ofCountry finds a country that was filled, or fills a small one.
func (b *bench) ofCountry(ctx context.Context) (facts world.Facts, err error) {
	if b.country != "" {
		text, err := os.ReadFile(filepath.Join(b.country, "demo.json"))
		if err == nil {
			err = json.Unmarshal(text, &facts)
		}
		if err != nil {
			return facts, err
		}
		at, err := filepath.Abs(b.country)
		if err != nil {
			return facts, err
		}
		return facts, os.Symlink(at, b.path("country"))
	}
	if err := os.Mkdir(b.path("country"), 0o700); err != nil {
		return facts, err
	}
	clock := &world.Clock{}
	a, err := app.Open(ctx, app.Config{Database: b.path("country/" + app.DatabaseFile), Data: b.path("country"), Now: clock.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		return facts, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	begun := time.Now()
	facts, err = world.FillCountry(ctx, a, clock, world.Nation(10_000, 224_000, world.Size{Cells: 3, People: 50, Months: 3, Seed: 1}), when.At(begun), func(int) {})
	log.Printf("a country of 10,000 cells was filled in %v", time.Since(begun).Round(time.Second))
	return facts, err
}

// row is where a row of a board leads.
var row = regexp.MustCompile(`href="(/board\?[^"]*unit=[0-9a-f-]{36}[^"]*)"`)

// boards opens the boards one after the other by one reader, as a clerk does: that of the country,
// of its last province, and of the last commune of that.
func (b *bench) boards(ctx context.Context, p *server, facts world.Facts) ([]goal, error) {
	if len(facts.Readers) == 0 {
		return nil, errors.New("nobody reads the board of this country")
	}
	v := visitor{account: facts.Readers[0]}
	if err := v.enter(ctx, p.address); err != nil {
		return nil, err
	}
	at, err := url.Parse(v.address)
	if err != nil {
		return nil, err
	}
	cookie := ""
	for _, c := range v.client.Jar.Cookies(at) {
		cookie += c.Name + "=" + c.Value + "; "
	}
	var goals []goal
	path := "/board?unit=" + v.account.Organization
	for _, what := range []string{"the country, a row for each province", "a province, a row for each commune", "a commune, with its cells of twelve months"} {
		status, page, err := v.ask(ctx, http.MethodGet, path)
		if err != nil || status != http.StatusOK {
			return nil, fmt.Errorf("%s: %d, %w", path, status, err)
		}
		g, err := b.open(ctx, p, what, path, cookie)
		if err != nil {
			return nil, err
		}
		goals = append(goals, g)
		if below := row.FindAllStringSubmatch(page, -1); len(below) > 0 {
			path = html.UnescapeString(below[len(below)-1][1])
		}
	}
	return goals, nil
}

// open opens a board again and again.
func (b *bench) open(ctx context.Context, p *server, what, path, cookie string) (goal, error) {
	r, err := load.Load{
		Address: p.address, Process: p.process(), Connections: 1, For: 5 * time.Second,
		Request: func(out []byte, _ int64) []byte { return get(out, p.address, path, cookie) },
	}.Run(ctx)
	if err != nil {
		return goal{}, err
	}
	if r.Statuses[200] != r.Done || r.Done == 0 {
		return goal{}, fmt.Errorf("%s: %v", path, r)
	}
	return goal{
		what: "Board of " + what, want: "p50 at most 2 ms, p99 at most 6 ms",
		figure: fmt.Sprintf("p50 %.1f ms, p99 %.1f ms, %.1f ms of the processor", ms(r.P50), ms(r.P99), 1000/r.PerCPU()),
		met:    r.P50 <= 2*time.Millisecond && r.P99 <= 6*time.Millisecond,
	}, nil
}
