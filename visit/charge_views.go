package visit

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

// chargeView is who of a committee is in charge of which cells.
type chargeView struct {
	Charge
	chargeSent
	L locale.L
	// Puts: may put people in charge. Moves: keeps the rolls.
	Puts, Moves bool
}

func (v chargeView) t(key string, args ...any) string { return v.L.T("visit."+key, args...) }

func (v chargeView) body() g.Node {
	return part.Stack(v.gaps(), part.Cols(part.Stack(v.table(), v.lives()), part.Stack(v.putForm(), v.lifeForm())))
}

// gaps are the cells that nobody follows.
func (v chargeView) gaps() g.Node {
	if len(v.Gaps) == 0 {
		return part.Note(part.OK, g.Text(v.t("charge.full", "Count", len(v.Cells))))
	}
	return part.Note(part.Warn, h.P(h.B(g.Text(v.t("charge.gaps", "Count", len(v.Gaps))))), h.Ul(g.Map(v.Gaps, func(o organization.Organization) g.Node { return h.Li(g.Text(o.Name)) })))
}

// table is a card for each member with the cells they follow.
func (v chargeView) table() g.Node {
	cards := make([]g.Node, len(v.Loads))
	for i, l := range v.Loads {
		small := v.t("load", "Cells", len(l.Cells), "Visits", l.Visits)
		if l.Post != "" {
			small = v.L.Of("organization.post", string(l.Post)) + " · " + small
		}
		cards[i] = part.Card(part.CardHead(v.Names[l.Member], part.Tag(part.Plain, strconv.Itoa(len(l.Cells)))), part.Muted(g.Text(small)), v.cells(l))
	}
	return part.Stack(cards...)
}

func (v chargeView) cells(l Load) g.Node {
	if len(l.Cells) == 0 {
		return nil
	}
	lines := make([]g.Node, len(l.Cells))
	for i, o := range l.Cells {
		var release g.Node
		if v.Puts {
			release = part.PostButton("/visits/charge/"+l.Offices[i]+"/release", v.t("charge.release"), part.Small,
				part.Confirm(v.L, v.t("charge.release_ask", "Name", v.Names[l.Member], "Cell", o.Name), v.t("charge.release")))
		}
		lines[i] = part.Entry(o.Name, "", release)
	}
	return part.List(lines...)
}

// people offers the members of the committee.
func (v chargeView) people() []part.Option {
	options := []part.Option{{Text: v.t("choose")}}
	for _, l := range v.Loads {
		options = append(options, part.Option{Value: l.Member, Text: v.Names[l.Member]})
	}
	return options
}

func (v chargeView) cellOptions() []part.Option {
	options := []part.Option{{Text: v.t("choose")}}
	for _, o := range v.Gaps {
		options = append(options, part.Option{Value: o.ID, Text: o.Name + " · " + v.t("charge.gap")})
	}
	gap := map[string]bool{}
	for _, o := range v.Gaps {
		gap[o.ID] = true
	}
	for _, o := range v.Cells {
		if !gap[o.ID] {
			options = append(options, part.Option{Value: o.ID, Text: o.Name})
		}
	}
	return options
}

func (v chargeView) putForm() g.Node {
	if !v.Puts {
		return nil
	}
	f := v.put
	f.ID = "put"
	return part.Card(part.CardHead(v.t("charge.put")), part.Post(address("/visits/charge", v.Unit.ID, when.Month{}), f.Summary(v.L),
		f.Select("member", v.t("field.member"), v.people(), part.Required),
		f.Select("cell", v.t("cell"), v.cellOptions(), part.Required),
		f.Date("from", v.t("field.from"), part.Required),
		part.Actions(part.Button(v.t("charge.put_send"), part.Primary))))
}

// lives are the decisions by which members moved their Party life.
func (v chargeView) lives() g.Node {
	if len(v.Lives) == 0 && !v.Moves {
		return nil
	}
	if len(v.Lives) == 0 {
		return part.Card(part.CardHead(v.t("life")), part.Muted(g.Text(v.t("life.none"))))
	}
	name := map[string]string{}
	for _, o := range v.Cells {
		name[o.ID] = o.Name
	}
	return part.Card(part.CardHead(v.t("life")), part.List(g.Map(v.Lives, func(l Life) g.Node {
		manner := v.t("life.for_a_time")
		if l.ForGood {
			manner = v.t("life.for_good")
		}
		return part.PersonEntry(v.Names[l.Member]+" → "+name[l.Organization], manner+" · "+v.t("life.since", "Day", l.From.Slashed())+" · "+v.t("life.by", "Number", l.Decision, "Day", l.DecidedOn.Slashed()))
	})))
}

func (v chargeView) lifeForm() g.Node {
	if !v.Moves {
		return nil
	}
	f := v.life
	f.ID = "life"
	return part.Card(part.Details(v.t("life.add"), g.If(f.Wrong(), g.Attr("open")), part.Muted(g.Text(v.t("life.help"))),
		part.Post(address("/visits/life", v.Unit.ID, when.Month{}), f.Summary(v.L),
			f.Select("member", v.t("field.member"), v.people(), part.Required),
			f.Select("to", v.t("cell"), v.cellOptions(), part.Required),
			f.Check("for_good", v.t("life.for_good"), part.Help(v.t("life.for_good_help"))),
			f.Date("from", v.t("field.from"), part.Required),
			part.Fields(f.Input("decision", v.t("field.decision"), part.Required), f.Date("decided_on", v.t("field.decided_on"), part.Required)),
			part.Actions(part.Button(v.t("life.send"), part.Primary)))))
}
