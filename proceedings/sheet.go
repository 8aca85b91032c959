package proceedings

import (
	"slices"
	"strconv"
	"strings"

	"chibo/kit/fault"
)

// Paper ballots. Nobody counts them by looking around: a counting team gives them
// out, takes them back, opens and counts them, and its head answers for the sheet
// (biên bản kiểm phiếu). The room takes the figures of the sheet; what follows from
// them is worked out and never typed, so that a slip of the pen shows.

// Sheet is what the counting team has written down.
type Sheet struct {
	Issued   int    // phiếu phát ra
	Returned int    // phiếu thu về
	Invalid  int    // phiếu không hợp lệ
	Why      string // ballots are invalid, in the words of the team
	// Head answers for the sheet, Tellers count with the head; all members.
	Head    string
	Tellers []string
}

// Valid returns the ballots that count.
func (s Sheet) Valid() int { return s.Returned - s.Invalid }

// fits reports whether the sheet adds up where so many people could vote.
func (s Sheet) fits(entitled int) bool {
	return s.Issued <= entitled && s.Returned <= s.Issued && s.Valid() >= 0
}

// Team returns the head and then the others.
func (s Sheet) Team() []string {
	others := slices.DeleteFunc(slices.Clone(s.Tellers), func(m string) bool { return m == s.Head })
	if s.Head == "" {
		return others
	}
	return append([]string{s.Head}, others...)
}

// VoteSheetBody enters the count sheet of paper ballots. Entering it again replaces
// what was entered.
type VoteSheetBody struct {
	Vote     string `json:"vote" form:"vote"`
	Issued   int    `json:"issued" form:"issued"`
	Returned int    `json:"returned" form:"returned"`
	Invalid  int    `json:"invalid" form:"invalid"`
	Why      string `json:"why" form:"why"` // ballots are invalid; may be empty
	For      int    `json:"for" form:"for"`
	Against  int    `json:"against" form:"against"`
	// Votes are the ballots for each candidate of an election, whole numbers in the
	// order of the ballot.
	Votes   []string `json:"votes" form:"votes"`
	Tellers []string `json:"tellers" form:"tellers"` // members
	Head    string   `json:"head" form:"head"`       // member
}

func (b *VoteSheetBody) shape(c *fault.Check) {
	for _, f := range []struct {
		name string
		n    int
	}{{"issued", b.Issued}, {"returned", b.Returned}, {"invalid", b.Invalid}, {"for", b.For}, {"against", b.Against}} {
		number(c, f.name, f.n)
	}
	c.That(b.Issued > 0, "issued", "room.problem.issued")
	c.That(b.Returned <= b.Issued, "returned", "room.problem.returned")
	c.That(b.Invalid <= b.Returned, "invalid", "room.problem.spoilt")
	c.That(len(b.Votes) <= maxNames, "votes", "room.problem.long")
	c.That(allNumbers(b.Votes), "votes", "room.problem.number")
	c.That(b.Head != "", "head", "room.problem.head")
	atMost(c, "why", b.Why, maxLine)
	names(c, "tellers", b.Tellers)
}

func (b *VoteSheetBody) fits(s *State) error {
	v, err := s.openVote(b.Vote)
	switch {
	case err != nil:
		return err
	case v.Method != Ballot:
		return fault.New(fault.Conflict, "room.problem.no_sheet")
	}
	var c fault.Check
	c.That(b.Issued <= s.Tally().Entitled, "issued", "room.problem.too_many_issued")
	valid := b.Returned - b.Invalid
	if v.Race.Held() {
		b.raceFits(&c, v.Race, valid)
	} else {
		c.That(b.For+b.Against <= valid, "for", "room.problem.valid_sum")
		c.That(len(b.Votes) == 0, "votes", "room.problem.votes")
	}
	if err := c.Err(); err != nil {
		return err
	}
	return s.MayCount(v.Race, append([]string{b.Head}, b.Tellers...)...)
}

// MayCount refuses tellers who may not count: only official members do, and nobody
// whose own name is on the ballot (Quyết định số 190-QĐ/TW of 10/10/2024, Article 8).
func (s State) MayCount(r Race, members ...string) error {
	for _, m := range members {
		a := s.attendee(m)
		switch {
		case a == nil:
			return fault.New(fault.Conflict, "room.problem.not_on_roll")
		case !a.Votes:
			return fault.New(fault.Conflict, "room.problem.teller_votes", "Name", a.Name)
		case slices.Contains(r.Candidates, m):
			return fault.New(fault.Conflict, "room.problem.teller_stands", "Name", a.Name)
		}
	}
	return nil
}

// Team returns the counting team of the last sheet, to be offered for the next one;
// nobody before the first.
func (s State) Team() (head string, tellers []string) {
	var last Count
	for _, v := range s.Votes {
		for _, c := range v.Counts {
			if c.Sheet != nil && c.At >= last.At {
				last = c
			}
		}
	}
	if last.Sheet == nil {
		return "", nil
	}
	return last.Sheet.Head, last.Sheet.Tellers
}

// raceFits checks the figures of an election: nobody has more votes than there are
// valid ballots, and no valid ballot names more people than there are seats.
func (b *VoteSheetBody) raceFits(c *fault.Check, r Race, valid int) {
	votes := numbers(b.Votes)
	c.That(len(votes) == len(r.Candidates), "votes", "room.problem.votes")
	sum := 0
	for _, n := range votes {
		c.That(n <= valid, "votes", "room.problem.votes_each")
		sum += n
	}
	c.That(sum <= valid*r.Seats, "votes", "room.problem.votes_sum")
	c.That(b.For+b.Against == 0, "for", "room.problem.votes")
}

func (b *VoteSheetBody) apply(s *State, e Entry) bool {
	v := s.vote(b.Vote)
	if v == nil {
		return false
	}
	v.enter(s.Tally(), Count{
		Entry: e, For: b.For, Against: b.Against, Votes: numbers(b.Votes),
		Sheet: &Sheet{Issued: b.Issued, Returned: b.Returned, Invalid: b.Invalid, Why: b.Why, Head: b.Head, Tellers: b.Tellers},
	})
	return true
}

// numbers reads whole numbers that are kept as text, one that cannot be read as 0.
func numbers(texts []string) []int {
	var out []int
	for _, t := range texts {
		n, _ := strconv.Atoi(strings.TrimSpace(t)) // shape has refused what is no number
		out = append(out, n)
	}
	return out
}

// allNumbers reports whether every text is a whole number that can be counted.
func allNumbers(texts []string) bool {
	return !slices.ContainsFunc(texts, func(t string) bool {
		n, err := strconv.Atoi(strings.TrimSpace(t))
		return err != nil || n < 0 || n > maxNumber
	})
}
