package delegation

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"chibo/conference"
	"chibo/organization"
)

// tree is a committee with base committees and cells in the order of a tree: of each base
// so many cells, and some cells directly under the committee.
func tree(bases, cellsOfEach, direct int) basis {
	b := basis{committee: organization.Organization{ID: "c", Path: "/c/", Level: organization.Ward}, members: map[string]int{}, deeper: bases*cellsOfEach > 0}
	b.below = append(b.below, b.committee)
	for i := range bases {
		base := organization.Organization{ID: fmt.Sprint("b", i), Parent: "c", Level: organization.BaseCommittee}
		b.below = append(b.below, base)
		for j := range cellsOfEach {
			cell := organization.Organization{ID: fmt.Sprint(base.ID, "-", j), Parent: base.ID, Level: organization.Cell}
			b.below = append(b.below, cell, organization.Organization{ID: cell.ID + "-g", Parent: cell.ID, Level: organization.PartyGroup})
		}
	}
	for i := range direct {
		b.below = append(b.below, organization.Organization{ID: fmt.Sprint("d", i), Parent: "c", Level: organization.Cell})
	}
	return b
}

// TestUnitsOfALine tells which units send somebody, by the source of the line and the tree.
func TestUnitsOfALine(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		bases, cells, direct int
		source               conference.Source
		want                 int
	}{
		{2, 3, 1, conference.FromBases, 3}, // two base committees and the cell beside them
		{2, 3, 1, conference.FromCells, 6}, // those of the base committees only
		{0, 0, 4, conference.FromBases, 4},
		{0, 0, 4, conference.FromCells, 4}, // no committee stands between: the same cells
		{2, 0, 4, conference.FromCells, 4},
		{2, 3, 1, conference.FromOffice, 0},
		{2, 3, 1, conference.FromPress, 0},
		{2, 3, 1, conference.FromHosts, 0}, // no sitting has a host
	} {
		b := tree(x.bases, x.cells, x.direct)
		if got := len(b.units(conference.Category{Source: x.source})); got != x.want {
			t.Errorf("%s of %d bases with %d cells and %d cells beside: %d units, want %d", x.source, x.bases, x.cells, x.direct, got, x.want)
		}
	}
	b := tree(1, 2, 0)
	b.members = map[string]int{"b0-1": 17}
	b.sittings = []conference.Sitting{{ID: "s0", Host: "b0-1"}, {ID: "s1", Host: "b0-0"}}
	b.lines = []conference.Category{{ID: "l", Source: conference.FromHosts, Sitting: "s0"}}
	if all := b.shares(); len(all) != 1 || all[0].Unit.ID != "b0-1" || all[0].Places != 17 {
		t.Errorf("the host of the one sitting sends %+v", all)
	}
}

// TestQuotaSums: whatever the tree, the changes by hand and the names, the places of a line
// are the sum of its units, and everybody who stands is counted once, nobody else.
func TestQuotaSums(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := tree(rapid.IntRange(0, 3).Draw(t, "bases"), rapid.IntRange(0, 3).Draw(t, "cells"), rapid.IntRange(0, 3).Draw(t, "direct"))
		for i, source := range rapid.SliceOfN(rapid.SampledFrom(conference.Sources), 1, 4).Draw(t, "lines") {
			b.lines = append(b.lines, conference.Category{ID: fmt.Sprint("l", i), Source: source, Quota: rapid.IntRange(1, 5).Draw(t, "quota")})
		}
		shares := b.shares()
		want := 0
		for _, s := range shares {
			places := s.Places
			if rapid.Bool().Draw(t, "changed") {
				places = rapid.IntRange(0, 9).Draw(t, "by hand")
				b.changed = append(b.changed, Quota{Category: s.Line.ID, Unit: s.Unit.ID, Places: places, Reason: "ít người"})
			}
			want += places
		}
		var all []Delegate
		standing := 0
		for range rapid.IntRange(0, 30).Draw(t, "named") {
			d := Delegate{Category: rapid.SampledFrom(b.lines).Draw(t, "line").ID, UnitID: rapid.SampledFrom(b.below).Draw(t, "unit").ID}
			if rapid.Bool().Draw(t, "typed") {
				d.UnitID = ""
			}
			if rapid.Bool().Draw(t, "gone") {
				d.GoneAt = 1
			} else {
				standing++
			}
			all = append(all, d)
		}
		n := sum(tally(b.lines, b.shares(), all))
		if n.Places != want || n.Named != standing || n.Waiting() != standing {
			t.Fatalf("%+v, want %d places, %d named", n, want, standing)
		}
	})
}
