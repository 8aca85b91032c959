package ward

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// Province is a tree of committees with many cells, each of which met every month of a year.
type Province struct {
	Year int
	// Top is the id of the committee on top, Committee that of one directly above cells.
	Top, Committee string
	// Reader oversees all of them.
	Reader Person
	// Counted is how long the figures of all cells took to count.
	Counted time.Duration
}

// FillProvince makes so many committees of so many cells in the empty directory dir.
func FillProvince(ctx context.Context, dir string, committees, cells int) (p Province, err error) {
	a, facts, now, err := begin(ctx, dir)
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	cell, err := organization.Get(ctx, a.DB, access.Whole("", "/"), facts.Meetings[0].Organization)
	if err != nil {
		return p, err
	}
	top, err := organization.Find(ctx, a.DB, cell.Root, cell.Root)
	if err != nil {
		return p, err
	}
	reader, err := strangerOf(ctx, a.DB, cell.ID)
	if err != nil {
		return p, err
	}
	p = Province{Year: now.Date().Year - 1, Top: top.ID}
	c := copier{app: a, now: now, root: top.ID}
	for n := range committees {
		if err := a.DB.Tx(ctx, func(tx *db.Tx) error {
			if n == 0 {
				if p.Reader, err = c.signIn(ctx, tx, reader, true); err != nil {
					return err
				}
			}
			p.Committee, err = branch(ctx, tx, top, n, cells, p.Year)
			return err
		}); err != nil {
			return p, fmt.Errorf("committee %d: %w", n, err)
		}
	}
	begin := time.Now()
	err = a.Supervision.Recount(ctx, access.Whole("", "/"))
	p.Counted = time.Since(begin)
	return p, err
}

// branch writes a committee below another with so many cells and their meetings of a year,
// and returns its id.
func branch(ctx context.Context, tx *db.Tx, top organization.Organization, n, cells, year int) (string, error) {
	above := organization.Place(organization.Organization{ID: id.New(), Level: organization.BaseCommittee, Name: fmt.Sprintf("Đảng bộ bộ phận %d", n+1)}, top)
	units := []organization.Organization{above}
	var all []meeting.Meeting
	for c := range cells {
		o := organization.Place(organization.Organization{
			ID: id.New(), Level: organization.Cell, Kind: organization.Kinds[c%len(organization.Kinds)], Name: fmt.Sprintf("Chi bộ %d.%d", n+1, c+1),
		}, above)
		units = append(units, o)
		for m := range 12 {
			at := when.On(year, time.January, 3).AddDays(31*m).At(19, 0)
			one := meeting.Meeting{
				Root: o.Root, ID: id.New(), Organization: o.ID, Kind: meeting.Ordinary, Month: at.Date().In(), Title: "Sinh hoạt thường kỳ", StartsAt: at,
				State: meeting.Sealed, Revision: 1, NoticedAt: at, OpenedAt: at, ClosedAt: at, SealedAt: at, CreatedAt: at,
			}
			if (c+m)%10 == 0 { // one in ten is not sealed yet
				one.State, one.SealedAt = meeting.Closed, 0
			}
			all = append(all, one)
		}
	}
	if err := db.InsertAll(ctx, tx, "organization", units); err != nil {
		return "", err
	}
	return above.ID, db.InsertAll(ctx, tx, "meeting", all)
}
