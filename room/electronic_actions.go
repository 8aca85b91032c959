//go:build !js

package room

import (
	"context"
	"encoding/json"

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
	raw, err := json.Marshal(VoteTallyBody{
		Vote: v.ID, Entitled: t.Entitled, Cast: t.Cast, For: t.Votes[OptionFor], Against: t.Votes[OptionAgainst],
	})
	if err != nil {
		return err
	}
	return b.add(ctx, Act{
		ID: id.New(), Meeting: b.m.ID, Kind: KindVoteTally, At: a.At - 1, By: b.who.Account, Body: raw,
		Seq: b.room.Seq + 1, Received: b.now,
	})
}

// poll keeps the polls to the votes of the new state: one that is new is opened,
// one that was taken back is withdrawn.
func (b *book) poll(ctx context.Context, next State) error {
	for _, v := range next.Votes {
		if _, there := b.state.Vote(v.ID); there || !v.Method.Electronic() || v.IsClosed() {
			continue
		}
		err := b.ballots.Open(ctx, b.tx, ballot.Poll{
			Root: b.org.Root, Meeting: b.m.ID, ID: v.ID, Organization: b.org.ID, Question: v.Question, Secret: v.Method == Sealed, Choose: 1,
			Options:  ballot.Options{{ID: OptionFor, Text: "Tán thành"}, {ID: OptionAgainst, Text: "Không tán thành"}, {ID: OptionOther, Text: "Ý kiến khác"}},
			Entitled: next.entitled(),
		})
		if err != nil {
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

// reserved refuses acts that only the server may enter.
func reserved(a Act) error {
	if a.Kind == KindVoteTally {
		return fault.New(fault.Invalid, "room.problem.tally")
	}
	return nil
}
