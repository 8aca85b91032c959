package proceedings

import "chibo/kit/when"

// Attendee is a member of the roll in the room: the entry is the last mark.
type Attendee struct {
	Entry
	Person
	Status  Status
	Reason  string       // code, of an excused absence
	Arrived when.Instant // zero: has not come
	LeftAt  when.Instant // zero: has not left
	CameBy  Via          // the way of the mark with which the member arrived
	Spoke   int          // how often, see State.Times
}

// Here reports whether the member is in the room now.
func (a Attendee) Here() bool { return a.Status == Present || a.Status == Late }

// Came reports whether the member took part, be it late or not to the end.
func (a Attendee) Came() bool { return a.Here() || a.Status == Left }

// MayVote reports whether the member may vote now.
func (a Attendee) MayVote() bool { return a.Votes && a.Here() }

// Tally is the roll in numbers.
type Tally struct {
	Listed    int
	Here      int
	Came      int // Here and those who left again
	Late      int
	Left      int
	Excused   int
	Unexcused int
	Unmarked  int
	// Counted is the denominator of attendance, CountedCame those of it who came.
	Counted, CountedCame int
	Official             int // on the roll with the right to vote
	// Entitled may vote and are in the room.
	Entitled int
	// Base is what a vote is measured against at this moment, see Result.
	Base int
}

// Tally counts the roll as it stands.
func (s State) Tally() Tally {
	var t Tally
	for _, a := range s.Roll {
		t.add(a)
	}
	return t
}

func (t *Tally) add(a Attendee) {
	one := func(n *int, when bool) {
		if when {
			*n++
		}
	}
	t.Listed++
	one(&t.Here, a.Here())
	one(&t.Came, a.Came())
	one(&t.Late, a.Status == Late)
	one(&t.Left, a.Status == Left)
	one(&t.Excused, a.Status == Excused)
	one(&t.Unexcused, a.Status == Unexcused)
	one(&t.Unmarked, a.Status == Unmarked)
	one(&t.Counted, a.Counts)
	one(&t.CountedCame, a.Counts && a.Came())
	one(&t.Official, a.Votes)
	one(&t.Entitled, a.MayVote())
	one(&t.Base, a.Votes && (a.Summoned || a.Here()))
}

// Low reports whether so few official members are in the room that nothing can
// pass, since passing takes more than half of all who are summoned. It is a
// warning: the Party's rules name no quorum for a meeting of a cell.
func (t Tally) Low() bool { return 2*t.Entitled <= t.Base }

// officials counts the official members of the cell. One who lives Party life elsewhere
// for a time is out of the base of a vote and still belongs to the cell.
func (s State) officials() int {
	n := 0
	for _, a := range s.Roll {
		if a.Votes || a.Standing == AwayStanding {
			n++
		}
	}
	return n
}

// TooFew reports whether the cell has under three official members, with whom no
// decision of a cell can be taken (Điều lệ Đảng of 19/01/2011, Article 24.1).
func (s State) TooFew() bool { return s.officials() < cellFrom }

// attendance are the shares in percent from which a meeting is well attended: "above
// 85 %" by 12-HD/BTCTW (06/7/2018), "90 % or more" by 42-HD/BTCTW.
var attendance = []struct {
	from   when.Date
	share  int
	strict bool
}{
	{when.On(2025, 10, 28), 90, false},
	{when.Date{}, 85, true},
}

// WellAttended reports whether the share that the guidance of the day asks for has come.
// It belongs to the score and is no quorum.
func (s State) WellAttended() bool {
	t, day := s.Tally(), s.Day()
	for _, a := range attendance {
		if !day.Before(a.from) {
			came, asked := 100*t.CountedCame, a.share*t.Counted
			return came > asked || !a.strict && came == asked
		}
	}
	return false
}

// quorate reports whether the share this cell has set for itself is in the room.
func (s *State) quorate() bool {
	t := s.Tally()
	return s.Setup.QuorumDen <= 0 || t.Entitled*s.Setup.QuorumDen >= t.Base*s.Setup.QuorumNum
}

