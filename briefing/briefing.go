// Package briefing is the current affairs of a meeting (thời sự): whose turn it is
// to report them, what was told, and what the briefer learnt from it.
//
// Its story: every month another member reports what happened in the country, in
// the world and at home, so that everybody learns to sum up and to speak before
// the others. The wheel says who is next and passes over who cannot; whoever did
// it for another is not asked again at once, and the other stays first. The
// briefer writes the three parts beforehand on a phone, a file may lie beside
// them. After the meeting they stay, with a line of thanks or advice that the
// briefer and the committee of the cell read, and nobody else.
//
// The wheel keeps no list of its own. Who has told is read from the agendas and
// from who came; only whose turn it would have been is written down, and who
// stepped in on the evening.
package briefing

import (
	"strings"

	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/when"
	"chibo/meeting"
)

// Briefing is the report on current affairs at one meeting. Members are named by
// their id.
type Briefing struct {
	Root         string `db:"root_id"`
	Meeting      string `db:"meeting_id"`
	Organization string `db:"organization_id"`
	// Turn is whose turn it was by the wheel when the agenda was laid.
	Turn string `db:"turn_of"`
	// Teller is who told in the place of the one whom the agenda names; empty: nobody
	// stepped in.
	Teller string
	// National, International and Local are the three parts.
	National, International, Local string
	PreparedAt                     when.Instant
	PreparedBy                     string
	// Remark is one line of thanks or advice to the briefer.
	Remark   string
	RemarkAt when.Instant
	RemarkBy string
}

// Prepared reports whether something has been written down.
func (b Briefing) Prepared() bool { return b.National+b.International+b.Local != "" }

// Session is a briefing with the meeting it belongs to.
type Session struct {
	Briefing
	Title    string
	Month    when.Month
	Monthly  bool
	StartsAt when.Instant
	State    meeting.State
	// Item is the item of the agenda, Presenter whom it names.
	Item, Presenter string
	// Came says that the one whom the agenda names was in the room; it is true where no
	// roll was kept.
	Came bool
}

// Member returns who tells, or has told: empty where nobody is named, and where the
// one who was named did not come and nobody is known to have stepped in.
func (s Session) Member() string {
	switch {
	case s.Teller != "":
		return s.Teller
	case s.over() && !s.Came:
		return ""
	}
	return s.Presenter
}

func (s Session) over() bool { return s.State.Reached(meeting.Closed) }

// For returns in whose place Member tells, empty where it was the own turn.
func (s Session) For() string {
	if m := s.Member(); m != "" && s.Turn != m {
		return s.Turn
	}
	return ""
}

// Path returns the address of the briefing.
func (s Session) Path() string { return "/meetings/" + s.Meeting + "/briefing" }

// Matches reports whether the parts hold what is searched for, written with accents
// or without.
func (s Session) Matches(text string) bool {
	all := search.Fold(strings.Join([]string{s.Title, s.National, s.International, s.Local}, "\n"))
	return strings.Contains(all, search.Fold(text))
}

// Excuse says that a member is not to be called for a time; why is read by that
// member and the committee of the cell.
type Excuse struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
	Until        when.Date
	Reason       string
	RecordedAt   when.Instant
	RecordedBy   string
}

const (
	maxPart   = 8_000
	maxRemark = 500
	// longest is how many days ahead somebody may be excused.
	longest = 2 * 366
)

// Validate checks what the form of an excuse brings on the day today.
func (e Excuse) Validate(today when.Date) error {
	var c fault.Check
	c.That(e.Member != "", "member", "briefing.problem.member")
	c.That(today.Before(e.Until), "until", "briefing.problem.until")
	c.That(e.Until.Before(today.AddDays(longest)), "until", "briefing.problem.far")
	c.That(e.Reason != "", "reason", "briefing.problem.reason")
	c.AtMost(e.Reason, maxRemark, "reason")
	return c.Err()
}

// Parts are the three parts of a report (thời sự trong nước, quốc tế, địa phương).
type Parts struct {
	National      string `form:"national"`
	International string `form:"international"`
	Local         string `form:"local"`
}

// Validate checks what the form of the parts brings.
func (p Parts) Validate() error {
	var c fault.Check
	for name, text := range map[string]string{"national": p.National, "international": p.International, "local": p.Local} {
		c.AtMost(text, maxPart, name)
	}
	c.That(p.National+p.International+p.Local != "", "national", "briefing.problem.empty")
	return c.Err()
}
