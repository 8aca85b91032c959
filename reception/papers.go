package reception

import (
	"slices"
	"strconv"
	"strings"

	"chibo/conference"
	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/search"
	"chibo/kit/sheet"
	"chibo/kit/web"
	"chibo/organization"
)

// Papers are Vietnamese whoever reads the screen.

// papers are what stands beside the board: the roll-call, and the list to be ticked on paper.
var papers = []string{"roll.docx", "roll.pdf", "roll.xlsx", "list.docx", "list.pdf"}

// paper answers with one of the papers.
func (p *Pages) paper(name string) web.Handler {
	return func(c *web.Ctx) error {
		b, err := p.Board(c.Context(), c.Who, c.Param("id"), c.Param("sitting"))
		if err != nil {
			return err
		}
		o, err := organization.Find(c.Context(), p.DB, b.Conference.Root, b.Conference.Organization)
		if err != nil {
			return err
		}
		if err := p.Audit.Took(c.Context(), p.DB, c.Who, b.Conference.Root, "reception.list_taken", b.Conference.ID); err != nil {
			return err
		}
		what, form, _ := strings.Cut(name, ".")
		file := b.Sitting.StartsAt.Date().String() + " Điểm danh đại biểu." + form
		switch {
		case what == "list":
			return document.Send(c, b.listDoc(o), "Danh sách để điểm danh "+file, form)
		case form == "xlsx":
			return c.Sheet(file, b.table(o))
		}
		return document.Send(c, b.rollDoc(o), file, form)
	}
}

// whose says of whose delegates the papers tell.
func (p *Pages) whose(c *web.Ctx) (web.List, error) {
	x, err := conferenceOf(c.Context(), p.DB, c.Who, Keep, c.Param("id"))
	if err != nil {
		return web.List{}, err
	}
	return conference.Whose(c.Context(), p.DB, x)
}

// doc is a paper of the committee about a sitting, with its day.
// No form of a conference's roll-call was found in the sources; the head follows the
// layout of the Party's papers.
func (b Board) doc(o organization.Organization, title string) document.Doc {
	l, day := locale.Vietnamese, b.Sitting.StartsAt.Date()
	where := b.Sitting.Venue
	if b.Sitting.Address != "" {
		where += ", " + b.Sitting.Address
	}
	return document.Doc{
		Layout: document.LayoutOn(day), Superior: o.Superior, Issuer: o.Name, Place: o.Town, Date: day, Title: title, Subject: b.Sitting.Title,
		Body: []document.Block{document.Para("Thời gian: " + l.Moment(b.Sitting.StartsAt) + "; địa điểm: " + where + ".")},
	}
}

// rollDoc is who came and who is missing.
func (b Board) rollDoc(o organization.Organization) document.Doc {
	d := b.doc(o, "Danh sách điểm danh đại biểu")
	d.Signatures = []document.Signature{{As: "NGƯỜI ĐIỂM DANH"}}
	t := b.Total
	d.Body = append(d.Body,
		document.Para("Đại biểu được mời, được cử: "+strconv.Itoa(t.Due)+"; có mặt theo danh sách: "+strconv.Itoa(t.Came)+"; có người đi thay: "+strconv.Itoa(t.Replaced)+
			"; vắng: "+strconv.Itoa(b.Absent())+". Tổng số người có mặt: "+strconv.Itoa(t.Present())+"."),
		document.Paragraph{Text: document.Bold("Theo thành phần"), Keep: true}, lineTable("Thành phần", b.Lines),
		document.Paragraph{Text: document.Bold("Đại biểu có mặt"), Keep: true}, b.peopleTable())
	if b.Absent() > 0 {
		d.Body = append(d.Body, document.Paragraph{Text: document.Bold("Đại biểu vắng"), Keep: true}, b.missingTable())
	}
	return d
}

func lineTable(title string, lines []Line) document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: title, Share: .44},
		{Title: "Mời", Share: .14, Align: document.Center},
		{Title: "Đến", Share: .14, Align: document.Center},
		{Title: "Có người thay", Share: .14, Align: document.Center},
		{Title: "Vắng", Share: .14, Align: document.Center},
	}}
	for _, l := range lines {
		t.Rows = append(t.Rows, plain(l.Title, strconv.Itoa(l.Due), strconv.Itoa(l.Came), strconv.Itoa(l.Replaced), strconv.Itoa(l.Due-l.Came-l.Replaced)))
	}
	return t
}

