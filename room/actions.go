//go:build !js

package room

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"chibo/account"
	"chibo/ballot"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/bus"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/live"
	"chibo/kit/text"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/organization"
)

// What may be done in the room, and by whom: see app/rights.go.
const (
	Watch access.Need = "room.watch" // read along
	Hold  access.Need = "room.hold"  // enter acts: secretary, deputy, minute-taker
)

// Topic is what the bus calls the changes of a room.
func Topic(root, meetingID string) string { return "room/" + root + "/" + meetingID }

// maxActs is how many acts one request may bring.
const maxActs = 500

// Service appends acts and reads them.
type Service struct {
	DB      *db.DB
	Now     func() time.Time
	Audit   audit.Log
	Library *library.Service
	Ballots *ballot.Service
	// Meetings opens the next meeting when one is closed.
	Meetings *meeting.Service
	// Accounts checks the secret of a second person who confirms a count.
	Accounts *account.Service
	Bus      bus.Bus   // is told of every change, see Topic; nil tells nobody
	Live     *live.Hub // keeps pages up to date; nil: they look every few seconds

	memory    memory
	doorsteps doorsteps
}

// Answer is what became of one act: its number, or the fault with which it was
// refused.
type Answer struct {
	ID  string
	Seq int64
	Err error
}

// Append adds acts to the log of a meeting that who may hold, and answers for each
// in the same order. An act that is there already is answered with its number. An
// act that is refused does not keep the others out. Whatever is answered with a
// number is durable.
func (s *Service) Append(ctx context.Context, who access.Person, meetingID string, acts []Act) ([]Answer, error) {
	m, o, err := s.holdable(ctx, who, meetingID)
	if err != nil {
		return nil, err
	}
	if len(acts) > maxActs {
		return nil, fault.New(fault.TooLarge, "room.problem.too_many", "Most", maxActs)
	}
	refused := map[int]error{}
	for {
		var answers []Answer
		err := s.DB.Tx(ctx, func(tx *db.Tx) (err error) {
			answers, err = s.append(ctx, tx, who, o, m, acts, refused)
			return err
		})
		bad, ok := errors.AsType[*refusal](err)
		if !ok {
			return answers, err
		}
		refused[bad.n] = bad.err // everything was rolled back: again without this one
	}
}

// holdable returns a meeting that who may hold, with the state of its room remembered.
func (s *Service) holdable(ctx context.Context, who access.Person, meetingID string) (meeting.Meeting, organization.Organization, error) {
	number := s.memory.number(s.DB)
	if h, ok := s.memory.holds(who.Root, meetingID, number); ok && who.MayAt(Hold, h.organization.Path) {
		return h.meeting, h.organization, nil
	}
	m, o, err := meeting.Get(ctx, s.DB, who.Scope(Hold), meetingID)
	if err != nil {
		return m, o, err
	}
	if err := s.warm(ctx, m, o); err != nil {
		return m, o, err
	}
	s.memory.hold(held{m, o, number})
	return m, o, nil
}

// refusal says that act n of a request was refused after it had begun to take
// effect, so that the transaction must begin anew.
type refusal struct {
	n   int
	err error
}

func (r *refusal) Error() string { return fmt.Sprintf("act %d: %v", r.n, r.err) }

// append is Append within tx. A fault in what follows from an act comes back as a
// *refusal.
func (s *Service) append(ctx context.Context, tx *db.Tx, who access.Person, o organization.Organization, m meeting.Meeting, acts []Act, refused map[int]error) ([]Answer, error) {
	b, err := s.book(ctx, tx, who, o, m)
	if err != nil {
		return nil, err
	}
	first := b.room.Seq + 1
	answers := make([]Answer, len(acts))
	for n, a := range acts {
		answers[n], err = b.answer(ctx, a, refused[n])
		if _, public := errors.AsType[*fault.Error](err); public {
			return nil, &refusal{n, err}
		}
		if err != nil {
			return nil, err
		}
	}
	if b.room.Seq < first {
		return answers, nil
	}
	return answers, s.keep(ctx, b, first)
}

