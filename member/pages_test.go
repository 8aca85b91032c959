package member_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/member"
)

// naughty are strings that must come through every field as they are.
var naughty = []string{
	`<script>alert(123)</script>`, `"><img src=x onerror=alert(1)>`, `';--`, `{{template "layout"}}`, `%' ESCAPE '!`, "=1+1",
	"Huỳnh Văn Lượng (Ba Lượng)", "Y Moan Êñuôl", "田中さん", "١٢٣", "1/2", "Robert'); DROP TABLE member;--",
}

func TestListPage(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		if page := w.do(w.secretary(), "GET", "/members", nil).Body.String(); !strings.Contains(page, "Chưa có danh sách đảng viên") || !strings.Contains(page, "/members/import") {
			t.Error("an empty roll does not say how it is filled")
		}
		w.add("Trần Văn Hòa", nil)
		w.add("Đỗ Thị Ánh", func(_ *member.Member, r *member.Record) { r.Standing = member.Probationary })
		w.add("Lê Văn An", func(_ *member.Member, r *member.Record) { r.Standing = member.Exempt })
		for _, tt := range []struct {
			name, who, path, present, absent string
			code                             int
		}{
			{"the secretary's own cell", "secretary", "/members", "Đỗ Thị Ánh", "", 200},
			{"without accents", "secretary", "/members?q=do+thi", "Đỗ Thị Ánh", "Trần Văn Hòa", 200},
			{"decomposed", "secretary", "/members?q=" + url.QueryEscape(norm.NFD.String("Hòa")), "Trần Văn Hòa", "Lê Văn An", 200},
			{"nobody", "secretary", "/members?q=%25", "Không có ai khớp", "Trần Văn Hòa", 200},
			{"a clerk chooses", "clerk", "/members?organization=one", "Trần Văn Hòa", "", 200},
			{"a clerk sees another cell", "clerk", "/members?organization=two", "Chưa có danh sách", "Trần Văn Hòa", 200},
			{"a cell of another ward", "clerk", "/members?organization=far", "", "Trần Văn Hòa", 404},
			{"another cell", "secretary", "/members?organization=two", "", "Trường Tiểu học", 404},
			{"no need", "nobody", "/members", "", "Trần Văn Hòa", 403},
			{"not signed in", "", "/members", "", "Trần Văn Hòa", 303},
			{"a reader cannot add", "reader", "/members", "Trần Văn Hòa", "/members/new", 200},
		} {
			answer := w.do(w.people()[tt.who], "GET", tt.path, nil)
			page := answer.Body.String()
			if answer.Code != tt.code || !strings.Contains(page, tt.present) || tt.absent != "" && strings.Contains(page, tt.absent) {
				t.Errorf("%s: %d, present %q, absent %q:\n%s", tt.name, answer.Code, tt.present, tt.absent, page)
			}
		}
	})
}

// people are those who make requests.
func (w *ward) people() map[string]access.Person {
	return map[string]access.Person{
		"secretary": w.secretary(), "clerk": w.clerk(), "reader": w.reader(), "nobody": person("nobody", w.one.Path), "": {},
	}
}

func TestCountsStandOnTheList(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		for i, s := range []member.Standing{member.Official, member.Official, member.Probationary, member.Exempt, member.Away} {
			w.add("Lê Văn "+string(rune('A'+i)), func(_ *member.Member, r *member.Record) { r.Standing = s })
		}
		page := w.do(w.secretary(), "GET", "/members", nil).Body.String()
		for _, text := range []string{
			`<small>Đảng viên của chi bộ</small><div><span class="big num">5</span>`, `<small>Tính khi biểu quyết hôm nay</small><div><span class="big num">2</span>`,
			`Chính thức: 2 · Dự bị: 1 · Miễn sinh hoạt: 1 · Tạm chuyển đi: 1`,
		} {
			if !strings.Contains(page, text) {
				t.Errorf("the page lacks %s", text)
			}
		}
	})
}

