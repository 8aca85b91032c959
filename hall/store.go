package hall

import (
	"context"
	"slices"

	"chibo/kit/db"
	"chibo/kit/when"
)

const entrances = `SELECT d.root_id, d.meeting_id, d.key, d.projector, d.poster, d.shared, d.opened_by, d.opened_at, d.shut_at,
	m.organization_id, o.name AS cell, m.title, m.place, m.starts_at, m.state, m.opened_at AS begun_at
	FROM door d
	JOIN meeting m ON m.root_id = d.root_id AND m.id = d.meeting_id
	JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id`

// entranceOf returns the door of a meeting, whoever asks: for those who have a code or
// a ticket of it, or have been let into its meeting.
func entranceOf(ctx context.Context, q db.Q, meeting string) (Entrance, bool, error) {
	return db.Maybe[Entrance](ctx, q, entrances+` WHERE d.meeting_id = $1`, meeting)
}

// unshut returns the doors at which a typed code may be good: those that were opened
// after since, for meetings that are not over.
func unshut(ctx context.Context, q db.Q, since when.Instant) ([]Entrance, error) {
	return db.All[Entrance](ctx, q, entrances+` WHERE d.shut_at = 0 AND d.opened_at > $1 AND m.state IN ('noticed', 'open')`, since)
}

// keep writes a door; its key stays what it was, so that a poster that hangs is good
// again when the door is opened again.
func keep(ctx context.Context, tx *db.Tx, d Door) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO door (root_id, meeting_id, key, projector, poster, shared, opened_by, opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (root_id, meeting_id) DO UPDATE SET projector = excluded.projector, poster = excluded.poster, shared = excluded.shared,
			opened_by = excluded.opened_by, opened_at = excluded.opened_at, shut_at = 0`,
		d.Root, d.Meeting, d.Key, d.Projector, d.Poster, d.Shared, d.OpenedBy, d.OpenedAt)
	return err
}

// shut closes a door and returns 0 when it was closed before.
func shut(ctx context.Context, tx *db.Tx, root, meeting string, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE door SET shut_at = $3 WHERE root_id = $1 AND meeting_id = $2 AND shut_at = 0`, root, meeting, at)
}

// enter adds check-ins, and reports for each whether it is the member's first at the
// meeting; any other adds nothing. A device that somebody else has used breaks a unique
// key: see db.IsUnique.
func enter(ctx context.Context, tx *db.Tx, all []*coming) (first []bool, err error) {
	type key struct {
		Meeting string `db:"meeting_id"`
		Member  string `db:"member_id"`
	}
	first = make([]bool, 0, len(all))
	for some := range db.Pieces(all) {
		args := make([]any, 0, 7*len(some))
		for _, c := range some {
			args = append(args, c.Root, c.Meeting, c.Member, c.Device, c.Shared, c.Via, c.At)
		}
		added, err := db.All[key](ctx, tx, `
			INSERT INTO checkin (root_id, meeting_id, member_id, device, shared, via, at) VALUES `+db.Tuples(len(some), 7)+`
			ON CONFLICT (root_id, meeting_id, member_id) DO NOTHING RETURNING meeting_id, member_id`, args...)
		if err != nil {
			return nil, err
		}
		for _, c := range some {
			n := slices.Index(added, key{c.Meeting, c.Member})
			if n >= 0 {
				added = slices.Delete(added, n, n+1) // who comes twice at once has come first once
			}
			first = append(first, n >= 0)
		}
	}
	return first, nil
}

const checkins = `SELECT root_id, meeting_id, member_id, device, shared, via, at FROM checkin`

// ofDevice returns who has checked in last on a device.
func ofDevice(ctx context.Context, q db.Q, root, meeting, device string) (Checkin, bool, error) {
	return db.Maybe[Checkin](ctx, q, checkins+` WHERE root_id = $1 AND meeting_id = $2 AND device = $3 ORDER BY at DESC, member_id LIMIT 1`, root, meeting, device)
}

// ofMember returns the check-in of a member.
func ofMember(ctx context.Context, q db.Q, root, meeting, member string) (Checkin, error) {
	return db.One[Checkin](ctx, q, checkins+` WHERE root_id = $1 AND meeting_id = $2 AND member_id = $3`, root, meeting, member)
}

// wrongSoFar returns how often a member's digits were answered wrongly, and makes other
// answers for the member wait for this transaction.
func wrongSoFar(ctx context.Context, tx *db.Tx, root, meeting, member string) (int, error) {
	n, _, err := db.Maybe[int](ctx, tx, `UPDATE checkin_wrong SET wrong = wrong WHERE root_id = $1 AND meeting_id = $2 AND member_id = $3 RETURNING wrong`,
		root, meeting, member)
	return n, err
}

// addWrong counts a wrong answer and returns how many there are.
func addWrong(ctx context.Context, tx *db.Tx, root, meeting, member string) (int, error) {
	return db.One[int](ctx, tx, `
		INSERT INTO checkin_wrong (root_id, meeting_id, member_id, wrong) VALUES ($1, $2, $3, 1)
		ON CONFLICT (root_id, meeting_id, member_id) DO UPDATE SET wrong = checkin_wrong.wrong + 1
		RETURNING wrong`, root, meeting, member)
}
