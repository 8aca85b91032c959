//go:build !js

package room

import (
	"context"
	"encoding/json"
	"strconv"

	"chibo/ballot"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/proceedings"
)

// tally counts the ballots of a vote by phone that a is about to close, and enters
// the totals before it. Other acts pass.
func (b *book) tally(ctx context.Context, a proceedings.Act) error {
	var body proceedings.VoteCloseBody
	if a.Kind != proceedings.KindVoteClose || json.Unmarshal(a.Body, &body) != nil {
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
	out := proceedings.VoteTallyBody{Vote: v.ID, Entitled: t.Entitled, Cast: t.Cast, For: t.Votes[proceedings.OptionFor], Against: t.Votes[proceedings.OptionAgainst]}
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
	return b.add(ctx, proceedings.Act{
		ID: id.New(), Meeting: b.m.ID, Kind: proceedings.KindVoteTally, At: a.At - 1, By: b.who.Account, Body: raw,
		Seq: b.room.Seq + 1, Received: b.now, Seen: b.seen(a),
	})
}

// poll keeps the polls to the votes of the new state: one that is new is opened,
// one that was taken back is withdrawn.
func (b *book) poll(ctx context.Context, next proceedings.State) error {
	for _, v := range next.Votes {
		if _, there := b.state.Vote(v.ID); there || !v.Method.Electronic() || v.IsClosed() {
			continue
		}
		p := ballot.Poll{
			Root: b.org.Root, Meeting: b.m.ID, ID: v.ID, Organization: b.org.ID, Question: v.Question, Secret: v.Method == proceedings.Sealed, Choose: 1,
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
func answers(s proceedings.State, r proceedings.Race) ballot.Options {
	if !r.Held() {
		return ballot.Options{{ID: proceedings.OptionFor, Text: "Tán thành"}, {ID: proceedings.OptionAgainst, Text: "Không tán thành"}, {ID: proceedings.OptionOther, Text: "Ý kiến khác"}}
	}
	var out ballot.Options
	for _, m := range r.Candidates {
		out = append(out, ballot.Option{ID: m, Text: s.Name(m)})
	}
	if len(out) == 1 {
		out = append(out, ballot.Option{ID: proceedings.OptionAgainst, Text: "Không đồng ý"})
	}
	return out
}

// reserved refuses acts that only the server may enter.
func reserved(a proceedings.Act) error {
	switch a.Kind {
	case proceedings.KindVoteTally:
		return fault.New(fault.Invalid, "room.problem.tally")
	case proceedings.KindVoteConfirm:
		return fault.New(fault.Invalid, "room.problem.confirm_alone")
	}
	return nil
}
