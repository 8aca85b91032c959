package scenario_test

import (
	"bytes"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/dossier"
	"chibo/kit/sheet"
	"chibo/kit/when"
	"chibo/privacy"
)

// TestBreach: the office learns whom an account has reached, with the kinds of data, and
// nobody of whom it reached nothing; who may not ask does not learn it.
func TestBreach(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		clerk, secretary := w.As("clerk"), w.As("secretary")
		me, other := w.Person("member"), w.Account("other member").FullName
		says(t, secretary.Get("/members/"+me.Member), http.StatusOK)

		span := dossier.Span{From: worldtest.Now, Until: when.At(w.App.Now()), Accounts: []string{w.Person("secretary").Account}}
		b, err := w.App.Dossiers.Breach(t.Context(), w.Person("clerk"), span)
		if err != nil {
			t.Fatal(err)
		}
		touched := 0
		for _, v := range b.Victims {
			switch {
			case v.Name == other:
				t.Errorf("%s of another cell is said to be reached", other)
			case v.Member == me.Member && (len(v.Kinds) != 1 || v.Kinds[0] != privacy.Profile || v.Times != 1):
				t.Errorf("of the member was reached: %+v", v)
			case !slices.Contains(v.Open, privacy.Meetings) || !v.Sensitive():
				t.Errorf("the secretary reads the minutes of everybody in the cell: %+v", v)
			}
			touched += v.Times
		}
		if touched != 1 || len(b.Victims) < 3 {
			t.Fatalf("the secretary has reached %d, the log says %d times", len(b.Victims), touched)
		}
		query := "?" + url.Values{"from": {span.From.String()}, "until": {span.Until.Add(60_000_000_000).String()}, "account": span.Accounts}.Encode()
		says(t, clerk.Get("/"), http.StatusOK, "Hồ sơ theo luật")
		says(t, clerk.Get("/dossiers"), http.StatusOK, "/dossiers/breach")
		page := clerk.Get("/dossiers/breach" + query)
		says(t, page, http.StatusOK, w.Account("member").FullName, "Hồ sơ đảng viên")
		if strings.Contains(html.UnescapeString(page.Body), other) {
			t.Errorf("the page names %s, whom nobody has looked at", other)
		}
		says(t, clerk.Get("/dossiers/breach?from=2026-01-02T00:00&until=2026-01-01T00:00"), http.StatusUnprocessableEntity, "sau lúc bắt đầu")
		says(t, clerk.Get("/dossiers/breach?from=khi+nào"), http.StatusUnprocessableEntity, "chọn lúc bắt đầu")
		file := clerk.Get("/dossiers/breach.xlsx" + query)
		sheets, err := sheet.Read([]byte(file.Body))
		if err != nil || !named(sheets, w.Account("member").FullName) || named(sheets, other) {
			t.Errorf("the sheet: %d, %v", file.Status, err)
		}
		if a := clerk.Get("/dossiers/breach.docx" + query); a.Status != http.StatusOK || !bytes.HasPrefix([]byte(a.Body), []byte("PK")) {
			t.Errorf("the report: %d", a.Status)
		}
		for _, who := range []string{"member", "secretary", "administrator"} {
			says(t, w.As(who).Get("/dossiers/breach"+query), http.StatusForbidden)
			says(t, w.As(who).Get("/dossiers/breach.xlsx"+query), http.StatusForbidden)
		}
	})
}

func named(sheets []sheet.Sheet, name string) bool {
	for _, s := range sheets {
		for _, r := range s.Rows {
			if r.Cell(1).Text == name {
				return true
			}
		}
	}
	return false
}

// TestPacks: the packs are drawn from the running program for whoever runs or keeps it.
func TestPacks(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		for _, path := range []string{"/dossiers/impact.docx", "/dossiers/level.docx"} {
			for _, who := range []string{"administrator", "clerk"} {
				if a := w.As(who).Get(path); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, "PK") {
					t.Errorf("%s of %s: %d", path, who, a.Status)
				}
			}
			says(t, w.As("secretary").Get(path), http.StatusForbidden)
		}
		page := w.As("administrator").Get("/dossiers")
		says(t, page, http.StatusOK, "Mã hóa đường truyền", "Chưa đạt")
		if strings.Contains(page.Body, "/dossiers/breach") {
			t.Error("the administrator is led to people's data")
		}
	})
}
