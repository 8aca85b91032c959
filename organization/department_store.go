package organization

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

const departmentColumns = `d.root_id, d.id, d.organization_id, d.kind, d.name, d.duties, d.closed_on`

// Departments returns the departments of a committee that exist on day.
func Departments(ctx context.Context, q db.Q, root, organization string, day when.Date) ([]Department, error) {
	return db.All[Department](ctx, q, `
		SELECT `+departmentColumns+` FROM organization_department d
		WHERE d.root_id = $1 AND d.organization_id = $2 AND (d.closed_on = '' OR d.closed_on > $3) ORDER BY d.id`, root, organization, day)
}

// departmentIn returns a department of a committee of the scope, with the committee.
func departmentIn(ctx context.Context, q db.Q, sc access.Scope, id string) (Department, Organization, error) {
	args := []any{id}
	d, err := db.One[Department](ctx, q, `
		SELECT `+departmentColumns+` FROM organization_department d JOIN organization o ON o.root_id = d.root_id AND o.id = d.organization_id
		WHERE d.id = $1 AND `+sc.Where("o", &args), args...)
	if err != nil {
		return d, Organization{}, err
	}
	o, err := Find(ctx, q, d.Root, d.Organization)
	return d, o, err
}

func insertDepartment(ctx context.Context, tx *db.Tx, d Department) error {
	return db.Insert(ctx, tx, "organization_department", d)
}

func updateDepartment(ctx context.Context, tx *db.Tx, d Department) error {
	_, err := db.Exec(ctx, tx, `UPDATE organization_department SET name = $3, duties = $4, closed_on = $5 WHERE root_id = $1 AND id = $2`,
		d.Root, d.ID, d.Name, d.Duties, d.ClosedOn)
	return err
}

const seatColumns = `s.root_id, s.id, s.department_id, s.member_id, s.rank, s.from_on, s.until_on`

// Seats returns who ever worked in a department, newest first.
func Seats(ctx context.Context, q db.Q, root, department string) ([]Seat, error) {
	return db.All[Seat](ctx, q, `
		SELECT `+seatColumns+` FROM organization_seat s WHERE s.root_id = $1 AND s.department_id = $2 ORDER BY s.from_on DESC, s.id DESC`, root, department)
}

func insertSeat(ctx context.Context, tx *db.Tx, s Seat) error {
	return db.Insert(ctx, tx, "organization_seat", s)
}

func endSeat(ctx context.Context, tx *db.Tx, s Seat, lastDay when.Date) error {
	_, err := db.Exec(ctx, tx, `UPDATE organization_seat SET until_on = $3 WHERE root_id = $1 AND id = $2`, s.Root, s.ID, lastDay)
	return err
}
