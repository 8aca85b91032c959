package reception

import (
	"context"
	"slices"
	"time"

	"chibo/conference"
	"chibo/helper"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/bus"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/live"
	"chibo/kit/when"
)

// Keep is the need of whoever answers for the roll-call: the office of the committee.
const Keep access.Need = "reception.keep"

// mostEvents bounds what a device sends at once.
const mostEvents = 500

// honest is by how much the clock of a device may be wrong before its times are corrected:
// what the way to the server takes is no error.
const honest = 30 * time.Second

// Service does what desks do.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	Bus   bus.Bus
	Live  *live.Hub
	// Helpers draws the codes of those who serve without an account.
	Helpers *helper.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// topic is what the bus tells when the log of a sitting has grown.
func topic(sitting string) string { return "reception/" + sitting }

// conferenceOf returns a conference at which who has a need, by an office or by a seat.
func conferenceOf(ctx context.Context, q db.Q, who access.Person, need access.Need, id string) (conference.Conference, error) {
	if who.Serves(id, need) {
		return conference.Of(ctx, q, who.Root, id)
	}
	return conference.Get(ctx, q, who.Scope(need), id)
}

// sittingOf returns a sitting of a conference at which who has a need.
func sittingOf(ctx context.Context, q db.Q, who access.Person, need access.Need, conferenceID, sittingID string) (conference.Conference, conference.Sitting, error) {
	x, err := conferenceOf(ctx, q, who, need, conferenceID)
	if err != nil {
		return x, conference.Sitting{}, err
	}
	y, err := conference.SittingOf(ctx, q, x, sittingID)
	return x, y, err
}

// Roster returns whom a sitting expects.
func (s *Service) Roster(ctx context.Context, who access.Person, conferenceID, sittingID string) (Roster, error) {
	return s.roster(ctx, who, Serve, conferenceID, sittingID)
}

func (s *Service) roster(ctx context.Context, who access.Person, need access.Need, conferenceID, sittingID string) (Roster, error) {
	x, y, err := sittingOf(ctx, s.DB, who, need, conferenceID, sittingID)
	if err != nil {
		return Roster{}, err
	}
	return rosterOf(ctx, s.DB, x, y)
}

// Board returns a sitting as it stands.
func (s *Service) Board(ctx context.Context, who access.Person, conferenceID, sittingID string) (Board, error) {
	return s.boardFor(ctx, who, Keep, conferenceID, sittingID)
}

func (s *Service) boardFor(ctx context.Context, who access.Person, need access.Need, conferenceID, sittingID string) (Board, error) {
	r, err := s.roster(ctx, who, need, conferenceID, sittingID)
	if err != nil {
		return Board{}, err
	}
	return s.count(ctx, r)
}

func (s *Service) count(ctx context.Context, r Roster) (Board, error) {
	events, err := since(ctx, s.DB, r.Sitting.Root, r.Sitting.ID, 0)
	return boardOf(r, Fold(events)), err
}

// Sent is what a device sends.
type Sent struct {
	Now    when.Instant `json:"now"`   // by its clock
	After  int64        `json:"after"` // the last line of the log that it has
	Events []Event      `json:"events"`
}

// Heard is what it is answered.
type Heard struct {
	// Refused are events that were not taken, each with a reason; the others were.
	Refused map[string]error `json:"-"`
	Events  []Event          `json:"events"` // of all desks, from After on
	Last    int64            `json:"last"`
}

// Sync takes what a device has written down, and tells it what the others have. The same
// events again add nothing. One that is refused does not keep the others out. It is open
// after the conference too: a device may find a network late.
func (s *Service) Sync(ctx context.Context, who access.Person, conferenceID, sittingID string, sent Sent) (Heard, error) {
	x, y, err := sittingOf(ctx, s.DB, who, Serve, conferenceID, sittingID)
	if err != nil {
		return Heard{}, err
	}
	h := Heard{Refused: map[string]error{}}
	if len(sent.Events) > mostEvents {
		return h, fault.New(fault.TooLarge, "fault.too_large")
	}
	if len(sent.Events) > 0 {
		if h.Refused, err = s.take(ctx, who, x, y, sent); err != nil {
			return h, err
		}
	}
	h.Events, err = since(ctx, s.DB, y.Root, y.ID, sent.After)
	h.Last = max(sent.After, 0)
	if n := len(h.Events); n > 0 {
		h.Last = h.Events[n-1].Seq
	}
	return h, err
}

