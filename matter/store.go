package matter

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

const columns = `m.root_id, m.id, m.organization_id, m.year, m.number, m.text, m.raiser, m.member_id, m.meeting_id, m.subject,
	m.sent_at, m.sent_by, m.answer_by, m.state, m.answer, m.answered_on, m.answered_at, m.answered_by, m.on_paper, m.reason,
	m.received_by, m.received, m.bundle`

// silentFirst puts what has waited longest first, then what was settled last.
const silentFirst = ` ORDER BY CASE WHEN m.state = 'waiting' THEN 0 ELSE 1 END, CASE WHEN m.state = 'waiting' THEN m.answer_by ELSE '' END, m.sent_at DESC, m.id`

// take reserves the next number in the book of a unit, a cell or a committee, in a year,
// and lets others who want one wait until the transaction ends.
func take(ctx context.Context, tx *db.Tx, root, unit string, year int) (int, error) {
	return db.One[int](ctx, tx, `
		INSERT INTO matter_register (root_id, organization_id, year, next) VALUES ($1, $2, $3, 2)
		ON CONFLICT (root_id, organization_id, year) DO UPDATE SET next = matter_register.next + 1
		RETURNING next - 1`, root, unit, year)
}

// update writes m, but for its bundle, over the row that was read in the state was; a row that somebody
// else has changed meanwhile is a conflict.
func update(ctx context.Context, tx *db.Tx, m Matter, was State) error {
	n, err := db.Exec(ctx, tx, `
		UPDATE matter SET text = $3, state = $4, answer = $5, answered_on = $6, answered_at = $7, answered_by = $8, on_paper = $9, reason = $10
		WHERE root_id = $1 AND id = $2 AND state = $11`,
		m.Root, m.ID, m.Text, m.State, m.Answer, m.AnsweredOn, m.AnsweredAt, m.AnsweredBy, m.OnPaper, m.Reason, was)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "matter.refused.meanwhile")
	}
	return err
}

// OfSubject returns the matter that an agenda names by its Key, and whether there is
// one.
func OfSubject(ctx context.Context, q db.Q, root, subject string) (Matter, bool, error) {
	return db.Maybe[Matter](ctx, q, `SELECT `+columns+` FROM matter m WHERE m.root_id = $1 AND (m.subject = $2 OR m.id = $2)`, root, subject)
}

// placed is a matter with the name and the path of its cell.
type placed struct {
	Matter
	Cell, Path string
}

func inScope(ctx context.Context, q db.Q, sc access.Scope, id string) (placed, error) {
	args := []any{id}
	return db.One[placed](ctx, q, `
		SELECT `+columns+`, o.name AS cell, o.path FROM matter m JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE m.id = $1 AND `+sc.Where("o", &args), args...)
}

// AnsweredSince returns the matters of a cell whose answer was entered after the moment
// since, in the order in which the answers came.
func AnsweredSince(ctx context.Context, q db.Q, root, organization string, since when.Instant) ([]Matter, error) {
	return db.All[Matter](ctx, q, `
		SELECT `+columns+` FROM matter m
		WHERE m.root_id = $1 AND m.organization_id = $2 AND m.state = 'answered' AND m.answered_at > $3 ORDER BY m.answered_at, m.id`,
		root, organization, since)
}

// list returns the matters of the scope in a state, those of all states where it is
// empty, at most the given number.
func list(ctx context.Context, q db.Q, sc access.Scope, s State, most int) ([]placed, error) {
	var args []any
	where := sc.Where("o", &args)
	if s != "" {
		args = append(args, s)
		where += fmt.Sprintf(" AND m.state = $%d", len(args))
	}
	args = append(args, most)
	return db.All[placed](ctx, q, `
		SELECT `+columns+`, o.name AS cell, o.path FROM matter m JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE `+where+silentFirst+fmt.Sprintf(" LIMIT $%d", len(args)), args...)
}

// Silence counts the matters of a scope that wait, and those of them that have
// waited for too long.
type Silence struct{ Waiting, Overdue int }

func countWaiting(ctx context.Context, q db.Q, sc access.Scope, day when.Date) (Silence, error) {
	args := []any{day}
	return db.One[Silence](ctx, q, `
		SELECT count(*) AS waiting, COALESCE(SUM(CASE WHEN m.answer_by < $1 THEN 1 ELSE 0 END), 0) AS overdue
		FROM matter m JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE m.state = 'waiting' AND `+sc.Where("o", &args), args...)
}

// Standing returns the matters of a cell that wait, and those answered after the
// moment since: what its next preparation page shows.
func Standing(ctx context.Context, q db.Q, root, organization string, since when.Instant) ([]Matter, error) {
	return db.All[Matter](ctx, q, `
		SELECT `+columns+` FROM matter m
		WHERE m.root_id = $1 AND m.organization_id = $2 AND (m.state = 'waiting' OR m.state = 'answered' AND m.answered_at > $3)
		ORDER BY CASE WHEN m.state = 'answered' THEN 0 ELSE 1 END, m.sent_at, m.id`, root, organization, since)
}

// Waits returns the matters of a cell that wait for an answer, the longest first.
func Waits(ctx context.Context, q db.Q, root, organization string) ([]Matter, error) {
	return db.All[Matter](ctx, q, `
		SELECT `+columns+` FROM matter m WHERE m.root_id = $1 AND m.organization_id = $2 AND m.state = 'waiting' ORDER BY m.answer_by, m.id`, root, organization)
}
