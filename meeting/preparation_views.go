package meeting

import (
	"fmt"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web/part"
	"chibo/library"
	"chibo/matter"
)

// removeButton takes a row away; what names it to those who hear the page.
func (v meetingView) removeButton(path, what string) g.Node {
	if !v.Meeting.Editable() {
		return nil
	}
	l := v.L
	return part.PostButton(v.url(path), l.T("meeting.remove"), part.Small, part.IconTrash,
		h.Aria("label", l.T("meeting.remove_which", "What", what)), part.Confirm(l, l.T("meeting.remove_ask", "What", what), l.T("meeting.remove")))
}

// addForm is a small form that stands folded at the foot of a card, unfolded when
// it was refused.
func (v meetingView) addForm(card, summary string, fields func(f part.Form) g.Node) g.Node {
	if !v.Meeting.Editable() {
		return nil
	}
	f := v.form(card)
	return part.Details(summary, g.If(f.Wrong(), g.Attr("open")),
		part.Post(v.url("/"+card), f.Summary(v.L), fields(f), part.Actions(part.Button(v.L.T("meeting.add"), part.Small, part.IconPlus))))
}

// carried lists what earlier meetings left to this one.
func (v meetingView) carried() g.Node {
	if len(v.Carried) == 0 {
		return nil
	}
	l := v.L
	var lines g.Group
	for _, c := range v.Carried {
		due := ""
		if !c.Due.IsZero() {
			due = l.T("meeting.task.due", "Day", c.Due.Slashed())
		}
		if m := v.Passed[c.Subject]; m.State == matter.Answered {
			answer := l.T("meeting.carried_answer", "Day", m.AnsweredOn.Slashed(), "Answer", m.Answer)
			lines = append(lines, part.LinkEntry(m.Path(), m.Text, answer, part.Tag(part.OK, l.T("meeting.carried_answered"))))
			continue
		}
		lines = append(lines, part.Entry(c.Text, text.Joined(v.Names[c.Member], due), part.Tag(part.Warn, l.Of("meeting.carried", string(c.Kind)))))
	}
	return part.Card(part.CardHead(l.T("meeting.carried_title")), part.Muted(g.Text(l.T("meeting.carried_help"))), part.List(lines...))
}

func (v meetingView) questions() g.Node {
	l := v.L
	var lines g.Group
	for _, f := range v.Focus {
		lines = append(lines, part.Item(part.Grow(g.Text(f.Text)), v.removeButton("/questions/"+f.ID+"/remove", f.Text)))
	}
	return part.Card(h.ID("questions"), part.CardHead(l.T("meeting.questions")), part.Muted(g.Text(l.T("meeting.questions_help"))),
		g.If(len(lines) > 0, part.List(lines...)),
		v.addForm("questions", l.T("meeting.questions_add"), func(f part.Form) g.Node {
			return f.Textarea("text", l.T("meeting.questions_text"), part.Required)
		}))
}

func (v meetingView) agreements() g.Node {
	l := v.L
	var lines g.Group
	for _, a := range v.Agreements {
		lines = append(lines, part.PersonEntry(a.Name, text.Joined(a.Office, a.AgreedOn.Slashed(), a.Text), v.removeButton("/agreements/"+a.ID+"/remove", a.Name)))
	}
	return part.Card(h.ID("agreements"), part.CardHead(l.T("meeting.agreements")), part.Muted(g.Text(l.T("meeting.agreements_help"))),
		g.If(len(lines) > 0, part.List(lines...)),
		v.addForm("agreements", l.T("meeting.agreements_add"), func(f part.Form) g.Node {
			return g.Group{
				part.Fields(f.Input("name", l.T("meeting.field.name"), part.Required), f.Input("office", l.T("meeting.field.office")), f.Date("agreed_on", l.T("meeting.field.agreed_on"))),
				f.Textarea("text", l.T("meeting.field.agreed"), part.Required),
			}
		}))
}

func (v meetingView) guests() g.Node {
	l := v.L
	var lines g.Group
	for _, x := range v.Guests {
		lines = append(lines, part.Item(part.Avatar(x.Name), part.Grow(
			h.B(g.Text(x.Name)), h.Small(g.Text(text.Joined(x.Office, x.Body))),
			part.Beside(v.guestReply(x), v.removeButton("/guests/"+x.ID+"/remove", x.Name)),
		)))
	}
	return part.Card(h.ID("guests"), part.CardHead(l.T("meeting.guests")),
		g.If(len(lines) == 0, part.Muted(g.Text(l.T("meeting.guests_none")))), g.If(len(lines) > 0, part.List(lines...)),
		v.addForm("guests", l.T("meeting.guests_add"), func(f part.Form) g.Node {
			return g.Group{
				f.Input("name", l.T("meeting.field.name"), part.Required),
				part.Fields(f.Input("office", l.T("meeting.field.office")), f.Input("body", l.T("meeting.field.body"))),
				f.Check("superior", l.T("meeting.field.superior")),
			}
		}))
}

