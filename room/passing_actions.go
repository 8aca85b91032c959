//go:build !js

package room

import (
	"context"

	"chibo/matter"
	"chibo/proceedings"
)

// passUp brings to the superior what the meeting has decided to pass up, and takes
// back what it no longer passes up. An opinion that an earlier meeting left to this
// one is passed up like one of tonight.
func (b *book) passUp(ctx context.Context, next proceedings.State) error {
	was, is := b.passing(b.state), b.passing(next)
	for subject, m := range is {
		if was[subject] == m {
			continue
		}
		if _, err := matter.Raise(ctx, b.tx, m, b.now); err != nil {
			return err
		}
	}
	for subject := range was {
		if _, still := is[subject]; still {
			continue
		}
		if err := matter.TakeBack(ctx, b.tx, b.org.Root, subject, "Chi bộ sửa lại kết cục của ý kiến."); err != nil {
			return err
		}
	}
	return nil
}

// passing returns what a state passes up, by the act of the opinion.
func (b *book) passing(s proceedings.State) map[string]matter.Matter {
	out := map[string]matter.Matter{}
	pass := func(subject, text, speaker, meeting string, d proceedings.Destiny) {
		if d.Fate != proceedings.PassedUp || text == "" {
			return
		}
		if _, member := s.Attendee(speaker); !member {
			speaker = ""
		}
		out[subject] = matter.Matter{
			Root: b.org.Root, Organization: b.org.ID, Text: text, Raiser: matter.ByMember, Member: speaker, Meeting: meeting,
			Subject: subject, SentBy: b.who.Member,
		}
	}
	for _, o := range s.Opinions {
		pass(o.Act, o.Text, o.Speaker, b.m.ID, o.Destiny)
	}
	for _, c := range s.Carried {
		pass(c.Subject, c.Text, "", c.From, c.Destiny)
	}
	return out
}
