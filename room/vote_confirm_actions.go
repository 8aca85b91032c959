//go:build !js

package room

import (
	"context"
	"encoding/json"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// Confirming is what the form of a second person brings.
type Confirming struct {
	Count  string `form:"count"`
	Member string `form:"member"`
	// Secret is the PIN or password of that person, typed on the device of whoever
	// is signed in.
	Secret string `form:"secret"`
}

// Confirm has a second person stand by the count of a vote. Whoever is signed in
// entered the count and is no second person. Refusals name the field "member" or
// "secret"; the secret is kept nowhere.
func (s *Service) Confirm(ctx context.Context, who access.Person, meetingID, vote string, f Confirming) error {
	m, o, err := meeting.VisibleTo(ctx, s.DB, who, Hold, meetingID)
	if err != nil {
		return err
	}
	var c fault.Check
	c.That(f.Member != "", "member", "room.problem.second")
	c.That(f.Member == "" || f.Member != who.Member, "member", "room.problem.second_self")
	if err := c.Err(); err != nil {
		return err
	}
	body := proceedings.VoteConfirmBody{Vote: vote, Count: f.Count, Member: f.Member}
	state, _, err := s.Look(ctx, s.DB, m, o)
	if err != nil {
		return err
	}
	if err := state.Fits(&body); err != nil {
		return err
	}
	if err := s.Accounts.Confirm(ctx, who, f.Member, f.Secret); err != nil { // hashes: outside the transaction
		return err
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		b, err := s.book(ctx, tx, who, o, m)
		if err != nil {
			return err
		}
		a, err := b.check(proceedings.Act{ID: id.New(), Kind: proceedings.KindVoteConfirm, At: when.At(s.Now()), Body: raw})
		if err != nil {
			return err
		}
		if err := b.add(ctx, a); err != nil {
			return err
		}
		return s.keep(ctx, tx, map[place]*book{{m.Root, m.ID}: b})
	})
}
