package rubric

import (
	"context"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// What may be done with sheets, and by whom: see app/rights.go.
const (
	MayRead access.Need = "rubric.read" // the sheets of one's organisations
	MayOwn  access.Need = "rubric.own"  // put sheets in force
)

// Service keeps sheets.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// add puts a sheet of an organisation in force from the day it names. Scores that were
// given keep theirs. A sheet that is not sound is refused.
func (s *Service) add(ctx context.Context, tx *db.Tx, who access.Person, organizationID string, r Rubric) (Kept, error) {
	o, err := organization.Get(ctx, tx, who.Scope(MayOwn), organizationID)
	if err != nil {
		return Kept{}, err
	}
	r.ID, r.Owner = id.New(), o.Name
	if wrong := Wrong(Check(r)); len(wrong) > 0 {
		return Kept{}, fault.New(fault.Invalid, "rubric.check.refused", "Count", len(wrong))
	}
	text, err := sheetText(r)
	if err != nil {
		return Kept{}, err
	}
	k := Kept{Root: o.Root, ID: r.ID, Organization: o.ID, Name: r.Name, From: r.From, Until: r.Until, Sheet: text, At: s.now(), By: who.Member}
	if err := insertSheet(ctx, tx, k); err != nil {
		return Kept{}, err
	}
	return k, s.Audit.Write(ctx, tx, who, o.Root, "rubric.sheet.added", k.ID, map[string]any{"organization": o.ID, "from": k.From})
}

// Sheets returns the sheets that hold in the reader's organisations or belong to them,
// newest first, with the names of their owners.
func (s *Service) Sheets(ctx context.Context, who access.Person) ([]Kept, map[string]string, error) {
	all, err := organization.Under(ctx, s.DB, who.Scope(MayRead))
	if err != nil {
		return nil, nil, err
	}
	names := map[string]string{}
	var owners []string
	for _, o := range all {
		names[o.ID] = o.Name
		owners = append(owners, append(o.Above(), o.ID)...)
	}
	kept, err := SheetsOf(ctx, s.DB, slices.Compact(slices.Sorted(slices.Values(owners)))...)
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
	// Given are the points the meeting has, which stay; nil where it has none.
	Given *Points
}
