package delegation

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/conference"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/organization"
)

func seatsPath(conferenceID, sitting string) string {
	return delegatesPath(conferenceID) + "/seats/" + sitting
}

// hallView is the hall of a sitting: its blocks and who sits in them.
type hallView struct {
	conference.Conference

	l       locale.L
	sitting conference.Sitting
	blocks  []Block
	people  []Expected
	at      map[string]map[int]Expected // by block and seat
	lines   []conference.Category
	units   []organization.Organization
	card    string
	refused web.Form
}

func (v hallView) path(more string) string { return seatsPath(v.Conference.ID, v.sitting.ID) + more }

func (v hallView) form(card string) web.Form {
	f := web.Form{}
	if v.card == card {
		f = v.refused
	}
	f.ID = card
	return f
}

func (v hallView) action() g.Node {
	if len(v.blocks) == 0 {
		return nil
	}
	return part.LinkButton(v.path("/wall"), v.l.T("delegation.seats.wall"), part.IconScreen)
}

func (v hallView) body() g.Node {
	var head g.Node
	if v.card == "" && v.refused.Message != "" {
		head = part.Flash(part.Bad, v.refused.Message)
	}
	if !v.Open() {
		return part.Stack(head, part.Note(part.Plain, g.Text(v.l.T("conference.problem.closed"))), g.Map(v.blocks, v.block))
	}
	return part.Stack(head, part.Cols(part.Stack(g.Map(v.blocks, v.block), g.If(len(v.blocks) == 0, part.Card(part.Empty(
		v.l.T("delegation.seats.empty"), v.l.T("delegation.seats.empty_text"))))), part.Stack(v.giving(), v.moving(), v.adding())))
}

// giving says who has no seat yet, and gives all of them one.
func (v hallView) giving() g.Node {
	l := v.l
	seated := 0
	for _, p := range v.people {
		if p.Seat != "" {
			seated++
		}
	}
	kind := part.OK
	if seated < len(v.people) {
		kind = part.Warn
	}
	return part.Card(part.CardHead(l.T("delegation.seats.give"), part.Tag(kind, l.T("delegation.seats.count", "Seated", seated, "Of", len(v.people)))),
		part.Muted(g.Text(l.T("delegation.seats.give_help"))),
		g.If(seated < len(v.people) && len(v.blocks) > 0, part.PostButton(v.path("/give"), l.T("delegation.seats.give_do"), part.Wide, part.Primary)))
}

// moving seats one person by hand.
func (v hallView) moving() g.Node {
	if len(v.blocks) == 0 || len(v.people) == 0 {
		return nil
	}
	l, f := v.l, v.form("move")
	people := []part.Option{{Text: l.T("delegation.seats.choose")}}
	for _, p := range v.people {
		people = append(people, part.Option{Value: p.ID, Text: p.Name + joined(" · ", p.Unit) + joined(" · ", p.Seat)})
	}
	blocks := make([]part.Option, len(v.blocks))
	for i, b := range v.blocks {
		blocks[i] = part.Option{Value: b.ID, Text: b.Name}
	}
	return part.Card(part.Details(l.T("delegation.seats.move"), g.If(v.card == "move", g.Attr("open")), part.Post(v.path("/move"), f.Summary(l),
		f.Select("delegate", l.T("delegation.seats.who"), people, part.Required),
		f.Select("block", l.T("delegation.seats.block"), blocks, part.Required),
		f.Number("seat", l.T("delegation.field.seat"), part.Required, part.Figure, part.Help(l.T("delegation.seats.seat_help"))),
		part.Actions(part.Button(l.T("delegation.seats.move_do"))))))
}

