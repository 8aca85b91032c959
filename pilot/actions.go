package pilot

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
	"chibo/lesson"
	"chibo/meeting"
	"chibo/notice"
	"chibo/organization"
)

// The needs of the feature.
const (
	// MayRead opens the pages; which pilot meetings are there is said by the others, by an
	// invitation, and by being named as appraiser.
	MayRead access.Need = "pilot.read"
	// Keep sees the pilot meetings of a committee, their dates and how far they are, invites
	// and ticks who came: its office.
	Keep access.Need = "pilot.keep"
	// Direct opens series, chooses hosts, reads and writes what is said of the contents.
	Direct access.Need = "pilot.direct"
	// Host prepares the pilot meeting of one's own cell.
	Host access.Need = "pilot.host"
)

// Service does what people do with pilot meetings.
type Service struct {
	DB      *db.DB
	Now     func() time.Time
	Audit   audit.Log
	Lessons *lesson.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Choice is which cells are to hold a pilot meeting of a kind.
type Choice struct {
	Hosts []string     `form:"hosts"` // ids
	Kind  meeting.Kind `form:"kind"`
	// Meeting is the meeting of the one host, where it is named already.
	Meeting string `form:"-"`
}

// Open opens a series with its first hosts and those who appraise, members of the
// committee or its office by id.
func (s *Service) Open(ctx context.Context, who access.Person, x Series, hosts Choice, named []string) (Series, error) {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := committee(ctx, tx, who, x.Organization)
		if err != nil {
			return err
		}
		if err := x.check(); err != nil {
			return err
		}
		x.Root, x.ID, x.MadeAt, x.MadeBy = o.Root, id.New(), s.now(), who.Member
		if err := db.Insert(ctx, tx, "pilot_series", x); err != nil {
			return err
		}
		if err := s.name(ctx, tx, o, x, named); err != nil {
			return err
		}
		if err := s.choose(ctx, tx, o, x, hosts); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, "pilot.series.opened", x.ID, nil)
	})
	return x, err
}

// committee returns a unit above the cells that directs pilot meetings.
func committee(ctx context.Context, q db.Q, who access.Person, organizationID string) (organization.Organization, error) {
	return organization.GetCommittee(ctx, q, who.Scope(Direct), organizationID)
}

// name names those who appraise: at least one, each of the committee or its office.
func (s *Service) name(ctx context.Context, tx *db.Tx, o organization.Organization, x Series, named []string) error {
	staff, err := s.Staff(ctx, tx, o)
	if err != nil {
		return err
	}
	var c fault.Check
	c.That(len(named) > 0, "appraisers", "pilot.problem.appraisers")
	for _, m := range named {
		known := slices.ContainsFunc(staff, func(p Person) bool { return p.Member == m })
		c.That(known, "appraisers", "pilot.problem.appraisers")
		if !known {
			break
		}
		if err := addAppraiser(ctx, tx, x, m); err != nil {
			return err
		}
	}
	return c.Err()
}

// Staff returns the members of a committee and of its office.
func (s *Service) Staff(ctx context.Context, q db.Q, o organization.Organization) ([]Person, error) {
	people, err := holders(ctx, q, access.Whole(o.Root, o.Path), s.now().Date(), organization.PartyCommittee, organization.Clerk)
	people = slices.DeleteFunc(people, func(p Person) bool { return p.Path != o.Path })
	slices.SortStableFunc(people, func(a, b Person) int { return int(rank(a)) - int(rank(b)) })
	return slices.CompactFunc(people, func(a, b Person) bool { return a.Member == b.Member }), err
}

func rank(p Person) int {
	if p.Post == organization.PartyCommittee {
		return 0
	}
	return 1
}

