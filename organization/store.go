package organization

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

const columns = `o.root_id, o.id, o.parent_id, o.path, o.level, o.kind, o.name, o.superior, o.town, o.code, o.closed_on`

// Get returns a unit of the scope.
func Get(ctx context.Context, q db.Q, sc access.Scope, id string) (Organization, error) {
	args := []any{id}
	return db.One[Organization](ctx, q, `SELECT `+columns+` FROM organization o WHERE o.id = $1 AND `+sc.Where("o", &args), args...)
}

// GetCell returns a cell of the scope; another unit is not found.
func GetCell(ctx context.Context, q db.Q, sc access.Scope, id string) (Organization, error) {
	return getAt(ctx, q, sc, id, Level.isCell)
}

// GetCommittee returns a unit of the scope that has cells below it; another is not found.
func GetCommittee(ctx context.Context, q db.Q, sc access.Scope, id string) (Organization, error) {
	return getAt(ctx, q, sc, id, Level.Committee)
}

func getAt(ctx context.Context, q db.Q, sc access.Scope, id string, fits func(Level) bool) (Organization, error) {
	o, err := Get(ctx, q, sc, id)
	if err == nil && !fits(o.Level) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return o, err
}

// Find returns a unit by its id, whoever asks: for features that have checked
// their own scope.
func Find(ctx context.Context, q db.Q, root, id string) (Organization, error) {
	return db.One[Organization](ctx, q, `SELECT `+columns+` FROM organization o WHERE o.root_id = $1 AND o.id = $2`, root, id)
}

// Under returns the units of the scope that exist still, parents before their
// children.
func Under(ctx context.Context, q db.Q, sc access.Scope) ([]Organization, error) {
	return underAt(ctx, q, sc, `o.level <> ''`)
}

// CellsUnder returns the cells of the scope that exist still, in the order of the tree.
func CellsUnder(ctx context.Context, q db.Q, sc access.Scope) ([]Organization, error) {
	return underAt(ctx, q, sc, `o.level = 'cell'`)
}

// CommitteesUnder returns the units of the scope that have cells below them, in the order
// of the tree.
func CommitteesUnder(ctx context.Context, q db.Q, sc access.Scope) ([]Organization, error) {
	all, err := underAt(ctx, q, sc, `o.level <> 'cell'`)
	return slices.DeleteFunc(all, func(o Organization) bool { return !o.Level.Committee() }), err
}

func underAt(ctx context.Context, q db.Q, sc access.Scope, level string) ([]Organization, error) {
	var args []any
	where := sc.Where("o", &args)
	return db.All[Organization](ctx, q, `SELECT `+columns+` FROM organization o WHERE o.closed_on = '' AND `+level+` AND `+where+` ORDER BY o.path`, args...)
}

// Near returns what of a scope a page about the committee o reads: that of the committee
// where the reader stands above those that lead cells, else the whole scope.
func Near(sc access.Scope, o Organization) access.Scope {
	switch {
	case !sc.Upper():
		return sc
	case o.Level.Upper():
		return access.Around(o.Path)
	}
	return access.Whole("", o.Path)
}

// Cells returns the cells among which somebody chooses, in the order of the tree, and the
// one that is asked for, the first by default; not found where there is none. They are
// those near; for one that is asked for and lies deeper, those beside it.
func Cells(ctx context.Context, q db.Q, sc access.Scope, asked string) (all []Organization, chosen Organization, err error) {
	if all, err = CellsUnder(ctx, q, sc.Near()); err != nil {
		return nil, chosen, err
	}
	if n := slices.IndexFunc(all, func(o Organization) bool { return asked == "" || o.ID == asked }); n >= 0 {
		return all, all[n], nil
	}
	none := fault.New(fault.NotFound, "fault.not_found")
	if asked == "" || !sc.Upper() {
		return all, chosen, none
	}
	if chosen, err = GetCell(ctx, q, sc, asked); err != nil {
		return all, chosen, err
	}
	if !chosen.ClosedOn.IsZero() {
		return all, Organization{}, none
	}
	all, err = CellsUnder(ctx, q, access.Whole("", strings.TrimSuffix(chosen.Path, chosen.ID+"/")))
	return all, chosen, err
}

