package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"chibo/bench/load"
	"chibo/bench/ward"
)

// board measures the opening of the board of a province of 10,000 cells in a hundred
// committees, and that of one of these committees, from the request to the whole page.
func (b *bench) board(ctx context.Context) ([]goal, error) {
	dir := b.path("province")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	province, err := ward.FillProvince(ctx, dir, 100, 100)
	if err != nil {
		return nil, err
	}
	log.Printf("the months of 10,000 cells were counted in %v", province.Counted.Round(time.Second))
	p, err := b.serve(ctx, "province")
	if err != nil {
		return nil, err
	}
	goals, err := b.boards(ctx, p, province)
	return goals, errors.Join(err, p.stop())
}

// boards opens the boards one after the other by one reader, as a clerk does.
func (b *bench) boards(ctx context.Context, p *server, province ward.Province) ([]goal, error) {
	var goals []goal
	for _, one := range []struct{ what, unit string }{
		{"Board of a province, 10,000 cells and twelve months in 100 committees", province.Top},
		{"Board of one of its committees, 100 cells and twelve months", province.Committee},
	} {
		path := fmt.Sprintf("/board?unit=%s&year=%d", one.unit, province.Year)
		r, err := load.Load{
			Address: p.address, Process: p.process(), Connections: 1, For: 3 * time.Second,
			Request: func(out []byte, _ int64) []byte { return get(out, p.address, path, province.Reader.Cookie) },
		}.Run(ctx)
		if err != nil {
			return nil, err
		}
		if r.Statuses[200] != r.Done || r.Done == 0 {
			return nil, fmt.Errorf("%s: %v", path, r)
		}
		goals = append(goals, goal{
			what: one.what, want: "opens in under 300 ms",
			figure: fmt.Sprintf("p50 %.0f ms, p99 %.0f ms", ms(r.P50), ms(r.P99)), met: r.P99 < 300*time.Millisecond,
		})
	}
	return goals, nil
}
