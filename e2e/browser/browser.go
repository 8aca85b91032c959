// Package browser drives a headless Chromium as a person would: it goes by what
// stands on the page, by labels and words, not by ids and classes.
package browser

import (
	"context"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	c "github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

//go:embed find.js
var findJS string

// patience is how long a page may take to show what a step waits for.
const patience = 20 * time.Second

// Page is one tab, or with In the part of it that a step is about. Its methods
// fail the test when the page does not do what the step says.
type Page struct {
	*tab
	within []string
}

type tab struct {
	t    testing.TB
	url  string          // base address
	all  context.Context // the browser
	stop context.CancelFunc
	home string // where the browser keeps what pages leave with it
	size [2]int64
	film string // what the camera sees
	keys bool   // steps go by the keyboard

	ctx  context.Context // the tab
	shut context.CancelFunc

	mu    sync.Mutex
	noise []string // what the console complained about
}

// Phone and Desk are the widths and heights at which pages are looked at.
var (
	Phone = [2]int64{390, 844}
	Desk  = [2]int64{1280, 900}
)

// New opens a tab of the given size in a browser of its own on the program at
// url. The test fails at its end when the console complained.
func New(t testing.TB, url string, size [2]int64) *Page {
	t.Helper()
	return open(&tab{t: t, url: url, home: t.TempDir(), size: size})
}

func open(tab *tab) *Page {
	tab.t.Helper()
	p, t := &Page{tab: tab}, tab.t
	t.Cleanup(func() { p.shut(); p.stop() })
	t.Cleanup(p.quiet)
	p.start()
	return p
}

// chromium returns the browser that is driven: the one without windows, which takes a third
// of the time, where the machine has it.
func chromium() string {
	if path := os.Getenv("CHIBO_TEST_CHROMIUM"); path != "" {
		return path
	}
	if path, err := exec.LookPath("chromium-headless-shell"); err == nil {
		return path
	}
	return "chromium"
}

// start starts the browser and opens a tab.
func (p *Page) start() {
	p.t.Helper()
	options := append(c.DefaultExecAllocatorOptions[:], c.ExecPath(chromium()), c.NoSandbox, c.UserDataDir(p.home),
		c.Flag("disable-background-networking", true), c.Flag("disable-component-update", true), c.Flag("disable-sync", true), c.Flag("disable-quic", true))
	options = append(options, p.camera()...)
	all, stop := c.NewExecAllocator(context.Background(), options...)
	p.all, p.stop = c.NewContext(all)
	closing := p.stop
	p.stop = func() { closing(); stop() }
	// The first step starts the browser, which lives as long as this context.
	if err := c.Do(p.all); err != nil {
		p.t.Fatal(err)
	}
	p.fresh()
}

// Restart ends the browser and starts it again with what it has kept, as a
// telephone does whose battery was empty. It stands on an empty page.
func (p *Page) Restart() {
	p.t.Helper()
	p.shut()
	p.stop()
	p.start()
}

// Reopen closes the tab and opens another one in the same browser, as somebody
// does who has closed it by mistake. It stands on an empty page.
func (p *Page) Reopen() {
	p.t.Helper()
	p.shut()
	p.fresh()
}

func (p *Page) fresh() {
	p.t.Helper()
	p.ctx, p.shut = c.NewContext(p.all)
	if err := c.Do(p.ctx); err != nil {
		p.t.Fatal(err)
	}
	if err := c.Listen(p.ctx, p.hear); err != nil {
		p.t.Fatal(err)
	}
	p.do(c.Func(func(ctx context.Context, target *c.Target) error {
		_, err := cdp.Call(ctx, target, log.Enable, cdp.Empty{})
		return err
	}))
	p.Resize(p.size)
}

// Resize gives the tab another size, as if it were on another device.
func (p *Page) Resize(size [2]int64) {
	p.t.Helper()
	p.size = size
	p.do(c.Func(func(ctx context.Context, target *c.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: size[0], Height: size[1], DeviceScaleFactor: 1, Mobile: size[0] < 600,
		})
		return err
	}))
}

