package room

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/assets"
	"chibo/kit/web/part"
	"chibo/proceedings"
)

// The paper sheet is one page to be filled with a pen where there is no device,
// in the order in which the room asks for it afterwards. Like all papers of the
// cell it is Vietnamese whoever prints it.

// paperPage is the sheet with the button that prints it.
func (p screen) paperPage() g.Node {
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("room.css"))),
		part.Alone(
			part.NoPrint(
				part.Beside(part.PrintButton(p.t("room.paper.print"), part.Primary), part.LinkButton(p.path(""), p.t("room.back"))),
				part.Muted(g.Text(p.t("room.paper.text")))),
			h.Article(h.Class("paper"), h.Lang("vi"), p.paperHead(), p.paperRoll(), p.paperItems(), p.paperEnd())),
	}
}

func (p screen) paperHead() g.Node {
	s := p.s.Setup
	return g.Group{
		h.Header(
			h.Div(h.B(g.Text(s.Cell)), h.Br(), g.Text("PHIẾU GHI SINH HOẠT")),
			h.Div(h.H1(g.Text(s.Title)), g.Text("Dự kiến: "+strings.Join(nonEmpty(s.StartsAt.Clock(), s.StartsAt.Date().Long(), s.Place), ", ")))),
		h.P(g.Text("Khai mạc: ….. giờ …..   Bế mạc: ….. giờ …..   Chủ trì: " + blank(p.s.Name(s.Chair)) + "   Thư ký: " + blank(p.s.Name(s.MinuteTaker)))),
		h.P(g.Text("Khách dự: " + blank(p.guestNames()) + " · Đảng phí: đã nộp ….. đồng chí, chưa nộp ….. đồng chí")),
	}
}

func blank(s string) string {
	if s == "" {
		return "……………………"
	}
	return s
}

func (p screen) guestNames() string {
	names := make([]string, len(p.s.Guests))
	for n, v := range p.s.Guests {
		names[n] = v.Name
	}
	return strings.Join(names, "; ")
}

// paperRoll is a box for every member and status; those who have no vote are
// marked, for the hand counts.
func (p screen) paperRoll() g.Node {
	return g.Group{
		h.H2(g.Text("1. Điểm danh (đánh dấu ×)")),
		h.Ol(h.Class("paper-roll"), g.Map(p.s.Roll, func(a proceedings.Attendee) g.Node {
			note := ""
			if !a.Votes {
				note = " (không biểu quyết)"
			}
			return h.Li(h.Span(g.Text(a.Name+note)), boxes("có", "muộn", "CLD", "KLD"))
		})),
		h.Small(g.Text("CLD: vắng có lý do; KLD: vắng không có lý do.")),
	}
}

func boxes(names ...string) g.Node {
	return g.Map(names, func(n string) g.Node { return h.Span(h.Class("paper-box"), g.Text("☐ "+n)) })
}

func (p screen) paperItems() g.Node {
	items := g.Map(indexed(p.s.Items), func(i numbered) g.Node {
		return h.Tr(h.Td(g.Text(strconv.Itoa(i.n)+". "+short(i.Title, 70))), h.Td(), h.Td())
	})
	judged := g.Map(p.s.Judged, func(j proceedings.Judged) g.Node {
		return h.Li(g.Text(short(j.Title, 70)+" ("+p.names(j.Owners)+"): "), boxes("tốt", "xong", "chậm", "chưa"))
	})
	return g.Group{
		h.H2(g.Text("2. Nhiệm vụ đã giao")),
		g.If(len(p.s.Judged) == 0, h.P(g.Text("Không có nhiệm vụ nào chờ đánh giá."))),
		g.If(len(p.s.Judged) > 0, h.Ul(judged)),
		h.H2(g.Text("3. Ý kiến và kết luận")),
		h.Table(h.Class("paper-items"),
			h.THead(h.Tr(h.Th(g.Text("Phần")), h.Th(g.Text("Ai nói gì; "+p.s.Body()+" trả lời thế nào")), h.Th(g.Text("Kết luận")))), h.TBody(items)),
	}
}

func (p screen) paperEnd() g.Node {
	line := func(cells ...string) g.Node {
		return h.Tr(g.Map(cells, func(string) g.Node { return h.Td() }))
	}
	return g.Group{
		h.H2(g.Text("4. Biểu quyết (giơ tay)")),
		h.Table(h.THead(h.Tr(h.Th(g.Text("Vấn đề")), h.Th(g.Text("Được quyền")), h.Th(g.Text("Tán thành")), h.Th(g.Text("Không")))),
			h.TBody(line("", "", "", ""), line("", "", "", ""))),
		h.H2(g.Text("5. Giao việc")),
		h.Table(h.THead(h.Tr(h.Th(g.Text("Việc")), h.Th(g.Text("Ai làm")), h.Th(g.Text("Hạn")))),
			h.TBody(line("", "", ""), line("", "", ""), line("", "", ""))),
		h.Footer(h.Div(g.Text("Thư ký")), h.Div(g.Text("Chủ trì"))),
	}
}
