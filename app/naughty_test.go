package app_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"chibo/app/world/worldtest"
	"chibo/meeting"
)

// naughty is a text that every field must survive: kept or refused with a message,
// shown as text.
type naughty struct{ Class, Text string }

// TestFieldsSurviveNaughtyTexts fills every field of every form that the secretary
// can reach with every naughty text, and then reads every page and paper: nothing
// breaks, and nothing that was typed becomes a part of a page.
func TestFieldsSurviveNaughtyTexts(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("testdata/naughty.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []naughty
	if err := json.Unmarshal(b, &texts); err != nil {
		t.Fatal(err)
	}
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		s := newSweep(t, w)
		for name, pages := range map[string][]string{"secretary": pagesOf(w, s), "clerk": officePagesOf(s)} {
			v := w.As(name)
			if posted := fillForms(t, v, pages, texts); posted < 5*len(pages) {
				t.Errorf("%s: only %d forms were sent: the test shows little", name, posted)
			}
			for _, page := range append(pages, papersOf(w)...) {
				a := v.Get(page)
				if a.Status >= 500 {
					t.Errorf("%s afterwards: %d", page, a.Status)
				}
				judgePage(t, page+" afterwards", a)
			}
		}
	})
}

// fillForms sends the forms of the pages with the texts in their fields, and returns how
// many were sent.
func fillForms(t *testing.T, v *worldtest.Visitor, pages []string, texts []naughty) (posted int) {
	t.Helper()
	for i, n := range texts {
		for k, page := range pages {
			if (i+k)%4 != 0 {
				continue // every page gets a fourth of the texts: its fields are of few kinds
			}
			for _, f := range formsOf(t, v.Get(page).Body) {
				if !harmless(f) {
					continue
				}
				posted++
				a := v.Do(f.filledWith(n.Text))
				if a.Status >= 500 {
					t.Errorf("%s, form %s with %s: %d", page, f.action, n.Class, a.Status)
				}
				judgePage(t, f.action+" with "+n.Class, a)
			}
		}
	}
	return posted
}

// officePagesOf lists the pages with forms of the office of the ward that no cell reaches.
func officePagesOf(s *sweep) []string {
	conference := "/conferences/" + s.params["/conferences/{id}"][0]
	sitting, y := conference+"/sittings/"+s.params["{sitting}"][0], s.params["{sitting}"][0]
	return []string{
		conference + "/desk", conference + "/desk/" + y, conference + "/arrivals/" + y, conference + "/helpers",
		conference + "/feedback/" + y, conference + "/feedback/" + y + "/cells/conduct/limit", conference + "/feedback/" + y + "/paper", conference + "/feedback/" + y + "/aside",
		"/conferences/new", conference, conference + "/edit", conference + "/plan", conference + "/plan/edit", conference + "/sittings/new",
		sitting + "/edit", sitting + "/programme", conference + "/composition/new", conference + "/composition/" + s.params["{line}"][0],
	}
}

