// Package permit asks for a second person where somebody takes more than one list of people
// away in a day.
//
// Its story: the office takes the list of the delegates of a conference, and nobody is asked.
// It takes the roll of a cell on the same day, and the program asks what for. Whoever else may
// take the same list reads on their home page who asks, for which list and why, and says yes or
// no; then the list is taken by one press, once, on that day. Where there is nobody to ask, the
// reason is enough, and those who keep watch are told.
//
// The people of one cell are no matter of this package as long as they are taken by whoever works
// in that cell. The same people twice are no second list: an office prints invitations, badges
// and the roll of a conference on one day.
package permit

import (
	"strings"
	"time"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// State says how far the asking has come.
type State string

// The states of a permit.
const (
	Begun   State = "begun" // the list was wanted, no reason is given yet
	Asked   State = "asked"
	Given   State = "given"
	Refused State = "refused"
	Alone   State = "alone" // given by the reason, for there was nobody to ask
	Taken   State = "taken"
)

// Permit is a list that was wanted after another one on the same day.
type Permit struct {
	Root         string `db:"root_id"`
	ID           string
	Account      string `db:"account_id"` // of who wants it
	Member       string `db:"member_id"`
	FullName     string
	Organization string    `db:"organization_id"` // whose people stand in it
	Kind         string    // what it is called: "permit.kind.…"
	Need         string    // what whoever takes it must have
	Address      string    // where it is taken
	AskedOn      when.Date // the day for which it is good
	State        State
	Reason       string
	AskedAt      when.Instant
	AnsweredBy   string // account
	AnsweredName string
	AnsweredAt   when.Instant
	Answer       string // words of who answered, may be empty
}

// Path returns the address of the page of a permit.
func (p Permit) Path() string { return "/permits/" + p.ID }

// Good reports whether the list may be taken by it on a day.
func (p Permit) Good(today when.Date) bool {
	return p.AskedOn == today && (p.State == Given || p.State == Alone)
}

// settledIn is how long somebody must have had an account, and the asker must have had no hand in
// what it may do, to be the second person: nobody makes one on the day they want a list.
const settledIn = 7 * 24 * time.Hour

// Words is what is typed: why a list is wanted, or what is answered.
type Words struct {
	Reason string `form:"reason"`
	Answer string `form:"answer"`
	Yes    bool   `form:"yes"`
}

// Limit of a text.
const longest = 500

// CheckReason returns the problems of the reason for which a list is wanted.
func (w Words) CheckReason() error {
	var k fault.Check
	k.That(strings.TrimSpace(w.Reason) != "", "reason", "permit.problem.reason")
	k.AtMost(w.Reason, longest, "reason")
	return k.Err()
}

// CheckAnswer returns the problems of an answer: whoever refuses says why.
func (w Words) CheckAnswer() error {
	var k fault.Check
	k.That(w.Yes || strings.TrimSpace(w.Answer) != "", "answer", "permit.problem.answer")
	k.AtMost(w.Answer, longest, "answer")
	return k.Err()
}
