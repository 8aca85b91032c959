package care

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
)

// residenceView is both sides of the residence of a cell.
type residenceView struct {
	Residence
	forms residenceForms
	today when.Date
}

func (v residenceView) body(l locale.L) g.Node {
	before := address("/care/residence", v.Cell.ID, v.Year-1)
	return part.Cols(
		part.Stack(
			part.Card(part.CardHead(l.T("care.residence.ours", "Year", v.Year), part.Link(before, g.Text(l.T("care.year_before", "Year", v.Year-1)))),
				part.Muted(g.Text(l.T("care.residence.ours_help"))), v.askButton(l), v.ours(l)),
			v.theirs(l),
		),
		part.Stack(v.homeForm(l), v.residentForm(l)),
	)
}

// askButton asks for the comments of everybody of whom none was asked.
func (v residenceView) askButton(l locale.L) g.Node {
	n := len(v.toAsk())
	if n == 0 || v.Year != v.today.Year {
		return nil
	}
	return part.PostButton("/care/comments", l.T("care.residence.ask", "Count", n), part.Primary,
		part.HiddenValue("organization", v.Cell.ID), part.HiddenValue("year", strconv.Itoa(v.Year)))
}

func (v residenceView) ours(l locale.L) g.Node {
	var items []g.Node
	missing := 0
	for _, e := range v.Roll {
		x, there := v.Homes[e.ID]
		k, asked := v.Comments[e.ID]
		if !there && !asked {
			missing++
			continue
		}
		items = append(items, v.one(l, e, x, k, asked))
	}
	return g.Group{
		g.If(v.Overdue(v.today) > 0, part.Note(part.Warn, g.Text(l.T("care.residence.overdue", "Count", v.Overdue(v.today))))),
		g.If(len(items) > 0, part.List(items...)),
		g.If(missing > 0, part.Muted(g.Text(l.T("care.residence.missing", "Count", missing)))),
	}
}

// one is the line of a member: where they live and how the comment of the year stands.
func (v residenceView) one(l locale.L, e member.Entry, x Home, k Comment, asked bool) g.Node {
	edit := part.LinkButton(address("/care/residence", v.Cell.ID, 0)+"&member="+e.ID+"#home", l.T("care.residence.edit"), part.Small)
	switch {
	case asked:
		return part.LinkEntry("/care/comments/"+k.ID, e.FullName, k.Cell, commentTag(l, k, v.today))
	case x.Excuse != NoExcuse:
		return part.Entry(e.FullName, joinWords(x.Cell, l.Of("care.excuse", string(x.Excuse))), edit)
	}
	return part.Entry(e.FullName, x.Cell, part.Tag(part.Plain, l.T("care.residence.not_asked")), edit)
}

func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

func commentTag(l locale.L, k Comment, today when.Date) g.Node {
	switch {
	case k.Came():
		return part.Tag(part.OK, l.T("care.comment.came", "Day", k.CameOn.Slashed()))
	case k.Overdue(today):
		return part.Tag(part.Bad, l.T("care.comment.overdue", "Day", k.DueOn.Slashed()))
	}
	return part.Tag(part.Warn, l.T("care.comment.waiting", "Day", k.DueOn.Slashed()))
}

func (v residenceView) theirs(l locale.L) g.Node {
	head := part.CardHead(l.T("care.residence.theirs"))
	help := part.Muted(g.Text(l.T("care.residence.theirs_help")))
	if len(v.Residents) == 0 {
		return part.Card(head, help, part.Muted(g.Text(l.T("care.residence.nobody"))))
	}
	return part.Card(head, help, part.List(g.Map(v.Residents, func(r Resident) g.Node {
		tag := part.Tag(part.Warn, l.T("care.remark.missing", "Year", v.Year))
		switch {
		case v.Remarked[r.ID]:
			tag = part.Tag(part.OK, l.T("care.remark.there", "Year", v.Year))
		case r.Excuse != NoExcuse:
			tag = part.Tag(part.Plain, l.Of("care.excuse", string(r.Excuse)))
		}
		return part.LinkEntry(r.Path(), r.FullName, joinWords(r.Cell, r.Address), tag)
	})))
}

// excuses are the options of an excuse.
func excuses(l locale.L, of []Excuse) []part.Option {
	out := make([]part.Option, len(of))
	for i, e := range of {
		key := string(e)
		if e == NoExcuse {
			key = "none"
		}
		out[i] = part.Option{Value: string(e), Text: l.Of("care.excuse", key)}
	}
	return out
}

func (v residenceView) homeForm(l locale.L) g.Node {
	f := v.forms.home
	f.ID = "home"
	return part.Card(h.ID("home"), part.CardHead(l.T("care.residence.home")),
		part.Post("/care/homes", f.Summary(l), part.HiddenValue("organization", v.Cell.ID),
			f.Select("member", l.T("care.field.member"), people(l, v.Roll), part.Required),
			f.Input("cell", l.T("care.field.cell"), part.Help(l.T("care.field.cell_help"))),
			f.Date("introduced_on", l.T("care.field.introduced_on")),
			f.Select("excuse", l.T("care.field.excuse"), excuses(l, Excuses)),
			part.Actions(part.Button(l.T("care.residence.save"))),
		))
}

