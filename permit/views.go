package permit

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

var stateKinds = map[State]part.Kind{Asked: part.Info, Given: part.OK, Alone: part.OK, Refused: part.Bad}

// permitView is the page of a permit: of who asks, and of who is asked.
type permitView struct {
	View
	L    locale.L
	Now  when.Instant
	form web.Form
}

func (v permitView) t(key string, args ...any) string { return v.L.T("permit."+key, args...) }

func (v permitView) body() g.Node {
	if v.Own {
		return part.Card(v.said(), v.facts(), v.next())
	}
	return part.Card(v.said(), v.facts(), v.answerForm())
}

// said says in one sentence how it stands.
func (v permitView) said() g.Node {
	who := "asker"
	if !v.Own {
		who = "other"
	}
	key, kind := "said."+who+"."+string(v.State), stateKinds[v.State]
	switch {
	case v.State == Begun && !v.Over && len(v.Others) == 0:
		key = "said.asker.nobody"
	case v.Over && v.State != Taken && v.State != Refused:
		key, kind = "said.over", part.Warn
	}
	return part.Note(kind, g.Text(v.t(key, "Name", v.AnsweredName, "Names", strings.Join(v.Others, ", "), "Asker", v.FullName)))
}

func (v permitView) facts() g.Node {
	terms := []part.Term{part.Is(v.t("list"), h.B(g.Text(v.L.T(v.Kind)+" · "+v.Unit)))}
	if !v.Own {
		terms = append(terms, part.Is(v.t("asker"), g.Text(v.FullName)))
	}
	if v.Reason != "" {
		terms = append(terms, part.Is(v.t("reason"), g.Text(v.Reason)), part.Is(v.t("at"), g.Text(v.L.Moment(v.AskedAt))))
	}
	if v.Answer != "" {
		terms = append(terms, part.Is(v.t("answer"), g.Text(v.Answer)))
	}
	return part.DescriptionList(terms...)
}

// next is what who asks can do now.
func (v permitView) next() g.Node {
	f := v.form
	switch {
	case v.Over && v.State != Taken, v.State == Refused:
		return part.Actions(part.LinkButton(v.Address, v.t("again")), v.home())
	case v.State == Begun:
		send := v.t("send")
		if len(v.Others) == 0 {
			send = v.t("send_alone")
		}
		return part.Post(v.Path()+"/ask", part.Guard(), f.Summary(v.L),
			f.Textarea("reason", v.t("field.reason"), part.Required, part.Help(v.t("field.reason_help"))),
			part.Actions(part.Button(send, part.Primary), part.LinkButton("/", v.t("stop"))))
	case v.Good(v.Now.Date()):
		return g.Group{part.Muted(g.Text(v.t("once"))), part.Actions(part.LinkButton(v.Address, v.t("take"), part.Primary, part.IconDownload))}
	}
	return part.Actions(v.home())
}

// home leads on where nothing is left to do here.
func (v permitView) home() g.Node { return part.LinkButton("/", v.L.T("kit.back_home")) }

// answerForm lets somebody who was asked say yes or no.
func (v permitView) answerForm() g.Node {
	if v.Over || v.State != Asked {
		return part.Actions(v.home())
	}
	f := v.form
	return part.Post(v.Path()+"/answer", part.Guard(), f.Summary(v.L),
		f.Textarea("answer", v.t("field.answer"), part.Help(v.t("field.answer_help"))),
		part.Actions(part.Button(v.t("yes"), part.Primary, h.Name("yes"), h.Value("true")), part.Button(v.t("no"))))
}

// homeCard lists what was asked today; nil where there is nothing.
func homeCard(l locale.L, all []shown) g.Node {
	var lines g.Group
	for _, p := range all {
		small := l.T("permit.mine")
		switch {
		case p.Own:
		case p.State == Asked:
			small = l.T("permit.asks", "Name", p.FullName)
		default:
			continue // answered by another
		}
		lines = append(lines, part.LinkEntry(p.Path(), l.T(p.Kind)+" · "+p.Unit, small, part.Tag(stateKinds[p.State], l.Of("permit.state", string(p.State)))))
	}
	if len(lines) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("permit.title")), part.List(lines...))
}
