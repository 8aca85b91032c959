package notebook

import (
	"context"
	"crypto/rand"
	"encoding/base64"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/secret"
	"chibo/kit/when"
)

// The lock of the private notes. Each account that keeps notes has a random key. It is
// stored closed, never open: by the password (argon2id), by recovery words that stand on
// paper alone, and for each device on which the notebook is open by the secret of its
// session, of which the database has only the hash. See doc/adr/0024.

// lockRow is the key of an account as it is stored.
type lockRow struct {
	Root       string `db:"root_id"`
	Account    string `db:"account_id"`
	Salt       string
	ByPassword string
	ByWords    string
	MadeAt     when.Instant
	// ResetAt is when a printed code has put another password in the place of the one
	// that closes the key; zero where the password of today opens it.
	ResetAt when.Instant
}

// openedRow is a key that is open on the device of a session.
type openedRow struct {
	Root      string `db:"root_id"`
	Session   string `db:"session_id"`
	Account   string `db:"account_id"`
	BySession string
}

// Lock is how the private notes stand for somebody on a device.
type Lock string

// The locks.
const (
	Unmade Lock = "unmade" // no notes were ever kept
	Shut   Lock = "shut"   // the password opens them
	Reset  Lock = "reset"  // only the recovery words, or the password before the reset
	Opened Lock = "opened"
)

// Of returns how the notes of who stand on the device whose session has the token.
func (s *Service) Of(ctx context.Context, who access.Person, token string) (Lock, error) {
	lock, _, err := s.lock(ctx, who, token)
	return lock, err
}

// lock returns also the key, where it is open.
func (s *Service) lock(ctx context.Context, who access.Person, token string) (Lock, secret.Key, error) {
	row, found, err := lockOf(ctx, s.DB, who.Root, who.Account)
	if err != nil || !found {
		return Unmade, nil, err
	}
	opened, found, err := openedOf(ctx, s.DB, who.Root, who.Session)
	if err != nil {
		return Shut, nil, err
	}
	if found && token != "" {
		by, err := secret.Derive([]byte(token), "notebook session")
		if err != nil {
			return Shut, nil, err
		}
		if k, ok := by.Open(opened.BySession, "session", who.Root, who.Account, who.Session); ok {
			return Opened, k, nil
		}
	}
	if !row.ResetAt.IsZero() {
		return Reset, nil, nil
	}
	return Shut, nil, nil
}

// opened returns the key of who, or a refusal that says what to do.
func (s *Service) opened(ctx context.Context, who access.Person, token string) (secret.Key, error) {
	lock, k, err := s.lock(ctx, who, token)
	if err == nil && lock != Opened {
		err = fault.New(fault.Conflict, "notebook.problem.shut")
	}
	return k, err
}

// Make makes the key of who and returns the recovery words, which are shown once and
// stored nowhere.
func (s *Service) Make(ctx context.Context, who access.Person, token, password string) (words string, err error) {
	if err := s.Accounts.Prove(ctx, who, password); err != nil {
		return "", err
	}
	k := secret.New()
	row := lockRow{Root: who.Root, Account: who.Account, MadeAt: s.now()}
	if words, err = row.newWords(k); err != nil {
		return "", err
	}
	if err := row.closeBy(ctx, password, k); err != nil {
		return "", err
	}
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := insertLock(ctx, tx, row); err != nil {
			if db.IsUnique(err) {
				return fault.New(fault.Conflict, "notebook.problem.made")
			}
			return err
		}
		if err := s.openOn(ctx, tx, who, token, k); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "notebook.made", who.Account, nil)
	})
	return words, err
}

// Unlock opens the notes on a device by the password.
func (s *Service) Unlock(ctx context.Context, who access.Person, token, password string) error {
	if err := s.Accounts.Prove(ctx, who, password); err != nil {
		return err
	}
	return s.SignedIn(ctx, who, token, password)
}

// SignedIn opens the notes on the device on which their owner has just signed in: it
// does nothing for those who keep none. See account.Keyring.
func (s *Service) SignedIn(ctx context.Context, who access.Person, token, password string) error {
	row, found, err := lockOf(ctx, s.DB, who.Root, who.Account)
	if err != nil || !found || !row.ResetAt.IsZero() {
		return err
	}
	k, err := row.openBy(ctx, password)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return s.openOn(ctx, tx, who, token, k) })
}

// Changing closes the key by the new password of its owner: see account.Keyring.
func (s *Service) Changing(ctx context.Context, who access.Person, old, fresh string) (func(context.Context, *db.Tx) error, error) {
	row, found, err := lockOf(ctx, s.DB, who.Root, who.Account)
	if err != nil {
		return nil, err
	}
	if !found || !row.ResetAt.IsZero() {
		return func(context.Context, *db.Tx) error { return nil }, nil
	}
	k, err := row.openBy(ctx, old)
	if err != nil {
		return nil, err
	}
	if err := row.closeBy(ctx, fresh, k); err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx *db.Tx) error { return updateLock(ctx, tx, row) }, nil
}

