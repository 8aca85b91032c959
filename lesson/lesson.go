// Package lesson carries what was learned at one meeting to all others: rút kinh
// nghiệm.
//
// Its story: somebody sees that a thing goes wrong, or well, and writes a card of three
// lines: what was seen, why it is so, what to do. A committee sends its card to the cells
// it chooses. From then on the card stands on the next agenda of each of them until the
// cell says at which meeting it was taken up; on the page of the committee the count
// grows, from 0/24 to 24/24 (E93 of the elements of the field: a ward that has drawn
// lessons from four pilot meetings for all its 24 cells). A cell writes cards for itself
// too, after each single meeting (E94); they stand beside its next preparation and are
// nobody else's agenda.
//
// The package knows nothing of pilot meetings and visits: they hand it what they found.
package lesson

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// Origin says where a card comes from.
type Origin string

// The origins.
const (
	Free           Origin = "free"       // written by a committee without an occasion
	FromPilot      Origin = "pilot"      // a finding of a pilot meeting
	FromVisit      Origin = "visit"      // seen by somebody who attended a meeting
	FromConference Origin = "conference" // concluded from the feedback of a conference
	OwnMeeting     Origin = "meeting"    // a cell for itself, after a meeting of its own
)

// longest is how long one line of a card may be, in letters.
const longest = 1000

// Lesson is a card.
type Lesson struct {
	Root string `db:"root_id" form:"-"`
	ID   string `form:"-"`
	// Organization is the unit that writes it: a committee, or a cell for itself.
	Organization string `db:"organization_id" form:"organization"`
	Seen         string `form:"seen"` // hiện tượng
	Why          string `form:"why"`  // nguyên nhân
	Act          string `form:"act"`  // cách làm
	Origin       Origin `form:"-"`
	// Subject is the id of what the card comes from, of the meeting where a cell writes
	// for itself; Place says in words where it was seen. Both may be empty.
	Subject   string       `form:"meeting"`
	Place     string       `form:"place"`
	WrittenAt when.Instant `form:"-"`
	WrittenBy string       `form:"-"` // id of the member
}

// Path returns the address of the page of a card.
func (k Lesson) Path() string { return "/lessons/" + k.ID }

// Own reports whether a cell has written the card for itself.
func (k Lesson) Own() bool { return k.Origin == OwnMeeting }

// Whole reports whether all three lines are written. A finding of a pilot meeting begins
// as what was seen alone; only a whole card is sent.
func (k Lesson) Whole() bool { return k.Why != "" && k.Act != "" }

func (k Lesson) check() error {
	var c fault.Check
	for field, text := range map[string]string{"seen": k.Seen, "why": k.Why, "act": k.Act} {
		c.That(strings.TrimSpace(text) != "", field, "lesson.problem."+field)
	}
	for field, text := range map[string]string{"seen": k.Seen, "why": k.Why, "act": k.Act, "place": k.Place} {
		c.That(len([]rune(text)) <= longest, field, "lesson.problem.long")
	}
	return c.Err()
}

// Carry is a card on its way in one cell.
type Carry struct {
	Root         string `db:"root_id"` // of the cell
	Organization string `db:"organization_id"`
	LessonRoot   string
	Lesson       string `db:"lesson_id"`
	SentAt       when.Instant
	SentBy       string
	// DoneAt is the moment at which the cell ticked it; zero while it waits. Meeting is
	// the meeting at which it was taken up, Note what the cell does about it.
	DoneAt  when.Instant
	DoneBy  string
	Meeting string `db:"meeting_id"`
	Note    string
}

// Open reports whether the card still waits in the cell.
func (k Carry) Open() bool { return k.DoneAt.IsZero() }

// reaches reports whether the card can have been taken up at a meeting: one that was held
// when the card had come.
func (k Carry) reaches(m meeting.Meeting) bool {
	return m.State.Reached(meeting.Open) && !m.Day().Before(k.SentAt.Date())
}

// Count says in how many of the cells that were sent a card it was taken up.
type Count struct{ Learned, Of int }

// Full reports whether every cell has taken it up.
func (n Count) Full() bool { return n.Of > 0 && n.Learned == n.Of }

// Reach is how the cells are chosen to which a card is sent.
type Reach string

// The reaches.
const (
	ToAll   Reach = "all"
	ToKinds Reach = "kinds" // all of some kinds
	ToNamed Reach = "named"
)

// Reaches lists the reaches in the order of the form.
var Reaches = []Reach{ToAll, ToKinds, ToNamed}

// Address chooses cells.
type Address struct {
	Reach Reach    `form:"reach"`
	Kinds []string `form:"kinds"`
	Cells []string `form:"cells"` // ids
}

// Picks returns the cells of the address among those below the committee that are open
// on day, or what to mend where there is none.
func (a Address) Picks(below []organization.Organization, day when.Date) ([]organization.Organization, error) {
	var c fault.Check
	c.That(slices.Contains(Reaches, a.Reach), "reach", "lesson.problem.reach")
	picked := slices.DeleteFunc(slices.Clone(below), func(o organization.Organization) bool {
		return o.Level != organization.Cell || !o.OpenOn(day) ||
			a.Reach == ToKinds && !slices.Contains(a.Kinds, string(o.Kind)) ||
			a.Reach == ToNamed && !slices.Contains(a.Cells, o.ID)
	})
	field := map[Reach]string{ToKinds: "kinds", ToNamed: "cells"}[a.Reach]
	if field == "" {
		field = "reach"
	}
	c.That(len(picked) > 0, field, "lesson.problem.nobody")
	return picked, c.Err()
}

// ItemTitle is the title of the item under which an agenda takes the cards up.
const ItemTitle = "Tiếp thu bài học rút kinh nghiệm"

const (
	itemMinutes = 5
	noteRoom    = 1900 // bytes that the note of an item has room for
	lineRoom    = 160  // letters of one line of a card in it
)

// noteOf lists cards for the note of their item, as many as there is room for.
func noteOf(cards []Lesson) string {
	var b strings.Builder
	for _, k := range cards {
		line := "– " + short(k.Seen) + " Cách làm: " + short(k.Act) + "\n"
		if b.Len()+len(line) > noteRoom {
			b.WriteString("– …\n")
			break
		}
		b.WriteString(line)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// short is a line of a card in the room of a note, on one line and with its full stop.
func short(text string) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) > lineRoom {
		return string(letters[:lineRoom-1]) + "…"
	}
	if n := len(letters); n > 0 && !strings.ContainsRune(".!?…", letters[n-1]) {
		letters = append(letters, '.')
	}
	return string(letters)
}
