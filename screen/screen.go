// Package screen shows a meeting to those who are in the room: màn hình chiếu và
// điện thoại đảng viên.
//
// The projector shows to the whole hall what is happening: the item that runs, the
// text being decided, the vote with its figures. The phone shows to one member what
// concerns them: the agenda, the papers, their own tasks, a vote they have a ballot
// in, and one button: to ask to speak. All else is read from the state of the room.
//
// Both are kept up to date by kit/live. A page that has lost its server says so and
// covers what it showed of a vote: nobody may take an old figure for the present one.
// While a ballot is secret, or is counted on paper, nothing is shown of it but how
// many have voted.
package screen

import (
	"time"

	"chibo/ballot"
	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// Follow is the need of those who follow a meeting on their own phone: everybody on
// the roll of the cell.
const Follow access.Need = "screen.follow"

// Stage says what the hall should look at.
type Stage string

// The stages.
const (
	Waiting Stage = "waiting" // before the opening: people come in
	Talking Stage = "talking" // an item runs, or none yet
	Voting  Stage = "voting"  // a question is put and not decided
	Decided Stage = "decided" // what came out of the last question
	Reading Stage = "reading" // closed; the minutes are read back and adopted
	Closed  Stage = "closed"
)

// lingers is how long a result is shown if nothing else happens.
const lingers = 3 * time.Minute

// Picture is a meeting as the hall sees it.
type Picture struct {
	State proceedings.State
	Stage Stage
	Item  proceedings.Item  // runs now; without ID where none does
	Vote  proceedings.Vote  // of Voting and Decided, without ID where it is a poll
	Polls []ballot.Underway // by phone, run now
	Floor proceedings.Turn  // of whoever speaks now; without ID where nobody does
	Spoke string            // name of who has spoken last to the item that runs
}

// PictureOf returns what the hall sees now.
func PictureOf(s proceedings.State, polls []ballot.Underway, now when.Instant) Picture {
	p := Picture{State: s, Polls: polls, Stage: Talking}
	p.Item, _ = s.Current()
	p.Floor, _ = s.Floor()
	p.Spoke = s.Name(spokeLast(s, p.Item.ID))
	switch {
	case s.Phase == proceedings.Waiting:
		p.Stage = Waiting
		return p
	case s.Phase == proceedings.Closed && s.Adopted():
		p.Stage = Closed
		return p
	case s.Phase == proceedings.Closed:
		p.Stage = Reading
		return p
	}
	for _, v := range s.Votes {
		switch {
		case !v.IsClosed():
			p.Vote, p.Stage = v, Voting
		case p.Stage != Voting && p.lasts(v, now):
			p.Vote, p.Stage = v, Decided
		}
	}
	if len(polls) > 0 && (p.Stage != Voting || p.Vote.Method.Electronic()) {
		p.Vote, p.Stage = proceedings.Vote{}, Voting
	}
	return p
}

// spokeLast is whoever has finished speaking to an item last, or was written down
// last.
func spokeLast(s proceedings.State, item string) string {
	last, speaker := when.Instant(0), ""
	for _, o := range s.Opinions {
		if o.Item == item && item != "" {
			last, speaker = o.At, o.Speaker
		}
	}
	for _, t := range s.Turns {
		if t.Item == item && item != "" && t.Ended > last {
			last, speaker = t.Ended, t.Speaker
		}
	}
	return speaker
}

// lasts reports whether the result of a closed vote is still what the hall looks at:
// no other item has begun since, nobody has spoken, and it is fresh.
func (p Picture) lasts(v proceedings.Vote, now when.Instant) bool {
	if p.Item.Started > v.Closed.At || now.Sub(v.Closed.At) > lingers {
		return false
	}
	for _, o := range p.State.Opinions {
		if o.At > v.Closed.At {
			return false
		}
	}
	for _, t := range p.State.Turns {
		if t.At > v.Closed.At {
			return false
		}
	}
	return true
}

// Hidden reports whether no figure of the vote may be shown yet: paper ballots are
// counted before anybody hears a part of it.
func (p Picture) Hidden() bool { return p.Vote.Method != proceedings.Hand && !p.Vote.IsClosed() }

// Text is the text that is being decided, Markdown, empty where none is.
func (p Picture) Text() string {
	deciding := p.Item.Kind == string(meeting.Resolution) || p.Vote.ID != "" && p.Vote.Rule.Matter == proceedings.MatterResolution
	if !deciding {
		return ""
	}
	return p.State.Resolution.Text
}