// pagesOf lists the pages with forms of the first cell.
func pagesOf(w *worldtest.World, s *sweep) []string {
	pages := []string{
		"/", "/inbox", "/meetings", "/meetings/new", "/tasks", "/tasks/new", "/members", "/members/new", "/minutes", "/numbers/" + s.cell,
		"/organizations", "/organizations/" + s.cell, "/library", "/check", "/vao",
		s.params["/tasks/{id}"][0], s.params["/members/{id}"][0],
	}
	pages[len(pages)-2] = "/tasks/" + pages[len(pages)-2]
	member := pages[len(pages)-1]
	pages[len(pages)-1] = "/members/" + member
	pages = append(pages, "/briefings", "/briefings/past", "/briefings/mine", "/themes", "/themes/new", "/themes/"+s.params["/themes/{id}"][0], "/themes/"+s.params["/themes/{id}"][0]+"/edit")
	pages = append(pages, "/members/"+member+"/edit", "/organizations/"+s.cell+"/edit")
	round := "/ratings/" + s.params["/ratings/{id}"][0]
	pages = append(pages, "/ratings", "/ratings/new", "/ratings/settings", "/ratings/register", round, round+"/list", round+"/of/"+member, round+"/of/cell")
	pages = append(pages, "/care", "/care/mine", "/care/new", "/care/visits/new", "/care/families", "/care/residence",
		"/care/hardships/"+s.params["/care/hardships/{id}"][0], "/care/comments/"+s.params["/care/comments/{id}"][0], "/care/residents/"+s.params["/care/residents/{id}"][0])
	pages = append(pages, "/collectives", "/collectives/people?kind=union", "/collectives/new?kind=union", "/collectives/meetings/"+s.params["/collectives/meetings/{id}"][0]+"/edit")
	pages = append(pages, "/study", "/study/new", "/study/courses", "/study/sessions/"+s.params["/study/sessions/{id}"][0])
	pages = append(pages, "/training/mine", "/visits", "/visits/"+s.params["/visits/{id}"][1])
	pages = append(pages, "/notebook", "/notebook/meetings/"+w.Meeting(meeting.Closed), "/notebook/inspections", "/quality", "/rubrics", "/rubrics/new", "/years", "/me/data", "/privacy")
	card := "/lessons/" + s.params["/lessons/{id}"][0]
	pages = append(pages, "/lessons", "/lessons/new?meeting="+w.Meeting(meeting.Closed), card, "/pilots", "/pilots/"+s.params["/pilots/{id}"][0])
	staged := "/conferences/" + s.params["/conferences/{id}"][0]
	sitting := staged + "/feedback/" + s.params["{sitting}"][0]
	pages = append(pages, "/y/"+s.params["/y/{code}"][0], sitting, sitting+"/cells/conduct/limit", sitting+"/paper", sitting+"/conclusions")
	pages = append(pages, "/conferences", staged, staged+"/plan", staged+"/work", staged+"/work/new", staged+"/script/"+s.params["{sitting}"][0])
	pages = append(pages, "/lookup", "/directives", "/directives/"+s.params["/directives/{id}"][0])
	draft := "/meetings/" + w.Meeting(meeting.Draft)
	for _, p := range []string{"", "/edit", "/draft", "/papers", "/premeeting", "/items/new", "/items/" + s.params["{item}"][0], "/briefing", "/briefing/edit", "/answers/" + member} {
		pages = append(pages, draft+p)
	}
	return append(pages,
		"/meetings/"+w.Meeting(meeting.Noticed), "/meetings/"+w.Meeting(meeting.Noticed)+"/move", "/meetings/"+w.Meeting(meeting.Noticed)+"/told",
		"/rooms/"+w.Meeting(meeting.Open), "/meetings/"+w.Meeting(meeting.Open)+"/door", "/meetings/"+w.Meeting(meeting.Open)+"/minutes", "/meetings/"+w.Meeting(meeting.Closed)+"/minutes",
		"/meetings/"+w.Meeting(meeting.Sealed)+"/minutes")
}

func papersOf(w *worldtest.World) []string {
	paths := []string{"/members/export.xlsx", "/members/export.csv", "/rooms/" + w.Meeting(meeting.Open) + "/log"}
	for _, s := range meeting.States {
		for _, paper := range []string{"/notice.docx", "/notice.pdf", "/agenda.docx", "/agenda.pdf", "/minutes.docx", "/minutes.pdf", "/resolution.docx", "/resolution.pdf"} {
			paths = append(paths, "/meetings/"+w.Meeting(s)+paper)
		}
	}
	return paths
}

// harmless reports whether sending the form leaves the meetings where they are, so
// that the next text meets the same pages.
func harmless(f form) bool {
	for _, end := range []string{"/sign-out", "/delete", "/notice", "/form/close", "/minutes/seal", "/minutes/sign", "/photo", "/transfer", "/standing", "/release", "/review", "/drop", "/left"} {
		if strings.HasSuffix(f.action, end) {
			return false
		}
	}
	if strings.HasPrefix(f.action, "/conferences/") && strings.HasSuffix(f.action, "/remove") {
		return false
	}
	own := f.action == "/me" || strings.HasPrefix(f.action, "/me/") && !strings.HasPrefix(f.action, "/me/data")
	return f.method == http.MethodGet || !own
}

