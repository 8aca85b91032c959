package proceedings

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chibo/kit/when"
)

var today = when.On(2026, 12, 3)

// congress is an evening in a cell of so many official members, all present: "d1",
// "d2" …; one on probation, one away for a time, one suspended.
func congress(t *testing.T, official int) *evening {
	with := setup()
	with.Roll = nil
	for n := range official {
		with.Roll = append(with.Roll, Person{ID: fmt.Sprintf("d%d", n+1), Name: fmt.Sprintf("Nguyễn Văn %c", 'A'+n), Standing: "official", Votes: true, Summoned: true, Counts: true})
	}
	with.Roll = append(with.Roll,
		Person{ID: "mai", Name: "Phạm Mai", Standing: "probationary", Counts: true},
		Person{ID: "xa", Name: "Lê Xa", Standing: AwayStanding},
		Person{ID: "dinh", Name: "Đỗ Đình", Standing: SuspendedStanding})
	e := &evening{t: t, now: began, state: Begin(with)}
	e.do(KindOpen, OpenBody{})
	for n := range official {
		e.arrive(fmt.Sprintf("d%d", n+1))
	}
	e.arrive("mai")
	return e
}

// TestTooFew: a cell has at least three official members (Charter 24.1). The one who is
// away for a time, and who is in no base of a vote, is one of them; one on probation is
// not.
func TestTooFew(t *testing.T) {
	t.Parallel()
	for official, want := range map[int]struct{ with, without bool }{
		0: {true, true}, 1: {true, true}, 2: {false, true}, 3: {false, false}, 4: {false, false},
	} {
		s := congress(t, official).state
		if got := s.TooFew(); got != want.with {
			t.Errorf("%d official members and one away: too few is %v", official, got)
		}
		s.Roll = slices.DeleteFunc(slices.Clone(s.Roll), func(a Attendee) bool { return a.Standing == AwayStanding })
		if got := s.TooFew(); got != want.without {
			t.Errorf("%d official members: too few is %v", official, got)
		}
	}
}

// round opens a round between candidates.
func (e *evening) round(post string, seats int, candidates ...string) string {
	e.t.Helper()
	return e.do(KindVoteOpen, VoteOpenBody{Matter: MatterElection, Question: "Bầu", Post: post, Seats: seats, Candidates: candidates})
}

// counted enters the sheet of a round in which everybody voted, and closes it.
func (e *evening) counted(vote string, votes ...int) Vote {
	e.t.Helper()
	n := e.state.Tally().Entitled
	e.do(KindVoteSheet, sheetOf(vote, n, votes...))
	e.do(KindVoteClose, VoteCloseBody{Vote: vote})
	v, _ := e.state.Vote(vote)
	return v
}

func sheetOf(vote string, ballots int, votes ...int) VoteSheetBody {
	b := VoteSheetBody{Vote: vote, Issued: ballots, Returned: ballots, Head: "d9", Tellers: []string{"d8"}}
	if ballots < 9 {
		b.Head, b.Tellers = fmt.Sprintf("d%d", ballots), nil // stands in none of the tests
	}
	for _, n := range votes {
		b.Votes = append(b.Votes, strconv.Itoa(n))
	}
	return b
}

