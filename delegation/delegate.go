// Package delegation brings people to a conference: from the composition to a name, an
// invitation with a number, an answer and a seat: đoàn đại biểu.
//
// Its story: each line of the composition gives a unit so many places. The unit names its
// delegates by a day ("cử cán bộ tham dự theo đúng thành phần", 82-KH/ĐU of 2024, III.3);
// the office invites guests and the press (III.2). Whoever cannot come is replaced.
package delegation

import (
	"strings"

	"chibo/kit/fault"
	"chibo/kit/text"
	"chibo/kit/when"
)

// Answer is what somebody said to an invitation.
type Answer string

// The answers; empty: none yet.
const (
	Coming   Answer = "coming"
	Declined Answer = "declined"
)

// Delegate is somebody who is to attend a conference, or came without having been named.
type Delegate struct {
	Root       string `db:"root_id" form:"-"`
	ID         string `form:"-"`
	Conference string `db:"conference_id" form:"-"`
	Category   string `db:"category_id" form:"category"`
	// UnitRoot and UnitID are the unit that sends, where it is of the tree; Unit is its name.
	UnitRoot string `form:"-"`
	UnitID   string `form:"-"`
	Unit     string `form:"unit"`
	// MemberRoot and Member are the member, where the roll is known.
	MemberRoot string `form:"-"`
	Member     string `db:"member_id" form:"-"`
	Name       string `form:"name"`
	Post       string `form:"post"` // chức vụ
	Phone      string `form:"phone"`
	Email      string `form:"email"`
	Number     int    `form:"-"` // of the invitation; 0: none was issued
	// Code is the secret on the invitation by which the person is known.
	Code      string       `form:"-"`
	IssuedAt  when.Instant `form:"-"` // when the invitation got its number
	PrintedAt when.Instant `form:"-"` // when it was last written for printing
	MailedAt  when.Instant `form:"-"` // when it was handed to the mail server
	// Answer is what the person said; of one who does not come, Reason says why and
	// Proposed, in their own words, who might come instead.
	Answer     Answer       `form:"-"`
	AnsweredAt when.Instant `form:"-"`
	Reason     string       `form:"-"`
	Proposed   string       `form:"-"`
	Replaces   string       `form:"-"` // id of the delegate whose place it is
	GoneAt     when.Instant `form:"-"` // when replaced or withdrawn; zero: stands
	WalkedIn   bool         `form:"-"` // written at the desk
	NamedAt    when.Instant `form:"-"`
	NamedBy    string       `form:"-"`
}

// Stands reports whether the person is still a delegate.
func (d Delegate) Stands() bool { return d.GoneAt.IsZero() }

// Path returns the address of the page of a delegate.
func (d Delegate) Path() string { return delegatesPath(d.Conference) + "/people/" + d.ID }

// Invitation returns the public address of the invitation: whoever knows it is the person.
func (d Delegate) Invitation() string { return "/i/" + d.Code }

func delegatesPath(conferenceID string) string { return "/conferences/" + conferenceID + "/delegates" }

func unitPath(conferenceID, unit string) string {
	return delegatesPath(conferenceID) + "/units/" + unit
}

// longest is how long a text may be, in letters.
const longest = 200

func (d Delegate) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(d.Name) != "", "name", "delegation.problem.name")
	c.That(strings.TrimSpace(d.Unit) != "", "unit", "delegation.problem.unit")
	for field, text := range map[string]string{"name": d.Name, "unit": d.Unit, "post": d.Post, "phone": d.Phone, "email": d.Email} {
		c.That(len([]rune(text)) <= longest, field, "delegation.problem.long")
	}
	c.That(d.Email == "" || text.Mailable(d.Email), "email", "delegation.problem.email")
	return c.Err()
}

// Reply is what somebody answers to an invitation.
type Reply struct {
	Answer   Answer `form:"answer"`
	Reason   string `form:"reason"`
	Proposed string `form:"proposed"` // who might come instead
}

func (r Reply) check() error {
	var c fault.Check
	c.That(r.Answer == Coming || r.Answer == Declined, "answer", "delegation.problem.answer")
	c.That(r.Answer != Declined || strings.TrimSpace(r.Reason) != "", "reason", "delegation.problem.reason")
	c.That(len([]rune(r.Reason)) <= longest, "reason", "delegation.problem.long")
	c.That(len([]rune(r.Proposed)) <= longest, "proposed", "delegation.problem.long")
	return c.Err()
}
