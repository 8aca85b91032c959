package pilot

import (
	"fmt"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// appraisal is the agenda with how each item stands and what was said of it: to be judged
// by an appraiser, answered by the host, read by the committee.
func (v fileView) appraisal() g.Node {
	if len(v.Items) == 0 || !v.Reads() && !v.Invited && !v.Keeps {
		return nil
	}
	l, f := v.l, v.form("appraisal")
	agreed, of := v.Count()
	head := part.CardHead(l.T("pilot.contents"), g.If(v.Round > 0, part.Tag(part.Plain, l.T("pilot.round", "Round", v.Round))))
	note := g.If(v.Round > 0, part.Muted(g.Text(l.T("pilot.agreed", "Agreed", agreed, "Of", of))))
	url, send := v.sending()
	if url == "" {
		return part.Card(h.ID("contents"), head, note, part.List(v.items(f, nil)))
	}
	return part.Card(h.ID("contents"), head, note, part.Post(url, part.Guard(), f.Summary(l), part.List(v.items(f, v.fields)), send))
}

// sending says where the form of the reader goes and with which buttons; empty where the
// reader has nothing to send.
func (v fileView) sending() (url string, send g.Node) {
	l := v.l
	switch {
	case v.Appraises && v.ahead(Appraising, Changing) && v.open() > 0:
		return v.Path() + "/appraise", part.Actions(part.Button(l.T("pilot.appraise.send"), part.Primary),
			part.Button(l.T("pilot.appraise.rest"), h.Name("rest"), h.Value("agreed")))
	case v.Hosts && v.ahead(Preparing):
		return v.Path() + "/submit", part.Actions(part.Button(l.T("pilot.submit.first"), part.Primary, part.IconUp))
	case v.Hosts && v.ahead(Changing):
		return v.Path() + "/submit", g.Group{
			part.Note(part.Info, g.Text(l.T("pilot.submit.help"))),
			part.Actions(part.Button(l.T("pilot.submit.again"), part.Primary, part.IconUp), part.LinkButton(v.Meeting.Path(), l.T("pilot.submit.edit"))),
		}
	}
	return "", nil
}

// mine returns how an item stands with the reader.
func (v fileView) mine(i Item) Standing { return standingWith(v.reader, Wording(i.Item), i.Words) }

// open counts the items of which the reader has still to say something.
func (v fileView) open() int {
	n := 0
	for _, i := range v.Items {
		if s := v.mine(i); s == Waiting || s == Answered {
			n++
		}
	}
	return n
}

// items draws the agenda; fields draws what the reader fills in of an item.
func (v fileView) items(f web.Form, fields func(web.Form, int, Item) g.Node) g.Node {
	var out g.Group
	for n, i := range v.Items {
		small := []string{v.l.T("pilot.minutes", "Minutes", i.Minutes)}
		if name := v.Names[i.Presenter]; name != "" {
			small = append(small, name)
		}
		var tag g.Node
		if v.Round > 0 {
			tag = standingTag(v.l, i.Standing)
		}
		line := g.Group{h.B(g.Text(fmt.Sprintf("%d. %s", n+1, i.Title))), g.Text(" "), tag, h.Br(), h.Small(g.Text(strings.Join(small, " · ")))}
		if v.Reads() && i.Note != "" {
			line = append(line, h.P(g.Text(i.Note)))
		}
		if v.Reads() {
			line = append(line, v.thread(i))
		}
		if fields != nil {
			line = append(line, fields(f, n+1, i))
		}
		out = append(out, part.Item(part.Grow(line)))
	}
	return out
}

// thread is what was said of an item, in the order of time.
func (v fileView) thread(i Item) g.Node {
	var out g.Group
	for _, w := range i.Words {
		if w.Kind == Agree && w.Text == "" {
			continue // the tag says it
		}
		out = append(out, h.P(h.Small(h.B(g.Text(v.Names[w.SaidBy])), g.Text(" · "+v.l.Of("pilot.word", string(w.Kind))+" · "+v.l.T("pilot.round", "Round", w.Round))), h.Br(), g.Text(w.Text)))
	}
	return out
}

// fields are what an appraiser or the host fills in of an item.
func (v fileView) fields(f web.Form, n int, i Item) g.Node {
	l := v.l
	switch {
	case v.Hosts && v.Stage == Changing && i.Standing == ToChange && !v.Appraises:
		return f.Textarea(textField+i.ID, l.T("pilot.answer"), part.Required, h.Rows("2"))
	case v.Appraises && v.Stage != Preparing && (v.mine(i) == Waiting || v.mine(i) == Answered):
		options := []part.Option{{Value: string(Agree), Text: l.Of("pilot.word", string(Agree))}, {Value: string(Change), Text: l.Of("pilot.word", string(Change))}}
		return g.Group{
			f.Radios(verdictField+i.ID, l.T("pilot.verdict", "Number", n), options, part.Line),
			f.Input(textField+i.ID, l.T("pilot.change")),
		}
	}
	return nil
}

func standingTag(l locale.L, s Standing) g.Node {
	kind := map[Standing]part.Kind{Waiting: part.Plain, ToChange: part.Warn, Answered: part.Info, Agreed: part.OK}[s]
	return part.Tag(kind, l.Of("pilot.standing", string(s)))
}
