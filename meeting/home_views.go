package meeting

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web/part"
	"chibo/organization"
)

// nextCard is the next meeting for a member: when, where, what one has to do, and
// the answer.
func (v meetingView) nextCard() g.Node {
	l, m := v.L, v.Meeting
	body := g.Group{
		part.CardHead(l.T("meeting.next.title"), v.countdown()),
		h.H3(part.Link(m.Path(), g.Text(m.Title))),
		h.P(h.B(g.Text(l.Moment(m.StartsAt)))),
		part.Muted(g.Text(text.Joined(m.Place, v.chairLine()))),
		v.ownLines(),
	}
	if m.State == Open {
		return part.Card(part.Bad, body) // how to follow it stands above: package screen
	}
	if invites(v.Audience, v.Reader) {
		var r Response
		for _, a := range v.Answers {
			if a.Member == v.Reader {
				r = a
			}
		}
		body = append(body, part.Beside(replyTag(l, r)), answerButtons(l, m, r, part.Form{ID: "answer"}))
	}
	return part.Card(part.Bad, body, part.LinkButton(m.Path(), l.T("meeting.next.contents", "Count", len(v.Papers)), part.Wide))
}

func (v meetingView) chairLine() string {
	if name := v.Names[v.Meeting.Chair]; name != "" {
		return v.L.T("meeting.next.chair", "Name", name)
	}
	return ""
}

// ownLines says what the reader has been given to do.
func (v meetingView) ownLines() g.Node {
	var out g.Group
	for _, i := range v.Items {
		if i.Presenter == v.Reader && v.Reader != "" {
			out = append(out, h.P(g.Text(v.L.T("meeting.next.assigned")+" "), h.B(g.Text(i.Title))))
		}
	}
	return out
}

func (v meetingView) countdown() g.Node {
	if v.Meeting.State == Open {
		return part.Tag(part.Bad, v.L.T("meeting.next.now"))
	}
	switch days := daysLeft(v.Now, v.Meeting.StartsAt); {
	case days < 0:
		return part.Tag(part.Bad, v.L.T("meeting.next.past"))
	case days == 0:
		return part.Tag(part.Bad, v.L.T("meeting.next.today"))
	case days <= 3:
		return part.Tag(part.Warn, v.L.T("meeting.next.days", "Count", days))
	default:
		return part.Tag(part.Info, v.L.T("meeting.next.days", "Count", days))
	}
}

// workCard is the one thing that those who prepare the meeting have to do now.
func (v meetingView) workCard() g.Node {
	l, m := v.L, v.Meeting
	say, button := v.work()
	return part.Card(part.Bad,
		part.CardHead(l.T("meeting.next.work"), v.workTag()),
		h.H3(part.Link(m.Path(), g.Text(m.Title))),
		part.Muted(g.Text(text.Joined(l.Moment(m.StartsAt), m.Place))),
		h.P(g.Text(say)),
		button,
	)
}

func (v meetingView) workTag() g.Node {
	if v.Meeting.State == Closed {
		return stateTag(v.L, Closed)
	}
	return v.countdown()
}

func (v meetingView) work() (say string, button g.Node) {
	l, m := v.L, v.Meeting
	red := func(url, text string) g.Node { return part.LinkButton(url, text, part.Primary, part.Wide) }
	switch m.State {
	case Open:
		return l.T("meeting.work.open"), red("/rooms/"+m.ID, l.T("meeting.next.room"))
	case Closed:
		return l.T("meeting.work.closed"), red(m.Path()+"/minutes", l.T("meeting.work.minutes"))
	case Noticed:
		told, all := v.toldOf()
		if daysLeft(v.Now, m.StartsAt) <= 0 {
			return l.T("meeting.work.today"), red("/rooms/"+m.ID, l.T("meeting.next.room"))
		}
		if told < all {
			return l.T("meeting.work.untold", "Count", all-told), red(m.Path()+"/told", l.T("meeting.told.who"))
		}
		return l.T("meeting.work.told"), red(m.Path(), l.T("meeting.work.look"))
	case Draft, Sealed:
	}
	limit := NoticeBefore(m.StartsAt, v.Settings)
	if n := len(v.Missing(v.Now)); n > 0 {
		return l.T("meeting.work.missing", "Count", n, "When", l.Moment(limit)), red(m.Path(), l.T("meeting.work.prepare"))
	}
	return l.T("meeting.work.ready", "When", l.Moment(limit)), red(m.Path()+"/notice", l.T("meeting.notice.send"))
}

// openCard opens the next month in one press.
func openCard(l locale.L, o organization.Organization, s Slot) g.Node {
	return part.Card(part.Bad,
		part.CardHead(l.T("meeting.next.work")),
		h.P(g.Text(l.T("meeting.work.unopened", "Month", s.Month.Slashed(), "Day", l.Day(s.StartsAt.Date())))),
		part.PostButton("/meetings", l.T("meeting.open_month", "Month", s.Month.Slashed()), part.Primary, part.Wide, part.IconPlus,
			part.HiddenValue("cell", o.ID), part.HiddenValue("kind", string(Ordinary)), part.HiddenValue("month", s.Month.String())),
	)
}