// Reset notes that a printed code has replaced a password: see account.Keyring.
func (s *Service) Reset(ctx context.Context, tx *db.Tx, root, account string) error {
	return markReset(ctx, tx, root, account, s.now())
}

// Recover opens the notes after a reset, by the recovery words or by the password
// before it, and closes the key by the password of today.
func (s *Service) Recover(ctx context.Context, who access.Person, token, typed, password string) error {
	row, found, err := lockOf(ctx, s.DB, who.Root, who.Account)
	if err != nil || !found {
		return notFound(err)
	}
	if err := s.Accounts.Prove(ctx, who, password); err != nil {
		return err
	}
	k, ok, err := row.openByWords(typed)
	if err != nil {
		return err
	}
	if !ok {
		if k, err = row.openBy(ctx, typed); err != nil {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"secret_password": "notebook.problem.words"}}
		}
	}
	if err := row.closeBy(ctx, password, k); err != nil {
		return err
	}
	row.ResetAt = 0
	return s.relock(ctx, who, token, row, k, "notebook.recovered")
}

// Reword replaces the recovery words by fresh ones: the paper is lost, or somebody has
// seen it.
func (s *Service) Reword(ctx context.Context, who access.Person, token, password string) (words string, err error) {
	k, err := s.opened(ctx, who, token)
	if err != nil {
		return "", err
	}
	if err := s.Accounts.Prove(ctx, who, password); err != nil {
		return "", err
	}
	row, found, err := lockOf(ctx, s.DB, who.Root, who.Account)
	if err != nil || !found {
		return "", notFound(err)
	}
	if words, err = row.newWords(k); err != nil {
		return "", err
	}
	return words, s.relock(ctx, who, token, row, k, "notebook.reworded")
}

func (s *Service) relock(ctx context.Context, who access.Person, token string, row lockRow, k secret.Key, action string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := updateLock(ctx, tx, row); err != nil {
			return err
		}
		if err := s.openOn(ctx, tx, who, token, k); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, action, who.Account, nil)
	})
}

// Forget deletes the key and with it every note: for whoever has lost both, or wants
// no notes kept.
func (s *Service) Forget(ctx context.Context, who access.Person, password string) error {
	if err := s.Accounts.Prove(ctx, who, password); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := deleteAll(ctx, tx, who.Root, who.Account)
		if err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "notebook.forgotten", who.Account, map[string]any{"notes": n})
	})
}

// openOn opens the key on the device of a session.
func (s *Service) openOn(ctx context.Context, tx *db.Tx, who access.Person, token string, k secret.Key) error {
	by, err := secret.Derive([]byte(token), "notebook session")
	if err != nil {
		return err
	}
	sealed, err := by.Seal(k, "session", who.Root, who.Account, who.Session)
	if err != nil {
		return err
	}
	return putOpened(ctx, tx, openedRow{who.Root, who.Session, who.Account, sealed})
}

// closeBy closes the key by a password. It is slow.
func (r *lockRow) closeBy(ctx context.Context, password string, k secret.Key) error {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails
	by, err := account.Stretch(ctx, password, salt)
	if err != nil {
		return err
	}
	r.Salt = base64.RawURLEncoding.EncodeToString(salt)
	r.ByPassword, err = secret.Key(by).Seal(k, "password", r.Root, r.Account)
	return err
}

// openBy opens the key by a password. It is slow.
func (r lockRow) openBy(ctx context.Context, password string) (secret.Key, error) {
	salt, err := base64.RawURLEncoding.DecodeString(r.Salt)
	if err != nil {
		return nil, err
	}
	by, err := account.Stretch(ctx, password, salt)
	if err != nil {
		return nil, err
	}
	k, ok := secret.Key(by).Open(r.ByPassword, "password", r.Root, r.Account)
	if !ok {
		return nil, fault.New(fault.Conflict, "notebook.problem.shut")
	}
	return k, nil
}

// newWords closes the key by fresh recovery words and returns them.
func (r *lockRow) newWords(k secret.Key) (words string, err error) {
	words = newWords()
	by, err := secret.Derive([]byte(words), "notebook words")
	if err != nil {
		return "", err
	}
	r.ByWords, err = by.Seal(k, "words", r.Root, r.Account)
	return words, err
}

func (r lockRow) openByWords(typed string) (secret.Key, bool, error) {
	by, err := secret.Derive([]byte(readWords(typed)), "notebook words")
	if err != nil {
		return nil, false, err
	}
	k, ok := by.Open(r.ByWords, "words", r.Root, r.Account)
	return k, ok, nil
}

func notFound(err error) error {
	if err == nil {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}
