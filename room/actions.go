//go:build !js

package room

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chibo/account"
	"chibo/ballot"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/bus"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/live"
	"chibo/library"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
)

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
	// Helpers returns who was let into a meeting to help; nil: nobody is.
	Helpers func(ctx context.Context, q db.Q, root, meetingID string) ([]Helper, error)

	memory    memory
	doorsteps doorsteps
	writings  db.Batch[*writing]
}

// Answer is what became of one act: its number, or the fault with which it was
// refused.
type Answer struct {
	ID  string
	Seq int64
	Err error
}

// Append adds acts to the log of a meeting that who may hold, or helps to hold, and
// answers for each in the same order. An act that is there already is answered with its number. An
// act that is refused does not keep the others out. Whatever is answered with a
// number is durable.
func (s *Service) Append(ctx context.Context, who access.Person, meetingID string, acts []proceedings.Act) ([]Answer, error) {
	m, o, err := s.writable(ctx, who, meetingID)
	if err != nil {
		return nil, err
	}
	if len(acts) > maxActs {
		return nil, fault.New(fault.TooLarge, "room.problem.too_many", "Most", maxActs)
	}
	w := &writing{who: who, org: o, m: m, acts: acts, refused: map[int]error{}}
	for {
		err := s.writings.Run(ctx, s.DB, w, s.append)
		bad, ok := errors.AsType[*refusal](err)
		if !ok {
			return w.answers, err
		}
		w.refused[bad.n] = bad.err // everything was rolled back: again without this one
	}
}

// writable returns a meeting in which who may enter acts, with the state of its room
// remembered.
func (s *Service) writable(ctx context.Context, who access.Person, meetingID string) (meeting.Meeting, organization.Organization, error) {
	if who.Helps() {
		m, o, err := s.seated(ctx, who, Write, meetingID)
		if err != nil {
			return m, o, err
		}
		return m, o, s.warm(ctx, m, o)
	}
	number := s.memory.number(s.DB)
	if h, ok := s.memory.holds(who.Root, meetingID, number); ok && who.MayAt(Hold, h.organization.Path) && h.meeting.SeenBy(who, h.organization) {
		return h.meeting, h.organization, nil
	}
	m, o, err := meeting.VisibleAny(ctx, s.DB, who, Hold, meetingID)
	if err != nil {
		return m, o, err
	}
	if err := s.warm(ctx, m, o); err != nil {
		return m, o, err
	}
	s.memory.hold(held{m, o, number})
	return m, o, nil
}

