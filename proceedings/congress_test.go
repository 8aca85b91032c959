package proceedings

import "testing"

// TestQuorum counts two thirds of those summoned, in whole people.
func TestQuorum(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		base, needed int
	}{{3, 2}, {4, 3}, {5, 4}, {6, 4}, {7, 5}, {8, 6}, {9, 6}, {10, 7}, {11, 8}, {12, 8}, {30, 20}, {100, 67}} {
		for here := range c.base + 1 {
			s := State{Setup: Setup{Kind: CongressMeeting}}
			for n := range c.base {
				a := Attendee{Person: Person{Votes: true, Summoned: true}}
				if n < here {
					a.Status = Present
				}
				s.Roll = append(s.Roll, a)
			}
			// Who may not vote, and who need not come, changes nothing.
			s.Roll = append(s.Roll, Attendee{Status: Present}, Attendee{Person: Person{Votes: true}, Status: Excused})
			q, asked := s.Quorum()
			if !asked || q.Needed != c.needed || q.Here != here || q.Met() != (here >= c.needed) || q.Met() != (3*here >= 2*c.base) {
				t.Errorf("%d of %d: %+v, want %d", here, c.base, q, c.needed)
			}
		}
	}
	if q, _ := (State{Setup: Setup{Kind: CongressMeeting}}).Quorum(); q.Met() {
		t.Error("a congress of nobody is valid")
	}
	if _, asked := (State{Setup: Setup{Kind: OrdinaryMeeting}}).Quorum(); asked {
		t.Error("an ordinary meeting has a quorum")
	}
}

// TestACongressElectsWithItsQuorum opens a congress with whoever is there; it elects
// nobody before two thirds are in the room, nor once they have left.
func TestACongressElectsWithItsQuorum(t *testing.T) {
	t.Parallel()
	e := congress(t, 6)
	e.state.Setup.Kind = CongressMeeting
	e.do(KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"d1"}})
	ballot := VoteOpenBody{Question: "Bầu bí thư", Matter: MatterElection, Post: SecretaryPost, Seats: 1, Candidates: []string{"d1"}}
	for _, leaver := range []string{"d4", "d5"} {
		e.do(KindAttendance, AttendanceBody{Member: leaver, Status: Left})
	}
	if err := Accept(e.state, e.act(KindVoteOpen, ballot)); err != nil {
		t.Fatalf("four of six: %v", err)
	}
	e.do(KindAttendance, AttendanceBody{Member: "d6", Status: Left})
	if got := reason(e.refused(KindVoteOpen, ballot)); got != "room.problem.congress_quorum" {
		t.Errorf("three of six: %q", got)
	}
	e.state.Setup.Kind = OrdinaryMeeting
	if err := Accept(e.state, e.act(KindVoteOpen, ballot)); err != nil {
		t.Errorf("an ordinary meeting: %v", err)
	}
}
