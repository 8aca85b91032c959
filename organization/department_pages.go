package organization

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
)

// departmentRoutes are the pages of the departments.
func (p *Pages) departmentRoutes() []web.Route {
	return []web.Route{
		{Pattern: "POST /organizations/{id}/departments", Need: Entrust, Do: p.found},
		{Pattern: "GET /departments/{id}", Need: Read, Do: p.showDepartment},
		{Pattern: "POST /departments/{id}", Need: Entrust, Do: p.redefine},
		{Pattern: "POST /departments/{id}/seats", Need: Entrust, Do: p.place},
		{Pattern: "POST /departments/{id}/seats/{seat}/end", Need: Entrust, Do: p.unseat},
	}
}

// departmentForm is a department as a form holds it.
type departmentForm struct {
	Kind     DepartmentKind `form:"kind"`
	Name     string         `form:"name"`
	Duties   []Duty         `form:"duties"`
	ClosedOn when.Date      `form:"closed_on"`
}

// seatForm is a seat as a form holds it.
type seatForm struct {
	Member string    `form:"member"`
	Rank   Rank      `form:"rank"`
	From   when.Date `form:"from"`
}

func (p *Pages) found(c *web.Ctx) error {
	var f departmentForm
	err := c.Decode(&f)
	var d Department
	if err == nil {
		if f.Name == "" && f.Kind != OtherDepartment {
			f.Name = c.L.Of("organization.department.kind", string(f.Kind))
		}
		d, err = p.Found(c.Context(), c.Who, Department{Organization: c.Param("id"), Kind: f.Kind, Name: f.Name})
	}
	if err != nil {
		return p.answer(c, "department", err, "")
	}
	return c.Done(d.Path(), "organization.done.department")
}

func (p *Pages) showDepartment(c *web.Ctx) error {
	page, err := p.departmentPage(c, "", web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// departmentPage is the page of a department; form is the one called name as it was
// refused.
func (p *Pages) departmentPage(c *web.Ctx, name string, form web.Form) (web.Page, error) {
	v := departmentView{today: p.today(), refused: map[string]web.Form{}}
	if name != "" {
		form.ID = name
		v.refused[name] = form
	}
	var err error
	if v.Department, v.unit, err = departmentIn(c.Context(), p.DB, c.Who.Scope(Read), c.Param("id")); err != nil {
		return web.Page{}, err
	}
	v.entrusts = c.Who.MayAt(Entrust, v.unit.Path)
	if v.seats, err = Seats(c.Context(), p.DB, v.Root, v.ID); err != nil {
		return web.Page{}, err
	}
	if v.entrusts {
		if v.people, err = p.candidates(c.Context(), v.unit); err != nil {
			return web.Page{}, err
		}
	}
	v.names, err = p.Names(c.Context(), p.DB, v.Root, sitters(v.seats)...)
	return v.page(c), err
}

func sitters(seats []Seat) []string {
	ids := make([]string, len(seats))
	for n, s := range seats {
		ids[n] = s.Member
	}
	return ids
}

// done leads back to the page of a department, or shows it again with the form that was
// refused.
func (p *Pages) done(c *web.Ctx, form string, err error, key string) error {
	if err == nil {
		return c.Done("/departments/"+c.Param("id"), key)
	}
	return c.Redraw(err)(p.departmentPage(c, form, c.Refill(err)))
}

func (p *Pages) redefine(c *web.Ctx) error {
	var f departmentForm
	err := c.Decode(&f)
	if err == nil {
		err = p.Redefine(c.Context(), c.Who, Department{ID: c.Param("id"), Name: f.Name, Duties: f.Duties, ClosedOn: f.ClosedOn})
	}
	return p.done(c, "define", err, "organization.done.department")
}

func (p *Pages) place(c *web.Ctx) error {
	var f seatForm
	err := c.Decode(&f)
	if err == nil {
		err = p.knows(c.Context(), c.Who, c.Param("id"), f.Member)
	}
	if err == nil {
		err = p.Place(c.Context(), c.Who, Seat{Department: c.Param("id"), Member: f.Member, Rank: f.Rank, From: f.From})
	}
	return p.done(c, "seat", err, "organization.done.placed")
}

// knows refuses a person who is on no roll below the committee of a department.
func (p *Pages) knows(ctx context.Context, who access.Person, department, member string) error {
	_, o, err := departmentIn(ctx, p.DB, who.Scope(Entrust), department)
	if err != nil || member == "" {
		return err
	}
	people, err := p.candidates(ctx, o)
	if err != nil {
		return err
	}
	for _, one := range people {
		if one.ID == member {
			return nil
		}
	}
	return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"member": "organization.problem.member"}}
}

func (p *Pages) unseat(c *web.Ctx) error {
	var f struct {
		Until when.Date `form:"until"`
	}
	err := c.Decode(&f)
	if err == nil && f.Until.IsZero() {
		f.Until = p.today()
	}
	if err == nil {
		err = p.Unseat(c.Context(), c.Who, c.Param("id"), c.Param("seat"), f.Until)
	}
	return p.done(c, "seat-"+c.Param("seat"), err, "organization.done.unseated")
}
