package document

import "chibo/kit/when"

// Made-up papers, one of each form that a cell meets every month.

func sampleMinutes() Doc {
	tasks := Table{Columns: []Column{
		{Title: "TT", Share: .07, Align: Center}, {Title: "Nhiệm vụ", Share: .45}, {Title: "Người thực hiện", Share: .28}, {Title: "Thời hạn", Share: .2, Align: Center},
	}}
	for _, r := range [][3]string{
		{"Vận động 12 hộ ở ngõ 7 phân loại rác tại nhà; lập danh sách hộ cần thùng rác", "Trần Văn Hòa", "20/12/2026"},
		{"Cùng Chi hội Cựu chiến binh thăm ba gia đình chính sách nhân dịp 22/12", "Lê Thị Minh, Đỗ Quốc Khánh", "22/12/2026"},
		{"Kiểm tra đèn chiếu sáng các ngõ 3, 5, 9 và báo đơn vị quản lý những chỗ hỏng", "Phạm Văn Lâm", "15/12/2026"},
		{"Rà soát quần chúng ưu tú để giới thiệu bồi dưỡng", "Chi ủy", "30/12/2026"},
	} {
		tasks.Rows = append(tasks.Rows, []Text{Plain(string(rune('1' + len(tasks.Rows)))), Plain(r[0]), Plain(r[1]), Plain(r[2])})
	}
	body := []Block{
		Para("Hôm nay, ngày 03 tháng 12 năm 2026, lúc 19 giờ 30, tại Nhà văn hóa tổ dân phố 5, Chi bộ Tổ dân phố 5 tổ chức sinh hoạt thường kỳ tháng 12."),
		Heading{Level: 1, Text: "Thành phần"},
		Para("Tổng số đảng viên: 28 đồng chí. Có mặt: 25. Vắng có lý do: 2 (Vũ Thị Lan, Hoàng Văn Tư). Vắng không lý do: 1 (Ngô Bá Thắng)."),
		Paragraph{Text: Plain("Chủ trì: đồng chí ").And(Span{Text: "Nguyễn Thu Hà", Bold: true}, Span{Text: ", Bí thư Chi bộ. Thư ký: đồng chí "}, Span{Text: "Lê Thị Minh", Bold: true}, Span{Text: "."})},
		Heading{Level: 1, Text: "Diễn biến"},
	}
	for i, title := range []string{"Thông tin thời sự, chính sách mới", "Đánh giá việc thực hiện nghị quyết tháng 11", "Thảo luận nhiệm vụ tháng 12"} {
		body = append(body, Heading{Level: 2, Text: title},
			Para("Đồng chí Trần Văn Hòa báo cáo tóm tắt ba nội dung: tình hình trong nước, tình hình quốc tế và việc của phường. Chi bộ nghe và trao đổi về những việc tổ dân phố cần làm ngay trong tháng, nhất là trật tự đô thị, vệ sinh các ngõ và chăm lo người cao tuổi sống một mình."),
			Paragraph{Text: Text{{Text: "Đồng chí Đỗ Quốc Khánh: ", Bold: true}, {Text: "đề nghị giao rõ từng ngõ cho từng đảng viên phụ trách, tháng sau báo cáo lại trước chi bộ; việc nào vướng thì nói rõ vướng ở đâu và cần ai gỡ."}}},
			Paragraph{Text: Text{{Text: "Đồng chí Phạm Văn Lâm: ", Bold: true}, {Text: "đồng tình, đề nghị thêm việc sửa đèn chiếu sáng; ", Italic: false}, {Text: "có ý kiến khác về thời hạn, đề nghị lùi đến hết tháng.", Italic: true}}})
		if i == 1 {
			body = append(body, Heading{Level: 3, Text: "Việc đã làm được"}, List{Items: []Text{Plain("thu đủ đảng phí tháng 11;"), Plain("vận động 41/46 hộ tham gia ngày hội;"), Plain("giúp đỡ hai hộ có hoàn cảnh khó khăn.")}},
				Heading{Level: 3, Text: "Việc chưa làm được"}, Para("Chưa hoàn thành việc rà soát đèn chiếu sáng vì chờ đơn vị quản lý khảo sát."))
		}
	}
	body = append(body,
		Heading{Level: 2, Text: "Biểu quyết thông qua dự thảo nghị quyết"},
		Para("Số đảng viên chính thức được triệu tập: 26. Tán thành: 23. Không tán thành: 1. Ý kiến khác: 0. Nghị quyết được thông qua: 23/26 đảng viên chính thức tán thành, đạt 88,5%, quá một nửa."),
		Heading{Level: 1, Text: "Phân công nhiệm vụ"}, tasks,
		Para("Biên bản được đọc lại trước chi bộ, được thông qua và kết thúc lúc 21 giờ 10 cùng ngày."))
	return Doc{
		Layout: LayoutOn(when.On(2026, 12, 3)), Superior: "Đảng bộ phường Sông Xanh", Issuer: "Chi bộ Tổ dân phố 5",
		Number: "12-BB/CB", Place: "Sông Xanh", Date: when.On(2026, 12, 3), Kind: Minutes, Subject: "sinh hoạt chi bộ thường kỳ tháng 12 năm 2026",
		Body: body,
		Signatures: []Signature{
			{As: "NGƯỜI GHI BIÊN BẢN", Name: "Lê Thị Minh", Note: "Đã xác nhận trên phần mềm lúc 21 giờ 12, ngày 03/12/2026"},
			{As: "CHỦ TRÌ HỘI NGHỊ", Name: "Nguyễn Thu Hà", Note: "Đã xác nhận trên phần mềm lúc 21 giờ 13, ngày 03/12/2026"},
		},
		Seal: Seal{
			Code: "7K3M-Q9TD-V2XA", URL: "https://chibo.example/check/7K3MQ9TDV2XA", HeadLine: "Dòng 41237, lúc 21:14 ngày 03/12/2026, khóa JFO2-OUAQ-CSIA-OI4W-A2WY",
			Head: "CHIBO/HEAD/1:0198A1B2-0000-7000-8000-00000000000A:41237:FVYRMQVXE2YEIALCPSU7XLBS6XEFGD5RSA6MJWYCEWDRPEQ2JCAQ:1796300000000:JFO2OUAQCSIAOI4WA2WYZFRWG77NRE3U5JDNMAV2WZIF5XCHBNKA:2A2DQRQLHU4WWZ5T4RXWWCQK4Z6BL2D7N23COY7W4CXQZET7EZB5G5R3OKUZXLPXARQ22P25WXTYTZVWIVZEJKQBSFMNPVVMR5TN4DY",
		},
	}
}

