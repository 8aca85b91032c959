package e2e

import (
	"testing"

	"chibo/e2e/browser"
	"chibo/meeting"
)

// TestTheVisitorsEvening goes with a visitor through an evening on a phone: home, the
// last meetings of the cell, remarks typed while the network is gone, the sheet sent; the
// secretary reads it and finds what is to be mended on the next agenda.
func TestTheVisitorsEvening(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	cell, _ := w.Person("secretary").Home()
	m, err := meeting.Find(t.Context(), w.App.DB, cell.Root, w.Meeting(meeting.Noticed))
	if err != nil {
		t.Fatal(err)
	}
	w.Clock.Set(m.StartsAt)
	due := m.Day().AddDays(30)

	phone := in("committee", browser.Phone)
	phone.Go("/")
	phone.In("Lịch dự sinh hoạt của tôi").Press(cell.Name)
	phone.Press("Ba kỳ gần đây")
	phone.See("Ba kỳ gần đây của chi bộ")
	phone.See("Nhiệm vụ chưa xong")
	before := phone.At()
	seen.look(t, phone, before)
	phone.Resize(browser.Phone)
	phone.Go(before)
	phone.Press("Mở phiếu để ghi")
	sheet := phone.At()
	phone.Wait("the sheet is on the shelf", `caches.match(location.pathname).then(Boolean)`)

	phone.Offline(true)
	preparation := phone.In("Khâu chuẩn bị")
	preparation.Tick("Làm tốt")
	preparation.Type("Nhận xét", "Thông báo gửi trước năm ngày")
	preparation.Press("Ghi nhận xét")
	phone.See("1 nhận xét đang giữ trên máy này")
	chairing := phone.In("Chủ trì, điều hành")
	chairing.Tick("Thiếu")
	chairing.Type("Nhận xét", "Kết luận chưa nêu thời hạn")
	chairing.Press("Đề nghị khắc phục")
	chairing.Type("Cần khắc phục", "Mỗi việc nêu một ngày")
	chairing.Type("Khắc phục trước ngày", due.String())
	chairing.Press("Ghi nhận xét")
	phone.See("2 nhận xét đang giữ trên máy này")
	phone.In("Nội dung, diễn biến").Type("Nhận xét", "Đang viết dở")
	phone.Wait("what is half written is kept", `Object.values(localStorage).some((v) => v.includes("Đang viết dở"))`)

	phone.Offline(false)
	phone.See("Đã lưu hết về máy chủ")
	phone.Miss("Chờ gửi")
	phone.Go(sheet)
	phone.See("Kết luận chưa nêu thời hạn")
	phone.Wait("what was half written is back", `[...document.querySelectorAll("textarea")].some((t) => t.value === "Đang viết dở")`)
	seen.look(t, phone, sheet)
	phone.Resize(browser.Phone)
	phone.Go(sheet)
	phone.Press("Xem lại và gửi phiếu")
	phone.See("Thông báo gửi trước năm ngày")
	phone.Send("Gửi phiếu cho chi bộ")
	phone.See("Đã gửi phiếu cho chi bộ.")

	desk := in("secretary", browser.Desk)
	desk.Go("/")
	desk.In("Phiếu dự sinh hoạt của cấp trên").Press(m.Title)
	desk.See("Mỗi việc nêu một ngày")
	desk.Type("Ý kiến của chi ủy", "Chi ủy tiếp thu")
	desk.Send("Gửi trả lời")
	desk.See("Đã gửi trả lời.")
	seen.look(t, desk, desk.At())
	desk.Resize(browser.Desk)
	desk.Go("/meetings/" + w.Meeting(meeting.Draft))
	desk.See("Kết luận chưa nêu thời hạn – Mỗi việc nêu một ngày")
	seen.look(t, in("clerk", browser.Desk), "/visits")
	seen.look(t, in("clerk", browser.Desk), "/visits/charge")
}
