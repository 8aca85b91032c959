package proceedings

import (
	"cmp"
	"slices"

	"chibo/kit/fault"
)

// Elections of the cell committee, the secretary and the deputy (rules of the
// Charter of 19/01/2011, Articles 12 and 24; Quyết định số 190-QĐ/TW of 10/10/2024):
// by secret ballot; only official members vote and stand; elected is who has more
// than half of the official members summoned, by the number of votes; who is equal
// at the last seat is voted on again; seats that stay empty go to a further round,
// and after a third one that failed the committee above appoints. A cell with nine
// official members or more elects its committee first, and secretary and deputy
// among it; a smaller one elects the secretary directly.
//
// Who stands is a list of nominations. A round is a vote between people of that
// list, and its place in the row of rounds follows from the votes before it.

const (
	cellFrom      = 3 // official members without whom there is no cell, Charter 24.1
	committeeFrom = 9 // official members with whom a cell elects a committee, Charter 24.4
	lastRound     = 3 // after which the committee above appoints, Charter 24.4
)

// Race is what an election asks.
type Race struct {
	Post       string // SecretaryPost, DeputyPost or CommitteePost; empty: no election
	Seats      int
	Candidates []string // members in the order of the ballot
	Round      int      // from 1
	After      string   // vote of the round before, empty for the first
	// Again: between those who were equal at the last seat of the round before. It
	// counts as part of that round.
	Again bool
	// Relative: more votes elect, also without the share the rule asks for. The
	// meeting may decide so for a vote between those who were equal and had enough.
	Relative bool
}

// Held reports whether the vote is an election.
func (r Race) Held() bool { return r.Post != "" }

// Surplus reports whether more people stand than there are seats (có số dư); then
// the ballot strikes out, otherwise it asks for each one.
func (r Race) Surplus() bool { return len(r.Candidates) > r.Seats }

// Outcome is what a round has decided.
type Outcome struct {
	Ranks   []Rank // by votes, equal ones in the order of the ballot
	Elected []string
	Tied    []string // equal at the last seat: voted on again between them
	Left    int      // seats that are still empty
}

// Rank is one candidate in the order of votes.
type Rank struct {
	Member        string
	Votes         int
	Elected, Tied bool
}

// outcome elects by the number of votes whoever has enough of them, as long as
// there are seats.
func (r Race) outcome(votes []int, rule Rule, base int) Outcome {
	out := Outcome{Left: r.Seats}
	for n, m := range r.Candidates {
		if n < len(votes) {
			out.Ranks = append(out.Ranks, Rank{Member: m, Votes: votes[n]})
		}
	}
	slices.SortStableFunc(out.Ranks, func(a, b Rank) int { return cmp.Compare(b.Votes, a.Votes) })
	enough := 0
	for enough < len(out.Ranks) && (rule.Passes(out.Ranks[enough].Votes, base) || r.Relative && out.Ranks[enough].Votes > 0) {
		enough++
	}
	last := -1 // the votes of those who are equal across the last seat
	if enough > r.Seats && r.Seats > 0 && out.Ranks[r.Seats-1].Votes == out.Ranks[r.Seats].Votes {
		last = out.Ranks[r.Seats].Votes
	}
	for n := range out.Ranks[:enough] {
		k := &out.Ranks[n]
		switch {
		case k.Votes == last:
			k.Tied = true
			out.Tied = append(out.Tied, k.Member)
		case n < r.Seats:
			k.Elected = true
			out.Elected = append(out.Elected, k.Member)
		}
	}
	out.Left -= len(out.Elected)
	return out
}

// Nomination is one who stands for a post.
type Nomination struct {
	Entry
	Post   string
	Member string
	// By is who nominated: the member stands by own wish where it is the same,
	// empty says the committee of the cell.
	By         string
	Withdrawal Withdrawal
}

// Own reports whether the member stands by own wish (tự ứng cử).
func (n Nomination) Own() bool { return n.By == n.Member }

// Stands reports whether the name goes on the ballot.
func (n Nomination) Stands() bool { return !n.Withdrawal.Granted }

// Withdrawal is what the meeting said to one who asked to be taken off the list,
// by show of hands; the zero Entry says that nobody asked.
type Withdrawal struct {
	Entry
	For, Base, Needed int
	Granted           bool
}

