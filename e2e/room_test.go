package e2e

import (
	"strings"
)

// settled waits until the server has acknowledged what the room holds.
func (e *evening) settled() {
	e.t.Helper()
	e.phone.Wait("waiting for the server to acknowledge", `document.querySelector("#room-saved .waiting").textContent === "" && !document.querySelector("form[aria-busy]")`)
}

// takeRoll opens the meeting in the room and takes the roll, one tap a person.
func (e *evening) takeRoll() {
	p := e.phone
	p.Press("Vào phòng họp")
	p.Press("Khai mạc buổi sinh hoạt")
	p.See("Đang họp")
	p.Press("Điểm danh")
	present := []string{secretary, deputy, minuteTaker, "Nguyễn Thị Bích Thủy", "Đặng Thị Ngọc", "Vũ Đình Khang", "Bùi Thị Hải Yến", "Ngô Quốc Việt", probationary}
	for _, name := range present {
		p.Press("Có mặt: " + name)
	}
	p.In("Hoàng Văn Sáu").Press("Khác")
	p.In("Hoàng Văn Sáu").Press("Vắng có lý do")
	p.In("Đỗ Văn Út").Press("Khác")
	p.Press("Vắng không có lý do: Đỗ Văn Út")
	p.See("9/12 đảng viên có mặt · 8 được biểu quyết")
	p.See("biểu quyết tính trên 10")
	p.See("1 vắng có lý do · 1 vắng không có lý do")
}

// discuss goes through the agenda and records what was said, with what became of
// it.
func (e *evening) discuss() {
	p := e.phone
	p.Press("Ghi chép")
	for _, title := range []string{"Ổn định tổ chức", "Thông tin thời sự", "Phổ biến, quán triệt", "Báo cáo kết quả", "Kết quả thực hiện", "Tự phê bình", "Thảo luận nhiệm vụ"} {
		p.Press("Sang phần tiếp: " + title)
		p.Wait("waiting for "+title, `document.querySelector("#room-item h2").textContent.includes("`+title+`")`)
	}
	e.say("Bùi Thị Hải Yến", "Đề xuất", "Đề nghị lắp thêm hai thùng rác ở đầu ngõ 45.")
	e.say("Vũ Đình Khang", "Đồng tình", "Nhất trí với dự thảo nghị quyết.")
	p.Press("Ý kiến này được giải quyết thế nào?")
	p.Tick("Giao nghiên cứu")
	p.Type("Trả lời, giải trình", "Khảo sát chỗ đặt thùng rác rồi báo lại chi bộ.")
	p.Choose("Giao cho", "Bùi Thị Hải Yến")
	p.In("Trả lời, giải trình").Type("Hạn", e.now.AddDate(0, 0, 20).Format("2006-01-02"))
	p.Press("Ghi cách giải quyết")
	p.See("Giao nghiên cứu: Khảo sát chỗ đặt thùng rác")
	e.settled()
}

// say records an opinion under the speaker's name.
func (e *evening) say(name, stance, text string) {
	p := e.phone.In("Người phát biểu", "Đồng tình")
	p.Choose("Người phát biểu", name)
	p.Tick(stance)
	p.Type("Nội dung", text)
	p.Send("Ghi ý kiến")
	e.phone.In("Sửa", name).See(text)
	e.settled()
}

