package account

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/member"
)

const accountColumns = `a.root_id, a.id, a.member_id, a.full_name, a.sign_name, a.password, a.pin, a.letters, a.created_at, a.password_at, a.disabled_at`

func accountByName(ctx context.Context, q db.Q, name string) (Account, bool, error) {
	return db.Maybe[Account](ctx, q, `SELECT `+accountColumns+`
		FROM account_name n JOIN account a ON a.root_id = n.root_id AND a.id = n.account_id
		WHERE n.name = $1`, name)
}

func accountByID(ctx context.Context, q db.Q, id string) (Account, error) {
	return db.One[Account](ctx, q, `SELECT `+accountColumns+` FROM account a WHERE a.id = $1`, id)
}

func accountOfMember(ctx context.Context, q db.Q, member string) (Account, bool, error) {
	return db.Maybe[Account](ctx, q, `SELECT `+accountColumns+` FROM account a WHERE a.member_id = $1 AND a.member_id <> ''`, member)
}

// NamesOf returns the names of those who belong to an organisation, by account.
func NamesOf(ctx context.Context, q db.Q, root, organization string) (map[string]string, error) {
	rows, err := db.All[struct{ ID, FullName string }](ctx, q, `
		SELECT a.id, a.full_name FROM account a JOIN member m ON m.root_id = a.root_id AND m.id = a.member_id
		WHERE a.root_id = $1 AND m.organization_id = $2`, root, organization)
	names := make(map[string]string, len(rows))
	for _, r := range rows {
		names[r.ID] = r.FullName
	}
	return names, err
}

func countAccounts(ctx context.Context, q db.Q) (int, error) {
	return db.One[int](ctx, q, `SELECT count(*) FROM account`)
}

// takenNames returns the names of the directory that begin with prefix.
func takenNames(ctx context.Context, q db.Q, prefix string) ([]string, error) {
	return db.All[string](ctx, q, `SELECT name FROM account_name WHERE name >= $1 AND name < $2`, prefix, prefix+"\U0010FFFF")
}

// directoryName is a row of the directory.
type directoryName struct {
	Name    string
	Root    string `db:"root_id"`
	Account string `db:"account_id"`
}

func insertAccount(ctx context.Context, tx *db.Tx, a Account) error {
	if err := db.Insert(ctx, tx, "account_name", directoryName{a.SignName, a.Root, a.ID}); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "account", a)
}

func setPassword(ctx context.Context, tx *db.Tx, a Account, hash string, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE account SET password = $3, password_at = $4 WHERE root_id = $1 AND id = $2`, a.Root, a.ID, hash, at)
	return err
}

func setPIN(ctx context.Context, tx *db.Tx, a Account, hash string) error {
	_, err := db.Exec(ctx, tx, `UPDATE account SET pin = $3 WHERE root_id = $1 AND id = $2`, a.Root, a.ID, hash)
	return err
}

func setLetters(ctx context.Context, tx *db.Tx, root, account string, l Letters) error {
	_, err := db.Exec(ctx, tx, `UPDATE account SET letters = $3 WHERE root_id = $1 AND id = $2`, root, account, l)
	return err
}

func setDisabled(ctx context.Context, tx *db.Tx, a Account, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE account SET disabled_at = $3 WHERE root_id = $1 AND id = $2`, a.Root, a.ID, at)
	return err
}

const tiesQuery = `
	SELECT o.root_id, o.id, o.name, o.path, o.level, o.clerk_reads, f.post AS post, '' AS standing, '' AS role, '' AS duties
	FROM organization_office f
	JOIN organization o ON o.root_id = f.root_id AND o.id = f.organization_id
	WHERE f.member_id = $1 AND f.member_id <> '' AND f.from_on <= $2 AND (f.until_on = '' OR f.until_on >= $2)
		AND (o.closed_on = '' OR o.closed_on > $2)
	UNION ALL
	SELECT o.root_id, o.id, o.name, o.path, o.level, o.clerk_reads, '', s.standing, '', ''
	FROM member_standing s
	JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id
	WHERE s.root_id = $3 AND s.member_id = $1 AND (o.closed_on = '' OR o.closed_on > $2)
		AND s.from_on = (SELECT max(l.from_on) FROM member_standing l
			WHERE l.root_id = s.root_id AND l.organization_id = s.organization_id AND l.member_id = s.member_id AND l.from_on <= $2)
	UNION ALL
	SELECT o.root_id, o.id, o.name, o.path, o.level, o.clerk_reads, '', '', g.role, ''
	FROM account_grant g JOIN organization o ON o.id = g.organization_id
	WHERE g.root_id = $3 AND g.account_id = $4 AND g.revoked_at = 0
	UNION ALL
	SELECT o.root_id, o.id, o.name, o.path, o.level, o.clerk_reads, '', '', '', d.duties
	FROM organization_seat t
	JOIN organization_department d ON d.root_id = t.root_id AND d.id = t.department_id
	JOIN organization o ON o.root_id = d.root_id AND o.id = d.organization_id
	WHERE t.member_id = $1 AND t.member_id <> '' AND t.from_on <= $2 AND (t.until_on = '' OR t.until_on >= $2)
		AND (d.closed_on = '' OR d.closed_on > $2) AND (o.closed_on = '' OR o.closed_on > $2)
	ORDER BY 4, 7, 9, 10`

