//go:build !js

package room

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"chibo/ballot"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/text"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
)

// book is the log of one meeting, open for writing within a transaction. What is
// written stands in the book until keep puts all books of the transaction away.
type book struct {
	tx    *db.Tx
	who   access.Person // whoever writes now
	org   organization.Organization
	m     meeting.Meeting
	room  record
	state proceedings.State
	now   when.Instant
	acts  []written       // since
	taken map[string]bool // ids that acts of other meetings have

	ballots  *ballot.Service
	meetings *meeting.Service
}

// books opens the logs that are to be written in, held until the end of tx.
func (s *Service) books(ctx context.Context, tx *db.Tx, all []*writing) (map[place]*book, error) {
	books := map[place]*book{}
	for _, w := range all {
		books[w.place()] = &book{tx: tx, who: w.who, org: w.org, m: w.m, now: when.At(s.Now()), ballots: s.Ballots, meetings: s.Meetings}
	}
	found, err := hold(ctx, tx, slices.Collect(maps.Keys(books)))
	if err != nil {
		return nil, err
	}
	if len(found) < len(books) {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	taken, err := elsewhere(ctx, tx, all)
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		b := books[place{t.Root, t.ID}]
		b.now = b.now.Behind(t.Received)
		b.room, b.taken = record{t.Root, t.ID, t.Seq}, taken[place{t.Root, t.ID}]
		if s.memory.knows(t.Root, t.ID) { // what was prepared is frozen: only the state may still change
			b.m.State = t.State
		} else if b.m, err = meeting.FindAny(ctx, tx, t.Root, t.ID); err != nil {
			return nil, err
		}
		if b.state, err = s.load(ctx, tx, b.room, b.m, b.org); err != nil {
			return nil, err
		}
	}
	return books, nil
}

// book opens the log of one meeting for what its caller writes.
func (s *Service) book(ctx context.Context, tx *db.Tx, who access.Person, o organization.Organization, m meeting.Meeting) (*book, error) {
	w := &writing{who: who, org: o, m: m}
	books, err := s.books(ctx, tx, []*writing{w})
	return books[w.place()], err
}

// keep puts away the books of a transaction.
func (s *Service) keep(ctx context.Context, tx *db.Tx, books map[place]*book) error {
	var acts []written
	for _, b := range books {
		if len(b.acts) == 0 {
			continue
		}
		acts = append(acts, b.acts...)
		tx.AfterCommit(func() {
			s.memory.put(b.room, b.state)
			if s.Bus != nil {
				s.Bus.Publish(Topic(b.org.Root, b.m.ID))
			}
		})
	}
	return s.enter(ctx, tx, acts)
}

// answer adds one act. The error is one that ends the transaction; refusals that
// left no trace stand in the Answer.
func (b *book) answer(ctx context.Context, a proceedings.Act, refused error) (Answer, error) {
	if there, ok := b.state.Act(a.ID); ok {
		return Answer{ID: a.ID, Seq: there.Seq}, nil
	}
	if refused != nil {
		return Answer{ID: a.ID, Err: refused}, nil
	}
	if err := b.allowed(a); err != nil {
		return Answer{ID: a.ID, Err: err}, nil
	}
	before := b.room.Seq
	if err := b.tally(ctx, a); err != nil {
		return Answer{}, err
	}
	a, err := b.check(a)
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

// allowed refuses what only the server enters, and what is not part of a helper's duty.
func (b *book) allowed(a proceedings.Act) error {
	if b.who.Helps() {
		if err := b.state.Permits(proceedings.Duty(b.who.Seat.Duty), b.who.Account, a); err != nil {
			return err
		}
	}
	return reserved(a)
}

// add enters an act that fits, with what follows from it.
func (b *book) add(ctx context.Context, a proceedings.Act) error {
	next := proceedings.Fold(b.state, a)
	if b.room.Seq == 0 {
		if err := makeRoom(ctx, b.tx, b.org.Root, b.m.ID); err != nil {
			return err
		}
	}
	if err := b.follow(ctx, a, next); err != nil {
		return err
	}
	b.acts = append(b.acts, written{rowOf(b.org.Root, a), b.who})
	b.room.Seq, b.state = a.Seq, next
	return nil
}

// check completes an act with what the server knows and says whether it may be
// added.
func (b *book) check(a proceedings.Act) (proceedings.Act, error) {
	switch {
	case a.Meeting != "" && a.Meeting != b.m.ID:
		return a, fault.New(fault.Invalid, "room.problem.other_meeting")
	case b.m.State == meeting.Sealed:
		return a, fault.New(fault.Conflict, "room.problem.sealed")
	case b.m.State == meeting.Draft && a.Kind != proceedings.KindOpen:
		return a, fault.New(fault.Conflict, "room.problem.draft")
	case a.At > b.now.Add(24*time.Hour):
		return a, fault.New(fault.Invalid, "room.problem.clock")
	}
	a.Meeting, a.By, a.Via, a.Received, a.Seq, a.Body = b.m.ID, b.who.Account, "", b.now, b.room.Seq+1, cleaned(a.Body)
	a.Seen = b.seen(a)
	if b.who.Helps() {
		a = b.state.Reasoned(a)
		a.Via = proceedings.Helped
	}
	if err := proceedings.Accept(b.state, a); err != nil {
		return a, err
	}
	if b.taken[a.ID] {
		return a, fault.New(fault.Conflict, "room.problem.id_taken")
	}
	return a, nil
}

// seen is the number up to which the writer of an act that arrives had the log. Who
// names neither device nor number is at the server and has what it has.
func (b *book) seen(a proceedings.Act) int64 {
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
