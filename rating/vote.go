package rating

import (
	"fmt"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/locale"
)

// Votes are the ballots for one person or for the cell, as they were counted on paper
// or by hand.
type Votes struct {
	Excellent, Good, Done, NotDone int
	Invalid                        int
}

// Of returns the votes for a level.
func (v Votes) Of(l Level) int {
	return map[Level]int{Excellent: v.Excellent, Good: v.Good, Done: v.Done, NotDone: v.NotDone}[l]
}

// Cast returns how many have voted.
func (v Votes) Cast() int { return v.Excellent + v.Good + v.Done + v.NotDone + v.Invalid }

// Rule is the share that a level needs, and of whom.
type Rule struct {
	// Base is how many are counted on: all official members summoned, without those
	// away for a time and exempt ones who are absent (294-QĐ/TW, 26/5/2025, 9.3.2).
	Base int
	// TwoThirds: the cell has settled on two thirds. No rule of the Party on the share
	// was found; more than half where nothing is settled.
	TwoThirds bool
	// Hand: votes are taken by a show of hands, else by secret ballot.
	Hand bool
}

// Needed returns the least number of votes that carries a level.
func (r Rule) Needed() int {
	if r.TwoThirds {
		return (2*r.Base + 2) / 3
	}
	return r.Base/2 + 1
}

// Carried returns the level with the votes it needs; false where none has them.
func (r Rule) Carried(v Votes) (Level, bool) {
	for _, l := range Levels {
		if r.Base > 0 && v.Of(l) >= r.Needed() {
			return l, true
		}
	}
	return "", false
}

// Check returns what is wrong with counted votes: no more than those who may vote.
func (r Rule) Check(v Votes) error {
	var c fault.Check
	for field, n := range map[string]int{"excellent": v.Excellent, "good": v.Good, "done": v.Done, "not_done": v.NotDone, "invalid": v.Invalid} {
		c.That(n >= 0 && n <= r.Base, field, "rating.problem.votes")
	}
	c.That(v.Cast() <= r.Base, "invalid", "rating.problem.votes_sum")
	return c.Err()
}

// Words is the arithmetic of a vote for papers and screens: Vietnamese whoever reads.
func (r Rule) Words(v Votes) string {
	var said []string
	for _, l := range Levels {
		if n := v.Of(l); n > 0 {
			said = append(said, fmt.Sprintf("%s %d/%d = %s", l.Short(), n, r.Base, locale.Vietnamese.Percent(n, r.Base)))
		}
	}
	if v.Invalid > 0 {
		said = append(said, fmt.Sprintf("không hợp lệ %d", v.Invalid))
	}
	if n := r.Base - v.Cast(); n > 0 {
		said = append(said, fmt.Sprintf("vắng hoặc không bỏ phiếu %d", n))
	}
	share := "quá nửa"
	if r.TwoThirds {
		share = "ít nhất hai phần ba"
	}
	end := fmt.Sprintf("chưa mức nào được %s (cần %d/%d)", share, r.Needed(), r.Base)
	if l, ok := r.Carried(v); ok {
		end = fmt.Sprintf("mức %s được %s (cần %d/%d)", l.Short(), share, r.Needed(), r.Base)
	}
	return strings.Join(said, "; ") + ": " + end + "."
}

// Name is the level as papers write it.
func (l Level) Name() string {
	return map[Level]string{
		Excellent: "Hoàn thành xuất sắc nhiệm vụ", Good: "Hoàn thành tốt nhiệm vụ",
		Done: "Hoàn thành nhiệm vụ", NotDone: "Không hoàn thành nhiệm vụ",
	}[l]
}

// Short is the level in the middle of a sentence.
func (l Level) Short() string {
	return map[Level]string{Excellent: "xuất sắc", Good: "tốt", Done: "hoàn thành", NotDone: "không hoàn thành"}[l]
}
