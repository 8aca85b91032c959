package provider

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/limit"
	"chibo/kit/secret"
	"chibo/kit/text"
	"chibo/kit/when"
)

// Service sends people to the provider and believes what it says of them.
type Service struct {
	DB       *db.DB
	Now      func() time.Time
	Audit    audit.Log
	Log      *slog.Logger
	Accounts *account.Service
	Key      secret.Key // seals what browsers carry
	Base     string     // address people reach the program by
	Settings Settings

	limits limit.Limiter
	mu     sync.Mutex
	known  *client // nil until the provider has been reached
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Offered reports whether there is a provider. It must know where to send people back to.
func (s *Service) Offered() bool { return s.Settings.Issuer != "" && s.Base != "" }

// Each answer that is brought is a question to the provider: from one address a hundred,
// then one a second.
var addressRate = limit.Allowance{Burst: 100, Every: time.Second}

// sealedAs is what the cookie is about.
const sealedAs = "provider errand"

// send returns where the browser goes, and what it carries meanwhile.
func (s *Service) send(ctx context.Context, e errand) (address, carried string, err error) {
	if !s.Offered() {
		return "", "", fault.New(fault.NotFound, "fault.not_found")
	}
	c, err := s.reach(ctx)
	if err != nil {
		return "", "", err
	}
	e.State, e.Nonce, e.Verifier, e.Until = oauth2.GenerateVerifier(), oauth2.GenerateVerifier(), oauth2.GenerateVerifier(), s.now().Add(patience)
	plain, err := json.Marshal(e)
	if err != nil {
		return "", "", err
	}
	carried, err = s.Key.Seal(plain, sealedAs)
	return c.address(e), carried, err
}

// sendToLink is send for an account that is to be linked. The password is asked for first: a
// telephone that lies about unlocked must not become a way in.
func (s *Service) sendToLink(ctx context.Context, who access.Person, password string) (address, carried string, err error) {
	if err := s.Accounts.Prove(ctx, who, password); err != nil {
		return "", "", err
	}
	return s.send(ctx, errand{Account: who.Account})
}

// heard returns who has come back, by what the browser carried and what the provider gave
// it to bring.
func (s *Service) heard(ctx context.Context, address, carried, state, code string) (errand, person, error) {
	if !s.Offered() {
		return errand{}, person{}, fault.New(fault.NotFound, "fault.not_found")
	}
	guess := []limit.Bucket{{Key: "provider:" + address, Allowance: addressRate}}
	if err := s.limits.Check(ctx, s.DB, s.Now(), fault.New(fault.TooMany, "account.problem.too_many"), guess...); err != nil {
		return errand{}, person{}, err
	}
	e, err := s.open(carried, state)
	if err != nil {
		return e, person{}, err
	}
	c, err := s.reach(ctx)
	if err != nil {
		return e, person{}, err
	}
	p, err := c.person(ctx, e, code)
	if err != nil {
		s.Log.WarnContext(ctx, "an answer of the identity provider is refused", "error", err)
		err = errors.Join(err, s.limits.Charge(ctx, s.DB, s.Now(), guess...))
	}
	return e, p, err
}

// open returns the errand of a browser that comes back with state.
func (s *Service) open(carried, state string) (errand, error) {
	var e errand
	plain, ok := s.Key.Open(carried, sealedAs)
	if !ok || json.Unmarshal(plain, &e) != nil || s.now() >= e.Until || subtle.ConstantTimeCompare([]byte(e.State), []byte(state)) != 1 {
		return errand{}, fault.New(fault.Conflict, "provider.problem.late")
	}
	return e, nil
}

// account returns the link by which a person is let in; fault.Invalid when nobody has linked
// them.
func (s *Service) account(ctx context.Context, p person) (Link, error) {
	all, err := linked(ctx, s.DB, s.Settings.Issuer, p.subject)
	if err != nil {
		return Link{}, err
	}
	if len(all) == 0 {
		return Link{}, fault.New(fault.Invalid, "provider.problem.unknown", "Name", s.Settings.Name)
	}
	return all[0], nil // of several the one that was used last
}

// noted notes that a link lets its owner in.
func (s *Service) noted(l Link) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		n, err := used(ctx, tx, l, s.now())
		if err == nil && n == 0 {
			err = fault.New(fault.Invalid, "provider.problem.unknown", "Name", s.Settings.Name) // removed meanwhile
		}
		return err
	}
}

// link ties the account of who to a person of the provider. An errand for another account,
// and a second link of either, are refused.
func (s *Service) link(ctx context.Context, who access.Person, e errand, p person) error {
	if e.Account != who.Account {
		return fault.New(fault.Conflict, "provider.problem.late")
	}
	a, err := account.Get(ctx, s.DB, who.Account)
	if err != nil {
		return err
	}
	l := Link{Root: a.Root, Account: a.ID, Issuer: s.Settings.Issuer, Subject: p.subject, Name: text.Line(p.name), LinkedAt: s.now()}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := insert(ctx, tx, l); err != nil {
			if db.IsUnique(err) {
				return fault.New(fault.Conflict, "provider.problem.taken", "Name", s.Settings.Name)
			}
			return err
		}
		if err := s.Accounts.Proven(ctx, tx, who, account.ByProvider); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, a.Root, "provider.linked", a.ID, nil)
	})
}

// unlink takes the link of who away, after asking for the password.
func (s *Service) unlink(ctx context.Context, who access.Person, password string) error {
	if err := s.Accounts.Prove(ctx, who, password); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		there, err := Remove(ctx, tx, who.Root, who.Account)
		if err != nil {
			return err
		}
		if !there {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "provider.unlinked", who.Account, nil)
	})
}
