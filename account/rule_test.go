package account

import (
	"context"
	"net/http"
	"testing"

	"chibo/kit/db"
	"chibo/organization"
)

// TestAdviceOnPasswords: who comes in by a password that would not be taken today is asked to
// change it, now or later, and can go on; once it is changed nobody asks.
func TestAdviceOnPasswords(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		const short, known, good = "xqzkwvjt", "sheffield2026", "ruộng lúa chín vàng"
		for name, password := range map[string]string{"tranvanhoa": short, "phamvanbinh": short, "lethiminh": known} {
			hashed, err := Hash(t.Context(), password)
			h.must(err)
			h.exec(`UPDATE account SET password = $1 WHERE sign_name = $2`, hashed, name)
		}
		to := func(d *device, name, password string) string {
			return d.post("/sign-in", "name", name, "password", password, "next", "/me").is(http.StatusSeeOther).Header().Get("Location")
		}
		if at := to(h.device(), "phamvanbinh", short); at != "/me" {
			t.Errorf("a member with eight letters is led to %s", at)
		}
		if at := to(h.device(), "lethiminh", known); at != "/me/password?why=weak&next=%2Fme" {
			t.Errorf("a password that everybody tries leads to %s", at)
		}
		hoa := h.device()
		at := to(hoa, "tranvanhoa", short)
		if at != "/me/password?why=short&next=%2Fme" || !hoa.signedIn() {
			t.Errorf("a secretary with eight letters is led to %s, signed in: %v", at, hoa.signedIn())
		}
		hoa.get(at).is(http.StatusOK).says("ngắn hơn mức cần", `href="/me"`, "Để lần sau")
		hoa.post("/me/password", "password", short, "new_password", "abc", "why", "short", "next", "/me").is(http.StatusUnprocessableEntity).says("ít nhất 12 ký tự", "ngắn hơn mức cần", `value="/me"`)
		if next := hoa.post("/me/password", "password", short, "new_password", good, "why", "short", "next", "//evil.example").is(http.StatusSeeOther).Header().Get("Location"); next != "/" {
			t.Errorf("after the change it goes on to %s", next)
		}
		if at := to(h.device(), "tranvanhoa", good); at != "/me" {
			t.Errorf("with a good password it goes on to %s", at)
		}
	})
}

// TestPasswordsAreChangedByTheCalendar: only where the administrator of the base organisation
// lays it down, counted from the last change, and nobody is locked out.
func TestPasswordsAreChangedByTheCalendar(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		cell := h.cell
		h.write(func(ctx context.Context, tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, `UPDATE organization SET level = $1 WHERE id = $2`, organization.BaseCommittee, h.ward.ID)
			return err
		})
		at := func() string {
			return h.device().post("/sign-in", "name", "tranvanhoa", "password", pass).is(http.StatusSeeOther).Header().Get("Location")
		}
		h.clock = h.clock.AddDate(5, 0, 0)
		if to := at(); to != "/" {
			t.Errorf("without a rule, after five years, it leads to %s", to)
		}
		technician := h.device().in("ngothimay", pass)
		technician.get("/accounts").is(http.StatusOK).says("/accounts/passwords")
		technician.get("/accounts/passwords").is(http.StatusOK).says(h.ward.Name, `value="0"`)
		for _, months := range []string{"-1", "37", "sáu"} {
			technician.post("/accounts/passwords", "unit", h.ward.ID, "months", months).is(http.StatusUnprocessableEntity)
		}
		technician.post("/accounts/passwords", "unit", cell.ID, "months", "6").is(http.StatusNotFound)
		h.device().in("dovanthu", pass).post("/accounts/passwords", "unit", h.ward.ID, "months", "6").is(http.StatusNotFound)
		technician.post("/accounts/passwords", "unit", h.ward.ID, "months", "6").is(http.StatusSeeOther)
		technician.get("/accounts/passwords").says(`value="6"`)
		if to := at(); to != "/me/password?why=old&next=%2F" {
			t.Errorf("with the rule it leads to %s", to)
		}
		hoa := h.device().in("tranvanhoa", pass)
		hoa.get("/me/password?why=old&next=%2F").is(http.StatusOK).says("đã dùng lâu hơn")
		const fresh = "thuyền nhỏ qua sông"
		hoa.post("/me/password", "password", pass, "new_password", fresh).is(http.StatusSeeOther)
		in := func() string {
			return h.device().post("/sign-in", "name", "tranvanhoa", "password", fresh).is(http.StatusSeeOther).Header().Get("Location")
		}
		h.clock = h.clock.AddDate(0, 5, 0)
		if to := in(); to != "/" {
			t.Errorf("five months after the change it leads to %s", to)
		}
		h.clock = h.clock.AddDate(0, 1, 1)
		if to := in(); to != "/me/password?why=old&next=%2F" {
			t.Errorf("six months after the change it leads to %s", to)
		}
		technician = h.device().in("ngothimay", pass)
		technician.post("/accounts/passwords", "unit", h.ward.ID, "months", "0").is(http.StatusSeeOther)
		if to := in(); to != "/" {
			t.Errorf("after the rule was lifted it leads to %s", to)
		}
	})
}
