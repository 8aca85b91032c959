package dossier

import (
	"strconv"
	"strings"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/privacy"
)

// paper is what both packs have in common: a draft report of a unit on a day.
func paper(o organization.Organization, at when.Instant, subject string, bases ...string) document.Doc {
	day := at.Date()
	d := document.Doc{
		Layout: document.LayoutOn(day), Superior: o.Superior, Issuer: o.Name, Place: o.Town, Date: day, Kind: document.Report,
		Mark: vietnamese.T("dossier.draft"), Subject: vietnamese.T(subject),
		Recipients: []string{vietnamese.T("dossier.report.file")},
		Signatures: []document.Signature{{For: vietnamese.T("dossier.sign.for"), As: vietnamese.T("dossier.sign.as")}},
	}
	for _, key := range bases {
		d.Bases = append(d.Bases, vietnamese.T(key))
	}
	return d
}

func heading(key string) document.Heading {
	return document.Heading{Level: 1, Text: vietnamese.Of("dossier.head", key)}
}

func items(lines ...string) document.List {
	return document.List{Items: texts(lines...)}
}

// Impact is the assessment of what the processing of personal data may do to people: a
// file that is made once and kept up to date (Luật 91/2025/QH15, 26/6/2025; within 60 days
// of the first processing and every six months, as reported of Nghị định 356/2025/NĐ-CP).
func (r Running) Impact(o organization.Organization, at when.Instant) document.Doc {
	l := vietnamese
	d := paper(o, at, "dossier.impact.subject", "dossier.basis.law", "dossier.basis.decree", "dossier.basis.party")
	d.Body = []document.Block{
		document.Para(l.T("dossier.impact.made", "At", l.Moment(at))), document.Para(l.T("dossier.impact.when")),
		heading("controller"), items(l.T("dossier.impact.controller", "Unit", o.Name), l.T("dossier.impact.officer", "Name", blank)),
		heading("purposes"), purposes(),
		heading("classes"), document.Para(l.T("dossier.impact.classes", "Count", r.Tables)), classTable(),
		heading("people"), document.Para(l.T("dossier.impact.access")), r.roleTable(),
		heading("outside"), items(r.outside()...),
		heading("measures"), r.controlTable(at),
		heading("rights"), document.Para(l.T("dossier.impact.rights")),
		heading("risks"), items(l.T("dossier.impact.risk_leak"), l.T("dossier.impact.risk_guess"), l.T("dossier.impact.risk_inside"), l.T("dossier.impact.risk_loss"), l.T("dossier.impact.risk_more", "What", blank)),
		heading("conclusion"), document.Para(l.T("dossier.impact.conclusion", "What", blank)),
	}
	return d
}

// Level describes the system for its security level: level 3 is proposed, a competent body
// decides.
func (r Running) Level(o organization.Organization, at when.Instant) document.Doc {
	l := vietnamese
	d := paper(o, at, "dossier.level.subject", "dossier.basis.cyber", "dossier.basis.level", "dossier.basis.circular")
	d.Body = []document.Block{
		document.Para(l.T("dossier.impact.made", "At", l.Moment(at))), document.Para(l.T("dossier.level.doubt")),
		heading("system"), items(r.parts()...),
		heading("outside"), items(r.outside()...),
		heading("classes"), document.Para(l.T("dossier.impact.classes", "Count", r.Tables)), classTable(),
		heading("people"), r.roleTable(),
		heading("why"), document.Para(l.T("dossier.level.why")),
		heading("measures"), r.controlTable(at),
		heading("left"), items(r.left(at)...),
	}
	return d
}

// parts are the lines that describe the system.
func (r Running) parts() []string {
	l := vietnamese
	engine := "SQLite"
	if r.Postgres {
		engine = "PostgreSQL"
	}
	lines := []string{
		l.T("dossier.system.program", "Version", or(r.Version, l.T("dossier.unknown"))),
		l.T("dossier.system.database", "Engine", engine, "Size", l.Size(r.Bytes), "Tables", r.Tables),
		l.T("dossier.system.listen", "Address", or(r.Listen, l.T("dossier.system.socket"))),
		l.T("dossier.system.base", "Address", or(r.Base, l.T("dossier.unknown"))),
		l.T("dossier.system.secure", "Yes", yes(l, r.Secure)),
		l.T("dossier.system.proxy", "Yes", yes(l, r.Proxy)),
		l.T("dossier.system.nodes", "Yes", yes(l, r.Nodes)),
		l.T("dossier.system.idle", "Own", int(r.Idle.Own.Minutes()), "Staff", int(r.Idle.Staff.Minutes()), "Shared", int(r.Idle.Shared.Minutes())),
	}
	return append(lines, r.copies(l))
}

