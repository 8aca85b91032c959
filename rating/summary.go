package rating

import (
	"slices"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// Group is a group of comparable posts: the cap on excellent ratings holds in each
// (366-QĐ/TW, 30/8/2025, art. 11). Which posts are comparable was not found; these are
// the ones that every cell has.
type Group string

// The groups.
const (
	Cells       Group = "cells"       // the cells themselves
	Secretaries Group = "secretaries" // of cells
	Committees  Group = "committees"  // deputies and the other members of cell committees
	Others      Group = "others"      // members without a leading post in the cell
)

// Groups lists the groups in the order of the list.
var Groups = []Group{Cells, Secretaries, Committees, Others}

// groupOf returns the group of a subject that holds these posts.
func groupOf(subject string, posts []organization.Post) Group {
	g := Others
	for _, p := range posts {
		switch p {
		case organization.Secretary:
			return Secretaries
		case organization.Deputy, organization.CommitteeMember:
			g = Committees
		}
	}
	if subject == Cell {
		return Cells
	}
	return g
}

// Summed is a line of a round in the summary of the level that decides.
type Summed struct {
	Rating
	Group Group
	// Unit is the name of the cell, Name that of the subject.
	Unit, Name string
}

// Summary is what the lists of the cells under a committee come to in one period.
type Summary struct {
	Organization organization.Organization
	Period       Period
	Policy       Policy
	// Lines are those of the lists that have come, cell by cell.
	Lines []Summed
	// Came names the cells whose lists have come, Missing those whose have not.
	Came, Missing []string
}

// Of returns the lines of a group.
func (s Summary) Of(g Group) []Summed {
	var out []Summed
	for _, l := range s.Lines {
		if l.Group == g && l.Rated() {
			out = append(out, l)
		}
	}
	return out
}

// Count counts the levels of a group: the decided ones, else the proposed.
func (s Summary) Count(g Group) Count {
	n := Count{}
	for _, l := range s.Of(g) {
		n[current(l.Rating)]++
	}
	return n
}

// Words is the computation of the cap for a group: Vietnamese whoever reads the screen.
func (s Summary) Words(g Group) string {
	noun := "đồng chí"
	if g == Cells {
		noun = "chi bộ"
	}
	return s.Policy.words(noun, s.Count(g))
}

// periodFrom reads a period as it stands in addresses; the year of today where nothing
// is said.
func periodFrom(span, month string, today when.Date) (Period, error) {
	if span == "" {
		return PeriodOf(Yearly, today.In()), nil
	}
	m, err := when.ParseMonth(month)
	p := PeriodOf(Span(span), m)
	if err != nil || !slices.Contains(Spans, Span(span)) {
		return p, fault.New(fault.NotFound, "fault.not_found")
	}
	return p, nil
}
