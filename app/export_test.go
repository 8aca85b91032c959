package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/care"
	"chibo/kit/db"
	"chibo/meeting"
	"chibo/minutes"
	"chibo/privacy"
	"chibo/report"
)

// run is a text that a spreadsheet would run, as the name of somebody.
const run = `=HYPERLINK("https://chibo.invalid","Lan")`

// formula is a cell of a workbook that is one.
var formula = regexp.MustCompile(`<f[ />]`)

// taken is what the foot of a file says: who, and when.
func taken(w *worldtest.World, who string) string {
	return w.Person(who).Name + " lấy từ phần mềm Chi bộ"
}

// unsigned are files that do not say who has taken them: what is sealed or was issued is
// handed over byte for byte, cards and papers for others are theirs, and what a program reads
// on holds nothing of people.
var unsigned = []string{
	"/additions/", "/books/", // sealed and bound
	"/badges.pdf", "/invitations.pdf", // for those who are named on them
	"/copy.json", "/sheet.yaml", ".ics", ".txt", "/icon", "/files/", "/pictures/", // for programs, or as they were kept
}

// TestExportsSayWhoTookThem fetches every file that goes out as those who may: each says who
// has taken it and when, in a workbook no cell is a formula, though somebody is called like
// one.
func TestExportsSayWhoTookThem(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	s := newSweep(t, w)
	err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `UPDATE member SET full_name = $1 WHERE substr(id, length(id)) IN ('0', '4', '8', 'c')`, run)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, r := range w.App.Routes() {
		if !strings.HasPrefix(r.Pattern, "GET ") {
			continue
		}
		for _, at := range s.paths(r.Pattern) {
			tomorrow(t, w)
			for _, who := range []string{"clerk", "secretary", "committee"} {
				a := w.As(who).Get(at)
				name := a.Header.Get("Content-Disposition")
				if a.Status != http.StatusOK || name == "" || skipped(w, at) {
					continue
				}
				kind := strings.TrimSpace(path.Ext(strings.TrimSuffix(at, "/")))
				kinds[a.Header.Get("Content-Type")]++
				if text := inside(t, a); !strings.Contains(text, taken(w, who)) {
					t.Errorf("%s (%s) does not say who has taken it", at, kind)
				} else if strings.Contains(a.Header.Get("Content-Type"), "spreadsheetml") && formula.MatchString(text) {
					t.Errorf("%s holds a formula", at)
				}
			}
		}
	}
	for _, kind := range []string{"spreadsheetml", "wordprocessingml", "pdf", "csv", "zip"} {
		n := 0
		for media, of := range kinds {
			if strings.Contains(media, kind) {
				n += of
			}
		}
		if n == 0 {
			t.Errorf("no file of kind %s was taken: %v", kind, kinds)
		}
	}
}

// tomorrow lets everybody take the first list of a day again.
func tomorrow(t *testing.T, w *worldtest.World) {
	t.Helper()
	err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `DELETE FROM permit_first`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sealed are papers that are handed over byte for byte once they are sealed; their drafts are not.
var sealed = []string{"/minutes.docx", "/minutes.pdf", "/resolution.docx", "/resolution.pdf", "/counts/"}

func skipped(w *worldtest.World, path string) bool {
	all := unsigned
	if strings.Contains(path, w.Meeting(meeting.Sealed)) {
		all = append(slices.Clone(all), sealed...)
	}
	for _, end := range all {
		if strings.Contains(path, end) {
			return true
		}
	}
	return false
}

// inside returns the text of a file: of all parts of a package, of its comment, and of a PDF
// the words that it shows.
func inside(t *testing.T, a worldtest.Answer) string {
	t.Helper()
	if strings.HasPrefix(a.Body, "%PDF") {
		return pdfText(t, []byte(a.Body))
	}
	z, err := zip.NewReader(strings.NewReader(a.Body), int64(len(a.Body)))
	if err != nil {
		return a.Body
	}
	text := bytes.NewBufferString(z.Comment)
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xml") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(text, r); err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
	}
	return text.String()
}

func pdfText(t *testing.T, data []byte) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "pdftotext", "-q", "-", "-")
	cmd.Stdin = bytes.NewReader(data)
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(text)
}

// TestSealedPapersAreHandedOverAsTheyWereSealed: two people get the same bytes.
func TestSealedPapersAreHandedOverAsTheyWereSealed(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	for _, form := range []minutes.Form{minutes.DOCX, minutes.PDF} {
		at := "/meetings/" + w.Meeting(meeting.Sealed) + "/minutes." + string(form)
		one, other := w.As("secretary").Get(at), w.As("member").Get(at)
		if one.Status != http.StatusOK || one.Body != other.Body || strings.Contains(inside(t, one), taken(w, "secretary")) {
			t.Errorf("%s: %d, or it differs by who takes it", at, one.Status)
		}
	}
}

