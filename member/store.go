package member

import (
	"context"
	"fmt"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

const columns = `m.root_id, m.id, m.organization_id, m.full_name, m.name_key, m.folded, m.sex, m.born_on, m.born_known,
	m.ethnicity, m.hometown, m.card_number, m.citizen_id, m.phone, m.email, m.admitted_on, m.admitted_known,
	m.official_on, m.official_known, m.education, m.theory, m.position, m.workplace, m.residence, m.field, m.area, m.note`

// Roll returns the people listed in a cell on day, in Vietnamese order of given
// names.
func Roll(ctx context.Context, q db.Q, root, organization string, day when.Date) ([]Entry, error) {
	all, err := db.All[Entry](ctx, q, `
		SELECT `+columns+`, s.standing, s.from_on AS since
		FROM member_standing s JOIN member m ON m.root_id = s.root_id AND m.id = s.member_id
		WHERE s.root_id = $1 AND s.organization_id = $2 AND s.from_on = (
			SELECT MAX(l.from_on) FROM member_standing l
			WHERE l.root_id = s.root_id AND l.organization_id = s.organization_id AND l.member_id = s.member_id AND l.from_on <= $3)
		ORDER BY m.name_key, m.id`, root, organization, day)
	if err != nil {
		return nil, err
	}
	roll := all[:0]
	for _, e := range all {
		if e.Standing.Listed() {
			roll = append(roll, e)
		}
	}
	return roll, nil
}

// Find returns a person by id, whoever asks: for features that have checked their
// own scope.
func Find(ctx context.Context, q db.Q, root, id string) (Member, error) {
	return db.One[Member](ctx, q, `SELECT `+columns+` FROM member m WHERE m.root_id = $1 AND m.id = $2`, root, id)
}

// get returns a person whose official cell is in the scope.
func get(ctx context.Context, q db.Q, sc access.Scope, id string) (Member, error) {
	args := []any{id}
	return db.One[Member](ctx, q, `
		SELECT `+columns+` FROM member m JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE m.id = $1 AND `+sc.Where("o", &args), args...)
}

// Names returns the full names of people by id; ids that are not known are left
// out.
func Names(ctx context.Context, q db.Q, root string, ids ...string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	if len(ids) == 0 {
		return names, nil
	}
	args := []any{root}
	marks := make([]string, len(ids))
	for i, id := range ids {
		args = append(args, id)
		marks[i] = fmt.Sprintf("$%d", len(args))
	}
	type named struct{ ID, FullName string }
	rows, err := db.All[named](ctx, q, `SELECT id, full_name FROM member WHERE root_id = $1 AND id IN (`+strings.Join(marks, ", ")+`)`, args...)
	for _, r := range rows {
		names[r.ID] = r.FullName
	}
	return names, err
}

const recordColumns = `root_id, organization_id, member_id, from_on, standing, note, recorded_at, recorded_by`

// records returns how a person stands and stood in a cell.
func records(ctx context.Context, q db.Q, root, organization, member string) ([]Record, error) {
	return db.All[Record](ctx, q, `
		SELECT `+recordColumns+` FROM member_standing
		WHERE root_id = $1 AND organization_id = $2 AND member_id = $3 ORDER BY from_on`, root, organization, member)
}

func insert(ctx context.Context, q db.Q, m Member) error { return db.Insert(ctx, q, "member", m) }

// putRecord keeps a record; one of the same person, cell and day is replaced.
func putRecord(ctx context.Context, q db.Q, r Record) error {
	if _, err := db.Exec(ctx, q, `
		DELETE FROM member_standing WHERE root_id = $1 AND organization_id = $2 AND member_id = $3 AND from_on = $4`,
		r.Root, r.Organization, r.Member, r.From); err != nil {
		return err
	}
	return db.Insert(ctx, q, "member_standing", r)
}
