package account

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/member"
)

// TestWhoNeedsTwo is the table of accounts that nobody opens alone.
func TestWhoNeedsTwo(t *testing.T) {
	t.Parallel()
	used := Account{Password: "$argon2id$…"}
	for _, c := range []struct {
		role  access.Role
		a     Account
		drops bool
		want  bool
	}{
		{access.Administrator, used, false, true},
		{access.Clerk, used, false, true},
		{access.Committee, used, false, true},
		{access.Department, used, false, true},
		{access.Secretary, used, false, true},
		{access.Deputy, used, false, false},
		{access.MinuteTaker, used, false, false},
		{access.Member, used, false, false},
		{access.Probationary, used, false, false},
		{access.Member, used, true, true},
		{access.Secretary, Account{}, false, false}, // the first code of all
		{access.Clerk, Account{}, false, false},
	} {
		if got := needsTwo(c.a, []access.Grant{{Role: access.Member}, {Role: c.role}}, c.drops); got != c.want {
			t.Errorf("%s, used %v, drops %v: %v", c.role, c.a.Password != "", c.drops, got)
		}
	}
}

// TestRecoveryByTwo: the secretary has lost the password. The office asks, and cannot
// confirm itself; the secretary neither; the administrator confirms and hands over the
// slip. The second factors go only when it was asked for.
func TestRecoveryByTwo(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		var dropped, warned int
		h.Drop = func(context.Context, *db.Tx, string, string) error { dropped++; return nil }
		h.Warn = func(context.Context, *db.Tx, Account) error { warned++; return nil }
		clerk, admin := h.device().in("dovanthu", pass), h.device().in("ngothimay", pass)
		owner := h.device().in("tranvanhoa", pass)

		clerk.post("/accounts/codes", "members", h.hoa.ID, "unit", h.cell.ID).is(http.StatusSeeOther)
		clerk.get("/accounts").is(http.StatusOK).says("chờ người khác xác nhận").hides("/confirm")
		id := admin.get("/accounts").says("Xác nhận, in phiếu", "Đỗ Văn Thư đề nghị").find(`/accounts/recoveries/([^/"]+)/confirm`)
		clerk.post("/accounts/recoveries/" + id + "/confirm").is(http.StatusForbidden)
		owner.post("/accounts/recoveries/" + id + "/confirm").is(http.StatusForbidden)
		h.device().in("phamvanbinh", pass).post("/accounts/recoveries/" + id + "/confirm").is(http.StatusForbidden)
		slip := admin.post("/accounts/recoveries/" + id + "/confirm").is(http.StatusOK).says("Trần Văn Hòa")
		code := slip.find(`>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<`)
		admin.post("/accounts/recoveries/" + id + "/confirm").is(http.StatusNotFound) // once
		if dropped != 0 || warned != 2 {
			t.Errorf("second factors dropped %d times, owner warned %d times", dropped, warned)
		}
		h.device().post("/start", "name", "tranvanhoa", "code", code, "new_password", "sông rộng thuyền xa bến cũ").is(http.StatusSeeOther)
		if owner.signedIn() {
			t.Error("the session from before lives on")
		}

		clerk.post("/accounts/codes", "members", h.hoa.ID, "unit", h.cell.ID, "drops", "on").is(http.StatusSeeOther)
		id = admin.get("/accounts").says("bỏ cả xác nhận hai lớp").find(`/accounts/recoveries/([^/"]+)/confirm`)
		admin.post("/accounts/recoveries/" + id + "/confirm").is(http.StatusOK)
		if dropped != 1 {
			t.Errorf("dropped %d times", dropped)
		}
		for _, want := range []string{"account.recovery_asked", "account.recovery_confirmed"} {
			if !slices.Contains(h.actions(), want) {
				t.Errorf("the log lacks %s", want)
			}
		}
	})
}

// TestOnePersonIsNotTwo: an administrator makes another one and confirms with the second account what
// the first has asked for, or the other way round. It takes somebody else for a week, once the account holds anything.
func TestOnePersonIsNotTwo(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.clock = h.clock.Add(settledIn + time.Hour)
		admin := h.device().in("ngothimay", pass)
		code := admin.post("/accounts", "full_name", "Ngô Thị Hai", "unit", h.ward.ID, "role", string(access.Administrator)).
			is(http.StatusOK).find(`>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<`)
		second := h.device()
		second.post("/start", "name", "ngothihai", "code", code, "new_password", "sông rộng thuyền xa bến cũ").is(http.StatusSeeOther)
		for _, pair := range [][2]*device{{admin, second}, {second, admin}} {
			pair[0].post("/accounts/codes", "members", h.hoa.ID, "unit", h.cell.ID, "drops", "on").is(http.StatusSeeOther)
			pair[1].get("/accounts").is(http.StatusOK).says("chờ người khác xác nhận").hides("/confirm")
			id := h.device().in("dovanthu", pass).get("/accounts").find(`/accounts/recoveries/([^/"]+)/confirm`)
			pair[1].post("/accounts/recoveries/" + id + "/confirm").is(http.StatusForbidden).says("vừa cấp tài khoản")
		}
		h.clock = h.clock.Add(settledIn + time.Hour)
		admin, second = h.device().in("ngothimay", pass), h.device().in("ngothihai", "sông rộng thuyền xa bến cũ")
		admin.post("/accounts/codes", "members", h.hoa.ID, "unit", h.cell.ID).is(http.StatusSeeOther)
		id := second.get("/accounts").find(`/accounts/recoveries/([^/"]+)/confirm`)
		second.post("/accounts/recoveries/" + id + "/confirm").is(http.StatusOK)
	})
}

// TestRecoveryEnds: three days later nobody confirms any more; a newer request takes the
// place of an older one; nobody asks for themselves; a member's code takes one person.
func TestRecoveryEnds(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		clerk, admin := h.device().in("dovanthu", pass), h.device().in("ngothimay", pass)
		clerk.post("/accounts/codes", "members", h.hoa.ID)
		first := admin.get("/accounts").find(`/accounts/recoveries/([^/"]+)/confirm`)
		clerk.post("/accounts/codes", "members", h.hoa.ID)
		admin.post("/accounts/recoveries/" + first + "/confirm").is(http.StatusNotFound)
		second := admin.get("/accounts").find(`/accounts/recoveries/([^/"]+)/confirm`)
		h.clock = h.clock.Add(recoveryLife)
		admin.in("ngothimay", pass).post("/accounts/recoveries/" + second + "/confirm").is(http.StatusNotFound)

		hoa := h.device().in("tranvanhoa", pass)
		hoa.post("/accounts/codes", "members", h.hoa.ID).is(http.StatusConflict)
		h.stand(h.cell, h.lan, member.Official, h.now().Date())
		hoa.post("/accounts/codes", "members", h.lan.ID).is(http.StatusOK).says("Nguyễn Thị Lan")
	})
}
