package part_test

import (
	"net/url"
	"strconv"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	. "chibo/kit/web/part"
)

// words gives every key as its own text, with its arguments.
type words struct{}

func (words) T(key string, args ...any) string {
	for i := 0; i+1 < len(args); i += 2 {
		key += " " + args[i].(string)
	}
	return "[" + key + "]"
}

// gallery shows every part once, as a page would.
func gallery(l Words) []g.Node {
	return []g.Node{meetingPart(l), workPart(l), tablesPart(l), formPart(l), windowsPart(l)}
}

func meetingPart(l Words) g.Node {
	return Stack(
		Flash(OK, "Đã gửi thông báo đến 31 đảng viên."),
		Flash(Bad, "Chưa gửi được."),
		Card(Road(l,
			Step{"Chuẩn bị", "chi ủy đã thống nhất", Done, "/meetings/1"},
			Step{"Thông báo", "trước 30/11", Now, ""},
			Step{"Họp", "03/12", Later, ""},
			Step{"Biên bản", "ký trong 3 ngày", Later, ""},
			Step{"Theo dõi", "việc được giao", Later, ""},
		)),
		Cols(
			Stack(
				Card(Bad, CardHead("Kỳ sinh hoạt tới", Tag(Warn, "Còn 3 ngày")),
					h.P(g.Text("Đồng chí được phân công "), h.B(g.Text("báo cáo tin thời sự")), g.Text(" kỳ này.")),
					Actions(Button("Tôi sẽ dự", Primary, IconCheck), Button("Xin vắng")),
					LinkButton("/meetings/1", "Xem nội dung và tài liệu (3)", Wide)),
				Card(CardHead("Ý kiến", Muted(g.Text("2"))), List(
					PersonEntry("Lê Thị Minh", "đồng tình", Tag(OK, "đưa vào kết luận")),
					PersonEntry("Vũ Quang Huy", "ý kiến khác", Button("Mời", Small)),
				)),
			),
			Stack(
				Card(CardHead("Còn phải làm trước khi gửi"), List(
					MarkEntry(OK, "xong", "Họp chi ủy thống nhất nội dung", "28/11 · 3/3 chi ủy viên"),
					MarkEntry(Warn, "còn thiếu", "Tài liệu cho phần 3", ""),
					MarkEntry(Bad, "chưa", "Gửi thông báo", ""),
				)),
				Note(Warn, h.B(g.Text("Gửi trước 19 giờ 30 ngày 30/11")), g.Text(" để kịp báo trước 3 ngày.")),
				Note(OK, g.Text("Mất mạng vẫn ghi được.")),
			),
		),
	)
}

func workPart(l Words) g.Node {
	return Stack(
		Grid(
			Stat("Tháng 12 đã họp", "19/24", Meter("19 trên 24 chi bộ", Share{OK, 79.2})),
			Stat("Tỉ lệ dự họp", "91,4%", Muted(g.Text("tháng trước 89,7%"))),
			Card(Meter("27 tán thành, 1 không", Share{OK, 87}, Share{Bad, 3.3}), DescriptionList(
				Is("Địa điểm", g.Text("Nhà văn hóa Tổ 17")), Is("Bỏ trống"), Is("Chủ trì", g.Text("Trần Văn Hòa")))),
		),
		Empty("Chưa có kỳ sinh hoạt nào", "Mở một tháng để chuẩn bị nội dung; lịch cả năm lấy theo ngày họp của chi bộ.",
			Button("Mở tháng 12", Primary)),
		Beside(Tag(OK, "đã họp"), Tag(Warn, "báo muộn"), Tag(Bad, "không họp"), Tag(Info, "đã lên lịch"), Tag(Plain, "dự thảo")),
		h.P(Clock(l, 130*time.Second, 3, true), Clock(l, 290*time.Second, 3, false), Clock(l, 3*time.Minute+time.Second, 3, false), ClockSince(l, 1796301000000, 0)),
		Steps("Mở trang này trên điện thoại.", "Gõ mã in trên giấy.", "Đặt mật khẩu."),
		h.P(g.Text("Nhấn "), Kbd("Ctrl", "S"), g.Text(" để lưu.")),
	)
}