// NominateBody puts members on the list for a post.
type NominateBody struct {
	Post    string   `json:"post" form:"post"`
	Members []string `json:"members" form:"members"`
	By      string   `json:"by" form:"by"` // member; empty: the committee of the cell
}

// WithdrawBody puts the wish of a candidate to be taken off the list to the meeting,
// with the hands that granted it.
type WithdrawBody struct {
	Post   string `json:"post" form:"post"`
	Member string `json:"member" form:"member"`
	For    int    `json:"for" form:"for"`
}

func posts() []string { return []string{CommitteePost, SecretaryPost, DeputyPost} }

func (b *NominateBody) shape(c *fault.Check) {
	c.That(slices.Contains(posts(), b.Post), "post", "room.problem.choice")
	c.That(len(b.Members) > 0, "members", "room.problem.candidates")
	names(c, "members", b.Members)
}

func (b *NominateBody) fits(s *State) error {
	if err := s.heldHere(b.Post); err != nil {
		return err
	}
	for _, m := range b.Members {
		if err := s.MayStand(b.Post, m); err != nil {
			return err
		}
		if n, ok := s.Nomination(b.Post, m); ok && n.Stands() {
			return fault.New(fault.Conflict, "room.problem.stands", "Name", s.Name(m))
		}
	}
	return s.onRoll(b.By)
}

// apply puts one who has withdrawn back on the list.
func (b *NominateBody) apply(s *State, e Entry) bool {
	for _, m := range b.Members {
		again := Nomination{Entry: e, Post: b.Post, Member: m, By: b.By}
		if old := s.nominated(b.Post, m); old == nil {
			s.Nominations = append(s.Nominations, again)
		} else if !old.Stands() {
			*old = again
		}
	}
	return true
}

func (b *WithdrawBody) shape(c *fault.Check) { number(c, "for", b.For) }

func (b *WithdrawBody) fits(s *State) error {
	if n, ok := s.Nomination(b.Post, b.Member); !ok || !n.Stands() {
		return fault.New(fault.Conflict, "room.problem.gone")
	}
	var c fault.Check
	c.That(b.For <= s.Tally().Entitled, "for", "room.problem.sum")
	return c.Err()
}

// apply decides as a resolution is decided: by more than half.
func (b *WithdrawBody) apply(s *State, e Entry) bool {
	n := s.nominated(b.Post, b.Member)
	rule, ok := s.Rule(MatterResolution)
	if n == nil || !ok {
		return false
	}
	base := s.Tally().Base
	n.Withdrawal = Withdrawal{Entry: e, For: b.For, Base: base, Needed: rule.Needed(base), Granted: rule.Passes(b.For, base)}
	return true
}

// nominated is the place of a nomination, nil when there is none.
func (s *State) nominated(post, member string) *Nomination {
	return ref(s.Nominations, func(n Nomination) bool { return n.Post == post && n.Member == member })
}

// Nomination returns the nomination of a member for a post.
func (s State) Nomination(post, member string) (Nomination, bool) {
	return find(s.Nominations, func(n Nomination) bool { return n.Post == post && n.Member == member })
}

// Standing returns those whose names go on the next ballot for a post: nominated,
// not withdrawn, not elected yet.
func (s State) Standing(post string) []string {
	var out []string
	for _, n := range s.Nominations {
		if n.Post == post && n.Stands() && !slices.Contains(s.Elected(post), n.Member) {
			out = append(out, n.Member)
		}
	}
	return out
}

// Rounds returns the votes on a post in their order.
func (s State) Rounds(post string) []Vote {
	var out []Vote
	for _, v := range s.Votes {
		if v.Race.Held() && v.Race.Post == post {
			out = append(out, v)
		}
	}
	return out
}

// Elected returns who was elected to a post tonight, in the order of the rounds.
func (s State) Elected(post string) []string {
	var out []string
	for _, v := range s.Rounds(post) {
		if v.IsClosed() {
			out = append(out, v.Result.Outcome.Elected...)
		}
	}
	return out
}

// Exhausted reports whether the third round for a post has left seats empty, so that
// the committee above appoints.
func (s State) Exhausted(post string) bool {
	rounds := s.Rounds(post)
	if len(rounds) == 0 {
		return false
	}
	last := rounds[len(rounds)-1]
	o := last.Result.Outcome
	return last.IsClosed() && last.Race.Round >= lastRound && o.Left > 0 && len(o.Tied) == 0
}

