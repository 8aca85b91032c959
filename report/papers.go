package report

import (
	"context"
	"fmt"
	"strings"

	"chibo/briefing"
	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/quality"
	"chibo/rating"
	"chibo/task"
	"chibo/theme"
)

// vietnamese is the language of papers.
var vietnamese = locale.Vietnamese

// table makes a table of pairs of title and share of the width; the first column, which
// counts the rows, is centred.
func table(columns ...any) document.Table {
	var t document.Table
	for i := 0; i+1 < len(columns); i += 2 {
		align := document.AlignLeft
		if i == 0 {
			align = document.Center
		}
		t.Columns = append(t.Columns, document.Column{Title: columns[i].(string), Share: columns[i+1].(float64), Align: align})
	}
	return t
}

func row(n int, cells ...string) []document.Text {
	out := []document.Text{document.Plain(fmt.Sprint(n))}
	for _, c := range cells {
		out = append(out, document.Plain(c))
	}
	return out
}

func (g *gathering) ofYear(what string) string { return fmt.Sprintf("%s năm %d", what, g.Year.Year) }

// overview is the first paper: the months, what is missing, the charts with their figures.
func (g *gathering) overview(context.Context) (document.Part, error) {
	months := table("Tháng", .1, "Kỳ sinh hoạt", .36, "Dự họp", .18, "Số biên bản, nghị quyết", .2, "Chất lượng", .16)
	for _, m := range g.Months {
		for _, e := range m.Evenings {
			if !e.Held() {
				continue
			}
			papers := e.papers()
			months.Rows = append(months.Rows, row(int(m.Month.Month), e.Title+", "+e.Day().Slashed(), e.Attended.words(vietnamese), papers, e.sum().score(vietnamese)))
		}
	}
	body := []document.Block{months}
	if gaps := g.Gaps(g.day); len(gaps) > 0 {
		list := document.List{}
		for _, gap := range gaps {
			list.Items = append(list.Items, document.Plain(gap.words(vietnamese)))
		}
		body = append(body, document.Paragraph{Text: document.Bold("Khi lập sổ còn thiếu:"), Keep: true}, list)
	}
	part := document.Part{Title: "Tổng quan năm"}
	part.Chapters = append(part.Chapters, document.Chapter{Title: "Các kỳ sinh hoạt trong năm", Doc: g.paper("Tổng quan", g.ofYear("sinh hoạt chi bộ"), body...)})
	if figures := g.figures(); len(figures) > 0 {
		part.Chapters = append(part.Chapters, document.Chapter{Title: "Biểu đồ và số liệu các tháng", Doc: g.paper("Số liệu", g.ofYear("sinh hoạt chi bộ"), figures...)})
	}
	return part, nil
}

// figures are the charts and the table of what they show.
func (g *gathering) figures() []document.Block {
	var out []document.Block
	for _, c := range charts(vietnamese, g.monthly()) {
		out = append(out, document.Figure{Chart: c})
	}
	if len(out) == 0 {
		return nil
	}
	out = append(out, document.Para("Cột gạch chéo: điểm chi bộ tự chấm, cấp trên chưa quyết định. Dấu –: chưa có số liệu."))
	t := table("Tháng", .12, "Dự họp", .22, "Phát biểu", .22, "Chỉ tiêu hoàn thành", .22, "Chất lượng", .22)
	for i, s := range append(g.monthly(), g.Sum()) {
		cells := row(i+1, s.Attended.words(vietnamese), s.Spoke.words(vietnamese), s.Targets.words(vietnamese), s.score(vietnamese))
		if i == 12 {
			cells[0] = document.Bold("Cả năm")
		}
		t.Rows = append(t.Rows, cells)
	}
	return append(out, t)
}

func verdict(v quality.Verdict, there bool) string {
	if !there {
		return ""
	}
	return v.Points.Text(vietnamese) + " – " + vietnamese.Of("rubric.level", string(v.Level))
}

// tasks is the ledger of the year.
func (g *gathering) tasks(ctx context.Context) (document.Part, error) {
	part := document.Part{Title: "Sổ việc"}
	all, err := task.OutcomesIn(ctx, g.q, g.Cell.Root, g.Cell.ID, g.first(), g.last())
	if err != nil || len(all) == 0 {
		return part, err
	}
	var owners []string
	for _, t := range all {
		owners = append(owners, t.Owners...)
	}
	if err := g.who(ctx, owners...); err != nil {
		return part, err
	}
	t := table("TT", .07, "Nhiệm vụ", .41, "Người thực hiện", .2, "Thời hạn", .14, "Kết quả", .18)
	for i, o := range all {
		t.Rows = append(t.Rows, row(i+1, o.Title, g.named(o.Owners), o.DueText(), outcome(o)))
	}
	part.Chapters = []document.Chapter{{Title: "Nhiệm vụ và kết quả trong năm", Doc: g.paper("Sổ việc", g.ofYear("nhiệm vụ và kết quả"), t)}}
	return part, nil
}

// outcome is the cell's word on a task, with the figure where there is one.
func outcome(o task.Outcome) string {
	text := "Chưa đánh giá"
	if o.Said != "" {
		text = vietnamese.Of("task.verdict", string(o.Said))
	}
	if o.Target > 0 {
		text += fmt.Sprintf(" (%d/%d %s)", o.Reached, o.Target, o.Unit)
	}
	return text
}

func (g *gathering) named(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = g.names[id]
	}
	return strings.Join(names, ", ")
}

