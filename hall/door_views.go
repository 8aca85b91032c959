package hall

import (
	"fmt"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// doorView is the door as those see it who hold the meeting.
type doorView struct {
	locale.L
	m      meeting.Meeting
	e      Entrance
	there  bool // a door was made
	now    when.Instant
	base   string
	cameBy map[proceedings.Via]int
	form   web.Form
}

func (v doorView) page() web.Page {
	return web.Page{
		Title: v.T("hall.title"), Lead: v.T("hall.door.lead"), Section: "meetings",
		Crumbs: []web.Crumb{{Text: v.m.Title, URL: v.m.Path()}, {Text: v.T("hall.door.room"), URL: "/rooms/" + v.m.ID}},
		Body:   part.Cols(part.Stack(v.state(), v.ways()), part.Stack(v.latecomers(), v.numbers(), v.words())),
	}
}

// state says whether people can come in now.
func (v doorView) state() g.Node {
	if v.m.State.Reached(meeting.Closed) {
		return part.Note(part.Plain, g.Text(v.T("hall.problem.over")))
	}
	if !v.there {
		return part.Note(part.Plain, g.Text(v.T("hall.door.none")))
	}
	err := v.e.Ajar(v.now)
	if err == nil {
		return part.Note(part.OK, h.B(g.Text(v.T("hall.door.is_open"))), h.Br(), g.Text(v.T("hall.door.is_open_until")))
	}
	if v.e.ShutAt.IsZero() && v.now < v.e.OpensAt() {
		return part.Note(part.Info, h.B(g.Text(v.T("hall.door.waits", "Time", v.Moment(v.e.OpensAt())))))
	}
	return part.Note(part.Warn, g.Text(v.T(fault.Of(err).Key)))
}

// ways is the form that opens the door.
func (v doorView) ways() g.Node {
	if v.m.State.Reached(meeting.Closed) {
		return nil
	}
	open := v.there && v.e.ShutAt.IsZero()
	button := v.T("hall.door.open")
	if open {
		button = v.T("hall.door.save")
	}
	return part.Card(part.CardHead(v.T("hall.door.ways")),
		part.Post(doorPath(v.m.ID),
			v.form.Summary(v.L),
			v.form.Check("projector", v.T("hall.door.projector"), part.Help(v.T("hall.door.projector_help"))),
			v.form.Check("poster", v.T("hall.door.poster"), part.Help(v.T("hall.door.poster_help"))),
			v.form.Check("shared", v.T("hall.door.shared"), part.Help(v.T("hall.door.shared_help"))),
			part.Actions(part.Button(button, part.Primary))),
		g.If(open, part.Beside(
			g.If(v.e.Projector, part.LinkButton("/screens/"+v.m.ID, v.T("hall.door.to_projector"), part.IconScreen, h.Target("_blank"))),
			g.If(v.e.Poster, part.LinkButton(doorPath(v.m.ID)+"/poster", v.T("hall.poster.print"), part.IconPrinter)))),
		g.If(open, part.PostButton(doorPath(v.m.ID)+"/shut", v.T("hall.door.shut"), part.IconLock,
			part.Confirm(v.L, v.T("hall.door.shut_ask"), v.T("hall.door.shut")))))
}

// latecomers is the code for those who come after the opening, when the projector shows
// what is discussed: on the device of those who hold the meeting. It asks for the next
// one twice in a window.
func (v doorView) latecomers() g.Node {
	if !v.there || !v.e.Projector || v.m.State != meeting.Open || v.e.Ajar(v.now) != nil {
		return nil
	}
	code := v.e.CodeAt(proceedings.Self, v.now)
	return part.Card(h.ID("door-now"), part.Swap(doorPath(v.m.ID), "#door-now"), part.On("every 15s"), part.SwapOuter(),
		part.CardHead(v.T("hall.door.latecomers")),
		part.Beside(part.QR(v.base+"/vao/"+code.Token, v.T("hall.qr")), part.Big(code.Grouped())),
		part.Muted(g.Text(v.T("hall.door.latecomers_how", "Site", short(v.base)+"/vao"))))
}

// numbers say who came by which way.
func (v doorView) numbers() g.Node {
	return part.Card(part.CardHead(v.T("hall.door.numbers")), part.List(g.Map(proceedings.Vias, func(via proceedings.Via) g.Node {
		name := string(via)
		if name == "" {
			name = "secretary"
		}
		return part.Entry(v.Of("room.via", name), "", part.Number(fmt.Sprint(v.cameBy[via])))
	})))
}

// words says what this is and is not.
func (v doorView) words() g.Node {
	return part.Card(part.CardHead(v.T("hall.door.know")), part.List(
		part.MarkEntry(part.OK, "", v.T("hall.door.know.free"), ""),
		part.MarkEntry(part.OK, "", v.T("hall.door.know.place"), ""),
		part.MarkEntry(part.Warn, "", v.T("hall.door.know.digits"), ""),
		part.MarkEntry(part.Warn, "", v.T("hall.door.know.look"), ""),
	))
}
