package lookup

import (
	"net/url"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
)

// resultView is the question with what was found.
type resultView struct {
	question string
	asked    bool // the question has words
	only     Kind // empty for all
	kinds    []Kind
	hits     map[Kind][]Hit
	full     map[Kind]bool // there are more
}

func (v resultView) address(k Kind) string {
	q := url.Values{"q": {v.question}}
	if k != "" {
		q.Set("kind", string(k))
	}
	return "/lookup?" + q.Encode()
}

func (v resultView) body(l locale.L) g.Node {
	ask := part.SearchBox(l, "/lookup", "q", v.question, l.T("lookup.field"), h.AutoFocus())
	if !v.asked {
		return part.Stack(ask, part.Card(part.Empty(l.T("lookup.start.title"), l.T("lookup.start.text"))))
	}
	var cards g.Group
	for _, k := range v.kinds {
		if len(v.hits[k]) > 0 {
			cards = append(cards, v.card(l, k))
		}
	}
	if len(cards) == 0 {
		cards = append(cards, part.Card(part.Empty(l.T("lookup.none.title"), l.T("lookup.none.text", "Question", v.question))))
	}
	return part.Stack(ask, g.If(v.only != "", part.Link(v.address(""), g.Text(l.T("lookup.all")))), cards)
}

func (v resultView) card(l locale.L, k Kind) g.Node {
	return part.Card(part.CardHead(l.Of("lookup.kind", string(k))),
		part.List(g.Map(v.hits[k], hit)),
		g.If(v.full[k] && v.only == "", part.LinkButton(v.address(k), l.T("lookup.more"), part.Small, part.IconRight)),
		g.If(v.full[k] && v.only != "", part.Muted(g.Text(l.T("lookup.too_many")))))
}

func hit(x Hit) g.Node {
	return part.Item(part.Grow(h.B(part.Link(x.URL, g.Text(x.Title))), g.If(x.Small != "", h.Small(g.Text(x.Small))),
		g.If(len(x.Excerpt) > 0, h.P(g.Map(x.Excerpt, func(p Piece) g.Node {
			if p.Marked {
				return h.Mark(g.Text(p.Text))
			}
			return g.Text(p.Text)
		})))))
}
