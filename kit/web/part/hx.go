package part

import (
	g "maragu.dev/gomponents"
)

// Swap asks for url when its element is used, and puts the answer into target, a
// selector such as "#list". A page must work without it: a link has its href, a
// form its action.
func Swap(url, target string) g.Node {
	return attributes{g.Attr("hx-get", safe(url)), g.Attr("hx-target", target)}
}

// SwapPost sends the form to url and puts the answer into target.
func SwapPost(url, target string) g.Node {
	return attributes{g.Attr("hx-post", safe(url)), g.Attr("hx-target", target)}
}

// SwapOuter replaces the target itself and not its contents.
func SwapOuter() g.Node { return g.Attr("hx-swap", "outerHTML") }

// On says what starts a Swap, as in "input changed delay:300ms".
func On(trigger string) g.Node { return g.Attr("hx-trigger", trigger) }
