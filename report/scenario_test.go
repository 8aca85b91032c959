package report_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chibo/app/world/worldtest"
	"chibo/document"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/job"
	"chibo/meeting"
	"chibo/organization"
	"chibo/rating"
	"chibo/report"
)

// year is the address of the year of the first cell.
func year(w *worldtest.World) string {
	home, _ := w.Person("secretary").Home()
	return "/years/" + home.Organization + "/2026"
}

// text returns what a PDF file says.
func text(t *testing.T, pdf string) string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-q", "-", "-")
	cmd.Stdin = bytes.NewReader([]byte(pdf))
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// TestYearBook has the two books of a year made: a second press joins the first, files are
// there when the job is done, each for those who may open it, and a new making takes the
// place of the old one.
func TestYearBook(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, page, secretary := t.Context(), year(w), w.As("secretary")
		if a := secretary.Get(page + "/books/open/pdf"); a.Status != http.StatusNotFound {
			t.Fatalf("a book before the first was made: %d", a.Status)
		}
		for range 2 {
			for _, v := range report.Versions {
				if a := secretary.Post(page + "/books/" + string(v)); a.Status != http.StatusSeeOther {
					t.Fatalf("%s: %d %s", v, a.Status, a.Body)
				}
			}
		}
		if n := jobs(t, w); n != 2 {
			t.Errorf("%d jobs for two books that were asked for twice", n)
		}
		if a := secretary.Get(page); !strings.Contains(a.Body, "Đang đóng sổ: 0%") {
			t.Error("the page does not say that the book is being made")
		}
		if err := w.App.WorkDue(ctx); err != nil {
			t.Fatal(err)
		}
		open := secretary.Get(page + "/books/open/pdf")
		if open.Status != http.StatusOK {
			t.Fatalf("the book: %d %s\n%s", open.Status, open.Body, w.Logged())
		}
		said := text(t, open.Body)
		for _, want := range []string{"SỔ NĂM", "MỤC LỤC", "Tổng quan năm", "Biên bản, nghị quyết, kết luận", "Mã kiểm tra:", "Thông báo, chương trình", "Danh sách đảng viên", "BẢNG THEO DÕI"} {
			if !strings.Contains(said, want) {
				t.Errorf("the book lacks %q", want)
			}
		}
		if docx := secretary.Get(page + "/books/full/docx"); docx.Status != http.StatusOK || !strings.HasPrefix(docx.Body, "PK") {
			t.Errorf("the Word file: %d", docx.Status)
		}
		for who, want := range map[string]map[string]int{
			"member":          {"open": http.StatusOK, "full": http.StatusNotFound},
			"deputy":          {"open": http.StatusOK, "full": http.StatusOK},
			"other secretary": {"open": http.StatusNotFound, "full": http.StatusNotFound},
			"other member":    {"open": http.StatusNotFound, "full": http.StatusNotFound},
			"administrator":   {"full": http.StatusNotFound},
		} {
			for version, status := range want {
				if a := w.As(who).Get(page + "/books/" + version + "/pdf"); a.Status != status {
					t.Errorf("%s opens %s: %d, want %d", who, version, a.Status, status)
				}
			}
		}
		if a := w.As("member").Get(page); a.Status != http.StatusOK || strings.Contains(a.Body, "cấp ủy chi bộ</h2>") || strings.Contains(a.Body, "/books/full") {
			t.Error("a member's page tells of the book of the committee")
		}
		before := files(t, w)
		secretary.Post(page + "/books/open")
		if a := secretary.Get(page + "/books/open/pdf"); a.Status != http.StatusOK {
			t.Error("the old book is gone while the new one is made")
		}
		if err := w.App.WorkDue(ctx); err != nil {
			t.Fatal(err)
		}
		if n := files(t, w); n != before {
			t.Errorf("%d files are kept, %d before the book was made again", n, before)
		}
	})
}

