package rubric

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/organization"
)

// Begin starts a sheet of an organisation from r.
func (s *Service) Begin(ctx context.Context, who access.Person, organizationID string, r Rubric) (Sketch, error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(MayOwn), organizationID)
	if err != nil {
		return Sketch{}, err
	}
	r.Owner = o.Name
	text, err := sheetText(r)
	if err != nil {
		return Sketch{}, err
	}
	k := Sketch{Root: o.Root, ID: id.New(), Organization: o.ID, Sheet: text, At: s.now(), By: who.Member}
	return k, s.DB.Tx(ctx, func(tx *db.Tx) error { return insertSketch(ctx, tx, k) })
}

// sheetText writes a sheet as it is kept; one that Parse would not read again because
// it is too long is refused.
func sheetText(r Rubric) (string, error) {
	text, err := r.Text()
	if err == nil && len(text) > MaxSheet {
		err = fault.New(fault.TooLarge, "rubric.problem.large")
	}
	return string(text), err
}

// FindSketch returns a sheet that is being written.
func (s *Service) FindSketch(ctx context.Context, who access.Person, sketchID string) (Sketch, Rubric, error) {
	return findSketch(ctx, s.DB, who, sketchID)
}

func findSketch(ctx context.Context, q db.Q, who access.Person, sketchID string) (Sketch, Rubric, error) {
	k, err := sketchIn(ctx, q, who.Scope(MayOwn), sketchID)
	if err != nil {
		return k, Rubric{}, err
	}
	r, err := Parse([]byte(k.Sheet))
	return k, r, err
}

// Rewrite changes a sheet that is being written: change gets it as it stands now.
func (s *Service) Rewrite(ctx context.Context, who access.Person, sketchID string, change func(*Rubric) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := holdSketch(ctx, tx, sketchID); err != nil {
			return err
		}
		k, r, err := findSketch(ctx, tx, who, sketchID)
		if err != nil {
			return err
		}
		if err := change(&r); err != nil {
			return err
		}
		if k.Sheet, err = sheetText(r); err != nil {
			return err
		}
		k.At, k.By = s.now(), who.Member
		return updateSketch(ctx, tx, k)
	})
}

// Adopt puts a sheet that was written in force; the sketch goes away.
func (s *Service) Adopt(ctx context.Context, who access.Person, sketchID string) (Kept, error) {
	var kept Kept
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := holdSketch(ctx, tx, sketchID); err != nil {
			return err
		}
		k, r, err := findSketch(ctx, tx, who, sketchID)
		if err != nil {
			return err
		}
		if kept, err = s.add(ctx, tx, who, k.Organization, r); err != nil {
			return err
		}
		return deleteSketch(ctx, tx, k)
	})
	return kept, err
}

// DropSketch throws a sheet away that was being written.
func (s *Service) DropSketch(ctx context.Context, who access.Person, sketchID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		k, err := sketchIn(ctx, tx, who.Scope(MayOwn), sketchID)
		if err != nil {
			return err
		}
		return deleteSketch(ctx, tx, k)
	})
}
