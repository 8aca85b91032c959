package e2e

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

// The people of the cell of these tests. All are made up.
const (
	secretary    = "Trần Văn Hòa"
	deputy       = "Lê Thị Minh"
	minuteTaker  = "Phạm Quang Dũng"
	probationary = "Trịnh Thị Thu Hằng"
	exempt       = "Phan Văn Cảnh"
)

// roll is the list of a cell as an office keeps it: dates as texts of several
// kinds, as serial numbers with and without a date format, years alone.
var roll = [][]any{
	{1, secretary, "", "03/02/1955", "19/5/1980", "19/5/1981", "Đại học Sư phạm", "Trung cấp", "0900 000 001", ""},
	{2, deputy, "x", "3-2-68", "03.02.1995", "3/2/1996", "Cao đẳng", "Sơ cấp", "0900.000.002", ""},
	{3, minuteTaker, "", day(1979, 4, 30), day(2006, 6, 28), day(2007, 6, 28), "Đại học Luật", "Trung cấp", "0900000003", ""},
	{4, norm.NFD.String("Nguyễn Thị Bích Thủy"), "x", "12/9/1962", "02-9-1990", "2/9/1991", "Trung cấp Y", "Sơ cấp", 900000004, ""},
	{5, norm.NFD.String("Hoàng Văn Sáu"), "", "1948", "7/5/1974", "7/5/1975", "", "Sơ cấp", "", ""},
	{6, "Đặng Thị Ngọc", "x", day(1985, 11, 20), "3/2/2012", "03/02/2013", "Thạc sĩ", "Trung cấp", "0900000006", ""},
	{},
	{7, "  Vũ Đình  Khang ", "", "25/12/1971", "{admitted}", "01/01/2002", "Kỹ sư", "Sơ cấp", "0900000007", ""},
	{8, "Bùi Thị Hải Yến", "x", "8/3/1990", "19/5/2016", "19/5/2017", "Đại học", "Sơ cấp", "0900000008", ""},
	{9, "ĐỖ VĂN ÚT", "", "1/6/1966", "3/2/1998", "3/2/1999", "", "", "0900000009", ""},
	{10, "Ngô Quốc Việt", "", day(1993, 7, 27), "2/9/2020", "2/9/2021", "Đại học", "Trung cấp", "0900000010", ""},
	{11, probationary, "x", "15/8/2001", "1/7/2026", "", "Đại học", "", "0900000011", "Dự bị"},
	{12, exempt, "", "10/10/1942", "22/12/1968", "22/12/1969", "", "Sơ cấp", "", "Miễn sinh hoạt"},
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

// writeRoll writes the list as an .xlsx file with title rows over the table, a
// header of two rows in merged cells, a blank row in the middle, and a total and
// a signature under it. One person was admitted on the day that is given.
func writeRoll(t *testing.T, admitted string) string {
	t.Helper()
	f := excelize.NewFile()
	s := f.GetSheetName(0)
	put := func(cell string, v any) {
		t.Helper()
		if err := f.SetCellValue(s, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ from, to, text string }{
		{"A1", "D1", "ĐẢNG BỘ PHƯỜNG SÔNG XANH"},
		{"F1", "J1", "ĐẢNG CỘNG SẢN VIỆT NAM"},
		{"A2", "D2", "CHI BỘ TỔ DÂN PHỐ 17"},
		{"A4", "J4", "DANH SÁCH ĐẢNG VIÊN"},
		{"A6", "A7", "TT"},
		{"B6", "B7", norm.NFD.String("Họ và tên")},
		{"C6", "C7", "Nữ"},
		{"D6", "D7", "Ngày, tháng,\nnăm sinh"},
		{"E6", "F6", "Ngày vào Đảng"},
		{"G6", "H6", "Trình độ"},
		{"I6", "I7", "Số ĐT"},
		{"J6", "J7", "Tình trạng"},
	} {
		put(c.from, c.text)
		if err := f.MergeCell(s, c.from, c.to); err != nil {
			t.Fatal(err)
		}
	}
	for cell, text := range map[string]string{"E7": "Kết nạp", "F7": "Chính thức", "G7": "Chuyên môn", "H7": "LLCT", "B22": "Tổng số: 12 đảng viên, nữ 5", "H24": "NGƯỜI LẬP DANH SÁCH"} {
		put(cell, text)
	}
	for n, row := range roll {
		for col, v := range row {
			cell, err := excelize.CoordinatesToCellName(col+1, 8+n)
			if err != nil {
				t.Fatal(err)
			}
			if v == "{admitted}" {
				v = admitted
			}
			if d, ok := v.(time.Time); ok && col == 4 {
				v = int(d.Sub(day(1899, 12, 30)).Hours() / 24) // a date that lost its format
			}
			put(cell, v)
		}
	}
	path := filepath.Join(t.TempDir(), "DS đảng viên TDP 17 (bản cuối).xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}
