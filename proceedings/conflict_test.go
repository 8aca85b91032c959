package proceedings

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/kit/when"
	"pgregory.net/rapid"
)

// table is one meeting and the devices that write it: the log of the server, and
// what each device has of it.
type table struct {
	t      rapid.TB
	n      int
	now    when.Instant
	log    []Act
	server State
}

// phone is one device at the table.
type phone struct {
	*table
	*Notebook
	id, account string
	seen        int64
	own         []Act
	slow        time.Duration // how far its clock is behind
}

func newTable(t rapid.TB) *table {
	return &table{t: t, now: began, server: Begin(setup())}
}

func (m *table) phone(account string) *phone {
	m.n++
	p := &phone{table: m, id: uuid(0xd000 + m.n), account: account}
	p.Notebook = NewNotebook(setup(), nil, account, "")
	p.take()
	return p
}

// act makes an act of what the device knows now.
func (p *phone) act(kind ActKind, body any) Act {
	raw, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	p.n++
	p.now = p.now.Add(time.Minute)
	return Act{ID: uuid(p.n), Meeting: uuid(0xa000), Kind: kind, At: p.now.Add(-p.slow), Body: raw, Device: p.id, Seen: p.seen}
}

// do enters an act that the device must take, and returns its id.
func (p *phone) do(kind ActKind, body any) string {
	p.t.Helper()
	a := p.act(kind, body)
	if err := p.Enter(a); err != nil {
		p.t.Fatalf("%s %s: %v", kind, a.Body, err)
	}
	p.own = append(p.own, a)
	return a.ID
}

// send gives the server what the device has written, and takes in what it has.
func (p *phone) send() {
	p.t.Helper()
	for _, a := range p.own {
		a.By, a.Seq, a.Received = p.account, int64(len(p.log)+1), p.now
		if err := Accept(p.server, a); err != nil {
			p.t.Fatalf("%s %s: %v", a.Kind, a.Body, err)
		}
		p.log = append(p.log, a)
		p.server = Fold(p.server, a)
	}
	p.own = nil
	p.take()
}

// take takes in what the server has.
func (p *phone) take() {
	p.Take(p.log[p.seen:])
	p.seen = int64(len(p.log))
}

// open begins the meeting on the first of two telephones, with three in the room, a
// vote and an item, and lets both go out of reach.
func open(t rapid.TB) (one, two *phone, vote string) {
	m := newTable(t)
	one = m.phone("secretary")
	for _, who := range []string{"hoa", "minh", "huy"} {
		one.do(KindAttendance, AttendanceBody{Member: who, Status: Present})
	}
	one.do(KindOpen, OpenBody{})
	one.do(KindItemStart, ItemStartBody{Item: "mo-dau"})
	vote = one.do(KindVoteOpen, VoteOpenBody{Matter: MatterResolution, Question: "Thông qua nghị quyết"})
	one.send()
	return one, m.phone("deputy"), vote
}

func (s State) disputes() string {
	var places []string
	for _, c := range s.Conflicts {
		places = append(places, string(c.Place.Kind))
	}
	return strings.Join(places, " ")
}

