package room

import (
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/proceedings"
)

// writer draws the fields of an act: the same ones to add it in the room and to
// correct it later.
type writer struct {
	l locale.L
	s proceedings.State
	f part.Form
	// whole also offers what the room fills in by itself, such as the item.
	whole bool
}

func (w writer) t(key string, args ...any) string { return w.l.T(key, args...) }

// fieldsOf draws the fields of each kind that has some.
var fieldsOf = map[proceedings.ActKind]func(writer) g.Node{
	proceedings.KindOpen: writer.open, proceedings.KindAttendance: writer.attendance, proceedings.KindGuest: writer.guest, proceedings.KindItemAdd: writer.itemAdd, proceedings.KindItemSkip: writer.itemSkip,
	proceedings.KindNote: writer.note, proceedings.KindDues: writer.dues, proceedings.KindOpinion: writer.opinion, proceedings.KindDestiny: writer.destiny, proceedings.KindGuidance: writer.guidance,
	proceedings.KindCommend: writer.commend, proceedings.KindVerdict: writer.verdict, proceedings.KindTask: writer.task, proceedings.KindVoteOpen: writer.voteOpen, proceedings.KindVoteCount: writer.voteCount,
	proceedings.KindVoteSheet: writer.voteSheet, proceedings.KindNominate: writer.nominate, proceedings.KindWithdraw: writer.withdraw,
	proceedings.KindConclude: writer.conclude, proceedings.KindResolution: writer.resolution, proceedings.KindPhoto: writer.photo, proceedings.KindWording: writer.wording,
	proceedings.KindObjection: writer.objection, proceedings.KindAdopt: writer.adopt, proceedings.KindClose: writer.end,
	proceedings.KindSpeakAsk: writer.speakAsk, proceedings.KindSpeakWithdraw: writer.speakWithdraw, proceedings.KindSpeakStart: writer.speakStart, proceedings.KindSpeakEnd: writer.speakEnd,
	proceedings.KindItemStart: writer.itemOnly, proceedings.KindItemFinish: writer.itemOnly, proceedings.KindVoteClose: writer.voteOnly,
}

// fields draws the fields of the kind; kinds that are one press have none.
func (w writer) fields(k proceedings.ActKind) g.Node {
	if draw, ok := fieldsOf[k]; ok {
		return draw(w)
	}
	return nil
}

func (w writer) open() g.Node {
	return g.Group{
		part.Fields(
			w.one("chair", w.t("room.field.chair"), w.members(w.t("room.field.choose"))),
			w.one("minute_taker", w.t("room.field.minute_taker"), w.members(w.t("room.field.choose"))),
		),
		w.f.Input("place", w.t("room.field.place")),
		part.Details(w.t("room.paper.in"), g.If(w.f.Value("paper") != "", g.Attr("open")),
			w.f.Check("paper", w.t("room.field.paper"), part.Help(w.t("room.field.paper.help"))),
			w.f.DateTime("began", w.t("room.field.began"), part.Short)),
	}
}

func (w writer) attendance() g.Node {
	return g.Group{
		w.f.Hidden("member"),
		w.f.Radios("status", w.t("room.field.status"), choices(w.l, statusText, proceedings.Present, proceedings.Late, proceedings.Left, proceedings.Excused, proceedings.Unexcused, proceedings.Unmarked), part.Line),
		w.f.Select("reason", w.t("room.field.reason_code"), w.reasons()),
	}
}

func (w writer) guest() g.Node {
	if w.f.Value("guest") != "" {
		return w.f.Hidden("guest")
	}
	return part.Fields(
		w.f.Input("name", w.t("room.field.name"), part.Required),
		w.f.Input("office", w.t("room.field.office")),
		w.f.Input("organisation", w.t("room.field.organisation")),
	)
}

func (w writer) itemOnly() g.Node { return w.item() }

func (w writer) itemAdd() g.Node {
	return g.Group{
		w.f.Input("title", w.t("room.field.title"), part.Required),
		part.Fields(
			w.f.Number("minutes", w.t("room.field.minutes"), part.Short),
			w.f.Select("after", w.t("room.field.after"), w.items(w.t("room.field.at_end")))),
	}
}

