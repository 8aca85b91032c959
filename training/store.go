package training

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

const courseColumns = `c.root_id, c.id, c.organization_id, c.title, c.body, c.place, c.from_on, c.until_on, c.posts, c.years, c.cancelled_at, c.entered_at, c.entered_by`

// courseFor returns a course of a committee of the scope.
func courseFor(ctx context.Context, q db.Q, sc access.Scope, id string) (Course, error) {
	args := []any{id}
	return db.One[Course](ctx, q, `SELECT `+courseColumns+` FROM training_course c
		JOIN organization o ON o.root_id = c.root_id AND o.id = c.organization_id WHERE c.id = $1 AND `+sc.Where("o", &args), args...)
}

// counted is a course with how many were invited to it and how many of them came.
type counted struct {
	Course
	Invited, Attended int
}

// courses returns the courses of the committees of a scope, the last first.
func courses(ctx context.Context, q db.Q, sc access.Scope) ([]counted, error) {
	var args []any
	return db.All[counted](ctx, q, `SELECT `+courseColumns+`,
		(SELECT count(*) FROM training_seat s WHERE s.root_id = c.root_id AND s.course_id = c.id) AS invited,
		(SELECT count(*) FROM training_seat s WHERE s.root_id = c.root_id AND s.course_id = c.id AND s.state = 'attended') AS attended
		FROM training_course c JOIN organization o ON o.root_id = c.root_id AND o.id = c.organization_id
		WHERE `+sc.Where("o", &args)+` ORDER BY c.from_on DESC, c.id`, args...)
}

// cancel calls a course off; n is 0 where it was before.
func cancel(ctx context.Context, tx *db.Tx, c Course, at when.Instant) (n int64, err error) {
	return db.Exec(ctx, tx, `UPDATE training_course SET cancelled_at = $3 WHERE root_id = $1 AND id = $2 AND cancelled_at = 0`, c.Root, c.ID, at)
}

func seatsOf(ctx context.Context, q db.Q, c Course) ([]Seat, error) {
	return db.All[Seat](ctx, q, `SELECT s.root_id, s.course_id, s.member_id, s.organization_id, s.state, s.certificate, s.record_id, s.invited_at FROM training_seat s
		JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id
		WHERE s.root_id = $1 AND s.course_id = $2 ORDER BY o.path, s.member_id`, c.Root, c.ID)
}

// invite adds somebody; whoever is there already stays as they stand.
func invite(ctx context.Context, tx *db.Tx, s Seat) (n int64, err error) {
	return db.Exec(ctx, tx, `INSERT INTO training_seat (root_id, course_id, member_id, organization_id, state, certificate, invited_at)
		VALUES ($1, $2, $3, $4, $5, '', $6) ON CONFLICT (root_id, course_id, member_id) DO NOTHING`,
		s.Root, s.Course, s.Member, s.Organization, s.State, s.InvitedAt)
}

func mark(ctx context.Context, tx *db.Tx, s Seat) error {
	_, err := db.Exec(ctx, tx, `UPDATE training_seat SET state = $4, certificate = $5, record_id = $6 WHERE root_id = $1 AND course_id = $2 AND member_id = $3`,
		s.Root, s.Course, s.Member, s.State, s.Certificate, s.Record)
	return err
}

// holders returns who holds a post in the cells of a scope on day.
func holders(ctx context.Context, q db.Q, sc access.Scope, day when.Date) ([]Holder, error) {
	args := []any{day}
	return db.All[Holder](ctx, q, `SELECT f.organization_id, f.member_id, f.post FROM organization_office f
		JOIN organization o ON o.root_id = f.root_id AND o.id = f.organization_id
		WHERE o.level = 'cell' AND o.closed_on = '' AND f.post IN ('secretary', 'deputy', 'committee_member', 'minute_taker')
			AND f.from_on <= $1 AND (f.until_on = '' OR f.until_on >= $1) AND `+sc.Where("o", &args)+` ORDER BY o.path, f.member_id`, args...)
}

// own is a course with one's own seat in it.
type own struct {
	Course
	State       State
	Certificate string
}

// ownOf returns the courses to which somebody was invited, the last first.
func ownOf(ctx context.Context, q db.Q, member string) ([]own, error) {
	return db.All[own](ctx, q, `SELECT `+courseColumns+`, s.state, s.certificate FROM training_seat s
		JOIN training_course c ON c.root_id = s.root_id AND c.id = s.course_id WHERE s.member_id = $1 ORDER BY c.from_on DESC, c.id`, member)
}