// TestConflicts: what two devices out of reach write, and what there is to choose
// from when both are back.
func TestConflicts(t *testing.T) {
	t.Parallel()
	count := func(vote string, n int) VoteCountBody { return VoteCountBody{Vote: vote, For: n} }
	for _, c := range []struct {
		name     string
		one, two func(p *phone, vote string)
		want     string
	}{
		{
			"different counts of one vote",
			func(p *phone, vote string) { p.do(KindVoteCount, count(vote, 3)) },
			func(p *phone, vote string) { p.do(KindVoteCount, count(vote, 2)) }, "count",
		},
		{
			"the same count twice",
			func(p *phone, vote string) { p.do(KindVoteCount, count(vote, 3)) },
			func(p *phone, vote string) { p.do(KindVoteCount, count(vote, 3)) }, "",
		},
		{
			"a count, corrected on the same device",
			func(p *phone, vote string) {
				p.do(KindVoteCount, count(vote, 3))
				p.do(KindVoteCount, count(vote, 2))
			},
			func(p *phone, vote string) { p.do(KindVoteCount, count(vote, 2)) }, "",
		},
		{
			"both close the vote they counted",
			func(p *phone, vote string) {
				p.do(KindVoteCount, count(vote, 3))
				p.do(KindVoteClose, VoteCloseBody{Vote: vote})
			},
			func(p *phone, vote string) {
				p.do(KindVoteCount, count(vote, 2))
				p.do(KindVoteClose, VoteCloseBody{Vote: vote})
			}, "count result",
		},
		{
			"both finish an item, minutes apart",
			func(p *phone, _ string) { p.do(KindItemFinish, ItemFinishBody{Item: "mo-dau"}) },
			func(p *phone, _ string) { p.do(KindItemFinish, ItemFinishBody{Item: "mo-dau"}) }, "item",
		},
		{
			"both go on to the next item",
			func(p *phone, _ string) { p.do(KindItemStart, ItemStartBody{Item: "thang-truoc"}) },
			func(p *phone, _ string) { p.do(KindItemStart, ItemStartBody{Item: "thang-truoc"}) }, "",
		},
		{
			"one starts the item that the other leaves out",
			func(p *phone, _ string) { p.do(KindItemStart, ItemStartBody{Item: "thang-truoc"}) },
			func(p *phone, _ string) {
				p.do(KindItemSkip, ItemSkipBody{Item: "thang-truoc", Reason: "Chưa có báo cáo"})
			}, "item",
		},
		{
			"different verdicts",
			func(p *phone, _ string) { p.do(KindVerdict, VerdictBody{Task: "viec-cu", Verdict: DoneWell}) },
			func(p *phone, _ string) { p.do(KindVerdict, VerdictBody{Task: "viec-cu", Verdict: DoneFine}) }, "verdict",
		},
		{
			"different answers to a carried matter",
			func(p *phone, _ string) { p.do(KindDestiny, DestinyBody{Opinion: "y-kien-cu", Fate: PassedUp}) },
			func(p *phone, _ string) {
				p.do(KindDestiny, DestinyBody{Opinion: "y-kien-cu", Fate: Explained, Text: "Đã làm."})
			}, "destiny",
		},
		{
			"here on one, excused on the other",
			func(p *phone, _ string) { p.do(KindAttendance, AttendanceBody{Member: "tai", Status: Present}) },
			func(p *phone, _ string) { p.do(KindAttendance, AttendanceBody{Member: "tai", Status: Excused}) }, "mark",
		},
		{
			"in time on one, late on the other",
			func(p *phone, _ string) { p.do(KindAttendance, AttendanceBody{Member: "tai", Status: Present}) },
			func(p *phone, _ string) { p.do(KindAttendance, AttendanceBody{Member: "tai", Status: Late}) }, "",
		},
		{
			"came, then left",
			func(p *phone, _ string) { p.do(KindAttendance, AttendanceBody{Member: "hoa", Status: Late}) },
			func(p *phone, _ string) { p.do(KindAttendance, AttendanceBody{Member: "hoa", Status: Left}) }, "",
		},
		{
			"left, then here again by one who did not know",
			func(p *phone, _ string) { p.do(KindAttendance, AttendanceBody{Member: "hoa", Status: Left}) },
			func(p *phone, _ string) { p.do(KindAttendance, AttendanceBody{Member: "hoa", Status: Present}) }, "mark",
		},
		{
			"the resolution amended twice",
			func(p *phone, _ string) { p.do(KindResolution, ResolutionBody{Text: "một"}) },
			func(p *phone, _ string) { p.do(KindResolution, ResolutionBody{Text: "hai"}) }, "resolution",
		},
		{
			"one passage worded twice, another once",
			func(p *phone, _ string) {
				p.do(KindWording, WordingBody{Passage: "a", Text: "một"})
				p.do(KindWording, WordingBody{Passage: "b", Text: "hai"})
			},
			func(p *phone, _ string) { p.do(KindWording, WordingBody{Passage: "a", Text: "ba"}) }, "wording",
		},
		{
			"adopted by different hands",
			func(p *phone, _ string) { p.do(KindAdopt, AdoptBody{For: 3}) },
			func(p *phone, _ string) { p.do(KindAdopt, AdoptBody{For: 2, Against: 1}) }, "adoption",
		},
		{
			"one act corrected in two ways",
			func(p *phone, vote string) {
				p.do(KindCorrect, correction(p.t, vote, "", VoteOpenBody{Matter: MatterResolution, Question: "một"}))
			},
			func(p *phone, vote string) {
				p.do(KindCorrect, correction(p.t, vote, "", VoteOpenBody{Matter: MatterResolution, Question: "hai"}))
			}, "correction",
		},
		{
			"opinions, notes and conclusions stand beside each other",
			func(p *phone, _ string) {
				p.do(KindOpinion, OpinionBody{Speaker: "hoa", Stance: Inform, Text: "một"})
				p.do(KindNote, NoteBody{Text: "một"})
				p.do(KindConclude, ConcludeBody{Item: "mo-dau", Text: "một"})
			},
			func(p *phone, _ string) {
				p.do(KindOpinion, OpinionBody{Speaker: "hoa", Stance: Inform, Text: "hai"})
				p.do(KindNote, NoteBody{Text: "hai"})
				p.do(KindConclude, ConcludeBody{Item: "mo-dau", Text: "hai"})
			}, "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			one, two, vote := open(t)
			c.one(one, vote)
			c.two(two, vote)
			one.send()
			if got := one.State().disputes(); got != "" {
				t.Errorf("before the second is back: %q", got)
			}
			two.send()
			one.take()
			for _, s := range []State{one.server, one.State(), two.State()} {
				if got := s.disputes(); got != c.want {
					t.Errorf("to choose from: %q, want %q", got, c.want)
				}
			}
		})
	}
}

