package news

import (
	"context"
	"slices"

	g "maragu.dev/gomponents"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
)

// Pages are the list, the page on which a piece is written, the one on which those in the
// pictures answer, and the one that everybody may read.
type Pages struct{ *Service }

// section is the entry of the navigation.
const section = "news"

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /news", Need: MayRead, Do: p.list},
		{Pattern: "POST /news", Need: MayWrite, Do: p.begin},
		{Pattern: "GET /news/items/{id}", Need: MayRead, Do: p.show},
		{Pattern: "POST /news/items/{id}", Need: MayWrite, Do: p.word},
		{Pattern: "GET /news/items/{id}/item.docx", Need: MayRead, Do: p.paper},
		{Pattern: "GET /news/items/{id}/pictures/{picture}", Need: MayRead, Do: p.picture},
		{Pattern: "POST /news/items/{id}/pictures", Need: MayWrite, Do: p.addPicture, Takes: library.Pictures},
		{Pattern: "POST /news/items/{id}/papers", Need: MayWrite, Do: p.takePaper},
		{Pattern: "POST /news/items/{id}/pictures/{picture}", Need: MayWrite, Do: p.name},
		{Pattern: "POST /news/items/{id}/pictures/{picture}/drop", Need: MayWrite, Do: p.drop},
		{Pattern: "POST /news/items/{id}/publish", Need: MayWrite, Do: p.publish},
		{Pattern: "POST /news/items/{id}/withdraw", Need: MayWrite, Do: p.withdraw},
		{Pattern: "GET /news/consents", Need: access.SignedIn, Do: p.consents},
		{Pattern: "GET /news/consents/{picture}", Need: access.SignedIn, Do: p.askedPicture},
		{Pattern: "POST /news/consents/{picture}", Need: access.SignedIn, Do: p.consent},
		{Pattern: "GET /news/{code}", Need: access.Public, Do: p.read},
		{Pattern: "GET /news/{code}/{picture}", Need: access.Public, Do: p.readPicture},
	}
}

// longest is how many pieces the list shows at most.
const longest = 200

func (p *Pages) list(c *web.Ctx) error {
	all, err := list(c.Context(), p.DB, c.Who, longest)
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("news.title"), Lead: c.L.T("news.lead"), Section: section, Body: listView{all}.body(c.L)})
}

