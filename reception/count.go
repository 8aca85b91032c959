package reception

import (
	"cmp"
	"slices"
	"time"

	"chibo/delegation"
	"chibo/kit/search"
	"chibo/kit/when"
)

// Line is how many of a part of the delegates came.
type Line struct {
	Title    string
	Due      int // who should come
	Came     int // of those who should
	Replaced int // of those who should, in whose place somebody came
	Beyond   int // came besides: walk-ins, replacements, delegates of another sitting
}

// Present is how many people of the part are there.
func (l Line) Present() int { return l.Came + l.Beyond }

// Slot is how many people came in five minutes.
type Slot struct {
	From when.Instant
	Came int
}

// slot is how long one is.
const slot = 5 * time.Minute

// Present is a person who is there, with whatever is known of them.
type Present struct {
	Arrival
	Name, Post, Unit, Line, Seat string
	Number                       int
	For                          string // the name of whom they came for
	Due                          bool
}

// Absent is the part of a unit that is missing, in the order of names.
type Absent struct {
	Unit   string
	Guests []Guest
}

// Board is a sitting as it stands.
type Board struct {
	Roster
	State
	Total   Line
	Lines   []Line // of the composition
	Units   []Line
	Desks   []Line // Came alone is filled
	Slots   []Slot
	People  []Present // by time
	Missing []Absent
	Settle  []Doubt
}

// boardOf counts who came of those who were expected.
func boardOf(r Roster, s State) Board {
	b := Board{Roster: r, State: s, Settle: s.Doubts(r.named())}
	guests, came, stoodIn := r.byID(), map[string]bool{}, map[string]bool{}
	for _, a := range s.Arrivals {
		p := presentOf(a, guests, r)
		b.People = append(b.People, p)
		if a.Known() {
			came[a.Person] = true
		} else if a.Replaces != "" {
			stoodIn[a.Replaces] = true
		}
	}
	lines, units, desks := tally{}, tally{}, tally{}
	for _, y := range r.Lines {
		lines.of(y.Title)
	}
	for _, x := range r.Guests {
		if !x.Due {
			continue
		}
		for _, l := range []*Line{&b.Total, lines.of(x.Line), units.of(x.Unit)} {
			l.Due++
			if came[x.ID] {
				l.Came++
			} else if stoodIn[x.ID] {
				l.Replaced++
			}
		}
		if !came[x.ID] && !stoodIn[x.ID] {
			b.miss(x)
		}
	}
	for _, p := range b.People {
		desks.of(p.Desk).Came++
		b.arrived(p.At)
		if !p.Due {
			for _, l := range []*Line{&b.Total, lines.of(p.Line), units.of(p.Unit)} {
				l.Beyond++
			}
		}
	}
	b.Lines, b.Units, b.Desks = lines.all(), units.all(), desks.all()
	inOrder(b.Units, func(l Line) string { return l.Title })
	inOrder(b.Missing, func(m Absent) string { return m.Unit })
	return b
}

// inOrder sorts by a title as a Vietnamese list does.
func inOrder[T any](all []T, title func(T) string) {
	keys := map[string]string{}
	for _, x := range all {
		keys[title(x)] = search.SortKey(title(x))
	}
	slices.SortStableFunc(all, func(x, y T) int { return cmp.Compare(keys[title(x)], keys[title(y)]) })
}

// presentOf puts together what the list and the log know of a person.
func presentOf(a Arrival, guests map[string]Guest, r Roster) Present {
	if x, there := guests[a.Person]; there {
		return Present{Arrival: a, Name: x.Name, Post: x.Post, Unit: x.Unit, Line: x.Line, Seat: x.Seat, Number: x.Number, Due: x.Due}
	}
	p := Present{Arrival: a, Name: a.Name, Unit: a.Unit, For: guests[a.Replaces].Name}
	for _, y := range r.Lines {
		if y.ID == a.Category {
			p.Line = y.Title
		}
	}
	return p
}

func (b *Board) miss(x Guest) {
	n := slices.IndexFunc(b.Missing, func(m Absent) bool { return m.Unit == x.Unit })
	if n < 0 {
		n = len(b.Missing)
		b.Missing = append(b.Missing, Absent{Unit: x.Unit})
	}
	b.Missing[n].Guests = append(b.Missing[n].Guests, x)
}

// arrived counts a person in the five minutes in which they came; arrivals are told in
// their order.
func (b *Board) arrived(at when.Instant) {
	from := at - at%when.Instant(slot.Milliseconds())
	if n := len(b.Slots); n == 0 || b.Slots[n-1].From != from {
		b.Slots = append(b.Slots, Slot{From: from})
	}
	b.Slots[len(b.Slots)-1].Came++
}

// Absent is how many of those who should come are missing.
func (b Board) Absent() int { return b.Total.Due - b.Total.Came - b.Total.Replaced }

// Declined is how many of the missing have said that they do not come.
func (b Board) Declined() int {
	n := 0
	for _, m := range b.Missing {
		for _, x := range m.Guests {
			if x.Answer == delegation.Declined {
				n++
			}
		}
	}
	return n
}

// tally counts by a title that people may have written differently.
type tally struct {
	lines []*Line
	at    map[string]int
}

func (t *tally) of(title string) *Line {
	if n, there := t.at[title]; there {
		return t.lines[n]
	}
	if t.at == nil {
		t.at = map[string]int{}
	}
	key := "\x1f" + search.Fold(title) // beside the titles as they are written
	n, there := t.at[key]
	if !there {
		n = len(t.lines)
		t.lines = append(t.lines, &Line{Title: title})
	}
	t.at[key], t.at[title] = n, n
	return t.lines[n]
}

func (t *tally) all() []Line {
	out := make([]Line, len(t.lines))
	for n, l := range t.lines {
		out[n] = *l
	}
	return out
}