// TestTwoOpenAndClose: a meeting opened, and closed, on two devices that do not know
// of each other.
func TestTwoOpenAndClose(t *testing.T) {
	t.Parallel()
	m := newTable(t)
	one, two := m.phone("secretary"), m.phone("deputy")
	first := one.do(KindOpen, OpenBody{Chair: "hoa"})
	two.do(KindOpen, OpenBody{Chair: "minh"})
	two.send()
	one.send()
	two.take()
	if got := m.server.disputes(); got != "opening" || m.server.Opening.Chair != "hoa" {
		t.Fatalf("%q, chaired by %s", got, m.server.Opening.Chair)
	}
	if c := m.server.Conflicts[0]; c.Sides[0].Act != first || !c.Sides[0].Holds || c.Sides[1].Holds || c.Blocks() {
		t.Errorf("the first opening holds: %+v", c)
	}
	two.do(KindChoose, ChooseBody{Chosen: m.server.Conflicts[0].Sides[1].Act})
	two.send()
	one.take()
	if got := m.server.disputes(); got != "" || m.server.Opening.Chair != "minh" {
		t.Errorf("chosen: %q, chaired by %s", got, m.server.Opening.Chair)
	}
	one.do(KindClose, CloseBody{})
	two.do(KindClose, CloseBody{})
	one.send()
	two.send()
	if got := m.server.disputes(); got != "closing" || m.server.Phase != Closed {
		t.Errorf("%q, %s", got, m.server.Phase)
	}
}

// TestChoice: a disputed count holds up the vote and the meeting until somebody has
// chosen.
func TestChoice(t *testing.T) {
	t.Parallel()
	one, two, vote := open(t)
	three := one.do(KindVoteCount, VoteCountBody{Vote: vote, For: 3})
	two.do(KindVoteCount, VoteCountBody{Vote: vote, For: 2})
	one.send()
	two.send()
	one.take()
	s := one.State()
	if v, _ := s.Vote(vote); v.Last().For != 2 || len(v.Counts) != 2 {
		t.Errorf("meanwhile the last one holds, and both are there: %+v", v.Counts)
	}
	if got := reason(Accept(s, one.act(KindVoteClose, VoteCloseBody{Vote: vote}))); got != "room.problem.disputed" {
		t.Errorf("a disputed vote was closed: %q", got)
	}
	if g, _ := s.Blocked(); g.Kind != "disputed" {
		t.Errorf("in the way: %+v", g)
	}
	if got := reason(Accept(s, one.act(KindChoose, ChooseBody{Chosen: vote}))); got != "room.problem.no_conflict" {
		t.Errorf("chosen from nothing: %q", got)
	}
	one.do(KindChoose, ChooseBody{Chosen: three})
	one.do(KindVoteClose, VoteCloseBody{Vote: vote})
	one.send()
	two.take()
	for _, s := range []State{one.server, one.State(), two.State()} {
		v, _ := s.Vote(vote)
		if got := s.disputes(); got != "" || v.Result.For != 3 || !v.IsClosed() {
			t.Errorf("chosen: %q, %+v", got, v.Result)
		}
	}
}

