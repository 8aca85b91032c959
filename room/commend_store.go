//go:build !js

package room

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/proceedings"
)

// Heard is that a member came to a closed meeting and how often they spoke there.
type Heard struct {
	Meeting string `db:"meeting_id"`
	Member  string `db:"member_id"`
	Times   int
}

// HeardIn returns who came to the closed meetings of a cell between two days, and how
// often they spoke.
func HeardIn(ctx context.Context, q db.Q, root, organization string, first, last when.Date) ([]Heard, error) {
	return db.All[Heard](ctx, q, `
		SELECT v.meeting_id, v.member_id, v.times FROM room_voice v
		JOIN meeting m ON m.root_id = v.root_id AND m.id = v.meeting_id
		WHERE v.root_id = $1 AND v.organization_id = $2 AND m.starts_at >= $3 AND m.starts_at < $4
		ORDER BY m.starts_at, v.meeting_id, v.member_id`, root, organization, first.Start(), last.AddDays(1).Start())
}

// Commended is that a closed meeting has praised, reminded or criticised a member.
type Commended struct {
	Root         string `db:"root_id"`
	Meeting      string `db:"meeting_id"`
	Act          string `db:"act_id"`
	Member       string `db:"member_id"`
	Organization string `db:"organization_id"`
	HeldOn       when.Date
	Form         proceedings.Form
	Text         string
}

// CommendedIn returns whom the closed meetings of a cell have praised, reminded or
// criticised between two days, the last first.
func CommendedIn(ctx context.Context, q db.Q, root, organization string, first, last when.Date) ([]Commended, error) {
	return db.All[Commended](ctx, q, `
		SELECT root_id, meeting_id, act_id, member_id, organization_id, held_on, form, text FROM room_commendation
		WHERE root_id = $1 AND organization_id = $2 AND held_on >= $3 AND held_on <= $4
		ORDER BY held_on DESC, meeting_id, act_id`, root, organization, first, last)
}

// putCommended puts what a meeting has said in the place of what was there.
func putCommended(ctx context.Context, tx *db.Tx, root, meeting string, all []Commended) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM room_commendation WHERE root_id = $1 AND meeting_id = $2`, root, meeting); err != nil {
		return err
	}
	for _, c := range all {
		if err := db.Insert(ctx, tx, "room_commendation", c); err != nil {
			return err
		}
	}
	return nil
}
