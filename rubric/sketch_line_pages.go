package rubric

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"chibo/kit/fault"
	"chibo/kit/web"
)

// Where a new line is put, seen from the line of the spot.
const (
	behind = "behind"
	inside = "inside"
)

// lineSpot is the address of a line in a form or a query.
type lineSpot struct {
	Spot
	New string `form:"new"` // behind or inside: a new line beside the spot
}

func spotOf(v url.Values) lineSpot {
	at, err := strconv.Atoi(v.Get("at"))
	if err != nil {
		at = -1
	}
	return lineSpot{Spot{at, v.Get("was")}, v.Get("new")}
}

func (s Spot) query() string {
	return "?" + url.Values{"at": {strconv.Itoa(s.At)}, "was": {s.Was}}.Encode()
}

// draft puts the line as it is typed into the sheet and returns where it stands; also
// where something typed cannot be read.
func (s lineSpot) draft(r *Rubric, v url.Values) (Spot, error) {
	if s.New != "" {
		l, unread := lineOf(v, false)
		at, err := r.Insert(s.Spot, s.New == inside, l)
		return at, cmp.Or(err, unread)
	}
	old, err := r.LineAt(s.Spot)
	if err != nil {
		return s.Spot, err
	}
	l, unread := lineOf(v, len(old.Lines) > 0)
	return Spot{s.At, l.ID}, cmp.Or(r.Put(s.Spot, l), unread)
}

// line shows the form of a line, or of a new one.
func (p Pages) line(c *web.Ctx) error {
	_, r, err := p.FindSketch(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	s := spotOf(c.Request.URL.Query())
	v := lineView{L: c.L, Path: sketchPath(c), Spot: s}
	if s.New != "" {
		v.Form.Values = valuesOf(Line{ID: r.NextID(s.Spot, s.New == inside), Form: Either})
	} else {
		l, err := r.LineAt(s.Spot)
		if err != nil {
			return err
		}
		v.Form.Values, v.Line = valuesOf(l), l
		v.Above, v.Below = r.neighbours(s.Spot)
		v.Findings = findingsAt(r, l.ID)
	}
	return c.Page(p.linePage(c, r, v))
}

func (p Pages) linePage(c *web.Ctx, r Rubric, v lineView) web.Page {
	title := c.L.T("rubric.line_new")
	if v.Spot.New == "" {
		title = c.L.T("rubric.line_edit", "Line", v.Spot.Was)
	}
	return web.Page{
		Title: title, Lead: sketchName(c, r), Section: section,
		Crumbs: append(sheetCrumbs(c), web.Crumb{Text: sketchName(c, r), URL: v.Path}), Body: v.body(),
	}
}

// findingsAt returns what Check says of one line.
func findingsAt(r Rubric, id string) []Finding {
	return slices.DeleteFunc(Check(r), func(f Finding) bool { return f.Line != id })
}

// putLine writes a line. Where it is not sound yet its page says so; whoever asks for
// more rows, or for the fields of another way of scoring, gets them and nothing is
// written.
func (p Pages) putLine(c *web.Ctx) error {
	values, err := c.Values()
	if err != nil {
		return err
	}
	if values.Get("more") != "" {
		return p.lineAgain(c, values, nil)
	}
	var at Spot
	var left []Finding
	err = p.Rewrite(c.Context(), c.Who, c.Param("id"), func(r *Rubric) error {
		var err error
		if at, err = spotOf(values).draft(r, values); err == nil {
			left = Wrong(findingsAt(*r, at.Was))
		}
		return err
	})
	switch {
	case fault.Is(err, fault.Invalid):
		return p.lineAgain(c, values, err)
	case err != nil:
		return err
	case len(left) > 0:
		return c.Done(sketchPath(c)+"/line"+at.query(), "rubric.done.line_unsound")
	}
	return c.Done(sketchPath(c), "rubric.done.line")
}

// lineAgain shows the form of a line as it is typed, with what Check says of it.
func (p Pages) lineAgain(c *web.Ctx, values url.Values, refused error) error {
	_, r, err := p.FindSketch(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	v, err := p.typedLine(c, &r, values)
	if err != nil {
		return err
	}
	if refused != nil {
		v.Form = c.Refill(refused)
		return c.Again(refused, p.linePage(c, r, v))
	}
	return c.Page(p.linePage(c, r, v))
}

// typedLine puts the line as it is typed into the sheet and returns its form.
func (p Pages) typedLine(c *web.Ctx, r *Rubric, values url.Values) (lineView, error) {
	s := spotOf(values)
	v := lineView{L: c.L, Path: sketchPath(c), Spot: s, Form: web.Form{Values: values}}
	if s.New == "" {
		l, err := r.LineAt(s.Spot)
		if err != nil {
			return v, err
		}
		v.Line = l
	}
	at, err := s.draft(r, values)
	if err != nil && !fault.Is(err, fault.Invalid) {
		return v, err
	}
	v.Findings = findingsAt(*r, at.Was)
	return v, nil
}

// lookLine answers while somebody types: with the fields of the way of scoring that is
// chosen, or with what Check says of the line.
func (p Pages) lookLine(c *web.Ctx) error {
	values, err := c.Values()
	if err != nil {
		return err
	}
	_, r, err := p.FindSketch(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	v, err := p.typedLine(c, &r, values)
	if err != nil {
		return err
	}
	if c.Query("part") == "fields" {
		return c.Fragment(v.fields())
	}
	return c.Fragment(v.said())
}

// moveLine moves a line by one place and shows it again, so that it can be moved on.
func (p Pages) moveLine(c *web.Ctx) error {
	values, err := c.Values()
	if err != nil {
		return err
	}
	var at Spot
	err = p.Rewrite(c.Context(), c.Who, c.Param("id"), func(r *Rubric) error {
		var err error
		at, err = r.Move(spotOf(values).Spot, values.Get("to") == "up")
		return err
	})
	if err != nil {
		return err
	}
	return c.Done(sketchPath(c)+"/line"+at.query(), "rubric.done.line_moved")
}

func (p Pages) removeLine(c *web.Ctx) error {
	values, err := c.Values()
	if err != nil {
		return err
	}
	err = p.Rewrite(c.Context(), c.Who, c.Param("id"), func(r *Rubric) error { return r.Remove(spotOf(values).Spot) })
	if err != nil {
		return err
	}
	return c.Done(sketchPath(c), "rubric.done.line_removed")
}
