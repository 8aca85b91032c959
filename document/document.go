// Package document makes the papers of a cell in the form the Party prescribes
// (thể thức văn bản).
//
// A paper is a Doc: the two-column head, the kind and the trích yếu, a body of
// blocks, those who receive it and those who sign it. How it is laid out on the
// page is a Layout, data with the dates between which it was in force, because a
// paper of 2025 looks like 2025. One Doc has four writers: DOCX for those who go
// on working with it, PDF for printing and keeping, HTML for the screen, plain
// text for searching and for tests. The same Doc always gives the same bytes: a
// sealed file can be made again and compared.
//
// What people type may hold anything. Every text passes through clean before a
// writer sees it, and what a font cannot draw is drawn as an empty box.
//
// A paper gets its number when it is issued, from the register of its
// organisation, its kind and the term of office: see Issue.
package document

import (
	"strings"

	"chibo/kit/text"
	"chibo/kit/when"
)

// Doc is one paper, ready to be written in any form.
type Doc struct {
	Layout Layout
	// Superior and Issuer are the two lines of the head at the left, in any case
	// of letters: they are set in capitals.
	Superior, Issuer string
	// State sets the name of the country with its motto in the place of the Party's, as the
	// papers of State bodies and of trade unions have it.
	State bool
	// Number is the number and symbol without the word "Số", as in "05-NQ/CB";
	// empty leaves the line out.
	Number string
	// Mark stands under the number: "Dự thảo", "Tài liệu hội nghị".
	Mark  string
	Place string
	Date  when.Date
	Kind  Kind
	// Title replaces the name of Kind above the Subject.
	Title string
	// Subject is the trích yếu.
	Subject string
	// To lists those whom a letter or an invitation addresses ("Kính gửi").
	To []string
	// Bases are the căn cứ, one each, without dash and full stop.
	Bases []string
	Body  []Block
	// Recipients are the lines of "Nơi nhận", without dash and full stop.
	Recipients []string
	// Signatures stand side by side: one at the right, two at left and right.
	Signatures []Signature
	Seal       Seal
	// Taken says who has taken the file away, and when, at the foot of its pages; empty on
	// what is sealed and on what is kept.
	Taken string
}

// foot is the small line at the foot of every page; empty: there is none.
func (d Doc) foot() string {
	if d.Seal.Code == "" {
		return line(d.Taken)
	}
	return text.Joined(d.Seal.footer(), line(d.Taken))
}

// Signature is one who signs.
type Signature struct {
	// For is the line above the office, "T/M CHI BỘ"; empty where there is none.
	For string
	// As is the office or the part taken: "BÍ THƯ", "CHỦ TRÌ HỘI NGHỊ".
	As string
	// Note stands in the place of the hand-written signature, as in "Đã xác nhận
	// trên phần mềm lúc 21 giờ 05".
	Note string
	Name string
}

// Seal is printed on copies of a sealed record; the zero Seal prints nothing.
type Seal struct {
	// Code is the short check code, "7K3M-Q9TD-V2XA".
	Code string
	// URL is the address that the QR code opens; without it there is none.
	URL string
	// Head is the signed end of the log when the paper was made, as the text of a QR code of
	// its own (kit/head); empty: none is printed. HeadLine names it in words.
	Head, HeadLine string
}

// Heading returns the line above the Subject: Title or the name of Kind, in
// capitals. A letter has none (HD 05-HD/VPTW, 27/5/2026).
func (d Doc) Heading() string {
	if d.Title != "" {
		return strings.ToUpper(d.Title)
	}
	if d.Kind == Letter {
		return ""
	}
	return strings.ToUpper(d.Kind.Name())
}

// Name returns the title of the file among a computer's papers: kind and
// subject on one line.
func (d Doc) Name() string {
	return strings.TrimSpace(strings.TrimSpace(d.Heading()) + " " + line(d.Subject))
}

// Weekday is the day of the week as papers write it within a sentence: "thứ Hai".
func Weekday(d when.Date) string {
	return [...]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}[d.Weekday()]
}

// placeAndDate is the italic line at the right of the head.
func (d Doc) placeAndDate() string {
	if d.Place == "" {
		return capital(d.Date.Long())
	}
	return line(d.Place) + ", " + d.Date.Long()
}

// bases returns the căn cứ as the layout wants them: a dash before each, a
// semicolon after each but the last.
func (d Doc) bases() []Text {
	out := make([]Text, 0, len(d.Bases))
	for i, s := range d.Bases {
		out = append(out, Plain("- "+closed(s, i == len(d.Bases)-1, ";", ".")))
	}
	return out
}

// recipients returns the lines under "Nơi nhận".
func (d Doc) recipients() []string {
	out := make([]string, 0, len(d.Recipients))
	for i, s := range d.Recipients {
		out = append(out, "- "+closed(s, i == len(d.Recipients)-1, ",", "."))
	}
	return out
}

// closed puts the mark of a line of an enumeration after s in the place of any
// that was typed.
func closed(s string, last bool, between, end string) string {
	s = strings.TrimRight(line(s), " ,;.")
	if last {
		return s + end
	}
	return s + between
}

func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
