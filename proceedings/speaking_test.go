package proceedings

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// waiting are those who wait to speak, in their order.
func (e *evening) waiting() []string {
	list := []string{}
	for _, r := range e.state.Queue() {
		list = append(list, r.Speaker)
	}
	return list
}

func (e *evening) waits(want ...string) {
	e.t.Helper()
	if diff := cmp.Diff(append([]string{}, want...), e.waiting()); diff != "" {
		e.t.Errorf("those who wait: %s", diff)
	}
}

// speaks fails unless this one has the floor; "" is nobody.
func (e *evening) speaks(want string) {
	e.t.Helper()
	if t, _ := e.state.Floor(); t.Speaker != want {
		e.t.Errorf("%q speaks, want %q", t.Speaker, want)
	}
}

func TestAskingAndSpeaking(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.arrive("hoa", "minh", "huy")
	e.do(KindOpen, OpenBody{})
	e.do(KindItemStart, ItemStartBody{Item: "thao-luan"})
	huy := e.do(KindSpeakAsk, SpeakAskBody{Speaker: "huy", Item: "thao-luan"})
	guest := e.do(KindSpeakAsk, SpeakAskBody{Speaker: "khach"})
	e.do(KindSpeakAsk, SpeakAskBody{Speaker: "minh"})
	e.waits("huy", "khach", "minh")

	first := e.do(KindSpeakStart, SpeakStartBody{Speaker: "huy", Item: "thao-luan", Request: huy})
	e.speaks("huy")
	e.waits("khach", "minh")
	e.do(KindSpeakWithdraw, SpeakWithdrawBody{Request: guest})
	e.waits("minh")
	e.do(KindSpeakStart, SpeakStartBody{Speaker: "hoa"}) // called without a hand
	e.speaks("hoa")
	if turn := e.state.Turns[0]; turn.ID != first || turn.Lasted(e.now) != 2*time.Minute || turn.Item != "thao-luan" {
		t.Errorf("whoever is followed by another has ended: %+v", turn)
	}
	e.do(KindSpeakStart, SpeakStartBody{Speaker: "minh"}) // called by name: the hand comes down too
	e.waits()
	e.do(KindSpeakEnd, SpeakEndBody{Turn: e.state.Turns[2].ID})
	e.speaks("")
	e.do(KindSpeakAsk, SpeakAskBody{Speaker: "huy"}) // once more
	e.waits("huy")
	e.do(KindAttendance, AttendanceBody{Member: "huy", Status: Left})
	e.waits()
}

func TestAnItemEndsTheTurn(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(e *evening){
		"the next item": func(e *evening) { e.do(KindItemStart, ItemStartBody{Item: "thao-luan"}) },
		"its end":       func(e *evening) { e.do(KindItemFinish, ItemFinishBody{Item: "mo-dau"}) },
		"the closing":   func(e *evening) { e.do(KindClose, CloseBody{}) },
	} {
		e := newEvening(t)
		e.do(KindOpen, OpenBody{})
		e.do(KindItemStart, ItemStartBody{Item: "mo-dau"})
		e.do(KindSpeakStart, SpeakStartBody{Speaker: "huy", Item: "mo-dau"})
		e.do(KindSpeakAsk, SpeakAskBody{Speaker: "minh"})
		e.do(KindItemFinish, ItemFinishBody{Item: "thang-truoc"}) // another one
		e.speaks("huy")
		end(e)
		e.speaks("")
		if turn := e.state.Turns[0]; turn.Ended != e.now {
			t.Errorf("%s: ended at %s, want %s", name, turn.Ended, e.now)
		}
		if name != "the closing" {
			e.waits("minh")
		} else {
			e.waits()
		}
	}
}

