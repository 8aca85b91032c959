package proceedings

// Quorum is what a congress of a cell needs to be valid, and what is there: two thirds
// of the members summoned (Điều lệ Đảng of 19/01/2011, Article 11.6). Those are counted
// as for a vote: the official members without who lives Party life elsewhere for a time
// and without who is exempt and has not come.
type Quorum struct {
	Here   int // official members in the room
	Base   int // official members summoned
	Needed int
}

// Met reports whether enough are in the room.
func (q Quorum) Met() bool { return q.Base > 0 && q.Here >= q.Needed }

// Congress reports whether the meeting is a congress of the cell.
func (s State) Congress() bool { return s.Setup.Kind == CongressMeeting }

// Gathering is what the meeting is called within a sentence of the record.
func (s State) Gathering() string {
	switch {
	case s.Congress():
		return "đại hội"
	case s.Beside():
		return "cuộc họp"
	}
	return "buổi sinh hoạt"
}

// Attended is the quorum by those who came, be it late or not to the end, as the minutes
// say it.
func (s State) Attended() Quorum {
	var q Quorum
	for _, a := range s.Roll {
		if a.Votes && a.Came() {
			q.Here++
		}
		if a.Votes && (a.Summoned || a.Came()) {
			q.Base++
		}
	}
	q.Needed = twoThirds(q.Base)
	return q
}

// Quorum returns the quorum as it stands; false in any other meeting than a congress,
// for which the Party's rules name none.
func (s State) Quorum() (Quorum, bool) {
	t := s.Tally()
	return Quorum{Here: t.Entitled, Base: t.Base, Needed: twoThirds(t.Base)}, s.Congress()
}

// twoThirds is the least number of people that is no less than two thirds of n.
func twoThirds(n int) int { return (2*n + 2) / 3 }
