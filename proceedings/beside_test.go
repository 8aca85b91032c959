package proceedings_test

import (
	"encoding/json"
	"strings"
	"testing"

	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/proceedings"
)

// TestWhatAMeetingBesideTheCellTakes asks the same acts of a meeting of the cell and of one of
// its trade union.
func TestWhatAMeetingBesideTheCellTakes(t *testing.T) {
	t.Parallel()
	at := when.On(2026, 12, 3).At(15, 0)
	open := func(kind string, rules []proceedings.Rule) proceedings.State {
		s := proceedings.Begin(proceedings.Setup{
			Meeting: id.New(), Kind: kind, StartsAt: at, Rules: rules,
			Roll: []proceedings.Person{{ID: "a", Name: "A", Votes: true, Counts: true}, {ID: "b", Name: "B", Votes: true, Counts: true}, {ID: "c", Name: "C", Votes: true, Counts: true}},
		})
		for _, a := range []proceedings.Act{
			{Kind: proceedings.KindOpen, Body: json.RawMessage(`{}`)},
			{Kind: proceedings.KindAttendance, Body: json.RawMessage(`{"member":"a","status":"present"}`)},
			{Kind: proceedings.KindAttendance, Body: json.RawMessage(`{"member":"b","status":"present"}`)},
			{Kind: proceedings.KindOpinion, Body: json.RawMessage(`{"speaker":"a","stance":"propose","text":"x"}`)},
		} {
			a.ID, a.At = id.New(), at
			s = proceedings.Fold(s, a)
		}
		return s
	}
	cell := open(proceedings.OrdinaryMeeting, proceedings.RulesOn(at.Date()))
	union := open(proceedings.UnionMeeting, proceedings.RulesBeside())
	opinion := union.Opinions[0].Act
	for _, c := range []struct {
		kind        proceedings.ActKind
		body        string
		cell, union bool
	}{
		{proceedings.KindNote, `{"text":"x"}`, true, true},
		{proceedings.KindTask, `{"title":"x","owners":["a"],"due":"2026-12-20"}`, true, true},
		{proceedings.KindConclude, `{"text":"x"}`, true, true},
		{proceedings.KindCommend, `{"member":"a","form":"praise","text":"x"}`, true, true},
		{proceedings.KindVoteOpen, `{"question":"x","matter":"resolution"}`, true, true},
		{proceedings.KindVoteOpen, `{"question":"x","matter":"resolution","method":"hand"}`, true, true},
		{proceedings.KindVoteOpen, `{"question":"x","matter":"resolution","method":"ballot"}`, true, false},
		{proceedings.KindVoteOpen, `{"question":"x","matter":"resolution","method":"phone"}`, true, false},
		{proceedings.KindVoteOpen, `{"question":"x","matter":"admission"}`, true, false},
		{proceedings.KindDestiny, `{"opinion":"` + opinion + `","fate":"conclusion"}`, false, true},
		{proceedings.KindDestiny, `{"opinion":"` + opinion + `","fate":"passed_up","text":"x"}`, false, false},
		{proceedings.KindDues, `{"paid":3}`, true, false},
		{proceedings.KindResolution, `{"text":"x"}`, true, false},
		{proceedings.KindNominate, `{"post":"secretary","members":["a"]}`, true, false},
	} {
		for _, m := range []struct {
			state proceedings.State
			taken bool
		}{{cell, c.cell}, {union, c.union}} {
			err := proceedings.Accept(m.state, proceedings.Act{ID: id.New(), Kind: c.kind, At: at, Body: json.RawMessage(c.body)})
			if (err == nil) != m.taken && !fault.Is(err, fault.Invalid) || m.taken && err != nil {
				t.Errorf("%s %s in a meeting of kind %s: %v", c.kind, c.body, m.state.Setup.Kind, err)
			}
		}
	}
}

// TestHandsBesideTheCellAreCountedAgainstThoseInTheRoom: who has not come is in no base.
func TestHandsBesideTheCellAreCountedAgainstThoseInTheRoom(t *testing.T) {
	t.Parallel()
	at := when.On(2026, 12, 3).At(15, 0)
	s := proceedings.Begin(proceedings.Setup{
		Meeting: id.New(), Kind: proceedings.ProfessionalMeeting, StartsAt: at, Rules: proceedings.RulesBeside(),
		Roll: []proceedings.Person{{ID: "a", Votes: true, Counts: true}, {ID: "b", Votes: true, Counts: true}, {ID: "c", Votes: true, Counts: true}},
	})
	vote := id.New()
	for _, a := range []proceedings.Act{
		{Kind: proceedings.KindOpen, Body: json.RawMessage(`{}`)},
		{Kind: proceedings.KindAttendance, Body: json.RawMessage(`{"member":"a","status":"present"}`)},
		{Kind: proceedings.KindAttendance, Body: json.RawMessage(`{"member":"b","status":"present"}`)},
		{ID: vote, Kind: proceedings.KindVoteOpen, Body: json.RawMessage(`{"question":"x","matter":"resolution"}`)},
		{Kind: proceedings.KindVoteCount, Body: json.RawMessage(`{"vote":"` + vote + `","for":2,"against":0}`)},
		{Kind: proceedings.KindVoteClose, Body: json.RawMessage(`{"vote":"` + vote + `"}`)},
	} {
		if a.ID == "" {
			a.ID = id.New()
		}
		a.At = at
		if err := proceedings.Accept(s, a); err != nil {
			t.Fatalf("%s: %v", a.Kind, err)
		}
		s = proceedings.Fold(s, a)
	}
	v, _ := s.Vote(vote)
	if words := s.Words(v); !v.Result.Passed || !strings.Contains(words, "2/2 người có mặt, đạt 100%") || strings.Contains(words, "đảng viên") {
		t.Errorf("passed: %v, %s", v.Result.Passed, words)
	}
}
