//go:build !js

package room

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/proceedings"
)

// voice is how often a member who came has spoken at a closed meeting.
type voice struct {
	Root         string     `db:"root_id"`
	Meeting      string     `db:"meeting_id"`
	Member       string     `db:"member_id"`
	Organization string     `db:"organization_id"`
	Quarter      when.Month // its first month
	Times        int
}

// putVoices puts the voices of a meeting in the place of those that were there.
func putVoices(ctx context.Context, tx *db.Tx, root, meeting string, voices []voice) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM room_voice WHERE root_id = $1 AND meeting_id = $2`, root, meeting); err != nil {
		return err
	}
	for _, v := range voices {
		if err := db.Insert(ctx, tx, "room_voice", v); err != nil {
			return err
		}
	}
	return nil
}

// earlierIn returns what the other meetings of a cell in a quarter have shown.
func earlierIn(ctx context.Context, q db.Q, root, organization, meeting string, quarter when.Month) (e proceedings.Earlier, err error) {
	e.Meetings, err = db.One[int](ctx, q, `
		SELECT COUNT(DISTINCT meeting_id) FROM room_voice
		WHERE root_id = $1 AND organization_id = $2 AND quarter = $3 AND meeting_id <> $4`, root, organization, quarter, meeting)
	if err != nil {
		return e, err
	}
	e.Spoke, err = db.All[string](ctx, q, `
		SELECT DISTINCT member_id FROM room_voice
		WHERE root_id = $1 AND organization_id = $2 AND quarter = $3 AND meeting_id <> $4 AND times > 0
		ORDER BY member_id`, root, organization, quarter, meeting)
	return e, err
}

// CameTo returns for each closed meeting of a cell in a year the members who came, by
// meeting.
func CameTo(ctx context.Context, q db.Q, root, organization string, year int) (map[string][]string, error) {
	type row struct{ MeetingID, MemberID string }
	rows, err := db.All[row](ctx, q, `
		SELECT meeting_id, member_id FROM room_voice WHERE root_id = $1 AND organization_id = $2 AND quarter >= $3 AND quarter <= $4`,
		root, organization, when.Month{Year: year, Month: 1}, when.Month{Year: year, Month: 12})
	came := map[string][]string{}
	for _, r := range rows {
		came[r.MeetingID] = append(came[r.MeetingID], r.MemberID)
	}
	return came, err
}
