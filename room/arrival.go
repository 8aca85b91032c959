//go:build !js

package room

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// Arrival is a member who comes in by a way of their own.
type Arrival struct {
	Who                   access.Person // who has signed in on the device; may be nobody
	Root, Meeting, Member string
	Via                   proceedings.Via
}

func (a Arrival) place() place { return place{a.Root, a.Meeting} }

// Await reads what must be known at the door of a meeting before anybody there presses
// the button: in the turn of the writer all other halls would wait for it. opened says
// whether the meeting is.
func (s *Service) Await(ctx context.Context, root, meetingID string, opened bool) error {
	at := place{root, meetingID}
	if s.doorsteps.knows(at, opened) {
		return nil
	}
	r, err := roomOf(ctx, s.DB, root, meetingID)
	if err != nil {
		return err
	}
	d := door{threshold: threshold{Root: root, ID: meetingID, Seq: r.Seq}}
	if opened {
		d.State = meeting.Open
	}
	if err := s.remember(ctx, s.DB, &d); err != nil {
		return err
	}
	s.doorsteps.learn(at, d.known, d.news)
	return nil
}

// Arrive marks members present, or late, within tx, whatever meetings they come to. Who
// is marked as being here already stays as marked. A fault is that of one of them, and
// undoes all.
//
// A whole hall arrives at once: the logs are not folded here, in the turn of the writer,
// but by whoever looks at them next.
func (s *Service) Arrive(ctx context.Context, tx *db.Tx, all []Arrival) error {
	doors, err := s.doors(ctx, tx, all)
	if err != nil {
		return err
	}
	now := when.At(s.Now())
	acts := make([]written, 0, len(all))
	for _, a := range all {
		d := doors[a.place()]
		if err := d.admits(); err != nil {
			return err
		}
		here, err := s.isHere(ctx, tx, d, a)
		if err != nil {
			return err
		}
		if here {
			continue
		}
		if d.Seq == 0 {
			if err := makeRoom(ctx, tx, a.Root, a.Meeting); err != nil {
				return err
			}
		}
		act, err := d.mark(a, now.Behind(d.Received))
		if err != nil {
			return err
		}
		acts = append(acts, written{rowOf(a.Root, act), a.Who})
	}
	tx.AfterCommit(func() { s.arrived(doors) })
	return s.enter(ctx, tx, acts)
}

// arrived tells that marks are durable.
func (s *Service) arrived(doors map[place]*door) {
	for at, d := range doors {
		s.doorsteps.learn(at, d.known, d.news)
		s.memory.hear(at, d.Seq-int64(len(d.came)), d.came)
		if s.Bus != nil {
			s.Bus.Publish(Topic(at.root, at.meeting))
		}
	}
}

// door is a room at whose door people stand, within a transaction.
type door struct {
	threshold
	known int64             // number up to which the doorstep was remembered
	news  doorstep          // what has come since, and the roll where it had to be read
	came  []proceedings.Act // that are entered now
}

// doors returns the rooms that people come to, held until the end of tx.
func (s *Service) doors(ctx context.Context, tx *db.Tx, all []Arrival) (map[place]*door, error) {
	doors := map[place]*door{}
	for _, a := range all {
		doors[a.place()] = &door{}
	}
	found, err := hold(ctx, tx, slices.Collect(maps.Keys(doors)))
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		d := doors[place{t.Root, t.ID}]
		d.threshold = t
		if err := s.remember(ctx, tx, d); err != nil {
			return nil, err
		}
	}
	return doors, nil
}

// remember reads what is not remembered of a room.
func (s *Service) remember(ctx context.Context, q db.Q, d *door) (err error) {
	listed := false
	s.doorsteps.ask(place{d.Root, d.ID}, func(known *doorstep) { d.known, listed = known.seq, known.roll != nil })
	if d.known < d.Seq {
		since, err := marks(ctx, q, d.Root, d.ID, d.known)
		if err != nil {
			return err
		}
		d.news.hear(since)
	}
	d.news.seq = d.Seq
	if listed || d.State != meeting.Open {
		return nil
	}
	setup, err := keptSetup(ctx, q, d.Root, d.ID)
	if err != nil {
		return err
	}
	d.news.roll, err = rollOf(setup)
	return err
}

// isHere reports whether the log has a member in the room.
func (s *Service) isHere(ctx context.Context, tx *db.Tx, d *door, a Arrival) (bool, error) {
	spoken, listed := d.news.spokenOf(a.Member), d.news.roll == nil || d.news.roll[a.Member]
	s.doorsteps.ask(a.place(), func(known *doorstep) {
		spoken = spoken || known.spokenOf(a.Member)
		listed = listed && (known.roll == nil || known.roll[a.Member])
	})
	if !listed {
		return false, fault.New(fault.Conflict, "room.problem.not_on_roll")
	}
	if !spoken {
		return false, nil
	}
	was, err := Whereabouts(ctx, tx, a.Root, a.Meeting, a.Member)
	return was.Here(), err
}

// threshold is what is asked of a meeting at its door.
type threshold struct {
	Root     string `db:"root_id"`
	ID       string
	State    meeting.State
	OpenedAt when.Instant
	Seq      int64        // of the last act
	Received when.Instant // when it came
}

// admits returns nil while people may come in.
func (t threshold) admits() error {
	switch {
	case t.ID == "":
		return fault.New(fault.NotFound, "fault.not_found")
	case t.State == meeting.Draft:
		return fault.New(fault.Conflict, "room.problem.draft")
	case t.State.Reached(meeting.Closed):
		return fault.New(fault.Conflict, "room.problem.closed")
	}
	return nil
}

// mark returns the next act of a room, by which somebody is marked.
func (d *door) mark(a Arrival, now when.Instant) (proceedings.Act, error) {
	body := proceedings.AttendanceBody{Member: a.Member, Status: proceedings.Present}
	if d.State == meeting.Open && now.Sub(d.OpenedAt) > proceedings.LateAfter {
		body.Status = proceedings.Late
	}
	raw, err := json.Marshal(body)
	act := proceedings.Act{
		ID: id.New(), Meeting: a.Meeting, Kind: proceedings.KindAttendance, At: now, By: a.Who.Account, Via: a.Via, Body: raw,
		Seq: d.Seq + 1, Seen: d.Seq, Received: now,
	}
	d.Seq++
	d.came = append(d.came, act)
	d.news.mark(a.Member, d.Seq)
	return act, err
}

// Whereabouts returns where the log has one member: its acts on others are not read.
func Whereabouts(ctx context.Context, q db.Q, root, meetingID, memberID string) (proceedings.Attendee, error) {
	acts, err := marksOf(ctx, q, root, meetingID, memberID)
	if err != nil {
		return proceedings.Attendee{}, err
	}
	return proceedings.Replay(proceedings.Setup{Roll: []proceedings.Person{{ID: memberID}}}, acts).Roll[0], nil
}
