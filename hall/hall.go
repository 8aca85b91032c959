// Package hall is the door of a meeting: tự điểm danh, members who check themselves in.
//
// Its story: forty people come in within a few minutes, and one secretary cannot tap
// forty names. Whoever holds the meeting opens a door for it. The projector then shows a
// code that changes every half minute, or a poster with a code of this evening hangs
// beside the door. A comrade points a phone at it, or types six digits, needs no
// account, finds the own name and confirms it with the last four digits of the card
// or the telephone. The mark goes into the room's log as any other, with the way by
// which it came.
//
// What a code gives is a ticket: for ten minutes, for one meeting, for one device, to
// check in one person. A ticket is no session and no seat. It shows nothing of the
// meeting but its title, cell, time and place, and it can never speak or vote: last
// digits are known to neighbours. One device checks in one person, unless those who
// hold the meeting allow devices that several people use.
//
// Nobody is asked where they are, and nobody is forced: the roll in the secretary's
// hand works as ever, and whoever has no phone, no card and no patience says good
// evening and is marked.
package hall

import (
	"strings"
	"time"
	"unicode/utf8"

	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/proceedings"
)

// Door is the way into one meeting.
type Door struct {
	Root    string `db:"root_id"`
	Meeting string `db:"meeting_id"`
	Key     string // 256 random bits in base64; every code is made of it
	// Projector and Poster say which codes are good, Shared whether several people
	// may check in on one device.
	Projector, Poster, Shared bool
	OpenedBy                  string // account
	OpenedAt                  when.Instant
	ShutAt                    when.Instant // by hand; zero: not
}

// Entrance is a door with all that a stranger before it may read, and what says
// whether it is open.
type Entrance struct {
	Door
	Organization string `db:"organization_id"`
	Cell         string
	Title        string
	Place        string
	StartsAt     when.Instant
	State        meeting.State
	BegunAt      when.Instant // the meeting was opened; zero: not yet
}

// A door opens by itself so long before the meeting and is shut so long after its
// start, should nobody have closed it.
const (
	opensBefore = 2 * time.Hour
	shutsAfter  = 12 * time.Hour
)

// OpensAt returns when people may begin to check in.
func (e Entrance) OpensAt() when.Instant { return e.StartsAt.Add(-opensBefore) }

// Ajar returns nil when people may check in at now, else in words why not.
func (e Entrance) Ajar(now when.Instant) error {
	switch {
	case e.State.Reached(meeting.Closed), now >= max(e.StartsAt, e.BegunAt).Add(shutsAfter):
		return fault.New(fault.Conflict, "hall.problem.over")
	case !e.ShutAt.IsZero():
		return fault.New(fault.Conflict, "hall.problem.shut")
	case e.State != meeting.Open && (e.State != meeting.Noticed || now < e.OpensAt()):
		return fault.New(fault.Conflict, "hall.problem.early")
	}
	return nil
}

// Day is the day of the meeting, on which standing is asked for.
func (e Entrance) Day() when.Date { return e.StartsAt.Date() }

// Checkin is a member who has checked in.
type Checkin struct {
	Root    string `db:"root_id"`
	Meeting string `db:"meeting_id"`
	Member  string `db:"member_id"`
	Device  string // keyed hash, see deviceMark
	Shared  bool   // several people use the device
	Via     proceedings.Via
	At      when.Instant
}

// shortestName is how many letters of a name must be typed before names are shown,
// mostNames how many are shown.
const (
	shortestName = 2
	mostNames    = 8
)

// mayEnter reports whether somebody of this standing checks in: all of the roll but
// those who are barred from meetings.
func mayEnter(s member.Standing) bool { return s.Listed() && s != member.Suspended }

// match returns those of the roll whose name contains what was typed, without accents,
// and whether there are more than can be shown.
func match(roll []member.Entry, typed string) (found []member.Entry, more bool, err error) {
	typed = search.Fold(typed)
	if utf8.RuneCountInString(strings.ReplaceAll(typed, " ", "")) < shortestName {
		return nil, false, fault.New(fault.Invalid, "hall.problem.letters", "Number", shortestName)
	}
	for _, e := range roll {
		if !mayEnter(e.Standing) || !strings.Contains(search.Fold(e.FullName), typed) {
			continue
		}
		if len(found) == mostNames {
			return found, true, nil
		}
		found = append(found, e)
	}
	return found, false, nil
}

// askedDigits is how many digits confirm a name, mostWrong how many wrong answers a
// member may get at one meeting, from all devices together.
const (
	askedDigits = 4
	mostWrong   = 5
)

// lastDigits returns what confirms a member: the ends of the card's number and of the
// telephone's, as far as the roll has them.
func lastDigits(numbers ...string) []string {
	var ends []string
	for _, number := range numbers {
		if len(number) >= askedDigits {
			ends = append(ends, number[len(number)-askedDigits:])
		}
	}
	return ends
}