func tablesPart(l Words) g.Node {
	columns := append(Heads("Phần", "Người trình bày"), Column{"Phút", true}, Column{})
	agenda := Table("Nội dung", columns,
		Row{h.Div(h.B(g.Text("Tin thời sự")), h.Small(g.Text("Luân phiên tháng này"))), g.Text("Nguyễn Thị Lan"), g.Text("10"), Button("Sửa", Small)},
		Row{h.ID("row-2"), h.B(g.Text("Nhiệm vụ tháng 12; thảo luận, biểu quyết nghị quyết")), g.Text("Trần Văn Hòa"), g.Text("25")},
	)
	return Stack(
		Tabs("Danh sách", Tab{"Đang sinh hoạt", "/members", true, 31}, Tab{"Đã chuyển", "/members?moved=1", false, 0}),
		SearchBox(l, "/members", "q", "hoa", "Tìm đảng viên"),
		Card(agenda),
		WideTable("Theo tháng", Heads("Chi bộ", "1", "2"), Cells("Tổ dân phố 1", "✓", "!")),
		Strip(Square{"1", "✓", "Tháng 1: đã họp", OK, "/meetings/1"}, Square{"2", "✕", "Tháng 2: không họp", Bad, ""}),
		Pager(l, 2, 5, func(n int) string { return "/members?page=" + strconv.Itoa(n) }),
	)
}

func formPart(l Words) g.Node {
	f := Form{
		Values: url.Values{
			"full_name": {`Trần "Hòa" <b>`}, "kind": {"school"}, "ways": {"app", "paper"}, "note": {"\nDòng đầu trống"},
			"told": {"true"}, "sex": {"female"}, "id": {"7"},
		},
		Problems: map[string]string{"born_on": "Ngày sinh phải trước ngày vào Đảng.", "kind": "Chọn loại hình chi bộ."},
	}
	kinds := []Option{{Text: "Chọn…"}, {Value: "residential", Text: "Tổ dân phố"}, {Value: "school", Text: "Trường học"}}
	ways := []Option{{Value: "app", Text: "Trong ứng dụng"}, {Value: "person", Text: "Gặp trực tiếp", Small: "tính là đã báo"}, {Value: "paper", Text: "Giấy", Disabled: true}}
	return Card(Post("/members", Keep(l, "member:7"), Guard(),
		f.Summary(l),
		f.Hidden("id"),
		Fields(
			f.Input("full_name", "Họ và tên", Required, Help("Như trong thẻ đảng viên."), h.AutoComplete("name")),
			f.Date("born_on", "Ngày sinh", Help("Ngày, tháng, năm.")),
			f.Time("start", "Giờ"), f.DateTime("starts_at", "Lúc"), f.Month("month", "Tháng"), f.Number("minutes", "Số phút"),
			f.Email("email", "Thư điện tử"), f.Phone("phone", "Điện thoại"),
		),
		f.Select("kind", "Loại hình", kinds, Required),
		FieldSet("Cách báo",
			f.Checks("ways", "Đã báo bằng", ways, Required),
			f.Radios("sex", "Giới tính", []Option{{Value: "male", Text: "Nam"}, {Value: "female", Text: "Nữ"}}, Line, Required),
			f.Check("told", "Đã báo trước 3 ngày", Help("Tính cả người báo miệng.")),
		),
		f.Textarea("note", "Ghi chú"),
		f.File("roll", "Danh sách", ".xlsx,.csv"),
		Username("tranvanhoa"),
		f.Password(l, "password", "Mật khẩu", "new-password", Required),
		Actions(Button("Ghi lại", Primary), LinkButton("/members", "Thôi", Quiet)),
	))
}

func windowsPart(l Words) g.Node {
	return Stack(
		Details("Căn cứ", g.Text("Hướng dẫn của cấp trên.")),
		Actions(
			PostButton("/meetings/1/delete", "Xóa bản thảo", Danger, IconTrash, HiddenValue("version", "2"), Confirm(l, "Xóa bản thảo này?", "Xóa")),
			PrintButton("In"), CopyButton(l, "Sao chép đường dẫn", "https://vi-du.vn/x", Small),
			VoiceButton(l, "Nghe đọc", "told"),
		),
		Dialog(l, "told", "Đã báo bằng cách nào", Ask("/told", Form{ID: "told"}.Input("who", "Ai"), Swap("/told/list", "#told"), On("input"))),
		NoPrint(Muted(Number("48"), g.Text(" phút"))), PrintOnly(g.Text("Chữ ký")),
		QR("https://vi-du.vn/start/x", "Mã vào họp"),
		Box("pick", "members", "7", "Chọn đồng chí Lê Thị Minh", true),
		Brand("CB", "Chi bộ", "Tổ dân phố 17"),
		Alone(Small, Card(CardHead("Đăng nhập"))),
		Sheet(Giant(h.H2(g.Text("Biên bản")), h.P(g.Text("Chi bộ thống nhất 100%.")))), PageBreak(),
	)
}