// guestReply shows what a guest has answered, or takes the answer down.
func (v meetingView) guestReply(x Guest) g.Node {
	l := v.L
	if x.Reply != "" || v.Meeting.State != Noticed {
		return replyTag(l, Response{Reply: x.Reply})
	}
	button := func(r Reply, text string) g.Node {
		return part.PostButton(v.url("/guests/"+x.ID+"/reply"), text, part.Small, part.HiddenValue("reply", string(r)), h.Aria("label", text+": "+x.Name))
	}
	return part.Beside(button(Coming, l.T("meeting.answer.coming")), button(Away, l.T("meeting.answer.absent")))
}

func (v meetingView) premeeting() g.Node {
	l, r := v.L, v.Premeeting
	edit := g.If(v.Meeting.Editable(), part.LinkButton(v.url("/premeeting"), l.T("meeting.premeeting.write"), part.Small, part.IconEdit))
	if r.HeldAt.IsZero() {
		return part.Card(part.CardHead(l.T("meeting.premeeting.title")), part.Muted(g.Text(l.T("meeting.premeeting.none"))), edit)
	}
	line := func(name, text string) g.Node {
		return g.If(text != "", h.P(h.B(g.Text(name+": ")), g.Text(text)))
	}
	return part.Card(part.CardHead(l.T("meeting.premeeting.title")),
		part.Muted(g.Text(text.Joined(l.Moment(r.HeldAt), r.Place))),
		line(l.T("meeting.premeeting.present"), v.all(r.Present)),
		line(l.T("meeting.premeeting.absent"), v.all(r.Absent)),
		part.Details(l.T("meeting.premeeting.agreed"), document.BodyHTML(document.Markdown(r.Agreed))),
		edit)
}

func (v meetingView) all(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = v.Names[id]
	}
	return strings.Join(names, ", ")
}

// premeetingView is the form of the committee's record.
func premeetingView(l locale.L, m Meeting, f part.Form, committee []string, names map[string]string) g.Node {
	if len(committee) == 0 {
		return part.Card(part.Empty(l.T("meeting.premeeting.no_committee"), l.T("meeting.premeeting.no_committee_text")))
	}
	options := make([]part.Option, len(committee))
	for i, id := range committee {
		options[i] = part.Option{Value: id, Text: names[id]}
	}
	return part.Card(part.Post(m.Path()+"/premeeting",
		f.Summary(l),
		part.Fields(f.DateTime("held_at", l.T("meeting.premeeting.held_at"), part.Required), f.Input("place", l.T("meeting.field.place"))),
		f.Checks("present", l.T("meeting.premeeting.present"), options),
		f.Textarea("agreed", l.T("meeting.premeeting.agreed"), part.Required, part.Help(l.T("meeting.premeeting.agreed_help")), h.Rows("8")),
		part.Keep(l, "premeeting-"+m.ID),
		part.Actions(part.Button(l.T("meeting.save"), part.Primary), part.LinkButton(m.Path(), l.T("meeting.back"))),
	))
}

func (v meetingView) draftCard() g.Node {
	l := v.L
	if v.Draft.Version == 0 {
		return part.Card(part.CardHead(l.T("meeting.draft.title")), part.Muted(g.Text(l.T("meeting.draft.none"))),
			g.If(v.Meeting.Editable(), part.LinkButton(v.url("/draft"), l.T("meeting.draft.begin"), part.Small, part.IconEdit)))
	}
	tag := part.Tag(part.Plain, l.T("meeting.draft.version", "Version", v.Draft.Version, "When", l.Moment(v.Draft.SavedAt)))
	return part.Card(part.CardHead(l.T("meeting.draft.title"), tag),
		part.Details(l.T("meeting.draft.open"), document.BodyHTML(document.Markdown(v.Draft.Text))),
		part.LinkButton(v.url("/draft"), l.T("meeting.draft.go_on"), part.Small, part.IconEdit))
}

// draftView is the editor of the draft resolution with its versions.
type draftView struct {
	Meeting  Meeting
	Versions []Version
	Names    map[string]string
	Known    []library.Source // what the draft can rest on
	Shown    int              // the version laid beside the one before it; 0 none
	Form     part.Form
}

func (v draftView) newest() Version {
	if len(v.Versions) == 0 {
		return Version{}
	}
	return v.Versions[len(v.Versions)-1]
}