func (p *Pages) begin(c *web.Ctx) error {
	var f struct {
		Meeting string `form:"meeting"`
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	i, err := p.Begin(c.Context(), c.Who, f.Meeting)
	if err != nil {
		return err
	}
	return c.See(i.Path())
}

// visible returns a piece that the reader may see: what is not published only for those
// who write for its cell.
func (p *Pages) visible(c *web.Ctx) (placed, error) {
	i, err := inScope(c.Context(), p.DB, c.Who.Scope(MayRead), c.Param("id"))
	if err == nil && i.State != Published && !c.Who.MayAt(MayWrite, i.Path) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return i, err
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.itemPage(c, "", web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// itemPage is the page of a piece; form is the one called name as it was refused.
func (p *Pages) itemPage(c *web.Ctx, name string, form web.Form) (web.Page, error) {
	i, err := p.visible(c)
	if err != nil {
		return web.Page{}, err
	}
	v := itemView{placed: i, refused: name, form: form, writes: c.Who.MayAt(MayWrite, i.Path)}
	if v.pictures, err = Pictures(c.Context(), p.DB, i.Root, i.ID); err != nil {
		return web.Page{}, err
	}
	if v.writes {
		if v.roll, err = member.Roll(c.Context(), p.DB, i.Root, i.Organization, p.now().Date()); err != nil {
			return web.Page{}, err
		}
		if v.papers, err = p.papers(c.Context(), i.Item); err != nil {
			return web.Page{}, err
		}
		if v.names, err = p.names(c.Context(), i.Root, v.pictures); err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{
		Title: i.Title, Lead: i.Cell, Section: section, Crumbs: []web.Crumb{{Text: c.L.T("news.title"), URL: "/news"}}, Body: v.body(c.L),
	}, nil
}

// names returns the names of all who are in the pictures, on the roll still or not.
func (p *Pages) names(ctx context.Context, root string, pictures []Picture) (map[string]string, error) {
	var ids []string
	for _, one := range pictures {
		for _, person := range one.People {
			ids = append(ids, person.Member)
		}
	}
	return member.Names(ctx, p.DB, root, ids...)
}

// reply leads back to the page of a piece, or shows it again with the form that was
// refused.
func (p *Pages) reply(c *web.Ctx, form string, err error, done string) error {
	if err == nil {
		return c.Done("/news/items/"+c.Param("id"), done)
	}
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooLarge) {
		return err
	}
	return c.Redraw(err)(p.itemPage(c, form, c.Refill(err)))
}

func (p *Pages) word(c *web.Ctx) error {
	var w Words
	err := c.Decode(&w)
	if err == nil {
		err = p.Word(c.Context(), c.Who, c.Param("id"), w)
	}
	return p.reply(c, "words", err, "news.done.worded")
}

func (p *Pages) addPicture(c *web.Ctx) error {
	up, err := c.Upload("file")
	var f struct {
		Caption string `form:"caption"`
	}
	if err == nil {
		err = c.Decode(&f)
	}
	if err == nil {
		err = p.AddPicture(c.Context(), c.Who, c.Param("id"), up.Name, up.Data, f.Caption)
	}
	return p.reply(c, "picture", err, "news.done.picture")
}

func (p *Pages) takePaper(c *web.Ctx) error {
	var f struct {
		File string `form:"paper"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.TakePaper(c.Context(), c.Who, c.Param("id"), f.File)
	}
	return p.reply(c, "paper", err, "news.done.picture")
}

func (p *Pages) name(c *web.Ctx) error {
	var n Naming
	err := c.Decode(&n)
	if err == nil {
		err = p.Name(c.Context(), c.Who, c.Param("id"), c.Param("picture"), n)
	}
	return p.reply(c, "people-"+c.Param("picture"), err, "news.done.named")
}

func (p *Pages) drop(c *web.Ctx) error {
	return p.reply(c, "", p.DropPicture(c.Context(), c.Who, c.Param("id"), c.Param("picture")), "news.done.dropped")
}

func (p *Pages) publish(c *web.Ctx) error {
	return p.reply(c, "", p.Publish(c.Context(), c.Who, c.Param("id")), "news.done.published")
}

func (p *Pages) withdraw(c *web.Ctx) error {
	var f struct {
		Reason string `form:"reason"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Withdraw(c.Context(), c.Who, c.Param("id"), f.Reason)
	}
	return p.reply(c, "withdraw", err, "news.done.withdrawn")
}

// paper is the piece as a Word file.
func (p *Pages) paper(c *web.Ctx) error {
	i, err := p.visible(c)
	if err != nil {
		return err
	}
	pictures, err := Pictures(c.Context(), p.DB, i.Root, i.ID)
	if err != nil {
		return err
	}
	var photos []document.Photo
	for _, one := range pictures {
		if one.Gap() != "" {
			continue // not everybody in it agrees: it leaves the program in no form
		}
		_, data, err := p.Files.Open(c.Context(), i.Root, one.File)
		if err != nil {
			return err
		}
		photos = append(photos, document.Photo{Data: data, Caption: one.Caption})
	}
	doc := paperOf(i.Item, i.Cell, photos)
	return document.Send(c, doc, "Tin "+i.Cell+".docx", "docx")
}

// picture shows one picture of a piece to those who may see the piece.
func (p *Pages) picture(c *web.Ctx) error {
	i, err := p.visible(c)
	if err != nil {
		return err
	}
	return p.send(c, i.Item, c.Param("picture"))
}

func (p *Pages) send(c *web.Ctx, i Item, picture string) error {
	one, err := pictureOf(c.Context(), p.DB, i, picture)
	if err != nil {
		return err
	}
	return p.sendFile(c, i.Root, one.File)
}

func (p *Pages) sendFile(c *web.Ctx, root, file string) error {
	f, data, err := p.Files.Open(c.Context(), root, file)
	if err != nil {
		return err
	}
	return c.Inline(f.Name, f.Type.Media(), data)
}

func (p *Pages) consents(c *web.Ctx) error {
	all, err := askedOf(c.Context(), p.DB, c.Who.Root, c.Who.Member)
	if err != nil {
		return err
	}
	if c.Who.Member == "" {
		all = nil
	}
	return c.Page(web.Page{Title: c.L.T("news.consents"), Lead: c.L.T("news.consents_lead"), Section: section, Body: consentsView{all}.body(c.L)})
}

func (p *Pages) askedPicture(c *web.Ctx) error {
	q, err := askedAbout(c.Context(), p.DB, c.Who.Root, c.Who.Member, c.Param("picture"))
	if err != nil {
		return err
	}
	return p.sendFile(c, c.Who.Root, q.File)
}

func (p *Pages) consent(c *web.Ctx) error {
	var f struct {
		Answer Answer `form:"answer"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Consent(c.Context(), c.Who, c.Param("picture"), f.Answer)
	}
	if err != nil {
		return err
	}
	return c.Done("/news/consents", "news.done.answered")
}

// read is the page that everybody may read: it asks for nothing, keeps nothing and loads
// nothing from elsewhere.
func (p *Pages) read(c *web.Ctx) error {
	i, err := published(c.Context(), p.DB, c.Param("code"))
	if err != nil {
		return err
	}
	v := publicView{Item: i}
	if v.pictures, err = shown(c.Context(), p.DB, i); err != nil {
		return err
	}
	return c.Page(web.Page{Title: i.Title, Bare: true, Body: v.body(c.L)})
}

// shown returns the pictures of a piece to which everybody in them has agreed.
func shown(ctx context.Context, q db.Q, i Item) ([]Picture, error) {
	all, err := Pictures(ctx, q, i.Root, i.ID)
	return slices.DeleteFunc(all, func(p Picture) bool { return p.Gap() != "" }), err
}

func (p *Pages) readPicture(c *web.Ctx) error {
	i, err := published(c.Context(), p.DB, c.Param("code"))
	if err != nil {
		return err
	}
	all, err := shown(c.Context(), p.DB, i)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(one Picture) bool { return one.ID == c.Param("picture") })
	if at < 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return p.sendFile(c, i.Root, all[at].File)
}

// HomePanel asks who is in a picture and has not answered yet; nil for everybody else.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if c.Who.Member == "" {
		return nil, nil
	}
	n, err := countAsked(c.Context(), p.DB, c.Who.Root, c.Who.Member)
	if err != nil || n == 0 {
		return nil, err
	}
	return askedCard(c.L, n), nil
}

// MeetingPanel offers to tell of a meeting whose minutes are sealed; nil for whoever does
// not write for its cell.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, _, err := meeting.Get(ctx, p.DB, c.Who.Scope(MayWrite), id)
	if fault.Is(err, fault.NotFound) || err == nil && m.State != meeting.Sealed {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	i, there, err := ofMeeting(ctx, p.DB, m.Root, m.ID)
	if err != nil {
		return nil, err
	}
	return meetingCard(c.L, m.ID, i, there), nil
}
