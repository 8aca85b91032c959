package visit

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// committees returns the committees of a scope and the one that is asked for, the
// widest by default; not found where there is none.
func committees(ctx context.Context, q db.Q, sc access.Scope, asked string) (all []organization.Organization, chosen organization.Organization, cells []organization.Organization, err error) {
	if all, err = organization.CommitteesUnder(ctx, q, sc.Near()); err != nil {
		return nil, chosen, nil, err
	}
	at := slices.IndexFunc(all, func(o organization.Organization) bool { return o.ID == asked || asked == "" })
	switch {
	case at >= 0:
		chosen = all[at]
	case asked == "" || !sc.Upper():
		return nil, chosen, nil, fault.New(fault.NotFound, "fault.not_found")
	default:
		if chosen, err = organization.GetCommittee(ctx, q, sc, asked); err != nil {
			return nil, chosen, nil, err
		}
		all = append(all, chosen)
	}
	if sc.Upper() && chosen.Level.Upper() { // a way further down
		below, err := organization.CommitteesUnder(ctx, q, access.Around(chosen.Path))
		if err != nil {
			return nil, chosen, nil, err
		}
		all = append(all, slices.DeleteFunc(below, func(o organization.Organization) bool {
			return slices.ContainsFunc(all, func(has organization.Organization) bool { return has.ID == o.ID })
		})...)
	}
	cells, err = organization.CellsUnder(ctx, q, organization.Near(sc, chosen))
	return all, chosen, slices.DeleteFunc(cells, func(o organization.Organization) bool { return !strings.HasPrefix(o.Path, chosen.Path) }), err
}

// Charge returns who of a committee follows which of its cells today, and how many
// meetings each attends in a month.
func (s *Service) Charge(ctx context.Context, who access.Person, unit string, month when.Month) (Charge, error) {
	var c Charge
	var err error
	sc := who.Scope(Follow)
	if c.Units, c.Unit, c.Cells, err = committees(ctx, s.DB, sc, unit); err != nil {
		return c, err
	}
	sc = organization.Near(sc, c.Unit)
	offices, err := organization.OfficesOn(ctx, s.DB, c.Unit.Root, c.Unit.ID, s.today())
	if err != nil {
		return c, err
	}
	followed, err := followings(ctx, s.DB, sc, s.today())
	if err != nil {
		return c, err
	}
	visits, err := between(ctx, s.DB, sc, month.First().Start(), month.Next().First().Start())
	if err != nil {
		return c, err
	}
	c.Loads, c.Gaps = loads(c.Cells, offices, followed, visits)
	if c.Lives, err = livesIn(ctx, s.DB, sc); err != nil {
		return c, err
	}
	c.Lives = slices.DeleteFunc(c.Lives, func(l Life) bool {
		return !slices.ContainsFunc(c.Cells, func(o organization.Organization) bool { return o.ID == l.Organization })
	})
	var people []string
	for _, l := range c.Loads {
		people = append(people, l.Member)
	}
	for _, l := range c.Lives {
		people = append(people, l.Member)
	}
	for _, v := range visits {
		people = append(people, v.Member)
	}
	c.Names, err = member.Names(ctx, s.DB, c.Unit.Root, people...)
	return c, err
}

// loads counts what the members of a committee and all who follow its cells carry, the
// committee first in the order of its posts, and finds the cells that nobody follows.
func loads(cells []organization.Organization, offices []organization.Office, followed []following, visits []Entry) (all []Load, gaps []organization.Organization) {
	at := map[string]int{}
	of := func(memberID string) *Load {
		if _, there := at[memberID]; !there {
			at[memberID] = len(all)
			all = append(all, Load{Member: memberID})
		}
		return &all[at[memberID]]
	}
	for _, post := range []organization.Post{organization.Secretary, organization.Deputy, organization.PartyCommittee} {
		for _, f := range offices {
			if f.Post != post {
				continue
			}
			if l := of(f.Member); l.Post == "" {
				l.Post = post
			}
		}
	}
	by := map[string][]following{}
	for _, f := range followed {
		by[f.Organization] = append(by[f.Organization], f)
	}
	inside := map[string]bool{}
	for _, o := range cells {
		inside[o.ID] = true
		if len(by[o.ID]) == 0 {
			gaps = append(gaps, o)
		}
		for _, f := range by[o.ID] {
			l := of(f.Member)
			l.Cells, l.Offices = append(l.Cells, o), append(l.Offices, f.ID)
		}
	}
	for _, v := range visits {
		if inside[v.Organization] && v.State.Stands() {
			of(v.Member).Visits++
		}
	}
	return all, gaps
}

// Putting puts a member of a committee in charge of a cell from a day on.
type Putting struct {
	Member string    `form:"member"`
	Cell   string    `form:"cell"`
	From   when.Date `form:"from"`
}

// PutInCharge lets somebody follow a cell: see organization.Supervisor.
func (s *Service) PutInCharge(ctx context.Context, who access.Person, p Putting) error {
	var c fault.Check
	c.That(p.Member != "", "member", "visit.problem.member")
	c.That(p.Cell != "", "cell", "visit.problem.cell")
	c.That(!p.From.IsZero(), "from", "visit.problem.from")
	if err := c.Err(); err != nil {
		return err
	}
	o, err := organization.Get(ctx, s.DB, who.Scope(organization.Supervise), p.Cell)
	if err != nil {
		return err
	}
	can, err := mayVisit(ctx, s.DB, o, p.Member, s.today())
	if err != nil {
		return err
	}
	if !can || o.Level != organization.Cell {
		return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"member": "visit.problem.no_committee"}}
	}
	_, err = s.Organizations.Appoint(ctx, who, organization.Office{Organization: o.ID, Member: p.Member, Post: organization.Supervisor, From: p.From})
	return err
}

// MoveLife moves the own Party life of a committee member to a cell they look after, in
// the rolls of both cells, and keeps the decision. The office of the committee does it:
// it keeps the rolls.
func (s *Service) MoveLife(ctx context.Context, who access.Person, l Life) error {
	if err := l.check(s.today()); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := organization.Get(ctx, tx, who.Scope(Follow), l.Organization)
		if err != nil {
			return err
		}
		move := member.Moving{Member: l.Member, To: o.ID, From: l.From, ForGood: l.ForGood, Note: l.note()}
		if err := s.Members.Move(ctx, tx, who, move); err != nil {
			return err
		}
		l.Root, l.ID, l.EnteredAt, l.EnteredBy = o.Root, id.New(), s.now(), who.Member
		if err := insertLife(ctx, tx, l); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, l.Root, "visit.life_moved", l.Member, map[string]any{"to": o.ID, "for_good": l.ForGood})
	})
}
