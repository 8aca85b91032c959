package proceedings

import (
	"cmp"
	"encoding/json"
	"slices"

	"chibo/kit/when"
)

// Some things of a meeting there is one of: the count of a vote, the mark of a
// member, the hour of the closing. Whoever writes such a thing anew, knowing what
// stood there, replaces it. Where two devices wrote without knowing of each other,
// neither replaces the other: that is a conflict, and people choose. Until they do,
// the last one holds as the order of the acts has it.

// Place is something of a meeting that there is one of.
type Place struct {
	Kind PlaceKind
	Ref  string // vote, item, member … it belongs to; empty where the meeting has one
}

// PlaceKind is the last part of the message key of the place.
type PlaceKind string

// The kinds of place.
const (
	CountPlace      PlaceKind = "count"      // the count of a vote, also by a count sheet
	ResultPlace     PlaceKind = "result"     // the close of a vote
	ItemPlace       PlaceKind = "item"       // how far an item has come
	VerdictPlace    PlaceKind = "verdict"    // of a task
	DestinyPlace    PlaceKind = "destiny"    // of an opinion or a carried matter
	MarkPlace       PlaceKind = "mark"       // where a member is
	WithdrawalPlace PlaceKind = "withdrawal" // what the meeting said to one who asked to be taken off the list
	ResolutionPlace PlaceKind = "resolution"
	WordingPlace    PlaceKind = "wording" // of one passage
	AdoptionPlace   PlaceKind = "adoption"
	OpeningPlace    PlaceKind = "opening"
	ClosingPlace    PlaceKind = "closing"
	CorrectionPlace PlaceKind = "correction" // of one act
)

// firstHolds reports whether the first act in the place holds, not the last: what is
// open is not opened again, what is closed not closed.
func (k PlaceKind) firstHolds() bool {
	return k == OpeningPlace || k == ResultPlace || k == ClosingPlace
}

// placed is a Body that fills a place. Bodies that are no placed add to the meeting
// and take nothing from one another.
type placed interface{ place() Place }

func (b *VoteCountBody) place() Place  { return Place{CountPlace, b.Vote} }
func (b *VoteSheetBody) place() Place  { return Place{CountPlace, b.Vote} }
func (b *VoteCloseBody) place() Place  { return Place{ResultPlace, b.Vote} }
func (b *ItemStartBody) place() Place  { return Place{ItemPlace, b.Item} }
func (b *ItemFinishBody) place() Place { return Place{ItemPlace, b.Item} }
func (b *ItemSkipBody) place() Place   { return Place{ItemPlace, b.Item} }
func (b *VerdictBody) place() Place    { return Place{VerdictPlace, b.Task} }
func (b *DestinyBody) place() Place    { return Place{DestinyPlace, b.Opinion} }
func (b *AttendanceBody) place() Place { return Place{MarkPlace, b.Member} }
func (b *WithdrawBody) place() Place   { return Place{WithdrawalPlace, b.Post + " " + b.Member} }
func (b *ResolutionBody) place() Place { return Place{ResolutionPlace, ""} }
func (b *WordingBody) place() Place    { return Place{WordingPlace, b.Passage} }
func (b *AdoptBody) place() Place      { return Place{AdoptionPlace, ""} }
func (b *OpenBody) place() Place       { return Place{OpeningPlace, ""} }
func (b *CloseBody) place() Place      { return Place{ClosingPlace, ""} }
func (b *CorrectBody) place() Place    { return Place{CorrectionPlace, b.Corrects} }

// Conflict is a place that was filled differently by writers who did not know of
// each other.
type Conflict struct {
	Place Place
	Sides []Side // two or more, in the order in which they take effect
}

// Side is one of the acts to choose from.
type Side struct {
	Entry
	Device string
	Kind   ActKind
	Body   Body // as corrected
	Holds  bool // until somebody chooses
}

// Blocks reports whether a vote cannot be closed over the conflict, nor the meeting.
func (c Conflict) Blocks() bool { return c.Place.Kind == CountPlace }

// Conflict returns the conflict at a place.
func (s State) Conflict(at Place) (Conflict, bool) {
	return find(s.Conflicts, func(c Conflict) bool { return c.Place == at })
}

// Disputed reports whether the count of a vote is still to be chosen.
func (s State) Disputed(vote string) bool {
	_, yes := s.Conflict(Place{CountPlace, vote})
	return yes
}

