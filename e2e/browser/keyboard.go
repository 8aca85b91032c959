package browser

import (
	"fmt"
	"slices"
	"strings"

	c "github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// ByKeyboard lets every further step go by keys alone: Tab and Shift+Tab to what the
// step is about, Enter and the space bar to press it, arrows in lists, letters into
// fields. A step fails when the focus cannot be seen on the way, or never comes there.
func (p *Page) ByKeyboard() { p.keys = true }

// farthest is how many presses of Tab a step may take before somebody gives up.
const farthest = 300

// tabTo brings the focus to what find finds.
func (p *Page) tabTo(how string, text []string) {
	p.t.Helper()
	words := quote(slices.Concat(p.within, text))
	p.Wait(fmt.Sprintf("waiting for %s %q", how, text), p.find(how, text)+` !== null`)
	for range farthest {
		where := Run[string](p, fmt.Sprintf(`(() => { %s; return where(find(%s, %s)) })()`, findJS, quote(how), words))
		switch where {
		case "here":
			return
		case "ahead":
			p.do(c.KeyEvent(kb.Tab))
		case "behind":
			p.do(c.KeyEvent(kb.Tab, c.KeyModifiers(c.ModifierShift)))
		case "beside":
			p.do(c.KeyEvent(kb.ArrowDown))
		default: // a page that is being drawn settles first
			p.Wait("waiting to see the focus on "+where, fmt.Sprintf(`(() => { %s; return !lost() })()`, findJS))
		}
	}
	p.fail("no way by keys to %s %q", how, text)
}

// strike presses what find finds by a key.
func (p *Page) strike(how string, text []string) {
	p.t.Helper()
	p.tabTo(how, text)
	key := kb.Enter
	if how == "choice" {
		if p.script(fmt.Sprintf(`find("choice", %s).type === "radio" && find("choice", %[1]s).checked`, quote(slices.Concat(p.within, text)))) {
			return // the arrow that came here has chosen it
		}
		key = " "
	}
	p.script(fmt.Sprintf(`watch(%s, %s) !== undefined`, quote(how), quote(slices.Concat(p.within, text))))
	p.do(c.KeyEvent(key))
	p.Arrive()
}

// write types a value into the field that has the focus, in place of what stands there.
func (p *Page) write(value string) {
	p.t.Helper()
	field := Run[struct {
		Kind   string `json:"kind"`
		Length int    `json:"length"`
	}](p, `({ kind: document.activeElement.type, length: document.activeElement.value.length })`)
	if field.Kind == "date" {
		year, rest, _ := strings.Cut(value, "-") // the browser of the tests asks for month, day, year
		value = strings.ReplaceAll(rest, "-", "") + year
	} else if field.Length > 0 {
		p.do(c.KeyEvent(kb.End), c.KeyEvent(strings.Repeat(kb.Backspace, field.Length)))
	}
	p.do(c.KeyEvent(value))
}

// pick goes to an option of the list that has the focus by arrows.
func (p *Page) pick(label, value string) {
	p.t.Helper()
	steps := Run[int](p, fmt.Sprintf(`(() => { %s; return steps(document.activeElement, %s) })()`, findJS, quote(value)))
	switch {
	case steps > farthest:
		p.fail("list %q has no %q", label, value)
	case steps < 0:
		p.do(c.KeyEvent(strings.Repeat(kb.ArrowUp, -steps)))
	case steps > 0:
		p.do(c.KeyEvent(strings.Repeat(kb.ArrowDown, steps)))
	}
}
