package room_test

import (
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/member"
	"chibo/proceedings"
)

// votesByPhone opens a meeting with everybody present and puts a question that is
// answered by phone; it returns the vote.
func (h *hall) votesByPhone() string {
	h.Helper()
	h.do(proceedings.KindOpen, proceedings.OpenBody{Chair: h.roll[0].ID, MinuteTaker: h.roll[1].ID})
	for _, e := range h.roll {
		h.do(proceedings.KindAttendance, proceedings.AttendanceBody{Member: e.ID, Status: proceedings.Present})
	}
	return h.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Thông qua nghị quyết", Method: proceedings.Phone})
}

// casts answers the vote for a member.
func (h *hall) casts(vote string, e member.Entry, choice string) error {
	h.Helper()
	who := access.Person{Account: e.ID, Member: e.ID, Root: h.org.Root}
	return h.ballots.Cast(h.Context(), who, vote, []string{choice})
}

// refused appends an act that must be refused and checks why.
func (h *hall) refused(key string, kind proceedings.ActKind, body any) {
	h.Helper()
	if answer := h.append(h.act(kind, body))[0]; fault.Of(answer.Err).Key != key {
		h.Errorf("%s: %v, want %s", kind, answer.Err, key)
	}
}

func TestVoteByPhone(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		vote := h.votesByPhone()
		var official []member.Entry
		for _, e := range h.roll {
			if e.Standing.MayVote() {
				official = append(official, e)
				continue
			}
			if err := h.casts(vote, e, proceedings.OptionFor); fault.Of(err).Kind != fault.NotFound {
				h.Errorf("a probationary member votes: %v", err)
			}
		}
		h.refused("room.problem.tally", proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: vote, For: 3})
		h.refused("room.problem.tally", proceedings.KindVoteTally, proceedings.VoteTallyBody{Vote: vote, Entitled: 3, Cast: 3, For: 3})
		for n, e := range official {
			choice := proceedings.OptionFor
			if n == 0 {
				choice = proceedings.OptionAgainst
			}
			if err := h.casts(vote, e, choice); err != nil {
				h.Fatal(err)
			}
		}
		// A close that is refused counts nothing.
		late := h.act(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: vote})
		late.At += when.Instant(48 * time.Hour / time.Millisecond)
		if answer := h.append(late)[0]; fault.Of(answer.Err).Key != "room.problem.clock" {
			h.Errorf("a close of the day after tomorrow: %+v", answer)
		}
		if v, _ := h.state().Vote(vote); v.Counted() {
			h.Error("a part of the result can be seen while the vote runs")
		}
		h.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: vote})
		v, _ := h.state().Vote(vote)
		if r := v.Result; !v.IsClosed() || r.For != 2 || r.Against != 1 || r.Entitled != 3 || !r.Passed {
			h.Errorf("closed %v, result %+v", v.IsClosed(), r)
		}
		log := h.log()
		if last := log[len(log)-2]; last.Kind != proceedings.KindVoteTally || log[len(log)-1].Kind != proceedings.KindVoteClose {
			h.Errorf("the log ends with %s, %s", last.Kind, log[len(log)-1].Kind)
		}
		h.gapless(len(log))
		if err := h.casts(vote, official[0], proceedings.OptionFor); err == nil {
			h.Error("a vote that is closed takes ballots")
		}
		h.refused("room.problem.tally", proceedings.KindCorrect, map[string]any{"corrects": log[len(log)-2].ID, "vote": vote, "for": 3, "cast": 3, "entitled": 3})
	})
}

func TestVoteByPhoneIsTakenBack(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		vote := h.votesByPhone()
		h.refused("room.problem.tally", proceedings.KindCorrect, map[string]any{"corrects": vote, "matter": "resolution", "question": "Câu hỏi khác", "method": "phone"})
		h.do(proceedings.KindCorrect, map[string]any{"corrects": vote, "void": true})
		if err := h.casts(vote, h.roll[0], proceedings.OptionFor); err == nil {
			h.Error("a vote that was taken back takes ballots")
		}
		if open, err := h.ballots.OpenFor(h.Context(), h.d, h.org.Root, h.meeting.ID, h.roll[0].ID); err != nil || len(open) != 0 {
			h.Errorf("%d polls are open, %v", len(open), err)
		}
	})
}

func TestSecretVoteByPhoneNeedsTheCellsDecision(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{Chair: h.roll[0].ID, MinuteTaker: h.roll[1].ID})
		answer := h.append(h.act(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Kín", Method: proceedings.Sealed}))[0]
		if f := fault.Of(answer.Err); f.Fields["method"] != "room.problem.sealed_votes" {
			h.Errorf("answer: %v", answer.Err)
		}
	})
}