func TestRefusedHands(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	_ = e.refused(KindSpeakAsk, SpeakAskBody{Speaker: "huy"})
	e.do(KindOpen, OpenBody{})
	ask := e.do(KindSpeakAsk, SpeakAskBody{Speaker: "huy"})
	turn := e.do(KindSpeakStart, SpeakStartBody{Speaker: "minh"})
	e.do(KindAttendance, AttendanceBody{Member: "hoa", Status: Excused})
	for name, c := range map[string]struct {
		kind ActKind
		body any
		key  string
	}{
		"a second hand":      {KindSpeakAsk, SpeakAskBody{Speaker: "huy"}, "room.problem.hand_up"},
		"whoever speaks":     {KindSpeakAsk, SpeakAskBody{Speaker: "minh"}, "room.problem.speaks"},
		"an absent member":   {KindSpeakAsk, SpeakAskBody{Speaker: "hoa"}, "room.problem.not_here"},
		"a stranger":         {KindSpeakAsk, SpeakAskBody{Speaker: "ghost"}, "room.problem.not_on_roll"},
		"no item of tonight": {KindSpeakAsk, SpeakAskBody{Speaker: "mai", Item: "ghost"}, "room.problem.no_item"},
		"called twice":       {KindSpeakStart, SpeakStartBody{Speaker: "minh"}, "room.problem.speaks"},
		"no such hand":       {KindSpeakStart, SpeakStartBody{Speaker: "huy", Request: uuid(0xbad)}, "room.problem.gone"},
		"a hand taken twice": {KindSpeakWithdraw, SpeakWithdrawBody{Request: uuid(0xbad)}, "room.problem.hand_down"},
		"no such turn":       {KindSpeakEnd, SpeakEndBody{Turn: ask}, "room.problem.gone"},
	} {
		if err := e.refused(c.kind, c.body); reason(err) != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
	e.do(KindSpeakEnd, SpeakEndBody{Turn: turn})
	if err := e.refused(KindSpeakEnd, SpeakEndBody{Turn: turn}); reason(err) != "room.problem.turn_over" {
		t.Errorf("ended twice: %v", err)
	}
}

func TestCorrectedTurn(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.arrive("hoa", "minh", "huy")
	e.do(KindOpen, OpenBody{})
	ask := e.do(KindSpeakAsk, SpeakAskBody{Speaker: "huy"})
	turn := e.do(KindSpeakStart, SpeakStartBody{Speaker: "huy", Request: ask})
	_ = e.refused(KindCorrect, CorrectBody{Corrects: ask, Void: true}) // the turn speaks of it
	e.do(KindCorrect, correction(t, turn, "nhầm người", SpeakStartBody{Speaker: "minh"}))
	e.speaks("minh")
	e.waits("huy")
	if e.state.Roll[1].Spoke != 1 || e.state.Roll[2].Spoke != 0 {
		t.Errorf("who spoke follows the correction: %+v", e.state.Roll)
	}
	e.do(KindCorrect, CorrectBody{Corrects: turn, Void: true})
	e.speaks("")
	if len(e.state.Silent()) != 3 {
		t.Errorf("silent: %+v", e.state.Silent())
	}
}

// TestSlowClocks: a device that is ten minutes behind calls a hand and ends a turn.
func TestSlowClocks(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.do(KindOpen, OpenBody{})
	e.now = e.now.Add(20 * time.Minute)
	ask := e.do(KindSpeakAsk, SpeakAskBody{Speaker: "huy"})
	e.now = e.now.Add(-10 * time.Minute)
	e.do(KindSpeakStart, SpeakStartBody{Speaker: "huy", Request: ask})
	e.speaks("huy")
	e.waits()
	e.now = e.now.Add(20 * time.Minute)
	turn := e.do(KindSpeakStart, SpeakStartBody{Speaker: "minh"})
	e.now = e.now.Add(-10 * time.Minute)
	e.do(KindSpeakEnd, SpeakEndBody{Turn: turn})
	e.speaks("")
	if spent := e.state.Turns[1].Lasted(e.now); spent != 0 || e.state.Turns[1].Ended < e.state.Turns[1].At {
		t.Errorf("the turn took %s: %+v", spent, e.state.Turns[1])
	}
}

func TestFirstTimeSpeakersAreSuggested(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.do(KindOpen, OpenBody{})
	if _, any := e.state.Suggested(); any {
		t.Error("nobody waits, and somebody is suggested")
	}
	e.do(KindOpinion, OpinionBody{Speaker: "huy", Stance: Agree})
	e.do(KindSpeakAsk, SpeakAskBody{Speaker: "huy"})
	if r, _ := e.state.Suggested(); r.Speaker != "huy" {
		t.Errorf("%q is suggested, huy alone waits", r.Speaker)
	}
	e.do(KindSpeakAsk, SpeakAskBody{Speaker: "mai"})
	if r, _ := e.state.Suggested(); r.Speaker != "mai" {
		t.Errorf("%q is suggested, mai has not spoken", r.Speaker)
	}
	e.waits("huy", "mai")
}

// TestVoices counts the share that the rubric asks for: members who came, be it not
// to the end, and of them those who have spoken in any way.
func TestVoices(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.arrive("hoa", "minh", "huy")
	e.do(KindOpen, OpenBody{})
	e.do(KindOpinion, OpinionBody{Speaker: "hoa", Stance: Agree})
	turn := e.do(KindSpeakStart, SpeakStartBody{Speaker: "hoa"})
	e.do(KindSpeakStart, SpeakStartBody{Speaker: "huy"})
	e.do(KindSpeakStart, SpeakStartBody{Speaker: "khach"})
	e.do(KindOpinion, OpinionBody{Speaker: "mai", Stance: Agree}) // not marked present
	e.do(KindAttendance, AttendanceBody{Member: "huy", Status: Left})
	if diff := cmp.Diff(Voices{Spoke: []string{"hoa", "huy"}, Came: 3}, e.state.Voices()); diff != "" {
		t.Error(diff)
	}
	if got := e.state.Voices().Words(); got != "2/3 đồng chí dự họp đã phát biểu, đạt 66,7%" {
		t.Error(got)
	}
	if n := e.state.Times("hoa"); n != 1 {
		t.Errorf("an opinion written down in a turn counts %d times", n)
	}
	e.do(KindCorrect, CorrectBody{Corrects: turn, Void: true})
	if n := e.state.Times("hoa"); n != 1 {
		t.Errorf("the opinion is still there, counted %d times", n)
	}
	if !e.state.Guests[0].Here {
		t.Error("a guest who spoke was there")
	}
}

// model is the queue as somebody with a pencil keeps it.
type model struct {
	waits   []string
	speaker string
}

func (m *model) drop(who string) {
	m.waits = slices.DeleteFunc(m.waits, func(w string) bool { return w == who })
}

// TestQueueIsThatOfThePencil: whatever is accepted in whatever order, those who wait
// and whoever speaks are those whom somebody with a pencil would have.
func TestQueueIsThatOfThePencil(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		e := newEvening(t)
		e.do(KindOpen, OpenBody{})
		m := model{waits: []string{}}
		for n := range rapid.IntRange(1, 30).Draw(rt, "steps") {
			who := rapid.SampledFrom([]string{"hoa", "minh", "huy", "mai", "khach"}).Draw(rt, fmt.Sprint("who", n))
			step := rapid.SampledFrom([]string{"ask", "withdraw", "call", "name", "end", "item"}).Draw(rt, fmt.Sprint("step", n))
			asked, speaking := slices.Contains(m.waits, who), m.speaker == who
			hand := ""
			if r := e.state.asked(who); r != nil {
				hand = r.Act
			}
			switch {
			case step == "ask" && !asked && !speaking:
				e.do(KindSpeakAsk, SpeakAskBody{Speaker: who})
				m.waits = append(m.waits, who)
			case step == "withdraw" && asked:
				e.do(KindSpeakWithdraw, SpeakWithdrawBody{Request: hand})
				m.drop(who)
			case step == "call" && asked && !speaking, step == "name" && !speaking:
				if step == "name" {
					hand = ""
				}
				e.do(KindSpeakStart, SpeakStartBody{Speaker: who, Request: hand})
				m.drop(who)
				m.speaker = who
			case step == "end" && m.speaker != "":
				floor, _ := e.state.Floor()
				e.do(KindSpeakEnd, SpeakEndBody{Turn: floor.ID})
				m.speaker = ""
			case step == "item":
				e.do(KindItemAdd, ItemAddBody{Title: "Việc mới"})
				e.do(KindItemStart, ItemStartBody{Item: e.state.Items[len(e.state.Items)-1].ID})
				m.speaker = ""
			}
			if got := e.waiting(); !slices.Equal(got, m.waits) {
				rt.Fatalf("after %s %s: %v wait, want %v", step, who, got, m.waits)
			}
			if floor, _ := e.state.Floor(); floor.Speaker != m.speaker {
				rt.Fatalf("after %s %s: %q speaks, want %q", step, who, floor.Speaker, m.speaker)
			}
		}
	})
}

// TestTurnsHold: with clocks that disagree and acts that were never accepted, at
// most one speaks, nobody waits twice, no turn has a negative length.
func TestTurnsHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var acts []Act
		for n := range rapid.IntRange(1, 25).Draw(t, "acts") {
			acts = append(acts, draw(t, n))
		}
		s := Replay(setup(), acts)
		open := 0
		for _, turn := range s.Turns {
			if turn.Ended.IsZero() {
				open++
			} else if turn.Ended < turn.At {
				t.Fatalf("a turn ended before it began: %+v", turn)
			}
		}
		if open > 1 {
			t.Fatalf("%d speak at once: %+v", open, s.Turns)
		}
		seen := map[string]bool{}
		for _, r := range s.Queue() {
			if seen[r.Speaker] {
				t.Fatalf("%s waits twice", r.Speaker)
			}
			seen[r.Speaker] = true
		}
	})
}