// choose adds hosts to a series and tells those who lead them.
func (s *Service) choose(ctx context.Context, tx *db.Tx, o organization.Organization, x Series, choice Choice) error {
	below, err := organization.Under(ctx, tx, access.Whole("", o.Path))
	if err != nil {
		return err
	}
	hosts := slices.DeleteFunc(below, func(h organization.Organization) bool {
		return h.Level != organization.Cell || !slices.Contains(choice.Hosts, h.ID)
	})
	var c fault.Check
	c.That(len(hosts) > 0, "hosts", "pilot.problem.hosts")
	c.That(slices.Contains(Kinds, choice.Kind), "kind", "pilot.problem.kind")
	if err := c.Err(); err != nil {
		return err
	}
	for _, h := range hosts {
		p := Pilot{Root: x.Root, ID: id.New(), Series: x.ID, HostRoot: h.Root, Host: h.ID, Kind: choice.Kind, Meeting: choice.Meeting}
		if err := check(ctx, tx, x, p); err != nil {
			return err
		}
		if err := db.Insert(ctx, tx, "pilot", p); db.IsUnique(err) {
			return fault.New(fault.Conflict, "pilot.problem.chosen", "Cell", h.Name)
		} else if err != nil {
			return err
		}
		if err := s.tellHost(ctx, tx, p, "pilot.told.chosen", notice.Args{"Title": x.Title}); err != nil {
			return err
		}
	}
	return nil
}

// check refuses a meeting that is not of the host or does not fit the series.
func check(ctx context.Context, q db.Q, x Series, p Pilot) error {
	if p.Meeting == "" {
		return nil
	}
	m, err := meeting.Find(ctx, q, p.HostRoot, p.Meeting)
	if err == nil && (m.Organization != p.Host || !m.Editable() || !p.fits(x, m)) {
		err = fault.New(fault.Conflict, "pilot.problem.meeting")
	}
	return err
}

// Choose adds hosts to a series.
func (s *Service) Choose(ctx context.Context, who access.Person, seriesID string, choice Choice) error {
	return s.onSeries(ctx, who, Direct, seriesID, "pilot.chosen", func(tx *db.Tx, x Series) error {
		o, err := organization.Find(ctx, tx, x.Root, x.Organization)
		if err != nil {
			return err
		}
		return s.choose(ctx, tx, o, x, choice)
	})
}

// onSeries changes a series of a committee for which somebody has a need.
func (s *Service) onSeries(ctx context.Context, who access.Person, need access.Need, seriesID, action string, do func(*db.Tx, Series) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := inScope(ctx, tx, who.Scope(need), seriesID)
		if err != nil {
			return err
		}
		if err := do(tx, x); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, action, x.ID, nil)
	})
}

// Reschedule changes title, purpose and dates of a series.
func (s *Service) Reschedule(ctx context.Context, who access.Person, seriesID string, to Series) error {
	return s.onSeries(ctx, who, Keep, seriesID, "pilot.series.changed", func(tx *db.Tx, x Series) error {
		x.Title, x.Purpose, x.From, x.Until = to.Title, to.Purpose, to.From, to.Until
		if err := x.check(); err != nil {
			return err
		}
		return updateSeries(ctx, tx, x)
	})
}

// Assess writes what the committee says of a series as a whole.
func (s *Service) Assess(ctx context.Context, who access.Person, seriesID string, a Assessment) error {
	return s.onSeries(ctx, who, Direct, seriesID, "pilot.series.assessed", func(tx *db.Tx, x Series) error {
		if err := a.check(); err != nil {
			return err
		}
		a.AssessedAt, a.AssessedBy = s.now(), who.Member
		x.Assessment = a
		return updateSeries(ctx, tx, x)
	})
}

// tellHost tells those who lead the host.
func (s *Service) tellHost(ctx context.Context, tx *db.Tx, p Pilot, key string, args notice.Args) error {
	offices, err := organization.OfficesOn(ctx, tx, p.HostRoot, p.Host, s.now().Date())
	if err != nil {
		return err
	}
	var leaders []string
	for _, f := range offices {
		if f.Post.Leads() {
			leaders = append(leaders, f.Member)
		}
	}
	return s.tell(ctx, tx, p, p.HostRoot, key, args, leaders...)
}

func (s *Service) tell(ctx context.Context, tx *db.Tx, p Pilot, root, key string, args notice.Args, members ...string) error {
	return notice.Tell(ctx, tx, notice.Message{Root: root, Organization: p.Host, Key: key, Args: args, URL: p.Path(), At: s.now()}, members...)
}
