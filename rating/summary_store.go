package rating

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
)

// roundsUnder returns the rounds of a period whose lists have come to the level that
// decides, of the cells in the scope.
func roundsUnder(ctx context.Context, q db.Q, sc access.Scope, p Period) ([]Round, error) {
	args := []any{p.Span, p.Month}
	return db.All[Round](ctx, q, `SELECT `+roundColumns+` FROM rating_round r
		JOIN organization o ON o.root_id = r.root_id AND o.id = r.organization_id
		WHERE r.span = $1 AND r.first_month = $2 AND r.state IN ('proposed', 'decided', 'told') AND `+sc.Where("o", &args)+`
		ORDER BY r.organization_id`, args...)
}

// periodsUnder returns the periods of those rounds, the last first.
func periodsUnder(ctx context.Context, q db.Q, sc access.Scope) ([]Period, error) {
	var args []any
	return db.All[Period](ctx, q, `SELECT DISTINCT r.span, r.first_month AS month FROM rating_round r
		JOIN organization o ON o.root_id = r.root_id AND o.id = r.organization_id
		WHERE r.state IN ('proposed', 'decided', 'told') AND `+sc.Where("o", &args)+`
		ORDER BY r.first_month DESC, r.span LIMIT 20`, args...)
}