// copies says how copies are made and how old the last is.
func (r Running) copies(l locale.L) string {
	switch {
	case r.Postgres:
		return l.T("dossier.system.copies_postgres")
	case !r.Copies.On:
		return l.T("dossier.system.copies_off")
	case r.Copies.Last.IsZero():
		return l.T("dossier.system.copies_none")
	}
	return l.T("dossier.system.copies", "Hours", int(r.Copies.Every.Hours()), "Keep", r.Copies.Keep, "Last", l.Moment(r.Copies.Last))
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// outside says what leaves the house.
func (r Running) outside() []string {
	l := vietnamese
	lines := []string{l.T("dossier.outside.none")}
	if r.Mail {
		lines = append(lines, l.T("dossier.outside.mail"))
	}
	if r.Pushes {
		lines = append(lines, l.T("dossier.outside.push"))
	}
	return append(lines, l.T("dossier.outside.abroad"))
}

// left lists what is not met and what people have to do.
func (r Running) left(at when.Instant) []string {
	var lines []string
	for _, c := range r.Controls(at.Date(), at) {
		if c.Verdict != Met {
			lines = append(lines, vietnamese.Of("dossier.control", c.Key)+": "+vietnamese.Of("dossier.todo", c.Key))
		}
	}
	return lines
}

func purposes() document.Table {
	l := vietnamese
	t := document.Table{Columns: []document.Column{column(2, "kind"), column(3, "why"), column(2, "basis"), column(3, "long")}}
	for _, k := range privacy.AllKinds() {
		t.Rows = append(t.Rows, texts(l.Of("privacy.kind", string(k)), l.Of("privacy.why", string(k)), or(k.Basis(), l.Of("dossier.pack", "own")), l.Of("privacy.long", string(k))))
	}
	return t
}

// classTable counts the columns of each kind by class.
func classTable() document.Table {
	l := vietnamese
	t := document.Table{Columns: []document.Column{column(4, "kind"), column(1, "tables")}}
	for _, c := range privacy.Classes {
		t.Columns = append(t.Columns, document.Column{Title: l.Of("privacy.class", string(c)), Share: 1, Align: document.AlignRight})
	}
	for _, k := range privacy.AllKinds() {
		held := privacy.Held(k)
		cells := []string{l.Of("privacy.kind", string(k)), strconv.Itoa(len(held))}
		for _, c := range privacy.Classes {
			n := 0
			for _, h := range held {
				n += h.Count(c)
			}
			cells = append(cells, strconv.Itoa(n))
		}
		t.Rows = append(t.Rows, texts(cells...))
	}
	return t
}

func (r Running) roleTable() document.Table {
	t := document.Table{Columns: []document.Column{column(3, "role"), column(1, "rights"), column(4, "role_does")}}
	for _, role := range r.Roles {
		t.Rows = append(t.Rows, texts(vietnamese.Of("account.role", role.Name), strconv.Itoa(role.Rights), vietnamese.Of("dossier.role", role.Name)))
	}
	return t
}

func (r Running) controlTable(at when.Instant) document.Table {
	l := vietnamese
	t := document.Table{Columns: []document.Column{column(2, "control"), column(5, "how"), column(1, "verdict")}}
	for _, c := range r.Controls(at.Date(), at) {
		t.Rows = append(t.Rows, texts(l.Of("dossier.control", c.Key), l.Of("dossier.how", c.Key), l.Of("dossier.verdict", string(c.Verdict))))
	}
	return t
}

// column is a column of a table by the key of its title.
func column(share float64, key string) document.Column {
	return document.Column{Title: vietnamese.Of("dossier.pack", key), Share: share}
}

// named is the name of an actor, or what stands for an account that is gone.
func (a Actor) named(l locale.L) string {
	return or(strings.TrimSpace(a.Name), l.T("dossier.breach.nobody"))
}
