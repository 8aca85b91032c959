package member

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/locale"
)

// Whole is an upload of a file with a sheet for each of several cells: what each sheet would do to its cell, or has
// done.
type Whole struct {
	ID, Name string
	Shares   Shares
	Parts    []Part // one for each sheet that goes to a cell
}

// Part is what a file does to one cell. It is an upload of its own, derived from that of the whole file: see Preview
// and Confirm, which take its id.
type Part struct {
	ID string
	SheetOf
	Plan   Plan
	Report *Report // what was done, nil while it waits
}

// Counts returns how many lines come to each deed.
func (p Part) Counts() map[Deed]int {
	if r := p.Report; r != nil {
		return map[Deed]int{Add: r.Added, Change: r.Changed, Leave: r.Unchanged, Refuse: r.Refused}
	}
	return map[Deed]int{Add: p.Plan.Count(Add), Change: p.Plan.Count(Change), Leave: p.Plan.Count(Leave), Refuse: p.Plan.Count(Refuse)}
}

// Writes returns how many lines of the parts that wait would write something.
func (w Whole) Writes() int {
	n := 0
	for _, p := range w.Parts {
		if p.Report == nil {
			n += p.Plan.Count(Add) + p.Plan.Count(Change)
		}
	}
	return n
}

// Waiting returns how many parts wait.
func (w Whole) Waiting() int {
	n := 0
	for _, p := range w.Parts {
		if p.Report == nil {
			n++
		}
	}
	return n
}

// partID is the id of the part of an upload that goes to a cell.
func partID(upload, organization string) string { return upload + "." + organization }

// draft returns an upload of who, or the part of one: until it is taken in this is its upload with another cell.
func (s *Service) draft(ctx context.Context, who access.Person, importID string) (draft, error) {
	d, err := draftOf(ctx, s.DB, who.Account, importID, s.waiting())
	upload, organization, part := strings.Cut(importID, ".")
	if !part || !fault.Is(err, fault.NotFound) {
		return d, err
	}
	d, err = draftOf(ctx, s.DB, who.Account, upload, s.waiting())
	if err == nil && !d.AppliedAt.IsZero() { // the file is gone
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	d.ID, d.Organization, d.upload = importID, organization, upload
	return d, err
}

// shares divides the sheets of an upload among the cells of its base organisation into which who may write.
func (s *Service) shares(ctx context.Context, who access.Person, d draft, rolls Rolls) (Shares, error) {
	mine, err := unitsIn(ctx, s.DB, who.Scope(Write), d.Root)
	if err != nil {
		return Shares{}, err
	}
	all, err := cellNames(ctx, s.DB, d.Root)
	return rolls.Share(mine, all), err
}

// Whole returns an upload as it would take in all sheets that name a cell into which who may write, each into its
// cell. Not found where these are fewer than two.
func (s *Service) Whole(ctx context.Context, who access.Person, importID string) (Whole, error) {
	d, err := draftOf(ctx, s.DB, who.Account, importID, s.waiting())
	if err != nil {
		return Whole{}, err
	}
	w := Whole{ID: d.ID, Name: d.Name}
	var rolls Rolls
	if d.AppliedAt.IsZero() {
		if rolls, _, err = s.reread(d); err == nil {
			w.Shares, err = s.shares(ctx, who, d, rolls)
		}
	} else {
		var r Report
		if err = json.Unmarshal([]byte(d.Report), &r); err == nil && r.Whole != nil {
			w.Shares = *r.Whole
		}
	}
	if err == nil && len(w.Shares.Sheets) < 2 {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	if err != nil {
		return Whole{}, err
	}
	for _, of := range w.Shares.Sheets {
		part := Part{ID: partID(d.ID, of.ID), SheetOf: of}
		done, err := draftOf(ctx, s.DB, who.Account, part.ID, s.waiting())
		switch {
		case err == nil:
			if _, err = cellIn(ctx, s.DB, who.Scope(Write), of.ID); err == nil {
				part.Report = &Report{}
				err = json.Unmarshal([]byte(done.Report), part.Report)
			}
		case fault.Is(err, fault.NotFound):
			part.Plan, _, err = s.plan(ctx, s.DB, who, of.ID, rolls, of.Sheet)
		}
		if err != nil {
			return Whole{}, fmt.Errorf("part of an import: %w", err)
		}
		w.Parts = append(w.Parts, part)
	}
	return w, nil
}

// ConfirmWhole takes in each part of an upload for which digests, by the id of the cell, hold that of the plan that was
// seen: each for itself, see Confirm. It returns the names of the cells of which nothing was written because
// another plan would follow now. When no part waits any more the file is let go.
func (s *Service) ConfirmWhole(ctx context.Context, who access.Person, importID string, digests map[string]string, l locale.L) ([]string, error) {
	w, err := s.Whole(ctx, who, importID)
	if err != nil {
		return nil, err
	}
	var skipped []string
	for _, p := range w.Parts {
		if p.Report != nil {
			continue
		}
		_, err := s.Confirm(ctx, who, p.ID, p.Sheet, digests[p.SheetOf.ID], l)
		if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) {
			if _, err := draftOf(ctx, s.DB, who.Account, p.ID, s.waiting()); fault.Is(err, fault.NotFound) { // else another press was quicker
				skipped = append(skipped, p.Name)
			}
			continue
		}
		if err != nil {
			return skipped, err
		}
	}
	if len(skipped) > 0 {
		return skipped, nil
	}
	return nil, s.settle(ctx, who, importID, w.Shares)
}

// settle lets the file of an upload go all of whose parts were taken in.
func (s *Service) settle(ctx context.Context, who access.Person, importID string, shares Shares) error {
	d, err := draftOf(ctx, s.DB, who.Account, importID, s.waiting())
	if err != nil {
		return err
	}
	text, err := json.Marshal(Report{Organization: d.Organization, File: d.Name, Hash: d.Hash, Columns: []Understood{}, Problems: []Problem{}, Whole: &shares})
	if err != nil {
		return fmt.Errorf("report of an import: %w", err)
	}
	d.AppliedAt, d.Report = s.now(), string(text)
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := applyDraft(ctx, tx, d) // 0 where another press was quicker
		return err
	})
	if err == nil {
		s.uploads.rolls.Forget(d.Hash)
	}
	return err
}
