package document

import (
	"context"

	"chibo/kit/db"
)

// take reserves the next number of a register and locks the register until the
// transaction ends.
func take(ctx context.Context, tx *db.Tx, root, organization string, kind Kind, term string) (int, error) {
	return db.One[int](ctx, tx, `
		INSERT INTO document_register (root_id, organization_id, kind, term_id, next) VALUES ($1, $2, $3, $4, 2)
		ON CONFLICT (root_id, organization_id, kind, term_id) DO UPDATE SET next = document_register.next + 1
		RETURNING next - 1`, root, organization, kind, term)
}

func insertNumber(ctx context.Context, tx *db.Tx, n Number) error {
	return db.Insert(ctx, tx, "document_number", n)
}

// enter writes for what a number was given; it reports whether there is such a
// number that was given to no other paper.
func enter(ctx context.Context, tx *db.Tx, n Number) (bool, error) {
	rows, err := db.Exec(ctx, tx, `
		UPDATE document_number SET dated = $6, subject = $7, link = $8
		WHERE root_id = $1 AND organization_id = $2 AND kind = $3 AND term_id = $4 AND n = $5 AND link = ''`,
		n.Root, n.Organization, n.Kind, n.Term, n.N, n.Date, n.Subject, n.Link)
	return rows == 1, err
}

// highest returns the greatest number taken from a register, 0 before the first.
func highest(ctx context.Context, q db.Q, root, organization string, kind Kind, term string) (int, error) {
	return db.One[int](ctx, q, `
		SELECT COALESCE(MAX(n), 0) FROM document_number
		WHERE root_id = $1 AND organization_id = $2 AND kind = $3 AND term_id = $4`, root, organization, kind, term)
}

func setNext(ctx context.Context, tx *db.Tx, root, organization string, kind Kind, term string, next int) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO document_register (root_id, organization_id, kind, term_id, next) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (root_id, organization_id, kind, term_id) DO UPDATE SET next = $5`, root, organization, kind, term, next)
	return err
}

func registers(ctx context.Context, q db.Q, root, organization, term string) ([]Register, error) {
	return db.All[Register](ctx, q, `
		SELECT kind, next FROM document_register
		WHERE root_id = $1 AND organization_id = $2 AND term_id = $3 ORDER BY kind`, root, organization, term)
}

// numbers returns the numbers of a term, and those of the congresses of the organisation,
// which stand beside them.
func numbers(ctx context.Context, q db.Q, root, organization, term string) ([]Number, error) {
	return db.All[Number](ctx, q, `
		SELECT root_id, organization_id, kind, term_id, n, symbol, blank, dated, subject, link FROM document_number
		WHERE root_id = $1 AND organization_id = $2 AND (term_id = $3 OR symbol LIKE '%/ĐH') ORDER BY kind, symbol, n DESC`, root, organization, term)
}
