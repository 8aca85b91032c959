package dossier

import (
	"strconv"
	"strings"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/privacy"
)

// vietnamese is the language of papers, whoever reads the screen.
var vietnamese = locale.Vietnamese

// kindNames are the names of kinds of data on one line.
func kindNames(l locale.L, kinds []privacy.Kind) string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = l.Of("privacy.kind", string(k))
	}
	return strings.Join(out, "; ")
}

// fieldNames are the fields of kinds of data on one line, as the page of one's own data
// names them.
func fieldNames(l locale.L, kinds []privacy.Kind) string {
	var out []string
	for _, k := range kinds {
		for _, f := range privacy.FieldsOf(k) {
			columns := make([]string, len(f.Columns))
			for i, key := range f.Columns {
				columns[i] = l.T(key)
			}
			out = append(out, l.T(f.Table)+" ("+strings.ToLower(strings.Join(columns, ", "))+")")
		}
	}
	return strings.Join(out, "; ")
}

func yes(l locale.L, b bool) string {
	if b {
		return l.T("dossier.yes")
	}
	return l.T("dossier.no")
}

// Sheet lists the people, one a row.
func (b Breach) Sheet() sheet.Table {
	l := vietnamese
	t := sheet.Table{
		Name: l.T("dossier.breach.sheet"),
		Titles: []string{
			l.T("dossier.breach.title"), strings.Join(b.Units, ", "),
			l.T("dossier.breach.between", "From", l.Moment(b.Span.From), "Until", l.Moment(b.Span.Until)),
			l.T("dossier.breach.bound"),
		},
		Widths: []float64{6, 28, 28, 40, 40, 12, 80, 10, 20, 20},
	}
	for _, key := range []string{"no", "name", "unit", "kinds", "open", "sensitive", "fields", "times", "first", "last"} {
		t.Header = append(t.Header, l.Of("dossier.breach.column", key))
	}
	for i, v := range b.Victims {
		t.Rows = append(t.Rows, []any{
			i + 1, v.Name, v.Unit, kindNames(l, v.Kinds), kindNames(l, v.Open), yes(l, v.Sensitive()), fieldNames(l, v.All()), v.Times, moment(l, v.First), moment(l, v.Last),
		})
	}
	return t
}

// blank is a line that people fill in by hand.
const blank = "………………………………"

// Report is the draft of the report to the authority for the protection of personal data.
// 72 hours from finding out stood in Nghị định 13/2023/NĐ-CP (17/4/2023), art. 23; the
// number is reported for Luật 91/2025/QH15 (26/6/2025), art. 23, and was not read there.
func (b Breach) Report(o organization.Organization) document.Doc {
	l := vietnamese
	day := b.At.Date()
	d := document.Doc{
		Layout: document.LayoutOn(day), Superior: o.Superior, Issuer: o.Name, Place: o.Town, Date: day, Kind: document.Report, Mark: l.T("dossier.draft"),
		Subject: l.T("dossier.report.subject"),
		To:      []string{l.T("dossier.report.to")},
		Bases:   []string{l.T("dossier.basis.law"), l.T("dossier.basis.decree")},
	}
	say := func(text string) { d.Body = append(d.Body, document.Para(text)) }
	head := func(key string) {
		d.Body = append(d.Body, document.Heading{Level: 1, Text: l.Of("dossier.report.head", key)})
	}
	head("what")
	say(l.T("dossier.report.between", "From", l.Moment(b.Span.From), "Until", l.Moment(b.Span.Until)))
	say(l.T("dossier.report.found", "At", blank))
	say(l.T("dossier.report.limit"))
	say(l.T("dossier.report.nature", "What", blank))
	head("whose")
	say(l.T("dossier.report.people", "Count", len(b.Victims), "Sensitive", b.Sensitive()))
	say(l.T("dossier.breach.bound"))
	d.Body = append(d.Body, b.kindTable(), b.actorTable())
	head("harm")
	say(l.T("dossier.report.harm", "What", blank))
	head("done")
	say(l.T("dossier.report.done", "What", blank))
	head("who")
	say(l.T("dossier.report.who", "Name", blank))
	d.Recipients = []string{l.T("dossier.report.recipient"), l.T("dossier.report.file")}
	d.Signatures = []document.Signature{{For: l.T("dossier.sign.for"), As: l.T("dossier.sign.as")}}
	return d
}

func (b Breach) kindTable() document.Table {
	l, counts := vietnamese, b.Kinds()
	t := document.Table{Columns: []document.Column{
		{Title: l.Of("dossier.breach.column", "kinds"), Share: 2},
		{Title: l.T("dossier.breach.people"), Share: 1, Align: document.AlignRight},
		{Title: l.Of("dossier.breach.column", "fields"), Share: 5},
	}}
	for _, k := range privacy.Kinds {
		if counts[k] > 0 {
			t.Rows = append(t.Rows, texts(l.Of("privacy.kind", string(k)), strconv.Itoa(counts[k]), fieldNames(l, []privacy.Kind{k})))
		}
	}
	return t
}

// actorTable lists the accounts that were asked about; all that did something where none
// was named.
func (b Breach) actorTable() document.Table {
	l := vietnamese
	t := document.Table{Columns: []document.Column{
		{Title: l.T("dossier.breach.account"), Share: 3},
		{Title: l.T("dossier.breach.deeds"), Share: 1, Align: document.AlignRight},
		{Title: l.T("dossier.breach.people"), Share: 1, Align: document.AlignRight},
	}}
	for _, a := range b.Actors {
		if b.asked(a) {
			t.Rows = append(t.Rows, texts(a.named(l), strconv.Itoa(a.Deeds), strconv.Itoa(a.People)))
		}
	}
	return t
}

// fileDay is the day in the name of a file.
func fileDay(at when.Instant) string { return at.Date().String() }

func texts(cells ...string) []document.Text {
	out := make([]document.Text, len(cells))
	for i, s := range cells {
		out[i] = document.Plain(s)
	}
	return out
}
