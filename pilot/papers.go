package pilot

import (
	"fmt"
	"strings"

	"chibo/document"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// Texts of papers are Vietnamese whoever reads the screen.

// kindText is what a kind of pilot meeting is called on paper.
var kindText = map[meeting.Kind]string{meeting.Ordinary: "thường kỳ", meeting.Thematic: "chuyên đề"}

// report is the frame of a paper of the committee.
func report(o organization.Organization, subject string, day when.Date, body []document.Block) document.Doc {
	return document.Doc{
		Layout: document.LayoutOn(day), Superior: o.Superior, Issuer: o.Name, Place: o.Town, Date: day,
		Kind: document.Report, Mark: "Dự thảo", Subject: subject, Body: body,
		Recipients: []string{"Các chi bộ trực thuộc", "Lưu Văn phòng"},
		Signatures: []document.Signature{{For: "T/M ĐẢNG ỦY"}},
	}
}

// pilotDoc is the paper of one pilot meeting: how its contents were appraised, who
// attended, what was said, which lessons were drawn, what the committee concludes.
func pilotDoc(o organization.Organization, f File, day when.Date) document.Doc {
	body := []document.Block{document.Para(fmt.Sprintf("%s tổ chức sinh hoạt điểm %s tại %s%s.", o.Name, kindText[f.Kind], f.Host.Name, onDay(f)))}
	body = append(body, document.Heading{Level: 1, Text: "Mục đích"}, document.Para(f.Series.Purpose))
	body = append(body, document.Heading{Level: 1, Text: "Thẩm định nội dung"}, appraisalText(f))
	if len(f.Items) > 0 {
		body = append(body, agendaTable(f))
	}
	body = append(body, document.Heading{Level: 1, Text: "Thành phần dự"}, document.Para(attended(f)))
	for _, k := range CommentKinds {
		if items := said(f, k); len(items) > 0 {
			body = append(body, document.Heading{Level: 1, Text: commentText[k]}, document.List{Items: items})
		}
	}
	if t, any := lessonTable(f); any {
		body = append(body, document.Heading{Level: 1, Text: "Bài học rút kinh nghiệm"}, t)
	}
	if f.Conclusion != "" {
		body = append(body, document.Heading{Level: 1, Text: "Kết luận"}, document.Para(f.Conclusion))
	}
	return report(o, fmt.Sprintf("sinh hoạt điểm %s tại %s", kindText[f.Kind], f.Host.Name), day, body)
}

// commentText heads the comments of a kind.
var commentText = map[CommentKind]string{Merit: "Ưu điểm", Fault: "Hạn chế", Advice: "Góp ý"}

func onDay(f File) string {
	if f.Meeting.StartsAt.IsZero() {
		return ""
	}
	return fmt.Sprintf(", ngày %s, tại %s", f.Meeting.Day().Slashed(), f.Meeting.Place)
}

// appraisalText says how often the contents were appraised and how they stand.
func appraisalText(f File) document.Block {
	agreed, of := f.Count()
	if f.Round == 0 {
		return document.Para("Nội dung chưa gửi thẩm định.")
	}
	names := make([]string, len(f.Appraisers))
	for i, a := range f.Appraisers {
		names[i] = "đồng chí " + f.Names[a]
	}
	return document.Para(fmt.Sprintf("Thẩm định %d lượt; thống nhất %d/%d nội dung. Thẩm định: %s.", f.Round, agreed, of, strings.Join(names, ", ")))
}

// standingText is how an item stands, on paper.
var standingText = map[Standing]string{Agreed: "Thống nhất", ToChange: "Cần sửa", Answered: "Đã trả lời", Waiting: "Chưa thẩm định"}

func agendaTable(f File) document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: 0.07, Align: document.Center}, {Title: "Nội dung", Share: 0.43}, {Title: "Ý kiến, trả lời", Share: 0.32}, {Title: "Thẩm định", Share: 0.18},
	}}
	for n, i := range f.Items {
		var talk []string
		for _, w := range i.Words {
			if w.Text != "" && f.Reads() {
				talk = append(talk, w.Text)
			}
		}
		t.Rows = append(t.Rows, []document.Text{
			document.Plain(fmt.Sprint(n + 1)), document.Plain(i.Title), document.Plain(strings.Join(talk, " – ")), document.Plain(standingText[i.Standing]),
		})
	}
	return t
}

