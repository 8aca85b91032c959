package quality

import (
	"strings"
	"testing"

	"chibo/kit/locale"
	"chibo/meeting"
	"chibo/rubric"
)

// TestMonthOfTwoMeetings: an ordinary and a thematic meeting of one month stand both on
// the superior's board, each under its kind.
func TestMonthOfTwoMeetings(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	month := []Dated{
		{Score: Score{Meeting: "a", State: Confirmed, Decision: Verdict{Level: rubric.Good}}, Kind: meeting.Ordinary},
		{Score: Score{Meeting: "b", State: Submitted}, Kind: meeting.Thematic},
	}
	if err := (boardView{L: locale.Vietnamese}).field(month).Render(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/meetings/a/quality", "/meetings/b/quality", "Thường kỳ", "Chuyên đề", "Tốt"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in %s", want, out.String())
		}
	}
}
