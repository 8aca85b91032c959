package privacy

import (
	"context"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/notebook"
	"chibo/notice"
	"chibo/organization"
)

// Service does what people may do with their data.
type Service struct {
	DB        *db.DB
	Now       func() time.Time
	Audit     audit.Log
	Members   *member.Service
	Notebooks *notebook.Service
	Expire    []func(context.Context) error // delete what waits for nobody any more, every night
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Acknowledge keeps that who has read for what their data are kept.
func (s *Service) Acknowledge(ctx context.Context, who access.Person) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, read, err := acknowledged(ctx, tx, who.Root, who.Account, noticeVersion); err != nil || read {
			return err
		}
		if err := putAcknowledged(ctx, tx, who.Root, who.Account, noticeVersion, s.now()); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "privacy.acknowledged", who.Account, map[string]int{"version": noticeVersion})
	})
}

// Ask takes a request of who about their own data and tells those who handle it.
func (s *Service) Ask(ctx context.Context, who access.Person, f Asking) error {
	now := s.now()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, err := member.Find(ctx, tx, who.Root, who.Member)
		if err != nil {
			return err
		}
		if err := f.Validate(m, now.Date()); err != nil {
			return err
		}
		r := Request{Root: m.Root, ID: id.New(), Organization: m.Organization, Member: m.ID, Claim: f.Claim, Text: f.Text}.made(now)
		if f.Claim == Correct {
			r.Field, r.Value = f.Field, f.Value
		}
		if err := db.Insert(ctx, tx, "privacy_request", r); err != nil {
			return err
		}
		if err := s.tellHandlers(ctx, tx, r); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, "privacy.asked", r.ID, map[string]any{"claim": r.Claim})
	})
}

// tellHandlers puts a notice into the inbox of the secretary of the cell and of the
// clerks above it, but not of the one who asks.
func (s *Service) tellHandlers(ctx context.Context, tx *db.Tx, r Request) error {
	var handlers []string
	for unit := r.Organization; unit != ""; {
		offices, err := organization.OfficesOn(ctx, tx, r.Root, unit, s.now().Date())
		if err != nil {
			return err
		}
		for _, o := range offices {
			if (o.Post == organization.Clerk || o.Post == organization.Secretary && unit == r.Organization) && o.Member != r.Member {
				handlers = append(handlers, o.Member)
			}
		}
		o, err := organization.Find(ctx, tx, r.Root, unit)
		if err != nil {
			return err
		}
		unit = ""
		if o.ID != r.Root {
			unit = o.Parent
		}
	}
	return notice.Tell(ctx, tx, notice.Message{Root: r.Root, Organization: r.Organization, Key: "privacy.notice.asked", URL: "/privacy", At: s.now()}, handlers...)
}

// Accept says to the one who asked that the request has come; others that a third party
// has to take part in it.
func (s *Service) Accept(ctx context.Context, who access.Person, request string, others bool) error {
	return s.move(ctx, who, request, "privacy.accepted", "privacy.notice.accepted", func(r Request) (Request, error) {
		return r.accepted(others, who.Member, s.now())
	})
}

// Extend gives a request more days, once.
func (s *Service) Extend(ctx context.Context, who access.Person, request string, f Extending) error {
	return s.move(ctx, who, request, "privacy.extended", "privacy.notice.extended", func(r Request) (Request, error) {
		return r.extended(f, s.now())
	})
}

// move changes an open request by a rule, writes it into the log as deed and tells who
// asked by the notice key.
func (s *Service) move(ctx context.Context, who access.Person, request, deed, key string, by func(Request) (Request, error)) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		was, err := s.open(ctx, tx, who, request)
		if err != nil {
			return err
		}
		r, err := by(was)
		if err != nil {
			return err
		}
		if n, err := keep(ctx, tx, was, r); err != nil {
			return err
		} else if n == 0 {
			return fault.New(fault.Conflict, "privacy.problem.accepted")
		}
		m := notice.Message{Root: r.Root, Organization: r.Organization, Key: key, URL: "/me/data", At: s.now()}
		if err := notice.Tell(ctx, tx, m, r.Member); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, deed, r.ID, map[string]any{"due": r.DueAt.Date().String()})
	})
}

// Reply is what the form of an answer brings.
type Reply struct {
	State  State  `form:"state"`
	Answer string `form:"answer"`
}

// Validate says what is wrong with an answer.
func (f Reply) Validate() error {
	var c fault.Check
	c.That(f.State == Done || f.State == Refused, "state", "fault.choice")
	c.That(f.Answer != "", "answer", "privacy.problem.answer")
	c.That(len([]rune(f.Answer)) <= longestText, "answer", "privacy.problem.long")
	return c.Err()
}

// Answer answers a request; nobody answers their own.
func (s *Service) Answer(ctx context.Context, who access.Person, request string, f Reply) error {
	if err := f.Validate(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, err := s.open(ctx, tx, who, request)
		if err != nil {
			return err
		}
		return s.settle(ctx, tx, who, r, f)
	})
}

// TakeOver writes the value that somebody asked for into their profile and answers the
// request with it.
func (s *Service) TakeOver(ctx context.Context, who access.Person, request, answer string) error {
	r, err := s.open(ctx, s.DB, who, request)
	if err != nil {
		return err
	}
	if r.Claim != Correct {
		return notFound()
	}
	m, err := member.Find(ctx, s.DB, r.Root, r.Member)
	if err != nil {
		return err
	}
	if m, err = m.With(r.Field, r.Value, s.now().Date()); err != nil {
		return err
	}
	// The profile is written first: taken over twice it stays the same.
	if err := s.Members.Change(ctx, who, m); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return s.settle(ctx, tx, who, r, Reply{Done, answer}) })
}

// open returns a request that is not done with and that who may answer.
func (s *Service) open(ctx context.Context, q db.Q, who access.Person, request string) (Request, error) {
	r, err := requestInScope(ctx, q, who.Scope(Handle), request)
	switch {
	case err != nil:
		return r, err
	case r.Member == who.Member:
		return r, fault.New(fault.Forbidden, "privacy.problem.own")
	case !r.Open():
		return r, fault.New(fault.Conflict, "privacy.problem.answered")
	}
	return r, nil
}

// settle writes the answer of a request and tells who asked.
func (s *Service) settle(ctx context.Context, tx *db.Tx, who access.Person, r Request, f Reply) error {
	n, err := answer(ctx, tx, r, f, who.Member, s.now())
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "privacy.problem.answered")
	}
	m := notice.Message{Root: r.Root, Organization: r.Organization, Key: "privacy.notice.answered", URL: "/me/data", At: s.now()}
	if err := notice.Tell(ctx, tx, m, r.Member); err != nil {
		return err
	}
	return s.Audit.Write(ctx, tx, who, r.Root, "privacy.answered", r.ID, map[string]any{"state": f.State})
}

func notFound() error { return fault.New(fault.NotFound, "fault.not_found") }
