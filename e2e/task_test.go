package e2e

import (
	"testing"
	"time"

	"chibo/e2e/browser"
)

// TestWorkComesBack follows a task around the month: the secretary gives it with a
// target in the room, its owner reports from a phone and asks for help, the secretary
// answers and urges, the next meeting finds it not done, and it is carried over with
// its whole history.
func TestWorkComesBack(t *testing.T) {
	t.Parallel()
	const title = "Vận động các hộ ngõ 45 hiến đất mở đường"
	h := newHall(t)
	owner := h.demo.FullName(t, "member")
	h.Press("Giao việc")
	form := h.In("Thế nào là xong")
	form.Type("Việc", title)
	form.Tick(owner)
	form.Type("Hạn", time.Now().AddDate(0, 0, 14).Format(time.DateOnly))
	form.Press("Việc đếm được bằng số")
	form.Type("Chỉ tiêu", "12")
	form.Type("Đơn vị tính", "hộ")
	form.Press("Ghi việc")
	h.In("Giao việc buổi này").See(title)
	h.delivered()
	h.close()
	h.delivered()

	phone := browser.New(t, h.server.URL, browser.Phone)
	name, password := h.demo.Account(t, "member")
	signIn(phone, name, password)
	phone.See(title)
	phone.Go("/tasks?view=mine")
	phone.See("0/12 hộ")
	phone.Press(title)
	phone.Type("Đã được bao nhiêu hộ", "9")
	phone.Type("Kết quả", "Chín hộ đã ký")
	phone.Type("Khó khăn", "Ba hộ đi làm xa")
	phone.Send("Gửi báo cáo")
	phone.See("Đã ghi báo cáo.")
	phone.See("Chờ chi ủy trả lời")

	desk := browser.New(t, h.server.URL, browser.Desk)
	signIn(desk, h.name, h.password)
	desk.See("Khó khăn đang chờ chi ủy trả lời")
	desk.Press("Ba hộ đi làm xa")
	desk.Type("Chi ủy giúp thế nào", "Phó bí thư gọi điện cho ba hộ")
	desk.Send("Gửi câu trả lời")
	desk.See("Đã gửi câu trả lời.")
	desk.Choose("Nhắc bằng cách nào", "Gọi điện")
	desk.Type("Lời nhắc", "Nhớ gặp lại trước ngày 20")
	desk.Send("Gửi lời nhắc")
	desk.See("Đã gửi lời nhắc.")
	phone.Go("/inbox")
	phone.See("Chi ủy đã trả lời khó khăn")
	phone.See("Nhắc đồng chí về việc: " + title)

	h.meeting = h.demo.Meeting(t, "noticed")
	h.Go(h.path())
	h.runs()
	h.Press("Khai mạc buổi sinh hoạt")
	h.See("Sang phần tiếp")
	due := h.In("Nhiệm vụ đã giao", title)
	due.Press("Đánh giá")
	due.Tick("Chưa hoàn thành")
	due.Type("Nguyên nhân", "Ba hộ đi làm xa")
	due.Type("Cách khắc phục", "Gặp vào dịp Tết")
	due.Send("Ghi đánh giá")
	h.In(title).See("Chưa hoàn thành")
	h.delivered()
	h.close()
	h.delivered()

	phone.Go("/tasks?view=mine")
	phone.See("đã chuyển tiếp 1 kỳ")
	phone.Press(title)
	for _, text := range []string{"Chuyển sang kỳ sau", "Gặp vào dịp Tết", "Nhớ gặp lại trước ngày 20", "Phó bí thư gọi điện cho ba hộ", "Chín hộ đã ký", "Giao việc"} {
		phone.See(text)
	}
}
