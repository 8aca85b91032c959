package account

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/limit"
	"chibo/kit/when"
	"chibo/member"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.device()
		d.get("/").is(http.StatusSeeOther) // to the sign-in page
		d.get("/sign-in").is(http.StatusOK).says("Đăng nhập", `name="password"`).hides("Vào xem thử")
		d.post("/sign-in", "name", "Trần Văn Hòa", "password", "sai rồi nhé bạn").is(http.StatusUnprocessableEntity).
			says("Tên hoặc mật khẩu chưa đúng", `value="Trần Văn Hòa"`).hides("sai rồi")
		a := d.post("/sign-in", "name", "tran van hoa", "password", pass, "next", "/me").is(http.StatusSeeOther)
		if got := a.Header().Get("Location"); got != "/me" {
			t.Errorf("sent to %s", got)
		}
		if who := d.who(); who.Name != "Trần Văn Hòa" || who.Member != h.hoa.ID || !who.May(Manage) || who.Session == "" {
			t.Errorf("is %+v", who)
		}
		cookie := a.Result().Cookies()[0]
		if cookie.Name != "chibo" || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || len(cookie.Value) < 43 {
			t.Errorf("cookie %+v", cookie)
		}
		d.get("/sign-out")
		if !d.signedIn() {
			t.Error("a GET signs out")
		}
		d.post("/sign-out").is(http.StatusSeeOther)
		if d.signedIn() {
			t.Error("still signed in")
		}
		if got := h.actions(); !slices.Equal(got, []string{"account.refused", "account.signed_in", "account.signed_out"}) {
			t.Errorf("audit %v", got)
		}
		h.must(audit.Verify(t.Context(), h.DB))
	})
}

// A password is the same however the keyboard composes it, and a space at its end
// counts.
func TestPasswordsAreComposedAndElseUntouched(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		const typed = "cơm tấm buổi sáng "
		h.device().in("tranvanhoa", pass).post("/me/password", "password", pass, "new_password", typed).is(http.StatusSeeOther)
		decomposed := "co\u031bm ta\u0302\u0301m buo\u0302\u0309i sa\u0301ng "
		h.device().in("tranvanhoa", decomposed)
		h.device().post("/sign-in", "name", "tranvanhoa", "password", strings.TrimSpace(typed)).is(http.StatusUnprocessableEntity)
		h.device().post("/sign-in", "name", "tranvanhoa", "password", strings.ToUpper(typed)).is(http.StatusUnprocessableEntity)
	})
}

func TestOnlyLocalPathsAreFollowed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		for _, next := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)", ""} {
			a := h.device().post("/sign-in", "name", "tranvanhoa", "password", pass, "next", next).is(http.StatusSeeOther)
			if got := a.Header().Get("Location"); got != "/" {
				t.Errorf("%q leads to %q", next, got)
			}
		}
	})
}

// A session that was planted before the signing-in is not the one after it, and a
// copy of a session is worth nothing after the sign-out.
func TestSessionsAreNeverCarriedOver(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.device()
		d.cookies["chibo"] = "planted-by-somebody-else-planted-by-somebody"
		d.in("tranvanhoa", pass)
		planted := h.device()
		planted.cookies["chibo"] = "planted-by-somebody-else-planted-by-somebody"
		if planted.signedIn() {
			t.Error("a planted session was taken up")
		}
		copied := h.device()
		copied.cookies["chibo"] = d.cookies["chibo"]
		d.in("lethiminh", pass)
		if copied.signedIn() {
			t.Error("the first person's session lives on after another signed in on the device")
		}
		copied.cookies["chibo"] = d.cookies["chibo"]
		if !copied.signedIn() {
			t.Fatal("the copy does not work to begin with")
		}
		d.post("/sign-out").is(http.StatusSeeOther)
		if copied.signedIn() {
			t.Error("a copied session lives on after the sign-out")
		}
	})
}

func TestOnlyHashesAreStored(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.device().in("tranvanhoa", pass)
		stored, err := db.One[Session](t.Context(), h.DB, `SELECT `+sessionColumns+` FROM account_session s`)
		h.must(err)
		if strings.Contains(stored.TokenHash+stored.DeviceHash, d.cookies["chibo"]) || stored.TokenHash != hashToken(d.cookies["chibo"]) {
			t.Errorf("stored %+v", stored)
		}
		a, err := accountByID(t.Context(), h.DB, stored.Account)
		h.must(err)
		if !strings.HasPrefix(a.Password, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("password is stored as %s", a.Password)
		}
	})
}

