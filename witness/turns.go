package witness

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/head"
)

// signingKey is the object of the entries by which the chains know who signs their ends.
const signingKey = "signing.key"

// Actions of entries about the signing key.
const (
	actionRenewed = "key.renewed"
	actionFound   = "key.found"
)

// turned is the detail of such an entry.
type turned struct {
	Introduction string `json:"introduction,omitempty"`
	Key          string `json:"key,omitempty"` // that was found in the place of one that was lost
}

// read returns the turn that an entry tells of.
func (t turned) read(seq int64) (head.Turn, error) {
	if t.Introduction == "" {
		return head.Turn{Seq: seq, Found: t.Key}, nil
	}
	i, err := head.ParseIntroduction(t.Introduction)
	return head.Turn{Seq: seq, Introduced: &i}, err
}

// turnsOf returns the turns of the chain of root.
func turnsOf(ctx context.Context, q db.Q, root string) (head.Turns, error) {
	entries, err := audit.Of(ctx, q, root, signingKey)
	if err != nil {
		return nil, err
	}
	all, err := turns(entries)
	return all[root], err
}

// turns reads the turns of chains from their entries about the key.
func turns(entries []audit.Entry) (map[string]head.Turns, error) {
	all := map[string]head.Turns{}
	for _, e := range entries {
		var t turned
		err := json.Unmarshal([]byte(e.Detail), &t)
		if err == nil {
			var turn head.Turn
			turn, err = t.read(e.Seq)
			all[e.Root] = append(all[e.Root], turn)
		}
		if err != nil {
			return nil, fmt.Errorf("entry %d of %s: %w", e.Seq, e.Root, err)
		}
	}
	return all, nil
}

// errOther is why nothing is signed: the key that lies in the vault is not the one of which
// the chain tells.
var errOther = errors.New("the signing key in the vault is not the one of which the log tells")

// signer returns the key that signs a chain with these turns. It is read anew each time: another
// program may have changed it. Where a change was ended half way, between the chains and the
// vault, it is finished.
func (s *Service) signer(all head.Turns) (head.Key, error) {
	last, known := all.Last()
	signs := func(key head.Key) bool { return !known || last.Key() == key.Public() }
	if key, err := head.ReadKey(s.Dir); err == nil && signs(key) || !known {
		return key, err
	}
	next, prepared, err := head.PreparedKey(s.Dir, last.Key())
	if err != nil {
		return head.Key{}, err
	}
	if prepared {
		return next, head.AdoptKey(s.Dir, last.Key())
	}
	key, err := head.ReadKey(s.Dir) // another program may have been quicker
	if err == nil && !signs(key) {
		err = errOther
	}
	return key, err
}

// sign returns the head of a chain that ended with end when it was read; false where the key
// of the chain is not there, which the log of the program tells.
func (s *Service) sign(ctx context.Context, q db.Q, end audit.End) (head.Head, bool, error) {
	for {
		all, err := turnsOf(ctx, q, end.Root)
		if err != nil {
			return head.Head{}, false, err
		}
		if last, known := all.Last(); known && last.Seq > end.Seq { // the key has changed since
			if end, err = audit.EndOf(ctx, q, end.Root); err != nil {
				return head.Head{}, false, err
			}
			continue
		}
		key, err := s.signer(all)
		if err != nil {
			s.Log.ErrorContext(ctx, "a log is not signed", "root", end.Root, "error", err)
			return head.Head{}, false, nil
		}
		return key.Sign(end.Root, end.Seq, end.Hash, s.now()), true, nil
	}
}

// Public returns the public key that signs now.
func (s *Service) Public() (string, error) {
	key, err := head.ReadKey(s.Dir)
	if err != nil {
		return "", fmt.Errorf("signing key: %w", err)
	}
	return key.Public(), nil
}

// Renew makes a new signing key in the place of the one that signs now and returns its
// introduction. It is three steps, each whole or not done: the new key is kept beside the old
// one; in one transaction every chain is told of it; the old key goes. Ended before the second,
// the old one signs as before; ended after it, whoever wants to sign next does the third.
func (s *Service) Renew(ctx context.Context, who access.Person) (head.Introduction, error) {
	i, err := s.prepare()
	if err != nil {
		return i, err
	}
	others, err := s.tell(ctx, who, i)
	if err != nil {
		return i, errors.Join(err, head.DropKey(s.Dir, i.New))
	}
	return i, errors.Join(head.AdoptKey(s.Dir, i.New), head.DropKeys(others))
}

// prepare makes the new key and has the old one introduce it.
func (s *Service) prepare() (head.Introduction, error) {
	old, err := head.ReadKey(s.Dir)
	if err != nil {
		return head.Introduction{}, fmt.Errorf("signing key: %w", err)
	}
	next, err := head.PrepareKey(s.Dir)
	return old.Introduce(next, s.now()), err
}

// tell writes an introduction into every chain. A chain that knows of heads by a key that is
// neither this one nor introduced is told first that it was found: the one before was lost. It
// returns the files of other prepared keys that will never sign, since the key that would
// introduce them does not sign any more.
func (s *Service) tell(ctx context.Context, who access.Person, i head.Introduction) (others []string, err error) {
	foreign, err := s.foreign(ctx, i.Old)
	if err != nil {
		return nil, err
	}
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		ends, err := audit.Ends(ctx, tx)
		if err != nil {
			return err
		}
		var deeds []audit.Deed
		for _, end := range ends {
			if foreign[end.Root] {
				deeds = append(deeds, audit.Deed{Who: program, Root: end.Root, Action: actionFound, Object: signingKey, Detail: turned{Key: i.Old}})
			}
			deeds = append(deeds, audit.Deed{Who: who, Root: end.Root, Action: actionRenewed, Object: signingKey, Detail: turned{Introduction: i.Text()}})
		}
		if err := s.Audit.WriteAll(ctx, tx, deeds); err != nil {
			return err
		}
		all, err := turnsIn(ctx, tx, everywhere) // with the chains locked: somebody else may have been quicker
		if err != nil {
			return err
		}
		for root, turns := range all {
			if turns.Verify() != nil {
				return fault.New(fault.Conflict, "witness.problem.key", "Root", root)
			}
		}
		others, err = head.OtherKeys(s.Dir, i.New) // before anybody can prepare one by the new key
		return err
	})
	return others, err
}

