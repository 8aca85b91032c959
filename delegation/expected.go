package delegation

import (
	"cmp"
	"context"
	"slices"

	"chibo/conference"
	"chibo/kit/db"
	"chibo/kit/search"
)

// Expected is somebody who is expected in a sitting, as a desk needs them: without
// telephone and mail. Seat names the seat, "A-3-12"; it is empty where none was given.
type Expected struct {
	Delegate
	Line     string // title of the line of the composition
	Position int    // of the line
	Seat     string
}

// Standing returns the delegates of a conference who stand, by line, unit and given name.
func Standing(ctx context.Context, q db.Q, x conference.Conference) ([]Delegate, error) {
	lines, err := conference.Categories(ctx, q, x)
	if err != nil {
		return nil, err
	}
	all, err := Delegates(ctx, q, x)
	all = slices.DeleteFunc(all, func(d Delegate) bool { return !d.Stands() })
	order(all, lines)
	return all, err
}

// order puts delegates in the order of lists: by line, unit and given name.
func order(all []Delegate, lines []conference.Category) {
	type key struct {
		line       int
		unit, name string
	}
	keys := make(map[string]key, len(all))
	at := map[string]int{}
	for _, y := range lines {
		at[y.ID] = y.Position
	}
	for _, d := range all {
		keys[d.ID] = key{at[d.Category], search.SortKey(d.Unit), search.NameKey(d.Name)}
	}
	slices.SortStableFunc(all, func(a, b Delegate) int {
		x, y := keys[a.ID], keys[b.ID]
		return cmp.Or(cmp.Compare(x.line, y.line), cmp.Compare(x.unit, y.unit), cmp.Compare(x.name, y.name), cmp.Compare(a.ID, b.ID))
	})
}

// ExpectedIn returns who stands as a delegate and attends a sitting, in the order of
// Standing.
func ExpectedIn(ctx context.Context, q db.Q, y conference.Sitting) ([]Expected, error) {
	x, err := conference.Of(ctx, q, y.Root, y.Conference)
	if err != nil {
		return nil, err
	}
	lines, err := conference.Categories(ctx, q, x)
	if err != nil {
		return nil, err
	}
	all, err := Standing(ctx, q, x)
	if err != nil {
		return nil, err
	}
	labels, err := labelsOf(ctx, q, y, "")
	return expected(all, lines, y, labels), err
}

// expected picks those who attend a sitting.
func expected(all []Delegate, lines []conference.Category, y conference.Sitting, labels map[string]string) []Expected {
	var out []Expected
	for _, d := range all {
		n := slices.IndexFunc(lines, func(x conference.Category) bool { return x.ID == d.Category && x.Attends(y.ID) })
		if n < 0 {
			continue
		}
		d.Phone, d.Email = "", ""
		out = append(out, Expected{d, lines[n].Title, lines[n].Position, labels[d.ID]})
	}
	return out
}
