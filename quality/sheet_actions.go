package quality

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/organization"
)

// SeeSheets reads the sheets of one's organisations.
const SeeSheets access.Need = "quality.sheets"

// add puts a sheet of an organisation in force from the day it names. Scores that were
// given keep theirs. A sheet that is not sound is refused.
func (s *Service) add(ctx context.Context, tx *db.Tx, who access.Person, organizationID string, r Rubric) (Kept, error) {
	o, err := organization.Get(ctx, tx, who.Scope(MayOwn), organizationID)
	if err != nil {
		return Kept{}, err
	}
	r.ID, r.Owner = id.New(), o.Name
	if wrong := Wrong(Check(r)); len(wrong) > 0 {
		return Kept{}, fault.New(fault.Invalid, "quality.check.refused", "Count", len(wrong))
	}
	text, err := sheetText(r)
	if err != nil {
		return Kept{}, err
	}
	k := Kept{Root: o.Root, ID: r.ID, Organization: o.ID, Name: r.Name, From: r.From, Until: r.Until, Sheet: text, At: s.now(), By: who.Member}
	if err := insertSheet(ctx, tx, k); err != nil {
		return Kept{}, err
	}
	return k, s.Audit.Write(ctx, tx, who, o.Root, "quality.sheet.added", k.ID, map[string]any{"organization": o.ID, "from": k.From})
}

// Sheets returns the sheets that hold in the reader's organisations or belong to them,
// newest first, with the names of their owners.
func (s *Service) Sheets(ctx context.Context, who access.Person) ([]Kept, map[string]string, error) {
	all, err := organization.Under(ctx, s.DB, who.Scope(SeeSheets))
	if err != nil {
		return nil, nil, err
	}
	names := map[string]string{}
	var owners []string
	for _, o := range all {
		names[o.ID] = o.Name
		owners = append(owners, ids(o.Path)...)
	}
	kept, err := sheetsOf(ctx, s.DB, distinct(owners)...)
	return kept, names, err
}

// FindSheet returns a sheet that comes with the program or that the reader may see.
func (s *Service) FindSheet(ctx context.Context, who access.Person, sheetID string) (Rubric, error) {
	if r, ok := Sheet(sheetID); ok {
		return r, nil
	}
	kept, _, err := s.Sheets(ctx, who)
	if err != nil {
		return Rubric{}, err
	}
	i := slices.IndexFunc(kept, func(k Kept) bool { return k.ID == sheetID })
	if i < 0 {
		return Rubric{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return Parse([]byte(kept[i].Sheet))
}

// Trial is what a sheet would make of a meeting that was held: by the facts alone,
// whatever people would add.
type Trial struct {
	Meeting meeting.Meeting
	Cell    string
	Sum     Sum
	// Given is the score the meeting has, which stays; zero State where it has none.
	Given Score
}

// trials is how many meetings a sheet is tried on.
const trials = 5

// Try tries a sheet on the last meetings of the cells of an organisation that who may
// read, one a cell, or the last of a single cell.
func (s *Service) Try(ctx context.Context, who access.Person, r Rubric, organizationID string) ([]Trial, error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(MayOwn), organizationID)
	if err != nil || !who.MayAt(MayRead, o.Path) {
		return nil, err
	}
	cells, err := organization.CellsUnder(ctx, s.DB, access.Whole(o.Root, o.Path))
	if err != nil {
		return nil, err
	}
	each := 1
	if len(cells) == 1 {
		each = trials
	}
	var out []Trial
	month := s.now().Date().In()
	for _, cell := range cells[:min(trials, len(cells))] {
		held, err := meeting.Between(ctx, s.DB, cell.Root, cell.ID, month.Add(-6), month)
		if err != nil {
			return nil, err
		}
		held = slices.DeleteFunc(held, func(m meeting.Meeting) bool { return !m.State.Reached(meeting.Closed) || !r.For(string(m.Kind)) })
		for _, m := range held[max(0, len(held)-each):] {
			t, err := s.try(ctx, r, m, cell)
			if err != nil {
				return nil, err
			}
			out = append(out, t)
		}
	}
	return out, nil
}

func (s *Service) try(ctx context.Context, r Rubric, m meeting.Meeting, cell organization.Organization) (Trial, error) {
	e, err := s.gather(ctx, s.DB, m, cell)
	if err != nil {
		return Trial{}, err
	}
	kind := string(m.Kind)
	t := Trial{Meeting: m, Cell: cell.Name, Sum: r.Add(kind, r.Draft(kind, KnownOf(Measure(e)), nil).Points())}
	t.Given, _, err = scoreOf(ctx, s.DB, m.Root, m.ID)
	return t, err
}
