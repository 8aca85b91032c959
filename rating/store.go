package rating

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

const roundColumns = `r.root_id, r.id, r.organization_id, r.span, r.first_month, r.state, r.self_by, r.review_on, r.reading, r.share, r.source,
	r.in_cell, r.by_hand, r.two_thirds, r.scheme, r.base, r.present, r.place, r.chair, r.taker, r.course, r.opened_at, r.opened_by`

const columns = `g.root_id, g.round_id, g.subject, g.position, g.form, g.special, g.note, g.points, g.self_level, g.strengths, g.faults, g.causes,
	g.remedies, g.observance, g.remark, g.self_at, g.self_by, g.discussed, g.excellent, g.good, g.done, g.not_done, g.invalid, g.voted_in, g.proposal, g.reason,
	g.level, g.decision_number, g.decision_on, g.decision_body, g.decided_by`

// visible is the one place that says whose ratings exist for somebody: a condition on
// organization o, rating_round r and rating g. The committee of the cell sees all of a
// round; the level that decides, and its department for it, once the list is sent; a person their own line, and
// that of their cell once it is told.
func visible(who access.Person, args *[]any) string {
	lead := who.Scope(Lead).Where("o", args)
	decide := who.Scope(Oversee).Where("o", args)
	*args = append(*args, who.Root, who.Member)
	root, me := fmt.Sprintf("$%d", len(*args)-1), fmt.Sprintf("$%d", len(*args))
	return `(` + lead + ` OR ` + decide + ` AND r.state IN ('proposed', 'decided', 'told')
		OR r.root_id = ` + root + ` AND (g.subject = ` + me + ` OR g.subject = 'cell' AND r.state = 'told'
			AND EXISTS (SELECT 1 FROM rating w WHERE w.root_id = r.root_id AND w.round_id = r.id AND w.subject = ` + me + `)))`
}

const joined = `
	FROM rating g JOIN rating_round r ON r.root_id = g.root_id AND r.id = g.round_id
	JOIN organization o ON o.root_id = r.root_id AND o.id = r.organization_id `

// roundFor returns a round of which somebody may see at least one line.
func roundFor(ctx context.Context, q db.Q, who access.Person, id string) (Round, error) {
	args := []any{id}
	return db.One[Round](ctx, q, `SELECT DISTINCT `+roundColumns+joined+`WHERE r.id = $1 AND `+visible(who, &args), args...)
}

// linesFor returns the lines of a round that somebody may see, in their order.
func linesFor(ctx context.Context, q db.Q, who access.Person, round Round) ([]Rating, error) {
	args := []any{round.Root, round.ID}
	return db.All[Rating](ctx, q, `SELECT `+columns+joined+`WHERE r.root_id = $1 AND r.id = $2 AND `+visible(who, &args)+` ORDER BY g.position`, args...)
}

// lineFor returns a line that somebody may see.
func lineFor(ctx context.Context, q db.Q, who access.Person, round Round, subject string) (Rating, error) {
	args := []any{round.Root, round.ID, subject}
	return db.One[Rating](ctx, q, `SELECT `+columns+joined+`WHERE r.root_id = $1 AND r.id = $2 AND g.subject = $3 AND `+visible(who, &args), args...)
}

// roundsFor returns the rounds that somebody leads or decides on, the last first.
func roundsFor(ctx context.Context, q db.Q, who access.Person) ([]Round, error) {
	var args []any
	lead := who.Scope(Lead).Where("o", &args)
	decide := who.Scope(Oversee).Where("o", &args)
	return db.All[Round](ctx, q, `SELECT `+roundColumns+` FROM rating_round r
		JOIN organization o ON o.root_id = r.root_id AND o.id = r.organization_id
		WHERE `+lead+` OR `+decide+` AND r.state IN ('proposed', 'decided', 'told')
		ORDER BY r.opened_at DESC, r.id LIMIT 200`, args...)
}

// own is a round with one's own line in it.
type own struct {
	Round
	Case    Case `db:"special"`
	SelfAt  when.Instant
	Subject string
}

// ownRounds returns the rounds that hold a line of the member, the last first.
func ownRounds(ctx context.Context, q db.Q, root, member string) ([]own, error) {
	return db.All[own](ctx, q, `SELECT `+roundColumns+`, g.special, g.self_at, g.subject`+joined+`
		WHERE g.root_id = $1 AND g.subject = $2 ORDER BY r.opened_at DESC, r.id LIMIT 50`, root, member)
}

// lines returns all lines of a round, for the program's own work.
func lines(ctx context.Context, q db.Q, root, round string) ([]Rating, error) {
	return db.All[Rating](ctx, q, `SELECT `+columns+` FROM rating g WHERE g.root_id = $1 AND g.round_id = $2 ORDER BY g.position`, root, round)
}

func insertRound(ctx context.Context, tx *db.Tx, r Round, all []Rating) error {
	err := db.Insert(ctx, tx, "rating_round", r)
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "rating.refused.twice", "Period", r.Period().Name())
	}
	for _, line := range all {
		if err == nil {
			err = db.Insert(ctx, tx, "rating", line)
		}
	}
	return err
}

