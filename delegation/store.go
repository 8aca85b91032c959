package delegation

import (
	"context"

	"chibo/conference"
	"chibo/kit/db"
)

const columns = `root_id, id, conference_id, category_id, unit_root, unit_id, unit, member_root, member_id, name, post, phone, email,
	number, code, answer, answered_at, replaces, gone_at, walked_in, named_at, named_by`

// Delegates returns all delegates of a conference, those who were replaced too, by category
// and unit.
func Delegates(ctx context.Context, q db.Q, x conference.Conference) ([]Delegate, error) {
	return db.All[Delegate](ctx, q, `SELECT `+columns+` FROM delegate WHERE root_id = $1 AND conference_id = $2 ORDER BY category_id, unit, name, id`, x.Root, x.ID)
}
