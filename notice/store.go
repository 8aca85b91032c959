package notice

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"chibo/kit/db"
	"chibo/kit/when"
)

const noticeColumns = `root_id, id, organization_id, member_id, message_key, args, url, subject, told_at, read_at`

// insertNotices writes lines into inboxes, many with one statement.
func insertNotices(ctx context.Context, tx *db.Tx, lines []Notice) error {
	const most = 100 // rows of ten values; PostgreSQL takes 65,535 values
	for chunk := range slices.Chunk(lines, most) {
		var args []any
		var rows []string
		for _, n := range chunk {
			rows = append(rows, placeholders(len(args), 10))
			args = append(args, n.Root, n.ID, n.Organization, n.Member, n.Key, n.Args, n.URL, n.Subject, n.ToldAt, n.ReadAt)
		}
		if _, err := db.Exec(ctx, tx, `INSERT INTO notice (`+noticeColumns+`) VALUES `+strings.Join(rows, ", "), args...); err != nil {
			return err
		}
	}
	return nil
}

// placeholders returns "($5, $6)" for n values after the first before.
func placeholders(before, n int) string {
	marks := make([]string, n)
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", before+i+1)
	}
	return "(" + strings.Join(marks, ", ") + ")"
}

// in returns "($2, $3, …)" for values after the first before, and all arguments.
func in(args []any, values []string) (string, []any) {
	marks := placeholders(len(args), len(values))
	for _, v := range values {
		args = append(args, v)
	}
	return marks, args
}

// Inboxes are read by member and whatever root: a superior who follows a cell is
// told by a base organisation that is not the own one.

func inbox(ctx context.Context, q db.Q, member string, before when.Instant, most int) ([]Notice, error) {
	return db.All[Notice](ctx, q, `
		SELECT `+noticeColumns+` FROM notice
		WHERE member_id = $1 AND told_at < $2
		ORDER BY told_at DESC, id DESC LIMIT $3`, member, before, most)
}

func countUnread(ctx context.Context, q db.Q, member string) (int, error) {
	return db.One[int](ctx, q, `SELECT count(*) FROM notice WHERE member_id = $1 AND read_at = 0`, member)
}

func ofMember(ctx context.Context, q db.Q, member, id string) (Notice, error) {
	return db.One[Notice](ctx, q, `SELECT `+noticeColumns+` FROM notice WHERE member_id = $1 AND id = $2`, member, id)
}

func unread(ctx context.Context, q db.Q, member string) ([]Notice, error) {
	return db.All[Notice](ctx, q, `SELECT `+noticeColumns+` FROM notice WHERE member_id = $1 AND read_at = 0`, member)
}

func markRead(ctx context.Context, tx *db.Tx, n Notice, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE notice SET read_at = $3 WHERE root_id = $1 AND id = $2 AND read_at = 0`, n.Root, n.ID, at)
	return err
}

// putTick keeps the first tick of a way; the same way again changes nothing.
func putTick(ctx context.Context, tx *db.Tx, t Tick) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO notice_tick (root_id, subject, member_id, way, ticked_by, ticked_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (root_id, subject, member_id, way) DO NOTHING`, t.Root, t.Subject, t.Member, t.Way, t.By, t.At)
	return err
}

func dropTick(ctx context.Context, tx *db.Tx, root, subject, member string, way Way) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM notice_tick WHERE root_id = $1 AND subject = $2 AND member_id = $3 AND way = $4`, root, subject, member, way)
	return err
}

func ticks(ctx context.Context, q db.Q, root, subject string) ([]Tick, error) {
	return db.All[Tick](ctx, q, `
		SELECT root_id, subject, member_id, way, ticked_by, ticked_at FROM notice_tick
		WHERE root_id = $1 AND subject = $2 ORDER BY ticked_at, member_id, way`, root, subject)
}

// wantMail returns those of the members who have asked for mail.
func wantMail(ctx context.Context, q db.Q, members []string) ([]Recipient, error) {
	marks, args := in(nil, members)
	return db.All[Recipient](ctx, q, `SELECT root_id, member_id FROM notice_mail WHERE member_id IN `+marks, args...)
}

func setMail(ctx context.Context, tx *db.Tx, root, member string, wanted bool, at when.Instant) (err error) {
	if !wanted {
		_, err = db.Exec(ctx, tx, `DELETE FROM notice_mail WHERE root_id = $1 AND member_id = $2`, root, member)
		return err
	}
	_, err = db.Exec(ctx, tx, `
		INSERT INTO notice_mail (root_id, member_id, asked_at) VALUES ($1, $2, $3)
		ON CONFLICT (root_id, member_id) DO NOTHING`, root, member, at)
	return err
}

// unmailed returns the unread notices that no mail has spoken of yet.
func unmailed(ctx context.Context, q db.Q, member string) ([]Notice, error) {
	return db.All[Notice](ctx, q, `SELECT `+noticeColumns+` FROM notice WHERE member_id = $1 AND read_at = 0 AND mailed_at = 0`, member)
}

func markMailed(ctx context.Context, tx *db.Tx, n Notice, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE notice SET mailed_at = $3 WHERE root_id = $1 AND id = $2`, n.Root, n.ID, at)
	return err
}

// putFeed gives the member's feed a new token; an earlier one is of no use then.
func putFeed(ctx context.Context, tx *db.Tx, f Feed) error {
	if err := dropFeed(ctx, tx, f.Root, f.Member); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "notice_feed", f)
}

func dropFeed(ctx context.Context, tx *db.Tx, root, member string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM notice_feed WHERE root_id = $1 AND member_id = $2`, root, member)
	return err
}

func feedOfToken(ctx context.Context, q db.Q, token string) (Feed, error) {
	return db.One[Feed](ctx, q, `SELECT token, root_id, member_id, made_at FROM notice_feed WHERE token = $1`, token)
}

func feedOfMember(ctx context.Context, q db.Q, root, member string) (Feed, bool, error) {
	return db.Maybe[Feed](ctx, q, `SELECT token, root_id, member_id, made_at FROM notice_feed WHERE root_id = $1 AND member_id = $2`, root, member)
}
