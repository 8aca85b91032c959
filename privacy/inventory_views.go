package privacy

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
)

// inventoryBody lists what the program keeps, kind by kind: for what, on which basis, who
// sees it, how long, and how many columns of each table are of which class.
func inventoryBody(l locale.L) g.Node {
	return part.Stack(
		part.Card(part.CardHead(l.T("privacy.inventory.classes")), part.DescriptionList(inventoryClasses(l)...)),
		g.Map(AllKinds(), func(k Kind) g.Node {
			name := l.Of("privacy.kind", string(k))
			return part.Card(part.CardHead(name), part.DescriptionList(k.terms(l)...),
				part.Details(l.T("privacy.inventory.tables", "Count", len(Held(k))), holdings(l, name, k)))
		}))
}

func inventoryClasses(l locale.L) []part.Term {
	out := make([]part.Term, len(Classes))
	for i, c := range Classes {
		out[i] = part.Is(l.Of("privacy.class", string(c)), g.Text(l.Of("privacy.class_text", string(c))))
	}
	return out
}

// holdings is the table of the tables of a kind.
func holdings(l locale.L, name string, k Kind) g.Node {
	heads := []string{l.T("privacy.inventory.table")}
	for _, c := range Classes {
		heads = append(heads, l.Of("privacy.class", string(c)))
	}
	var rows []part.Row
	for _, held := range Held(k) {
		cells := []string{held.Table}
		for _, c := range Classes {
			cells = append(cells, strconv.Itoa(held.Count(c)))
		}
		rows = append(rows, part.Cells(cells...))
	}
	return part.Table(name, part.Heads(heads...), rows...)
}

// terms say for what a kind is kept, by which document, who sees it and for how long.
func (k Kind) terms(l locale.L) []part.Term {
	out := []part.Term{part.Is(l.T("privacy.for"), g.Text(l.Of("privacy.why", string(k))))}
	if k.Basis() != "" {
		out = append(out, part.Is(l.T("privacy.basis"), g.Text(k.Basis())))
	}
	return append(out, part.Is(l.T("privacy.who"), g.Text(l.Of("privacy.sees", string(k)))), part.Is(l.T("privacy.until"), g.Text(l.Of("privacy.long", string(k)))))
}

// noticeTerms are what whoever signs in is told: for what, on which basis, who sees it, how
// long, and the rights (Luật 91/2025/QH15, 26/6/2025, arts. 3 and 4).
func noticeTerms(l locale.L) g.Node {
	var terms []part.Term
	for _, what := range []string{"why", "basis", "who", "long", "rights"} {
		terms = append(terms, part.Is(l.Of("privacy.notice.head", what), g.Text(l.Of("privacy.notice.says", what))))
	}
	return g.Group{h.P(g.Text(l.T("privacy.notice.text"))), part.DescriptionList(terms...)}
}
