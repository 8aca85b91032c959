package room

import (
	"fmt"
	"strconv"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/id"
	"chibo/kit/locale"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/proceedings"
)

// screen is the room page: agenda, work and people beside each other, which
// become three tabs on a phone.
type screen struct {
	l      locale.L
	s      proceedings.State
	now    when.Instant
	focus  string // item whose work is shown
	roll   rollView
	may    bool             // the person may hold the meeting; others read along
	duty   proceedings.Duty // of a helper, who may enter some acts
	sealed bool
	// account tells apart what different people leave on one device; device is that
	// device, empty where the server draws.
	account, device string
	writers         map[string]string // names of accounts
	live            bool              // the page may listen for the acts of others
	// earlier is for whoever may hold the meeting, empty for all others.
	earlier proceedings.Earlier
}

// focus is the item whose work is shown: the one asked for, the one that runs, the
// last one that was treated.
func focus(s proceedings.State, asked string) string {
	if _, ok := s.Item(asked); ok {
		return asked
	}
	if i, ok := s.Current(); ok {
		return i.ID
	}
	for n := len(s.Items) - 1; n >= 0; n-- {
		if s.Items[n].Progress == proceedings.Done {
			return s.Items[n].ID
		}
	}
	return ""
}

func (p screen) t(key string, args ...any) string { return p.l.T(key, args...) }

func (p screen) path(rest string) string { return "/rooms/" + p.s.Setup.Meeting + rest }

// holds reports whether the meeting may be held.
func (p screen) holds() bool { return p.may && !p.sealed }

// takes reports whether acts of the kind may be entered now.
func (p screen) takes(k proceedings.ActKind) bool {
	if !p.holds() && (p.sealed || !p.duty.Enters(k)) || p.s.Phase == proceedings.Closed && !p.may {
		return false
	}
	return k.In(p.s.Phase) && p.s.Takes(k)
}

// page is the whole document body; whole is what is fetched again after every
// act.
func (p screen) page() g.Node {
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("room.css"))),
		part.Alone(p.whole(), p.dialogs()),
		h.Script(h.Src(assets.URL("room.js")), h.Type("module")),
	}
}

// frame is the place of the room on the page, with what the script must know.
func (p screen) frame(children ...g.Node) g.Node {
	return h.Div(h.Class("room"), h.ID("room"),
		h.Data("room", p.s.Setup.Meeting), h.Data("account", p.account), h.Data("device", assets.URL("device.wasm")), h.Data("types", types()), h.Data("full", p.t("room.saved.full")), h.Data("wrong", p.l.T("fault.form")), h.Data("blank", p.t("room.problem.blank")), h.Data("number", p.t("room.problem.number")), h.Data("sending", p.t("room.saved.sending")), h.Data("blocked", p.t("room.saved.blocked")), h.Data("phase", string(p.s.Phase)), h.Data("seen", p.seen()), h.Data("duty", string(p.duty)),
		g.If(p.live, h.Data("live", p.path("/live"))),
		g.Group(children), p.nameList())
}

func (p screen) whole() g.Node {
	if p.duty == proceedings.Roll {
		return p.frame(p.head(), p.conflicts(), h.Div(h.Class("room-door"), p.rollCard(), p.guestCard()))
	}
	return p.frame(
		p.head(),
		p.conflicts(),
		p.tabs(),
		h.Div(h.Class("room-cols"),
			h.Section(h.ID("room-agenda"), h.Class("room-col"), h.Aria("label", p.t("room.agenda")), p.agenda()),
			h.Section(h.ID("room-work"), h.Class("room-col"), h.Aria("label", p.t("room.work")), p.work()),
			h.Section(h.ID("room-people"), h.Class("room-col"), h.Aria("label", p.t("room.people")), p.people()),
		),
	)
}

func (p screen) head() g.Node {
	return h.Header(h.Class("room-head"),
		h.Div(h.Class("room-title"),
			part.Beside(p.phase(), p.cell()),
			h.H1(g.Text(p.s.Setup.Title)),
			p.helping(),
			p.times(),
			p.saved(),
		),
		h.Div(h.Class("room-next"), p.next(), p.links()),
	)
}

