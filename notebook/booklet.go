package notebook

import (
	"fmt"
	"strings"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/task"
)

// Texts of papers are Vietnamese whoever reads the screen.
var vietnamese = locale.Vietnamese

// Booklet is the notebook of a member over some months, to be printed.
type Booklet struct {
	Cell        organization.Organization
	Member      string // the name
	First, Last when.Month
	Today       when.Date
	Pages       []Page // in the order of time
	// Notes are the private ones by meeting; nil leaves them out.
	Notes map[string]Note
	// Lines leaves room to write by hand under every meeting.
	Lines bool
}

// span is the time of the booklet in words: "năm 2026", "từ tháng 3 đến tháng 9 năm
// 2026".
func (b Booklet) span() string {
	f, l := b.First, b.Last
	switch {
	case f.Year == l.Year && f.Month == 1 && l.Month == 12:
		return fmt.Sprintf("năm %d", f.Year)
	case f == l:
		return fmt.Sprintf("tháng %d năm %d", f.Month, f.Year)
	case f.Year == l.Year:
		return fmt.Sprintf("từ tháng %d đến tháng %d năm %d", f.Month, l.Month, l.Year)
	}
	return fmt.Sprintf("từ tháng %s đến tháng %s", f.Slashed(), l.Slashed())
}

// Doc returns the booklet as a paper.
func (b Booklet) Doc() document.Doc {
	d := document.Doc{
		Layout: document.LayoutOn(b.Today), Superior: b.Cell.Superior, Issuer: b.Cell.Name, Place: b.Cell.Town, Date: b.Today,
		Title: "Sổ tay đảng viên", Subject: "ghi chép sinh hoạt chi bộ " + b.span(),
	}
	d.Body = append(d.Body, document.Paragraph{Text: document.Bold("Đồng chí " + b.Member), Align: document.Center})
	if len(b.Pages) == 0 {
		d.Body = append(d.Body, document.Para("Chưa có kỳ sinh hoạt nào trong thời gian này."))
	}
	for i, p := range b.Pages {
		if b.Lines && i > 0 {
			d.Body = append(d.Body, document.PageBreak{})
		}
		d.Body = append(d.Body, p.blocks()...)
		d.Body = append(d.Body, b.own(p)...)
	}
	return d
}

// own is the place of the member's own notes under a meeting.
func (b Booklet) own(p Page) []document.Block {
	n, found := b.Notes[p.Meeting.ID]
	if !found && !b.Lines {
		return nil
	}
	out := []document.Block{title("Ghi chép của tôi")}
	for line := range strings.SplitSeq(n.Text, "\n") {
		if strings.TrimSpace(line) != "" {
			out = append(out, document.Para(line))
		}
	}
	if b.Lines {
		for range emptyLines {
			out = append(out, document.Paragraph{Text: document.Plain(strings.Repeat(".", dots)), Align: document.AlignLeft, Flush: true})
		}
	}
	return out
}

// emptyLines is how many lines there are to write on, dots how many make one: what
// fits between the margins at the size of the body.
const (
	emptyLines = 14
	dots       = 120
)

// blocks is what the notebook knows by itself of a meeting.
func (p Page) blocks() []document.Block {
	m := p.Meeting
	out := []document.Block{
		document.Heading{Level: 1, Text: m.Title, Label: "-"}, // resolutions number their own
		fact("Thời gian, địa điểm", vietnamese.Moment(m.StartsAt)+place(m.Place)),
	}
	if !p.NoticedAt.IsZero() {
		out = append(out, fact("Thông báo", vietnamese.Moment(p.NoticedAt)))
	}
	var agenda, given, judged, opinions, conclusions []document.Text
	for _, i := range p.Agenda {
		agenda = append(agenda, document.Plain(i.Title))
	}
	for _, t := range p.Given {
		given = append(given, document.Plain(givenText(t)))
	}
	for _, j := range p.Judged {
		judged = append(judged, document.Plain(j.Title+": "+judgedText(vietnamese, j)))
	}
	for _, o := range p.Opinions {
		opinions = append(opinions, document.Plain(o.Text+destiny(vietnamese, o)))
	}
	for _, c := range p.Conclusions {
		conclusions = append(conclusions, document.Plain(c.Text))
	}
	out = append(out, list("Chương trình", agenda)...)
	out = append(out, list("Việc của tôi được chi bộ đánh giá", judged)...)
	out = append(out, list("Ý kiến của tôi", opinions)...)
	out = append(out, list("Kết luận của chủ trì", conclusions)...)
	out = append(out, list("Việc tôi được giao", given)...)
	if p.Resolution != "" {
		out = append(out, title("Nghị quyết"))
		out = append(out, flat(document.Markdown(p.Resolution))...)
	}
	return out
}

// flat returns blocks without numbered headings: those of a resolution would be
// counted among the booklet's own.
func flat(blocks []document.Block) []document.Block {
	out := make([]document.Block, len(blocks))
	for i, b := range blocks {
		out[i] = b
		if h, ok := b.(document.Heading); ok {
			out[i] = document.Paragraph{Text: document.Bold(h.Text), Keep: true}
		}
	}
	return out
}

func fact(name, text string) document.Block {
	return document.Paragraph{Text: document.Bold(name + ": ").And(document.Span{Text: text})}
}

func title(text string) document.Block { return document.Heading{Level: 2, Text: text, Label: "-"} }

func list(name string, items []document.Text) []document.Block {
	if len(items) == 0 {
		return nil
	}
	return []document.Block{title(name), document.List{Items: items}}
}

func place(where string) string {
	if where == "" {
		return ""
	}
	return ", " + where
}

// givenText is a task in one line: "Vận động 12 hộ …, hạn 02/12/2026".
func givenText(t task.Task) string {
	if t.Due.IsZero() {
		return t.Title
	}
	return t.Title + ", hạn " + t.Due.Slashed()
}

func judgedText(l locale.L, j proceedings.Judged) string {
	return l.Of("task.verdict", string(j.Verdict))
}

// destiny is what became of an opinion, in brackets; empty while nothing has.
func destiny(l locale.L, o proceedings.Opinion) string {
	if o.Destiny.Fate == "" {
		return ""
	}
	return " (" + l.Of("room.fate", string(o.Destiny.Fate)) + ")"
}
