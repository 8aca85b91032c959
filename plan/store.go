package plan

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

const (
	columns = `x.root_id, x.id, x.organization_id, x.title, x.goal, x.basis, x.from_on, x.until_on, x.before_id, x.made_at, x.made_by`
	ofUnit  = ` FROM plan x JOIN organization o ON o.root_id = x.root_id AND o.id = x.organization_id WHERE `
)

func inScope(ctx context.Context, q db.Q, sc access.Scope, id string) (Plan, error) {
	args := []any{id}
	return db.One[Plan](ctx, q, `SELECT `+columns+ofUnit+`x.id = $1 AND `+sc.Where("o", &args), args...)
}

// all returns the plans of the committees of a scope, the newest first.
func all(ctx context.Context, q db.Q, sc access.Scope) ([]Plan, error) {
	var args []any
	where := sc.Where("o", &args)
	return db.All[Plan](ctx, q, `SELECT `+columns+ofUnit+where+` ORDER BY x.from_on DESC, x.id DESC`, args...)
}

// running returns the plans of the committees of a scope that run on a day.
func running(ctx context.Context, q db.Q, sc access.Scope, day when.Date) ([]Plan, error) {
	args := []any{day}
	where := sc.Where("o", &args)
	return db.All[Plan](ctx, q, `SELECT `+columns+ofUnit+`x.from_on <= $1 AND x.until_on >= $1 AND `+where+` ORDER BY x.from_on DESC, x.id DESC`, args...)
}

func steps(ctx context.Context, q db.Q, p Plan) ([]Step, error) {
	return db.All[Step](ctx, q, `SELECT root_id, id, plan_id, position, what, owner, from_on, until_on, target, unit, added_on
		FROM plan_step WHERE root_id = $1 AND plan_id = $2 ORDER BY position, id`, p.Root, p.ID)
}

func progress(ctx context.Context, q db.Q, p Plan) ([]Progress, error) {
	return db.All[Progress](ctx, q, `SELECT root_id, id, plan_id, step_id, on_day, reached, done, text, entered_at, entered_by
		FROM plan_progress WHERE root_id = $1 AND plan_id = $2 ORDER BY on_day, entered_at, id`, p.Root, p.ID)
}

func reportOn(ctx context.Context, q db.Q, p Plan, day when.Date) (Report, bool, error) {
	return db.Maybe[Report](ctx, q, `SELECT root_id, plan_id, on_day, results, faults, direction, written_at, written_by
		FROM plan_report WHERE root_id = $1 AND plan_id = $2 AND on_day = $3`, p.Root, p.ID, day)
}

// reports returns the days on which a report was worded, the newest first.
func reports(ctx context.Context, q db.Q, p Plan) ([]when.Date, error) {
	return db.All[when.Date](ctx, q, `SELECT on_day FROM plan_report WHERE root_id = $1 AND plan_id = $2 ORDER BY on_day DESC`, p.Root, p.ID)
}

func putReport(ctx context.Context, tx *db.Tx, r Report) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM plan_report WHERE root_id = $1 AND plan_id = $2 AND on_day = $3`, r.Root, r.Plan, r.On); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "plan_report", r)
}