// Gap is something that is missing before the meeting can be closed, or that the
// chair will want to know before closing it.
type Gap struct {
	// Kind is the last part of the message key: opinion, vote, disputed, sum,
	// conflict, item, roll, absent, carried, task, readback.
	Kind   string
	Ref    string // act, item or task that it is about
	Name   string // how people know it
	Number int    // how many, where it is a number
	Blocks bool   // the meeting cannot be closed with it
}

// Missing returns what stands in the way of closing, then what merely has not
// been done.
func (s State) Missing() []Gap {
	var gaps []Gap
	for _, o := range s.Opinions {
		if o.Orphan() {
			gaps = append(gaps, Gap{Kind: "opinion", Ref: o.Act, Name: s.Name(o.Speaker), Blocks: true})
		}
	}
	for _, v := range s.Votes {
		switch {
		case s.Disputed(v.ID):
			gaps = append(gaps, Gap{Kind: "disputed", Ref: v.ID, Name: v.Question, Blocks: true})
		case !v.IsClosed():
			gaps = append(gaps, Gap{Kind: "vote", Ref: v.ID, Name: v.Question, Blocks: true})
		case !v.Possible():
			gaps = append(gaps, Gap{Kind: "sum", Ref: v.ID, Name: v.Question, Blocks: true})
		}
	}
	return append(gaps, s.undone()...)
}

func (s State) undone() []Gap {
	var gaps []Gap
	for _, c := range s.Conflicts {
		if !c.Blocks() {
			gaps = append(gaps, Gap{Kind: "conflict", Ref: c.Sides[0].Act})
		}
	}
	for _, i := range s.Items {
		if i.Progress == Ahead {
			gaps = append(gaps, Gap{Kind: "item", Ref: i.ID, Name: i.Title})
		}
	}
	if n := s.Tally().Unmarked; n > 0 {
		gaps = append(gaps, Gap{Kind: "roll", Number: n})
	}
	for _, a := range s.Roll {
		if a.Spoke > 0 && !a.Came() {
			gaps = append(gaps, Gap{Kind: "absent", Ref: a.ID, Name: a.Name})
		}
	}
	for _, m := range s.Carried {
		if m.Destiny.Fate == "" {
			gaps = append(gaps, Gap{Kind: "carried", Ref: m.Subject, Name: m.Text})
		}
	}
	for _, j := range s.Judged {
		if j.Verdict == "" {
			gaps = append(gaps, Gap{Kind: "task", Ref: j.ID, Name: j.Title})
		}
	}
	if len(s.Readbacks) == 0 {
		gaps = append(gaps, Gap{Kind: "readback"})
	}
	return gaps
}

// Blocked returns the first gap with which the meeting cannot be closed.
func (s State) Blocked() (Gap, bool) { return find(s.Missing(), func(g Gap) bool { return g.Blocks }) }

// Unsettled returns what this meeting leaves to the next: what is to be studied,
// what was passed up, the word of the superior, and what it was left itself and
// did not settle.
func (s State) Unsettled() []Pending {
	var left []Pending
	for _, m := range s.Carried {
		p := m.Pending
		if kind := leftKind(m.Destiny); kind != "" {
			p.Kind, p.Member, p.Due = kind, m.Destiny.Who, m.Destiny.Due
		}
		if m.Destiny.Fate == "" || leftKind(m.Destiny) != "" {
			left = append(left, p)
		}
	}
	for _, o := range s.Opinions {
		if kind := leftKind(o.Destiny); kind != "" {
			left = append(left, Pending{o.Act, kind, o.Text, o.Destiny.Who, o.Destiny.Due, s.Setup.Meeting})
		}
	}
	for _, w := range s.Guidance {
		left = append(left, Pending{Subject: w.Act, Kind: "remark", Text: w.Text, From: s.Setup.Meeting})
	}
	return left
}

// leftKind is the kind of Pending a destiny makes, empty when it settles the
// matter.
func leftKind(d Destiny) string {
	switch d.Fate {
	case ToStudy:
		return "study"
	case PassedUp:
		return "passed"
	}
	return ""
}
