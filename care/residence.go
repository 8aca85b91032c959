package care

import (
	"time"

	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/when"
)

// Excuse is why somebody is not commented on every year by the cell where they live
// (HD 33-HD/BTCTW, 30/10/2020, section 1).
type Excuse string

// The excuses.
const (
	NoExcuse Excuse = ""
	// FarAway are those who are introduced and need not come: in barracks, far from
	// home for work, away to study for a year (1.1); asked only when there is need.
	FarAway Excuse = "far"
	// NotIntroduced are those who are not introduced at all (1.2).
	NotIntroduced Excuse = "not_introduced"
)

// Excuses lists the excuses in the order of the form.
var Excuses = []Excuse{NoExcuse, FarAway, NotIntroduced}

func (e Excuse) check(c *fault.Check) {
	c.That(e == NoExcuse || e == FarAway || e == NotIntroduced, "excuse", "care.problem.excuse")
}

// Home is the cell of the place of residence to which a member was introduced.
type Home struct {
	Root         string    `db:"root_id" form:"-"`
	Organization string    `db:"organization_id" form:"organization"`
	Member       string    `db:"member_id" form:"member"`
	Cell         string    `form:"cell"` // in words: it may belong to another đảng bộ
	IntroducedOn when.Date `form:"introduced_on"`
	Excuse       Excuse    `form:"excuse"`
}

func (h Home) check(today when.Date) error {
	var c fault.Check
	c.That(h.Member != "", "member", "care.problem.member")
	h.Excuse.check(&c)
	if h.Excuse != NotIntroduced {
		told(&c, h.Cell, "cell", "care.problem.cell")
	}
	short(&c, h.Cell, "cell")
	c.That(!today.Before(h.IntroducedOn), "introduced_on", "care.problem.future")
	return c.Err()
}

// Comment is what the cell of the place of residence was asked to say of a member for
// a year, and what it said (E22 of the elements of the field).
type Comment struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
	Year         int
	Cell         string
	AskedOn      when.Date
	DueOn        when.Date
	CameOn       when.Date // zero until it has come
	Merits       string
	Faults       string
}

// Came reports whether the comment has come.
func (k Comment) Came() bool { return !k.CameOn.IsZero() }

// Overdue reports whether the comment should have come by day.
func (k Comment) Overdue(day when.Date) bool { return !k.Came() && k.DueOn.Before(day) }

// dueBy is the day by which the comments of a year are wanted: before the review of
// the year, which is held in December.
func dueBy(year int) when.Date { return when.On(year, time.November, 30) }

// Reply is the comment as it came on paper.
type Reply struct {
	On     when.Date `form:"on"`
	Merits string    `form:"merits"`
	Faults string    `form:"faults"`
}

// answered returns the comment with what came. What was mistyped may be entered
// again.
func (k Comment) answered(r Reply, today when.Date) (Comment, error) {
	k.CameOn, k.Merits, k.Faults = r.On, r.Merits, r.Faults
	var c fault.Check
	past(&c, r.On, today, "on")
	c.That(!r.On.Before(k.AskedOn), "on", "care.problem.order")
	told(&c, r.Merits, "merits", "care.problem.merits")
	short(&c, r.Faults, "faults")
	return k, c.Err()
}

// Resident is a member of another cell who lives here and keeps in touch with this
// one (E12 of the elements of the field).
type Resident struct {
	Root         string    `db:"root_id" form:"-"`
	ID           string    `form:"-"`
	Organization string    `db:"organization_id" form:"organization"`
	FullName     string    `form:"full_name"`
	NameKey      string    `form:"-"` // orders people as lists do
	Cell         string    `form:"cell"`
	Address      string    `form:"address"`
	IntroducedOn when.Date `form:"introduced_on"`
	LeftOn       when.Date `form:"-"` // zero while the person lives here
	Excuse       Excuse    `form:"excuse"`
}

// Path returns the address of the page of a resident.
func (r Resident) Path() string { return "/care/residents/" + r.ID }

// filed returns the resident with the key that follows from the name.
func (r Resident) filed() Resident {
	r.FullName = search.Clean(r.FullName)
	r.NameKey = search.NameKey(r.FullName)
	return r
}

func (r Resident) check(today when.Date) error {
	var c fault.Check
	told(&c, r.FullName, "full_name", "care.problem.name")
	told(&c, r.Cell, "cell", "care.problem.cell")
	short(&c, r.Address, "address")
	past(&c, r.IntroducedOn, today, "introduced_on")
	c.That(r.Excuse == NoExcuse || r.Excuse == FarAway, "excuse", "care.problem.excuse")
	return c.Err()
}

// Remark is what this cell says of a resident for a year.
type Remark struct {
	Root     string `db:"root_id" form:"-"`
	Resident string `db:"resident_id" form:"-"`
	Year     int    `form:"year"`
	// Came says to how many of the meetings to which the cell Called them they came.
	Came   int       `form:"came"`
	Called int       `form:"called"`
	Merits string    `form:"merits"`
	Faults string    `form:"faults"`
	On     when.Date `db:"said_on" form:"on"`
}

func (k Remark) check(today when.Date) error {
	var c fault.Check
	c.That(k.Year >= 2020 && k.Year <= today.Year, "year", "care.problem.year")
	c.That(k.Called >= 0 && k.Called <= 366, "called", "care.problem.called")
	c.That(k.Came >= 0 && k.Came <= max(k.Called, 0), "came", "care.problem.came")
	told(&c, k.Merits, "merits", "care.problem.merits")
	short(&c, k.Faults, "faults")
	past(&c, k.On, today, "on")
	return c.Err()
}
