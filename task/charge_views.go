package task

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
)

// chargeView is what the page of the standing duties shows.
type chargeView struct {
	unit    string // id
	charges []Charge
	reader  string // id of the member who reads
	gives   bool   // the reader may enter reports for others
	form    part.Form
}

func (v chargeView) body(l locale.L) g.Node {
	if len(v.charges) == 0 {
		return part.Card(part.Empty(l.T("task.charge.none"), l.T("task.charge.none_help")))
	}
	return part.Cols(
		part.Card(part.List(g.Map(v.charges, func(c Charge) g.Node { return chargeLine(l, c) }))),
		part.Stack(g.If(v.gives || inCharge(v.charges, v.reader), v.report(l))),
	)
}

func chargeLine(l locale.L, c Charge) g.Node {
	tag := part.Tag(part.Warn, l.T("task.charge.silent"))
	var said g.Group
	if c.Reported() {
		tag = part.Tag(part.OK, l.T("task.charge.reported", "Day", c.Report.At.Date().Slashed()))
		said = append(said, h.P(g.Text(c.Report.Text)))
		if c.Report.Proposal != "" {
			said = append(said, h.P(h.B(g.Text(l.T("task.charge.proposal")+": ")), g.Text(c.Report.Proposal)))
		}
	}
	return part.Item(part.Grow(part.Beside(h.B(g.Text(c.Name)), tag), h.Small(g.Text(c.Of())), said))
}

func (v chargeView) report(l locale.L) g.Node {
	f := v.form
	var whom g.Node
	if v.gives {
		people := make([]part.Option, len(v.charges))
		for i, c := range v.charges {
			people[i] = part.Option{Value: c.Member, Text: c.Name + " – " + c.Of()}
		}
		if f.Value("member") == "" && inCharge(v.charges, v.reader) {
			f = withValue(f, "member", v.reader)
		}
		whom = f.Select("member", l.T("task.charge.member"), people)
	}
	return part.Card(h.ID("report"),
		part.CardHead(l.T("task.charge.report")), part.Muted(g.Text(l.T("task.charge.report_help"))),
		part.Post("/tasks/charges", part.Keep(l, "task-charge-"+v.unit), part.Guard(),
			f.Summary(l),
			h.Input(h.Type("hidden"), h.Name("organization"), h.Value(v.unit)),
			whom,
			f.Textarea("text", l.T("task.charge.text"), part.Required),
			f.Textarea("proposal", l.T("task.charge.proposal"), h.Rows("2")),
			part.Actions(part.Button(l.T("task.report.send"), part.Primary)),
		))
}

// chargeCard is the card of the standing duties on a preparation page.
func chargeCard(l locale.L, all []Charge, unit string) g.Node {
	reported := 0
	for _, c := range all {
		if c.Reported() {
			reported++
		}
	}
	kind := part.OK
	if reported < len(all) {
		kind = part.Warn
	}
	return part.Card(
		part.CardHead(l.T("task.charge.title"), part.Tag(kind, l.T("task.charge.count", "Reported", reported, "All", len(all)))),
		part.Details(l.T("task.charge.show"), part.List(g.Map(all, func(c Charge) g.Node { return chargeLine(l, c) }))),
		part.LinkButton("/tasks/charges?unit="+unit, l.T("task.charge.open"), part.Wide),
	)
}

func ownChargeCard(l locale.L, own Charge, unit string) g.Node {
	return part.Card(
		part.CardHead(l.T("task.charge.own")),
		part.Muted(g.Text(l.T("task.charge.own_help", "Of", own.Of()))),
		part.LinkButton("/tasks/charges?unit="+unit+"#report", l.T("task.charge.report"), part.Wide),
	)
}
