package scenario_test

import (
	"strings"
	"testing"

	"chibo/app/world/worldtest"
)

// TestThoseWithoutAnInvitationAreAsked: the desk has the code of the round, and slips to be
// cut, each like the others; a helper there prints none.
func TestThoseWithoutAnInvitationAreAsked(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	e := openedFeedback(t, w, false)
	desk := "/conferences/" + e.conference + "/desk/" + e.sitting
	w.As("clerk").Reads(desk, "Phiếu mời góp ý", e.round.Grouped(), e.path+"/slips")
	if body := w.As("helper desk").Reads(desk, e.round.Grouped()); strings.Contains(body, e.path) {
		t.Error("a helper is led to the feedback")
	}
	slips := w.As("clerk").Reads(e.path+"/slips", "Phiếu không ghi tên")
	if n := strings.Count(slips, e.round.Grouped()); n != 8 {
		t.Errorf("%d slips on a sheet", n)
	}
	if a := w.As("helper desk").Get(e.path + "/slips"); a.Status < 400 {
		t.Errorf("a helper reads the slips: %d", a.Status)
	}
}
