package task

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

// chargeReports returns the reports on fields and areas of a unit that came after
// the moment since, oldest first.
func chargeReports(ctx context.Context, q db.Q, root, organization string, since when.Instant) ([]ChargeReport, error) {
	return db.All[ChargeReport](ctx, q, `
		SELECT root_id, id, organization_id, member_id, at, by_member, text, proposal FROM task_charge_report
		WHERE root_id = $1 AND organization_id = $2 AND at > $3 ORDER BY at, id`, root, organization, since)
}
