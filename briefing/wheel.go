package briefing

import (
	"cmp"
	"slices"

	"chibo/kit/when"
)

// Skip says why somebody is passed over; the empty Skip that nobody is.
type Skip string

// The reasons: the first three follow from the standing in the cell.
const (
	Exempt    Skip = "exempt"    // miễn sinh hoạt
	Away      Skip = "away"      // tạm chuyển đi nơi khác
	Suspended Skip = "suspended" // đình chỉ sinh hoạt
	Excused   Skip = "excused"   // has asked not to be called until a day
	Absent    Skip = "absent"    // does not come to this meeting
)

// Turner is one who takes turns: on the roll of the cell since Joined without a
// break. Until is the day to which an excuse holds.
type Turner struct {
	Member string
	Joined when.Date
	Skip   Skip
	Until  when.Date
}

// Telling is one turn that was taken, or is to be taken.
type Telling struct {
	On     when.Date
	Member string
}

// Place is where a Turner stands in the wheel; the zero Last says that there was no
// turn since joining.
type Place struct {
	Turner
	Last when.Date
}

// since is the day by which the wheel is ordered.
func (p Place) since() when.Date {
	if p.Last.IsZero() {
		return p.Joined
	}
	return p.Last
}

// Order returns the wheel: people in the order of their turns, those who are passed
// over in their places.
//
// There is one rule. First comes whose last turn lies longest back; who has had
// none since joining the cell counts from the day of joining, and so stands behind
// all who were there. Hence nobody comes twice before all others who can have come
// once; who was away is next after coming back; who took the turn of another goes
// to the end, and the other stays first. Of two of the same day, who has not told
// yet comes first, else the order of people decides.
func Order(people []Turner, told []Telling) []Place {
	last := map[string]when.Date{}
	for _, t := range told {
		if last[t.Member].Before(t.On) {
			last[t.Member] = t.On
		}
	}
	wheel := make([]Place, len(people))
	for i, p := range people {
		wheel[i] = Place{Turner: p}
		if l := last[p.Member]; !l.Before(p.Joined) {
			wheel[i].Last = l
		}
	}
	slices.SortStableFunc(wheel, func(a, b Place) int {
		return cmp.Or(a.since().Compare(b.since()), a.Last.Compare(b.Last))
	})
	return wheel
}

// Next returns whose turn it is: the first of the wheel who is not passed over.
// The empty text says that nobody can.
func Next(people []Turner, told []Telling) string {
	for _, p := range Order(people, told) {
		if p.Skip == "" {
			return p.Member
		}
	}
	return ""
}

// Ahead returns whose turn it is on each of the days to come, if everything stays
// as it is known now; people says who takes turns on a day.
func Ahead(people func(when.Date) []Turner, told []Telling, days ...when.Date) []string {
	told = slices.Clone(told)
	out := make([]string, len(days))
	for i, d := range days {
		if out[i] = Next(people(d), told); out[i] != "" {
			told = append(told, Telling{d, out[i]})
		}
	}
	return out
}
