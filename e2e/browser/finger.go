package browser

import (
	"context"
	"fmt"
	"slices"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	c "github.com/chromedp/chromedp"
)

// Finger is a finger, or the button of a mouse, that is down on a control.
type Finger struct {
	page *Page
	up   c.Action[c.Void]
}

// Finger puts a finger down on the control that Press would press, on glass or with a
// mouse. It presses once it is lifted.
func (p *Page) Finger(glass bool, text ...string) Finger {
	p.t.Helper()
	words := quote(slices.Concat(p.within, text))
	p.Wait(fmt.Sprintf("waiting for control %q, in reach", text), fmt.Sprintf(`(() => { %s; return steady(reach(find("control", %s))) })()`, findJS, words))
	at := Run[[]float64](p, fmt.Sprintf(`(() => { %s; return reach(find("control", %s)) })()`, findJS, words))
	down, up := mouse(at, input.DispatchMouseEventTypeMousePressed), mouse(at, input.DispatchMouseEventTypeMouseReleased)
	if glass {
		down, up = touch(input.DispatchTouchEventTypeTouchStart, &input.TouchPoint{X: at[0], Y: at[1]}), touch(input.DispatchTouchEventTypeTouchEnd)
	}
	p.do(down)
	return Finger{page: p, up: up}
}

// Lift lifts the finger where it lies, whatever lies under it now.
func (f Finger) Lift() { f.page.t.Helper(); f.page.do(f.up) }

func mouse(at []float64, what input.DispatchMouseEventType) c.Action[c.Void] {
	return c.Func(func(ctx context.Context, target *c.Target) error {
		_, err := cdp.Call(ctx, target, input.DispatchMouseEvent, input.DispatchMouseEventParams{
			Type: what, X: at[0], Y: at[1], Button: input.MouseButtonLeft, ClickCount: 1,
		})
		return err
	})
}

func touch(what input.DispatchTouchEventType, points ...*input.TouchPoint) c.Action[c.Void] {
	return c.Func(func(ctx context.Context, target *c.Target) error {
		_, err := cdp.Call(ctx, target, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: what, TouchPoints: append([]*input.TouchPoint{}, points...)})
		return err
	})
}
