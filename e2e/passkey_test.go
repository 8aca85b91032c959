package e2e

import (
	"net/http/httptest"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/e2e/browser"
	"chibo/kit/web/assets"
)

// TestPasskey adds a key by password and finger, and signs in by the finger alone. An
// owner whom the device does not recognise stays out, and so does a key that was removed;
// a program that is reached by a bare number offers none.
func TestPasskey(t *testing.T) {
	t.Parallel()
	const way = "Đăng nhập bằng vân tay, khuôn mặt"
	if err := assets.Load(); err != nil {
		t.Fatal(err)
	}
	w := worldtest.OnSQLite(t)
	server := httptest.NewServer(w.App.Handler())
	t.Cleanup(server.Close)
	secretary := w.Account("secretary")
	bare := browser.New(t, server.URL, browser.Phone)
	bare.Go("/sign-in")
	bare.Miss(way)

	base := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	w.App.Passkeys.Base = base
	seen := eyes(t)
	p := browser.New(t, base, browser.Phone)
	device := p.Authenticator()
	signIn(p, secretary.Name, secretary.Password)
	p.Go("/me")
	p.Press("Xem, thêm khóa")
	p.Type("Mật khẩu", "không phải mật khẩu này")
	p.Press("Tiếp tục")
	p.See("Mật khẩu đang dùng chưa đúng")
	seen.look(t, p, "/me/passkeys")
	p.Go("/me/passkeys")
	p.Type("Mật khẩu", secretary.Password)
	p.Press("Tiếp tục")
	p.Type("Gọi máy này là", "Điện thoại của tôi")
	p.Press("Tạo khóa")
	p.See("Đã thêm khóa")
	p.In("Khóa của đồng chí").See("Điện thoại của tôi")

	p.Go("/me")
	p.Press("Đăng xuất")
	p.See("Đã đăng xuất.")
	device.Finger(false)
	p.Press(way)
	p.See("Chưa xong")
	device.Finger(true)
	p.Go("/sign-in")
	p.Press(way)
	p.See("Chào đồng chí")

	p.Go("/me/passkeys")
	p.In("Khóa của đồng chí").See("dùng lần cuối")
	p.Press("Bỏ khóa Điện thoại của tôi")
	p.In("Bỏ khóa Điện thoại của tôi").Type("Mật khẩu", secretary.Password)
	p.Press("Bỏ khóa này")
	p.See("Đã bỏ khóa")
	p.Go("/me")
	p.Press("Đăng xuất")
	p.See("Đã đăng xuất.")
	p.Press(way)
	p.See("Khóa này không dùng được")
}
