package account

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
)

const fresh1, fresh2 = "ruộng lúa chín vàng", "mái đình cong cong"

func TestACodeOnPaperLetsIn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		secretary := h.device().in("tranvanhoa", pass)
		secretary.get("/accounts").is(http.StatusOK).says("Nguyễn Thị Lan", "chưa có tài khoản").hides("Phạm Văn Bình")
		sheet := secretary.post("/accounts/codes", "members", h.lan.ID).is(http.StatusOK).
			says("Đồng chí Nguyễn Thị Lan", "nguyenthilan", "https://chibo.example/start", `class="qr"`).hides("Lê Thị Minh")
		code := sheet.find(`>([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})<`)
		secretary.get("/accounts").says("đã in mã").hides(code)

		lan := h.device()
		lan.post("/start", "name", "Nguyễn Thị Lan", "code", "AAAA-BBBB-CCCC", "new_password", fresh1).is(http.StatusUnprocessableEntity).
			says("Tên hoặc mã chưa đúng").hides(fresh1)
		lan.post("/start", "name", "Nguyễn Thị Lan", "code", code, "new_password", "nguyenthilan").is(http.StatusUnprocessableEntity).
			says("dễ đoán", code)
		typed := strings.ToLower(strings.ReplaceAll(code, "-", ""))
		lan.post("/start", "name", "Nguyễn Thị Lan", "code", typed, "new_password", fresh1).is(http.StatusSeeOther)
		if who := lan.who(); who.Member != h.lan.ID || !who.Is(access.Member) {
			t.Errorf("is %+v", who)
		}
		h.device().post("/start", "name", "Nguyễn Thị Lan", "code", code, "new_password", fresh2).is(http.StatusUnprocessableEntity)
		h.device().in("nguyenthilan", fresh1)
		secretary.get("/accounts").says("có tài khoản").hides("đã in mã")
		want := []string{"account.signed_in", "account.list_viewed", "account.created", "account.code_issued", "account.refused", "account.code_used"}
		if got := h.actions(); !slices.Equal(got[:len(want)], want) {
			t.Errorf("audit %v", got)
		}
	})
}

func TestALinkLetsInOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		slips, err := h.IssueCodes(t.Context(), h.device().in("tranvanhoa", pass).who(), []string{h.lan.ID})
		h.must(err)
		link := slips[0].Link
		lan := h.device()
		for range 2 { // looking at it uses nothing up
			lan.get(link).is(http.StatusOK).says("Chào đồng chí Nguyễn Thị Lan")
		}
		lan.get("/start/" + newToken()).is(http.StatusConflict).says("đã dùng hoặc đã hết hạn")
		lan.post(link, "new_password", "123").is(http.StatusUnprocessableEntity)
		var wg sync.WaitGroup
		codes := make([]int, 8)
		for i := range codes {
			d := h.device()
			wg.Go(func() { codes[i] = d.post(link, "new_password", fresh1).Code })
		}
		wg.Wait()
		slices.Sort(codes)
		if codes[0] != http.StatusSeeOther || codes[1] != http.StatusConflict {
			t.Errorf("pressed eight times at once: %v", codes)
		}
		lan.get(link).is(http.StatusConflict)
	})
}

func TestCodesExpireAndReplaceEachOther(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		who := h.device().in("tranvanhoa", pass).who()
		issue := func() Slip {
			slips, err := h.IssueCodes(t.Context(), who, []string{h.lan.ID})
			h.must(err)
			return slips[0]
		}
		first := issue()
		second := issue()
		h.device().post(first.Link, "new_password", fresh1).is(http.StatusConflict)
		h.device().post("/start", "name", first.SignName, "code", first.Code, "new_password", fresh1).is(http.StatusUnprocessableEntity)
		h.clock = h.clock.Add(CodeLife)
		h.device().get(second.Link).is(http.StatusConflict)
		h.device().post("/start", "name", second.SignName, "code", second.Code, "new_password", fresh1).is(http.StatusUnprocessableEntity)
		third := issue()
		h.clock = h.clock.Add(CodeLife - 1)
		h.device().post(third.Link, "new_password", fresh1).is(http.StatusSeeOther)
	})
}

