package witness

import (
	"context"
	"encoding/json"
	"fmt"

	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/head"
)

// Finding is a chain that does not agree with a head.
type Finding struct {
	Head  head.Head
	State State
}

func (f *Finding) Error() string {
	at := f.Head.At.Time().Format("02/01/2006 15:04")
	switch f.State {
	case Behind:
		return fmt.Sprintf("the data of %s is older than its witness, who knew entry %d on %s", f.Head.Root, f.Head.Seq, at)
	case Other:
		return fmt.Sprintf("the log of %s was written anew: entry %d is not the one that the witness knew on %s", f.Head.Root, f.Head.Seq, at)
	case Forged:
		return fmt.Sprintf("the witness of %s of entry %d bears a signature that does not hold", f.Head.Root, f.Head.Seq)
	case Alien:
		return fmt.Sprintf("the witness of %s of entry %d was signed by a key that did not sign then, %s", f.Head.Root, f.Head.Seq, head.Short(f.Head.Key))
	case Agrees:
	}
	return "nothing was found"
}

// Against compares heads with the chains and returns those that do not agree; of those that
// do not stand in this program at all each counts as behind.
func (s *Service) Against(ctx context.Context, heads []head.Head) ([]*Finding, error) {
	var all []*Finding
	for _, h := range heads {
		state, err := s.compare(ctx, h)
		if err != nil {
			return nil, err
		}
		if state != Agrees {
			all = append(all, &Finding{h, state})
		}
	}
	return all, nil
}

// Receive compares heads that came from outside and keeps those that do not agree, so that
// the red note goes up. It returns what was found.
func (s *Service) Receive(ctx context.Context, heads []head.Head) ([]*Finding, error) {
	found, err := s.unsettled(ctx, heads)
	if err != nil {
		return nil, err
	}
	return found, s.keep(ctx, found)
}

// keep puts what was found in the place of what is kept; a head whose signature does not
// hold, or of a unit that is not there, is only told.
func (s *Service) keep(ctx context.Context, found []*Finding) error {
	for _, f := range found {
		u, known, err := unitOf(ctx, s.DB, f.Head.Root)
		if err != nil {
			return err
		}
		if !known || f.State == Forged || f.State == Alien {
			continue
		}
		if err := s.DB.Tx(ctx, func(tx *db.Tx) error { return put(ctx, tx, keptOf(u, f.Head, s.now())) }); err != nil {
			return err
		}
	}
	return nil
}

// Verify checks that each signing key was introduced by the one before it, and compares every
// head that is or ever was kept with the chain of its unit. It returns a *Finding for the
// first that does not agree and that no committee has settled.
func (s *Service) Verify(ctx context.Context) error {
	if err := s.verifyTurns(ctx); err != nil {
		return err
	}
	heads, err := s.known(ctx)
	if err != nil {
		return err
	}
	found, err := s.unsettled(ctx, heads)
	if err == nil && len(found) > 0 {
		err = found[0]
	}
	return err
}

// known returns every head that is or ever was kept: beside the key, the last ones, and those
// that the chains of the committees above tell of.
func (s *Service) known(ctx context.Context) ([]head.Head, error) {
	heads, err := s.Remembered()
	if err != nil {
		return nil, err
	}
	last, err := keptIn(ctx, s.DB, everywhere)
	if err != nil {
		return nil, err
	}
	for _, k := range last {
		heads = append(heads, k.Head())
	}
	told, err := s.history(ctx, actionTaken)
	return append(heads, told...), err
}

// unsettled compares heads with the chains and returns those that do not agree, but for
// those of which the committee above has written down why.
func (s *Service) unsettled(ctx context.Context, heads []head.Head) ([]*Finding, error) {
	found, err := s.Against(ctx, heads)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	settled, err := s.history(ctx, actionSettled)
	var open []*Finding
	for _, f := range found {
		if !after(settled, f.Head) {
			open = append(open, f)
		}
	}
	return open, err
}

// after reports whether a settlement of the same chain is younger than h.
func after(settled []head.Head, h head.Head) bool {
	for _, s := range settled {
		if s.Root == h.Root && s.At > h.At {
			return true
		}
	}
	return false
}

// history returns the heads that the chains tell of under an action.
func (s *Service) history(ctx context.Context, action string) ([]head.Head, error) {
	var all []head.Head
	err := audit.Each(ctx, s.DB, action, func(e audit.Entry) error {
		var t taken
		if err := json.Unmarshal([]byte(e.Detail), &t); err != nil {
			return fmt.Errorf("entry %d of %s: %w", e.Seq, e.Root, err)
		}
		h, err := head.Parse(t.Head)
		if err != nil {
			return fmt.Errorf("entry %d of %s: %w", e.Seq, e.Root, err)
		}
		all = append(all, h)
		return nil
	})
	return all, err
}