// foreign returns the chains without a turn of which heads by another key are known.
func (s *Service) foreign(ctx context.Context, key string) (map[string]bool, error) {
	heads, err := s.known(ctx)
	if err != nil {
		return nil, err
	}
	all, err := turnsIn(ctx, s.DB, everywhere)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, h := range heads {
		if h.Key != key && len(all[h.Root]) == 0 {
			found[h.Root] = true
		}
	}
	return found, nil
}

// Lost returns the chains whose key is not in the vault. A change of the key that was ended
// half way is finished on the way.
func (s *Service) Lost(ctx context.Context) ([]string, error) {
	all, err := turnsIn(ctx, s.DB, everywhere)
	if err != nil {
		return nil, err
	}
	var lost []string
	for root, turns := range all {
		if _, err := s.signer(turns); errors.Is(err, errOther) {
			lost = append(lost, root)
		} else if err != nil {
			return nil, err
		}
	}
	return lost, nil
}

// TakeOver tells the chains whose key was lost which key was found in its place: the one in
// the vault, which nobody has introduced. It returns how many chains were told.
func (s *Service) TakeOver(ctx context.Context, who access.Person) (int, error) {
	lost, err := s.Lost(ctx)
	if err != nil || len(lost) == 0 {
		return 0, err
	}
	key, err := s.Public()
	if err != nil {
		return 0, err
	}
	var deeds []audit.Deed
	for _, root := range lost {
		deeds = append(deeds, audit.Deed{Who: who, Root: root, Action: actionFound, Object: signingKey, Detail: turned{Key: key}})
	}
	return len(lost), s.DB.Tx(ctx, func(tx *db.Tx) error { return s.Audit.WriteAll(ctx, tx, deeds) })
}

// Start is called when the program begins to work. With a database of its own it takes over
// where the key was lost. Where several programs share one, a key that differs may be that of
// a program which was started with another vault: that must not silence those that have the
// right one, so that somebody has to say that the key is lost.
func (s *Service) Start(ctx context.Context) error {
	if !s.DB.Postgres() {
		n, err := s.TakeOver(ctx, program)
		if n > 0 {
			s.Log.WarnContext(ctx, "the signing key was lost; another one signs from now on", "logs", n)
		}
		return err
	}
	lost, err := s.Lost(ctx)
	if err == nil && len(lost) > 0 {
		err = fmt.Errorf("%w: %d logs are not signed; name the right vault, or say chibo key renew --lost where the key is gone for good", errOther, len(lost))
	}
	return err
}

// Introductions returns those by which the key that signs now follows older ones, newest
// first. Every chain that was there tells of them alike; the oldest is asked.
func (s *Service) Introductions(ctx context.Context) ([]head.Introduction, error) {
	root, found, err := oldest(ctx, s.DB)
	if err != nil || !found {
		return nil, err
	}
	all, err := turnsOf(ctx, s.DB, root)
	var list []head.Introduction
	for n := len(all) - 1; n >= 0 && all[n].Introduced != nil; n-- {
		list = append(list, *all[n].Introduced)
	}
	return list, err
}

// WrongKey is a turn of a chain that does not hold.
type WrongKey struct {
	Root string
	Why  error
}

func (w *WrongKey) Error() string { return fmt.Sprintf("the log of %s: %v", w.Root, w.Why) }

// Signers returns the keys that may sign now, as far as the chains know: the last one of which
// each tells; where none tells of any, those of the heads that are known.
func (s *Service) Signers(ctx context.Context) ([]string, error) {
	all, err := turnsIn(ctx, s.DB, everywhere)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, turns := range all {
		last, _ := turns.Last()
		keys = append(keys, last.Key())
	}
	if len(keys) > 0 {
		return keys, nil
	}
	heads, err := s.known(ctx)
	for _, h := range heads {
		keys = append(keys, h.Key)
	}
	return keys, err
}

// Unintroduced says in words from which entry on which chain is signed by a key that the one
// before it has not introduced. That may be: a key was lost. Or somebody who could write the
// database has put in one of their own; nothing in the data tells the two apart.
func (s *Service) Unintroduced(ctx context.Context) ([]string, error) {
	all, err := turnsIn(ctx, s.DB, everywhere)
	if err != nil {
		return nil, err
	}
	var notes []string
	for root, turns := range all {
		for _, t := range turns {
			if t.Introduced == nil {
				notes = append(notes, fmt.Sprintf("from entry %d on the log of %s is signed by a key that the one before it has not introduced, %s: the old key was lost, or somebody has put in one of their own; ask who keeps the keys",
					t.Seq, root, head.Short(t.Found)))
			}
		}
	}
	slices.Sort(notes)
	return notes, nil
}

// verifyTurns checks the turns of every chain.
func (s *Service) verifyTurns(ctx context.Context) error {
	all, err := turnsIn(ctx, s.DB, everywhere)
	if err != nil {
		return err
	}
	for root, turns := range all {
		if err := turns.Verify(); err != nil {
			return &WrongKey{root, err}
		}
	}
	return nil
}
