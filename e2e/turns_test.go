package e2e

import (
	"fmt"
	"testing"

	"chibo/e2e/browser"
	"chibo/e2e/program"
	"chibo/kit/when"
)

// TestTurnsReachTheAgenda follows the secretary who plans a theme for a month that is
// not opened yet and names a briefer, who writes on a phone: when the month is opened,
// both stand on its agenda by themselves.
func TestTurnsReachTheAgenda(t *testing.T) {
	t.Parallel()
	p, demo := program.StartDemo(t, "--cells", "1", "--members", "12", "--months", "2")
	name, password := demo.Account(t, "secretary")
	member := demo.FullName(t, "member")
	secretary := browser.New(t, p.URL, [2]int64{1280, 800})
	signIn(secretary, name, password)

	secretary.Go("/meetings/" + demo.Meeting(t, "draft"))
	var n, year int
	title := browser.Run[string](secretary, `document.querySelector("h1").textContent`)
	if _, err := fmt.Sscanf(title, "Sinh hoạt thường kỳ tháng %d/%d", &n, &year); err != nil {
		t.Fatalf("the draft is called %q", title)
	}
	month := when.Month{Year: year, Month: 1}.Add(n) // after the draft

	secretary.Go("/themes")
	secretary.Press("Thêm chuyên đề")
	secretary.Type("Tên chuyên đề", "Giữ sạch ngõ phố")
	secretary.Type("Tháng sinh hoạt", month.String())
	secretary.Choose("Người trình bày", member)
	secretary.Type("Câu hỏi thảo luận", "Ngõ nào còn để rác sau giờ thu gom?")
	secretary.Press("Lưu")
	secretary.See("Đã thêm chuyên đề vào kế hoạch")
	secretary.Press("Giữ sạch ngõ phố")
	secretary.Press("Ghi đã duyệt")
	secretary.See("Chi ủy duyệt ngày")

	secretary.Go(fmt.Sprintf("/meetings?year=%d", month.Year))
	secretary.Press("Mở kỳ sinh hoạt tháng " + month.Slashed())
	secretary.See("Giữ sạch ngõ phố")
	secretary.See("Ngõ nào còn để rác sau giờ thu gom?")
	secretary.In("Trình bày chuyên đề").See(member)
	secretary.In("Thông tin thời sự").See("luân phiên")
	secretary.Press("Xem bài")
	secretary.Choose("Đảng viên", member)
	secretary.Press("Đổi người báo cáo")
	secretary.See("Đã ghi người báo cáo")

	phone := browser.New(t, p.URL, browser.Phone)
	name, password = demo.Account(t, "member")
	signIn(phone, name, password)
	phone.See("Đồng chí được giao chuyên đề")
	phone.In("Đến lượt đồng chí báo cáo thời sự").Press("Viết bài thời sự")
	phone.Type("Tình hình trong nước", "Kết quả sắp xếp đơn vị hành chính.")
	phone.Type("Tình hình quốc tế", "Hội nghị khí hậu.")
	phone.Type("Tình hình địa phương", "Phường chỉnh trang tuyến phố.")
	phone.Press("Lưu bài")
	phone.See("Đã lưu bài thời sự")

	secretary.Go("/briefings")
	secretary.In(member).See("đã có bài")
}
