package proceedings

import (
	"slices"

	"chibo/kit/fault"
)

// Votes by phone. Their ballots are not in the log, where their order would tell
// who voted what: package ballot keeps them. The log has the question, and when the
// vote closes the totals, which the server enters and nobody else.

// The methods that take ballots by phone.
const (
	Phone  Method = "phone"  // công khai: the choice stands beside the name
	Sealed Method = "sealed" // phiếu kín điện tử, where the cell's rule allows it
)

// Electronic reports whether ballots are taken by phone.
func (m Method) Electronic() bool { return m == Phone || m == Sealed }

// Polling reports whether a vote by phone is open. Its poll opens and ends with the acts of
// the vote, so that where none is open there is no poll to be asked for either.
func (s State) Polling() bool {
	return slices.ContainsFunc(s.Votes, func(v Vote) bool { return v.Method.Electronic() && !v.IsClosed() })
}

// The answers of a vote by phone, as options of its poll.
const (
	OptionFor     = "for"
	OptionAgainst = "against"
	OptionOther   = "other"
)

// VoteTallyBody is what came out of a vote by phone.
type VoteTallyBody struct {
	Vote     string `json:"vote"`
	Entitled int    `json:"entitled"` // had a ballot when the vote opened
	Cast     int    `json:"cast"`     // ballots handed in
	For      int    `json:"for"`
	Against  int    `json:"against"`
	// Votes are the ballots for each candidate of an election; see VoteSheetBody.
	Votes []string `json:"votes"`
}

func (b *VoteTallyBody) shape(c *fault.Check) {
	c.That(b.For >= 0 && b.Against >= 0 && b.For+b.Against <= b.Cast && b.Cast <= b.Entitled, "for", "room.problem.sum")
	c.That(allNumbers(b.Votes), "votes", "room.problem.number")
}

func (b *VoteTallyBody) fits(s *State) error {
	_, err := s.openVote(b.Vote)
	return err
}

func (b *VoteTallyBody) apply(s *State, e Entry) bool {
	v := s.vote(b.Vote)
	if v == nil {
		return false
	}
	v.enter(s.Tally(), Count{Entry: e, Entitled: b.Entitled, Cast: b.Cast, For: b.For, Against: b.Against, Votes: numbers(b.Votes)})
	return true
}

// Entitled are the members who may vote and are in the room now.
func (s State) Entitled() []string {
	var ids []string
	for _, a := range s.Roll {
		if a.MayVote() {
			ids = append(ids, a.ID)
		}
	}
	return ids
}
