package conference

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

const (
	columns = `x.root_id, x.id, x.organization_id, x.title, x.names_by, x.made_at, x.made_by, x.closed_at`
	joined  = ` FROM conference x JOIN organization o ON o.root_id = x.root_id AND o.id = x.organization_id `
)

// Get returns a conference of the committees of a scope.
func Get(ctx context.Context, q db.Q, sc access.Scope, id string) (Conference, error) {
	args := []any{id}
	return db.One[Conference](ctx, q, `SELECT `+columns+joined+`WHERE x.id = $1 AND `+sc.Where("o", &args), args...)
}

// Of returns a conference by its key: for features whose own rows name it, after they have
// asked for the right to those.
func Of(ctx context.Context, q db.Q, root, id string) (Conference, error) {
	return db.One[Conference](ctx, q, `SELECT `+columns+` FROM conference x WHERE x.root_id = $1 AND x.id = $2`, root, id)
}

// visible is the one condition of who finds a conference x of a committee o: those who keep
// or direct it, those who lead a cell that performs, and once its plan was issued those who
// lead or keep a unit below the committee that is to name delegates. Where no cell stands further
// down, the cells directly under the committee are those that name.
func visible(who access.Person, args *[]any) string {
	return `(` + who.Scope(Keep).Where("o", args) + `
		OR EXISTS (SELECT 1 FROM conference_sitting y JOIN organization h ON h.root_id = y.host_root AND h.id = y.host_id
			WHERE y.root_id = x.root_id AND y.conference_id = x.id AND ` + who.Scope(Host).Where("h", args) + `)
		OR EXISTS (SELECT 1 FROM conference_category k JOIN organization u ON u.path > o.path AND u.path < rtrim(o.path, '/') || '0'
			AND (k.source = 'bases' AND u.parent_id = o.id OR k.source = 'cells' AND u.level = 'cell' AND (u.parent_id <> o.id OR NOT EXISTS
				(SELECT 1 FROM organization d WHERE d.level = 'cell' AND d.closed_on = '' AND d.parent_id <> o.id AND d.path > o.path AND d.path < rtrim(o.path, '/') || '0')))
			WHERE k.root_id = x.root_id AND k.conference_id = x.id AND EXISTS (SELECT 1 FROM conference_version v
				WHERE v.root_id = x.root_id AND v.conference_id = x.id AND v.issued_at > 0) AND (` + who.Scope(Host).Where("u", args) + ` OR ` + who.Scope(Keep).Where("u", args) + `)))`
}

// find returns a conference that somebody finds.
func find(ctx context.Context, q db.Q, who access.Person, id string) (Conference, error) {
	args := []any{id}
	where := visible(who, &args)
	return db.One[Conference](ctx, q, `SELECT `+columns+joined+`WHERE x.id = $1 AND `+where, args...)
}

// all returns the conferences that somebody finds, the newest first; open leaves out those
// that are closed.
func all(ctx context.Context, q db.Q, who access.Person, open bool) ([]Conference, error) {
	var args []any
	where := visible(who, &args)
	if open {
		where += ` AND x.closed_at = 0`
	}
	return db.All[Conference](ctx, q, `SELECT `+columns+joined+`WHERE `+where+` ORDER BY x.made_at DESC, x.id`, args...)
}

func update(ctx context.Context, tx *db.Tx, x Conference) error {
	_, err := db.Exec(ctx, tx, `UPDATE conference SET title = $3, names_by = $4, closed_at = $5 WHERE root_id = $1 AND id = $2`,
		x.Root, x.ID, x.Title, x.NamesBy, x.ClosedAt)
	return err
}

const sittingColumns = `y.root_id, y.id, y.conference_id, y.position, y.title, y.kind, y.host_root, y.host_id, y.starts_at, y.ends_at, y.venue, y.address, y.map, y.meeting_id`

// Sittings returns the sittings of a conference in their order.
func Sittings(ctx context.Context, q db.Q, x Conference) ([]Sitting, error) {
	return db.All[Sitting](ctx, q, `SELECT `+sittingColumns+` FROM conference_sitting y WHERE y.root_id = $1 AND y.conference_id = $2 ORDER BY y.position, y.id`, x.Root, x.ID)
}

// SittingOf returns one sitting of a conference.
func SittingOf(ctx context.Context, q db.Q, x Conference, id string) (Sitting, error) {
	return db.One[Sitting](ctx, q, `SELECT `+sittingColumns+` FROM conference_sitting y WHERE y.root_id = $1 AND y.conference_id = $2 AND y.id = $3`, x.Root, x.ID, id)
}

func updateSitting(ctx context.Context, tx *db.Tx, y Sitting) error {
	_, err := db.Exec(ctx, tx, `UPDATE conference_sitting SET title = $3, kind = $4, host_root = $5, host_id = $6, starts_at = $7, ends_at = $8,
		venue = $9, address = $10, map = $11, meeting_id = $12 WHERE root_id = $1 AND id = $2`,
		y.Root, y.ID, y.Title, y.Kind, y.HostRoot, y.Host, y.StartsAt, y.EndsAt, y.Venue, y.Address, y.Map, y.Meeting)
	return err
}

