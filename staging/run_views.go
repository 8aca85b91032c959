package staging

import (
	"fmt"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
)

// runView are the approved cards, large, for the hand of the master of ceremonies. Without
// script they stand one under the other.
type runView struct {
	Sheet

	l locale.L
}

func (v runView) body() g.Node {
	l := v.l
	starts, _ := v.Approved.Starts(v.At.StartsAt)
	var cards g.Group
	for i, k := range v.Approved {
		next := l.T("staging.run.last")
		if i+1 < len(v.Approved) {
			n := v.Approved[i+1]
			next = l.T("staging.run.next_is", "Title", n.Title)
			if n.Speaker != "" {
				next += " – " + n.Speaker
			}
		}
		cards = append(cards, h.Section(h.Class("cue"), h.Data("minutes", strconv.Itoa(k.Minutes)), h.Aria("label", k.Title),
			h.P(h.Class("cue-at"), g.Text(fmt.Sprintf("%d/%d · ", i+1, len(v.Approved))), part.Number(starts[i].HHMM()), g.Text(" · "+l.T("staging.card.minutes", "N", k.Minutes))),
			h.H2(g.Text(k.Title)),
			g.If(k.Speaker != "", h.P(h.Class("cue-speaker"), g.Text(k.Speaker))),
			g.Map(strings.Split(k.Words, "\n"), func(s string) g.Node { return h.P(h.Class("cue-words"), g.Text(s)) }),
			h.P(h.Class("cue-next"), g.Text(next))))
	}
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("cues.css"))),
		h.Div(h.ID("cues"), h.Class("cues"), h.Data("cues", v.Path()+"/run"), h.Data("version", strconv.Itoa(v.Version)),
			h.Header(h.Class("cues-head"), part.LinkButton(v.Path(), l.T("staging.run.back"), part.Small, part.IconLeft),
				h.H1(g.Text(v.At.Title)), part.PrintButton(l.T("staging.print"), part.Small)),
			v.behind(), cards, v.foot()),
		h.Script(h.Src(assets.URL("cues.js")), h.Type("module")),
	}
}

// behind says what was changed since these cards were approved.
func (v runView) behind() g.Node {
	if len(v.Changes) == 0 {
		return nil
	}
	titles := make([]string, len(v.Changes))
	for i, k := range v.Changes {
		titles[i] = k.Title
	}
	return h.Div(h.Class("no-print"), part.Note(part.Warn, g.Text(v.l.T("staging.run.behind", "When", v.l.Moment(v.ApprovedAt), "Titles", strings.Join(titles, "; ")))))
}

// foot are the clock and the large buttons, for browsers that run the cards.
func (v runView) foot() g.Node {
	l := v.l
	return h.Footer(h.Class("cues-foot"), g.Attr("hidden"),
		h.P(h.ID("cues-clock"), h.Class("num"), h.Data("plan", l.T("staging.run.plan")), h.Data("over", l.T("staging.run.over")), h.Data("behind", l.T("staging.run.late"))),
		h.P(h.ID("cues-said"), h.Class("said"), h.Role("status")),
		part.Button(l.T("staging.run.start"), part.Primary, part.IconPlay, h.Type("button"), h.ID("cues-start")),
		part.Button(l.T("staging.run.previous"), part.IconLeft, h.Type("button"), h.ID("cues-previous"), g.Attr("data-key", "ArrowLeft")),
		part.Button(l.T("staging.run.next"), part.Primary, part.IconRight, h.Type("button"), h.ID("cues-next"), g.Attr("data-key", "ArrowRight")))
}
