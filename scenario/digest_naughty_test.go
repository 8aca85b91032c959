package scenario_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
)

// TestNaughtyWords writes texts that break things into the paragraphs of a report: each is kept or
// refused with a message, and stands on page and papers as text.
func TestNaughtyWords(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../app/testdata/naughty.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []struct{ Class, Text string }
	if err := json.Unmarshal(b, &texts); err != nil {
		t.Fatal(err)
	}
	w := worldtest.OnSQLite(t)
	clerk := w.As("clerk")
	page := begin(t, w, "clerk", "register")
	kept := 0
	for _, n := range texts {
		a := clerk.Post(page, "seq", seq(t, clerk.Get(page).Body), "texts[0]", n.Text+" {kỳ}", "texts[1]", n.Text)
		switch a.Status {
		case http.StatusSeeOther:
			kept++
		case http.StatusUnprocessableEntity:
		default:
			t.Errorf("%s: %d %.200s", n.Class, a.Status, a.Body)
		}
		if a := clerk.Post("/digests/forms", "unit", "nobody", "text", n.Text); a.Status >= 500 {
			t.Errorf("%s as a form: %d", n.Class, a.Status)
		}
		if body := clerk.Get(page).Body; strings.Contains(body, "<script>alert") {
			t.Errorf("%s has become a part of the page", n.Class)
		}
	}
	if kept < len(texts)/2 {
		t.Errorf("only %d of %d texts were kept", kept, len(texts))
	}
	for _, form := range []string{"docx", "pdf", "xlsx"} {
		if a := clerk.Get(page + "/paper." + form); a.Status != http.StatusOK {
			t.Errorf("%s: %d", form, a.Status)
		}
	}
}
