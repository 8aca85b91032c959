package staging

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"
	"time"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Script is what the master of ceremonies (người dẫn chương trình) of a sitting goes by.
// The approved cards are kept as they were approved; what is written goes on beside them.
type Script struct {
	Root       string `db:"root_id" form:"-"`
	Sitting    string `db:"sitting_id" form:"-"`
	Conference string `db:"conference_id" form:"-"`
	// Master is named in words, as a member, or both; the root is of the member.
	Master     string `form:"master"`
	MemberRoot string `form:"-"`
	Member     string `db:"member_id" form:"-"`
	Version    int    `form:"-"` // how often it was approved
	Approved   Deck   `form:"-"`
	ApprovedAt when.Instant
	ApprovedBy string
}

// CardKind says what a card is for.
type CardKind string

// The kinds of cards.
const (
	Welcome CardKind = "welcome"
	Flag    CardKind = "flag"    // chào cờ
	Reason  CardKind = "reason"  // tuyên bố lý do, giới thiệu đại biểu
	Perform CardKind = "perform" // mời chi bộ thực hiện
	Item    CardKind = "item"    // an item of the agenda of the host
	Remarks CardKind = "remarks" // góp ý của đại biểu
	Lead    CardKind = "lead"    // phát biểu của cấp ủy
	Close   CardKind = "close"   // bế mạc
	Other   CardKind = "other"
)

// Card is one step of the programme as the master reads it from the hand.
type Card struct {
	Root     string   `db:"root_id" form:"-" json:"-"`
	ID       string   `form:"-"`
	Sitting  string   `db:"sitting_id" form:"-" json:"-"`
	Position int      `form:"position"` // from 1
	Kind     CardKind `form:"-"`
	Title    string   `form:"title"`
	Minutes  int      `form:"minutes"`
	Speaker  string   `form:"speaker"` // who has the word, in words
	Words    string   `form:"words"`   // what the master says
	// ItemID and Wording are the item of the agenda, or the part of the programme, from
	// which the card was drafted and what stood there.
	ItemID  string `form:"-"`
	Wording string `form:"-"`
}

func (k Card) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(k.Title) != "", "title", "staging.problem.title")
	c.That(k.Minutes >= 0 && k.Minutes <= 600, "minutes", "staging.problem.minutes")
	for field, text := range map[string]string{"title": k.Title, "speaker": k.Speaker, "words": k.Words} {
		c.That(len([]rune(text)) <= longest, field, "staging.problem.long")
	}
	return c.Err()
}

// Deck are the cards of a script in their order, stored as JSON.
type Deck []Card

// Value stores the cards as text.
func (d Deck) Value() (driver.Value, error) { return stored(d) }

// Scan reads cards that Value has stored.
func (d *Deck) Scan(src any) error { return restored(src, (*[]Card)(d)) }

// Starts returns when each card is planned to begin if the first begins at from, and when
// the last is over.
func (d Deck) Starts(from when.Instant) (starts []when.Instant, end when.Instant) {
	for _, k := range d {
		starts = append(starts, from)
		from = from.Add(time.Duration(k.Minutes) * time.Minute)
	}
	return starts, from
}

// placed returns the cards with k at its position, counted anew from 1.
func (d Deck) placed(k Card) Deck {
	out := slices.DeleteFunc(slices.Clone(d), func(o Card) bool { return o.ID == k.ID })
	at := min(max(k.Position-1, 0), len(out))
	return slices.Insert(out, at, k).counted()
}

func (d Deck) counted() Deck {
	for i := range d {
		d[i].Position = i + 1
	}
	return d
}

// Difference is how a card of the script differs from the approved one.
type Difference string

// The differences.
const (
	Added   Difference = "added"
	Changed Difference = "changed"
	Removed Difference = "removed"
	Moved   Difference = "moved"
)

// Change is a card that was changed since the script was approved.
type Change struct {
	What  Difference
	Title string
}

// Since returns what was changed since cards were approved, in the order in which they
// stand now, what was removed last.
func (d Deck) Since(approved Deck) []Change {
	var out []Change
	before, both := map[string]Card{}, map[string]bool{}
	for _, k := range approved {
		before[k.ID] = k
	}
	for _, k := range d {
		_, both[k.ID] = before[k.ID]
	}
	order := func(all Deck) []string {
		var ids []string
		for _, k := range all {
			if both[k.ID] {
				ids = append(ids, k.ID)
			}
		}
		return ids
	}
	was, is := order(approved), order(d)
	n := 0
	for _, k := range d {
		o, there := before[k.ID]
		switch {
		case !there:
			out = append(out, Change{Added, k.Title})
			continue
		case k.text() != o.text():
			out = append(out, Change{Changed, k.Title})
		case was[n] != is[n]:
			out = append(out, Change{Moved, k.Title})
		}
		n++
	}
	for _, k := range approved {
		if !both[k.ID] {
			out = append(out, Change{Removed, k.Title})
		}
	}
	return out
}

func (k Card) text() string {
	return fmt.Sprintf("%s\n%d\n%s\n%s", k.Title, k.Minutes, k.Speaker, k.Words)
}
