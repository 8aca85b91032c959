package delegation

import (
	"slices"
	"strings"

	"chibo/conference"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// Quota is how many people a unit sends in a line of the composition, where somebody has
// changed by hand what follows from the tree.
type Quota struct {
	Root      string       `db:"root_id" form:"-"`
	Category  string       `db:"category_id" form:"category"`
	Unit      string       `db:"unit_id" form:"unit"`
	Places    int          `form:"places"`
	Reason    string       `form:"reason"`
	ChangedAt when.Instant `form:"-"`
	ChangedBy string       `form:"-"`
}

func (k Quota) check() error {
	var c fault.Check
	c.That(k.Places >= 0 && k.Places <= 500, "places", "delegation.problem.places")
	c.That(strings.TrimSpace(k.Reason) != "", "reason", "delegation.problem.quota_reason")
	c.That(len([]rune(k.Reason)) <= longest, "reason", "delegation.problem.long")
	return c.Err()
}

// Share is what one unit sends in one line. Of the lines that the office fills there is one
// share without a unit, the whole line.
type Share struct {
	Line   conference.Category
	Unit   organization.Organization
	Places int
	// Reason says why the places are not those of the tree; empty: they are.
	Reason string
}

// Names reports whether the unit itself says who goes: the office enters guests and the
// press, and the members of a host go all.
func (s Share) Names() bool {
	return s.Line.Source == conference.FromBases || s.Line.Source == conference.FromCells
}

// basis is what the shares of a conference follow from.
type basis struct {
	committee organization.Organization
	below     []organization.Organization // what exists still of the units asked about, parents before their children
	deeper    bool                        // whether a cell stands further down than directly under the committee
	lines     []conference.Category
	sittings  []conference.Sitting
	members   map[string]int // of each host, by id: who is counted in its attendance
	changed   []Quota
}

// shares computes who sends how many. "Bases" are the committees and cells directly under
// the committee; "cells" are those further down or, where no committee stands between,
// those directly under it ("cấp ủy các chi bộ trực thuộc đảng bộ cơ sở", 82-KH/ĐU of 2024,
// II.3).
func (b basis) shares() []Share {
	var out []Share
	for _, y := range b.lines {
		units := b.units(y)
		if units == nil {
			out = append(out, b.changedBy(Share{Line: y, Places: y.Quota}))
		}
		for _, o := range units {
			places := y.Quota
			if y.Source == conference.FromHosts {
				places = b.members[o.ID]
			}
			out = append(out, b.changedBy(Share{Line: y, Unit: o, Places: places}))
		}
	}
	return out
}

// units returns the units that send somebody in a line; nil where the office does.
func (b basis) units(y conference.Category) []organization.Organization {
	out := []organization.Organization{}
	pick := func(fits func(organization.Organization) bool) {
		for _, o := range b.below {
			if fits(o) {
				out = append(out, o)
			}
		}
	}
	direct := func(o organization.Organization) bool { return o.Parent == b.committee.ID }
	cell := func(o organization.Organization) bool { return o.Level == organization.Cell }
	switch y.Source {
	case conference.FromBases:
		pick(func(o organization.Organization) bool { return direct(o) && (cell(o) || o.Level.Committee()) })
	case conference.FromCells:
		pick(func(o organization.Organization) bool { return cell(o) && direct(o) != b.deeper })
	case conference.FromHosts:
		pick(func(o organization.Organization) bool {
			return slices.ContainsFunc(b.sittings, func(x conference.Sitting) bool { return x.Host == o.ID && y.Attends(x.ID) })
		})
	default:
		return nil
	}
	return out
}

func (b basis) changedBy(s Share) Share {
	for _, k := range b.changed {
		if k.Category == s.Line.ID && k.Unit == s.Unit.ID {
			s.Places, s.Reason = k.Places, k.Reason
		}
	}
	return s
}

// Count is how far the naming of somebody is.
type Count struct {
	Places, Named, Coming, Declined, Issued int
}

// Missing returns how many are still to be named.
func (n Count) Missing() int { return max(0, n.Places-n.Named) }

// Waiting returns how many have not answered.
func (n Count) Waiting() int { return n.Named - n.Coming - n.Declined }

// Add returns the sum of two counts.
func (n Count) Add(m Count) Count {
	return Count{n.Places + m.Places, n.Named + m.Named, n.Coming + m.Coming, n.Declined + m.Declined, n.Issued + m.Issued}
}

func (n Count) with(d Delegate) Count {
	n.Named++
	switch d.Answer {
	case Coming:
		n.Coming++
	case Declined:
		n.Declined++
	}
	if d.Number > 0 {
		n.Issued++
	}
	return n
}

// Line is a line of the composition with what its units have done.
type Line struct {
	conference.Category
	Units []Sent
	Count
}

// Sent is a share and how many of it are named.
type Sent struct {
	Share
	Count
}

// tally counts the delegates who stand by line and unit. Who stands for a unit that has no
// share is counted in a share of that unit without places.
func tally(lines []conference.Category, shares []Share, all []Delegate) []Line {
	out := make([]Line, len(lines))
	at := map[string]*Line{}
	for i, y := range lines {
		out[i].Category, at[y.ID] = y, &out[i]
	}
	for _, s := range shares {
		x := at[s.Line.ID]
		x.Units = append(x.Units, Sent{s, Count{Places: s.Places}})
	}
	for _, d := range all {
		if x := at[d.Category]; x != nil && d.Stands() {
			u := x.unit(d)
			u.Count = u.with(d)
		}
	}
	for i := range out {
		for _, u := range out[i].Units {
			out[i].Count = out[i].Add(u.Count)
		}
	}
	return out
}

// unit returns the share under which a delegate is counted.
func (x *Line) unit(d Delegate) *Sent {
	n := slices.IndexFunc(x.Units, func(u Sent) bool {
		return u.Unit.ID == d.UnitID || u.Unit.ID == "" && !u.Names()
	})
	if n < 0 {
		x.Units = append(x.Units, Sent{Share: Share{Line: x.Category, Unit: organization.Organization{ID: d.UnitID, Root: d.UnitRoot, Name: d.Unit}}})
		n = len(x.Units) - 1
	}
	return &x.Units[n]
}