// judgePage fails when something that was typed has become markup.
func judgePage(t *testing.T, what string, a worldtest.Answer) {
	t.Helper()
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		return
	}
	if a.Header.Get("Set-Cookie") != "" && strings.Contains(a.Header.Get("Set-Cookie"), "a=b") {
		t.Errorf("%s: a cookie was slipped in", what)
	}
	each(parse(t, a.Body), func(n *html.Node) {
		for _, at := range n.Attr {
			if strings.HasPrefix(at.Key, "on") || strings.HasPrefix(at.Key, "hx-") && strings.Contains(at.Val, "evil") ||
				slices.Contains([]string{"href", "src", "action"}, at.Key) && (strings.HasPrefix(at.Val, "javascript:") || strings.Contains(at.Val, "//evil.example")) {
				t.Errorf("%s: <%s %s=%q>", what, n.Data, at.Key, at.Val)
			}
		}
		if n.Data == "script" && n.FirstChild != nil {
			t.Errorf("%s: a script with text: %.80s", what, n.FirstChild.Data)
		}
	})
}

// form is a form of a page.
type form struct {
	method, action string
	multipart      bool
	values         url.Values        // what would be sent untouched
	texts          []string          // names of the fields that people type into
	kinds          map[string]string // of those fields: "date", "number" …
	typed          map[string]string // what stands in them already
}

// filledWith returns the request that sends the form with text in every field.
func (f form) filledWith(text string) *http.Request {
	values := url.Values{}
	for k, v := range f.values {
		values[k] = slices.Clone(v)
	}
	for _, name := range f.texts {
		values.Set(name, text)
	}
	var r *http.Request
	var err error
	if f.method == http.MethodGet {
		r, err = http.NewRequest(http.MethodGet, f.action+"?"+values.Encode(), nil)
	} else {
		r, err = http.NewRequest(http.MethodPost, f.action, strings.NewReader(values.Encode()))
	}
	if err != nil {
		panic(err) // the address stands in one of our pages
	}
	if f.method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

func formsOf(t *testing.T, body string) []form {
	t.Helper()
	var forms []form
	each(parse(t, body), func(n *html.Node) {
		if n.Data != "form" {
			return
		}
		f := form{method: strings.ToUpper(attr(n, "method")), action: attr(n, "action"), multipart: attr(n, "enctype") != "", values: url.Values{}, kinds: map[string]string{}, typed: map[string]string{}}
		if f.method == "" {
			f.method = http.MethodGet
		}
		each(n, f.take)
		if !f.multipart && strings.HasPrefix(f.action, "/") {
			forms = append(forms, f)
		}
	})
	return forms
}

// take reads one element of the form.
func (f *form) take(n *html.Node) {
	name := attr(n, "name")
	switch {
	case name == "" && n.Data != "option":
	case n.Data == "textarea":
		f.texts = append(f.texts, name)
		if n.FirstChild != nil {
			f.typed[name] = n.FirstChild.Data
		}
	case n.Data == "select":
		each(n, func(o *html.Node) {
			if v := attr(o, "value"); o.Data == "option" && v != "" && f.values.Get(name) == "" {
				f.values.Set(name, v)
			}
		})
	case n.Data == "input":
		switch attr(n, "type") {
		case "hidden", "radio", "checkbox":
			f.values.Set(name, attr(n, "value"))
		case "submit", "file", "button":
		default:
			f.texts = append(f.texts, name)
			f.kinds[name], f.typed[name] = attr(n, "type"), attr(n, "value")
		}
	}
}

func parse(t *testing.T, body string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func each(n *html.Node, f func(*html.Node)) {
	if n.Type == html.ElementNode {
		f(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, f)
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
