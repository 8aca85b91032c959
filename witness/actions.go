package witness

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/head"
	"chibo/kit/job"
	"chibo/kit/when"
)

// Service signs, hands over and compares heads.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	Log   *slog.Logger
	// Dir is where the signing key lies, and beside it the file of the newest heads.
	Dir string
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// program is who acts when nobody does.
var program = access.Person{Name: "chibo"}

// everywhere is the scope of the program itself.
var everywhere = access.Whole("", "/")

// Actions under which the chains know of heads.
const (
	actionTaken    = "witness.taken"
	actionSettled  = "witness.settled"
	actionRestored = "data.restored"
	actionAltered  = "data.altered"
)

// taken is what the chain of the keeper holds of a head that was handed over; the object of
// the entry is the unit whose head it is.
type taken struct {
	Head   string `json:"head"`
	Reason string `json:"reason,omitempty"` // of a settlement
}

// HeadOf returns the head of the chain of root as it is now; false before its first entry,
// and where the key that signs it is not there.
func (s *Service) HeadOf(ctx context.Context, q db.Q, root string) (head.Head, bool, error) {
	end, err := audit.EndOf(ctx, q, root)
	if err != nil || end.Seq == 0 {
		return head.Head{}, false, err
	}
	return s.sign(ctx, q, end)
}

// Heads returns the heads of the chains of a scope as they are now.
func (s *Service) Heads(ctx context.Context, scope access.Scope) ([]head.Head, error) {
	units, err := unitsIn(ctx, s.DB, scope)
	if err != nil {
		return nil, err
	}
	var all []head.Head
	for _, u := range units {
		if u.Seq == 0 {
			continue
		}
		h, signed, err := s.sign(ctx, s.DB, audit.End{Root: u.ID, Seq: u.Seq, Hash: u.Hash})
		if err != nil {
			return nil, err
		}
		if signed {
			all = append(all, h)
		}
	}
	return all, nil
}

// All returns the heads of all chains as they are now.
func (s *Service) All(ctx context.Context) ([]head.Head, error) { return s.Heads(ctx, everywhere) }

// TakeJob is the kind of the job that hands the heads over once a day; it has no arguments.
const TakeJob = "witness.take"

// takeAt is the clock time at which heads are handed over: after the evenings of the day.
const takeAt = "23:40"

// Schedule asks for the next handing over, once, however often it is called.
func (s *Service) Schedule(ctx context.Context) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		at, err := when.ParseInstant(s.now().Date().String() + "T" + takeAt)
		if err != nil {
			return err
		}
		if at <= s.now() {
			at = at.Add(24 * time.Hour)
		}
		return job.Enqueue(ctx, tx, TakeJob, nil, job.Unique(TakeJob), job.At(at))
	})
}

// Take does a job of kind TakeJob: every chain that has grown is handed over, the newest
// heads are written to the file beside the key, and the next night is asked for. A chain
// that does not agree with what is kept of it is not handed over: that would bury the
// witness.
func (s *Service) Take(ctx context.Context, _ job.Job) error {
	units, err := unitsIn(ctx, s.DB, everywhere)
	if err != nil {
		return err
	}
	for n := len(units) - 1; n >= 0; n-- { // from below, so that a chain above has the entries of the night
		if err := s.take(ctx, units[n]); err != nil {
			return err
		}
	}
	return errors.Join(s.Remember(ctx), s.Schedule(ctx))
}

func (s *Service) take(ctx context.Context, u unit) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		k, found, err := keptOfUnit(ctx, tx, u)
		if err != nil {
			return err
		}
		end, err := audit.EndOf(ctx, tx, u.ID)
		if err != nil || end.Seq == 0 || found && end.Seq == k.Seq && end.Hash == k.Hash {
			return err
		}
		turns, err := turnsOf(ctx, tx, u.ID)
		if err != nil {
			return err
		}
		if found && Compare(k.Head(), end.Seq, k.Found, turns) != Agrees {
			s.Log.ErrorContext(ctx, "a chain does not agree with its witness", "root", u.ID, "entry", k.Seq)
			return nil
		}
		return s.hand(ctx, tx, u, end, program, actionTaken, "")
	})
}

// hand puts the end of a chain into the keeping of the committee above.
func (s *Service) hand(ctx context.Context, tx *db.Tx, u unit, end audit.End, who access.Person, action, reason string) error {
	h, signed, err := s.sign(ctx, tx, end)
	if err != nil {
		return err
	}
	if !signed {
		if action == actionTaken {
			return nil
		}
		return fault.New(fault.Conflict, "witness.problem.no_key")
	}
	if err := put(ctx, tx, keptOf(u, h, s.now())); err != nil {
		return err
	}
	if u.Keeper == u.ID && action == actionTaken { // its own chain need not tell of itself
		return nil
	}
	return s.Audit.Write(ctx, tx, who, u.KeeperRoot, action, u.ID, taken{h.Text(), reason})
}

