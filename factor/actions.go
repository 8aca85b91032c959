package factor

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/limit"
	"chibo/kit/secret"
	"chibo/kit/when"
	"chibo/member"
	"chibo/notice"
	"chibo/passkey"
)

// Service keeps authenticators and judges what they show. It is account.Second.
type Service struct {
	DB       *db.DB
	Now      func() time.Time
	Audit    audit.Log
	Accounts *account.Service
	Key      secret.Key // under which the secrets are sealed

	limits limit.Limiter
}

// A code has a million values, of which three are right: five tries, then one in three
// minutes. Only who knows the password comes so far.
var codeRate = limit.Allowance{Burst: 5, Every: 3 * time.Minute}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Required reports whether a rule asks people with the grants for a second factor today.
func (s *Service) Required(ctx context.Context, q db.Q, _ string, gs []access.Grant) (bool, error) {
	from, err := earliest(ctx, q, unitsDue(gs))
	return err == nil && !from.IsZero() && !s.now().Date().Before(from), err
}

// Codes reports whether an account has an authenticator.
func (s *Service) Codes(ctx context.Context, q db.Q, a account.Account) (bool, error) {
	f, found, err := of(ctx, q, a.Root, a.ID)
	return found && !f.ConfirmedAt.IsZero(), err
}

// about is what a sealed secret is about.
func about(root, account string) []string { return []string{"factor", root, account} }

// begin makes an authenticator, which counts once its owner has shown a code.
func (s *Service) begin(ctx context.Context, who access.Person) error {
	f, found, err := of(ctx, s.DB, who.Root, who.Account)
	if err != nil {
		return err
	}
	if found && !f.ConfirmedAt.IsZero() {
		return fault.New(fault.Conflict, "factor.problem.there")
	}
	sealed, err := s.Key.Seal([]byte(newSecret()), about(who.Root, who.Account)...)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		return put(ctx, tx, Factor{Root: who.Root, Account: who.Account, Secret: sealed, MadeAt: s.now()})
	})
}

// unconfirmed returns the secret that its owner is setting up; empty when none is.
func (s *Service) unconfirmed(ctx context.Context, root, account string) (string, error) {
	f, found, err := of(ctx, s.DB, root, account)
	if err != nil || !found || !f.ConfirmedAt.IsZero() || s.now().Sub(f.MadeAt) >= settingUp {
		return "", err
	}
	plain, _ := s.Key.Open(f.Secret, about(root, account)...)
	return string(plain), nil
}

// shown is what a typed code proves, with what is to be done as it is taken.
type shown struct {
	proof account.Proof
	do    func(context.Context, *db.Tx) error
}

// check judges a code of the authenticator or of the paper.
func (s *Service) check(ctx context.Context, root, acct, typed string) (shown, error) {
	guess := []limit.Bucket{{Key: "second:" + acct, Allowance: codeRate}}
	if err := s.limits.Check(ctx, s.DB, s.Now(), wrong("account.problem.too_many"), guess...); err != nil {
		return shown{}, err
	}
	f, found, err := of(ctx, s.DB, root, acct)
	if err != nil {
		return shown{}, err
	}
	code, six := isCode(typed)
	if !six {
		return s.paper(root, acct, typed), nil
	}
	var step int64
	plain, ok := s.Key.Open(f.Secret, about(root, acct)...)
	if ok = ok && found; ok {
		step, ok = stepOf(string(plain), code, s.Now(), f.Step)
	}
	if !ok {
		return shown{}, errors.Join(wrong("factor.problem.code"), s.limits.Charge(ctx, s.DB, s.Now(), guess...))
	}
	return shown{account.ByCode, func(ctx context.Context, tx *db.Tx) error {
		n, err := taken(ctx, tx, f, step)
		if err == nil && n == 0 {
			err = wrong("factor.problem.code")
		}
		return err
	}}, s.limits.Clear(ctx, s.DB, guess...)
}

// paper judges a recovery code. It is taken, or refused, in the transaction that lets its
// owner in.
func (s *Service) paper(root, acct, typed string) shown {
	return shown{account.ByPaper, func(ctx context.Context, tx *db.Tx) error {
		n, err := usePaper(ctx, tx, root, acct, hashPaper(typed), s.now())
		if err == nil && n == 0 {
			err = wrong("factor.problem.code")
		}
		return err
	}}
}

// missed counts a recovery code that was refused.
func (s *Service) missed(ctx context.Context, acct string, err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	return errors.Join(err, s.limits.Charge(ctx, s.DB, s.Now(), limit.Bucket{Key: "second:" + acct, Allowance: codeRate}))
}

// confirmed returns what is to be done when the first code is right, and the recovery
// codes, which are shown this once.
func (s *Service) confirmed(ctx context.Context, root, acct, typed string) (shown, []string, error) {
	plain, err := s.unconfirmed(ctx, root, acct)
	if err != nil {
		return shown{}, nil, err
	}
	if plain == "" {
		return shown{}, nil, fault.New(fault.Conflict, "factor.problem.late")
	}
	if _, six := isCode(typed); !six {
		return shown{}, nil, wrong("factor.problem.six")
	}
	first, err := s.check(ctx, root, acct, typed)
	if err != nil {
		return shown{}, nil, err
	}
	codes, kept := s.newPapers(root, acct)
	return shown{account.ByCode, func(ctx context.Context, tx *db.Tx) error {
		if err := first.do(ctx, tx); err != nil {
			return err
		}
		if err := confirm(ctx, tx, Factor{Root: root, Account: acct}, s.now()); err != nil {
			return err
		}
		if err := dropPapers(ctx, tx, root, acct); err != nil {
			return err
		}
		return insertPapers(ctx, tx, kept)
	}}, codes, nil
}

