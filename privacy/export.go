package privacy

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/locale"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// vietnamese is the language of papers, whoever reads the screen.
var vietnamese = locale.Vietnamese

// Copy is all that is kept of a person.
type Copy struct {
	Name   string
	Cell   organization.Organization
	At     when.Instant
	Tables []Table // in the order of Kinds; those without rows too
	Looks  []Look
	More   bool // there are older looks, which the page of looks shows
}

// Copy gathers all that is kept of who, and who has looked at it.
func (s *Service) Copy(ctx context.Context, who access.Person) (Copy, error) {
	c, err := s.kept(ctx, who)
	if err != nil {
		return c, err
	}
	var more *Mark
	c.Looks, more, err = looksAfter(ctx, s.DB, who, AllLooks, last, mostRead)
	c.More = more != nil
	return c, err
}

// kept gathers all that is kept of who.
func (s *Service) kept(ctx context.Context, who access.Person) (Copy, error) {
	c := Copy{Name: who.Name, At: s.now()}
	if who.Member != "" {
		m, err := member.Find(ctx, s.DB, who.Root, who.Member)
		if err != nil {
			return c, err
		}
		c.Tables = append(c.Tables, profile(m))
		if c.Cell, err = organization.Find(ctx, s.DB, m.Root, m.Organization); err != nil {
			return c, err
		}
	}
	for _, r := range records {
		t, err := r.read(ctx, s.DB, who.Root, who.Member, who.Account)
		if err != nil {
			return c, err
		}
		c.Tables = append(c.Tables, t)
	}
	said, err := s.opinions(ctx, s.DB, who, c.Cell)
	c.Tables = append(c.Tables, said)
	return c, err
}

// profile is the profile of a member as a table of facts.
func profile(m member.Member) Table {
	t := Table{Kind: Profile, Name: "profile", Columns: []Column{of("fact", "member.fact"), {Key: "value"}}}
	for _, f := range member.Correctable {
		t.Rows = append(t.Rows, []string{string(f), m.Text(f)})
	}
	sex := ""
	if m.Sex != "" {
		sex = vietnamese.Of("member.sex", string(m.Sex))
	}
	for _, f := range [][2]string{{"sex", sex}, {"party_group", m.Group}, {"field", m.Field}, {"area", m.Area}, {"note", m.Note}} {
		t.Rows = append(t.Rows, []string{f[0], f[1]})
	}
	return t
}

// opinions are what somebody has said in the meetings of the cell, read from their logs.
func (s *Service) opinions(ctx context.Context, q db.Q, who access.Person, cell organization.Organization) (Table, error) {
	t := Table{Kind: Meetings, Name: "opinions", Columns: []Column{at("at"), {Key: "meeting"}, {Key: "text"}}}
	if who.Member == "" {
		return t, nil
	}
	heard, err := heardAt(ctx, q, who.Root, who.Member)
	if err != nil {
		return t, err
	}
	for _, id := range heard {
		m, err := meeting.Find(ctx, q, who.Root, id)
		if err != nil {
			return t, err
		}
		p, err := s.Notebooks.Fill(ctx, q, m, cell.Name, who.Member)
		if err != nil {
			return t, err
		}
		for _, o := range p.Opinions {
			t.Rows = append(t.Rows, []string{strconv.FormatInt(int64(m.StartsAt), 10), m.Title, o.Text})
		}
	}
	return t, nil
}