// TestListsAreRationed: who takes many lists of people is told when there will be more, and
// one line of the log of deeds says so; others go on, and so does the one as time goes by.
func TestListsAreRationed(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		w.App.ListsPerHour = 3
		secretary := w.As("secretary")
		for _, at := range []string{"/members/export.xlsx", "/members/export.csv", "/tasks/ledger.xlsx"} {
			if a := secretary.Get(at); a.Status != http.StatusOK {
				t.Fatalf("%s: %d", at, a.Status)
			}
		}
		for range 3 {
			a := secretary.Get("/members/export.xlsx")
			seconds, err := strconv.Atoi(a.Header.Get("Retry-After"))
			if a.Status != http.StatusTooManyRequests || !strings.Contains(a.Body, "lấy tiếp được từ") || err != nil || seconds < 1 || seconds > 1201 {
				t.Errorf("the fourth list: %d, again in %d s\n%.300s", a.Status, seconds, a.Body)
			}
		}
		if a := secretary.Get("/members"); a.Status != http.StatusOK {
			t.Errorf("a page is not a list to take: %d", a.Status)
		}
		if a := w.As("clerk").Get("/tasks/ledger.xlsx"); a.Status == http.StatusTooManyRequests {
			t.Error("one person waits for another")
		}
		n, err := db.One[int](t.Context(), w.App.DB, `SELECT count(*) FROM audit WHERE action = 'app.rationed'`)
		if err != nil || n != 1 {
			t.Errorf("%d lines in the log of deeds, %v", n, err)
		}
		w.Clock.Set(worldtest.Now.Add(20 * time.Minute))
		if a := secretary.Get("/members/export.xlsx"); a.Status != http.StatusOK {
			t.Errorf("a third of an hour later: %d", a.Status)
		}
	})
}

// filed are the ends of addresses at which there is a file, where nobody of the test may take one.
var filed = regexp.MustCompile(`(\.(xlsx|csv|zip|docx|pdf|yaml|json|ics|txt)|/\{(form|paper)\})$`)

// TestWhatTellsOfPeopleIsRationed fetches every file: it counts among the lists that are rationed, or
// stands in testdata/taken.csv with the reason why not. Where that says that a file names nobody, it
// names at most who takes it.
func TestWhatTellsOfPeopleIsRationed(t *testing.T) {
	t.Parallel()
	type free struct{ names, seen bool }
	table := map[string]*free{}
	f, err := os.Open("testdata/taken.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		for _, at := range strings.Fields(line[0]) {
			if table["GET "+at] != nil || line[2] == "" {
				t.Errorf("%s stands in the table twice, or without a reason", at)
			}
			table["GET "+at] = &free{names: line[1] == "x"}
		}
	}
	h := newHouse(t, worldtest.OnSQLite(t))
	h.fill(t)
	people, err := db.All[string](t.Context(), h.w.App.DB, `SELECT full_name FROM member`)
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, r := range h.server.Routes {
		if !strings.HasPrefix(r.Pattern, "GET ") {
			continue
		}
		of, file := table[r.Pattern], filed.MatchString(r.Pattern)
		for _, path := range h.paths(r.Pattern) {
			for _, who := range []string{"clerk", "secretary", "committee", "member"} {
				a := h.ask(h.door, who, http.MethodGet, path)
				if a.Status != http.StatusOK || a.Header.Get("Content-Disposition") == "" {
					continue
				}
				if file = true; of == nil || of.names {
					continue
				}
				text := inside(t, a)
				for _, name := range people {
					if name != h.known[who].Name && strings.Contains(text, name) {
						t.Errorf("%s names %s, and the table says that it names nobody", path, name)
					}
				}
			}
		}
		if file {
			files++
		}
		switch {
		case file && r.Mass == (of != nil):
			t.Errorf("%s: rationed %t, and stands in the table of what is not: %t", r.Pattern, r.Mass, of != nil)
		case of != nil && file:
			of.seen = true
		}
	}
	for pattern, of := range table {
		if !of.seen {
			t.Errorf("%s stands in the table and is no file", pattern)
		}
	}
	if files < 60 {
		t.Errorf("only %d routes give files: the test shows little", files)
	}
}

// TestSearchesAreSlowed: who searches as no hand does is told from when to go on; the empty page
// and others are not concerned, and the log of deeds says it once.
func TestSearchesAreSlowed(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	secretary := w.As("secretary")
	n := 0
	for n <= 300 && secretary.Get("/lookup?q=chim").Status == http.StatusOK {
		n++
	}
	a := secretary.Get("/lookup?q=chim")
	if n != 300 || a.Status != http.StatusTooManyRequests || !strings.Contains(a.Body, "tra cứu tiếp được từ") {
		t.Errorf("after %d searches: %d\n%.300s", n, a.Status, a.Body)
	}
	if a := secretary.Get("/lookup"); a.Status != http.StatusOK {
		t.Errorf("the empty page: %d", a.Status)
	}
	if a := w.As("clerk").Get("/lookup?q=chim"); a.Status != http.StatusOK {
		t.Errorf("one person waits for another: %d", a.Status)
	}
	said, err := db.One[int](t.Context(), w.App.DB, `SELECT count(*) FROM audit WHERE action = 'app.rationed'`)
	if err != nil || said != 1 {
		t.Errorf("%d lines in the log of deeds, %v", said, err)
	}
}

