package helper

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
)

const columns = `h.root_id, h.id, h.meeting_id, h.duty, h.member_id, h.name, h.code, h.invited_by, h.invited_at, h.until_at,
	h.token_hash, h.joined_at, h.ended_at`

// ofMeeting lists who was invited to a meeting, the latest first.
func ofMeeting(ctx context.Context, q db.Q, root, meeting string) ([]Helper, error) {
	return db.All[Helper](ctx, q, `SELECT `+columns+` FROM helper h WHERE h.root_id = $1 AND h.meeting_id = $2 ORDER BY h.invited_at DESC, h.id DESC`,
		root, meeting)
}

// seat is a helper with what says whether the seat is still good.
type seat struct {
	Helper
	State meeting.State
	Title string
}

const seats = `SELECT ` + columns + `, m.state, m.title FROM helper h JOIN meeting m ON m.root_id = h.root_id AND m.id = h.meeting_id`

// byCode returns whom a code lets in: codes name no root.
func byCode(ctx context.Context, q db.Q, code string) (seat, bool, error) {
	return db.Maybe[seat](ctx, q, seats+` WHERE h.code = $1 AND h.code <> ''`, code)
}

// byToken returns the helper on a device.
func byToken(ctx context.Context, q db.Q, tokenHash string) (seat, bool, error) {
	return db.Maybe[seat](ctx, q, seats+` WHERE h.token_hash = $1 AND h.token_hash <> ''`, tokenHash)
}

// invitedTo reports whether a helper belongs to a meeting and has not been sent out.
func invitedTo(ctx context.Context, q db.Q, root, meeting, id string) (bool, error) {
	_, there, err := db.Maybe[string](ctx, q, `SELECT id FROM helper WHERE root_id = $1 AND meeting_id = $2 AND id = $3 AND ended_at = 0`, root, meeting, id)
	return there, err
}

// forget frees the codes of a table that nobody can use any more.
func forget(ctx context.Context, tx *db.Tx, table string, now when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE `+table+` SET code = '' WHERE code <> '' AND until_at <= $1`, now)
	return err
}

// join gives a seat to the device of a token; 0 rows say that the code was used or taken
// back meanwhile.
func join(ctx context.Context, tx *db.Tx, e Entry, tokenHash string, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE `+e.Table+` SET code = '', token_hash = $4, joined_at = $5
		WHERE root_id = $1 AND id = $2 AND code = $3 AND joined_at = 0 AND ended_at = 0`, e.Root, e.ID, e.Code, tokenHash, at)
}

// End takes a pass back: its code lets nobody in, its device is out at its next request.
func End(ctx context.Context, tx *db.Tx, table, root, id string, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE `+table+` SET code = '', token_hash = '', ended_at = $3 WHERE root_id = $1 AND id = $2 AND ended_at = 0`, root, id, at)
	return err
}

// named is a helper with the name of who invited them.
type named struct {
	ID, Name, Duty, Host string
}

// names lists who was let into a meeting.
func names(ctx context.Context, q db.Q, root, meeting string) ([]named, error) {
	return db.All[named](ctx, q, `SELECT h.id, h.name, h.duty, a.full_name AS host
		FROM helper h JOIN account a ON a.root_id = h.root_id AND a.id = h.invited_by
		WHERE h.root_id = $1 AND h.meeting_id = $2 AND h.joined_at <> 0`, root, meeting)
}
