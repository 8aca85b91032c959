package part_test

import (
	"bytes"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/e2e/browser"
	"chibo/kit/locale"
	"chibo/kit/web/assets"
	. "chibo/kit/web/part"
)

// policy is what the program answers with.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// site serves a few pages of parts under the real policy, and counts what is sent.
type site struct {
	*httptest.Server
	sent atomic.Int32
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{}
	mux := http.NewServeMux()
	mux.Handle("GET /a/", assets.Handler())
	page := func(pattern string, body func(r *http.Request) (int, g.Node)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			status, n := body(r)
			w.Header().Set("Content-Security-Policy", policy)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(status)
			_ = document(r.URL.Query().Has("large"), n).Render(w)
		})
	}
	page("GET /gallery", func(*http.Request) (int, g.Node) { return 200, g.Group(gallery(locale.Vietnamese)) })
	page("GET /write", func(*http.Request) (int, g.Node) { return 200, writing(Form{}) })
	page("GET /wide", func(*http.Request) (int, g.Node) {
		months := strings.Split("Tháng1 Tháng2 Tháng3 Tháng4 Tháng5 Tháng6 Tháng7", " ")
		return 200, Card(CardHead("Năm"), WideTable("Năm", Heads(months...), Cells(months...), Cells(months...)))
	})
	page("GET /done", func(*http.Request) (int, g.Node) { return 200, Card(CardHead("Đã ghi")) })
	page("GET /sign-in", func(*http.Request) (int, g.Node) {
		return 200, Post("/sign-in", Button("Đăng nhập"))
	})
	page("POST /refused", func(r *http.Request) (int, g.Node) {
		s.sent.Add(1)
		return 422, writing(Form{Values: url.Values{"text": {r.FormValue("text")}}, Message: "Chưa ghi được."})
	})
	for _, to := range []string{"done", "sign-in"} {
		mux.HandleFunc("POST /to-"+to, func(w http.ResponseWriter, r *http.Request) {
			s.sent.Add(1)
			http.Redirect(w, r, "/"+to, http.StatusSeeOther)
		})
	}
	mux.Handle("POST /sign-in", http.RedirectHandler("/done", http.StatusSeeOther))
	mux.Handle("POST /sign-out", http.RedirectHandler("/sign-in", http.StatusSeeOther))
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func document(large bool, n g.Node) g.Node {
	return h.Doctype(h.HTML(h.Lang("vi"), g.If(large, h.Class("large")),
		h.Head(h.TitleEl(g.Text("Các phần")), h.Meta(h.Name("viewport"), h.Content("width=device-width, initial-scale=1")),
			h.Link(h.Rel("icon"), h.Href(assets.URL("icon.svg"))),
			h.Link(h.Rel("stylesheet"), h.Href(assets.URL("app.css"))),
			h.Script(h.Src(assets.URL("app.js")), h.Type("module"))),
		h.Body(h.Main(h.Class("page"), h.H1(g.Text("Các phần")), n))))
}

// writing is a form that keeps drafts and can be sent to several ends.
func writing(f Form) g.Node {
	l := locale.Vietnamese
	to := func(path, text string) g.Node { return Button(text, h.FormAction(path)) }
	return Stack(
		Post("/to-done", Keep(l, "minutes:1"),
			f.Summary(l),
			f.Textarea("text", "Kết luận"),
			f.Radios("way", "Cách báo", []Option{{Value: "app", Text: "Ứng dụng"}, {Value: "paper", Text: "Giấy"}}),
			Username("tranvanhoa"),
			f.Password(l, "password", "Mật khẩu", "current-password"),
			Actions(to("/to-done", "Ghi lại"), to("/refused", "Ghi sai"), to("/to-sign-in", "Ghi khi hết phiên"))),
		PostButton("/to-done", "Xóa bản thảo", Confirm(l, "Xóa bản thảo này?", "Xóa luôn")),
		PostButton("/sign-out", "Đăng xuất"),
	)
}

