package e2e

import (
	"testing"

	"chibo/e2e/browser"
)

// TestAPlanIsReadAsOfAnyDay: a committee makes a plan with a step, its office writes down
// how far the step is, the plan is read as it stood before, the report is worded and the
// next plan begins with what is open.
func TestAPlanIsReadAsOfAnyDay(t *testing.T) {
	t.Parallel()
	_, in, seen := ward(t)
	committee := in("committee", browser.Desk)
	committee.Go("/")
	committee.Press("Kế hoạch")
	committee.Press("Lập kế hoạch")
	seen.look(t, committee, committee.At())
	committee.Resize(browser.Desk)
	committee.Type("Tên kế hoạch", "Nâng cao chất lượng sinh hoạt quý IV")
	committee.Type("Mục tiêu", "Mọi chi bộ họp đúng kỳ")
	committee.Type("Từ ngày", "2026-10-01")
	committee.Type("Đến ngày", "2026-12-31")
	committee.Send("Lập kế hoạch")
	committee.See("Chưa có việc nào")
	step := committee.In("Thêm việc")
	step.Type("Việc", "Dự sinh hoạt ở các chi bộ")
	step.Type("Ai làm", "Ban Thường vụ")
	step.Type("Từ ngày", "2026-10-01")
	step.Type("Đến ngày", "2026-11-30")
	step.Type("Chỉ tiêu", "4")
	step.Type("Đơn vị tính", "chi bộ")
	step.Send("Thêm việc")
	committee.See("Đã thêm việc.")
	page := committee.At()
	seen.look(t, committee, page)

	office := in("clerk", browser.Phone)
	office.Go(page)
	done := office.In("Ghi tiến độ")
	done.Choose("Việc", "Dự sinh hoạt ở các chi bộ")
	done.Type("Tính đến ngày", "2026-11-20")
	done.Type("Đã đạt", "3")
	done.Send("Ghi tiến độ")
	office.See("3/4 chi bộ")
	office.See("Quá hạn")
	office.Go(page + "?on=2026-11-10")
	office.Miss("3/4 chi bộ")
	office.See("0/4 chi bộ")

	committee.Go(page + "/report?on=2026-11-30")
	seen.look(t, committee, committee.At())
	committee.Resize(browser.Desk)
	committee.Go(page + "/report?on=2026-11-30")
	committee.Type("Hạn chế", "Một chi bộ chưa có người dự")
	committee.Send("Lưu báo cáo")
	committee.See("Đã lưu báo cáo.")
	committee.Go(page)
	committee.Press("Kế hoạch kỳ sau")
	committee.Type("Tên kế hoạch", "Nâng cao chất lượng sinh hoạt quý I")
	committee.Type("Mục tiêu", "Mọi chi bộ họp đúng kỳ")
	committee.Type("Từ ngày", "2027-01-01")
	committee.Type("Đến ngày", "2027-03-31")
	committee.Send("Lập kế hoạch")
	committee.See("Dự sinh hoạt ở các chi bộ")
	committee.See("0/1 chi bộ")
}
