package rubric

import (
	"embed"
	"fmt"
	"slices"
	"sync"

	"chibo/kit/when"
)

//go:embed sheets/*.yaml
var sheetFiles embed.FS

// national is the owner of the sheets that hold where nobody has one of their own.
const national = "national"

// embedded reads the sheets when one is first asked for: a start need not wait for it.
var embedded = sync.OnceValue(mustSheets)

func mustSheets() []Rubric {
	files, err := sheetFiles.ReadDir("sheets")
	if err != nil {
		panic(err)
	}
	var out []Rubric
	for _, f := range files {
		text, err := sheetFiles.ReadFile("sheets/" + f.Name())
		if err != nil {
			panic(err)
		}
		r, err := Parse(text)
		if err != nil {
			panic(fmt.Errorf("%s: %w", f.Name(), err)) // linked in and read by every test
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Rubric) int { return a.From.Compare(b.From) })
	return out
}

// Sheets returns the sheets that come with the program, oldest first.
func Sheets() []Rubric { return slices.Clone(embedded()) }

// Sheet returns a sheet that comes with the program.
func Sheet(id string) (Rubric, bool) {
	i := slices.IndexFunc(embedded(), func(r Rubric) bool { return r.ID == id })
	if i < 0 {
		return Rubric{}, false
	}
	return embedded()[i], true
}

// National returns the national sheet of a day; for days before the oldest that is
// known, that one.
func National(day when.Date) Rubric {
	var found Rubric
	for _, r := range embedded() {
		if r.Owner == national && (found.ID == "" || r.InForce(day)) {
			found = r
		}
	}
	return found
}
