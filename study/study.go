// Package study keeps what the members of a cell learn: học tập, bồi dưỡng.
//
// Its story: a resolution comes down and is studied; the secretary writes down when
// and what, and ticks who of the roll was there. Whoever was kept away makes it up
// later and is ticked then. A year of sessions gives each member a share, which
// stands beside their rating as evidence (studying resolutions is a duty of members,
// Điều lệ Đảng 19/01/2011, art. 2; E17 of the elements of the field).
//
// Secretaries and committee members besides attend courses for their office (bồi
// dưỡng nghiệp vụ công tác đảng, E18): who has attended which, and who is due again
// after a number of years that the committee above may set, is a list of the cell
// and of every committee above it.
package study

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// Kind is what is studied.
type Kind string

// The kinds of a session.
const (
	Resolution Kind = "resolution" // nghị quyết, chỉ thị
	Theory     Kind = "theory"     // lý luận chính trị
	Example    Kind = "example"    // học tập và làm theo Bác
	Topical    Kind = "topical"    // thông tin, chuyên đề khác
)

// Kinds lists the kinds in the order of the form.
var Kinds = []Kind{Resolution, Theory, Example, Topical}

// longest is how long a text may be, in letters.
const longest = 500

// Session is one session of study.
type Session struct {
	Root         string    `db:"root_id" form:"-"`
	ID           string    `form:"-"`
	Organization string    `db:"organization_id" form:"organization"` // id of the cell
	On           when.Date `db:"held_on" form:"on"`
	Kind         Kind      `form:"kind"`
	Subject      string    `form:"subject"`
	// Document is what was studied, as its number: "21-NQ/TW". May be empty.
	Document  string       `form:"document"`
	Organizer string       `form:"organizer"`
	Place     string       `form:"place"`
	EnteredAt when.Instant `form:"-"`
	EnteredBy string       `form:"-"` // id of the member
}

// Path returns the address of the page of a session.
func (s Session) Path() string { return "/study/sessions/" + s.ID }

func (s Session) check(today when.Date) error {
	var c fault.Check
	c.That(!s.On.IsZero(), "on", "study.problem.day")
	c.That(!today.Before(s.On), "on", "study.problem.future")
	c.That(slices.Contains(Kinds, s.Kind), "kind", "study.problem.kind")
	c.That(strings.TrimSpace(s.Subject) != "", "subject", "study.problem.subject")
	long(&c, map[string]string{"subject": s.Subject, "document": s.Document, "organizer": s.Organizer, "place": s.Place})
	return c.Err()
}

func long(c *fault.Check, texts map[string]string) {
	for field, text := range texts {
		c.AtMost(text, longest, field)
	}
}

// Presence is how somebody of the roll stood at a session.
type Presence string

// The presences. NotExpected are those who need not come: the exempt, and those who
// attend elsewhere for a time.
const (
	Came        Presence = "came"
	Excused     Presence = "excused"
	Absent      Presence = "absent"
	NotExpected Presence = "not_expected"
)

// Presences lists the presences in the order of the form.
var Presences = []Presence{Came, Excused, Absent, NotExpected}

// Attendance is how one member stood at one session.
type Attendance struct {
	Root    string `db:"root_id"`
	Session string `db:"session_id"`
	Member  string `db:"member_id"`
	State   Presence
	// MadeUpOn is the day on which somebody who did not come studied it after all.
	MadeUpOn when.Date
}

// MadeUp reports whether somebody who did not come studied it later.
func (a Attendance) MadeUp() bool { return !a.MadeUpOn.IsZero() }

// madeUp returns the attendance of somebody who has made a session up on a day.
func (a Attendance) madeUp(on, held, today when.Date) (Attendance, error) {
	var c fault.Check
	c.That(a.State == Excused || a.State == Absent, "member", "study.problem.nothing_missed")
	c.That(!on.IsZero() && !on.Before(held), "on", "study.problem.before")
	c.That(!today.Before(on), "on", "study.problem.future")
	a.MadeUpOn = on
	return a, c.Err()
}

// Share says at how many of the sessions to which somebody was expected they learned
// what was taught, there or later.
type Share struct{ Studied, Of, MadeUp int }

// Full reports whether nothing was missed.
func (s Share) Full() bool { return s.Of > 0 && s.Studied == s.Of }

// ShareOf counts the attendances of somebody.
func ShareOf(all []Attendance) Share {
	var s Share
	for _, a := range all {
		if a.State == NotExpected {
			continue
		}
		s.Of++
		switch {
		case a.State == Came:
			s.Studied++
		case a.MadeUp():
			s.Studied++
			s.MadeUp++
		}
	}
	return s
}

// CourseKind is what a course is for.
type CourseKind string

// The kinds of a course. Only one for the office counts for who is due.
const (
	ForOffice  CourseKind = "office" // nghiệp vụ công tác đảng, bồi dưỡng cấp ủy
	TheoryRank CourseKind = "theory" // sơ cấp, trung cấp, cao cấp lý luận chính trị
	OtherKind  CourseKind = "other"
)

// CourseKinds lists the kinds of a course in the order of the form.
var CourseKinds = []CourseKind{ForOffice, TheoryRank, OtherKind}

// Course is a course that a member has attended.
type Course struct {
	Root         string       `db:"root_id" form:"-"`
	ID           string       `form:"-"`
	Organization string       `db:"organization_id" form:"organization"`
	Member       string       `db:"member_id" form:"member"`
	Kind         CourseKind   `form:"kind"`
	Name         string       `form:"name"`
	Organizer    string       `form:"organizer"`
	From         when.Date    `db:"from_on" form:"from"`
	Until        when.Date    `db:"until_on" form:"until"`
	Certificate  string       `form:"certificate"` // its number; empty where there is none
	EnteredAt    when.Instant `form:"-"`
	EnteredBy    string       `form:"-"`
}

func (k Course) check(today when.Date) error {
	var c fault.Check
	c.That(k.Member != "", "member", "study.problem.member")
	c.That(slices.Contains(CourseKinds, k.Kind), "kind", "study.problem.course_kind")
	c.That(strings.TrimSpace(k.Name) != "", "name", "study.problem.name")
	c.That(!k.From.IsZero(), "from", "study.problem.day")
	c.That(!k.Until.IsZero(), "until", "study.problem.day")
	c.That(!k.Until.Before(k.From), "until", "study.problem.order")
	c.That(!today.Before(k.Until), "until", "study.problem.future")
	long(&c, map[string]string{"name": k.Name, "organizer": k.Organizer, "certificate": k.Certificate})
	return c.Err()
}

// DefaultYears is after how many years those who lead are due again where nobody has
// set it: once in a term of office of five years.
const DefaultYears = 5

// Bounds of the setting.
const fewest, manyest = 1, 10

// Due is somebody who leads and the course they last attended for it.
type Due struct {
	Cell   organization.Organization
	Member string
	Post   organization.Post
	// Last is the last day of the newest course for the office, zero where there was none.
	Last when.Date
}

// Is reports whether somebody is due on day: no course for the office has ended in the
// given number of years before it.
func (d Due) Is(day when.Date, years int) bool {
	return d.Last.IsZero() || d.Last.Before(when.On(day.Year-years, day.Month, day.Day))
}
