package scenario_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/meeting"
)

// TestCharge puts a member in charge of a field: the home page asks for a report, the
// preparation page shows it, and after the next meeting another one is asked for.
func TestCharge(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		m := w.Account("member")
		cell := w.Account("secretary").Organization
		if err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `UPDATE member SET field = 'Vận động quần chúng', area = '' WHERE id = $1`, m.Member)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		asked := "Chi bộ chờ đồng chí báo cáo"
		has(t, w.As("member").Get("/"), http.StatusOK, asked, "Vận động quần chúng")
		has(t, w.As("secretary").Get("/meetings/"+w.Meeting(meeting.Draft)), http.StatusOK, "Đảng viên phụ trách lĩnh vực, địa bàn", "Chưa báo cáo kỳ này")

		has(t, w.As("member").Post("/tasks/charges", "organization", cell, "text", " "), http.StatusUnprocessableEntity, "Hãy ghi tình hình")
		has(t, w.As("member").Post("/tasks/charges", "organization", cell, "text", "Bà con đồng tình mở rộng ngõ", "proposal", "họp dân tuần tới"), http.StatusSeeOther)
		has(t, w.As("secretary").Get("/meetings/"+w.Meeting(meeting.Draft)), http.StatusOK, "Bà con đồng tình", "họp dân tuần tới")
		if a := w.As("member").Get("/"); strings.Contains(a.Body, asked) {
			t.Error("asks for what was reported")
		}

		has(t, w.As("secretary").Post("/tasks/charges", "organization", cell, "member", m.Member, "text", "ghi giúp"), http.StatusSeeOther)
		has(t, w.As("probationary").Post("/tasks/charges", "organization", cell, "member", m.Member, "text", "không phải tôi"), http.StatusForbidden)
		has(t, w.As("other member").Post("/tasks/charges", "organization", cell, "text", "chi bộ khác"), http.StatusNotFound)

		if err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error { // another meeting has closed
			_, err := db.Exec(t.Context(), tx, `UPDATE meeting SET closed_at = $1 WHERE id = $2`, worldtest.Now.Add(time.Hour), w.Meeting(meeting.Sealed))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		has(t, w.As("member").Get("/"), http.StatusOK, asked)
	})
}