// Recovery: the old password serves until the code is used, then it and every
// session are gone.
func TestRecoveryInPerson(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		lost := h.device().in("lethiminh", pass)
		slips, err := h.IssueCodes(t.Context(), h.device().in("tranvanhoa", pass).who(), []string{h.minh.ID})
		h.must(err)
		if !lost.signedIn() {
			t.Error("printing a code signs out")
		}
		h.device().post(slips[0].Link, "new_password", fresh1).is(http.StatusSeeOther)
		if lost.signedIn() {
			t.Error("a lost phone is still signed in")
		}
		h.device().post("/sign-in", "name", "lethiminh", "password", pass).is(http.StatusUnprocessableEntity)
	})
}

func TestWhoMayPrintForWhom(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		secretary, clerk := h.device().in("tranvanhoa", pass), h.device().in("dovanthu", pass)
		for _, tt := range []struct {
			name   string
			d      *device
			member string
			status int
		}{
			{"own member", secretary, h.lan.ID, http.StatusOK},
			{"oneself", secretary, h.hoa.ID, http.StatusConflict},
			{"another cell", secretary, h.binh.ID, http.StatusNotFound},
			{"own member who sits in the ward's committee", secretary, h.kim.ID, http.StatusForbidden},
			{"the clerk: that one, whom a second person must confirm", clerk, h.kim.ID, http.StatusSeeOther},
			{"the clerk: any cell", clerk, h.binh.ID, http.StatusOK},
			{"a plain member", h.device().in("phamvanbinh", pass), h.binh.ID, http.StatusForbidden},
			{"nobody", h.device(), h.lan.ID, http.StatusUnauthorized},
			{"someone who does not exist", secretary, "01900000-0000-7000-8000-000000000000", http.StatusNotFound},
		} {
			if got := tt.d.post("/accounts/codes", "members", tt.member).Code; got != tt.status {
				t.Errorf("%s: %d, want %d", tt.name, got, tt.status)
			}
		}
		secretary.post("/accounts/codes").is(http.StatusUnprocessableEntity).says("Hãy chọn ít nhất một đồng chí")
		many := make([]string, 0, 2*(mostSlips+1))
		for range mostSlips + 1 {
			many = append(many, "members", h.lan.ID)
		}
		secretary.post("/accounts/codes", many...).is(http.StatusUnprocessableEntity).says("60 người")
	})
}

// One refusal means that nothing was printed for anybody.
func TestASheetIsPrintedWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		_, err := h.IssueCodes(t.Context(), h.device().in("tranvanhoa", pass).who(), []string{h.lan.ID, h.kim.ID})
		if !fault.Is(err, fault.Forbidden) {
			t.Fatal(err)
		}
		if _, found, err := accountOfMember(t.Context(), h.DB, h.lan.ID); found || err != nil {
			t.Errorf("an account was made: %v, %v", found, err)
		}
	})
}

func TestPeopleOfOneNameSignInApart(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		hashed, err := Hash(t.Context(), fresh1)
		h.must(err)
		namesake := h.person(h.cell, "Trần Văn Hoà", hashed) // the accent in its older place
		h.device().in("tranvanhoa2", fresh1)
		a, _, err := accountOfMember(t.Context(), h.DB, namesake.ID)
		if err != nil || a.SignName != "tranvanhoa2" {
			t.Errorf("%s, %v", a.SignName, err)
		}
		h.device().post("/sign-in", "name", "tranvanhoa", "password", fresh1).is(http.StatusUnprocessableEntity)
	})
}

func TestClosingAnAccount(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		secretary, binh, minh := h.device().in("tranvanhoa", pass), h.device().in("phamvanbinh", pass), h.device().in("lethiminh", pass)
		own, foreign, mine := minh.who().Account, binh.who().Account, secretary.who().Account
		secretary.post("/accounts/" + foreign + "/close").is(http.StatusNotFound)
		secretary.post("/accounts/" + mine + "/close").is(http.StatusConflict)
		secretary.post("/accounts/"+own+"/close", "unit", h.cell.ID).is(http.StatusSeeOther)
		if minh.signedIn() || !binh.signedIn() {
			t.Error("the wrong account is closed")
		}
		h.device().post("/sign-in", "name", "lethiminh", "password", pass).is(http.StatusUnprocessableEntity)
		secretary.post("/accounts/codes", "members", h.minh.ID).is(http.StatusConflict)
		secretary.get("/accounts").says("đã khóa", "Mở lại")
		secretary.post("/accounts/" + own + "/open").is(http.StatusSeeOther)
		minh.in("lethiminh", pass)
		secretary.post("/accounts/" + own + "/sign-out").is(http.StatusSeeOther)
		if minh.signedIn() {
			t.Error("not signed out")
		}
	})
}

