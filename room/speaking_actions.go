//go:build !js

package room

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
)

// ownActs is how many acts one person may append for themselves in ownTime.
const (
	ownActs = 6
	ownTime = time.Minute
)

// AppendOwn raises (KindSpeakAsk) or takes down (KindSpeakWithdraw) the hand of who,
// a member of the roll who follows the meeting on their own phone and may append
// nothing else. What is so already is no error and no second act. It is refused
// while the meeting is not open, to those who are marked as not in the room, and
// after too many changes of mind (fault.TooMany).
func (s *Service) AppendOwn(ctx context.Context, who access.Person, meetingID string, k proceedings.ActKind) error {
	m, o, err := meeting.Visible(ctx, s.DB, who, meetingID)
	if err != nil {
		return err
	}
	if !who.MayAt(Watch, o.Path) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if err := s.warm(ctx, m, o); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return s.appendOwn(ctx, tx, who, m, o, k) })
}

func (s *Service) appendOwn(ctx context.Context, tx *db.Tx, who access.Person, m meeting.Meeting, o organization.Organization, k proceedings.ActKind) error {
	b, err := s.book(ctx, tx, who, o, m)
	if err != nil {
		return err
	}
	body, err := b.state.OwnHand(k, who.Member)
	if err != nil || body == nil {
		return err
	}
	if b.often() {
		return fault.New(fault.TooMany, "room.problem.often")
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	w := &writing{who: who, org: o, m: m, acts: []proceedings.Act{{ID: id.New(), Kind: k, At: b.now, Body: raw}}}
	if err := b.write(ctx, w); err != nil {
		return err
	}
	if err := w.answers[0].Err; err != nil {
		return err
	}
	return s.keep(ctx, tx, map[place]*book{w.place(): b})
}

// often reports whether the writer of the book has just appended as many acts for
// themselves as anybody needs. Acts of whoever holds the meeting do not count.
func (b *book) often() bool {
	n := 0
	for a := range b.state.Log() {
		if a.By == b.who.Account && a.Received > b.now.Add(-ownTime) && (a.Kind == proceedings.KindSpeakAsk || a.Kind == proceedings.KindSpeakWithdraw) {
			n++
		}
	}
	return n >= ownActs
}

// hear keeps who came to a closed meeting, how often they spoke and whom it praised or
// reminded, and follows its corrections.
func (b *book) hear(ctx context.Context, next proceedings.State) error {
	if next.Phase != proceedings.Closed {
		return nil
	}
	if said := b.commended(next); b.state.Phase != proceedings.Closed || !slices.Equal(said, b.commended(b.state)) {
		if err := putCommended(ctx, b.tx, b.org.Root, b.m.ID, said); err != nil {
			return err
		}
	}
	voices := b.voices(next)
	if b.state.Phase == proceedings.Closed && slices.Equal(voices, b.voices(b.state)) {
		return nil
	}
	return putVoices(ctx, b.tx, b.org.Root, b.m.ID, voices)
}

func (b *book) voices(s proceedings.State) []voice {
	var all []voice
	for _, a := range s.Roll {
		if a.Came() || a.Spoke > 0 {
			all = append(all, voice{b.org.Root, b.m.ID, a.ID, b.org.ID, quarterOf(s), a.Spoke})
		}
	}
	return all
}

func (b *book) commended(s proceedings.State) []Commended {
	var all []Commended
	for _, c := range s.Commended {
		all = append(all, Commended{b.org.Root, b.m.ID, c.Act, c.Member, b.org.ID, s.Day(), c.Form, c.Text})
	}
	return all
}

// quarterOf is the first month of the quarter in which a meeting is held.
func quarterOf(s proceedings.State) when.Month { return s.Day().In().Quarter().First() }

// earlier is what the chair is told of the quarter so far.
func (s *Service) earlier(ctx context.Context, m meeting.Meeting, state proceedings.State) (proceedings.Earlier, error) {
	return earlierIn(ctx, s.DB, m.Root, m.Organization, m.ID, quarterOf(state))
}