// conflicts returns the conflicts of a log, those that block first.
func conflicts(log []*logged) []Conflict {
	var out []Conflict
	for _, list := range places(log) {
		if c, ok := conflict(list); ok {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, byPlace)
	return out
}

func byPlace(a, b Conflict) int {
	if a.Blocks() != b.Blocks() {
		if a.Blocks() {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.Place.Kind, b.Place.Kind), cmp.Compare(a.Place.Ref, b.Place.Ref))
}

// places returns the acts in each place that more than one has filled.
func places(log []*logged) map[Place][]*logged {
	all := map[Place][]*logged{}
	for _, l := range log {
		if l.place.Kind != "" {
			all[l.place] = append(all[l.place], l)
		}
	}
	for at, list := range all {
		if len(list) < 2 {
			delete(all, at)
		}
	}
	return all
}

// conflict returns what is to be chosen from among the acts in one place.
func conflict(list []*logged) (Conflict, bool) {
	last := heads(list)
	var sides []*logged
	for _, l := range last {
		against := slices.ContainsFunc(last, func(o *logged) bool { return contradict(l.said(), o.said()) })
		known := slices.ContainsFunc(sides, func(o *logged) bool { return !contradict(l.said(), o) })
		if against && !known {
			sides = append(sides, l.said())
		}
	}
	if len(sides) < 2 {
		return Conflict{}, false
	}
	slices.SortFunc(sides, canonical)
	c, holds := Conflict{Place: list[0].place}, standing(sides, holder(last))
	for _, l := range sides {
		c.Sides = append(c.Sides, Side{l.entry(), l.act.Device, l.act.Kind, l.told, l == holds})
	}
	return c, true
}

// standing returns which of the sides the act that holds speaks for: itself, or else
// the last that says the same. Arriving, leaving and arriving once more contradict
// one another only in part, so that more than one may.
func standing(sides []*logged, holds *logged) *logged {
	if slices.Contains(sides, holds) {
		return holds
	}
	for _, l := range slices.Backward(sides) {
		if !contradict(l, holds) {
			return l
		}
	}
	return sides[len(sides)-1]
}

// said is the act that a choice has chosen, any other act itself.
func (l *logged) said() *logged {
	if l.chosen != nil {
		return l.chosen
	}
	return l
}

// heads returns the acts that nobody has replaced.
func heads(list []*logged) []*logged {
	var out []*logged
	for _, l := range list {
		if !slices.ContainsFunc(list, func(o *logged) bool { return o != l && o.replaces(l) }) {
			out = append(out, l)
		}
	}
	return out
}

// replaces reports whether the writer of l knew the act o, as it stands corrected,
// that was in the same place before.
func (l *logged) replaces(o *logged) bool {
	return l.knew(o) && (o.fix == nil || l.knew(o.fix) || o.fix.knew(l))
}

// holder returns which of the heads holds for the time being.
func holder(last []*logged) *logged {
	for _, l := range slices.Backward(last) {
		if l.chosen != nil || !l.place.Kind.firstHolds() {
			return l.said()
		}
	}
	return last[0]
}

// contradict reports whether two acts in one place say different things. Not every
// difference is one: that an item starts twice, or that a member came and left again,
// both happened.
func contradict(a, b *logged) bool {
	if a == b {
		return false
	}
	if canonical(a, b) > 0 {
		a, b = b, a
	}
	switch x := a.told.(type) {
	case *ItemStartBody:
		return b.act.Kind == KindItemSkip
	case *ItemFinishBody:
		return b.act.Kind != KindItemStart && a.content() != b.content()
	case *AttendanceBody:
		y := b.told.(*AttendanceBody)
		if x.Status.here() && (y.Status.here() || y.Status == Left) {
			return false
		}
	}
	return a.content() != b.content()
}

// here reports whether who has the status is in the room.
func (s Status) here() bool { return s == Present || s == Late }

// content is what an act puts into its place. Hours count by the minute, as people
// read them.
func (l *logged) content() string {
	body := l.told
	switch b := l.told.(type) {
	case *OpenBody:
		now := *b
		now.Began = minuteOf(cmp.Or(b.Began, l.act.At))
		body = &now
	case *CloseBody:
		body = &CloseBody{Ended: minuteOf(cmp.Or(b.Ended, l.act.At))}
	case *VoteCloseBody, *ItemFinishBody:
		return l.act.At.HHMM()
	case *CorrectBody:
		return b.content(l.act)
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return ""
	}
	return string(l.act.Kind) + string(raw)
}

func minuteOf(i when.Instant) when.Instant { return i - i%60_000 }

// content is what the correction puts in place of its act; why it was made is no
// part of it.
func (b *CorrectBody) content(a Act) string {
	fields := map[string]any{}
	if b.Void || json.Unmarshal(a.Body, &fields) != nil {
		return ""
	}
	delete(fields, "because")
	delete(fields, "void")
	raw, err := json.Marshal(fields)
	if err != nil {
		return ""
	}
	return string(raw)
}
