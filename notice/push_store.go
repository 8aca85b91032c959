package notice

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

const deviceColumns = `root_id, id, member_id, endpoint, p256dh, auth, device, made_at, called_at`

func pushKeys(ctx context.Context, q db.Q) (PushKeys, bool, error) {
	return db.Maybe[PushKeys](ctx, q, `SELECT public_key, private_key FROM notice_push_key WHERE id = 1`)
}

// putPushKeys keeps keys unless there are some already.
func putPushKeys(ctx context.Context, tx *db.Tx, k PushKeys, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO notice_push_key (id, public_key, private_key, made_at) VALUES (1, $1, $2, $3)
		ON CONFLICT (id) DO NOTHING`, k.Public, k.Private, at)
	return err
}

// devices returns those of a member, the newest first.
func devices(ctx context.Context, q db.Q, root, member string) ([]Device, error) {
	return db.All[Device](ctx, q, `SELECT `+deviceColumns+` FROM notice_push WHERE root_id = $1 AND member_id = $2 ORDER BY made_at DESC, id`, root, member)
}

// call names a device to be called.
type call struct {
	Root   string `db:"root_id"`
	Device string `db:"id"`
}

// toCall returns the devices on which any of the members has asked to be called.
func toCall(ctx context.Context, q db.Q, members []string) ([]call, error) {
	marks, args := in(nil, members)
	return db.All[call](ctx, q, `SELECT root_id, id FROM notice_push WHERE member_id IN `+marks+` ORDER BY id`, args...)
}

func deviceOf(ctx context.Context, q db.Q, c call) (Device, bool, error) {
	return db.Maybe[Device](ctx, q, `SELECT `+deviceColumns+` FROM notice_push WHERE root_id = $1 AND id = $2`, c.Root, c.Device)
}

// putDevice keeps a device; one that is known under its address now belongs to who asks,
// for the telephone has changed hands.
func putDevice(ctx context.Context, tx *db.Tx, d Device) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM notice_push WHERE endpoint = $1`, d.Endpoint); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "notice_push", d)
}

func dropDevice(ctx context.Context, tx *db.Tx, root, member, id string) (int64, error) {
	return db.Exec(ctx, tx, `DELETE FROM notice_push WHERE root_id = $1 AND member_id = $2 AND id = $3`, root, member, id)
}

// forgetOldest keeps the newest of the devices of a member and drops the others.
func forgetOldest(ctx context.Context, tx *db.Tx, root, member string, keep int) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM notice_push WHERE root_id = $1 AND member_id = $2 AND id NOT IN (
		SELECT id FROM notice_push WHERE root_id = $1 AND member_id = $2 ORDER BY made_at DESC, id DESC LIMIT $3)`, root, member, keep)
	return err
}

func markCalled(ctx context.Context, tx *db.Tx, d Device, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE notice_push SET called_at = $3 WHERE root_id = $1 AND id = $2`, d.Root, d.ID, at)
	return err
}

// uncalled returns the unread notices of a member that were told after a moment.
func uncalled(ctx context.Context, q db.Q, member string, after when.Instant) ([]Notice, error) {
	return db.All[Notice](ctx, q, `SELECT `+noticeColumns+` FROM notice WHERE member_id = $1 AND read_at = 0 AND told_at > $2 ORDER BY told_at`, member, after)
}