func (v draftView) body(l locale.L) g.Node {
	editor := part.Card(part.Muted(g.Text(l.T("meeting.draft.help"))), part.Post(v.Meeting.Path()+"/draft",
		v.Form.Summary(l),
		v.doubts(l),
		v.Form.Textarea("text", l.T("meeting.draft.text"), h.Rows("20")),
		v.bases(l),
		part.Keep(l, "draft-"+v.Meeting.ID),
		part.Actions(part.Button(l.T("meeting.draft.save"), part.Primary), part.LinkButton(v.Meeting.Path(), l.T("meeting.back"))),
	))
	if !v.Meeting.Editable() {
		editor = part.Card(document.BodyHTML(document.Markdown(v.newest().Text)))
	}
	return part.Cols(part.Stack(editor, v.comparison(l)), v.list(l))
}

// doubts says which citations of the newest version do not hold on the day of the meeting.
func (v draftView) doubts(l locale.L) g.Node {
	return g.Map(library.DoubtsAmong(v.Known, v.newest().Text, v.Meeting.Day()), func(d library.Doubt) g.Node {
		return part.Note(part.Warn, g.Text(doubtText(l, d)))
	})
}

// bases offers the documents in force on the day of the meeting; those that are ticked are
// written at the head of the draft.
func (v draftView) bases(l locale.L) g.Node {
	var options []part.Option
	for _, s := range v.Known {
		if s.InForce(v.Meeting.Day()) {
			options = append(options, part.Option{Value: s.Key(), Text: s.String(), Small: s.Title})
		}
	}
	return part.Details(l.T("meeting.draft.bases"), v.Form.Checks("bases", l.T("meeting.draft.bases_help"), options))
}

func (v draftView) list(l locale.L) g.Node {
	if len(v.Versions) == 0 {
		return part.Card(part.Empty(l.T("meeting.draft.no_versions"), l.T("meeting.draft.no_versions_text")))
	}
	var lines g.Group
	for i := len(v.Versions) - 1; i >= 0; i-- {
		version := v.Versions[i]
		url := fmt.Sprintf("%s/draft?version=%d#comparison", v.Meeting.Path(), version.Version)
		lines = append(lines, part.LinkEntry(url, l.T("meeting.draft.version_name", "Version", version.Version), text.Joined(v.Names[version.SavedBy], l.Moment(version.SavedAt))))
	}
	return part.Card(part.CardHead(l.T("meeting.draft.versions")), part.List(lines...))
}

// comparison lays the version that is shown beside the one before it: a sign and
// an element say what was put in and taken out, not the colour alone.
func (v draftView) comparison(l locale.L) g.Node {
	if v.Shown < 1 || v.Shown > len(v.Versions) {
		return nil
	}
	before := ""
	if v.Shown > 1 {
		before = v.Versions[v.Shown-2].Text
	}
	var lines g.Group
	for _, line := range Compare(before, v.Versions[v.Shown-1].Text) {
		switch line.Kind {
		case Added:
			lines = append(lines, h.P(g.Text("+ "), h.Ins(g.Text(line.Text))))
		case Removed:
			lines = append(lines, h.P(g.Text("− "), h.Del(g.Text(line.Text))))
		case Same:
			lines = append(lines, h.P(g.Text(line.Text)))
		}
	}
	return part.Card(h.ID("comparison"), part.CardHead(l.T("meeting.draft.changes", "Version", v.Shown)), lines)
}

func (v meetingView) papersCard() g.Node {
	l := v.L
	var lines g.Group
	for _, p := range v.Papers {
		lines = append(lines, part.Item(part.Grow(paperLink(p), h.Small(g.Text(v.itemTitle(p.Item))))))
	}
	for _, s := range v.Stubs {
		lines = append(lines, stubEntry(l, s))
	}
	late := g.If(len(v.LatePapers()) > 0, part.Note(part.Warn, g.Text(l.T("meeting.papers.late", "Count", len(v.LatePapers()), "Days", v.Settings.DocumentDays))))
	return part.Card(h.ID("papers"), part.CardHead(l.T("meeting.papers.title")),
		g.If(len(lines) == 0, part.Muted(g.Text(l.T("meeting.papers.none")))), g.If(len(lines) > 0, part.List(lines...)), late,
		g.If(v.Meeting.Editable(), part.LinkButton(v.url("/papers"), l.T("meeting.papers.go"), part.Small, part.IconUpload)))
}

func (v meetingView) itemTitle(id string) string {
	for _, i := range v.Items {
		if i.ID == id {
			return fmt.Sprintf("%d. %s", i.Position, i.Title)
		}
	}
	return ""
}

