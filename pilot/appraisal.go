package pilot

import (
	"fmt"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
)

// WordKind says what a word of the appraisal is.
type WordKind string

// The kinds of words.
const (
	Agree  WordKind = "agreed" // by an appraiser
	Change WordKind = "change" // by an appraiser, with what to change
	Answer WordKind = "answer" // by the host
)

// Word is what was said of one item while the contents were appraised. Words are only
// added.
type Word struct {
	Root    string `db:"root_id"`
	ID      string
	Pilot   string `db:"pilot_id"`
	Item    string `db:"item_id"`
	Wording string // what stood on the agenda when it was said
	Round   int
	Kind    WordKind
	Text    string
	SaidAt  when.Instant
	SaidBy  string // id of the member
}

// Wording is what is appraised of an item: title, minutes, presenter and what the
// presenter keeps to. An agreement holds for these words and no others.
func Wording(i meeting.Item) string {
	return fmt.Sprintf("%s\n%s\n%d\n%s\n%s", i.Kind, i.Title, i.Minutes, i.Presenter, i.Note)
}

// Standing says how an item stands in the appraisal.
type Standing string

// The standings.
const (
	Waiting  Standing = "waiting"  // somebody has not said anything of these words
	ToChange Standing = "change"   // the host has to answer
	Answered Standing = "answered" // who wanted a change has to say whether it will do
	Agreed   Standing = "agreed"
)

// StandingOf returns how an item stands: agreed once every appraiser has agreed to the
// words that stand there now. words are those of the item in the order of time.
func StandingOf(wording string, appraisers []string, words []Word) Standing {
	stands := map[Standing]bool{}
	for _, a := range appraisers {
		stands[standingWith(a, wording, words)] = true
	}
	for _, s := range []Standing{ToChange, Answered, Waiting, Agreed} {
		if stands[s] {
			return s
		}
	}
	return Waiting // nobody appraises
}

// standingWith returns how an item stands with one appraiser.
func standingWith(appraiser, wording string, words []Word) Standing {
	s := Waiting
	for _, w := range words {
		switch {
		case w.Kind == Answer && s == ToChange:
			s = Answered
		case w.SaidBy != appraiser || w.Kind == Answer:
		case w.Kind == Change:
			s = ToChange
		case w.Wording == wording:
			s = Agreed
		default:
			s = Waiting // agreed to other words
		}
	}
	return s
}

// Verdict is what an appraiser says of one item.
type Verdict struct {
	Kind WordKind // Agree or Change; empty: nothing
	Text string
}

// checkVerdicts refuses a change that does not say which; the field of a text is named by
// the item.
func checkVerdicts(all map[string]Verdict) error {
	var c fault.Check
	said := false
	for item, v := range all {
		if v.Kind == "" {
			continue
		}
		said = true
		c.That(slices.Contains([]WordKind{Agree, Change}, v.Kind), verdictField+item, "pilot.problem.verdict")
		c.That(v.Kind != Change || strings.TrimSpace(v.Text) != "", textField+item, "pilot.problem.change")
		c.AtMost(v.Text, longest, textField+item)
	}
	c.That(said, "", "pilot.problem.nothing_said")
	return c.Err()
}

// Names of the fields in which an item is judged or answered; its id follows.
const (
	verdictField = "v_"
	textField    = "t_"
)
