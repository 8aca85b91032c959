package conference

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// sittingView is the form of a sitting.
type sittingView struct {
	l     locale.L
	x     Conference
	id    string // empty: a new one
	form  web.Form
	cells []organization.Organization
}

func (v sittingView) body() g.Node {
	l, f := v.l, v.form
	to := v.x.Path() + "/sittings"
	if v.id != "" {
		to += "/" + v.id + "/edit"
	}
	kinds := []part.Option{{Text: l.T("conference.sitting.no_kind")}}
	for _, k := range meeting.Kinds {
		if k.Regular() { // nobody performs a congress for others to see
			kinds = append(kinds, part.Option{Value: string(k), Text: l.Of("meeting.kind", string(k))})
		}
	}
	hosts := []part.Option{{Text: l.T("conference.sitting.no_host")}}
	for _, o := range v.cells {
		hosts = append(hosts, part.Option{Value: o.ID, Text: o.Name})
	}
	return part.Card(part.Post(to, part.Guard(), f.Summary(l),
		f.Input("title", l.T("conference.field.sitting"), part.Required, part.Help(l.T("conference.field.sitting_help"))),
		part.Fields(f.Select("kind", l.T("conference.field.kind"), kinds), f.Select("host", l.T("conference.field.host"), hosts)),
		f.Date("day", l.T("conference.field.day"), part.Required, part.Help(v.weekday())),
		part.Fields(f.Time("starts", l.T("conference.field.starts"), part.Required), f.Time("ends", l.T("conference.field.ends"), part.Required)),
		f.Input("venue", l.T("conference.field.venue"), part.Required),
		f.Input("address", l.T("conference.field.address")),
		f.Input("map", l.T("conference.field.map"), part.Help(l.T("conference.field.map_help")), h.Type("url")),
		part.Actions(part.Button(l.T("conference.save"), part.Primary), part.LinkButton(v.x.Path(), l.T("conference.back")))))
}

// weekday says which day of the week the day is that was typed, before one was: what is
// done with it.
func (v sittingView) weekday() string {
	day, err := when.ParseDate(v.form.Value("day"))
	if err != nil {
		return v.l.T("conference.field.day_help")
	}
	return v.l.T("conference.field.day_is", "Day", day.Slashed(), "Weekday", v.l.Weekday(day))
}

// lineView is the form of a line of the composition.
type lineView struct {
	l        locale.L
	x        Conference
	id       string // empty: a new one
	form     web.Form
	sittings []Sitting
}

func (v lineView) body() g.Node {
	l, f := v.l, v.form
	to := v.x.Path() + "/composition"
	if v.id != "" {
		to += "/" + v.id
	}
	sources := make([]part.Option, len(Sources))
	for i, s := range Sources {
		sources[i] = part.Option{Value: string(s), Text: l.Of("conference.source", string(s)), Small: l.Of("conference.source_help", string(s))}
	}
	sittings := []part.Option{{Text: l.T("conference.line.all")}}
	for _, y := range v.sittings {
		sittings = append(sittings, part.Option{Value: y.ID, Text: y.Title})
	}
	var remove g.Node
	if v.id != "" {
		remove = part.PostButton(to+"/remove", l.T("conference.line.remove"), part.Small, part.IconTrash,
			part.Confirm(l, l.T("conference.line.remove_ask"), l.T("conference.line.remove")))
	}
	return part.Stack(part.Card(part.Post(to, part.Guard(), f.Summary(l),
		f.Textarea("title", l.T("conference.field.category"), part.Required, part.Help(l.T("conference.field.category_help")), h.Rows("2")),
		f.Radios("source", l.T("conference.field.source"), sources, part.Required),
		f.Number("quota", l.T("conference.field.quota"), part.Help(l.T("conference.field.quota_help"))),
		f.Select("sitting", l.T("conference.field.attends"), sittings),
		part.Actions(part.Button(l.T("conference.save"), part.Primary), part.LinkButton(v.x.Path(), l.T("conference.back"))))), remove)
}
