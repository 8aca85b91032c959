//go:build !js

package minutes

import (
	"fmt"
	"strings"

	"chibo/document"
	"chibo/kit/when"
)

// Texts of papers are Vietnamese whoever reads the screen.

// paper returns what all papers of a sealed record share.
func (s Sealed) paper(day when.Date, seal document.Seal) document.Doc {
	d := document.Doc{
		Layout: document.LayoutOn(day), Superior: s.Superior, Issuer: s.issuer(), Place: s.Place, Date: day, Seal: seal, State: s.Beside,
	}
	if seal.Code == "" {
		d.Mark = "Dự thảo"
	}
	return d
}

// day is the date on the papers: that of the meeting.
func (s Sealed) day() when.Date { return s.Began.Date() }

// minutesDoc lays out the minutes.
func (s Sealed) minutesDoc(seal document.Seal) document.Doc {
	d := s.paper(s.day(), seal)
	d.Kind, d.Number, d.Subject = document.Minutes, s.Number, s.Title
	for _, p := range s.Passages {
		d.Body = append(d.Body, p.blocks()...)
	}
	d.Signatures = []document.Signature{
		s.hand(MinuteTaker, s.takerAs()), s.hand(Chair, s.chairAs()),
	}
	return d
}

// blocks returns a passage as it is printed.
func (p SealedPassage) blocks() []document.Block {
	var out []document.Block
	if p.Heading != "" {
		out = append(out, document.Heading{Level: p.Level, Text: p.Heading})
	}
	text := document.Markdown(p.Text)
	if p.Table != nil && len(text) > 0 {
		if last, ok := text[len(text)-1].(document.Paragraph); ok {
			last.Keep = true
			text[len(text)-1] = last
		}
	}
	out = append(out, text...)
	if p.Table != nil {
		out = append(out, p.Table.block())
	}
	return out
}