// TestRecordsAreSlowed: who goes through the records of people as no reader does is told from when
// to go on, before a thousand in an hour; the log of deeds says it once, others are not concerned.
func TestRecordsAreSlowed(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	at, secretary, n := "/members/"+w.Account("member").Member, w.As("secretary"), 0
	for n <= 400 && secretary.Get(at).Status == http.StatusOK {
		n++
	}
	a := secretary.Get(at + "/edit")
	if n != 400 || a.Status != http.StatusTooManyRequests || !strings.Contains(a.Body, "mở tiếp được từ") {
		t.Errorf("after %d records: %d\n%.300s", n, a.Status, a.Body)
	}
	if a := secretary.Get("/members"); a.Status != http.StatusOK {
		t.Errorf("the roll: %d", a.Status)
	}
	if a := w.As("clerk").Get(at); a.Status != http.StatusOK {
		t.Errorf("one person waits for another: %d", a.Status)
	}
	said, err := db.One[int](t.Context(), w.App.DB, `SELECT count(*) FROM audit WHERE action = 'app.rationed'`)
	if err != nil || said != 1 {
		t.Errorf("%d lines in the log of deeds, %v", said, err)
	}
	w.Clock.Set(worldtest.Now.Add(10 * time.Second))
	if a := secretary.Get(at); a.Status != http.StatusOK {
		t.Errorf("ten seconds later: %d", a.Status)
	}
}

// TestPapersThatAreNotYet: who asks for a paper of a rating before it is written is told that
// there is none.
func TestPapersThatAreNotYet(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	s := newSweep(t, w)
	s.params["{paper}"] = []string{"review.docx", "sheet.docx", "again.docx", "file.docx", "list.docx", "minutes.docx", "other.docx"}
	none := 0
	for _, pattern := range []string{"GET /ratings/{id}/papers/{paper}", "GET /ratings/{id}/of/{subject}/papers/{paper}", "GET /rating-summaries/{organization}/papers/{paper}"} {
		for _, path := range s.paths(pattern) {
			for _, who := range []string{"secretary", "member", "committee"} {
				a := w.As(who).Get(path)
				if a.Status == http.StatusNotFound {
					none++
				} else if a.Status != http.StatusOK && a.Status != http.StatusForbidden {
					t.Errorf("%s asks for %s: %d", who, path, a.Status)
				}
			}
		}
	}
	if none < 20 {
		t.Errorf("%d papers that are not yet: the test shows little", none)
	}
}

// TestListsThatAreTakenStandInTheLog: whoever takes a list of people away, or papers that tell
// of them, has left that in the log of deeds, each time, as something of which those people are told.
func TestListsThatAreTakenStandInTheLog(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	h := newHouse(t, w)
	h.fill(t)
	day := worldtest.Now.Date()
	err := w.App.Care.Say(t.Context(), h.known["secretary"], h.params["/care/residents/{id}"][0], care.Remark{Year: day.Year, On: day, Merits: "Gương mẫu"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.App.Delegations.Issue(t.Context(), h.known["clerk"], h.params["/conferences/{id}"][0]); err != nil {
		t.Fatal(err)
	}
	type deed struct {
		Action string
		N      int
	}
	entries := func() map[string]int {
		all, err := db.All[deed](t.Context(), w.App.DB, `SELECT action, count(*) AS n FROM audit GROUP BY action`)
		if err != nil {
			t.Fatal(err)
		}
		n := map[string]int{}
		for _, d := range all {
			n[d.Action] = d.N
		}
		return n
	}
	h.bound(t, day.Year)
	ask := map[string][]string{ // what needs more than the address
		"GET /years/{organization}/{year}/books/{version}/{form}": {"/years/" + h.cell + "/" + strconv.Itoa(day.Year) + "/books/" + string(report.Full) + "/pdf"},
		"GET /notebook/of/{member}/booklet.pdf":                   {"/notebook/of/" + h.subject() + "/booklet.pdf?cell=" + h.cell},
		"GET /notebook/of/{member}/booklet.docx":                  {"/notebook/of/" + h.subject() + "/booklet.docx?cell=" + h.cell},
	}
	for _, r := range h.server.Routes {
		if !r.Mass || r.Pattern == "GET /rating-summaries/{organization}/papers/{paper}" { // lists that have come: scenario, TestRating
			continue
		}
		taken := 0
		for _, path := range append(h.paths(r.Pattern), ask[r.Pattern]...) {
			for _, who := range []string{"clerk", "secretary", "clerk", "secretary"} {
				before := entries()
				if h.ask(h.door, who, http.MethodGet, path).Status != http.StatusOK {
					continue
				}
				taken++
				told := false
				for action, n := range entries() {
					told = told || n > before[action] && (privacy.Tells(action) || action == "care.remark_taken") // of residents of other cells, who are no rows here
				}
				if !told {
					t.Errorf("%s takes %s, of which the log says nothing, or nobody is told", who, path)
				}
			}
		}
		if taken == 0 {
			t.Errorf("nobody has taken %s", r.Pattern)
		}
	}
}
