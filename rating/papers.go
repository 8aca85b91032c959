package rating

import (
	"fmt"
	"strconv"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/when"
)

// Papers are Vietnamese whoever reads the screen. The skeletons of the self-reviews 2A,
// 2B and 2C, of form 01, 03, 04 and 05 follow HD 43-HD/BTCTW (31/10/2025); minutes of a review
// have no official form.
var vietnamese = locale.Vietnamese

// Paper is a paper of a round or of a line, as it stands in addresses.
type Paper string

// The papers: the last two of a round, the others of a line.
const (
	SelfReview Paper = "review"  // bản kiểm điểm, forms 2A, 2B, 2C; of the cell: form 01
	SelfSheet  Paper = "sheet"   // form 05: self-rating of a quarter or a year
	Again      Paper = "again"   // form 03: decision to rate anew
	FileList   Paper = "file"    // form 04: what lies in the file
	Results    Paper = "list"    // danh sách kết quả
	Minutes    Paper = "minutes" // biên bản kiểm điểm
)

// paper returns what all papers of a round share.
func (v Overview) paper(day when.Date) document.Doc {
	return document.Doc{Layout: document.LayoutOn(day), Superior: v.Cell.Superior, Issuer: v.Cell.Name, Place: v.Cell.Town, Date: day}
}

// drawn draws a paper if it is there: what it tells is not known before.
func drawn(there bool, draw func() document.Doc) (document.Doc, bool) {
	if !there {
		return document.Doc{}, false
	}
	return draw(), true
}

// doc returns one paper of a round.
func (v Overview) doc(p Paper) (document.Doc, bool) {
	switch p {
	case Results:
		return drawn(true, v.listDoc)
	case Minutes:
		return drawn(v.Round.State.Reached(Voting), v.minutesDoc)
	}
	return document.Doc{}, false
}

// doc returns one paper of a line.
func (c Card) doc(p Paper) (document.Doc, bool) {
	switch p {
	case SelfReview:
		return drawn(c.Line.Said(), c.reviewDoc)
	case SelfSheet:
		return drawn(c.Line.Said() && c.Line.Person(), c.sheetDoc)
	case Again:
		return drawn(c.Line.Level != "" && c.Reads, c.againDoc)
	case FileList:
		return drawn(c.Line.Rated() && c.Reads, c.fileDoc)
	}
	return document.Doc{}, false
}

// listDoc is the list of results: the proposal of the cell and, once there is one, the
// decision, under the sum of the cap.
func (v Overview) listDoc() document.Doc {
	d := v.paper(v.Round.ReviewOn)
	d.Title, d.Subject = "Danh sách", "kết quả đánh giá, xếp loại đảng viên và chi bộ "+v.Round.Period().Name()
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: 0.06, Align: document.Center},
		{Title: "Họ và tên", Share: 0.26},
		{Title: "Tự xếp loại", Share: 0.2},
		{Title: "Số phiếu", Share: 0.12, Align: document.Center},
		{Title: "Chi bộ đề nghị", Share: 0.18},
		{Title: "Cấp có thẩm quyền quyết định", Share: 0.18},
	}}
	var out []document.Text
	for _, r := range v.Lines {
		if !r.Rated() {
			out = append(out, document.Plain(v.Names[r.Subject]+" ("+vietnamese.Of("rating.case", string(r.Case))+")"))
			continue
		}
		t.Rows = append(t.Rows, []document.Text{
			document.Plain(strconv.Itoa(len(t.Rows) + 1)), document.Plain(v.Names[r.Subject]), document.Plain(v.self(r)),
			document.Plain(v.votes(r)), document.Plain(r.Proposal.Name()), document.Plain(decided(r)),
		})
	}
	n := CountOf(v.Lines, current)
	d.Body = append(d.Body, document.Paragraph{Text: document.Plain(fmt.Sprintf("Tổng hợp: %s.", tally(n))), Keep: true}, t, document.Para(v.Round.Cap.Words(n)))
	if len(out) > 0 {
		d.Body = append(d.Body, document.Paragraph{Text: document.Plain("Không xếp loại trong kỳ:"), Keep: true}, document.List{Items: out})
	}
	d.Recipients = []string{"Cấp ủy cấp trên", "Lưu chi bộ"}
	d.Signatures = []document.Signature{{For: "T/M CHI BỘ", As: "BÍ THƯ"}}
	return d
}

