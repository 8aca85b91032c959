package study

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// The needs of the feature. See opens the sessions of a cell and one's own share, Lead
// the shares of all, for the committee of the cell; Oversee the courses of those who
// lead the cells below, for the committee above, which also says after how many years
// they are due.
const (
	See     access.Need = "study.see"
	Lead    access.Need = "study.lead"
	Oversee access.Need = "study.oversee"
)

// Service does what people do with what is learned.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

func (s *Service) today() when.Date { return s.now().Date() }

// cell returns a cell that somebody leads.
func (s *Service) cell(ctx context.Context, q db.Q, who access.Person, organizationID string) (organization.Organization, error) {
	return organization.GetCell(ctx, q, who.Scope(Lead), organizationID)
}

// Hold writes down a session, at which everybody who was expected that day came until
// somebody says otherwise.
func (s *Service) Hold(ctx context.Context, who access.Person, x Session) (Session, error) {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := s.cell(ctx, tx, who, x.Organization)
		if err != nil {
			return err
		}
		if err := x.check(s.today()); err != nil {
			return err
		}
		x.Root, x.ID, x.EnteredAt, x.EnteredBy = o.Root, id.New(), s.now(), who.Member
		if err := db.Insert(ctx, tx, "study_session", x); err != nil {
			return err
		}
		roll, err := member.Roll(ctx, tx, o.Root, o.ID, x.On)
		if err != nil {
			return err
		}
		all := make([]Attendance, len(roll))
		for i, e := range roll {
			all[i] = Attendance{Root: x.Root, Session: x.ID, Member: e.ID, State: NotExpected}
			if e.Standing.CountsInAttendance() {
				all[i].State = Came
			}
		}
		if err := db.InsertAll(ctx, tx, "study_attendance", all); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, "study.held", x.ID, nil)
	})
	return x, err
}

// led returns a session of a cell that somebody leads.
func (s *Service) led(ctx context.Context, q db.Q, who access.Person, sessionID string) (Session, error) {
	x, err := sessionFor(ctx, q, who.Scope(See), sessionID)
	if err != nil {
		return x, err
	}
	if _, err = s.cell(ctx, q, who, x.Organization); err != nil {
		err = fault.New(fault.Forbidden, "fault.forbidden")
	}
	return x, err
}

// Mark writes down how the people of a session stood, by member; who is not named
// stays as they are.
func (s *Service) Mark(ctx context.Context, who access.Person, sessionID string, states map[string]Presence) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := s.led(ctx, tx, who, sessionID)
		if err != nil {
			return err
		}
		all, err := attendances(ctx, tx, x.Root, x.ID)
		if err != nil {
			return err
		}
		for _, a := range all {
			state, named := states[a.Member]
			if !named || state == a.State {
				continue
			}
			if !slices.Contains(Presences, state) {
				return fault.New(fault.Invalid, "study.problem.presence")
			}
			a.State, a.MadeUpOn = state, when.Date{}
			if err := putAttendance(ctx, tx, a); err != nil {
				return err
			}
		}
		return s.Audit.Write(ctx, tx, who, x.Root, "study.marked", x.ID, nil)
	})
}

// MakeUp writes down that somebody who did not come studied it on a later day.
func (s *Service) MakeUp(ctx context.Context, who access.Person, sessionID, memberID string, on when.Date) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := s.led(ctx, tx, who, sessionID)
		if err != nil {
			return err
		}
		all, err := attendances(ctx, tx, x.Root, x.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(a Attendance) bool { return a.Member == memberID })
		if at < 0 {
			var c fault.Check
			c.That(false, "member", "study.problem.member")
			return c.Err()
		}
		a, err := all[at].madeUp(on, x.On, s.today())
		if err != nil {
			return err
		}
		if err := putAttendance(ctx, tx, a); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, "study.made_up", x.ID, map[string]string{"member": memberID})
	})
}

// Drop takes out a session that was written down by mistake.
func (s *Service) Drop(ctx context.Context, who access.Person, sessionID string) (Session, error) {
	x, err := s.led(ctx, s.DB, who, sessionID)
	if err != nil {
		return x, err
	}
	return x, s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := dropSession(ctx, tx, x); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, "study.dropped", x.ID, nil)
	})
}

