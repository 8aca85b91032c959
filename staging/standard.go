package staging

import (
	"time"

	"chibo/conference"
	"chibo/kit/when"
)

// usual is a duty of the standard list. With Days it is due that many days before the
// sitting at Hour; else that long After the start, or after the end with Ended.
type usual struct {
	Days, Hour         int
	After              time.Duration
	Ended              bool
	What, Charge, Gear string
}

const (
	office = "Văn phòng cấp ủy"
	host   = "Chi bộ thực hiện"
	venue  = "Đơn vị có hội trường"
	clinic = "Y tế cơ quan"
)

// standard is what conferences of this kind need, in the order of time. It is a list to
// begin with: the office changes every line.
var standard = []usual{
	{Days: 14, Hour: 9, What: "Khảo sát, giữ hội trường: sức chứa, lối đi, lối thoát nạn", Charge: office},
	{Days: 12, Hour: 16, What: "Phân công người dẫn chương trình, cán bộ hướng dẫn, phục vụ", Charge: office},
	{Days: 10, Hour: 9, What: "Phát hành giấy mời theo thành phần", Charge: office},
	{Days: 8, Hour: 16, What: "Gửi nội dung, kịch bản để thẩm định", Charge: host},
	{Days: 7, Hour: 9, What: "Đặt âm thanh, màn hình, máy chiếu", Charge: venue, Gear: "2 micro không dây, 1 micro bục, máy chiếu, màn hình"},
	{Days: 5, Hour: 9, What: "Mời cơ quan báo chí (nếu cần), bố trí góc báo chí", Charge: office},
	{Days: 3, Hour: 14, What: "Tổng duyệt", Charge: host},
	{Days: 3, Hour: 16, What: "In tài liệu, phiếu góp ý, biển tên", Charge: office},
	{Days: 2, Hour: 16, What: "Trang trí: cờ, ảnh hoặc tượng Bác, tiêu đề hội nghị, hoa", Charge: venue},
	{Days: 1, Hour: 14, What: "Kê bàn ghế, đặt biển tên, biển chỉ dẫn", Charge: venue, Gear: "Bàn, ghế theo số đại biểu, thêm 5%"},
	{Days: 1, Hour: 15, What: "Thử âm thanh, máy chiếu, mạng, điện dự phòng", Charge: venue},
	{Days: 1, Hour: 16, What: "Kiểm tra phòng cháy, lối thoát nạn; chuẩn bị tủ thuốc", Charge: clinic, Gear: "Tủ thuốc, bình chữa cháy"},
	{After: -120 * time.Minute, What: "Mở cửa; kiểm tra điện, ánh sáng, vệ sinh", Charge: venue},
	{After: -90 * time.Minute, What: "Bàn đón tiếp sẵn sàng", Charge: office, Gear: "Danh sách, máy quét mã, tài liệu"},
	{After: -90 * time.Minute, What: "Hướng dẫn để xe", Charge: venue},
	{After: -60 * time.Minute, What: "Nước uống, bình hoa bàn chủ trì", Charge: venue},
	{After: -60 * time.Minute, What: "Đón, hướng dẫn chỗ ngồi", Charge: office},
	{After: -45 * time.Minute, What: "Góc báo chí, quay phim, chụp ảnh sẵn sàng", Charge: office},
	{After: -20 * time.Minute, What: "Thử micro lần cuối; người dẫn chương trình vào vị trí", Charge: host},
	{Ended: true, After: 30 * time.Minute, What: "Thu phiếu góp ý", Charge: office},
	{Ended: true, After: 60 * time.Minute, What: "Dọn hội trường, trả thiết bị", Charge: venue},
}

// Standard returns the duties of the standard list for a sitting, as they are laid at now.
// What would fall on a weekend falls on the Friday before; what is past by then is due the
// next day, but never after the hour before the start.
func Standard(y conference.Sitting, now when.Instant) []Duty {
	out := make([]Duty, len(standard))
	for i, u := range standard {
		due := u.due(y)
		if late := min(now.Date().AddDays(1).At(16, 0), y.StartsAt.Add(-time.Hour)); due < now && now < late {
			due = late
		}
		out[i] = Duty{
			Conference: y.Conference, Sitting: y.ID, DueAt: due, PlannedFor: y.StartsAt,
			What: u.What, Charge: u.Charge, Gear: u.Gear, Place: y.Venue,
		}
		if u.Charge == office && u.Days > 2 {
			out[i].Place = "" // work at the desk
		}
	}
	return out
}

func (u usual) due(y conference.Sitting) when.Instant {
	switch {
	case u.Ended:
		return y.EndsAt.Add(u.After)
	case u.Days == 0:
		return y.StartsAt.Add(u.After)
	}
	day := y.StartsAt.Date().AddDays(-u.Days)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDays(-1)
	}
	return day.At(u.Hour, 0)
}
