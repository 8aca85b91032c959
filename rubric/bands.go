package rubric

import (
	"fmt"
	"slices"
)

// Gap is a stretch of figures for which a sheet has no step, or more than one.
type Gap struct {
	// From and To are its edges; the same where it is one figure.
	From, To Figure
	// Bands is how many steps there are.
	Bands int
}

// String writes "50", or "31 … 44".
func (g Gap) String() string {
	if g.From == g.To {
		return g.From.String()
	}
	return fmt.Sprintf("%s … %s", g.From, g.To)
}

// Gaps returns where the bands of a fact do not cover its figures exactly once, where
// the fact has this scale.
func Gaps(f Fact, bands []Band, scale int) []Gap {
	var out []Gap
	within := false // the probe before belongs to the last gap
	for _, p := range probes(f, bands, scale) {
		n := 0
		for _, b := range bands {
			if b.Holds(p.at, scale) {
				n++
			}
		}
		switch {
		case n == 1:
			within = false
		case within && out[len(out)-1].Bands == n:
			out[len(out)-1].To = p.to
		default:
			out = append(out, Gap{p.from, p.to, n})
			within = true
		}
	}
	return out
}

// probe is one figure that stands for a stretch.
type probe struct{ from, to, at Figure }

// probes returns figures such that between two of them no band begins or ends: shares
// at every edge and once between two edges; whatever is counted in whole things at
// every number.
func probes(f Fact, bands []Band, scale int) []probe {
	var out []probe
	if f.Unit() != Percent {
		for n := range f.reach(scale).Num + 1 {
			out = append(out, probe{Count(n), Count(n), Count(n)})
		}
		return out
	}
	edges := []int{0, 100_00}
	for _, b := range bands {
		for _, bound := range b.bounds() {
			if bound.Hundredths > 0 && bound.Hundredths < 100_00 {
				edges = append(edges, bound.Hundredths)
			}
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	for i, e := range edges {
		here := Figure{e, 100}
		if i > 0 {
			out = append(out, probe{Figure{edges[i-1], 100}, here, Figure{edges[i-1] + e, 200}})
		}
		out = append(out, probe{here, here, here})
	}
	return out
}
