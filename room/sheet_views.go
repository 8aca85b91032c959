package room

import (
	"encoding/json"
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/assets"
	"chibo/kit/web/part"
	"chibo/proceedings"
)

// voteSheet draws the count sheet: what the counting team has on paper, in the same
// order, with the sums said while they are typed.
func (w writer) voteSheet() g.Node {
	v, _ := w.s.Vote(w.f.Value("vote"))
	entitled := w.s.Tally().Entitled
	return g.Group{
		w.f.Hidden("vote"),
		part.Fields(
			w.f.Number("issued", w.t("room.field.issued"), part.Short, part.Required),
			w.f.Number("returned", w.t("room.field.returned"), part.Short, part.Required),
			w.f.Number("invalid", w.t("room.field.invalid"), part.Short)),
		part.Details(w.t("room.field.why"), g.If(w.f.Value("why") != "", g.Attr("open")),
			w.f.Input("why", w.t("room.field.why"), part.Help(w.t("room.field.why.help")))),
		w.choicesOf(v),
		h.P(h.Class("room-sheet-sum"), h.Data("sheet", w.sheetWords(v, entitled)), h.Aria("live", "polite"),
			g.Text(w.t("room.sheet.computed", "Entitled", entitled))),
		part.Fields(
			w.f.Select("head", w.t("room.field.head"), append([]part.Option{{Text: w.t("room.field.choose")}}, w.tellers(v)...), part.Required)),
		part.Details(w.t("room.field.tellers"), g.If(w.f.Value("tellers") != "", g.Attr("open")),
			w.pick("tellers", w.t("room.field.tellers"), w.tellers(v))),
	}
}

// choicesOf are the figures of the ballots: for and against, or one for each
// candidate in the order of the ballot.
func (w writer) choicesOf(v proceedings.Vote) g.Node {
	if !v.Race.Held() {
		return part.Fields(
			w.f.Number("for", w.t("room.field.for"), part.Short, part.Required),
			w.f.Number("against", w.t("room.field.against"), part.Short))
	}
	typed := w.f.Values["votes"]
	var fields []g.Node
	for n, m := range v.Race.Candidates {
		one := part.Form{ID: w.f.ID + "-" + strconv.Itoa(n+1), Problems: w.f.Problems, Values: url.Values{}}
		if n < len(typed) {
			one.Values.Set("votes", typed[n])
		}
		fields = append(fields, one.Number("votes", w.s.Name(m), part.Short, part.Required))
	}
	return part.FieldSet(w.t("room.sheet.votes"), part.Fields(fields...))
}

// tellers are those who may count: everybody whose own name is not on the ballot.
func (w writer) tellers(v proceedings.Vote) []part.Option {
	var list []part.Option
	for _, a := range w.s.Roll {
		if w.s.MayCount(v.Race, a.ID) == nil {
			list = append(list, part.Option{Value: a.ID, Text: a.Name})
		}
	}
	return list
}

// sheetWords is what the script needs to say whether the figures fit.
func (w writer) sheetWords(v proceedings.Vote, entitled int) string {
	ok := "room.sheet.fits"
	if v.Race.Held() {
		ok = "room.sheet.fits_race"
	}
	b, err := json.Marshal(map[string]any{
		"entitled": entitled, "seats": v.Race.Seats, "race": v.Race.Held(),
		"ok":       w.t(ok, "Valid", "{valid}", "Other", "{other}"),
		"issued":   w.t("room.problem.too_many_issued"),
		"returned": w.t("room.problem.returned"), "invalid": w.t("room.problem.spoilt"), "sum": w.t("room.problem.valid_sum"),
		"each": w.t("room.problem.votes_each"), "votes": w.t("room.problem.votes_sum"),
	})
	if err != nil {
		panic(err) // a map of texts and numbers
	}
	return string(b)
}

// byPaper is what belongs to paper ballots before they are counted: the ballots to
// be cut, the sheet for the counting team, and the figures.
func (p screen) byPaper(v proceedings.Vote) g.Node {
	head, tellers := p.s.Team()
	f := with("sheet-"+v.ID, "vote", v.ID, "head", head)
	f.Values["tellers"] = tellers
	prints := part.Beside(
		part.LinkButton(p.path("/votes/"+v.ID+"/ballots"), p.t("room.sheet.ballots"), part.Small, part.IconPrinter),
		part.LinkButton(p.path("/votes/"+v.ID+"/tally"), p.t("room.sheet.tally"), part.Small, part.IconPrinter))
	if !v.Counted() {
		return g.Group{prints, p.write(proceedings.KindVoteSheet, v.ID, p.t("room.sheet.enter"), f)}
	}
	return g.Group{
		prints,
		g.If(v.Possible(), p.key(proceedings.KindVoteClose, p.t("room.vote.close"), "vote", v.ID, part.Primary, part.IconCheck)),
		part.Details(p.t("room.sheet.again"), h.ID("more-"+f.ID), p.write(proceedings.KindVoteSheet, v.ID, p.t("room.sheet.enter"), f)),
	}
}

// sheetLines says what became of the ballots and who counted them.
func (p screen) sheetLines(s *proceedings.Sheet) g.Node {
	if s == nil {
		return nil
	}
	return g.Group{
		h.P(g.Text(p.t("room.sheet.ballots_line", "Issued", s.Issued, "Returned", s.Returned, "Valid", s.Valid(), "Invalid", s.Invalid)), g.If(s.Why != "", g.Text(" "+p.t("room.sheet.why_line", "Why", s.Why)))),
		h.P(g.Text(p.t("room.sheet.team", "Names", p.names(s.Team())))),
	}
}