// TestCountAfterTheClose: one device counts and closes, the other has counted before
// it knows of that. The result is not settled, and choosing settles it.
func TestCountAfterTheClose(t *testing.T) {
	t.Parallel()
	one, two, vote := open(t)
	late := two.do(KindVoteCount, VoteCountBody{Vote: vote, For: 2})
	one.do(KindVoteCount, VoteCountBody{Vote: vote, For: 3})
	one.do(KindVoteClose, VoteCloseBody{Vote: vote})
	one.do(KindClose, CloseBody{})
	one.send()
	two.send()
	s := two.server
	if g, _ := s.Blocked(); g.Kind != "disputed" || s.Phase != Closed {
		t.Fatalf("%s, in the way: %+v", s.Phase, g)
	}
	two.do(KindChoose, ChooseBody{Chosen: late})
	two.send()
	if v, _ := two.server.Vote(vote); two.server.disputes() != "" || v.Result.For != 2 || !v.IsClosed() {
		t.Errorf("chosen: %q, %+v", two.server.disputes(), v.Result)
	}
}

// TestConflictEnds: ways out of a conflict, and a way back into one.
func TestConflictEnds(t *testing.T) {
	t.Parallel()
	dispute := func(t *testing.T) (one, two *phone, vote, a, b string) {
		one, two, vote = open(t)
		a = one.do(KindVoteCount, VoteCountBody{Vote: vote, For: 3})
		b = two.do(KindVoteCount, VoteCountBody{Vote: vote, For: 2})
		one.send()
		two.send()
		one.take()
		return one, two, vote, a, b
	}
	holds := func(t *testing.T, s State, vote string, n int, want string) {
		t.Helper()
		if v, _ := s.Vote(vote); v.Last().For != n || s.disputes() != want {
			t.Errorf("%d hold, to choose from %q; want %d and %q", v.Last().For, s.disputes(), n, want)
		}
	}
	t.Run("counted again by one who knew both", func(t *testing.T) {
		t.Parallel()
		one, _, vote, _, _ := dispute(t)
		one.do(KindVoteCount, VoteCountBody{Vote: vote, For: 1})
		one.send()
		holds(t, one.server, vote, 1, "")
	})
	t.Run("one taken back", func(t *testing.T) {
		t.Parallel()
		one, _, vote, _, b := dispute(t)
		one.do(KindCorrect, CorrectBody{Corrects: b, Void: true})
		one.send()
		holds(t, one.server, vote, 3, "")
	})
	t.Run("corrected to the same", func(t *testing.T) {
		t.Parallel()
		one, _, vote, a, _ := dispute(t)
		one.do(KindCorrect, correction(t, a, "", VoteCountBody{Vote: vote, For: 2}))
		one.send()
		holds(t, one.server, vote, 2, "")
	})
	t.Run("both choose the same", func(t *testing.T) {
		t.Parallel()
		one, two, vote, a, _ := dispute(t)
		one.do(KindChoose, ChooseBody{Chosen: a})
		two.do(KindChoose, ChooseBody{Chosen: a})
		one.send()
		two.send()
		holds(t, one.server, vote, 3, "")
	})
	t.Run("both choose their own, then one gives in", func(t *testing.T) {
		t.Parallel()
		one, two, vote, a, b := dispute(t)
		two.do(KindChoose, ChooseBody{Chosen: b})
		one.do(KindChoose, ChooseBody{Chosen: a})
		one.send()
		two.send()
		one.take()
		holds(t, one.server, vote, 3, "count")
		one.do(KindChoose, ChooseBody{Chosen: b})
		one.send()
		holds(t, one.server, vote, 2, "")
	})
	t.Run("a third device comes back after the choice", func(t *testing.T) {
		t.Parallel()
		one, two, vote := open(t)
		three := one.phone("taker")
		three.do(KindVoteCount, VoteCountBody{Vote: vote, For: 1})
		a := one.do(KindVoteCount, VoteCountBody{Vote: vote, For: 3})
		two.do(KindVoteCount, VoteCountBody{Vote: vote, For: 2})
		one.send()
		two.send()
		one.take()
		one.do(KindChoose, ChooseBody{Chosen: a})
		one.send()
		holds(t, one.server, vote, 3, "")
		three.send()
		holds(t, one.server, vote, 3, "count")
		if sides := one.server.Conflicts[0].Sides; len(sides) != 2 || !sides[1].Holds && !sides[0].Holds {
			t.Errorf("sides: %+v", sides)
		}
	})
	t.Run("a correction that the next count did not know of", func(t *testing.T) {
		t.Parallel()
		one, two, vote := open(t)
		a := one.do(KindVoteCount, VoteCountBody{Vote: vote, For: 3})
		one.send()
		two.take()
		one.do(KindCorrect, correction(t, a, "", VoteCountBody{Vote: vote, For: 1}))
		two.do(KindVoteCount, VoteCountBody{Vote: vote, For: 2})
		one.send()
		two.send()
		holds(t, one.server, vote, 2, "count")
	})
}

