package e2e

import (
	"testing"

	"chibo/e2e/browser"
)

// TestAPersonOfADepartmentStandsIn lets the clerk, who will be away, hand the office's work
// over to somebody of the organisation department, who then answers what a cell has passed
// up.
func TestAPersonOfADepartmentStandsIn(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	cell := in("secretary", browser.Phone)
	cell.Go("/matters/new")
	cell.Type("Vấn đề cần cấp trên giải quyết", "Cống ngõ 12 tắc từ đầu tháng")
	cell.Tick("Nhân dân")
	cell.Send("Chuyển lên cấp trên")

	clerk := in("clerk", browser.Desk)
	clerk.Go("/me")
	clerk.Press("Ủy quyền, xem ủy quyền")
	clerk.Choose("Ủy quyền cho đồng chí", w.Account("department").FullName)
	clerk.Tick("Nhiệm vụ, kiến nghị, văn bản")
	clerk.Send("Ủy quyền")
	clerk.See("Đã ủy quyền.")
	clerk.See("đang có hiệu lực")
	seen.look(t, clerk, "/delegations")

	specialist := in("department", browser.Desk)
	specialist.See("Đồng chí đang làm thay")
	specialist.See("Thay đồng chí " + w.Account("clerk").FullName)
	specialist.Go("/matters")
	specialist.Press("Cống ngõ 12 tắc từ đầu tháng")
	specialist.Type("Nội dung trả lời", "Đã giao đơn vị thoát nước")
	specialist.Send("Ghi câu trả lời")
	specialist.See("Đã ghi câu trả lời")
	cell.Go("/inbox")
	cell.See("Cấp trên đã trả lời vấn đề số")
	seen.look(t, specialist, "/organizations/"+w.Account("department").Organization)
}
