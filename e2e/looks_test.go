package e2e

import (
	"flag"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"chibo/e2e/browser"
	"chibo/e2e/program"
)

// TestEveryPageIsFitToUse goes wherever links lead from the home page, as every
// role of the demo, and looks at each page as a telephone and as a desk see it, on a
// screen of 320 px and with letters twice as large: nothing wider than the window, cut off or
// on something else, nothing too small for a finger or too faint, one heading that names the
// page, nothing that axe-core finds, nothing the console complains of.
//
// A run asks all of these pages and looks at half of them, as its seed chooses: at the home page,
// the pages of meetings, rooms, phones and screens always. -whole looks at all.
func TestEveryPageIsFitToUse(t *testing.T) {
	t.Parallel()
	server, demo := program.StartDemo(t, "--cells", "2", "--members", "30", "--months", "3")
	seen := eyes(t)
	t.Run("stranger", func(t *testing.T) {
		t.Parallel()
		p := browser.New(t, server.URL, browser.Desk)
		for _, path := range []string{"/sign-in", "/start", "/check"} {
			seen.look(t, p, path)
		}
	})
	roles := map[string]bool{}
	for _, a := range demo.Accounts {
		if roles[a.Role] {
			continue
		}
		roles[a.Role] = true
		t.Run(a.Role, func(t *testing.T) {
			t.Parallel()
			p := browser.New(t, server.URL, browser.Desk)
			signIn(p, a.Name, a.Password)
			seen.wander(t, p)
		})
	}
}

// looked remembers what pages are made of, so that a page that several roles see
// alike is looked at once.
type looked struct {
	axe  string // and eyes.js
	mu   sync.Mutex
	seen map[string]bool
}

// wander looks at every page that links lead to. Of pages that differ by an id
// alone some are taken, of meetings and what belongs to them one in every state.
func (l *looked) wander(t *testing.T, p *browser.Page) {
	t.Helper()
	ahead, met, taken := []string{"/"}, map[string]bool{"/": true}, map[string]int{}
	for len(ahead) > 0 {
		path := ahead[0]
		ahead = ahead[1:]
		links, fresh := l.ask(p, path)
		if fresh {
			l.look(t, p, path)
		}
		for _, next := range links {
			kind := kindOf(next)
			if met[next] || taken[kind] >= mostOf(kind) || notPages.MatchString(next) {
				continue
			}
			met[next] = true
			taken[kind]++
			ahead = append(ahead, next)
		}
	}
	if len(met) < 8 {
		t.Errorf("only %d pages are reached", len(met))
	}
}

