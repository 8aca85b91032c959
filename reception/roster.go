package reception

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/db"
	"chibo/kit/search"
)

// Guest is a delegate as the desk of one sitting sees them.
type Guest struct {
	delegation.Delegate
	Line string // of the composition
	Seat string // "A-3-12"; empty where none was given
	// Due says that the sitting is one of theirs, and that nobody has taken their place.
	Due bool
}

// Roster is whom a sitting expects, by name.
type Roster struct {
	Conference conference.Conference
	Sitting    conference.Sitting
	Lines      []conference.Category // that attend the sitting
	Guests     []Guest               // all of the conference, also those who are not due
}

// rosterOf reads whom a sitting expects.
func rosterOf(ctx context.Context, q db.Q, x conference.Conference, sitting conference.Sitting) (Roster, error) {
	r := Roster{Conference: x, Sitting: sitting}
	lines, err := conference.Categories(ctx, q, x)
	if err != nil {
		return r, err
	}
	all, err := delegation.Delegates(ctx, q, x)
	if err != nil {
		return r, err
	}
	expected, err := delegation.ExpectedIn(ctx, q, sitting)
	if err != nil {
		return r, err
	}
	due := make(map[string]string, len(expected)) // seats
	for _, d := range expected {
		due[d.ID] = d.Seat
	}
	byID := map[string]conference.Category{}
	for _, y := range lines {
		byID[y.ID] = y
		if y.Attends(sitting.ID) {
			r.Lines = append(r.Lines, y)
		}
	}
	keys := make(map[string]string, len(all))
	for _, d := range all {
		seat, isDue := due[d.ID]
		r.Guests = append(r.Guests, Guest{Delegate: d, Line: byID[d.Category].Title, Seat: seat, Due: isDue})
		keys[d.ID] = search.NameKey(d.Name)
	}
	slices.SortStableFunc(r.Guests, func(a, b Guest) int { return strings.Compare(keys[a.ID], keys[b.ID]) })
	return r, nil
}

// byID finds guests by the id of the delegate.
func (r Roster) byID() map[string]Guest {
	out := make(map[string]Guest, len(r.Guests))
	for _, x := range r.Guests {
		out[x.ID] = x
	}
	return out
}

// named finds delegates who stand by name and unit, see nameKey.
func (r Roster) named() map[string]string {
	out := map[string]string{}
	for _, x := range r.Guests {
		if x.Stands() {
			out[nameKey(x.Name, x.Unit)] = x.ID
		}
	}
	return out
}

// mark is what a desk keeps of the code on an invitation: it knows the code again and
// does not tell it. Letters may come in any case from a scanner.
func mark(code string) string {
	sum := sha256.Sum256([]byte(strings.ToUpper(code)))
	return hex.EncodeToString(sum[:16])
}

// find returns the guests who match what was typed, see matches: those who are due first,
// at most so many.
func (r Roster) find(typed string, most int) []Guest {
	words := strings.Fields(search.Fold(typed))
	var due, others []Guest
	if len(words) == 0 {
		return nil
	}
	for _, x := range r.Guests {
		switch {
		case !x.Stands() || !matches(words, search.Fold(x.Name), search.Fold(x.Unit)):
		case x.Due:
			due = append(due, x)
		default:
			others = append(others, x)
		}
	}
	all := append(due, others...)
	return all[:min(len(all), most)]
}

// matches reports whether every word begins a word of the name, those of the name in
// their order, or a word of the unit: "nguyen v a" is "Nguyễn Văn An".
func matches(words []string, name, unit string) bool {
	names, units := strings.Fields(name), strings.Fields(unit)
	for _, w := range words {
		begins := func(s string) bool { return strings.HasPrefix(s, w) }
		if n := slices.IndexFunc(names, begins); n >= 0 {
			names = names[n+1:]
		} else if n := slices.IndexFunc(units, begins); n >= 0 {
			units = slices.Delete(slices.Clone(units), n, n+1)
		} else {
			return false
		}
	}
	return true
}
