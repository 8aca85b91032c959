package e2e

import (
	"strings"
	"testing"

	"chibo/e2e/browser"
	"chibo/kit/sheet"
)

// TestTheClerkFollowsTheBoard lets the clerk of a ward open the board from the home page on a
// phone, go from a number to what it counts, and take the board away in Excel.
func TestTheClerkFollowsTheBoard(t *testing.T) {
	t.Parallel()
	_, in, seen := ward(t)
	p := in("clerk", browser.Phone)

	p.Go("/")
	p.Press("Mở bảng theo dõi")
	p.See("Sinh hoạt chi bộ năm 2026")
	seen.look(t, p, "/board")
	p.Resize(browser.Phone)
	p.Go("/board")
	p.Press("Phản ánh chờ trả lời", "Mở danh sách")
	p.See("Những vấn đề cơ sở phát hiện")
	p.Go("/board")
	p.Press("Tháng 10/2026: Đã họp")
	p.See("Sinh hoạt")
	if !strings.HasPrefix(p.At(), "/meetings/") {
		t.Errorf("a month leads to %s", p.At())
	}
	p.Go("/board")
	file := p.Fetch("Tải bảng Excel")
	all, err := sheet.Read(file)
	if err != nil || len(all[0].Rows) != 6 {
		t.Errorf("the workbook of two cells: %v", err)
	}
}