func sampleResolution() Doc {
	d := sampleMinutes()
	review := Table{Columns: []Column{{Title: "TT", Share: .07, Align: Center}, {Title: "Nhiệm vụ", Share: .48}, {Title: "Tình trạng", Share: .2, Align: Center}, {Title: "Kết quả", Share: .25}}}
	for i := range 24 {
		state := "Hoàn thành"
		if i%5 == 4 {
			state = "Chưa hoàn thành"
		}
		review.Rows = append(review.Rows, []Text{Plain(string(rune('A' + i))), Plain("Tuyên truyền, vận động nhân dân thực hiện nếp sống văn minh, giữ gìn vệ sinh ngõ xóm"), Plain(state), Plain("Đã báo cáo tại chi bộ")})
	}
	d.Kind, d.Number, d.Subject = Resolution, "05-NQ/CB", "về nhiệm vụ trọng tâm tháng 12 năm 2026"
	d.Bases = []string{"Căn cứ Điều lệ Đảng", "Căn cứ Chương trình công tác năm 2026 của Đảng ủy phường Sông Xanh", "Căn cứ kết quả biểu quyết của chi bộ ngày 03 tháng 12 năm 2026"}
	d.Body = []Block{
		Heading{Level: 1, Text: "Đánh giá tháng 11"},
		Para("Chi bộ thống nhất đánh giá như sau:"), review,
		Heading{Level: 1, Text: "Nhiệm vụ tháng 12"},
		Heading{Level: 2, Text: "Công tác tư tưởng"},
		Para("Duy trì nền nếp sinh hoạt, kịp thời nắm tâm tư của đảng viên và nhân dân."),
		Heading{Level: 1, Text: "Tổ chức thực hiện"},
		Para("Nghị quyết được biểu quyết thông qua với 23/26 đảng viên chính thức tán thành, đạt 88,5%."),
	}
	d.Recipients = []string{"Đảng ủy phường Sông Xanh (để báo cáo)", "Các đồng chí đảng viên", "Lưu Chi bộ"}
	d.Signatures = []Signature{{For: "T/M CHI BỘ", As: "BÍ THƯ", Name: "Nguyễn Thu Hà"}}
	d.Seal = Seal{}
	return d
}

