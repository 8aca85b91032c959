package hall

import (
	"context"
	"time"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/limit"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
	"chibo/room"
)

// How often one may guess: at six digits from one address, where a whole hall may sit,
// and from all together; at the last digits of members from one address.
var (
	digitsRate = limit.Allowance{Burst: 20, Every: 10 * time.Second}
	crowdRate  = limit.Allowance{Burst: 1000, Every: 200 * time.Millisecond}
	answerRate = limit.Allowance{Burst: 40, Every: 5 * time.Second}
)

// Service opens doors and lets people in.
type Service struct {
	DB       *db.DB
	Now      func() time.Time
	Audit    audit.Log
	Room     *room.Service
	Accounts *account.Service // knows where a request comes from

	limits   limit.Limiter
	register register
	memory   memory
	comers   db.Batch[*coming]
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Ways are the ways that those who hold a meeting allow.
type Ways struct {
	Projector bool `form:"projector"`
	Poster    bool `form:"poster"`
	Shared    bool `form:"shared"`
}

// Open opens the door of a meeting that who may hold, or changes its ways. Before its
// hour the door stands ready and opens by itself.
func (s *Service) Open(ctx context.Context, who access.Person, meetingID string, w Ways) error {
	if !w.Projector && !w.Poster {
		return fault.New(fault.Invalid, "hall.problem.no_way")
	}
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, _, err := meeting.VisibleTo(ctx, tx, who, room.Hold, meetingID)
		if err != nil {
			return err
		}
		if m.State.Reached(meeting.Closed) {
			return fault.New(fault.Conflict, "hall.problem.over")
		}
		d := Door{
			Root: m.Root, Meeting: m.ID, Key: newKey(), Projector: w.Projector, Poster: w.Poster, Shared: w.Shared,
			OpenedBy: who.Account, OpenedAt: s.now(),
		}
		if err := keep(ctx, tx, d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "door.opened", m.ID, map[string]any{"projector": w.Projector, "poster": w.Poster, "shared": w.Shared})
	})
	s.register.forget()
	return err
}

// Shut closes the door of a meeting that who may hold. Who has a ticket is not let in
// any more.
func (s *Service) Shut(ctx context.Context, who access.Person, meetingID string) error {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, _, err := meeting.VisibleTo(ctx, tx, who, room.Hold, meetingID)
		if err != nil {
			return err
		}
		n, err := shut(ctx, tx, m.Root, m.ID, s.now())
		if err != nil || n == 0 {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "door.shut", m.ID, nil)
	})
	s.register.forget()
	return err
}

// scanned returns the open door of a scanned code, and the way.
func (s *Service) scanned(ctx context.Context, code string) (Entrance, proceedings.Via, error) {
	gone := fault.New(fault.Invalid, "hall.problem.code_gone")
	id, link, ok := readToken(code)
	if !ok {
		return Entrance{}, "", gone
	}
	e, found, err := s.entrance(ctx, id)
	if err != nil {
		return e, "", err
	}
	via, good := e.knowsLink(link, s.now())
	if !found || !good {
		return Entrance{}, "", gone
	}
	return e, via, e.Ajar(s.now())
}

// typed returns the open door of six typed digits, and the way. Guesses are counted.
func (s *Service) typed(ctx context.Context, address, digits string) (Entrance, proceedings.Via, error) {
	now := s.now()
	guess := []limit.Bucket{{Key: "digits@" + address, Allowance: digitsRate}, {Key: "digits", Allowance: crowdRate}}
	if err := s.limits.Check(ctx, s.DB, now.Time(), fault.New(fault.TooMany, "hall.problem.too_many"), guess...); err != nil {
		return Entrance{}, "", err
	}
	wrong := func() (Entrance, proceedings.Via, error) {
		if err := s.limits.Charge(ctx, s.DB, now.Time(), guess...); err != nil {
			return Entrance{}, "", err
		}
		return Entrance{}, "", fault.New(fault.Invalid, "hall.problem.digits")
	}
	digits = onlyDigits(digits)
	if len(digits) != codeDigits {
		return wrong()
	}
	meetings, err := s.register.find(ctx, s.DB, digits, now)
	switch {
	case err != nil:
		return Entrance{}, "", err
	case len(meetings) == 0:
		return wrong()
	case len(meetings) > 1:
		return Entrance{}, "", fault.New(fault.Conflict, "hall.problem.clash")
	}
	e, found, err := s.entrance(ctx, meetings[0])
	if err != nil {
		return e, "", err
	}
	via, good := e.knowsDigits(digits, now)
	if !found || !good {
		return wrong()
	}
	return e, via, e.Ajar(now)
}

// Claim is what somebody at the door says: who they are, and what proves it.
type Claim struct {
	Member string
	Digits string // the last of card or telephone; not asked of who has signed in
	Device string // mark of the device, see Door.deviceMark
	Via    proceedings.Via
	Shared bool // several people use the device
}

