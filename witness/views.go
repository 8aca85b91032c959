package witness

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/head"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// indexView is the page of the heads.
type indexView struct {
	l      locale.L
	now    when.Instant
	lines  []Line
	copy   *Copy
	key    shownKey
	asked  web.Form // the head that was brought
	answer *Answer
	of     string   // unit whose settlement was refused
	form   web.Form // its form
}

func (v indexView) body() g.Node {
	l := v.l
	return part.Cols(
		part.Stack(v.warning(), v.list(), v.copied()),
		part.Stack(v.compare(),
			part.Card(part.CardHead(l.T("witness.keep.title"), part.IconDownload), h.P(g.Text(l.T("witness.keep.text"))),
				part.Actions(part.LinkButton("/heads/file.txt", l.T("witness.keep.file"), part.IconDownload), part.PrintButton(l.T("witness.keep.print")))),
			keyCard(l, v.key)))
}

// warning stands above everything when a chain does not agree.
func (v indexView) warning() g.Node {
	wrong := countWrong(v.lines)
	if wrong == 0 {
		return nil
	}
	return part.Note(part.Bad, h.P(h.Role("alert"), h.B(g.Text(v.l.T("witness.wrong.title", "Count", wrong)))), h.P(g.Text(v.l.T("witness.wrong.text"))))
}

// warning is the same for the home page.
func warning(l locale.L, wrong int) g.Node {
	return g.Group{
		h.P(h.Role("alert"), h.B(g.Text(l.T("witness.wrong.title", "Count", wrong)))),
		part.Actions(part.LinkButton("/heads", l.T("witness.open"), part.IconLock)),
	}
}

func countWrong(lines []Line) (n int) {
	for _, line := range lines {
		if line.Wrong() {
			n++
		}
	}
	return n
}

// copied says when the data was last copied.
func (v indexView) copied() g.Node {
	if v.copy == nil {
		return nil
	}
	kind := part.OK
	if v.copy.Late(v.now) {
		kind = part.Warn
	}
	return part.Card(part.CardHead(v.l.T("witness.copy.title"), part.Tag(kind, copied(v.l, *v.copy))), part.Muted(g.Text(v.l.T("witness.copy.text"))))
}

func copied(l locale.L, c Copy) string {
	if c.At.IsZero() {
		return l.T("witness.copy.none")
	}
	return l.T("witness.copy.last", "At", l.Moment(c.At))
}

func (v indexView) list() g.Node {
	if len(v.lines) == 0 {
		return part.Card(part.Empty(v.l.T("witness.none.title"), v.l.T("witness.none.text")))
	}
	var items g.Group
	for _, line := range v.lines {
		items = append(items, v.line(line))
	}
	return part.Card(part.CardHead(v.l.T("witness.units")), part.List(items))
}

var kindOf = map[State]part.Kind{Agrees: part.OK, Behind: part.Bad, Other: part.Bad, Forged: part.Bad, Alien: part.Bad}

func (v indexView) line(x Line) g.Node {
	l := v.l
	small := l.T("witness.end", "Number", l.Number(int(x.Last)))
	tag := part.Tag(part.Info, l.T("witness.new"))
	if !x.Kept.ToldAt.IsZero() {
		small += " · " + l.T("witness.kept", "Keeper", x.Keeper, "Number", l.Number(int(x.Kept.Seq)), "At", l.Moment(x.Kept.SignedAt))
		tag = part.Tag(kindOf[x.State], l.Of("witness.state", string(x.State)))
	}
	if !x.Wrong() {
		return part.Item(part.Grow(h.B(g.Text(x.Name)), h.Small(g.Text(small)), h.Small(tag)))
	}
	return part.Item(part.Grow(h.B(g.Text(x.Name)), h.Small(g.Text(small)), h.Small(tag), h.P(g.Text(l.Of("witness.why", string(x.State)))), v.keys(x.State, x.Kept.Key), v.settling(x)))
}

// keys sets the key of a head that another key has signed beside the one that signs now, one
// below the other, so that people see with their own eyes that they differ.
func (v indexView) keys(s State, key string) g.Node {
	if s != Alien {
		return nil
	}
	line := func(what, key string) g.Node {
		return h.P(g.Text(v.l.T(what)+":"), h.Br(), h.B(part.Number(head.Short(key))))
	}
	return g.Group{line("witness.key.on_head", key), line("witness.key.now", v.key.public)}
}

// settling asks the committee above for the reason.
func (v indexView) settling(x Line) g.Node {
	l, f := v.l, web.Form{}
	if !x.MaySettle {
		return part.Muted(g.Text(l.T("witness.settle.whom", "Keeper", x.Keeper)))
	}
	if v.of == x.ID {
		f = v.form
	}
	f.ID = x.ID
	return part.Post("/heads/"+x.ID+"/settle", f.Summary(l),
		f.Textarea("reason", l.T("witness.settle.reason"), h.Required()), part.Muted(g.Text(l.T("witness.settle.text"))),
		part.Actions(part.Button(l.T("witness.settle.do"), part.IconCheck)))
}

// compare is the field for a head from a paper, and its answer.
func (v indexView) compare() g.Node {
	l := v.l
	return part.Card(part.CardHead(l.T("witness.compare.title"), part.IconSearch), h.P(g.Text(l.T("witness.compare.text"))),
		part.Ask("/heads", v.asked.Summary(l), v.asked.Textarea("head", l.T("witness.compare.field"), g.Attr("autocapitalize", "characters"), g.Attr("spellcheck", "false")),
			part.Actions(part.Button(l.T("witness.compare.do"), part.Primary, part.IconSearch))),
		v.answered())
}

func (v indexView) answered() g.Node {
	if v.answer == nil {
		return nil
	}
	l, a := v.l, *v.answer
	return part.Note(kindOf[a.State],
		h.P(h.Role("status"), h.B(g.Text(a.Name+": "+l.Of("witness.state", string(a.State))))),
		h.P(g.Text(l.T("witness.compare.of", "Number", l.Number(int(a.Head.Seq)), "At", l.Moment(a.Head.At), "Key", head.Short(a.Head.Key)))),
		h.P(g.Text(l.Of("witness.why", string(a.State)))), v.keys(a.State, a.Head.Key))
}

// keyCard shows the public key by which heads are signed, and those that signed before it.
func keyCard(l locale.L, key shownKey) g.Node {
	return part.Card(part.CardHead(l.T("witness.key.title"), part.IconKey),
		h.P(h.B(part.Number(head.Short(key.public)))), part.Muted(g.Text(l.T("witness.key.text"))), part.QR(key.public, l.T("witness.key.title")),
		part.Details(l.T("witness.key.whole"), h.P(h.Code(g.Text(key.public)))),
		g.If(len(key.before) > 0, part.Details(l.T("witness.key.before"), part.Muted(g.Text(l.T("witness.key.followed"))), g.Map(key.before, func(i head.Introduction) g.Node {
			return g.Group{h.P(g.Text(l.T("witness.key.until", "Key", head.Short(i.Old), "At", l.Moment(i.At)))), h.P(h.Code(g.Text(i.Text())))}
		}))))
}

// keyView is the public page of the key.
func keyView(l locale.L, key shownKey) g.Node {
	return part.Alone(part.Small, h.H1(g.Text(l.T("witness.key.title"))), keyCard(l, key))
}
