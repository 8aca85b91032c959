package notebook

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	g "maragu.dev/gomponents"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/secret"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// Pages are the notebook of the reader, its booklet, and the cell's list of who has
// shown theirs.
type Pages struct{ *Service }

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /notebook", Need: Own, Do: p.index},
		{Pattern: "POST /notebook/search", Need: Own, Do: p.search},
		{Pattern: "GET /notebook/meetings/{id}", Need: Own, Do: p.show},
		{Pattern: "POST /notebook/meetings/{id}", Need: Own, Do: p.write},
		{Pattern: "POST /notebook/meetings/{id}/delete", Need: Own, Do: p.delete},
		{Pattern: "POST /notebook/lock", Need: Own, Do: p.make},
		{Pattern: "POST /notebook/lock/open", Need: Own, Do: p.unlock},
		{Pattern: "POST /notebook/lock/recover", Need: Own, Do: p.recover},
		{Pattern: "POST /notebook/lock/words", Need: Own, Do: p.reword},
		{Pattern: "POST /notebook/lock/forget", Need: Own, Do: p.forget},
		{Pattern: "GET /notebook/booklet", Need: Own, Do: p.booklet("")},
		{Pattern: "GET /notebook/booklet.pdf", Need: Own, Do: p.booklet("pdf")},
		{Pattern: "GET /notebook/booklet.docx", Need: Own, Do: p.booklet("docx")},
		{Pattern: "GET /notebook/of/{member}/booklet.pdf", Need: Inspect, Do: p.bookletOf("pdf"), Mass: true},
		{Pattern: "GET /notebook/of/{member}/booklet.docx", Need: Inspect, Do: p.bookletOf("docx"), Mass: true},
		{Pattern: "GET /notebook/inspections", Need: Inspect, Do: p.inspections},
		{Pattern: "POST /notebook/inspections", Need: Inspect, Do: p.postShown},
		{Pattern: "POST /notebook/inspections/settings", Need: Inspect, Do: p.settle},
		{Pattern: "POST /notebook/inspections/{id}/drop", Need: Inspect, Do: p.unshow},
		{Pattern: "GET /notebook/inspections.pdf", Need: Inspect, Do: p.registerPaper("pdf"), Mass: true},
		{Pattern: "GET /notebook/inspections.docx", Need: Inspect, Do: p.registerPaper("docx"), Mass: true},
	}
}

const section = "notebook"

// path is the page of the notebook for a meeting.
func path(meetingID string) string { return "/notebook/meetings/" + meetingID }

func (p *Pages) token(c *web.Ctx) string { return p.Accounts.Token(c.Request) }

// home returns the cell whose meetings the reader's notebook follows.
func (p *Pages) home(c *web.Ctx) (organization.Organization, error) {
	for _, grant := range c.Who.Grants {
		if !grant.Needs[Own] {
			continue
		}
		o, err := organization.Find(c.Context(), p.DB, c.Who.Root, grant.Organization)
		if err == nil && o.Level == organization.Cell || err != nil && !fault.Is(err, fault.NotFound) {
			return o, err
		}
	}
	return organization.Organization{}, fault.New(fault.NotFound, "notebook.problem.no_cell")
}

// yearAsked returns the year asked for, else this one.
func (p *Pages) yearAsked(c *web.Ctx) (int, error) {
	year := c.QueryInt("year", p.now().Date().Year)
	if year < 1930 || year > 2200 {
		return 0, notFound(nil)
	}
	return year, nil
}

func (p *Pages) index(c *web.Ctx) error { return p.indexPage(c, "", nil, web.Form{}) }

// search looks for words in the own notes, of whatever year.
func (p *Pages) search(c *web.Ctx) error {
	var form struct {
		Words string `form:"q"`
	}
	if err := c.Decode(&form); err != nil {
		return err
	}
	return p.indexPage(c, form.Words, nil, web.Form{})
}

