package care

import (
	"fmt"
	"strings"

	"chibo/document"
	"chibo/organization"
)

// basis is what both papers rest on.
const basis = "Quy định số 213-QĐ/TW, ngày 02/01/2020 của Bộ Chính trị về trách nhiệm của đảng viên đang công tác thường xuyên giữ mối liên hệ với tổ chức đảng và nhân dân nơi cư trú"

// subject is the trích yếu of both papers.
func subject(year int) string {
	return fmt.Sprintf("đối với đảng viên đang công tác thường xuyên giữ mối liên hệ với tổ chức đảng và nhân dân nơi cư trú, năm %d", year)
}

// commentDoc is the sheet on which the cell of the place of residence is asked for its
// comment: with what came filled in, else with room to write by hand.
func commentDoc(o organization.Organization, name string, k Comment) document.Doc {
	return document.Doc{
		Layout: document.LayoutOn(k.AskedOn), Superior: o.Superior, Issuer: o.Name, Place: o.Town, Date: k.AskedOn,
		Title: "Phiếu lấy ý kiến nhận xét", Subject: subject(k.Year), To: []string{"Chi ủy " + k.Cell},
		Body: []document.Block{
			document.Para(fmt.Sprintf("Thực hiện %s, %s đề nghị chi ủy nơi cư trú nhận xét đồng chí: %s, đảng viên %s, và gửi về trước ngày %s.",
				basis, o.Name, name, o.Name, k.DueOn.Slashed())),
			document.Heading{Level: 1, Text: "Ưu điểm"},
			written(k.Merits),
			document.Heading{Level: 1, Text: "Hạn chế, khuyết điểm"},
			written(k.Faults),
		},
		Signatures: []document.Signature{{For: "T/M CHI ỦY NƠI CƯ TRÚ", As: "BÍ THƯ"}, {For: "T/M CHI BỘ", As: "BÍ THƯ"}},
	}
}

// remarkDoc is what this cell says of somebody who lives here.
func remarkDoc(o organization.Organization, r Resident, k Remark) document.Doc {
	who := fmt.Sprintf("Đồng chí: %s, sinh hoạt tại: %s", r.FullName, r.Cell)
	if r.Address != "" {
		who += ", cư trú tại: " + r.Address
	}
	return document.Doc{
		Layout: document.LayoutOn(k.On), Superior: o.Superior, Issuer: o.Name, Place: o.Town, Date: k.On,
		Title: "Phiếu nhận xét", Subject: subject(k.Year), To: []string{r.Cell},
		Body: []document.Block{
			document.Para(fmt.Sprintf("Thực hiện %s, chi ủy %s nhận xét như sau:", basis, o.Name)),
			document.Para(who + "."),
			document.Para(fmt.Sprintf("Giới thiệu về nơi cư trú ngày %s; dự họp %d/%d kỳ được mời.", r.IntroducedOn.Slashed(), k.Came, k.Called)),
			document.Heading{Level: 1, Text: "Ưu điểm"},
			written(k.Merits),
			document.Heading{Level: 1, Text: "Hạn chế, khuyết điểm"},
			written(k.Faults),
		},
		Signatures: []document.Signature{{For: "T/M CHI ỦY", As: "BÍ THƯ"}},
	}
}

// written is a text that was typed, or room to write it by hand.
func written(text string) document.Block {
	if strings.TrimSpace(text) == "" {
		return document.Para(strings.Repeat("…", 160))
	}
	return document.Para(text)
}