// themes are the plan of themes and the turns of the briefers.
func (g *gathering) themes(ctx context.Context) (document.Part, error) {
	part := document.Part{Title: "Chuyên đề, báo cáo thời sự"}
	first := when.Month{Year: g.Year.Year, Month: 1}
	plan, err := theme.Plan(ctx, g.q, g.Cell.Root, g.Cell.ID, first, first.Add(11))
	if err != nil {
		return part, err
	}
	told, err := briefing.History(ctx, g.q, g.Cell.Root, g.Cell.ID)
	if err != nil {
		return part, err
	}
	var people []string
	for _, e := range plan {
		people = append(people, e.Presenter)
	}
	for _, b := range told {
		people = append(people, b.Member())
	}
	if err := g.who(ctx, people...); err != nil {
		return part, err
	}
	if len(plan) > 0 {
		t := table("TT", .07, "Tháng", .13, "Chuyên đề", .4, "Người trình bày", .22, "Tình hình", .18)
		for i, e := range plan {
			t.Rows = append(t.Rows, row(i+1, e.Month.Slashed(), e.Title, g.names[e.Presenter], vietnamese.Of("theme.stage", string(e.Stage()))))
		}
		part.Chapters = append(part.Chapters, document.Chapter{Title: "Chuyên đề trong năm", Doc: g.paper("Chuyên đề", g.ofYear("sinh hoạt chuyên đề"), t)})
	}
	if d, there := g.briefings(told); there {
		part.Chapters = append(part.Chapters, document.Chapter{Title: "Báo cáo thời sự trong năm", Doc: d})
	}
	return part, nil
}

func (g *gathering) briefings(told []briefing.Session) (document.Doc, bool) {
	t := table("TT", .07, "Tháng", .13, "Người báo cáo", .25, "Nội dung đã báo cáo", .55)
	for _, b := range told {
		if b.Month.Year != g.Year.Year || !b.State.Reached(meeting.Closed) || b.Member() == "" {
			continue
		}
		var said []string
		for _, s := range []string{b.National, b.International, b.Local} {
			if s != "" {
				said = append(said, s)
			}
		}
		t.Rows = append(t.Rows, row(len(t.Rows)+1, b.Month.Slashed(), g.names[b.Member()], strings.Join(said, "\n")))
	}
	return g.paper("Báo cáo thời sự", g.ofYear("báo cáo thời sự, chính sách mới"), t), len(t.Rows) > 0
}

// people are the roll at the end of the year, or today, and who came when.
func (g *gathering) people(ctx context.Context) (document.Part, error) {
	part := document.Part{Title: "Đảng viên, điểm danh"}
	day := g.last()
	if g.day.Before(day) {
		day = g.day
	}
	roll, err := member.Roll(ctx, g.q, g.Cell.Root, g.Cell.ID, day)
	if err != nil {
		return part, err
	}
	if len(roll) > 0 {
		t := table("TT", .07, "Họ và tên", .33, "Ngày sinh", .15, "Ngày vào Đảng", .15, "Chính thức", .15, "Diện", .15)
		for i, e := range roll {
			t.Rows = append(t.Rows, row(i+1, e.FullName, e.Born(), e.Admitted(), e.Official(), vietnamese.Of("member.standing", string(e.Standing))))
		}
		part.Chapters = append(part.Chapters, document.Chapter{Title: "Danh sách đảng viên ngày " + day.Slashed(), Doc: g.paper("Danh sách đảng viên", "ngày "+day.Slashed(), t)})
	}
	if d, there := g.attendance(); there {
		part.Chapters = append(part.Chapters, document.Chapter{Title: "Theo dõi dự sinh hoạt trong năm", Doc: d})
	}
	return part, nil
}

// praise is the register of praise, awards and titles; reminders and criticism stand in
// the book of the committee alone.
func (g *gathering) praise(ctx context.Context) (document.Part, error) {
	part := document.Part{Title: "Biểu dương, khen thưởng"}
	said, err := rating.Said(ctx, g.q, g.Cell.Root, g.Cell.ID, g.Year.Year, g.full)
	if err != nil {
		return part, err
	}
	awards, err := member.AwardsIn(ctx, g.q, g.Cell.Root, g.Cell.ID)
	if err != nil {
		return part, err
	}
	titles, err := organization.Titles(ctx, g.q, g.Cell.Root, g.Cell.ID)
	if err != nil {
		return part, err
	}
	var people []string
	for _, r := range said {
		people = append(people, r.Member)
	}
	for _, a := range awards {
		people = append(people, a.Member)
	}
	if err := g.who(ctx, people...); err != nil {
		return part, err
	}
	t := table("TT", .07, "Ngày", .15, "Họ và tên", .25, "Hình thức", .18, "Nội dung", .35)
	add := func(day, who, form, text string) { t.Rows = append(t.Rows, row(len(t.Rows)+1, day, who, form, text)) }
	for _, r := range said {
		add(r.On.Slashed(), g.names[r.Member], remark(r.Form), r.Text)
	}
	for _, a := range awards {
		if a.GivenOn.Year == g.Year.Year {
			add(a.GivenOn.Slashed(), g.names[a.Member], "Khen thưởng", a.Title+" ("+a.Giver+")")
		}
	}
	for _, x := range titles {
		if x.Year == g.Year.Year {
			add(fmt.Sprint(x.Year), g.Cell.Name, "Danh hiệu", x.Title+" ("+x.Giver+")")
		}
	}
	if len(t.Rows) > 0 {
		part.Chapters = []document.Chapter{{Title: "Sổ biểu dương, khen thưởng", Doc: g.paper("Sổ biểu dương, khen thưởng", g.ofYear("của chi bộ"), t)}}
	}
	return part, nil
}

func remark(f proceedings.Form) string { return vietnamese.Of("rating.remark", string(f)) }
