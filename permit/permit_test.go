package permit_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/permit"
)

var today = when.On(2026, time.December, 1)

// TestGood: a permit is good on its day, and only once somebody has said yes, or there was nobody
// to say it.
func TestGood(t *testing.T) {
	t.Parallel()
	for state, want := range map[permit.State]bool{
		permit.Begun: false, permit.Asked: false, permit.Given: true, permit.Refused: false, permit.Alone: true, permit.Taken: false,
	} {
		p := permit.Permit{State: state, AskedOn: today}
		if got := p.Good(today); got != want {
			t.Errorf("%s: %v", state, got)
		}
		if p.Good(today.AddDays(1)) || p.Good(today.AddDays(-1)) {
			t.Errorf("%s is good on another day", state)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err  error
		want map[string]string
	}{
		"a reason":                  {permit.Words{Reason: "Chuẩn bị đại hội"}.CheckReason(), nil},
		"no reason":                 {permit.Words{Reason: " \n"}.CheckReason(), map[string]string{"reason": "permit.problem.reason"}},
		"yes, without a word":       {permit.Words{Yes: true}.CheckAnswer(), nil},
		"no, and why":               {permit.Words{Answer: "Chi bộ tự gửi"}.CheckAnswer(), nil},
		"no, and nobody knows why":  {permit.Words{}.CheckAnswer(), map[string]string{"answer": "permit.problem.answer"}},
		"no, and a blank for a why": {permit.Words{Answer: "  "}.CheckAnswer(), map[string]string{"answer": "permit.problem.answer"}},
	} {
		var got map[string]string
		if tt.err != nil {
			got = fault.Of(tt.err).Fields
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