// self is what somebody gave themselves: "Hoàn thành tốt nhiệm vụ (86 điểm)".
func (v Overview) self(r Rating) string {
	if !r.Said() {
		return ""
	}
	general, results := Sums(v.Round.Lines(r.Form), r.Points)
	return fmt.Sprintf("%s (%d điểm)", r.Claim.Name(), general+results)
}

// votes is the figure for the proposed level: "14/20".
func (v Overview) votes(r Rating) string {
	if r.Cast() == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", r.Of(r.Proposal), v.Round.Base)
}

func decided(r Rating) string {
	if r.Level == "" {
		return ""
	}
	return r.Level.Name() + " (" + r.Number + ")"
}

// tally counts a list in words: "xuất sắc 2, tốt 8, hoàn thành 1".
func tally(n Count) string {
	out := ""
	for _, of := range append(Levels[:len(Levels):len(Levels)], "") {
		if n[of] == 0 {
			continue
		}
		if out != "" {
			out += ", "
		}
		name := of.Short()
		if of == "" {
			name = "chưa có đề nghị"
		}
		out += fmt.Sprintf("%s %d", name, n[of])
	}
	return out
}

// minutesDoc is the minutes of the review.
func (v Overview) minutesDoc() document.Doc {
	r := v.Round
	d := v.paper(r.ReviewOn)
	d.Kind, d.Subject = document.Minutes, "hội nghị kiểm điểm, đánh giá, xếp loại "+r.Period().Name()
	d.Body = append(d.Body,
		document.Para(fmt.Sprintf("%s, tại %s, %s họp kiểm điểm, đánh giá, xếp loại %s theo %s.", capital(r.ReviewOn.Long()), r.Place, v.Cell.Name, r.Period().Name(), LawOn(r.OpenedAt.Date()).Number)),
		document.Heading{Level: 1, Text: "Thành phần"},
		document.Para(fmt.Sprintf("Đảng viên chính thức được triệu tập: %d đồng chí. Có mặt: %d. Vắng mặt: %d.", r.Base, r.Present, r.Base-r.Present)),
		document.Para(fmt.Sprintf("Chủ trì: đồng chí %s. Ghi biên bản: đồng chí %s.", r.Chair, r.Taker)),
		document.Heading{Level: 1, Text: "Nội dung kiểm điểm"})
	if r.Course != "" {
		d.Body = append(d.Body, document.Para(r.Course))
	}
	for _, line := range v.Lines {
		if !line.Rated() || line.Discussed == "" && !line.Said() {
			continue
		}
		d.Body = append(d.Body, document.Heading{Level: 2, Text: v.Names[line.Subject]})
		if said := v.self(line); said != "" {
			d.Body = append(d.Body, document.Para("Tự xếp loại: "+said+"."))
		}
		if line.Discussed != "" {
			d.Body = append(d.Body, document.Para("Ý kiến tại hội nghị: "+line.Discussed))
		}
	}
	d.Body = append(d.Body, v.voteBlocks()...)
	d.Signatures = []document.Signature{{As: "NGƯỜI GHI BIÊN BẢN", Name: r.Taker}, {As: "CHỦ TRÌ HỘI NGHỊ", Name: r.Chair}}
	return d
}

// voteBlocks give the votes on each with their arithmetic.
func (v Overview) voteBlocks() []document.Block {
	how := "bỏ phiếu kín"
	if v.Round.Hand {
		how = "giơ tay"
	}
	list := document.List{Start: 1}
	for _, r := range v.Lines {
		if r.Cast() == 0 {
			continue
		}
		text := v.Names[r.Subject] + ": " + v.Round.Rule().Words(r.Votes) + " Chi bộ đề nghị: " + r.Proposal.Name() + "."
		if room := v.Rooms[r.VotedIn]; room != "" {
			text += " Số phiếu lấy từ biểu quyết trong phòng họp: " + room + "."
		}
		if r.Reason != "" {
			text += " Lý do: " + r.Reason
		}
		list.Items = append(list.Items, document.Plain(text))
	}
	return []document.Block{
		document.Heading{Level: 1, Text: "Kết quả biểu quyết"},
		document.Para(fmt.Sprintf("Chi bộ %s; tỷ lệ tính trên %d đảng viên chính thức được triệu tập (294-QĐ/TW, 26/5/2025, điểm 9.3.2).", how, v.Round.Base)),
		list,
		document.Para(v.Round.Cap.Words(CountOf(v.Lines, current))),
	}
}
