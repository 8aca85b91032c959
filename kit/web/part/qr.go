package part

import (
	"fmt"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
	"rsc.io/qr"
)

// QR draws text as a QR code, one path that stays sharp on paper; name says what it
// leads to. Text that is too long for a code draws nothing.
func QR(text, name string) g.Node {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil
	}
	const quiet = 4 // the empty border that readers need
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	side := code.Size + 2*quiet
	return h.SVG(class("qr"), g.Attr("viewBox", fmt.Sprintf("0 0 %d %d", side, side)), h.Role("img"), h.Aria("label", name),
		g.El("path", g.Attr("d", path.String())))
}
