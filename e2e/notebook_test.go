package e2e

import (
	"strings"
	"testing"

	"chibo/e2e/browser"
	"chibo/meeting"
)

// TestAMembersMonth goes with a member through a month: read for what data are kept,
// answer the notice, begin private notes, write on through a dead network, report a task,
// print the booklet, ask for a correction that the secretary takes over.
func TestAMembersMonth(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	me, phone := w.Account("member"), in("member", browser.Phone)

	phone.Go("/")
	phone.In("Thông tin của đồng chí được dùng để làm gì").Send("Tôi đã đọc")
	phone.Miss("Thông tin của đồng chí được dùng để làm gì")
	phone.Go("/meetings/" + w.Meeting(meeting.Noticed))
	phone.Send("Tôi sẽ dự")
	phone.See("Đồng chí đã báo sẽ dự")

	page := "/notebook/meetings/" + w.Meeting(meeting.Noticed)
	phone.Go("/")
	phone.In("Sổ tay").Press("Mở trang sổ tay")
	phone.See("Lập phần ghi chép riêng")
	phone.Go(page)
	phone.Type("Mật khẩu đăng nhập", me.Password)
	phone.Send("Lập phần ghi chép riêng")
	phone.See("Các từ này chỉ hiện một lần")
	phone.Press("Tôi đã cất giữ")
	phone.See("Chỉ đồng chí đọc được")
	phone.Type("Chỉ đồng chí đọc được", "Hỏi về đường ngõ 12.")
	phone.Wait("the note is kept by itself", `document.querySelector("#note-saved").textContent.includes("Đã lưu")`)
	phone.Offline(true)
	phone.Type("Chỉ đồng chí đọc được", "Hỏi về đường ngõ 12. Bà Tư cần người đưa đi khám.")
	phone.Wait("the draft is kept on the device", `Object.entries(localStorage).some(([k, v]) => k.includes("notebook:") && v.includes("Bà Tư"))`)
	phone.Offline(false)
	phone.Go(page)
	phone.Send("Lưu ghi chép")
	phone.See("Đã lưu ghi chép.")
	seen.look(t, phone, page)
	phone.Resize(browser.Phone)
	seen.look(t, phone, "/notebook")
	phone.Resize(browser.Phone)
	phone.Go("/notebook")
	phone.Type("Tìm trong ghi chép", "ba tu kham")
	phone.Send("Tìm")
	phone.See("Bà Tư cần người đưa đi khám")
	if strings.Contains(phone.At(), "kham") {
		t.Error("what was searched for stands in the address")
	}

	phone.Go("/notebook/booklet")
	phone.See("SỔ TAY ĐẢNG VIÊN")
	phone.Miss("Bà Tư")
	phone.Go("/notebook/booklet?notes=true")
	phone.See("Bà Tư cần người đưa đi khám")

	phone.Go("/me/data")
	phone.Tick("Sửa thông tin")
	phone.Choose("Mục cần sửa", "Điện thoại")
	phone.Type("Viết lại là", "0912345678")
	phone.Send("Gửi yêu cầu")
	phone.See("Đã gửi yêu cầu.")
	seen.look(t, phone, "/me/data")

	desk := in("secretary", browser.Desk)
	desk.Go("/")
	desk.In("Yêu cầu về dữ liệu").Press("Xem và trả lời")
	desk.See("0912345678")
	desk.Send("Sửa hồ sơ theo đề nghị")
	desk.See("Đã trả lời yêu cầu.")
	desk.Go("/notebook/inspections")
	desk.Tick(me.FullName)
	desk.Send("Ghi đã xem")
	desk.See("Đã ghi 1 đồng chí cho xem sổ.")
	desk.Go(page)
	desk.Miss("Bà Tư")
	seen.look(t, desk, "/notebook/inspections")
	seen.look(t, desk, "/privacy")

	phone.Resize(browser.Phone)
	phone.Go("/me/data")
	phone.See("Đã sửa hồ sơ theo đề nghị.")
	phone.Go("/notebook")
	phone.In("Chi bộ xem sổ").See("Đầy đủ")
}
