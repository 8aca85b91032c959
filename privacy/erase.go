package privacy

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
)

// Erasing is what the form of a deletion brings.
type Erasing struct {
	Items []string `form:"item"`
}

// Validate says what is wrong with a deletion.
func (f Erasing) Validate() error {
	var c fault.Check
	c.That(len(f.Items) > 0, "item", "privacy.problem.items")
	for _, item := range f.Items {
		_, found := leftover(item)
		c.That(found, "item", "fault.choice")
	}
	return c.Err()
}

func leftover(item string) (Leftover, bool) {
	n := slices.IndexFunc(Leftovers, func(o Leftover) bool { return o.Item == item })
	if n < 0 {
		return Leftover{}, false
	}
	return Leftovers[n], true
}

// Counted is a leftover with how many rows there are of it.
type Counted struct {
	Leftover
	Rows int
}

// LeftOf returns what may be deleted of a member.
func LeftOf(ctx context.Context, q db.Q, root, member string) ([]Counted, error) {
	out := make([]Counted, len(Leftovers))
	for i, o := range Leftovers {
		n, err := o.of(ctx, q, root, member)
		if err != nil {
			return nil, err
		}
		out[i] = Counted{o, n}
	}
	return out, nil
}

// Erase deletes what was chosen of the one who asked for it, and answers the request: what
// was deleted, and what has to stay and why. The log keeps how many rows of what.
func (s *Service) Erase(ctx context.Context, who access.Person, request string, f Erasing) error {
	if err := f.Validate(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, err := s.open(ctx, tx, who, request)
		if err != nil {
			return err
		}
		if r.Claim != Delete {
			return notFound()
		}
		gone, words := map[string]int64{}, []string{}
		for _, o := range Leftovers {
			if !slices.Contains(f.Items, o.Item) {
				continue
			}
			if gone[o.Item], err = o.eraseOf(ctx, tx, r.Root, r.Member); err != nil {
				return err
			}
			words = append(words, vietnamese.T("privacy.erased.item", "What", vietnamese.Of("privacy.leftover", o.Item), "Count", gone[o.Item]))
		}
		if err := s.Audit.Write(ctx, tx, who, r.Root, "privacy.erased", r.Member, gone); err != nil {
			return err
		}
		return s.settle(ctx, tx, who, r, Reply{Done, vietnamese.T("privacy.erased.answer", "What", strings.Join(words, "; "))})
	})
}
