package supervision_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/sheet"
	"chibo/meeting"
	"chibo/organization"
)

// sees wants a page with texts and without others.
func sees(t *testing.T, a worldtest.Answer, present, absent []string) {
	t.Helper()
	if a.Status != http.StatusOK {
		t.Fatalf("%d: %.500s", a.Status, a.Body)
	}
	for _, s := range present {
		if !strings.Contains(a.Body, s) {
			t.Errorf("the page lacks %q", s)
		}
	}
	for _, s := range absent {
		if strings.Contains(a.Body, s) {
			t.Errorf("the page shows %q", s)
		}
	}
}

// TestBoard opens the board as those above see it: a figure opens what it counts, what one
// may not see is absent, and whoever oversees nothing is refused.
func TestBoard(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		cell := w.Account("secretary").Organization
		held, draft := "/meetings/"+w.Meeting(meeting.Closed), w.Meeting(meeting.Draft)
		scores := "/quality/" + w.Account("other secretary").Organization // a cell whose member the clerk is not
		sees(t, w.As("committee").Get("/board"), []string{held, scores, "/matters?cell=" + cell, "Đã họp"}, []string{draft})
		sees(t, w.As("clerk").Get("/board"), []string{held, "/matters?cell=" + cell}, []string{draft, scores})
		sees(t, w.As("clerk").Get("/"), []string{`href="/board"`}, nil)
		sees(t, w.As("clerk").Get(held), []string{"Sinh hoạt"}, nil)
		sees(t, w.As("clerk").Get("/matters?cell="+cell), []string{"Đã trả lời"}, nil)
		sees(t, w.As("clerk").Get("/board?show=matters&kind=health"), nil, []string{held})
		for _, name := range []string{"member", "secretary", "administrator"} {
			if a := w.As(name).Get("/board"); a.Status != http.StatusForbidden {
				t.Errorf("%s: %d", name, a.Status)
			}
		}
		for _, path := range []string{"/board?unit=nobody", "/board?year=1", "/board?kind=x", "/board?show=x", "/matters?cell=nobody"} {
			if a := w.As("clerk").Get(path); a.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, a.Status)
			}
		}
	})
}

// TestWorkbook reads the board that is taken away: a row a cell, every month in words.
func TestWorkbook(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	a := w.As("clerk").Get("/board.xlsx")
	all, err := sheet.Read([]byte(a.Body))
	if err != nil {
		t.Fatal(err)
	}
	rows := all[0].Rows
	if len(rows) != 6 {
		t.Fatalf("%d rows, want three titles, the header and two cells", len(rows))
	}
	home, _ := w.Person("clerk").Home()
	own, err := organization.Find(t.Context(), w.App.DB, home.Root, home.Organization)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[4:] {
		if got := r.Cell(3 + 9).Text; !strings.HasPrefix(got, "Đã họp") {
			t.Errorf("%s, October: %q", r.Cell(0).Text, got)
		}
		if r.Cell(0).Text != own.Name && r.Cell(20).Text != "" {
			t.Errorf("the clerk's sheet holds a score: %q", r.Cell(20).Text)
		}
	}
}
