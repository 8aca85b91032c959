package staging

import (
	"context"
	"fmt"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
)

const (
	columns = `d.root_id, d.id, d.conference_id, d.sitting_id, d.due_at, d.planned_for, d.what, d.charge, d.member_root, d.member_id, d.place, d.gear,
		d.rehearsal_id, d.card_id, d.done_at, d.done_by`
	joined = ` FROM staging_duty d JOIN conference x ON x.root_id = d.root_id AND x.id = d.conference_id
		JOIN organization o ON o.root_id = x.root_id AND o.id = x.organization_id
		JOIN conference_sitting y ON y.root_id = d.root_id AND y.id = d.sitting_id
		LEFT JOIN organization h ON h.root_id = y.host_root AND h.id = y.host_id `
)

// visible is the one condition of who finds a duty d: those who keep the conference, those
// who lead the cell that performs in its sitting, and whoever is in charge of it.
func visible(who access.Person, args *[]any) string {
	keeps, hosts := who.Scope(conference.Keep).Where("o", args), who.Scope(conference.Host).Where("h", args)
	return `(` + keeps + ` OR (h.id IS NOT NULL AND ` + hosts + `) OR ` + own(who, args) + `)`
}

// own is the condition of the duties with which somebody is charged.
func own(who access.Person, args *[]any) string {
	*args = append(*args, who.Root, who.Member)
	n := len(*args)
	return fmt.Sprintf(`(d.member_root = $%d AND d.member_id = $%d AND d.member_id <> '')`, n-1, n)
}

// find returns a duty of a conference that somebody finds.
func find(ctx context.Context, q db.Q, who access.Person, conferenceID, id string) (Duty, error) {
	args := []any{conferenceID, id}
	where := visible(who, &args)
	return db.One[Duty](ctx, q, `SELECT `+columns+joined+`WHERE d.conference_id = $1 AND d.id = $2 AND `+where, args...)
}

// found returns the duties of a conference that somebody finds, in the order of time.
func found(ctx context.Context, q db.Q, who access.Person, conferenceID string) ([]Duty, error) {
	args := []any{conferenceID}
	where := visible(who, &args)
	return db.All[Duty](ctx, q, `SELECT `+columns+joined+`WHERE d.conference_id = $1 AND `+where+` ORDER BY d.due_at, d.id`, args...)
}

// mine returns the duties of open conferences with which somebody is charged and that are
// not done, in the order of time.
func mine(ctx context.Context, q db.Q, who access.Person) ([]Duty, error) {
	var args []any
	where := own(who, &args)
	return db.All[Duty](ctx, q, `SELECT `+columns+` FROM staging_duty d JOIN conference x ON x.root_id = d.root_id AND x.id = d.conference_id
		WHERE d.done_at = 0 AND x.closed_at = 0 AND `+where+` ORDER BY d.due_at, d.id`, args...)
}

// remarked returns the duties that came of a rehearsal, in the order of time.
func remarked(ctx context.Context, q db.Q, r Rehearsal) ([]Duty, error) {
	return db.All[Duty](ctx, q, `SELECT `+columns+` FROM staging_duty d WHERE d.root_id = $1 AND d.conference_id = $2 AND d.rehearsal_id = $3
		ORDER BY d.due_at, d.id`, r.Root, r.Conference, r.ID)
}

func update(ctx context.Context, tx *db.Tx, d Duty) error {
	_, err := db.Exec(ctx, tx, `UPDATE staging_duty SET sitting_id = $3, due_at = $4, planned_for = $5, what = $6, charge = $7, member_root = $8, member_id = $9,
		place = $10, gear = $11, done_at = $12, done_by = $13 WHERE root_id = $1 AND id = $2`,
		d.Root, d.ID, d.Sitting, d.DueAt, d.PlannedFor, d.What, d.Charge, d.MemberRoot, d.Member, d.Place, d.Gear, d.DoneAt, d.DoneBy)
	return err
}

// clearSitting takes away all that was prepared for a sitting.
func clearSitting(ctx context.Context, tx *db.Tx, y conference.Sitting) error {
	for _, table := range []string{"staging_rehearsal", "staging_duty", "staging_card", "staging_script"} {
		if _, err := db.Exec(ctx, tx, `DELETE FROM `+table+` WHERE root_id = $1 AND sitting_id = $2`, y.Root, y.ID); err != nil {
			return err
		}
	}
	return nil
}

func remove(ctx context.Context, tx *db.Tx, d Duty) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM staging_duty WHERE root_id = $1 AND id = $2`, d.Root, d.ID)
	return err
}