// advance writes the round's new state with the sitting and the base; a round that
// somebody else has moved meanwhile is a conflict.
func advance(ctx context.Context, tx *db.Tx, r Round, from State) error {
	n, err := db.Exec(ctx, tx, `
		UPDATE rating_round SET state = $3, base = $4, present = $5, place = $6, chair = $7, taker = $8, course = $9
		WHERE root_id = $1 AND id = $2 AND state = $10`,
		r.Root, r.ID, r.State, r.Base, r.Present, r.Place, r.Chair, r.Taker, r.Course, from)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "rating.refused.meanwhile")
	}
	return err
}

// lock lets the transaction read a round that no other moves until it ends.
func lock(ctx context.Context, tx *db.Tx, r Round) (Round, error) {
	if _, err := db.Exec(ctx, tx, `UPDATE rating_round SET state = state WHERE root_id = $1 AND id = $2`, r.Root, r.ID); err != nil {
		return r, err
	}
	return db.One[Round](ctx, tx, `SELECT `+roundColumns+` FROM rating_round r WHERE r.root_id = $1 AND r.id = $2`, r.Root, r.ID)
}

// update writes a line; who and where it is do not change.
func update(ctx context.Context, tx *db.Tx, g Rating) error {
	_, err := db.Exec(ctx, tx, `
		UPDATE rating SET form = $4, special = $5, note = $6, points = $7, self_level = $8, strengths = $9, faults = $10, causes = $11, remedies = $12,
			remark = $13, self_at = $14, self_by = $15, discussed = $16, excellent = $17, good = $18, done = $19, not_done = $20, invalid = $21,
			proposal = $22, reason = $23, level = $24, decision_number = $25, decision_on = $26, decision_body = $27, decided_by = $28, voted_in = $29, observance = $30
		WHERE root_id = $1 AND round_id = $2 AND subject = $3`,
		g.Root, g.Round, g.Subject, g.Form, g.Case, g.Note, g.Points, g.Claim, g.Strengths, g.Faults, g.Causes, g.Remedies,
		g.Remark, g.SelfAt, g.SelfBy, g.Discussed, g.Excellent, g.Good, g.Done, g.NotDone, g.Invalid,
		g.Proposal, g.Reason, g.Level, g.Number, g.On, g.Body, g.DecidedBy, g.VotedIn, g.Observance)
	return err
}

// PolicyOf returns what a cell has settled for its ratings, or the defaults.
func PolicyOf(ctx context.Context, q db.Q, root, organization string) (Policy, error) {
	p, found, err := db.Maybe[Policy](ctx, q, `
		SELECT root_id, organization_id, monthly, reading, share, source, in_cell, scheme
		FROM rating_policy WHERE root_id = $1 AND organization_id = $2`, root, organization)
	if err == nil && !found {
		p = DefaultPolicy(root, organization)
	}
	return p, err
}

func putPolicy(ctx context.Context, tx *db.Tx, p Policy) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO rating_policy (root_id, organization_id, monthly, reading, share, source, in_cell, scheme) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (root_id, organization_id) DO UPDATE SET monthly = $3, reading = $4, share = $5, source = $6, in_cell = $7, scheme = $8`,
		p.Root, p.Organization, p.Monthly, p.Reading, p.Share, p.Source, p.InCell, p.Scheme)
	return err
}

func insertComplaint(ctx context.Context, tx *db.Tx, c Complaint) error {
	return db.Insert(ctx, tx, "rating_complaint", c)
}

// answerComplaint writes an answer; false where the line has no such complaint.
func answerComplaint(ctx context.Context, tx *db.Tx, c Complaint) (bool, error) {
	n, err := db.Exec(ctx, tx, `
		UPDATE rating_complaint SET answer = $5, answered_at = $6, answered_by = $7
		WHERE root_id = $1 AND id = $2 AND round_id = $3 AND subject = $4`,
		c.Root, c.ID, c.Round, c.Subject, c.Answer, c.AnsweredAt, c.AnsweredBy)
	return n > 0, err
}

// complaints returns the complaints of a round, the first first.
func complaints(ctx context.Context, q db.Q, root, round string) ([]Complaint, error) {
	return db.All[Complaint](ctx, q, `
		SELECT root_id, id, round_id, subject, text, at, by_member, answer, answered_at, answered_by
		FROM rating_complaint WHERE root_id = $1 AND round_id = $2 ORDER BY at, id`, root, round)
}

func remove(ctx context.Context, tx *db.Tx, r Round) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM rating WHERE root_id = $1 AND round_id = $2`, r.Root, r.ID); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM rating_round WHERE root_id = $1 AND id = $2`, r.Root, r.ID)
	return err
}

// roundsIn returns the rounds of a cell whose period lies in a year and that have come as
// far as a proposal, in the order of their periods.
func roundsIn(ctx context.Context, q db.Q, root, organization string, year int) ([]Round, error) {
	first := when.Month{Year: year, Month: 1}
	return db.All[Round](ctx, q, `SELECT `+roundColumns+` FROM rating_round r
		WHERE r.root_id = $1 AND r.organization_id = $2 AND r.first_month >= $3 AND r.first_month <= $4 AND r.state IN ('proposed', 'decided', 'told')
		ORDER BY r.span DESC, r.first_month, r.id`, root, organization, first, first.Add(11))
}
