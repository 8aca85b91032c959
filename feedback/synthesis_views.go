package feedback

import (
	"net/url"
	"slices"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// cellView is where the remarks of a cell are put together.
type cellView struct {
	File
	locale.L
	block    Block
	proposed []Proposal
	card     string // whose form was refused
	refused  web.Form
}

// gatherForm is the id of the form to which the boxes beside the remarks belong.
const gatherForm = "gather"

func (v cellView) path() string { return v.cellPath(v.block.Cell) }

// form returns the form of a card: as it was refused, or with what stands there.
func (v cellView) form(card string, values url.Values) web.Form {
	if v.card == card {
		v.refused.ID = card
		return v.refused
	}
	return web.Form{ID: card, Values: values}
}

func (v cellView) body() g.Node {
	return part.Stack(v.tabs(), part.Cols(
		part.Stack(v.proposals(), v.groups(), v.alone()),
		part.Stack(v.gathering(), v.text())))
}

// tabs lead to the other heads and phases.
func (v cellView) tabs() g.Node {
	var phases, heads []part.Tab
	for _, p := range Phases {
		phases = append(phases, part.Tab{Text: v.Of("feedback.phase", string(p)), URL: v.cellPath(Cell{p, v.block.Head}), Current: p == v.block.Phase})
	}
	for _, y := range Heads {
		x := Cell{v.block.Phase, y}
		heads = append(heads, part.Tab{Text: v.Of("feedback.head", string(y)), URL: v.cellPath(x), Current: y == v.block.Head, Count: v.Block(x).Count()})
	}
	return part.Stack(part.Tabs(v.T("feedback.phases"), phases...), part.Tabs(v.T("feedback.heads"), heads...))
}

// line is a remark as it was given, with who gave it where names are kept.
func (v cellView) line(r Remark) string {
	text := r.Text
	if r.Item != "" {
		text += " (" + r.Item + ")"
	}
	if s := v.Sheets[r.Sheet]; s.Name != "" {
		text += " – " + strings.TrimSuffix(s.Name+", "+s.Unit, ", ")
	}
	return text
}

func (v cellView) box(r Remark) g.Node {
	return part.Item(part.Box(gatherForm, "remarks", r.ID, v.line(r), false))
}

// proposals are cards of remarks that may say the same, each with a button for yes and one
// for no.
func (v cellView) proposals() g.Node {
	return g.Map(v.proposed, func(p Proposal) g.Node {
		id := "proposal-" + p.Key()
		f := web.Form{ID: id, Values: url.Values{"words": {p.Words}}}
		title, wording := v.T("feedback.proposal"), f.Input("words", v.T("feedback.words"), part.Required)
		if p.Group != "" {
			title, wording = v.T("feedback.proposal.join", "Words", short(p.Words, 120)), part.HiddenValue("group", p.Group)
		}
		return part.Card(part.Info, part.CardHead(title, part.Tag(part.Info, v.Number(len(p.Remarks)))),
			part.Post(v.path()+"/gather", h.ID(id),
				part.List(g.Map(p.Remarks, func(r Remark) g.Node { return part.Item(part.Box(id, "remarks", r.ID, v.line(r), true)) })),
				wording,
				part.Actions(part.Button(v.T("feedback.proposal.accept"), part.Primary, part.IconCheck))),
			part.PostButton(v.path()+"/turn-down", v.T("feedback.proposal.refuse"), part.Small, part.HiddenValue("proposal", p.Key())))
	})
}

func (v cellView) groups() g.Node {
	return g.Map(v.block.Groups, func(x Bundle) g.Node {
		url0 := v.path() + "/groups/" + x.ID
		open := g.Node(nil)
		if v.card == x.ID {
			open = g.Attr("open")
		}
		f := v.form(x.ID, url.Values{"words": {x.Words}})
		return part.Card(part.CardHead(x.Words, part.Tag(part.OK, v.T("feedback.opinions", "Count", v.Number(len(x.Remarks))))),
			part.Details(v.T("feedback.originals"), part.List(g.Map(x.Remarks, v.box))),
			part.Details(v.T("feedback.reword"), open,
				part.Post(url0, f.Summary(v.L), f.Textarea("words", v.T("feedback.words"), part.Required, h.Rows("2")),
					part.Actions(part.Button(v.T("feedback.reword_do"), part.Small))),
				part.PostButton(url0+"/dissolve", v.T("feedback.dissolve"), part.Small, part.Confirm(v.L, v.T("feedback.dissolve_ask"), v.T("feedback.dissolve")))))
	})
}

// alone are the remarks that nobody has put anywhere yet and that no proposal above names.
func (v cellView) alone() g.Node {
	if v.block.Count() == 0 {
		return part.Card(part.Empty(v.T("feedback.cell.none"), v.T("feedback.cell.none_text")))
	}
	rest := slices.DeleteFunc(slices.Clone(v.block.Alone), func(r Remark) bool {
		return slices.ContainsFunc(v.proposed, func(p Proposal) bool { return slices.Contains(p.Remarks, r) })
	})
	if len(rest) == 0 {
		return nil
	}
	return part.Card(part.CardHead(v.T("feedback.alone"), part.Tag(part.Warn, v.Number(len(rest)))), part.List(g.Map(rest, v.box)))
}

// gathering says where the ticked remarks go.
func (v cellView) gathering() g.Node {
	if v.block.Count() == 0 {
		return nil
	}
	options := []part.Option{{Text: v.T("feedback.gather.new")}}
	for _, x := range v.block.Groups {
		options = append(options, part.Option{Value: x.ID, Text: short(x.Words, 80)})
	}
	options = append(options, part.Option{Value: alone, Text: v.T("feedback.gather.alone")})
	f := v.form(gatherForm, nil)
	return part.Card(part.CardHead(v.T("feedback.gather")),
		part.Post(v.path()+"/gather", h.ID(gatherForm), f.Summary(v.L),
			part.Muted(g.Text(v.T("feedback.gather.how"))),
			f.Select("group", v.T("feedback.gather.into"), options),
			f.Textarea("words", v.T("feedback.words"), part.Help(v.T("feedback.words_help")), h.Rows("2")),
			part.Actions(part.Button(v.T("feedback.gather.do"), part.Primary)),
			part.Details(v.T("feedback.aside.do"), g.If(f.Problems["reason"] != "", g.Attr("open")),
				part.Muted(g.Text(v.T("feedback.aside.how"))),
				f.Input("reason", v.T("feedback.aside.reason"), part.Help(v.T("feedback.aside.reason_help"))),
				part.Actions(part.Button(v.T("feedback.aside.do"), part.Small, g.Attr("formaction", v.path()+"/set-aside"))))))
}

// text is what the synthesis says of the cell.
func (v cellView) text() g.Node {
	if v.block.Count() == 0 {
		return nil
	}
	written := v.T("feedback.text.draft")
	if t := v.block.Text; t.Text != "" {
		written = v.T("feedback.text.by", "Name", v.Names[t.WrittenBy], "Time", v.Moment(t.WrittenAt))
	}
	f := v.form("text", url.Values{"text": {v.block.Words()}})
	return part.Card(part.CardHead(v.T("feedback.text")),
		part.Post(v.path()+"/text", f.Summary(v.L), part.Muted(g.Text(written)),
			f.Textarea("text", v.T("feedback.text.field"), part.Help(v.T("feedback.text.help")), h.Rows("8")),
			part.Actions(part.Button(v.T("feedback.text.save"), part.Primary))))
}