// tiesOf returns all that ties a person to units on day: offices held, how the
// person stands in each cell, roles given by hand, departments in which they work.
func tiesOf(ctx context.Context, q db.Q, a Account, day when.Date) ([]tie, error) {
	return db.All[tie](ctx, q, tiesQuery, a.Member, day, a.Root, a.ID)
}

func insertGiven(ctx context.Context, tx *db.Tx, g Given) error {
	return db.Insert(ctx, tx, "account_grant", g)
}

func revokeGiven(ctx context.Context, tx *db.Tx, root, id string, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE account_grant SET revoked_at = $3 WHERE root_id = $1 AND id = $2 AND revoked_at = 0`, root, id, at)
}

// givenIn is a role given by hand in a unit, with whom it was given to.
type givenIn struct {
	Given
	FullName string
	Unit     string
	Path     string
}

func givenInScope(ctx context.Context, q db.Q, sc access.Scope) ([]givenIn, error) {
	var args []any
	return db.All[givenIn](ctx, q, `
		SELECT g.root_id, g.id, g.account_id, g.organization_id, g.role, g.given_at, g.revoked_at,
			a.full_name, o.name AS unit, o.path
		FROM account_grant g
		JOIN account a ON a.root_id = g.root_id AND a.id = g.account_id
		JOIN organization o ON o.id = g.organization_id
		WHERE g.revoked_at = 0 AND `+sc.Where("o", &args)+`
		ORDER BY o.path, a.full_name, g.id`, args...)
}

// factsRow is what the roll knows of a person that no secret may be made of.
type factsRow struct {
	Phone  string
	BornOn when.Date
}

func factsOf(ctx context.Context, q db.Q, a Account) (factsRow, error) {
	row, _, err := db.Maybe[factsRow](ctx, q, `SELECT phone, born_on FROM member WHERE root_id = $1 AND id = $2`, a.Root, a.Member)
	return row, err
}

// Entry is one line of the people of a unit, with or without an account.
type Entry struct {
	Root     string `db:"root_id"`
	Member   string `db:"member_id"`
	FullName string
	Standing member.Standing
	// Account is empty for people without one.
	Account    string       `db:"account_id"`
	SignName   string       // how the person signs in
	Password   bool         // has one
	DisabledAt when.Instant // when the account was closed
	CodeUntil  when.Instant // until when a printed code is good; zero without one
	SeenAt     when.Instant // of the last session
}

// roll lists the people who stand in a unit on day, in the order of given names.
func roll(ctx context.Context, q db.Q, root, organization string, day when.Date, now when.Instant) ([]Entry, error) {
	return db.All[Entry](ctx, q, `
		SELECT m.root_id, m.id AS member_id, m.full_name, s.standing,
			COALESCE(a.id, '') AS account_id, COALESCE(a.sign_name, '') AS sign_name,
			COALESCE(a.password, '') <> '' AS password, COALESCE(a.disabled_at, 0) AS disabled_at,
			COALESCE((SELECT max(c.until_at) FROM account_code c
				WHERE c.root_id = a.root_id AND c.account_id = a.id AND c.used_at = 0 AND c.until_at > $4), 0) AS code_until,
			COALESCE((SELECT max(t.seen_at) FROM account_session t
				WHERE t.root_id = a.root_id AND t.account_id = a.id), 0) AS seen_at
		FROM member_standing s
		JOIN member m ON m.root_id = s.root_id AND m.id = s.member_id
		LEFT JOIN account a ON a.root_id = m.root_id AND a.member_id = m.id
		WHERE s.root_id = $1 AND s.organization_id = $2
			AND s.from_on = (SELECT max(l.from_on) FROM member_standing l
				WHERE l.root_id = s.root_id AND l.organization_id = s.organization_id AND l.member_id = s.member_id AND l.from_on <= $3)
		ORDER BY m.name_key, m.full_name, m.id`, root, organization, day, now)
}

// personIn is a person of the roll within somebody's scope.
type personIn struct {
	Root     string `db:"root_id"`
	ID       string
	FullName string
	Unit     string
}

func memberInScope(ctx context.Context, q db.Q, sc access.Scope, id string) (personIn, error) {
	args := []any{id}
	return db.One[personIn](ctx, q, `
		SELECT m.root_id, m.id, m.full_name, o.name AS unit
		FROM member m JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE m.id = $1 AND `+sc.Where("o", &args), args...)
}

const placeColumns = `o.root_id, o.id, o.name, o.path, o.level`

func unitByID(ctx context.Context, q db.Q, id string) (place, error) {
	return db.One[place](ctx, q, `SELECT `+placeColumns+` FROM organization o WHERE o.id = $1`, id)
}

func unitInScope(ctx context.Context, q db.Q, sc access.Scope, id string) (place, error) {
	args := []any{id}
	return db.One[place](ctx, q, `SELECT `+placeColumns+` FROM organization o WHERE o.id = $1 AND `+sc.Where("o", &args), args...)
}

// unitsInScope lists the units that are open on day, each before what is below it.
func unitsInScope(ctx context.Context, q db.Q, sc access.Scope, day when.Date) ([]place, error) {
	args := []any{day}
	return db.All[place](ctx, q, `SELECT `+placeColumns+` FROM organization o
		WHERE (o.closed_on = '' OR o.closed_on > $1) AND `+sc.Where("o", &args)+` ORDER BY o.path`, args...)
}
