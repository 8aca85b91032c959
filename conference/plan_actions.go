package conference

import (
	"context"
	"reflect"
	"slices"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/library"
	"chibo/notice"
	"chibo/organization"
)

// rewrite changes what stands in the plan of a conference and keeps the new version.
func (s *Service) rewrite(ctx context.Context, who access.Person, conferenceID, action string, do func(*db.Tx, Conference) error) error {
	return s.change(ctx, who, Keep, conferenceID, action, func(tx *db.Tx, x Conference) error {
		if err := do(tx, x); err != nil {
			return err
		}
		p, err := planOf(ctx, tx, x)
		if err != nil {
			return err
		}
		return s.keep(ctx, tx, who, x, p.Latest().N, p.Latest().Facts.Words)
	})
}

// keep writes the version after n, unless nothing is different.
func (s *Service) keep(ctx context.Context, tx *db.Tx, who access.Person, x Conference, n int, words Words) error {
	x, err := Of(ctx, tx, x.Root, x.ID)
	if err != nil {
		return err
	}
	f, err := factsOf(ctx, tx, x, words)
	if err != nil {
		return err
	}
	p, err := planOf(ctx, tx, x)
	if err != nil || n > 0 && reflect.DeepEqual(p.Latest().Facts, f) {
		return err
	}
	return db.Insert(ctx, tx, "conference_version", Version{Root: x.Root, Conference: x.ID, N: n + 1, Facts: f, SavedAt: s.now(), SavedBy: who.Member})
}

// factsOf puts together what stands in the plan of a conference now.
func factsOf(ctx context.Context, q db.Q, x Conference, words Words) (Facts, error) {
	o, err := organization.Find(ctx, q, x.Root, x.Organization)
	if err != nil {
		return Facts{}, err
	}
	f := Facts{Words: words, Title: x.Title, Level: o.Level, Superior: o.Superior, Town: o.Town}
	sittings, err := staged(ctx, q, access.Person{}, x)
	if err != nil {
		return f, err
	}
	for _, y := range sittings {
		f.Sittings = append(f.Sittings, Gathering{y.Title, y.Kind, y.HostUnit.Name, y.StartsAt, y.EndsAt, y.Venue, y.Address})
	}
	lines, err := Categories(ctx, q, x)
	for _, k := range lines {
		f.Composition = append(f.Composition, k.Title)
	}
	return f, err
}

// Write writes the words of the plan onto version n, with the bases of the library that
// were chosen by their keys. Whoever has read an older version is told so.
func (s *Service) Write(ctx context.Context, who access.Person, conferenceID string, n int, words Words, bases []string) error {
	return s.change(ctx, who, Keep, conferenceID, "conference.plan.written", func(tx *db.Tx, x Conference) error {
		p, err := planOf(ctx, tx, x)
		if err != nil {
			return err
		}
		if p.Latest().N != n {
			return fault.New(fault.Conflict, "conference.problem.meanwhile")
		}
		if len(bases) > 0 {
			known, err := library.KnownTo(ctx, tx, x.Root, x.Organization)
			if err != nil {
				return err
			}
			words.Bases = library.WithBases(words.Bases, library.Chosen(known, bases))
		}
		if err := words.check(); err != nil {
			return err
		}
		return s.keep(ctx, tx, who, x, n, words)
	})
}

// onVersion changes the latest version of a plan, which is to be n, at one of the stages.
func (s *Service) onVersion(ctx context.Context, who access.Person, need access.Need, conferenceID string, n int, action string, stages []Stage, do func(*db.Tx, Conference, *Version) error) error {
	return s.change(ctx, who, need, conferenceID, action, func(tx *db.Tx, x Conference) error {
		p, err := planOf(ctx, tx, x)
		if err != nil {
			return err
		}
		v := p.Latest()
		if v.N != n || !slices.Contains(stages, v.Stage()) {
			return fault.New(fault.Conflict, "conference.problem.meanwhile")
		}
		if err := do(tx, x, &v); err != nil {
			return err
		}
		return updateVersion(ctx, tx, v)
	})
}