func (s *Service) newPapers(root, acct string) (codes []string, kept []paper) {
	for range papers {
		code := newPaper()
		codes = append(codes, code)
		kept = append(kept, paper{Root: root, Account: acct, Hash: hashPaper(code), MadeAt: s.now()})
	}
	return codes, kept
}

// finish takes the first code of somebody who is signed in.
func (s *Service) finish(ctx context.Context, who access.Person, typed string) ([]string, error) {
	first, codes, err := s.confirmed(ctx, who.Root, who.Account, typed)
	if err != nil {
		return nil, err
	}
	return codes, s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := first.do(ctx, tx); err != nil {
			return err
		}
		if err := s.Accounts.Proven(ctx, tx, who, account.ByCode); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "factor.confirmed", who.Account, nil)
	})
}

// renew replaces the recovery codes.
func (s *Service) renew(ctx context.Context, who access.Person, password string) ([]string, error) {
	if err := s.Accounts.Prove(ctx, who, password); err != nil {
		return nil, err
	}
	if has, err := s.Codes(ctx, s.DB, account.Account{Root: who.Root, ID: who.Account}); err != nil || !has {
		return nil, errors.Join(err, fault.New(fault.Conflict, "factor.problem.none"))
	}
	codes, kept := s.newPapers(who.Root, who.Account)
	return codes, s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := dropPapers(ctx, tx, who.Root, who.Account); err != nil {
			return err
		}
		if err := insertPapers(ctx, tx, kept); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "factor.papers_renewed", who.Account, nil)
	})
}

// off removes the authenticator of who, who must show a code of it, or of the paper,
// besides the password. Where a rule asks for it, only a passkey can take its place.
func (s *Service) off(ctx context.Context, who access.Person, password, typed string) error {
	required, err := s.Required(ctx, s.DB, who.Root, who.Grants)
	if err != nil {
		return err
	}
	if required {
		keys, err := passkey.Has(ctx, s.DB, who.Root, who.Account)
		if err != nil {
			return err
		}
		if !keys {
			return fault.New(fault.Conflict, "factor.problem.required")
		}
	}
	if err := s.Accounts.Prove(ctx, who, password); err != nil {
		return err
	}
	last, err := s.check(ctx, who.Root, who.Account, typed)
	if err != nil {
		return err
	}
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := last.do(ctx, tx); err != nil {
			return err
		}
		if err := Drop(ctx, tx, who.Root, who.Account); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, who); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "factor.removed", who.Account, nil)
	})
	return s.missed(ctx, who.Account, err)
}

// tell says to the owner of an account, wherever they hear of notices, that a password alone opens
// it again: it may not have been them. Who is on no roll has no inbox; the log says it.
func (s *Service) tell(ctx context.Context, tx *db.Tx, who access.Person) error {
	if who.Member == "" {
		return nil
	}
	m, err := member.Find(ctx, tx, who.Root, who.Member)
	if err != nil {
		return err
	}
	return notice.Tell(ctx, tx, notice.Message{Root: m.Root, Organization: m.Organization, Key: "factor.notice.removed", URL: "/me", At: s.now()}, m.ID)
}

// Drop removes the second factors of a code, and with them the trust in devices on which
// one was shown.
func Drop(ctx context.Context, tx *db.Tx, root, acct string) error {
	if err := drop(ctx, tx, root, acct); err != nil {
		return err
	}
	return account.Distrust(ctx, tx, root, acct)
}

// rules lists the units in which who may set the rule: where they are administrator.
func (s *Service) rules(ctx context.Context, who access.Person) ([]ruled, error) {
	all, err := ruledInScope(ctx, s.DB, who.Scope(account.Manage))
	return slices.DeleteFunc(all, func(r ruled) bool {
		return !slices.ContainsFunc(who.Grants, func(g access.Grant) bool {
			return g.Role == access.Administrator && strings.HasPrefix(r.Path, g.Path)
		})
	}), err
}

// rule sets the day from which the second factor is due in a unit and below, or lifts the
// rule when the day is zero.
func (s *Service) rule(ctx context.Context, who access.Person, organization string, from when.Date) error {
	all, err := s.rules(ctx, who)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(r ruled) bool { return r.ID == organization })
	if i < 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	var c fault.Check
	c.That(from.IsZero() || !from.Before(s.now().Date()), "from", "factor.problem.from")
	if err := c.Err(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if from.IsZero() {
			err = liftRule(ctx, tx, all[i].Root, organization)
		} else {
			err = setRule(ctx, tx, Rule{all[i].Root, organization, from, who.Account, s.now()})
		}
		if err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, all[i].Root, "factor.rule_set", organization, map[string]any{"from": from})
	})
}

// wrong is a refusal of the field in which codes are typed.
func wrong(key string) error {
	var c fault.Check
	c.That(false, "code", key)
	return c.Err()
}
