package supervision

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/organization"
)

// place names a cell.
type place struct {
	Root string `db:"root_id"`
	Cell string `db:"organization_id"`
}

// stale returns cells of the scope that have changed since they were counted, at most the
// given number.
func stale(ctx context.Context, q db.Q, sc access.Scope, most int) ([]place, error) {
	args := []any{most}
	return db.All[place](ctx, q, `
		SELECT b.root_id, b.organization_id FROM board_cell b CROSS JOIN organization o
		WHERE b.changes <> b.counted AND o.root_id = b.root_id AND o.id = b.organization_id AND `+sc.Where("o", &args)+` ORDER BY b.root_id, b.organization_id LIMIT $1`, args...)
}

// take says that all changes of a cell so far are being counted, and lets whoever changes
// it wait until the transaction ends; false where somebody else has counted them.
func take(ctx context.Context, tx *db.Tx, p place) (bool, error) {
	n, err := db.Exec(ctx, tx, `UPDATE board_cell SET counted = changes WHERE root_id = $1 AND organization_id = $2 AND changes <> counted`, p.Root, p.Cell)
	return n > 0, err
}

// lateNotices returns the meetings of a cell whose notice in force came late. CROSS JOIN has
// SQLite go from the meetings of the cell to their notices, not through all late notices of
// the base organisation.
func lateNotices(ctx context.Context, q db.Q, p place) ([]string, error) {
	return db.All[string](ctx, q, `
		SELECT m.id FROM meeting m CROSS JOIN meeting_notice n
		WHERE n.root_id = m.root_id AND n.meeting_id = m.id AND n.revision = m.revision AND m.root_id = $1 AND m.organization_id = $2 AND n.late ORDER BY m.id`, p.Root, p.Cell)
}

// keep writes the figures of a cell over those that were kept.
func keep(ctx context.Context, tx *db.Tx, c Cell, months []Month) error {
	if err := keepCell(ctx, tx, c); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, `DELETE FROM board_month WHERE root_id = $1 AND organization_id = $2`, c.Root, c.Cell); err != nil {
		return err
	}
	return db.InsertAll(ctx, tx, "board_month", months)
}

// keepCell writes what stands for a cell on the whole.
func keepCell(ctx context.Context, tx *db.Tx, c Cell) error {
	_, err := db.Exec(ctx, tx, `UPDATE board_cell SET begins = $3, remedies = $4, remedy_due = $5, matters = $6, matter_due = $7
		WHERE root_id = $1 AND organization_id = $2`, c.Root, c.Cell, c.Begins, c.Remedies, c.RemedyDue, c.Matters, c.MatterDue)
	return err
}

const (
	cellColumns  = `b.root_id, b.organization_id, b.begins, b.remedies, b.remedy_due, b.matters, b.matter_due`
	monthColumns = `b.root_id, b.organization_id, b.month, b.meeting_id, b.day, b.standing, b.until_on, b.becomes, b.notice_late, b.held_late,
		b.file_by, b.sealed_on, b.theme, b.points, b.level, b.decided`
)

// kept returns the figures of a cell as they are kept.
func kept(ctx context.Context, q db.Q, p place) (Cell, []Month, error) {
	c, _, err := db.Maybe[Cell](ctx, q, `SELECT `+cellColumns+` FROM board_cell b WHERE b.root_id = $1 AND b.organization_id = $2`, p.Root, p.Cell)
	if err != nil {
		return c, nil, err
	}
	months, err := db.All[Month](ctx, q, `SELECT `+monthColumns+` FROM board_month b WHERE b.root_id = $1 AND b.organization_id = $2 ORDER BY b.month`, p.Root, p.Cell)
	return c, months, err
}

// unitColumns are those of a unit of the tree.
const unitColumns = `k.root_id, k.id, k.parent_id, k.path, k.level, k.kind, k.name, k.superior, k.town, k.code, k.closed_on`

// below returns the cells and committees directly under a unit that exist still, the
// committees first.
func below(ctx context.Context, q db.Q, sc access.Scope, unit string) ([]organization.Organization, error) {
	args := []any{unit}
	return db.All[organization.Organization](ctx, q, `SELECT `+unitColumns+` FROM organization k
		WHERE k.parent_id = $1 AND k.closed_on = '' AND k.level <> 'party_group' AND `+sc.Where("k", &args)+`
		ORDER BY CASE WHEN k.level = 'cell' THEN 1 ELSE 0 END, k.path`, args...)
}

// lies is the condition that an existing cell o of the figures b lies below the path $1.
const lies = `o.path >= $1 AND o.path < rtrim($1, '/') || '0' AND o.level = 'cell' AND o.closed_on = '' AND b.root_id = o.root_id AND b.organization_id = o.id`

// wholeUnder returns what is kept on the whole of the cells below a path.
func wholeUnder(ctx context.Context, q db.Q, path string) ([]Cell, error) {
	return db.All[Cell](ctx, q, `SELECT `+cellColumns+` FROM organization o CROSS JOIN board_cell b WHERE `+lies, path)
}

// monthsUnder returns the months of the cells below a path, in the order of the tree.
func monthsUnder(ctx context.Context, q db.Q, path string, first, last when.Month) ([]Month, error) {
	return db.All[Month](ctx, q, `SELECT `+monthColumns+` FROM organization o CROSS JOIN board_month b
		WHERE `+lies+` AND b.month >= $2 AND b.month <= $3 ORDER BY o.path, b.month`, path, first, last)
}
