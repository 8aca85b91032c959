package scenario_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/meeting"
	"chibo/rubric"
)

// TestSheetOfAWard: the ward copies the sheet of An Phú, mends a hole that it has typed,
// and puts it in force; meetings that are not scored yet follow it, the score that was
// given keeps its own.
func TestSheetOfAWard(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ward := w.Account("committee").Organization
		closed, sealed := w.Meeting(meeting.Closed), w.Meeting(meeting.Sealed)
		if body := w.As("secretary").Get("/meetings/" + sealed + "/quality").Body; !strings.Contains(body, "Hướng dẫn 42") {
			t.Fatal("the sealed meeting is not scored by the national sheet")
		}
		if a := w.As("secretary").Post("/sketches", "organization", ward, "from", "an-phu-2025"); a.Status != http.StatusForbidden {
			t.Errorf("a secretary: %d", a.Status)
		}
		a := w.As("committee").Post("/sketches", "organization", ward, "from", "an-phu-2025")
		sketch := a.Location()
		if a.Status != http.StatusSeeOther || !strings.HasPrefix(sketch, "/sketches/") {
			t.Fatalf("the committee begins: %d %s", a.Status, sketch)
		}
		if body := w.As("committee").Get("/rubrics").Body; !strings.Contains(body, sketch) {
			t.Error("the sheet that is being written is not listed")
		}
		if body := w.As("committee").Get(sketch).Body; !strings.Contains(body, "Chấm thử") {
			t.Error("a sound sheet is not tried")
		}
		if a := w.As("other secretary").Get(sketch); a.Status != http.StatusForbidden {
			t.Errorf("another cell: %d", a.Status)
		}
		breakAndMend(t, w, sketch)
		a = w.As("committee").Post(sketch + "/adopt")
		if a.Status != http.StatusSeeOther {
			t.Fatalf("put in force: %d", a.Status)
		}
		if a := w.As("committee").Get(sketch); a.Status != http.StatusNotFound {
			t.Errorf("the sketch afterwards: %d", a.Status)
		}
		if a := w.As("member").Get(a.Location()); a.Status != http.StatusOK || !strings.Contains(a.Body, "trên 30 phút") {
			t.Errorf("a member reads it: %d", a.Status)
		}
		if all, err := rubric.AllSheets(t.Context(), w.App.DB); err != nil || len(all) != 1 || !strings.HasSuffix(a.Location(), all[0].ID) {
			t.Errorf("all that is kept: %v, %v", all, err)
		}
		if body := w.As("secretary").Get("/meetings/" + closed + "/quality").Body; !strings.Contains(body, "Đưa tài liệu lên ứng dụng") {
			t.Error("the draft does not follow the new sheet")
		}
		if body := w.As("secretary").Get("/meetings/" + sealed + "/quality").Body; strings.Contains(body, "Đưa tài liệu lên ứng dụng") || !strings.Contains(body, "Hướng dẫn 42") {
			t.Error("the score that was given has lost its sheet")
		}
	})
}

// steps are the fields of line 4.5 with the edge of its second band.
func steps(edge string) []string {
	return []string{
		"at", "15", "was", "4.5", "id", "4.5", "text", "Tỷ lệ phát biểu", "max", "5", "floor", "2", "way", "steps", "fact", "speaking_share",
		"band0.low", "from", "band0.low_at", "50", "band0.points", "5",
		"band1.low", "from", "band1.low_at", "40", "band1.high", "under", "band1.high_at", edge, "band1.points", "4",
		"band2.high", "under", "band2.high_at", "40", "band2.points", "2",
	}
}