// decide judges the task, gives another, and counts hands: a sum that cannot be
// is refused first.
func (e *evening) decide() {
	p := e.phone
	p.Press("Đánh giá")
	judged := p.In("Nhiệm vụ đã giao")
	judged.Tick("Chưa hoàn thành")
	judged.Type("Đảng viên báo cáo", "Đã vận động 7 hộ.")
	judged.Type("Đã làm được", "7")
	judged.Type("Nguyên nhân", "Năm hộ đi làm xa.")
	judged.Type("Cách khắc phục", "Gặp vào cuối tuần.")
	judged.Send("Ghi đánh giá")
	p.See("1/1 đã đánh giá")
	p.Press("Giao việc")
	task := p.In("Thế nào là xong")
	task.Type("Việc", "Viết bảng tin phân loại rác ở nhà văn hóa")
	task.Tick("Ngô Quốc Việt")
	task.Type("Hạn", e.now.AddDate(0, 0, 14).Format("2006-01-02"))
	task.Press("Ghi việc")
	p.In("Giao việc buổi này").See("Viết bảng tin phân loại rác")
	e.settled()

	p.Press("Mở biểu quyết")
	p.Type("Nội dung biểu quyết", "Thông qua Nghị quyết tháng này")
	p.Send("Mở biểu quyết")
	p.See("Cần quá 1/2 của 10 đảng viên chính thức được triệu tập: ít nhất 6.")
	p.Press("Ghi số đếm")
	p.See("Hãy ghi số; không có ai thì ghi 0.")
	e.settled() // what is drawn again for the server's answer leaves the words of a refusal
	p.See("Hãy ghi số; không có ai thì ghi 0.")
	p.Miss("Kết thúc biểu quyết")
	p.Type("Tán thành", "9")
	p.See("Tổng lớn hơn số người được biểu quyết.")
	p.Press("Ghi số đếm")
	p.See("Tổng lớn hơn số người được biểu quyết trong phòng. Hãy đếm lại.")
	p.Type("Tán thành", "7")
	p.See("Ý kiến khác: 1")
	p.Press("Ghi số đếm")
	p.Press("Kết thúc biểu quyết")
	p.In("Biểu quyết").See("thông qua")
	e.settled()
}

// closeMeeting concludes, adds a note, and closes.
func (e *evening) closeMeeting() {
	p := e.phone
	p.Press("Kết luận phần này")
	p.In("Kết luận phần này").Type("Kết luận", "Chi bộ thống nhất ra quân vào sáng thứ Bảy.")
	p.Press("Ghi kết luận")
	p.See("Chi bộ thống nhất ra quân vào sáng thứ Bảy.")
	p.Press("Ghi diễn biến")
	p.Type("Diễn biến", "Chi bộ nghe giới thiệu bảng tin mới.")
	p.In("Diễn biến").Press("Ghi lại")
	p.See("Chi bộ nghe giới thiệu bảng tin mới.")
	e.settled()
	p.Press("Bế mạc buổi sinh hoạt")
	p.See("Bế mạc buổi sinh hoạt bây giờ?")
	p.Press("Bế mạc buổi sinh hoạt")
	p.See("Buổi sinh hoạt đã bế mạc")
	p.Press("Đọc và thông qua biên bản")
}

// readBack reads the minutes to the meeting, passage by passage, and has them
// adopted.
func (e *evening) readBack() {
	p := e.phone
	p.Press("Đọc lại trước chi bộ")
	p.Press("Nghe đọc")
	p.See("Máy này không có giọng đọc tiếng Việt") // the browser of the tests has no voice
	for !strings.Contains(p.Read(), "Đã đọc xong") {
		p.Press("Đoạn sau")
	}
	p.Press("Đã đọc xong")
	p.See("Đã ghi nhận: biên bản được đọc lại trước chi bộ.")
	p.Type("Tán thành", "8")
	p.Press("Ghi chi bộ đã thông qua")
	p.See("Đã ghi chi bộ thông qua biên bản.")
}

// seal has both sign on the same telephone, each with a secret of their own, and
// seals. It returns the code that stands on the paper.
func (e *evening) seal() string {
	p := e.phone
	p.Type("Mã PIN hoặc mật khẩu", leaderPIN)
	p.Press(minuteTaker + " xác nhận")
	p.See("Mã PIN hoặc mật khẩu chưa đúng.")
	p.Type("Mã PIN hoặc mật khẩu", takerPassword)
	p.Press(minuteTaker + " xác nhận")
	p.See("Đã ghi nhận xác nhận.")
	p.Type("Mã PIN hoặc mật khẩu", leaderPIN)
	p.Press(secretary + " xác nhận")
	p.See("Niêm phong xong, biên bản và nghị quyết được cấp số")
	p.Press("Niêm phong biên bản")
	p.See("Niêm phong ngay?")
	p.Press("Niêm phong biên bản")
	p.See("Đã niêm phong biên bản.")
	p.See("01-BB/CB")
	return paperCode.FindString(p.In("Mã kiểm tra").Read())
}
