package care

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

const (
	commentColumns  = `x.root_id, x.id, x.organization_id, x.member_id, x.year, x.cell, x.asked_on, x.due_on, x.came_on, x.merits, x.faults`
	residentColumns = `x.root_id, x.id, x.organization_id, x.full_name, x.name_key, x.cell, x.address, x.introduced_on, x.left_on, x.excuse`
	remarkColumns   = `root_id, resident_id, year, came, called, merits, faults, said_on`
)

func homes(ctx context.Context, q db.Q, root, organization string) ([]Home, error) {
	return db.All[Home](ctx, q, `SELECT root_id, organization_id, member_id, cell, introduced_on, excuse FROM care_home
		WHERE root_id = $1 AND organization_id = $2`, root, organization)
}

func putHome(ctx context.Context, tx *db.Tx, h Home) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO care_home (root_id, organization_id, member_id, cell, introduced_on, excuse) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (root_id, organization_id, member_id) DO UPDATE SET cell = excluded.cell, introduced_on = excluded.introduced_on, excuse = excluded.excuse`,
		h.Root, h.Organization, h.Member, h.Cell, h.IntroducedOn, h.Excuse)
	return err
}

func comments(ctx context.Context, q db.Q, root, organization string, year int) ([]Comment, error) {
	return db.All[Comment](ctx, q, `SELECT `+commentColumns+` FROM care_comment x
		WHERE x.root_id = $1 AND x.organization_id = $2 AND x.year = $3`, root, organization, year)
}

// commentsOf returns the comments on a member that have come, the last year first.
func commentsOf(ctx context.Context, q db.Q, root, member string) ([]Comment, error) {
	return db.All[Comment](ctx, q, `SELECT `+commentColumns+` FROM care_comment x
		WHERE x.root_id = $1 AND x.member_id = $2 AND x.came_on <> '' ORDER BY x.year DESC, x.id`, root, member)
}

func commentFor(ctx context.Context, q db.Q, who access.Person, id string) (Comment, error) {
	args := []any{id}
	return db.One[Comment](ctx, q, `SELECT `+commentColumns+` FROM care_comment`+joined+`WHERE x.id = $1 AND `+visible(who, &args), args...)
}

func answerComment(ctx context.Context, tx *db.Tx, k Comment) error {
	_, err := db.Exec(ctx, tx, `UPDATE care_comment SET came_on = $3, merits = $4, faults = $5 WHERE root_id = $1 AND id = $2`,
		k.Root, k.ID, k.CameOn, k.Merits, k.Faults)
	return err
}

// residents returns who lives here on day, in the order of lists.
func residents(ctx context.Context, q db.Q, root, organization string, day when.Date) ([]Resident, error) {
	return db.All[Resident](ctx, q, `SELECT `+residentColumns+` FROM care_resident x
		WHERE x.root_id = $1 AND x.organization_id = $2 AND (x.left_on = '' OR x.left_on > $3) ORDER BY x.name_key, x.id`, root, organization, day)
}

func residentFor(ctx context.Context, q db.Q, sc access.Scope, id string) (Resident, error) {
	args := []any{id}
	return db.One[Resident](ctx, q, `SELECT `+residentColumns+` FROM care_resident`+joined+`WHERE x.id = $1 AND `+sc.Where("o", &args), args...)
}

func letGo(ctx context.Context, tx *db.Tx, r Resident) error {
	_, err := db.Exec(ctx, tx, `UPDATE care_resident SET left_on = $3 WHERE root_id = $1 AND id = $2`, r.Root, r.ID, r.LeftOn)
	return err
}

// remarks returns what was said of a resident, the last year first.
func remarks(ctx context.Context, q db.Q, root, resident string) ([]Remark, error) {
	return db.All[Remark](ctx, q, `SELECT `+remarkColumns+` FROM care_remark WHERE root_id = $1 AND resident_id = $2 ORDER BY year DESC`, root, resident)
}

// remarked returns of whom among the residents of a cell something was said for a
// year.
func remarked(ctx context.Context, q db.Q, root, organization string, year int) ([]string, error) {
	return db.All[string](ctx, q, `SELECT k.resident_id FROM care_remark k JOIN care_resident x ON x.root_id = k.root_id AND x.id = k.resident_id
		WHERE k.root_id = $1 AND x.organization_id = $2 AND k.year = $3`, root, organization, year)
}

func putRemark(ctx context.Context, tx *db.Tx, k Remark) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO care_remark (root_id, resident_id, year, came, called, merits, faults, said_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (root_id, resident_id, year) DO UPDATE SET came = excluded.came, called = excluded.called, merits = excluded.merits,
			faults = excluded.faults, said_on = excluded.said_on`,
		k.Root, k.Resident, k.Year, k.Came, k.Called, k.Merits, k.Faults, k.On)
	return err
}