func (v residenceView) residentForm(l locale.L) g.Node {
	f := v.forms.resident
	f.ID = "resident"
	return part.Card(part.Details(l.T("care.residence.receive"), g.If(f.Wrong(), g.Attr("open")),
		part.Post("/care/residents", f.Summary(l), part.HiddenValue("organization", v.Cell.ID),
			f.Input("full_name", l.T("care.field.full_name"), part.Required, h.AutoComplete("off")),
			f.Input("cell", l.T("care.field.their_cell"), part.Required),
			f.Input("address", l.T("care.field.address")),
			f.Date("introduced_on", l.T("care.field.introduced_on"), part.Required),
			f.Select("excuse", l.T("care.field.excuse"), excuses(l, []Excuse{NoExcuse, FarAway})),
			part.Actions(part.Button(l.T("care.residence.receive_send"))),
		)))
}

// papers are the two forms of a paper.
func papers(l locale.L, url, query string) g.Node {
	return part.Actions(
		part.LinkButton(url+"/phieu.docx"+query, l.T("care.paper.docx"), part.Small, part.IconDownload),
		part.LinkButton(url+"/phieu.pdf"+query, l.T("care.paper.pdf"), part.Small, part.IconPrinter),
	)
}

// commentBody is the page of a comment that this cell has asked for.
func commentBody(l locale.L, k Comment, f web.Form, today when.Date) g.Node {
	return part.Cols(
		part.Card(part.CardHead(l.T("care.comment.title"), commentTag(l, k, today)),
			part.Post("/care/comments/"+k.ID, part.Guard(), f.Summary(l),
				f.Textarea("merits", l.T("care.field.merits"), part.Required),
				f.Textarea("faults", l.T("care.field.faults"), h.Rows("2")),
				f.Date("on", l.T("care.field.came_on"), part.Required),
				part.Actions(part.Button(l.T("care.comment.send"), part.Primary)))),
		part.Card(part.CardHead(l.T("care.paper.ask")), part.Muted(g.Text(l.T("care.paper.ask_help"))),
			part.DescriptionList(
				part.Is(l.T("care.field.cell"), g.Text(k.Cell)),
				part.Is(l.T("care.field.asked_on"), g.Text(l.Day(k.AskedOn))),
				part.Is(l.T("care.field.due_on"), g.Text(l.Day(k.DueOn))),
			),
			papers(l, "/care/comments/"+k.ID, "")),
	)
}

// commentEntry is a comment that has come, in a list.
func commentEntry(l locale.L, k Comment) g.Node {
	small := k.Cell + " · " + l.T("care.comment.came", "Day", k.CameOn.Slashed())
	return part.Item(part.Grow(
		h.B(g.Text(l.T("care.comment.year", "Year", k.Year))), h.Small(g.Text(small)),
		h.P(g.Text(l.T("care.comment.merits", "Text", k.Merits))),
		g.If(k.Faults != "", h.P(g.Text(l.T("care.comment.faults", "Text", k.Faults)))),
	))
}

// residentBody is the page of somebody who lives here, with the comments on them.
func residentBody(l locale.L, r Resident, said []Remark, f web.Form) g.Node {
	return part.Cols(
		part.Card(part.CardHead(l.T("care.remark.title")),
			part.Post(r.Path()+"/remark", part.Guard(), f.Summary(l),
				f.Number("year", l.T("care.field.year"), part.Required),
				part.Fields(
					f.Number("came", l.T("care.field.came"), h.Min("0")),
					f.Number("called", l.T("care.field.called"), h.Min("0")),
				),
				f.Textarea("merits", l.T("care.field.merits"), part.Required),
				f.Textarea("faults", l.T("care.field.faults"), h.Rows("2")),
				f.Date("on", l.T("care.field.said_on"), part.Required),
				part.Actions(part.Button(l.T("care.remark.send"), part.Primary)))),
		part.Stack(
			part.Card(part.CardHead(r.FullName), part.DescriptionList(
				part.Is(l.T("care.field.their_cell"), g.Text(r.Cell)),
				part.Is(l.T("care.field.address"), g.Text(r.Address)),
				part.Is(l.T("care.field.introduced_on"), g.Text(r.IntroducedOn.Slashed())),
			)),
			g.Group(g.Map(said, func(k Remark) g.Node {
				return part.Card(part.CardHead(l.T("care.comment.year", "Year", k.Year)), part.Muted(g.Text(l.T("care.remark.came", "Came", k.Came, "Called", k.Called))),
					h.P(g.Text(k.Merits)), papers(l, r.Path(), "?year="+strconv.Itoa(k.Year)))
			})),
			leaving(l, r),
		),
	)
}

// leaving asks whether a resident has moved away, or says when that was.
func leaving(l locale.L, r Resident) g.Node {
	if !r.LeftOn.IsZero() {
		return part.Card(part.Muted(g.Text(l.T("care.remark.left_on", "Day", r.LeftOn.Slashed()))))
	}
	return part.Card(part.PostButton(r.Path()+"/left", l.T("care.remark.left"), part.Small,
		part.Confirm(l, l.T("care.remark.left_ask", "Name", r.FullName), l.T("care.remark.left"))))
}