// Year is what a cell has studied in a year.
type Year struct {
	Cell     organization.Organization
	Year     int
	Sessions []Session
	// Shares are by member; for those who do not lead, only their own.
	Shares map[string]Share
	Roll   []member.Entry // for those who lead
	Leads  bool
	// Mine says how the reader stood, by session.
	Mine map[string]Attendance
}

// Of returns what a cell has studied in a year, as far as somebody may see it.
func (s *Service) Of(ctx context.Context, who access.Person, organizationID string, year int) (Year, error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(See), organizationID)
	if err != nil {
		return Year{}, err
	}
	v := Year{Cell: o, Year: year, Shares: map[string]Share{}, Mine: map[string]Attendance{}, Leads: who.MayAt(Lead, o.Path)}
	first, last := when.On(year, time.January, 1), when.On(year, time.December, 31)
	if v.Sessions, err = sessions(ctx, s.DB, o.Root, o.ID, first, last); err != nil {
		return v, err
	}
	all, err := attendancesIn(ctx, s.DB, o.Root, o.ID, first, last)
	if err != nil {
		return v, err
	}
	by := map[string][]Attendance{}
	for _, a := range all {
		if a.Member == who.Member {
			v.Mine[a.Session] = a
		}
		if v.Leads || a.Member == who.Member {
			by[a.Member] = append(by[a.Member], a)
		}
	}
	for m, theirs := range by {
		v.Shares[m] = ShareOf(theirs)
	}
	if v.Leads {
		v.Roll, err = member.Roll(ctx, s.DB, o.Root, o.ID, s.today())
	}
	return v, err
}

// Sheet is a session with those who belong to it.
type Sheet struct {
	Session
	Cell organization.Organization
	// People are those of the roll of that day in its order, for those who lead; Mine is
	// how the reader stood.
	People []Person
	Mine   Attendance
	Leads  bool
}

// Person is somebody at a session.
type Person struct {
	Attendance
	Name string
}

// View returns a session as far as somebody may see it.
func (s *Service) View(ctx context.Context, who access.Person, sessionID string) (Sheet, error) {
	x, err := sessionFor(ctx, s.DB, who.Scope(See), sessionID)
	if err != nil {
		return Sheet{}, err
	}
	v := Sheet{Session: x}
	if v.Cell, err = organization.Get(ctx, s.DB, who.Scope(See), x.Organization); err != nil {
		return v, err
	}
	v.Leads = who.MayAt(Lead, v.Cell.Path)
	all, err := attendances(ctx, s.DB, x.Root, x.ID)
	if err != nil {
		return v, err
	}
	by := map[string]Attendance{}
	for _, a := range all {
		by[a.Member] = a
	}
	v.Mine = by[who.Member]
	if !v.Leads {
		return v, nil
	}
	roll, err := member.Roll(ctx, s.DB, x.Root, x.Organization, x.On)
	for _, e := range roll {
		if a, there := by[e.ID]; there {
			v.People = append(v.People, Person{a, e.FullName})
		}
	}
	return v, err
}

// AddCourse writes down a course that somebody of a cell has attended.
func (s *Service) AddCourse(ctx context.Context, who access.Person, k Course) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := s.cell(ctx, tx, who, k.Organization)
		if err != nil {
			return err
		}
		if err := k.check(s.today()); err != nil {
			return err
		}
		_, listed, err := member.EntryOn(ctx, tx, o.Root, o.ID, k.Member, s.today())
		if err != nil {
			return err
		}
		if !listed {
			var c fault.Check
			c.That(false, "member", "study.problem.member")
			return c.Err()
		}
		k.Root, k.ID, k.EnteredAt, k.EnteredBy = o.Root, id.New(), s.now(), who.Member
		if err := db.Insert(ctx, tx, "study_course", k); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, k.Root, "study.course", k.ID, map[string]string{"member": k.Member})
	})
}

// Record writes down within tx a course that somebody has attended, as another feature
// knows it, and returns its id.
func Record(ctx context.Context, tx *db.Tx, k Course) (string, error) {
	k.ID = id.New()
	return k.ID, db.Insert(ctx, tx, "study_course", k)
}

