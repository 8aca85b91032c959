package scenario_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/meeting"
)

// TestNewsFromAMeeting follows a piece from the sealed minutes to its public page: a
// picture is shown when everybody in it agrees, and the page is gone when one no longer
// does.
func TestNewsFromAMeeting(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		sealed, member := w.Meeting(meeting.Sealed), w.Account("member").Member
		has(t, w.As("secretary").Post("/news", "meeting", w.Meeting(meeting.Open)), http.StatusConflict, "chưa khóa")
		has(t, w.As("member").Post("/news", "meeting", sealed), http.StatusForbidden)
		has(t, w.As("other secretary").Post("/news", "meeting", sealed), http.StatusNotFound)
		item := w.As("secretary").Post("/news", "meeting", sealed).Location()
		id := strings.TrimPrefix(item, "/news/items/")
		if again := w.As("deputy").Post("/news", "meeting", sealed).Location(); again != item {
			t.Errorf("a second piece about the same meeting: %q", again)
		}
		draft := w.As("secretary").Get(item)
		has(t, draft, http.StatusOK, "Tham dự có ", " đảng viên, đạt ")
		has(t, w.As("member").Get(item), http.StatusNotFound)
		has(t, w.As("clerk").Get(item), http.StatusNotFound)

		if err := w.App.News.AddPicture(t.Context(), w.Person("secretary"), id, "hoi truong.png", picture(t), ""); err != nil {
			t.Fatal(err)
		}
		if err := w.App.News.AddPicture(t.Context(), w.Person("secretary"), id, "danh sach.txt", []byte("không phải ảnh"), ""); err == nil {
			t.Error("a text is taken for a picture")
		}
		one := regexp.MustCompile(item + `/pictures/([0-9a-f-]{36})`).FindStringSubmatch(w.As("secretary").Get(item).Body)[1]
		has(t, w.As("secretary").Post(item+"/publish"), http.StatusConflict, "chưa ghi ai trong đó")
		has(t, w.As("secretary").Post(item+"/pictures/"+one, "caption", "Toàn cảnh"), http.StatusUnprocessableEntity, "không nhận ra ai")
		has(t, w.As("secretary").Post(item+"/pictures/"+one, "people", w.Account("other member").Member), http.StatusUnprocessableEntity)
		has(t, w.As("secretary").Post(item+"/pictures/"+one, "caption", "Toàn cảnh buổi sinh hoạt", "people", member), http.StatusSeeOther)
		has(t, w.As("secretary").Post(item+"/publish"), http.StatusConflict)
		has(t, w.As("member").Get("/"), http.StatusOK, "Ảnh có đồng chí chờ trả lời")
		has(t, w.As("member").Get("/news/consents/"+one), http.StatusOK)
		has(t, w.As("deputy").Get("/news/consents/"+one), http.StatusNotFound)
		has(t, w.As("deputy").Post("/news/consents/"+one, "answer", "yes"), http.StatusNotFound)
		for range 2 { // the second time nobody is told anew
			has(t, w.As("member").Post("/news/consents/"+one, "answer", "yes"), http.StatusSeeOther)
		}
		if told, err := db.All[string](t.Context(), w.App.DB, `SELECT member_id FROM notice WHERE message_key = 'news.told.agreed' AND url = $1 ORDER BY member_id`, item); err != nil || len(told) == 0 || len(slices.Compact(slices.Clone(told))) != len(told) {
			t.Errorf("told of the answer: %v, %v", told, err)
		}
		has(t, w.As("secretary").Post(item+"/publish"), http.StatusSeeOther)
		has(t, w.As("secretary").Post(item, "title", "Khác", "body", "x", "source", "x"), http.StatusConflict)

		public := regexp.MustCompile(`href="(/news/[0-9a-f-]{36})"`).FindStringSubmatch(w.As("clerk").Get(item).Body)[1]
		page := w.As("stranger").Get(public)
		has(t, page, http.StatusOK, "Toàn cảnh buổi sinh hoạt", "Nguồn: ", "không dùng cookie")
		if page.Header.Get("Set-Cookie") != "" || strings.Contains(page.Body, "://") && regexp.MustCompile(`(src|href)="https?://`).MatchString(page.Body) {
			t.Error("the public page sets a cookie or loads from elsewhere")
		}
		if strings.Contains(page.Body, w.Account("member").FullName) {
			t.Error("the public page names who is in the picture")
		}
		has(t, w.As("stranger").Get(public+"/"+one), http.StatusOK)
		has(t, w.As("stranger").Get("/news/items/"+id+"/pictures/"+one), http.StatusSeeOther)
		if a := w.As("clerk").Get(item + "/item.docx"); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, "PK") {
			t.Errorf("the Word file: %d", a.Status)
		}

		has(t, w.As("member").Post("/news/consents/"+one, "answer", "no"), http.StatusSeeOther)
		has(t, w.As("stranger").Get(public), http.StatusNotFound)
		has(t, w.As("stranger").Get(public+"/"+one), http.StatusNotFound)
		has(t, w.As("secretary").Get(item), http.StatusOK, "không còn đồng ý")
		has(t, w.As("secretary").Post(item+"/pictures/"+one+"/drop"), http.StatusSeeOther)
		has(t, w.As("secretary").Post(item+"/publish"), http.StatusSeeOther)
		has(t, w.As("stranger").Get(public), http.StatusOK)
		has(t, w.As("secretary").Post(item+"/withdraw", "reason", ""), http.StatusUnprocessableEntity)
		has(t, w.As("secretary").Post(item+"/withdraw", "reason", "Đăng nhầm"), http.StatusSeeOther)
		has(t, w.As("stranger").Get(public), http.StatusNotFound)
	})
}

// picture returns a small PNG file.
func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 64, 48))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
