package pilot

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

const (
	seriesColumns = `s.root_id, s.id, s.organization_id, s.title, s.purpose, s.from_on, s.until_on, s.made_at, s.made_by,
		s.merits, s.faults, s.direction, s.assessed_at, s.assessed_by`
	columns = `x.root_id, x.id, x.series_id, x.host_root, x.host_id, x.kind, x.meeting_id, x.round, x.sent_at, x.conclusion, x.concluded_at, x.concluded_by`
	joined  = ` FROM pilot x JOIN pilot_series s ON s.root_id = x.root_id AND s.id = x.series_id
		JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id
		JOIN organization h ON h.root_id = x.host_root AND h.id = x.host_id `
)

// visible is the one condition of who finds a pilot meeting: those who keep or direct the
// series, those who lead the host, who appraises, and who is invited.
func visible(who access.Person, args *[]any) string {
	committee, host := who.Scope(Keep).Where("o", args), who.Scope(Host).Where("h", args)
	*args = append(*args, who.Root, who.Member)
	root, me := fmt.Sprintf("$%d", len(*args)-1), fmt.Sprintf("$%d", len(*args))
	return `(` + committee + ` OR ` + host + `
		OR EXISTS (SELECT 1 FROM pilot_appraiser a WHERE a.root_id = x.root_id AND a.series_id = x.series_id AND a.member_id = ` + me + ` AND ` + me + ` <> '')
		OR EXISTS (SELECT 1 FROM pilot_guest g WHERE g.root_id = x.root_id AND g.pilot_id = x.id AND g.member_root = ` + root + ` AND g.member_id = ` + me + ` AND ` + me + ` <> ''))`
}

func find(ctx context.Context, q db.Q, who access.Person, id string) (Pilot, error) {
	args := []any{id}
	where := visible(who, &args)
	return db.One[Pilot](ctx, q, `SELECT `+columns+joined+`WHERE x.id = $1 AND `+where, args...)
}

// all returns the pilot meetings that somebody finds, those of the newest series first;
// with open only those that are not concluded.
func all(ctx context.Context, q db.Q, who access.Person, open bool) ([]Pilot, error) {
	var args []any
	where := visible(who, &args)
	if open {
		where += ` AND x.concluded_at = 0`
	}
	return db.All[Pilot](ctx, q, `SELECT `+columns+joined+`WHERE `+where+` ORDER BY s.from_on DESC, s.id, h.path, x.kind`, args...)
}

func ofSeries(ctx context.Context, q db.Q, s Series) ([]Pilot, error) {
	return db.All[Pilot](ctx, q, `SELECT `+columns+joined+`WHERE x.root_id = $1 AND x.series_id = $2 ORDER BY h.path, x.kind`, s.Root, s.ID)
}

// ofMeeting returns the pilot that a meeting is, if it is one.
func ofMeeting(ctx context.Context, q db.Q, root, meeting string) (Pilot, bool, error) {
	return db.Maybe[Pilot](ctx, q, `SELECT `+columns+` FROM pilot x WHERE x.host_root = $1 AND x.meeting_id = $2`, root, meeting)
}

// inScope returns a series of the committees of a scope.
func inScope(ctx context.Context, q db.Q, sc access.Scope, id string) (Series, error) {
	args := []any{id}
	return db.One[Series](ctx, q, `SELECT `+seriesColumns+` FROM pilot_series s
		JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id WHERE s.id = $1 AND `+sc.Where("o", &args), args...)
}

func seriesOf(ctx context.Context, q db.Q, p Pilot) (Series, error) {
	return db.One[Series](ctx, q, `SELECT `+seriesColumns+` FROM pilot_series s WHERE s.root_id = $1 AND s.id = $2`, p.Root, p.Series)
}

func updateSeries(ctx context.Context, tx *db.Tx, s Series) error {
	_, err := db.Exec(ctx, tx, `UPDATE pilot_series SET title = $3, purpose = $4, from_on = $5, until_on = $6, merits = $7, faults = $8, direction = $9,
		assessed_at = $10, assessed_by = $11 WHERE root_id = $1 AND id = $2`,
		s.Root, s.ID, s.Title, s.Purpose, s.From, s.Until, s.Merits, s.Faults, s.Direction, s.AssessedAt, s.AssessedBy)
	return err
}

