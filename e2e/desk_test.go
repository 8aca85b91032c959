package e2e

import (
	"net/http/httptest"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/e2e/browser"
	"chibo/kit/sheet"
	"chibo/kit/web/assets"
	"chibo/meeting"
	"chibo/quality"
)

// TestTheMonthOfACommittee goes through the end of a month: from the home page to the scores
// that wait, one adjusted with a reason and one confirmed with a tick, the month's table in
// Excel, the report composed and issued, and a number of it opened.
func TestTheMonthOfACommittee(t *testing.T) {
	t.Parallel()
	seen := eyes(t)
	if err := assets.Load(); err != nil {
		t.Fatal(err)
	}
	w := worldtest.OnSQLite(t)
	doubtful := sendDoubtful(t, w)
	server := httptest.NewServer(w.App.Handler())
	t.Cleanup(server.Close)
	p := browser.New(t, server.URL, browser.Desk)
	above := w.Account("committee")
	signIn(p, above.Name, above.Password)

	p.Go("/")
	p.Press("Xem các phiếu đang chờ")
	p.See("1 ý khác căn cứ")
	p.See("Chi bộ ghi: Chờ hội trường")
	seen.look(t, p, "/scores")
	p.Resize(browser.Desk)
	p.Go("/scores")
	p.Choose("Điểm tiêu chí 1", "5 điểm")
	p.Type("Lý do điều chỉnh", "Đồng hồ ghi đủ thời lượng")
	p.Press("Quyết định điểm của")
	p.See("Đã ghi quyết định của cấp trên.")
	p.Press("Xác nhận các phiếu đã chọn")
	p.See("Đã xác nhận 1 phiếu.")
	p.See("Không có phiếu chấm nào đang chờ")

	p.Press("Bảng điểm tháng")
	p.See("Cộng 2 chi bộ")
	seen.look(t, p, "/scores/month")
	p.Resize(browser.Desk)
	p.Go("/scores/month")
	all, err := sheet.Read(p.Fetch("Tải bảng Excel"))
	if err != nil || len(all[0].Rows) != 6 || len(all[0].Rows[2].Cells) != 10 {
		t.Errorf("the month's table: %v %v", all, err)
	}

	p.Go("/")
	p.Press("Mở báo cáo")
	p.Tick("Điểm chất lượng sinh hoạt chi bộ")
	p.Press("Lập báo cáo")
	p.See("Đã lập bản soạn.")
	draft := p.At()
	seen.look(t, p, draft)
	p.Resize(browser.Desk)
	p.Go(draft)
	p.Type("3. Nhận xét, nhiệm vụ tháng tới", "Cả {chi bộ} chi bộ giữ nền nếp.")
	p.Press("Lưu phần lời")
	p.See("Cả 2 chi bộ giữ nền nếp.")
	p.Press("Ban hành báo cáo")
	p.Press("Ban hành báo cáo") // in the question
	p.See("01-BC/ĐU")
	p.Press("1. Kết quả chung", "2") // cells that met
	p.See("Danh sách giữ nguyên như ngày ban hành")
	p.See("11/2026")
	if _, found := strings.CutPrefix(p.At(), "/digests/"); !found {
		t.Errorf("a number leads to %s", p.At())
	}
	f, err := w.App.Quality.Load(t.Context(), w.App.DB, w.Person("committee").Scope(quality.MayRead), doubtful)
	if err != nil || f.Score.State != quality.Adjusted {
		t.Errorf("the doubtful score is %s: %v", f.Score.State, err)
	}
}

// sendDoubtful takes the score of the first cell up to the committee above, with a line that
// differs from what the clock says, and returns its meeting.
func sendDoubtful(t *testing.T, w *worldtest.World) string {
	t.Helper()
	ctx, q, secretary, id := t.Context(), w.App.Quality, w.Person("secretary"), w.Meeting(meeting.Closed)
	f, err := q.Load(ctx, w.App.DB, secretary.Scope(quality.MayRead), id)
	if err != nil {
		t.Fatal(err)
	}
	e := quality.Entry{Points: map[string]string{"1": "0.5"}, Reasons: map[string]string{"1": "Chờ hội trường"}}
	for _, l := range f.Sum.Open {
		e.Points[l.ID] = l.Max.String()
	}
	if err := q.SelfScore(ctx, secretary, id, e); err != nil {
		t.Fatal(err)
	}
	if err := q.Vote(ctx, secretary, id, f.Entitled, 0, false); err != nil {
		t.Fatal(err)
	}
	if err := q.Submit(ctx, secretary, id); err != nil {
		t.Fatal(err)
	}
	return id
}
