//go:build !js

package minutes

import (
	"net/url"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// anchor is the id of a passage on the page.
func anchor(key string) string { return "w-" + key }

// wordsView shows the minutes passage by passage, each with its field.
func wordsView(l locale.L, d Dossier, f web.Form) g.Node {
	if d.Sealed() {
		return part.Note(part.Info, g.Text(l.T("minutes.words.sealed")))
	}
	var rows []g.Node
	for _, p := range d.Record.Passages {
		if p.Heading != "" && p.Composed == "" {
			rows = append(rows, h.H2(g.Text(p.Heading)))
			continue
		}
		rows = append(rows, passageView(l, d, p, f))
	}
	return part.Card(part.Long, part.Muted(g.Text(l.T("minutes.words.how"))), part.Stack(rows...))
}

func passageView(l locale.L, d Dossier, p Passage, f web.Form) g.Node {
	form := web.Form{Values: url.Values{"text": {p.Text()}}}
	wrong := f.Wrong() && f.Value("passage") == p.Key
	if wrong {
		form = f
	}
	form.ID = anchor(p.Key)
	var tags []g.Node
	switch {
	case p.Stale:
		tags = append(tags, part.Tag(part.Warn, l.T("minutes.words.stale")))
	case p.Worded != "":
		tags = append(tags, part.Tag(part.Info, l.T("minutes.words.worded")))
	}
	edit := part.Post(address(d.Meeting.ID)+"/words", part.Keep(l, "words-"+d.Meeting.ID+"-"+p.Key), form.Summary(l),
		part.HiddenValue("passage", p.Key),
		form.Textarea("text", l.T("minutes.words.text"), h.Rows(strconv.Itoa(rowsFor(p.Text())))),
		part.Actions(part.Button(l.T("minutes.words.save"))))
	facts := g.Group{}
	if p.Worded != "" {
		facts = g.Group{
			part.Note(part.Info, h.P(h.B(g.Text(l.T("minutes.words.facts")))), document.BodyHTML(document.Markdown(p.Composed))),
			part.PostButton(address(d.Meeting.ID)+"/words", l.T("minutes.words.back"), part.Small, part.IconUndo,
				part.HiddenValue("passage", p.Key), part.HiddenValue("text", "")),
		}
	}
	return h.Section(h.ID(anchor(p.Key)), part.Stack(
		h.Div(passageHTML(p)), g.Group(tags),
		part.Details(l.T("minutes.words.edit"), g.If(wrong, g.Attr("open")), edit, facts)))
}

// passageHTML is a passage as it is printed.
func passageHTML(p Passage) g.Node {
	return document.BodyHTML(SealedPassage{Text: p.Text(), Table: p.Table}.blocks())
}

// rowsFor is how high the field of a text is.
func rowsFor(text string) int {
	return min(14, max(3, strings.Count(text, "\n")+len([]rune(text))/70+2))
}

// readView shows the n-th passage of the reading in letters for the whole room.
func readView(l locale.L, d Dossier, n int, f web.Form) g.Node {
	slides := d.Record.slides()
	if len(slides) == 0 {
		return part.Alone(part.Empty(l.T("minutes.read.nothing"), l.T("minutes.read.nothing_why"),
			part.LinkButton(address(d.Meeting.ID), l.T("minutes.read.leave"))))
	}
	n = min(max(n, 1), len(slides))
	s := slides[n-1]
	return part.Alone(
		part.Beside(
			part.Tag(part.Info, l.T("minutes.read.where", "N", n, "Of", len(slides))),
			part.VoiceButton(l, l.T("minutes.read.voice"), "passage", part.Small),
			part.LinkButton(address(d.Meeting.ID), l.T("minutes.read.leave"), part.Small, part.IconClose, h.Data("key", "Escape")),
		),
		part.Meter(l.T("minutes.read.where", "N", n, "Of", len(slides)), part.Share{Kind: part.OK, Percent: 100 * float64(n) / float64(len(slides))}),
		part.Giant(
			g.Map(s.headings, func(t string) g.Node { return h.H2(g.Text(t)) }),
			h.Div(h.ID("passage"), h.Lang("vi"), h.Aria("live", "polite"), passageHTML(s.Passage)),
			objections(l, d, s.Key),
		),
		turning(l, d, n, len(slides)),
		objectForm(l, d, n, s.Key, f),
	)
}

// turning is the line of large buttons under a passage; the arrow keys press
// them.
func turning(l locale.L, d Dossier, n, of int) g.Node {
	var before g.Node = h.Span()
	if n > 1 {
		before = part.LinkButton(readAddress(d.Meeting.ID, n-1), l.T("minutes.read.before"), part.Wide, part.IconLeft, h.Data("key", "ArrowLeft"))
	}
	if n < of {
		return part.Giant(part.Fields(before,
			part.LinkButton(readAddress(d.Meeting.ID, n+1), l.T("minutes.read.next"), part.Primary, part.Wide, part.IconRight, h.Data("key", "ArrowRight"), h.AutoFocus())))
	}
	return part.Giant(part.Fields(before,
		part.PostButton(address(d.Meeting.ID)+"/readback", l.T("minutes.read.finish"), part.Primary, part.Wide, part.IconCheck)))
}

// objections lists what was held against a passage.
func objections(l locale.L, d Dossier, key string) g.Node {
	var rows []g.Node
	for _, o := range d.Record.Objections {
		if o.Passage == key {
			rows = append(rows, part.Note(part.Warn, h.B(g.Text(o.Speaker+": ")), g.Text(o.Text)))
		}
	}
	return g.If(len(rows) > 0, h.Div(h.P(g.Text(l.T("minutes.read.objections"))), g.Group(rows)))
}

func objectForm(l locale.L, d Dossier, n int, key string, f web.Form) g.Node {
	f.ID = "object"
	options := []part.Option{{Text: l.T("minutes.read.choose")}}
	for _, a := range d.speakers {
		options = append(options, part.Option{Value: a.ID, Text: a.Name})
	}
	return part.Details(l.T("minutes.read.object"), g.If(f.Wrong(), g.Attr("open")),
		part.Post(address(d.Meeting.ID)+"/objections?p="+strconv.Itoa(n), part.Keep(l, "objection-"+d.Meeting.ID), f.Summary(l),
			part.HiddenValue("passage", key),
			f.Select("speaker", l.T("minutes.read.speaker"), options),
			f.Textarea("text", l.T("minutes.read.text")),
			part.Actions(part.Button(l.T("minutes.read.note")))))
}
