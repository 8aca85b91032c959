package helper

import (
	"context"
	"net/http"
	"strings"
	"time"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/limit"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/proceedings"
	"chibo/room"
)

// How often one may guess at eight digits: from one address, where a whole hall may sit,
// and from all together. Should a thousand codes be good at once, all together hit one
// of them in a day.
var (
	codeRate  = limit.Allowance{Burst: 20, Every: 15 * time.Second}
	crowdRate = limit.Allowance{Burst: 300, Every: time.Second}
)

const longestName = 100 // letters

// Service invites helpers and lets them in.
type Service struct {
	DB       *db.DB
	Now      func() time.Time
	Audit    audit.Log
	Accounts *account.Service // knows where a request comes from
	Secure   bool             // reached by https
	Doors    []Door           // of places that are no rooms

	limits limit.Limiter
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Invitation says who is to help and with what. A name that is one on the roll means
// that member.
type Invitation struct {
	Duty proceedings.Duty `form:"duty"`
	Name string           `form:"name"`
}

func (i Invitation) check() error {
	var c fault.Check
	c.That(i.Duty == proceedings.Roll || i.Duty == proceedings.Writing, "duty", "helper.problem.duty")
	c.That(i.Name != "", "name", "helper.problem.name")
	c.That(len([]rune(i.Name)) <= longestName, "name", "helper.problem.long")
	return c.Err()
}

// Invite makes a code for a helper at a meeting that who may hold.
func (s *Service) Invite(ctx context.Context, who access.Person, meetingID string, i Invitation) (Helper, error) {
	i.Name = strings.TrimSpace(i.Name)
	if err := i.check(); err != nil {
		return Helper{}, err
	}
	var h Helper
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, _, err := meeting.VisibleAny(ctx, tx, who, room.Hold, meetingID)
		if err != nil {
			return err
		}
		if m.State != meeting.Noticed && m.State != meeting.Open {
			return fault.New(fault.Conflict, "helper.problem.state")
		}
		now := s.now()
		h = Helper{Root: m.Root, ID: id.New(), Meeting: m.ID, Duty: i.Duty, Name: i.Name}
		roll, err := member.Roll(ctx, tx, m.Root, m.Organization, m.Day())
		if err != nil {
			return err
		}
		h.Member = memberNamed(roll, h.Name)
		code, err := s.FreeCode(ctx, tx, "helper", now)
		if err != nil {
			return err
		}
		h.Pass = NewPass(who, code, now)
		if err := db.Insert(ctx, tx, "helper", h); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "helper.invited", m.ID, map[string]any{"helper": h.ID, "duty": h.Duty, "member": h.Member})
	})
	return h, err
}

// memberNamed returns the one member who is called so, empty where there is none or
// where several are.
func memberNamed(roll []member.Entry, name string) string {
	found := ""
	for _, e := range roll {
		if e.FullName != name {
			continue
		}
		if found != "" {
			return ""
		}
		found = e.ID
	}
	return found
}

// Remove takes back an invitation or a seat at a meeting that who may hold: the device
// is out at its next request.
func (s *Service) Remove(ctx context.Context, who access.Person, meetingID, helperID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, _, err := meeting.VisibleAny(ctx, tx, who, room.Hold, meetingID)
		if err != nil {
			return err
		}
		if there, err := invitedTo(ctx, tx, m.Root, m.ID, helperID); err != nil {
			return err
		} else if !there {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if err := End(ctx, tx, "helper", m.Root, helperID, s.now()); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "helper.removed", m.ID, map[string]any{"helper": helperID})
	})
}

// Join takes the seat that a code gives, and returns the address to which it leads and the
// token by which the device is known from now on. A wrong code, a used one and one that has run out are
// refused alike, and counted.
func (s *Service) Join(ctx context.Context, address, typed string) (path, token string, err error) {
	now := s.now()
	guess := []limit.Bucket{{Key: "helper@" + address, Allowance: codeRate}, {Key: "helper", Allowance: crowdRate}}
	if err := s.limits.Check(ctx, s.DB, now.Time(), fault.New(fault.TooMany, "helper.problem.too_many"), guess...); err != nil {
		return "", "", err
	}
	wrong := func() (string, string, error) {
		if err := s.limits.Charge(ctx, s.DB, now.Time(), guess...); err != nil {
			return "", "", err
		}
		var c fault.Check
		c.That(false, "code", "helper.problem.code")
		return "", "", c.Err()
	}
	code := onlyDigits(typed)
	if len(code) != codeDigits {
		return wrong()
	}
	e, found, err := s.knock(ctx, s.DB, code)
	if err != nil {
		return "", "", err
	}
	if !found || e.StateAt(now, e.Over) != Invited {
		return wrong()
	}
	token = newToken()
	var n int64
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		if n, err = join(ctx, tx, e, hashOf(token), now); err != nil || n == 0 {
			return err
		}
		return s.Audit.Write(ctx, tx, e.Person, e.Root, e.Deed, e.Subject, map[string]any{"helper": e.ID})
	})
	if err != nil {
		return "", "", err
	}
	if n == 0 {
		return wrong()
	}
	return e.Path, token, nil
}

// cookieName is bound to this very host where there is TLS.
func (s *Service) cookieName() string {
	if s.Secure {
		return "__Host-chibo_helper"
	}
	return "chibo_helper"
}

// Identify returns the helper on the device that makes a request, nobody where the seat
// has ended.
func (s *Service) Identify(r *http.Request) (access.Person, error) {
	k, err := r.Cookie(s.cookieName())
	if err != nil || k.Value == "" || len(k.Value) > 100 {
		return access.Person{}, nil
	}
	hash := hashOf(k.Value)
	h, found, err := byToken(r.Context(), s.DB, hash)
	if err != nil || found && s.now() >= h.SeatUntil() {
		return access.Person{}, err
	}
	if found {
		return h.person(), nil
	}
	for _, d := range s.Doors {
		if p, err := d.Holder(r.Context(), hash, s.now()); err != nil || p.Helps() {
			return p, err
		}
	}
	return access.Person{}, nil
}

// person is who a helper is to the rest of the program: without grants, so that nothing
// is found for them but what asks for the seat. After the closing they only hand in what
// was written down before.
func (h seat) person() access.Person {
	needs := map[access.Need]bool{room.Write: true}
	if !h.State.Reached(meeting.Closed) {
		needs[room.Watch] = true
	}
	return access.Person{
		Account: h.ID, Name: h.Name, Root: h.Root,
		Seat: access.Seat{Meeting: h.Meeting, Place: "/rooms/" + h.Meeting, Duty: string(h.Duty), Needs: needs},
	}
}

// Named returns who was let into a meeting, for the room to say who has written what.
func Named(ctx context.Context, q db.Q, root, meetingID string) ([]room.Helper, error) {
	rows, err := names(ctx, q, root, meetingID)
	helpers := make([]room.Helper, len(rows))
	for n, r := range rows {
		helpers[n] = room.Helper{ID: r.ID, Name: r.Name, Duty: proceedings.Duty(r.Duty), InvitedBy: r.Host}
	}
	return helpers, err
}