// Letters sets how large the letters are for which the reader has asked the browser, in
// pixels: 16 for those who have not asked.
func (p *Page) Letters(px int64) {
	p.t.Helper()
	p.do(c.Func(func(ctx context.Context, target *c.Target) error {
		_, err := cdp.Call(ctx, target, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: px}})
		return err
	}))
}

// Clock puts the clock of the device wrong by so much, from the next page on.
func (p *Page) Clock(by time.Duration) {
	p.t.Helper()
	p.Before(fmt.Sprintf(`{ const real = Date; const by = %d; window.Date = class extends real { constructor(...a) { a.length ? super(...a) : super(real.now() + by); } static now() { return real.now() + by; } }; }`, by.Milliseconds()))
}

// Before runs a script before those of every page, from the next page on.
func (p *Page) Before(script string) {
	p.t.Helper()
	p.do(c.Func(func(ctx context.Context, target *c.Target) error {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}))
}

// Tab goes from one control to the next by the Tab key until the one with the
// words name has the focus. It fails when the focus cannot be seen on the way.
func (p *Page) Tab(name string) {
	p.t.Helper()
	for range 300 {
		p.Key(kb.Tab)
		p.Arrive()
		if hidden := Run[string](p, fmt.Sprintf(`(() => { %s; return unseen() })()`, findJS)); hidden != "" {
			p.fail("the focus is not to be seen on %s", hidden)
		}
		if p.script(fmt.Sprintf(`focused(%s)`, quote(name))) {
			return
		}
	}
	p.fail("no way by Tab to %q", name)
}

func (p *tab) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == "warning" || e.Entry.Level == "error" {
			p.noise = append(p.noise, e.Entry.Text+" "+e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		p.noise = append(p.noise, e.ExceptionDetails.Text)
	}
}

// expected are complaints about answers that the program gives on purpose, about
// networks and servers that the tests take away, and about the icon of the program
// where a page was left while it was on its way.
var expected = []string{"status of 422", "status of 401", "net::ERR_", "icon from the Manifest"}

func (p *tab) quiet() {
	p.mu.Lock()
	defer p.mu.Unlock()
next:
	for _, n := range p.noise {
		for _, e := range expected {
			if strings.Contains(n, e) {
				continue next
			}
		}
		p.t.Errorf("the browser complains: %s", n)
	}
}

func (p *Page) do(steps ...c.Action[c.Void]) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	if err := c.Do(ctx, steps...); err != nil {
		p.fail("%v", err)
	}
}

// Run evaluates a script expression (a promise is awaited) and returns its value.
func Run[T any](p *Page, script string) T {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	for {
		v, err := c.Run(ctx, c.Evaluate[T](script, c.EvalAwaitPromise))
		if err == nil {
			return v
		}
		if ctx.Err() != nil || !replaced(err) {
			p.fail("%s: %v", last(script, 200), err)
		}
	}
}

func (p *Page) fail(format string, args ...any) {
	p.t.Helper()
	dir := filepath.Join(os.TempDir(), "chibo-e2e")
	if err := os.MkdirAll(dir, 0o755); err == nil {
		ctx, stop := context.WithTimeout(p.ctx, 5*time.Second)
		defer stop()
		if b, err := c.Run(ctx, c.FullScreenshot(80)); err == nil {
			name := filepath.Join(dir, strings.ReplaceAll(p.t.Name(), "/", "-")+".jpg")
			if os.WriteFile(name, b, 0o644) == nil {
				p.t.Logf("the page: %s", name)
			}
		}
		if s, err := c.Run(ctx, c.Evaluate[string](`location.href + "\n" + document.body.innerText.slice(0, 3000)`)); err == nil {
			p.t.Logf("%s", s)
		}
	}
	p.t.Fatalf(format, args...)
}

