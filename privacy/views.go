package privacy

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
)

// ownView is the page of one's own data.
type ownView struct {
	L        locale.L
	Now      when.Instant
	Copy     Copy
	Own      []Look // at own records, the last first
	Lists    []Look // at lists
	Member   bool   // on a roll: may ask
	Read     bool   // the notice has been read, at ReadAt
	ReadAt   when.Instant
	Requests []Request // the last first
	Form     web.Form  // of a request, as it was refused
}

func (v ownView) body() g.Node {
	l := v.L
	lines := []g.Node{part.CardHead(l.T("privacy.own"), part.IconLock), h.P(g.Text(l.T("privacy.own_text"))), noticeTerms(l)}
	if v.Read {
		lines = append(lines, part.Muted(g.Text(l.T("privacy.read_on", "When", l.Moment(v.ReadAt), "Version", noticeVersion))))
	} else {
		lines = append(lines, readButton(l))
	}
	return part.Cols(
		part.Stack(part.Card(lines...), v.kinds(), v.looks()),
		part.Stack(v.take(), v.requests(), g.If(v.Member, v.ask())),
	)
}

func readButton(l locale.L) g.Node {
	return part.PostButton("/me/data/read", l.T("privacy.read"), part.IconCheck)
}

// kinds lists what is kept, by kind.
func (v ownView) kinds() g.Node {
	l := v.L
	return part.Card(part.CardHead(l.T("privacy.kept")), g.Map(Kinds, func(k Kind) g.Node {
		return part.Details(l.Of("privacy.kind", string(k)), part.DescriptionList(k.terms(l)...),
			v.tables(k))
	}))
}

// mostRows is how many rows of a list the page shows: all stand in the copy.
const mostRows = 10

func (v ownView) tables(k Kind) g.Node {
	l, all := v.L, v.Copy.of(k)
	if len(all) == 0 {
		return part.Muted(g.Text(l.T("privacy.nothing")))
	}
	return g.Map(all, func(t Table) g.Node {
		name := l.Of("privacy.table", t.Name)
		first := max(0, len(t.Rows)-mostRows)
		if t.Name == "profile" {
			first = 0
		}
		var rows []part.Row
		for i := first; i < len(t.Rows); i++ {
			cells := make([]string, len(t.Columns))
			for j := range t.Columns {
				cells[j] = t.Words(l, i, j)
			}
			rows = append(rows, part.Cells(cells...))
		}
		heads := make([]string, len(t.Columns))
		for j, c := range t.Columns {
			heads[j] = l.Of("privacy.column", c.Key)
		}
		return g.Group{
			h.H3(g.Text(name)), part.Table(name, part.Heads(heads...), rows...),
			g.If(first > 0, part.Muted(g.Text(l.T("privacy.more", "Count", first)))),
		}
	})
}

func (v ownView) take() g.Node {
	l := v.L
	return part.Card(part.CardHead(l.T("privacy.take"), part.IconDownload), part.Muted(g.Text(l.T("privacy.take_text"))),
		part.Actions(part.LinkButton("/me/data/copy.pdf", l.T("privacy.take_pdf"), part.IconDownload),
			part.LinkButton("/me/data/copy.docx", "Word", part.IconDownload),
			part.LinkButton("/me/data/copy.json", l.T("privacy.take_json"), part.IconDownload)))
}

// mostLooks is how many looks of either kind the page shows, and longestPage how many one page of
// all of them.
const (
	mostLooks   = 20
	longestPage = 100
)

func lookLine(l locale.L, k Look) g.Node {
	return part.Entry(looker(l, k), l.Moment(k.At)+" · "+l.Of("privacy.look", k.What))
}

// looks says who has looked at the person's own records, and behind a fold at the lists in
// which they stand.
func (v ownView) looks() g.Node {
	l := v.L
	line := func(k Look) g.Node { return lookLine(l, k) }
	first := part.Muted(g.Text(l.T("privacy.looks_none")))
	if len(v.Own) > 0 {
		first = part.List(g.Map(v.Own, line))
	}
	return part.Card(part.CardHead(l.T("privacy.looks"), part.IconEye), first,
		g.If(len(v.Lists) > 0, part.Details(l.T("privacy.looks_lists"), part.Muted(g.Text(l.T("privacy.looks_lists_help"))), part.List(g.Map(v.Lists, line)))),
		g.If(len(v.Own)+len(v.Lists) > 0, part.LinkButton(looksPath, l.T("privacy.looks_all"), part.IconEye)))
}

