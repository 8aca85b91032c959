package quality_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/meeting"
	"chibo/quality"
)

// TestSheetOfAWard: the ward puts the sheet of An Phú in force; meetings that are not
// scored yet follow it, the score that was given keeps its own.
func TestSheetOfAWard(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		model, _ := quality.Sheet("an-phu-2025")
		data, err := model.Text()
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		ward := w.Account("committee").Organization
		closed, sealed := w.Meeting(meeting.Closed), w.Meeting(meeting.Sealed)
		before := w.As("secretary").Get("/meetings/" + sealed + "/quality").Body
		if !strings.Contains(before, "Hướng dẫn 42") {
			t.Fatal("the sealed meeting is not scored by the national sheet")
		}
		broken := strings.Replace(text, "under: 90", "under: 89", 1)
		a := w.As("committee").Post("/rubrics/new", "organization", ward, "sheet", broken, "add", "true")
		if a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "Không bậc nào nhận giá trị 89") {
			t.Errorf("a sheet with a hole: %d", a.Status)
		}
		if a := w.As("committee").Post("/rubrics/new", "organization", ward, "sheet", text); a.Status != http.StatusOK || !strings.Contains(a.Body, "Chấm thử") {
			t.Errorf("the trial: %d", a.Status)
		}
		if a := w.As("secretary").Post("/rubrics/new", "organization", ward, "sheet", text, "add", "true"); a.Status != http.StatusForbidden {
			t.Errorf("a secretary: %d", a.Status)
		}
		a = w.As("committee").Post("/rubrics/new", "organization", ward, "sheet", text, "add", "true")
		if a.Status != http.StatusSeeOther {
			t.Fatalf("the committee: %d", a.Status)
		}
		if a := w.As("member").Get(a.Location()); a.Status != http.StatusOK || !strings.Contains(a.Body, "trên 30 phút") {
			t.Errorf("a member reads it: %d", a.Status)
		}
		if body := w.As("secretary").Get("/meetings/" + closed + "/quality").Body; !strings.Contains(body, "Đưa tài liệu lên ứng dụng") {
			t.Error("the draft does not follow the new sheet")
		}
		if body := w.As("secretary").Get("/meetings/" + sealed + "/quality").Body; strings.Contains(body, "Đưa tài liệu lên ứng dụng") || !strings.Contains(body, "Hướng dẫn 42") {
			t.Error("the score that was given has lost its sheet")
		}
	})
}