func (w writer) itemSkip() g.Node {
	return g.Group{w.item(), w.f.Input("reason", w.t("room.field.reason"), part.Required)}
}

func (w writer) note() g.Node {
	return g.Group{w.item(), w.text("text", w.t("room.field.note"), proceedings.KindNote)}
}

func (w writer) dues() g.Node {
	return g.Group{
		part.Fields(
			w.f.Number("paid", w.t("room.field.paid"), part.Short),
			w.f.Number("owing", w.t("room.field.owing"), part.Short)),
		w.f.Input("text", w.t("room.field.remark")),
	}
}

func (w writer) opinion() g.Node {
	return g.Group{
		w.item(),
		w.one("speaker", w.t("room.field.speaker"), w.speakers(), part.Required),
		w.f.Radios("stance", w.t("room.field.stance"), choices(w.l, stanceText, proceedings.Agree, proceedings.Differ, proceedings.Propose, proceedings.Ask, proceedings.Inform), part.Line, part.Required),
		w.text("text", w.t("room.field.text"), proceedings.KindOpinion),
	}
}

func (w writer) destiny() g.Node {
	return g.Group{
		w.f.Hidden("opinion"),
		w.f.Radios("fate", w.t("room.field.fate"), choices(w.l, fateText, w.s.Fates()...), part.Line, part.Required),
		w.text("text", w.t("room.field.answer"), proceedings.KindDestiny),
		part.Fields(
			w.one("who", w.t("room.field.who"), w.members(w.t("room.field.nobody")), part.Help(w.t("room.field.who.help"))),
			w.f.Date("due", w.t("room.field.due"))),
	}
}

func (w writer) guidance() g.Node {
	return g.Group{
		w.one("speaker", w.t("room.field.superior"), w.guestsFirst(), part.Required),
		w.text("text", w.t("room.field.guidance"), proceedings.KindGuidance),
	}
}

func (w writer) commend() g.Node {
	return g.Group{
		w.one("member", w.t("room.field.member"), w.members(w.t("room.field.choose")), part.Required),
		w.f.Radios("form", w.t("room.field.form"), choices(w.l, formText, proceedings.Praise, proceedings.Reminder, proceedings.Criticism), part.Line, part.Required),
		w.text("text", w.t("room.field.text"), proceedings.KindCommend),
	}
}

func (w writer) verdict() g.Node {
	due, _ := w.s.Due(w.f.Value("task"))
	return g.Group{
		w.f.Hidden("task"),
		w.f.Radios("verdict", w.t("room.field.verdict"), choices(w.l, verdictText, proceedings.DoneWell, proceedings.DoneFine, proceedings.DoneLate, proceedings.NotDone), part.Line, part.Required),
		w.f.Input("report", w.t("room.field.report")),
		g.If(due.Target > 0, w.f.Number("reached", w.t("room.field.reached", "Target", due.Target, "Unit", due.Unit), part.Short)),
		part.Fields(
			w.f.Input("cause", w.t("room.field.cause"), part.Help(w.t("room.field.cause.help"))),
			w.f.Input("remedy", w.t("room.field.remedy"), part.Help(w.t("room.field.remedy.help")))),
	}
}

func (w writer) task() g.Node {
	return g.Group{
		w.item(),
		w.f.Input("title", w.t("room.field.work"), part.Required),
		w.pick("owners", w.t("room.field.owners"), w.members("")),
		part.Fields(
			w.f.Date("due", w.t("room.field.deadline"), part.Required),
			w.f.Input("done_when", w.t("room.field.done_when"))),
		w.f.Input("source", w.t("room.field.source"), part.Help(w.t("room.field.source.help"))),
		part.Details(w.t("room.task.countable"), g.If(w.f.Value("target") != "", g.Attr("open")),
			part.Fields(
				w.f.Number("target", w.t("room.field.target"), part.Short),
				w.f.Input("unit", w.t("room.field.unit"), part.Short))),
	}
}