var (
	notPages = regexp.MustCompile(`[./](pdf|docx|xlsx|csv|zip|ics|yaml|json)(\?|$)|^/files/|/additions/|/counts/`)
	ids      = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|=[^&]*|/[0-9]{4}\b`)
)

// always are the pages that no run leaves out.
var always = regexp.MustCompile(`^/$|^/(meetings|rooms|phones|screens)(/|$)`)

// kindOf is the address without what differs from one record to the next.
func kindOf(path string) string { return ids.ReplaceAllString(path, "·") }

func mostOf(kind string) int {
	if strings.HasPrefix(kind, "/meetings/·") || strings.HasPrefix(kind, "/rooms/·") {
		return 6
	}
	return 2
}

// ask reads a page without drawing it: where its links lead, and whether this run looks at such
// pages and has not looked yet at something of what it is made of, or of the frame around it, on
// pages of its address.
func (l *looked) ask(p *browser.Page, path string) (links []string, fresh bool) {
	page := browser.Run[struct {
		Links []string `json:"links"`
		Made  []string `json:"made"`
	}](p, fmt.Sprintf(madeOf, path))
	if !*whole && !always.MatchString(path) && !heads("looked at", path) {
		return slices.Compact(page.Links), false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, part := range page.Made {
		fresh = fresh || !l.seen[part]
		l.seen[part] = true
	}
	return slices.Compact(page.Links), fresh
}

// whole looks at every page, and makes axe look at it in both views.
var whole = flag.Bool("whole", false, "look at every page, and let axe do so on a desk and on a telephone, not at each on one of them")

// seed chooses the pages, and the view of each for axe, of a run that does not look at all.
var seed = flag.Uint64("seed", uint64(time.Now().UnixNano()), "chooses the pages, and where axe looks at each")

// heads is how the seed's coin falls for a question about pages of an address, the same in
// every order of looking.
func heads(question, path string) bool {
	h := fnv.New64a()
	_, _ = h.Write([]byte(question + " " + kindOf(path))) // it never fails
	return rand.New(rand.NewPCG(*seed, h.Sum64())).IntN(2) == 0
}

// view is a way to look at a page.
type view struct {
	size  [2]int64
	looks string // what eyes.js looks at
	axe   bool   // it is one of the two that axe looks at, which takes longer than all the rest
}

// views are the ways in which every page is looked at: as on a desk, on the narrowest screen
// that WCAG 2.2 knows (1.4.10) and on a telephone. Then comes a desk whose reader has asked the
// browser for letters twice as large (1.4.4).
var views = []view{
	{browser.Desk, `"wide", "faint"`, true},
	{[2]int64{320, 640}, `"wide", "sideways", "text"`, false},
	{browser.Phone, `"wide", "small"`, true},
}

// forAxe returns the size in which axe looks at a page in this run.
func forAxe(path string) [2]int64 {
	if heads("on a desk", path) {
		return browser.Desk
	}
	return browser.Phone
}

// look checks one page in all views, with everything unfolded.
func (l *looked) look(t *testing.T, p *browser.Page, path string) {
	t.Helper()
	p.Resize(browser.Desk)
	p.Go(path)
	browser.Run[bool](p, `document.querySelectorAll("details").forEach((d) => { d.open = true }), true`)
	if n := browser.Run[int](p, `document.querySelectorAll("h1").length`); n != 1 {
		t.Errorf("%s has %d headings of the first rank", path, n)
	}
	l.here(t, p, path)
}

// here checks the page as it stands.
func (l *looked) here(t *testing.T, p *browser.Page, path string) {
	t.Helper()
	browser.Run[int](p, l.axe)
	for _, v := range views {
		p.Resize(v.size)
		looks := v.looks
		if v.axe && (*whole || v.size == forAxe(path)) {
			looks += `, "axe"`
		}
		l.complain(t, p, fmt.Sprintf("%s at %d px", path, v.size[0]), looks)
	}
	p.Resize(browser.Desk)
	p.Letters(32)
	l.complain(t, p, path+" with letters twice as large", `"wide", "text"`)
	p.Letters(16)
}

// complain fails with what is wrong with the page as it stands.
func (l *looked) complain(t *testing.T, p *browser.Page, where, looks string) {
	t.Helper()
	for _, f := range browser.Run[[]string](p, `eyes(`+looks+`)`) {
		t.Errorf("%s: %s", where, f)
	}
}

// madeOf lists the links of a page, and what kinds of element stand within what in its own
// part and in the frame around it, without their words and numbers.
const madeOf = `(async () => {
	const answer = await fetch(%q);
	if (!answer.headers.get("Content-Type").startsWith("text/html")) return { links: [], made: [] }; // a file
	const page = new DOMParser().parseFromString(await answer.text(), "text/html");
	const links = [...page.querySelectorAll("a[href]")].map((a) => new URL(a.getAttribute("href"), answer.url));
	const own = (e) => e ? e.tagName + "." + [...e.classList].sort().join(".") + (e.getAttribute("name") ?? "").replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9.]+/g, "·") : "";
	const path = new URL(answer.url).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "·");
	const kinds = [...page.querySelectorAll("body *")].map((e) => (e.closest("main") ? path : "around") + " " + own(e.parentElement) + ">" + own(e));
	return { links: links.filter((a) => a.origin === location.origin).map((a) => a.pathname + a.search), made: [...new Set(kinds)] };
})()`

// TestByKeyboardAlone signs in, goes into the room, takes a mark of the roll
// away, marks the person present and records an opinion without a mouse.
func TestByKeyboardAlone(t *testing.T) {
	t.Parallel()
	server, demo := program.StartDemo(t, "--cells", "1", "--members", "12", "--months", "2")
	name, password := demo.Account(t, "secretary")
	p := browser.New(t, server.URL, browser.Desk)
	p.Go("/sign-in")
	p.Tab("Tên đăng nhập")
	p.Key(name)
	p.Tab("Mật khẩu")
	p.Key(password)
	p.Key(kb.Enter)
	p.See("Chào đồng chí")
	p.Tab("Vào phòng họp")
	p.Key(kb.Enter)
	p.See("Đang họp")

	p.See("12/12 đảng viên có mặt")
	p.Tab("Khác")
	p.Key(kb.Enter)
	p.Tab("Xóa dấu")
	p.Key(kb.Enter)
	p.See("11/12 đảng viên có mặt")
	p.Go(p.At())
	p.Tab("Có mặt: ")
	p.Key(kb.Enter)
	p.See("12/12 đảng viên có mặt")

	p.Go(p.At())
	p.Tab("Người phát biểu")
	p.Key(kb.ArrowDown)
	p.Tab("Đồng tình")
	p.Key(" ")
	p.Tab("Nội dung")
	p.Key("Nhất trí với dự thảo.")
	p.Tab("Ghi ý kiến")
	p.Key(kb.Enter)
	p.In("Sửa", "Đồng tình").See("Nhất trí với dự thảo.")
}