func TestOutcomeOfARound(t *testing.T) {
	t.Parallel()
	r := rule(t, today, MatterElection)
	for _, c := range []struct {
		name    string
		seats   int
		base    int
		votes   []int
		elected string
		tied    string
		left    int
	}{
		{"all seats", 2, 20, []int{15, 12, 5}, "a b", "", 0},
		{"in the order of votes", 2, 20, []int{12, 5, 15}, "c a", "", 0},
		{"exactly half is not enough", 1, 20, []int{10, 10}, "", "", 1},
		{"one more than half", 1, 20, []int{11, 9}, "a", "", 0},
		{"more than enough over half", 2, 20, []int{14, 16, 15}, "b c", "", 0},
		{"equal within the seats", 2, 20, []int{14, 14, 9}, "a b", "", 0},
		{"equal at the last seat", 2, 20, []int{13, 16, 13}, "b", "a c", 1},
		{"three equal for two seats", 2, 20, []int{13, 13, 13}, "", "a b c", 2},
		{"equal for three seats, one ahead", 3, 20, []int{12, 12, 18, 12}, "c", "a b d", 2},
		{"equal under half", 1, 20, []int{8, 8}, "", "", 1},
		{"equal at half and over it", 2, 20, []int{11, 10, 10}, "a", "", 1},
		{"no surplus", 3, 9, []int{9, 5, 4}, "a b", "", 1},
		{"nobody could vote", 1, 0, []int{0, 0}, "", "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			race := Race{Post: CommitteePost, Seats: c.seats, Candidates: []string{"a", "b", "c", "d"}[:len(c.votes)]}
			o := race.outcome(c.votes, r, c.base)
			if strings.Join(o.Elected, " ") != c.elected || strings.Join(o.Tied, " ") != c.tied || o.Left != c.left {
				t.Errorf("elected %v, tied %v, left %d", o.Elected, o.Tied, o.Left)
			}
		})
	}
}

// What an outcome may never be, whatever was counted.
func TestOutcomeHolds(t *testing.T) {
	t.Parallel()
	r := rule(t, today, MatterElection)
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.IntRange(1, 60).Draw(t, "base")
		votes := rapid.SliceOfN(rapid.IntRange(0, base), 1, 9).Draw(t, "votes")
		race := Race{Seats: rapid.IntRange(1, len(votes)).Draw(t, "seats")}
		of := map[string]int{}
		for n, v := range votes {
			m := strconv.Itoa(n)
			race.Candidates = append(race.Candidates, m)
			of[m] = v
		}
		o := race.outcome(votes, r, base)
		if len(o.Elected)+o.Left != race.Seats || o.Left < 0 || len(o.Ranks) != len(votes) {
			t.Fatalf("%d elected, %d left of %d", len(o.Elected), o.Left, race.Seats)
		}
		for _, m := range slices.Concat(o.Elected, o.Tied) {
			if 2*of[m] <= base {
				t.Fatalf("%s has %d of %d", m, of[m], base)
			}
		}
		for m, n := range of {
			out := !slices.Contains(o.Elected, m)
			for _, e := range o.Elected {
				if out && n >= of[e] {
					t.Fatalf("%s with %d is out, %s with %d is in", m, n, e, of[e])
				}
			}
			if out && 2*n > base && len(o.Tied) == 0 && o.Left > 0 {
				t.Fatalf("%s has more than half and a seat is empty", m)
			}
		}
		if len(o.Tied) > 0 && (len(o.Tied) <= o.Left || o.Left == 0) {
			t.Fatalf("%d equal for %d seats is no tie", len(o.Tied), o.Left)
		}
	})
}