// Go opens a path of the program.
func (p *Page) Go(path string) {
	p.t.Helper()
	p.do(c.Navigate(p.url + path))
}

// At returns the path of the page.
func (p *Page) At() string { p.t.Helper(); return Run[string](p, `location.pathname`) }

// Wait polls until script, an expression, is true. A page that is replaced while
// it is asked is asked again.
func (p *Page) Wait(what, script string) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	for {
		_, err := c.Run(ctx, c.Poll[bool](script, c.WithPollingTimeout(patience)))
		if err == nil {
			return
		}
		if ctx.Err() != nil || !replaced(err) {
			p.fail("%s: %v", what, err)
		}
	}
}

// replaced reports whether err says that the page was replaced under the question.
func replaced(err error) bool {
	for _, s := range []string{"navigated or closed", "Cannot find context", "context was destroyed", "Cannot find default execution context", "uniqueContextId not found"} {
		if strings.Contains(err.Error(), s) {
			return true
		}
	}
	return false
}

// See waits until text can be read on the page.
func (p *Page) See(text string) {
	p.t.Helper()
	p.Wait("waiting to read "+text, fmt.Sprintf(`(() => { %s; return visible(%s, %s) })()`, findJS, quote(text), quote(p.scope())))
}

// Miss fails when text can be read on the page.
func (p *Page) Miss(text string) {
	p.t.Helper()
	if p.script(fmt.Sprintf(`visible(%s, %s)`, quote(text), quote(p.scope()))) {
		p.fail("the page shows %q", text)
	}
}

// In returns the row, card or group of the page that holds text; more than one
// text narrows down from outside in.
func (p *Page) In(text ...string) *Page {
	return &Page{tab: p.tab, within: slices.Concat(p.within, text)}
}

// Press clicks the button or link whose words are text, or begin with it; more
// than one text narrows down from outside in: Press("Trần Văn Hòa", "Có mặt").
func (p *Page) Press(text ...string) {
	p.t.Helper()
	p.click("control", text)
}

// Send is Press for the button of a form where a heading or a link of the same
// words stands beside it.
func (p *Page) Send(text ...string) {
	p.t.Helper()
	p.click("button", text)
}

// Tick clicks the box or radio whose label is text.
func (p *Page) Tick(text ...string) {
	p.t.Helper()
	p.click("choice", text)
}

func (p *Page) click(how string, text []string) {
	p.t.Helper()
	if p.keys {
		p.strike(how, text)
		return
	}
	p.Wait(fmt.Sprintf("waiting for %s %q, in reach", how, text), fmt.Sprintf(`(() => { %s; return steady(reach(find(%s, %s))) })()`, findJS, quote(how), quote(slices.Concat(p.within, text))))
	at := Run[[]float64](p, fmt.Sprintf(`(() => { %s; return watch(%s, %s) })()`, findJS, quote(how), quote(slices.Concat(p.within, text))))
	if at == nil {
		p.click(how, text) // the page was drawn again in between
		return
	}
	p.do(c.MouseClickXY(at[0], at[1]))
	if p.script(`window.missed === true`) {
		p.click(how, text) // it moved away under the finger: aim again
		return
	}
	p.Arrive()
}

// Arrive waits until the page that a press has asked for is there.
func (p *Page) Arrive() {
	p.t.Helper()
	p.Wait("waiting for the next page", `document.documentElement?.hasAttribute("data-leaving") === false && document.readyState === "complete"`)
}

// script runs an expression that may use what find.js offers, and returns whether
// it is true.
func (p *Page) script(expression string) bool {
	p.t.Helper()
	return Run[bool](p, `(() => { `+findJS+`; return `+expression+` })()`)
}

// Type replaces what stands in the field whose label is text.
func (p *Page) Type(label, value string) {
	p.t.Helper()
	if p.keys {
		p.tabTo("field", []string{label})
		p.write(value)
		return
	}
	p.Wait("waiting for field "+label, p.find("field", []string{label})+` !== null`)
	p.script(fmt.Sprintf(`fill(find("field", %s), %s)`, quote(slices.Concat(p.within, []string{label})), quote(value)))
}