// Large reports whether the cell has the nine official members with whom it elects a
// committee.
func (s State) Large() bool { return s.officials() >= committeeFrom }

// heldHere refuses the election of a committee in a cell that has none.
func (s *State) heldHere(post string) error {
	if post == CommitteePost && !s.Large() {
		return fault.New(fault.Conflict, "room.problem.small_cell")
	}
	return nil
}

// MayStand refuses whoever may not be elected to a post.
func (s State) MayStand(post, member string) error {
	a := s.attendee(member)
	switch {
	case a == nil:
		return fault.New(fault.Conflict, "room.problem.not_on_roll")
	case !a.Votes:
		return fault.New(fault.Conflict, "room.problem.may_not_stand", "Name", a.Name)
	case post != CommitteePost && s.Large() && !s.inCommittee(*a):
		return fault.New(fault.Conflict, "room.problem.not_in_committee", "Name", a.Name)
	case slices.Contains(s.Elected(post), member), post == DeputyPost && slices.Contains(s.Elected(SecretaryPost), member):
		return fault.New(fault.Conflict, "room.problem.elected", "Name", a.Name)
	}
	return nil
}

// inCommittee reports whether the member sits in the committee: the one elected
// tonight, or where none was elected the one in office.
func (s *State) inCommittee(a Attendee) bool {
	if elected := s.Elected(CommitteePost); len(elected) > 0 {
		return slices.Contains(elected, a.ID)
	}
	return slices.Contains(posts(), a.Post)
}

// electionFits says why a round of an election cannot be opened now.
func (b *VoteOpenBody) electionFits(s *State) error {
	var c fault.Check
	c.That(b.Method == "" || b.Method == Ballot || b.Method == Sealed, "method", "room.problem.election_method")
	c.That(slices.Contains(posts(), b.Post), "post", "room.problem.choice")
	c.That(len(b.Candidates) > 0, "candidates", "room.problem.candidates")
	c.That(b.Seats > 0 && b.Seats <= len(b.Candidates), "seats", "room.problem.seats")
	c.That(b.Post == CommitteePost || b.Seats <= 1, "seats", "room.problem.one_seat")
	if err := c.Err(); err != nil {
		return err
	}
	if err := s.heldHere(b.Post); err != nil {
		return err
	}
	if q, asked := s.Quorum(); asked && !q.Met() {
		return fault.New(fault.Conflict, "room.problem.congress_quorum", "Here", q.Here, "Base", q.Base, "Needed", q.Needed, "Lacking", q.Needed-q.Here)
	}
	for _, v := range s.Rounds(b.Post) {
		if !v.IsClosed() {
			return fault.New(fault.Conflict, "room.problem.round_open")
		}
	}
	if s.Exhausted(b.Post) {
		return fault.New(fault.Conflict, "room.problem.third_round")
	}
	if b.Relative && !s.Between(b.Post, b.Candidates) {
		return fault.New(fault.Conflict, "room.problem.relative")
	}
	for _, m := range b.Candidates {
		if err := s.MayStand(b.Post, m); err != nil {
			return err
		}
		if n, ok := s.Nomination(b.Post, m); !ok || !n.Stands() {
			return fault.New(fault.Conflict, "room.problem.not_nominated", "Name", s.Name(m))
		}
	}
	return nil
}

// Between reports whether the candidates are those who were equal in the last round.
func (s State) Between(post string, candidates []string) bool {
	rounds := s.Rounds(post)
	return len(rounds) > 0 && sameMembers(candidates, rounds[len(rounds)-1].Result.Outcome.Tied)
}

// rounds numbers the votes of each election in their order.
func (s *State) rounds() {
	before := map[string]*Vote{}
	for n := range s.Votes {
		v := &s.Votes[n]
		if !v.Race.Held() {
			continue
		}
		v.Race.Round = 1
		if last := before[v.Race.Post]; last != nil {
			v.Race.After = last.ID
			v.Race.Again = sameMembers(v.Race.Candidates, last.Result.Outcome.Tied)
			v.Race.Round = last.Race.Round
			if !v.Race.Again {
				v.Race.Round++
			}
		}
		before[v.Race.Post] = v
	}
}

func sameMembers(a, b []string) bool {
	return len(a) > 0 && slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