// TestNobodyHasAThousandBooksMade presses for the books of ever more years: some are made, the rest is
// refused with words until one is done, others have theirs made all the same, and what takes a
// moment is done before the books that wait.
func TestNobodyHasAThousandBooksMade(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, secretary := t.Context(), w.As("secretary")
		of := func(y int) string { return strings.TrimSuffix(year(w), "2026") + strconv.Itoa(y) + "/books/open" }
		taken := 0
		for y := 1990; y < 2020; y++ {
			switch a := secretary.Post(of(y)); {
			case a.Status == http.StatusSeeOther:
				taken++
			case a.Status != http.StatusTooManyRequests || !strings.Contains(a.Body, "Chờ một quyển xong"):
				t.Fatalf("%d: %d %s", y, a.Status, a.Body)
			}
		}
		if n := jobs(t, w); taken != 10 || n != 10 {
			t.Errorf("%d books were taken, %d jobs wait, want 10", taken, n)
		}
		if a := w.As("deputy").Post(of(2021)); a.Status != http.StatusSeeOther {
			t.Errorf("the deputy has to wait for the secretary: %d", a.Status)
		}
		var done []string
		note := func(_ context.Context, j job.Job) error { done = append(done, j.Kind); return nil }
		queue := job.Queue{DB: w.App.DB, Now: w.Clock.Now, Handlers: map[string]job.Handler{"test.moment": note, report.BindJob: note}}
		err := w.App.DB.Tx(ctx, func(tx *db.Tx) error { return job.Enqueue(ctx, tx, "test.moment", nil) })
		if _, ran := queue.RunDue(ctx); errors.Join(err, ran) != nil {
			t.Fatal(err, ran)
		}
		if at := slices.Index(done, "test.moment"); at < 0 || slices.Index(done, report.BindJob) < at {
			t.Errorf("books are made before what takes a moment: %v", done)
		}
		w.Clock.Set(worldtest.Now.Add(11 * time.Minute)) // nothing has been heard of them since
		if a := secretary.Post(of(2022)); a.Status != http.StatusSeeOther {
			t.Errorf("afterwards: %d", a.Status)
		}
	})
}

// TestOrder compares the table of contents of the committee's book with its golden file,
// and the page it gives for each paper with that on which the paper begins.
func TestOrder(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	page := year(w)
	w.As("secretary").Post(page + "/books/full")
	if err := w.App.WorkDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("pdftotext", "-q", "-layout", "-", "-")
	cmd.Stdin = strings.NewReader(w.As("secretary").Get(page + "/books/full/pdf").Body)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	lines := contents.FindAllStringSubmatch(dots.ReplaceAllString(pages[1], " … "), -1)
	var got strings.Builder
	for _, l := range lines {
		if l[1] != "Trang 2" {
			got.WriteString(l[1] + "\n")
		}
	}
	golden(t, "contents.txt", got.String())
	count := 0
	for _, l := range lines {
		if l[2] == "" {
			continue // the name of a part, or the first line of two
		}
		count++
		n, err := strconv.Atoi(l[2])
		if err != nil || n > len(pages) {
			t.Fatalf("%q: no such page", l[0])
		}
		if foot := fmt.Sprintf("Tài liệu %d · trang %d", count, n); !strings.Contains(pages[n-1], foot) || n > 1 && strings.Contains(pages[n-2], fmt.Sprintf("Tài liệu %d ·", count)) {
			t.Errorf("paper %d does not begin on page %d", count, n)
		}
	}
	if count < 15 {
		t.Errorf("%d papers are in the table of contents", count)
	}
}

// contents is a line of the table of contents, dots the leaders between title and page.
var (
	contents = regexp.MustCompile(`(?m)^ *(\S.*?)(?: … +(\d+))?$`)
	dots     = regexp.MustCompile(`[. ]*\.{4,}[. ]*`)
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (- want, + got; if it is right, go test ./report -update):\n%s", name, diff)
	}
}

