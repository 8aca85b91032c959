package notice

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

func mannerOf(ctx context.Context, q db.Q, root, member string) (Manner, bool, error) {
	return db.Maybe[Manner](ctx, q, `
		SELECT root_id, member_id, reminders, quiet_from, quiet_until FROM notice_manner WHERE root_id = $1 AND member_id = $2`, root, member)
}

func putManner(ctx context.Context, tx *db.Tx, m Manner) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO notice_manner (root_id, member_id, reminders, quiet_from, quiet_until) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (root_id, member_id) DO UPDATE SET reminders = $3, quiet_from = $4, quiet_until = $5`,
		m.Root, m.Member, m.Reminders, m.QuietFrom, m.QuietUntil)
	return err
}

// putReminder keeps that a member was reminded on a day, and reports whether it was
// the first time.
func putReminder(ctx context.Context, tx *db.Tx, root, member string, day when.Date) (bool, error) {
	n, err := db.Exec(ctx, tx, `
		INSERT INTO notice_reminder (root_id, member_id, told_on) VALUES ($1, $2, $3)
		ON CONFLICT (root_id, member_id) DO UPDATE SET told_on = $3 WHERE notice_reminder.told_on < $3`, root, member, day)
	return n > 0, err
}
