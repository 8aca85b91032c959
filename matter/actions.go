package matter

import (
	"context"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
)

// What may be done with matters, and by whom: see app/rights.go.
const (
	MayRead   access.Need = "matter.read"
	MayPass   access.Need = "matter.pass"   // pass up, take back, enter an answer that came on paper
	MayAnswer access.Need = "matter.answer" // for the committee above
)

// Service does what people do with matters between two meetings.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	// Carry lays the answers that have come to a cell on its next agenda; nil: there is
	// none.
	Carry func(ctx context.Context, tx *db.Tx, root, organization string) error
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Raise passes a matter up: it gets its number, and the superior is told. The
// caller sets Root, Organization, Text, Raiser, SentBy, and Member, Meeting and
// Subject where there are such. A subject is passed up once: one that was taken
// back waits again under its old number.
func Raise(ctx context.Context, tx *db.Tx, m Matter, at when.Instant) (Matter, error) {
	if err := m.check(); err != nil {
		return m, err
	}
	if m.Subject != "" {
		was, there, err := OfSubject(ctx, tx, m.Root, m.Subject)
		if err != nil {
			return m, err
		}
		if there {
			return again(ctx, tx, was, m.Text)
		}
	}
	m = m.sent(at)
	m.ID = id.New()
	var err error
	if m.Number, err = take(ctx, tx, m.Root, m.Organization, m.Year); err != nil {
		return m, err
	}
	if m, err = received(ctx, tx, m); err != nil {
		return m, err
	}
	if err := db.Insert(ctx, tx, "matter", m); err != nil {
		return m, err
	}
	return m, tellSuperior(ctx, tx, m)
}

// received enters a matter in the book of the committee above.
func received(ctx context.Context, tx *db.Tx, m Matter) (Matter, error) {
	cell, err := organization.Find(ctx, tx, m.Root, m.Organization)
	if err != nil {
		return m, err
	}
	above, there, err := organization.Above(ctx, tx, cell)
	if err != nil || !there {
		return m, err
	}
	m.ReceivedBy = above.ID
	m.Received, err = take(ctx, tx, above.Root, above.ID, m.Year)
	return m, err
}

// again lets a matter wait that is passed up once more, in new words; one that is
// answered stays as it is.
func again(ctx context.Context, tx *db.Tx, m Matter, text string) (Matter, error) {
	if m.State == Answered {
		return m, nil
	}
	was := m.State
	m.State, m.Reason, m.Text = Waiting, "", text
	return m, update(ctx, tx, m, was)
}

// TakeBack takes back the matter of a subject, as when the destiny of an opinion is
// corrected. One that is answered stays, and a subject that was never passed up is
// none.
func TakeBack(ctx context.Context, tx *db.Tx, root, subject, reason string) error {
	m, there, err := OfSubject(ctx, tx, root, subject)
	if err != nil || !there || m.State != Waiting {
		return err
	}
	if m, err = m.withdrawn(reason); err != nil {
		return err
	}
	return update(ctx, tx, m, Waiting)
}

// tellSuperior tells the office of the committee above and who follows the cell.
func tellSuperior(ctx context.Context, tx *db.Tx, m Matter) error {
	cell, err := organization.Find(ctx, tx, m.Root, m.Organization)
	if err != nil {
		return err
	}
	day := m.SentAt.Date()
	offices, err := organization.OfficesOn(ctx, tx, m.Root, m.Organization, day)
	if err != nil {
		return err
	}
	above, there, err := organization.Above(ctx, tx, cell)
	if err != nil {
		return err
	}
	if there {
		theirs, err := organization.OfficesOn(ctx, tx, above.Root, above.ID, day)
		if err != nil {
			return err
		}
		offices = append(offices, theirs...)
	}
	var told []string
	for _, o := range offices {
		if o.Post == organization.Supervisor || o.Post == organization.Clerk {
			told = append(told, o.Member)
		}
	}
	return tell(ctx, tx, m, "matter.told.raised", notice.Args{"Name": m.Name(), "Cell": cell.Name}, m.SentAt, told...)
}

