package scenario_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"chibo/app/world"
	"chibo/app/world/worldtest"
)

var (
	spelled = regexp.MustCompile(`<b>((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})</b>`)
	printed = regexp.MustCompile(`[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}`)
)

// secretOn returns the secret that a page spells.
func secretOn(t *testing.T, p worldtest.Page) string {
	t.Helper()
	found := spelled.FindStringSubmatch(p.Body)
	if found == nil {
		t.Fatalf("no secret on %.1500s", p.Body)
	}
	return strings.ReplaceAll(found[1], " ", "")
}

// code is what an authenticator shows so many half minutes from now.
func code(t *testing.T, secret string, away int) string {
	t.Helper()
	c, err := totp.GenerateCode(secret, worldtest.Now.Time().Add(time.Duration(away)*30*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func signIn(b *worldtest.Browser, a world.Account, more ...string) worldtest.Page {
	return b.Post("/sign-in", append([]string{"name", a.Name, "password", a.Password}, more...)...)
}

// TestSecondFactor sets codes up and signs in by them: on a new device, on a known one, on
// one that several people use, by paper; no code opens twice, and a password alone nothing.
func TestSecondFactor(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		a := w.Account("secretary")
		own := w.Browser()
		signIn(own, a).Is(http.StatusOK, "/")
		own.Post("/me/factor", "password", "không phải").Is(http.StatusUnprocessableEntity, "/me/factor").Hides("data:image")
		secret := secretOn(t, own.Post("/me/factor", "password", a.Password).Is(http.StatusOK, "/me/factor"))
		own.Post("/me/factor/confirm", "code", "000000").Is(http.StatusUnprocessableEntity, "/me/factor/confirm")
		papers := printed.FindAllString(own.Post("/me/factor/confirm", "code", code(t, secret, -1)).Says("Mã dự phòng").Body, -1)
		if len(papers) != 10 {
			t.Fatalf("%d recovery codes", len(papers))
		}
		own.Get("/me/factor").Says("còn 10 mã").Hides(secret[:4]+" "+secret[4:8], papers[0])

		fresh := w.Browser()
		signIn(fresh, a).Is(http.StatusOK, "/sign-in/second")
		fresh.Get("/me").Is(http.StatusOK, "/sign-in") // half a session is nobody's
		signIn(fresh, a)
		fresh.Post("/sign-in/second/begin").Is(http.StatusConflict, "/sign-in/second/begin") // no second authenticator by the password
		fresh.Post("/sign-in/second", "code", code(t, secret, -1)).Says("Mã chưa đúng")      // was used
		fresh.Post("/sign-in/second", "code", code(t, secret, 0), "next", "/me").Is(http.StatusOK, "/me")
		fresh.Post("/sign-out")
		signIn(fresh, a).Is(http.StatusOK, "/") // the device is known by now
		fresh.Post("/sign-out")
		signIn(fresh, a, "shared", "on").Is(http.StatusOK, "/sign-in/second")

		other := w.Browser()
		signIn(other, a).Is(http.StatusOK, "/sign-in/second")
		other.Post("/sign-in/second", "code", code(t, secret, 0)).Says("Mã chưa đúng")
		other.Post("/sign-in/second", "code", strings.ToLower(papers[3])).Is(http.StatusOK, "/")
		other.Post("/sign-out")
		signIn(other, a).Is(http.StatusOK, "/sign-in/second") // paper makes no device known
		other.Post("/sign-in/second", "code", papers[3]).Says("Mã chưa đúng")

		own.Get("/me/factor").Says("còn 9 mã")
		own.Post("/me/factor/off", "password", a.Password, "code", papers[3]).Is(http.StatusUnprocessableEntity, "/me/factor/off")
		own.Post("/me/factor/off", "password", a.Password, "code", code(t, secret, 1)).Is(http.StatusOK, "/me/factor").Says("Đã tắt")
		own.Get("/inbox").Says("Lớp xác nhận thứ hai của tài khoản đồng chí đã được gỡ")
		signIn(w.Browser(), a).Is(http.StatusOK, "/")
	})
}

// TestGuessesAtCodesEnd: five wrong codes, and the right one is of no use for a while; on
// a known device its owner is in all the same.
func TestGuessesAtCodesEnd(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		a, own := w.Account("secretary"), w.Browser()
		signIn(own, a)
		secret := secretOn(t, own.Post("/me/factor", "password", a.Password))
		own.Post("/me/factor/confirm", "code", code(t, secret, -1))
		thief := w.Browser()
		signIn(thief, a)
		for range 5 {
			thief.Post("/sign-in/second", "code", "000000").Says("Mã chưa đúng")
		}
		thief.Post("/sign-in/second", "code", code(t, secret, 0)).Says("Đã thử sai nhiều lần")
		own.Post("/sign-out")
		signIn(own, a).Is(http.StatusOK, "/")
	})
}

// TestRule: from the day that the administrator sets, those who keep others' data are led
// through setting up a second factor, whatever sessions they had; members are not asked.
func TestRule(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		clerk, minutes, admin := w.Browser(), w.Browser(), w.Browser()
		signIn(clerk, w.Account("clerk")).Is(http.StatusOK, "/")
		signIn(minutes, w.Account("minute-taker")).Is(http.StatusOK, "/")
		signIn(admin, w.Account("administrator")).Is(http.StatusOK, "/")
		clerk.Get("/accounts/factor").Is(http.StatusOK, "/accounts/factor").Hides("Bắt buộc từ ngày")
		ward := w.Account("administrator").Organization
		clerk.Post("/accounts/factor", "unit", ward, "from", worldtest.Now.Date().String()).Is(http.StatusNotFound, "/accounts/factor")

		tomorrow := worldtest.Now.Date().AddDays(1).String()
		admin.Post("/accounts/factor", "unit", ward, "from", tomorrow).Is(http.StatusOK, "/accounts/factor")
		clerk.Get("/").Is(http.StatusOK, "/").Says("đồng chí cần mã xác nhận")
		minutes.Get("/").Is(http.StatusOK, "/").Hides("đồng chí cần mã xác nhận")
		admin.Post("/accounts/factor", "unit", ward, "from", worldtest.Now.Date().String())

		clerk.Get("/").Is(http.StatusOK, "/sign-in")
		minutes.Get("/").Is(http.StatusOK, "/")
		signIn(clerk, w.Account("clerk"), "next", "/me").Is(http.StatusOK, "/sign-in/second").Says("Đảng bộ yêu cầu")
		secret := secretOn(t, clerk.Post("/sign-in/second/begin", "next", "/me").Is(http.StatusOK, "/sign-in/second"))
		clerk.Post("/sign-in/second/confirm", "code", code(t, secret, 0)).Says("Mã dự phòng")
		clerk.Get("/me").Is(http.StatusOK, "/me").Says("đã bật")
		clerk.Post("/me/factor/off", "password", w.Account("clerk").Password, "code", code(t, secret, 1)).Says("không tắt được")
	})
}
