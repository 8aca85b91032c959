package delegation

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/conference"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// publicView is the invitation on the telephone of the person invited. It needs no account
// and, once opened, no network.
type publicView struct {
	Invitation

	l    locale.L
	form web.Form
	base string
	over bool
	// asides are the cards of other features.
	asides g.Group
}

func (v publicView) body() g.Node {
	l := v.l
	name := v.Name + joined(", ", v.Post) + joined(", ", v.Unit)
	return part.Alone(part.Small, part.Stack(
		part.Muted(g.Text(v.Committee.Name)),
		h.H1(g.Text(l.T("delegation.invitation.title"))),
		h.P(g.Text(v.greeting())), h.P(h.B(g.Text(name))),
		h.P(g.Text(l.T("delegation.invitation.to", "Title", v.occasion()))),
		g.Map(v.Attends, v.sitting),
		g.If(v.Note.Words != "", part.Note(part.Info, g.Map(strings.Split(v.Note.Words, "\n"), func(s string) g.Node { return h.P(g.Text(s)) }))),
		v.answer(),
		v.asides,
		v.code(),
	))
}

func (v publicView) greeting() string {
	if v.Line.Source == conference.FromPress {
		return v.l.T("delegation.invitation.press")
	}
	return v.l.T("delegation.invitation.comrade")
}

func (v publicView) sitting(y Attended) g.Node {
	l := v.l
	place := g.Node(g.Text(y.Venue + joined(", ", y.Address)))
	if y.Map != "" {
		place = g.Group{place, h.Br(), part.Link(y.Map, g.Text(l.T("delegation.invitation.map")))}
	}
	var course g.Node
	if lines := y.course(); len(lines) > 0 {
		course = part.Details(l.T("delegation.invitation.programme"), part.List(g.Map(lines, func(s string) g.Node { return part.Entry(s, "") })))
	}
	return part.Card(part.CardHead(y.Title), part.DescriptionList(
		part.Is(l.T("delegation.invitation.when"), g.Text(l.Moment(y.StartsAt))),
		part.Is(l.T("delegation.invitation.where"), place),
		part.Fact(l.T("delegation.invitation.host"), y.HostName),
		part.Fact(l.T("delegation.field.seat"), y.Seat)), course)
}

// answer is what was answered, and the form to answer or to change one's mind.
func (v publicView) answer() g.Node {
	l := v.l
	switch {
	case !v.Stands():
		return part.Note(part.Warn, g.Text(l.T("delegation.invitation.gone")))
	case v.over:
		return part.Note(part.Info, g.Text(l.T("delegation.invitation.over")))
	}
	f := v.form
	if f.Values == nil {
		f.Values = map[string][]string{"answer": {string(v.Answer)}, "reason": {v.Reason}, "proposed": {v.Proposed}}
	}
	head := part.CardHead(l.T("delegation.invitation.answer"))
	if v.Answer != "" {
		head = part.CardHead(l.T("delegation.invitation.answered"), answerTag(l, v.Delegate))
	}
	options := []part.Option{
		{Value: string(Coming), Text: l.T("delegation.invitation.coming")},
		{Value: string(Declined), Text: l.T("delegation.invitation.declined")},
	}
	var by g.Node
	if !v.Note.AnswerBy.IsZero() {
		by = part.Muted(g.Text(l.T("delegation.invitation.answer_by", "Day", l.Day(v.Note.AnswerBy))))
	}
	return part.Card(h.ID("answer"), head, by, part.Post(v.Delegate.Invitation(), f.Summary(l),
		f.Radios("answer", l.T("delegation.invitation.choose"), options, part.Required, part.Huge),
		f.Input("reason", l.T("delegation.field.reason"), part.Help(l.T("delegation.field.reason_help"))),
		f.Input("proposed", l.T("delegation.field.proposed"), part.Help(l.T("delegation.field.proposed_help"))),
		part.Actions(part.Button(l.T("delegation.invitation.send"), part.Primary))))
}

// code is the picture for the desk.
func (v publicView) code() g.Node {
	l := v.l
	if !v.Stands() {
		return nil
	}
	return part.Card(part.CardHead(l.T("delegation.invitation.code"), numberTag(l, v.Delegate)),
		part.QR(v.base+v.Delegate.Invitation(), l.T("delegation.invitation.code")),
		part.Muted(g.Text(l.T("delegation.invitation.code_help"))),
		part.LinkButton(v.Delegate.Invitation()+"/calendar.ics", l.T("delegation.invitation.calendar"), part.Wide, part.IconCalendar))
}
