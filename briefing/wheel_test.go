package briefing

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"chibo/kit/when"
)

func turner(id string, joined when.Date) Turner { return Turner{Member: id, Joined: joined} }

func day(n int) when.Date { return when.Month{Year: 2026, Month: 1}.Add(n).First() }

// told lets people tell one a month, the first in month 1.
func told(ids ...string) []Telling {
	var out []Telling
	for i, id := range ids {
		out = append(out, Telling{day(i + 1), id})
	}
	return out
}

func TestNext(t *testing.T) {
	t.Parallel()
	can := func(ids ...string) []Turner {
		var out []Turner
		for _, id := range ids {
			out = append(out, turner(id, day(0)))
		}
		return out
	}
	without := func(skip Skip, id string, people []Turner) []Turner {
		for i := range people {
			if people[i].Member == id {
				people[i].Skip = skip
			}
		}
		return people
	}
	for name, c := range map[string]struct {
		people []Turner
		past   []Telling
		want   string
	}{
		"the first of all":                    {can("a", "b", "c"), nil, "a"},
		"the next in order":                   {can("a", "b", "c"), told("a"), "b"},
		"round again":                         {can("a", "b", "c"), told("a", "b", "c"), "a"},
		"who is away is passed over":          {without(Away, "b", can("a", "b", "c")), told("a"), "c"},
		"and is next after coming back":       {can("a", "b", "c"), told("a", "c", "a"), "b"},
		"who took another's turn must wait":   {can("a", "b", "c"), told("c"), "a"},
		"whose turn was taken stays first":    {can("a", "b", "c"), told("a", "c"), "b"},
		"who joined stands behind all":        {append(can("a", "b"), turner("n", day(3))), told("a", "b"), "a"},
		"and comes before their next turn":    {append(can("a", "b"), turner("n", day(3))), told("a", "b", "", "a", "b"), "n"},
		"who came back joins anew":            {append(can("a", "b"), turner("n", day(5))), told("n", "a", "b"), "a"},
		"joined on the evening of a briefing": {[]Turner{turner("a", day(0)), turner("n", day(1))}, told("a"), "n"},
		"people who have left":                {can("b"), told("x", "y"), "b"},
		"nobody can":                          {without(Exempt, "a", can("a")), told("a"), ""},
		"nobody":                              {nil, told("a"), ""},
		"one alone":                           {can("a"), told("a", "a"), "a"},
	} {
		if got := Next(c.people, c.past); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAhead(t *testing.T) {
	t.Parallel()
	people := func(on when.Date) []Turner {
		b := turner("b", day(0))
		if on.Before(day(4)) {
			b.Skip, b.Until = Excused, day(4)
		}
		return []Turner{turner("a", day(0)), b, turner("c", day(0))}
	}
	got := Ahead(people, nil, day(1), day(2), day(3), day(4), day(5))
	if want := []string{"a", "c", "a", "b", "c"}; !slices.Equal(got, want) {
		t.Errorf("ahead %v, want %v", got, want)
	}
}

// cell is a cell in the property test: who is in it since when, and what happened.
type cell struct {
	people []Turner
	told   []Telling
	swaps  map[string]int // turns taken for others, and turns others took
	missed map[string]int // months in which somebody could not
	joined int
}

func (c *cell) join(on when.Date) {
	c.joined++
	c.people = append(c.people, turner(fmt.Sprintf("m%02d", c.joined), on))
}

// tells reports how often somebody told from the day on.
func (c *cell) tells(id string, from when.Date) int {
	n := 0
	for _, t := range c.told {
		if t.Member == id && !t.On.Before(from) {
			n++
		}
	}
	return n
}

// fair checks, before the turn of next is taken, that nobody who can is passed over:
// whoever can and was in the cell at the last turn of next has told since.
func (c *cell) fair(r *rapid.T, next string, on when.Date) {
	places := Order(c.people, c.told)
	at := slices.IndexFunc(places, func(p Place) bool { return p.Member == next })
	last := places[at].Last
	for _, p := range places {
		if p.Member == next || p.Skip != "" || last.IsZero() || !p.Joined.Before(last) {
			continue
		}
		if c.tells(p.Member, last) == 0 {
			r.Fatalf("%s: %s comes again after %s, and %s could and has not told since", on, next, last, p.Member)
		}
	}
}

// even checks that those who could in every month since the later of them joined
// have told as often as each other, but for one turn and the swaps.
func (c *cell) even(r *rapid.T) {
	for i, a := range c.people {
		for _, b := range c.people[i+1:] {
			if c.missed[a.Member]+c.missed[b.Member] > 0 {
				continue
			}
			from := b.Joined
			if from.Before(a.Joined) {
				from = a.Joined
			}
			x, y := c.tells(a.Member, from), c.tells(b.Member, from)
			if apart := max(x-y, y-x); apart > 1+c.swaps[a.Member]+c.swaps[b.Member] {
				r.Fatalf("%s told %d times and %s %d times since %s, with %v swaps", a.Member, x, b.Member, y, from, c.swaps)
			}
		}
	}
}

// month lets one month pass: people come, go and come back, somebody is ill, the
// turn is taken by the one whose it is, by another in a swap, or by who steps in.
func (c *cell) month(r *rapid.T, on when.Date) {
	switch what := rapid.IntRange(0, 39).Draw(r, "change"); {
	case what == 0 && len(c.people) > 2:
		c.people = slices.Delete(c.people, 0, 1)
	case what == 1 && len(c.people) < 12:
		c.join(on.AddDays(-10))
	case what == 2:
		back := &c.people[rapid.IntRange(0, len(c.people)-1).Draw(r, "who comes back")]
		back.Joined = on.AddDays(-10) // left and came back since the last meeting
	}
	var able []string
	for i := range c.people {
		p := &c.people[i]
		p.Skip = ""
		if rapid.IntRange(0, 9).Draw(r, "ill") == 0 && i%3 != 0 {
			p.Skip = Absent
			c.missed[p.Member]++
			continue
		}
		able = append(able, p.Member)
	}
	next := Next(c.people, c.told)
	if next == "" {
		if len(able) > 0 {
			r.Fatalf("%s: nobody is called though %v can", on, able)
		}
		return
	}
	if !slices.Contains(able, next) {
		r.Fatalf("%s: %s is called and cannot", on, next)
	}
	c.fair(r, next, on)
	if rapid.IntRange(0, 9).Draw(r, "swap") == 0 {
		other := rapid.SampledFrom(able).Draw(r, "with")
		if other != next {
			c.swaps[next]++
			c.swaps[other]++
			c.told = append(c.told, Telling{on, other})
			if again := Next(c.people, c.told); again != next {
				r.Fatalf("%s: %s did it for %s, and then %s is first", on, other, next, again)
			}
			return
		}
	}
	c.told = append(c.told, Telling{on, next})
}

// Twenty years of absences, joins, leaves and swaps: at every month nobody who can
// is passed over, and those who always can come equally often.
func TestTurnsAreFairForTwentyYears(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		c := &cell{swaps: map[string]int{}, missed: map[string]int{}}
		for range rapid.IntRange(2, 9).Draw(r, "people") {
			c.join(day(0))
		}
		for m := range 240 {
			c.month(r, day(m+1))
		}
		c.even(r)
	})
}
