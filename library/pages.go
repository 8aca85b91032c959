package library

import (
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/search"
	"chibo/kit/web"
	"chibo/kit/when"
)

// Pages are the library's pages.
type Pages struct{ *Service }

// Routes returns the routes of the library.
func (p Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /library", Need: access.SignedIn, Do: p.documents},
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
	slices.SortStableFunc(v.Sources, func(a, b Source) int {
		if a.Subject == b.Subject {
			return b.Date.Compare(a.Date)
		}
		return 0
	})
	return c.Page(web.Page{Title: c.L.T("library.title"), Lead: c.L.T("library.lead"), Section: "library", Body: v.body(c.L)})
}

func found(s Source, words string) bool {
	return strings.Contains(search.Fold(s.String()+" "+s.Title), search.Fold(words))
}