func (p screen) phase() g.Node {
	switch {
	case p.sealed:
		return part.Tag(part.OK, p.t("room.phase.sealed"))
	case p.s.Phase == proceedings.Open:
		return part.Tag(part.Bad, p.t("room.phase.open", "Minutes", minutes(p.s.Lasted(p.now))))
	case p.s.Phase == proceedings.Closed:
		return part.Tag(part.OK, p.t("room.phase.closed", "Minutes", minutes(p.s.Lasted(p.now))))
	}
	return part.Tag(part.Info, p.t("room.phase.waiting", "Time", p.l.Moment(p.s.Setup.StartsAt)))
}

// times says both times of a meeting that was typed in from paper.
func (p screen) times() g.Node {
	o := p.s.Opening
	if !o.Paper {
		return nil
	}
	return part.Note(part.Info, g.Text(p.t("room.paper.both", "Began", p.l.Moment(o.Began), "Entered", p.l.Moment(o.At))))
}

// saved are the two honest lines: what this device has written down, and what the
// server has. Without a script only the second is known.
func (p screen) saved() g.Node {
	server := p.t("room.saved.nothing")
	if last := p.s.Received(); last > 0 {
		server = p.t("room.saved.server", "Time", last.HHMM())
	}
	return g.Group{
		h.P(h.ID("room-saved"), h.Class("room-saved"), h.Role("status"), g.Attr("hx-morph-skip"),
			h.Data("here", p.t("room.saved.here", "Time", "{time}")), h.Data("there", p.t("room.saved.server", "Time", "{time}")),
			h.Data("waiting", p.t("room.saved.waiting", "Number", "{n}")), h.Data("offline", p.t("room.saved.offline")),
			h.Span(h.Class("here")), h.Span(h.Class("there"), g.Text(server)), h.Span(h.Class("waiting"))),
		h.Section(h.ID("room-refused"), h.Class("card bad"), g.Attr("hidden"), g.Attr("hx-morph-skip"), h.Role("alert"),
			h.Data("again", p.t("room.refused.again")), h.Data("drop", p.t("room.refused.drop")),
			h.H2(g.Text(p.t("room.refused.title"))), h.Ul(h.Class("list"))),
	}
}

// next is the one thing to press when the meeting goes on.
func (p screen) next() g.Node {
	if !p.takes(proceedings.KindItemStart) || p.s.Phase != proceedings.Open {
		return nil
	}
	if i, ok := p.s.Next(); ok {
		return p.key(proceedings.KindItemStart, p.t("room.next", "Title", short(i.Title, 60)), "item", i.ID, part.Primary, part.IconRight)
	}
	if i, ok := p.s.Current(); ok {
		return p.key(proceedings.KindItemFinish, p.t("room.finish", "Title", short(i.Title, 60)), "item", i.ID, part.Primary, part.IconCheck)
	}
	if !p.holds() {
		return nil
	}
	return part.LinkButton("#room-close", p.t("room.to_close"), part.Primary, part.IconRight)
}

// links lead to what belongs to the meeting. For a helper there is the room alone.
func (p screen) links() g.Node {
	if p.duty != "" {
		return nil
	}
	return part.Beside(
		g.If(p.s.Phase != proceedings.Waiting, part.LinkButton("/meetings/"+p.s.Setup.Meeting+"/minutes", p.t("room.minutes"), part.Small, part.IconPaper)),
		g.If(p.may, part.LinkButton(p.path("/paper"), p.t("room.paper.sheet"), part.Small, part.IconPrinter)),
		g.If(!p.sealed, part.LinkButton("/screens/"+p.s.Setup.Meeting, p.t("room.projector"), part.Small, part.IconScreen, h.Target("_blank"))),
		g.If(p.holds() && p.s.Phase != proceedings.Closed, part.LinkButton(p.path("/helpers"), p.t("room.helper.invite"), part.Small, part.IconPhone)),
		part.LinkButton(p.path("/log"), p.t("room.log"), part.Small, part.IconNotebook),
	)
}