// TestRatingsAreForFew: ratings stand in the book of the committee alone, and whoever opens
// it is noted at the list they have seen.
func TestRatingsAreForFew(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	page, ctx := year(w), t.Context()
	deputy := w.Person("deputy")
	home, _ := deputy.Home()
	today := worldtest.Now.Date()
	round, err := w.App.Ratings.Open(ctx, w.Person("secretary"), rating.Opening{Organization: home.Organization, Span: rating.Yearly, Month: today.In(), SelfBy: today, ReviewOn: today})
	if err != nil {
		t.Fatal(err)
	}
	tell(t, w, round)
	for _, v := range report.Versions {
		w.As("secretary").Post(page + "/books/" + string(v))
	}
	if err := w.App.WorkDue(ctx); err != nil {
		t.Fatal(err)
	}
	const words = "Xếp loại đảng viên và chi bộ"
	if strings.Contains(text(t, w.As("member").Get(page+"/books/open/pdf").Body), words) {
		t.Error("the ratings stand in the book for everybody")
	}
	if !strings.Contains(text(t, w.As("deputy").Get(page+"/books/full/pdf").Body), words) {
		t.Error("the ratings do not stand in the book of the committee")
	}
	for object, action := range map[string]string{round.ID: "rating.list_viewed", home.Organization: "report.book_opened"} {
		all, err := audit.Of(ctx, w.App.DB, home.Root, object)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(all, func(e audit.Entry) bool { return e.Action == action && e.Member == deputy.Member }) {
			t.Errorf("%s of the deputy is not noted", action)
		}
	}
}

// TestFailedBook: a book that cannot be made says so, can be asked for again, and what is
// there stays.
func TestFailedBook(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	page, secretary := year(w), w.As("secretary")
	broken := true
	w.App.Reports.Extra = append(w.App.Reports.Extra, func(context.Context, db.Q, organization.Organization, int, bool) (document.Part, error) {
		if broken {
			return document.Part{}, errors.New("a part that cannot be read")
		}
		return document.Part{Title: "Kiểm tra sổ tay", Chapters: []document.Chapter{{Title: "Danh sách", Doc: document.Doc{Title: "Danh sách kiểm tra"}}}}, nil
	})
	secretary.Post(page + "/books/open")
	if err := w.App.WorkDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a := secretary.Get(page); !strings.Contains(a.Body, "Lần đóng sổ gần nhất chưa xong") {
		t.Error("the page does not tell that the book failed")
	}
	broken = false
	secretary.Post(page + "/books/open")
	if err := w.App.WorkDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if a := secretary.Get(page + "/books/open/pdf"); a.Status != http.StatusOK || !strings.Contains(text(t, a.Body), "Kiểm tra sổ tay") {
		t.Errorf("the part of a later feature is not in the book: %d", a.Status)
	}
}

// TestYear: the figures of the page are those of the record of the room, the superior sees
// figures and no books, and the table can be taken away.
func TestYear(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		page := year(w)
		home, _ := w.Person("secretary").Home()
		id := w.Meeting(meeting.Sealed)
		state, err := w.App.Rooms.StateOf(t.Context(), w.App.DB, home.Root, id)
		if err != nil {
			t.Fatal(err)
		}
		cell, err := organization.Find(t.Context(), w.App.DB, home.Root, home.Organization)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time from memory
			y, err := w.App.Reports.Read(t.Context(), w.App.DB, cell, 2026)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range y.Evenings() {
				if tally := state.Tally(); e.ID == id && (e.Attended != report.Share{Part: tally.CountedCame, Whole: tally.Counted} || e.Spoke.Whole != tally.Came || len(e.Roll) != tally.Listed) {
					t.Errorf("the figures of the sealed meeting: %+v, the roll %+v", e, tally)
				}
			}
		}
		above := w.As("committee").Get(page)
		if above.Status != http.StatusOK || !strings.Contains(above.Body, `class="chart"`) || strings.Contains(above.Body, "/books/") {
			t.Errorf("the superior: %d, charts and no books are wanted", above.Status)
		}
		board := w.As("committee").Get("/years?year=2026")
		if board.Status != http.StatusOK || !strings.Contains(board.Body, page) {
			t.Errorf("the board of the superior: %d", board.Status)
		}
		if a := w.As("member").Get("/years"); a.Location() != page {
			t.Errorf("a member is led to %q", a.Location())
		}
		if a := w.As("member").Get(page + "/table.xlsx"); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, "PK") {
			t.Errorf("the table: %d", a.Status)
		}
	})
}
