package reception

import (
	"context"

	"chibo/conference"
	"chibo/kit/db"
)

const helperColumns = `h.root_id, h.id, h.conference_id, h.name, h.desk, h.code, h.invited_by, h.invited_at, h.until_at, h.token_hash, h.joined_at, h.ended_at`

// helpersOf lists who was invited to the desks of a conference, the latest first.
func helpersOf(ctx context.Context, q db.Q, x conference.Conference) ([]Helper, error) {
	return db.All[Helper](ctx, q, `SELECT `+helperColumns+` FROM reception_helper h WHERE h.root_id = $1 AND h.conference_id = $2
		ORDER BY h.invited_at DESC, h.id DESC`, x.Root, x.ID)
}

// invitedTo returns one helper of a conference who has not been sent out.
func invitedTo(ctx context.Context, q db.Q, x conference.Conference, id string) (Helper, error) {
	return db.One[Helper](ctx, q, `SELECT `+helperColumns+` FROM reception_helper h WHERE h.root_id = $1 AND h.conference_id = $2 AND h.id = $3
		AND h.ended_at = 0`, x.Root, x.ID, id)
}

// byCode returns whom a code lets in: codes name no root.
func byCode(ctx context.Context, q db.Q, code string) (Helper, bool, error) {
	return db.Maybe[Helper](ctx, q, `SELECT `+helperColumns+` FROM reception_helper h WHERE h.code = $1 AND h.code <> ''`, code)
}

// byToken returns the helper on a device, while the conference is open.
func byToken(ctx context.Context, q db.Q, tokenHash string) (Helper, bool, error) {
	return db.Maybe[Helper](ctx, q, `SELECT `+helperColumns+` FROM reception_helper h JOIN conference x ON x.root_id = h.root_id AND x.id = h.conference_id
		WHERE h.token_hash = $1 AND h.token_hash <> '' AND x.closed_at = 0`, tokenHash)
}
