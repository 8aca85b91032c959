//go:build !js

package minutes

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// askView asks for the code that stands on a paper; unknown is one that was
// typed and belongs to no record.
func askView(l locale.L, unknown string) g.Node {
	var form web.Form
	return part.Alone(part.Small,
		h.H1(g.Text(l.T("minutes.check.title"))),
		g.If(unknown != "", part.Note(part.Bad, h.P(h.B(g.Text(ShowCode(unknown)))), h.P(g.Text(l.T("minutes.check.unknown"))))),
		part.Card(
			part.Muted(g.Text(l.T("minutes.check.where"))),
			part.Ask("/check", form.Input("code", l.T("minutes.check.code"), h.AutoComplete("off"), g.Attr("autocapitalize", "characters"), g.Attr("spellcheck", "false")),
				part.Actions(part.Button(l.T("minutes.check.look"), part.Primary, part.IconSearch)))),
	)
}

// checkView says when a record was sealed and compares a file with it.
func checkView(l locale.L, c Check, f web.Form) g.Node {
	return part.Alone(part.Small,
		h.H1(g.Text(l.T("minutes.check.title"))),
		part.Card(part.OK,
			part.CardHead(ShowCode(c.Code), part.Tag(part.OK, l.T("minutes.state.sealed"))),
			h.P(g.Text(l.T("minutes.check.sealed", "At", l.Moment(c.At)))),
			part.Muted(g.Text(l.T("minutes.check.limits")))),
		matchView(l, c.Match),
		part.Card(
			part.CardHead(l.T("minutes.check.compare")),
			part.Muted(g.Text(l.T("minutes.check.compare_how"))),
			part.Upload("/check/"+escape(c.Code), f.Summary(l),
				f.File("file", l.T("minutes.check.file"), compared.Accept()),
				part.Actions(part.Button(l.T("minutes.check.do"), part.Primary, part.IconUpload)))),
	)
}

func matchView(l locale.L, m Match) g.Node {
	switch m {
	case Same:
		return part.Note(part.OK, h.P(h.Role("status"), h.B(g.Text(l.T("minutes.check.same")))))
	case Different:
		return part.Note(part.Bad, h.P(h.Role("alert"), h.B(g.Text(l.T("minutes.check.different")))), h.P(g.Text(l.T("minutes.check.different_why"))))
	case NotCompared:
	}
	return nil
}
