package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/meeting"
)

// TestADraftRestsOnDocuments picks a document of the ward into the draft resolution of a
// cell; once another has taken its place, the page of the draft warns.
func TestADraftRestsOnDocuments(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		draft := "/meetings/" + w.Meeting(meeting.Draft) + "/draft"
		sends := func(who, path string, fields ...string) string {
			t.Helper()
			a := w.As(who).Post(path, fields...)
			if a.Status != http.StatusSeeOther {
				t.Fatalf("%s, %s: %d\n%s", who, path, a.Status, a.Body)
			}
			return a.Location()
		}
		sees := func(text string, there bool) {
			t.Helper()
			if a := w.As("secretary").Get(draft); a.Status != http.StatusOK || strings.Contains(a.Body, text) != there {
				t.Errorf("%d, %q shown: %v", a.Status, text, !there)
			}
		}
		fields := []string{
			"organization", w.Account("clerk").Organization, "level", "base", "kind", "Kế hoạch", "number", "31-KH/ĐU", "date", "2026-11-20",
			"body", "Đảng ủy phường Sông Xanh", "title", "về ba việc cần làm ngay",
		}
		document := sends("clerk", "/library/documents", fields...)
		sees("31-KH/ĐU 2026-11-20", true) // among those to choose from

		const basis = "Căn cứ Kế hoạch số 31-KH/ĐU, ngày 20/11/2026 của Đảng ủy phường Sông Xanh"
		sends("secretary", draft, "text", "Chi bộ quyết nghị", "bases", "31-KH/ĐU 2026-11-20", "bases", "1-KH/KHÔNG 2026-01-01")
		sees(basis, true)
		sees("không còn hiệu lực", false)
		sends("clerk", document+"/edit", append(fields, "until", "2026-11-30", "replaced_by", "42-HD/BTCTW", "replaced_on", "2025-10-28", "sure", "true")...)
		sees("“31-KH/ĐU, ngày 20/11/2026” không còn hiệu lực vào ngày họp. Hiện áp dụng: Hướng dẫn số 42-HD/BTCTW", true)
		sees(`value="31-KH/ĐU 2026-11-20"`, false)
	})
}