func TestSessionsEndByThemselves(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		own, shared := h.device().in("tranvanhoa", pass), h.device()
		shared.post("/sign-in", "name", "lethiminh", "password", pass, "shared", "on").is(http.StatusSeeOther)
		if !shared.who().Shared {
			t.Error("the shared device is not known as such")
		}
		h.clock = h.clock.Add(4 * time.Minute)
		if !shared.signedIn() {
			t.Error("signed out too early")
		}
		h.clock = h.clock.Add(4 * time.Minute) // the use before counts
		if !shared.signedIn() {
			t.Error("a device in use is signed out")
		}
		h.clock = h.clock.Add(5 * time.Minute)
		if shared.signedIn() {
			t.Error("a shared device stays signed in")
		}
		h.clock = h.clock.Add(11 * time.Hour)
		if !own.signedIn() {
			t.Error("the own device is signed out in the morning")
		}
		for range 60 {
			h.clock = h.clock.Add(12*time.Hour - time.Second)
			own.signedIn()
		}
		if own.signedIn() {
			t.Error("thirty days are over")
		}
	})
}

// Reading does not write with every request.
func TestUseIsNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.device().in("tranvanhoa", pass)
		seen := func() when.Instant {
			i, err := db.One[when.Instant](t.Context(), h.DB, `SELECT seen_at FROM account_session`)
			h.must(err)
			return i
		}
		begin := seen()
		h.clock = h.clock.Add(59 * time.Second)
		d.signedIn()
		h.must(h.writeUses(t.Context()))
		if seen() != begin {
			t.Error("noted within the minute")
		}
		h.clock = h.clock.Add(time.Second)
		d.signedIn()
		if seen() != begin {
			t.Error("the press waited for the use to be written")
		}
		h.must(h.writeUses(t.Context()))
		if seen() != begin.Add(time.Minute) {
			t.Error("not noted after a minute")
		}
	})
}

// What is not written yet counts all the same: when what was remembered of the session has to
// be read again, and on the page that shows one's devices.
func TestAUseCountsBeforeItIsWritten(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		shared, other := h.device(), h.device().in("tranvanhoa", pass)
		shared.post("/sign-in", "name", "lethiminh", "password", pass, "shared", "on").is(http.StatusSeeOther)
		h.clock = h.clock.Add(4 * time.Minute)
		who := shared.who()
		own, err := h.sessions(t.Context(), who)
		h.must(err)
		if len(own) != 1 || own[0].SeenAt != h.now() {
			t.Errorf("the page of one's devices has %+v", own)
		}
		other.post("/sign-out").is(http.StatusSeeOther) // nothing is remembered of any session
		h.clock = h.clock.Add(4 * time.Minute)
		if !shared.signedIn() {
			t.Error("a device in use is signed out")
		}
	})
}

// What could not be written waits, and what waits when the program stops is written last.
func TestNoUseIsForgotten(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		devices := []*device{h.device().in("tranvanhoa", pass), h.device().in("lethiminh", pass)}
		h.clock = h.clock.Add(time.Minute)
		for _, d := range devices {
			d.signedIn()
		}
		over, cancel := context.WithCancel(t.Context())
		cancel()
		if err := h.writeUses(over); err == nil {
			t.Fatal("written by somebody who had given up")
		}
		h.NoteUses(over)
		seen, err := db.All[when.Instant](t.Context(), h.DB, `SELECT seen_at FROM account_session`)
		h.must(err)
		if want := []when.Instant{h.now(), h.now()}; !slices.Equal(seen, want) {
			t.Errorf("last used at %v, not %v", seen, want)
		}
	})
}

func TestLeaversLoseAccessAtTheNextRequest(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.device().in("tranvanhoa", pass)
		tomorrow := when.DateOf(h.clock).AddDays(1)
		h.stand(h.cell, h.hoa, member.Moved, tomorrow)
		if !d.signedIn() {
			t.Fatal("access ended before the day")
		}
		h.clock = h.clock.Add(11 * time.Hour) // past midnight in Viet Nam
		if d.signedIn() {
			t.Error("somebody who has moved away is still in")
		}
		h.device().post("/sign-in", "name", "tranvanhoa", "password", pass).is(http.StatusForbidden).says("không còn thuộc chi bộ nào")
		h.stand(h.school, h.hoa, member.Official, tomorrow)
		if who := d.who(); len(who.Grants) != 1 || who.Grants[0].Organization != h.school.ID || who.Grants[0].Role != access.Member {
			t.Errorf("in the new cell is %+v", who)
		}
	})
}

