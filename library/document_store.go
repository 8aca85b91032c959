package library

import (
	"context"
	"fmt"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/search"
)

const documentColumns = `d.root_id, d.id, d.organization_id, d.level, d.subject, d.number, d.kind, d.body, d.dated_on, d.title,
	d.from_on, d.until_on, d.replaced_by, d.replaced_on, d.text, d.entered_at, d.entered_by`

// visible is a condition on organization alias o that holds for the units whose documents
// somebody may read: all at or above a unit in which they have a right, and all in which
// they enter some.
func visible(who access.Person, args *[]any) string {
	or := []string{who.Scope(Register).Where("o", args)}
	for _, g := range who.Grants {
		*args = append(*args, g.Path)
		or = append(or, fmt.Sprintf("substr($%d, 1, length(o.path)) = o.path", len(*args)))
	}
	return "(" + strings.Join(or, " OR ") + ")"
}

// Entered returns the documents that somebody may read besides those that come with the
// program, the newest first.
func Entered(ctx context.Context, q db.Q, who access.Person) ([]Document, error) {
	var args []any
	return db.All[Document](ctx, q, `SELECT `+documentColumns+` FROM library_document d
		JOIN organization o ON o.root_id = d.root_id AND o.id = d.organization_id
		WHERE `+visible(who, &args)+` ORDER BY d.dated_on DESC, d.id`, args...)
}

// GetDocument returns a document that somebody may read.
func GetDocument(ctx context.Context, q db.Q, who access.Person, id string) (Document, error) {
	args := []any{id}
	return db.One[Document](ctx, q, `SELECT `+documentColumns+` FROM library_document d
		JOIN organization o ON o.root_id = d.root_id AND o.id = d.organization_id
		WHERE d.id = $1 AND `+visible(who, &args), args...)
}

// KnownTo returns every document that a unit works under: those that come with the program,
// and before them those that the committees at or above it have entered.
func KnownTo(ctx context.Context, q db.Q, root, unit string) ([]Source, error) {
	entered, err := db.All[Source](ctx, q, `SELECT d.subject, d.number, d.kind, d.body, d.dated_on, d.title, d.from_on, d.until_on, d.replaced_by, d.replaced_on
		FROM organization u JOIN library_document d ON TRUE
		JOIN organization o ON o.root_id = d.root_id AND o.id = d.organization_id
		WHERE u.root_id = $1 AND u.id = $2 AND substr(u.path, 1, length(o.path)) = o.path ORDER BY d.dated_on DESC, d.id`, root, unit)
	return append(entered, Sources()...), err
}

// documentFor returns a document of the scope.
func documentFor(ctx context.Context, q db.Q, sc access.Scope, id string) (Document, error) {
	args := []any{id}
	return db.One[Document](ctx, q, `SELECT `+documentColumns+` FROM library_document d
		JOIN organization o ON o.root_id = d.root_id AND o.id = d.organization_id
		WHERE d.id = $1 AND `+sc.Where("o", &args), args...)
}

// documentRow is a document with the text that is searched.
type documentRow struct {
	Document
	Folded string
}

func insertDocument(ctx context.Context, tx *db.Tx, d Document) error {
	return db.Insert(ctx, tx, "library_document", documentRow{d, d.folded()})
}

// SearchDocuments returns the documents that committees have entered and somebody may read
// and that have a word that begins with each of the folded words, the newest first, at most
// most.
func SearchDocuments(ctx context.Context, q db.Q, who access.Person, words []string, most int) ([]Document, error) {
	args := []any{most}
	return db.All[Document](ctx, q, `SELECT `+documentColumns+` FROM library_document d
		JOIN organization o ON o.root_id = d.root_id AND o.id = d.organization_id
		WHERE `+visible(who, &args)+` AND `+search.Where("d.folded", words, &args)+` ORDER BY d.dated_on DESC, d.id LIMIT $1`, args...)
}

func updateDocument(ctx context.Context, tx *db.Tx, d Document) error {
	_, err := db.Exec(ctx, tx, `UPDATE library_document SET level = $3, number = $4, kind = $5, body = $6, dated_on = $7, title = $8,
		from_on = $9, until_on = $10, replaced_by = $11, replaced_on = $12, text = $13, entered_at = $14, entered_by = $15, folded = $16
		WHERE root_id = $1 AND id = $2`,
		d.Root, d.ID, d.Level, d.Number, d.Kind, d.Body, d.Date, d.Title,
		d.From, d.Until, d.ReplacedBy, d.ReplacedOn, d.Text, d.EnteredAt, d.EnteredBy, d.folded())
	return err
}
