// Package care keeps how a cell looks after its people: chăm lo đảng viên.
//
// Its story: somebody of the cell falls ill, loses a house, buries a parent. The
// committee of the cell writes down what it is and since when, decides what will be
// done, goes there, and writes down that it was done; in the end the hardship is
// closed with a word on how it went. A visit to somebody who retires or turns
// eighty needs no hardship. Once a year it is noted whose family was recognised as
// a cultured family (gia đình văn hóa).
//
// A member who works keeps in touch with the cell where they live, and that cell
// says once a year how they did (213-QĐ/TW, 02/01/2020, Bộ Chính trị; HD
// 33-HD/BTCTW, 30/10/2020): residence.go has both sides, the comments that this
// cell asks for and those that it writes.
//
// All of it is seen by few: the committee of the cell, and the person whom it is
// about, who also sees who else has looked. It stands in no notice, no list of the
// roll, no export and, but for ids, in no log; the committee above does not read it.
package care

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Kind is what makes life hard.
type Kind string

// The kinds of hardship.
const (
	Illness  Kind = "illness"
	Poverty  Kind = "poverty"
	Disaster Kind = "disaster" // fire, storm, accident
	Family   Kind = "family"
	OtherWay Kind = "other"
)

// Kinds lists the kinds in the order of the form.
var Kinds = []Kind{Illness, Poverty, Disaster, Family, OtherWay}

// longest is how long a text may be, in letters; most how much money may be typed,
// in đồng: beyond it is a slip of the hand.
const (
	longest = 2000
	most    = 1_000_000_000
)

// Hardship is what a member has to bear (hoàn cảnh khó khăn; E19 of the elements of
// the field).
type Hardship struct {
	Root         string `db:"root_id" form:"-"`
	ID           string `form:"-"`
	Organization string `db:"organization_id" form:"organization"` // id of the cell
	Member       string `db:"member_id" form:"member"`
	Kind         Kind   `form:"kind"`
	What         string `form:"what"`
	// Since is the day from which it is so, as far as the cell knows.
	Since     when.Date    `db:"since_on" form:"since"`
	EnteredAt when.Instant `form:"-"`
	EnteredBy string       `form:"-"` // id of the member
	// ClosedOn is the day on which it was over, zero while it lasts; Outcome says how.
	ClosedOn when.Date `form:"-"`
	Outcome  string    `form:"-"`
}

// Open reports whether the hardship lasts.
func (h Hardship) Open() bool { return h.ClosedOn.IsZero() }

// Path returns the address of the page of a hardship.
func (h Hardship) Path() string { return "/care/hardships/" + h.ID }

func (h Hardship) check(today when.Date) error {
	var c fault.Check
	c.That(h.Member != "", "member", "care.problem.member")
	c.That(slices.Contains(Kinds, h.Kind), "kind", "care.problem.kind")
	told(&c, h.What, "what", "care.problem.what")
	past(&c, h.Since, today, "since")
	return c.Err()
}

// closed returns the hardship as it stands after it is over.
func (h Hardship) closed(on when.Date, outcome string, today when.Date) (Hardship, error) {
	if !h.Open() {
		return h, fault.New(fault.Conflict, "care.refused.closed")
	}
	h.ClosedOn, h.Outcome = on, outcome
	var c fault.Check
	past(&c, on, today, "on")
	c.That(!on.Before(h.Since), "on", "care.problem.order")
	told(&c, outcome, "outcome", "care.problem.outcome")
	return h, c.Err()
}

// Occasion is why somebody is visited or helped.
type Occasion string

// The occasions. Help belongs to a hardship, the others stand alone.
const (
	Help        Occasion = "help"
	Sick        Occasion = "sick"
	Bereavement Occasion = "bereavement"
	Retirement  Occasion = "retirement"
	Longevity   Occasion = "longevity" // mừng thọ
	Badge       Occasion = "badge"     // huy hiệu Đảng
	Festival    Occasion = "festival"  // Tết, 27/7, 03/02
)

// Occasions lists those that need no hardship, in the order of the form.
var Occasions = []Occasion{Sick, Bereavement, Retirement, Longevity, Badge, Festival}

// Deed is one help, visit or gift.
type Deed struct {
	Root         string   `db:"root_id" form:"-"`
	ID           string   `form:"-"`
	Organization string   `db:"organization_id" form:"organization"` // id of the cell
	Member       string   `db:"member_id" form:"member"`
	Hardship     string   `db:"hardship_id" form:"-"` // id, empty for a visit of its own
	Occasion     Occasion `form:"occasion"`
	What         string   `form:"what"`
	Amount       int64    `form:"amount"` // đồng, 0 where no money was given
	// Giver says in words who goes or gives: "chi ủy và tổ dân phố".
	Giver     string       `form:"giver"`
	DecidedOn when.Date    `form:"decided_on"`
	GivenOn   when.Date    `form:"given_on"` // zero until it is done
	EnteredAt when.Instant `form:"-"`
	EnteredBy string       `form:"-"`
}

// Given reports whether what was decided was done.
func (d Deed) Given() bool { return !d.GivenOn.IsZero() }

func (d Deed) check(today when.Date) error {
	var c fault.Check
	c.That(d.Member != "", "member", "care.problem.member")
	c.That(d.Hardship != "" && d.Occasion == Help || d.Hardship == "" && slices.Contains(Occasions, d.Occasion), "occasion", "care.problem.occasion")
	told(&c, d.What, "what", "care.problem.deed")
	short(&c, d.Giver, "giver")
	c.That(d.Amount >= 0 && d.Amount <= most, "amount", "care.problem.amount")
	past(&c, d.DecidedOn, today, "decided_on")
	if d.Given() {
		past(&c, d.GivenOn, today, "given_on")
		c.That(!d.GivenOn.Before(d.DecidedOn), "given_on", "care.problem.order")
	}
	return c.Err()
}

// given returns the deed as it stands once it is done.
func (d Deed) given(on, today when.Date) (Deed, error) {
	if d.Given() {
		return d, fault.New(fault.Conflict, "care.refused.given")
	}
	if on.IsZero() {
		on = today
	}
	d.GivenOn = on
	return d, d.check(today)
}

// Sums counts the deeds that were done and adds up their money, in đồng.
func Sums(deeds []Deed) (done int, amount int64) {
	for _, d := range deeds {
		if d.Given() {
			done++
			amount += d.Amount
		}
	}
	return done, amount
}

// FamilyYear says whether the family of a member was recognised as a cultured family
// in a year (E21 of the elements of the field). A year of which nothing is known has
// none.
type FamilyYear struct {
	Root         string `db:"root_id"`
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
	Year         int
	Cultured     bool
}

// told wants a text that says something and is not too long.
func told(c *fault.Check, text, field, missing string) {
	c.That(strings.TrimSpace(text) != "", field, missing)
	short(c, text, field)
}

func short(c *fault.Check, text, field string) {
	c.AtMost(text, longest, field)
}

// past wants a day that has come.
func past(c *fault.Check, day, today when.Date, field string) {
	c.That(!day.IsZero(), field, "care.problem.day")
	c.That(!today.Before(day), field, "care.problem.future")
}
