package privacy

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
)

// requestsView is the list of those who answer.
type requestsView struct {
	L        locale.L
	Now      when.Instant
	Requests []Request // those that wait first
	Profiles map[string]member.Member
	Left     map[string][]Counted // what may be deleted, by request
	Keeps    bool                 // lays down for how long things are kept
	Reader   string
	Form     web.Form // that was refused; its ID is that of the request, empty where the list has moved on
}

func (v requestsView) body() g.Node {
	l := v.L
	if len(v.Requests) == 0 {
		return part.Stack(part.Empty(l.T("privacy.requests.none"), l.T("privacy.requests.none_text")), v.around())
	}
	return part.Stack(g.If(v.Form.ID == "", v.Form.Summary(l)), g.Map(v.Requests, v.card), v.around())
}

// card is one request with what may be answered.
func (v requestsView) card(r Request) g.Node {
	l, m := v.L, v.Profiles[r.Member]
	terms := []part.Term{
		part.Is(l.T("privacy.requests.claim"), h.B(g.Text(l.Of("privacy.claim", string(r.Claim))))),
		part.Is(l.T("privacy.requests.made"), g.Text(l.Moment(r.MadeAt))), part.Is(l.T("privacy.requests.due"), g.Text(l.Day(r.DueAt.Date()))),
	}
	switch {
	case r.State == Waiting:
		terms = append(terms, part.Is(l.T("privacy.requests.accept_by"), g.Text(l.Day(r.AcceptBy.Date()))))
	case r.AcceptedAt != 0:
		terms = append(terms, part.Is(l.T("privacy.requests.accepted"), g.Text(l.Moment(r.AcceptedAt))))
	}
	if r.ExtendedAt != 0 {
		terms = append(terms, part.Is(l.T("privacy.requests.extended"), g.Text(r.ExtendedWhy)))
	}
	if r.Field != "" {
		change := blank(l, r.Value)
		if r.Open() {
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
	if !r.Open() {
		return nil
	}
	if r.Member == v.Reader {
		return part.Muted(g.Text(l.T("privacy.problem.own")))
	}
	f := web.Form{ID: r.ID}
	if v.Form.ID == r.ID && !v.Form.Values.Has("why") {
		f = v.Form
	}
	states := []part.Option{{Value: string(Done), Text: l.Of("privacy.state", string(Done))}, {Value: string(Refused), Text: l.Of("privacy.state", string(Refused))}}
	return g.Group{
		v.accept(r),
		v.erase(r),
		g.If(r.Claim == Correct, part.PostButton("/privacy/"+r.ID+"/take", l.T("privacy.requests.take"), part.Primary, part.IconCheck)),
		part.Details(l.T("privacy.requests.reply"), g.If(f.Wrong() || r.Claim != Correct, g.Attr("open")),
			part.Post("/privacy/"+r.ID+"/answer", part.Keep(l, "privacy:"+r.ID), f.Summary(l),
				f.Radios("state", l.T("privacy.requests.state"), states, part.Line, part.Required),
				f.Textarea("answer", l.T("privacy.requests.answer"), part.Required, part.Help(l.T("privacy.requests.answer_help")), h.Rows("3")),
				part.Button(l.T("privacy.requests.send"), part.IconCheck))),
		v.extend(r),
	}
}

// accept says that a request has come: the first word that is owed to who asked.
func (v requestsView) accept(r Request) g.Node {
	if r.State != Waiting {
		return nil
	}
	l, f := v.L, web.Form{ID: r.ID}
	return part.Post("/privacy/"+r.ID+"/accept",
		f.Check("others", l.T("privacy.requests.others"), part.Help(l.T("privacy.requests.others_help", "Days", eraseDays))),
		part.Button(l.T("privacy.requests.accept"), part.IconCheck))
}

// erase offers what the program may delete of the one who asks, nothing ticked, and says
// what has to stay.
func (v requestsView) erase(r Request) g.Node {
	if r.Claim != Delete {
		return nil
	}
	l, f := v.L, web.Form{ID: r.ID}
	var options []part.Option
	for _, left := range v.Left[r.ID] {
		if left.Rows > 0 {
			options = append(options, part.Option{Value: left.Item, Text: l.Of("privacy.leftover", left.Item), Small: l.T("privacy.erase.rows", "Count", left.Rows)})
		}
	}
	stays := part.Muted(g.Text(l.T("privacy.erase.stays")))
	if len(options) == 0 {
		return g.Group{part.Muted(g.Text(l.T("privacy.erase.none"))), stays}
	}
	return part.Details(l.T("privacy.erase.title"), part.Post("/privacy/"+r.ID+"/erase", part.Confirm(l, l.T("privacy.erase.sure"), l.T("privacy.retention.yes")), f.Checks("item", l.T("privacy.erase.what"), options), stays,
		part.Button(l.T("privacy.erase.do"), part.Danger, part.IconTrash)))
}

// extend asks for more days, once.
func (v requestsView) extend(r Request) g.Node {
	if r.State != Accepted || r.ExtendedAt != 0 || v.Now > r.DueAt {
		return nil
	}
	l, f := v.L, web.Form{ID: r.ID}
	if v.Form.ID == r.ID && v.Form.Values.Has("why") {
		f = v.Form
	}
	return part.Details(l.T("privacy.requests.extend"), g.If(f.Wrong(), g.Attr("open")),
		part.Post("/privacy/"+r.ID+"/extend", part.Keep(l, "privacy-extend:"+r.ID), f.Summary(l),
			f.Number("days", l.T("privacy.requests.days"), part.Short, part.Required, part.Help(l.T("privacy.requests.days_help", "Days", mostExtension))),
			f.Textarea("why", l.T("privacy.requests.why"), part.Required, h.Rows("2")),
			part.Button(l.T("privacy.requests.extend_do"), part.IconCheck)))
}

// around leads to what else those who answer have to keep.
func (v requestsView) around() g.Node {
	l := v.L
	return part.Card(part.CardHead(l.T("privacy.limits.title")),
		part.Muted(g.Text(l.T("privacy.limits.text", "Accept", acceptDays, "Provide", provideDays, "Stop", stopDays, "Erase", eraseDays, "More", mostExtension))),
		part.Actions(part.LinkButton("/privacy/inventory", l.T("privacy.inventory.title"), part.IconEye),
			g.If(v.Keeps, part.LinkButton("/privacy/retention", l.T("privacy.retention.title"), part.IconCalendar))))
}
