package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/web"
	"chibo/library"
	"chibo/rubric"
)

// packet is a file that somebody sends.
type packet struct {
	why, name string
	data      []byte
}

// part of a package.
type inner struct{ name, text string }

func packed(t testing.TB, parts ...inner) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The least that makes a file of Word, and of Excel.
var (
	contents = inner{"[Content_Types].xml", "<Types/>"}
	word     = inner{"word/document.xml", "<w:document xmlns:w='w'><w:p><w:t>Chi bộ</w:t></w:p></w:document>"}
	book     = inner{"xl/workbook.xml", "<workbook/>"}
)

// lying returns a package whose directory understates the size of a part that inflates.
func lying(t testing.TB, first inner) []byte {
	data := packed(t, contents, first, inner{"a/bomb.bin", strings.Repeat("\x00", 80<<20)})
	at := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[at+24:], 100)
	return data
}

// claiming returns a small PNG file whose head claims so many pixels.
func claiming(t testing.TB, width, height uint32) []byte {
	t.Helper()
	b := drawing(t)
	at := bytes.Index(b, []byte("IHDR")) + 4
	binary.BigEndian.PutUint32(b[at:], width)
	binary.BigEndian.PutUint32(b[at+4:], height)
	binary.BigEndian.PutUint32(b[at+13:], crc32.ChecksumIEEE(b[at-4:at+13]))
	return b
}

func drawing(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// place stands in the marks of a camera: where the picture was taken.
const place = "10.7769N106.7009E-canary"

// photograph is a picture with the marks of a camera and something behind its end.
func photograph(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	marks := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00" + place
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(marks)+2))
	return slices.Concat(head, []byte(marks), b.Bytes()[2:], packed(t, inner{"x", place}))
}