// Choose picks the option with the words value in the list whose label is text.
func (p *Page) Choose(label, value string) {
	p.t.Helper()
	if p.keys {
		p.tabTo("field", []string{label})
		p.pick(label, value)
		return
	}
	p.Wait("waiting for list "+label, p.find("field", []string{label})+` !== null`)
	if !p.script(fmt.Sprintf(`choose(find("field", %s), %s)`, quote(slices.Concat(p.within, []string{label})), quote(value))) {
		p.fail("list %q has no %q", label, value)
	}
}

// Attach puts a file into the file field whose label is text.
func (p *Page) Attach(label, path string) {
	p.t.Helper()
	p.Wait("waiting for file field "+label, p.find("field", []string{label})+` !== null`)
	p.mark("field", []string{label})
	p.do(c.SetUploadFiles(c.CSS("[data-e2e]"), []string{path}))
}

// Fetch returns what the link whose words are text leads to, with the session of
// the page, as a download would.
func (p *Page) Fetch(text ...string) []byte {
	p.t.Helper()
	p.Wait(fmt.Sprintf("waiting for link %q", text), p.find("control", text)+` !== null`)
	script := fmt.Sprintf(`(async () => {
		const answer = await fetch(%s.href);
		if (!answer.ok) throw new Error(answer.url + " " + answer.status);
		return new Uint8Array(await answer.arrayBuffer()).toBase64();
	})()`, p.find("control", text))
	data, err := base64.StdEncoding.DecodeString(Run[string](p, script))
	if err != nil {
		p.fail("download of %q: %v", text, err)
	}
	return data
}

// Read returns the text that stands there, as a person reads it.
func (p *Page) Read() string {
	p.t.Helper()
	return Run[string](p, fmt.Sprintf(`(() => { %s; return text(%s) })()`, findJS, quote(p.scope())))
}

// scope is never nil: the scripts want a list.
func (p *Page) scope() []string { return append([]string{}, p.within...) }

// Key presses a key, as in kb.Tab or kb.Enter of chromedp.
func (p *Page) Key(keys string) { p.t.Helper(); p.do(c.KeyEvent(keys)) }

// Offline cuts the tab from the network, or joins it again.
func (p *Page) Offline(cut bool) {
	p.t.Helper()
	p.do(c.Func(func(ctx context.Context, target *c.Target) error { return offline(ctx, target, cut) }))
}

// Show scrolls to where text can be read, a little under the top of the window.
func (p *Page) Show(text string) {
	p.t.Helper()
	p.script(fmt.Sprintf(`show(%s)`, quote(text)))
}

// Shot writes a picture of the whole page, or of what the window shows, as PNG.
func (p *Page) Shot(path string, whole bool) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	var b []byte
	var err error
	if whole {
		b, err = c.Run(ctx, c.FullScreenshot(100))
	} else {
		b, err = c.Run(ctx, c.CaptureScreenshot())
	}
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if err == nil {
		err = os.WriteFile(path, b, 0o644)
	}
	if err != nil {
		p.fail("picture: %v", err)
	}
}

func (p *Page) find(how string, text []string) string {
	text = slices.Concat(p.within, text)
	return fmt.Sprintf(`(() => { %s; return find(%s, %s) })()`, findJS, quote(how), quote(text))
}

// mark puts data-e2e on what find finds, so that the driver can reach it.
func (p *Page) mark(how string, text []string) {
	p.t.Helper()
	p.script(fmt.Sprintf(`mark(find(%s, %s))`, quote(how), quote(slices.Concat(p.within, text))))
}

// last returns the last n bytes of a script: what stands before is find.js.
func last(s string, n int) string { return s[max(0, len(s)-n):] }

func quote(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts
	}
	return string(b)
}
