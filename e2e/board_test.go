package e2e

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/e2e/browser"
	"chibo/kit/sheet"
	"chibo/kit/web/assets"
)

// TestTheClerkFollowsTheBoard lets the clerk of a ward open the board from the home page on a
// phone, go from a number to what it counts, and take the board away in Excel.
func TestTheClerkFollowsTheBoard(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile("../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	if err := assets.Load(); err != nil {
		t.Fatal(err)
	}
	w := worldtest.OnSQLite(t)
	server := httptest.NewServer(w.App.Handler())
	t.Cleanup(server.Close)
	seen := &looked{axe: string(axe) + ";0", seen: map[string]bool{}}
	p := browser.New(t, server.URL, browser.Phone)
	clerk := w.Account("clerk")
	signIn(p, clerk.Name, clerk.Password)

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
