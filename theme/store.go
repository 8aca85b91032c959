package theme

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
)

// entries reads themes with the meeting that treats them. A meeting that was deleted
// treats nothing.
const entries = `SELECT t.root_id, t.id, t.organization_id, t.month, t.kind, t.title, t.presenter, t.questions, t.due,
	t.approved_on, t.approved_at, t.approved_by, COALESCE(m.id, '') AS meeting_id, t.rating, t.remark, t.result, t.rated_at, t.rated_by,
	t.created_at, t.created_by, COALESCE(m.state, '') AS state, COALESCE(m.starts_at, 0) AS starts_at,
	(SELECT COUNT(*) FROM library_file f WHERE f.root_id = t.root_id AND f.use_kind = 'theme' AND f.use_subject = t.id) AS reports
	FROM theme t
	JOIN organization o ON o.root_id = t.root_id AND o.id = t.organization_id
	LEFT JOIN meeting m ON m.root_id = t.root_id AND m.id = t.meeting_id`

// Plan returns the themes of an organisation from one month to another, in the order
// of their months.
func Plan(ctx context.Context, q db.Q, root, organization string, first, last when.Month) ([]Entry, error) {
	return db.All[Entry](ctx, q, entries+` WHERE t.root_id = $1 AND t.organization_id = $2 AND t.month >= $3 AND t.month <= $4
		ORDER BY t.month, t.created_at, t.id`, root, organization, first, last)
}

// planOfAll returns the themes of all organisations of a scope.
func planOfAll(ctx context.Context, q db.Q, sc access.Scope, first, last when.Month) ([]Entry, error) {
	args := []any{first, last}
	return db.All[Entry](ctx, q, entries+` WHERE t.month >= $1 AND t.month <= $2 AND `+sc.Where("o", &args)+` ORDER BY t.month, t.id`, args...)
}

// thematic returns the meetings with a theme of all organisations of a scope: what
// the quarters are read from.
func thematic(ctx context.Context, q db.Q, sc access.Scope, first, last when.Month) ([]meeting.Meeting, error) {
	args := []any{first, last}
	return db.All[meeting.Meeting](ctx, q, `SELECT m.root_id, m.id, m.organization_id, m.kind, m.month, m.starts_at, m.state FROM meeting m
		JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE m.month >= $1 AND m.month <= $2 AND m.kind IN ('thematic', 'combined') AND `+sc.Where("o", &args)+` ORDER BY m.starts_at, m.id`, args...)
}

// Of returns the theme that a meeting treats, and whether the plan has it.
func Of(ctx context.Context, q db.Q, root, meeting string) (Entry, bool, error) {
	return db.Maybe[Entry](ctx, q, entries+` WHERE t.root_id = $1 AND t.meeting_id = $2 ORDER BY t.created_at, t.id LIMIT 1`, root, meeting)
}

// inScope returns a theme of the scope with the path of its organisation.
func inScope(ctx context.Context, q db.Q, sc access.Scope, id string) (Entry, string, error) {
	args := []any{id}
	e, err := db.One[Entry](ctx, q, entries+` WHERE t.id = $1 AND `+sc.Where("o", &args), args...)
	if err != nil {
		return e, "", err
	}
	path, err := db.One[string](ctx, q, `SELECT path FROM organization WHERE root_id = $1 AND id = $2`, e.Root, e.Organization)
	return e, path, err
}

func insert(ctx context.Context, tx *db.Tx, t Theme) error { return db.Insert(ctx, tx, "theme", t) }

// update writes all that may change of a theme.
func update(ctx context.Context, tx *db.Tx, t Theme) error {
	n, err := db.Exec(ctx, tx, `UPDATE theme SET month = $3, kind = $4, title = $5, presenter = $6, questions = $7, due = $8, approved_on = $9,
		approved_at = $10, approved_by = $11, meeting_id = $12, rating = $13, remark = $14, result = $15, rated_at = $16, rated_by = $17
		WHERE root_id = $1 AND id = $2`,
		t.Root, t.ID, t.Month, t.Kind, t.Title, t.Presenter, t.Questions, t.Due, t.ApprovedOn,
		t.ApprovedAt, t.ApprovedBy, t.Meeting, t.Rating, t.Remark, t.Result, t.RatedAt, t.RatedBy)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// release lets go of the themes of a meeting that treats none any more.
func release(ctx context.Context, tx *db.Tx, root, meeting string) error {
	_, err := db.Exec(ctx, tx, `UPDATE theme SET meeting_id = '' WHERE root_id = $1 AND meeting_id = $2`, root, meeting)
	return err
}

func remove(ctx context.Context, tx *db.Tx, t Theme) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM theme WHERE root_id = $1 AND id = $2`, t.Root, t.ID)
	return err
}
