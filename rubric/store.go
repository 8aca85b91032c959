package rubric

import (
	"context"
	"fmt"
	"slices"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/organization"
)

// Kept is a sheet of an organisation as it is kept.
type Kept struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Name         string
	From         when.Date    `db:"from_day"`
	Until        when.Date    `db:"until_day"`
	Sheet        string       // YAML
	At           when.Instant `db:"added_at"`
	By           string       `db:"added_by"`
}

const keptColumns = `r.root_id, r.id, r.organization_id, r.name, r.from_day, r.until_day, r.sheet, r.added_at, r.added_by`

// SheetsOf returns the sheets of organisations by their ids, newest first.
func SheetsOf(ctx context.Context, q db.Q, organizations ...string) ([]Kept, error) {
	if len(organizations) == 0 {
		return nil, nil
	}
	var args []any
	return db.All[Kept](ctx, q, `SELECT `+keptColumns+` FROM rubric r
		WHERE r.organization_id IN `+db.In(&args, organizations...)+` ORDER BY r.from_day DESC, r.added_at DESC, r.id`, args...)
}

// AllSheets returns every sheet that is kept, the oldest first: for those who have the
// data itself.
func AllSheets(ctx context.Context, q db.Q) ([]Rubric, error) {
	kept, err := db.All[Kept](ctx, q, `SELECT `+keptColumns+` FROM rubric r ORDER BY r.from_day, r.added_at, r.id`)
	if err != nil {
		return nil, err
	}
	out := make([]Rubric, len(kept))
	for i, k := range kept {
		if out[i], err = Parse([]byte(k.Sheet)); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", k.ID, err)
		}
	}
	return out, nil
}

func insertSheet(ctx context.Context, tx *db.Tx, k Kept) error {
	return db.Insert(ctx, tx, "rubric", k)
}

// On returns the sheet by which a meeting of a cell is scored: that of the cell,
// else of the nearest organisation above, else the national one of the day.
func On(ctx context.Context, q db.Q, o organization.Organization, kind string, day when.Date) (Rubric, error) {
	path := append(o.Above(), o.ID)
	kept, err := SheetsOf(ctx, q, path...)
	if err != nil {
		return Rubric{}, err
	}
	for _, owner := range slices.Backward(path) {
		for _, k := range kept {
			if k.Organization != owner || day.Before(k.From) || !k.Until.IsZero() && k.Until.Before(day) {
				continue
			}
			r, err := Parse([]byte(k.Sheet))
			if err != nil {
				return r, fmt.Errorf("sheet %s: %w", k.ID, err)
			}
			if r.For(kind) {
				return r, nil
			}
		}
	}
	return National(day), nil
}
