//go:build !js

package minutes

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"chibo/document"
	"chibo/kit/db"
	"chibo/kit/when"
)

// Evening is a sealed meeting with its papers for binding: the minutes, the resolution or
// conclusion, the minutes of counts and the additions, each as it was sealed and with its
// check code.
type Evening struct {
	Entry
	Papers []document.Doc
}

// Bound returns the sealed meetings of a cell that were held between two days, the first
// first.
func (s *Service) Bound(ctx context.Context, q db.Q, root, organization string, first, last when.Date) ([]Evening, error) {
	all, err := entries(ctx, q, root, organization, first, last, nil)
	if err != nil {
		return nil, err
	}
	slices.Reverse(all)
	out := make([]Evening, len(all))
	for i, e := range all {
		out[i].Entry = e
		seals, err := Seals(ctx, q, root, e.Meeting)
		if err != nil {
			return nil, err
		}
		for _, seal := range seals {
			papers, err := s.papers(seal)
			if err != nil {
				return nil, fmt.Errorf("seal %s: %w", seal.ID, err)
			}
			out[i].Papers = append(out[i].Papers, papers...)
		}
	}
	return out, nil
}

// papers lays out what a seal holds.
func (s *Service) papers(seal Seal) ([]document.Doc, error) {
	printed := s.printed(seal)
	if seal.N > 0 {
		var a SealedAddition
		if err := json.Unmarshal([]byte(seal.Record), &a); err != nil {
			return nil, err
		}
		return []document.Doc{a.doc(printed)}, nil
	}
	var record Sealed
	if err := json.Unmarshal([]byte(seal.Record), &record); err != nil {
		return nil, err
	}
	var out []document.Doc
	for _, p := range []Paper{Minutes, Resolution} {
		if d, ok := record.doc(p, printed); ok {
			out = append(out, d)
		}
	}
	for _, b := range record.Counts {
		out = append(out, record.countDoc(b, printed))
	}
	return out, nil
}

// Numbers returns the lines of the register for the meetings of a cell that stand for the
// months from first to last, by meeting.
func Numbers(ctx context.Context, q db.Q, root, organization string, first, last when.Month) (map[string]Entry, error) {
	// A meeting may be held a few days outside the month it stands for.
	all, err := entries(ctx, q, root, organization, first.Add(-1).First(), last.Add(1).Last(), nil)
	out := make(map[string]Entry, len(all))
	for _, e := range all {
		out[e.Meeting] = e
	}
	return out, err
}