func TestElectionOfACommitteeAndItsSecretary(t *testing.T) {
	t.Parallel()
	e := congress(t, 10)
	e.do(KindNominate, NominateBody{Post: CommitteePost, Members: []string{"d1", "d2", "d3", "d4"}})
	e.do(KindNominate, NominateBody{Post: CommitteePost, Members: []string{"d5"}, By: "d5"})
	e.do(KindWithdraw, WithdrawBody{Post: CommitteePost, Member: "d4", For: 6})
	e.do(KindWithdraw, WithdrawBody{Post: CommitteePost, Member: "d3", For: 5})
	if got := e.state.Standing(CommitteePost); !slices.Equal(got, []string{"d1", "d2", "d3", "d5"}) {
		t.Fatalf("on the ballot: %v", got)
	}
	first := e.counted(e.round(CommitteePost, 3, "d1", "d2", "d3", "d5"), 9, 7, 6, 6)
	if !slices.Equal(first.Result.Outcome.Tied, []string{"d3", "d5"}) || first.Result.Passed || first.Race.Round != 1 {
		t.Fatalf("first round: %+v", first.Result.Outcome)
	}
	again := e.counted(e.round(CommitteePost, 1, "d3", "d5"), 4, 6)
	if !again.Race.Again || again.Race.Round != 1 || again.Race.After != first.ID || !again.Result.Passed {
		t.Fatalf("vote between equals: %+v %+v", again.Race, again.Result.Outcome)
	}
	if got := e.state.Elected(CommitteePost); !slices.Equal(got, []string{"d1", "d2", "d5"}) {
		t.Fatalf("committee: %v", got)
	}
	if got := reason(e.refused(KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"d3"}})); got != "room.problem.not_in_committee" {
		t.Errorf("secretary from outside the committee: %s", got)
	}
	e.do(KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"d1"}})
	e.do(KindNominate, NominateBody{Post: DeputyPost, Members: []string{"d2"}})
	e.counted(e.round(SecretaryPost, 1, "d1"), 10)
	if got := reason(e.refused(KindNominate, NominateBody{Post: DeputyPost, Members: []string{"d1"}})); got != "room.problem.elected" {
		t.Errorf("secretary as deputy: %s", got)
	}
	want := "Bầu bí thư chi bộ: bầu 1 trong danh sách 1 đồng chí. Số phiếu phát ra 10, thu về 10, hợp lệ 10, không hợp lệ 0. " +
		"Kết quả: đồng chí Nguyễn Văn A: 10/10 đảng viên chính thức được triệu tập, đạt 100%, trúng cử. " +
		"Cần quá 1/2 số đảng viên chính thức được triệu tập (tối thiểu 6). Trúng cử 1 đồng chí: Nguyễn Văn A."
	if diff := cmp.Diff(want, e.state.Words(e.state.Rounds(SecretaryPost)[0])); diff != "" {
		t.Error(diff)
	}
}

func TestThirdRoundIsTheLast(t *testing.T) {
	t.Parallel()
	e := congress(t, 5)
	e.do(KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"d1", "d2"}})
	for n := 1; n <= lastRound; n++ {
		v := e.counted(e.round(SecretaryPost, 1, "d1", "d2"), 2, 2)
		if v.Race.Round != n || v.Result.Passed {
			t.Fatalf("round %d: %+v", n, v.Race)
		}
		if over := e.state.Exhausted(SecretaryPost); over != (n == lastRound) {
			t.Errorf("after round %d: over %v", n, over)
		}
	}
	rounds := e.state.Rounds(SecretaryPost)
	if words := rounds[2].Onwards(); !strings.Contains(words, "báo cáo cấp ủy cấp trên chỉ định") {
		t.Errorf("after the third round: %s", words)
	}
	if words := rounds[0].Onwards(); words != "Còn 1 vị trí, bầu lần 2." {
		t.Errorf("after the first round: %s", words)
	}
	body := VoteOpenBody{Matter: MatterElection, Question: "Bầu", Post: SecretaryPost, Seats: 1, Candidates: []string{"d1"}}
	if got := reason(e.refused(KindVoteOpen, body)); got != "room.problem.third_round" {
		t.Errorf("a fourth round: %s", got)
	}
}

