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

// Roster is whom a sitting expects.
type Roster struct {
	Conference conference.Conference
	Sitting    conference.Sitting
	Lines      []conference.Category // that attend the sitting
	// Guests are those who are due, by line, unit and name, and then all others of the
	// conference.
	Guests []Guest
	// Helpers are the names of those who serve without an account, by id.
	Helpers map[string]string
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
	whole := make(map[string]delegation.Delegate, len(all))
	for _, d := range all {
		whole[d.ID] = d
	}
	for _, d := range expected {
		r.Guests = append(r.Guests, Guest{Delegate: whole[d.ID], Line: d.Line, Seat: d.Seat, Due: true})
		delete(whole, d.ID)
	}
	titles := map[string]string{}
	for _, y := range lines {
		titles[y.ID] = y.Title
		if y.Attends(sitting.ID) {
			r.Lines = append(r.Lines, y)
		}
	}
	for _, d := range all {
		if _, other := whole[d.ID]; other {
			r.Guests = append(r.Guests, Guest{Delegate: d, Line: titles[d.Category]})
		}
	}
	r.Helpers = map[string]string{}
	served, err := helpersOf(ctx, q, x)
	for _, y := range served {
		r.Helpers[y.ID] = y.Name
	}
	return r, err
}

// where is the desk at which an event was written, and who served it without an account.
func (r Roster) where(e Event) string {
	if name := r.Helpers[e.Account]; name != "" {
		return e.Desk + " (" + name + ")"
	}
	return e.Desk
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
	var out []Guest
	for _, x := range r.Guests {
		if len(words) > 0 && len(out) < most && x.Stands() && matches(words, search.Fold(x.Name), search.Fold(x.Unit)) {
			out = append(out, x)
		}
	}
	return out
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
