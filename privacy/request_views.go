package privacy

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// requestsView is the list of those who answer.
type requestsView struct {
	L        locale.L
	Now      when.Instant
	Requests []Request // those that wait first
	Profiles map[string]member.Member
	Cells    []organization.Organization
	Cell     string // whose clock is shown; empty where there are several
	Clock    Clock
	Reader   string
	Form     web.Form // that was refused; its ID is that of the request, or "clock"
}

func (v requestsView) body() g.Node {
	l := v.L
	if len(v.Requests) == 0 {
		return part.Stack(part.Empty(l.T("privacy.requests.none"), l.T("privacy.requests.none_text")), v.clock())
	}
	return part.Stack(g.Map(v.Requests, v.card), v.clock())
}

// card is one request with what may be answered.
func (v requestsView) card(r Request) g.Node {
	l, m := v.L, v.Profiles[r.Member]
	terms := []part.Term{
		part.Is(l.T("privacy.requests.claim"), h.B(g.Text(l.Of("privacy.claim", string(r.Claim))))),
		part.Is(l.T("privacy.requests.made"), g.Text(l.Moment(r.MadeAt))), part.Is(l.T("privacy.requests.due"), g.Text(l.Moment(r.DueAt))),
	}
	if r.Field != "" {
		change := blank(l, r.Value)
		if r.State == Waiting {
			change = l.T("privacy.requests.change", "Old", blank(l, m.Text(r.Field)), "New", change)
		}
		terms = append(terms, part.Is(l.Of("member.fact", string(r.Field)), g.Text(change)))
	}
	if r.Text != "" {
		terms = append(terms, part.Is(l.T("privacy.requests.text"), g.Text(r.Text)))
	}
	if r.Answer != "" {
		terms = append(terms, part.Is(l.T("privacy.requests.answer"), g.Text(r.Answer)))
	}
	return part.Card(part.CardHead(m.FullName, stateTag(l, r, v.Now)), part.DescriptionList(terms...), v.answer(r))
}

func blank(l locale.L, value string) string {
	if value == "" {
		return l.T("privacy.requests.blank")
	}
	return value
}

func (v requestsView) answer(r Request) g.Node {
	l := v.L
	if r.State != Waiting {
		return nil
	}
	if r.Member == v.Reader {
		return part.Muted(g.Text(l.T("privacy.problem.own")))
	}
	f := web.Form{ID: r.ID}
	if v.Form.ID == r.ID {
		f = v.Form
	}
	states := []part.Option{{Value: string(Done), Text: l.Of("privacy.state", string(Done))}, {Value: string(Refused), Text: l.Of("privacy.state", string(Refused))}}
	return g.Group{
		g.If(r.Claim == Correct, part.PostButton("/privacy/"+r.ID+"/take", l.T("privacy.requests.take"), part.Primary, part.IconCheck)),
		part.Details(l.T("privacy.requests.reply"), g.If(f.Wrong() || r.Claim != Correct, g.Attr("open")),
			part.Post("/privacy/"+r.ID+"/answer", part.Keep(l, "privacy:"+r.ID), f.Summary(l),
				f.Radios("state", l.T("privacy.requests.state"), states, part.Line, part.Required),
				f.Textarea("answer", l.T("privacy.requests.answer"), part.Required, part.Help(l.T("privacy.requests.answer_help")), h.Rows("3")),
				part.Button(l.T("privacy.requests.send"), part.IconCheck))),
	}
}

// clock is the setting of the one cell that the reader answers for; those of several
// cells leave it to their secretaries.
func (v requestsView) clock() g.Node {
	if v.Cell == "" {
		return nil
	}
	l := v.L
	f := web.Form{ID: "clock", Values: map[string][]string{"stop_hours": {strconv.Itoa(v.Clock.Stop)}, "other_hours": {strconv.Itoa(v.Clock.Other)}}}
	if v.Form.ID == "clock" {
		f = v.Form
	}
	return part.Card(part.CardHead(l.T("privacy.clock.title")), part.Muted(g.Text(l.T("privacy.clock.text"))),
		part.Post("/privacy/settings", f.Summary(l), part.HiddenValue("cell", v.Cell),
			part.Fields(f.Number("stop_hours", l.T("privacy.clock.stop"), part.Short), f.Number("other_hours", l.T("privacy.clock.other"), part.Short)),
			part.Button(l.T("privacy.clock.save"))))
}
