package feedback

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"chibo/account"
	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/limit"
	"chibo/kit/when"
	"chibo/lesson"
)

// Service does what people do with feedback. The office of a committee opens it, types
// paper in and puts remarks together (conference.Keep); the committee concludes
// (conference.Direct).
type Service struct {
	DB       *db.DB
	Now      func() time.Time
	Audit    audit.Log
	Accounts *account.Service // knows where a request comes from
	Lessons  *lesson.Service

	sendings limit.Limiter
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Place is a sitting with its conference and its round.
type Place struct {
	Conference conference.Conference
	Sitting    conference.Sitting
	Round      Round
	Opened     bool // there is a round
}

// Path returns the address of the page on which the feedback of a sitting is read.
func (p Place) Path() string { return p.Conference.Path() + "/feedback/" + p.Sitting.ID }

// find returns a sitting of a conference of the committees of a scope.
func find(ctx context.Context, q db.Q, sc access.Scope, conferenceID, sittingID string) (Place, error) {
	x, err := conference.Get(ctx, q, sc, conferenceID)
	if err != nil {
		return Place{}, err
	}
	return at(ctx, q, x, sittingID)
}

// at returns a sitting of a conference with its round.
func at(ctx context.Context, q db.Q, x conference.Conference, sittingID string) (Place, error) {
	p := Place{Conference: x}
	all, err := conference.Sittings(ctx, q, x)
	if err != nil {
		return p, err
	}
	i := slices.IndexFunc(all, func(y conference.Sitting) bool { return y.ID == sittingID })
	if i < 0 {
		return p, fault.New(fault.NotFound, "fault.not_found")
	}
	p.Sitting = all[i]
	p.Round, p.Opened, err = roundOf(ctx, q, x.Root, sittingID)
	return p, err
}

// opened returns the round of a sitting, which must have been opened.
func opened(ctx context.Context, q db.Q, sc access.Scope, conferenceID, sittingID string) (Round, error) {
	p, err := find(ctx, q, sc, conferenceID, sittingID)
	if err == nil && !p.Opened {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return p.Round, err
}

// letters make codes that can be read from a wall and typed: none looks like another.
const (
	letters    = "abcdefghjkmnpqrstuvwxyz23456789"
	codeLength = 8
)

// newCode returns a random code. It opens a form and shows nothing that was given: 39 bits
// are enough.
func newCode() string {
	out := make([]byte, codeLength)
	for i := range out {
		out[i] = letters[below(len(letters))]
	}
	return string(out)
}

// below returns a random number below n, all equally likely.
func below(n int) int {
	for b := make([]byte, 1); ; {
		if _, err := rand.Read(b); err != nil {
			panic(err) // crypto/rand never fails
		}
		if int(b[0]) < 256/n*n {
			return int(b[0]) % n
		}
	}
}

// Opening is what the office decides about a round.
type Opening struct {
	Named    bool         `form:"named"`
	OpensAt  when.Instant `form:"opens_at"`
	ClosesAt when.Instant `form:"closes_at"`
}

// Open opens the feedback of a sitting, or changes when it is taken. Whether it is named
// changes only while nobody has given any: what was promised holds.
func (s *Service) Open(ctx context.Context, who access.Person, conferenceID, sittingID string, o Opening) (Round, error) {
	var r Round
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := find(ctx, tx, who.Scope(conference.Keep), conferenceID, sittingID)
		if err != nil {
			return err
		}
		r = p.Round
		if p.Opened && r.Named != o.Named {
			n, err := count(ctx, tx, r)
			if err != nil {
				return err
			}
			if n.Given() > 0 {
				return fault.New(fault.Conflict, "feedback.problem.promised")
			}
		}
		r.Named, r.OpensAt, r.ClosesAt = o.Named, o.OpensAt, o.ClosesAt
		if err := r.check(); err != nil {
			return err
		}
		action := "feedback.changed"
		if p.Opened {
			err = updateRound(ctx, tx, r)
		} else {
			action = "feedback.opened"
			r.Root, r.Sitting, r.Conference, r.Code, r.Secret = p.Sitting.Root, p.Sitting.ID, p.Conference.ID, newCode(), rand.Text()
			r.OpenedAt, r.OpenedBy = s.now(), who.Member
			err = db.Insert(ctx, tx, "feedback_round", r)
		}
		if err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, action, r.Sitting, map[string]bool{"named": r.Named})
	})
	return r, err
}

// Rotate gives a round a new code; the old one leads nowhere any more.
func (s *Service) Rotate(ctx context.Context, who access.Person, conferenceID, sittingID string) error {
	return s.change(ctx, who, conferenceID, sittingID, "feedback.rotated", func(tx *db.Tx, r Round) error {
		r.Code = newCode()
		return updateRound(ctx, tx, r)
	})
}

// change does something with a round by the office, and writes it down.
func (s *Service) change(ctx context.Context, who access.Person, conferenceID, sittingID, action string, do func(*db.Tx, Round) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, err := opened(ctx, tx, who.Scope(conference.Keep), conferenceID, sittingID)
		if err != nil {
			return err
		}
		if err := do(tx, r); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, action, r.Sitting, nil)
	})
}