func TestRolesGivenByHand(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		technician, clerk := h.device().in("ngothimay", pass), h.device().in("dovanthu", pass)
		clerk.get("/accounts").is(http.StatusOK).hides("Vai trò được giao riêng")
		clerk.post("/accounts", "full_name", "Kẻ Gian", "unit", h.ward.ID, "role", "administrator").is(http.StatusForbidden)
		technician.post("/accounts", "full_name", "Bùi Thị Sổ", "unit", h.ward.ID, "role", "secretary").is(http.StatusUnprocessableEntity)
		sheet := technician.post("/accounts", "full_name", "Bùi Thị Sổ", "unit", h.ward.ID, "role", "clerk").is(http.StatusOK).says("buithiso")
		so := h.device()
		so.post("/start", "name", "buithiso", "code", sheet.find(`>([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})<`), "new_password", fresh1).is(http.StatusSeeOther)
		if !so.who().Is(access.Clerk) {
			t.Errorf("is %+v", so.who())
		}
		page := technician.get("/accounts").says("Bùi Thị Sổ", "Đỗ Văn Thư")
		own, err := db.One[string](t.Context(), h.DB, `SELECT id FROM account_grant WHERE account_id = $1`, h.technician.ID)
		h.must(err)
		technician.post("/accounts/grants/" + own + "/revoke").is(http.StatusConflict)
		theirs := grantIDs(page, own)
		clerk.post("/accounts/grants/" + theirs[0] + "/revoke").is(http.StatusForbidden)
		for _, id := range theirs {
			technician.post("/accounts/grants/" + id + "/revoke").is(http.StatusSeeOther)
		}
		if so.signedIn() || clerk.signedIn() || !technician.signedIn() {
			t.Error("a revoked role still lets in")
		}
	})
}

// grantIDs lists the roles that the page offers to take back, but for one.
func grantIDs(page answer, but string) (ids []string) {
	for _, m := range grantLink.FindAllStringSubmatch(page.Body.String(), -1) {
		if m[1] != but {
			ids = append(ids, m[1])
		}
	}
	return ids
}

var grantLink = regexp.MustCompile(`/accounts/grants/([0-9a-f-]+)/revoke`)

func TestFirstAccount(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		if _, err := h.First(t.Context(), "Ai Đó", h.ward.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second first account: %v", err)
		}
		h.write(emptyAccounts)
		for _, name := range []string{"admin", "administrator", "root"} {
			h.device().post("/sign-in", "name", name, "password", name).is(http.StatusUnprocessableEntity)
		}
		slip, err := h.First(t.Context(), "Ngô Thị Máy", h.ward.ID)
		h.must(err)
		d := h.device()
		d.post("/start", "name", slip.SignName, "code", slip.Code, "new_password", "ngắn quá nhé").is(http.StatusSeeOther)
		if !d.who().Is(access.Administrator) || !d.who().MayAt(Manage, h.cell.Path) {
			t.Errorf("is %+v", d.who())
		}
	})
}

