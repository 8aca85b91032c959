package meeting

import (
	"fmt"
	"slices"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web/part"
	"chibo/notice"
)

// answers is the card of who comes and who asks to be excused.
func (v meetingView) answers() g.Node {
	if v.Meeting.State == Draft {
		return nil
	}
	l := v.L
	coming, lines := 0, g.Group{}
	for _, r := range v.Answers {
		if r.Reply == Coming {
			coming++
			continue
		}
		aside := replyTag(l, r)
		if !r.Excused() && v.Meeting.Editable() {
			aside = part.PostButton(v.url("/answers/"+r.Member+"/acknowledge"), l.T("meeting.answer.acknowledge"), part.Small, part.IconCheck,
				h.Aria("label", l.T("meeting.answer.acknowledge_who", "Name", v.Names[r.Member])))
		}
		lines = append(lines, part.Item(part.Avatar(v.Names[r.Member]), part.Grow(
			h.B(g.Text(v.Names[r.Member])), h.Small(g.Text(text.Joined(l.Of("meeting.reason", string(r.Reason)), r.Note))), aside)))
	}
	silent := len(v.Audience) - len(v.Answers)
	return part.Card(h.ID("answers"), part.CardHead(l.T("meeting.answers")),
		part.DescriptionList(
			part.Is(l.T("meeting.answer.coming"), part.Number(l.Number(coming))),
			part.Is(l.T("meeting.answer.absent"), part.Number(l.Number(len(lines)))),
			part.Is(l.T("meeting.answer.none"), part.Number(l.Number(max(0, silent)))),
		),
		g.If(len(lines) > 0, part.List(lines...)),
		g.If(v.Meeting.State == Noticed, part.LinkButton(v.url("/told"), l.T("meeting.answer.enter"), part.Small, part.IconPeople)),
	)
}

// toldCard says how many have been told, and links to who.
func (v meetingView) toldCard() g.Node {
	if len(v.Given) == 0 {
		return nil
	}
	l := v.L
	told, all := v.toldOf()
	kind := part.Warn
	if told == all {
		kind = part.OK
	}
	percent := 0.0
	if all > 0 {
		percent = 100 * float64(told) / float64(all)
	}
	text := l.T("meeting.told.count", "Told", told, "All", all)
	return part.Card(part.CardHead(l.T("meeting.told.title"), part.Tag(kind, fmt.Sprintf("%d/%d", told, all))),
		part.Meter(text, part.Share{Kind: part.OK, Percent: percent}), part.Muted(g.Text(text)),
		part.Beside(
			part.LinkButton(v.url("/told"), l.T("meeting.told.who"), part.Small, part.IconPeople),
			part.LinkButton(v.url("/invitation"), l.T("meeting.notice.print"), part.Small, part.IconPrinter),
			part.LinkButton(v.url("/poster"), l.T("meeting.poster"), part.Small, part.IconPaper),
			part.LinkButton(v.url("/notice.docx"), l.T("meeting.notice.docx"), part.Small, part.IconDownload),
			g.If(v.Holds, part.LinkButton("/rooms/"+v.Meeting.ID+"/paper", l.T("meeting.sheet"), part.Small, part.IconPrinter)),
		))
}

// toldOf counts those who were told among those whom the notice is for.
func (v meetingView) toldOf() (told, all int) {
	for _, id := range v.addressees() {
		all++
		if _, ok := v.Told[id]; ok {
			told++
		}
	}
	return told, all
}

func (v meetingView) addressees() []string {
	ids := slices.Clone(v.Followers)
	for _, e := range v.Audience {
		ids = append(ids, e.ID)
	}
	return ids
}

// noticeBody shows what is about to be sent and asks for the reason of a late
// notice.
func (v meetingView) noticeBody(f part.Form, preview g.Node) g.Node {
	l := v.L
	late := Late(v.Now, v.Meeting.StartsAt, v.Settings)
	send := part.Post(v.url("/notice"),
		f.Summary(l),
		part.Muted(g.Text(l.T("meeting.notice.who", "Members", len(v.Audience), "Superiors", len(v.Followers)))),
		g.If(late, f.Textarea("reason", l.T("meeting.notice.late_reason"), part.Required, part.Help(l.T("meeting.notice.late_help")))),
		part.Actions(part.Button(l.T("meeting.notice.do"), part.Primary, part.IconBell), part.LinkButton(v.Meeting.Path(), l.T("meeting.back"))),
	)
	return part.Cols(
		part.Card(part.CardHead(l.T("meeting.notice.preview")), preview),
		part.Stack(part.Card(part.CardHead(l.T("meeting.notice.send")), send), v.guard(), v.checklist()),
	)
}

