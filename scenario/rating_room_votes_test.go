package scenario_test

import (
	"encoding/json"
	"net/http"
	"path"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/proceedings"
	"chibo/rating"
)

// TestVotesComeFromTheRoom: a vote of the room on a level gives the line its figure, and
// the papers say so; what is typed over it afterwards is typed.
func TestVotesComeFromTheRoom(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		home, _ := w.Person("secretary").Home()
		e := ratingRound{t, w, "", home.Organization, w.Person("member").Member}
		day := worldtest.Now.Date().String()
		e.round = e.does("secretary", "/ratings", "organization", e.cell, "span", "year", "month", "2026-05", "self_by", day, "review_on", day)
		e.brought()
		name := w.Person("member").Name
		vote := e.handVote("Đề nghị xếp loại đồng chí "+name+": Hoàn thành tốt nhiệm vụ", 5, 1)
		page := e.reads("secretary", e.line(e.member))
		e.shows(page, "Lấy số phiếu đã biểu quyết trong phòng họp (1)", `value="`+vote+`" id="take-vote" checked`, "tán thành 5/", "không tán thành 1")
		e.hides(e.reads("member", e.line(e.member)), "Lấy số phiếu")
		e.refuses("secretary", e.line(e.member)+"/votes/taken", http.StatusUnprocessableEntity, "vote", vote)
		e.refuses("secretary", e.line(e.member)+"/votes/taken", http.StatusUnprocessableEntity, "vote", id.New(), "level", "good")
		if a := e.As("member").Post(e.line(e.member)+"/votes/taken", "vote", vote, "level", "good"); a.Status != http.StatusForbidden {
			t.Errorf("a member takes votes: %d", a.Status)
		}
		e.does("secretary", e.line(e.member)+"/votes/taken", "vote", vote, "level", "good")
		e.shows(e.reads("secretary", e.line(e.member)), "Tốt 5/", "Số phiếu lấy từ biểu quyết trong phòng họp")
		line := func() rating.Rating {
			card, err := e.App.Ratings.View(e.Context(), e.Person("secretary"), path.Base(e.round), e.member)
			if err != nil {
				t.Fatal(err)
			}
			return card.Line
		}
		e.does("secretary", e.line(e.member)+"/votes", "good", "5", "proposal", "good", "reason", "Chi bộ thống nhất.")
		if got := line(); got.VotedIn != w.Meeting(meeting.Open) || got.Votes != (rating.Votes{Good: 5}) || got.Proposal != rating.Good {
			t.Errorf("what was taken and proposed: %+v, in %q", got.Votes, got.VotedIn)
		}
		e.does("secretary", e.line(e.member)+"/votes", "good", "6", "proposal", "good", "reason", "Đếm lại.")
		if got := line(); got.VotedIn != "" {
			t.Error("figures that were typed are said to come from the room")
		}
	})
}

// handVote holds a show of hands on a rating in the open meeting and returns its id.
func (e ratingRound) handVote(question string, yes, no int) string {
	e.Helper()
	at := worldtest.Now
	do := func(kind proceedings.ActKind, body any) string {
		raw, err := json.Marshal(body)
		if err != nil {
			e.Fatal(err)
		}
		at = at.Add(time.Second)
		act := proceedings.Act{ID: id.New(), Kind: kind, At: at, Body: raw}
		answers, err := e.App.Rooms.Append(e.Context(), e.Person("secretary"), e.Meeting(meeting.Open), []proceedings.Act{act})
		if err != nil || answers[0].Err != nil {
			e.Fatal(kind, err, answers)
		}
		return act.ID
	}
	vote := do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterRating, Question: question, Method: proceedings.Hand})
	do(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: vote, For: yes, Against: no})
	do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: vote})
	return vote
}
