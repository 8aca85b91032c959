//go:build !js

package room

import (
	"context"
	"encoding/json"
	"strconv"

	"chibo/ballot"
	"chibo/kit/fault"
	"chibo/kit/id"
)

// tally counts the ballots of a vote by phone that a is about to close, and enters
// the totals before it. Other acts pass.
func (b *book) tally(ctx context.Context, a Act) error {
	var body VoteCloseBody
	if a.Kind != KindVoteClose || json.Unmarshal(a.Body, &body) != nil {
		return nil
	}
	v, ok := b.state.Vote(body.Vote)
	if !ok || !v.Method.Electronic() || v.IsClosed() || v.Counted() {
		return nil
	}
	t, err := b.ballots.Close(ctx, b.tx, b.org.Root, v.ID)
	if err != nil {
		return err
	}
	out := VoteTallyBody{Vote: v.ID, Entitled: t.Entitled, Cast: t.Cast, For: t.Votes[OptionFor], Against: t.Votes[OptionAgainst]}
	if v.Race.Held() {
		out.For, out.Against = 0, 0
		for _, m := range v.Race.Candidates {
			out.Votes = append(out.Votes, strconv.Itoa(t.Votes[m]))
		}
	}
	raw, err := json.Marshal(out)
	if err != nil {
		return err
	}
	return b.add(ctx, Act{
		ID: id.New(), Meeting: b.m.ID, Kind: KindVoteTally, At: a.At - 1, By: b.who.Account, Body: raw,
		Seq: b.room.Seq + 1, Received: b.now, Seen: b.seen(a),
	})
}

// poll keeps the polls to the votes of the new state: one that is new is opened,
// one that was taken back is withdrawn.
func (b *book) poll(ctx context.Context, next State) error {
	for _, v := range next.Votes {
		if _, there := b.state.Vote(v.ID); there || !v.Method.Electronic() || v.IsClosed() {
			continue
		}
		p := ballot.Poll{
			Root: b.org.Root, Meeting: b.m.ID, ID: v.ID, Organization: b.org.ID, Question: v.Question, Secret: v.Method == Sealed, Choose: 1,
			Options: answers(next, v.Race), Entitled: next.Entitled(),
		}
		if v.Race.Held() {
			p.Choose = v.Race.Seats
		}
		if err := b.ballots.Open(ctx, b.tx, p); err != nil {
			return err
		}
	}
	for _, v := range b.state.Votes {
		if _, there := next.Vote(v.ID); there || !v.Method.Electronic() {
			continue
		}
		if err := b.ballots.Withdraw(ctx, b.tx, b.org.Root, v.ID); err != nil {
			return err
		}
	}
	return nil
}

// answers are what a ballot by phone offers: the candidates of an election, else for,
// against and other. With one candidate the ballot also says no.
func answers(s State, r Race) ballot.Options {
	if !r.Held() {
		return ballot.Options{{ID: OptionFor, Text: "Tán thành"}, {ID: OptionAgainst, Text: "Không tán thành"}, {ID: OptionOther, Text: "Ý kiến khác"}}
	}
	var out ballot.Options
	for _, m := range r.Candidates {
		out = append(out, ballot.Option{ID: m, Text: s.Name(m)})
	}
	if len(out) == 1 {
		out = append(out, ballot.Option{ID: OptionAgainst, Text: "Không đồng ý"})
	}
	return out
}

// reserved refuses acts that only the server may enter.
func reserved(a Act) error {
	switch a.Kind {
	case KindVoteTally:
		return fault.New(fault.Invalid, "room.problem.tally")
	case KindVoteConfirm:
		return fault.New(fault.Invalid, "room.problem.confirm_alone")
	}
	return nil
}