// of returns the tables of a kind that have rows.
func (c Copy) of(k Kind) []Table {
	var out []Table
	for _, t := range c.Tables {
		if t.Kind == k && len(t.Rows) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// Words returns a cell of the table in the words of a reader.
func (t Table) Words(l locale.L, row, column int) string {
	value, col := t.Rows[row][column], t.Columns[column]
	switch {
	case value == "" || col.At && value == "0":
		return ""
	case col.At:
		n, _ := strconv.ParseInt(value, 10, 64) // written by our own query
		return l.Moment(when.Instant(n))
	case col.Of != "":
		return l.Of(col.Of, value)
	}
	if d, err := when.ParseDate(value); err == nil {
		return d.Slashed()
	}
	return value
}

// JSON returns the copy for machines: kinds, lists, rows by the keys of their columns;
// moments as they stand on clocks, values of fixed lists by their names in code.
func (c Copy) JSON() ([]byte, error) {
	type list struct {
		Name string              `json:"name"`
		Rows []map[string]string `json:"rows"`
	}
	type kind struct {
		Kind  Kind   `json:"kind"`
		Why   string `json:"why"`
		Basis string `json:"basis"`
		Lists []list `json:"lists"`
	}
	type look struct {
		At   string `json:"at"`
		Name string `json:"name"`
		What string `json:"what"`
	}
	out := struct {
		Name  string `json:"name"`
		At    string `json:"at"`
		Kinds []kind `json:"kinds"`
		Looks []look `json:"looks"`
		More  bool   `json:"looks_go_on"`
	}{More: c.More, Name: c.Name, At: c.At.String()}
	for _, k := range Kinds {
		one := kind{Kind: k, Why: vietnamese.Of("privacy.why", string(k)), Basis: k.Basis(), Lists: []list{}}
		for _, t := range c.of(k) {
			one.Lists = append(one.Lists, list{t.Name, t.maps()})
		}
		out.Kinds = append(out.Kinds, one)
	}
	for _, k := range c.Looks {
		out.Looks = append(out.Looks, look{k.At.String(), k.Name, k.What})
	}
	return json.MarshalIndent(out, "", "  ")
}

func (t Table) maps() []map[string]string {
	out := make([]map[string]string, len(t.Rows))
	for i, r := range t.Rows {
		out[i] = map[string]string{}
		for j, c := range t.Columns {
			value := r[j]
			if n, err := strconv.ParseInt(value, 10, 64); c.At && err == nil {
				value = when.Instant(n).String()
				if n == 0 {
					value = ""
				}
			}
			out[i][c.Key] = value
		}
	}
	return out
}

// Doc returns the copy to be read.
func (c Copy) Doc() document.Doc {
	day := c.At.Date()
	d := document.Doc{
		Layout: document.LayoutOn(day), Superior: c.Cell.Superior, Issuer: c.Cell.Name, Place: c.Cell.Town, Date: day,
		Title: "Bản trích dữ liệu", Subject: "dữ liệu cá nhân của đồng chí " + c.Name,
	}
	for _, k := range Kinds {
		d.Body = append(d.Body, document.Heading{Level: 1, Text: vietnamese.Of("privacy.kind", string(k))}, document.Para(vietnamese.Of("privacy.why", string(k))))
		tables := c.of(k)
		if len(tables) == 0 {
			d.Body = append(d.Body, document.Para(vietnamese.T("privacy.nothing")))
		}
		for _, t := range tables {
			d.Body = append(d.Body, document.Heading{Level: 2, Text: vietnamese.Of("privacy.table", t.Name)}, t.block())
		}
	}
	d.Body = append(d.Body, document.Heading{Level: 1, Text: vietnamese.T("privacy.looks")})
	if len(c.Looks) == 0 {
		d.Body = append(d.Body, document.Para(vietnamese.T("privacy.looks_none")))
	}
	var looks []document.Text
	for _, k := range c.Looks {
		looks = append(looks, document.Plain(strings.Join([]string{vietnamese.Moment(k.At), looker(vietnamese, k), vietnamese.Of("privacy.look", k.What)}, ", ")))
	}
	d.Body = append(d.Body, document.List{Items: looks})
	if c.More {
		d.Body = append(d.Body, document.Para(vietnamese.T("privacy.looks_older", "Count", mostRead)))
	}
	return d
}

func (t Table) block() document.Block {
	out := document.Table{}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, document.Column{Title: vietnamese.Of("privacy.column", c.Key), Share: 1})
	}
	for i := range t.Rows {
		var row []document.Text
		for j := range t.Columns {
			row = append(row, document.Plain(t.Words(vietnamese, i, j)))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// looker names who looked; who is not known any more is the office.
func looker(l locale.L, k Look) string {
	if k.Name == "" {
		return l.T("privacy.look_office")
	}
	return k.Name
}