func (w writer) voteOpen() g.Node {
	if w.f.Value("matter") == string(proceedings.MatterElection) {
		return w.round()
	}
	var matters []part.Option
	for _, r := range w.s.Setup.Rules {
		if r.Matter == proceedings.MatterElection {
			continue // begins with the list of those who stand
		}
		matters = append(matters, part.Option{Value: string(r.Matter), Text: matterText(w.l, r.Matter) + " · " + r.Words()})
	}
	return g.Group{
		w.item(),
		w.f.Input("question", w.t("room.field.question"), part.Required),
		w.f.Select("matter", w.t("room.field.matter"), matters, part.Help(w.t("room.field.matter.help"))),
		w.f.Radios("method", w.t("room.field.method"), append([]part.Option{{Value: "", Text: w.t("room.method.rule")}}, choices(w.l, methodText, w.s.Methods()...)...), part.Line, part.Help(w.t("room.field.method.help"))),
	}
}

func (w writer) voteCount() g.Node {
	tally := w.s.Tally()
	var voters []part.Option
	for _, a := range w.s.Roll {
		if a.MayVote() {
			voters = append(voters, part.Option{Value: a.ID, Text: a.Name})
		}
	}
	return g.Group{
		w.f.Hidden("vote"),
		part.Fields(
			w.f.Number("for", w.t("room.field.for"), part.Short, part.Required, h.Data("sum", strconv.Itoa(tally.Entitled))),
			w.f.Number("against", w.t("room.field.against"), part.Short, h.Data("sum", strconv.Itoa(tally.Entitled)))),
		h.P(h.Class("muted"), h.Data("other", w.t("room.vote.other")), h.Data("much", w.t("room.vote.too_many")), h.Aria("live", "polite"),
			g.Text(w.t("room.vote.computed", "Entitled", tally.Entitled))),
		part.Details(w.t("room.vote.more"), g.If(w.f.Value("against_names")+w.f.Value("other_names")+w.f.Value("confirmed_by") != "", g.Attr("open")),
			part.Muted(g.Text(w.t("room.vote.more.help"))),
			w.pick("against_names", w.t("room.field.against_names"), voters),
			w.pick("other_names", w.t("room.field.other_names"), voters),
			w.one("confirmed_by", w.t("room.field.confirmed_by"), w.members(w.t("room.field.nobody")), part.Help(w.t("room.field.confirmed_by.help")))),
	}
}

// pick is a list of names to be ticked, with a search over it where a script runs.
func (w writer) pick(name, label string, people []part.Option) g.Node {
	return w.searched(w.f.Checks(name, label, people, part.Line))
}

// pickOne is a list of names of which one is chosen, with the same search; of many
// the name is typed.
func (w writer) pickOne(name, label string, people []part.Option) g.Node {
	if many(w.s) {
		return w.one(name, label, people, part.Required)
	}
	return w.searched(w.f.Radios(name, label, people, part.Line, part.Required))
}

func (w writer) searched(list g.Node) g.Node {
	return h.Div(h.Class("room-pick"), h.Data("pick", w.t("room.pick.search")), h.Data("none", w.t("room.pick.none")), list)
}

func (w writer) voteOnly() g.Node { return w.f.Hidden("vote") }

func (w writer) conclude() g.Node {
	return g.Group{w.item(), w.text("text", w.t("room.field.conclusion"), proceedings.KindConclude)}
}

func (w writer) resolution() g.Node {
	return w.f.Textarea("text", w.t("room.field.resolution"), part.Required, part.Help(w.t("room.field.resolution.help")), h.Rows("14"))
}

func (w writer) photo() g.Node {
	return g.Group{w.f.Hidden("file"), w.item(), w.f.Input("caption", w.t("room.field.caption"))}
}

func (w writer) wording() g.Node {
	return g.Group{w.f.Hidden("passage"), w.f.Textarea("text", w.t("room.field.wording"), h.Rows("10"))}
}

func (w writer) objection() g.Node {
	return g.Group{
		w.one("speaker", w.t("room.field.speaker"), w.speakers(), part.Required),
		w.f.Hidden("passage"),
		w.f.Textarea("text", w.t("room.field.objection"), part.Required),
	}
}

func (w writer) adopt() g.Node {
	return part.Fields(
		w.f.Number("for", w.t("room.field.for"), part.Short, part.Required),
		w.f.Number("against", w.t("room.field.against"), part.Short))
}

func (w writer) end() g.Node {
	return g.If(w.whole || w.s.Opening.Paper, w.f.DateTime("ended", w.t("room.field.ended"), part.Short))
}

