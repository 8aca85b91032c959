package e2e

import (
	"testing"

	"chibo/e2e/browser"
)

// TestAMemberIsCaredForAndStudies lets the secretary write down a hardship and help,
// the member read both and who has looked, and the same two a session that was missed
// and made up.
func TestAMemberIsCaredForAndStudies(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	me := w.Account("member").FullName
	desk := in("secretary", browser.Desk)
	desk.Go("/")
	desk.Press("Mở chăm lo đảng viên")
	desk.Press("Ghi hoàn cảnh khó khăn")
	desk.Choose("Đồng chí", me)
	desk.Tick("Ốm đau, bệnh nặng")
	desk.Type("Nội dung", "Nằm viện, nhà neo người")
	desk.Send("Ghi lại")
	desk.See("Nằm viện, nhà neo người")
	sheet := desk.At()
	form := desk.In("Ghi việc giúp đỡ")
	form.Type("Việc, quà", "Thăm tại viện")
	form.Type("Số tiền", "500000")
	form.Send("Ghi lại")
	desk.See("500.000 đồng")
	seen.look(t, desk, sheet)
	desk.Resize(browser.Desk)
	desk.Go(sheet)
	desk.Send("Đã làm")
	desk.See("Đã ghi là làm xong.")

	phone := in("member", browser.Phone)
	phone.Go("/care")
	phone.See("Chi bộ chăm lo đồng chí")
	phone.Press("Ốm đau, bệnh nặng")
	phone.See("Ai đã xem")
	phone.See(w.Account("secretary").FullName)

	desk.Go("/study/new")
	desk.Type("Nội dung học", "Nghị quyết 21-NQ/TW")
	desk.Tick("Nghị quyết, chỉ thị")
	desk.Send("Ghi và điểm danh")
	desk.Choose(me, "Vắng có lý do")
	desk.Send("Lưu điểm danh")
	made := desk.In("Ghi học bù")
	made.Choose("Đồng chí", me)
	made.Send("Ghi học bù")
	desk.See("Học bù")
	seen.look(t, desk, desk.At())
	phone.Go("/study")
	phone.See("Học bù")
}

// TestADeviceAsksToBeCalled asks to be called: first the browser refuses, then it allows
// it, and the worker that shows calls is there. The subscription itself wants a push
// service, which a test has not; what is sent to one is tested in package notice.
func TestADeviceAsksToBeCalled(t *testing.T) {
	t.Parallel()
	_, in, seen := ward(t)
	p := in("member", browser.Phone)
	seen.look(t, p, "/inbox")
	p.Resize(browser.Phone)
	p.Go("/inbox")
	p.Refuse("notifications")
	p.Press("Bật báo trên máy này")
	p.See("Trình duyệt không cho phép báo")
	p.Allow("notifications")
	p.Go("/inbox")
	p.Press("Bật báo trên máy này")
	p.Wait("the worker is at work", `navigator.serviceWorker.getRegistration("/inbox").then((r) => r?.active?.state === "activated")`)
}