// moveView is the form of another time or place after the notice.
func moveView(l locale.L, m Meeting, f part.Form) g.Node {
	return part.Card(part.Post(m.Path()+"/move",
		f.Summary(l),
		part.Fields(f.DateTime("starts_at", l.T("meeting.field.starts_at"), part.Required), f.Input("place", l.T("meeting.field.place"), part.Required)),
		f.Textarea("change", l.T("meeting.move.change"), part.Required, part.Help(l.T("meeting.move.change_help"))),
		f.Textarea("reason", l.T("meeting.notice.late_reason"), part.Help(l.T("meeting.move.reason_help"))),
		part.Actions(part.Button(l.T("meeting.move.send"), part.Primary, part.IconBell), part.LinkButton(m.Path(), l.T("meeting.back"))),
	))
}

// toldView is the page of who was told how and who has answered what.
type toldView struct {
	meetingView
	Ticks []notice.Tick
	Form  part.Form
}

func (v toldView) count() string {
	told, all := v.toldOf()
	return v.L.T("meeting.told.count", "Told", told, "All", all)
}

func (v toldView) body() g.Node {
	l := v.L
	columns := part.Heads(l.T("meeting.told.person"), l.T("meeting.told.how"), l.T("meeting.told.answer"))
	var rows []part.Row
	for _, id := range v.Followers {
		rows = append(rows, part.Row{g.Group{h.B(g.Text(v.Names[id])), h.Small(g.Text(l.T("meeting.told.superior")))}, v.ticksOf(id), v.followerReply(id)})
	}
	for _, e := range v.Audience {
		rows = append(rows, part.Row{h.B(g.Text(e.FullName)), v.ticksOf(e.ID), v.answerOf(e.ID)})
	}
	return part.ColsLed(
		g.Group{v.tickCard(), v.guard()},
		part.Card(part.Table(l.T("meeting.told.title"), columns, rows...)),
		v.history(),
	)
}

// ticksOf shows how a person was told; ticks set by hand can be taken back.
func (v toldView) ticksOf(id string) g.Node {
	var out g.Group
	for _, t := range v.Ticks {
		if t.Member != id {
			continue
		}
		name := v.L.Of("meeting.way", string(t.Way))
		line := g.Group{part.Tag(part.OK, "✓ "+name), g.Text(" "), h.Small(g.Text(v.L.Moment(t.At)))}
		if t.Way != notice.App && v.Meeting.Editable() {
			line = append(line, part.PostButton(v.url("/told/"+id+"/undo"), v.L.T("meeting.told.undo"), part.Small, part.Quiet, part.IconUndo, part.HiddenValue("way", string(t.Way))))
		}
		out = append(out, h.Div(line))
	}
	if len(out) == 0 {
		return part.Tag(part.Warn, v.L.T("meeting.told.not_yet"))
	}
	return out
}

func (v toldView) answerOf(id string) g.Node {
	var r Response
	for _, a := range v.Answers {
		if a.Member == id {
			r = a
		}
	}
	stale := r.Reply != "" && r.AnsweredAt < v.Given[len(v.Given)-1].GivenAt
	enter := g.If(v.Meeting.State == Noticed, part.LinkButton(v.url("/answers/"+id), v.L.T("meeting.told.enter"), part.Small, part.IconEdit))
	return part.Beside(replyTag(v.L, r), g.If(stale, part.Tag(part.Warn, v.L.T("meeting.answer.stale"))), enter)
}

func (v toldView) followerReply(id string) g.Node {
	for _, x := range v.Guests {
		if x.Member == id {
			return replyTag(v.L, Response{Reply: x.Reply})
		}
	}
	return replyTag(v.L, Response{})
}