const (
	laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>`
	entity = `<!DOCTYPE l [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><l>&x;</l>`
	page   = "<html><script>alert(1)</script></html>"
	svg    = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`
)

// hostile are files that no route may keep.
func hostile(t testing.TB) []packet {
	bomb := inner{"a/bomb.bin", strings.Repeat("\x00", 80<<20)}
	full := string(packed(t, contents, word, bomb))
	empty := strings.Repeat("MZ\x90\x00", 64)
	all := []packet{
		{"nothing", "a.pdf", nil},
		{"a program", "a.exe", []byte(empty)},
		{"a drawing with a script", "a.svg", []byte(svg)},
		{"a page", "a.html", []byte(page)},
		{"an archive", "a.zip", packed(t, inner{"a.txt", "x"})},
		{"a workbook with macros", "a.xlsm", packed(t, contents, book, inner{"xl/vbaProject.bin", "x"})},
		{"two endings", "a.xlsx.exe", []byte(empty)},
		{"a name that turns around", "a\u202efdp.exe", []byte(empty)},
		{"no ending", "a", []byte("%PDF-1.7\n%%EOF")},
		{"a name with NUL", "a.exe\x00.pdf", []byte(empty)},
		{"a name that leads out", "../../../etc/passwd", []byte("x")},
		{"too many pixels", "a.png", claiming(t, 20_000, 20_000)},
		{"pixels beyond measure", "a.png", claiming(t, 1<<30, 1<<30)},
		{"a cut-off picture", "a.png", drawing(t)[:30]},
		{"a cut-off photograph", "a.jpg", photograph(t)[:60]},
		{"a PDF that is an archive", "a.pdf", append([]byte("%PDF-1.7\n%%EOF\n"), packed(t, word)...)},
		{"a cut-off PDF", "a.pdf", []byte("%PDF-1.7\n1 0 obj")},
		{"a bomb of aliases", "a.yaml", []byte("a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]")},
	}
	for _, ending := range []string{"pdf", "docx", "xlsx", "csv", "png", "jpg", "yaml"} {
		all = append(all,
			packet{"a program called " + ending, "a." + ending, []byte(empty)},
			packet{"a page called " + ending, "a." + ending, []byte(page)},
			packet{"a drawing called " + ending, "a." + ending, []byte(svg)})
	}
	for ending, first := range map[string]inner{"docx": word, "xlsx": book} {
		name := "a." + ending
		all = append(all,
			packet{"an archive called " + ending, name, packed(t, inner{"a.txt", "x"})},
			packet{"macros called " + ending, name, packed(t, contents, first, inner{"word/vbaProject.bin", "x"}, inner{"xl/vbaProject.bin", "x"})},
			packet{"a bomb called " + ending, name, packed(t, contents, first, bomb)},
			packet{"a bomb that lies called " + ending, name, lying(t, first)},
			packet{"a bomb within called " + ending, name, packed(t, contents, first, inner{"a/a.docx", full})},
			packet{"a thousand parts called " + ending, name, packed(t, append([]inner{contents, first}, many(1000)...)...)},
			packet{"laughs called " + ending, name, packed(t, contents, inner{first.name, laughs})},
			packet{"an entity called " + ending, name, packed(t, contents, inner{first.name, entity})},
			packet{"a part that leads out called " + ending, name, packed(t, contents, first, inner{"../../x.xml", "<x/>"})},
			packet{"depth called " + ending, name, packed(t, contents, inner{first.name, strings.Repeat("<a>", 100_000)})},
			packet{"cut off called " + ending, name, packed(t, contents, first)[:60]})
	}
	return all
}

func many(n int) []inner {
	all := make([]inner, n)
	for i := range all {
		all[i] = inner{fmt.Sprintf("a/%d.bin", i), "x"}
	}
	return all
}

// sending is a form with a file, sent to a route.
func sending(t testing.TB, path string, p packet, fields map[string]string) *http.Request {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, value := range fields {
		if err := m.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	w, err := m.CreateFormFile("file", p.name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(p.data); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return r
}

// door is a route that takes files, with somebody who may send it some and a file that it
// takes.
type door struct {
	web.Route

	who, path string
	fields    map[string]string
	good      packet
}

// goods are files that some route takes.
func goods(t testing.TB) []packet {
	t.Helper()
	sheet, err := rubric.National(worldtest.Now.Date()).Text()
	if err != nil {
		t.Fatal(err)
	}
	return []packet{
		{"", "Anh chup.jpg", photograph(t)},
		{"", "Kế hoạch.pdf", []byte("%PDF-1.7\n%%EOF\n")},
		{"", "Danh sach.xlsx", roster(t)},
		{"", "bo tieu chi.yaml", sheet},
	}
}

// roster is a list that is a roll of members and one of delegates.
func roster(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	for n, row := range [][]any{
		{"TT", "Họ và tên", "Ngày sinh", "Đơn vị", "Thành phần"},
		{1, "Nguyễn Thị Mẫu", "03/02/1985", "Chi bộ mẫu", "Đại biểu"},
	} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", n+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// doors finds for every route that takes files somebody, a record and a file that come
// through.
func doors(t *testing.T, w *worldtest.World) []door {
	t.Helper()
	s := newSweep(t, w)
	code, err := db.One[string](t.Context(), w.App.DB, `SELECT min(code) FROM check_code`)
	if err != nil {
		t.Fatal(err)
	}
	s.params["/check/{code}"] = []string{code}
	d, err := w.App.Library.Enter(t.Context(), w.Person("clerk"), library.Entry{
		Organization: w.Account("clerk").Organization, Level: library.Base, Number: "99-KH/ĐU", Kind: "Kế hoạch", Body: "Đảng ủy phường Sông Xanh",
		Date: worldtest.Now.Date().AddDays(-30), Title: "Kế hoạch mẫu", Sure: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.params["/library/documents/{id}"] = []string{d.ID}
	var all []door
	for _, r := range w.App.Routes() {
		if r.Takes.Max == 0 {
			continue
		}
		d, found := through(t, w, s, r)
		if !found {
			t.Errorf("nobody brings a file through %s", r.Pattern)
			continue
		}
		all = append(all, d)
	}
	return all
}

func through(t *testing.T, w *worldtest.World, s *sweep, r web.Route) (door, bool) {
	t.Helper()
	for _, who := range []string{"secretary", "clerk", "committee", "member", "deputy", "minute-taker"} {
		at := w.Account(who).Organization
		fields := map[string]string{"unmarked": "true", "caption": "Ảnh", "title": "Tài liệu", "organization": at}
		for _, path := range s.paths(r.Pattern) {
			for _, good := range goods(t) {
				status := w.As(who).Do(sending(t, path, good, fields)).Status
				if status == http.StatusForbidden || status == http.StatusNotFound {
					break
				}
				if status < http.StatusBadRequest {
					return door{r, who, path, fields, good}, true
				}
			}
		}
	}
	return door{}, false
}

// perFile bounds what all the memory that is asked for while a file is refused adds up to: the
// sizes that are refused are far above.
const perFile = 640 << 20

// TestHostileFilesAreTurnedAway sends every hostile file to every route that takes files: it
// is refused with words, without much memory, and nothing is kept.
func TestHostileFilesAreTurnedAway(t *testing.T) {
	w := worldtest.OnSQLite(t)
	all := doors(t, w)
	files := hostile(t)
	before, kept := content(t, w.App), filesUnder(t, w)
	var worst uint64
	for _, d := range all {
		for _, f := range files {
			var start, end runtime.MemStats
			runtime.ReadMemStats(&start)
			a := w.As(d.who).Do(sending(t, d.path, f, d.fields))
			runtime.ReadMemStats(&end)
			asked := end.TotalAlloc - start.TotalAlloc
			if worst = max(worst, asked); asked > perFile {
				t.Errorf("%s, %s: %d MiB of memory", d.Pattern, f.why, asked>>20)
			}
			compared := d.Pattern == "POST /check/{code}" && a.Status == http.StatusOK // only its hash was taken
			if refused := a.Status == 422 || a.Status == 413; !compared && (!refused || !strings.Contains(a.Body, `role="alert"`)) {
				t.Errorf("%s, %s: %d\n%.300s", d.Pattern, f.why, a.Status, a.Body)
			}
		}
	}
	t.Logf("%d files to %d routes, at most %d MiB of memory asked for by one", len(files), len(all), worst>>20)
	if after := content(t, w.App); !slices.Equal(before, after) {
		t.Errorf("something is kept: %v", changed(before, after))
	}
	if left := filesUnder(t, w); !slices.Equal(kept, left) {
		t.Errorf("files are kept: %v, before %v", left, kept)
	}
}

// TestLargeFilesAreTurnedAway sends more than a route takes, with and without saying how much.
func TestLargeFilesAreTurnedAway(t *testing.T) {
	w := worldtest.OnSQLite(t)
	for _, d := range doors(t, w) {
		large := packet{"", d.good.name, make([]byte, d.Takes.Max+1)}
		said, unsaid := sending(t, d.path, large, nil), sending(t, d.path, large, nil)
		unsaid.ContentLength = -1
		huge := sending(t, d.path, packet{"", d.good.name, make([]byte, 31<<20)}, nil)
		huge.ContentLength = -1
		for _, r := range []*http.Request{said, unsaid, huge} {
			if a := w.As(d.who).Do(r); a.Status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s: %d", d.Pattern, a.Status)
			}
		}
	}
}

// TestKeptFilesAreHandedOverUnopened fetches every file that is kept as those who may: always
// to be saved, of the type that was found in it, without scripts; and what a camera wrote
// beside a picture is nowhere in the data directory.
func TestKeptFilesAreHandedOverUnopened(t *testing.T) {
	w := worldtest.OnSQLite(t)
	doors(t, w)
	type kept struct{ ID, Type string }
	files, err := db.All[kept](t.Context(), w.App.DB, `SELECT id, type FROM library_file`)
	if err != nil {
		t.Fatal(err)
	}
	fetched := 0
	for _, k := range files {
		for _, who := range []string{"secretary", "clerk", "committee"} {
			a := w.As(who).Get("/files/" + k.ID)
			if a.Status != http.StatusOK {
				continue
			}
			fetched++
			h := a.Header
			if !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || strings.HasPrefix(h.Get("Content-Type"), "text/") {
				t.Errorf("a file of type %s is answered with %v", k.Type, h)
			}
		}
	}
	if fetched == 0 {
		t.Errorf("none of %d files was fetched", len(files))
	}
	for _, path := range filesUnder(t, w) {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 || bytes.Contains(data, []byte(place)) {
			t.Errorf("%s: %v, or it tells where it was taken", path, info.Mode())
		}
	}
}

// filesUnder lists the kept files of a world.
func filesUnder(t *testing.T, w *worldtest.World) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(filepath.Join(w.App.Data, "files"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestMarkedTextsAreTurnedAway: a text that is stamped as a State secret is not kept where
// documents and directives are pasted, its writer is told what to do, and the log of deeds
// says that it was brought, not what it said.
func TestMarkedTextsAreTurnedAway(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ward := w.Account("clerk").Organization
		text := "ĐẢNG BỘ PHƯỜNG\nTỐI MẬT\nKế hoạch canary"
		for path, fields := range map[string][]string{
			"/library/documents": {"level", "ward", "number", "99-KH/ĐU", "kind", "Kế hoạch", "body", "Đảng ủy phường", "date", "2026-11-02", "title", "Kế hoạch", "sure", "true"},
			"/directives":        {"number", "42-HD/BTCTW", "date", "2025-10-28", "origin", "committee", "form", "agenda", "title", "Quán triệt", "cells", w.Account("secretary").Organization},
		} {
			a := w.As("clerk").Post(path, append(fields, "organization", ward, "text", text)...)
			if a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "có dấu “TỐI MẬT”") {
				t.Errorf("%s: %d\n%.800s", path, a.Status, a.Body)
			}
		}
		details, err := db.All[string](t.Context(), w.App.DB, `SELECT detail FROM audit WHERE action = 'library.marked'`)
		if err != nil || len(details) != 2 || strings.Contains(strings.Join(details, ""), "canary") {
			t.Errorf("the log of deeds says %q, %v", details, err)
		}
	})
}

// TestFilesArePutDown keeps the table of doc/files.md the list of what may come in.
func TestFilesArePutDown(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "doc", "files.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, r := range worldtest.OnSQLite(t).App.Routes() {
		if r.Takes.Max == 0 {
			continue
		}
		rows++
		size := fmt.Sprintf("%d MiB", r.Takes.Max>>20)
		if r.Takes.Max < 1<<20 {
			size = fmt.Sprintf("%d KiB", r.Takes.Max>>10)
		}
		row := fmt.Sprintf("| `%s` | %s | %s |", r.Pattern, strings.Join(r.Takes.Endings, ", "), size)
		if !bytes.Contains(page, []byte(row)) {
			t.Errorf("doc/files.md lacks the row\n%s", row)
		}
	}
	if n := bytes.Count(page, []byte("| `POST ")); n != rows {
		t.Errorf("doc/files.md has %d rows of %d", n, rows)
	}
}
