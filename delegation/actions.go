package delegation

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"time"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/limit"
	"chibo/kit/post"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// Name is the need of those who say whom their unit sends.
const Name access.Need = "delegation.name"

// Service does what people do with delegates.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	Base  string // address of the program, for letters
	// Post hands a letter to the mail server; nil: there is none.
	Post func(context.Context, post.Letter) error

	limits limit.Limiter // of guesses at codes
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// keep does something with the delegates of a conference that its office prepares and that is
// not closed, and writes it down.
func (s *Service) keep(ctx context.Context, who access.Person, conferenceID, action, subject string, do func(*db.Tx, conference.Conference) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := conference.Get(ctx, tx, who.Scope(conference.Keep), conferenceID)
		if err != nil {
			return err
		}
		if err := x.CheckOpen(); err != nil {
			return err
		}
		if err := do(tx, x); err != nil {
			return err
		}
		if subject == "" {
			subject = x.ID
		}
		return s.Audit.Write(ctx, tx, who, x.Root, action, subject, nil)
	})
}

// Enter adds a delegate by the office of the committee, also the desk's walk-ins. Another
// transaction may be that of the desk, which writes who walked in.
func (s *Service) Enter(ctx context.Context, who access.Person, conferenceID string, d Delegate) (Delegate, error) {
	d.ID = id.New()
	err := s.keep(ctx, who, conferenceID, "delegation.entered", d.ID, func(tx *db.Tx, x conference.Conference) (err error) {
		d, err = s.add(ctx, tx, who, x, d)
		return err
	})
	return d, err
}

// add writes a delegate of a line of the composition; nobody is a delegate twice.
func (s *Service) add(ctx context.Context, tx *db.Tx, who access.Person, x conference.Conference, d Delegate) (Delegate, error) {
	if err := d.check(); err != nil {
		return d, err
	}
	lines, err := conference.Categories(ctx, tx, x)
	if err != nil {
		return d, err
	}
	if !slices.ContainsFunc(lines, func(y conference.Category) bool { return y.ID == d.Category }) {
		return d, fault.New(fault.NotFound, "fault.not_found")
	}
	if d.Member != "" {
		if twice, err := stands(ctx, tx, x, d.Member); err != nil || twice {
			if twice {
				err = fault.New(fault.Conflict, "delegation.problem.twice", "Name", d.Name)
			}
			return d, err
		}
	}
	if d.ID == "" {
		d.ID = id.New()
	}
	d.Root, d.Conference, d.Code = x.Root, x.ID, rand.Text()
	d.NamedAt, d.NamedBy = s.now(), who.Member
	return d, db.Insert(ctx, tx, "delegate", d)
}

// Asked is what a conference asks of a unit.
type Asked struct {
	conference.Conference
	Unit   organization.Organization
	Shares []Share
	// Office says that the reader is of the office, whom no deadline binds.
	Office bool
}

// Open reports whether the unit may still name on a day.
func (a Asked) Open(day when.Date) bool {
	return a.Conference.Open() && (a.Office || !a.NamesBy.Before(day))
}

// places returns the share of a line.
func (a Asked) share(line string) (Share, bool) {
	n := slices.IndexFunc(a.Shares, func(x Share) bool { return x.Line.ID == line })
	if n < 0 {
		return Share{}, false
	}
	return a.Shares[n], true
}

// Ask returns what a conference asks of a unit, to those who name for the unit once the
// day is set until which names are awaited, and to the office of the conference always. A
// unit that sends nobody is not found.
func (s *Service) Ask(ctx context.Context, q db.Q, who access.Person, conferenceID, unitID string) (Asked, error) {
	none := fault.New(fault.NotFound, "fault.not_found")
	a := Asked{Office: true}
	var err error
	a.Conference, err = conference.Get(ctx, q, who.Scope(conference.Keep), conferenceID)
	if fault.Is(err, fault.NotFound) {
		a.Office = false
		if a.Unit, err = organization.Get(ctx, q, who.Scope(Name), unitID); err == nil {
			a.Conference, err = above(ctx, q, a.Unit, conferenceID)
		}
		if err == nil && a.NamesBy.IsZero() {
			err = none
		}
	}
	if err != nil {
		return a, err
	}
	all, err := Shares(ctx, q, a.Conference)
	if err != nil {
		return a, err
	}
	for _, x := range all {
		if x.Unit.ID == unitID {
			a.Unit, a.Shares = x.Unit, append(a.Shares, x)
		}
	}
	if len(a.Shares) == 0 {
		return a, none
	}
	return a, nil
}