// Closing ends the sessions; one that slips through beside it lets nobody in.
func TestAClosedAccountIsOut(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.device().in("lethiminh", pass)
		a, err := accountByID(t.Context(), h.DB, d.who().Account)
		h.must(err)
		h.write(func(ctx context.Context, tx *db.Tx) error { return setDisabled(ctx, tx, a, h.now()) })
		if d.signedIn() {
			t.Error("a closed account is still in")
		}
	})
}

func TestGrantsEndWithTheOffice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.device().in("tranvanhoa", pass)
		d.get("/accounts").is(http.StatusOK)
		h.write(func(ctx context.Context, tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, `UPDATE organization_office SET until_on = $2 WHERE member_id = $1`, h.hoa.ID, when.DateOf(h.clock).AddDays(-1))
			return err
		})
		d.get("/accounts").is(http.StatusForbidden)
		if who := d.who(); len(who.Grants) != 1 || who.Grants[0].Role != access.Member {
			t.Errorf("after the office is %+v", who.Grants)
		}
	})
}

func TestOwnSessions(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		phone, laptop, library := h.device().in("tranvanhoa", pass), h.device().in("tranvanhoa", pass), h.device().in("tranvanhoa", pass)
		stranger := h.device().in("lethiminh", pass)
		page := phone.get("/me").is(http.StatusOK).says("thiết bị này", "Chrome, Android")
		other := laptop.who().Session
		page.says("/me/sessions/" + other + "/end")
		stranger.post("/me/sessions/" + other + "/end").is(http.StatusNotFound)
		phone.post("/me/sessions/" + other + "/end").is(http.StatusSeeOther)
		phone.post("/me/sessions/" + other + "/end").is(http.StatusNotFound)
		if laptop.signedIn() || !library.signedIn() {
			t.Error("the wrong session ended")
		}
		phone.post("/me/sessions/end").is(http.StatusSeeOther)
		if library.signedIn() || !phone.signedIn() || !stranger.signedIn() {
			t.Error("signing out everywhere reached too little or too far")
		}
	})
}

func TestChangingThePassword(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d, elsewhere := h.device().in("lethiminh", pass), h.device().in("lethiminh", pass)
		const fresh = "ruộng lúa chín vàng"
		d.post("/me/password", "password", "không phải", "new_password", fresh).is(http.StatusUnprocessableEntity).says("Mật khẩu đang dùng chưa đúng").hides(fresh)
		d.post("/me/password", "password", pass, "new_password", "LeThiMinh1958").is(http.StatusUnprocessableEntity).says("dễ đoán")
		d.post("/me/password", "password", pass, "new_password", "ngắn").is(http.StatusUnprocessableEntity).says("ít nhất 12")
		d.post("/me/password", "password", pass, "new_password", fresh).is(http.StatusSeeOther)
		if elsewhere.signedIn() || !d.signedIn() {
			t.Error("other sessions must end, this one not")
		}
		h.device().post("/sign-in", "name", "lethiminh", "password", pass).is(http.StatusUnprocessableEntity)
		h.device().in("lethiminh", fresh)
		// A secretary's must be longer.
		h.device().in("tranvanhoa", pass).post("/me/password", "password", pass, "new_password", "xqzkwvjtmnb").is(http.StatusUnprocessableEntity).says("ít nhất 12")
	})
}

func TestGuessingIsSlowedDown(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		owner := h.device().in("tranvanhoa", pass)
		thief := h.device()
		thief.address = "198.51.100.9:1"
		for range pairRate.Burst {
			thief.post("/sign-in", "name", "tranvanhoa", "password", "đoán bừa").is(http.StatusUnprocessableEntity)
		}
		thief.post("/sign-in", "name", "tranvanhoa", "password", pass).is(http.StatusTooManyRequests).says("Đã thử sai nhiều lần")
		thief.post("/sign-in", "name", "lethiminh", "password", pass).is(http.StatusSeeOther) // others from that address are free
		h.device().in("tranvanhoa", pass)                                                     // and so is the owner from another
		h.clock = h.clock.Add(pairRate.Every)
		thief.post("/sign-in", "name", "tranvanhoa", "password", "đoán tiếp").is(http.StatusUnprocessableEntity)
		thief.post("/sign-in", "name", "tranvanhoa", "password", "đoán nữa").is(http.StatusTooManyRequests)

		// Many addresses guess at one name: strangers wait, the owner's device does not.
		for range nameRate.Burst {
			if err := h.limits.Charge(t.Context(), h.DB, h.clock, limit.Bucket{Key: "in:tranvanhoa", Allowance: nameRate}); err != nil {
				t.Fatal(err)
			}
		}
		h.device().post("/sign-in", "name", "tranvanhoa", "password", pass).is(http.StatusTooManyRequests)
		owner.post("/sign-out").is(http.StatusSeeOther)
		owner.in("tranvanhoa", pass)
	})
}

