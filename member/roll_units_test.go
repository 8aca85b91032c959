package member_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"chibo/kit/sheet"
	"chibo/member"
)

// wardCells are the cells of a ward.
var wardCells = []string{"Chi bộ Tổ dân phố 1", "Chi bộ Tổ dân phố 3", "Chi bộ Tổ dân phố 13", "Chi bộ Trường THCS Sông Xanh"}

// wardBook is the file of a ward: a sheet for each cell, the first of which is a cover.
func wardBook(t *testing.T, tabs ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	put := func(tab, cell string, v any) {
		if err := f.SetCellValue(tab, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	put("Sheet1", "A1", "TỔNG HỢP ĐẢNG VIÊN TOÀN PHƯỜNG")
	for n, tab := range tabs {
		if _, err := f.NewSheet(tab); err != nil {
			t.Fatal(err)
		}
		put(tab, "A1", "DANH SÁCH ĐẢNG VIÊN")
		put(tab, "A3", "TT")
		put(tab, "B3", "Họ và tên")
		put(tab, "C3", "Ngày sinh")
		put(tab, "A4", 1)
		put(tab, "B4", "Lê Văn "+[]string{"An", "Bình", "Chi", "Dung"}[n])
		put(tab, "C4", "03/02/1970")
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func rollsOf(t *testing.T, data []byte) member.Rolls {
	t.Helper()
	sheets, err := sheet.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	rolls, err := member.ReadRolls(sheets, today)
	if err != nil {
		t.Fatal(err)
	}
	return rolls
}

// TestASheetForEachCell: of a file of the ward the sheet that is named by the cell is taken, another
// where somebody chooses it, and the others are told.
func TestASheetForEachCell(t *testing.T) {
	t.Parallel()
	rolls := rollsOf(t, wardBook(t, "TDP 1", "TDP 03", "TDP số 13", "Trường THCS Sông Xanh"))
	for _, c := range []struct{ tab, cell, want, remark string }{
		{"", wardCells[0], "TDP 1", ""},
		{"", wardCells[1], "TDP 03", ""},
		{"", wardCells[2], "TDP số 13", ""},
		{"", wardCells[3], "Trường THCS Sông Xanh", ""},
		{"", "Chi bộ Trạm Y tế", "TDP 1", "member.roll.other_title"},
		{"TDP 03", wardCells[0], "TDP 03", "member.roll.other_title"},
		{"a sheet of another file", wardCells[1], "TDP 03", ""},
	} {
		r := rolls.Of(c.tab, c.cell, append([]string{"Chi bộ Trạm Y tế"}, wardCells...))
		if r.Sheet != c.want || len(r.Sheets) != 4 || len(r.Lines) != 1 {
			t.Errorf("%s asked for %q: %q of %q", c.cell, c.tab, r.Sheet, r.Sheets)
		}
		remarked := slices.ContainsFunc(r.Problems, func(p member.Problem) bool { return p.Key == "member.roll.other_title" })
		if remarked != (c.remark != "") {
			t.Errorf("%s asked for %q: %v", c.cell, c.tab, r.Problems)
		}
	}
	if r := rollsOf(t, wardBook(t, "TDP 1")).Of("", wardCells[0], wardCells); r.Sheets != nil {
		t.Errorf("one sheet with people: %q", r.Sheets)
	}
}

// TestPeopleOfOtherCellsStayOut: a table that names the cell of each, in a column or in rows between, is
// taken in for one of them only.
func TestPeopleOfOtherCellsStayOut(t *testing.T) {
	t.Parallel()
	const column = "Họ và tên;Chi bộ\n"
	const groups = "TT;Họ và tên;Ngày sinh\n"
	for _, c := range []struct{ name, text, want string }{
		{"a column", column + "Lê An;TDP 3\nLê Bình;Chi bộ TDP 13\nLê Chi;CB tổ dân phố số 03\nLê Dung;\n", "Lê An; -Lê Bình B3; Lê Chi; Lê Dung"},
		{"all of another cell", column + "Lê An;TDP 13\nLê Bình;TDP 13\n", "-Lê An B2; -Lê Bình B3"},
		{"one name that is unknown is this cell", column + "Lê An;Tổ Ba\nLê Bình;Tổ Ba\n", "Lê An; Lê Bình"},
		{"of several, one that is unknown stays out", column + "Lê An;TDP 3\nLê Bình;Cơ quan\n", "Lê An; -Lê Bình B3"},
		{"what fits two cells is unknown", column + "Lê An;TDP 3\nLê Bình;Tổ dân phố\n", "Lê An; -Lê Bình B3"},
		{"rows between", groups + "I;Chi bộ Tổ dân phố 1;\n1;Lê An;1970\nII;Chi bộ Tổ dân phố 3;\n1;Lê Bình;1971\n2;Lê Chi;1972\n", "-Lê An B3; Lê Bình; Lê Chi"},
		{"groups that are no cells", groups + "I;Đảng viên chính thức của chi bộ;\n1;Lê An;1970\nII;Đảng viên dự bị;\n1;Lê Bình;1971\n", "Lê An; Lê Bình"},
	} {
		var got []string
		for _, l := range rollsOf(t, []byte(c.text)).Of("", wardCells[1], wardCells).Lines {
			said := l.FullName
			if l.Refused() {
				said = "-" + said + " " + l.Problems[len(l.Problems)-1].Cell
			}
			got = append(got, said)
		}
		if said := strings.Join(got, "; "); said != c.want {
			t.Errorf("%s: %s, want %s", c.name, said, c.want)
		}
	}
}

// TestATitleOfAnotherCell: a sheet whose title names another cell is remarked on, one whose title
// names no cell or this one is not.
func TestATitleOfAnotherCell(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]bool{
		"CHI BỘ TỔ DÂN PHỐ 13":                        true,
		"DANH SÁCH ĐẢNG VIÊN CHI BỘ TDP 1":            true,
		"CHI BỘ TDP 3":                                false,
		"Danh sách đảng viên chi bộ tháng 11/2026":    false,
		"ĐẢNG BỘ PHƯỜNG SÔNG XANH":                    false,
		"DANH SÁCH ĐẢNG VIÊN CHI BỘ TỔ DÂN PHỐ SỐ 03": false,
	} {
		r := rollsOf(t, []byte(title+";;\n\nHọ và tên;Ngày sinh;Số thẻ\nLê An;1970;38000001\nLê Bình;1971;38000002\n")).Of("", wardCells[1], wardCells)
		got := slices.ContainsFunc(r.Problems, func(p member.Problem) bool { return p.Key == "member.roll.other_title" })
		if got != want {
			t.Errorf("%s: %v %v", title, r.Problems, r.Sheet)
		}
	}
}

// TestWhatStandsBesideADividedName: columns whose header is one row higher than those of the name are read, or told
// as not understood; the halves of a name are joined also where they stand under the whole name.
func TestWhatStandsBesideADividedName(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"DANH SÁCH;;;;\nSTT;Họ và tên;;Số thẻ;Hệ số lương\n;Họ đệm;Tên;;\n1;Phùng Đình;Quý;38000001;3,66\n2;Lê;An;38000002;4\n":                            "A STT=number; B Họ và tên › Họ đệm=family_name; C Họ và tên › Tên=given_name; D Số thẻ=card_number; E Hệ số lương=",
		"DANH SÁCH;;;;\nSTT;Thông tin cá nhân;;Số thẻ;Hệ số lương\n;Họ và tên;Ngày sinh;;\n1;Phùng Đình Quý;1970;38000001;3,66\n2;Lê An;1971;38000002;4\n": "A STT=number; B Họ và tên=full_name; C Ngày sinh=born_on; D Số thẻ=card_number; E Hệ số lương=",
	} {
		r := rollsOf(t, []byte(text)).Of("", wardCells[0], wardCells)
		var got []string
		for _, c := range r.Columns {
			got = append(got, c.Letter+" "+c.Header+"="+string(c.Column))
		}
		if said := strings.Join(got, "; "); said != want {
			t.Errorf("%s, want %s", said, want)
		}
		if len(r.Lines) != 2 || r.Lines[0].FullName != "Phùng Đình Quý" || r.Lines[0].CardNumber != "38000001" || r.Lines[1].FullName != "Lê An" {
			t.Errorf("%+v", r.Lines)
		}
	}
}
