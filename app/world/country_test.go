package world_test

import (
	"io"
	"log/slog"
	"path/filepath"
	"reflect"
	"testing"

	"chibo/app"
	"chibo/app/world"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/organization"
	"chibo/supervision"
)

// TestCountry makes a country in small: the counts are those that were asked for, its reader sees
// the provinces, every figure of every board is that of a recount from nothing, and it verifies.
func TestCountry(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	clock := &world.Clock{}
	a, err := app.Open(t.Context(), app.Config{
		Database: filepath.Join(dir, app.DatabaseFile), Data: dir, Now: clock.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	want := world.Country{Provinces: 3, Communes: 9, Cells: 300, People: 6000, Ward: world.Size{Cells: 3, People: 50, Months: 3, Seed: 7}}
	facts, err := world.FillCountry(t.Context(), a, clock, want, now, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	for what, number := range map[string]int{
		`SELECT COUNT(*) FROM organization WHERE level = 'province'`: want.Provinces, `SELECT COUNT(*) FROM organization WHERE level = 'ward'`: want.Communes,
		`SELECT COUNT(*) FROM organization WHERE level = 'cell'`: want.Cells, `SELECT COUNT(*) FROM member`: want.People,
		`SELECT COUNT(*) FROM board_cell WHERE changes <> counted`: 0, `SELECT COUNT(*) FROM board_due`: 0,
	} {
		if got, err := db.One[int](t.Context(), a.DB, what); err != nil || got != number {
			t.Errorf("%s: %d, %v, want %d", what, got, err, number)
		}
	}
	whole := access.Whole("", "/")
	units, err := organization.CommitteesUnder(t.Context(), a.DB, whole)
	if err != nil {
		t.Fatal(err)
	}
	who := access.Person{Account: "a", Grants: []access.Grant{{
		Organization: units[0].ID, Path: units[0].Path, Needs: map[access.Need]bool{supervision.MayOversee: true, "quality.read": true, "matter.read": true},
	}}}
	boards := func() (all []supervision.Board) {
		for _, u := range units {
			for _, kind := range []organization.Kind{"", organization.School} {
				b, err := a.Supervision.Board(t.Context(), who, supervision.Query{Unit: u.ID, Kind: kind})
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, b)
			}
		}
		return all
	}
	before := boards()
	if b := before[0]; len(b.Rows) != want.Provinces || b.Sum().Cells != want.Cells {
		t.Errorf("%d provinces, %d cells on the board of the country", len(b.Rows), b.Sum().Cells)
	}
	if s := before[0].Sum(); s.Missed() == 0 || s.Unfiled() == 0 || s.Lacking() == 0 {
		t.Errorf("nothing to see: %d missed, %d unfiled, %d lacking", s.Missed(), s.Unfiled(), s.Lacking())
	}
	if len(facts.Readers) != 2 || facts.Readers[0].Organization != units[0].ID {
		t.Errorf("readers %v", facts.Readers)
	}
	if err := a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		for _, table := range []string{"board_month", "board_sum", "board_start", "board_total", "board_total_start"} {
			if _, err := db.Exec(t.Context(), tx, `DELETE FROM `+table); err != nil {
				return err
			}
		}
		_, err := db.Exec(t.Context(), tx, `UPDATE board_cell SET changes = changes + 1, begins = ''`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if after := boards(); !reflect.DeepEqual(before, after) {
		for n := range before {
			if !reflect.DeepEqual(before[n], after[n]) {
				t.Errorf("%s: kept %+v, counted %+v", before[n].Unit.Name, before[n].Sum(), after[n].Sum())
			}
		}
	}
	if err := a.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
