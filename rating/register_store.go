package rating

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

// remarksBetween returns what was said of the members of a cell between its meetings,
// from the first to the last day, the last first.
func remarksBetween(ctx context.Context, q db.Q, root, organization string, first, last when.Date) ([]Remark, error) {
	return db.All[Remark](ctx, q, `
		SELECT root_id, id, organization_id, member_id, form, text, said_on, entered_by, entered_at FROM rating_remark
		WHERE root_id = $1 AND organization_id = $2 AND said_on >= $3 AND said_on <= $4
		ORDER BY said_on DESC, entered_at DESC, id`, root, organization, first, last)
}

func insertRemark(ctx context.Context, tx *db.Tx, r Remark) error {
	return db.Insert(ctx, tx, "rating_remark", r)
}

// deleteRemark returns how many it took out.
func deleteRemark(ctx context.Context, tx *db.Tx, root, organization, id string) (int64, error) {
	return db.Exec(ctx, tx, `DELETE FROM rating_remark WHERE root_id = $1 AND organization_id = $2 AND id = $3`, root, organization, id)
}

// pasts returns the levels of the years of a cell and its members: those decided in
// yearly rounds and told, and before them those entered from paper.
func pasts(ctx context.Context, q db.Q, root, organization string) ([]Past, error) {
	entered, err := db.All[Past](ctx, q, `
		SELECT root_id, organization_id, subject, year, level, source FROM rating_past
		WHERE root_id = $1 AND organization_id = $2 ORDER BY year DESC, subject`, root, organization)
	if err != nil {
		return nil, err
	}
	type decided struct {
		Subject string
		Level   Level
		Month   when.Month `db:"first_month"`
		Number  string     `db:"decision_number"`
	}
	rounds, err := db.All[decided](ctx, q, `
		SELECT g.subject, g.level, r.first_month, g.decision_number
		FROM rating g JOIN rating_round r ON r.root_id = g.root_id AND r.id = g.round_id
		WHERE r.root_id = $1 AND r.organization_id = $2 AND r.span = 'year' AND r.state = 'told' AND g.level <> ''
		ORDER BY r.first_month DESC, g.position`, root, organization)
	all := make([]Past, 0, len(rounds)+len(entered))
	for _, d := range rounds {
		all = append(all, Past{root, organization, d.Subject, d.Month.Year, d.Level, d.Number})
	}
	return append(all, entered...), err
}

func putPast(ctx context.Context, tx *db.Tx, p Past) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO rating_past (root_id, organization_id, subject, year, level, source) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (root_id, organization_id, subject, year) DO UPDATE SET level = $5, source = $6`,
		p.Root, p.Organization, p.Subject, p.Year, p.Level, p.Source)
	return err
}