// Unrecord takes such a course out again.
func Unrecord(ctx context.Context, tx *db.Tx, root, course string) error {
	return dropCourse(ctx, tx, Course{Root: root, ID: course})
}

// DropCourse takes out a course that was written down by mistake.
func (s *Service) DropCourse(ctx context.Context, who access.Person, courseID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		k, err := courseFor(ctx, tx, who.Scope(Lead), courseID)
		if err != nil {
			return err
		}
		if err := dropCourse(ctx, tx, k); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, k.Root, "study.course_dropped", k.ID, nil)
	})
}

// yearsAt returns after how many years those who lead a unit of the path are due again:
// what the nearest unit at or above it has set.
func yearsAt(set []setting, path string) int {
	years, nearest := DefaultYears, -1
	for _, x := range set {
		if at := strings.Index(path, "/"+x.Organization+"/"); at > nearest {
			years, nearest = x.Years, at
		}
	}
	return years
}

// Settle says for a unit and all below it after how many years those who lead are due
// again.
func (s *Service) Settle(ctx context.Context, who access.Person, organizationID string, years int) error {
	o, err := organization.Get(ctx, s.DB, who.Scope(Oversee), organizationID)
	if err != nil {
		return err
	}
	var c fault.Check
	c.That(years >= fewest && years <= manyest, "years", "study.problem.years")
	if err := c.Err(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := putSetting(ctx, tx, o.Root, o.ID, years); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "study.settled", o.ID, map[string]int{"years": years})
	})
}

// Training is who leads the cells that somebody leads or oversees, with the courses.
type Training struct {
	Leaders []Due
	// Due says of whom of the Leaders a course is due, by their place in the list.
	Due     []bool
	Courses []Course
	Names   map[string]string
}

// count returns how many are due.
func count(due []bool) int {
	n := 0
	for _, is := range due {
		if is {
			n++
		}
	}
	return n
}

// mostCourses is how many courses the list shows at most.
const mostCourses = 500

// Trained returns the training of those who lead in a scope.
func (s *Service) Trained(ctx context.Context, sc access.Scope) (Training, error) {
	t := Training{Names: map[string]string{}}
	var err error
	if t.Leaders, t.Due, err = s.due(ctx, sc); err != nil {
		return t, err
	}
	if t.Courses, err = courses(ctx, s.DB, sc, mostCourses); err != nil {
		return t, err
	}
	people := map[string][]string{} // ids by root
	for _, d := range t.Leaders {
		people[d.Cell.Root] = append(people[d.Cell.Root], d.Member)
	}
	for _, k := range t.Courses {
		people[k.Root] = append(people[k.Root], k.Member)
	}
	for root, ids := range people {
		names, err := member.Names(ctx, s.DB, root, ids...)
		if err != nil {
			return t, err
		}
		maps.Copy(t.Names, names)
	}
	return t, nil
}

// due returns who leads the cells of a scope, and of whom of them a course is due.
func (s *Service) due(ctx context.Context, sc access.Scope) ([]Due, []bool, error) {
	units, err := organization.Under(ctx, s.DB, sc)
	if err != nil {
		return nil, nil, err
	}
	cells := map[string]organization.Organization{}
	for _, o := range units {
		cells[o.ID] = o
	}
	set, err := settings(ctx, s.DB)
	if err != nil {
		return nil, nil, err
	}
	all, err := leaders(ctx, s.DB, sc, s.today())
	var people []Due
	var due []bool
	seen := map[[2]string]bool{}
	for _, x := range all {
		key := [2]string{x.Organization, x.Member}
		if seen[key] {
			continue // holds a second post: the first is the higher one
		}
		seen[key] = true
		d := Due{Cell: cells[x.Organization], Member: x.Member, Post: organization.Post(x.Post), Last: x.Last}
		people, due = append(people, d), append(due, d.Is(s.today(), yearsAt(set, d.Cell.Path)))
	}
	return people, due, err
}

// ShareIn returns how somebody of a cell studied between two days.
func ShareIn(ctx context.Context, q db.Q, root, organization, memberID string, first, last when.Date) (Share, error) {
	all, err := attendancesIn(ctx, q, root, organization, first, last)
	return ShareOf(slices.DeleteFunc(all, func(a Attendance) bool { return a.Member != memberID })), err
}