// tickCard ticks several people at once: the usual case is a round of telephone
// calls or a bundle of printed sheets.
func (v toldView) tickCard() g.Node {
	if !v.Meeting.Editable() {
		return nil
	}
	l, f := v.L, v.Form
	ways := make([]part.Option, 0, 3)
	for _, w := range []notice.Way{notice.Person, notice.Phone, notice.Paper} {
		ways = append(ways, part.Option{Value: string(w), Text: l.Of("meeting.way", string(w))})
	}
	var people []part.Option
	for _, id := range v.addressees() {
		if _, told := v.Told[id]; !told {
			people = append(people, part.Option{Value: id, Text: v.name(id)})
		}
	}
	if len(people) == 0 {
		return part.Note(part.OK, g.Text(l.T("meeting.told.everybody")))
	}
	return part.Card(part.CardHead(l.T("meeting.told.tick")), part.Muted(g.Text(l.T("meeting.told.tick_help"))), part.Post(v.url("/told"),
		f.Summary(l),
		f.Radios("way", l.T("meeting.told.how"), ways),
		f.Checks("members", l.T("meeting.told.people"), people),
		part.Actions(part.Button(l.T("meeting.told.do"), part.Primary, part.IconCheck)),
	))
}

func (v toldView) name(id string) string {
	for _, e := range v.Audience {
		if e.ID == id {
			return e.FullName
		}
	}
	return v.Names[id]
}

// history lists all notices that were given, when there was more than one.
func (v toldView) history() g.Node {
	if len(v.Given) < 2 {
		return nil
	}
	var lines g.Group
	for _, n := range v.Given {
		late := g.If(n.Late, part.Tag(part.Warn, v.L.T("meeting.told.late")))
		lines = append(lines, part.Entry(v.L.T("meeting.told.notice", "Number", n.Revision, "When", v.L.Moment(n.GivenAt)), text.Joined(v.L.Moment(n.StartsAt), n.Place, n.Change, n.Reason), late))
	}
	return part.Card(part.CardHead(v.L.T("meeting.told.history")), part.List(lines...))
}

// answerForView is the form in which the secretary enters somebody's answer.
func answerForView(l locale.L, m Meeting, memberID string, f part.Form) g.Node {
	replies := []part.Option{{Value: string(Coming), Text: l.T("meeting.answer.coming")}, {Value: string(Away), Text: l.T("meeting.answer.away")}}
	return part.Card(part.Post(m.Path()+"/answers/"+memberID,
		f.Summary(l),
		f.Radios("reply", l.T("meeting.told.answer"), replies),
		f.Radios("reason", l.T("meeting.answer.reason"), reasonOptions(l), part.Help(l.T("meeting.answer.reason_help"))),
		f.Textarea("note", l.T("meeting.answer.note"), part.Help(l.T("meeting.answer.note_help"))),
		part.Actions(part.Button(l.T("meeting.save"), part.Primary), part.LinkButton(m.Path()+"/told", l.T("meeting.back"))),
	))
}

// invitationView is the notice as a sheet of paper.
func invitationView(l locale.L, d dossier) g.Node {
	return part.Alone(
		part.NoPrint(h.H1(g.Text(d.Meeting.Title)), part.Beside(
			part.PrintButton(l.T("meeting.print"), part.Primary),
			part.LinkButton(d.Meeting.Path()+"/notice.pdf", l.T("meeting.notice.pdf"), part.IconPaper),
			part.LinkButton(d.Meeting.Path(), l.T("meeting.back")),
		)),
		part.Sheet(d.noticeDoc().HTML()),
	)
}

// posterView is a sheet for the door of the hall, with a code that opens the page
// of the meeting. It says time and place and nothing of the contents: anybody may
// read it.
func posterView(l locale.L, d dossier, address string) g.Node {
	m := d.Meeting
	return part.Alone(
		part.NoPrint(part.Beside(part.PrintButton(l.T("meeting.print"), part.Primary), part.LinkButton(m.Path(), l.T("meeting.back")))),
		part.Sheet(
			part.Giant(
				h.P(g.Text(strings.ToUpper(d.Cell.Name))),
				h.H1(g.Text(m.Title)),
				h.P(h.B(g.Text(m.StartsAt.Clock()+", "+weekday(m.Day())+", ngày "+m.Day().Slashed()))),
				h.P(g.Text(m.Place)),
			),
			part.QR(address, l.T("meeting.poster_code")),
			h.P(g.Text("Quét mã để xem nội dung, tài liệu và báo dự hoặc xin vắng.")),
		),
	)
}
