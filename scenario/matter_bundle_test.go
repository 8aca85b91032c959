package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/matter"
	"chibo/meeting"
)

// passAs lets somebody pass something up for residents, and returns its page.
func passAs(t *testing.T, w *worldtest.World, role, text string) string {
	t.Helper()
	home, _ := w.Person(role).Home()
	m, err := w.App.Matters.Pass(t.Context(), w.Person(role), matter.Draft{Organization: home.Organization, Text: text, Raiser: matter.ByResidents})
	if err != nil {
		t.Fatal(err)
	}
	return m.Path()
}

// TestTwoCellsAskTheSame lets two cells pass up the same, the committee treat both as one
// and answer once: each cell gets the answer on its next agenda.
func TestTwoCellsAskTheSame(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		first := passAs(t, w, "secretary", "Đèn chiếu sáng dọc kênh hỏng, buổi tối trẻ đi học rất nguy hiểm")
		second := passAs(t, w, "other secretary", "Xin thay đèn chiếu sáng ven kênh, trẻ đi học tối nguy hiểm")
		other := passAs(t, w, "secretary", "Ghi nhầm hộ nghèo")
		id := func(page string) string { return strings.TrimPrefix(page, "/matters/") }

		has(t, w.As("clerk").Get(first), http.StatusOK, "Có vẻ cùng nội dung", "Xin thay đèn chiếu sáng ven kênh")
		has(t, w.As("secretary").Post(first+"/merge", "with", id(second)), http.StatusForbidden)
		has(t, w.As("clerk").Post(first+"/merge"), http.StatusUnprocessableEntity, "Hãy chọn ít nhất một vấn đề để gộp")
		has(t, w.As("clerk").Post(first+"/merge", "with", id(second), "with", id(other)), http.StatusSeeOther)
		has(t, w.As("clerk").Post(other+"/part"), http.StatusSeeOther)
		has(t, w.As("clerk").Get("/matters"), http.StatusOK, "2 vấn đề gộp làm một")

		own := w.As("secretary").Get(first)
		has(t, own, http.StatusOK, "Cấp trên xem xét chung với 1 phản ánh tương tự")
		home, _ := w.Person("other secretary").Home()
		if strings.Contains(own.Body, home.Name) {
			t.Error("a cell is told which other cell asks")
		}

		has(t, w.As("clerk").Post(second+"/answer", "text", "Phường thay toàn bộ đèn ven kênh trong tháng", "on", "2026-12-01"), http.StatusSeeOther)
		for role, page := range map[string]string{"secretary": first, "other secretary": second} {
			has(t, w.As(role).Get(page), http.StatusOK, "Trả lời ngày 01/12/2026", "thay toàn bộ đèn ven kênh")
			has(t, w.As(role).Get("/inbox"), http.StatusOK, "Cấp trên đã trả lời vấn đề số")
			if !onAgenda(t, w, role, id(page)) {
				t.Errorf("the answer is on no agenda of the %s", role)
			}
		}
		has(t, w.As("secretary").Get(other), http.StatusOK, "Chờ trả lời đến")
		has(t, w.As("clerk").Post(first+"/part"), http.StatusConflict)

		book := w.As("clerk").Get("/matters.xlsx?state=answered")
		if book.Status != http.StatusOK || !strings.HasPrefix(book.Body, "PK") {
			t.Errorf("%d, no workbook", book.Status)
		}
	})
}

// TestACellsOwnAnswerIsItsOwn enters an answer that came on paper: the others of the
// bundle go on waiting.
func TestACellsOwnAnswerIsItsOwn(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		first, second := passAs(t, w, "secretary", "Cống ngõ 5 tắc"), passAs(t, w, "other secretary", "Cống ngõ 7 tắc")
		has(t, w.As("clerk").Post(first+"/merge", "with", strings.TrimPrefix(second, "/matters/")), http.StatusSeeOther)
		has(t, w.As("secretary").Post(first+"/answer", "text", "Công văn 15-CV/ĐU", "on", "2026-12-01"), http.StatusSeeOther)
		has(t, w.As("other secretary").Get(second), http.StatusOK, "Chờ trả lời đến")
		has(t, w.As("clerk").Post(second+"/part"), http.StatusSeeOther)
	})
}

// TestAFollowerDoesNotAnswerForAll lets a member of the committee who follows one cell
// try to answer a bundle.
func TestAFollowerDoesNotAnswerForAll(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	first, second := passAs(t, w, "secretary", "Cống ngõ 5 tắc"), passAs(t, w, "other secretary", "Cống ngõ 7 tắc")
	has(t, w.As("clerk").Post(first+"/merge", "with", strings.TrimPrefix(second, "/matters/")), http.StatusSeeOther)
	follower := w.Person("committee")
	home, _ := w.Person("secretary").Home()
	for n := range follower.Grants {
		follower.Grants[n].Organization, follower.Grants[n].Path = home.Organization, home.Path
	}
	err := w.App.Matters.Answer(t.Context(), follower, strings.TrimPrefix(first, "/matters/"), matter.Reply{Text: "xong", On: worldtest.Now.Date()})
	if err == nil || !strings.Contains(err.Error(), "bundled") {
		t.Errorf("%v", err)
	}
}

// onAgenda reports whether a coming meeting of the person's cell has been handed the
// answer to a matter.
func onAgenda(t *testing.T, w *worldtest.World, role, id string) bool {
	t.Helper()
	home, _ := w.Person(role).Home()
	from := worldtest.Now.Date().In()
	meetings, err := meeting.Between(t.Context(), w.App.DB, home.Root, home.Organization, from.Add(-2), from.Add(3))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range meetings {
		carried, err := meeting.CarriedTo(t.Context(), w.App.DB, m.Root, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range carried {
			if c.Subject == id && m.Editable() {
				return true
			}
		}
	}
	return false
}
