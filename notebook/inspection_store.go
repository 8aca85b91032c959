package notebook

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

const inspectionColumns = `i.root_id, i.id, i.organization_id, i.member_id, i.shown_on, i.in_order, i.remark, i.entered_by, i.entered_at`

// inspections returns those of a cell between two days, the last first.
func inspections(ctx context.Context, q db.Q, root, cell string, first, last when.Date) ([]Inspection, error) {
	return db.All[Inspection](ctx, q, `SELECT `+inspectionColumns+` FROM notebook_inspection i
		WHERE i.root_id = $1 AND i.organization_id = $2 AND i.shown_on >= $3 AND i.shown_on <= $4
		ORDER BY i.shown_on DESC, i.entered_at DESC, i.id DESC`, root, cell, first, last)
}

// ShownBy returns the inspections of a member, the last first.
func ShownBy(ctx context.Context, q db.Q, root, member string) ([]Inspection, error) {
	return db.All[Inspection](ctx, q, `SELECT `+inspectionColumns+` FROM notebook_inspection i
		WHERE i.root_id = $1 AND i.member_id = $2 ORDER BY i.shown_on DESC, i.entered_at DESC, i.id DESC`, root, member)
}

func inspectionInScope(ctx context.Context, q db.Q, sc access.Scope, id string) (Inspection, error) {
	args := []any{id}
	return db.One[Inspection](ctx, q, `SELECT `+inspectionColumns+` FROM notebook_inspection i
		JOIN organization o ON o.root_id = i.root_id AND o.id = i.organization_id
		WHERE i.id = $1 AND `+sc.Where("o", &args), args...)
}

func deleteInspection(ctx context.Context, tx *db.Tx, i Inspection) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM notebook_inspection WHERE root_id = $1 AND id = $2`, i.Root, i.ID)
	return err
}

func everyOf(ctx context.Context, q db.Q, root, cell string) (int, error) {
	n, found, err := db.Maybe[int](ctx, q, `SELECT every_months FROM notebook_setting WHERE root_id = $1 AND organization_id = $2`, root, cell)
	if !found {
		n = defaultEvery
	}
	return n, err
}

func putEvery(ctx context.Context, tx *db.Tx, root, cell string, every int) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO notebook_setting (root_id, organization_id, every_months) VALUES ($1, $2, $3)
		ON CONFLICT (root_id, organization_id) DO UPDATE SET every_months = excluded.every_months`, root, cell, every)
	return err
}
