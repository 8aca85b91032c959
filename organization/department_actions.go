package organization

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
)

// Found sets up a department of a committee. The committee does it, not its office:
// whoever could hand out duties could take any.
func (s *Service) Found(ctx context.Context, who access.Person, d Department) (Department, error) {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := GetCommittee(ctx, tx, who.Scope(Entrust), d.Organization)
		if err != nil {
			return err
		}
		d.Root, d.ID = o.Root, id.New()
		if len(d.Duties) == 0 {
			d.Duties = d.Kind.Usual()
		}
		if err := d.Check(); err != nil {
			return err
		}
		if err := insertDepartment(ctx, tx, d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "organization.department_founded", d.ID, map[string]any{"organization": o.ID, "duties": d.Duties})
	})
	return d, err
}

// Redefine gives a department another name, other duties or a day from which it no
// longer exists.
func (s *Service) Redefine(ctx context.Context, who access.Person, d Department) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		before, o, err := departmentIn(ctx, tx, who.Scope(Entrust), d.ID)
		if err != nil {
			return err
		}
		d.Root, d.Organization, d.Kind = before.Root, before.Organization, before.Kind
		if err := d.Check(); err != nil {
			return err
		}
		if err := updateDepartment(ctx, tx, d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "organization.department_redefined", d.ID, map[string]any{"duties": d.Duties, "closed": d.ClosedOn.String()})
	})
}

// Place lets a person work in a department from a day on. On the rolls below the
// committee they need be: the caller's form offers nobody else, and a name that is
// nobody's is refused.
func (s *Service) Place(ctx context.Context, who access.Person, seat Seat) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		d, o, err := departmentIn(ctx, tx, who.Scope(Entrust), seat.Department)
		if err != nil {
			return err
		}
		if err := s.stillThere(d, seat.From, "organization.problem.department_closed"); err != nil {
			return err
		}
		seat.Root, seat.ID = o.Root, id.New()
		if err := seat.Check(); err != nil {
			return err
		}
		held, err := Seats(ctx, tx, o.Root, d.ID)
		if err != nil {
			return err
		}
		for _, h := range held {
			if h.Member == seat.Member && h.Holds(seat.From) {
				return fault.New(fault.Conflict, "organization.problem.held_already")
			}
		}
		if err := insertSeat(ctx, tx, seat); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "organization.placed", seat.Member,
			map[string]string{"department": d.ID, "rank": string(seat.Rank), "from": seat.From.String()})
	})
}

// Unseat ends the work of a person in a department; lastDay is the last day of it.
func (s *Service) Unseat(ctx context.Context, who access.Person, department, seat string, lastDay when.Date) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		d, o, err := departmentIn(ctx, tx, who.Scope(Entrust), department)
		if err != nil {
			return err
		}
		held, err := Seats(ctx, tx, o.Root, d.ID)
		if err != nil {
			return err
		}
		for _, h := range held {
			if h.ID != seat {
				continue
			}
			if err := mayEnd(h.From, h.Until, lastDay); err != nil {
				return err
			}
			if err := endSeat(ctx, tx, h, lastDay); err != nil {
				return err
			}
			return s.Audit.Write(ctx, tx, who, o.Root, "organization.unseated", h.Member, map[string]string{"department": d.ID, "until": lastDay.String()})
		}
		return fault.New(fault.NotFound, "fault.not_found")
	})
}
