//go:build !js

package minutes

import (
	"net/url"
	"strconv"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/meeting"
	"chibo/room"
)

// Pages serves minutes, their register and the check of seals.
type Pages struct {
	*Service
	// Advice is what a later feature tells whoever words the minutes; may be nil.
	Advice meeting.Panel
}

// Routes lists the pages of minutes.
func (p Pages) Routes() []web.Route {
	routes := []web.Route{
		{Pattern: "GET /meetings/{id}/minutes", Need: MayRead, Do: p.show},
		{Pattern: "GET /meetings/{id}/minutes/words", Need: MayWrite, Do: p.words},
		{Pattern: "POST /meetings/{id}/minutes/words", Need: MayWrite, Do: p.word},
		{Pattern: "GET /meetings/{id}/minutes/read", Need: MayWrite, Do: p.read},
		{Pattern: "POST /meetings/{id}/minutes/objections", Need: MayWrite, Do: p.object},
		{Pattern: "POST /meetings/{id}/minutes/readback", Need: MayWrite, Do: p.readBack},
		{Pattern: "POST /meetings/{id}/minutes/adopt", Need: MayWrite, Do: p.adopt},
		{Pattern: "POST /meetings/{id}/minutes/sign", Need: MayWrite, Do: p.sign},
		{Pattern: "POST /meetings/{id}/minutes/seal", Need: MayWrite, Do: p.seal},
		{Pattern: "POST /meetings/{id}/minutes/additions", Need: MayWrite, Do: p.add},
		{Pattern: "GET /meetings/{id}/minutes/additions/{n}/{form}", Need: MayRead, Do: p.addition},
		{Pattern: "GET /meetings/{id}/minutes/counts/{vote}/{form}", Need: MayRead, Do: p.count},
		{Pattern: "GET /rooms/{id}/minutes", Need: MayRead, Do: p.fromRoom},
		{Pattern: "GET /rooms/{id}/minutes/read", Need: MayRead, Do: p.fromRoom},
		{Pattern: "GET /minutes", Need: MayRead, Do: p.home},
		{Pattern: "GET /minutes/{organization}", Need: MayRead, Do: p.register},
		{Pattern: "GET /minutes/{organization}/{year}/bundle.zip", Need: MayRead, Do: p.bundle, Mass: true},
		{Pattern: "GET /check", Need: access.Public, Do: p.ask},
		{Pattern: "GET /check/{code}", Need: access.Public, Do: p.check},
		{Pattern: "POST /check/{code}", Need: access.Public, Do: p.compare, Takes: compared},
	}
	for _, paper := range []Paper{Minutes, Resolution} {
		for _, form := range forms {
			routes = append(routes, web.Route{
				Pattern: "GET /meetings/{id}/" + string(paper) + "." + string(form), Need: MayRead, Do: p.paper(paper, form),
			})
		}
	}
	return routes
}

// forms of the page of one meeting, as they came back.
type sent struct {
	adopt, sign, seal, add web.Form
	part                   Part // which of the two signed
}

