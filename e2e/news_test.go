package e2e

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"chibo/e2e/browser"
)

// TestNewsWithConsent lets the secretary tell of a sealed meeting with a picture, the member
// in it agree on a phone, and a stranger read the page; then the piece is taken back.
func TestNewsWithConsent(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	me := w.Account("member").FullName
	desk := in("secretary", browser.Desk)
	desk.Go("/meetings/" + w.Meeting("sealed"))
	desk.Send("Viết tin")
	desk.See("Nội dung tin")
	item := desk.At()
	form := desk.In("Thêm ảnh", "Ảnh (JPG, PNG)")
	form.Attach("Ảnh (JPG, PNG)", photograph(t))
	form.Type("Dòng chữ dưới ảnh", "Toàn cảnh buổi sinh hoạt")
	form.Send("Thêm ảnh")
	desk.See("chưa ghi ai trong ảnh")
	desk.Tick(me)
	desk.Send("Lưu và hỏi ý kiến")
	desk.See("đang chờ trả lời")
	seen.look(t, desk, item)

	phone := in("member", browser.Phone)
	phone.See("Ảnh có đồng chí chờ trả lời")
	phone.Press("Xem ảnh và trả lời")
	seen.look(t, phone, "/news/consents")
	phone.Resize(browser.Phone)
	phone.Go("/news/consents")
	phone.Send("Tôi đồng ý")
	phone.See("Đã ghi câu trả lời")

	desk.Resize(browser.Desk)
	desk.Go(item)
	desk.Press("Đăng tin")
	desk.In("Đăng tin này?").Send("Đăng tin")
	desk.See("Đã đăng tin.")
	desk.Press("Mở trang đã đăng")
	desk.See("Toàn cảnh buổi sinh hoạt")
	desk.See("không dùng cookie")
	public := desk.At()
	seen.look(t, desk, public)

	desk.Resize(browser.Desk)
	desk.Go(item)
	desk.Press("Gỡ tin")
	desk.Type("Lý do gỡ", "Đăng nhầm kỳ")
	desk.In("Lý do gỡ").Send("Gỡ tin")
	desk.See("Đã gỡ tin.")
}

// photograph writes a small picture and returns its path.
func photograph(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "hoi-truong.png")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, image.NewGray(image.Rect(0, 0, 120, 80))); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}
