package library_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/library"
)

var (
	now  = when.On(2026, 12, 1).At(8, 0)
	use  = library.Use{Kind: "meeting", Subject: "m12", Organization: "cell"}
	hoa  = reader("hoa", "/r/cell/")
	lan  = reader("lan", "/r/cell/")
	away = reader("thanh", "/r/other/")
	pdf  = []byte("%PDF-1.7\nKế hoạch\n%%EOF\n")
)

func reader(name, path string) access.Person {
	return access.Person{Account: name, Member: name, Root: "r", Grants: []access.Grant{{
		Role: access.Member, Root: "r", Path: path, Needs: map[access.Need]bool{library.Read: true},
	}}}
}

// service opens the files of meeting m12 for hoa alone.
func service(t *testing.T, d *db.DB) *library.Service {
	t.Helper()
	type organization struct{ RootID, ID, Path, Level, Name string }
	write(t, d, func(tx *db.Tx) error {
		return db.Insert(t.Context(), tx, "organization", organization{"r", "cell", "/r/cell/", "cell", "Chi bộ tổ 17"})
	})
	return &library.Service{
		DB: d, Now: func() time.Time { return now.Time() }, Audit: audit.Log{Now: func() when.Instant { return now }}, Dir: t.TempDir(),
		Gates: map[string]library.Gate{"meeting": func(_ context.Context, _ db.Q, who access.Person, path string, u library.Use) error {
			if who.Member != "hoa" || path != "/r/cell/" || u != use {
				return fault.New(fault.NotFound, "fault.not_found")
			}
			return nil
		}},
	}
}

func write(t *testing.T, d *db.DB, f func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Tx(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// kept counts the files on the disk.
func kept(t *testing.T, s *library.Service) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(s.Dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func keep(t *testing.T, s *library.Service, name string) library.File {
	t.Helper()
	f, err := s.Keep(t.Context(), hoa, "r", name, pdf, use)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestKeepAndOpen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		f := keep(t, s, "Kế hoạch 12.pdf")
		got, data, err := s.Open(t.Context(), "r", f.ID)
		if err != nil || got != f || string(data) != string(pdf) {
			t.Fatalf("opened %+v, %q, %v", got, data, err)
		}
		if f.Name != "Kế hoạch 12.pdf" || f.Type != library.PDF || f.KeptBy != "hoa" || f.KeptAt != now || f.Size != int64(len(pdf)) {
			t.Errorf("kept as %+v", f)
		}
		of, err := library.Files(t.Context(), d, "r", "meeting", "m12")
		if err != nil || len(of) != 1 || of[0] != f {
			t.Errorf("files of the meeting: %+v, %v", of, err)
		}
		if err := audit.Verify(t.Context(), d); err != nil {
			t.Error(err)
		}
	})
}

func TestWhoMayOpen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		f := keep(t, s, "a.pdf")
		for name, c := range map[string]struct {
			who access.Person
			ok  bool
		}{"let in": {hoa, true}, "not by the gate": {lan, false}, "of another cell": {away, false}, "nobody": {access.Person{}, false}} {
			_, _, err := s.OpenFor(t.Context(), c.who, f.ID)
			if (err == nil) != c.ok || err != nil && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		s.Gates = nil
		if _, _, err := s.OpenFor(t.Context(), hoa, f.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("a file without a gate opened: %v", err)
		}
	})
}

func TestRefusedFilesLeaveNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		if _, err := s.Keep(t.Context(), hoa, "r", "KH 12 (MẬT).pdf", pdf, use); fault.Of(err).Key != "library.refused.secret" {
			t.Errorf("a marked paper: %v", err)
		}
		undone := errors.New("undone")
		_, err := s.Keep(t.Context(), hoa, "r", "a.pdf", pdf, use, func(*db.Tx, library.File) error { return undone })
		if !errors.Is(err, undone) {
			t.Errorf("got %v", err)
		}
		if of, err := library.Files(t.Context(), d, "r", "meeting", "m12"); err != nil || len(of) != 0 || kept(t, s) != 0 {
			t.Errorf("left behind: %v, %d on the disk, %v", of, kept(t, s), err)
		}
	})
}