func TestWhoMayStandAndHow(t *testing.T) {
	t.Parallel()
	small, large := congress(t, 5), congress(t, 9)
	open := func(change func(*VoteOpenBody)) VoteOpenBody {
		b := VoteOpenBody{Matter: MatterElection, Question: "Bầu", Post: SecretaryPost, Seats: 1, Candidates: []string{"d1"}}
		change(&b)
		return b
	}
	small.do(KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"d1", "d2"}})
	for _, c := range []struct {
		name string
		e    *evening
		kind ActKind
		body any
		want string
	}{
		{"probationary", small, KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"mai"}}, "room.problem.may_not_stand"},
		{"away for a time", small, KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"xa"}}, "room.problem.may_not_stand"},
		{"suspended", small, KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"dinh"}}, "room.problem.may_not_stand"},
		{"stranger", small, KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"ghost"}}, "room.problem.not_on_roll"},
		{"twice", small, KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"d1"}}, "room.problem.stands"},
		{"nobody", small, KindNominate, NominateBody{Post: SecretaryPost}, "members room.problem.candidates"},
		{"another post", small, KindNominate, NominateBody{Post: "king", Members: []string{"d3"}}, "post room.problem.choice"},
		{"a committee of five", small, KindNominate, NominateBody{Post: CommitteePost, Members: []string{"d1"}}, "room.problem.small_cell"},
		{"secretary before the committee", large, KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"d1"}}, "room.problem.not_in_committee"},
		{"withdraws who does not stand", small, KindWithdraw, WithdrawBody{Post: SecretaryPost, Member: "d3", For: 5}, "room.problem.gone"},
		{"more hands than people", small, KindWithdraw, WithdrawBody{Post: SecretaryPost, Member: "d1", For: 6}, "for room.problem.sum"},
		{"by show of hands", small, KindVoteOpen, open(func(b *VoteOpenBody) { b.Method = Hand }), "method room.problem.election_method"},
		{"openly by phone", small, KindVoteOpen, open(func(b *VoteOpenBody) { b.Method = Phone }), "method room.problem.election_method"},
		{"two secretaries", small, KindVoteOpen, open(func(b *VoteOpenBody) { b.Seats, b.Candidates = 2, []string{"d1", "d2"} }), "seats room.problem.one_seat"},
		{"more seats than people", small, KindVoteOpen, open(func(b *VoteOpenBody) { b.Post, b.Seats = CommitteePost, 2 }), "seats room.problem.seats"},
		{"no seat", small, KindVoteOpen, open(func(b *VoteOpenBody) { b.Seats = 0 }), "seats room.problem.seats"},
		{"not nominated", small, KindVoteOpen, open(func(b *VoteOpenBody) { b.Candidates = []string{"d3"} }), "room.problem.not_nominated"},
		{"one twice", small, KindVoteOpen, open(func(b *VoteOpenBody) { b.Candidates = []string{"d1", "d1"} }), "candidates room.problem.twice"},
		{"candidates of a resolution", small, KindVoteOpen, open(func(b *VoteOpenBody) { b.Matter = MatterResolution }), "post room.problem.choice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := reason(c.e.refused(c.kind, c.body)); got != c.want {
				t.Errorf("refused with %q, want %q", got, c.want)
			}
		})
	}
}

func TestWhoWithdrewMayStandAgain(t *testing.T) {
	t.Parallel()
	e := congress(t, 5)
	e.do(KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"d1", "d2"}})
	e.do(KindWithdraw, WithdrawBody{Post: SecretaryPost, Member: "d2", For: 5})
	if got := reason(e.refused(KindVoteOpen, VoteOpenBody{Matter: MatterElection, Question: "Bầu", Post: SecretaryPost, Seats: 1, Candidates: []string{"d2"}})); got != "room.problem.not_nominated" {
		t.Errorf("a withdrawn candidate: %s", got)
	}
	e.do(KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"d2"}, By: "d3"})
	if got := e.state.Standing(SecretaryPost); !slices.Equal(got, []string{"d1", "d2"}) {
		t.Errorf("on the ballot: %v", got)
	}
}

