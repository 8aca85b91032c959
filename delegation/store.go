package delegation

import (
	"context"
	"slices"

	"chibo/conference"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

const columns = `d.root_id, d.id, d.conference_id, d.category_id, d.unit_root, d.unit_id, d.unit, d.member_root, d.member_id, d.name, d.post, d.phone, d.email,
	d.number, d.code, d.issued_at, d.printed_at, d.mailed_at, d.answer, d.answered_at, d.reason, d.proposed, d.replaces, d.gone_at, d.walked_in, d.named_at, d.named_by`

// Delegates returns all delegates of a conference, those who were replaced too.
func Delegates(ctx context.Context, q db.Q, x conference.Conference) ([]Delegate, error) {
	return db.All[Delegate](ctx, q, `SELECT `+columns+` FROM delegate d WHERE d.root_id = $1 AND d.conference_id = $2 ORDER BY d.named_at, d.id`, x.Root, x.ID)
}

// ByCode returns the delegate who holds the secret code of an invitation; not found when
// nobody does.
func ByCode(ctx context.Context, q db.Q, code string) (Delegate, error) {
	return db.One[Delegate](ctx, q, `SELECT `+columns+` FROM delegate d WHERE d.code = $1 AND d.code <> ''`, code)
}

// byKey returns a delegate by key.
func byKey(ctx context.Context, q db.Q, root, id string) (Delegate, error) {
	return db.One[Delegate](ctx, q, `SELECT `+columns+` FROM delegate d WHERE d.root_id = $1 AND d.id = $2`, root, id)
}

// unmailed returns those who have a number and an address, and no mail yet.
func unmailed(ctx context.Context, q db.Q, x conference.Conference) ([]Delegate, error) {
	return db.All[Delegate](ctx, q, `SELECT `+columns+` FROM delegate d
		WHERE d.root_id = $1 AND d.conference_id = $2 AND d.number > 0 AND d.gone_at = 0 AND d.email <> '' AND d.mailed_at = 0 ORDER BY d.number`, x.Root, x.ID)
}

// find returns a delegate of a conference; the caller checks who asks.
func find(ctx context.Context, q db.Q, conferenceID, id string) (Delegate, error) {
	return db.One[Delegate](ctx, q, `SELECT `+columns+` FROM delegate d WHERE d.id = $1 AND d.conference_id = $2`, id, conferenceID)
}

// above returns a conference that a committee above a unit, or the unit itself, stages.
func above(ctx context.Context, q db.Q, o organization.Organization, id string) (conference.Conference, error) {
	at, err := db.One[struct {
		Root         string `db:"root_id"`
		Organization string `db:"organization_id"`
	}](ctx, q, `SELECT x.root_id, x.organization_id FROM conference x WHERE x.id = $1`, id)
	if err == nil && !slices.Contains(o.Above(), at.Organization) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	if err != nil {
		return conference.Conference{}, err
	}
	return conference.Of(ctx, q, at.Root, id)
}

// asking returns the conferences of some committees that are not closed and await names
// until today or later, the next one first.
func asking(ctx context.Context, q db.Q, committees []string, today when.Date) ([]conference.Conference, error) {
	if len(committees) == 0 {
		return nil, nil
	}
	args := []any{today}
	type key struct {
		Root string `db:"root_id"`
		ID   string
	}
	keys, err := db.All[key](ctx, q, `SELECT x.root_id, x.id FROM conference x
		WHERE x.closed_at = 0 AND x.names_by >= $1 AND x.organization_id IN `+db.In(&args, committees...)+` ORDER BY x.names_by, x.id`, args...)
	var out []conference.Conference
	for _, k := range keys {
		x, err := conference.Of(ctx, q, k.Root, k.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, err
}

// stands reports whether a member is a delegate of a conference already.
func stands(ctx context.Context, q db.Q, x conference.Conference, member string) (bool, error) {
	n, err := db.One[int](ctx, q, `SELECT COUNT(*) FROM delegate d WHERE d.root_id = $1 AND d.conference_id = $2 AND d.member_id = $3 AND d.gone_at = 0`, x.Root, x.ID, member)
	return n > 0, err
}

// named counts the delegates who stand for a unit in a line.
func named(ctx context.Context, q db.Q, x conference.Conference, s Share) (int, error) {
	return db.One[int](ctx, q, `SELECT COUNT(*) FROM delegate d WHERE d.root_id = $1 AND d.category_id = $2 AND d.unit_id = $3 AND d.gone_at = 0`, x.Root, s.Line.ID, s.Unit.ID)
}

// invitedTo returns the delegates that a member is, of conferences that are not closed.
func invitedTo(ctx context.Context, q db.Q, root, member string) ([]Delegate, error) {
	return db.All[Delegate](ctx, q, `SELECT `+columns+` FROM delegate d JOIN conference x ON x.root_id = d.root_id AND x.id = d.conference_id
		WHERE d.member_root = $1 AND d.member_id = $2 AND d.gone_at = 0 AND d.number > 0 AND x.closed_at = 0 ORDER BY d.issued_at, d.id`, root, member)
}

// noteOf returns the note on the invitations to a conference; the zero Note where there is
// none.
func noteOf(ctx context.Context, q db.Q, x conference.Conference) (Note, error) {
	n, _, err := db.Maybe[Note](ctx, q, `SELECT root_id, conference_id, answer_by, words FROM delegate_note WHERE root_id = $1 AND conference_id = $2`, x.Root, x.ID)
	return n, err
}

// putNote puts a note in the place of the one there was; an empty one is none.
func putNote(ctx context.Context, tx *db.Tx, n Note) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM delegate_note WHERE root_id = $1 AND conference_id = $2`, n.Root, n.Conference); err != nil || n.AnswerBy.IsZero() && n.Words == "" {
		return err
	}
	return db.Insert(ctx, tx, "delegate_note", n)
}

func leave(ctx context.Context, tx *db.Tx, d Delegate, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE delegate SET gone_at = $3 WHERE root_id = $1 AND id = $2`, d.Root, d.ID, at)
	return err
}

func amend(ctx context.Context, tx *db.Tx, d Delegate) error {
	_, err := db.Exec(ctx, tx, `UPDATE delegate SET name = $3, unit = $4, post = $5, phone = $6, email = $7 WHERE root_id = $1 AND id = $2`,
		d.Root, d.ID, d.Name, d.Unit, d.Post, d.Phone, d.Email)
	return err
}

func reply(ctx context.Context, tx *db.Tx, d Delegate, r Reply, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE delegate SET answer = $3, reason = $4, proposed = $5, answered_at = $6 WHERE root_id = $1 AND id = $2`,
		d.Root, d.ID, r.Answer, r.Reason, r.Proposed, at)
	return err
}

// highest returns the highest number that an invitation to a conference ever had.
func highest(ctx context.Context, q db.Q, x conference.Conference) (int, error) {
	return db.One[int](ctx, q, `SELECT COALESCE(MAX(d.number), 0) FROM delegate d WHERE d.root_id = $1 AND d.conference_id = $2`, x.Root, x.ID)
}

func number(ctx context.Context, tx *db.Tx, d Delegate) error {
	_, err := db.Exec(ctx, tx, `UPDATE delegate SET number = $3, issued_at = $4 WHERE root_id = $1 AND id = $2 AND number = 0`, d.Root, d.ID, d.Number, d.IssuedAt)
	return err
}

// markPrinted says of those with a number and, where they are given, of one line and one
// unit that their invitations were written for printing.
func markPrinted(ctx context.Context, tx *db.Tx, x conference.Conference, p Pick, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE delegate SET printed_at = $3 WHERE root_id = $1 AND conference_id = $2 AND number > 0 AND gone_at = 0
		AND ($4 = '' OR category_id = $4) AND ($5 = '' OR unit = $5)`, x.Root, x.ID, at, p.Line, p.Unit)
}

func markMailed(ctx context.Context, tx *db.Tx, d Delegate, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE delegate SET mailed_at = $3 WHERE root_id = $1 AND id = $2`, d.Root, d.ID, at)
	return err
}
