package app_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"chibo/app/world/worldtest"
)

// tooLong is what no field takes and every form must give back.
var tooLong = strings.Repeat("Chữ đã gõ. ", 4000)

// TestWhatIsWrongStandsBesideItsField sends every form that somebody has on their pages empty,
// and with texts that no field takes. Where it comes back, each field that is wrong says so to
// the ear as well, beside the field stands what is wrong in a sentence, above the form a way
// leads to it, and what was typed is still there (WCAG 2.2: 3.3.1, 3.3.3, 3.3.7).
func TestWhatIsWrongStandsBesideItsField(t *testing.T) {
	t.Parallel()
	h := newHouse(t, worldtest.OnSQLite(t))
	back, fields := 0, 0
	for _, name := range []string{"secretary", "clerk", "committee", "member", "administrator"} {
		asked := map[string]bool{} // by address: one form of a kind is enough
		for _, path := range h.looks() {
			page := h.ask(h.door, name, http.MethodGet, path)
			if page.Status != http.StatusOK || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
				continue
			}
			for _, f := range formsOf(t, page.Body) {
				kind := kindOfAddress(f.action)
				if f.method != http.MethodPost || asked[kind] || kind == "/remedies/·/done" || !harmless(f) || len(f.texts) == 0 {
					continue
				}
				asked[kind] = true // the box of a remedy has its own page of refusal
				for _, text := range []string{tooLong, ""} {
					r := f.filledWith(text)
					r.Header.Set(asking, name)
					a := knock(h.door, r)
					if a.Status == http.StatusUnprocessableEntity && strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
						back++
						fields += judgeMending(t, name+": "+path+" → "+kind, a.Body, f, text)
					}
				}
			}
		}
	}
	if back < 60 || fields < 60 {
		t.Errorf("the test shows little: %d forms came back, %d fields were wrong", back, fields)
	}
	t.Logf("%d forms came back with %d fields to mend", back, fields)
}

// judgeMending looks at a form that came back, and returns how many of its fields are wrong.
func judgeMending(t *testing.T, what, body string, f form, typed string) (wrong int) {
	t.Helper()
	page := parse(t, body)
	byID := map[string]*html.Node{}
	var summary *html.Node
	each(page, func(n *html.Node) {
		if id := attr(n, "id"); id != "" {
			byID[id] = n
		}
		if hasAttr(n, "data-problems") {
			summary = n
		}
	})
	if summary == nil || attr(summary, "role") != "alert" {
		t.Errorf("%s: nothing says aloud above the form what is wrong", what)
		return 0
	}
	each(summary, func(n *html.Node) {
		if to, ok := strings.CutPrefix(attr(n, "href"), "#"); ok {
			if byID[to] == nil {
				t.Errorf("%s: no field is at #%s", what, to)
			} else if !invalid(byID[to]) {
				t.Errorf("%s: #%s does not say that it is wrong", what, to)
			}
		}
	})
	each(page, func(n *html.Node) {
		if attr(n, "aria-invalid") != "true" {
			return
		}
		wrong++
		said := ""
		for _, id := range strings.Fields(attr(n, "aria-describedby")) {
			if strings.HasSuffix(id, "-problem") && byID[id] != nil {
				said = textOf(byID[id])
			}
		}
		if len(strings.Fields(said)) < 2 || strings.Contains(said, ".problem.") {
			t.Errorf("%s: beside the field %s stands %q", what, attr(n, "name"), said)
		}
	})
	each(page, func(n *html.Node) {
		if name := attr(n, "name"); n.Data == "textarea" && slices.Contains(f.texts, name) && strings.Contains(attr(n, "id"), name) && typed != "" && invalid(n) &&
			!strings.HasSuffix(name, "password") && !strings.Contains(textOf(n), "Chữ đã gõ.") {
			t.Errorf("%s: what was typed into %s is gone", what, name)
		}
	})
	return wrong
}

// invalid reports whether a control says that it is wrong, itself or the group that it begins.
func invalid(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if attr(n, "aria-invalid") == "true" {
			return true
		}
		if n.Data == "form" {
			break
		}
	}
	return false
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	out := ""
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out += textOf(c)
	}
	return out
}
