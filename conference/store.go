package conference

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
)

const columns = `x.root_id, x.id, x.organization_id, x.title, x.names_by, x.made_at, x.made_by, x.closed_at`

// Get returns a conference of the committees of a scope.
func Get(ctx context.Context, q db.Q, sc access.Scope, id string) (Conference, error) {
	args := []any{id}
	return db.One[Conference](ctx, q, `SELECT `+columns+` FROM conference x
		JOIN organization o ON o.root_id = x.root_id AND o.id = x.organization_id WHERE x.id = $1 AND `+sc.Where("o", &args), args...)
}

// Of returns a conference by its key: for features whose own rows name it, after they have
// asked for the right to those.
func Of(ctx context.Context, q db.Q, root, id string) (Conference, error) {
	return db.One[Conference](ctx, q, `SELECT `+columns+` FROM conference x WHERE x.root_id = $1 AND x.id = $2`, root, id)
}

// Sittings returns the sittings of a conference in their order.
func Sittings(ctx context.Context, q db.Q, x Conference) ([]Sitting, error) {
	return db.All[Sitting](ctx, q, `SELECT root_id, id, conference_id, position, title, kind, host_root, host_id, starts_at, ends_at, venue, address, map, meeting_id
		FROM conference_sitting WHERE root_id = $1 AND conference_id = $2 ORDER BY position, id`, x.Root, x.ID)
}

// Categories returns the composition of a conference in its order.
func Categories(ctx context.Context, q db.Q, x Conference) ([]Category, error) {
	return db.All[Category](ctx, q, `SELECT root_id, id, conference_id, position, title, source, quota, sitting_id
		FROM conference_category WHERE root_id = $1 AND conference_id = $2 ORDER BY position, id`, x.Root, x.ID)
}