// Unknown names, closed accounts, accounts without a password and wrong passwords
// read the same, and each costs one slow comparison.
func TestNamesCannotBeFoundOut(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		slips, err := h.IssueCodes(t.Context(), h.device().in("tranvanhoa", pass).who(), []string{h.lan.ID})
		h.must(err)
		closed := h.device().in("phamvanbinh", pass).who().Account
		h.must(h.Close(t.Context(), h.device().in("dovanthu", pass).who(), closed))
		bodies := map[string]bool{}
		for _, name := range []string{"khongcoai", "tranvanhoa", "phamvanbinh", slips[0].SignName} {
			a := h.device().post("/sign-in", "name", name, "password", "không phải đâu").is(http.StatusUnprocessableEntity)
			bodies[pressKey.ReplaceAllString(strings.ReplaceAll(a.Body.String(), name, "NAME"), "")] = true
		}
		h.device().post("/sign-in", "name", "phamvanbinh", "password", pass).is(http.StatusUnprocessableEntity)
		if len(bodies) != 1 {
			t.Errorf("%d different answers", len(bodies))
		}
	})
}

// pressKey is what differs from one page to the next whoever asks.
var pressKey = regexp.MustCompile(`name="press" value="[^"]*"`)

// The comparison with nobody's hash takes the same parameters as one with a stored
// hash, and never succeeds.
func TestNobodyMatches(t *testing.T) {
	t.Parallel()
	stored, err := nobody()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("nobody's hash is %s", stored)
	}
	for _, secret := range []string{"", "x", stored} {
		if ok, err := matches(t.Context(), secret, ""); ok || err != nil {
			t.Errorf("%q matches nothing: %v, %v", secret, ok, err)
		}
	}
}

func TestTheCookieIsBoundToTheHostUnderTLS(t *testing.T) {
	t.Parallel()
	s := &Service{Secure: true}
	r := httptest.NewRequest("GET", "/", nil)
	r.AddCookie(&http.Cookie{Name: "chibo", Value: "plain"})
	if got := s.token(r); got != "" {
		t.Errorf("an unbound cookie is read under TLS: %q", got)
	}
	r.AddCookie(&http.Cookie{Name: "__Host-chibo", Value: "bound"})
	if got := s.token(r); got != "bound" {
		t.Errorf("got %q", got)
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	s := &Service{}
	for remote, want := range map[string]string{
		"203.0.113.7:5000":            "203.0.113.7",
		"[2001:db8:1:2:3:4:5:6]:5000": "2001:db8:1:2::/64",
		"[::ffff:203.0.113.7]:80":     "::ffff:203.0.113.7",
		"[fe80::1%eth0]:80":           "fe80::/64",
		"@":                           "@",
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = remote
		if got := s.RemoteAddress(r); got != want {
			t.Errorf("%s: %s, want %s", remote, got, want)
		}
	}
}

// TestGuessingLocksNobodyOut: a thousand wrong passwords for everybody of a cell, from many
// addresses, and all of them still get in on the devices that they had before; the guesser
// gets nowhere with the right one.
func TestGuessingLocksNobodyOut(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		people := []string{"tranvanhoa", "lethiminh", "vuthikim"}
		known := map[string]*device{}
		for _, name := range people {
			known[name] = h.device().in(name, pass)
			known[name].post("/sign-out")
		}
		thief := visit{agent: "curl"}
		for n := range 1000 {
			thief.address = netip.AddrFrom4([4]byte{198, 51, 100, byte(n)}).String()
			name := people[n%len(people)]
			a, found, err := accountByName(t.Context(), h.DB, name)
			if err != nil || !found {
				t.Fatal(err)
			}
			_, all := guesses(thief, "in", name)
			h.must(h.limits.Charge(t.Context(), h.DB, h.Now(), all...))
			if n > 900 && h.slowDown(t.Context(), a, thief, all) == nil {
				t.Fatalf("guess %d is still heard", n)
			}
		}
		for _, name := range people {
			stranger := h.device()
			stranger.address = "192.0.2.9:99"
			stranger.post("/sign-in", "name", name, "password", pass).is(http.StatusTooManyRequests)
			known[name].in(name, pass)
		}
	})
}
