package feedback

import (
	"fmt"
	"strings"

	"chibo/document"
	"chibo/kit/sheet"
	"chibo/kit/text"
	"chibo/kit/when"
)

// Texts of papers are Vietnamese whoever reads the screen.

var phaseText = map[Phase]string{Preparation: "Quá trình chuẩn bị", Conduct: "Tổ chức sinh hoạt", Chairing: "Công tác điều hành"}

var headText = map[Head]string{Done: "Mặt làm được", Limit: "Mặt hạn chế", Wrong: "Chưa đúng", Missing: "Thiếu sót cần bổ sung"}

// synthesisDoc is the paper that gathers the opinions: figures, what was said by phase and
// head, what the committee concludes, and the words as they were given. No name stands in
// it.
func synthesisDoc(f File, day when.Date) document.Doc {
	body := []document.Block{document.Para(intro(f)), countTable(f)}
	for _, p := range Phases {
		body = append(body, document.Heading{Level: 1, Text: phaseText[p]})
		for _, y := range Heads {
			body = append(body, document.Heading{Level: 2, Text: headText[y]})
			body = append(body, wordsOf(f.Block(Cell{p, y}))...)
		}
	}
	if t, any := conclusionTable(f); any {
		body = append(body, document.Heading{Level: 1, Text: "Kết luận: hạn chế, nguyên nhân, giải pháp khắc phục"}, t)
	}
	return document.Doc{
		Layout: document.LayoutOn(day), Superior: f.Unit.Superior, Issuer: f.Unit.Name, Place: f.Unit.Town, Date: day,
		Kind: document.Report, Mark: "Dự thảo", Subject: "tổng hợp ý kiến góp ý " + strings.TrimSpace(f.Sitting.Title),
		Body:       append(body, originals(f)...),
		Recipients: []string{"Các chi bộ trực thuộc", "Lưu Văn phòng"},
		Signatures: []document.Signature{{For: "T/M BAN THƯỜNG VỤ"}},
	}
}

func intro(f File) string {
	named := "không ghi tên"
	if f.Round.Named {
		named = "có ghi tên"
	}
	text := fmt.Sprintf("%s, ngày %s, tại %s: nhận %d phiếu góp ý (%s)", f.Sitting.Title, f.Sitting.StartsAt.Date().Slashed(), f.Sitting.Venue, f.Counted.Sheets, named)
	if f.Counted.Papers > 0 {
		text += fmt.Sprintf(", trong đó %d phiếu giấy", f.Counted.Papers)
	}
	text += fmt.Sprintf(", gồm %d ý kiến.", f.Counted.Remarks)
	if f.Counted.Alone > 0 && f.Counted.Alone < f.Counted.Remarks {
		text += fmt.Sprintf(" %d ý kiến đã gộp theo nội dung, %d ý kiến để riêng.", f.Counted.Remarks-f.Counted.Alone, f.Counted.Alone)
	}
	return text
}

func countTable(f File) document.Table {
	t := document.Table{Columns: []document.Column{{Title: "Nội dung góp ý", Share: 0.34}}}
	for _, p := range Phases {
		t.Columns = append(t.Columns, document.Column{Title: phaseText[p], Share: 0.22, Align: document.Center})
	}
	for _, y := range Heads {
		row := []document.Text{document.Plain(headText[y])}
		for _, p := range Phases {
			row = append(row, document.Plain(fmt.Sprint(f.Block(Cell{p, y}).Count())))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// wordsOf are the lines that the synthesis has of a block.
func wordsOf(b Block) []document.Block {
	var items []document.Text
	for _, line := range text.Lines(b.Words()) {
		items = append(items, document.Plain(line))
	}
	if items == nil {
		return []document.Block{document.Para("Không có ý kiến.")}
	}
	return []document.Block{document.List{Items: items}}
}

func conclusionTable(f File) (document.Table, bool) {
	t := document.Table{Columns: []document.Column{
		{Title: "Hạn chế", Share: 0.28}, {Title: "Nguyên nhân", Share: 0.26}, {Title: "Giải pháp khắc phục", Share: 0.32}, {Title: "Chi bộ đã tiếp thu", Share: 0.14, Align: document.Center},
	}}
	for _, k := range f.Conclusions {
		count := "chưa gửi"
		if card, is := f.Cards[k.ID]; is {
			k.Seen, k.Why, k.Act = card.Seen, card.Why, card.Act
			if card.Sent > 0 {
				count = fmt.Sprintf("%d/%d", card.Learned, card.Sent)
			}
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(k.Seen), document.Plain(k.Why), document.Plain(k.Act), document.Plain(count)})
	}
	return t, len(t.Rows) > 0
}

// originals is the appendix: the words as they were given, below the group they are in.
func originals(f File) []document.Block {
	if f.Counted.Remarks == 0 {
		return nil
	}
	out := []document.Block{
		document.PageBreak{},
		document.Paragraph{Text: document.Bold("PHỤ LỤC"), Align: document.Center, Flush: true, Keep: true},
		document.Paragraph{Text: document.Bold("Nguyên văn ý kiến góp ý"), Align: document.Center, Flush: true, Keep: true},
	}
	for _, b := range f.Blocks {
		if b.Count() == 0 {
			continue
		}
		out = append(out, document.Heading{Level: 2, Label: "-", Text: phaseText[b.Phase] + " – " + headText[b.Head]})
		for _, x := range b.Groups {
			if len(x.Remarks) > 0 {
				out = append(out, document.Paragraph{Text: document.Italic(fmt.Sprintf("Nhóm %d ý kiến: %s", len(x.Remarks), sentence(x.Words))), Keep: true}, quoted(x.Remarks))
			}
		}
		if len(b.Alone) > 0 {
			if len(b.Groups) > 0 {
				out = append(out, document.Paragraph{Text: document.Italic("Ý kiến để riêng:"), Keep: true})
			}
			out = append(out, quoted(b.Alone))
		}
	}
	return out
}

func quoted(all []Remark) document.List {
	var l document.List
	for _, r := range all {
		text := strings.Join(strings.Fields(r.Text), " ")
		if r.Item != "" {
			text += " (nội dung: " + r.Item + ")"
		}
		l.Items = append(l.Items, document.Plain(text))
	}
	return l
}

// remarkTable lists every remark for those who go on working with them; who gave it only
// where names are kept.
func remarkTable(f File) sheet.Table {
	t := sheet.Table{
		Name: "Ý kiến", Titles: []string{"Ý kiến góp ý: " + f.Sitting.Title},
		Header: []string{"Phần", "Mặt", "Ý kiến", "Nội dung của kỳ sinh hoạt", "Nhóm"}, Widths: []float64{22, 20, 70, 34, 50},
	}
	if f.Round.Named {
		t.Header, t.Widths = append(t.Header, "Họ và tên", "Đơn vị"), append(t.Widths, 26, 30)
	}
	add := func(b Block, group string, all []Remark) {
		for _, r := range all {
			row := []any{phaseText[b.Phase], headText[b.Head], r.Text, r.Item, group}
			if f.Round.Named {
				row = append(row, f.Sheets[r.Sheet].Name, f.Sheets[r.Sheet].Unit)
			}
			t.Rows = append(t.Rows, row)
		}
	}
	for _, b := range f.Blocks {
		for _, x := range b.Groups {
			add(b, x.Words, x.Remarks)
		}
		add(b, "", b.Alone)
	}
	return t
}
