package library

import (
	"slices"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/search"
	"chibo/kit/web"
	"chibo/kit/when"
)

// Pages are the library's pages.
type Pages struct {
	*Service
	// Aside draws what another feature knows of a document beside it; nil: nothing.
	Aside func(*web.Ctx, Document) (g.Node, error)
}

// Routes returns the routes of the library.
func (p Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /library", Need: access.SignedIn, Do: p.documents},
		{Pattern: "GET /library/documents/new", Need: Register, Do: p.newDocument},
		{Pattern: "POST /library/documents", Need: Register, Do: p.enter},
		{Pattern: "GET /library/documents/{id}", Need: Read, Do: p.document},
		{Pattern: "GET /library/documents/{id}/edit", Need: Register, Do: p.editDocument},
		{Pattern: "POST /library/documents/{id}/edit", Need: Register, Do: p.amend},
		{Pattern: "POST /library/documents/{id}/files", Need: Register, Do: p.attach, Takes: Papers},
		{Pattern: "POST /library/documents/{id}/files/{file}/remove", Need: Register, Do: p.detach},
		{Pattern: "GET /files/{id}", Need: Read, Do: p.file},
	}
}

// file hands a kept file over: always as a download, never as a page of its own.
func (p Pages) file(c *web.Ctx) error {
	f, data, err := p.OpenFor(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Download(f.Name, f.Type.Media(), data)
}

// documents lists the governing documents; ?on= asks for those in force on a day,
// ?q= for words.
func (p Pages) documents(c *web.Ctx) error {
	v := documentsView{Words: c.Query("q"), Today: when.DateOf(p.Now())}
	if d, err := when.ParseDate(c.Query("on")); err == nil {
		v.On = d
	}
	for _, s := range Sources() {
		if found(s, v.Words) && (v.On.IsZero() || s.InForce(v.On)) {
			v.Sources = append(v.Sources, s)
		}
	}
	entered, err := Entered(c.Context(), p.DB, c.Who)
	if err != nil {
		return err
	}
	for _, d := range entered {
		if found(d.Source, v.Words) && (v.On.IsZero() || d.InForce(v.On)) {
			v.Entered = append(v.Entered, d)
		}
	}
	slices.SortStableFunc(v.Sources, func(a, b Source) int {
		if a.Subject == b.Subject {
			return b.Date.Compare(a.Date)
		}
		return 0
	})
	return c.Page(web.Page{Title: c.L.T("library.title"), Lead: c.L.T("library.lead"), Section: "library", Action: addButton(c), Body: v.body(c.L)})
}

func found(s Source, words string) bool {
	return strings.Contains(search.Fold(s.String()+" "+s.Title), search.Fold(words))
}
