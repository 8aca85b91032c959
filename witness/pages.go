package witness

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/access"
	"chibo/kit/head"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// Pages are the pages of the heads.
type Pages struct {
	*Service
	// LastCopy says when the data was last copied; nil, or an answer of nil: nothing is known.
	LastCopy func() (*Copy, error)
}

func (p *Pages) lastCopy() (*Copy, error) {
	if p.LastCopy == nil {
		return nil, nil
	}
	return p.LastCopy()
}

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /heads", Need: See, Do: p.index},
		{Pattern: "GET /heads/file.txt", Need: See, Do: p.file},
		{Pattern: "POST /heads/{id}/settle", Need: Settle, Do: p.settle},
		{Pattern: "GET /check/key", Need: access.Public, Do: p.key},
	}
}

const section = "heads"

func (p *Pages) index(c *web.Ctx) error { return p.page(c, "", web.Form{})(nil) }

// page draws the heads; of is the unit whose settlement was refused, f its form.
func (p *Pages) page(c *web.Ctx, of string, f web.Form) func(refused error) error {
	return func(refused error) error {
		lines, err := p.Lines(c.Context(), c.Who, c.Who.Scope(See))
		if err != nil {
			return err
		}
		last, err := p.lastCopy()
		if err != nil {
			return err
		}
		key, err := p.shown(c)
		if err != nil {
			return err
		}
		v := indexView{l: c.L, now: p.now(), copy: last, lines: lines, key: key, of: of, form: f}
		v.asked.Values = map[string][]string{"head": {c.Query("head")}}
		if text := c.Query("head"); text != "" {
			answer, err := p.Check(c.Context(), c.Who, text)
			if v.answer = &answer; err != nil {
				v.answer, v.asked = nil, c.Refill(err)
				v.asked.Values = map[string][]string{"head": {text}}
			}
		}
		page := web.Page{Title: c.L.T("witness.title"), Lead: c.L.T("witness.lead"), Section: section, Body: v.body()}
		if refused != nil {
			return c.Again(refused, page)
		}
		return c.Page(page)
	}
}

// file hands out the heads of the reader's units as they are now: whoever keeps the file
// outside the house has a witness.
func (p *Pages) file(c *web.Ctx) error {
	heads, err := p.Heads(c.Context(), c.Who.Scope(See))
	if err != nil {
		return err
	}
	key, err := p.shown(c)
	if err != nil {
		return err
	}
	text := head.Format(heads)
	for _, i := range key.before { // who keeps an older file can follow from its key to this one
		text += "# " + i.Text() + "\n"
	}
	return c.Download("moc-niem-phong-"+p.now().Date().String()+".txt", "text/plain; charset=utf-8", []byte(text))
}

func (p *Pages) settle(c *web.Ctx) error {
	var f Settling
	err := c.Decode(&f)
	if err == nil {
		err = p.Settle(c.Context(), c.Who, c.Param("id"), f)
	}
	if err != nil {
		return p.page(c, c.Param("id"), c.Refill(err))(err)
	}
	return c.Done("/heads", "witness.done.settled")
}

func (p *Pages) key(c *web.Ctx) error {
	key, err := p.shown(c)
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("witness.key.title"), Bare: true, Body: keyView(c.L, key)})
}

// shownKey is the public key that signs now, with the introductions by which it follows
// older ones, newest first.
type shownKey struct {
	public string
	before []head.Introduction
}

func (p *Pages) shown(c *web.Ctx) (shownKey, error) {
	public, err := p.Public()
	if err != nil {
		return shownKey{}, err
	}
	before, err := p.Introductions(c.Context())
	return shownKey{public, before}, err
}

// HomePanel warns of chains that do not agree with what is kept of them, and those who run
// the machine of copies that are overdue; nil while all is well.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(See) {
		return nil, nil
	}
	lines, err := p.Lines(c.Context(), c.Who, c.Who.Scope(See).Near())
	if err != nil {
		return nil, err
	}
	var notes []g.Node
	if wrong := countWrong(lines); wrong > 0 {
		notes = append(notes, part.Note(part.Bad, warning(c.L, wrong)))
	}
	if c.Who.May(Run) {
		last, err := p.lastCopy()
		if err != nil {
			return nil, err
		}
		if last != nil && last.Late(p.now()) {
			notes = append(notes, part.Note(part.Warn, h.P(h.B(g.Text(copied(c.L, *last)))), h.P(g.Text(c.L.T("witness.copy.late")))))
		}
	}
	if len(notes) == 0 {
		return nil, nil
	}
	return part.Stack(notes...), nil
}