// onUnit does something with the names of a unit while it may still name.
func (s *Service) onUnit(ctx context.Context, who access.Person, conferenceID, unitID, action string, subject string, do func(*db.Tx, Asked) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		a, err := s.Ask(ctx, tx, who, conferenceID, unitID)
		if err != nil {
			return err
		}
		if !a.Open(s.now().Date()) {
			return fault.New(fault.Conflict, "delegation.problem.late")
		}
		if err := do(tx, a); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, a.Root, action, subject, nil)
	})
}

// Send names a delegate of a unit in one of its lines, as long as there are places ("cấp ủy
// các đảng bộ, chi bộ cử cán bộ tham dự theo đúng thành phần", 82-KH/ĐU of 2024, III.3).
// A member is taken from the roll, others by what was typed.
func (s *Service) Send(ctx context.Context, who access.Person, conferenceID, unitID string, d Delegate) (Delegate, error) {
	d.ID = id.New()
	err := s.onUnit(ctx, who, conferenceID, unitID, "delegation.named", d.ID, func(tx *db.Tx, a Asked) error {
		share, is := a.share(d.Category)
		if !is {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		n, err := named(ctx, tx, a.Conference, share)
		if err != nil {
			return err
		}
		if n >= share.Places {
			return fault.New(fault.Conflict, "delegation.problem.full", "Places", share.Places)
		}
		d, err = s.ofUnit(ctx, tx, a, d)
		if err != nil {
			return err
		}
		d, err = s.add(ctx, tx, who, a.Conference, d)
		return err
	})
	return d, err
}

// ofUnit fills in what is known of a delegate of a unit. How somebody is reached is the unit's to
// give: where the office of the conference names them, nothing of it comes from the roll, which
// is not the office's to read.
func (s *Service) ofUnit(ctx context.Context, q db.Q, a Asked, d Delegate) (Delegate, error) {
	o := a.Unit
	d.UnitRoot, d.UnitID, d.Unit = o.Root, o.ID, o.Name
	if d.Member == "" {
		return d, nil
	}
	people, err := s.People(ctx, q, o)
	if err != nil {
		return d, err
	}
	n := slices.IndexFunc(people, func(m member.Entry) bool { return m.ID == d.Member })
	if n < 0 {
		return d, fault.New(fault.NotFound, "fault.not_found")
	}
	d = fromRoll(d, people[n].Member)
	if !a.Office {
		d.Phone, d.Email = cmp.Or(d.Phone, people[n].Phone), cmp.Or(d.Email, people[n].Email)
	}
	return d, nil
}

// fromRoll fills in who somebody is by the roll, and the post where none was typed.
func fromRoll(d Delegate, m member.Member) Delegate {
	d.MemberRoot, d.Member, d.Name, d.Post = m.Root, m.ID, m.FullName, cmp.Or(d.Post, m.Position)
	return d
}

// People returns those on the rolls of a unit and of the cells below it who are counted
// there.
func (s *Service) People(ctx context.Context, q db.Q, o organization.Organization) ([]member.Entry, error) {
	cells, err := organization.CellsUnder(ctx, q, access.Whole("", o.Path))
	var out []member.Entry
	for _, cell := range cells {
		roll, err := member.Roll(ctx, q, cell.Root, cell.ID, s.now().Date())
		if err != nil {
			return nil, err
		}
		out = append(out, slices.DeleteFunc(roll, func(e member.Entry) bool { return !e.Standing.CountsInAttendance() })...)
	}
	return out, err
}

// Replace lets somebody come in the place of a delegate: the old one stands no more, the
// new one says whom it replaces and takes the seats. The old number is not given again.
func (s *Service) Replace(ctx context.Context, who access.Person, conferenceID, delegateID string, d Delegate) (Delegate, error) {
	d.ID = id.New()
	err := s.onDelegate(ctx, who, conferenceID, delegateID, "delegation.replaced", func(tx *db.Tx, a Asked, old Delegate) (err error) {
		d.Category, d.UnitRoot, d.UnitID, d.Unit, d.Replaces = old.Category, old.UnitRoot, old.UnitID, old.Unit, old.ID
		if d.Member != "" {
			if d, err = s.ofUnit(ctx, tx, a, d); err != nil {
				return err
			}
		}
		if err := leave(ctx, tx, old, s.now()); err != nil {
			return err
		}
		if d, err = s.add(ctx, tx, who, a.Conference, d); err != nil {
			return err
		}
		return handSeats(ctx, tx, old, d)
	})
	return d, err
}

// Withdraw takes a delegate off the list; the seats are free again.
func (s *Service) Withdraw(ctx context.Context, who access.Person, conferenceID, delegateID string) error {
	return s.onDelegate(ctx, who, conferenceID, delegateID, "delegation.withdrawn", func(tx *db.Tx, _ Asked, old Delegate) error {
		if err := freeSeats(ctx, tx, old); err != nil {
			return err
		}
		return leave(ctx, tx, old, s.now())
	})
}

// Amend changes what is known of a delegate: name, post, telephone, mail; the office also
// changes the unit of those it has entered.
func (s *Service) Amend(ctx context.Context, who access.Person, conferenceID, delegateID string, d Delegate) error {
	return s.onDelegate(ctx, who, conferenceID, delegateID, "delegation.amended", func(tx *db.Tx, _ Asked, old Delegate) error {
		if old.Member != "" || d.Name == "" {
			d.Name = old.Name
		}
		if old.UnitID != "" || d.Unit == "" {
			d.Unit = old.Unit
		}
		d.ID, d.Root = old.ID, old.Root
		if err := d.check(); err != nil {
			return err
		}
		return amend(ctx, tx, d)
	})
}

// Reach returns a delegate to the office of the conference, and to the unit that sends them.
func (s *Service) Reach(ctx context.Context, q db.Q, who access.Person, conferenceID, delegateID string) (Asked, Delegate, error) {
	a := Asked{Office: true}
	d, err := find(ctx, q, conferenceID, delegateID)
	if err != nil {
		return a, d, err
	}
	a.Conference, err = conference.Get(ctx, q, who.Scope(conference.Keep), conferenceID)
	switch {
	case fault.Is(err, fault.NotFound):
		a, err = s.Ask(ctx, q, who, conferenceID, d.UnitID)
	case err == nil && d.UnitID != "":
		a.Unit, err = organization.Find(ctx, q, d.UnitRoot, d.UnitID)
	}
	return a, d, err
}

// onDelegate does something with a delegate who stands: by the office, or by the unit that
// sends them while it may still name.
func (s *Service) onDelegate(ctx context.Context, who access.Person, conferenceID, delegateID, action string, do func(*db.Tx, Asked, Delegate) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		a, d, err := s.Reach(ctx, tx, who, conferenceID, delegateID)
		switch {
		case err != nil:
			return err
		case !a.Open(s.now().Date()):
			return fault.New(fault.Conflict, "delegation.problem.late")
		case !d.Stands():
			return fault.New(fault.Conflict, "delegation.problem.gone", "Name", d.Name)
		}
		if err := do(tx, a, d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, a.Root, action, d.ID, nil)
	})
}

