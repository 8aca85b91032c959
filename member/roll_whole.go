package member

import "slices"

// Unit is a cell into which a sheet may go.
type Unit struct {
	ID   string `json:"organization"`
	Name string `json:"name"`
}

// Stray is a sheet with people that is not taken in with the whole file.
type Stray struct {
	Sheet string `json:"sheet"`
	// Why is "unknown" where it names no cell or several, "foreign" where it names one into which the reader may
	// not write, "second" where another sheet of the file is of the same cell already.
	Why string `json:"why"`
	// Unit is the name of the cell, empty where it is unknown.
	Unit string `json:"unit"`
}

// Shares says how the sheets of a file are divided among the cells of a base organisation.
type Shares struct {
	Sheets []SheetOf `json:"sheets"`
	Strays []Stray   `json:"strays"`
	Bare   []Unit    `json:"bare"` // cells that have no sheet
}

// SheetOf is a sheet and the cell that it names, by its tab or a title above the table.
type SheetOf struct {
	Sheet string `json:"sheet"`
	Unit
}

// Share divides the sheets with people among the cells mine, into which the reader may write: each goes to the
// cell that it names, if it names one and no other of all the cells of the base organisation. all are the names
// of these; a name that two cells have names neither.
func (rolls Rolls) Share(mine []Unit, all []string) Shares {
	out := Shares{}
	taken := map[string]bool{}
	for _, r := range rolls {
		if len(r.Lines) == 0 {
			continue
		}
		named := r.unitsNamed(all)
		slices.Sort(named)
		named = slices.Compact(named)
		if len(named) != 1 || count(all, named[0]) != 1 {
			out.Strays = append(out.Strays, Stray{Sheet: r.Sheet, Why: "unknown"})
			continue
		}
		at := slices.IndexFunc(mine, func(u Unit) bool { return u.Name == named[0] })
		switch {
		case at < 0:
			out.Strays = append(out.Strays, Stray{Sheet: r.Sheet, Why: "foreign", Unit: named[0]})
		case taken[mine[at].ID]:
			out.Strays = append(out.Strays, Stray{Sheet: r.Sheet, Why: "second", Unit: named[0]})
		default:
			taken[mine[at].ID] = true
			out.Sheets = append(out.Sheets, SheetOf{r.Sheet, mine[at]})
		}
	}
	for _, u := range mine {
		if !taken[u.ID] {
			out.Bare = append(out.Bare, u)
		}
	}
	return out
}

func count(all []string, name string) int {
	n := 0
	for _, other := range all {
		if other == name {
			n++
		}
	}
	return n
}
