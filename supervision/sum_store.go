package supervision

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/organization"
)

// above returns the unit directly above a cell; false for a cell at the top.
func above(ctx context.Context, q db.Q, p place) (unit, bool, error) {
	return db.Maybe[unit](ctx, q, `SELECT k.root_id, k.id AS unit_id FROM organization o JOIN organization k ON k.id = o.parent_id
		WHERE o.root_id = $1 AND o.id = $2`, p.Root, p.Cell)
}

// counted is the condition that a cell o of the unit $2 counts in its sums.
const counted = `o.parent_id = $2 AND o.level = 'cell' AND o.closed_on = ''`

// count adds up the rows of which a condition is so.
func count(condition string) string {
	return `CAST(SUM(CASE WHEN ` + condition + ` THEN 1 ELSE 0 END) AS BIGINT)`
}

// takeUnit makes whoever else adds a unit up wait.
func takeUnit(ctx context.Context, tx *db.Tx, u unit) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO board_unit (root_id, unit_id, times) VALUES ($1, $2, 1)
		ON CONFLICT (root_id, unit_id) DO UPDATE SET times = board_unit.times + 1`, u.Root, u.Unit)
	return err
}

// write writes the sums of a unit over those that were kept.
func write(ctx context.Context, tx *db.Tx, u unit) error {
	for _, sql := range []string{
		`DELETE FROM board_start WHERE root_id = $1 AND unit_id = $2`,
		`DELETE FROM board_sum WHERE root_id = $1 AND unit_id = $2`,
		`INSERT INTO board_start (root_id, unit_id, kind, begins, cells, remedies, remedy_due, matters, matter_due)
		SELECT CAST($1 AS TEXT), o.parent_id, o.kind, b.begins, COUNT(*), CAST(SUM(b.remedies) AS BIGINT), COALESCE(MIN(NULLIF(b.remedy_due, '')), ''),
			CAST(SUM(b.matters) AS BIGINT), COALESCE(MIN(NULLIF(b.matter_due, '')), '')
		FROM organization o JOIN board_cell b ON b.root_id = o.root_id AND b.organization_id = o.id
		WHERE ` + counted + ` GROUP BY o.parent_id, o.kind, b.begins`,
		`INSERT INTO board_sum (root_id, unit_id, kind, month, until_on, met, late, planned, late_then, unfiled_then,
			themes_done, themes_set, good, fair, average, poor)
		SELECT CAST($1 AS TEXT), o.parent_id, o.kind, b.month, ` + holds + `, ` +
			count(`b.standing = 'met'`) + `, ` + count(`b.standing = 'late'`) + `, ` + count(`b.standing = 'planned'`) + `, ` +
			count(`CASE WHEN b.until_on = '' THEN b.standing ELSE b.becomes END = 'late'`) + `, ` + count(pending) + `, ` +
			count(`b.theme = 'done'`) + `, ` + count(`b.theme = 'set'`) + `, ` +
			count(`b.level = 'good'`) + `, ` + count(`b.level = 'fair'`) + `, ` + count(`b.level = 'average'`) + `, ` + count(`b.level = 'poor'`) + `
		FROM organization o JOIN board_month b ON b.root_id = o.root_id AND b.organization_id = o.id
		WHERE ` + counted + ` GROUP BY o.parent_id, o.kind, b.month, ` + holds,
	} {
		if _, err := db.Exec(ctx, tx, sql, u.Root, u.Unit); err != nil {
			return err
		}
	}
	return nil
}

// pending is the condition that minutes are still to be sealed, holds the last day on which a
// month stands as it does: that of its standing, else that of its minutes.
const (
	pending = `b.file_by <> '' AND b.sealed_on = ''`
	holds   = `CASE WHEN b.until_on = '' AND ` + pending + ` THEN b.file_by ELSE b.until_on END`
)

// span says what of a tree is read: the rows that stand under Parent, or the one row Only,
// with their cells of a Kind (empty: all).
type span struct {
	Parent, Only string
	Kind         organization.Kind
}

// where is the condition of the span on the rows k, with arguments $1 and $2; kindOf that on
// the kind of cells, with $3.
const (
	where  = ` k.closed_on = '' AND (k.parent_id = $1 OR k.id = $2) `
	kindOf = ` = $3 OR $3 = '' `
)

func (s span) args(more ...any) []any {
	return append([]any{s.Parent, s.Only, string(s.Kind)}, more...)
}

// starts returns the cells of each row by the month they begin with: of committees what their
// trees add up to, of cells their own. '0' follows '/'. Rows are joined by CROSS JOIN, which
// SQLite reads in the order written: from the few rows down.
func starts(ctx context.Context, q db.Q, s span) ([]start, error) {
	return db.All[start](ctx, q, `
		SELECT k.id AS unit, b.begins, b.cells, b.remedies, b.remedy_due, b.matters, b.matter_due
		FROM organization k CROSS JOIN board_total_start b
		WHERE k.level <> 'cell' AND b.root_id = k.root_id AND b.unit_id = k.id AND `+where+` AND b.kind = $3
		UNION ALL
		SELECT k.id, b.begins, 1, b.remedies, b.remedy_due, b.matters, b.matter_due
		FROM organization k CROSS JOIN board_cell b
		WHERE k.level = 'cell' AND b.root_id = k.root_id AND b.organization_id = k.id AND `+where+` AND (k.kind `+kindOf+`)`, s.args()...)
}

// months returns what is kept of the cells among the rows for the months from first to last.
func months(ctx context.Context, q db.Q, s span, first, last when.Month) ([]Month, error) {
	return db.All[Month](ctx, q, `
		SELECT `+monthColumns+` FROM organization k CROSS JOIN board_month b
		WHERE k.level = 'cell' AND b.root_id = k.root_id AND b.organization_id = k.id AND `+where+` AND (k.kind `+kindOf+`)
			AND b.month >= $4 AND b.month <= $5`, s.args(first, last)...)
}

// sums returns what the months of the cells below the committees among the rows add up to
// on a day.
func sums(ctx context.Context, q db.Q, s span, first, last when.Month, day when.Date) ([]sum, error) {
	const now = `(b.until_on = '' OR b.until_on >= $6)`
	add := func(what string) string { return `CAST(SUM(` + what + `) AS BIGINT)` }
	either := func(so, then string) string {
		return add(`CASE WHEN ` + now + ` THEN ` + so + ` ELSE ` + then + ` END`)
	}
	return db.All[sum](ctx, q, `
		SELECT k.id AS unit, b.month, `+either(`b.met`, `0`)+` AS met, `+either(`b.late`, `b.late_then`)+` AS late, `+either(`b.planned`, `0`)+` AS planned,
			`+either(`0`, `b.unfiled_then`)+` AS unfiled, `+add(`b.themes_done`)+` AS themes_done, `+add(`b.themes_set`)+` AS themes_set,
			`+add(`b.good`)+` AS good, `+add(`b.fair`)+` AS fair, `+add(`b.average`)+` AS average, `+add(`b.poor`)+` AS poor
		FROM organization k CROSS JOIN board_total b
		WHERE k.level <> 'cell' AND b.root_id = k.root_id AND b.unit_id = k.id AND `+where+` AND b.kind = $3
			AND b.month >= $4 AND b.month <= $5 GROUP BY k.id, b.month`, s.args(first, last, day)...)
}
