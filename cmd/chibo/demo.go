package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"chibo/app"
	"chibo/app/world"
	"chibo/kit/when"
)

// demo is chibo demo.
type demo struct {
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080"`
	Cells  int    `help:"Number of cells. Above 500 it is a country of 34 provinces, with the ward of the demo in it and a year of meetings in every other cell." default:"24"`
	People int    `help:"Number of people on all rolls together." default:"612" name:"members"`
	Months int    `help:"Number of months that have been held in the ward." default:"12"`
	Seed   uint64 `help:"The same seed makes the same ward." default:"1"`
	Data   string `help:"Data directory to keep; it must be empty or hold an earlier demo, which is served again. Without it the ward goes when the program ends." type:"path"`
}

// tellEvery is how often the filling of a country says how far it has come.
const tellEvery = 10 * time.Second

// factsFile holds, in the data directory of a demo, what its first line says.
const factsFile = "demo.json"

// mostOfWard is how many cells a ward has at most: more are a country.
const mostOfWard = 500

// Validate refuses sizes that neither a ward nor a country has.
func (d *demo) Validate() error {
	if d.Cells < 1 || d.Cells > 400_000 || d.People < 0 || d.Cells <= mostOfWard && d.People > 50_000 || d.People > 10_000_000 || d.Months < 2 || d.Months > 60 {
		return errors.New("want 1 to 500 cells and up to 50,000 people, or a country of up to 400,000 cells and 10,000,000 people, and 2 to 60 months")
	}
	return nil
}

// Run fills a ward, or finds it filled, prints the line of JSON and serves until
// the program is told to stop.
func (d *demo) Run(c console) (err error) {
	dir := d.Data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "chibo-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	kept, facts, err := keptFacts(dir)
	if err != nil {
		return err
	}
	clock := &world.Clock{}
	a, err := store{Data: dir}.open(c, true, func(cfg *app.Config) {
		cfg.Now = clock.Now
		if !strings.HasSuffix(d.Listen, ":0") {
			cfg.Listen, cfg.Base = d.Listen, "http://"+d.Listen // for the codes on paper
		}
	})
	if err != nil {
		return err
	}
	if !kept {
		facts, err = d.fill(c, a, clock, dir)
	}
	if err == nil {
		clock.Run()
		a.Accounts.Demo = facts.Offered()
		err = serving(c, a, d.Listen, 0, func(url string) error {
			facts.URL = url
			return json.NewEncoder(c.out).Encode(facts)
		})
	}
	return errors.Join(err, a.Close())
}

// keptFacts reads what an earlier demo has left in dir.
func keptFacts(dir string) (kept bool, f world.Facts, err error) {
	b, err := os.ReadFile(filepath.Join(dir, factsFile)) // #nosec G304 -- the directory that the operator names
	if err == nil {
		return true, f, json.Unmarshal(b, &f)
	}
	if _, other := os.Stat(filepath.Join(dir, app.DatabaseFile)); other == nil {
		return false, f, fmt.Errorf("%s holds data that is not of a demo: choose an empty directory", dir)
	}
	return false, f, nil
}

// fill makes the ward and keeps what is to be known of it.
func (d *demo) fill(c console, a *app.App, clock *world.Clock, dir string) (world.Facts, error) {
	begin := time.Now()
	size := world.Size{Cells: d.Cells, People: d.People, Months: d.Months, Seed: d.Seed}
	fill := func() (world.Facts, error) { return world.Fill(c.ctx, a, clock, size, when.At(begin)) }
	if d.Cells > mostOfWard {
		size.Cells, size.People = world.DefaultSize.Cells, world.DefaultSize.People
		country, told := world.Nation(d.Cells, d.People, size), time.Now()
		fill = func() (world.Facts, error) {
			return world.FillCountry(c.ctx, a, clock, country, when.At(begin), func(cells int) {
				if time.Since(told) > tellEvery {
					told = time.Now()
					a.Log.Info("the country is being filled", "cells", cells, "of", country.Cells)
				}
			})
		}
	}
	facts, err := fill()
	if err != nil {
		return facts, fmt.Errorf("fill the demo: %w", err)
	}
	a.Log.Info("the demo is filled", "took", time.Since(begin).Round(time.Millisecond).String())
	b, err := json.Marshal(facts)
	if err != nil {
		return facts, err
	}
	return facts, os.WriteFile(filepath.Join(dir, factsFile), b, 0o600)
}
