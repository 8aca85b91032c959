package conference

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"chibo/document"
	"chibo/kit/when"
	"chibo/organization"
)

// Texts of papers are Vietnamese whoever reads the screen.

// Paper sets a version of the plan as a document in the Party's layout: a draft with the
// date of today until it was issued. Its sections are those of a plan of the field
// (82-KH/ĐU, 2024).
func (p Plan) Paper(v Version, today when.Date) document.Doc {
	f := v.Facts
	d := document.Doc{
		Superior: f.Superior, Issuer: f.Issuer, Place: f.Town, Kind: document.Plan, Subject: f.Title,
		Number: v.Number, Date: v.Dated, Body: f.body(), Bases: lines(f.Bases), Recipients: lines(f.Recipients),
		Signatures: []document.Signature{{For: f.For, As: f.As, Name: f.Name}},
	}
	if v.IssuedAt.IsZero() {
		d.Number, d.Date, d.Mark = document.Unissued(document.Plan, f.Level), today, "Dự thảo"
	}
	d.Layout = document.LayoutOn(d.Date)
	if old, is := p.issuedBefore(v.N); is {
		d.Body = append(d.Body, document.Para(fmt.Sprintf("Kế hoạch này thay thế Kế hoạch số %s, %s của %s.", old.Number, old.Dated.Long(), old.Facts.Issuer)))
	}
	return d
}

func (f Facts) body() []document.Block {
	out := []document.Block{
		document.Para(fmt.Sprintf("%s xây dựng kế hoạch %s như sau:", f.Issuer, small(f.Title))),
		document.Heading{Level: 1, Text: "MỤC ĐÍCH, YÊU CẦU"},
		items(lines(f.Purpose)),
		document.Heading{Level: 1, Text: "NỘI DUNG"},
	}
	for _, y := range f.Sittings {
		out = append(out, document.Heading{Level: 2, Text: y.Title}, items(y.lines()))
	}
	out = append(out, document.Heading{Level: 2, Text: "Thành phần tham dự"}, items(f.Composition), document.Heading{Level: 1, Text: "TỔ CHỨC THỰC HIỆN"})
	for _, d := range f.Duties {
		out = append(out, document.Heading{Level: 2, Text: d.Body}, items(lines(d.Lines)))
	}
	return out
}

// lines says of a sitting who performs, when and where.
func (y Gathering) lines() []string {
	var out []string
	if y.Host != "" {
		out = append(out, y.Host+" thực hiện.")
	}
	out = append(out, fmt.Sprintf("Thời gian: từ %s đến %s, %s, %s.", y.StartsAt.Clock(), y.EndsAt.Clock(), document.Weekday(y.StartsAt.Date()), y.StartsAt.Date().Long()))
	place := "Địa điểm: " + y.Venue
	if y.Address != "" {
		place += ", địa chỉ: " + y.Address
	}
	return append(out, place+".")
}

func items(texts []string) document.List {
	var out document.List
	for _, t := range texts {
		out.Items = append(out.Items, document.Plain(t))
	}
	return out
}

// small writes the first letter of a text small, as inside a sentence.
func small(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(r)) + text[n:]
}

// Skeleton returns the words with which the plan of a committee begins: the sections and
// bodies of a plan of the field, to be changed to what is so.
func Skeleton(o organization.Organization) Words {
	issuer := o.Name
	if rest, is := strings.CutPrefix(o.Name, "Đảng bộ "); is {
		issuer = "Đảng ủy " + rest
	}
	return Words{
		Issuer: issuer,
		Purpose: strings.Join([]string{
			"Giúp cấp ủy, bí thư chi bộ nắm chắc cách chuẩn bị, điều hành và kết luận một kỳ sinh hoạt chi bộ.",
			"Qua dự và góp ý, thấy rõ việc làm tốt, việc còn thiếu và cách khắc phục để mọi chi bộ áp dụng.",
			"Hội nghị thiết thực, đúng giờ; nội dung được thẩm định trước khi thực hiện.",
		}, "\n"),
		Duties: []Duty{
			{"Ban Tổ chức Đảng ủy", strings.Join([]string{
				"Cùng cấp ủy chi bộ thực hiện chuẩn bị nội dung, chương trình chi tiết; phân công người dẫn chương trình.",
				"Thẩm định nội dung sinh hoạt mẫu trước hội nghị.",
				"Tổng hợp ý kiến góp ý của đại biểu.",
			}, "\n")},
			{"Văn phòng Đảng ủy", strings.Join([]string{
				"Gửi giấy mời theo thành phần; mời cơ quan báo chí khi cần đưa tin.",
				"Cùng đơn vị tổ chức lo hậu cần; phân công người hướng dẫn, phục vụ.",
				"Điểm danh đại biểu.",
			}, "\n")},
			{"Cấp ủy các đơn vị trực thuộc", strings.Join([]string{
				"Cử đại biểu dự đúng thành phần, đúng hạn.",
				"Sau khi dự, góp ý về việc chuẩn bị, tổ chức và điều hành kỳ sinh hoạt mẫu.",
			}, "\n")},
		},
		Recipients: strings.Join([]string{"Ban Thường vụ Đảng ủy", "Ban Tổ chức Đảng ủy", "Văn phòng Đảng ủy", "Cấp ủy các đơn vị trực thuộc", "Lưu Văn phòng Đảng ủy"}, "\n"),
		For:        "T/M BAN THƯỜNG VỤ", As: "BÍ THƯ",
	}
}
