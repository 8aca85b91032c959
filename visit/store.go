package visit

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
)

// Entry is a visit with what every list says of its meeting.
type Entry struct {
	Visit
	Title        string
	StartsAt     when.Instant
	Place        string
	MeetingState meeting.State
	Cell         string // its name
	CellPath     string // its place in the tree
}

// Day returns the day of the meeting.
func (e Entry) Day() when.Date { return e.StartsAt.Date() }

const entries = `SELECT v.root_id, v.id, v.organization_id, v.meeting_id, v.member_id, v.state, v.note, v.assigned_at, v.assigned_by,
	v.reason, v.ended_at, v.ended_by, v.answer, v.answered_at, v.answered_by,
	m.title, m.starts_at, m.place, m.state AS meeting_state, o.name AS cell, o.path AS cell_path
	FROM visit v
	JOIN meeting m ON m.root_id = v.root_id AND m.id = v.meeting_id
	JOIN organization o ON o.root_id = v.root_id AND o.id = v.organization_id `

// inScope returns a visit to a cell of the scope.
func inScope(ctx context.Context, q db.Q, sc access.Scope, id string) (Entry, error) {
	args := []any{id}
	return db.One[Entry](ctx, q, entries+`WHERE v.id = $1 AND `+sc.Where("o", &args), args...)
}

// between returns the visits to cells of a scope at meetings from first on, before last.
func between(ctx context.Context, q db.Q, sc access.Scope, first, last when.Instant) ([]Entry, error) {
	args := []any{first, last}
	return db.All[Entry](ctx, q, entries+`WHERE m.starts_at >= $1 AND m.starts_at < $2 AND `+sc.Where("o", &args)+` ORDER BY m.starts_at, v.assigned_at, v.id`, args...)
}

// ofMember returns the visits of somebody that stand, at meetings from a moment on.
func ofMember(ctx context.Context, q db.Q, member string, since when.Instant) ([]Entry, error) {
	return db.All[Entry](ctx, q, entries+`WHERE v.member_id = $1 AND v.state IN ('assigned', 'finished') AND m.starts_at >= $2 ORDER BY m.starts_at, v.id`, member, since)
}

// ofCell returns the visits to a cell that stand, the last first.
func ofCell(ctx context.Context, q db.Q, root, organization string, most int) ([]Entry, error) {
	return db.All[Entry](ctx, q, entries+`WHERE v.root_id = $1 AND v.organization_id = $2 AND v.state IN ('assigned', 'finished')
		ORDER BY m.starts_at DESC, v.id LIMIT $3`, root, organization, most)
}

// ofMeeting returns the visits to a meeting that stand.
func ofMeeting(ctx context.Context, q db.Q, root, meeting string) ([]Entry, error) {
	return db.All[Entry](ctx, q, entries+`WHERE v.root_id = $1 AND v.meeting_id = $2 AND v.state IN ('assigned', 'finished') ORDER BY v.assigned_at, v.id`, root, meeting)
}

// unanswered returns the finished sheets of a scope to which the cell has not answered.
func unanswered(ctx context.Context, q db.Q, sc access.Scope, since when.Instant) ([]Entry, error) {
	args := []any{since}
	return db.All[Entry](ctx, q, entries+`WHERE v.state = 'finished' AND v.answered_at = 0 AND v.ended_at >= $1 AND `+sc.Where("o", &args)+` ORDER BY v.ended_at, v.id`, args...)
}

func insert(ctx context.Context, tx *db.Tx, v Visit) error {
	err := db.Insert(ctx, tx, "visit", v)
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "visit.problem.twice")
	}
	return err
}

// update writes what may change of a visit, unless somebody else has ended or answered
// it in the meantime.
func update(ctx context.Context, tx *db.Tx, before, v Visit) error {
	n, err := db.Exec(ctx, tx, `UPDATE visit SET state = $3, reason = $4, ended_at = $5, ended_by = $6, answer = $7, answered_at = $8, answered_by = $9
		WHERE root_id = $1 AND id = $2 AND state = $10 AND answered_at = $11`,
		v.Root, v.ID, v.State, v.Reason, v.EndedAt, v.EndedBy, v.Answer, v.AnsweredAt, v.AnsweredBy, before.State, before.AnsweredAt)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "visit.problem.ended")
	}
	return err
}

// remarksOf returns the remarks of a visit that stand, in the order of their writing.
func remarksOf(ctx context.Context, q db.Q, root, visit string) ([]Remark, error) {
	return db.All[Remark](ctx, q, `SELECT root_id, visit_id, id, head, mark, text, remedy, due, at, struck_at FROM visit_remark
		WHERE root_id = $1 AND visit_id = $2 AND struck_at = 0 ORDER BY at, id`, root, visit)
}