// findAnywhere returns a unit by its id alone, for actions on a parent that may
// belong to another base organisation; the caller checks the scope.
func findAnywhere(ctx context.Context, q db.Q, id string) (Organization, error) {
	return db.One[Organization](ctx, q, `SELECT `+columns+` FROM organization o WHERE o.id = $1`, id)
}

// Above returns the unit directly above o, which may belong to another base
// organisation; there is none above the topmost.
func Above(ctx context.Context, q db.Q, o Organization) (Organization, bool, error) {
	return db.Maybe[Organization](ctx, q, `SELECT `+columns+` FROM organization o WHERE o.id = $1`, o.Parent)
}

func insert(ctx context.Context, q db.Q, o Organization) error {
	return db.Insert(ctx, q, "organization", o)
}

func update(ctx context.Context, q db.Q, o Organization) error {
	_, err := db.Exec(ctx, q, `
		UPDATE organization SET kind = $3, name = $4, superior = $5, town = $6, code = $7, closed_on = $8
		WHERE root_id = $1 AND id = $2`, o.Root, o.ID, o.Kind, o.Name, o.Superior, o.Town, o.Code, o.ClosedOn)
	return err
}

const settingsColumns = `root_id, organization_id, from_on, meeting_day, day_rule, start, place, notice_days, document_days, filing_days, min_minutes, speaking_minutes,
	sealed_votes, sealed_votes_source, few_votes_shown, discipline_by_hand, rating_by_hand, rating_two_thirds`

// SettingsOn returns the settings of a unit in force on day, the defaults where
// nothing is set.
func SettingsOn(ctx context.Context, q db.Q, root, organization string, day when.Date) (Settings, error) {
	s, found, err := db.Maybe[Settings](ctx, q, `
		SELECT `+settingsColumns+` FROM organization_settings
		WHERE root_id = $1 AND organization_id = $2 AND from_on <= $3
		ORDER BY from_on DESC LIMIT 1`, root, organization, day)
	if err == nil && !found {
		return Defaults(root, organization), nil
	}
	return s, err
}

// SettingsOf returns all settings that a unit ever had, newest first.
func SettingsOf(ctx context.Context, q db.Q, root, organization string) ([]Settings, error) {
	return db.All[Settings](ctx, q, `
		SELECT `+settingsColumns+` FROM organization_settings
		WHERE root_id = $1 AND organization_id = $2 ORDER BY from_on DESC`, root, organization)
}

func putSettings(ctx context.Context, q db.Q, s Settings) error {
	if _, err := db.Exec(ctx, q, `DELETE FROM organization_settings WHERE root_id = $1 AND organization_id = $2 AND from_on = $3`,
		s.Root, s.Organization, s.From); err != nil {
		return err
	}
	return db.Insert(ctx, q, "organization_settings", s)
}

const termColumns = `root_id, id, organization_id, name, from_on, until_on`

// TermOn returns the term that covers day, and whether there is one.
func TermOn(ctx context.Context, q db.Q, root, organization string, day when.Date) (Term, bool, error) {
	return db.Maybe[Term](ctx, q, `
		SELECT `+termColumns+` FROM organization_term
		WHERE root_id = $1 AND organization_id = $2 AND from_on <= $3 AND (until_on = '' OR until_on >= $3)
		ORDER BY from_on DESC LIMIT 1`, root, organization, day)
}

// Terms returns the terms of a unit, newest first.
func Terms(ctx context.Context, q db.Q, root, organization string) ([]Term, error) {
	return db.All[Term](ctx, q, `
		SELECT `+termColumns+` FROM organization_term
		WHERE root_id = $1 AND organization_id = $2 ORDER BY from_on DESC`, root, organization)
}

func insertTerm(ctx context.Context, q db.Q, t Term) error {
	err := db.Insert(ctx, q, "organization_term", t)
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "organization.problem.term_twice")
	}
	return err
}

// endTerms lets every term that runs on end on day.
func endTerms(ctx context.Context, q db.Q, root, organization string, day when.Date) error {
	_, err := db.Exec(ctx, q, `
		UPDATE organization_term SET until_on = $3
		WHERE root_id = $1 AND organization_id = $2 AND until_on = '' AND from_on <= $3`, root, organization, day)
	return err
}