// looksBody is a page of all looks, month by month, the last first; older leads to the next page.
func looksBody(l locale.L, looks []Look, older *Mark) g.Node {
	if len(looks) == 0 && older == nil {
		return part.Empty(l.T("privacy.looks_no_more"), "")
	}
	var cards g.Group
	for first, n := 0, 1; n <= len(looks); n++ {
		if n < len(looks) && looks[n].At.Date().In() == looks[first].At.Date().In() {
			continue
		}
		cards = append(cards, part.Card(part.CardHead(l.Month(looks[first].At.Date().In())),
			part.List(g.Map(looks[first:n], func(k Look) g.Node { return lookLine(l, k) }))))
		first = n
	}
	if older != nil {
		cards = append(cards, part.LinkButton(looksPath+"?before="+older.String(), l.T("privacy.looks_next"), part.Wide))
	}
	return part.Stack(cards...)
}

// ask is the form of a request.
func (v ownView) ask() g.Node {
	l, f := v.L, v.Form
	claims := make([]part.Option, len(Claims))
	for i, c := range Claims {
		claims[i] = part.Option{Value: string(c), Text: l.Of("privacy.claim", string(c)), Small: l.Of("privacy.claim_help", string(c))}
	}
	fields := []part.Option{{Text: l.T("privacy.ask.choose")}}
	for _, c := range member.Correctable {
		fields = append(fields, part.Option{Value: string(c), Text: l.Of("member.fact", string(c))})
	}
	return part.Card(part.CardHead(l.T("privacy.ask")), part.Muted(g.Text(l.T("privacy.ask_text", "Accept", acceptDays, "Provide", provideDays, "Stop", stopDays, "Erase", eraseDays))),
		part.Post("/me/data/requests", part.Keep(l, "privacy"), f.Summary(l),
			f.Radios("claim", l.T("privacy.ask.claim"), claims, part.Required),
			part.FieldSet(l.T("privacy.ask.correct"),
				f.Select("field", l.T("privacy.ask.field"), fields), f.Input("value", l.T("privacy.ask.value"))),
			f.Textarea("text", l.T("privacy.ask.text"), part.Help(l.T("privacy.ask.text_help")), h.Rows("4")),
			part.Button(l.T("privacy.ask.send"), part.Primary, part.IconCheck)))
}

// requests are one's own.
func (v ownView) requests() g.Node {
	if len(v.Requests) == 0 {
		return nil
	}
	l := v.L
	return part.Card(part.CardHead(l.T("privacy.asked")), part.List(g.Map(v.Requests, func(r Request) g.Node {
		small := asks(l, r)
		switch {
		case r.Answer != "":
			small += " → " + r.Answer
		case r.Open():
			small += " · " + l.T("privacy.due", "When", l.Day(r.DueAt.Date()))
		}
		if r.ExtendedAt != 0 {
			small += " · " + l.T("privacy.extended_why", "Why", r.ExtendedWhy)
		}
		return part.Entry(l.Of("privacy.claim", string(r.Claim)), small, stateTag(l, r, v.Now))
	})))
}

// asks is what a request says: "Điện thoại: 0912… · số cũ không dùng nữa".
func asks(l locale.L, r Request) string {
	var parts []string
	if r.Field != "" {
		parts = append(parts, l.Of("member.fact", string(r.Field))+": "+r.Value)
	}
	if r.Text != "" {
		parts = append(parts, r.Text)
	}
	return strings.Join(parts, " · ")
}

// stateTag says how far a request is.
func stateTag(l locale.L, r Request, now when.Instant) g.Node {
	switch {
	case r.Late(now):
		return part.Tag(part.Bad, l.T("privacy.late"))
	case r.Open():
		return part.Tag(part.Warn, l.Of("privacy.state", string(r.State)))
	case r.State == Refused:
		return part.Tag(part.Plain, l.Of("privacy.state", string(r.State)))
	}
	return part.Tag(part.OK, l.Of("privacy.state", string(r.State)))
}

// noticeCard asks to read for what one's data are kept.
func noticeCard(l locale.L) g.Node {
	return part.Card(part.Info, part.CardHead(l.T("privacy.notice.title"), part.IconLock), noticeTerms(l),
		part.Actions(readButton(l), part.LinkButton("/me/data", l.T("privacy.notice.more"))))
}

// meCard leads to one's own data.
func meCard(l locale.L) g.Node {
	return part.Card(part.CardHead(l.T("privacy.title"), part.IconLock), part.Muted(g.Text(l.T("privacy.me_text"))),
		part.LinkButton("/me/data", l.T("privacy.me_open"), part.IconEye))
}

// waitingCard says which requests wait for an answer.
func waitingCard(l locale.L, waiting, late int) g.Node {
	kind, text := part.Info, l.T("privacy.home.waiting", "Count", waiting)
	if late > 0 {
		kind, text = part.Bad, l.T("privacy.home.late", "Count", waiting, "Late", late)
	}
	return part.Card(kind, part.CardHead(l.T("privacy.requests.title"), part.Tag(kind, strconv.Itoa(waiting))),
		h.P(g.Text(text)), part.LinkButton("/privacy", l.T("privacy.home.open"), part.Wide))
}