// removeSitting takes off a sitting with its programme.
func removeSitting(ctx context.Context, tx *db.Tx, y Sitting) error {
	if err := replaceProgramme(ctx, tx, y, nil); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM conference_sitting WHERE root_id = $1 AND id = $2`, y.Root, y.ID)
	return used(err)
}

// used says in words that something else rests on a row that was to be removed.
func used(err error) error {
	if db.IsForeign(err) {
		return fault.New(fault.Conflict, "conference.problem.used")
	}
	return err
}

const categoryColumns = `k.root_id, k.id, k.conference_id, k.position, k.title, k.source, k.quota, k.sitting_id`

// Categories returns the composition of a conference in its order.
func Categories(ctx context.Context, q db.Q, x Conference) ([]Category, error) {
	return db.All[Category](ctx, q, `SELECT `+categoryColumns+` FROM conference_category k WHERE k.root_id = $1 AND k.conference_id = $2 ORDER BY k.position, k.id`, x.Root, x.ID)
}

func categoryOf(ctx context.Context, q db.Q, x Conference, id string) (Category, error) {
	return db.One[Category](ctx, q, `SELECT `+categoryColumns+` FROM conference_category k WHERE k.root_id = $1 AND k.conference_id = $2 AND k.id = $3`, x.Root, x.ID, id)
}

func updateCategory(ctx context.Context, tx *db.Tx, y Category) error {
	_, err := db.Exec(ctx, tx, `UPDATE conference_category SET title = $3, source = $4, quota = $5, sitting_id = $6 WHERE root_id = $1 AND id = $2`,
		y.Root, y.ID, y.Title, y.Source, y.Quota, y.Sitting)
	return err
}

func removeCategory(ctx context.Context, tx *db.Tx, y Category) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM conference_category WHERE root_id = $1 AND id = $2`, y.Root, y.ID)
	return used(err)
}

// attending counts the lines of the composition that attend one sitting alone.
func attending(ctx context.Context, q db.Q, y Sitting) (int, error) {
	return db.One[int](ctx, q, `SELECT count(*) FROM conference_category WHERE root_id = $1 AND conference_id = $2 AND sitting_id = $3`, y.Root, y.Conference, y.ID)
}

// remove takes back a conference with its plan, sittings and composition.
func remove(ctx context.Context, tx *db.Tx, x Conference) error {
	for _, sql := range []string{
		`DELETE FROM conference_programme WHERE root_id = $1 AND sitting_id IN (SELECT y.id FROM conference_sitting y WHERE y.root_id = $1 AND y.conference_id = $2)`,
		`DELETE FROM conference_version WHERE root_id = $1 AND conference_id = $2`,
		`DELETE FROM conference_category WHERE root_id = $1 AND conference_id = $2`,
		`DELETE FROM conference_sitting WHERE root_id = $1 AND conference_id = $2`,
		`DELETE FROM conference WHERE root_id = $1 AND id = $2`,
	} {
		if _, err := db.Exec(ctx, tx, sql, x.Root, x.ID); err != nil {
			return used(err)
		}
	}
	return nil
}

// ofMeeting returns the sitting at which a meeting is performed, if it is.
func ofMeeting(ctx context.Context, q db.Q, root, meeting string) (Sitting, bool, error) {
	return db.Maybe[Sitting](ctx, q, `SELECT `+sittingColumns+` FROM conference_sitting y WHERE y.host_root = $1 AND y.meeting_id = $2`, root, meeting)
}

// gathered is a sitting with when the plan was issued in which it stands.
type gathered struct {
	Sitting

	IssuedAt when.Instant
}

// gatheringsOf returns the sittings since a moment of issued conferences at which a member's
// own cell performs or which a committee holds in which the member has an office.
func gatheringsOf(ctx context.Context, q db.Q, root, member string, since when.Instant) ([]gathered, error) {
	return db.All[gathered](ctx, q, `SELECT `+sittingColumns+`, v.issued_at FROM conference_sitting y
		JOIN conference x ON x.root_id = y.root_id AND x.id = y.conference_id
		JOIN (SELECT root_id, conference_id, MAX(issued_at) AS issued_at FROM conference_version WHERE issued_at > 0 GROUP BY root_id, conference_id) v
			ON v.root_id = x.root_id AND v.conference_id = x.id
		WHERE y.ends_at >= $3 AND (
			EXISTS (SELECT 1 FROM member m WHERE m.root_id = $1 AND m.id = $2 AND m.root_id = y.host_root AND m.organization_id = y.host_id)
			OR EXISTS (SELECT 1 FROM organization_office f WHERE f.member_id = $2 AND f.root_id = x.root_id AND f.organization_id = x.organization_id AND f.until_on = ''))
		ORDER BY y.starts_at, y.id`, root, member, since)
}
