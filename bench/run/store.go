package main

import (
	"context"
	"fmt"
	"slices"

	"chibo/bench/ward"
	"chibo/kit/db"
	"chibo/organization"
)

// acts returns the ids of all acts.
func acts(ctx context.Context, q db.Q) ([]string, error) {
	return db.All[string](ctx, q, `SELECT id FROM act`)
}

// sealedIn returns the meetings of a cell that were held in a year and whose minutes are
// sealed.
func sealedIn(ctx context.Context, q db.Q, organization string, year int) ([]string, error) {
	return db.All[string](ctx, q, `SELECT meeting_id FROM minutes_entry WHERE organization_id = $1 AND SUBSTR(day, 1, 4) = $2 ORDER BY day`, organization, fmt.Sprint(year))
}

// keyOfAccount is what an account is found by.
type keyOfAccount struct {
	Root string `db:"root_id"`
	ID   string
}

// accountNamed returns the account that is signed in to by a name.
func accountNamed(ctx context.Context, q db.Q, name string) (keyOfAccount, error) {
	return db.One[keyOfAccount](ctx, q, `SELECT root_id, account_id AS id FROM account_name WHERE name = $1`, name)
}

// share gives all accounts without a password that of another, and returns the names by which
// they are signed in to: their ids.
func share(ctx context.Context, tx *db.Tx, of keyOfAccount) ([]string, error) {
	for _, sql := range []string{
		`INSERT INTO account_name (name, root_id, account_id) SELECT REPLACE(id, '-', ''), root_id, id FROM account WHERE password = '' AND root_id = $1 AND id <> $2`,
		`UPDATE account SET password = (SELECT a.password FROM account a WHERE a.root_id = $1 AND a.id = $2) WHERE password = ''`,
	} {
		if _, err := db.Exec(ctx, tx, sql, of.Root, of.ID); err != nil {
			return nil, err
		}
	}
	return db.All[string](ctx, tx, `SELECT n.name FROM account_name n JOIN account a ON a.root_id = n.root_id AND a.id = n.account_id
		WHERE a.root_id = $1 AND a.id <> $2 AND n.name = REPLACE(a.id, '-', '')`, of.Root, of.ID)
}

// cellsOf returns the cells directly under a committee.
func cellsOf(ctx context.Context, q db.Q, committee string) ([]string, error) {
	return db.All[string](ctx, q, `SELECT id FROM organization WHERE parent_id = $1 AND level = 'cell' ORDER BY id`, committee)
}

// layUnder lays a cell under another committee of the same base organisation.
func layUnder(ctx context.Context, tx *db.Tx, cell string, o organization.Organization) error {
	_, err := db.Exec(ctx, tx, `UPDATE organization SET parent_id = $2, path = $3 WHERE id = $1`, cell, o.ID, o.Path+cell+"/")
	return err
}

// closedOf counts the meetings of the cells of a ward that are closed.
func closedOf(ctx context.Context, q db.Q, w ward.Ward) (n int, err error) {
	closed, err := db.All[string](ctx, q, `SELECT id FROM meeting WHERE state = 'closed'`)
	for _, c := range w.Cells {
		if slices.Contains(closed, c.Meeting) {
			n++
		}
	}
	return n, err
}
