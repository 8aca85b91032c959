// Package training sends secretaries and committee members to courses: bồi dưỡng nghiệp
// vụ công tác đảng.
//
// Its story: a committee puts up a course, with who teaches it, its days and the posts
// for which it is required. Whoever holds such a post in a cell below and has not
// attended it is a gap, and is invited at a press. After the course the committee marks
// who came and the numbers of their certificates; from then on the course stands in the
// record of each of them (package study), from which follows who is due again (E18 of
// the elements of the field).
//
// For how many years a course is worth was found nowhere: it is said by whoever puts the
// course up, and nothing is assumed where nobody does.
package training

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// Bounds of what is typed: letters of a text, years of worth, days of a course.
const longest, mostYears, mostDays = 300, 20, 366

// Posts are the posts for which a course may be required, in the order of the form.
var Posts = []organization.Post{organization.Secretary, organization.Deputy, organization.CommitteeMember, organization.MinuteTaker}

// PostList is posts as they are kept: with spaces between them.
type PostList []organization.Post

// Value stores the posts as text.
func (p PostList) Value() (driver.Value, error) {
	words := make([]string, len(p))
	for i, post := range p {
		words[i] = string(post)
	}
	return strings.Join(words, " "), nil
}

// Scan reads the posts from text.
func (p *PostList) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("posts from %T", src)
	}
	*p = nil
	for word := range strings.FieldsSeq(text) {
		*p = append(*p, organization.Post(word))
	}
	return nil
}

// Course is a course that a committee puts up.
type Course struct {
	Root         string `db:"root_id" form:"-"`
	ID           string `form:"-"`
	Organization string `db:"organization_id" form:"organization"` // the committee
	Title        string `form:"title"`
	Body         string `form:"body"` // who teaches it
	Place        string `form:"place"`
	// From and Until are the first and the last day.
	From  when.Date `db:"from_on" form:"from"`
	Until when.Date `db:"until_on" form:"until"`
	// Posts are those for which it is required; empty where it is open to whoever is invited.
	Posts PostList `form:"posts"`
	// Years is for how many years it is worth, 0 where nobody has said.
	Years       int          `form:"years"`
	CancelledAt when.Instant `form:"-"`
	EnteredAt   when.Instant `form:"-"`
	EnteredBy   string       `form:"-"`
}

// Path returns the address of the page of a course.
func (c Course) Path() string { return "/training/" + c.ID }

// Open reports whether people may still be invited and marked.
func (c Course) Open() bool { return c.CancelledAt.IsZero() }

// Begun reports whether the course has begun on an earlier day, so that it can no longer be
// called off.
func (c Course) Begun(today when.Date) bool { return c.From.Before(today) }

// Over reports whether the last day has come, so that who attended can be marked.
func (c Course) Over(today when.Date) bool { return !today.Before(c.Until) }

// WorthUntil returns the last day on which having attended is worth something, zero
// where nobody has said.
func (c Course) WorthUntil() when.Date {
	if c.Years == 0 {
		return when.Date{}
	}
	return when.On(c.Until.Year+c.Years, c.Until.Month, c.Until.Day).AddDays(-1)
}

// Check returns the problems of what was typed for c.
func (c Course) Check() error {
	var k fault.Check
	k.That(strings.TrimSpace(c.Title) != "", "title", "training.problem.title")
	k.That(strings.TrimSpace(c.Body) != "", "body", "training.problem.body")
	for field, text := range map[string]string{"title": c.Title, "body": c.Body, "place": c.Place} {
		k.That(len([]rune(text)) <= longest, field, "training.problem.long")
	}
	k.That(!c.From.IsZero(), "from", "training.problem.day")
	k.That(!c.Until.IsZero(), "until", "training.problem.day")
	k.That(!c.Until.Before(c.From), "until", "training.problem.order")
	k.That(c.From.IsZero() || c.From.DaysUntil(c.Until) < mostDays, "until", "training.problem.order")
	k.That(c.Years >= 0 && c.Years <= mostYears, "years", "training.problem.years")
	for _, p := range c.Posts {
		k.That(slices.Contains(Posts, p), "posts", "training.problem.posts")
	}
	return k.Err()
}

// State says how somebody stands to a course.
type State string

// The states of a seat.
const (
	Invited  State = "invited"
	Attended State = "attended"
	Absent   State = "absent"
)

// States lists the states in the order of the form.
var States = []State{Invited, Attended, Absent}

// Seat is somebody who was invited to a course.
type Seat struct {
	Root         string `db:"root_id"`
	Course       string `db:"course_id"`
	Member       string `db:"member_id"`
	Organization string `db:"organization_id"` // the cell they come from
	State        State
	Certificate  string // its number; empty where there is none
	// Record is the id of the course in the record of who attended: see study.Record.
	Record    string `db:"record_id"`
	InvitedAt when.Instant
}

// Holder is somebody who holds a post in a cell.
type Holder struct {
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
	Post         organization.Post
}

// Gaps returns the holders of the posts for which a course is required who have neither
// attended it nor been invited: each once, with their highest post. A course that is
// required for no post is open to all holders.
func Gaps(c Course, holders []Holder, seats []Seat) []Holder {
	has := map[string]bool{}
	for _, s := range seats {
		has[s.Member] = true
	}
	var out []Holder
	for _, post := range Posts {
		if len(c.Posts) > 0 && !slices.Contains(c.Posts, post) {
			continue
		}
		for _, h := range holders {
			if h.Post == post && !has[h.Member] {
				out, has[h.Member] = append(out, h), true
			}
		}
	}
	return out
}
