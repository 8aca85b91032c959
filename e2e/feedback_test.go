package e2e

import (
	"net/http/httptest"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/e2e/browser"
	"chibo/feedback"
	"chibo/kit/web/assets"
)

// TestWhatDelegatesSayBecomesALesson: a telephone without an account gives feedback without
// a network and then with one; the office puts remarks together, the committee concludes,
// and the card stands on the agenda of a cell.
func TestWhatDelegatesSayBecomesALesson(t *testing.T) {
	t.Parallel()
	if err := assets.Load(); err != nil {
		t.Fatal(err)
	}
	w := worldtest.OnSQLite(t)
	server := httptest.NewServer(w.App.Handler())
	t.Cleanup(server.Close)
	in := func(role string) *browser.Page {
		p, a := browser.New(t, server.URL, browser.Desk), w.Account(role)
		signIn(p, a.Name, a.Password)
		return p
	}
	seen := eyes(t)
	path, r := heardSitting(t, w)

	phone := browser.New(t, server.URL, browser.Phone)
	seen.look(t, phone, r.Path())
	phone.Resize(browser.Phone)
	phone.Go("/y")
	phone.Type("Mã góp ý", r.Grouped())
	phone.Send("Vào góp ý")
	phone.See("Phiếu không ghi tên")
	phone.Type("Mặt hạn chế", "Tài liệu gửi muộn, đại biểu chưa kịp đọc")
	phone.Press("Phần tiếp theo")
	phone.See("Phần 2 trên 3")
	phone.Go(r.Path())
	phone.See("Máy này còn giữ những gì đồng chí đã viết")
	phone.Press("Phần tiếp theo")
	phone.Press("Phần tiếp theo")
	phone.Offline(true)
	phone.Press("Gửi góp ý")
	phone.See("Chưa gửi được")
	phone.Offline(false)
	phone.See("Đã nhận góp ý")
	phone.See("Tài liệu gửi muộn, đại biểu chưa kịp đọc")
	seen.look(t, phone, r.Path())

	office := in("clerk")
	office.Go(path + "/paper")
	office.Type("Mặt hạn chế", "Đại biểu chưa kịp đọc vì tài liệu gửi muộn")
	office.Send("Lưu, nhập phiếu tiếp theo")
	office.See("Đã lưu phiếu giấy số 1")
	seen.look(t, office, path+"/paper")
	office.Resize(browser.Desk)
	seen.look(t, office, path+"/cells/preparation/limit")
	office.Resize(browser.Desk)
	office.Go(path + "/cells/preparation/limit")
	office.See("Có thể cùng một ý")
	office.Send("Gộp các ý đã đánh dấu")
	office.See("2 ý kiến")
	seen.look(t, office, path)

	committee := in("committee")
	committee.Go(path + "/conclusions")
	committee.Type("Hạn chế", "Tài liệu gửi muộn")
	committee.Type("Nguyên nhân", "Duyệt sát ngày họp")
	committee.Type("Giải pháp khắc phục", "Gửi tài liệu trước năm ngày")
	committee.Send("Lưu kết luận")
	committee.Press("Gửi mọi chi bộ")
	committee.In("Bài học vào chương trình kỳ tới").Send("Gửi mọi chi bộ")
	committee.See("0/2 chi bộ đã tiếp thu")
	seen.look(t, committee, path+"/conclusions")

	next := prepares(t, w)
	cell := in("other secretary")
	cell.Go("/meetings/" + next)
	cell.See("Tiếp thu bài học rút kinh nghiệm")
	cell.See("Gửi tài liệu trước năm ngày")
}

// heardSitting opens the feedback of a sitting, and returns the address of its page.
func heardSitting(t *testing.T, w *worldtest.World) (string, feedback.Round) {
	t.Helper()
	ctx, clerk := t.Context(), w.Person("clerk")
	x, err := w.App.Conferences.Open(ctx, clerk, conference.Conference{Organization: w.Account("clerk").Organization, Title: "Chuyên đề sinh hoạt chi bộ mẫu"})
	if err != nil {
		t.Fatal(err)
	}
	y, err := w.App.Conferences.AddSitting(ctx, clerk, x.ID, conference.Sitting{
		Title: "Sinh hoạt thường kỳ mẫu", StartsAt: worldtest.Now, EndsAt: worldtest.Now.Add(3 * time.Hour), Venue: "Hội trường",
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.App.Feedback.Open(ctx, clerk, x.ID, y.ID, feedback.Opening{OpensAt: worldtest.Now, ClosesAt: worldtest.Now.Add(24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	return "/conferences/" + x.ID + "/feedback/" + y.ID, r
}
