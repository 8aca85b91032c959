package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/meeting"
)

// TestVoicesOnThePageOfTheMeeting: after the closing the page of the meeting says how
// many have spoken, to those who may read along.
func TestVoicesOnThePageOfTheMeeting(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		const words = "đồng chí dự họp đã phát biểu, đạt"
		for _, c := range []struct {
			who   string
			state meeting.State
			shown bool
		}{
			{"secretary", meeting.Noticed, false},
			{"secretary", meeting.Open, false},
			{"secretary", meeting.Closed, true},
			{"secretary", meeting.Sealed, true},
			{"member", meeting.Sealed, true},
			{"committee", meeting.Sealed, true},
		} {
			a := w.As(c.who).Get("/meetings/" + w.Meeting(c.state))
			if a.Status != http.StatusOK || strings.Contains(a.Body, words) != c.shown {
				t.Errorf("%s, %s: %d, the share is shown: %t", c.who, c.state, a.Status, !c.shown)
			}
		}
	})
}