// countPapers leads to the minutes of a count that is closed, made by the server.
func (p screen) countPapers(v proceedings.Vote) g.Node {
	if !v.IsClosed() || v.Seq == 0 || v.Last().Sheet == nil && v.Method != proceedings.Sealed {
		return nil
	}
	link := func(form, text string) g.Node {
		return part.LinkButton("/meetings/"+p.s.Setup.Meeting+"/minutes/counts/"+v.ID+"/"+form, text, part.Small, part.IconDownload)
	}
	return part.Beside(link("docx", p.t("room.sheet.minutes_docx")), link("pdf", p.t("room.sheet.minutes_pdf")))
}

// The papers below are Vietnamese whoever prints them.

// ballotsPage are the ballots of a vote, several on a page, to be cut: one for
// everybody who may vote and is in the room.
func (p screen) ballotsPage(v proceedings.Vote) g.Node {
	n := p.s.Tally().Entitled
	var papers g.Group
	for range n {
		papers = append(papers, p.ballotPaper(v))
	}
	return p.printed(p.t("room.sheet.ballots_text", "Number", n), h.Div(h.Class("ballots"), papers))
}

// printed is a page for the printer with the button that prints it.
func (p screen) printed(text string, paper g.Node) g.Node {
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("room.css"))),
		part.Alone(
			part.NoPrint(
				part.Beside(part.PrintButton(p.t("room.paper.print"), part.Primary), part.LinkButton(p.path("#room-votes"), p.t("room.back"))),
				part.Muted(g.Text(text))),
			h.Article(h.Class("paper"), h.Lang("vi"), paper)),
	}
}

func (p screen) ballotPaper(v proceedings.Vote) g.Node {
	title := "PHIẾU BIỂU QUYẾT"
	if v.Race.Held() {
		title = "PHIẾU BẦU"
	}
	return h.Section(h.Class("ballot"),
		h.Header(h.B(g.Text(p.s.Setup.Cell)), h.Span(g.Text("Ngày "+p.s.Day().Slashed()))),
		h.H2(g.Text(title)),
		h.P(h.B(g.Text(v.Question))),
		p.ballotLines(v))
}

// ballotLines are what the voter marks: who is not wanted is struck out where more
// people stand than there are seats; otherwise each one is answered yes or no.
func (p screen) ballotLines(v proceedings.Vote) g.Node {
	if !v.Race.Held() {
		return h.P(boxes("Tán thành", "Không tán thành", "Ý kiến khác"))
	}
	surplus := v.Race.Surplus()
	how := "Đánh dấu × vào ô đồng ý hoặc không đồng ý với từng đồng chí."
	if surplus {
		how = "Bầu " + strconv.Itoa(v.Race.Seats) + " đồng chí: gạch ngang họ và tên đồng chí mình không bầu."
	}
	row := func(n int, name string) g.Node {
		return h.Tr(h.Td(g.Text(strconv.Itoa(n))), h.Td(g.Text(name)), g.If(!surplus, g.Group{h.Td(), h.Td()}))
	}
	var rows g.Group
	for n, m := range v.Race.Candidates {
		rows = append(rows, row(n+1, p.s.Name(m)))
	}
	return g.Group{
		h.P(h.Small(g.Text(how))),
		h.Table(h.THead(h.Tr(h.Th(g.Text("TT")), h.Th(g.Text("Họ và tên")), g.If(!surplus, g.Group{h.Th(g.Text("Đồng ý")), h.Th(g.Text("Không đồng ý"))}))),
			h.TBody(rows)),
	}
}

// tallyPage is the sheet on which the counting team makes its strokes.
func (p screen) tallyPage(v proceedings.Vote) g.Node {
	t := p.s.Tally()
	line := func(text string) g.Node { return h.Tr(h.Td(g.Text(text)), h.Td(), h.Td()) }
	rows := g.Group{}
	if v.Race.Held() {
		for _, m := range v.Race.Candidates {
			rows = append(rows, line(p.s.Name(m)))
		}
	} else {
		rows = g.Group{line("Tán thành"), line("Không tán thành"), line("Ý kiến khác")}
	}
	return p.printed(p.t("room.sheet.tally_text"), g.Group{
		h.Header(h.Div(h.B(g.Text(p.s.Setup.Cell))), h.Div(h.H1(g.Text("PHIẾU GHI KẾT QUẢ KIỂM PHIẾU")), g.Text(v.Question+", ngày "+p.s.Day().Slashed()))),
		h.P(g.Text("Đảng viên chính thức được triệu tập: " + strconv.Itoa(t.Base) + ". Có mặt, được bỏ phiếu: " + strconv.Itoa(t.Entitled) + ".")),
		h.P(g.Text("Số phiếu phát ra: …………   Số phiếu thu về: …………   Hợp lệ: …………   Không hợp lệ: …………")),
		h.Table(h.Class("paper-tally"), h.THead(h.Tr(h.Th(g.Text(tallyHead(v))), h.Th(g.Text("Vạch đếm (mỗi nhóm 5 phiếu)")), h.Th(g.Text("Tổng số phiếu")))), h.TBody(rows)),
		h.P(g.Text("Phiếu không hợp lệ, lý do: " + blank("") + blank("") + blank(""))),
		h.Footer(h.Div(g.Text("Tổ viên")), h.Div(g.Text("Tổ trưởng tổ kiểm phiếu"))),
	})
}

func tallyHead(v proceedings.Vote) string {
	if v.Race.Held() {
		return "Họ và tên"
	}
	return "Ý kiến"
}
