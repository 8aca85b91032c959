// Run measures the program against the bare anchor and writes doc/performance.md:
// go run ./bench/run, or make bench.
//
// Anchor and program run at the same time and are asked in turn, so that a busy
// neighbour, a warm machine or a slow disk strikes both. Rounds in which others had
// more than a third of a core are dropped, and of the others the median ratio counts.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"chibo/bench/ward"
)

// options say how much is measured.
type options struct {
	rounds     int
	cells      int
	long       time.Duration // of the open loop
	kills      int
	lasting    time.Duration // of the soak
	country    string        // data directory
	litestream string        // program
	others     float64       // cores that others may have in a round
	only       string
	out        string
}

func main() {
	var o options
	flag.IntVar(&o.rounds, "rounds", 5, "rounds of each goal")
	flag.IntVar(&o.cells, "cells", 3000, "cells, each in its meeting")
	flag.DurationVar(&o.long, "long", 60*time.Second, "how long the peak of a whole country is held")
	flag.IntVar(&o.kills, "kills", 20, "how often the program is killed under load")
	flag.StringVar(&o.only, "only", "", "measure only these: starts, writes, screens, peak, killed, yearbook, invitations, board, import, upkeep, storm; empty: all; rooms: how soon a room is ready in Chromium on a slow processor; soak: how memory stands after hours; copied: what Litestream brings back")
	flag.DurationVar(&o.lasting, "for", 2*time.Hour, "how long the program is used by -only soak")
	flag.StringVar(&o.country, "country", "", "data directory that chibo demo has filled with a country, for the boards; empty: one of 10,000 cells is filled")
	flag.StringVar(&o.litestream, "litestream", "", "the program Litestream, for -only copied")
	flag.Float64Var(&o.others, "others", 0.3, "cores that other programs may have in a round that counts")
	flag.StringVar(&o.out, "o", "doc/performance.md", "file to write; empty prints only")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := os.Setenv("CGO_ENABLED", "0"); err != nil { // for the servers, as in a release
		log.Fatal(err)
	}
	if err := run(ctx, o); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, o options) (err error) {
	dir, err := os.MkdirTemp("", "chibo-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := &bench{options: o, dir: dir, programs: dir, loadavg: loadavg(), begun: time.Now()}
	if err := build(ctx, dir); err != nil {
		return err
	}
	if !slices.Contains([]string{"yearbook", "invitations", "board", "import", "upkeep", "storm", "soak", "copied"}, o.only) { // which have cells of their own
		if err := b.fill(ctx); err != nil {
			return err
		}
	}
	goals, err := b.measure(ctx)
	if err != nil {
		return err
	}
	return b.write(goals)
}

// build builds the servers into a directory, as they are handed out.
func build(ctx context.Context, dir string) error {
	root, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return fmt.Errorf("find the sources: %w", err)
	}
	script := filepath.Join(strings.TrimSpace(string(root)), "scripts", "build")
	build := exec.CommandContext(ctx, script, dir+string(filepath.Separator), "chibo/cmd/chibo", "chibo/bench/anchor", "chibo/bench/still")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build the servers: %w", err)
	}
	return nil
}

// fill fills the ward.
func (b *bench) fill(ctx context.Context) (err error) {
	log.Printf("a ward of %d cells is filled", b.cells)
	begin := time.Now()
	if err := os.Mkdir(b.path("data"), 0o700); err != nil {
		return err
	}
	b.ward, err = ward.Fill(ctx, b.path("data"), b.cells)
	log.Printf("in %v", time.Since(begin).Round(time.Second))
	return err
}

// bench is one run.
type bench struct {
	options
	dir      string // of data and logs
	programs string // directory of the servers
	ward     ward.Ward
	loadavg  string
	begun    time.Time
	lookedAt int   // files in which keys were looked for
	written  int64 // what the anchor was asked has another number each time
}

func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

// byHand are the parts that are measured only where they are named.
var byHand = map[string]bool{"soak": true, "copied": true, "rooms": true}

// measure asks for each goal in turn.
func (b *bench) measure(ctx context.Context) ([]goal, error) {
	var goals []goal
	for _, part := range []struct {
		name    string
		measure func(context.Context) ([]goal, error)
	}{{"starts", b.starts}, {"writes", b.inTurn(b.writes)}, {"screens", b.inTurn(b.screensOf)}, {"peak", b.inTurn(b.peak)}, {"killed", b.killed}, {"yearbook", b.yearbook}, {"invitations", b.invitations}, {"board", b.board}, {"import", b.imports}, {"upkeep", b.upkeep}, {"storm", b.storm}, {"soak", b.soaked}, {"copied", b.copied}, {"rooms", b.rooms}} {
		if b.only != "" && !strings.Contains(b.only, part.name) || b.only == "" && byHand[part.name] {
			continue
		}
		log.Printf("%s, %v after the beginning", part.name, time.Since(b.begun).Round(time.Second))
		more, err := part.measure(ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
		for _, g := range more {
			log.Print(g)
		}
		goals = append(goals, more...)
	}
	return goals, nil
}
