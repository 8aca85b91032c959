package delegation

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestListsAsOfficesKeepThem: a sheet for each kind of delegate, names in two columns under one header, a header
// again on a new page, telephones without their zero, columns of their own.
func TestListsAsOfficesKeepThem(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	fill := func(tab string, rows ...[]any) {
		for n, row := range rows {
			if err := f.SetSheetRow(tab, fmt.Sprintf("A%d", n+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	head := []any{"STT", "Thành phần", "Tên đơn vị", "Họ và tên", "", "SĐT liên hệ", "Ăn chay"}
	if err := f.SetSheetName("Sheet1", "Bìa"); err != nil {
		t.Fatal(err)
	}
	fill("Bìa", []any{"DANH SÁCH ĐẠI BIỂU"})
	for _, tab := range []string{"Cấp ủy", "Khách mời", "Trống"} {
		if _, err := f.NewSheet(tab); err != nil {
			t.Fatal(err)
		}
	}
	fill("Cấp ủy", []any{"HỘI NGHỊ"}, head, []any{1, "Cấp ủy", "Chi bộ 1", "Phùng Đình", "Quý", 912345678, "x"}, head, []any{2, "Cấp ủy", "Chi bộ 2", "Lê", "An", "0243 123 456", ""})
	for _, row := range []int{2, 4} {
		if err := f.MergeCell("Cấp ủy", fmt.Sprintf("D%d", row), fmt.Sprintf("E%d", row)); err != nil {
			t.Fatal(err)
		}
	}
	fill("Khách mời", []any{"Đơn vị", "Thành phần", "Họ và tên", "Ghi chú"}, []any{"Báo Sông Xanh", "Báo chí", "Tống Xuân", "2 máy ảnh"})
	fill("Trống", []any{"Đơn vị", "Thành phần", "Họ và tên", "Cột của trang trống"})
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := readSheet(data.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range rows {
		got = append(got, fmt.Sprintf("%s %d %s|%s|%s|%s", e.Sheet, e.Row, e.Line, e.Unit, e.Name, e.Phone))
	}
	want := "Cấp ủy 3 Cấp ủy|Chi bộ 1|Phùng Đình Quý|0912345678\nCấp ủy 5 Cấp ủy|Chi bộ 2|Lê An|0243 123 456\nKhách mời 2 Báo chí|Báo Sông Xanh|Tống Xuân|"
	if said := strings.Join(got, "\n"); said != want {
		t.Errorf("%s\nwant\n%s", said, want)
	}
	if left := (Looked{Rows: rows}).Left(); !slices.Equal(left, []string{"Ăn chay", "Ghi chú"}) {
		t.Errorf("left out are %q", left)
	}
	one, err := readSheet([]byte("Họ và tên;Đơn vị;Thành phần\nLê An;Chi bộ 1;Cấp ủy\n"))
	if err != nil || len(one) != 1 || one[0].Sheet != "" || one[0].Left != nil {
		t.Errorf("%+v, %v", one, err)
	}
}
