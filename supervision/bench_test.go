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
	var cells []boardCell
	var months []Month
	for w := range 100 {
		ward := fmt.Sprintf("w%d", w)
		units = append(units, organization.Organization{Root: ward, ID: ward, Parent: "p", Path: "/p/" + ward + "/", Level: organization.Ward, Name: ward})
		for c := range 100 {
			id := fmt.Sprintf("%sc%d", ward, c)
			units = append(units, organization.Organization{Root: ward, ID: id, Parent: ward, Path: "/p/" + ward + "/" + id + "/", Level: organization.Cell, Kind: organization.Residential, Name: id})
			cells = append(cells, boardCell{ward, id, 1, 1, when.Month{Year: 2026, Month: 1}})
			for m := range 12 {
				day := when.On(2026, time.Month(m+1), 3)
				months = append(months, Month{Root: ward, Cell: id, Month: day.In(), Meeting: id, Day: day, Standing: Met, FileBy: day.AddDays(2), SealedOn: day, Points: 9000, Level: "good"})
			}
		}
	}
	if err := d.Tx(b.Context(), func(tx *db.Tx) error {
		if err := db.InsertAll(b.Context(), tx, "organization", units); err != nil {
			return err
		}
		if err := db.InsertAll(b.Context(), tx, "board_cell", cells); err != nil {
			return err
		}
		return db.InsertAll(b.Context(), tx, "board_month", months)
	}); err != nil {
		b.Fatal(err)
	}
}

// boardCell is a row of board_cell with its counters.
type boardCell struct {
	Root             string `db:"root_id"`
	Cell             string `db:"organization_id"`
	Changes, Counted int
	Begins           when.Month
}