// Settle writes down why the chain of a unit no longer agrees with its head, in the chain of
// the committee above, and takes the chain as it is now as the new beginning.
func (s *Service) Settle(ctx context.Context, who access.Person, id string, f Settling) error {
	if err := f.Validate(); err != nil {
		return err
	}
	u, found, err := unitOf(ctx, s.DB, id)
	if err == nil && (!found || !who.MayAt(Settle, u.KeeperPath)) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		k, found, err := keptOfUnit(ctx, tx, u)
		if err != nil {
			return err
		}
		end, err := audit.EndOf(ctx, tx, u.ID)
		if err != nil {
			return err
		}
		turns, err := turnsOf(ctx, tx, u.ID)
		if err != nil {
			return err
		}
		if !found || Compare(k.Head(), end.Seq, k.Found, turns) == Agrees {
			return fault.New(fault.Conflict, "witness.problem.agrees")
		}
		return s.hand(ctx, tx, u, end, who, actionSettled, f.Reason)
	})
}

// Lines returns the chains of a scope, with what is kept of them, as somebody sees them.
func (s *Service) Lines(ctx context.Context, who access.Person, scope access.Scope) ([]Line, error) {
	units, err := unitsIn(ctx, s.DB, scope)
	if err != nil {
		return nil, err
	}
	all, err := keptIn(ctx, s.DB, scope)
	if err != nil {
		return nil, err
	}
	turns, err := turnsIn(ctx, s.DB, scope)
	if err != nil {
		return nil, err
	}
	of := map[string]kept{}
	for _, k := range all {
		of[k.Subject] = k
	}
	lines := make([]Line, len(units))
	for n, u := range units {
		lines[n] = Line{
			ID: u.ID, Name: u.Name, Keeper: u.KeeperName, Last: u.Seq, State: Agrees, MaySettle: who.MayAt(Settle, u.KeeperPath),
		}
		if k, found := of[u.ID]; found {
			lines[n].Kept, lines[n].State = k.Kept, Compare(k.Head(), u.Seq, k.Found, turns[u.ID])
		}
	}
	return lines, nil
}

// Answer says how a head that somebody brought compares with the chain.
type Answer struct {
	Head  head.Head
	Name  string // of the unit
	State State
}

// Check compares a head that somebody brought, as its text, with the chain of a unit within
// the scope of who asks; the head of another unit is not found.
func (s *Service) Check(ctx context.Context, who access.Person, text string) (Answer, error) {
	h, err := head.Parse(text)
	if err != nil {
		return Answer{}, wrongHead("witness.problem.no_head")
	}
	units, err := unitsIn(ctx, s.DB, who.Scope(See))
	if err != nil {
		return Answer{}, err
	}
	for _, u := range units {
		if u.ID == h.Root {
			state, err := s.compare(ctx, h)
			return Answer{h, u.Name, state}, err
		}
	}
	return Answer{}, wrongHead("witness.problem.foreign")
}

func wrongHead(key string) error {
	var c fault.Check
	c.That(false, "head", key)
	return c.Err()
}

func (s *Service) compare(ctx context.Context, h head.Head) (State, error) {
	end, err := audit.EndOf(ctx, s.DB, h.Root)
	if err != nil {
		return "", err
	}
	found, err := audit.HashAt(ctx, s.DB, h.Root, h.Seq)
	if err != nil {
		return "", err
	}
	turns, err := turnsOf(ctx, s.DB, h.Root)
	return Compare(h, end.Seq, found, turns), err
}

// Restored writes into every chain that it goes on from a copy.
func (s *Service) Restored(ctx context.Context, madeAt when.Instant) error {
	return s.tellAll(ctx, actionRestored, func(end audit.End) any {
		return struct {
			Seq    int64        `json:"seq"`
			Hash   string       `json:"hash"`
			MadeAt when.Instant `json:"made_at"`
		}{end.Seq, end.Hash, madeAt}
	})
}

// Altered writes into every chain that data was changed while the program did not run.
func (s *Service) Altered(ctx context.Context, what string) error {
	return s.tellAll(ctx, actionAltered, func(audit.End) any { return map[string]string{"what": what} })
}

// tellAll writes an entry about itself into every chain.
func (s *Service) tellAll(ctx context.Context, action string, detail func(audit.End) any) error {
	ends, err := audit.Ends(ctx, s.DB)
	if err != nil {
		return err
	}
	for _, end := range ends {
		err := s.DB.Tx(ctx, func(tx *db.Tx) error {
			return s.Audit.Write(ctx, tx, program, end.Root, action, end.Root, detail(end))
		})
		if err != nil {
			return err
		}
	}
	return nil
}
