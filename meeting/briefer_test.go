package meeting

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"chibo/member"
)

func TestNextBriefer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		order, past []string
		want        string
	}{
		"the first of all":                  {[]string{"a", "b", "c"}, nil, "a"},
		"the next in order":                 {[]string{"a", "b", "c"}, []string{"a"}, "b"},
		"round again":                       {[]string{"a", "b", "c"}, []string{"a", "b", "c"}, "a"},
		"who is away is skipped":            {[]string{"a", "c"}, []string{"a"}, "c"},
		"and is next after coming back":     {[]string{"a", "b", "c"}, []string{"a", "c", "a"}, "b"},
		"who took another's turn must wait": {[]string{"a", "b", "c"}, []string{"c"}, "a"},
		"a newcomer before the second turn": {[]string{"a", "b", "n"}, []string{"a", "b"}, "n"},
		"people who have left":              {[]string{"b"}, []string{"x", "y"}, "b"},
		"nobody":                            {nil, []string{"a"}, ""},
		"one alone":                         {[]string{"a"}, []string{"a", "a"}, "a"},
	} {
		if got := NextBriefer(c.order, c.past); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// As long as the same people are there, nobody comes a second time before all
// have come once.
func TestBriefersTakeTurns(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		people := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{2}`), 1, 12, rapid.ID).Draw(r, "people")
		past := rapid.SliceOfN(rapid.SampledFrom(people), 0, 20).Draw(r, "past")
		var round []string
		for range people {
			next := NextBriefer(people, past)
			if slices.Contains(round, next) {
				r.Fatalf("%s twice in %v of %v", next, round, people)
			}
			round, past = append(round, next), append(past, next)
		}
	})
}

func TestBriefersSkipThoseWhoDoNotAttend(t *testing.T) {
	t.Parallel()
	entry := func(id string, s member.Standing) member.Entry {
		return member.Entry{Member: member.Member{ID: id}, Standing: s}
	}
	got := briefers([]member.Entry{
		entry("official", member.Official), entry("exempt", member.Exempt), entry("away", member.Away),
		entry("probationary", member.Probationary), entry("suspended", member.Suspended), entry("here", member.Here),
	})
	if want := []string{"official", "probationary", "here"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
