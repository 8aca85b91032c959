package scenario_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/matter"
)

// pass lets the secretary pass something up for the member who can sign in, and
// returns its page.
func pass(t *testing.T, w *worldtest.World, text string) string {
	t.Helper()
	a := w.As("secretary").Post("/matters", "organization", w.Account("secretary").Organization, "text", text,
		"raiser", "member", "member", w.Account("member").Member)
	if a.Status != http.StatusSeeOther || !strings.HasPrefix(a.Location(), "/matters/") {
		t.Fatalf("%d to %q: %s", a.Status, a.Location(), a.Body)
	}
	return a.Location()
}

// TestSilenceAndAnswer passes a matter up, lets the superior be silent for too long,
// and answers.
func TestSilenceAndAnswer(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		has(t, w.As("member").Get(pass(t, w, "Đèn đường hỏng")), http.StatusOK, "Chờ trả lời đến 13/01/2027")
		secretary := w.Person("secretary")
		w.Clock.Set(worldtest.Now.Add(-50 * 24 * time.Hour)) // 12 October
		passed, err := w.App.Matters.Pass(t.Context(), secretary, matter.Draft{
			Organization: w.Account("secretary").Organization, Text: "Cống thoát nước ngõ 5 bị tắc", Raiser: matter.ByMember, Member: w.Account("member").Member,
		})
		if err != nil {
			t.Fatal(err)
		}
		w.Clock.Set(worldtest.Now)
		page := passed.Path()

		has(t, w.As("clerk").Get("/inbox"), http.StatusOK, "phản ánh vấn đề số")
		has(t, w.As("clerk").Get("/"), http.StatusOK, "Cơ sở phản ánh, chờ trả lời", "Cống thoát nước ngõ 5", " quá hạn")
		has(t, w.As("committee").Get("/matters"), http.StatusOK, "đã quá hạn trả lời cơ sở", "Quá hạn 6 ngày", "hạn 23/11/2026")
		own := w.As("secretary").Get("/matters")
		has(t, own, http.StatusOK, "Cấp trên chưa trả lời (hạn 23/11/2026)")
		if strings.Contains(own.Body, "Quá hạn") {
			t.Error("the silence of the superior is held against the cell")
		}

		has(t, w.As("clerk").Post(page+"/answer", "text", "", "on", "2026-11-30"), http.StatusUnprocessableEntity, "Hãy ghi nội dung trả lời")
		has(t, w.As("member").Post(page+"/answer", "text", "tự trả lời", "on", "2026-11-30"), http.StatusForbidden)
		has(t, w.As("clerk").Post(page+"/answer", "text", "Đã giao công ty thoát nước khơi thông", "on", "2026-11-30"), http.StatusSeeOther)
		has(t, w.As("secretary").Post(page+"/answer", "text", "lần nữa", "on", "2026-11-30"), http.StatusConflict)
		has(t, w.As("secretary").Get("/inbox"), http.StatusOK, "Cấp trên đã trả lời vấn đề số")
		has(t, w.As("member").Get("/inbox"), http.StatusOK, "Cấp trên đã trả lời vấn đề số")
		has(t, w.As("secretary").Get("/meetings/"+w.Meeting("draft")), http.StatusOK, "Đã giao công ty thoát nước khơi thông")
	})
}

func TestAnAnswerOnPaperAndAMatterTakenBack(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		first, second := pass(t, w, "Đèn đường hỏng"), pass(t, w, "Ghi nhầm")
		has(t, w.As("secretary").Post(first+"/answer", "text", "Công văn 15-CV/ĐU", "on", "2026-12-01"), http.StatusSeeOther)
		has(t, w.As("member").Get(first), http.StatusOK, "chi bộ ghi lại", "Công văn 15-CV/ĐU")
		has(t, w.As("clerk").Post(second+"/withdraw", "reason", "x"), http.StatusForbidden)
		has(t, w.As("deputy").Post(second+"/withdraw", "reason", "trùng với số trước"), http.StatusSeeOther)
		has(t, w.As("clerk").Get("/matters?state=withdrawn"), http.StatusOK, "Ghi nhầm")
		for who, want := range map[string]int{"other secretary": http.StatusNotFound, "other member": http.StatusNotFound} {
			if a := w.As(who).Get(first); a.Status != want {
				t.Errorf("%s: %d, want %d", who, a.Status, want)
			}
		}
	})
}