// update writes what may change of a pilot meeting, unless it was sent in again meanwhile.
func update(ctx context.Context, tx *db.Tx, before, p Pilot) error {
	n, err := db.Exec(ctx, tx, `UPDATE pilot SET meeting_id = $3, round = $4, sent_at = $5, conclusion = $6, concluded_at = $7, concluded_by = $8
		WHERE root_id = $1 AND id = $2 AND round = $9`,
		p.Root, p.ID, p.Meeting, p.Round, p.SentAt, p.Conclusion, p.ConcludedAt, p.ConcludedBy, before.Round)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "pilot.problem.meanwhile")
	}
	return err
}

// remove takes back the choice of a host whose pilot meeting has not begun.
func remove(ctx context.Context, tx *db.Tx, p Pilot) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM pilot_guest WHERE root_id = $1 AND pilot_id = $2`, p.Root, p.ID); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM pilot WHERE root_id = $1 AND id = $2`, p.Root, p.ID)
	return err
}

func appraisers(ctx context.Context, q db.Q, s Series) ([]string, error) {
	return db.All[string](ctx, q, `SELECT member_id FROM pilot_appraiser WHERE root_id = $1 AND series_id = $2 ORDER BY member_id`, s.Root, s.ID)
}

func addAppraiser(ctx context.Context, tx *db.Tx, s Series, member string) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO pilot_appraiser (root_id, series_id, member_id) VALUES ($1, $2, $3)
		ON CONFLICT (root_id, series_id, member_id) DO NOTHING`, s.Root, s.ID, member)
	return err
}

func words(ctx context.Context, q db.Q, p Pilot) ([]Word, error) {
	return db.All[Word](ctx, q, `SELECT root_id, id, pilot_id, item_id, wording, round, kind, text, said_at, said_by
		FROM pilot_word WHERE root_id = $1 AND pilot_id = $2 ORDER BY said_at, id`, p.Root, p.ID)
}

func guests(ctx context.Context, q db.Q, p Pilot) ([]Guest, error) {
	return db.All[Guest](ctx, q, `SELECT root_id, pilot_id, member_root, member_id, unit, invited_at, came
		FROM pilot_guest WHERE root_id = $1 AND pilot_id = $2 ORDER BY unit, member_id`, p.Root, p.ID)
}

func setCame(ctx context.Context, tx *db.Tx, g Guest) error {
	_, err := db.Exec(ctx, tx, `UPDATE pilot_guest SET came = $4 WHERE root_id = $1 AND pilot_id = $2 AND member_id = $3`, g.Root, g.Pilot, g.Member, g.Came)
	return err
}

func comments(ctx context.Context, q db.Q, p Pilot) ([]Comment, error) {
	return db.All[Comment](ctx, q, `SELECT root_id, id, pilot_id, item_id, item, kind, text, said_at, said_by, said_root
		FROM pilot_comment WHERE root_id = $1 AND pilot_id = $2 ORDER BY said_at, id`, p.Root, p.ID)
}

// Person is somebody who can be named or invited: who holds an office in a unit.
type Person struct {
	Root   string `db:"root_id"`
	Member string `db:"member_id"`
	Post   organization.Post
	Unit   string // its name
	Path   string
	Name   string
}

// holders returns who holds one of two offices in or under a unit on day, by unit.
func holders(ctx context.Context, q db.Q, sc access.Scope, day when.Date, first, second organization.Post) ([]Person, error) {
	args := []any{day, first, second}
	return db.All[Person](ctx, q, `SELECT DISTINCT f.root_id, f.member_id, f.post, o.name AS unit, o.path, m.full_name AS name
		FROM organization_office f JOIN organization o ON o.root_id = f.root_id AND o.id = f.organization_id
		JOIN member m ON m.root_id = f.root_id AND m.id = f.member_id
		WHERE o.closed_on = '' AND f.post IN ($2, $3) AND f.from_on <= $1 AND (f.until_on = '' OR f.until_on >= $1) AND `+sc.Where("o", &args)+`
		ORDER BY o.path, f.post, f.member_id`, args...)
}
