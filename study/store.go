package study

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

const (
	sessionColumns = `x.root_id, x.id, x.organization_id, x.held_on, x.kind, x.subject, x.document, x.organizer, x.place, x.entered_at, x.entered_by`
	courseColumns  = `x.root_id, x.id, x.organization_id, x.member_id, x.kind, x.name, x.organizer, x.from_on, x.until_on, x.certificate, x.entered_at, x.entered_by`
	joined         = ` x JOIN organization o ON o.root_id = x.root_id AND o.id = x.organization_id `
)

func sessionFor(ctx context.Context, q db.Q, sc access.Scope, id string) (Session, error) {
	args := []any{id}
	return db.One[Session](ctx, q, `SELECT `+sessionColumns+` FROM study_session`+joined+`WHERE x.id = $1 AND `+sc.Where("o", &args), args...)
}

// sessions returns those of a cell between two days, the last first.
func sessions(ctx context.Context, q db.Q, root, organization string, first, last when.Date) ([]Session, error) {
	return db.All[Session](ctx, q, `SELECT `+sessionColumns+` FROM study_session x
		WHERE x.root_id = $1 AND x.organization_id = $2 AND x.held_on BETWEEN $3 AND $4 ORDER BY x.held_on DESC, x.id`, root, organization, first, last)
}

func dropSession(ctx context.Context, tx *db.Tx, s Session) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM study_attendance WHERE root_id = $1 AND session_id = $2`, s.Root, s.ID); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM study_session WHERE root_id = $1 AND id = $2`, s.Root, s.ID)
	return err
}

func attendances(ctx context.Context, q db.Q, root, session string) ([]Attendance, error) {
	return db.All[Attendance](ctx, q, `SELECT root_id, session_id, member_id, state, made_up_on FROM study_attendance
		WHERE root_id = $1 AND session_id = $2`, root, session)
}

// attendancesIn returns those of a cell's sessions between two days.
func attendancesIn(ctx context.Context, q db.Q, root, organization string, first, last when.Date) ([]Attendance, error) {
	return db.All[Attendance](ctx, q, `SELECT a.root_id, a.session_id, a.member_id, a.state, a.made_up_on
		FROM study_attendance a JOIN study_session x ON x.root_id = a.root_id AND x.id = a.session_id
		WHERE a.root_id = $1 AND x.organization_id = $2 AND x.held_on BETWEEN $3 AND $4`, root, organization, first, last)
}

// putAttendance writes how somebody stood; when they made it up stays only where they
// did not come.
func putAttendance(ctx context.Context, tx *db.Tx, a Attendance) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO study_attendance (root_id, session_id, member_id, state, made_up_on) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (root_id, session_id, member_id) DO UPDATE SET state = excluded.state, made_up_on = excluded.made_up_on`,
		a.Root, a.Session, a.Member, a.State, a.MadeUpOn)
	return err
}

// courses returns the courses of people of the scope, the last first.
func courses(ctx context.Context, q db.Q, sc access.Scope, most int) ([]Course, error) {
	var args []any
	where := sc.Where("o", &args)
	args = append(args, most)
	return db.All[Course](ctx, q, `SELECT `+courseColumns+` FROM study_course`+joined+`WHERE `+where+
		fmt.Sprintf(` ORDER BY x.until_on DESC, x.id LIMIT $%d`, len(args)), args...)
}

func coursesOf(ctx context.Context, q db.Q, root, member string) ([]Course, error) {
	return db.All[Course](ctx, q, `SELECT `+courseColumns+` FROM study_course x WHERE x.root_id = $1 AND x.member_id = $2
		ORDER BY x.until_on DESC, x.id`, root, member)
}

func courseFor(ctx context.Context, q db.Q, sc access.Scope, id string) (Course, error) {
	args := []any{id}
	return db.One[Course](ctx, q, `SELECT `+courseColumns+` FROM study_course`+joined+`WHERE x.id = $1 AND `+sc.Where("o", &args), args...)
}

func dropCourse(ctx context.Context, tx *db.Tx, k Course) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM study_course WHERE root_id = $1 AND id = $2`, k.Root, k.ID)
	return err
}

// leader is somebody who leads a cell on a day, with the end of their newest course.
type leader struct {
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
	Post         string
	Last         when.Date
}

// leaders returns who leads the cells of a scope on day.
func leaders(ctx context.Context, q db.Q, sc access.Scope, day when.Date) ([]leader, error) {
	args := []any{day, ForOffice}
	return db.All[leader](ctx, q, `SELECT f.organization_id, f.member_id, f.post,
			COALESCE((SELECT max(x.until_on) FROM study_course x WHERE x.root_id = f.root_id AND x.member_id = f.member_id AND x.kind = $2), '') AS last
		FROM organization_office f JOIN organization o ON o.root_id = f.root_id AND o.id = f.organization_id
		WHERE o.level = 'cell' AND o.closed_on = '' AND f.post IN ('secretary', 'deputy', 'committee_member')
			AND f.from_on <= $1 AND (f.until_on = '' OR f.until_on >= $1) AND `+sc.Where("o", &args)+`
		ORDER BY o.path, CASE f.post WHEN 'secretary' THEN 0 WHEN 'deputy' THEN 1 ELSE 2 END, f.member_id`, args...)
}

// setting is the number of years that a unit has set.
type setting struct {
	Organization string `db:"organization_id"`
	Years        int
}

// settings returns what all units have set; there are few.
func settings(ctx context.Context, q db.Q) ([]setting, error) {
	return db.All[setting](ctx, q, `SELECT organization_id, years FROM study_setting`)
}

func putSetting(ctx context.Context, tx *db.Tx, root, organization string, years int) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO study_setting (root_id, organization_id, years) VALUES ($1, $2, $3)
		ON CONFLICT (root_id, organization_id) DO UPDATE SET years = excluded.years`, root, organization, years)
	return err
}
