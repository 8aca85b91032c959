package meeting

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"chibo/document"
	"chibo/kit/when"
	"chibo/organization"
)

var rewrite = flag.Bool("update", false, "write the golden files again")

// dossiers are the papers of a meeting in full and of one with almost nothing.
func dossiers() map[string]dossier {
	full := prepared()
	full.Meeting.Title, full.Meeting.Place = "Sinh hoạt thường kỳ tháng 12/2026", "Nhà văn hóa Tổ 17"
	full.Meeting.State = Noticed
	full.Guests = []Guest{
		{Name: "Phan Đình Tuệ", Office: "Cấp ủy viên phụ trách chi bộ", Superior: true},
		{Name: "Hoàng Văn Nam", Office: "Bí thư chi bộ", Body: "Trường Tiểu học Hoa Sen"},
	}
	cell := organization.Organization{Name: "Chi bộ Tổ dân phố 17", Superior: "Đảng bộ phường Sông Xanh", Town: "Sông Xanh"}
	names := map[string]string{"chair": "Trần Văn Hòa", "deputy": "Lê Thị Minh", "briefer": "Nguyễn Thị Lan", "writer": "Đỗ Văn Thành"}
	bare := Preparation{Meeting: Meeting{
		Kind: Thematic, State: Draft, Title: TitleOf(Thematic, when.Month{Year: 2026, Month: 2}, when.Date{}), Theme: "Nêu gương",
		StartsAt: when.On(2026, 2, 5).At(8, 0), Place: "Phòng họp",
	}, Items: []Item{{Position: 1, Kind: Theme, Title: "Trình bày chuyên đề", Minutes: 30}, {Position: 2, Kind: Discussion, Title: "Thảo luận", Minutes: 60}}}
	return map[string]dossier{
		"full": {full, cell, names, Notice{GivenAt: when.On(2026, 11, 29).At(21, 4), Change: "hội trường có việc, dời sang buổi tối"}, when.Date{}},
		"bare": {bare, cell, nil, Notice{}, when.On(2026, 2, 1)},
	}
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	for name, d := range dossiers() {
		for paper, doc := range map[string]document.Doc{"notice": d.noticeDoc(), "agenda": d.agendaDoc()} {
			golden(t, name+"-"+paper+".txt", doc.Text())
			if data, err := doc.DOCX(); err != nil || !bytes.HasPrefix(data, []byte("PK")) {
				t.Errorf("%s %s as Word: %v", name, paper, err)
			}
			if data, err := doc.PDF(); err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) {
				t.Errorf("%s %s as PDF: %v", name, paper, err)
			}
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *rewrite {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s differs (%v): run go test ./meeting -update and look at it\n%s", name, err, got)
	}
}

func TestFileNamesSortByDay(t *testing.T) {
	t.Parallel()
	d := dossiers()["full"]
	if got := d.fileName(d.noticeDoc(), "docx"); got != "2026-12-03 Thông báo.docx" {
		t.Errorf("got %q", got)
	}
}
