package e2e

import (
	"testing"

	"chibo/e2e/browser"
)

// TestHallSeesWhatHappens follows a meeting on the projector and on a member's phone
// while the secretary holds it: an item begins, a question is put, hands are counted.
// Then the server is killed: both pages say that they have lost it, and after it is
// back they show what has happened since, without anybody loading them again.
func TestHallSeesWhatHappens(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.ready()
	wall := browser.New(t, h.server.URL, [2]int64{1920, 1080})
	signIn(wall, h.name, h.password)
	wall.Go("/screens/" + h.meeting)
	phone := browser.New(t, h.server.URL, browser.Phone)
	name, password := h.demo.Account(t, "member")
	signIn(phone, name, password)
	phone.Go("/")
	phone.Press("Theo dõi trên điện thoại")
	phone.See("Đồng chí đã được điểm danh: có mặt.")

	h.next()
	title := browser.Run[string](h.Page, `document.querySelector("#room-item h2").textContent.replace(/^\d+\. /, "")`)
	wall.See(title)
	phone.In("Đang bàn").See(title)

	h.Press("Mở biểu quyết")
	h.Type("Nội dung biểu quyết", "Ra quân ngày thứ Bảy")
	h.Send("Mở biểu quyết")
	wall.See("Ra quân ngày thứ Bảy")
	wall.See("Đang biểu quyết")
	phone.See("Ra quân ngày thứ Bảy")

	h.server.Kill()
	wall.See("Mất kết nối – số liệu lúc")
	phone.See("Mất kết nối – số liệu lúc")
	h.In("Ra quân ngày thứ Bảy").Type("Tán thành", "9")
	h.In("Ra quân ngày thứ Bảy").Press("Ghi số đếm")
	h.In("Ra quân ngày thứ Bảy").Press("Kết thúc biểu quyết")
	wall.Miss("Được thông qua")

	h.server.Again()
	h.delivered()
	wall.See("Được thông qua")
	wall.Miss("Mất kết nối")
	h.close()
	wall.See("Đọc lại và thông qua biên bản")
}
