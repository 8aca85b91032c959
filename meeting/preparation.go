package meeting

import (
	"slices"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/library"
	"chibo/organization"
)

// Preparation is all that is laid together before notice is given.
type Preparation struct {
	Meeting    Meeting
	Settings   organization.Settings
	Items      []Item
	Carried    []Carried
	Focus      []Focus
	Agreements []Agreement
	// Premeeting is the committee's record; its zero HeldAt says that there is none.
	Premeeting Premeeting
	Guests     []Guest
	Papers     []Paper
	// Draft is the newest version of the draft resolution; Version 0 says that there
	// is none.
	Draft Version
	// Followers are the superiors who follow the cell on the day, by member id.
	Followers []string
	// Known are the governing documents that the cell works under; nil: those that come
	// with the program.
	Known []library.Source
}

// Point is one line of what has to stand before notice is given.
type Point string

// The points, in the order in which they are shown.
const (
	PointTime       Point = "time"       // the meeting lies ahead
	PointPlace      Point = "place"      // the place is named
	PointAgenda     Point = "agenda"     // there are contents
	PointTheme      Point = "theme"      // the theme has a name
	PointPremeeting Point = "premeeting" // the committee of the cell has met
	PointPeople     Point = "people"     // chair and minute-taker are named
	PointPresenters Point = "presenters" // every item has its presenter
	PointLength     Point = "length"     // the minutes reach the least length
	PointFocus      Point = "focus"      // there is a focus question
	PointPapers     Point = "papers"     // items that need a document have one
	PointDraft      Point = "draft"      // there is a draft resolution
	PointFollower   Point = "follower"   // somebody follows the cell and will be told
	PointSources    Point = "sources"    // documents cited are right and in force
)

// Finding is one point and how it stands. Items are those it is about.
type Finding struct {
	Point Point
	Done  bool
	// Blocks says that no notice can be given without it: a notice names time, place
	// and contents (42-HD/BTCTW, 28/10/2025).
	Blocks bool
	Items  []Item
	Doubts []library.Doubt
}

// Findings goes through the points at the moment now. Points that this kind of
// meeting does not ask for are left out.
func (p Preparation) Findings(now when.Instant) []Finding {
	m := p.Meeting
	without := func(lacks func(Item) bool) []Item {
		return slices.DeleteFunc(slices.Clone(p.Items), func(i Item) bool { return !lacks(i) })
	}
	unpresented := without(func(i Item) bool { return i.Presenter == "" && i.Kind.needsPresenter() })
	unpapered := without(func(i Item) bool { return i.Kind.NeedsDocument() && !p.hasPaper(i) })
	doubts := p.Doubts()
	all := []Finding{
		{Point: PointTime, Done: m.StartsAt > now, Blocks: true},
		{Point: PointPlace, Done: m.Place != "", Blocks: true},
		{Point: PointAgenda, Done: len(p.Items) > 0, Blocks: true},
		{Point: PointTheme, Done: m.Theme != "", Blocks: true},
		{Point: PointPremeeting, Done: !p.Premeeting.HeldAt.IsZero()},
		{Point: PointPeople, Done: m.Chair != "" && m.MinuteTaker != ""},
		{Point: PointPresenters, Done: len(unpresented) == 0, Items: unpresented},
		{Point: PointLength, Done: Total(p.Items) >= m.MinMinutes},
		{Point: PointFocus, Done: len(p.Focus) > 0},
		{Point: PointPapers, Done: len(unpapered) == 0, Items: unpapered},
		{Point: PointDraft, Done: p.Draft.Version > 0},
		{Point: PointFollower, Done: len(p.Followers) > 0},
		{Point: PointSources, Done: len(doubts) == 0, Doubts: doubts},
	}
	return slices.DeleteFunc(all, func(f Finding) bool { return !p.asks(f) })
}

// asks reports whether the meeting asks for the point.
func (p Preparation) asks(f Finding) bool {
	switch f.Point {
	case PointTheme:
		return p.Meeting.Kind.HasTheme()
	case PointPremeeting, PointFocus:
		return p.Meeting.Kind.Monthly()
	case PointLength:
		return p.Meeting.MinMinutes > 0
	case PointPapers:
		return slices.ContainsFunc(p.Items, func(i Item) bool { return i.Kind.NeedsDocument() })
	case PointDraft:
		return slices.ContainsFunc(p.Items, func(i Item) bool { return i.Kind == Resolution })
	case PointSources:
		return !f.Done // nobody needs to be told that nothing was cited wrongly
	default:
		return true
	}
}

