package digest

import (
	"context"
	"encoding/json"
	"errors"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

const columns = `d.root_id, d.id, d.organization_id, d.span, d.first_month, d.name, d.template, d.texts, d.state, d.number, d.issued_on, d.cells, d.created_at, d.created_by, d.seq`

// get returns a report of the scope.
func get(ctx context.Context, q db.Q, sc access.Scope, id string) (Digest, error) {
	args := []any{id}
	return db.One[Digest](ctx, q, `SELECT `+columns+` FROM digest d JOIN organization o ON o.root_id = d.root_id AND o.id = d.organization_id
		WHERE d.id = $1 AND `+sc.Where("o", &args), args...)
}

// Named is a report with the name of its committee.
type Named struct {
	Digest
	Unit     string
	UnitPath string // in the tree
}

// all returns the reports of the scope, newest first, at most the given number.
func all(ctx context.Context, q db.Q, sc access.Scope, most int) ([]Named, error) {
	args := []any{most}
	return db.All[Named](ctx, q, `SELECT `+columns+`, o.name AS unit, o.path AS unit_path FROM digest d JOIN organization o ON o.root_id = d.root_id AND o.id = d.organization_id
		WHERE `+sc.Where("o", &args)+` ORDER BY d.first_month DESC, d.created_at DESC, d.id LIMIT $1`, args...)
}

// put writes a report over the one with the number before it; 1 is a new one. What somebody else
// has written meanwhile is a conflict.
func put(ctx context.Context, tx *db.Tx, d Digest) error {
	d.Seq++
	if d.Seq == 1 {
		return db.Insert(ctx, tx, "digest", d)
	}
	n, err := db.Exec(ctx, tx, `UPDATE digest SET texts = $4, state = $5, number = $6, issued_on = $7, cells = $8, seq = $3
		WHERE root_id = $1 AND id = $2 AND seq = $3 - 1`, d.Root, d.ID, d.Seq, d.Texts, d.State, d.Number, d.IssuedOn, d.Cells)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "digest.problem.meanwhile")
	}
	return err
}

// drop deletes a draft.
func drop(ctx context.Context, tx *db.Tx, d Digest) error {
	n, err := db.Exec(ctx, tx, `DELETE FROM digest WHERE root_id = $1 AND id = $2 AND state = 'draft' AND seq = $3`, d.Root, d.ID, d.Seq)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "digest.problem.meanwhile")
	}
	return err
}

// keptFigure is a figure of an issued report as it is kept.
type keptFigure struct {
	Root    string `db:"root_id"`
	Digest  string `db:"digest_id"`
	Name    string
	Entries string // JSON
}

// freeze keeps the figures of a report that is issued.
func freeze(ctx context.Context, tx *db.Tx, d *Digest, s Sheet) error {
	cells, err := json.Marshal(s.Cells)
	if err != nil {
		return err
	}
	d.Cells = string(cells)
	var rows []keptFigure
	for name, entries := range s.Entries {
		text, err := json.Marshal(entries)
		if err != nil {
			return err
		}
		rows = append(rows, keptFigure{d.Root, d.ID, name, string(text)})
	}
	return db.InsertAll(ctx, tx, "digest_figure", rows)
}

// frozen reads what an issued report counted.
func frozen(ctx context.Context, q db.Q, d Digest) (Sheet, error) {
	s := Sheet{Entries: map[string][]Entry{}}
	err := json.Unmarshal([]byte(d.Cells), &s.Cells)
	rows, more := db.All[keptFigure](ctx, q, `SELECT root_id, digest_id, name, entries FROM digest_figure WHERE root_id = $1 AND digest_id = $2`, d.Root, d.ID)
	for _, r := range rows {
		var entries []Entry
		err = errors.Join(err, json.Unmarshal([]byte(r.Entries), &entries))
		s.Entries[r.Name] = entries
	}
	return s, errors.Join(err, more)
}

// Kept is a form of a committee.
type Kept struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Name         string
	Text         string
	AddedAt      when.Instant
	AddedBy      string
}

// formsOf returns the forms of organizations.
func formsOf(ctx context.Context, q db.Q, ids []string) ([]Kept, error) {
	var out []Kept
	for _, id := range ids {
		more, err := db.All[Kept](ctx, q, `SELECT root_id, id, organization_id, name, text, added_at, added_by FROM digest_template
			WHERE organization_id = $1 ORDER BY added_at, id`, id)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

func insertForm(ctx context.Context, tx *db.Tx, k Kept) error {
	return db.Insert(ctx, tx, "digest_template", k)
}

// dropForm deletes a form of an organization; false where there is none.
func dropForm(ctx context.Context, tx *db.Tx, root, organization, id string) (bool, error) {
	n, err := db.Exec(ctx, tx, `DELETE FROM digest_template WHERE root_id = $1 AND organization_id = $2 AND id = $3`, root, organization, id)
	return n > 0, err
}
