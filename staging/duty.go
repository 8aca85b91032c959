// Package staging readies the sittings of a conference: công tác tổ chức.
//
// Its story: behind a conference stands work that the plan gives out in a line each, the
// logistics with the units that take part, the staff who guide and serve, who leads the
// programme (82-KH/ĐU of 2024, III, a plan of the field). The office lays a standard list
// of duties backwards from the hour of a sitting and makes it its own: who, when, where,
// with which equipment. Whoever is in charge is told and ticks by phone; what is late
// stands on top. The script of a sitting, what the master of ceremonies says from card to
// card, is written here, approved by the committee, and read from the hand on the day.
//
// No national rule for the logistics of a conference was found: the standard list is what
// such plans name, and nothing in it binds.
package staging

import (
	"strings"
	"time"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// longest is how long a text may be, in letters.
const longest = 2000

// Duty is something to be done for a sitting, until when, by whom.
type Duty struct {
	Root       string       `db:"root_id" form:"-"`
	ID         string       `form:"-"`
	Conference string       `db:"conference_id" form:"-"`
	Sitting    string       `db:"sitting_id" form:"sitting"`
	DueAt      when.Instant `form:"-"`
	// PlannedFor is the start of the sitting as it was when the hour was set: a sitting
	// that was moved is told from it.
	PlannedFor when.Instant `form:"-"`
	What       string       `form:"what"`
	Charge     string       `form:"charge"` // unit or person, in words
	// Member is the one in charge where a member was chosen; the root is of that member.
	MemberRoot string `form:"-"`
	Member     string `db:"member_id" form:"-"`
	Place      string `form:"place"`
	Gear       string `form:"gear"` // equipment
	// Rehearsal and Card say of which card of which rehearsal the duty came, if of one.
	Rehearsal string `db:"rehearsal_id" form:"-"`
	Card      string `db:"card_id" form:"-"`
	DoneAt    when.Instant
	DoneBy    string
}

// State says how a duty stands.
type State string

// The states.
const (
	Open State = "open"
	Late State = "late" // not done when its hour had come
	Done State = "done"
)

// StateAt returns how the duty stands at a moment.
func (d Duty) StateAt(now when.Instant) State {
	switch {
	case !d.DoneAt.IsZero():
		return Done
	case d.DueAt < now:
		return Late
	}
	return Open
}

func (d Duty) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(d.What) != "", "what", "staging.problem.what")
	c.That(!d.DueAt.IsZero(), "day", "staging.problem.day")
	c.That(strings.TrimSpace(d.Charge) != "" || d.Member != "", "charge", "staging.problem.charge")
	for field, text := range map[string]string{"what": d.What, "charge": d.Charge, "place": d.Place, "gear": d.Gear} {
		c.That(len([]rune(text)) <= longest, field, "staging.problem.long")
	}
	return c.Err()
}

// moved returns the duty for another start of its sitting: as long before it as it was.
func (d Duty) moved(start when.Instant) Duty {
	d.DueAt = d.DueAt.Add(time.Duration(start-d.PlannedFor) * time.Millisecond)
	d.PlannedFor = start
	return d
}
