// Package pilot directs pilot meetings: sinh hoạt điểm.
//
// Its story: a committee wants to see, in a few cells, how a good meeting goes. It opens
// a series with a purpose and its dates, chooses the hosts, for ordinary or thematic
// meetings, and names who appraises (seed of the field: four cells of a ward, two of
// quarters and two of schools, ordinary and thematic). The host names its meeting and
// sends the contents in; the appraisers go through them item by item, agree or say what
// to change, the host answers and sends them in again, until every item is agreed by all:
// thẩm định (82-KH/ĐU of 2024, III.1: the organisation board appraises the contents of a
// model meeting). Members of the committee and secretaries of other cells are invited,
// attend, and say afterwards what was good, what was not, what they advise (82-KH/ĐU,
// III.3). Each of these becomes a lesson card at one press. In the end the committee
// concludes, of each meeting and of the series as a whole (E96).
//
// No national rule for pilot meetings was found; nothing here forbids a meeting whose
// contents were not agreed. It is said and shown.
package pilot

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
)

// longest is how long a text may be, in letters.
const longest = 2000

// Series is what a committee directs: some pilot meetings with one purpose.
type Series struct {
	Root         string       `db:"root_id" form:"-"`
	ID           string       `form:"-"`
	Organization string       `db:"organization_id" form:"organization"` // the committee
	Title        string       `form:"title"`
	Purpose      string       `form:"purpose"`
	From         when.Date    `db:"from_on" form:"from"`
	Until        when.Date    `db:"until_on" form:"until"`
	MadeAt       when.Instant `form:"-"`
	MadeBy       string       `form:"-"`
	Assessment   `form:"-"`
}

// Assessment is what the committee says of a series as a whole; AssessedAt is zero until
// it has.
type Assessment struct {
	Merits     string       `form:"merits"`
	Faults     string       `form:"faults"`
	Direction  string       `form:"direction"`
	AssessedAt when.Instant `form:"-"`
	AssessedBy string       `form:"-"`
}

// Path returns the address of the page of a series.
func (s Series) Path() string { return "/series/" + s.ID }

func (s Series) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(s.Title) != "", "title", "pilot.problem.title")
	c.That(strings.TrimSpace(s.Purpose) != "", "purpose", "pilot.problem.purpose")
	c.That(!s.From.IsZero(), "from", "pilot.problem.day")
	c.That(!s.Until.IsZero(), "until", "pilot.problem.day")
	c.That(!s.Until.Before(s.From), "until", "pilot.problem.order")
	long(&c, map[string]string{"title": s.Title, "purpose": s.Purpose})
	return c.Err()
}

func (a Assessment) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(a.Merits) != "", "merits", "pilot.problem.merits")
	long(&c, map[string]string{"merits": a.Merits, "faults": a.Faults, "direction": a.Direction})
	return c.Err()
}

func long(c *fault.Check, texts map[string]string) {
	for field, text := range texts {
		c.AtMost(text, longest, field)
	}
}

// Kinds lists the kinds of meeting that can be a pilot.
var Kinds = []meeting.Kind{meeting.Ordinary, meeting.Thematic}

// Pilot is one pilot meeting of a series.
type Pilot struct {
	Root     string `db:"root_id"`
	ID       string
	Series   string `db:"series_id"`
	HostRoot string // root of the host
	Host     string `db:"host_id"` // the cell
	Kind     meeting.Kind
	Meeting  string `db:"meeting_id"` // empty until the host has named it
	// Round counts how often the contents were sent to be appraised; SentAt is the last time.
	Round       int
	SentAt      when.Instant
	Conclusion  string
	ConcludedAt when.Instant
	ConcludedBy string
}

// Path returns the address of the page of a pilot meeting.
func (p Pilot) Path() string { return "/pilots/" + p.ID }

// fits reports whether a meeting can be the pilot: of its kind, or both in one sitting,
// within the dates of the series.
func (p Pilot) fits(s Series, m meeting.Meeting) bool {
	return (m.Kind == p.Kind || m.Kind == meeting.Combined) && !m.Day().Before(s.From) && !s.Until.Before(m.Day())
}

// Stage says where on its way a pilot meeting is.
type Stage string

// The stages, in the order of the way.
const (
	Chosen     Stage = "chosen"     // the host has not named its meeting
	Preparing  Stage = "preparing"  // the contents are being laid
	Appraising Stage = "appraising" // they lie with the appraisers
	Changing   Stage = "changing"   // something is to be changed by the host
	Appraised  Stage = "appraised"  // every item is agreed
	Held       Stage = "held"       // those who were there comment
	Concluded  Stage = "concluded"
)

// StageOf returns the stage of a pilot meeting from the state of its meeting and the
// standing of its items.
func StageOf(p Pilot, state meeting.State, items []Standing) Stage {
	switch {
	case !p.ConcludedAt.IsZero():
		return Concluded
	case p.Meeting == "":
		return Chosen
	case state.Reached(meeting.Closed):
		return Held
	case p.Round == 0:
		return Preparing
	case slices.Contains(items, ToChange):
		return Changing
	case len(items) > 0 && !slices.ContainsFunc(items, func(s Standing) bool { return s != Agreed }):
		return Appraised
	}
	return Appraising
}

// Guest is somebody who is invited to attend.
type Guest struct {
	Root       string `db:"root_id"`
	Pilot      string `db:"pilot_id"`
	MemberRoot string
	Member     string `db:"member_id"`
	Unit       string // for whom they come, in words
	InvitedAt  when.Instant
	Came       bool
}

// CommentKind says what a comment is.
type CommentKind string

// The kinds of comments: what was well done and is to go on, what was limited or wrong
// and is to be mended, what is advised (82-KH/ĐU of 2024, III.3).
const (
	Merit  CommentKind = "merit"
	Fault  CommentKind = "fault"
	Advice CommentKind = "advice"
)

// CommentKinds lists the kinds in the order of the form.
var CommentKinds = []CommentKind{Merit, Fault, Advice}

// Comment is what somebody who was there says of a meeting, or of one item of it.
type Comment struct {
	Root     string       `db:"root_id" form:"-"`
	ID       string       `form:"-"`
	Pilot    string       `db:"pilot_id" form:"-"`
	ItemID   string       `form:"item"` // empty for the whole meeting
	Item     string       `form:"-"`    // its title
	Kind     CommentKind  `form:"kind"`
	Text     string       `form:"text"`
	SaidAt   when.Instant `form:"-"`
	SaidBy   string       `form:"-"`
	SaidRoot string       `form:"-"`
}

func (k Comment) check() error {
	var c fault.Check
	c.That(slices.Contains(CommentKinds, k.Kind), "kind", "pilot.problem.comment_kind")
	c.That(strings.TrimSpace(k.Text) != "", "text", "pilot.problem.text")
	c.AtMost(k.Text, 1000, "text")
	return c.Err()
}
