package rating

import (
	"strconv"

	"chibo/kit/fault"
	"chibo/kit/web"
)

// cardForms are the forms of the page of a line.
type cardForms struct {
	self, remark, treat, discuss, votes, take, complain, answer web.Form
	answering                                                   string // id of the complaint whose answer was refused
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.cardPage(c, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

// cardPage draws a line. refused puts what was typed in the place of what is kept.
func (p *Pages) cardPage(c *web.Ctx, refused func(*cardForms)) (web.Page, error) {
	card, err := p.View(c.Context(), c.Who, c.Param("id"), c.Param("subject"))
	if err != nil {
		return web.Page{}, err
	}
	g := card.Line
	f := cardForms{
		self: c.Fill(selfForm{string(g.Claim), g.Strengths, g.Faults, g.Causes, g.Remedies, g.Observance, g.Remark}), remark: c.Fill(words{Remark: g.Remark}),
		treat: c.Fill(Treatment{g.Form, g.Case, g.Note}), discuss: c.Fill(words{Discussed: g.Discussed}),
		votes: c.Fill(Counting{g.Excellent, g.Good, g.Done, g.NotDone, g.Invalid, g.Proposal, g.Reason}),
	}
	for i, line := range card.Round.Lines(g.Form) {
		if i < len(g.Points) {
			f.self.Values.Set("p_"+line.Key, strconv.Itoa(g.Points[i]))
		}
	}
	f.take = c.Fill(card.takingOf())
	if refused != nil {
		refused(&f)
	}
	v := cardView{Card: card, forms: f}
	for _, aside := range p.Asides {
		if !card.Line.Person() {
			break
		}
		node, err := aside(c, card.Cell, card.Line.Subject, card.Round.Period().First(), card.Round.Period().Last())
		if err != nil {
			return web.Page{}, err
		}
		v.asides = append(v.asides, node)
	}
	title := card.Name
	if card.Own {
		title = c.L.T("rating.own.title", "Period", card.Round.Period().Name())
	}
	way := crumbs(c)
	if card.Reads {
		way = append(way, web.Crumb{Text: c.L.T("rating.round", "Period", card.Round.Period().Name()), URL: card.Round.Path()})
	}
	return web.Page{Title: title, Section: "ratings", Lead: card.Cell.Name, Crumbs: way, Body: v.body(c.L)}, nil
}

// words are the fields of the small forms of a line.
type words struct {
	Remark    string `form:"remark"`
	Discussed string `form:"discussed"`
	Text      string `form:"text"`
	Answer    string `form:"answer"`
}

// selfForm is the self-rating as it is typed, without the points.
type selfForm struct {
	Claim      string `form:"claim"`
	Strengths  string `form:"strengths"`
	Faults     string `form:"faults"`
	Causes     string `form:"causes"`
	Remedies   string `form:"remedies"`
	Observance string `form:"observance"`
	Remark     string `form:"remark"`
}

// answered leads on when all is well, to the next line that waits where somebody leads
// through the list, and shows the page again when a form has to be mended.
func (p *Pages) answered(c *web.Ctx, err error, done string, onward bool, refused func(*cardForms)) error {
	here := Rating{Round: c.Param("id"), Subject: c.Param("subject")}
	if err == nil {
		if onward && c.Query("next") != "" {
			here.Subject = c.Query("next")
		}
		return c.Done(here.Path(), done)
	}
	if k := fault.Of(err).Kind; k != fault.Invalid && k != fault.Conflict {
		return err
	}
	return c.Redraw(err)(p.cardPage(c, refused))
}

func (p *Pages) rateSelf(c *web.Ctx) error {
	var f selfForm
	err := c.Decode(&f)
	if err == nil {
		err = p.rateWith(c, f)
	}
	return p.answered(c, err, "rating.done.self", true, func(forms *cardForms) { forms.self = c.Refill(err) })
}

// rateWith reads the points of the criteria, which the form of the line names.
func (p *Pages) rateWith(c *web.Ctx, f selfForm) error {
	r, err := roundFor(c.Context(), p.DB, c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	line, err := lineFor(c.Context(), p.DB, c.Who, r, c.Param("subject"))
	if err != nil {
		return err
	}
	values, err := c.Values()
	if err != nil {
		return err
	}
	self := Self{Claim: Level(f.Claim), Strengths: f.Strengths, Faults: f.Faults, Causes: f.Causes, Remedies: f.Remedies, Observance: f.Observance, Remark: f.Remark}
	for _, of := range r.Lines(line.Form) {
		n, err := strconv.Atoi(values.Get("p_" + of.Key))
		if err != nil {
			n = -1 // no number: refused beside its field
		}
		self.Points = append(self.Points, n)
	}
	return p.RateSelf(c.Context(), c.Who, r.ID, line.Subject, self)
}

func (p *Pages) remark(c *web.Ctx) error {
	var f words
	err := c.Decode(&f)
	if err == nil {
		err = p.own(c)
	}
	if err == nil {
		err = p.Remark(c.Context(), c.Who, c.Param("id"), f.Remark)
	}
	return p.answered(c, err, "rating.done.remark", false, func(forms *cardForms) { forms.remark = c.Refill(err) })
}

// own refuses the address of somebody else's line.
func (p *Pages) own(c *web.Ctx) error {
	if c.Param("subject") != c.Who.Member {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return nil
}

func (p *Pages) treat(c *web.Ctx) error {
	var f Treatment
	err := c.Decode(&f)
	if err == nil {
		err = p.Treat(c.Context(), c.Who, c.Param("id"), c.Param("subject"), f)
	}
	return p.answered(c, err, "rating.done.case", false, func(forms *cardForms) { forms.treat = c.Refill(err) })
}

func (p *Pages) discuss(c *web.Ctx) error {
	var f words
	err := c.Decode(&f)
	if err == nil {
		err = p.Discuss(c.Context(), c.Who, c.Param("id"), c.Param("subject"), f.Discussed)
	}
	return p.answered(c, err, "rating.done.discussed", true, func(forms *cardForms) { forms.discuss = c.Refill(err) })
}

func (p *Pages) putVotes(c *web.Ctx) error {
	var f Counting
	err := c.Decode(&f)
	if err == nil {
		err = p.PutVotes(c.Context(), c.Who, c.Param("id"), c.Param("subject"), f)
	}
	return p.answered(c, err, "rating.done.votes", true, func(forms *cardForms) { forms.votes = c.Refill(err) })
}

// takeVotes takes the figures of a vote of the room; the form of the votes then has them.
func (p *Pages) takeVotes(c *web.Ctx) error {
	var f Taking
	err := c.Decode(&f)
	if err == nil {
		err = p.TakeVotes(c.Context(), c.Who, c.Param("id"), c.Param("subject"), f)
	}
	return p.answered(c, err, "rating.done.taken", false, func(forms *cardForms) { forms.take = c.Refill(err) })
}

func (p *Pages) complain(c *web.Ctx) error {
	var f words
	err := c.Decode(&f)
	if err == nil {
		err = p.Complain(c.Context(), c.Who, c.Param("id"), c.Param("subject"), f.Text)
	}
	return p.answered(c, err, "rating.done.complained", false, func(forms *cardForms) { forms.complain = c.Refill(err) })
}

func (p *Pages) answer(c *web.Ctx) error {
	var f words
	err := c.Decode(&f)
	if err == nil {
		err = p.Answer(c.Context(), c.Who, c.Param("id"), c.Param("subject"), c.Param("complaint"), f.Answer)
	}
	return p.answered(c, err, "rating.done.answered", false, func(forms *cardForms) {
		forms.answer, forms.answering = c.Refill(err), c.Param("complaint")
	})
}
