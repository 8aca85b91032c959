package delegation

import (
	"context"

	"chibo/conference"
	"chibo/kit/db"
)

const columns = `d.root_id, d.id, d.conference_id, d.category_id, d.unit_root, d.unit_id, d.unit, d.member_root, d.member_id, d.name, d.post, d.phone, d.email,
	d.number, d.code, d.issued_at, d.printed_at, d.mailed_at, d.answer, d.answered_at, d.reason, d.proposed, d.replaces, d.gone_at, d.walked_in, d.named_at, d.named_by`

// Delegates returns all delegates of a conference, those who were replaced too.
func Delegates(ctx context.Context, q db.Q, x conference.Conference) ([]Delegate, error) {
	return db.All[Delegate](ctx, q, `SELECT `+columns+` FROM delegate d WHERE d.root_id = $1 AND d.conference_id = $2 ORDER BY d.named_at, d.id`, x.Root, x.ID)
}

// ByCode returns the delegate who holds the secret code of an invitation; not found when
// nobody does.
func ByCode(ctx context.Context, q db.Q, code string) (Delegate, error) {
	return db.One[Delegate](ctx, q, `SELECT `+columns+` FROM delegate d WHERE d.code = $1 AND d.code <> ''`, code)
}
