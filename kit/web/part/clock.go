package part

import (
	"fmt"
	"strconv"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Clock is how long something takes, "2:10", and in words by how much it is longer
// than limit minutes; 0 is no limit. Where it runs the browser winds it on.
func Clock(l Words, spent time.Duration, limit int, runs bool) g.Node {
	seconds := int(spent / time.Second)
	over := time.Duration(0)
	if limit > 0 {
		over = spent - time.Duration(limit)*time.Minute
	}
	words := ""
	switch {
	case over >= time.Minute:
		words = l.T("part.clock.over", "Minutes", int(over/time.Minute))
	case over > 0:
		words = l.T("part.clock.due")
	}
	var at g.Node
	if runs {
		at = h.Data("spent", strconv.Itoa(seconds))
	}
	return clock(l, limit, at, fmt.Sprintf("%d:%02d", seconds/60, seconds%60), words)
}

// ClockSince is the clock of something that began at a moment, in milliseconds since
// 1970, for a page that is drawn once for everybody: the browser writes all of it.
func ClockSince(l Words, since int64, limit int) g.Node {
	return clock(l, limit, h.Data("since", strconv.FormatInt(since, 10)), "", "")
}

func clock(l Words, limit int, at g.Node, reading, words string) g.Node {
	return h.Span(class("clock"),
		h.Span(class("num"), at, g.If(limit > 0, h.Data("limit", strconv.Itoa(limit))), g.Text(reading)),
		g.If(limit > 0, g.Group{
			h.Span(class("num muted"), g.Text(fmt.Sprintf(" / %d:00 ", limit))),
			h.B(class("over"), h.Data("due", l.T("part.clock.due")), h.Data("over", l.T("part.clock.over", "Minutes", "{n}")), g.Text(words)),
		}))
}