// text is a text with the keys of its set phrases above it.
func (w writer) text(name, label string, k proceedings.ActKind) g.Node {
	var keys g.Group
	for _, p := range w.s.Phrases(k) {
		keys = append(keys, h.Button(h.Class("btn small"), h.Type("button"), h.Data("phrase", p.Text), h.Data("into", name), g.Text(p.Key)))
	}
	return h.Div(h.Class("room-text"),
		w.f.Textarea(name, label, h.Rows("3")),
		g.If(len(keys) > 0, h.Div(h.Class("room-phrases"), h.Role("group"), h.Aria("label", w.t("room.phrases")), keys)))
}

// item is the item that an act belongs to: the room knows it, a correction may
// change it.
func (w writer) item() g.Node {
	if !w.whole {
		return w.f.Hidden("item")
	}
	return w.f.Select("item", w.t("room.field.item"), w.items(w.t("room.field.no_item")))
}

func (w writer) items(none string) []part.Option {
	list := []part.Option{{Value: "", Text: none}}
	for n, i := range w.s.Items {
		list = append(list, part.Option{Value: i.ID, Text: strconv.Itoa(n+1) + ". " + i.Title})
	}
	return list
}

// members lists the roll, under a first line for "nobody" where there is one.
func (w writer) members(none string) []part.Option {
	var list []part.Option
	if none != "" {
		list = append(list, part.Option{Value: "", Text: none})
	}
	for _, a := range w.s.Roll {
		list = append(list, part.Option{Value: a.ID, Text: a.Name})
	}
	return list
}

// speakers lists who is in the room, then guests, then those not marked present.
func (w writer) speakers() []part.Option {
	list := []part.Option{{Value: "", Text: w.t("room.field.choose")}}
	var absent []part.Option
	for _, a := range w.s.Roll {
		o := part.Option{Value: a.ID, Text: a.Name}
		if a.Came() {
			list = append(list, o)
		} else {
			o.Text += " · " + statusText(w.l, a.Status)
			absent = append(absent, o)
		}
	}
	return slices.Concat(list, w.guests(), absent)
}

func (w writer) guestsFirst() []part.Option {
	return slices.Concat([]part.Option{{Value: "", Text: w.t("room.field.choose")}}, w.guests(), w.members(""))
}

func (w writer) guests() []part.Option {
	var list []part.Option
	for _, v := range w.s.Guests {
		list = append(list, part.Option{Value: v.ID, Text: v.Name + " · " + v.Office})
	}
	return list
}

func (w writer) reasons() []part.Option {
	list := []part.Option{{Value: "", Text: w.t("room.reason.none")}}
	for _, r := range proceedings.Reasons() {
		list = append(list, part.Option{Value: r, Text: reasonText(w.l, r)})
	}
	return list
}

// choices are the values of an enumeration under their texts.
func choices[T ~string](l locale.L, text func(locale.L, T) string, values ...T) []part.Option {
	list := make([]part.Option, len(values))
	for n, v := range values {
		list[n] = part.Option{Value: string(v), Text: text(l, v)}
	}
	return list
}

// with is the form filled with pairs of field and value.
func with(id string, pairs ...string) part.Form {
	f := part.Form{ID: id, Values: url.Values{}}
	for n := 0; n+1 < len(pairs); n += 2 {
		f.Values.Set(pairs[n], pairs[n+1])
	}
	return f
}

// types says for every kind which fields are not text, so that the browser can
// make an act out of a form: number, yes, list, time.
func types() string {
	all := map[proceedings.ActKind]map[string]string{}
	for _, k := range proceedings.Kinds() {
		b, _ := proceedings.NewBody(k)
		for _, f := range reflect.VisibleFields(reflect.TypeOf(b).Elem()) {
			if t := typeName(f.Type); t != "" {
				if all[k] == nil {
					all[k] = map[string]string{}
				}
				all[k][f.Tag.Get("json")] = t
			}
		}
	}
	b, err := json.Marshal(all)
	if err != nil {
		panic(err) // maps of text
	}
	return string(b)
}

func typeName(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[when.Instant]():
		return "time"
	case t.Kind() == reflect.Int:
		return "number"
	case t.Kind() == reflect.Bool:
		return "yes"
	case t.Kind() == reflect.Slice:
		return "list"
	}
	return ""
}