func TestRemove(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		one, two := keep(t, s, "a.pdf"), keep(t, s, "b.pdf")
		if kept(t, s) != 1 {
			t.Fatalf("%d copies of the same bytes", kept(t, s))
		}
		remove := func(f library.File) {
			write(t, d, func(tx *db.Tx) error { return s.Remove(t.Context(), tx, hoa, "r", f.ID) })
		}
		remove(one)
		if _, data, err := s.Open(t.Context(), "r", two.ID); err != nil || string(data) != string(pdf) {
			t.Errorf("the other file lost its bytes: %v", err)
		}
		remove(two)
		if kept(t, s) != 0 {
			t.Error("the bytes are still there")
		}
		if _, _, err := s.Open(t.Context(), "r", two.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("a removed file: %v", err)
		}
	})
}

func TestStubs(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		stub := library.Stub{Root: "r", Use: use, Number: "07-KH/ĐU", DatedOn: when.On(2026, 11, 20), WhereKept: "tủ hồ sơ văn phòng"}
		write(t, d, func(tx *db.Tx) error { return s.Note(t.Context(), tx, hoa, stub) })
		got, err := library.Stubs(t.Context(), d, "r", "meeting", "m12")
		if err != nil || len(got) != 1 || got[0].Number != stub.Number || got[0].DatedOn != stub.DatedOn || got[0].NotedBy != "hoa" {
			t.Errorf("stubs %+v, %v", got, err)
		}
		err = d.Tx(t.Context(), func(tx *db.Tx) error { return s.Note(t.Context(), tx, hoa, library.Stub{Root: "r", Use: use}) })
		for _, field := range []string{"number", "dated_on", "where_kept"} {
			if fault.Of(err).Fields[field] == "" {
				t.Errorf("an empty stub: %s is not asked for", field)
			}
		}
	})
}

func get(t *testing.T, s *library.Service, who access.Person, path string) *httptest.ResponseRecorder {
	t.Helper()
	server := web.Server{
		Routes:   library.Pages{Service: s}.Routes(),
		Identify: func(*http.Request) (access.Person, error) { return who, nil },
		Nav:      func(*web.Ctx) web.Nav { return web.Nav{} },
		Now:      func() when.Instant { return now },
		Log:      slog.New(slog.DiscardHandler),
	}
	w := httptest.NewRecorder()
	server.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w
}

func TestFilePage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		f := keep(t, s, "Kế hoạch 12.pdf")
		w := get(t, s, hoa, "/files/"+f.ID)
		h := w.Header()
		if w.Code != 200 || w.Body.String() != string(pdf) || h.Get("Content-Type") != "application/pdf" {
			t.Fatalf("%d %v", w.Code, h)
		}
		if !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("the file may run: %v", h)
		}
		if w := get(t, s, lan, "/files/"+f.ID); w.Code != 404 || strings.Contains(w.Body.String(), "Kế hoạch") {
			t.Errorf("somebody whom the gate keeps out: %d", w.Code)
		}
		if w := get(t, s, hoa, "/files/nothing"); w.Code != 404 {
			t.Errorf("no file: %d", w.Code)
		}
	})
}

