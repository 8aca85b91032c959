package app

import (
	"fmt"
	"strings"
	"time"

	"chibo/document"
	"chibo/kit/when"
)

// KeyPaper returns the PDF file of the paper that keeps a unit's secret key: as a QR code, and
// in groups that can be typed.
func KeyPaper(unit, secret, public string, now time.Time) ([]byte, error) {
	day := when.DateOf(now)
	return document.Doc{
		Layout: document.LayoutOn(day), Issuer: unit, Date: day, Title: "Giấy giữ khóa", Subject: "mở bản sao lưu dữ liệu sinh hoạt chi bộ",
		Body: []document.Block{
			document.Para("Bản sao lưu của phần mềm được khóa. Chỉ khóa trên tờ giấy này mở được: mất giấy là mất mọi bản sao, lộ giấy là lộ mọi bản sao."),
			document.Code{URL: secret, Lines: append([]string{"Khóa bí mật, gõ liền hoặc cách đều được:"}, grouped(secret)...)},
			document.Para("Cách giữ:"),
			document.List{Items: []document.Text{
				document.Plain("in hai tờ, cho vào phong bì niêm phong, cất ở hai nơi khác nhau (két của văn phòng và nơi do bí thư giao);"),
				document.Plain("in xong thì xóa tệp PDF này khỏi máy;"),
				document.Plain("mỗi quý mở thử một bản sao trên máy khác theo hướng dẫn “Sao lưu, khôi phục”, rồi niêm phong lại;"),
				document.Plain("người giữ giấy thôi giữ chức vụ thì bàn giao có biên bản, hoặc làm khóa mới."),
			}},
			document.Para(fmt.Sprintf("Khóa công khai (không cần giữ kín): %s.", public)),
		},
		Signatures: []document.Signature{{As: "NGƯỜI GIỮ KHÓA"}, {As: "NGƯỜI GIAO KHÓA"}},
	}.PDF()
}

// grouped cuts a key into groups of six signs, five groups a line.
func grouped(key string) []string {
	var lines []string
	for len(key) > 0 {
		var groups []string
		for len(key) > 0 && len(groups) < 5 {
			n := min(6, len(key))
			groups = append(groups, key[:n])
			key = key[n:]
		}
		lines = append(lines, strings.Join(groups, " "))
	}
	return lines
}
