package screen

import (
	"testing"
	"time"

	"chibo/ballot"
	"chibo/kit/when"
	"chibo/proceedings"
)

const noon = when.Instant(1_796_270_400_000)

func after(d time.Duration) when.Instant { return noon.Add(d) }

func TestStages(t *testing.T) {
	t.Parallel()
	running := proceedings.Item{Planned: proceedings.Planned{ID: "i"}, Progress: proceedings.Running, Started: noon}
	open := proceedings.Vote{ID: "v", Item: "i", Method: proceedings.Hand}
	closed := open
	closed.Closed = proceedings.Entry{Act: "c", At: after(time.Minute)}
	poll := []ballot.Underway{{Poll: ballot.Poll{ID: "v"}, Cast: 1, Of: 5}}
	in := func(votes ...proceedings.Vote) proceedings.State {
		return proceedings.State{Phase: proceedings.Open, Items: []proceedings.Item{running}, Votes: votes}
	}
	spoken := in(closed)
	spoken.Opinions = []proceedings.Opinion{{Entry: proceedings.Entry{At: after(90 * time.Second)}, Item: "i"}}
	next := in(closed)
	next.Items = []proceedings.Item{{Planned: proceedings.Planned{ID: "j"}, Progress: proceedings.Running, Started: after(2 * time.Minute)}}
	adopted := proceedings.State{Phase: proceedings.Closed}
	adopted.Adoption.Act = "a"
	byPhone := open
	byPhone.Method = proceedings.Sealed
	for name, c := range map[string]struct {
		state proceedings.State
		polls []ballot.Underway
		at    when.Instant
		want  Stage
		vote  string
	}{
		"before the opening":           {proceedings.State{Phase: proceedings.Waiting}, nil, noon, Waiting, ""},
		"an item runs":                 {in(), nil, noon, Talking, ""},
		"a question is put":            {in(open), nil, noon, Voting, "v"},
		"it is decided":                {in(closed), nil, after(2 * time.Minute), Decided, "v"},
		"a result grows old":           {in(closed), nil, after(5 * time.Minute), Talking, ""},
		"somebody speaks":              {spoken, nil, after(2 * time.Minute), Talking, ""},
		"the next item":                {next, nil, after(2 * time.Minute), Talking, ""},
		"a new question after another": {in(closed, open), nil, after(2 * time.Minute), Voting, "v"},
		"a poll":                       {in(), poll, noon, Voting, ""},
		"a poll of a vote":             {in(byPhone), poll, noon, Voting, ""},
		"a poll after a result":        {in(closed), poll, after(2 * time.Minute), Voting, ""},
		"a show of hands in a poll":    {in(open), poll, noon, Voting, "v"},
		"read back":                    {proceedings.State{Phase: proceedings.Closed}, nil, noon, Reading, ""},
		"adopted":                      {adopted, nil, noon, Closed, ""},
	} {
		p := PictureOf(c.state, c.polls, c.at)
		if p.Stage != c.want || p.Vote.ID != c.vote {
			t.Errorf("%s: %s with vote %q, want %s with %q", name, p.Stage, p.Vote.ID, c.want, c.vote)
		}
	}
}

func TestASecretVoteHidesItsFigures(t *testing.T) {
	t.Parallel()
	for _, method := range []proceedings.Method{proceedings.Ballot, proceedings.Sealed, proceedings.Phone} {
		v := proceedings.Vote{ID: "v", Method: method}
		if !(Picture{Vote: v}).Hidden() {
			t.Errorf("%s: part results are shown", method)
		}
		v.Closed.Act = "c"
		if (Picture{Vote: v}).Hidden() {
			t.Errorf("%s: the result is not shown", method)
		}
	}
}
