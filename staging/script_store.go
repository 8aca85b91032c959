package staging

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

const (
	scriptColumns = `s.root_id, s.sitting_id, s.conference_id, s.master, s.member_root, s.member_id, s.version, s.approved, s.approved_at, s.approved_by`
	cardColumns   = `k.root_id, k.id, k.sitting_id, k.position, k.kind, k.title, k.minutes, k.speaker, k.words, k.item_id, k.wording`
)

// scriptOf returns the script of a sitting, if one was begun.
func scriptOf(ctx context.Context, q db.Q, root, sitting string) (Script, bool, error) {
	return db.Maybe[Script](ctx, q, `SELECT `+scriptColumns+` FROM staging_script s WHERE s.root_id = $1 AND s.sitting_id = $2`, root, sitting)
}

// mastered returns the script of a sitting of a conference whose master somebody is.
func mastered(ctx context.Context, q db.Q, who access.Person, conferenceID, sitting string) (Script, error) {
	return db.One[Script](ctx, q, `SELECT `+scriptColumns+` FROM staging_script s
		WHERE s.conference_id = $1 AND s.sitting_id = $2 AND s.member_root = $3 AND s.member_id = $4 AND s.member_id <> ''`, conferenceID, sitting, who.Root, who.Member)
}

// Led is a sitting that somebody leads as master of ceremonies.
type Led struct {
	Conference, Sitting, Title string
	StartsAt                   when.Instant
	ApprovedAt                 when.Instant
}

// leads returns the sittings of open conferences that somebody leads and that are not over.
func leads(ctx context.Context, q db.Q, who access.Person, now when.Instant) ([]Led, error) {
	return db.All[Led](ctx, q, `SELECT s.conference_id AS conference, s.sitting_id AS sitting, y.title, y.starts_at, s.approved_at FROM staging_script s
		JOIN conference_sitting y ON y.root_id = s.root_id AND y.id = s.sitting_id JOIN conference x ON x.root_id = s.root_id AND x.id = s.conference_id
		WHERE s.member_root = $1 AND s.member_id = $2 AND s.member_id <> '' AND x.closed_at = 0 AND y.ends_at >= $3 ORDER BY y.starts_at, s.sitting_id`, who.Root, who.Member, now)
}

// putScript writes a script whether or not it was begun.
func putScript(ctx context.Context, tx *db.Tx, s Script) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO staging_script (root_id, sitting_id, conference_id, master, member_root, member_id, version, approved, approved_at, approved_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (root_id, sitting_id) DO UPDATE SET
		master = $4, member_root = $5, member_id = $6, version = $7, approved = $8, approved_at = $9, approved_by = $10`,
		s.Root, s.Sitting, s.Conference, s.Master, s.MemberRoot, s.Member, s.Version, s.Approved, s.ApprovedAt, s.ApprovedBy)
	return err
}

// cardsOf returns the cards of a sitting as they are being written, in their order.
func cardsOf(ctx context.Context, q db.Q, root, sitting string) (Deck, error) {
	return db.All[Card](ctx, q, `SELECT `+cardColumns+` FROM staging_card k WHERE k.root_id = $1 AND k.sitting_id = $2 ORDER BY k.position, k.id`, root, sitting)
}

// putCards replaces the cards of a sitting.
func putCards(ctx context.Context, tx *db.Tx, root, sitting string, deck Deck) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM staging_card WHERE root_id = $1 AND sitting_id = $2`, root, sitting); err != nil || len(deck) == 0 {
		return err
	}
	return db.InsertAll(ctx, tx, "staging_card", []Card(deck))
}
