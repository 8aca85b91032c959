package e2e

import (
	"strings"
	"testing"

	"chibo/e2e/browser"
	"chibo/e2e/program"
)

// TestYearIsBound has the year book made by one press on a phone: the card tells by itself
// when the book is there, the member opens the one for everybody and is not told of the
// other.
func TestYearIsBound(t *testing.T) {
	t.Parallel()
	p, demo := program.StartDemo(t, "--cells", "2", "--members", "24", "--months", "3", "--data", t.TempDir())
	defer p.Stop()
	name, password := demo.Account(t, "secretary")
	phone := browser.New(t, p.URL, browser.Phone)
	signIn(phone, name, password)
	phone.Go("/years")
	phone.See("Tỷ lệ dự họp (%)")
	phone.See("trước khi đóng sổ")
	phone.In("Sổ năm của chi bộ").Press("Đóng sổ năm")
	phone.In("Sổ năm của chi bộ").See("Mở bản PDF")
	text := pdfText(t, phone.Fetch("Mở bản PDF"))
	for _, want := range []string{"MỤC LỤC", "Biên bản, nghị quyết, kết luận", "Mã kiểm tra:"} {
		if !strings.Contains(text, want) {
			t.Errorf("the book lacks %q", want)
		}
	}

	desk := browser.New(t, p.URL, browser.Desk)
	name, password = demo.Account(t, "member")
	signIn(desk, name, password)
	desk.Press("Năm")
	desk.See("Mở bản PDF")
	desk.Miss("Sổ năm của cấp ủy")
}