func TestDocumentsPage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		for path, c := range map[string]struct{ has, lacks string }{
			"/library":                 {"ngày 06/7/2018", "ngày 06/7/2017"},
			"/library?on=2024-03-28":   {"12-HD/BTCTW ngày 06/7/2018", "42-HD/BTCTW ngày"},
			"/library?on=2026-12-03":   {"42-HD/BTCTW ngày 28/10/2025", "12-HD/BTCTW ngày 06/7/2018"},
			"/library?q=dang+phi":      {"01-QĐ/TW", "42-HD/BTCTW"},
			"/library?q=khong+co+dau":  {"Không có văn bản nào", "42-HD/BTCTW"},
			"/library?q=%3Cscript%3E1": {"&lt;script&gt;1", "<script>1"},
			"/library?on=31-02-2026":   {"42-HD/BTCTW", "<script>1"},
		} {
			w := get(t, s, hoa, path)
			if w.Code != 200 || !strings.Contains(w.Body.String(), c.has) || strings.Contains(w.Body.String(), c.lacks) {
				t.Errorf("%s: %d, wants %q and not %q", path, w.Code, c.has, c.lacks)
			}
		}
	})
}

// A document goes down the tree with its files: whoever works under the committee that has
// entered it may read it, nobody beside it may.
func TestDocumentsGoDown(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		type organization struct{ RootID, ID, Path, Level, Name string }
		write(t, d, func(tx *db.Tx) error {
			return db.Insert(t.Context(), tx, "organization", organization{"r", "r", "/r/", "ward", "Đảng bộ phường Sông Xanh"})
		})
		grant := func(path string, needs ...access.Need) access.Person {
			g := access.Grant{Path: path, Needs: map[access.Need]bool{}}
			for _, n := range needs {
				g.Needs[n] = true
			}
			return access.Person{Account: path, Member: "m", Root: "r", Grants: []access.Grant{g}}
		}
		office, below, beside := grant("/r/", library.Register, library.Read), grant("/r/cell/", library.Read), grant("/q/cell/", library.Read)
		e := library.Entry{Organization: "r", Level: library.Base, Number: "12 - KH/ĐU", Kind: "Kế hoạch", Body: "Đảng ủy phường", Date: when.On(2026, 11, 10), Title: "về sinh hoạt"}
		if _, err := s.Enter(t.Context(), below, e); !fault.Is(err, fault.NotFound) {
			t.Errorf("a cell enters for the ward: %v", err)
		}
		doc, err := s.Enter(t.Context(), office, e)
		if err != nil || doc.Number != "12-KH/ĐU" || doc.From != e.Date {
			t.Fatalf("%+v, %v", doc, err)
		}
		if _, err := s.Enter(t.Context(), office, e); fault.Of(err).Fields["sure"] == "" {
			t.Errorf("the same twice: %v", err)
		}
		if err := s.Attach(t.Context(), office, doc.ID, "ke-hoach.pdf", pdf, false); err == nil {
			t.Error("a file was kept without the word that it is no secret")
		}
		if err := s.Attach(t.Context(), office, doc.ID, "ke-hoach.pdf", pdf, true); err != nil {
			t.Fatal(err)
		}
		files, err := library.Files(t.Context(), d, "r", library.DocumentUse, doc.ID)
		if err != nil || len(files) != 1 {
			t.Fatalf("%d files, %v", len(files), err)
		}
		for _, path := range []string{doc.Path(), "/files/" + files[0].ID} {
			if w := get(t, s, below, path); w.Code != 200 {
				t.Errorf("below, %s: %d", path, w.Code)
			}
			if w := get(t, s, beside, path); w.Code != 404 {
				t.Errorf("beside, %s: %d", path, w.Code)
			}
		}
		known, err := library.KnownTo(t.Context(), d, "r", "cell")
		if err != nil || len(library.DoubtsAmong(known, "theo 12-KH/ĐU ngày 10/11/2025", doc.Date)) != 1 || len(library.Doubts("theo 12-KH/ĐU ngày 10/11/2025", doc.Date)) != 0 {
			t.Errorf("a wrong year of an entered document raises no doubt: %v", err)
		}
		if err := s.Detach(t.Context(), below, doc.ID, files[0].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("a cell takes the ward's file away: %v", err)
		}
		if err := s.Detach(t.Context(), office, doc.ID, files[0].ID); err != nil {
			t.Error(err)
		}
	})
}
