package e2e

import (
	"testing"

	"chibo/e2e/browser"
)

// TestOneAnswerForTwoCells lets the secretaries of two cells pass up the same, the clerk
// treat both as one and answer, and each secretary find the answer on the next agenda.
func TestOneAnswerForTwoCells(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	first, second := in("secretary", browser.Phone), in("other secretary", browser.Phone)
	for text, phone := range map[string]*browser.Page{
		"Đèn chiếu sáng ven kênh hỏng, trẻ đi học tối nguy hiểm": first,
		"Xin thay đèn chiếu sáng dọc kênh cho trẻ đi học tối":    second,
	} {
		phone.Go("/matters")
		phone.Press("Phản ánh vấn đề")
		phone.Type("Vấn đề cần cấp trên giải quyết", text)
		phone.Tick("Nhân dân")
		phone.Send("Chuyển lên cấp trên")
		phone.See("Đã chuyển lên cấp trên, số")
	}

	desk := in("clerk", browser.Desk)
	desk.See("Cơ sở phản ánh, chờ trả lời")
	desk.Go("/matters")
	desk.Press("Đèn chiếu sáng ven kênh hỏng")
	page := desk.At()
	desk.See("Có vẻ cùng nội dung")
	desk.Tick("Xin thay đèn chiếu sáng dọc kênh")
	desk.Send("Gộp làm một")
	desk.See("Đã gộp.")
	seen.look(t, desk, page)
	desk.Resize(browser.Desk)
	desk.Go(page)
	desk.Type("Nội dung trả lời", "Phường thay toàn bộ đèn ven kênh trong tháng")
	desk.Send("Ghi câu trả lời")
	desk.See("Đã ghi câu trả lời")
	seen.look(t, desk, "/matters?state=answered")

	first.Go("/meetings/" + w.Meeting("draft"))
	first.See("Phường thay toàn bộ đèn ven kênh trong tháng")
	second.Go("/inbox")
	second.See("Cấp trên đã trả lời vấn đề số")
	second.Go("/matters?state=answered")
	second.Press("Xin thay đèn chiếu sáng dọc kênh")
	second.See("Phường thay toàn bộ đèn ven kênh trong tháng")
	second.See("Cấp trên xem xét chung với 1 phản ánh tương tự")
}