// tellCell tells the committee of the cell and whoever raised the matter that there
// is an answer.
func tellCell(ctx context.Context, tx *db.Tx, m Matter) error {
	offices, err := organization.OfficesOn(ctx, tx, m.Root, m.Organization, m.AnsweredAt.Date())
	if err != nil {
		return err
	}
	told := []string{m.Member}
	for _, o := range offices {
		if o.Post.Leads() && o.Member != m.AnsweredBy {
			told = append(told, o.Member)
		}
	}
	return tell(ctx, tx, m, "matter.told.answered", notice.Args{"Name": m.Name()}, m.AnsweredAt, told...)
}

func tell(ctx context.Context, tx *db.Tx, m Matter, key string, args notice.Args, at when.Instant, members ...string) error {
	return notice.Tell(ctx, tx, notice.Message{
		Root: m.Root, Organization: m.Organization, Key: key, Args: args, URL: m.Path(), At: at,
	}, members...)
}

// Draft is what the form of a matter asks for that is passed up between two
// meetings.
type Draft struct {
	Organization string `form:"organization"` // id of the cell
	Text         string `form:"text"`
	Raiser       Raiser `form:"raiser"`
	Member       string `form:"member"`
}

// Pass passes a matter up between two meetings.
func (s *Service) Pass(ctx context.Context, who access.Person, d Draft) (Matter, error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(MayPass), d.Organization)
	if err != nil {
		return Matter{}, err
	}
	m := Matter{Root: o.Root, Organization: o.ID, Text: d.Text, Raiser: d.Raiser, Member: d.Member, SentBy: who.Member}
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := s.onRoll(ctx, tx, o, d.Member); err != nil {
			return err
		}
		if m, err = Raise(ctx, tx, m, s.now()); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "matter.raised", m.ID, nil)
	})
	return m, err
}

func (s *Service) onRoll(ctx context.Context, q db.Q, o organization.Organization, id string) error {
	if id == "" {
		return nil
	}
	roll, err := member.Roll(ctx, q, o.Root, o.ID, s.now().Date())
	var c fault.Check
	c.That(slices.ContainsFunc(roll, func(e member.Entry) bool { return e.ID == id }), "member", "matter.problem.not_on_roll")
	if err != nil {
		return err
	}
	return c.Err()
}

// Answer writes the answer of the superior, by the hand of the committee above, or
// by the cell's own where it came on paper. The committee answers to all matters that
// it treats as one, each cell gets the answer; what a cell enters is its own.
func (s *Service) Answer(ctx context.Context, who access.Person, matterID string, r Reply) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := inScope(ctx, tx, who.Scope(MayRead), matterID)
		if err != nil {
			return err
		}
		above := who.MayAt(MayAnswer, p.Path)
		if !above && !who.MayAt(MayPass, p.Path) {
			return fault.New(fault.Forbidden, "matter.refused.answer")
		}
		all := []placed{p}
		if above {
			if all, err = waitingWith(ctx, tx, who, p); err != nil {
				return err
			}
		}
		for _, one := range all {
			if err := s.answer(ctx, tx, who, one, r, !above); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) answer(ctx context.Context, tx *db.Tx, who access.Person, p placed, r Reply, onPaper bool) error {
	m, err := p.answered(r, who.Member, s.now())
	if err != nil {
		return err
	}
	m.OnPaper = onPaper
	if err := s.put(ctx, tx, who, m, p.State, "matter.answered"); err != nil {
		return err
	}
	if err := tellCell(ctx, tx, m); err != nil || s.Carry == nil {
		return err
	}
	return s.Carry(ctx, tx, m.Root, m.Organization)
}

// Withdraw takes a matter back with a reason.
func (s *Service) Withdraw(ctx context.Context, who access.Person, matterID, reason string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := inScope(ctx, tx, who.Scope(MayRead), matterID)
		if err != nil {
			return err
		}
		if !who.MayAt(MayPass, p.Path) {
			return fault.New(fault.Forbidden, "matter.refused.answer")
		}
		m, err := p.withdrawn(reason)
		if err != nil {
			return err
		}
		return s.put(ctx, tx, who, m, p.State, "matter.withdrawn")
	})
}

// put writes m over what was read in the state was.
func (s *Service) put(ctx context.Context, tx *db.Tx, who access.Person, m Matter, was State, action string) error {
	if err := update(ctx, tx, m, was); err != nil {
		return err
	}
	return s.Audit.Write(ctx, tx, who, m.Root, action, m.ID, nil)
}
