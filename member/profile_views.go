package member

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

// profileView is what the page of a person shows.
type profileView struct {
	Profile
	today    when.Date
	units    map[string]string // names of cells by id
	others   []organization.Organization
	posts    []organization.Post
	readable bool // the reader may see the roll too
	refused  map[string]web.Form
}

// form returns the form called name: as it was refused, else with values.
func (v profileView) form(name string, values map[string][]string) web.Form {
	if f, ok := v.refused[name]; ok {
		return f
	}
	return web.Form{ID: name, Values: values}
}

func (v profileView) action(l locale.L) g.Node {
	if !v.Writable {
		return nil
	}
	return part.LinkButton("/members/"+v.ID+"/edit", l.T("member.profile.edit"), part.IconEdit)
}

func (v profileView) body(l locale.L) g.Node {
	return part.Cols(
		part.Stack(v.facts(l), v.history(l), v.awards(l)),
		part.Stack(v.private(l), v.standingForm(l), v.transferForm(l), v.looks(l)),
	)
}

func (v profileView) facts(l locale.L) g.Node {
	sex := ""
	if v.Sex != "" {
		sex = l.Of("member.sex", string(v.Sex))
	}
	age := ""
	if years := v.PartyAge(v.today); years > 0 {
		age = l.T("member.profile.years", "Years", years)
	}
	now, _ := On(recordsIn(v.Records, v.Home.ID), v.today)
	return part.Card(
		part.CardHead(l.T("member.profile.title"), standingTag(l, now.Standing)),
		part.DescriptionList(
			part.Fact(l.T("member.fact.posts"), duties(l, Member{}, v.posts)),
			part.Fact(l.T("member.fact.sex"), sex), part.Fact(l.T("member.fact.born_on"), v.Born()),
			part.Fact(l.T("member.fact.ethnicity"), v.Ethnicity), part.Fact(l.T("member.fact.hometown"), v.Hometown),
			part.Fact(l.T("member.fact.admitted_on"), v.Admitted()), part.Fact(l.T("member.fact.official_on"), v.Official()),
			part.Fact(l.T("member.fact.party_age"), age),
			part.Fact(l.T("member.fact.education"), v.Education), part.Fact(l.T("member.fact.theory"), v.Theory),
			part.Fact(l.T("member.fact.position"), v.Position), part.Fact(l.T("member.fact.workplace"), v.Workplace),
			part.Fact(l.T("member.fact.residence"), v.Residence), part.Fact(l.T("member.fact.party_group"), v.Group), part.Fact(l.T("member.fact.field"), v.Field), part.Fact(l.T("member.fact.area"), v.Area),
		),
	)
}

func recordsIn(records []Record, cell string) []Record {
	var in []Record
	for _, r := range records {
		if r.Organization == cell {
			in = append(in, r)
		}
	}
	return in
}

func (v profileView) private(l locale.L) g.Node {
	if !v.Private {
		return nil
	}
	return part.Card(
		part.CardHead(l.T("member.profile.private"), part.IconLock),
		part.Muted(g.Text(l.T("member.profile.private_why"))),
		part.DescriptionList(
			part.Fact(l.T("member.fact.card_number"), v.CardNumber), part.Fact(l.T("member.fact.citizen_id"), v.CitizenID),
			part.Fact(l.T("member.fact.phone"), v.Phone), part.Fact(l.T("member.fact.email"), v.Email), part.Fact(l.T("member.fact.note"), v.Note),
		),
	)
}

func (v profileView) history(l locale.L) g.Node {
	return part.Card(
		part.CardHead(l.T("member.history.title")),
		part.List(g.Map(v.Records, func(r Record) g.Node {
			small := v.units[r.Organization]
			if r.Note != "" {
				small += " · " + r.Note
			}
			return part.Entry(l.T("member.history.from", "Day", r.From.Slashed()), small, standingTag(l, r.Standing))
		})),
	)
}

func (v profileView) awards(l locale.L) g.Node {
	var list g.Node
	if len(v.Awards) == 0 {
		list = part.Muted(g.Text(l.T("member.award.none")))
	} else {
		list = part.List(g.Map(v.Awards, func(a Award) g.Node {
			var drop g.Node
			if v.Writable {
				drop = part.PostButton("/members/"+v.ID+"/awards/"+a.ID+"/drop", l.T("member.award.drop"), part.Small,
					part.Confirm(l, l.T("member.award.drop_ask", "Title", a.Title), l.T("member.award.drop")))
			}
			small := a.GivenOn.Slashed()
			if a.Giver != "" {
				small += " · " + a.Giver
			}
			return part.Entry(a.Title, small, drop)
		}))
	}
	return part.Card(part.CardHead(l.T("member.award.title")), list, v.awardForm(l))
}

func (v profileView) awardForm(l locale.L) g.Node {
	if !v.Writable {
		return nil
	}
	f := v.form("award", nil)
	return part.Details(l.T("member.award.add"), g.If(f.Wrong(), g.Attr("open")),
		part.Post("/members/"+v.ID+"/awards", f.Summary(l),
			f.Input("title", l.T("member.award.what"), part.Required, part.Help(l.T("member.award.what_help"))),
			part.Fields(f.Input("giver", l.T("member.award.giver")), f.Date("given_on", l.T("member.award.day"), part.Required)),
			part.Actions(part.Button(l.T("member.award.add"), part.IconPlus)),
		))
}

