package notebook

import (
	"slices"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// lockView is the lock of the private notes, wherever it stands.
type lockView struct {
	L    locale.L
	Lock Lock
	Form web.Form // that was refused
	Next string   // page to which the lock leads
}

// form returns the form of the id: as it was refused, else empty.
func (v lockView) form(id string) web.Form {
	if v.Form.ID == id {
		return v.Form
	}
	return web.Form{ID: id}
}

// card says how the notes stand and offers the way in.
func (v lockView) card() g.Node {
	l := v.L
	switch v.Lock {
	case Unmade:
		f := v.form("make")
		return part.Card(part.CardHead(l.T("notebook.lock.unmade"), part.IconLock), h.P(g.Text(l.T("notebook.lock.unmade_text"))),
			part.Post("/notebook/lock", f.Summary(l), part.HiddenValue("next", v.Next), v.password(f),
				part.Button(l.T("notebook.lock.make"), part.Primary, part.IconLock)))
	case Shut:
		f := v.form("open")
		return part.Card(part.CardHead(l.T("notebook.lock.shut"), part.IconLock), h.P(g.Text(l.T("notebook.lock.shut_text"))),
			part.Post("/notebook/lock/open", f.Summary(l), part.HiddenValue("next", v.Next), v.password(f),
				part.Button(l.T("notebook.lock.open"), part.Primary, part.IconLock)))
	case Reset:
		f := v.form("recover")
		return part.Card(part.CardHead(l.T("notebook.lock.reset"), part.IconLock),
			part.Note(part.Warn, g.Text(l.T("notebook.lock.reset_text"))),
			part.Post("/notebook/lock/recover", f.Summary(l), part.HiddenValue("next", v.Next),
				f.Password(l, "secret_password", l.T("notebook.lock.secret"), "off", part.Help(l.T("notebook.lock.secret_help")), part.Required),
				v.password(f),
				part.Button(l.T("notebook.lock.recover"), part.Primary, part.IconLock)),
			v.forget())
	case Opened:
	}
	return nil
}

func (v lockView) password(f web.Form) g.Node {
	return f.Password(v.L, "password", v.L.T("notebook.lock.password"), "current-password", part.Required)
}

// keeping is what may be done with an open lock.
func (v lockView) keeping() g.Node {
	l, f := v.L, v.form("words")
	return part.Card(part.CardHead(l.T("notebook.lock.title"), part.IconLock), part.Muted(g.Text(l.T("notebook.lock.text"))),
		part.Details(l.T("notebook.lock.reword"), g.If(f.Wrong(), g.Attr("open")), h.P(g.Text(l.T("notebook.lock.reword_text"))),
			part.Post("/notebook/lock/words", f.Summary(l), v.password(f), part.Button(l.T("notebook.lock.reword")))),
		v.forget())
}

// forget deletes the lock with all notes.
func (v lockView) forget() g.Node {
	l, f := v.L, v.form("forget")
	return part.Details(l.T("notebook.lock.forget"), g.If(f.Wrong(), g.Attr("open")), h.P(g.Text(l.T("notebook.lock.forget_text"))),
		part.Post("/notebook/lock/forget", f.Summary(l), v.password(f), part.Button(l.T("notebook.lock.forget"), part.Danger, part.IconTrash),
			part.Confirm(l, l.T("notebook.lock.forget_ask"), l.T("notebook.lock.forget"))))
}

// wordsBody shows recovery words, once.
func wordsBody(l locale.L, words, next string) g.Node {
	var rows []part.Row
	for row := range slices.Chunk(strings.Fields(words), 3) {
		cells := make(part.Row, len(row))
		for i, w := range row {
			cells[i] = g.Group{part.Muted(g.Text(strconv.Itoa(3*len(rows) + i + 1))), part.Big(w)}
		}
		rows = append(rows, cells)
	}
	return part.Stack(
		part.Note(part.Warn, g.Text(l.T("notebook.words.text"))),
		part.Sheet(part.Card(part.CardHead(l.T("notebook.words.head")), part.WideTable(l.T("notebook.words.head"), part.Heads("", "", ""), rows...))),
		part.NoPrint(part.Actions(part.PrintButton(l.T("notebook.words.print")), part.LinkButton(next, l.T("notebook.words.done"), part.Primary))),
	)
}