// tabs are the three places on a phone. They lead to the columns also without a
// script.
func (p screen) tabs() g.Node {
	t := p.s.Tally()
	tab := func(name, text, count string, icon part.Icon) g.Node {
		return h.A(h.Href("#room-"+name), h.Data("tab", name), icon, h.Span(g.Text(text)), part.Number(count))
	}
	return h.Nav(h.Class("tabs room-tabs"), h.Aria("label", p.t("room.tabs")),
		tab("agenda", p.t("room.agenda"), fmt.Sprintf("%d/%d", p.over(), len(p.s.Items)), part.IconPaper),
		tab("work", p.t("room.work"), strconv.Itoa(len(p.s.Opinions)), part.IconSpeech),
		tab("people", p.t("room.people"), fmt.Sprintf("%d/%d", t.Here, t.Listed), part.IconPeople),
	)
}

func (p screen) over() int {
	n := 0
	for _, i := range p.s.Items {
		if i.Progress == proceedings.Done || i.Progress == proceedings.Skipped {
			n++
		}
	}
	return n
}

// dialogs holds the window that asks to sign in again when a session has ended in
// the middle of an evening.
func (p screen) dialogs() g.Node {
	if p.duty != "" {
		return p.goneDialog()
	}
	f := part.Form{ID: "again"}
	return part.Dialog(p.l, "room-sign-in", p.t("room.sign_in.title"),
		h.P(g.Text(p.t("room.sign_in.text"))),
		h.P(h.Class("problem"), g.Attr("hidden"), h.Role("alert"), h.Data("wrong", p.t("room.sign_in.wrong"))),
		part.Post("/sign-in",
			f.Input("name", p.t("room.sign_in.name"), h.AutoComplete("username")),
			f.Password(p.l, "password", p.t("room.sign_in.password"), "current-password"),
			part.Actions(part.Button(p.t("room.sign_in.button"), part.Primary))))
}

// form is one form of the room: its act is made of its fields. What is typed is
// kept on the device under the kind and what the form is about.
func (p screen) form(k proceedings.ActKind, about string, children ...g.Node) g.Node {
	keep := part.Keep(p.l, "room:"+p.s.Setup.Meeting+":"+string(k)+":"+about)
	return part.Post(p.path("/form/"+string(k)), append([]g.Node{keep, press(), p.upTo()}, children...)...)
}

// press is the id of the act that a form will make, so that pressing twice makes
// one act.
func press() g.Node { return part.HiddenValue("act", id.New()) }

// upTo says in a form what whoever fills it in could know.
func (p screen) upTo() g.Node { return part.HiddenValue("seen", p.seen()) }

// seen is the number up to which all acts are shown.
func (p screen) seen() string { return strconv.FormatInt(p.s.Head(), 10) }

// key is a form of one button.
func (p screen) key(k proceedings.ActKind, text, field, value string, looks ...g.Node) g.Node {
	return part.PostButton(p.path("/form/"+string(k)), text, append(looks, press(), p.upTo(), part.HiddenValue(field, value))...)
}

// write is a form with the fields of its kind.
func (p screen) write(k proceedings.ActKind, about, button string, f part.Form) g.Node {
	w := writer{l: p.l, s: p.s, f: f}
	return p.form(k, about, w.fields(k), part.Actions(part.Button(button, part.IconCheck)))
}

// more hides a form that is not always needed under its name.
func (p screen) more(k proceedings.ActKind, about, title, button string, f part.Form) g.Node {
	if !p.takes(k) {
		return nil
	}
	return part.Details(title, h.ID("more-"+f.ID), p.write(k, about, button, f))
}

// mend leads to the page on which an entry is corrected.
func (p screen) mend(e proceedings.Entry) g.Node {
	if e.Act == "" || !p.mends(e.By) {
		return nil
	}
	return h.A(h.Class("room-mend"), h.Href(p.path("/acts/"+e.Act)), g.Text(p.t("room.mend")))
}

// mends reports whether the person may correct what by has entered: a helper their own
// slips.
func (p screen) mends(by string) bool {
	return p.holds() || p.duty != "" && !p.sealed && p.s.Phase != proceedings.Closed && by == p.account
}

// stamp says when something was entered, and that it was corrected since.
func (p screen) stamp(e proceedings.Entry) g.Node {
	if e.Act == "" {
		return nil
	}
	text := e.At.HHMM()
	if !e.Corrected.IsZero() {
		text = p.t("room.corrected", "Time", text, "Corrected", e.Corrected.HHMM())
	}
	return h.Span(h.Class("muted num"), g.Text(text))
}

func minutes(d time.Duration) int { return int(d / time.Minute) }
