package provider_test

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"testing"

	"chibo/app/world"
	"chibo/app/world/worldtest"
	"chibo/provider"
	"chibo/provider/providertest"
)

const (
	site = "http://chibo.test"
	back = "/sign-in/provider/return"
	way  = "Đăng nhập bằng Cổng định danh tỉnh"
)

var leads = regexp.MustCompile(`href="(http://127[^"]+)"`)

// away returns where a page sends the browser to.
func away(t *testing.T, p worldtest.Page) string {
	t.Helper()
	found := leads.FindStringSubmatch(p.Body)
	if found == nil {
		t.Fatalf("nobody is sent anywhere: %.1500s", p.Body)
	}
	return html.UnescapeString(found[1])
}

func signIn(b *worldtest.Browser, a world.Account) worldtest.Page {
	return b.Post("/sign-in", "name", a.Name, "password", a.Password).Is(http.StatusOK, "/")
}

// come signs somebody in at the provider and brings back what it says.
func come(t *testing.T, b *worldtest.Browser, p worldtest.Page, name string) (worldtest.Page, url.Values) {
	t.Helper()
	said := providertest.SignIn(t, away(t, p), name)
	b.Get(back+"?"+said.Encode()).Is(http.StatusOK, back).Says("Tiếp tục")
	return b.Post(back, "state", said.Get("state"), "code", said.Get("code")), said
}

// TestProviderLetsIn links an account and signs in by it; who is not linked stays out, and
// so does an answer that was meant for another browser, another account or another time.
func TestProviderLetsIn(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		secretary, member := w.Account("secretary"), w.Account("member")
		stranger := w.Browser()
		stranger.Get("/sign-in").Hides(way)
		stranger.Post("/sign-in/provider").Is(http.StatusNotFound, "/sign-in/provider")
		w.App.Providers.Settings, w.App.Providers.Base = providertest.Start(t, site), site

		stranger.Get("/sign-in").Says(way)
		refused, _ := come(t, stranger, stranger.Post("/sign-in/provider", "next", "/tasks"), "thu.le")
		refused.Is(http.StatusUnprocessableEntity, back).Says("chưa được nối")
		stranger.Get(back + "?error=access_denied").Says("Chưa đăng nhập được ở bên đó")

		own := w.Browser()
		signIn(own, secretary)
		own.Get("/me").Says("Cổng định danh tỉnh")
		own.Post("/me/provider", "password", "không phải").Is(http.StatusUnprocessableEntity, "/me/provider")
		linked, said := come(t, own, own.Post("/me/provider", "password", secretary.Password), "thu.le")
		linked.Is(http.StatusOK, "/me/provider").Says("Đã nối với: Thu Lê Thị")
		own.Post(back, "state", said.Get("state"), "code", said.Get("code")).Is(http.StatusConflict, back).Says("làm lại từ đầu")

		phone := w.Browser()
		in, said := come(t, phone, phone.Post("/sign-in/provider", "next", "/me", "shared", "true"), "thu.le")
		in.Is(http.StatusOK, "/me").Says(secretary.Name)
		phone.Get("/me/provider").Says("dùng lần cuối")

		thief := w.Browser()
		thief.Post(back, "state", said.Get("state"), "code", said.Get("code")).Is(http.StatusConflict, back)
		thief.Post("/sign-in/provider")
		thief.Post(back, "state", said.Get("state"), "code", said.Get("code")).Is(http.StatusConflict, back)
		outside := w.Browser()
		home, _ := come(t, outside, outside.Post("/sign-in/provider", "next", "https://chibo.example/"), "thu.le")
		home.Is(http.StatusOK, "/")

		other := w.Browser()
		signIn(other, member)
		taken, _ := come(t, other, other.Post("/me/provider", "password", member.Password), "thu.le")
		taken.Is(http.StatusConflict, back).Says("Đã nối rồi")
		errand := other.Post("/me/provider", "password", member.Password)
		other.Post("/sign-out")
		signIn(other, secretary)
		mixed, _ := come(t, other, errand, "an.pham")
		mixed.Is(http.StatusConflict, back).Says("làm lại từ đầu")

		own.Post("/me/provider/remove", "password", "không phải").Is(http.StatusUnprocessableEntity, "/me/provider/remove")
		own.Post("/me/provider/remove", "password", secretary.Password).Is(http.StatusOK, "/me/provider").Says("Đã bỏ nối")
		again := w.Browser()
		refused, _ = come(t, again, again.Post("/sign-in/provider"), "thu.le")
		refused.Is(http.StatusUnprocessableEntity, back).Says("chưa được nối")
	})
}

// TestProviderIsSilent: where it does not answer, people read so and go in as ever.
func TestProviderIsSilent(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	nobody := httptest.NewServer(nil)
	nobody.Close()
	w.App.Providers.Settings, w.App.Providers.Base = provider.Settings{Name: "Cổng định danh tỉnh", Issuer: nobody.URL, Client: "chibo"}, site
	b := w.Browser()
	b.Post("/sign-in/provider").Is(http.StatusServiceUnavailable, "/sign-in/provider").Says("đang không trả lời")
	signIn(b, w.Account("secretary"))
}
