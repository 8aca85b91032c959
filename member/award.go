package member

import (
	"chibo/kit/fault"
	"chibo/kit/when"
)

// Award is an award or title of a person (khen thưởng, danh hiệu).
type Award struct {
	Root    string `db:"root_id"`
	ID      string
	Member  string `db:"member_id"`
	GivenOn when.Date
	Title   string // "Bằng khen của Tỉnh ủy"
	Giver   string
}

// Check returns the problems of what was typed for a on day today.
func (a Award) Check(today when.Date) error {
	var c fault.Check
	c.That(a.Title != "", "title", "member.problem.title")
	c.AtMost(a.Title, longestText, "title")
	c.AtMost(a.Giver, longestText, "giver")
	c.That(!a.GivenOn.IsZero(), "given_on", "member.problem.from")
	c.That(!today.Before(a.GivenOn), "given_on", "member.problem.future")
	return c.Err()
}
