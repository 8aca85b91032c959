package privacy

import (
	"strconv"

	g "maragu.dev/gomponents"

	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/organization"
)

func (p *Pages) retention(c *web.Ctx) error { return p.retentionAgain(c, nil, web.Form{}) }

// retentionAgain draws the periods of the base organisations of the reader, with a form as
// it was refused.
func (p *Pages) retentionAgain(c *web.Ctx, refused error, f web.Form) error {
	units, err := organization.Under(c.Context(), p.DB, c.Who.Scope(Keep))
	if err != nil {
		return err
	}
	v := retentionView{l: c.L, form: f}
	for _, o := range units {
		if o.ID != o.Root {
			continue
		}
		due, err := DueIn(c.Context(), p.DB, o.Root, p.now().Date())
		if err != nil {
			return err
		}
		v.units = append(v.units, o)
		v.due = append(v.due, due)
	}
	page := web.Page{
		Title: c.L.T("privacy.retention.title"), Lead: c.L.T("privacy.retention.lead"), Section: "privacy",
		Crumbs: []web.Crumb{{Text: c.L.T("privacy.requests.title"), URL: "/privacy"}}, Body: v.body(),
	}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

func (p *Pages) setPeriod(c *web.Ctx) error {
	var form struct {
		Period
		Unit string `form:"unit"`
	}
	err := c.Decode(&form)
	if err == nil {
		err = p.SetPeriod(c.Context(), c.Who, form.Unit, form.Period)
	}
	return p.retained(c, err, form.Unit+":"+form.Item, "privacy.done.period")
}

func (p *Pages) discard(c *web.Ctx) error {
	var form struct {
		Unit string `form:"unit"`
		Item string `form:"item"`
	}
	err := c.Decode(&form)
	if err == nil {
		err = p.Discard(c.Context(), c.Who, form.Unit, form.Item)
	}
	return p.retained(c, err, form.Unit+":"+form.Item, "privacy.done.discarded")
}

// retained says what became of a form of the page of periods.
func (p *Pages) retained(c *web.Ctx, err error, id, done string) error {
	if err == nil {
		return c.Done("/privacy/retention", done)
	}
	if fault.Is(err, fault.NotFound) {
		return err
	}
	f := c.Refill(err)
	f.ID = id
	return p.retentionAgain(c, err, f)
}

// ContactsNote says under a list of delegates how long it keeps how they are reached.
func (p *Pages) ContactsNote(c *web.Ctx, root string) (g.Node, error) {
	periods, err := periodsOf(c.Context(), p.DB, root)
	if err != nil {
		return nil, err
	}
	text := c.L.T("privacy.contacts.none")
	if at := periods["delegates"]; at.Months > 0 {
		text = c.L.T("privacy.contacts.set", "Months", at.Months, "Source", at.Source)
	}
	return part.Muted(g.Text(text)), nil
}

// retentionView is the page of the periods.
type retentionView struct {
	l     locale.L
	units []organization.Organization
	due   [][]Due  // of each unit
	form  web.Form // that was refused; its ID is unit:item
}

func (v retentionView) body() g.Node {
	l := v.l
	var cards []g.Node
	for i, o := range v.units {
		cards = append(cards, part.Card(part.CardHead(o.Name), part.Muted(g.Text(l.T("privacy.retention.text"))),
			g.Map(v.due[i], func(d Due) g.Node { return v.line(o, d) })))
	}
	var stays []g.Node
	for _, k := range []Kind{Meetings, Deeds, Ratings, Profile} {
		stays = append(stays, part.Entry(l.Of("privacy.kind", string(k)), l.Of("privacy.long", string(k))))
	}
	return part.Stack(append(cards, part.Card(part.CardHead(l.T("privacy.retention.stays")), part.List(stays...)))...)
}

// line is one leftover with its period and what is due of it.
func (v retentionView) line(o organization.Organization, d Due) g.Node {
	l := v.l
	id := o.ID + ":" + d.Item
	f := web.Form{ID: id}
	if d.Period.Months > 0 {
		f.Values = map[string][]string{"months": {strconv.Itoa(d.Period.Months)}, "source": {d.Period.Source}}
	}
	if v.form.ID == id {
		f = v.form
	}
	state := l.T("privacy.retention.none")
	if d.Period.Months > 0 {
		state = l.T("privacy.retention.set", "Months", d.Period.Months, "Source", d.Period.Source, "Count", d.Rows)
	}
	name := l.Of("privacy.leftover", d.Item)
	var delete g.Node
	if d.Nightly {
		delete = part.Muted(g.Text(l.T("privacy.retention.nightly")))
	} else if d.Rows > 0 {
		delete = part.Post("/privacy/retention/discard", part.HiddenValue("unit", o.ID), part.HiddenValue("item", d.Item),
			part.Confirm(l, l.T("privacy.retention.sure", "What", name, "Count", d.Rows), l.T("privacy.retention.yes")),
			part.Button(l.T("privacy.retention.discard", "Count", d.Rows), part.Danger))
	}
	return part.Details(name+": "+state, g.If(f.Wrong() || d.Rows > 0, g.Attr("open")), delete,
		part.Post("/privacy/retention", f.Summary(l), part.HiddenValue("unit", o.ID), part.HiddenValue("item", d.Item),
			part.Fields(f.Number("months", l.T("privacy.retention.months"), part.Short, part.Help(l.T("privacy.retention.months_help"))), f.Input("source", l.T("privacy.retention.source"))),
			part.Button(l.T("privacy.retention.save"))))
}
