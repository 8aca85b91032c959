package scenario_test

import (
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/feedback"
	"chibo/kit/fault"
)

// TestASheetIsSetAside: the whole sheet no longer counts, is kept with the reason, and counts
// again when it is taken back. Of a nameless sheet no page shows its remarks together.
func TestASheetIsSetAside(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := openedFeedback(t, w, false)
		w.As("stranger").Sends(e.round.Path(), append(sent("junk", "conduct.limit.1", "Bán sim giá rẻ"), "chairing.done.1", "Gọi số này")...)
		w.As("stranger").Sends(e.round.Path(), sent("good", "conduct.limit.1", "Thảo luận còn ít")...)
		limit := feedback.Cell{Phase: feedback.Conduct, Head: feedback.Limit}
		remark := func(text string) string {
			t.Helper()
			for _, r := range view(t, w, e).Block(limit).Alone {
				if r.Text == text {
					return r.ID
				}
			}
			t.Fatalf("%q is not there", text)
			return ""
		}
		s, ctx, clerk := w.App.Feedback, t.Context(), w.Person("clerk")
		junk := []string{remark("Bán sim giá rẻ")}
		if err := s.SetAside(ctx, w.Person("secretary"), e.conference, e.sitting, limit, junk, "Rác"); !fault.Is(err, fault.NotFound) {
			t.Error("a cell sets aside:", err)
		}
		if err := s.SetAside(ctx, clerk, e.conference, e.sitting, limit, junk, " "); !fault.Is(err, fault.Invalid) {
			t.Error("without a reason:", err)
		}
		w.As("clerk").Sends(e.path+"/cells/conduct/limit/set-aside", "remarks", junk[0], "reason", "Nghịch phá")
		f := view(t, w, e)
		if n := f.Counted; n.Sheets != 1 || n.Remarks != 1 || n.Aside != 1 || f.Block(limit).Count() != 1 || f.Block(feedback.Cell{Phase: feedback.Chairing, Head: feedback.Done}).Count() != 0 {
			t.Errorf("set aside: %+v", n)
		}
		page := w.As("clerk").Reads(e.path+"/aside", "Một phiếu không ghi tên", "Nghịch phá", "2 ý kiến")
		if strings.Contains(page, "Gọi số này") {
			t.Error("what one person wrote stands together")
		}
		if n := traces(t, w, "Nghịch phá"); n != 1 {
			t.Errorf("the reason stands in %d places", n)
		}
		if _, err := s.Open(ctx, clerk, e.conference, e.sitting, feedback.Opening{Named: true, OpensAt: e.round.OpensAt, ClosesAt: e.round.ClosesAt}); !fault.Is(err, fault.Conflict) {
			t.Error("the promise was changed:", err)
		}
		_, all, err := s.Asides(ctx, clerk, e.conference, e.sitting)
		if err != nil || len(all) != 1 {
			t.Fatalf("%+v, %v", all, err)
		}
		w.As("clerk").Sends(e.path + "/aside/" + all[0].Sheet + "/take-in")
		if n := view(t, w, e).Counted; n.Sheets != 2 || n.Remarks != 3 || n.Aside != 0 {
			t.Errorf("taken back: %+v", n)
		}
	})
}