func (k ItemKind) needsPresenter() bool { return k != Discussion && k != Criticism && k != Closing }

func (p Preparation) hasPaper(i Item) bool {
	return slices.ContainsFunc(p.Papers, func(paper Paper) bool { return paper.Item == i.ID })
}

// Doubts returns the citations of governing documents in the agenda, the papers
// and the draft resolution that do not hold on the day of the meeting.
func (p Preparation) Doubts() []library.Doubt {
	var out []library.Doubt
	known := p.Known
	if known == nil {
		known = library.Sources()
	}
	read := func(text string) { out = append(out, library.DoubtsAmong(known, text, p.Meeting.Day())...) }
	for _, i := range p.Items {
		read(i.Title)
		read(i.Note)
	}
	for _, paper := range p.Papers {
		read(paper.Title)
	}
	read(p.Draft.Text)
	return out
}

// Missing returns the findings that are not done.
func (p Preparation) Missing(now when.Instant) []Finding {
	return slices.DeleteFunc(p.Findings(now), func(f Finding) bool { return f.Done })
}

// Ready refuses a notice that would lack what a notice must name.
func (p Preparation) Ready(now when.Instant) error {
	for _, f := range p.Missing(now) {
		if f.Blocks {
			return fault.New(fault.Conflict, "meeting.missing."+string(f.Point))
		}
	}
	return nil
}

// LatePapers returns the papers that came after the cell's day for documents.
func (p Preparation) LatePapers() []Paper {
	limit := DocumentsBefore(p.Meeting.StartsAt, p.Settings)
	return slices.DeleteFunc(slices.Clone(p.Papers), func(paper Paper) bool { return paper.AddedAt <= limit })
}

// Validate checks what the form of a committee's record brings.
func (p Premeeting) Validate(m Meeting) error {
	var c fault.Check
	c.That(!p.HeldAt.IsZero(), "held_at", "meeting.problem.held_at")
	c.That(p.HeldAt <= m.StartsAt, "held_at", "meeting.problem.held_after")
	c.That(len(p.Present) > 0, "present", "meeting.problem.present")
	c.That(p.Agreed != "", "agreed", "meeting.problem.agreed")
	c.AtMost(p.Agreed, maxText, "agreed")
	c.AtMost(p.Place, maxTitle, "place")
	return c.Err()
}

// Validate checks what the form of a guest brings.
func (g Guest) Validate() error {
	var c fault.Check
	c.That(g.Name != "", "name", "meeting.problem.name")
	c.AtMost(g.Name, maxTitle, "name")
	c.AtMost(g.Office, maxTitle, "office")
	c.AtMost(g.Body, maxTitle, "body")
	return c.Err()
}

// Validate checks what the form of an agreement brings.
func (a Agreement) Validate() error {
	var c fault.Check
	c.That(a.Name != "", "name", "meeting.problem.name")
	c.AtMost(a.Name, maxTitle, "name")
	c.AtMost(a.Office, maxTitle, "office")
	c.That(a.Text != "", "text", "meeting.problem.agreed")
	c.AtMost(a.Text, maxNote, "text")
	return c.Err()
}

// Validate checks what the form of a focus question brings.
func (f Focus) Validate() error {
	var c fault.Check
	c.That(f.Text != "", "text", "meeting.problem.text")
	c.AtMost(f.Text, maxNote, "text")
	return c.Err()
}

// Validate checks time, place and people of a meeting.
func (m Meeting) Validate() error {
	var c fault.Check
	c.That(slices.Contains(Kinds, m.Kind) || m.Kind.Beside(), "kind", "meeting.problem.kind")
	c.That(m.Title != "", "title", "meeting.problem.title")
	c.AtMost(m.Title, maxTitle, "title")
	c.AtMost(m.Theme, maxTitle, "theme")
	c.AtMost(m.Place, maxTitle, "place")
	c.That(!m.StartsAt.IsZero(), "starts_at", "meeting.problem.starts_at")
	early, late := m.Month.First().AddDays(-31), m.Month.Last().AddDays(62)
	c.That(!m.Day().Before(early) && !late.Before(m.Day()), "starts_at", "meeting.problem.far")
	return c.Err()
}