func (b Board) peopleTable() document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: .07, Align: document.Center},
		{Title: "Họ và tên", Share: .24},
		{Title: "Chức vụ, đơn vị", Share: .29},
		{Title: "Thành phần", Share: .18},
		{Title: "Giờ đến", Share: .09, Align: document.Center},
		{Title: "Cách ghi", Share: .13},
	}}
	for i, p := range b.People {
		t.Rows = append(t.Rows, plain(strconv.Itoa(i+1), p.Name, comma(p.Post, p.Unit), p.Line, p.At.HHMM(), wayOf(p)))
	}
	return t
}

func (b Board) missingTable() document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: .08, Align: document.Center},
		{Title: "Họ và tên", Share: .28},
		{Title: "Chức vụ, đơn vị", Share: .4},
		{Title: "Ghi chú", Share: .24},
	}}
	for _, m := range b.Missing {
		for _, x := range m.Guests {
			note := ""
			if declined(x) {
				note = "Đã báo không dự"
			}
			t.Rows = append(t.Rows, plain(strconv.Itoa(len(t.Rows)+1), x.Name, comma(x.Post, x.Unit), note))
		}
	}
	return t
}

// listDoc is the list for a desk without a device: in the order of names, with a box.
func (b Board) listDoc(o organization.Organization) document.Doc {
	d := b.doc(o, "Danh sách đại biểu để điểm danh")
	t := document.Table{Columns: []document.Column{
		{Title: "Có mặt", Share: .09, Align: document.Center},
		{Title: "TT", Share: .07, Align: document.Center},
		{Title: "Họ và tên", Share: .26},
		{Title: "Chức vụ, đơn vị", Share: .3},
		{Title: "Chỗ ngồi", Share: .12, Align: document.Center},
		{Title: "Giờ đến, người đi thay", Share: .16},
	}}
	guests, keys := slices.Clone(b.Guests), map[string]string{}
	for _, x := range guests {
		keys[x.ID] = search.NameKey(x.Name)
	}
	slices.SortStableFunc(guests, func(x, y Guest) int { return strings.Compare(keys[x.ID], keys[y.ID]) })
	for _, x := range guests {
		if x.Due {
			t.Rows = append(t.Rows, plain("□", strconv.Itoa(len(t.Rows)+1), x.Name, comma(x.Post, x.Unit), x.Seat, ""))
		}
	}
	const blank = 12 // lines for those who are not on the list
	for range blank {
		t.Rows = append(t.Rows, plain("□", "", "", "", "", ""))
	}
	d.Body = append(d.Body, t)
	return d
}

// table is the roll-call as a sheet, with everybody who should come.
func (b Board) table(o organization.Organization) sheet.Table {
	l := locale.Vietnamese
	t := sheet.Table{
		Name: "Điểm danh", Titles: []string{o.Name, "Danh sách điểm danh đại biểu: " + b.Sitting.Title, l.Moment(b.Sitting.StartsAt) + ", " + b.Sitting.Venue},
		Header: []string{"TT", "Họ và tên", "Chức vụ", "Đơn vị", "Thành phần", "Số giấy mời", "Có mặt", "Giờ đến", "Cách ghi", "Bàn"},
		Widths: []float64{6, 28, 24, 32, 28, 12, 12, 10, 28, 14},
	}
	number := func(n int) any {
		if n == 0 {
			return ""
		}
		return n
	}
	for i, p := range b.People {
		t.Rows = append(t.Rows, []any{i + 1, p.Name, p.Post, p.Unit, p.Line, number(p.Number), "x", p.At.HHMM(), wayOf(p), b.where(p.Event)})
	}
	for _, m := range b.Missing {
		for _, x := range m.Guests {
			t.Rows = append(t.Rows, []any{len(t.Rows) + 1, x.Name, x.Post, x.Unit, x.Line, number(x.Number), "vắng", "", "", ""})
		}
	}
	return t
}

// wayOf says how somebody was known, and for whom they came.
func wayOf(p Present) string {
	text := locale.Vietnamese.Of("reception.way", string(p.Way))
	if p.For != "" {
		text += " đồng chí " + p.For
	}
	return text
}

func plain(texts ...string) []document.Text {
	out := make([]document.Text, len(texts))
	for i, s := range texts {
		out[i] = document.Plain(s)
	}
	return out
}

func comma(post, unit string) string {
	if post == "" {
		return unit
	}
	return post + ", " + unit
}