const textNow = `document.querySelector("textarea")?.value ?? ""`

func TestDraftsOutliveThePage(t *testing.T) {
	t.Parallel()
	p := browser.New(t, newSite(t).URL, browser.Phone)
	p.Go("/write")
	p.Type("Kết luận", "Chi bộ thống nhất 100%")
	p.Type("Mật khẩu", "bí mật lắm nhé")
	p.Tick("Giấy")
	p.Go("/done") // left without sending
	p.Go("/write")
	p.See("Đã lấy lại phần đồng chí viết dở")
	if got := browser.Run[string](p, textNow); got != "Chi bộ thống nhất 100%" {
		t.Errorf("the draft is %q", got)
	}
	if !browser.Run[bool](p, `document.querySelector("[value=paper]").checked`) {
		t.Error("what was ticked is lost")
	}
	if browser.Run[bool](p, `JSON.stringify(localStorage).includes("bí mật")`) {
		t.Error("a password is kept on the device")
	}
	p.Type("Kết luận", "")
	p.Tick("Ứng dụng")
	p.Go("/write")
	if got := browser.Run[string](p, textNow); got != "" {
		t.Errorf("a text that was taken out comes back: %q", got)
	}
	p.Type("Kết luận", "Viết lại")
	p.Go("/write")
	p.Press("Bỏ bản nháp")
	if got := browser.Run[string](p, textNow); got != "" {
		t.Errorf("after dropping the draft the field holds %q", got)
	}
	p.Go("/write")
	p.Miss("Đã lấy lại")
}

func TestDraftsStayUntilTheServerHasThem(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, button, then string
		kept               bool
	}{
		{"taken", "Ghi lại", "Đã ghi", false},
		{"refused", "Ghi sai", "Chưa ghi được", true},
		{"session over", "Ghi khi hết phiên", "Đăng nhập", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := browser.New(t, newSite(t).URL, browser.Phone)
			p.Go("/write")
			p.Type("Kết luận", "Viết cả buổi tối")
			p.Press(tt.button)
			p.See(tt.then)
			if tt.name == "session over" {
				p.Press("Đăng nhập")
				p.See("Đã ghi")
			}
			p.Go("/write")
			want := ""
			if tt.kept {
				want = "Viết cả buổi tối"
			}
			if got := browser.Run[string](p, textNow); got != want {
				t.Errorf("the field holds %q, want %q", got, want)
			}
		})
	}
}

func TestSigningOutDropsDrafts(t *testing.T) {
	t.Parallel()
	p := browser.New(t, newSite(t).URL, browser.Phone)
	p.Go("/write")
	p.Type("Kết luận", "của tôi")
	p.Press("Đăng xuất")
	p.See("Đăng nhập")
	p.Go("/write")
	if got := browser.Run[string](p, textNow); got != "" {
		t.Errorf("the next person reads %q", got)
	}
}