// standingForm lets a cell say how a person stands from a day on.
func (v profileView) standingForm(l locale.L) g.Node {
	if !v.Writable {
		return nil
	}
	now, _ := On(recordsIn(v.Records, v.Home.ID), v.today)
	f := v.form("standing", map[string][]string{"organization": {v.Home.ID}, "from": {v.today.String()}})
	options := []part.Option{{Text: l.T("member.form.choose")}}
	for _, s := range Standings {
		if s.MayFollow(now.Standing) || f.Value("standing") == string(s) {
			options = append(options, part.Option{Value: string(s), Text: l.Of("member.standing", string(s))})
		}
	}
	if len(options) == 1 {
		return nil
	}
	return part.Card(part.CardHead(l.T("member.standing_form.title")),
		part.Post("/members/"+v.ID+"/standing", f.Summary(l), f.Hidden("organization"),
			f.Select("standing", l.T("member.standing_form.standing"), options, part.Required),
			f.Date("from", l.T("member.standing_form.from"), part.Required, part.Help(l.T("member.standing_form.from_help"))),
			f.Input("standing_note", l.T("member.standing_form.note"), part.Help(l.T("member.standing_form.note_help"))),
			part.Actions(part.Button(l.T("member.standing_form.send"), part.IconCheck)),
		))
}

// transferForm moves a person to another cell of the same base organisation.
func (v profileView) transferForm(l locale.L) g.Node {
	if !v.Writable || len(v.others) == 0 {
		return nil
	}
	f := v.form("transfer", map[string][]string{"from": {v.today.String()}})
	options := []part.Option{{Text: l.T("member.form.choose")}}
	for _, o := range v.others {
		options = append(options, part.Option{Value: o.ID, Text: o.Name})
	}
	return part.Card(part.Details(l.T("member.transfer.title"), g.If(f.Wrong(), g.Attr("open")),
		part.Post("/members/"+v.ID+"/transfer", f.Summary(l),
			f.Select("to", l.T("member.transfer.to"), options, part.Required),
			f.Date("from", l.T("member.standing_form.from"), part.Required),
			f.Input("standing_note", l.T("member.standing_form.note")),
			part.Actions(part.Button(l.T("member.transfer.send"), part.IconRight)),
		)))
}

// looks tells people who looked at their profile.
func (v profileView) looks(l locale.L) g.Node {
	if len(v.Looks) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("member.looks.title")),
		part.List(g.Map(v.Looks, func(look Look) g.Node {
			name := look.Name
			if name == "" {
				name = l.T("member.looks.office")
			}
			return part.Entry(name, l.Moment(look.At))
		})))
}

func newBody(l locale.L, f web.Form, cell organization.Organization, private bool) g.Node {
	options := []part.Option{}
	for _, s := range Standing("").Next() {
		options = append(options, part.Option{Value: string(s), Text: l.Of("member.standing", string(s)), Small: l.Of("member.standing_why", string(s))})
	}
	return part.Post("/members", f.Summary(l), part.HiddenValue("organization", cell.ID),
		part.Card(part.CardHead(l.T("member.form.standing")),
			f.Radios("standing", l.T("member.fact.standing"), options, part.Required),
			f.Date("from", l.T("member.standing_form.from"), part.Help(l.T("member.form.from_help")))),
		fields(l, f, private),
		part.Actions(part.Button(l.T("member.form.add"), part.Primary, part.IconCheck), part.LinkButton(listURL(cell.ID), l.T("member.form.cancel"))),
	)
}

func editBody(l locale.L, f web.Form, v profileView) g.Node {
	return part.Post("/members/"+v.ID, f.Summary(l), part.Guard(),
		fields(l, f, v.Private),
		part.Actions(part.Button(l.T("member.form.save"), part.Primary, part.IconCheck), part.LinkButton("/members/"+v.ID, l.T("member.form.cancel"))),
	)
}

// fields are the fields of a profile.
func fields(l locale.L, f web.Form, private bool) g.Node {
	sexes := make([]part.Option, len(Sexes))
	for i, s := range Sexes {
		sexes[i] = part.Option{Value: string(s), Text: l.Of("member.sex", string(s))}
	}
	input := func(c Column, children ...g.Node) g.Node {
		return f.Input(string(c), l.Of("member.fact", string(c)), children...)
	}
	date := func(c Column) g.Node {
		return input(c, part.Short, part.Help(l.T("member.form.date_help")), h.AutoComplete("off"), g.Attr("inputmode", "numeric"))
	}
	var secret g.Node
	if private {
		secret = part.Card(part.CardHead(l.T("member.profile.private"), part.IconLock), part.Muted(g.Text(l.T("member.profile.private_why"))),
			part.Fields(input(ColCard), input(ColCitizen)),
			part.Fields(f.Phone(string(ColPhone), l.T("member.fact.phone")), f.Email(string(ColEmail), l.T("member.fact.email"))),
			f.Textarea(string(ColNote), l.T("member.fact.note"), h.Rows(strconv.Itoa(3))))
	}
	return part.Stack(
		part.Card(part.CardHead(l.T("member.form.person")),
			input(ColName, part.Required, h.AutoComplete("off")),
			f.Radios(string(ColSex), l.T("member.fact.sex"), sexes, part.Line),
			part.Fields(date(ColBorn), input(ColEthnicity), input(ColHometown))),
		part.Card(part.CardHead(l.T("member.form.party")), part.Fields(date(ColAdmitted), date(ColOfficial))),
		part.Card(part.CardHead(l.T("member.form.work")),
			part.Fields(input(ColEducation, part.Help(l.T("member.form.education_help"))), input(ColTheory, part.Help(l.T("member.form.theory_help")))),
			part.Fields(input(ColPosition), input(ColWorkplace)), part.Fields(input(ColResidence), input(ColGroup, part.Help(l.T("member.form.group_help")))),
			part.Fields(input(ColField, part.Help(l.T("member.form.field_help"))), input(ColArea, part.Help(l.T("member.form.area_help"))))),
		secret,
	)
}