// indexPage draws the first page: what was searched for, or with one of its forms as it
// was refused.
func (p *Pages) indexPage(c *web.Ctx, words string, refused error, f web.Form) error {
	v := indexView{L: c.L, Words: words, Form: f}
	var err error
	if v.Cell, err = p.home(c); err != nil {
		return err
	}
	if v.Year, err = p.yearAsked(c); err != nil {
		return err
	}
	v.Today = p.now().Date()
	first := when.Month{Year: v.Year, Month: 1}
	if v.Meetings, err = p.held(c.Context(), p.DB, v.Cell.Root, v.Cell.ID, first, first.Add(11)); err != nil {
		return err
	}
	if v.Lock, err = p.Of(c.Context(), c.Who, p.token(c)); err != nil {
		return err
	}
	if v.Lock == Opened {
		if err := p.readNotes(c, &v); err != nil {
			return err
		}
	}
	if v.Shown, err = ShownBy(c.Context(), p.DB, c.Who.Root, c.Who.Member); err != nil {
		return err
	}
	if v.Every, err = everyOf(c.Context(), p.DB, v.Cell.Root, v.Cell.ID); err != nil {
		return err
	}
	page := web.Page{Title: c.L.T("notebook.title"), Lead: v.Cell.Name, Section: section, Action: v.action(c.Who.MayAt(Inspect, v.Cell.Path)), Body: v.body()}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

// latest orders meetings, the last first.
func latest(a, b meeting.Meeting) int { return cmp.Compare(b.StartsAt, a.StartsAt) }

// readNotes reads the notes that the first page shows: those of the year, or those of
// any year that hold the words asked for.
func (p *Pages) readNotes(c *web.Ctx, v *indexView) error {
	all, err := p.Notes(c.Context(), c.Who, p.token(c))
	if err != nil {
		return err
	}
	v.Notes = found(all, v.Words)
	if v.Words != "" {
		v.Meetings = nil
	}
	for id := range v.Notes {
		if slices.ContainsFunc(v.Meetings, func(m meeting.Meeting) bool { return m.ID == id }) {
			continue
		}
		m, err := meeting.Find(c.Context(), p.DB, c.Who.Root, id)
		if err != nil {
			return err
		}
		if v.Words != "" || m.Month.Year == v.Year {
			v.Meetings = append(v.Meetings, m)
		}
	}
	slices.SortFunc(v.Meetings, latest)
	return nil
}

func (p *Pages) show(c *web.Ctx) error { return p.showAgain(c, nil, web.Form{}) }

// showAgain draws the page of a meeting, with the note as it was refused.
func (p *Pages) showAgain(c *web.Ctx, refused error, f web.Form) error {
	v, err := p.pageView(c)
	if err != nil {
		return err
	}
	v.Form = f
	page := web.Page{
		Title: v.Page.Meeting.Title, Lead: c.L.Moment(v.Page.Meeting.StartsAt), Section: section,
		Crumbs: []web.Crumb{{Text: c.L.T("notebook.title"), URL: "/notebook?year=" + strconv.Itoa(v.Page.Meeting.Month.Year)}}, Body: v.body(),
	}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

// pageView reads the page of a meeting. Whoever has left the cell keeps the own note
// and sees nothing else of its meetings.
func (p *Pages) pageView(c *web.Ctx) (pageView, error) {
	v := pageView{L: c.L}
	var err error
	var k secret.Key
	if v.Lock, k, err = p.lock(c.Context(), c.Who, p.token(c)); err != nil {
		return v, err
	}
	m, o, err := meeting.Visible(c.Context(), p.DB, c.Who, c.Param("id"))
	switch {
	case err == nil && (m.Root != c.Who.Root || m.State == meeting.Draft || !c.Who.MayAt(Own, o.Path)):
		return v, notFound(nil)
	case err == nil:
		v.Page, err = p.Fill(c.Context(), p.DB, m, o.Name, c.Who.Member)
	case fault.Is(err, fault.NotFound):
		v.Page.Meeting, err = p.left(c)
	}
	if err != nil || v.Lock != Opened {
		return v, err
	}
	v.Note, err = p.note(c.Context(), c.Who, k, v.Page.Meeting.ID)
	return v, err
}

// left returns a meeting of a cell that the reader has left, if they have a note on it.
func (p *Pages) left(c *web.Ctx) (meeting.Meeting, error) {
	_, found, err := noteOf(c.Context(), p.DB, c.Who.Root, c.Who.Account, c.Param("id"))
	if err != nil || !found {
		return meeting.Meeting{}, notFound(err)
	}
	return meeting.Find(c.Context(), p.DB, c.Who.Root, c.Param("id"))
}

// write keeps a note. The page sends it by itself while it is written, and shows then
// only when it was kept.
func (p *Pages) write(c *web.Ctx) error {
	var form Writing
	if err := c.Decode(&form); err != nil {
		return err
	}
	at, err := p.Write(c.Context(), c.Who, p.token(c), c.Param("id"), form)
	if err != nil && c.HX() {
		return err
	}
	if err != nil {
		return p.showAgain(c, err, c.Refill(err))
	}
	if c.HX() {
		return c.Fragment(savedLine(c.L, at))
	}
	return c.Done(path(c.Param("id")), "notebook.done.written")
}

func (p *Pages) delete(c *web.Ctx) error {
	if err := p.Delete(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done(path(c.Param("id")), "notebook.done.deleted")
}

// secrets is the form of every lock. Both are secrets: neither is cleaned nor shown
// again.
type secrets struct {
	Password string `form:"password"`
	Secret   string `form:"secret_password"`
	Next     string `form:"next"`
}

// next returns where a form of the lock leads: back to the page that it stood on.
func (f secrets) next() string {
	if web.Local(f.Next) {
		return f.Next
	}
	return "/notebook"
}

// unlocking does one thing with the lock and says so.
func (p *Pages) unlocking(c *web.Ctx, id, done string, do func(ctx context.Context, f secrets) error) error {
	var form secrets
	if err := c.Decode(&form); err != nil {
		return err
	}
	if err := do(c.Context(), form); err != nil {
		f := c.Refill(err)
		f.ID = id
		return p.indexPage(c, "", err, f)
	}
	return c.Done(form.next(), done)
}

func (p *Pages) unlock(c *web.Ctx) error {
	return p.unlocking(c, "open", "notebook.done.opened", func(ctx context.Context, f secrets) error {
		return p.Unlock(ctx, c.Who, p.token(c), f.Password)
	})
}

func (p *Pages) recover(c *web.Ctx) error {
	return p.unlocking(c, "recover", "notebook.done.recovered", func(ctx context.Context, f secrets) error {
		return p.Recover(ctx, c.Who, p.token(c), f.Secret, f.Password)
	})
}

func (p *Pages) forget(c *web.Ctx) error {
	return p.unlocking(c, "forget", "notebook.done.forgotten", func(ctx context.Context, f secrets) error {
		return p.Forget(ctx, c.Who, f.Password)
	})
}

func (p *Pages) make(c *web.Ctx) error   { return p.worded(c, "make", p.Make) }
func (p *Pages) reword(c *web.Ctx) error { return p.worded(c, "words", p.Reword) }

// worded does what gives recovery words and shows them: this once.
func (p *Pages) worded(c *web.Ctx, id string, do func(ctx context.Context, who access.Person, token, password string) (string, error)) error {
	var form secrets
	if err := c.Decode(&form); err != nil {
		return err
	}
	words, err := do(c.Context(), c.Who, p.token(c), form.Password)
	if err != nil {
		f := c.Refill(err)
		f.ID = id
		return p.indexPage(c, "", err, f)
	}
	return c.Page(web.Page{
		Title: c.L.T("notebook.words.title"), Lead: c.Who.Name, Section: section,
		Crumbs: []web.Crumb{{Text: c.L.T("notebook.title"), URL: "/notebook"}}, Body: wordsBody(c.L, words, form.next()),
	})
}

// bound returns the months asked for, this year where none are.
func (p *Pages) bound(c *web.Ctx) (first, last when.Month, err error) {
	year := p.now().Date().Year
	first, last = when.Month{Year: year, Month: 1}, when.Month{Year: year, Month: 12}
	if c.Query("from") != "" {
		if first, err = when.ParseMonth(c.Query("from")); err != nil {
			return first, last, notFound(nil)
		}
	}
	if c.Query("to") != "" {
		if last, err = when.ParseMonth(c.Query("to")); err != nil {
			return first, last, notFound(nil)
		}
	}
	if last.Compare(first) < 0 {
		first, last = last, first
	}
	if last.Compare(first.Add(mostMonths)) >= 0 {
		last = first.Add(mostMonths - 1)
	}
	return first, last, nil
}

// mostMonths is how many months one booklet holds.
const mostMonths = 24

// gather fills the booklet of a member.
func (p *Pages) gather(c *web.Ctx, o organization.Organization, memberID string) (Booklet, error) {
	b := Booklet{Cell: o, Today: p.now().Date()}
	names, err := member.Names(c.Context(), p.DB, o.Root, memberID)
	if err != nil {
		return b, err
	}
	b.Member = names[memberID]
	if b.First, b.Last, err = p.bound(c); err != nil {
		return b, err
	}
	meetings, err := p.held(c.Context(), p.DB, o.Root, o.ID, b.First, b.Last)
	if err != nil {
		return b, err
	}
	for _, m := range slices.Backward(meetings) {
		page, err := p.Fill(c.Context(), p.DB, m, o.Name, memberID)
		if err != nil {
			return b, err
		}
		b.Pages = append(b.Pages, page)
	}
	return b, nil
}

// booklet shows the reader's own booklet, or sends it as a file.
func (p *Pages) booklet(form string) web.Handler {
	return func(c *web.Ctx) error {
		o, err := p.home(c)
		if err != nil {
			return err
		}
		b, err := p.gather(c, o, c.Who.Member)
		if err != nil {
			return err
		}
		if b.Member == "" {
			b.Member = c.Who.Name
		}
		b.Lines = c.Query("lines") == "true"
		if c.Query("notes") == "true" {
			if b.Notes, err = p.Notes(c.Context(), c.Who, p.token(c)); err != nil {
				return err
			}
		}
		if form != "" {
			return document.Send(c, b.Doc(), "So tay "+b.span()+"."+form, form)
		}
		return c.Page(web.Page{
			Title: c.L.T("notebook.booklet.title"), Lead: b.span(), Section: section, Action: bookletAction(c.L, c.Request.URL.RawQuery),
			Crumbs: []web.Crumb{{Text: c.L.T("notebook.title"), URL: "/notebook"}}, Body: g.Group{b.Doc().HTML()},
		})
	}
}

// bookletOf prints the booklet of somebody without a telephone: with lines to write on
// and never with private notes.
func (p *Pages) bookletOf(form string) web.Handler {
	return func(c *web.Ctx) error {
		o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(Inspect), c.Query("cell"))
		if err != nil {
			return err
		}
		e, there, err := member.EntryOn(c.Context(), p.DB, o.Root, o.ID, c.Param("member"), p.now().Date())
		if err != nil || !there {
			return notFound(err)
		}
		b, err := p.gather(c, o, e.ID)
		if err != nil {
			return err
		}
		b.Lines = true
		if e.ID != c.Who.Member {
			if err := p.Audit.Took(c.Context(), p.DB, c.Who, o.Root, "notebook.viewed", e.ID); err != nil {
				return err
			}
		}
		return document.Send(c, b.Doc(), "So tay "+e.FullName+"."+form, form)
	}
}

// HomePanel leads from the home page to the page of the meeting that is near: the next
// that has been announced, else the last. It says also when the cell waits to see the
// notebook.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(Own) {
		return nil, nil
	}
	o, err := p.home(c)
	if err != nil {
		if fault.Is(err, fault.NotFound) {
			err = nil
		}
		return nil, err
	}
	today := p.now().Date()
	meetings, err := p.held(c.Context(), p.DB, o.Root, o.ID, today.In().Add(-1), today.In().Add(1))
	if err != nil || len(meetings) == 0 {
		return nil, err
	}
	near := meetings[0]
	for _, m := range meetings { // the last first
		if !m.Day().Before(today) {
			near = m
		}
	}
	every, err := everyOf(c.Context(), p.DB, o.Root, o.ID)
	if err != nil {
		return nil, err
	}
	shown, err := ShownBy(c.Context(), p.DB, o.Root, c.Who.Member)
	if err != nil {
		return nil, err
	}
	due := len(shown) > 0 && (!shown[0].InOrder || !today.Before(after(shown[0].ShownOn, every)))
	return homeCard(c.L, near, due), nil
}
