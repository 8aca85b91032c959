package delegation

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"chibo/conference"
	"chibo/document"
	"chibo/kit/when"
)

// Texts of papers are Vietnamese whoever reads the screen.

// numbered is the number of an invitation as papers write it: "05".
func numbered(n int) string { return fmt.Sprintf("%02d", n) }

// moment is "08 giờ 00, thứ Năm, ngày 28 tháng 3 năm 2024".
func moment(at when.Instant) string {
	day := at.Date()
	return fmt.Sprintf("%s, %s, %s", at.Clock(), document.Weekday(day), day.Long())
}

// paper is the invitation in the Party's layout. An invitation is an office paper that every
// organisation may issue (399-QĐ/TW, 09/01/2026, articles 11 and 13); its symbol GM is
// habit. base is the address of the program, for the QR code.
func (v Invitation) paper(base string) document.Doc {
	day := v.IssuedAt.Date()
	d := document.Doc{
		Layout: document.LayoutOn(day), Superior: v.Committee.Superior, Issuer: v.Committee.Name, Place: v.Committee.Town, Date: day,
		Number: numbered(v.Number) + "-" + document.Invitation.Symbol(), Kind: document.Invitation, Subject: "dự " + v.occasion(),
		To: []string{v.addressee()},
		Body: []document.Block{
			document.Para(fmt.Sprintf("%s trân trọng kính mời %s dự %s.", v.Committee.Name, v.whom(), v.occasion())),
		},
		Recipients: []string{"Như trên", "Lưu Văn phòng"},
		Signatures: []document.Signature{{For: "T/L BAN THƯỜNG VỤ", As: "CHÁNH VĂN PHÒNG"}},
	}
	ahead := v.ahead()
	for i, y := range ahead {
		d.Body = append(d.Body, v.sitting(i, len(ahead), y)...)
	}
	last := "Thành phần: " + v.Line.Title + ". " + v.request()
	if v.Note.Words != "" {
		last += " " + strings.ReplaceAll(v.Note.Words, "\n", " ")
	}
	d.Body = append(d.Body, document.Para(last), document.Code{URL: base + v.Delegate.Invitation(), Lines: []string{
		"Giấy mời số " + numbered(v.Number) + ", dành riêng cho " + v.Name,
		"Quét mã để trả lời dự hoặc vắng, xem lại thời gian, địa điểm. Đưa mã này tại bàn đón tiếp để điểm danh.",
	}})
	return d
}

func (v Invitation) occasion() string { return occasion(v.Conference) }

// occasion is the title of a conference within a sentence: "hội nghị chuyên đề …".
func occasion(x conference.Conference) string {
	title := strings.TrimSpace(x.Title)
	if rest, cut := strings.CutPrefix(title, "Tổ chức "); cut {
		title = rest
	}
	first, size := utf8.DecodeRuneInString(title)
	return string(unicode.ToLower(first)) + title[size:]
}

// addressee is the line after "Kính gửi".
func (v Invitation) addressee() string {
	parts := []string{v.title() + " " + v.Name}
	for _, s := range []string{v.Post, v.Unit} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// title is how somebody is addressed: those of the press need not be members.
func (v Invitation) title() string {
	if v.Line.Source == conference.FromPress {
		return "Ông (bà)"
	}
	return "Đồng chí"
}

func (v Invitation) whom() string {
	if v.Line.Source == conference.FromPress {
		return "ông (bà), đại diện " + v.Unit + ","
	}
	return "đồng chí"
}

// request asks to be there, or the press to report.
func (v Invitation) request() string {
	if v.Line.Source == conference.FromPress {
		return "Rất mong quý cơ quan cử phóng viên dự và đưa tin về hội nghị."
	}
	by := "ngày họp"
	if !v.Note.AnswerBy.IsZero() {
		by = "hết ngày " + v.Note.AnswerBy.Slashed()
	}
	return "Đề nghị đồng chí có mặt đúng giờ và trả lời trước " + by + ". Nếu không dự được, đồng chí báo lý do và người dự thay."
}

// ahead returns the sittings that had not ended when the invitation was issued: nobody is invited to what
// is over. Where all had, it is all of them.
func (v Invitation) ahead() []Attended {
	var out []Attended
	for _, y := range v.Attends {
		if y.EndsAt >= v.IssuedAt {
			out = append(out, y)
		}
	}
	if len(out) == 0 {
		return v.Attends
	}
	return out
}

// sitting says when and where, and who performs; with several sittings each has its
// heading.
func (v Invitation) sitting(i, of int, y Attended) []document.Block {
	var out []document.Block
	if of > 1 {
		out = append(out, document.Heading{Level: 2, Text: y.Title, Label: fmt.Sprintf("%d.", i+1)})
	}
	place := y.Venue
	if y.Address != "" {
		place += ", " + y.Address
	}
	facts := []string{"Thời gian: " + moment(y.StartsAt), "Địa điểm: " + place}
	var last []string
	if y.HostName != "" {
		last = append(last, "Chi bộ thực hiện: "+y.HostName)
	}
	if y.Seat != "" {
		last = append(last, "Chỗ ngồi: "+y.Seat)
	}
	if len(last) > 0 {
		facts = append(facts, strings.Join(last, ". "))
	}
	if course := y.course(); len(course) > 0 {
		facts = append(facts, "Chương trình: "+strings.Join(course, "; "))
	}
	items := make([]document.Text, len(facts))
	for n, s := range facts {
		mark := ";"
		if n == len(facts)-1 {
			mark = "."
		}
		items[n] = document.Plain(s + mark)
	}
	return append(out, document.List{Items: items})
}

// WriteInvitations writes invitations as one PDF file, to be printed in one go.
func WriteInvitations(w io.Writer, base string, all []Invitation) error {
	docs := make([]document.Doc, len(all))
	for i, v := range all {
		docs[i] = v.paper(base)
	}
	return document.Bundle(w, "Giấy mời dự "+all[0].occasion(), docs)
}

// WriteBadges writes the badges of delegates (thẻ đại biểu) on sheets of A4 with so many
// rows of two, 4 or 5.
func WriteBadges(w io.Writer, base string, rows int, day when.Date, all []Invitation) error {
	return badges(base, rows, day, all).PDF(w)
}

// badges are the cards of delegates. The seat is that of the first sitting in which there is
// one.
func badges(base string, rows int, day when.Date, all []Invitation) document.Cards {
	cards := document.Cards{Title: "Thẻ đại biểu", Date: day, Rows: rows}
	for _, v := range all {
		c := document.Card{Head: strings.ToUpper(v.occasion()), Name: v.Name, Lines: []string{v.Unit, v.Line.Title}, URL: base + v.Delegate.Invitation()}
		for _, y := range v.Attends {
			if y.Seat != "" && c.Foot == "" {
				c.Foot = "Ghế " + y.Seat
			}
		}
		cards.Cards = append(cards.Cards, c)
	}
	return cards
}
