package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chibo/e2e/browser"
)

// TestCongressFromRollToCountMinutes prepares the congress of a cell and holds it from one
// telephone: too few are there to elect, and the room says how many are missing; then the
// committee is elected, the secretary among it, and the minutes of the count speak of the
// congress. The minutes are numbered apart.
func TestCongressFromRollToCountMinutes(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.prepareCongress()
	h.ready()
	h.Press("Khai mạc đại hội")
	h.See("Đang họp")
	e := &election{hall: h, head: h.demo.FullName(t, "deputy")}
	e.nominate()

	h.Press("Điểm danh")
	for n := range 2 {
		name := browser.Run[string](h.Page, fmt.Sprintf(`document.querySelector(".room-roll > li:nth-child(%d) b").textContent`, n+1))
		h.Press("Có mặt: " + name)
		h.See("Vừa ghi: " + name)
	}
	h.In("Điểm danh", "Đại hội chưa đủ 2/3").See("còn thiếu")
	h.Press("Ghi chép")
	committee := h.In("Danh sách bầu cử", "Số lượng cần bầu")
	committee.Type("Số lượng cần bầu", "3")
	committee.Press("Mở bỏ phiếu")
	h.See("Đại hội chưa đủ 2/3 đảng viên được triệu tập (Điều lệ Đảng, Điều 11)")

	e.everybodyComes()
	h.In("Bầu cử", "Đại hội hợp lệ").See("(2/3)")
	committee.Press("Mở bỏ phiếu")
	h.See("đang biểu quyết")
	e.voters = browser.Run[int](h.Page, `Number(document.querySelector("#room-votes").innerText.match(/(\d+) đồng chí có mặt được bỏ phiếu/)[1])`)
	e.elects(map[string]int{e.candidates[0]: e.voters, e.candidates[1]: e.voters - 1, e.candidates[2]: e.voters - 2, e.candidates[3]: 0})
	for _, name := range e.candidates[:3] {
		h.In("Bầu cử", "Chi ủy giới thiệu").In(name).See("trúng cử")
	}
	e.secretary(e.candidates[0])

	paper := docxText(t, h.In("Bầu bí thư", "đã bầu đủ").Fetch("Biên bản kiểm phiếu (Word)"))
	for _, want := range []string{"ĐẠI HỘI CHI BỘ", "Tại Đại hội Chi bộ", "Trúng cử 1 đồng chí: " + e.candidates[0], "T/M ĐOÀN CHỦ TỊCH"} {
		if !strings.Contains(paper, want) {
			t.Errorf("the minutes of the count lack %q:\n%s", want, paper)
		}
	}
	h.delivered()
	h.Go("/meetings/" + h.meeting + "/minutes")
	h.See("Đại hội hợp lệ: ")
	h.See("-BB/ĐH")
	if n := strings.Count(h.Read(), "sinh hoạt chi bộ"); n != 0 {
		t.Errorf("the minutes call the congress a meeting %d times", n)
	}
}

// prepareCongress opens a congress beside the meetings of the month, for now, and goes
// into its room.
func (h *hall) prepareCongress() {
	h.t.Helper()
	h.Go("/meetings")
	h.Press("Mở kỳ khác")
	h.Tick("Đại hội chi bộ")
	h.Type("Thời gian bắt đầu", time.Now().In(time.FixedZone("", 7*3600)).Format("2006-01-02T15:04"))
	h.Press("Mở kỳ này")
	h.See("Bầu đoàn chủ tịch và thư ký đại hội")
	h.meeting = h.At()[strings.LastIndex(h.At(), "/")+1:]
	h.Go(h.path())
}

// elects counts the ballots of the round that is open and ends it.
func (e *election) elects(votes map[string]int) {
	e.t.Helper()
	p := e.sheet(0, votes)
	p.Choose("Tổ trưởng tổ kiểm phiếu", e.head)
	p.See("Các số khớp nhau.")
	p.Press("Ghi kết quả kiểm phiếu")
	e.Press("Kết thúc biểu quyết")
	e.delivered()
}

// secretary elects the secretary among the committee.
func (e *election) secretary(name string) {
	e.t.Helper()
	form := e.In("Thêm người vào danh sách", "Bí thư")
	form.Press("Thêm người vào danh sách")
	form.Type("Ai được giới thiệu: Tìm tên", name)
	form.Tick(name)
	form.Send("Thêm vào danh sách")
	e.In("Bí thư", "Mở bỏ phiếu").Press("Mở bỏ phiếu")
	e.See("đang biểu quyết")
	e.elects(map[string]int{name: e.voters})
}