func TestAQuestionIsAskedFirst(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := browser.New(t, s.URL, browser.Phone)
	p.Go("/write")
	p.Press("Xóa bản thảo")
	p.See("Xóa bản thảo này?")
	p.Press("Thôi")
	p.Miss("Xóa bản thảo này?")
	if n := s.sent.Load(); n != 0 {
		t.Fatalf("sent %d times before the answer", n)
	}
	p.Press("Xóa bản thảo")
	p.Press("Xóa luôn")
	p.See("Đã ghi")
	if n := s.sent.Load(); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestAnImpatientPressSendsOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := browser.New(t, s.URL, browser.Phone)
	p.Go("/write")
	browser.Run[bool](p, `(() => { const f = document.querySelector("form"); f.requestSubmit(); f.requestSubmit(); return true })()`)
	p.See("Đã ghi")
	if n := s.sent.Load(); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestAPasswordCanBeShown(t *testing.T) {
	t.Parallel()
	p := browser.New(t, newSite(t).URL, browser.Phone)
	p.Go("/write")
	p.Type("Mật khẩu", "thuyền nhỏ")
	const kind = `document.querySelector("[name=password]").type + " " + document.querySelector("[data-show-password]").getAttribute("aria-pressed")`
	p.Press("Hiện")
	if got := browser.Run[string](p, kind); got != "text true" {
		t.Errorf("after Hiện: %s", got)
	}
	p.Press("Ẩn")
	if got := browser.Run[string](p, kind); got != "password false" {
		t.Errorf("after Ẩn: %s", got)
	}
}

// TestGalleryIsAccessible runs axe-core over every part, and looks for what it does
// not measure: a page that is wider than the window, and small targets.
func TestGalleryIsAccessible(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile("../../../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for name, size := range map[string][2]int64{"phone": browser.Phone, "narrow phone": {320, 640}, "desk": browser.Desk} {
		for _, path := range []string{"/gallery", "/gallery?large"} {
			t.Run(name+path, func(t *testing.T) {
				t.Parallel()
				p := browser.New(t, newSite(t).URL, size)
				p.Go(path)
				browser.Run[int](p, string(axe)+";0")
				problems := browser.Run[[]string](p, `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
					.then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + " " + n.html.slice(0, 160))))`)
				for _, problem := range problems {
					t.Error(problem)
				}
				if wide := browser.Run[[]string](p, overflowing); len(wide) > 0 {
					t.Errorf("wider than the window: %s", strings.Join(wide, "; "))
				}
				if small := browser.Run[[]string](p, smallTargets); len(small) > 0 && size[0] < 600 {
					t.Errorf("too small for a finger: %s", strings.Join(small, "; "))
				}
			})
		}
	}
}

// TestWideTableShowsWhereItGoesOn looks at the colours at both edges of a table that
// is wider than the page: darker where there is more, plain where it ends.
func TestWideTableShowsWhereItGoesOn(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/wide", "/wide?large"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			p := browser.New(t, newSite(t).URL, browser.Phone)
			p.Go(path)
			look := func(where string, left, right bool) {
				t.Helper()
				if l, r := shaded(t, p); l != left || r != right {
					t.Errorf("%s: shaded at the left %v, at the right %v", where, l, r)
				}
			}
			look("at the beginning", false, true)
			browser.Run[int](p, `(e => e.scrollLeft = e.scrollWidth / 3 | 0)(document.querySelector(".scroll"))`)
			look("in the middle", true, true)
			browser.Run[int](p, `(e => e.scrollLeft = e.scrollWidth)(document.querySelector(".scroll"))`)
			look("at the end", true, false)
			p.Resize([2]int64{1900, 900})
			look("with room for all", false, false)
		})
	}
}

// shaded says whether the edges of the first frame that scrolls are darker than
// white, under the line of its heads where no letter stands.
func shaded(t *testing.T, p *browser.Page) (left, right bool) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "wide.png")
	p.Shot(path, false)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	at := browser.Run[[]float64](p, `(() => {
		const f = document.querySelector(".scroll"), b = f.getBoundingClientRect(), r = f.querySelector("tbody tr").getBoundingClientRect()
		return [b.left + 2, b.right - 3, r.top + 4, innerWidth]
	})()`)
	scale := float64(picture.Bounds().Dx()) / at[3]
	dark := func(x float64) bool {
		_, green, _, _ := picture.At(int(x*scale), int(at[2]*scale)).RGBA()
		return green>>8 < 235
	}
	return dark(at[0]), dark(at[1])
}

const overflowing = `document.documentElement.scrollWidth <= innerWidth ? [] :
	[...document.querySelectorAll("main *")].filter(e => !e.closest(".scroll") && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 120))`

const smallTargets = `[...document.querySelectorAll(".btn, input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea, .choice, summary, .switch a")]
	.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 47.5).map(e => e.outerHTML.slice(0, 120))`