func sampleInvitation() Doc {
	d := sampleResolution()
	d.Kind, d.Number, d.Subject, d.Bases = Invitation, "07-GM/CB", "dự sinh hoạt chi bộ thường kỳ tháng 12 năm 2026", nil
	d.Date = when.On(2026, 11, 28)
	d.To = []string{"Đồng chí Vũ Đình Phong, Ủy viên Ban Thường vụ Đảng ủy phường"}
	d.Body = []Block{
		Para("Chi bộ Tổ dân phố 5 trân trọng kính mời đồng chí dự buổi sinh hoạt thường kỳ tháng 12."),
		Paragraph{Text: Bold("Thời gian: ").And(Span{Text: "19 giờ 30, Thứ Năm, ngày 03/12/2026."})},
		Paragraph{Text: Bold("Địa điểm: ").And(Span{Text: "Nhà văn hóa tổ dân phố 5."})},
		Paragraph{Text: Bold("Nội dung:")},
		List{Start: 1, Items: []Text{Plain("Thông tin thời sự."), Plain("Đánh giá việc thực hiện nghị quyết tháng 11."), Plain("Nhiệm vụ tháng 12.")}},
		Para("Rất mong đồng chí đến dự."),
	}
	d.Recipients = []string{"Như kính gửi", "Lưu Chi bộ"}
	return d
}

func sampleAgenda() Doc {
	d := sampleInvitation()
	d.Kind, d.Number, d.To, d.Title = Agenda, "", nil, "Chương trình sinh hoạt chi bộ"
	d.Mark = "Dự thảo"
	d.Subject = "thường kỳ tháng 12 năm 2026"
	t := Table{Columns: []Column{{Title: "Thời gian", Share: .2, Align: Center}, {Title: "Nội dung", Share: .55}, {Title: "Phụ trách", Share: .25}}}
	for _, r := range [][3]string{{"19:30 – 19:40", "Tuyên bố lý do, giới thiệu đại biểu, điểm danh", "Đồng chí Bí thư"}, {"19:40 – 19:55", "Thông tin thời sự", "Trần Văn Hòa"}, {"19:55 – 20:50", "Thảo luận, biểu quyết nghị quyết", "Toàn thể"}} {
		t.Rows = append(t.Rows, []Text{Plain(r[0]), Plain(r[1]), Plain(r[2])})
	}
	d.Body, d.Recipients = []Block{t}, nil
	return d
}

func sampleLetter() Doc {
	d := sampleInvitation()
	d.Kind, d.Number, d.Subject = Letter, "03-CV/CB", "V/v giới thiệu quần chúng ưu tú học lớp bồi dưỡng nhận thức về Đảng"
	d.To = []string{"Ban Tổ chức Đảng ủy phường Sông Xanh", "Trung tâm chính trị phường Sông Xanh"}
	d.Body = []Block{
		Para("Chi bộ Tổ dân phố 5 giới thiệu hai quần chúng ưu tú tham gia lớp bồi dưỡng nhận thức về Đảng khai giảng trong tháng 12 năm 2026."),
		Para("Đề nghị Ban Tổ chức xem xét."),
	}
	d.Recipients = []string{"Như trên", "Lưu Chi bộ"}
	d.Signatures = []Signature{{For: "T/M CHI BỘ", As: "PHÓ BÍ THƯ", Name: "Đỗ Quốc Khánh"}}
	return d
}
