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
		m, _, err := meeting.Get(ctx, tx, who.Scope(room.Hold), meetingID)
		if err != nil {
			return err
		}
		if m.State != meeting.Noticed && m.State != meeting.Open {
			return fault.New(fault.Conflict, "helper.problem.state")
		}
		now := s.now()
		h = Helper{
			Root: m.Root, ID: id.New(), Meeting: m.ID, Duty: i.Duty, Name: i.Name,
			InvitedBy: who.Account, InvitedAt: now, UntilAt: now.Add(codeLife),
		}
		roll, err := member.Roll(ctx, tx, m.Root, m.Organization, m.Day())
		if err != nil {
			return err
		}
		h.Member = memberNamed(roll, h.Name)
		if h.Code, err = freeCode(ctx, tx, now); err != nil {
			return err
		}
		if err := db.Insert(ctx, tx, "helper", h); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "helper.invited", m.ID, map[string]any{"helper": h.ID, "duty": h.Duty, "member": h.Member})
	})
	return h, err
}

// freeCode draws a code that lets nobody else in, and keeps it so until the end of tx.
func freeCode(ctx context.Context, tx *db.Tx, now when.Instant) (string, error) {
	if err := tx.Alone(ctx, "helper/codes"); err != nil {
		return "", err
	}
	if err := forget(ctx, tx, now); err != nil {
		return "", err
	}
	for {
		code := newCode()
		if _, taken, err := byCode(ctx, tx, code); err != nil || !taken {
			return code, err
		}
	}
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
		m, _, err := meeting.Get(ctx, tx, who.Scope(room.Hold), meetingID)
		if err != nil {
			return err
		}
		n, err := end(ctx, tx, m.Root, m.ID, helperID, s.now())
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "helper.removed", m.ID, map[string]any{"helper": helperID})
	})
}

// Join takes the seat that a code gives, and returns its meeting and the token by which
// the device is known from now on. A wrong code, a used one and one that has run out are
// refused alike, and counted.
func (s *Service) Join(ctx context.Context, address, typed string) (meetingID, token string, err error) {
	now := s.now()
	guess := []limit.Bucket{{Key: "code@" + address, Allowance: codeRate}, {Key: "code", Allowance: crowdRate}}
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
	h, found, err := byCode(ctx, s.DB, code)
	if err != nil {
		return "", "", err
	}
	if !found || h.StateAt(now, h.State) != Invited {
		return wrong()
	}
	token = newToken()
	var n int64
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		if n, err = join(ctx, tx, h.Helper, hashOf(token), now); err != nil || n == 0 {
			return err
		}
		return s.Audit.Write(ctx, tx, h.person(), h.Root, "helper.joined", h.Meeting, map[string]any{"helper": h.ID})
	})
	if err != nil {
		return "", "", err
	}
	if n == 0 {
		return wrong()
	}
	return h.Meeting, token, nil
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
	h, found, err := byToken(r.Context(), s.DB, hashOf(k.Value))
	if err != nil || !found || s.now() >= h.JoinedAt.Add(seatLife) {
		return access.Person{}, err
	}
	return h.person(), nil
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
		Seat: access.Seat{Meeting: h.Meeting, Duty: string(h.Duty), Needs: needs},
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
