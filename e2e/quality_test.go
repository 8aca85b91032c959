package e2e

import (
	"strings"
	"testing"

	"chibo/e2e/browser"
	"chibo/e2e/program"
)

// TestScoreGoesThroughThreeHands follows the score of a meeting from the home page of the
// secretary to the decision of the committee above, with a weak point that stands before
// the next meeting.
func TestScoreGoesThroughThreeHands(t *testing.T) {
	t.Parallel()
	p, demo := program.StartDemo(t, "--cells", "2", "--members", "24", "--months", "2", "--data", t.TempDir())
	defer p.Stop()
	name, password := demo.Account(t, "secretary")
	cell := browser.New(t, p.URL, browser.Phone)
	signIn(cell, name, password)
	cell.Press("Chấm buổi sinh hoạt")
	cell.See("Ý này cần đồng chí chấm.")
	cell.Press("Chi ủy thống nhất điểm này")
	cell.See("ý chưa chấm, bắt đầu từ tiêu chí")
	for _, line := range []string{"2", "3.1", "3.2", "5"} {
		cell.Choose("Điểm tiêu chí "+line, "5 điểm")
	}
	cell.Choose("Điểm tiêu chí 1", "4,5 điểm")
	cell.Choose("Điểm tiêu chí 4.3", "10 điểm")
	cell.Type("Điểm tiêu chí 4.2", "24")
	cell.Type("Điểm tiêu chí 6", "28")
	cell.Press("Chi ủy thống nhất điểm này")
	cell.See("Chấm khác căn cứ thì cần ghi lý do.")
	cell.Type("Lý do nếu chấm khác căn cứ ở tiêu chí 1", "Khai mạc muộn vì chờ hội trường")
	cell.Press("Chi ủy thống nhất điểm này")
	cell.See("Chi ủy đã thống nhất điểm.")
	cell.See("Khai mạc muộn vì chờ hội trường")
	cell.Type("Số tán thành", "7")
	cell.Press("Ghi kết quả biểu quyết")
	cell.See("Đã ghi kết quả biểu quyết.")
	cell.Press("Ghi một hạn chế")
	cell.Type("Hạn chế", "Phát biểu còn dồn vào vài đồng chí")
	cell.Type("Việc khắc phục", "Mời từng tổ đảng nêu ý kiến")
	cell.Type("Thời hạn", "2035-01-01")
	cell.Press("Ghi")
	cell.See("Đã ghi hạn chế và việc khắc phục.")
	cell.Press("Gửi lên cấp trên")
	cell.See("Đã gửi lên cấp trên.")

	above := browser.New(t, p.URL, browser.Desk)
	name, password = demo.Account(t, "committee")
	signIn(above, name, password)
	above.See("chờ đồng chí xác nhận")
	above.Go(cell.At())
	above.Choose("Điểm tiêu chí 4.3", "8 điểm")
	above.Press("Xác nhận điểm")
	above.See("thì cần ghi lý do")
	above.Type("Lý do điều chỉnh", "Kết luận chưa gọn")
	above.Press("Xác nhận điểm")
	above.See("Đã ghi quyết định của cấp trên.")

	cell.Go(cell.At())
	for _, text := range []string{"Cấp trên điều chỉnh", "Kết luận chưa gọn", "Chi ủy: 10/10", "Cấp trên: 8"} {
		cell.See(text)
	}
	if text := pdfText(t, cell.Fetch("Xem bản in")); !strings.Contains(text, "Kết luận chưa gọn") {
		t.Errorf("the paper reads %s", text)
	}
	cell.Go("/meetings/" + demo.Meeting(t, "noticed"))
	cell.See("Mời từng tổ đảng nêu ý kiến")
}

// TestSheetIsWrittenLineByLine copies a sheet, types a hole into a line and sees it named
// while typing, mends it and puts the sheet in force.
func TestSheetIsWrittenLineByLine(t *testing.T) {
	t.Parallel()
	p, demo := program.StartDemo(t, "--cells", "2", "--members", "24", "--months", "2", "--data", t.TempDir())
	defer p.Stop()
	v := browser.New(t, p.URL, browser.Desk)
	name, password := demo.Account(t, "committee")
	signIn(v, name, password)
	v.Go("/rubrics")
	v.Press("Soạn biểu mới")
	v.Tick("Biểu chấm điểm của Đảng ủy phường An Phú")
	v.Press("Bắt đầu soạn")
	v.See("Chấm thử các buổi đã họp")
	v.Press("4.5. Tỷ lệ đảng viên dự họp phát biểu ý kiến")
	edge := v.In("Bậc 2")
	edge.Type("Số", "41")
	v.See("Không bậc nào nhận giá trị 40 … 41")
	edge.Type("Số", "40")
	v.See("Dòng này dùng được.")
	v.Press("Lưu")
	v.See("Đã lưu dòng.")
	v.Press("Đưa vào áp dụng")
	v.In("Đưa biểu vào áp dụng từ").Press("Đưa vào áp dụng")
	v.See("Đã đưa biểu vào áp dụng.")
}
