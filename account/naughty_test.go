package account

import (
	"net/http"
	"strings"
	"testing"

	"chibo/kit/access"
)

// naughty are texts of the classes that break programs: markup, SQL, templates,
// control and direction marks, decomposed and very long text, other scripts.
var naughty = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' OR '1'='1`, `'; DROP TABLE account; --`, `{{.}}`, `${7*7}`,
	"a\x00b", "a\r\nSet-Cookie: x=y", "tên\u202Egnp.exe", "\ufeffTrần", "o\u0323\u0302", "\xff\xfe", "%00%0d%0a", "../../etc/passwd",
	"=HYPERLINK(\"http://x\")", "👩‍👩‍👧‍👦🇻🇳", "ﷺ العربية", "Ｆｕｌｌ　ｗｉｄｔｈ", "\u202E", "\u200b\u200b", "NaN", "-1", "9999999999999999999999",
	strings.Repeat("đ", 5000), "", " ",
}

// Nothing that is typed breaks a form: it is refused, or taken and shown as text.
func TestNaughtyTextsBreakNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		me, technician := h.device().in("lethiminh", pass), h.device().in("ngothimay", pass)
		for i, text := range naughty {
			d := h.device()
			d.address = "198.51.100." + string(rune('0'+i%10)) + ":1"
			for _, a := range []answer{
				d.post("/sign-in", "name", text, "password", text, "shared", text, "next", text, "extra", text),
				d.post("/start", "name", text, "code", text, "new_password", text),
				d.post("/letters", "value", text, "next", text),
				d.post("/language", "value", text, "next", text),
				me.post("/me/password", "password", text, "new_password", text),
				technician.post("/accounts/codes", "members", text, "members", text),
				technician.post("/accounts", "full_name", text, "unit", h.ward.ID, "role", text),
			} {
				if a.Code >= http.StatusInternalServerError {
					t.Errorf("%.40q: %d", text, a.Code)
				}
				a.hides("<script>alert", "<img src=x")
				if got := a.Header().Get("Location"); strings.HasPrefix(got, "//") || strings.Contains(got, "\n") {
					t.Errorf("%.40q leads to %q", text, got)
				}
			}
			h.clock = h.clock.Add(pinRate.Every) // guesses are slowed down; that is tested elsewhere
		}
	})
}

// A role cannot be slipped in beside the fields of a form.
func TestNoFieldGivesRights(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.device()
		d.post("/sign-in", "name", "lethiminh", "password", pass, "role", "administrator", "Account", h.technician.ID, "root_id", "x").is(http.StatusSeeOther)
		if who := d.who(); who.Is(access.Administrator) || who.Member != h.minh.ID {
			t.Errorf("is %+v", who)
		}
		// A secretary gives no roles by hand, whatever is posted.
		h.device().in("tranvanhoa", pass).post("/accounts", "full_name", "Ai Đó", "unit", h.cell.ID, "role", "administrator").is(http.StatusForbidden)
	})
}