// Between those who were equal the meeting may let more votes decide alone, and
// nowhere else.
func TestMoreVotesDecideBetweenEquals(t *testing.T) {
	t.Parallel()
	e := congress(t, 10)
	e.do(KindNominate, NominateBody{Post: CommitteePost, Members: []string{"d1", "d2", "d3", "d4"}})
	open := VoteOpenBody{Matter: MatterElection, Question: "Bầu", Post: CommitteePost, Seats: 1, Candidates: []string{"d3", "d4"}, Relative: true}
	if got := reason(e.refused(KindVoteOpen, open)); got != "room.problem.relative" {
		t.Errorf("in the first round: %s", got)
	}
	e.counted(e.round(CommitteePost, 3, "d1", "d2", "d3", "d4"), 9, 7, 6, 6)
	open.Candidates = []string{"d3", "d5"}
	if got := reason(e.refused(KindVoteOpen, open)); got != "room.problem.relative" {
		t.Errorf("between others: %s", got)
	}
	open.Candidates = []string{"d4", "d3"}
	again := e.counted(e.do(KindVoteOpen, open), 5, 4)
	if !slices.Equal(again.Result.Outcome.Elected, []string{"d4"}) || !again.Result.Passed {
		t.Errorf("by more votes: %+v", again.Result.Outcome)
	}
	if words := e.state.Words(again); !strings.Contains(words, "Chi bộ quyết định lấy đồng chí có số phiếu cao hơn, không cần quá 1/2.") {
		t.Errorf("the minutes do not say by which rule: %s", words)
	}
}

func TestWhoMayCountBallots(t *testing.T) {
	t.Parallel()
	e := congress(t, 5)
	e.do(KindNominate, NominateBody{Post: SecretaryPost, Members: []string{"d1"}})
	v := e.round(SecretaryPost, 1, "d1")
	for _, c := range []struct {
		name, head, teller, want string
	}{
		{"who stands, as head", "d1", "d2", "room.problem.teller_stands"},
		{"who stands, beside the head", "d2", "d1", "room.problem.teller_stands"},
		{"on probation", "d2", "mai", "room.problem.teller_votes"},
		{"living Party life elsewhere", "xa", "d2", "room.problem.teller_votes"},
		{"a stranger", "d2", "khach-la", "room.problem.not_on_roll"},
	} {
		body := sheetOf(v, 5, 5)
		body.Head, body.Tellers = c.head, []string{c.teller}
		if got := reason(e.refused(KindVoteSheet, body)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if head, _ := e.state.Team(); head != "" {
		t.Errorf("a team before the first sheet: %s", head)
	}
	body := sheetOf(v, 5, 5)
	body.Head, body.Tellers = "d2", []string{"d3"}
	e.do(KindVoteSheet, body)
	if head, tellers := e.state.Team(); head != "d2" || !slices.Equal(tellers, []string{"d3"}) {
		t.Errorf("team: %s %v", head, tellers)
	}
}

// A word that was given for other figures does not stand.
func TestMendedCountIsNotConfirmed(t *testing.T) {
	t.Parallel()
	e := congress(t, 5)
	v := e.do(KindVoteOpen, VoteOpenBody{Matter: MatterProgramme, Question: "Chương trình"})
	count := e.do(KindVoteCount, VoteCountBody{Vote: v, For: 5})
	e.do(KindVoteConfirm, VoteConfirmBody{Vote: v, Count: count, Member: "d2"})
	got := func() Confirmation { v, _ := e.state.Vote(v); return v.Last().Confirmed }
	if got().Member != "d2" {
		t.Fatalf("confirmed: %+v", got())
	}
	e.do(KindCorrect, correction(t, count, "đếm nhầm", VoteCountBody{Vote: v, For: 4}))
	if got().Given() {
		t.Errorf("after the count was mended: %+v", got())
	}
	e.do(KindVoteConfirm, VoteConfirmBody{Vote: v, Count: count, Member: "d3"})
	if got().Member != "d3" {
		t.Errorf("confirmed anew: %+v", got())
	}
	phone := e.do(KindVoteOpen, VoteOpenBody{Matter: MatterResolution, Question: "Bằng điện thoại", Method: Phone})
	tally := e.do(KindVoteTally, VoteTallyBody{Vote: phone, Entitled: 5, Cast: 5, For: 5})
	if got := reason(e.refused(KindVoteConfirm, VoteConfirmBody{Vote: phone, Count: tally, Member: "d2"})); got != "room.problem.tally" {
		t.Errorf("what the program counted: %s", got)
	}
}
