package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
)

// TestAPlanIsReadAsItStoodOnADay makes a plan, lets the office write down progress, reads
// two days, words the report, and begins the next plan with what is open.
func TestAPlanIsReadAsItStoodOnADay(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ward := w.Account("committee").Organization
		form := []string{"organization", ward, "title", "Kế hoạch quý IV", "goal", "Nâng chất lượng", "basis", "", "from", "2026-10-01", "until", "2026-12-31"}
		w.As("clerk").Refused(http.StatusForbidden, "/plans", form...)
		w.As("secretary").Refused(http.StatusForbidden, "/plans", form...)
		w.As("committee").Refused(http.StatusUnprocessableEntity, "/plans", form[:4]...)
		page := w.As("committee").Sends("/plans", form...)
		steps := page + "/steps"
		w.As("clerk").Refused(http.StatusForbidden, steps, "what", "x")
		w.As("committee").Refused(http.StatusUnprocessableEntity, steps, "what", "x")
		w.As("committee").Sends(steps, "what", "Sinh hoạt điểm", "owner", "Ban Tổ chức", "from", "2026-10-01", "until", "2026-12-31", "target", "4", "unit", "chi bộ")
		w.As("committee").Sends(steps, "what", "Tập huấn bí thư", "owner", "Văn phòng", "from", "2026-10-01", "until", "2026-11-15")
		id, err := db.One[string](t.Context(), w.App.DB, `SELECT id FROM plan_step WHERE what = 'Sinh hoạt điểm'`)
		if err != nil {
			t.Fatal(err)
		}
		w.As("clerk").Refused(http.StatusUnprocessableEntity, page+"/progress", "step", id, "on", "2027-01-05", "reached", "1")
		w.As("clerk").Refused(http.StatusUnprocessableEntity, page+"/progress", "step", id, "on", "2026-11-05")
		w.As("clerk").Refused(http.StatusNotFound, page+"/progress", "step", "elsewhere", "on", "2026-11-05", "reached", "1")
		w.As("clerk").Sends(page+"/progress", "step", id, "on", "2026-11-30", "reached", "3", "text", "Ba chi bộ đã họp")
		w.As("clerk").Reads(page, "3/4 chi bộ", "Quá hạn")
		if body := w.As("clerk").Reads(page + "?on=2026-11-29"); strings.Contains(body, "3/4") || strings.Contains(body, "Ba chi bộ đã họp") {
			t.Error("a day shows what was reached later")
		}
		if a := w.As("clerk").Get(page + "/report"); a.Status != http.StatusForbidden {
			t.Errorf("the office words the report: %d", a.Status)
		}

		report := page + "/report"
		w.As("committee").Reads(report, "Sinh hoạt điểm (3/4 chi bộ): Ba chi bộ đã họp.", "- Tập huấn bí thư. Hạn 15/11/2026.")
		w.As("committee").Refused(http.StatusUnprocessableEntity, report, "on", "2026-12-01", "results", "")
		w.As("committee").Sends(report, "on", "2026-12-01", "results", "Cơ bản đạt", "faults", "", "direction", "Tiếp tục")
		w.As("committee").Reads(report+"?on=2026-12-01", "Cơ bản đạt")
		for _, form := range []string{"docx", "pdf"} {
			w.As("committee").Reads(page + "/paper/" + form + "?on=2026-12-01")
		}
		next := w.As("committee").Sends("/plans", "organization", ward, "title", "Kế hoạch quý I", "goal", "Tiếp tục", "from", "2027-01-01", "until", "2027-03-31",
			"before", strings.TrimPrefix(page, "/plans/"))
		w.As("clerk").Reads(next, "Tập huấn bí thư", "0/1 chi bộ", "Chưa đến kỳ")
		w.As("committee").Reads("/", "Kế hoạch quý IV")
		if a := w.As("other secretary").Get(page); a.Status != http.StatusForbidden {
			t.Errorf("a cell: %d", a.Status)
		}
	})
}
