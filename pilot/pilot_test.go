package pilot

import (
	"testing"

	"chibo/kit/when"
	"chibo/meeting"
)

// TestHowAnItemStands goes through what appraisers and host say of one item.
func TestHowAnItemStands(t *testing.T) {
	t.Parallel()
	agree := func(by, wording string) Word { return Word{SaidBy: by, Kind: Agree, Wording: wording} }
	change := func(by string) Word { return Word{SaidBy: by, Kind: Change, Wording: "now", Text: "x"} }
	answer := Word{SaidBy: "host", Kind: Answer, Wording: "now", Text: "x"}
	for name, x := range map[string]struct {
		words []Word
		want  Standing
	}{
		"nobody has said anything": {nil, Waiting},
		"one of two":               {[]Word{agree("a", "now")}, Waiting},
		"both":                     {[]Word{agree("a", "now"), agree("b", "now")}, Agreed},
		"to other words":           {[]Word{agree("a", "now"), agree("b", "before")}, Waiting},
		"one wants a change":       {[]Word{agree("a", "now"), change("b")}, ToChange},
		"the host has answered":    {[]Word{agree("a", "now"), change("b"), answer}, Answered},
		"the answer will do":       {[]Word{agree("a", "now"), change("b"), answer, agree("b", "now")}, Agreed},
		"the answer will not do":   {[]Word{agree("a", "now"), change("b"), answer, change("b")}, ToChange},
		"one answered, the other still waited for": {[]Word{change("b"), answer}, Answered},
		"both want changes, one after the answer":  {[]Word{change("a"), answer, change("b")}, ToChange},
		"somebody who does not appraise":           {[]Word{agree("a", "now"), agree("c", "now")}, Waiting},
		"thinks again":                             {[]Word{agree("a", "now"), agree("b", "now"), change("a")}, ToChange},
	} {
		if got := StandingOf("now", []string{"a", "b"}, x.words); got != x.want {
			t.Errorf("%s: %s, want %s", name, got, x.want)
		}
	}
	if got := StandingOf("now", nil, nil); got != Waiting {
		t.Errorf("nobody appraises: %s", got)
	}
}

// TestTheStagesOfAPilot goes along its way.
func TestTheStagesOfAPilot(t *testing.T) {
	t.Parallel()
	at := when.On(2026, 12, 1).At(8, 0)
	for name, x := range map[string]struct {
		p     Pilot
		state meeting.State
		items []Standing
		want  Stage
	}{
		"chosen":              {Pilot{}, "", nil, Chosen},
		"named":               {Pilot{Meeting: "m"}, meeting.Draft, []Standing{Waiting}, Preparing},
		"sent in":             {Pilot{Meeting: "m", Round: 1}, meeting.Draft, []Standing{Waiting, Agreed}, Appraising},
		"answered":            {Pilot{Meeting: "m", Round: 2}, meeting.Draft, []Standing{Answered, Agreed}, Appraising},
		"to change":           {Pilot{Meeting: "m", Round: 1}, meeting.Draft, []Standing{ToChange, Waiting}, Changing},
		"agreed":              {Pilot{Meeting: "m", Round: 1}, meeting.Noticed, []Standing{Agreed, Agreed}, Appraised},
		"an empty agenda":     {Pilot{Meeting: "m", Round: 1}, meeting.Draft, nil, Appraising},
		"held without a word": {Pilot{Meeting: "m"}, meeting.Closed, []Standing{Waiting}, Held},
		"concluded":           {Pilot{Meeting: "m", Round: 1, ConcludedAt: at}, meeting.Sealed, []Standing{Agreed}, Concluded},
	} {
		if got := StageOf(x.p, x.state, x.items); got != x.want {
			t.Errorf("%s: %s, want %s", name, got, x.want)
		}
	}
}

// TestWhichMeetingFits: of the kind or both in one sitting, within the dates.
func TestWhichMeetingFits(t *testing.T) {
	t.Parallel()
	s := Series{From: when.On(2026, 12, 1), Until: when.On(2026, 12, 31)}
	p := Pilot{Kind: meeting.Thematic}
	for name, x := range map[string]struct {
		kind meeting.Kind
		day  when.Date
		want bool
	}{
		"its kind":     {meeting.Thematic, when.On(2026, 12, 31), true},
		"both":         {meeting.Combined, when.On(2026, 12, 1), true},
		"another kind": {meeting.Ordinary, when.On(2026, 12, 3), false},
		"too early":    {meeting.Thematic, when.On(2026, 11, 30), false},
		"too late":     {meeting.Thematic, when.On(2027, 1, 1), false},
	} {
		if got := p.fits(s, meeting.Meeting{Kind: x.kind, StartsAt: x.day.At(19, 30)}); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