// CheckIn enters a member in the log of the meeting, once: a second press is answered
// as the first. address is where the request comes from.
func (s *Service) CheckIn(ctx context.Context, who access.Person, e Entrance, c Claim, address string) error {
	now := s.now()
	if err := e.Ajar(now); err != nil {
		return err
	}
	ends, listed, err := s.mayConfirm(ctx, e, c.Member)
	if err != nil {
		return err
	}
	if !listed {
		return fault.New(fault.NotFound, "hall.problem.not_listed")
	}
	in := &coming{who: who, own: isSelf(who, e, c.Member)}
	if !in.own {
		if err := s.confirm(ctx, e, c.Member, ends, c.Digits, address); err != nil {
			return err
		}
	}
	in.Checkin = Checkin{Root: e.Root, Meeting: e.Meeting, Member: c.Member, Device: c.Device, Shared: c.Shared && e.Shared, Via: c.Via, At: now}
	if in.Shared {
		in.Via = proceedings.Shared
	}
	err = s.comers.Run(ctx, s.DB, in, s.checkIn)
	if db.IsUnique(err) {
		return fault.New(fault.Conflict, "hall.problem.device")
	}
	if err == nil {
		err = in.refused
	}
	return err
}

// isSelf reports whether somebody has signed in as the member who is claimed.
func isSelf(who access.Person, e Entrance, memberID string) bool {
	return who.Member != "" && who.Member == memberID && who.Root == e.Root
}

// coming is somebody who comes in.
type coming struct {
	Checkin
	who     access.Person
	own     bool  // has signed in as the member; else wrong answers may have ended this way
	refused error // what became of it
}

// checkIn enters those who come, at whatever doors.
func (s *Service) checkIn(ctx context.Context, tx *db.Tx, all []*coming) error {
	all, err := unlocked(ctx, tx, all)
	if err != nil {
		return err
	}
	first, err := enter(ctx, tx, all)
	if err != nil {
		return err
	}
	arrivals := make([]room.Arrival, 0, len(all))
	for n, c := range all {
		if !first[n] {
			if err := c.again(ctx, tx); err != nil {
				return err
			}
			continue
		}
		arrivals = append(arrivals, room.Arrival{Who: c.who, Root: c.Root, Meeting: c.Meeting, Member: c.Member, Via: c.Via})
	}
	return s.Room.Arrive(ctx, tx, arrivals)
}

// unlocked refuses those for whom too many wrong answers were given, and returns the
// others.
func unlocked(ctx context.Context, tx *db.Tx, all []*coming) (rest []*coming, err error) {
	for _, c := range all {
		c.refused = nil
		if !c.own {
			wrong, err := wrongSoFar(ctx, tx, c.Root, c.Meeting, c.Member)
			if err != nil {
				return nil, err
			}
			if wrong >= mostWrong {
				c.refused = locked()
				continue
			}
		}
		rest = append(rest, c)
	}
	return rest, nil
}

// again answers who has checked in before: on the same device as the first time, from
// another with a word of warning.
func (c *coming) again(ctx context.Context, tx *db.Tx) error {
	first, err := ofMember(ctx, tx, c.Root, c.Meeting, c.Member)
	if err != nil {
		return err
	}
	if first.Device != c.Device {
		c.refused = fault.New(fault.Conflict, "hall.problem.already", "Time", first.At.HHMM())
	}
	return nil
}

func locked() error { return fault.New(fault.TooMany, "hall.problem.locked") }

// confirm checks the last digits. Wrong answers are kept, so that five of them end this
// way for the member at this meeting, whoever gave them.
func (s *Service) confirm(ctx context.Context, e Entrance, memberID string, ends []string, digits, address string) error {
	guess := limit.Bucket{Key: "answer@" + address, Allowance: answerRate}
	if err := s.limits.Check(ctx, s.DB, s.Now(), fault.New(fault.TooMany, "hall.problem.too_many"), guess); err != nil {
		return err
	}
	if len(ends) == 0 {
		return fault.New(fault.Conflict, "hall.problem.no_number")
	}
	digits = onlyDigits(digits)
	right := false
	for _, end := range ends {
		right = same(end, digits) || right
	}
	if right {
		return nil
	}
	if err := s.limits.Charge(ctx, s.DB, s.Now(), guess); err != nil {
		return err
	}
	var wrong int
	err := s.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		wrong, err = addWrong(ctx, tx, e.Root, e.Meeting, memberID)
		return err
	})
	if err != nil {
		return err
	}
	if wrong >= mostWrong {
		return locked()
	}
	var c fault.Check
	c.That(false, "digits", "hall.problem.answer")
	return c.Err()
}
