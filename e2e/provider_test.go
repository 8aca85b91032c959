package e2e

import (
	"net/http/httptest"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/e2e/browser"
	"chibo/kit/web/assets"
	"chibo/provider/providertest"
)

// TestProvider links an account with a province's identity provider and signs in by it: the
// browser goes there and comes back by itself.
func TestProvider(t *testing.T) {
	t.Parallel()
	if err := assets.Load(); err != nil {
		t.Fatal(err)
	}
	w := worldtest.OnSQLite(t)
	server := httptest.NewServer(w.App.Handler())
	t.Cleanup(server.Close)
	w.App.Providers.Settings, w.App.Providers.Base = providertest.Start(t, server.URL), server.URL
	secretary := w.Account("secretary")
	seen := eyes(t)

	p := browser.New(t, server.URL, browser.Phone)
	signIn(p, secretary.Name, secretary.Password)
	p.Go("/me")
	p.In("Cổng định danh tỉnh").Press("Xem, nối tài khoản")
	seen.look(t, p, "/me/provider")
	p.Go("/me/provider")
	p.Type("Mật khẩu", secretary.Password)
	p.Press("Nối tài khoản")
	p.See("Username:")
	p.Type("Username:", "thu.le")
	p.Type("Password:", providertest.Password)
	p.Press("Login")
	p.See("Đã nối với: Thu Lê Thị")
	seen.look(t, p, "/me/provider")

	p.Go("/me")
	p.Press("Đăng xuất")
	p.See("Đã đăng xuất.")
	seen.look(t, p, "/sign-in")
	p.Go("/sign-in")
	p.Press("Đăng nhập bằng Cổng định danh tỉnh")
	p.See("Username:")
	p.Type("Username:", "thu.le")
	p.Type("Password:", providertest.Password)
	p.Press("Login")
	p.See("Chào đồng chí")
}
