package proceedings

import (
	"slices"

	"chibo/kit/fault"
)

// A count that one person makes alone is that person's word. A second one may stand
// by it in two ways, and the papers say which: by name, written down by whoever
// enters the count (VoteCountBody.ConfirmedBy), which also works without a network
// and proves nothing; or with a secret of their own, which only the server can
// check, so that only the server enters this act.

// VoteConfirmBody says that a member stands by a count with a secret of their own.
type VoteConfirmBody struct {
	Vote   string `json:"vote"`
	Count  string `json:"count"` // act of the count that was confirmed
	Member string `json:"member"`
}

// Confirmation is the second person's word for a count; the zero one says that
// nobody has given it.
type Confirmation struct {
	Entry
	Member string
}

// Given reports whether somebody has confirmed.
func (c Confirmation) Given() bool { return c.Act != "" }

// MayConfirm returns those who can stand by the count that holds: the counting team
// where paper was counted, else everybody who came.
func (s State) MayConfirm(v Vote) []Attendee {
	if s.Beside() { // few of its people have a secret here
		return nil
	}
	sheet := v.Last().Sheet
	var out []Attendee
	for _, a := range s.Roll {
		if sheet != nil && slices.Contains(sheet.Team(), a.ID) || sheet == nil && a.Came() {
			out = append(out, a)
		}
	}
	return out
}

func (b *VoteConfirmBody) shape(*fault.Check) {}

func (b *VoteConfirmBody) fits(s *State) error {
	v := s.vote(b.Vote)
	switch {
	case v == nil || !v.Counted():
		return fault.New(fault.Conflict, "room.problem.gone")
	case v.Method.Electronic():
		return fault.New(fault.Conflict, "room.problem.tally")
	case v.Last().Act != b.Count:
		return fault.New(fault.Conflict, "room.problem.counted_again")
	case !slices.ContainsFunc(s.MayConfirm(*v), func(a Attendee) bool { return a.ID == b.Member }):
		return fault.New(fault.Conflict, "room.problem.not_second")
	}
	return nil
}

// apply drops a word that was given for other figures: the count was mended since.
func (b *VoteConfirmBody) apply(s *State, e Entry) bool {
	v := s.vote(b.Vote)
	if v == nil {
		return false
	}
	c := ref(v.Counts, func(c Count) bool { return c.Act == b.Count })
	if c == nil {
		return false
	}
	if c.Corrected <= e.At {
		c.Confirmed = Confirmation{e, b.Member}
	}
	return true
}
