package library

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

// entryView is the form of a document.
type entryView struct {
	Document
	form    part.Form
	units   []organization.Organization
	against []Suspicion
}

func (v entryView) body(l locale.L) g.Node {
	f := v.form
	action, back := "/library/documents", "/library"
	units := make([]part.Option, len(v.units))
	for i, o := range v.units {
		units[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	unit := f.Select("organization", l.T("library.field.unit"), units, part.Help(l.T("library.field.unit_help")))
	if v.ID != "" {
		action, back, unit = v.Path()+"/edit", v.Path(), nil
	} else if len(units) == 1 {
		unit = h.Input(h.Type("hidden"), h.Name("organization"), h.Value(units[0].Value))
	}
	levels := make([]part.Option, len(Levels))
	for i, level := range Levels {
		levels[i] = part.Option{Value: string(level), Text: l.Of("library.level", string(level))}
	}
	return part.Card(part.Post(action, f.Summary(l), v.suspicions(l), unit,
		f.Select("level", l.T("library.field.level"), levels, part.Required),
		part.Fields(
			f.Input("kind", l.T("library.field.kind"), part.Required, part.Help(l.T("library.field.kind_help"))),
			f.Input("number", l.T("library.field.number"), part.Required, part.Help(l.T("library.field.number_help"))),
			f.Date("date", l.T("library.field.date"), part.Required)),
		f.Input("body", l.T("library.field.body"), part.Required),
		f.Input("title", l.T("library.field.title"), part.Required, part.Help(l.T("library.field.title_help"))),
		part.Fields(
			f.Date("from", l.T("library.field.from"), part.Help(l.T("library.field.from_help"))),
			f.Date("until", l.T("library.field.until"), part.Help(l.T("library.field.until_help")))),
		part.Fields(
			f.Input("replaced_by", l.T("library.field.replaced_by")),
			f.Date("replaced_on", l.T("library.field.replaced_on"))),
		f.Textarea("text", l.T("library.field.text"), h.Rows("12"), part.Help(l.T("library.field.text_help"))),
		g.If(v.doubted(), f.Check("sure", l.T("library.field.sure"))),
		part.Actions(part.Button(l.T("library.save"), part.Primary), part.LinkButton(back, l.T("library.cancel"))),
	))
}

// doubted reports whether the writer has to say that they are sure.
func (v entryView) doubted() bool { return len(v.against) > 0 }

func (v entryView) suspicions(l locale.L) g.Node {
	return g.Map(v.against, func(s Suspicion) g.Node {
		text := l.Of("library.suspicion", string(s.Kind))
		if s.Known.Number == "" {
			return part.Note(part.Warn, g.Text(text))
		}
		return part.Note(part.Warn, h.P(g.Text(text)), h.P(h.B(g.Text(s.Known.String())), g.Text(" "+s.Known.Title)))
	})
}

// documentView is the page of a document.
type documentView struct {
	Document
	form      part.Form
	files     []File
	today     when.Date
	registers bool
	aside     g.Node
}

func (v documentView) action(l locale.L) g.Node {
	if !v.registers {
		return nil
	}
	return part.LinkButton(v.Path()+"/edit", l.T("library.amend"), part.IconEdit)
}

func (v documentView) body(l locale.L) g.Node {
	return part.Cols(part.Stack(v.text(l), v.papers(l)), part.Stack(v.facts(l), v.aside))
}

func (v documentView) facts(l locale.L) g.Node {
	terms := []part.Term{
		part.Is(l.T("library.term.level"), g.Text(l.Of("library.level", string(v.Level)))),
		part.Is(l.T("library.term.body"), g.Text(v.Body)),
		part.Is(l.T("library.in_force"), g.Text(span(l, v.Source))),
	}
	if v.ReplacedBy != "" {
		terms = append(terms, part.Is(l.T("library.term.replaced"), g.Text(v.ReplacedBy+" "+v.ReplacedOn.Slashed())))
	}
	return part.Card(h.P(standing(l, v.Source, v.today)), part.DescriptionList(terms...))
}

func (v documentView) text(l locale.L) g.Node {
	paragraphs := v.Paragraphs()
	if len(paragraphs) == 0 {
		return part.Card(part.CardHead(l.T("library.text")), part.Muted(g.Text(l.T("library.text_none"))))
	}
	return part.Card(part.CardHead(l.T("library.text")), g.Map(paragraphs, func(p string) g.Node { return h.P(g.Text(p)) }))
}

func (v documentView) papers(l locale.L) g.Node {
	if len(v.files) == 0 && !v.registers {
		return nil
	}
	return part.Card(h.ID("files"), part.CardHead(l.T("library.files")),
		g.If(len(v.files) > 0, part.List(g.Map(v.files, func(f File) g.Node {
			return part.Item(part.Grow(part.Link("/files/"+f.ID, g.Text(f.Name)), h.Small(g.Text(l.Size(f.Size)))),
				g.If(v.registers, part.PostButton(v.Path()+"/files/"+f.ID+"/remove", l.T("library.remove"), part.Small, part.IconTrash,
					h.Aria("label", l.T("library.remove")+": "+f.Name), part.Confirm(l, l.T("library.remove_ask", "Name", f.Name), l.T("library.remove")))))
		}))),
		g.If(v.registers, part.Upload(v.Path()+"/files", v.form.Summary(l),
			v.form.File("file", l.T("library.choose"), Papers.Accept(), part.Required),
			v.form.Check("unmarked", l.T("library.unmarked")),
			part.Actions(part.Button(l.T("library.upload"), part.IconUpload)))))
}
