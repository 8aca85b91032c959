package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"chibo/app"
	"chibo/app/world"
	"chibo/bench/load"
	"chibo/bench/ward"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/organization"
)

const (
	// mostUpkept are cells enough to see a share of some hundredths; under one committee there are as many as
	// in a large commune.
	mostUpkept = 1500
	underOne   = 60
	// behind is how many cells are checked in before a meeting is closed: nobody comes any more.
	behind = 4
)

// upkeep measures what keeping the board up to date takes from check-ins: evenings in which everybody
// of a cell checks in and then its meeting is closed, which changes its line of the board, served with
// the sweep of the board and without any, by turns. Check-ins alone change nothing that a board shows.
func (b *bench) upkeep(ctx context.Context) ([]goal, error) {
	b, err := b.apart(ctx, "upkeep", mostUpkept)
	if err != nil {
		return nil, err
	}
	if err := b.spread(ctx); err != nil {
		return nil, err
	}
	evenings := b.cells / (2 * b.rounds)
	if evenings <= behind {
		return nil, fmt.Errorf("%d cells are too few for %d rounds", b.cells, b.rounds)
	}
	var shares, with, without, each []float64 // each: of an evening, in milliseconds of the processor
	for n := range b.rounds {
		var cpu [2]time.Duration
		for turn := range 2 {
			kept := (n + turn) % 2 // who is first takes turns
			at := (2*n + turn) * evenings
			spent, err := b.evenings(ctx, kept == 1, b.ward.Cells[at:at+evenings])
			if err != nil {
				return nil, err
			}
			cpu[kept] = spent
		}
		people := float64(evenings * ward.People)
		without, with = append(without, people/cpu[0].Seconds()), append(with, people/cpu[1].Seconds())
		shares, each = append(shares, 1-with[n]/without[n]), append(each, ms(cpu[1]-cpu[0])/float64(evenings))
		fmt.Fprintf(os.Stderr, "  %.0f per CPU second with the board, %.0f without\n", with[n], without[n])
	}
	closed, err := b.closed(ctx)
	if err != nil {
		return nil, err
	}
	if want := 2 * b.rounds * (evenings - behind); closed != want {
		return nil, fmt.Errorf("%d meetings are closed of %d", closed, want)
	}
	share := median(shares)
	return []goal{{
		what: fmt.Sprintf("What the board takes of evenings in which %d check in and the meeting is closed, committees of %d cells", ward.People, underOne),
		want: "at most 15 % of check-ins per CPU second",
		figure: fmt.Sprintf("%.1f %%, %.1f ms of the processor an evening: %.0f check-ins with their closing per CPU second with the sweep of the board, %.0f without, %d evenings each; check-ins alone mark nothing, and a board that is opened is counted first, so it is never old",
			100*share, median(each), median(with), median(without), b.rounds*evenings),
		met: share <= 0.15,
	}}, nil
}

// evenings lets everybody of some cells come and their meetings be closed, and returns the time of the
// processor until all is done that follows from it.
func (b *bench) evenings(ctx context.Context, kept bool, cells []ward.Cell) (time.Duration, error) {
	address, err := free(ctx)
	if err != nil {
		return 0, err
	}
	p, err := b.start(ctx, address, "still", "-data", b.path("data"), "-listen", address, fmt.Sprintf("-sweep=%v", kept))
	if err != nil {
		return 0, err
	}
	ask := func(n int, request func(out []byte, n int64) []byte) (time.Duration, error) {
		l := load.Load{Address: p.address, Process: p.process(), Connections: connections, For: time.Hour, Most: int64(n), Request: request}
		r, err := l.Run(ctx)
		if err == nil && r.Done != n {
			err = fmt.Errorf("%d of %d were answered: %v", r.Done, n, r)
		}
		return load.Spent(p.process()), err
	}
	// Whoever presses a button has a page before them.
	begun, err := ask(len(cells)*(ward.People+1), func(out []byte, n int64) []byte {
		c := cells[n/(ward.People+1)]
		if k := n % (ward.People + 1); k < ward.People {
			return get(out, p.address, "/vao/ten/"+c.Everybody[k].Member, c.Everybody[k].Ticket)
		}
		return get(out, p.address, "/rooms/"+c.Meeting, c.Secretary.Cookie)
	})
	if err != nil {
		return 0, errors.Join(err, p.stop())
	}
	_, err = ask(len(cells)*(ward.People+1), func(out []byte, n int64) []byte {
		at, k := n/(ward.People+1), n%(ward.People+1)
		if c := cells[at]; k < ward.People {
			return post(out, p.address, "/vao/ten/"+c.Everybody[k].Member, c.Everybody[k].Ticket, form, "")
		}
		if at < behind {
			return get(out, p.address, "/healthz", "")
		}
		c := cells[at-behind]
		return post(out, p.address, "/rooms/"+c.Meeting+"/acts", c.Secretary.Cookie, "application/json", `[{"id":"`+id.New()+`","kind":"close","at":2,"body":{}}]`)
	})
	if err := errors.Join(err, p.stop()); err != nil {
		return 0, err
	}
	return p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime() - begun, nil
}

// inside opens the program on the ward, for what is made ready before it is measured.
func (b *bench) inside(ctx context.Context, do func(a *app.App) error) (err error) {
	a, err := app.Open(ctx, app.Config{
		Database: filepath.Join(b.path("data"), app.DatabaseFile), Data: b.path("data"), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		return err
	}
	return errors.Join(do(a), a.Close())
}

// founder may found units under the committee of the ward.
func (b *bench) founder(ctx context.Context, a *app.App) (access.Person, organization.Organization, error) {
	office := accountOf(world.Facts{Accounts: b.ward.Accounts}, access.Clerk).Organization
	o, err := organization.Get(ctx, a.DB, access.Whole("", "/"), office)
	return access.Person{Account: "bench", Root: o.Root, Grants: []access.Grant{{Root: o.Root, Organization: o.ID, Path: o.Path, Needs: map[access.Need]bool{organization.Manage: true}}}}, o, err
}

// spread lays the cells of the ward under committees, as they lie in a country.
func (b *bench) spread(ctx context.Context) error {
	return b.inside(ctx, func(a *app.App) error {
		who, top, err := b.founder(ctx, a)
		if err != nil {
			return err
		}
		cells, err := cellsOf(ctx, a.DB, top.ID)
		if err != nil {
			return err
		}
		var under organization.Organization
		for n, cell := range cells {
			if n%underOne == 0 {
				under, err = a.Organizations.Add(ctx, who, top.ID, organization.Organization{Level: organization.BaseCommittee, Name: fmt.Sprintf("Đảng ủy bộ phận %d", n/underOne+1)})
			}
			if err == nil {
				err = a.DB.Tx(ctx, func(tx *db.Tx) error { return layUnder(ctx, tx, cell, under) })
			}
			if err != nil {
				return err
			}
		}
		return a.Supervision.Recount(ctx, access.Whole("", "/"))
	})
}

// closed counts the meetings of today that are closed.
func (b *bench) closed(ctx context.Context) (n int, err error) {
	err = b.inside(ctx, func(a *app.App) error {
		n, err = closedOf(ctx, a.DB, b.ward)
		return err
	})
	return n, err
}
