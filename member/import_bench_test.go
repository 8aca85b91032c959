package member_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db/dbtest"
	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// BenchmarkImport takes rolls in, of a large cell and as large as may be, each into a cell of its own: read, kept,
// shown, written.
func BenchmarkImport(b *testing.B) {
	for _, of := range []struct {
		kind string
		rows int
	}{{"csv", 600}, {"xlsx", 600}, {"csv", 19_999}} {
		b.Run(fmt.Sprintf("%s%d", of.kind, of.rows), func(b *testing.B) {
			kind, rows := of.kind, of.rows
			d := dbtest.Open(b, dbtest.SQLite(b))
			now := time.Date(2026, time.November, 20, 20, 0, 0, 0, when.VietNam)
			log := audit.Log{Now: func() when.Instant { return when.At(now) }}
			s := &member.Service{DB: d, Now: func() time.Time { return now }, Audit: log}
			units := &organization.Service{DB: d, Now: s.Now, Audit: log}
			who := person("clerk", "/", organization.Manage, member.Read, member.Write, member.Private)
			ward, err := units.Add(b.Context(), who, "", organization.Organization{ID: "ward", Name: "Đảng bộ phường", Level: organization.Ward})
			if err != nil {
				b.Fatal(err)
			}
			server := (&web.Server{
				Routes: (&member.Pages{Service: s}).Routes(), Identify: func(*http.Request) (access.Person, error) { return who, nil },
				Nav: func(*web.Ctx) web.Nav { return web.Nav{} }, Now: func() when.Instant { return when.At(now) }, Log: slog.New(slog.DiscardHandler),
			}).Handler()
			cards := 0
			var upload, page, press time.Duration
			for b.Loop() {
				b.StopTimer()
				cell, err := units.Add(b.Context(), who, ward.ID, organization.Organization{Name: "Chi bộ", Level: organization.Cell, Kind: organization.School})
				if err != nil {
					b.Fatal(err)
				}
				table := sheet.Table{Name: "Đảng viên", Header: []string{"Họ và tên", "Ngày sinh", "Số thẻ", "Ngày vào Đảng", "Ngày chính thức", "Chức vụ"}, Widths: make([]float64, 6)}
				for i := range rows {
					cards++
					table.Rows = append(table.Rows, []any{
						fmt.Sprintf("Trần Văn %c%c", 'A'+i%26, 'a'+i/26%26), when.On(1960, time.January, 1).AddDays(i % 9000).Slashed(), fmt.Sprintf("9%08d", cards), "03/02/2010", "03/02/2011", "Giáo viên",
					})
				}
				file := table.CSV()
				if kind == "xlsx" {
					if file, err = table.XLSX(); err != nil {
						b.Fatal(err)
					}
				}
				b.StartTimer()
				begin := time.Now()
				id, err := s.Upload(b.Context(), who, cell.ID, "roll."+kind, file)
				if err != nil {
					b.Fatal(err)
				}
				uploaded := time.Now()
				shown := httptest.NewRecorder()
				server.ServeHTTP(shown, httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/members/import?id="+id, nil))
				_, rest, _ := strings.Cut(shown.Body.String(), `name="digest" value="`)
				digest, _, _ := strings.Cut(rest, `"`)
				seen := time.Now()
				report, err := s.Confirm(b.Context(), who, id, digest, locale.Of(httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/", nil)))
				if err != nil || report.Added != rows {
					b.Fatalf("%d added, %v", report.Added, err)
				}
				upload, page, press = upload+uploaded.Sub(begin), page+seen.Sub(uploaded), press+time.Since(seen)
			}
			for step, took := range map[string]time.Duration{"upload": upload, "page": page, "press": press} {
				b.ReportMetric(took.Seconds()*1000/float64(b.N), "ms/"+step)
			}
			b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
