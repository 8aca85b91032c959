// Package reception is the desk at the door of a conference (bàn đón tiếp), and its
// roll-call (điểm danh).
//
// Its story: a thousand delegates come in ten minutes, at three desks, and the network of
// the hall fails. Each desk writes down who came, on its own device, and goes on. The log
// of all desks is the truth: events made on devices, only added to, of which nobody knows
// in which order they arrive. Fold makes the roll of them, the same of every order, and
// counts each person once. What machines cannot know, two people of one name or one person
// written twice, is a Doubt, for somebody to settle.
package reception

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/text"
	"chibo/kit/when"
)

// Kind is what an event says.
type Kind string

// The kinds.
const (
	Came  Kind = "came"  // somebody has arrived
	Back  Kind = "back"  // event Of is taken back
	Same  Kind = "same"  // Of, who was written down, is one with With or with Delegate
	Apart Kind = "apart" // … is somebody else
)

// Way is how somebody was known at the desk.
type Way string

// The ways.
const (
	ByCode      Way = "qr"          // the code of the invitation was scanned
	ByName      Way = "name"        // found in the list
	WalkIn      Way = "walk_in"     // was not named and came
	Replacement Way = "replacement" // came in somebody's place (đi thay)
	OnPaper     Way = "paper"       // ticked on the printed list, typed in later
)

// Ways lists the ways in the order in which people read them.
var Ways = []Way{ByCode, ByName, WalkIn, Replacement, OnPaper}

// Event is one line of the log of a sitting. It is made on a device, also without a
// network, and never changed.
type Event struct {
	Root    string `db:"root_id" json:"-"`
	Sitting string `db:"sitting_id" json:"-"`
	ID      string `json:"id"`
	Seq     int64  `json:"seq,omitempty"` // the server's, in the order of receipt
	Kind    Kind   `json:"kind"`
	Way     Way    `json:"way,omitempty"`
	// Delegate is who came, of those who are named; a walk-in or a replacement has Name,
	// Unit and Category instead. Of and With are ids of events.
	Delegate string `db:"delegate_id" json:"delegate,omitempty"`
	Name     string `json:"name,omitempty"`
	Unit     string `json:"unit,omitempty"`
	Category string `db:"category_id" json:"category,omitempty"`
	Replaces string `json:"replaces,omitempty"` // the delegate in whose place somebody came
	Of       string `db:"of_id" json:"of,omitempty"`
	With     string `db:"with_id" json:"with,omitempty"`
	Desk     string `json:"desk"`
	// At is when it was, as far as that can be known: the time of the device, corrected by
	// how wrong its clock was when it sent.
	At         when.Instant `json:"at"`
	DeviceAt   when.Instant `json:"-"`
	ReceivedAt when.Instant `json:"-"`
	Account    string       `db:"account_id" json:"-"`
}

// person is the key of whoever an event of kind Came speaks of: the id of a delegate, or of
// the event itself.
func (e Event) person() string { return cmp.Or(e.Delegate, e.ID) }

// pair is whom a verdict speaks of.
func (e Event) pair() pair { return pairOf(e.Of, cmp.Or(e.With, e.Delegate)) }

// compare orders events by time, and those of one moment by id.
func (e Event) compare(f Event) int {
	if e.At != f.At {
		return int(max(-1, min(1, e.At-f.At)))
	}
	return strings.Compare(e.ID, f.ID)
}

const (
	longestName = 200
	longestDesk = 60
)

// clean returns an event as it is kept.
func (e Event) clean() Event {
	for _, field := range []*string{&e.Name, &e.Unit, &e.Desk} {
		*field = text.Line(*field)
	}
	return e
}

// check refuses what no desk says.
func (e Event) check() error {
	var c fault.Check
	c.That(id.Valid(e.ID), "id", "reception.problem.event")
	c.That(e.Desk != "" && utf8.RuneCountInString(e.Desk) <= longestDesk, "desk", "reception.problem.desk")
	for _, s := range []string{e.Name, e.Unit} {
		c.That(utf8.RuneCountInString(s) <= longestName, "name", "reception.problem.long")
	}
	switch e.Kind {
	case Came:
		e.checkCame(&c)
	case Back:
		c.That(id.Valid(e.Of), "of", "reception.problem.event")
	case Same, Apart:
		c.That(id.Valid(e.Of) && (id.Valid(e.With) != (e.Delegate != "")) && e.Of != e.With, "of", "reception.problem.event")
	default:
		c.That(false, "kind", "reception.problem.event")
	}
	return c.Err()
}

func (e Event) checkCame(c *fault.Check) {
	c.That(slices.Contains(Ways, e.Way), "way", "reception.problem.event")
	written := e.Way == WalkIn || e.Way == Replacement
	c.That(written == (e.Delegate == ""), "delegate", "reception.problem.event")
	c.That((e.Way == Replacement) == (e.Replaces != ""), "replaces", "reception.problem.event")
	if written {
		c.That(e.Name != "", "name", "reception.problem.name")
		c.That(e.Unit != "", "unit", "reception.problem.unit")
		c.That(e.Category != "", "category", "reception.problem.category")
	}
}
