package supervision

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/locale"
	"chibo/kit/when"
	"chibo/organization"
)

// BenchmarkBoard opens the board of a province of 10,000 cells in a hundred wards, and that
// of one of its wards, with twelve months kept. The goal is 300 ms for each.
func BenchmarkBoard(b *testing.B) {
	for name, where := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		d := dbtest.Open(b, where(b))
		fillProvince(b, d)
		s := &Service{DB: d, Now: func() time.Time { return when.On(2026, 12, 10).At(9, 0).Time() }}
		who := access.Person{Account: "a", Grants: []access.Grant{{Organization: "p", Path: "/p/", Needs: map[access.Need]bool{MayOversee: true}}}}
		for board, unit := range map[string]string{"province": "p", "ward": "w7"} {
			b.Run(name+"/"+board, func(b *testing.B) {
				for range b.N {
					read, err := s.Board(b.Context(), who, Query{Unit: unit})
					if err != nil || len(read.Rows) != 100 || read.Sum().Cells%100 != 0 {
						b.Fatalf("%d rows: %v", len(read.Rows), err)
					}
					if err := (boardView{Board: read, L: locale.Of(httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/", nil))}).body().Render(io.Discard); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// fillProvince writes a province with a hundred wards of a hundred cells and a year of
// kept months each.
func fillProvince(b *testing.B, d *db.DB) {
	b.Helper()
	units := []organization.Organization{{Root: "p", ID: "p", Path: "/p/", Level: organization.Province, Name: "Tỉnh"}}
	var cells []place
	var months []Month
	for w := range 100 {
		ward := fmt.Sprintf("w%d", w)
		units = append(units, organization.Organization{Root: ward, ID: ward, Parent: "p", Path: "/p/" + ward + "/", Level: organization.Ward, Name: ward})
		for c := range 100 {
			id := fmt.Sprintf("%sc%d", ward, c)
			units = append(units, organization.Organization{Root: ward, ID: id, Parent: ward, Path: "/p/" + ward + "/" + id + "/", Level: organization.Cell, Kind: organization.Kinds[c%5], Name: id})
			cells = append(cells, place{ward, id})
			for m := range 12 {
				day := when.On(2026, time.Month(m+1), 3)
				row := Month{Root: ward, Cell: id, Month: day.In(), Meeting: id, Day: day, Standing: Met, FileBy: day.AddDays(2 + c%20), SealedOn: day, Points: 9000, Level: "good"}
				if c%10 == m%10 { // one in ten is not filed yet
					row.SealedOn, row.Until, row.Becomes = when.Date{}, row.FileBy, Late
				}
				months = append(months, row)
			}
		}
	}
	ctx := b.Context()
	if err := d.Tx(ctx, func(tx *db.Tx) error {
		if err := db.InsertAll(ctx, tx, "organization", units); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, `UPDATE board_cell SET counted = changes, begins = '2026-01'`); err != nil {
			return err
		}
		if err := db.InsertAll(ctx, tx, "board_month", months); err != nil {
			return err
		}
		return sumUp(ctx, tx, cells)
	}); err != nil {
		b.Fatal(err)
	}
}
