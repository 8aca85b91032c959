package meeting

import (
	"fmt"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/library"
	"chibo/matter"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
	"chibo/task"
)

// meetingView is what the page of a meeting shows to one reader.
type meetingView struct {
	Preparation
	L        locale.L
	Cell     organization.Organization
	Names    map[string]string
	Tasks    []task.Task
	Passed   map[string]matter.Matter // carried matters that were passed up, by subject
	Given    []Notice
	Answers  []Response
	Audience []member.Entry
	Told     map[string]notice.Tick
	Stubs    []library.Stub
	Panels   []g.Node
	Now      when.Instant
	Reader   string // member id of the reader
	Prepares bool
	Reads    bool
	Holds    bool // the reader may lead the meeting in the room
	Term     bool // the reader may begin the term that this congress has elected for
	Arrange  bool // the agenda shows the buttons that move and remove
	// Forms holds the small form that was refused, by the card it stands in.
	Forms map[string]part.Form
}

func (v meetingView) url(path string) string { return v.Meeting.Path() + path }

// form returns the small form of a card, as it was refused or empty.
func (v meetingView) form(card string) part.Form {
	f := v.Forms[card]
	f.ID = card
	return f
}

// lead is the line under the title: when, where, how many.
func (v meetingView) lead() string {
	m := v.Meeting
	parts := []string{v.L.Moment(m.StartsAt)}
	if m.Place != "" {
		parts = append(parts, m.Place)
	}
	if len(v.Audience) > 0 {
		parts = append(parts, v.L.T("meeting.people_count", "Count", len(v.Audience)))
	}
	return strings.Join(parts, " · ")
}

// action is the one thing to do on the page now. A reader goes into the room once
// the meeting is open; who leads it, as soon as notice is given.
func (v meetingView) action() g.Node {
	l, room := v.L, "/rooms/"+v.Meeting.ID
	switch v.Meeting.State {
	case Draft:
		return part.LinkButton(v.url("/notice"), l.T("meeting.notice.send"), part.Primary, part.IconBell)
	case Noticed:
		return g.If(v.Holds, part.LinkButton(room, l.T("meeting.next.room"), part.Primary, part.IconPlay))
	case Open:
		return part.LinkButton(room, l.T("meeting.next.room"), part.Primary, part.IconPlay)
	case Closed, Sealed:
	}
	return part.LinkButton(v.url("/minutes"), l.T("meeting.minutes.look"), part.Primary, part.IconPaper)
}

// stations says by state which station of the road the meeting is at.
var stations = map[State]int{Draft: 0, Noticed: 2, Open: 2, Closed: 3, Sealed: 4}

// road shows where the meeting stands.
func (v meetingView) road() g.Node {
	m, l := v.Meeting, v.L
	steps := []part.Step{
		{Title: l.T("meeting.step.prepare"), Small: v.prepared()},
		{Title: l.T("meeting.step.notice"), Small: v.noticed()},
		{Title: l.T("meeting.step.hold"), Small: dayAndMonth(m.Day())},
		{Title: l.T("meeting.step.minutes"), Small: l.T("meeting.step.file", "Days", v.Settings.FilingDays)},
		{Title: l.T("meeting.step.follow"), Small: l.T("meeting.step.tasks")},
	}
	for i := range steps {
		switch at := stations[m.State]; {
		case i < at:
			steps[i].Stage = part.Done
		case i == at:
			steps[i].Stage = part.Now
		}
	}
	if m.State.Reached(Open) && len(v.Given) == 0 {
		steps[1].Stage, steps[1].Small = part.Later, l.T("meeting.step.no_notice")
	}
	return part.Card(part.Road(l, steps...))
}

func (v meetingView) prepared() string {
	switch {
	case !v.Premeeting.HeldAt.IsZero():
		return v.L.T("meeting.step.agreed")
	case v.Meeting.State == Draft:
		return v.L.T("meeting.step.draft")
	}
	return ""
}

func (v meetingView) noticed() string {
	if n, ok := v.notice(); ok {
		key := "meeting.step.noticed"
		if n.Late {
			key = "meeting.step.late"
		}
		return v.L.T(key, "Day", dayAndMonth(n.GivenAt.Date()))
	}
	return v.L.T("meeting.step.before", "Day", dayAndMonth(NoticeBefore(v.Meeting.StartsAt, v.Settings).Date()))
}

