package supervision

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/organization"
)

// summed is a kept sum.
type summed struct {
	Kind                                         organization.Kind
	Month                                        when.Month
	Until                                        when.Date `db:"until_on"`
	Met, Late, Planned                           int
	LateThen, UnfiledThen, ThemesDone, ThemesSet int
	Good, Fair, Average, Poor                    int
}

// begun is what is kept of the cells of a unit that begin in a month.
type begun struct {
	Kind      organization.Kind
	Begins    when.Month
	Cells     int
	Remedies  int
	RemedyDue when.Date
	Matters   int
	MatterDue when.Date
}

func sumsOf(ctx context.Context, q db.Q, u unit) ([]summed, error) {
	return db.All[summed](ctx, q, `SELECT kind, month, until_on, met, late, planned, late_then, unfiled_then, themes_done, themes_set, good, fair, average, poor
		FROM board_sum WHERE root_id = $1 AND unit_id = $2`, u.Root, u.Unit)
}

func startsOf(ctx context.Context, q db.Q, u unit) ([]begun, error) {
	return db.All[begun](ctx, q, `SELECT kind, begins, cells, remedies, remedy_due, matters, matter_due
		FROM board_start WHERE root_id = $1 AND unit_id = $2 ORDER BY kind, begins`, u.Root, u.Unit)
}

// owe says that the total of a month of a unit is due.
func owe(ctx context.Context, tx *db.Tx, u unit, m when.Month) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO board_due (root_id, unit_id, month) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, u.Root, u.Unit, m)
	return err
}

func anyDue(ctx context.Context, q db.Q) (bool, error) {
	_, found, err := db.Maybe[string](ctx, q, `SELECT unit_id FROM board_due LIMIT 1`)
	return found, err
}

// dueBelow returns totals below a path that are due: a path is longer than that of a unit above.
func dueBelow(ctx context.Context, q db.Q, path string, most int) ([]due, error) {
	return db.All[due](ctx, q, `SELECT d.root_id, d.unit_id, d.month, o.parent_id FROM board_due d CROSS JOIN organization o
		WHERE o.root_id = d.root_id AND o.id = d.unit_id AND o.path >= $1 AND o.path < rtrim($1, '/') || '0'
		ORDER BY LENGTH(o.path) DESC, d.unit_id, d.month LIMIT $2`, path, most)
}

func done(ctx context.Context, tx *db.Tx, d due) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM board_due WHERE root_id = $1 AND unit_id = $2 AND month = $3`, d.Root, d.Unit, d.Month)
	return err
}

// dueAbove says that the total of the unit above is due.
func dueAbove(ctx context.Context, tx *db.Tx, d due) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO board_due (root_id, unit_id, month)
		SELECT root_id, id, CAST($2 AS TEXT) FROM organization WHERE id = $1 ON CONFLICT DO NOTHING`, d.Parent, d.Month)
	return err
}

// under is the condition that t is a total of a committee directly under the unit $2.
const under = `k.parent_id = $2 AND k.level <> 'cell' AND t.root_id = k.root_id AND t.unit_id = k.id AND t.kind <> ''`

const (
	sumColumns   = `met, late, planned, late_then, unfiled_then, themes_done, themes_set, good, fair, average, poor`
	startColumns = `cells, remedies, remedy_due, matters, matter_due`
	addedSums    = `CAST(SUM(met) AS BIGINT), CAST(SUM(late) AS BIGINT), CAST(SUM(planned) AS BIGINT), CAST(SUM(late_then) AS BIGINT),
		CAST(SUM(unfiled_then) AS BIGINT), CAST(SUM(themes_done) AS BIGINT), CAST(SUM(themes_set) AS BIGINT), CAST(SUM(good) AS BIGINT),
		CAST(SUM(fair) AS BIGINT), CAST(SUM(average) AS BIGINT), CAST(SUM(poor) AS BIGINT)`
	addedStarts = `CAST(SUM(cells) AS BIGINT), CAST(SUM(remedies) AS BIGINT), COALESCE(MIN(NULLIF(remedy_due, '')), ''),
		CAST(SUM(matters) AS BIGINT), COALESCE(MIN(NULLIF(matter_due, '')), '')`
)

// addTotal writes a total over the one that was kept: the sums of the unit itself and the totals
// of the committees directly under it, by kind and then of all kinds.
func addTotal(ctx context.Context, tx *db.Tx, d due) error {
	if d.Month.IsZero() {
		return addStarts(ctx, tx, d)
	}
	for _, sql := range []string{
		`DELETE FROM board_total WHERE root_id = $1 AND unit_id = $2 AND month = $3`,
		`INSERT INTO board_total (root_id, unit_id, kind, month, until_on, ` + sumColumns + `)
		SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), kind, CAST($3 AS TEXT), until_on, ` + addedSums + ` FROM (
			SELECT kind, until_on, ` + sumColumns + ` FROM board_sum WHERE root_id = $1 AND unit_id = $2 AND month = $3
			UNION ALL
			SELECT t.kind, t.until_on, ` + sumColumns + ` FROM organization k CROSS JOIN board_total t WHERE ` + under + ` AND t.month = $3
		) a GROUP BY kind, until_on`,
		`INSERT INTO board_total (root_id, unit_id, kind, month, until_on, ` + sumColumns + `)
		SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), '', CAST($3 AS TEXT), until_on, ` + addedSums + `
		FROM board_total WHERE root_id = $1 AND unit_id = $2 AND month = $3 GROUP BY until_on`,
	} {
		if _, err := db.Exec(ctx, tx, sql, d.Root, d.Unit, d.Month); err != nil {
			return err
		}
	}
	return nil
}

func addStarts(ctx context.Context, tx *db.Tx, d due) error {
	for _, sql := range []string{
		`DELETE FROM board_total_start WHERE root_id = $1 AND unit_id = $2`,
		`INSERT INTO board_total_start (root_id, unit_id, kind, begins, ` + startColumns + `)
		SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), kind, begins, ` + addedStarts + ` FROM (
			SELECT kind, begins, ` + startColumns + ` FROM board_start WHERE root_id = $1 AND unit_id = $2
			UNION ALL
			SELECT t.kind, t.begins, ` + startColumns + ` FROM organization k CROSS JOIN board_total_start t WHERE ` + under + `
		) a GROUP BY kind, begins`,
		`INSERT INTO board_total_start (root_id, unit_id, kind, begins, ` + startColumns + `)
		SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), '', begins, ` + addedStarts + `
		FROM board_total_start WHERE root_id = $1 AND unit_id = $2 GROUP BY begins`,
	} {
		if _, err := db.Exec(ctx, tx, sql, d.Root, d.Unit); err != nil {
			return err
		}
	}
	return nil
}
