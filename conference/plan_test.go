package conference

import (
	"strings"
	"testing"

	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// field is a plan with the facts of a plan of the field (82-KH/ĐU, 2024) and made-up
// people.
func field() Plan {
	sitting := func(title string, kind meeting.Kind, host string, day when.Date, venue, address string) Gathering {
		return Gathering{title, kind, host, day.At(8, 0), day.At(11, 0), venue, address}
	}
	f := Facts{
		Title: "Tổ chức hội nghị chuyên đề sinh hoạt chi bộ mẫu", Level: organization.Ward, Superior: "Thành ủy Bến Hồ", Town: "Bến Hồ",
		Words: Words{
			Issuer: "Đảng ủy Sở Giáo dục và Đào tạo",
			Bases: "- Thực hiện Chỉ thị số 10-CT/TW ngày 30 tháng 3 năm 2007 của Ban Bí thư về nâng cao chất lượng sinh hoạt chi bộ;\n" +
				"Hướng dẫn số 12-HD/BTCTW ngày 06 tháng 7 năm 2018 của Ban Tổ chức Trung ương\nHướng dẫn 02-HD/TU ngày 22 tháng 3 năm 2019 của Ban Thường vụ Thành ủy",
			Purpose: "Khắc phục hạn chế trong sinh hoạt chi bộ.\n\n- Giúp bí thư nắm vững quy trình.\nRút kinh nghiệm qua hội nghị.",
			Duties: []Duty{
				{"Ban Tổ chức Đảng ủy", "Chuẩn bị chương trình chi tiết, phân công dẫn chương trình\nThẩm định nội dung\nTổng hợp ý kiến"},
				{"Văn phòng Đảng ủy", "Phát hành giấy mời\nHậu cần\nĐiểm danh hội nghị"},
				{"Cấp ủy các đảng bộ, chi bộ", "Cử cán bộ tham dự"},
			},
			Recipients: "Ban Thường vụ Đảng ủy\nVăn phòng Đảng ủy Sở\nBan Tổ chức Đảng ủy\nCác cấp ủy cơ sở\nLưu Văn phòng Đảng ủy",
			For:        "T/M BAN THƯỜNG VỤ", As: "BÍ THƯ", Name: "Lê Văn Thảo",
		},
		Sittings: []Gathering{
			sitting("Hội nghị “sinh hoạt chi bộ thường kỳ” mẫu", meeting.Ordinary, "Chi bộ 01", when.On(2024, 3, 28), "Hội trường Trường Cao đẳng Sông Xanh", "390 đường Hoa Sen, phường 4"),
			sitting("Hội nghị “sinh hoạt chi bộ chuyên đề” mẫu", meeting.Thematic, "Chi bộ 4", when.On(2024, 4, 18), "Hội trường Trường Trung cấp Cầu Gạo", "592 đường Hoa Mai, phường Sông Xanh"),
		},
		Composition: []string{
			"Đại diện Thường trực Thành ủy", "Ủy viên Ban Chấp hành Đảng bộ Sở", "Cấp ủy đảng bộ, chi bộ cơ sở",
			"Cấp ủy các chi bộ trực thuộc đảng bộ cơ sở", "Đảng viên các chi bộ thực hiện sinh hoạt mẫu",
		},
	}
	return Plan{{N: 1, Facts: f, IssuedAt: when.On(2024, 3, 1).At(9, 0), Number: "82-KH/ĐU", Dated: when.On(2024, 3, 1)}}
}

func TestEveryComponentOfAPlanOfTheFieldStands(t *testing.T) {
	p := field()
	text := p.Paper(p[0], when.On(2024, 3, 1)).Text()
	for component, words := range map[string][]string{
		"head":                          {"THÀNH ỦY BẾN HỒ", "ĐẢNG ỦY SỞ GIÁO DỤC VÀ ĐÀO TẠO", "ĐẢNG CỘNG SẢN VIỆT NAM"},
		"number":                        {"Số 82-KH/ĐU"},
		"place and date":                {"Bến Hồ, ngày 01 tháng 3 năm 2024"},
		"kind":                          {"KẾ HOẠCH"},
		"subject":                       {"Tổ chức hội nghị chuyên đề sinh hoạt chi bộ mẫu"},
		"bases with number and date":    {"- Thực hiện Chỉ thị số 10-CT/TW ngày 30 tháng 3 năm 2007 của Ban Bí thư", "12-HD/BTCTW ngày 06 tháng 7 năm 2018", "02-HD/TU ngày 22 tháng 3 năm 2019"},
		"sentence that leads in":        {"Đảng ủy Sở Giáo dục và Đào tạo xây dựng kế hoạch tổ chức hội nghị chuyên đề sinh hoạt chi bộ mẫu như sau:"},
		"section of aims":               {"I- MỤC ĐÍCH, YÊU CẦU", "- Khắc phục hạn chế", "- Giúp bí thư nắm vững", "- Rút kinh nghiệm qua hội nghị."},
		"section of contents":           {"II- NỘI DUNG"},
		"section of organisation":       {"III- TỔ CHỨC THỰC HIỆN"},
		"model ordinary meeting":        {"1. Hội nghị “sinh hoạt chi bộ thường kỳ” mẫu"},
		"model thematic meeting":        {"2. Hội nghị “sinh hoạt chi bộ chuyên đề” mẫu"},
		"hosts":                         {"- Chi bộ 01 thực hiện.", "- Chi bộ 4 thực hiện."},
		"time with weekday":             {"từ 08 giờ 00 đến 11 giờ 00, thứ Năm, ngày 28 tháng 3 năm 2024", "thứ Năm, ngày 18 tháng 4 năm 2024"},
		"venue with address":            {"Địa điểm: Hội trường Trường Cao đẳng Sông Xanh, địa chỉ: 390 đường Hoa Sen, phường 4.", "592 đường Hoa Mai"},
		"composition":                   {"3. Thành phần tham dự", "- Đại diện Thường trực Thành ủy", "- Cấp ủy các chi bộ trực thuộc đảng bộ cơ sở"},
		"performers as their own line":  {"- Đảng viên các chi bộ thực hiện sinh hoạt mẫu"},
		"bodies with their duties":      {"1. Ban Tổ chức Đảng ủy", "- Thẩm định nội dung", "2. Văn phòng Đảng ủy", "- Điểm danh hội nghị", "3. Cấp ủy các đảng bộ, chi bộ", "- Cử cán bộ tham dự"},
		"recipients":                    {"Nơi nhận:", "- Ban Thường vụ Đảng ủy,", "- Các cấp ủy cơ sở,"},
		"archive copy":                  {"- Lưu Văn phòng Đảng ủy."},
		"signature on whose behalf, by": {"T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Văn Thảo"},
	} {
		at := 0
		for _, w := range words {
			next := strings.Index(text[at:], w)
			if next < 0 {
				t.Errorf("%s: %q does not stand where it belongs in\n%s", component, w, text)
				break
			}
			at += next + len(w)
		}
	}
	if gaps := p[0].Facts.Gaps(); len(gaps) > 0 {
		t.Error("a whole plan lacks", gaps)
	}
}

func TestADraftSaysSoAndAnAmendmentWhatItReplaces(t *testing.T) {
	p := field()
	next := p[0]
	next.N, next.IssuedAt, next.Number, next.Dated = 2, 0, "", when.Date{}
	p = append(p, next)
	text := p.Paper(next, when.On(2024, 3, 20)).Text()
	for _, words := range []string{"Số …-KH/ĐU", "Dự thảo", "ngày 20 tháng 3 năm 2024", "Kế hoạch này thay thế Kế hoạch số 82-KH/ĐU, ngày 01 tháng 3 năm 2024 của Đảng ủy Sở Giáo dục và Đào tạo."} {
		if !strings.Contains(text, words) {
			t.Errorf("%q is missing in\n%s", words, text)
		}
	}
	if text := p.Paper(p[0], when.On(2024, 3, 20)).Text(); strings.Contains(text, "thay thế") || strings.Contains(text, "Dự thảo") {
		t.Errorf("what was issued has changed:\n%s", text)
	}
}

func TestGapsOfAPlan(t *testing.T) {
	for gap, spoil := range map[string]func(*Facts){
		"bases":       func(f *Facts) { f.Bases = " \n-" },
		"purpose":     func(f *Facts) { f.Purpose = "" },
		"sittings":    func(f *Facts) { f.Sittings = nil },
		"composition": func(f *Facts) { f.Composition = nil },
		"duties":      func(f *Facts) { f.Duties = nil },
		"recipients":  func(f *Facts) { f.Recipients = "" },
		"archive":     func(f *Facts) { f.Recipients = "Ban Thường vụ" },
		"signature":   func(f *Facts) { f.Name = "" },
		"weekdays":    func(f *Facts) { f.Purpose += "\nHọp thứ tư, ngày 28 tháng 3 năm 2024." },
	} {
		f := field()[0].Facts
		spoil(&f)
		if got := f.Gaps(); len(got) != 1 || got[0] != gap {
			t.Errorf("the gaps are %q, not %q", got, gap)
		}
	}
}

func TestADayOfTheWeekBelongsToItsDate(t *testing.T) {
	for text, right := range map[string]string{
		"lúc 08 giờ 00 thứ năm, ngày 28 tháng 3 năm 2024":  "",
		"Thứ Năm, ngày 18 tháng 04 năm 2024":               "",
		"thứ tư, ngày 28 tháng 3 năm 2024":                 "thứ Năm",
		"thứ 4 (28/3/2024)":                                "thứ Năm",
		"Chủ nhật 28/3/2024":                               "thứ Năm",
		"Thứ  hai ngày 24.3.2024":                          "Chủ nhật",
		"thứ ba, ngày 31 tháng 02 năm 2024":                "", // no day of the calendar
		"lần thứ năm, ngày mai; ngày 28 tháng 3 năm 2024.": "",
	} {
		slips := Weekdays(text)
		if got := len(slips) > 0; got != (right != "") || got && slips[0].Right != right {
			t.Errorf("%q: %+v, want %q", text, slips, right)
		}
	}
}

func TestThePlanBeginsWithItsSections(t *testing.T) {
	w := Skeleton(organization.Organization{Name: "Đảng bộ phường Sông Xanh"})
	f := field()[0].Facts
	w.Name, w.Bases = "Lê Văn Thảo", "Điều lệ Đảng"
	f.Words = w
	if gaps := f.Gaps(); len(gaps) > 0 || w.Issuer != "Đảng ủy phường Sông Xanh" {
		t.Errorf("issued by %q, lacks %q", w.Issuer, gaps)
	}
}