// attended counts who came of those invited.
func attended(f File) string {
	if len(f.Guests) == 0 {
		return "Đảng viên của chi bộ."
	}
	var came []string
	for _, x := range f.Guests {
		if x.Came {
			came = append(came, fmt.Sprintf("%s (%s)", f.Names[x.Member], x.Unit))
		}
	}
	text := fmt.Sprintf("Mời dự %d đồng chí, có mặt %d", len(f.Guests), len(came))
	if len(came) > 0 {
		text += ": " + strings.Join(came, "; ")
	}
	return text + "."
}

// said lists the comments of a kind.
func said(f File, kind CommentKind) []document.Text {
	var out []document.Text
	for _, k := range f.Comments {
		if k.Kind != kind {
			continue
		}
		text := k.Text
		if k.Item != "" {
			text = k.Item + ": " + text
		}
		out = append(out, document.Plain(text))
	}
	return out
}

// lessonTable lists the cards that were drawn, in the order of the comments.
func lessonTable(f File) (document.Table, bool) {
	t := document.Table{Columns: []document.Column{
		{Title: "Hiện tượng", Share: 0.28}, {Title: "Nguyên nhân", Share: 0.26}, {Title: "Cách làm", Share: 0.32}, {Title: "Đã tiếp thu", Share: 0.14, Align: document.Center},
	}}
	for _, k := range f.Comments {
		card, is := f.Lessons[k.ID]
		if !is || !card.Whole() {
			continue
		}
		count := "chưa gửi"
		if card.Sent > 0 {
			count = fmt.Sprintf("%d/%d", card.Learned, card.Sent)
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(card.Seen), document.Plain(card.Why), document.Plain(card.Act), document.Plain(count)})
	}
	return t, len(t.Rows) > 0
}

// seriesDoc is the paper of a series: its meetings, its figures, what the committee says
// of it as a whole.
func seriesDoc(v Sheet, day when.Date) document.Doc {
	n := v.Figures()
	body := []document.Block{
		document.Para(fmt.Sprintf("Từ ngày %s đến ngày %s, %s tổ chức sinh hoạt điểm tại %d chi bộ. Mục đích: %s",
			v.From.Slashed(), v.Until.Slashed(), v.Unit.Name, len(v.Pilots), v.Purpose)),
		document.Heading{Level: 1, Text: "Kết quả"},
		seriesTable(v),
		document.Para(fmt.Sprintf("Đã họp %d/%d; %d/%d đồng chí được mời có mặt; %d ý kiến; %d bài học rút kinh nghiệm, các chi bộ đã tiếp thu %d/%d lượt.",
			n.Held, n.Pilots, n.Came, n.Guests, n.Comments, n.Lessons, n.Learned.Learned, n.Learned.Of)),
	}
	for _, x := range []struct{ head, text string }{{"Ưu điểm", v.Merits}, {"Hạn chế", v.Faults}, {"Phương hướng", v.Direction}} {
		if x.text != "" {
			body = append(body, document.Heading{Level: 1, Text: x.head}, document.Para(x.text))
		}
	}
	for _, f := range v.Pilots {
		if t, any := lessonTable(f); any {
			body = append(body, document.Heading{Level: 1, Text: "Bài học từ " + f.Host.Name}, t)
		}
	}
	return report(v.Unit, "kết quả "+v.Title, day, body)
}

func seriesTable(v Sheet) document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "Chi bộ", Share: 0.4}, {Title: "Loại", Share: 0.15}, {Title: "Ngày", Share: 0.17}, {Title: "Lượt thẩm định", Share: 0.14, Align: document.Center}, {Title: "Người dự", Share: 0.14, Align: document.Center},
	}}
	for _, f := range v.Pilots {
		came := 0
		for _, x := range f.Guests {
			if x.Came {
				came++
			}
		}
		t.Rows = append(t.Rows, []document.Text{
			document.Plain(f.Host.Name), document.Plain(kindText[f.Kind]), document.Plain(day(f.Meeting.StartsAt)), document.Plain(fmt.Sprint(f.Round)), document.Plain(fmt.Sprintf("%d/%d", came, len(f.Guests))),
		})
	}
	return t
}
