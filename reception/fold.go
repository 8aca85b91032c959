package reception

import (
	"cmp"
	"slices"

	"chibo/kit/search"
)

// Arrival is one person who came, counted once.
type Arrival struct {
	// Person is the id of the delegate; of somebody who was only written down at the desk,
	// that of the event.
	Person string
	Event          // the earliest that stands
	Again  []Event // the others of the same person, in their order
}

// Known reports whether the person is one of the delegates.
func (a Arrival) Known() bool { return a.Person != a.Event.ID }

// events are all that stand of a person, by time.
func (a Arrival) events() []Event { return append([]Event{a.Event}, a.Again...) }

// State is what the log of a sitting says.
type State struct {
	Arrivals []Arrival // by time

	verdicts map[pair]Event
	groups   groups
}

// pair names two people, whichever is named first.
type pair struct{ a, b string }

func pairOf(a, b string) pair { return pair{min(a, b), max(a, b)} }

// Fold reads a log. It is the same of every order, and of events that came twice:
// the earliest event of a person stands, what was taken back is as if it had never been
// said, and of two verdicts on one pair the later one holds. The device folds by the same
// rules (kit/web/assets/src/desk/fold.js); a test compares the two.
func Fold(events []Event) State {
	events = slices.Clone(events)
	slices.SortFunc(events, Event.compare)
	events = slices.CompactFunc(events, func(a, b Event) bool { return a.ID == b.ID })
	gone := map[string]bool{}
	for _, e := range events {
		if e.Kind == Back {
			gone[e.Of] = true
		}
	}
	events = slices.DeleteFunc(events, func(e Event) bool { return gone[e.ID] })
	s := State{verdicts: map[pair]Event{}, groups: groups{}}
	named := s.judge(events)
	at := map[string]int{} // by group
	for _, e := range events {
		if e.Kind != Came {
			continue
		}
		group := s.groups.of(e.person())
		n, seen := at[group]
		if !seen {
			n = len(s.Arrivals)
			at[group], s.Arrivals = n, append(s.Arrivals, Arrival{Person: cmp.Or(e.Delegate, named[group], e.ID), Event: e})
			continue
		}
		a := &s.Arrivals[n]
		a.Again = append(a.Again, e)
		if e.Delegate != "" && !a.Known() {
			a.Person = e.Delegate
		}
	}
	return s
}

// judge joins those who were said to be one, and returns the delegates whom that names, by
// group.
func (s State) judge(events []Event) map[string]string {
	for _, e := range events {
		if e.Kind == Same || e.Kind == Apart {
			s.verdicts[e.pair()] = e
		}
	}
	for p, e := range s.verdicts {
		if e.Kind == Same {
			s.groups.join(p.a, p.b)
		}
	}
	named := map[string]string{}
	for _, e := range s.verdicts {
		if e.Kind != Same || e.Delegate == "" {
			continue
		}
		group := s.groups.of(e.Of)
		if d, there := named[group]; !there || e.Delegate < d {
			named[group] = e.Delegate
		}
	}
	return named
}

// groups joins people who are one. The name of a group is its smallest key, so that it does
// not depend on the order in which people were joined.
type groups map[string]string

func (g groups) of(key string) string {
	for {
		up, joined := g[key]
		if !joined {
			return key
		}
		key = up
	}
}

func (g groups) join(a, b string) {
	a, b = g.of(a), g.of(b)
	if a != b {
		g[max(a, b)] = min(a, b)
	}
}

// Why is the reason of a doubt.
type Why string

// The reasons.
const (
	Twins    Why = "twins"  // two of one name and one unit were written down
	TwoStand Why = "two"    // two came in the place of one delegate
	BothCame Why = "both"   // a delegate came, and somebody in their place
	Listed   Why = "listed" // somebody was written down who bears the name of a delegate of that unit
)

// Doubt is two people who may be one. They are counted as two until somebody says
// otherwise.
type Doubt struct {
	Why Why
	A   Arrival // was written down at the desk
	// B came before; of the reason Listed it is the zero Arrival if Delegate has not come.
	B        Arrival
	Delegate string // who it may be, or in whose place A came
}

// Doubts returns what somebody has to settle, in the order of arrival. listed are the
// delegates by name and unit, see nameKey. Of those who share something each is compared
// with the first it has not been told apart from: the next doubt follows when that is
// settled.
func (s State) Doubts(listed map[string]string) []Doubt {
	var out []Doubt
	came := map[string]Arrival{} // by group
	for _, a := range s.Arrivals {
		came[s.groups.of(a.person())] = a
	}
	earlier := map[string][]Arrival{} // written down before, by what they share
	for _, a := range s.Arrivals {
		if a.Known() {
			continue
		}
		key := nameKey(a.Name, a.Unit)
		if d := listed[key]; d != "" && d != a.Replaces && s.open(a.Person, d) {
			out = append(out, Doubt{Why: Listed, A: a, B: came[s.groups.of(d)], Delegate: d})
		}
		if b, there := came[s.groups.of(a.Replaces)]; there && a.Replaces != "" && s.open(a.Person, a.Replaces) {
			out = append(out, Doubt{Why: BothCame, A: a, B: b, Delegate: a.Replaces})
		}
		b, twin := s.first(a, earlier["name "+key])
		if twin {
			out = append(out, Doubt{Why: Twins, A: a, B: b})
		}
		if c, there := s.first(a, earlier["place "+a.Replaces]); a.Replaces != "" && there && !(twin && b.Person == c.Person) {
			out = append(out, Doubt{Why: TwoStand, A: a, B: c, Delegate: a.Replaces})
		}
		for _, k := range []string{"name " + key, "place " + a.Replaces} {
			earlier[k] = append(earlier[k], a)
		}
	}
	return out
}

// first is the first of some people who has not been told apart from a.
func (s State) first(a Arrival, some []Arrival) (Arrival, bool) {
	n := slices.IndexFunc(some, func(b Arrival) bool { return s.open(a.Person, b.Person) })
	if n < 0 {
		return Arrival{}, false
	}
	return some[n], true
}

// open reports whether nobody has settled yet if two people are one.
func (s State) open(a, b string) bool {
	_, said := s.verdicts[pairOf(a, b)]
	return !said && s.groups.of(a) != s.groups.of(b)
}

// nameKey is the same for one name of one unit however they are written.
func nameKey(name, unit string) string { return search.Fold(name) + "\x1f" + search.Fold(unit) }
