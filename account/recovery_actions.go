package account

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
)

// ask asks for a new code for an account that who manages. What was asked for before is
// taken back.
func (s *Service) ask(ctx context.Context, who access.Person, account string, drops bool) error {
	a, err := s.managed(ctx, who, account)
	if err != nil {
		return err
	}
	if a.ID == who.Account {
		return fault.New(fault.Conflict, "account.problem.recover_own")
	}
	if !a.DisabledAt.IsZero() {
		return fault.New(fault.Conflict, "account.problem.is_closed", "Name", a.FullName)
	}
	r := Recovery{
		Root: a.Root, ID: id.New(), Account: a.ID, Drops: drops, AskedBy: who.Account, AskedName: who.Name, AskedAt: s.now(),
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := endRecoveries(ctx, tx, a.Root, a.ID, s.now()); err != nil {
			return err
		}
		if err := insertRecovery(ctx, tx, r); err != nil {
			return err
		}
		if err := s.warn(ctx, tx, a); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, a.Root, "account.recovery_asked", a.ID, map[string]any{"drops": drops})
	})
}

// askForThose asks for new codes for those of the members who need a second person, and
// returns the others.
func (s *Service) askForThose(ctx context.Context, who access.Person, members []string, drops bool) (others []string, asked int, err error) {
	for _, m := range members {
		_, two, err := s.codeFor(ctx, who, m)
		if err != nil {
			return nil, 0, err
		}
		a, found, err := accountOfMember(ctx, s.DB, m)
		if err != nil {
			return nil, 0, err
		}
		if !found || !two && !drops {
			others = append(others, m)
			continue
		}
		if err := s.ask(ctx, who, a.ID, drops); err != nil {
			return nil, 0, err
		}
		asked++
	}
	return others, asked, nil
}

// asked is a recovery that waits, with whose account it is.
type asked struct {
	Recovery
	FullName string
	May      bool // the person who looks may confirm it
}

// waiting lists the recoveries that wait in what who manages.
func (s *Service) waiting(ctx context.Context, who access.Person) ([]asked, error) {
	all, err := askedSince(ctx, s.DB, s.now().Add(-recoveryLife))
	if err != nil {
		return nil, err
	}
	var out []asked
	for _, r := range all {
		a, err := s.managed(ctx, who, r.Account)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		may := who.Account != r.AskedBy && who.Account != r.Account
		if may {
			if may, err = s.strangers(ctx, who, r, a); err != nil {
				return nil, err
			}
		}
		out = append(out, asked{r, a.FullName, may})
	}
	return out, nil
}

// strangers reports whether who is a second person beside the one who asked: neither has let the other
// in of late. An account as young as that holds nothing yet: where a unit begins, one hand has let in everybody.
func (s *Service) strangers(ctx context.Context, who access.Person, r Recovery, a Account) (bool, error) {
	since := s.now().Add(-settledIn)
	if a.CreatedAt > since {
		return true, nil
	}
	asker, err := accountByID(ctx, s.DB, r.AskedBy)
	if err != nil {
		return false, err
	}
	n, err := handed(ctx, s.DB, asker, Account{Root: who.Root, ID: who.Account, Member: who.Member}, since)
	return n == 0, err
}

// confirm lets a second person confirm a recovery, and returns the slip. Second factors
// go only where both have agreed to it: the request says so.
func (s *Service) confirm(ctx context.Context, who access.Person, recovery string) (Slip, error) {
	all, err := askedSince(ctx, s.DB, s.now().Add(-recoveryLife))
	if err != nil {
		return Slip{}, err
	}
	i := slices.IndexFunc(all, func(r Recovery) bool { return r.ID == recovery })
	if i < 0 {
		return Slip{}, fault.New(fault.NotFound, "fault.not_found")
	}
	r := all[i]
	a, err := s.managed(ctx, who, r.Account)
	if err != nil {
		return Slip{}, err
	}
	gs, err := s.grantsOf(ctx, a)
	if err != nil {
		return Slip{}, err
	}
	if !mayConfirm(who, r, gs) || !a.DisabledAt.IsZero() {
		return Slip{}, fault.New(fault.Forbidden, "account.problem.second_person")
	}
	switch two, err := s.strangers(ctx, who, r, a); {
	case err != nil:
		return Slip{}, err
	case !two:
		return Slip{}, fault.New(fault.Forbidden, "account.problem.second_made")
	}
	fresh, err := s.newSecret(ctx)
	if err != nil {
		return Slip{}, err
	}
	var slip Slip
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := confirmRecovery(ctx, tx, r, who.Account, s.now())
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if r.Drops && s.Drop != nil {
			if err := s.Drop(ctx, tx, a.Root, a.ID); err != nil {
				return err
			}
		}
		if err := s.warn(ctx, tx, a); err != nil {
			return err
		}
		slip, err = s.issue(ctx, tx, who, a, unitName(gs), fresh)
		if err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, a.Root, "account.recovery_confirmed", a.ID, map[string]any{"asked_by": r.AskedBy, "drops": r.Drops})
	})
	return slip, err
}

func unitName(gs []access.Grant) string {
	if len(gs) == 0 {
		return ""
	}
	return gs[0].Name
}

// warn tells the owner of an account that somebody works on getting into it.
func (s *Service) warn(ctx context.Context, tx *db.Tx, a Account) error {
	if s.Warn == nil || a.Member == "" {
		return nil
	}
	return s.Warn(ctx, tx, a)
}
