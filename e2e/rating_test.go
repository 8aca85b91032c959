package e2e

import (
	"testing"

	"chibo/app/world/worldtest"
	"chibo/e2e/browser"
	"chibo/rating"
)

// TestAYearIsRated lets a secretary open the round of the year, a member rate
// themselves on a phone, the cell talk and vote, the level above decide, and the member
// read what it has decided.
func TestAYearIsRated(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	desk := in("secretary", browser.Desk)
	desk.Go("/ratings/new")
	desk.Type("Một tháng trong kỳ", "2026-12")
	desk.Send("Mở đợt và báo đảng viên")
	desk.See("Xếp loại năm 2026")
	round := desk.At()

	phone := in("member", browser.Phone)
	phone.Go("/")
	phone.In("Tự xếp loại năm 2026").Press("Tự xếp loại")
	phone.See("Số liệu từ các kỳ sinh hoạt")
	mine := phone.At()
	seen.look(t, phone, mine)
	phone.Resize(browser.Phone)
	phone.Go(mine)
	for label, points := range map[string]string{
		"Tư tưởng, đạo đức": "14", "Tự phê bình": "13", "Quyền và nhiệm vụ": "22", "Học nghị quyết": "20", "Việc đột xuất": "19",
	} {
		phone.Type(label, points)
	}
	phone.Tick("Hoàn thành xuất sắc nhiệm vụ")
	phone.Send("Gửi phần tự xếp loại")
	phone.See("Điểm chưa đủ cho mức này")
	phone.Tick("Hoàn thành tốt nhiệm vụ")
	phone.Send("Gửi phần tự xếp loại")
	phone.See("88 điểm")

	desk.Go(round)
	desk.Send("Chuyển sang kiểm điểm")
	for _, line := range votesOn(t, w, round) {
		if line.Case == rating.Away {
			desk.Go(line.Path())
			desk.Press("Mẫu kiểm điểm và trường hợp riêng")
			desk.Type("Ghi chú", "Dự họp đều ở nơi tạm trú.")
			desk.Send("Lưu")
		}
	}
	seen.look(t, desk, round)
	desk.Resize(browser.Desk)
	desk.Go(round)
	desk.Type("Người chủ trì", "Trần Văn Hòa")
	desk.Type("Người ghi biên bản", "Phạm Quang Dũng")
	desk.Type("Địa điểm", "Nhà văn hóa")
	desk.Type("Đảng viên chính thức có mặt", "8")
	desk.Send("Mở bỏ phiếu")
	desk.See("Gửi danh sách đề nghị")
	desk.Go(round + "/of/" + rating.Cell)
	for range votesOn(t, w, round) {
		desk.Type("Hoàn thành tốt nhiệm vụ", "8")
		desk.In("Chi bộ đề nghị mức").Tick("Hoàn thành tốt nhiệm vụ")
		desk.In("Kết quả bỏ phiếu").Send("Lưu và sang người tiếp theo")
	}
	desk.Go(round)
	desk.Send("Gửi danh sách đề nghị")

	above := in("committee", browser.Desk)
	above.Go(round)
	above.Press("Mở danh sách xếp loại")
	above.See("trong tỷ lệ.")
	above.Type("Số quyết định", "15-QĐ/ĐU")
	above.Type("Cấp quyết định", "Đảng ủy phường Sông Xanh")
	above.Type("Ngày", "2026-12-01")
	above.Send("Ghi quyết định")
	above.See("Đã ghi quyết định.")

	phone.Go(mine)
	phone.Miss("15-QĐ/ĐU")
	desk.Go(round)
	desk.Send("Thông báo cho từng đồng chí")
	phone.Go(mine)
	phone.See("Quyết định 15-QĐ/ĐU")
	phone.See("Ai đã xem phần của đồng chí")
	desk.Go(round + "/list")
	seen.look(t, desk, round+"/list")
}

// votesOn returns the lines of a round that are voted on.
func votesOn(t *testing.T, w *worldtest.World, round string) []rating.Rating {
	t.Helper()
	v, err := w.App.Ratings.Look(t.Context(), w.Person("secretary"), round[len("/ratings/"):], false)
	if err != nil {
		t.Fatal(err)
	}
	var out []rating.Rating
	for _, line := range v.Lines {
		if line.Rated() {
			out = append(out, line)
		}
	}
	return out
}
