package lookup

import (
	"slices"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/search"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// Pages is the page of the search.
type Pages struct{ *Service }

// Routes returns the routes of the search.
func (p *Pages) Routes() []web.Route {
	return []web.Route{{Pattern: "GET /lookup", Need: access.SignedIn, Do: p.find, Searches: true}}
}

// How many hits of a kind stand beside those of others, and how many alone.
const (
	few  = 6
	many = 60
)

func (p *Pages) find(c *web.Ctx) error {
	v := resultView{question: c.Query("q"), hits: map[Kind][]Hit{}, full: map[Kind]bool{}}
	kinds, limit := Kinds, few
	if only := Kind(c.Query("kind")); slices.Contains(Kinds, only) {
		kinds, limit, v.only = []Kind{only}, many, only
	}
	words := search.Asked(v.question)
	v.asked = len(words) > 0
	v.kinds = kinds
	for _, k := range kinds {
		hits, err := p.Find(c.Context(), c.Who, k, words, limit+1)
		if err != nil {
			return err
		}
		v.hits[k], v.full[k] = hits[:min(len(hits), limit)], len(hits) > limit
	}
	return c.Page(web.Page{Title: c.L.T("lookup.title"), Section: "lookup", Lead: c.L.T("lookup.lead"), Body: v.body(c.L)})
}

// HomePanel is the field of the home page from which everybody searches.
func (p *Pages) HomePanel(c *web.Ctx) g.Node {
	return part.SearchBox(c.L, "/lookup", "q", "", c.L.T("lookup.field"))
}