func stubEntry(l locale.L, s library.Stub) g.Node {
	return part.Entry(l.T("meeting.papers.stub", "Number", s.Number, "Day", s.DatedOn.Slashed()), s.WhereKept, part.Tag(part.Bad, l.T("meeting.papers.on_paper")))
}

// papersView is the page of the papers: what is there, and the three ways in.
type papersView struct {
	Meeting Meeting
	Items   []Item
	Papers  []Paper
	Stubs   []library.Stub
	Chosen  string // item preset in the forms
	Forms   map[string]part.Form
}

func (v papersView) form(name string) part.Form {
	f, ok := v.Forms[name]
	f.ID = name
	if !ok && v.Chosen != "" {
		f.Values = map[string][]string{"item": {v.Chosen}}
	}
	return f
}

func (v papersView) body(l locale.L) g.Node {
	var lines g.Group
	for _, p := range v.Papers {
		remove := part.PostButton(v.Meeting.Path()+"/papers/"+p.ID+"/remove", l.T("meeting.remove"), part.Small, part.IconTrash,
			h.Aria("label", l.T("meeting.remove_which", "What", p.Title)), part.Confirm(l, l.T("meeting.remove_ask", "What", p.Title), l.T("meeting.remove")))
		lines = append(lines, part.Item(part.Grow(paperLink(p), h.Small(g.Text(l.Moment(p.AddedAt)))), remove))
	}
	for _, s := range v.Stubs {
		lines = append(lines, stubEntry(l, s))
	}
	list := part.Card(part.CardHead(l.T("meeting.papers.there")), part.List(lines...))
	if len(lines) == 0 {
		list = part.Card(part.Empty(l.T("meeting.papers.none_title"), l.T("meeting.papers.none")))
	}
	return part.Cols(part.Stack(v.fileCard(l), v.citeCard(l), v.secretCard(l)), list)
}

func (v papersView) fileCard(l locale.L) g.Node {
	f := v.form("file")
	return part.Card(part.CardHead(l.T("meeting.papers.file")), part.Upload(v.Meeting.Path()+"/papers",
		f.Summary(l),
		f.File("file", l.T("meeting.papers.choose"), library.Papers.Accept(), part.Required, part.Help(l.T("meeting.papers.choose_help"))),
		part.Fields(f.Input("title", l.T("meeting.papers.name"), part.Help(l.T("meeting.papers.name_help"))), f.Select("item", l.T("meeting.papers.item"), v.itemOptions(l))),
		f.Check("unmarked", l.T("meeting.papers.unmarked"), part.Help(l.T("meeting.papers.unmarked_help"))),
		part.Actions(part.Button(l.T("meeting.papers.send"), part.Primary, part.IconUpload)),
	))
}

func (v papersView) citeCard(l locale.L) g.Node {
	f := v.form("cite")
	return part.Card(part.CardHead(l.T("meeting.papers.cite")), part.Post(v.Meeting.Path()+"/papers/cite",
		f.Summary(l),
		f.Input("title", l.T("meeting.papers.citation"), part.Required, part.Help(l.T("meeting.papers.citation_help"))),
		f.Select("item", l.T("meeting.papers.item"), v.itemOptions(l)),
		part.Actions(part.Button(l.T("meeting.add"))),
	))
}

func (v papersView) secretCard(l locale.L) g.Node {
	f := v.form("secret")
	kept := []part.Option{{Text: l.T("meeting.papers.not_kept")}}
	for _, p := range v.Papers {
		if p.File != "" {
			kept = append(kept, part.Option{Value: p.ID, Text: p.Title})
		}
	}
	return part.Card(part.CardHead(l.T("meeting.papers.secret")), part.Note(part.Bad, g.Text(l.T("meeting.papers.secret_help"))),
		part.Post(v.Meeting.Path()+"/papers/secret",
			f.Summary(l),
			part.Fields(f.Input("number", l.T("meeting.papers.number"), part.Required), f.Date("dated_on", l.T("meeting.papers.dated_on"), part.Required)),
			f.Input("where_kept", l.T("meeting.papers.where"), part.Required, part.Help(l.T("meeting.papers.where_help"))),
			g.If(len(kept) > 1, f.Select("paper", l.T("meeting.papers.wipe"), kept, part.Help(l.T("meeting.papers.wipe_help")))),
			part.Actions(part.Button(l.T("meeting.papers.note"))),
		))
}

func (v papersView) itemOptions(l locale.L) []part.Option {
	options := []part.Option{{Text: l.T("meeting.papers.whole")}}
	for _, i := range v.Items {
		options = append(options, part.Option{Value: i.ID, Text: fmt.Sprintf("%d. %s", i.Position, i.Title)})
	}
	return options
}