// add writes a remark; one that is there already, or was struck, stays as it is.
func add(ctx context.Context, tx *db.Tx, r Remark) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO visit_remark (root_id, visit_id, id, head, mark, text, remedy, due, at, struck_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0) ON CONFLICT (root_id, visit_id, id) DO NOTHING`,
		r.Root, r.Visit, r.ID, r.Head, r.Mark, r.Text, r.Remedy, r.Due, r.At)
	return err
}

func strike(ctx context.Context, tx *db.Tx, root, visit, id string, at when.Instant) error {
	n, err := db.Exec(ctx, tx, `UPDATE visit_remark SET struck_at = $4 WHERE root_id = $1 AND visit_id = $2 AND id = $3 AND struck_at = 0`, root, visit, id, at)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// mostPast is how many remarks of earlier sheets are compared with.
const mostPast = 2000

// pastOf returns what somebody wrote in sheets that were finished before.
func pastOf(ctx context.Context, q db.Q, member, but string) ([]Past, error) {
	return db.All[Past](ctx, q, fmt.Sprintf(`SELECT r.text, o.name AS cell, m.starts_at FROM visit_remark r
		JOIN visit v ON v.root_id = r.root_id AND v.id = r.visit_id
		JOIN meeting m ON m.root_id = v.root_id AND m.id = v.meeting_id
		JOIN organization o ON o.root_id = v.root_id AND o.id = v.organization_id
		WHERE v.member_id = $1 AND v.state = 'finished' AND v.id <> $2 AND r.struck_at = 0
		ORDER BY m.starts_at DESC, r.id LIMIT %d`, mostPast), member, but)
}

// Figures are how a committee stands in a month, as counted by the database.
type Figures struct {
	Committees int // in reach, none for who only follows cells
	Meetings   int // that begin in the month
	Attended   int // of these, with a visitor
	Gaps       int // cells that nobody follows
}

// figures counts for a scope the meetings from first on, before last, and the gaps of day.
func figures(ctx context.Context, q db.Q, sc access.Scope, first, last when.Instant, day when.Date) (Figures, error) {
	args := []any{first, last, day}
	where := sc.Where("o", &args)
	return db.One[Figures](ctx, q, `SELECT
		(SELECT count(*) FROM organization o WHERE o.closed_on = '' AND o.level IN ('province', 'ward', 'base_committee') AND `+where+`) AS committees,
		(SELECT count(*) FROM meeting m JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
			WHERE m.starts_at >= $1 AND m.starts_at < $2 AND `+meeting.OfCell+` AND `+where+`) AS meetings,
		(SELECT count(DISTINCT v.meeting_id) FROM visit v JOIN meeting m ON m.root_id = v.root_id AND m.id = v.meeting_id
			JOIN organization o ON o.root_id = v.root_id AND o.id = v.organization_id
			WHERE v.state IN ('assigned', 'finished') AND m.starts_at >= $1 AND m.starts_at < $2 AND `+where+`) AS attended,
		(SELECT count(*) FROM organization o WHERE o.closed_on = '' AND o.level = 'cell' AND `+where+` AND NOT EXISTS (
			SELECT 1 FROM organization_office f WHERE f.root_id = o.root_id AND f.organization_id = o.id AND f.post = 'supervisor'
			AND f.from_on <= $3 AND (f.until_on = '' OR f.until_on >= $3))) AS gaps`, args...)
}

// following is an office of somebody who follows a cell.
type following struct {
	ID           string
	Organization string    `db:"organization_id"`
	Member       string    `db:"member_id"`
	From         when.Date `db:"from_on"`
}

// followings returns who follows the cells of a scope on day.
func followings(ctx context.Context, q db.Q, sc access.Scope, day when.Date) ([]following, error) {
	args := []any{day}
	return db.All[following](ctx, q, `SELECT f.id, f.organization_id, f.member_id, f.from_on FROM organization_office f
		JOIN organization o ON o.root_id = f.root_id AND o.id = f.organization_id
		WHERE f.post = 'supervisor' AND f.from_on <= $1 AND (f.until_on = '' OR f.until_on >= $1) AND `+sc.Where("o", &args)+`
		ORDER BY o.path, f.from_on, f.id`, args...)
}

func insertLife(ctx context.Context, tx *db.Tx, l Life) error {
	return db.Insert(ctx, tx, "visit_life", l)
}

// livesIn returns the moves of Party life to cells of a scope, the last first.
func livesIn(ctx context.Context, q db.Q, sc access.Scope) ([]Life, error) {
	var args []any
	return db.All[Life](ctx, q, `SELECT l.root_id, l.id, l.organization_id, l.member_id, l.from_on, l.for_good, l.decision, l.decided_on, l.entered_at, l.entered_by
		FROM visit_life l JOIN organization o ON o.root_id = l.root_id AND o.id = l.organization_id
		WHERE `+sc.Where("o", &args)+` ORDER BY l.from_on DESC, l.id`, args...)
}
