package supervision

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// due is a total that is to be made anew: that of a month in the tree of a unit, or what stands
// on the whole where there is no month.
type due struct {
	Root   string `db:"root_id"`
	Unit   string `db:"unit_id"`
	Month  when.Month
	Parent string `db:"parent_id"`
}

// duePiece is how many totals are made in one transaction.
const duePiece = 100

// total makes the totals below a path anew that are due, the deepest first, and says of each
// that the one above it is due. It returns how many there were, duePiece at most. Whoever
// else does it waits.
func total(ctx context.Context, tx *db.Tx, path string) (int, error) {
	if err := tx.Alone(ctx, "board.total"); err != nil {
		return 0, err
	}
	all, err := dueBelow(ctx, tx, path, duePiece)
	if err != nil {
		return 0, err
	}
	for _, d := range all {
		if err := done(ctx, tx, d); err != nil {
			return 0, err
		}
		if err := addTotal(ctx, tx, d); err != nil {
			return 0, err
		}
		if err := dueAbove(ctx, tx, d); err != nil {
			return 0, err
		}
	}
	return len(all), nil
}

// totalAll makes all totals anew that are due.
func (s *Service) totalAll(ctx context.Context) error {
	for {
		any, err := anyDue(ctx, s.DB)
		if err != nil || !any {
			return err
		}
		if err := s.DB.Tx(ctx, func(tx *db.Tx) error { _, err := total(ctx, tx, "/"); return err }); err != nil {
			return err
		}
	}
}

// differing returns the months in which the sums of a unit are not what they were.
func differing(before, after []summed) []when.Month {
	was := make(map[summed]bool, len(before))
	for _, row := range before {
		was[row] = true
	}
	changed := map[when.Month]bool{}
	for _, row := range after {
		if !was[row] {
			changed[row.Month] = true
		}
		delete(was, row)
	}
	for row := range was {
		changed[row.Month] = true
	}
	months := make([]when.Month, 0, len(changed))
	for m := range changed {
		months = append(months, m)
	}
	return months
}

// Founded is a cell that was just written, with all that its figures rest on.
type Founded struct {
	Cell     organization.Organization
	Settings []organization.Settings // newest first
	Meetings []meeting.Meeting
	Late     map[string]bool // meetings whose notice came late
}

// Found keeps the figures of cells that have nothing but these facts, counted as any other: for
// whoever writes a country of cells at once. Below is the path of a committee that has all of
// them in its tree; its totals and those in it are made anew, those above it when they are next
// asked for.
func Found(ctx context.Context, tx *db.Tx, below string, cells []Founded) error {
	var rows []Month
	places := make([]place, 0, len(cells))
	for _, c := range cells {
		p := place{c.Cell.Root, c.Cell.ID}
		if _, err := take(ctx, tx, p); err != nil {
			return err
		}
		whole, months := facts{cell: Cell{Root: p.Root, Cell: p.Cell}, meetings: c.Meetings, late: c.Late, settings: c.Settings}.count()
		if err := keepCell(ctx, tx, whole); err != nil {
			return err
		}
		rows, places = append(rows, months...), append(places, p)
	}
	if err := db.InsertAll(ctx, tx, "board_month", rows); err != nil {
		return err
	}
	if err := sumUp(ctx, tx, places); err != nil {
		return err
	}
	for {
		n, err := total(ctx, tx, below)
		if err != nil || n == 0 {
			return err
		}
	}
}
