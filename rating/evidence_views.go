package rating

import (
	"strconv"

	g "maragu.dev/gomponents"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/proceedings"
	"chibo/task"
)

// evidence shows what the meetings have shown, each with where it comes from.
func (v cardView) evidence(l locale.L) g.Node {
	e := v.Evidence
	children := []g.Node{part.CardHead(l.T("rating.evidence")), part.Muted(g.Text(l.T("rating.evidence.help")))}
	if v.Line.Person() {
		came, expected, spoke := e.Attendance()
		children = append(children,
			part.DescriptionList(
				part.Is(l.T("rating.evidence.came"), g.Text(l.T("rating.of", "N", came, "Of", expected))),
				part.Is(l.T("rating.evidence.spoke"), g.Text(l.Number(spoke))),
			),
			part.Details(l.T("rating.evidence.meetings", "Count", len(e.Meetings)), part.List(g.Map(e.Meetings, func(m Attended) g.Node {
				return part.LinkEntry("/meetings/"+m.Meeting, m.Title, v.attended(l, m))
			}))))
	}
	children = append(children, part.Details(l.T("rating.evidence.tasks", "Count", len(e.Tasks)), v.tasks(l)))
	if v.Line.Person() {
		children = append(children, part.Details(l.T("rating.evidence.remarks", "Count", len(e.Remarks)), v.remarks(l)))
	}
	return part.Card(children...)
}

func (v cardView) attended(l locale.L, m Attended) string {
	switch {
	case m.Came:
		return l.T("rating.evidence.present", "Times", m.Times)
	case m.Expected:
		return l.T("rating.evidence.absent")
	}
	return l.T("rating.evidence.not_expected")
}

func (v cardView) tasks(l locale.L) g.Node {
	if len(v.Evidence.Tasks) == 0 {
		return part.Muted(g.Text(l.T("rating.evidence.no_tasks")))
	}
	return part.List(g.Map(v.Evidence.Tasks, func(t task.Outcome) g.Node {
		small := l.T("rating.evidence.unjudged")
		if t.Said != "" {
			small = l.Of("task.verdict", string(t.Said))
			if title := v.Evidence.Titles[t.SaidIn]; title != "" {
				small += " · " + title
			}
		}
		if t.Target > 0 {
			small += " · " + strconv.Itoa(t.Reached) + "/" + strconv.Itoa(t.Target) + " " + t.Unit
		}
		return part.LinkEntry(t.Path(), t.Title, small)
	}))
}

func (v cardView) remarks(l locale.L) g.Node {
	if len(v.Evidence.Remarks) == 0 {
		return part.Muted(g.Text(l.T("rating.evidence.no_remarks")))
	}
	return part.List(g.Map(v.Evidence.Remarks, func(r Remark) g.Node { return remarkEntry(l, r, "", v.Evidence.Titles) }))
}

// remarkEntry is one line of praise, reminder or criticism, with the name before it
// where the list is of several people.
func remarkEntry(l locale.L, r Remark, name string, titles map[string]string, aside ...g.Node) g.Node {
	kind := part.Warn
	if r.Form == proceedings.Praise {
		kind = part.OK
	}
	from := l.T("rating.remark.between", "Day", r.On.Slashed())
	if title := titles[r.Meeting]; title != "" {
		from = title
	}
	said := l.Of("rating.remark", string(r.Form))
	if name != "" {
		said = name + " · " + said
	}
	return part.MarkEntry(kind, l.Of("rating.remark", string(r.Form)), said+": "+r.Text, from, aside...)
}

// conditions shows for each level what the facts say of its conditions.
func (v cardView) conditions(l locale.L) g.Node {
	facts := v.Evidence.Facts()
	children := []g.Node{part.CardHead(l.T("rating.conditions")), part.Muted(g.Text(l.T("rating.conditions.help")))}
	for _, of := range Levels {
		children = append(children, part.Details(l.Of("rating.level", string(of))+" · "+band(l, of),
			part.List(g.Map(Conditions(of, v.Line.Form, facts), func(c Condition) g.Node {
				small := l.Of("rating.truth", truthOf(of, c.Truth))
				if c.Of > 0 {
					small += " · " + l.T("rating.of", "N", c.N, "Of", c.Of)
				}
				return part.MarkEntry(truthKind(of, c.Truth), l.Of("rating.truth", truthOf(of, c.Truth)), l.Of("rating.condition", c.Key), small)
			}))))
	}
	return part.Card(children...)
}

// truthOf is the word for a truth: the listed cases of the worst level apply or do not.
func truthOf(of Level, t Truth) string {
	if of == NotDone && t != Unknown {
		return "case_" + string(t)
	}
	return string(t)
}

func truthKind(of Level, t Truth) part.Kind {
	switch {
	case t == Unknown:
		return part.Info
	case (t == Holds) != (of == NotDone):
		return part.OK
	}
	return part.Bad
}

// remark shows what the person says to the facts, and lets them say it.
func (v cardView) remark(l locale.L) g.Node {
	f := v.forms.remark
	f.ID = "remark"
	may := v.Own && (v.Round.State == Discussion || v.Round.State == Voting || v.Round.State == SelfRating && v.Line.Said())
	if !may {
		if v.Line.Remark == "" {
			return nil
		}
		return part.Card(part.CardHead(l.T("rating.remarked")), g.Text(v.Line.Remark))
	}
	return part.Card(part.CardHead(l.T("rating.remarked")),
		part.Post(v.Line.Path()+"/remark", f.Summary(l),
			f.Textarea("remark", l.T("rating.field.remark"), part.Help(l.T("rating.help.remark"))),
			part.Actions(part.Button(l.T("rating.remark.send")))))
}