// breakAndMend types a hole into a line and mends it.
func breakAndMend(t *testing.T, w *worldtest.World, sketch string) {
	t.Helper()
	v := w.As("committee")
	a := v.Post(sketch+"/line", steps("4x")...)
	if a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "4x") {
		t.Errorf("an edge that is no number: %d", a.Status)
	}
	a = v.Post(sketch+"/line/look", steps("49")...)
	if a.Status != http.StatusOK || !strings.Contains(a.Body, "Không bậc nào nhận giá trị 49 … 50") || strings.Contains(a.Body, "<html") {
		t.Errorf("a hole while it is typed: %d", a.Status)
	}
	a = v.Post(sketch+"/line", steps("49")...)
	back, err := url.Parse(a.Location())
	if err != nil || a.Status != http.StatusSeeOther || back.Path != sketch+"/line" {
		t.Errorf("a line with a hole leads to %s", a.Location())
	}
	if body := v.Get(a.Location()).Body; !strings.Contains(body, "Không bậc nào nhận giá trị 49 … 50") {
		t.Error("the hole is not named at the line")
	}
	if a := v.Post(sketch + "/adopt"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a sheet with a hole is put in force: %d", a.Status)
	}
	if a := v.Post(sketch+"/line", steps("50")...); a.Location() != sketch {
		t.Errorf("a mended line leads to %s", a.Location())
	}
	if a := v.Post(sketch+"/line/move", "at", "17", "was", "4.4", "to", "up"); a.Status != http.StatusConflict {
		t.Errorf("a line that stands elsewhere: %d", a.Status)
	}
}

// TestBlankSheet: a sheet is written from nothing, line by line, and loaded from YAML.
func TestBlankSheet(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		v := w.As("committee")
		a := v.Post("/sketches", "organization", w.Account("committee").Organization)
		sketch := strings.TrimSuffix(a.Location(), "/head")
		v.Post(sketch+"/head", "name", "Biểu của phường", "from", "2026-01-01", "number", "01-HD/ĐU", "body", "Đảng ủy", "date", "2025-12-01", "total", "100")
		v.Post(sketch+"/line", "at", "-1", "new", "behind", "id", "1", "text", "Chuẩn bị", "max", "100", "way", "yes_no")
		v.Post(sketch+"/line", "at", "0", "was", "1", "new", "inside", "id", "1.1", "text", "Đủ nội dung", "max", "60", "way", "slider", "step", "0,5")
		if body := v.Get(sketch).Body; !strings.Contains(body, "cộng lại được 60 điểm, dòng ghi 100 điểm") {
			t.Error("the missing 40 points are not named")
		}
		v.Post(sketch+"/line", "at", "1", "was", "1.1", "new", "behind", "id", "1.2", "text", "Đúng giờ", "max", "40", "way", "yes_no", "when0.fact", "length_short", "when0.high", "to", "when0.high_at", "0")
		v.Post(sketch+"/levels", "from_good", "90", "from_fair", "70", "from_poor", "0", "gate0.level", "good", "gate0.full", "1.2", "year0.level", "good", "year0.all", "fair", "year0.reach", "good", "year0.count", "7")
		text := v.Get(sketch + "/sheet.yaml").Body
		r, err := rubric.Parse([]byte(text))
		if err != nil || len(rubric.Check(r)) > 0 || len(r.Gates) != 1 || len(r.Year) != 1 || len(r.Levels) != 3 {
			t.Fatalf("%v, %+v\n%s", err, rubric.Check(r), text)
		}
		if a := v.Post(sketch+"/text", "sheet", "lines: 3"); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "lines: 3") {
			t.Errorf("a text that is no sheet: %d", a.Status)
		}
		if a := v.Post(sketch+"/text", "sheet", strings.Replace(text, "Đúng giờ", "Đúng thời gian", 1)); a.Status != http.StatusSeeOther {
			t.Errorf("the text: %d", a.Status)
		}
		if body := v.Get(sketch).Body; !strings.Contains(body, "Đúng thời gian") || !strings.Contains(body, "Đưa biểu vào áp dụng từ 01/01/2026") {
			t.Error("the sheet is not sound, or has lost what was changed in the text")
		}
	})
}
