package notice

import (
	"maps"
	"strconv"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// inboxView is what the page of the inbox shows.
type inboxView struct {
	notices   []Notice
	more      when.Instant // the oldest shown, when there are older ones
	unread    int
	onRoll    bool
	mails     bool
	wantsMail bool
	manner    part.Form
	pushKey   string // of the calls; empty where no device may be called
	devices   []Device
	feed      string // address of the calendar, empty when there is none
}

func (v inboxView) body(l locale.L) g.Node {
	if !v.onRoll {
		return part.Card(part.Empty(l.T("notice.no_member.title"), l.T("notice.no_member.text")))
	}
	return part.Cols(v.list(l), part.Stack(v.push(l), v.calendar(l), v.mail(l), v.reminding(l)))
}

func readAllButton(l locale.L, unread int) g.Node {
	if unread == 0 {
		return nil
	}
	return part.PostButton("/inbox/read", l.T("notice.read_all"), part.IconCheck)
}

func (v inboxView) list(l locale.L) g.Node {
	if len(v.notices) == 0 {
		return part.Card(part.Empty(l.T("notice.empty.title"), l.T("notice.empty.text")))
	}
	return part.Card(
		part.CardHead(l.T("notice.list"), v.unreadTag(l)),
		part.List(g.Map(v.notices, func(n Notice) g.Node { return line(l, n) })),
		g.If(!v.more.IsZero(), part.LinkButton("/inbox?before="+strconv.FormatInt(int64(v.more), 10), l.T("notice.older"), part.Wide)),
	)
}

func (v inboxView) unreadTag(l locale.L) g.Node {
	if v.unread == 0 {
		return part.Tag(part.OK, l.T("notice.all_read"))
	}
	return part.Tag(part.Warn, l.T("notice.unread", "Count", v.unread))
}

func line(l locale.L, n Notice) g.Node {
	text := l.Fill(n.Key, n.Args.in(l))
	title := g.Text(text)
	if !n.Read() {
		title = h.B(g.Text(text))
	}
	return part.Item(
		part.Grow(title, h.Br(), h.Small(g.Text(l.Moment(n.ToldAt)), g.If(!n.Read(), g.Text(" · "+l.T("notice.new"))))),
		part.PostButton("/inbox/"+n.ID+"/open", l.T("notice.open"), part.Small, h.Aria("label", l.T("notice.open_what", "What", text))),
	)
}

// in returns the placeholders as they are said in a language: an hour is kept as "19:30", which
// Vietnamese writes "19 giờ 30".
func (a Args) in(l locale.L) Args {
	clock, ok := a["Clock"].(string)
	if !ok {
		return a
	}
	at, err := time.Parse("15:04", clock)
	if err != nil {
		return a
	}
	said := maps.Clone(a)
	said["Clock"] = l.Clock(when.At(time.Date(2000, time.January, 1, at.Hour(), at.Minute(), 0, 0, when.VietNam)))
	return said
}

func (v inboxView) calendar(l locale.L) g.Node {
	if v.feed == "" {
		return part.Card(h.ID("calendar"),
			part.CardHead(l.T("notice.calendar.title")),
			part.Muted(g.Text(l.T("notice.calendar.why"))),
			part.PostButton("/inbox/calendar", l.T("notice.calendar.make"), part.IconCalendar, part.Wide),
		)
	}
	return part.Card(h.ID("calendar"),
		part.CardHead(l.T("notice.calendar.title"), part.Tag(part.OK, l.T("notice.calendar.on"))),
		h.Label(h.For("feed"), g.Text(l.T("notice.calendar.address"))),
		h.Input(h.ID("feed"), h.ReadOnly(), h.Type("text"), h.Value(v.feed)),
		part.CopyButton(l, l.T("notice.calendar.copy"), v.feed, part.Wide),
		part.Details(l.T("notice.calendar.how"), part.Steps(l.T("notice.calendar.step1"), l.T("notice.calendar.step2"), l.T("notice.calendar.step3"))),
		part.Muted(g.Text(l.T("notice.calendar.private"))),
		part.Actions(
			part.PostButton("/inbox/calendar", l.T("notice.calendar.again"), part.Small,
				part.Confirm(l, l.T("notice.calendar.again_ask"), l.T("notice.calendar.again"))),
			part.PostButton("/inbox/calendar/revoke", l.T("notice.calendar.revoke"), part.Small,
				part.Confirm(l, l.T("notice.calendar.revoke_ask"), l.T("notice.calendar.revoke"))),
		),
	)
}

func (v inboxView) mail(l locale.L) g.Node {
	if !v.mails {
		return nil
	}
	if v.wantsMail {
		return part.Card(
			part.CardHead(l.T("notice.mail.title"), part.Tag(part.OK, l.T("notice.mail.on"))),
			part.Muted(g.Text(l.T("notice.mail.what"))),
			part.PostButton("/inbox/mail", l.T("notice.mail.turn_off"), part.Wide),
		)
	}
	return part.Card(
		part.CardHead(l.T("notice.mail.title"), part.Tag(part.Plain, l.T("notice.mail.off"))),
		part.Muted(g.Text(l.T("notice.mail.what"))),
		part.PostButton("/inbox/mail", l.T("notice.mail.turn_on"), part.Wide, part.IconMail, part.HiddenValue("wanted", "1")),
	)
}

// reminding is where the person chooses whether and when to be reminded.
func (v inboxView) reminding(l locale.L) g.Node {
	f := v.manner
	f.ID = "manner"
	return part.Card(h.ID("manner"),
		part.CardHead(l.T("notice.manner.title")),
		part.Muted(g.Text(l.T("notice.manner.what"))),
		part.Post("/inbox/manner",
			f.Summary(l),
			f.Check("reminders", l.T("notice.manner.reminders")),
			part.Fields(
				f.Time("quiet_from", l.T("notice.manner.from")),
				f.Time("quiet_until", l.T("notice.manner.until")),
			),
			part.Actions(part.Button(l.T("notice.manner.send"))),
		))
}
