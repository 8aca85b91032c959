package proceedings

import (
	"slices"
	"testing"
)

func TestCountSheetMustFit(t *testing.T) {
	t.Parallel()
	e := congress(t, 9)
	paper := e.do(KindVoteOpen, VoteOpenBody{Matter: MatterAdmission, Question: "Kết nạp"})
	hands := e.do(KindVoteOpen, VoteOpenBody{Matter: MatterProgramme, Question: "Chương trình"})
	e.do(KindNominate, NominateBody{Post: CommitteePost, Members: []string{"d1", "d2", "d3"}})
	race := e.round(CommitteePost, 2, "d1", "d2", "d3")
	sheet := func(vote string, change func(*VoteSheetBody)) VoteSheetBody {
		b := VoteSheetBody{Vote: vote, Issued: 9, Returned: 9, Invalid: 1, For: 7, Against: 1, Head: "d9", Tellers: []string{"d8"}}
		if vote == race {
			b.For, b.Against, b.Votes = 0, 0, []string{"8", "5", "3"}
		}
		change(&b)
		return b
	}
	for _, c := range []struct {
		name string
		body VoteSheetBody
		want string
	}{
		{"more issued than people", sheet(paper, func(b *VoteSheetBody) { b.Issued = 10 }), "issued room.problem.too_many_issued"},
		{"none issued", sheet(paper, func(b *VoteSheetBody) { b.Issued, b.Returned, b.Invalid = 0, 0, 0 }), "issued room.problem.issued"},
		{"more returned than issued", sheet(paper, func(b *VoteSheetBody) { b.Issued = 8 }), "returned room.problem.returned"},
		{"more invalid than returned", sheet(paper, func(b *VoteSheetBody) { b.Invalid = 10 }), "invalid room.problem.spoilt"},
		{"more for and against than valid", sheet(paper, func(b *VoteSheetBody) { b.Against = 2 }), "for room.problem.valid_sum"},
		{"below nothing", sheet(paper, func(b *VoteSheetBody) { b.Against = -1 }), "against room.problem.number"},
		{"nobody answers for it", sheet(paper, func(b *VoteSheetBody) { b.Head = "" }), "head room.problem.head"},
		{"stranger counts", sheet(paper, func(b *VoteSheetBody) { b.Tellers = []string{"ghost"} }), "room.problem.not_on_roll"},
		{"names in a vote on a matter", sheet(paper, func(b *VoteSheetBody) { b.Votes = []string{"1"} }), "votes room.problem.votes"},
		{"one candidate is missing", sheet(race, func(b *VoteSheetBody) { b.Votes = b.Votes[:2] }), "votes room.problem.votes"},
		{"more than valid for one", sheet(race, func(b *VoteSheetBody) { b.Votes[0] = "9" }), "votes room.problem.votes_each"},
		{"more than two names on each ballot", sheet(race, func(b *VoteSheetBody) { b.Votes[2] = "4" }), "votes room.problem.votes_sum"},
		{"no number", sheet(race, func(b *VoteSheetBody) { b.Votes[2] = "ba" }), "votes room.problem.number"},
		{"a blank is not nought", sheet(race, func(b *VoteSheetBody) { b.Votes[2] = "" }), "votes room.problem.number"},
		{"for and against people", sheet(race, func(b *VoteSheetBody) { b.For = 1 }), "for room.problem.votes"},
		{"hands", sheet(hands, func(*VoteSheetBody) {}), "room.problem.no_sheet"},
		{"no such vote", sheet("khác", func(*VoteSheetBody) {}), "room.problem.gone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := reason(e.refused(KindVoteSheet, c.body)); got != c.want {
				t.Errorf("refused with %q, want %q", got, c.want)
			}
		})
	}
	e.do(KindVoteSheet, sheet(paper, func(*VoteSheetBody) {}))
	e.do(KindVoteSheet, sheet(paper, func(b *VoteSheetBody) { b.For = 6 })) // counted again before the close
	e.do(KindVoteClose, VoteCloseBody{Vote: paper})
	v, _ := e.state.Vote(paper)
	if r := v.Result; r.For != 6 || r.Against != 1 || r.Other != 1 || !r.Passed || len(v.Counts) != 2 {
		t.Errorf("result %+v", r)
	}
	if got := reason(e.refused(KindVoteSheet, sheet(paper, func(*VoteSheetBody) {}))); got != "room.problem.vote_closed" {
		t.Errorf("a sheet after the result: %s", got)
	}
}

func TestRollMendedUnderASheet(t *testing.T) {
	t.Parallel()
	e := congress(t, 9)
	vote := e.do(KindVoteOpen, VoteOpenBody{Matter: MatterAdmission, Question: "Kết nạp"})
	var came string
	for _, l := range e.state.log {
		if l.act.Kind == KindAttendance && came == "" {
			came = l.act.ID
		}
	}
	e.do(KindVoteSheet, VoteSheetBody{Vote: vote, Issued: 9, Returned: 9, For: 9, Head: "d9"})
	e.do(KindCorrect, correction(t, came, "", AttendanceBody{Member: "d1", Status: Excused}))
	if g := e.state.Missing(); !slices.ContainsFunc(g, func(g Gap) bool { return g.Ref == vote && g.Blocks }) {
		t.Errorf("nine ballots of eight people: %+v", g)
	}
	if got := reason(e.refused(KindVoteClose, VoteCloseBody{Vote: vote})); got != "room.problem.recount" {
		t.Errorf("closed over a sheet that does not fit: %s", got)
	}
}

func TestTeamNamesTheHeadFirstAndOnce(t *testing.T) {
	t.Parallel()
	if got := (Sheet{Head: "b", Tellers: []string{"a", "b", "c"}}).Team(); !slices.Equal(got, []string{"b", "a", "c"}) {
		t.Errorf("team %v", got)
	}
}