func (p Pages) show(c *web.Ctx) error {
	page, err := p.page(c, sent{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p Pages) load(c *web.Ctx, need access.Need) (Dossier, error) {
	d, err := p.Load(c.Context(), p.DB, c.Who, need, c.Param("id"))
	c.L = room.Spoken(c.L, string(d.Meeting.Kind))
	return d, err
}

func (p Pages) page(c *web.Ctx, f sent) (web.Page, error) {
	d, err := p.load(c, MayRead)
	if err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Title: title(c.L, d.Record), Lead: d.Meeting.Title, Section: section(d), Crumbs: crumbs(c.L, d),
		Body: dossierView(c.L, d, p.shown(d), p.counts(d), f, c.Who.MayAt(MayWrite, d.Organization.Path)),
	}, nil
}

// again answers a form of the meeting's page that was refused.
func (p Pages) again(c *web.Ctx, err error, f sent) error {
	return c.Redraw(err)(p.page(c, f))
}

func (p Pages) done(c *web.Ctx, key string) error { return c.Done(address(c.Param("id")), key) }

// fromRoom leads to the minutes from the address under which a device shows them
// while it has no network.
func (p Pages) fromRoom(c *web.Ctx) error {
	d, err := p.load(c, MayRead)
	if err != nil {
		return err
	}
	return c.See(address(d.Meeting.ID))
}

// words shows the minutes passage by passage, to be put into other words.
func (p Pages) words(c *web.Ctx) error { return p.wordsPage(c, nil, web.Form{}) }

func (p Pages) wordsPage(c *web.Ctx, refused error, f web.Form) error {
	d, err := p.load(c, MayWrite)
	if err != nil {
		return err
	}
	page := web.Page{
		Title: c.L.T("minutes.words.title"), Lead: d.Meeting.Title, Section: section(d),
		Crumbs: append(crumbs(c.L, d), web.Crumb{Text: title(c.L, d.Record), URL: address(d.Meeting.ID)}), Body: wordsView(c.L, d, f),
	}
	if p.Advice != nil {
		advice, err := p.Advice(c.Context(), c, d.Meeting.ID)
		if err != nil {
			return err
		}
		page.Body = part.Stack(advice, page.Body)
	}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

func (p Pages) word(c *web.Ctx) error {
	var f Wording
	err := c.Decode(&f)
	if err == nil {
		err = p.Word(c.Context(), c.Who, c.Param("id"), f)
	}
	if err == nil {
		return c.Done(address(c.Param("id"))+"/words#"+anchor(f.Passage), "minutes.words.done")
	}
	return p.wordsPage(c, err, c.Refill(err))
}

// read shows one passage at a time in giant letters.
func (p Pages) read(c *web.Ctx) error { return p.readPage(c, c.QueryInt("p", 1), nil, web.Form{}) }

func (p Pages) readPage(c *web.Ctx, n int, refused error, f web.Form) error {
	d, err := p.load(c, MayWrite)
	if err != nil {
		return err
	}
	page := web.Page{Title: c.L.T("minutes.read.title"), Bare: true, Body: readView(c.L, d, n, f)}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

func (p Pages) object(c *web.Ctx) error {
	var f Objecting
	err := c.Decode(&f)
	n := c.QueryInt("p", 1)
	if err == nil {
		err = p.Object(c.Context(), c.Who, c.Param("id"), f)
	}
	if err == nil {
		return c.Done(readAddress(c.Param("id"), n), "minutes.read.objected")
	}
	return p.readPage(c, n, err, c.Refill(err))
}

func readAddress(id string, n int) string { return address(id) + "/read?p=" + strconv.Itoa(n) }

func (p Pages) readBack(c *web.Ctx) error {
	if err := p.ReadBack(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return p.done(c, "minutes.read.done")
}

func (p Pages) adopt(c *web.Ctx) error {
	var f Adopting
	err := c.Decode(&f)
	if err == nil {
		err = p.Adopt(c.Context(), c.Who, c.Param("id"), f)
	}
	if err == nil {
		return p.done(c, "minutes.adopt.done")
	}
	return p.again(c, err, sent{adopt: c.Refill(err)})
}

func (p Pages) sign(c *web.Ctx) error {
	var f Signing
	err := c.Decode(&f)
	if err == nil {
		err = p.Sign(c.Context(), c.Who, c.Param("id"), f)
	}
	if err == nil {
		return p.done(c, "minutes.sign.done")
	}
	form := c.Refill(err)
	form.Values.Del("secret")
	return p.again(c, err, sent{sign: form, part: f.Part})
}

func (p Pages) seal(c *web.Ctx) error {
	var f Sealing
	err := c.Decode(&f)
	if err == nil {
		err = p.Seal(c.Context(), c.Who, c.Param("id"), f)
	}
	if err == nil {
		return p.done(c, "minutes.seal.done")
	}
	return p.again(c, err, sent{seal: c.Refill(err)})
}

func (p Pages) add(c *web.Ctx) error {
	var f Adding
	err := c.Decode(&f)
	if err == nil {
		err = p.Add(c.Context(), c.Who, c.Param("id"), f)
	}
	if err == nil {
		return p.done(c, "minutes.add.done")
	}
	form := c.Refill(err)
	form.Values.Del("secret")
	return p.again(c, err, sent{add: form})
}

// paper hands out one paper in one form.
func (p Pages) paper(paper Paper, form Form) web.Handler {
	return func(c *web.Ctx) error {
		f, err := p.Get(c.Context(), c.Who, c.Param("id"), paper, form, c.Taken())
		if err != nil {
			return err
		}
		return c.Download(f.Name, f.Form.Type(), f.Data)
	}
}

// count hands out the minutes of the count of one vote.
func (p Pages) count(c *web.Ctx) error {
	form := Form(c.Param("form"))
	if form != PDF && form != DOCX {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	f, err := p.GetCount(c.Context(), c.Who, c.Param("id"), c.Param("vote"), form, c.Taken())
	if err != nil {
		return err
	}
	return c.Download(f.Name, f.Form.Type(), f.Data)
}

func (p Pages) addition(c *web.Ctx) error {
	n, err := strconv.Atoi(c.Param("n"))
	form := Form(c.Param("form"))
	if err != nil || form != PDF && form != DOCX {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	f, err := p.GetAddition(c.Context(), c.Who, c.Param("id"), n, form)
	if err != nil {
		return err
	}
	return c.Download(f.Name, f.Form.Type(), f.Data)
}

func escape(s string) string { return url.PathEscape(s) }