// seated returns the meeting into which a helper was let who has the need there.
func (s *Service) seated(ctx context.Context, who access.Person, need access.Need, meetingID string) (meeting.Meeting, organization.Organization, error) {
	if !who.Seated(meetingID, need) {
		return meeting.Meeting{}, organization.Organization{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return find(ctx, s.DB, who.Root, meetingID)
}

// refusal says that act n of a request was refused after it had begun to take
// effect, so that the transaction must begin anew.
type refusal struct {
	n   int
	err error
}

func (r *refusal) Error() string { return fmt.Sprintf("act %d: %v", r.n, r.err) }

// writing is what one request brings to a log.
type writing struct {
	who     access.Person
	org     organization.Organization
	m       meeting.Meeting
	acts    []proceedings.Act
	refused map[int]error // acts that were refused after they had begun to take effect
	answers []Answer      // one for each act
}

func (w *writing) place() place { return place{w.org.Root, w.m.ID} }

// append is Append within tx, for all who write in whatever meetings. A fault in what
// follows from an act comes back as a *refusal.
func (s *Service) append(ctx context.Context, tx *db.Tx, all []*writing) error {
	books, err := s.books(ctx, tx, all)
	if err != nil {
		return err
	}
	for _, w := range all {
		b := books[w.place()]
		b.who = w.who
		if err := b.write(access.With(ctx, w.who), w); err != nil {
			return err
		}
	}
	return s.keep(ctx, tx, books)
}

// write adds what one request brings.
func (b *book) write(ctx context.Context, w *writing) error {
	w.answers = make([]Answer, len(w.acts))
	for n, a := range w.acts {
		var err error
		w.answers[n], err = b.answer(ctx, a, w.refused[n])
		if _, public := errors.AsType[*fault.Error](err); public {
			return &refusal{n, err}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Log returns the acts of a meeting with a number above after, in the order of
// their arrival.
func (s *Service) Log(ctx context.Context, q db.Q, root, meetingID string, seq int64) ([]proceedings.Act, error) {
	return after(ctx, q, root, meetingID, seq, 0)
}

// StateOf returns a meeting as its log tells it; before the opening as it is
// prepared now.
func (s *Service) StateOf(ctx context.Context, q db.Q, root, meetingID string) (proceedings.State, error) {
	m, o, err := find(ctx, q, root, meetingID)
	if err != nil {
		return proceedings.State{}, err
	}
	r, err := roomOf(ctx, q, root, meetingID)
	if err != nil {
		return proceedings.State{}, err
	}
	return s.load(ctx, q, r, m, o)
}

// find returns a meeting with its cell.
func find(ctx context.Context, q db.Q, root, meetingID string) (meeting.Meeting, organization.Organization, error) {
	m, err := meeting.FindAny(ctx, q, root, meetingID)
	if err != nil {
		return m, organization.Organization{}, err
	}
	o, err := organization.Find(ctx, q, root, m.Organization)
	return m, o, err
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
func (s *Service) Look(ctx context.Context, q db.Q, m meeting.Meeting, o organization.Organization) (proceedings.State, int64, error) {
	r, err := roomOf(ctx, q, m.Root, m.ID)
	if err != nil {
		return proceedings.State{}, 0, err
	}
	state, err := s.load(ctx, q, r, m, o)
	if err == nil {
		s.memory.put(r, state)
	}
	return state, r.Seq, err
}

// Glance is Look for screens that are drawn with every change: while the room is remembered
// only the acts that came since are read, and not even these while no other program writes.
func (s *Service) Glance(ctx context.Context, q db.Q, root, meetingID string) (proceedings.State, int64, error) {
	at, number := place{root, meetingID}, s.memory.alone(s.DB)
	g, ok := s.memory.glimpse(at, number)
	if !ok {
		m, o, err := find(ctx, q, root, meetingID)
		if err != nil {
			return proceedings.State{}, 0, err
		}
		return s.Look(ctx, q, m, o)
	}
	if !g.whole {
		acts, err := after(ctx, q, root, meetingID, g.seq, 0)
		if err != nil {
			return proceedings.State{}, 0, err
		}
		g.later = acts
	}
	if len(g.later) > 0 {
		g.state, g.seq = proceedings.Fold(g.state, g.later...), g.later[len(g.later)-1].Seq
		s.memory.put(record{root, meetingID, g.seq}, g.state)
	}
	if !g.whole && number > 0 {
		s.memory.read(at, g, number)
	}
	return g.state, g.seq, nil
}

// stands returns the number of the last act of a room, and whether a vote by phone may be open.
// A room that is not remembered is not folded for it.
func (s *Service) stands(ctx context.Context, q db.Q, root, meetingID string) (seq int64, polling bool, err error) {
	if s.memory.knows(root, meetingID) {
		state, seq, err := s.Glance(ctx, q, root, meetingID)
		return seq, state.Polling(), err
	}
	r, err := roomOf(ctx, q, root, meetingID)
	return r.Seq, true, err
}

// load returns the state of a room at least up to the number of r.
func (s *Service) load(ctx context.Context, q db.Q, r record, m meeting.Meeting, o organization.Organization) (proceedings.State, error) {
	if known, seq, ok := s.memory.get(r); ok {
		if seq == r.Seq {
			return known, nil // to read no acts and fold none took 105 of the 230 µs of an act in the writer
		}
		acts, err := after(ctx, q, m.Root, m.ID, seq, 0)
		return proceedings.Fold(known, acts...), err
	}
	setup, err := setupOf(ctx, q, m, o)
	if err != nil {
		return proceedings.State{}, err
	}
	acts, err := after(ctx, q, m.Root, m.ID, 0, 0)
	if err != nil {
		return proceedings.State{}, err
	}
	return proceedings.Replay(setup, acts), nil
}

// Freeze lets no act be appended to a meeting until the end of tx: what is read
// within it is the whole log.
func Freeze(ctx context.Context, tx *db.Tx, root, meetingID string) error {
	_, err := lock(ctx, tx, root, meetingID)
	return err
}