// early is how long before a sitting a desk may be open.
const early = 24 * time.Hour

// came returns when an event was, as far as a device is believed: not to come, and not before a desk was
// open. Of what is told of such an hour it is known only when it arrived here.
func came(at when.Instant, y conference.Sitting, now when.Instant) when.Instant {
	if at > now || at < y.StartsAt.Add(-early) {
		return now
	}
	return at
}

// take writes what is new among the events of a device.
func (s *Service) take(ctx context.Context, who access.Person, x conference.Conference, y conference.Sitting, sent Sent) (map[string]error, error) {
	lines, err := conference.Categories(ctx, s.DB, x)
	if err != nil {
		return nil, err
	}
	known, err := namedAmong(ctx, s.DB, x, sent.Events)
	if err != nil {
		return nil, err
	}
	permits, err := permitted(ctx, s.DB, who, y, sent.Events)
	if err != nil {
		return nil, err
	}
	now := s.now()
	wrong := time.Duration(0)
	if d := now.Sub(sent.Now); !sent.Now.IsZero() && d.Abs() > honest {
		wrong = d
	}
	refused := map[string]error{}
	var good []Event
	for _, e := range sent.Events {
		e = e.clean()
		err := fits(e, y, known, lines)
		if err == nil {
			err = permits(e)
		}
		if err != nil {
			refused[e.ID] = err
			continue
		}
		e.Root, e.Sitting, e.Account, e.ReceivedAt = y.Root, y.ID, who.Account, now
		e.DeviceAt, e.At = e.At, came(e.At.Add(wrong), y, now)
		good = append(good, e)
	}
	slices.SortStableFunc(good, Event.compare)
	return refused, s.add(ctx, who, y, good)
}

// fits refuses an event that says nothing, or speaks of people of another conference.
func fits(e Event, y conference.Sitting, known map[string]bool, lines []conference.Category) error {
	if err := e.check(); err != nil {
		return err
	}
	for _, d := range []string{e.Delegate, e.Replaces} {
		if d != "" && !known[d] {
			return fault.New(fault.NotFound, "reception.problem.delegate")
		}
	}
	if e.Category != "" && !slices.ContainsFunc(lines, func(l conference.Category) bool { return l.ID == e.Category && l.Attends(y.ID) }) {
		return fault.New(fault.NotFound, "reception.problem.category")
	}
	return nil
}

// add appends events to the log of a sitting, those that it has left out.
func (s *Service) add(ctx context.Context, who access.Person, y conference.Sitting, events []Event) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Alone(ctx, topic(y.ID)); err != nil {
			return err
		}
		there, err := written(ctx, tx, y.Root, y.ID, events)
		if err != nil {
			return err
		}
		seq, err := last(ctx, tx, y.Root, y.ID)
		if err != nil {
			return err
		}
		var fresh []Event
		for _, e := range events {
			if _, is := there[e.ID]; !is {
				there[e.ID] = e.Account
				seq++
				e.Seq = seq
				fresh = append(fresh, e)
			}
		}
		if len(fresh) == 0 {
			return nil
		}
		if err := db.InsertAll(ctx, tx, "reception_event", fresh); err != nil {
			return err
		}
		tx.AfterCommit(func() { s.Bus.Publish(topic(y.ID)) })
		return s.Audit.Write(ctx, tx, who, y.Root, "reception.written", y.ID, map[string]int{"events": len(fresh), "last": int(seq)})
	})
}

// Write adds one event of somebody who sits at the server: at a desk without a script, or
// at the board.
func (s *Service) Write(ctx context.Context, who access.Person, conferenceID, sittingID string, e Event) (Event, error) {
	e.ID, e.At = id.New(), s.now()
	h, err := s.Sync(ctx, who, conferenceID, sittingID, Sent{Now: e.At, Events: []Event{e}})
	if err != nil {
		return e, err
	}
	return e, h.Refused[e.ID]
}
