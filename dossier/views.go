package dossier

import (
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/privacy"
)

// indexView is the page of the papers.
type indexView struct {
	l        locale.L
	controls []Control
	traces   bool
}

func (v indexView) body() g.Node {
	l := v.l
	var breach g.Node
	if v.traces {
		breach = part.Card(part.CardHead(l.T("dossier.breach.title"), part.IconEye), h.P(g.Text(l.T("dossier.breach.lead"))),
			part.Actions(part.LinkButton("/dossiers/breach", l.T("dossier.breach.open"), part.IconEye)))
	}
	return part.Stack(
		part.Grid(breach,
			part.Card(part.CardHead(l.T("dossier.impact.title"), part.IconPaper), h.P(g.Text(l.T("dossier.impact.text"))),
				part.Actions(part.LinkButton("/dossiers/impact.docx", l.T("dossier.take"), part.IconDownload))),
			part.Card(part.CardHead(l.T("dossier.level.title"), part.IconPaper), h.P(g.Text(l.T("dossier.level.text"))),
				part.Actions(part.LinkButton("/dossiers/level.docx", l.T("dossier.take"), part.IconDownload)))),
		part.Card(part.CardHead(l.T("dossier.controls")), part.Muted(g.Text(l.T("dossier.controls_text"))),
			part.List(g.Map(v.controls, func(c Control) g.Node {
				text := l.Of("dossier.how", c.Key)
				if c.Verdict != Met {
					text = l.Of("dossier.todo", c.Key)
				}
				return part.Entry(l.Of("dossier.control", c.Key), text, verdictTag(l, c.Verdict))
			}))),
	)
}

func verdictTag(l locale.L, v Verdict) g.Node {
	kind := part.Plain
	switch v {
	case Met:
		kind = part.OK
	case NotMet:
		kind = part.Bad
	case ByPeople:
	}
	return part.Tag(kind, l.Of("dossier.verdict", string(v)))
}

// breachView is the question whose data were reached, and its answer once asked.
type breachView struct {
	l      locale.L
	form   web.Form
	span   Span
	breach Breach
	found  bool
}

func (v breachView) body() g.Node {
	l := v.l
	ask := part.Card(part.CardHead(l.T("dossier.breach.ask")),
		part.Ask("/dossiers/breach", v.form.Summary(l),
			part.Fields(v.form.DateTime("from", l.T("dossier.breach.from"), part.Required), v.form.DateTime("until", l.T("dossier.breach.until"), part.Required)),
			v.accounts(),
			part.Button(l.T("dossier.breach.find"), part.Primary, part.IconEye)))
	if !v.found {
		return part.Stack(ask, part.Muted(g.Text(l.T("dossier.breach.bound"))))
	}
	return part.Stack(ask, v.sums(), v.people())
}

// accounts offers those who did something in the span; none is ticked unless it was asked.
func (v breachView) accounts() g.Node {
	if !v.found || len(v.breach.Actors) == 0 {
		return nil
	}
	l := v.l
	options := make([]part.Option, len(v.breach.Actors))
	for i, a := range v.breach.Actors {
		options[i] = part.Option{Value: a.ID, Text: a.named(l), Small: l.T("dossier.breach.did", "Deeds", a.Deeds)}
	}
	return part.Details(l.T("dossier.breach.narrow"), g.If(len(v.span.Accounts) > 0, g.Attr("open")),
		v.form.Checks("account", l.T("dossier.breach.account"), options, part.Help(l.T("dossier.breach.account_help"))))
}

// sums are the figures that the authority asks for, and the papers.
func (v breachView) sums() g.Node {
	l, b := v.l, v.breach
	counts := b.Kinds()
	terms := []part.Term{
		part.Is(l.T("dossier.breach.people"), h.B(g.Text(strconv.Itoa(len(b.Victims))))),
		part.Is(l.T("dossier.breach.of_sensitive"), h.B(g.Text(strconv.Itoa(b.Sensitive())))),
	}
	for _, k := range privacy.Kinds {
		if counts[k] > 0 {
			terms = append(terms, part.Is(l.Of("privacy.kind", string(k)), g.Text(l.T("dossier.breach.count", "Count", counts[k]))))
		}
	}
	query := "?" + v.query().Encode()
	return part.Card(part.CardHead(l.T("dossier.breach.found")), part.DescriptionList(terms...), part.Muted(g.Text(l.T("dossier.breach.bound"))),
		part.Actions(part.LinkButton("/dossiers/breach.xlsx"+query, l.T("dossier.breach.sheet_take"), part.IconDownload),
			part.LinkButton("/dossiers/breach.docx"+query, l.T("dossier.breach.report_take"), part.IconDownload)))
}

func (v breachView) query() url.Values {
	return url.Values{"from": v.form.Values["from"], "until": v.form.Values["until"], "account": v.span.Accounts}
}

// mostShown is how many people the page shows: all stand in the sheet.
const mostShown = 20

func (v breachView) people() g.Node {
	l, all := v.l, v.breach.Victims
	if len(all) == 0 {
		return part.Empty(l.T("dossier.breach.none"), l.T("dossier.breach.none_text"))
	}
	var rows []part.Row
	for _, p := range all[:min(len(all), mostShown)] {
		rows = append(rows, part.Cells(p.Name, p.Unit, kindNames(l, p.Kinds), kindNames(l, p.Open), yes(l, p.Sensitive()), moment(l, p.Last)))
	}
	var heads []string
	for _, key := range []string{"name", "unit", "kinds", "open", "sensitive", "last"} {
		heads = append(heads, l.Of("dossier.breach.column", key))
	}
	return part.Card(part.CardHead(l.T("dossier.breach.sheet")), part.Table(l.T("dossier.breach.sheet"), part.Heads(heads...), rows...),
		g.If(len(all) > mostShown, part.Muted(g.Text(l.T("dossier.breach.more", "Count", len(all)-mostShown)))))
}

// moment is a moment, or nothing.
func moment(l locale.L, at when.Instant) string {
	if at.IsZero() {
		return ""
	}
	return l.Moment(at)
}

// homeCard leads to the papers.
func homeCard(l locale.L) g.Node {
	return part.Card(part.CardHead(l.T("dossier.title"), part.IconPaper), part.Muted(g.Text(l.T("dossier.home"))),
		part.LinkButton("/dossiers", l.T("dossier.open"), part.Wide))
}