// Send sends version n to the committee for approval.
func (s *Service) Send(ctx context.Context, who access.Person, conferenceID string, n int) error {
	return s.onVersion(ctx, who, Keep, conferenceID, n, "conference.plan.sent", []Stage{Writing}, func(tx *db.Tx, x Conference, v *Version) error {
		if len(v.Facts.Gaps()) > 0 {
			return fault.New(fault.Conflict, "conference.problem.gaps")
		}
		v.SentAt, v.SentBy = s.now(), who.Member
		offices, err := organization.OfficesOn(ctx, tx, x.Root, x.Organization, s.now().Date())
		if err != nil {
			return err
		}
		var committee []string
		for _, f := range offices {
			if f.Post == organization.PartyCommittee {
				committee = append(committee, f.Member)
			}
		}
		return s.tell(ctx, tx, x, concerned{x.Root, x.Organization, ""}, x.PlanPath(), "conference.told.sent", committee...)
	})
}

// Reply is what the committee says to a plan that was sent.
type Reply struct {
	Answer Approval `form:"answer"`
	Note   string   `form:"note"`
}

func (r Reply) check() error {
	var c fault.Check
	c.That(r.Answer == Approved || r.Answer == Returned, "answer", "conference.problem.answer")
	c.That(r.Answer != Returned || r.Note != "", "note", "conference.problem.note")
	long(&c, map[string]string{"note": r.Note})
	return c.Err()
}

// Answer approves version n, or returns it with words on what to change.
func (s *Service) Answer(ctx context.Context, who access.Person, conferenceID string, n int, r Reply) error {
	return s.onVersion(ctx, who, Direct, conferenceID, n, "conference.plan.answered", []Stage{Sent}, func(tx *db.Tx, x Conference, v *Version) error {
		if err := r.check(); err != nil {
			return err
		}
		v.Answer, v.Note, v.AnsweredAt, v.AnsweredBy = r.Answer, r.Note, s.now(), who.Member
		return s.tell(ctx, tx, x, concerned{x.Root, x.Organization, ""}, x.PlanPath(), "conference.told."+string(r.Answer), v.SentBy)
	})
}

// Issue gives the approved version n its number and its date and tells the cells that
// perform and the units that send delegates. It never changes again; what is written later
// is a version that takes its place when it is issued in turn.
func (s *Service) Issue(ctx context.Context, who access.Person, conferenceID string, n int) error {
	return s.onVersion(ctx, who, Direct, conferenceID, n, "conference.plan.issued", []Stage{ToIssue}, func(tx *db.Tx, x Conference, v *Version) error {
		v.IssuedAt, v.IssuedBy, v.Dated = s.now(), who.Member, s.now().Date()
		term, _, err := organization.TermOn(ctx, tx, x.Root, x.Organization, v.Dated)
		if err != nil {
			return err
		}
		number, err := document.Issue(ctx, tx, x.Root, x.Organization, document.Plan, term.ID)
		if err != nil {
			return err
		}
		v.Number = number.String()
		if err := document.Enter(ctx, tx, number, v.Dated, x.Title, x.PlanPath()); err != nil {
			return err
		}
		return s.spread(ctx, tx, x, *v)
	})
}

// spread tells whom an issued plan concerns.
func (s *Service) spread(ctx context.Context, tx *db.Tx, x Conference, v Version) error {
	all, err := concernedBy(ctx, tx, x, v.Dated)
	if err != nil {
		return err
	}
	for from := 0; from < len(all); {
		to := from
		var members []string
		for to < len(all) && all[to].Root == all[from].Root && all[to].Organization == all[from].Organization {
			members = append(members, all[to].Member)
			to++
		}
		if err := s.tell(ctx, tx, x, all[from], x.Path(), "conference.told.issued", members...); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// tell tells members of a unit something of a conference.
func (s *Service) tell(ctx context.Context, tx *db.Tx, x Conference, unit concerned, url, key string, members ...string) error {
	return notice.Tell(ctx, tx, notice.Message{
		Root: unit.Root, Organization: unit.Organization, Key: key, Args: notice.Args{"Title": x.Title}, URL: url, At: s.now(),
	}, members...)
}