// adding adds a block.
func (v hallView) adding() g.Node {
	l, f := v.l, v.form("block")
	var options []part.Option
	for _, y := range v.lines {
		if y.Attends(v.sitting.ID) {
			options = append(options, part.Option{Value: y.ID, Text: y.Title})
		}
	}
	units := make([]part.Option, len(v.units))
	for i, o := range v.units {
		units[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	return part.Card(part.CardHead(l.T("delegation.seats.add")), part.Post(v.path("/blocks"), f.Summary(l),
		f.Input("name", l.T("delegation.seats.name"), part.Required, part.Short, part.Help(l.T("delegation.seats.name_help"))),
		part.Fields(f.Number("rows", l.T("delegation.seats.rows"), part.Figure), f.Number("seats", l.T("delegation.seats.seats"), part.Required, part.Figure)),
		f.Checks("for", l.T("delegation.seats.for"), options, part.Help(l.T("delegation.seats.for_help"))),
		g.If(len(units) > 0, part.Details(l.T("delegation.seats.units"), web.Form{ID: "units", Values: f.Values}.Checks("for", l.T("delegation.seats.units"), units))),
		part.Actions(part.Button(l.T("delegation.seats.add_do"), part.IconPlus))))
}

// names are for whom a block is kept.
func (v hallView) names(b Block) string {
	var out []string
	for _, y := range v.lines {
		for _, id := range b.For {
			if id == y.ID {
				out = append(out, y.Title)
			}
		}
	}
	for _, o := range v.units {
		for _, id := range b.For {
			if id == o.ID {
				out = append(out, o.Name)
			}
		}
	}
	if len(b.For) == 0 {
		return v.l.T("delegation.seats.for_all")
	}
	return strings.Join(out, ", ")
}

func (v hallView) block(b Block) g.Node {
	l := v.l
	drop := g.If(len(v.at[b.ID]) == 0 && v.Open(), part.PostButton(v.path("/drop"), l.T("delegation.seats.drop"), part.Small, part.IconTrash,
		part.HiddenValue("block", b.ID), h.Aria("label", l.T("delegation.seats.drop_which", "Name", b.Name))))
	return part.Card(part.Long, part.CardHead(l.T("delegation.seats.of", "Name", b.Name), part.Tag(part.Plain, l.T("delegation.seats.count", "Seated", len(v.at[b.ID]), "Of", b.Size()))),
		part.Muted(g.Text(v.names(b))), v.plan(b), drop)
}

// plan is the seats of a block: a grid of its rows; of a block of one row a list of those
// who sit there.
func (v hallView) plan(b Block) g.Node {
	if b.Rows <= 1 {
		return v.single(b)
	}
	columns := []part.Column{{Title: v.l.T("delegation.seats.row")}}
	for n := range b.Seats {
		columns = append(columns, part.Column{Title: v.l.Number(n + 1)})
	}
	rows := make([]part.Row, b.Rows)
	for r := range rows {
		rows[r] = part.Row{h.B(g.Text(v.l.Number(r + 1)))}
		for n := range b.Seats {
			rows[r] = append(rows[r], v.seat(b, r*b.Seats+n+1))
		}
	}
	return part.WideTable(v.l.T("delegation.seats.of", "Name", b.Name), columns, rows...)
}

func (v hallView) seat(b Block, n int) g.Node {
	p, taken := v.at[b.ID][n]
	if !taken {
		return part.Muted(g.Text("–"))
	}
	return g.Group{g.Text(p.Name), h.Br(), h.Small(g.Text(p.Unit))}
}

func (v hallView) single(b Block) g.Node {
	var lines []g.Node
	for n := 1; n <= b.Size(); n++ {
		if p, taken := v.at[b.ID][n]; taken {
			lines = append(lines, part.Entry(b.Label(n)+" · "+p.Name, p.Unit))
		}
	}
	return g.If(len(lines) > 0, part.List(lines...))
}

// wall is the plan for the projector and for paper: no buttons, a block after the other.
func (v hallView) wall() g.Node {
	l := v.l
	return part.Alone(
		part.NoPrint(part.Actions(part.PrintButton(l.T("delegation.seats.print"), part.Primary), part.LinkButton(v.path(""), l.T("delegation.back")))),
		part.Stack(h.H1(g.Text(l.T("delegation.seats.title"))), h.P(g.Text(v.sitting.Title+" · "+l.Moment(v.sitting.StartsAt)+" · "+v.sitting.Venue)),
			g.Map(v.blocks, func(b Block) g.Node {
				return part.Card(part.Long, part.CardHead(l.T("delegation.seats.of", "Name", b.Name)), v.plan(b))
			})))
}
