package privacy

import (
	"context"
	"errors"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/job"
	"chibo/kit/when"
	"chibo/notice"
	"chibo/organization"
)

// Keep is the need to lay down for how long things are kept, and to delete what is due.
const Keep access.Need = "privacy.keep"

// Period is for how many months a base organisation keeps a leftover. Chibo knows of no
// document with such a limit: without a Period it is "not laid down", and nothing is due.
type Period struct {
	Root   string `db:"root_id"`
	Item   string `form:"item"`
	Months int    `form:"months"` // 0 lays nothing down
	Source string `form:"source"` // the document that lays it down
	SetBy  string // account
	SetAt  when.Instant
}

// mostMonths is the longest period: a hundred years.
const mostMonths = 1200

// Validate says what is wrong with a period.
func (p Period) Validate() error {
	var c fault.Check
	_, found := leftover(p.Item)
	c.That(found, "item", "fault.choice")
	c.That(p.Months >= 0 && p.Months <= mostMonths, "months", "privacy.problem.months")
	c.That(p.Months == 0 || p.Source != "", "source", "privacy.problem.source")
	c.That(len([]rune(p.Source)) <= 200, "source", "privacy.problem.source_long")
	return c.Err()
}

// Limit is the day before which things are due to be deleted.
func (p Period) Limit(today when.Date) when.Date {
	return today.In().Add(-p.Months).Day(today.Day)
}

// Due is a leftover with its period and how many rows have outlived it.
type Due struct {
	Leftover
	Period Period // without Months where nothing is laid down
	Rows   int
}

// DueIn returns all leftovers of a base organisation with what is due.
func DueIn(ctx context.Context, q db.Q, root string, today when.Date) ([]Due, error) {
	periods, err := periodsOf(ctx, q, root)
	if err != nil {
		return nil, err
	}
	out := make([]Due, len(Leftovers))
	for i, o := range Leftovers {
		out[i] = Due{Leftover: o, Period: periods[o.Item]}
		if out[i].Period.Months == 0 {
			continue
		}
		if out[i].Rows, err = o.before(ctx, q, root, out[i].Period.Limit(today)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// base returns the base organisation of that id, whole in the scope of who.
func (s *Service) base(ctx context.Context, q db.Q, who access.Person, id string) (organization.Organization, error) {
	o, err := organization.Get(ctx, q, who.Scope(Keep), id)
	if err == nil && o.ID != o.Root {
		err = notFound()
	}
	return o, err
}

// SetPeriod lays down for how long a base organisation keeps something.
func (s *Service) SetPeriod(ctx context.Context, who access.Person, unit string, p Period) error {
	if err := p.Validate(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := s.base(ctx, tx, who, unit)
		if err != nil {
			return err
		}
		p.Root, p.SetBy, p.SetAt = o.Root, who.Account, s.now()
		if err := putPeriod(ctx, tx, p); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "privacy.period_set", o.ID, map[string]any{"item": p.Item, "months": p.Months})
	})
}

// Discard deletes what is due of one item, as an officer has confirmed; the log keeps how
// many rows and from before which day.
func (s *Service) Discard(ctx context.Context, who access.Person, unit, item string) error {
	left, found := leftover(item)
	if !found {
		return notFound()
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := s.base(ctx, tx, who, unit)
		if err != nil {
			return err
		}
		periods, err := periodsOf(ctx, tx, o.Root)
		if err != nil {
			return err
		}
		p := periods[item]
		if p.Months == 0 {
			return fault.New(fault.Conflict, "privacy.problem.no_period")
		}
		limit := p.Limit(s.now().Date())
		n, err := left.eraseBefore(ctx, tx, o.Root, limit)
		if err != nil {
			return err
		}
		return s.discarded(ctx, tx, who, p, n, limit)
	})
}

// discardNightly deletes what is due of the items that go without a press.
func (s *Service) discardNightly(ctx context.Context, root string, today when.Date) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		periods, err := periodsOf(ctx, tx, root)
		if err != nil {
			return err
		}
		for _, left := range Leftovers {
			p := periods[left.Item]
			if !left.Nightly || p.Months == 0 {
				continue
			}
			limit := p.Limit(today)
			n, err := left.eraseBefore(ctx, tx, root, limit)
			if err == nil && n > 0 {
				err = s.discarded(ctx, tx, access.Person{}, p, n, limit)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// discarded keeps in the log how many rows of an item have gone, and from before which day.
func (s *Service) discarded(ctx context.Context, tx *db.Tx, who access.Person, p Period, rows int64, limit when.Date) error {
	return s.Audit.Write(ctx, tx, who, p.Root, "privacy.discarded", p.Root, map[string]any{"item": p.Item, "rows": rows, "before": limit.String()})
}

// RetainJob is the kind of the nightly job that looks what is due and deletes what waits for nobody
// any more; it has no arguments.
const RetainJob = "privacy.retain"

// Schedule asks for the next look, once, however often it is called.
func (s *Service) Schedule(ctx context.Context) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		return job.Enqueue(ctx, tx, RetainJob, nil, job.Unique(RetainJob), job.At(s.now().Date().AddDays(1).At(3, 20)))
	})
}

// Retain does a job of kind RetainJob: what waits for nobody any more goes (Expire), and of what is
// due the items that are Nightly; the clerks of a base organisation where something else is due are
// told on Mondays, and the next night is asked for.
func (s *Service) Retain(ctx context.Context, _ job.Job) error {
	for _, expire := range s.Expire {
		if err := expire(ctx); err != nil {
			return err
		}
	}
	today := s.now().Date()
	roots, err := ruledRoots(ctx, s.DB)
	for _, root := range roots {
		err = errors.Join(err, s.discardNightly(ctx, root, today))
		if today.Weekday() == time.Monday {
			err = errors.Join(err, s.tellDue(ctx, root, today))
		}
	}
	return errors.Join(err, s.Schedule(ctx))
}

func (s *Service) tellDue(ctx context.Context, root string, today when.Date) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		due, err := DueIn(ctx, tx, root, today)
		if err != nil {
			return err
		}
		rows := 0
		for _, d := range due {
			rows += d.Rows
		}
		if rows == 0 {
			return nil
		}
		offices, err := organization.OfficesOn(ctx, tx, root, root, today)
		var clerks []string
		for _, o := range offices {
			if o.Post == organization.Clerk {
				clerks = append(clerks, o.Member)
			}
		}
		if err != nil || len(clerks) == 0 {
			return err
		}
		return notice.Tell(ctx, tx, notice.Message{Root: root, Organization: root, Key: "privacy.notice.due", URL: "/privacy/retention", At: s.now()}, clerks...)
	})
}