// keep ends the writing in a book that has acts from number first on.
func (s *Service) keep(ctx context.Context, b *book, first int64) error {
	b.tx.AfterCommit(func() {
		s.memory.put(b.room, b.state)
		if s.Bus != nil {
			s.Bus.Publish(Topic(b.org.Root, b.m.ID))
		}
	})
	span := map[string]int64{"first": first, "last": b.room.Seq}
	return s.Audit.Write(ctx, b.tx, b.who, b.org.Root, "room.acts", b.m.ID, span)
}

// book is the log of one meeting, open for writing within a transaction.
type book struct {
	tx    *db.Tx
	who   access.Person
	org   organization.Organization
	m     meeting.Meeting
	room  record
	state State
	now   when.Instant

	ballots  *ballot.Service
	meetings *meeting.Service
}

func (s *Service) book(ctx context.Context, tx *db.Tx, who access.Person, o organization.Organization, m meeting.Meeting) (*book, error) {
	r, err := lock(ctx, tx, o.Root, m.ID)
	if err != nil {
		return nil, err
	}
	if s.memory.knows(o.Root, m.ID) { // what was prepared is frozen: only the state may still change
		m.State, err = meeting.StateOf(ctx, tx, o.Root, m.ID)
	} else {
		m, err = meeting.Find(ctx, tx, o.Root, m.ID)
	}
	if err != nil {
		return nil, err
	}
	state, err := s.load(ctx, tx, r, m, o)
	if err != nil {
		return nil, err
	}
	return &book{tx, who, o, m, r, state, when.At(s.Now()), s.Ballots, s.Meetings}, nil
}

// answer adds one act. The error is one that ends the transaction; refusals that
// left no trace stand in the Answer.
func (b *book) answer(ctx context.Context, a Act, refused error) (Answer, error) {
	if n := slices.IndexFunc(b.state.log, func(l *logged) bool { return l.act.ID == a.ID }); n >= 0 {
		return Answer{ID: a.ID, Seq: b.state.log[n].act.Seq}, nil
	}
	if refused != nil {
		return Answer{ID: a.ID, Err: refused}, nil
	}
	if err := reserved(a); err != nil {
		return Answer{ID: a.ID, Err: err}, nil
	}
	before := b.room.Seq
	if err := b.tally(ctx, a); err != nil {
		return Answer{}, err
	}
	a, err := b.check(ctx, a)
	if err != nil {
		// Where ballots were counted for it, that is rolled back too.
		if _, public := errors.AsType[*fault.Error](err); public && b.room.Seq == before {
			return Answer{ID: a.ID, Err: err}, nil
		}
		return Answer{}, err
	}
	if err := b.add(ctx, a); err != nil {
		return Answer{}, err
	}
	return Answer{ID: a.ID, Seq: a.Seq}, nil
}

// add enters an act that fits, with what follows from it.
func (b *book) add(ctx context.Context, a Act) error {
	next := Fold(b.state, a)
	if b.room.Seq == 0 {
		if err := makeRoom(ctx, b.tx, b.org.Root, b.m.ID); err != nil {
			return err
		}
	}
	if err := b.follow(ctx, a, next); err != nil {
		return err
	}
	if err := insert(ctx, b.tx, b.org.Root, a); err != nil {
		return err
	}
	b.room.Seq, b.state = a.Seq, next
	return nil
}

// check completes an act with what the server knows and says whether it may be
// added.
func (b *book) check(ctx context.Context, a Act) (Act, error) {
	switch {
	case a.Meeting != "" && a.Meeting != b.m.ID:
		return a, fault.New(fault.Invalid, "room.problem.other_meeting")
	case b.m.State == meeting.Sealed:
		return a, fault.New(fault.Conflict, "room.problem.sealed")
	case b.m.State == meeting.Draft && a.Kind != KindOpen:
		return a, fault.New(fault.Conflict, "room.problem.draft")
	case a.At > b.now.Add(24*time.Hour):
		return a, fault.New(fault.Invalid, "room.problem.clock")
	}
	a.Meeting, a.By, a.Via, a.Received, a.Seq, a.Body = b.m.ID, b.who.Account, "", b.now, b.room.Seq+1, cleaned(a.Body)
	a.Seen = b.seen(a)
	if err := Accept(b.state, a); err != nil {
		return a, err
	}
	taken, err := elsewhere(ctx, b.tx, b.org.Root, b.m.ID, a.ID)
	if err == nil && taken {
		err = fault.New(fault.Conflict, "room.problem.id_taken")
	}
	return a, err
}