// TakeHosts puts the members of the hosts on the list, those who are not there already, and
// returns how many. They come with name and post: their telephones and mails stay on the roll of
// their cell, which gives them for this conference if it likes (Amend).
func (s *Service) TakeHosts(ctx context.Context, who access.Person, conferenceID string) (n int, err error) {
	err = s.keep(ctx, who, conferenceID, "delegation.hosts_taken", "", func(tx *db.Tx, x conference.Conference) error {
		lines, err := conference.Categories(ctx, tx, x)
		if err != nil {
			return err
		}
		sittings, err := conference.Sittings(ctx, tx, x)
		if err != nil {
			return err
		}
		for _, y := range lines {
			for _, sitting := range sittings {
				if y.Source != conference.FromHosts || sitting.Host == "" || !y.Attends(sitting.ID) {
					continue
				}
				taken, err := s.takeHost(ctx, tx, who, x, y, sitting)
				if err != nil {
					return err
				}
				n += taken
			}
		}
		return nil
	})
	return n, err
}

func (s *Service) takeHost(ctx context.Context, tx *db.Tx, who access.Person, x conference.Conference, y conference.Category, sitting conference.Sitting) (n int, err error) {
	o, err := organization.Find(ctx, tx, sitting.HostRoot, sitting.Host)
	if err != nil {
		return 0, err
	}
	roll, err := hostRoll(ctx, tx, sitting)
	if err != nil {
		return 0, err
	}
	for _, e := range roll {
		d := fromRoll(Delegate{Category: y.ID, UnitRoot: o.Root, UnitID: o.ID, Unit: o.Name}, e.Member)
		_, err := s.add(ctx, tx, who, x, d)
		switch {
		case err == nil:
			n++
		case !fault.Is(err, fault.Conflict): // stands already
			return n, err
		}
	}
	return n, nil
}
