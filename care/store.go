package care

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

const (
	hardshipColumns = `x.root_id, x.id, x.organization_id, x.member_id, x.kind, x.what, x.since_on, x.entered_at, x.entered_by, x.closed_on, x.outcome`
	deedColumns     = `x.root_id, x.id, x.organization_id, x.member_id, x.hardship_id, x.occasion, x.what, x.amount, x.giver, x.decided_on, x.given_on,
	x.entered_at, x.entered_by`
	joined = ` x JOIN organization o ON o.root_id = x.root_id AND o.id = x.organization_id `
)

// visible is the one place that says what of care exists for somebody: a condition
// on a row x with a member, in organization o. The committee of the cell sees the
// cell's, a person their own, in whichever cell it was written.
func visible(who access.Person, args *[]any) string {
	lead := who.Scope(Lead).Where("o", args)
	*args = append(*args, who.Root, who.Member)
	return fmt.Sprintf("(%s OR x.root_id = $%d AND x.member_id = $%d)", lead, len(*args)-1, len(*args))
}

func hardshipFor(ctx context.Context, q db.Q, who access.Person, id string) (Hardship, error) {
	args := []any{id}
	return db.One[Hardship](ctx, q, `SELECT `+hardshipColumns+` FROM care_hardship`+joined+`WHERE x.id = $1 AND `+visible(who, &args), args...)
}

// hardships returns those of a cell, what lasts first, the newest first.
func hardships(ctx context.Context, q db.Q, root, organization string) ([]Hardship, error) {
	return db.All[Hardship](ctx, q, `SELECT `+hardshipColumns+` FROM care_hardship x WHERE x.root_id = $1 AND x.organization_id = $2
		ORDER BY CASE WHEN x.closed_on = '' THEN 0 ELSE 1 END, x.since_on DESC, x.id`, root, organization)
}

func hardshipsOf(ctx context.Context, q db.Q, root, member string) ([]Hardship, error) {
	return db.All[Hardship](ctx, q, `SELECT `+hardshipColumns+` FROM care_hardship x WHERE x.root_id = $1 AND x.member_id = $2
		ORDER BY x.since_on DESC, x.id`, root, member)
}

func closeHardship(ctx context.Context, tx *db.Tx, h Hardship) error {
	n, err := db.Exec(ctx, tx, `UPDATE care_hardship SET closed_on = $3, outcome = $4 WHERE root_id = $1 AND id = $2 AND closed_on = ''`,
		h.Root, h.ID, h.ClosedOn, h.Outcome)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "care.refused.closed")
	}
	return err
}

func deedFor(ctx context.Context, q db.Q, who access.Person, id string) (Deed, error) {
	args := []any{id}
	return db.One[Deed](ctx, q, `SELECT `+deedColumns+` FROM care_deed`+joined+`WHERE x.id = $1 AND `+who.Scope(Lead).Where("o", &args), args...)
}

// deeds returns those of a cell that were decided in a year or wait to be done, what
// waits first, then the newest.
func deeds(ctx context.Context, q db.Q, root, organization string, year int) ([]Deed, error) {
	return db.All[Deed](ctx, q, `SELECT `+deedColumns+` FROM care_deed x
		WHERE x.root_id = $1 AND x.organization_id = $2 AND (x.given_on = '' OR x.decided_on BETWEEN $3 AND $4)
		ORDER BY CASE WHEN x.given_on = '' THEN 0 ELSE 1 END, x.decided_on DESC, x.id`,
		root, organization, when.On(year, 1, 1), when.On(year, 12, 31))
}

func deedsOf(ctx context.Context, q db.Q, root, member string) ([]Deed, error) {
	return db.All[Deed](ctx, q, `SELECT `+deedColumns+` FROM care_deed x WHERE x.root_id = $1 AND x.member_id = $2
		ORDER BY x.decided_on DESC, x.id`, root, member)
}

func deedsFor(ctx context.Context, q db.Q, root, hardship string) ([]Deed, error) {
	return db.All[Deed](ctx, q, `SELECT `+deedColumns+` FROM care_deed x WHERE x.root_id = $1 AND x.hardship_id = $2
		ORDER BY x.decided_on, x.entered_at, x.id`, root, hardship)
}

func giveDeed(ctx context.Context, tx *db.Tx, d Deed) error {
	n, err := db.Exec(ctx, tx, `UPDATE care_deed SET given_on = $3 WHERE root_id = $1 AND id = $2 AND given_on = ''`, d.Root, d.ID, d.GivenOn)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "care.refused.given")
	}
	return err
}

// dropDeed takes out what was decided and not done; what was done stays.
func dropDeed(ctx context.Context, tx *db.Tx, d Deed) error {
	n, err := db.Exec(ctx, tx, `DELETE FROM care_deed WHERE root_id = $1 AND id = $2 AND given_on = ''`, d.Root, d.ID)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "care.refused.given")
	}
	return err
}

// Waiting counts what a committee has still to do: decided and not done, and comments
// that are overdue.
type Waiting struct{ Deeds, Comments int }

func countWaiting(ctx context.Context, q db.Q, sc access.Scope, day when.Date) (Waiting, error) {
	var args []any
	n, err := db.One[int](ctx, q, `SELECT count(*) FROM care_deed`+joined+`WHERE x.given_on = '' AND `+sc.Where("o", &args), args...)
	if err != nil {
		return Waiting{}, err
	}
	args = []any{day}
	late, err := db.One[int](ctx, q, `SELECT count(*) FROM care_comment`+joined+`WHERE x.came_on = '' AND x.due_on < $1 AND `+sc.Where("o", &args), args...)
	return Waiting{n, late}, err
}

func families(ctx context.Context, q db.Q, root, organization string, year int) ([]FamilyYear, error) {
	return db.All[FamilyYear](ctx, q, `SELECT root_id, organization_id, member_id, year, cultured FROM care_family
		WHERE root_id = $1 AND organization_id = $2 AND year = $3`, root, organization, year)
}

// familyYears returns the years of a family, the last first.
func familyYears(ctx context.Context, q db.Q, root, member string) ([]FamilyYear, error) {
	return db.All[FamilyYear](ctx, q, `SELECT root_id, organization_id, member_id, year, cultured FROM care_family
		WHERE root_id = $1 AND member_id = $2 ORDER BY year DESC, organization_id`, root, member)
}

func putFamily(ctx context.Context, tx *db.Tx, f FamilyYear) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO care_family (root_id, organization_id, member_id, year, cultured) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (root_id, organization_id, member_id, year) DO UPDATE SET cultured = excluded.cultured`,
		f.Root, f.Organization, f.Member, f.Year, f.Cultured)
	return err
}