// block returns the table as package document has it.
func (t Table) block() document.Table {
	var out document.Table
	for _, c := range t.Columns {
		align := document.AlignLeft
		if c.Middle {
			align = document.Center
		}
		out.Columns = append(out.Columns, document.Column{Title: c.Title, Share: c.Share, Align: align})
	}
	for _, r := range t.Rows {
		row := make([]document.Text, len(r))
		for i, cell := range r {
			row[i] = document.Plain(cell)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// hand returns the signature of a part, empty to be signed by hand on drafts.
func (s Sealed) hand(part Part, as string) document.Signature {
	out := document.Signature{As: as}
	for _, h := range s.Signatures {
		if h.Part == part {
			out.Name = h.Name
			if !h.At.IsZero() {
				out.Note = confirmed(h.At)
			}
		}
	}
	return out
}

// confirmed says how somebody signed on the device, without calling it a digital
// signature.
func confirmed(at when.Instant) string {
	return fmt.Sprintf("Đã xác nhận trên phần mềm lúc %s, ngày %s", at.Clock(), at.Date().Slashed())
}

// secondDoc lays out the resolution, or the conclusion where there is none.
func (s Sealed) secondDoc(seal document.Seal) document.Doc {
	d := s.paper(s.day(), seal)
	d.Kind, d.Number = document.Kind(s.SecondKind), s.Second
	d.Body = append(d.Body, document.Para(s.introduction()))
	if d.Kind == document.Resolution {
		d.Subject = s.Title
		d.Body = append(d.Body, document.Markdown(s.Resolution)...)
	} else {
		d.Subject = "của chủ trì " + s.Title
		for i, k := range s.Conclusion {
			d.Body = append(d.Body, numbered(i+1, document.Markdown(k))...)
		}
	}
	d.Body = append(d.Body, s.tables()...)
	if s.Passed != "" {
		d.Body = append(d.Body, document.Para(fmt.Sprintf("Nghị quyết này được %s biểu quyết thông qua với %s.", s.body(), s.Passed)))
	}
	d.Recipients = []string{s.Committee + " (để báo cáo)", "Các đồng chí đảng viên chi bộ", "Lưu Chi bộ"}
	sign := s.hand(Chair, s.SignAs)
	sign.For = s.SignFor
	d.Signatures = []document.Signature{sign}
	return d
}

// introduction says when and where the cell met and who was there.
func (s Sealed) introduction() string {
	text := fmt.Sprintf("%s, %s. Tổng số đảng viên: %d đồng chí; có mặt: %d/%d đồng chí", capital(s.day().Long()), s.held(), s.Roll.Listed, s.Roll.Came, s.Roll.Counted)
	for _, n := range []struct {
		count int
		words string
	}{{s.Roll.Excused, "vắng có lý do"}, {s.Roll.Unexcused, "vắng không có lý do"}} {
		if n.count > 0 {
			text += fmt.Sprintf("; %s: %d", n.words, n.count)
		}
	}
	text += "."
	if s.Ended > s.Began {
		text += fmt.Sprintf(" Thời lượng: %s.", lasted(s.Ended.Sub(s.Began)))
	}
	if name := s.hand(Chair, "").Name; name != "" {
		text += fmt.Sprintf(" Chủ trì: đồng chí %s.", name)
	}
	if name := s.hand(MinuteTaker, "").Name; name != "" {
		text += fmt.Sprintf(" Thư ký: đồng chí %s.", name)
	}
	if s.SecondKind == string(document.Resolution) {
		return text + " " + capital(s.body()) + " thảo luận và quyết nghị:"
	}
	return text + " Chủ trì kết luận:"
}

// tables returns last month's results and the tasks given, each under a line.
func (s Sealed) tables() []document.Block {
	var out []document.Block
	for _, t := range []struct {
		title string
		table *Table
	}{{"Kết quả thực hiện nhiệm vụ được giao:", s.Judged}, {"Phân công thực hiện nhiệm vụ:", s.Tasks}} {
		if t.table != nil {
			out = append(out, document.Paragraph{Text: document.Bold(t.title), Keep: true}, t.table.block())
		}
	}
	return out
}

// numbered puts "1. " before the first paragraph of a conclusion.
func numbered(n int, blocks []document.Block) []document.Block {
	if len(blocks) == 0 {
		return nil
	}
	if p, ok := blocks[0].(document.Paragraph); ok {
		p.Text = append(document.Plain(fmt.Sprintf("%d. ", n)), p.Text...)
		blocks[0] = p
	}
	return blocks
}

// committee names the committee of a đảng bộ: its papers go to the committee.
func committee(superior string) string {
	if superior == "" {
		return "Cấp ủy cấp trên"
	}
	name := []rune(strings.TrimSpace(superior))
	if rest, ok := strings.CutPrefix(strings.ToLower(string(name)), "đảng bộ "); ok {
		return "Đảng ủy " + string(name[len(name)-len([]rune(rest)):])
	}
	return string(name)
}

// doc lays out an addition.
func (a SealedAddition) doc(seal document.Seal) document.Doc {
	day := a.At.Date()
	body := []document.Block{
		document.Para(fmt.Sprintf("Bổ sung biên bản %s%s (mã kiểm tra của biên bản: %s).", a.Title, after(", số ", a.Number), ShowCode(mustCode(a.Of)))),
		document.Paragraph{Text: document.Bold("Lý do: ").And(document.Span{Text: a.Reason})},
		document.Paragraph{Text: document.Bold("Nội dung bổ sung:"), Keep: true},
	}
	return document.Doc{
		Layout: document.LayoutOn(day), Superior: a.Superior, Issuer: a.Cell, State: a.Beside, Place: a.Place, Date: day, Kind: document.Minutes,
		Title: "Biên bản bổ sung", Subject: fmt.Sprintf("lần %d, %s", a.N, a.Title), Body: append(body, document.Markdown(a.Text)...),
		Signatures: []document.Signature{{As: "NGƯỜI BỔ SUNG", Name: a.Name, Note: confirmed(a.At)}}, Seal: seal,
	}
}

// mustCode is CodeOf for a hash that this program made.
func mustCode(hash string) string {
	code, err := CodeOf(hash)
	if err != nil {
		return ""
	}
	return code
}

// Second returns the kind of the meeting's second paper: a resolution where one
// was passed, else a conclusion; false where there is neither.
func (r Record) Second() (document.Kind, bool) {
	switch {
	case r.Beside: // its conclusions and tasks stand in the minutes
		return "", false
	case r.Resolution != "":
		return document.Resolution, true
	case len(r.Conclusion) > 0:
		return document.Conclusion, true
	}
	return "", false
}