// TestSlowClock: a count that corrects another one holds, whatever the clock says.
func TestSlowClock(t *testing.T) {
	t.Parallel()
	one, two, vote := open(t)
	two.slow = time.Hour
	one.do(KindVoteCount, VoteCountBody{Vote: vote, For: 3})
	one.send()
	two.take()
	two.do(KindVoteCount, VoteCountBody{Vote: vote, For: 2})
	two.send()
	if v, _ := two.server.Vote(vote); v.Last().For != 2 || two.server.disputes() != "" {
		t.Errorf("%+v, %q", v.Last(), two.server.disputes())
	}
	if acts := two.server.Acts(); acts[len(acts)-1].Device != two.id {
		t.Error("the act stands before what its writer knew")
	}
}

// TestProgramsThatSayNothing: acts that tell neither device nor number are taken as
// before, the last one holds.
func TestProgramsThatSayNothing(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.arrive("hoa", "minh", "huy")
	e.do(KindOpen, OpenBody{})
	v := e.do(KindVoteOpen, VoteOpenBody{Matter: MatterResolution, Question: "Thông qua"})
	e.do(KindVoteCount, VoteCountBody{Vote: v, For: 3})
	e.do(KindVoteCount, VoteCountBody{Vote: v, For: 2})
	if e.state.disputes() != "" {
		t.Errorf("conflicts: %+v", e.state.Conflicts)
	}
	back := slices.Clone(e.acts)
	slices.Reverse(back)
	if s := Replay(setup(), back); len(s.Conflicts) != 0 || s.Votes[0].Last().For != 2 {
		t.Errorf("backwards: %+v", s.Conflicts)
	}
}

func TestKnowledgeIsChecked(t *testing.T) {
	t.Parallel()
	s := Begin(setup())
	a := Act{ID: uuid(1), Kind: KindAttendance, At: began, Body: json.RawMessage(`{"member":"hoa","status":"present"}`)}
	for _, c := range []struct {
		device string
		seen   int64
		want   string
	}{
		{"", 0, ""},
		{uuid(7), 40, ""}, // more than there is: the server cuts it
		{"máy của tôi", 0, "room.problem.device"},
		{uuid(7), -1, "room.problem.device"},
	} {
		a.Device, a.Seen = c.device, c.seen
		if err := Accept(s, a); (err == nil) != (c.want == "") || err != nil && reason(err) != c.want {
			t.Errorf("%q %d: %v", c.device, c.seen, err)
		}
	}
}
