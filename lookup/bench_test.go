package lookup_test

import (
	"fmt"
	"strings"
	"testing"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/search"
	"chibo/minutes"
)

// BenchmarkMinutes looks through ten thousand sealed evenings of nine thousand letters each:
// for words of few of them, and for words of none.
func BenchmarkMinutes(b *testing.B) {
	for name, where := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		d := dbtest.Open(b, where(b))
		if err := fillEvenings(b, d, 10_000); err != nil {
			b.Fatal(err)
		}
		for kind, question := range map[string]string{"few": "ho so 9999", "none": "ho so bim bip", "all": "ho so"} {
			b.Run(name+"/"+kind, func(b *testing.B) {
				for b.Loop() {
					if _, err := minutes.Search(b.Context(), d, access.Whole("", "/"), search.Asked(question), 7); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func fillEvenings(b *testing.B, d *db.DB, n int) error {
	type unit struct{ RootID, ID, Path, Level, Name string }
	type evening struct {
		RootID, ID, OrganizationID, Kind, Month, Title, State string
		StartsAt, CreatedAt                                   int64
	}
	type entry struct {
		RootID, MeetingID, OrganizationID, Day, Title, Number, Second, SecondKind, Folded string
		SealedAt                                                                          int64
	}
	text := strings.Repeat("Chi bộ thống nhất phân công đảng viên rà soát hồ sơ, phụ trách hộ, báo cáo kết quả vào kỳ sau. ", 100)
	evenings, entries := make([]evening, n), make([]entry, n)
	for i := range n {
		id := fmt.Sprintf("m%05d", i)
		evenings[i] = evening{"r", id, "c", "thematic", "2026-12", "Sinh hoạt", "sealed", int64(i), 0}
		entries[i] = entry{"r", id, "c", "2026-12-03", "Sinh hoạt", "", "", "", search.Words(text + id[1:]), 0}
	}
	return d.Tx(b.Context(), func(tx *db.Tx) error {
		if err := db.Insert(b.Context(), tx, "organization", unit{"r", "c", "/r/c/", "cell", "Chi bộ"}); err != nil {
			return err
		}
		if err := db.InsertAll(b.Context(), tx, "meeting", evenings); err != nil {
			return err
		}
		return db.InsertAll(b.Context(), tx, "minutes_entry", entries)
	})
}