// dayAndMonth is a date in the little room of the road.
func dayAndMonth(d when.Date) string { return fmt.Sprintf("%02d/%02d", d.Day, int(d.Month)) }

// notice returns the notice that holds.
func (v meetingView) notice() (Notice, bool) {
	if len(v.Given) == 0 {
		return Notice{}, false
	}
	return v.Given[len(v.Given)-1], true
}

// formBody is what those see who follow the form of meetings and not their
// contents.
func (v meetingView) formBody() g.Node {
	return part.Stack(v.road(), v.guard(), v.facts())
}

func (v meetingView) facts() g.Node {
	m, l := v.Meeting, v.L
	terms := []part.Term{
		part.Is(l.T("meeting.field.kind"), g.Text(l.Of("meeting.kind", string(m.Kind)))),
		part.Is(l.T("meeting.field.starts_at"), g.Text(l.Moment(m.StartsAt))),
		part.Is(l.T("meeting.field.place"), g.Text(m.Place)),
	}
	if name := v.Names[m.Chair]; name != "" {
		terms = append(terms, part.Is(l.T("meeting.field.chair"), g.Text(name)))
	}
	if name := v.Names[m.MinuteTaker]; name != "" {
		terms = append(terms, part.Is(l.T("meeting.field.minute_taker"), g.Text(name)))
	}
	return part.Card(part.CardHead(l.T("meeting.facts")), part.DescriptionList(terms...))
}

// guard is the rule of the days of notice, said where it bites, and what became
// of it.
func (v meetingView) guard() g.Node {
	l, s := v.L, v.Settings
	limit := NoticeBefore(v.Meeting.StartsAt, s)
	n, given := v.notice()
	switch {
	case given && n.Late:
		return part.Note(part.Warn, h.B(g.Text(l.T("meeting.guard.late", "When", l.Moment(n.GivenAt)))), g.Text(" "+l.T("meeting.guard.reason", "Reason", n.Reason)), v.changed(n))
	case given:
		return part.Note(part.OK, g.Text(l.T("meeting.guard.kept", "When", l.Moment(n.GivenAt), "Days", s.NoticeDays)), v.changed(n))
	case v.Meeting.State.Reached(Open):
		return part.Note(part.Warn, g.Text(l.T("meeting.guard.none")))
	case v.Now > limit:
		return part.Note(part.Bad, h.B(g.Text(l.T("meeting.guard.past", "When", l.Moment(limit)))), g.Text(" "+l.T("meeting.guard.past_help")))
	}
	return part.Note(part.Plain, h.B(g.Text(l.T("meeting.guard.before", "When", l.Moment(limit)))), g.Text(" "+l.T("meeting.guard.why", "Days", s.NoticeDays)))
}

func (v meetingView) changed(n Notice) g.Node {
	if n.Change == "" {
		return nil
	}
	return h.P(g.Text(v.L.T("meeting.guard.changed", "Change", n.Change)))
}

// prepareBody is the work of those who prepare the meeting.
func (v meetingView) prepareBody() g.Node {
	return part.Stack(
		v.trouble(),
		v.road(),
		v.newTerm(),
		part.ColsLed(
			g.Group{v.checklist(), v.guard()},
			part.Stack(v.agenda(), v.carried(), v.questions(), v.draftCard(), v.papersCard(), v.agreements()),
			g.Group{g.Group(v.Panels), v.answers(), v.guests(), v.premeeting(), v.organizing()},
		),
	)
}

// newTerm offers, after a congress, to write down the term that begins with it.
func (v meetingView) newTerm() g.Node {
	if !v.Term {
		return nil
	}
	return part.Note(part.Info, h.P(g.Text(v.L.T("meeting.term.text"))),
		part.LinkButton("/organizations/"+v.Cell.ID+"?term="+v.Meeting.Day().String()+"#term", v.L.T("meeting.term.do"), part.Small))
}

// trouble says why something that has no form was refused.
func (v meetingView) trouble() g.Node {
	f, ok := v.Forms[""]
	if !ok {
		return nil
	}
	return part.Flash(part.Bad, f.Message)
}

