package passkey

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/limit"
	"chibo/kit/secret"
	"chibo/kit/text"
	"chibo/kit/when"
)

// Service keeps passkeys and checks what devices sign with them.
type Service struct {
	DB       *db.DB
	Now      func() time.Time
	Audit    audit.Log
	Accounts *account.Service
	Key      secret.Key // seals questions on their way through browsers
	Base     string     // address people reach the program by

	limits limit.Limiter
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Refused answers from one address stop after a hundred and go on at one a second, as
// wrong passwords do.
var addressRate = limit.Allowance{Burst: 100, Every: time.Second}

// adding is what a question to add a key is about.
func adding(who access.Person) []string {
	return []string{"passkey add", who.Account, who.Session}
}

// signingIn is what the question of the sign-in page is about.
const signingIn = "passkey sign in"

// AskToAdd puts the question that a device answers with a new key. The password is asked
// for first: a telephone that lies about unlocked must not become a way in.
func (s *Service) askToAdd(ctx context.Context, who access.Person, password string) (question, error) {
	if err := s.Accounts.Prove(ctx, who, password); err != nil {
		return question{}, err
	}
	site, o, err := s.owner(ctx, who)
	if err != nil {
		return question{}, err
	}
	if len(o.keys) >= mostKeys {
		return question{}, fault.New(fault.Conflict, "passkey.problem.many")
	}
	options, session, err := site.BeginRegistration(o, webauthn.WithExclusions(webauthn.Credentials(o.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return question{}, err
	}
	return s.ask(options, session, s.now().Add(askedToAdd), adding(who)...)
}

// owner returns the site and the account of who with its keys.
func (s *Service) owner(ctx context.Context, who access.Person) (*webauthn.WebAuthn, owner, error) {
	site, err := s.site()
	if err != nil {
		return nil, owner{}, err
	}
	if site == nil {
		return nil, owner{}, fault.New(fault.NotFound, "fault.not_found")
	}
	a, err := account.Get(ctx, s.DB, who.Account)
	if err != nil {
		return nil, owner{}, err
	}
	keys, err := ofAccount(ctx, s.DB, a.Root, a.ID)
	return site, owner{a, keys}, err
}

// add keeps the key with which a device has answered.
func (s *Service) add(ctx context.Context, who access.Person, sealed, credential, name string) error {
	name = text.Line(name)
	var c fault.Check
	c.That(name != "", "name", "passkey.problem.name")
	c.That(len([]rune(name)) <= longestName, "name", "passkey.problem.name_long")
	if err := c.Err(); err != nil {
		return err
	}
	asked, err := s.read(sealed, adding(who)...)
	if err != nil {
		return err
	}
	site, o, err := s.owner(ctx, who)
	if err != nil {
		return err
	}
	answered, err := protocol.ParseCredentialCreationResponseBytes([]byte(credential))
	if err != nil {
		return fault.New(fault.Invalid, "passkey.problem.unread")
	}
	made, err := site.CreateCredential(o, asked.Session, answered)
	if err != nil {
		return fault.New(fault.Invalid, "passkey.problem.unread")
	}
	p := written(made)
	p.Root, p.ID, p.Account, p.Name, p.MadeAt = o.Root, id.New(), o.ID, name, s.now()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := insert(ctx, tx, p); err != nil {
			if db.IsUnique(err) {
				return fault.New(fault.Conflict, "passkey.problem.there")
			}
			return err
		}
		if err := s.Accounts.Proven(ctx, tx, who, account.ByPasskey); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "passkey.added", p.ID, nil)
	})
}

// remove takes away one of the keys of who, after asking for the password.
func (s *Service) remove(ctx context.Context, who access.Person, key, password string) error {
	if err := s.Accounts.Prove(ctx, who, password); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := remove(ctx, tx, who.Root, who.Account, key)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "passkey.removed", key, nil)
	})
}

// askToSignIn puts the question of the sign-in page; none where there are no passkeys.
func (s *Service) askToSignIn() (question, error) {
	site, err := s.site()
	if err != nil || site == nil {
		return question{}, err
	}
	options, session, err := site.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return question{}, err
	}
	return s.ask(options, session, s.now().Add(askedToSignIn), signingIn)
}

// signed is who has signed a question, with what is to be done as they are let in.
type signed struct {
	account string
	do      func(context.Context, *db.Tx) error
}

// check returns who has signed the question of the sign-in page. Unknown keys, removed
// ones and wrong signatures are refused alike.
func (s *Service) check(ctx context.Context, address, sealed, credential string) (signed, error) {
	guess := []limit.Bucket{{Key: "passkey:" + address, Allowance: addressRate}}
	if err := s.limits.Check(ctx, s.DB, s.Now(), fault.New(fault.TooMany, "account.problem.too_many"), guess...); err != nil {
		return signed{}, err
	}
	asked, err := s.read(sealed, signingIn)
	if err != nil {
		return signed{}, err
	}
	key, err := s.signer(ctx, asked, credential)
	if err != nil {
		if fault.Is(err, fault.Invalid) {
			err = errors.Join(err, s.limits.Charge(ctx, s.DB, s.Now(), guess...))
		}
		return signed{}, err
	}
	return signed{key.Account, func(ctx context.Context, tx *db.Tx) error {
		if err := answer(ctx, tx, answered{key.Root, asked.Session.Challenge, asked.Until}, s.now()); err != nil {
			if db.IsUnique(err) {
				return fault.New(fault.Conflict, "passkey.problem.late")
			}
			return err
		}
		n, err := used(ctx, tx, key)
		if err == nil && n == 0 {
			err = fault.New(fault.Invalid, "passkey.problem.unknown") // removed meanwhile
		}
		return err
	}}, nil
}

// signer returns the key that has signed, as it is to be kept from now on.
func (s *Service) signer(ctx context.Context, asked ceremony, credential string) (Passkey, error) {
	unknown := fault.New(fault.Invalid, "passkey.problem.unknown")
	site, err := s.site()
	if err != nil || site == nil {
		return Passkey{}, notFound(err)
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(credential))
	if err != nil {
		return Passkey{}, unknown
	}
	var o owner
	var failed error // of the database, which is nobody's wrong key
	_, made, err := site.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		if o.Account, failed = account.Get(ctx, s.DB, string(handle)); failed != nil {
			return nil, failed
		}
		o.keys, failed = ofAccount(ctx, s.DB, o.Root, o.ID)
		return o, failed
	}, asked.Session, parsed)
	switch {
	case failed != nil && !fault.Is(failed, fault.NotFound):
		return Passkey{}, failed
	case err != nil, made.Authenticator.CloneWarning:
		return Passkey{}, unknown
	}
	now := written(made)
	i := slices.IndexFunc(o.keys, func(k Passkey) bool { return k.Credential == now.Credential })
	key := o.keys[i] // the library has found it among them
	key.SignCount, key.Copied, key.UsedAt = now.SignCount, now.Copied, s.now()
	return key, nil
}

func notFound(err error) error {
	if err == nil {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}
