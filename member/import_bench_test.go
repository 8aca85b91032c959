package member_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
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
			var upload, page, press, cpu time.Duration
			for b.Loop() {
				b.StopTimer()
				cell, err := units.Add(b.Context(), who, ward.ID, organization.Organization{Name: "Chi bộ", Level: organization.Cell, Kind: organization.School})
				if err != nil {
					b.Fatal(err)
				}
				table := sheet.Table{Name: "Đảng viên", Header: []string{
					"TT", "Họ và tên", "Giới tính", "Ngày sinh", "Dân tộc", "Quê quán", "Số thẻ đảng viên", "Ngày vào Đảng", "Ngày chính thức", "Trình độ chuyên môn", "Lý luận chính trị", "Chức vụ, công việc",
				}, Widths: make([]float64, 12)}
				for i := range rows {
					cards++
					table.Rows = append(table.Rows, []any{
						i + 1, fmt.Sprintf("Trần Văn %c%c", 'A'+i%26, 'a'+i/26%26), "Nam", when.On(1960, time.January, 1).AddDays(i % 9000).Slashed(), "Kinh", "Sông Xanh, Bến Hồ",
						fmt.Sprintf("9%08d", cards), "03/02/2010", "03/02/2011", "Đại học", "Trung cấp", "Giáo viên",
					})
				}
				file := table.CSV()
				if kind == "xlsx" {
					if file, err = table.XLSX(); err != nil {
						b.Fatal(err)
					}
				}
				b.StartTimer()
				worked, begin := spent(b), time.Now()
				id, err := s.Upload(b.Context(), who, cell.ID, "roll."+kind, file)
				if err != nil {
					b.Fatal(err)
				}
				uploaded := time.Now()
				shown := httptest.NewRecorder()
				ask := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/members/import?id="+id, nil)
				ask.Header.Set("Accept-Encoding", "gzip")
				server.ServeHTTP(shown, ask)
				unzipped, err := gzip.NewReader(shown.Body)
				if err != nil {
					b.Fatal(err)
				}
				drawn, err := io.ReadAll(unzipped)
				if err != nil {
					b.Fatal(err)
				}
				_, rest, _ := strings.Cut(string(drawn), `name="digest" value="`)
				digest, _, _ := strings.Cut(rest, `"`)
				seen := time.Now()
				report, err := s.Confirm(b.Context(), who, id, "", digest, locale.Of(httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/", nil)))
				if err != nil || report.Added != rows {
					b.Fatalf("%d added, %v", report.Added, err)
				}
				cpu += spent(b) - worked
				upload, page, press = upload+uploaded.Sub(begin), page+seen.Sub(uploaded), press+time.Since(seen)
			}
			for step, took := range map[string]time.Duration{"upload": upload, "page": page, "press": press} {
				b.ReportMetric(took.Seconds()*1000/float64(b.N), "ms/"+step)
			}
			b.ReportMetric(float64(cpu.Microseconds())/float64(b.N), "cpu-µs/op")
			b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// spent returns the time that the processor has given to this process.
func spent(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(syscall.TimevalToNsec(u.Utime) + syscall.TimevalToNsec(u.Stime))
}
