package world_test

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"chibo/app"
	"chibo/app/world"
	"chibo/directive"
	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/meeting"
)

// now is a Tuesday morning two days before the meeting of December.
var now = when.Date{Year: 2026, Month: time.December, Day: 1}.At(9, 0)

func fill(t testing.TB, size world.Size, at when.Instant) (*app.App, world.Facts) {
	t.Helper()
	dir := t.TempDir()
	clock := &world.Clock{}
	a, err := app.Open(context.Background(), app.Config{
		Database: filepath.Join(dir, app.DatabaseFile), Data: dir, Now: clock.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	facts, err := world.Fill(context.Background(), a, clock, size, at)
	if err != nil {
		t.Fatal(err)
	}
	return a, facts
}

// TestOneCellOfManyMonths has a cell alone, whose first months were scored without points.
func TestOneCellOfManyMonths(t *testing.T) {
	t.Parallel()
	a, facts := fill(t, world.Size{Cells: 1, People: 12, Months: 15, Seed: 1}, now)
	if len(facts.Meetings) == 0 {
		t.Error("no meeting")
	}
	if err := a.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestFillHoldsEverythingADemoNeeds(t *testing.T) {
	t.Parallel()
	a, facts := fill(t, world.Size{Cells: 3, People: 50, Months: 3, Seed: 7}, now)
	roles := map[access.Role]bool{}
	for _, who := range facts.Accounts {
		roles[who.Role] = true
	}
	for _, r := range access.Roles {
		if !roles[r] {
			t.Errorf("nobody is %s", r)
		}
	}
	if len(facts.Offered()) != len(access.Roles) {
		t.Errorf("%d people offered", len(facts.Offered()))
	}
	for n, m := range facts.Meetings {
		if m.State != meeting.States[n] {
			t.Errorf("meeting %d is %s", n, m.State)
		}
	}
	if err := a.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	stages := map[directive.Stage]int{}
	for _, who := range facts.Accounts {
		if who.Role != access.Secretary {
			continue
		}
		received, err := a.Directives.Received(t.Context(), facts.Accounts[0].Organization, who.Organization)
		if err != nil || len(received) == 0 {
			t.Fatalf("%s has received %d directives, %v", who.Unit, len(received), err)
		}
		for _, r := range received {
			stages[r.Placed.Stage()]++
		}
	}
	if stages[directive.Handled] == 0 || stages[directive.Met] == 0 || stages[directive.Laid] == 0 || stages[directive.Working] == 0 {
		t.Errorf("the cells have come with their directives to %v", stages)
	}
}

func BenchmarkDemo(b *testing.B) {
	for b.Loop() {
		fill(b, world.DefaultSize, now)
	}
}