func TestAddThroughTheForm(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		form := url.Values{"organization": {"one"}, "full_name": {"  Cao  Thị Ngân"}, "born_on": {"32/01/1999"}, "phone": {"abc"}, "hometown": {"Sông Xanh"}}
		answer := w.do(w.secretary(), "POST", "/members", form)
		page := answer.Body.String()
		for _, text := range []string{"Cao  Thị Ngân", "32/01/1999", "Sông Xanh", "Hãy ghi ngày/tháng/năm"} {
			if answer.Code != 422 || !strings.Contains(page, text) {
				t.Errorf("the refused form (%d) lacks %q", answer.Code, text)
			}
		}
		form.Set("born_on", "1999")
		if page = w.do(w.secretary(), "POST", "/members", form).Body.String(); !strings.Contains(page, "Hãy chọn tình trạng") {
			t.Error("a person without a standing is not refused")
		}
		form.Set("standing", "probationary")
		form.Set("admitted_on", "26/03/2026")
		if page = w.do(w.secretary(), "POST", "/members", form).Body.String(); !strings.Contains(page, "Số điện thoại gồm") {
			t.Error("a telephone of letters is not refused")
		}
		form.Set("phone", "0912.345.678")
		answer = w.do(w.secretary(), "POST", "/members", form)
		if answer.Code != 303 {
			t.Fatalf("%d: %s", answer.Code, answer.Body)
		}
		if got := w.roll(w.one, when.On(2026, time.March, 26)); got != "Cao Thị Ngân probationary" {
			t.Errorf("roll %s", got)
		}
		profile := w.do(w.secretary(), "GET", answer.Header().Get("Location"), nil).Body.String()
		for _, text := range []string{"Cao Thị Ngân", "1999", "0912345678", "Từ ngày 26/03/2026"} {
			if !strings.Contains(profile, text) {
				t.Errorf("the profile lacks %q", text)
			}
		}
	})
}

func TestNaughtyStringsComeThrough(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		m := w.add("Cao Thị Ngân", nil)
		for _, s := range naughty {
			form := url.Values{"full_name": {s}, "hometown": {s}, "education": {s}, "position": {s}, "note": {s}}
			if answer := w.do(w.secretary(), "POST", "/members/"+m.ID, form); answer.Code != 303 {
				t.Errorf("%q: %d", s, answer.Code)
				continue
			}
			got, err := member.Find(t.Context(), w.db, "ward", m.ID)
			if err != nil || got.FullName != s || got.Note != s {
				t.Errorf("%q is kept as %q, %q, %v", s, got.FullName, got.Note, err)
			}
			for _, path := range []string{"/members", "/members/" + m.ID, "/members/" + m.ID + "/edit", "/members?q=" + url.QueryEscape(s)} {
				page := w.do(w.secretary(), "GET", path, nil)
				if page.Code != 200 || strings.Contains(page.Body.String(), "<script>alert") || strings.Contains(page.Body.String(), "<img src=x") {
					t.Errorf("%q on %s: %d", s, path, page.Code)
				}
			}
		}
	})
}

func TestProfileForms(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		m := w.add("Cao Thị Ngân", func(m *member.Member, _ *member.Record) { m.Phone = "0912345678" })
		post := func(who access.Person, what string, form url.Values) (int, string) {
			answer := w.do(who, "POST", "/members/"+m.ID+what, form)
			return answer.Code, answer.Body.String()
		}
		if code, page := post(w.secretary(), "/standing", url.Values{"organization": {"one"}, "standing": {"probationary"}, "from": {"2026-03-01"}}); code != 422 || !strings.Contains(page, "không chuyển sang tình trạng này được") {
			t.Errorf("back to probation: %d", code)
		}
		if code, _ := post(w.secretary(), "/standing", url.Values{"organization": {"one"}, "standing": {"exempt"}, "from": {"01/03/2026"}, "standing_note": {"NQ 03"}}); code != 303 {
			t.Errorf("exempt: %d", code)
		}
		if code, page := post(w.secretary(), "/awards", url.Values{"title": {"Giấy khen"}, "given_on": {"hôm qua"}}); code != 422 || !strings.Contains(page, "Giấy khen") {
			t.Errorf("an award of yesterday: %d", code)
		}
		if code, _ := post(w.clerk(), "/transfer", url.Values{"to": {"two"}, "from": {"2026-06-01"}}); code != 303 {
			t.Errorf("transfer: %d", code)
		}
		for what, form := range map[string]url.Values{"": {"full_name": {"x"}}, "/standing": {"organization": {"one"}, "standing": {"official"}, "from": {"2026-06-01"}}, "/awards": {"title": {"x"}, "given_on": {"2026-06-01"}}} {
			if code, _ := post(w.reader(), what, form); code != 403 {
				t.Errorf("a reader posts to %q: %d", what, code)
			}
		}
		if page := w.do(w.reader(), "GET", "/members/"+m.ID, nil); page.Code != 200 || strings.Contains(page.Body.String(), "0912345678") || strings.Contains(page.Body.String(), "NQ 03") {
			t.Errorf("a reader sees what is private (%d)", page.Code)
		}
		if page := w.do(person("stranger", w.far.Path, member.Read), "GET", "/members/"+m.ID, nil); page.Code != 404 {
			t.Errorf("another ward finds the person: %d", page.Code)
		}
		if page := w.do(person(m.ID, "/nowhere/"), "GET", "/members/"+m.ID, nil); page.Code != 200 || !strings.Contains(page.Body.String(), "0912345678") || !strings.Contains(page.Body.String(), "Ai đã xem lý lịch") {
			t.Errorf("the person does not see their own file: %d", page.Code)
		}
	})
}