func TestSigningOnAnotherDevice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		minh := h.device().in("lethiminh", pass)
		minh.post("/me/pin", "password", pass, "pin_password", "070358").is(http.StatusUnprocessableEntity).says("dễ đoán").hides("070358")
		minh.post("/me/pin", "password", "không phải", "pin_password", "582914").is(http.StatusUnprocessableEntity)
		minh.post("/me/pin", "password", pass, "pin_password", "582914").is(http.StatusSeeOther)
		minh.get("/me").says("đã đặt")
		hoa := h.device().in("tranvanhoa", pass).who()
		ctx := t.Context()
		h.must(h.Confirm(ctx, hoa, h.minh.ID, "582914"))
		h.must(h.Confirm(ctx, hoa, h.minh.ID, pass))
		h.must(h.Confirm(ctx, hoa, h.hoa.ID, pass))
		for _, tt := range []struct{ name, member, secret, want string }{
			{"another's password", h.kim.ID, "582914", "account.problem.secret"},
			{"wrong PIN", h.minh.ID, "582915", "account.problem.secret"},
			{"nothing", h.minh.ID, "", "account.problem.secret"},
			{"nobody", "", "582914", "account.problem.no_secret"},
			{"without an account", h.lan.ID, "582914", "account.problem.no_secret"},
		} {
			err := h.Confirm(ctx, hoa, tt.member, tt.secret)
			if got := fault.Of(err).Fields["secret"]; got != tt.want {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		for range pinRate.Burst {
			_ = h.Confirm(ctx, hoa, h.minh.ID, "111222")
		}
		if got := fault.Of(h.Confirm(ctx, hoa, h.minh.ID, "582914")).Fields["secret"]; got != "account.problem.too_many" {
			t.Errorf("after five wrong tries: %q", got)
		}
		other := h.device().in("vuthikim", pass).who()
		h.must(h.Confirm(ctx, other, h.minh.ID, "582914")) // on another device the person may still sign
		// A PIN signs; it lets nobody in.
		h.device().post("/sign-in", "name", "lethiminh", "password", "582914").is(http.StatusUnprocessableEntity)
	})
}

func TestDeviceSettings(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.device()
		d.post("/letters", "value", "1", "next", "/sign-in").is(http.StatusSeeOther)
		d.get("/sign-in").says(`class="large"`)
		d.post("/letters", "value", "0").is(http.StatusSeeOther)
		d.get("/sign-in").hides(`class="large"`)
		d.post("/language", "value", "en").is(http.StatusSeeOther)
		d.get("/sign-in").says(`lang="en"`, "Sign in")
		d.post("/language", "value", "vi").is(http.StatusSeeOther)
		d.get("/sign-in").says(`lang="vi"`, "Đăng nhập")
	})
}

// TestLettersFollowTheirReader sets large letters for a person on one device, and finds
// them on the next; who has said nothing gets those of the device.
func TestLettersFollowTheirReader(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.device().in("lethiminh", pass)
		d.get("/me").hides(`class="large"`).says("Chữ to", "Trợ giúp")
		d.post("/letters", "value", "1", "next", "/me?x=1").is(http.StatusSeeOther)
		d.post("/sign-out")
		other := h.device().in("lethiminh", pass)
		other.get("/me").says(`class="large"`, "Chữ thường")
		other.post("/letters", "value", "0", "next", "/me")
		other.post("/sign-out")
		set := h.device()
		set.post("/letters", "value", "1", "next", "/sign-in")
		set.in("lethiminh", pass)
		set.get("/me").hides(`class="large"`)
		set.post("/sign-out")
		set.post("/letters", "value", "1", "next", "/sign-in")
		set.in("tranvanhoa", pass)
		set.get("/me").says(`class="large"`)
	})
}

// TestTheSwitchLeadsBackToAPage shows the sign-in page again after a wrong
// password: the switch under it leads to a page that can be read.
func TestTheSwitchLeadsBackToAPage(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.device()
		d.get("/sign-in?next=/me").says(`name="next" value="/sign-in?next=/me"`)
		d.post("/sign-in", "name", "lethiminh", "password", "không đúng").says(`action="/letters"`).hides(`name="next" value="/letters"`)
	})
}

// TestSignOutTakesWhatTheDeviceHolds clears the storage of a browser that says nothing in
// it would be missed, and else only its pages.
func TestSignOutTakesWhatTheDeviceHolds(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		for field, want := range map[string]string{"": `"cache"`, "nothing_left": `"cache", "storage"`} {
			a := h.device().in("lethiminh", pass).post("/sign-out", field, "1")
			if got := a.Header().Get("Clear-Site-Data"); got != want {
				t.Errorf("with %q: %s, want %s", field, got, want)
			}
		}
	})
}

func TestDemoOffersItsPeople(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.Demo = []Demo{{Name: "tranvanhoa", Password: pass, Role: access.Secretary, FullName: "Trần Văn Hòa", Unit: "Chi bộ Tổ dân phố 17"}}
		h.device().get("/sign-in?next=/me").says("Vào xem thử", "Bí thư chi bộ · Chi bộ Tổ dân phố 17", `value="tranvanhoa"`, `value="/me"`)
	})
}