// checklist is what stands and what is still missing before the notice.
func (v meetingView) checklist() g.Node {
	if v.Meeting.State != Draft {
		return v.toldCard()
	}
	l := v.L
	var missing, done g.Group
	for _, f := range v.Findings(v.Now) {
		if f.Done {
			done = append(done, part.MarkEntry(part.OK, l.T("meeting.done_mark"), l.Of("meeting.point", string(f.Point)), v.proof(f.Point)))
			continue
		}
		kind := part.Warn
		if f.Blocks {
			kind = part.Bad
		}
		missing = append(missing, part.Item(part.Mark(kind, l.T("meeting.missing_mark")), part.Grow(
			v.remedy(f.Point), h.Small(g.Text(l.Of("meeting.missing", string(f.Point)))), v.which(f))))
	}
	head := part.Tag(part.OK, l.T("meeting.nothing_missing"))
	if len(missing) > 0 {
		head = part.Tag(part.Warn, l.T("meeting.missing_count", "Count", len(missing)))
	}
	return part.Card(part.CardHead(l.T("meeting.before_notice"), head), g.If(len(missing) > 0, part.List(missing...)),
		part.Details(l.T("meeting.done_count", "Count", len(done)), part.List(done...)))
}

// proof says what a point that stands rests on.
func (v meetingView) proof(p Point) string {
	l := v.L
	switch p {
	case PointPremeeting:
		all := len(v.Premeeting.Present) + len(v.Premeeting.Absent)
		return l.T("meeting.proof.premeeting", "Day", v.Premeeting.HeldAt.Date().Slashed(), "Present", len(v.Premeeting.Present), "All", all)
	case PointLength:
		return l.T("meeting.proof.length", "Minutes", Total(v.Items), "Least", v.Meeting.MinMinutes)
	case PointFollower:
		var names []string
		for _, f := range v.Followers {
			names = append(names, v.Names[f])
		}
		return strings.Join(names, ", ")
	default:
		return ""
	}
}

// remedy links the name of a point to the place where it is mended.
func (v meetingView) remedy(p Point) g.Node {
	name := g.Text(v.L.Of("meeting.point", string(p)))
	path := map[Point]string{
		PointTime: "/edit", PointPlace: "/edit", PointTheme: "/edit", PointPeople: "/edit", PointAgenda: "/items/new",
		PointPremeeting: "/premeeting", PointPresenters: "#agenda", PointLength: "#agenda", PointFocus: "#questions",
		PointPapers: "/papers", PointDraft: "/draft", PointSources: "#agenda",
	}[p]
	if path == "" {
		return h.B(name)
	}
	return part.Link(v.url(path), h.B(name))
}

// which names the items or the references that a finding is about.
func (v meetingView) which(f Finding) g.Node {
	var out g.Group
	for _, i := range f.Items {
		out = append(out, h.Small(g.Textf("%d. %s", i.Position, i.Title)))
	}
	for _, d := range f.Doubts {
		out = append(out, h.Small(g.Text(doubtText(v.L, d))))
	}
	return out
}

// doubtText says what is wrong with a citation, and what was probably meant.
func doubtText(l locale.L, d library.Doubt) string {
	if d.Right.Number == "" {
		return l.T("meeting.doubt.over", "Cited", d.Cited)
	}
	return l.T("meeting.doubt."+string(d.Kind), "Cited", d.Cited, "Right", d.Right.String())
}

// organizing holds what is rarely needed: other details, another time, deleting.
func (v meetingView) organizing() g.Node {
	m, l := v.Meeting, v.L
	if !m.Editable() {
		return v.facts()
	}
	buttons := g.Group{part.LinkButton(v.url("/edit"), l.T("meeting.edit.do"), part.Small, part.IconEdit)}
	if m.State == Noticed {
		buttons = append(buttons, part.LinkButton(v.url("/move"), l.T("meeting.move.do"), part.Small, part.IconClock))
	} else {
		buttons = append(buttons,
			g.If(v.Holds, part.LinkButton("/rooms/"+m.ID, l.T("meeting.room_now"), part.Small, part.IconPlay)),
			part.PostButton(v.url("/delete"), l.T("meeting.delete.do"), part.Small, part.Danger, part.IconTrash,
				part.Confirm(l, l.T("meeting.delete.ask"), l.T("meeting.delete.do"))))
	}
	return part.Stack(v.facts(), part.Beside(buttons))
}