const officeColumns = `root_id, id, organization_id, member_id, post, from_on, until_on`

// OfficesOn returns the offices held in a unit on day.
func OfficesOn(ctx context.Context, q db.Q, root, organization string, day when.Date) ([]Office, error) {
	return db.All[Office](ctx, q, `
		SELECT `+officeColumns+` FROM organization_office
		WHERE root_id = $1 AND organization_id = $2 AND from_on <= $3 AND (until_on = '' OR until_on >= $3)
		ORDER BY from_on, id`, root, organization, day)
}

// Offices returns all offices ever held in a unit, newest first.
func Offices(ctx context.Context, q db.Q, root, organization string) ([]Office, error) {
	return db.All[Office](ctx, q, `
		SELECT `+officeColumns+` FROM organization_office
		WHERE root_id = $1 AND organization_id = $2 ORDER BY from_on DESC, id DESC`, root, organization)
}

// OfficesOf returns the offices a person holds on day, in any unit.
func OfficesOf(ctx context.Context, q db.Q, member string, day when.Date) ([]Office, error) {
	return db.All[Office](ctx, q, `
		SELECT `+officeColumns+` FROM organization_office
		WHERE member_id = $1 AND from_on <= $2 AND (until_on = '' OR until_on >= $2) ORDER BY from_on, id`, member, day)
}

// findOffice returns an office held in a unit of the scope.
func findOffice(ctx context.Context, q db.Q, sc access.Scope, id string) (Office, error) {
	args := []any{id}
	return db.One[Office](ctx, q, `
		SELECT f.root_id, f.id, f.organization_id, f.member_id, f.post, f.from_on, f.until_on
		FROM organization_office f JOIN organization o ON o.root_id = f.root_id AND o.id = f.organization_id
		WHERE f.id = $1 AND `+sc.Where("o", &args), args...)
}

func insertOffice(ctx context.Context, q db.Q, o Office) error {
	return db.Insert(ctx, q, "organization_office", o)
}

func endOffice(ctx context.Context, q db.Q, o Office, lastDay when.Date) error {
	_, err := db.Exec(ctx, q, `UPDATE organization_office SET until_on = $3 WHERE root_id = $1 AND id = $2`, o.Root, o.ID, lastDay)
	return err
}

// Titles returns the titles of a unit, newest first.
func Titles(ctx context.Context, q db.Q, root, organization string) ([]Title, error) {
	return db.All[Title](ctx, q, `
		SELECT root_id, id, organization_id, year, title, giver FROM organization_title
		WHERE root_id = $1 AND organization_id = $2 ORDER BY year DESC, id`, root, organization)
}

func insertTitle(ctx context.Context, q db.Q, t Title) error {
	return db.Insert(ctx, q, "organization_title", t)
}

func deleteTitle(ctx context.Context, q db.Q, root, organization, id string) (int64, error) {
	return db.Exec(ctx, q, `DELETE FROM organization_title WHERE root_id = $1 AND organization_id = $2 AND id = $3`, root, organization, id)
}

// children returns the units directly under a unit that exist still.
func children(ctx context.Context, q db.Q, sc access.Scope, parent string) ([]Organization, error) {
	args := []any{parent}
	return db.All[Organization](ctx, q, `
		SELECT `+columns+` FROM organization o WHERE o.parent_id = $1 AND o.closed_on = '' AND `+sc.Where("o", &args), args...)
}

// clerkReads reports whether the clerks of a committee read the minutes of its cells.
func clerkReads(ctx context.Context, q db.Q, o Organization) (bool, error) {
	return db.One[bool](ctx, q, `SELECT clerk_reads FROM organization WHERE root_id = $1 AND id = $2`, o.Root, o.ID)
}

func putClerkReads(ctx context.Context, tx *db.Tx, o Organization, reads bool) error {
	_, err := db.Exec(ctx, tx, `UPDATE organization SET clerk_reads = $3 WHERE root_id = $1 AND id = $2`, o.Root, o.ID, reads)
	return err
}