// seen is the number up to which the writer of an act that arrives had the log. Who
// names neither device nor number is at the server and has what it has.
func (b *book) seen(a Act) int64 {
	if a.Device == "" && a.Seen == 0 {
		return b.room.Seq
	}
	return min(a.Seen, b.room.Seq)
}

// cleaned is a body with every text as the program keeps texts; what is no object
// is left to Accept.
func cleaned(body json.RawMessage) json.RawMessage {
	var fields map[string]any
	if json.Unmarshal(body, &fields) != nil {
		return body
	}
	for name, v := range fields {
		switch v := v.(type) {
		case string:
			fields[name] = text.Clean(v)
		case []any:
			for n, one := range v {
				if s, ok := one.(string); ok {
					v[n] = text.Clean(s)
				}
			}
		}
	}
	out, err := json.Marshal(fields)
	if err != nil {
		return body
	}
	return out
}

// Log returns the acts of a meeting with a number above after, in the order of
// their arrival.
func (s *Service) Log(ctx context.Context, q db.Q, root, meetingID string, seq int64) ([]Act, error) {
	return after(ctx, q, root, meetingID, seq, 0)
}

// StateOf returns a meeting as its log tells it; before the opening as it is
// prepared now.
func (s *Service) StateOf(ctx context.Context, q db.Q, root, meetingID string) (State, error) {
	m, err := meeting.Find(ctx, q, root, meetingID)
	if err != nil {
		return State{}, err
	}
	o, err := organization.Find(ctx, q, root, m.Organization)
	if err != nil {
		return State{}, err
	}
	r, err := roomOf(ctx, q, root, meetingID)
	if err != nil {
		return State{}, err
	}
	return s.load(ctx, q, r, m, o)
}

// warm remembers the state of a room before the turn of the writer, where to fold an
// evening would hold up all other meetings.
func (s *Service) warm(ctx context.Context, m meeting.Meeting, o organization.Organization) error {
	if s.memory.knows(m.Root, m.ID) {
		return nil
	}
	r, err := roomOf(ctx, s.DB, m.Root, m.ID)
	if err != nil || r.Seq == 0 {
		return err
	}
	state, err := s.load(ctx, s.DB, r, m, o)
	if err == nil {
		s.memory.put(r, state)
	}
	return err
}

// Look returns a meeting as its log tells it, with the number of its last act, for
// pages that many people look at: what is folded stays in memory.
func (s *Service) Look(ctx context.Context, q db.Q, m meeting.Meeting, o organization.Organization) (State, int64, error) {
	r, err := roomOf(ctx, q, m.Root, m.ID)
	if err != nil {
		return State{}, 0, err
	}
	state, err := s.load(ctx, q, r, m, o)
	if err == nil {
		s.memory.put(r, state)
	}
	return state, r.Seq, err
}

// load returns the state of a room at least up to the number of r.
func (s *Service) load(ctx context.Context, q db.Q, r record, m meeting.Meeting, o organization.Organization) (State, error) {
	if known, seq, ok := s.memory.get(r); ok {
		if seq == r.Seq {
			return known, nil // to read no acts and fold none took 105 of the 230 µs of an act in the writer
		}
		acts, err := after(ctx, q, m.Root, m.ID, seq, 0)
		return fold(known, acts...), err
	}
	setup, err := setupOf(ctx, q, m, o)
	if err != nil {
		return State{}, err
	}
	acts, err := after(ctx, q, m.Root, m.ID, 0, 0)
	if err != nil {
		return State{}, err
	}
	return Replay(setup, acts), nil
}

// Freeze lets no act be appended to a meeting until the end of tx: what is read
// within it is the whole log.
func Freeze(ctx context.Context, tx *db.Tx, root, meetingID string) error {
	_, err := lock(ctx, tx, root, meetingID)
	return err
}
