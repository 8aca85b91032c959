package e2e

import (
	"testing"

	"chibo/app/world/worldtest"
	"chibo/e2e/browser"
	"chibo/meeting"
)

// TestAConferenceFromItsPlanToItsProgramme: the office opens a conference, writes its plan
// and sends it, the committee returns it once, approves and issues it, and the host reads
// what it is to do and names its meeting.
func TestAConferenceFromItsPlanToItsProgramme(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	host, day := w.Account("secretary"), worldtest.Now.Date().AddDays(25)
	desk := in("clerk", browser.Desk)
	desk.Go("/conferences")
	desk.Press("Mở hội nghị")
	desk.Choose("Cấp ủy tổ chức", w.Account("clerk").Unit)
	desk.Type("Trích yếu", "Tổ chức hội nghị sinh hoạt chi bộ mẫu")
	desk.Send("Mở hội nghị")
	page := desk.At()
	desk.Press("Thêm buổi hội nghị")
	desk.Type("Tên buổi", "Hội nghị “sinh hoạt chi bộ thường kỳ” mẫu")
	desk.Choose("Loại sinh hoạt", "Sinh hoạt thường kỳ")
	desk.Choose("Chi bộ thực hiện", host.Unit)
	desk.Type("Ngày", day.String())
	desk.Type("Địa điểm", "Hội trường phường")
	desk.Type("Liên kết bản đồ", "http://map.example")
	desk.Send("Lưu")
	desk.See("phải bắt đầu bằng https://")
	desk.Type("Liên kết bản đồ", "https://map.example/17")
	desk.Send("Lưu")
	desk.Press("Thêm thành phần")
	desk.Type("Thành phần", "Cấp ủy các chi bộ trực thuộc")
	desk.Tick("Đơn vị trực thuộc cử")
	desk.Send("Lưu")

	desk.Press("Mở kế hoạch")
	desk.See("căn cứ")
	desk.Press("Sửa kế hoạch")
	desk.Type("Căn cứ", "Căn cứ Hướng dẫn số 42-HD/BTCTW, ngày 28/10/2024 của Ban Tổ chức Trung ương")
	desk.Type("Người ký", "Lê Văn Thảo")
	desk.Send("Lưu")
	desk.See("Không có văn bản nào có số và ngày")
	desk.Press("Sửa kế hoạch")
	desk.Type("Căn cứ", "Căn cứ Hướng dẫn số 42-HD/BTCTW, ngày 28/10/2025 của Ban Tổ chức Trung ương")
	desk.Send("Lưu")
	seen.look(t, desk, page+"/plan")
	desk.Resize(browser.Desk)
	desk.Go(page + "/plan")
	desk.Send("Gửi cấp ủy duyệt")

	committee := in("committee", browser.Phone)
	committee.Go("/")
	committee.See("kế hoạch chờ đồng chí duyệt")
	committee.Go(page + "/plan")
	committee.Tick("Trả lại để sửa")
	committee.Type("Cần sửa gì", "Ghi rõ hạn cử đại biểu")
	committee.Send("Trả lời")
	desk.Go(page + "/plan")
	desk.See("Ghi rõ hạn cử đại biểu")
	desk.Press("Sửa kế hoạch")
	desk.In("III.3.").Type("Nhiệm vụ, mỗi dòng một việc", "Cử đại biểu trước ngày họp 10 ngày.")
	desk.Send("Lưu")
	desk.Send("Gửi cấp ủy duyệt")
	committee.Go(page + "/plan")
	committee.See("Cử đại biểu trước ngày họp 10 ngày.")
	committee.Tick("Duyệt")
	committee.Send("Trả lời")
	committee.Press("Ban hành, lấy số")
	committee.Send("Đồng ý, ban hành")
	committee.See("Đã ban hành")

	desk.Go(page)
	desk.Press("Lập chương trình")
	desk.See("Bắt đầu lúc 08 giờ 25")
	desk.Send("Lưu")
	desk.See("Chi bộ thực hiện kỳ sinh hoạt mẫu")
	seen.look(t, desk, page)

	phone := in("secretary", browser.Phone)
	phone.Go("/")
	phone.Press("Tổ chức hội nghị sinh hoạt chi bộ mẫu")
	phone.See("Đại biểu góp ý, rút kinh nghiệm")
	phone.Choose("Kỳ sinh hoạt", titled(t, w, meeting.Draft))
	phone.Send("Chọn kỳ này")
	phone.Go("/meetings/" + w.Meeting(meeting.Draft))
	phone.See("sinh hoạt mẫu của hội nghị")
}
