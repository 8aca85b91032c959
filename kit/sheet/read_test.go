package sheet_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"

	"chibo/kit/fault"
	"chibo/kit/sheet"
	"chibo/kit/when"
)

// book returns a workbook that fill has written with the library.
func book(t testing.TB, fill func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// first reads data and returns its first sheet by address.
func first(t *testing.T, data []byte) map[string]sheet.Cell {
	t.Helper()
	sheets, err := sheet.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]sheet.Cell{}
	for _, row := range sheets[0].Rows {
		for c, cell := range row.Cells {
			if cell.Kind != sheet.Empty {
				cells[sheet.Address(c, row.Number)] = cell
			}
		}
	}
	return cells
}

func TestReadResolvesCells(t *testing.T) {
	t.Parallel()
	data := book(t, func(f *excelize.File) error {
		day, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr(`[$-42A]dd/mm/yyyy;@`)})
		if err != nil {
			return err
		}
		short, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			return err
		}
		phone, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr("0000000000")})
		if err != nil {
			return err
		}
		money, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr(`#,##0 "đồng/ngày"`)})
		if err != nil {
			return err
		}
		for cell, value := range map[string]any{
			"A1": "DANH SÁCH ĐẢNG VIÊN", "B3": norm.NFD.String(" Trần  Văn Hòa "), "C3": 31081, "D3": 31081.75,
			"E3": 912345678, "F3": 1.5, "G3": true, "H3": 38123456789012, "I3": 31081, "J3": 5000, "K3": "a\nb",
		} {
			if err := f.SetCellValue("Sheet1", cell, value); err != nil {
				return err
			}
		}
		for cell, style := range map[string]int{"C3": day, "D3": short, "E3": phone, "J3": money} {
			if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
				return err
			}
		}
		return f.MergeCell("Sheet1", "A1", "C2")
	})
	cells := first(t, data)
	born := when.On(1985, time.February, 3)
	for address, want := range map[string]sheet.Cell{
		"A1": {Kind: sheet.Text, Text: "DANH SÁCH ĐẢNG VIÊN", Merged: true},
		"C2": {Kind: sheet.Text, Text: "DANH SÁCH ĐẢNG VIÊN", Merged: true},
		"B3": {Kind: sheet.Text, Text: "Trần Văn Hòa"},
		"C3": {Kind: sheet.Date, Text: "03/02/1985", Date: born},
		"D3": {Kind: sheet.Date, Text: "03/02/1985", Date: born},
		"E3": {Kind: sheet.Number, Text: "0912345678"},
		"F3": {Kind: sheet.Number, Text: "1.5"},
		"G3": {Kind: sheet.Bool, Text: "1"},
		"H3": {Kind: sheet.Number, Text: "38123456789012"},
		"I3": {Kind: sheet.Number, Text: "31081"},
		"J3": {Kind: sheet.Number, Text: "5000"},
		"K3": {Kind: sheet.Text, Text: "a b"},
	} {
		if got := cells[address]; got != want {
			t.Errorf("%s = %+v, want %+v", address, got, want)
		}
	}
}

func TestReadCountsDaysFrom1904(t *testing.T) {
	t.Parallel()
	data := book(t, func(f *excelize.File) error {
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			return err
		}
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: ptr(true)}); err != nil {
			return err
		}
		if err := f.SetCellValue("Sheet1", "A1", 29619); err != nil {
			return err
		}
		return f.SetCellStyle("Sheet1", "A1", "A1", style)
	})
	if got := first(t, data)["A1"]; got.Text != "03/02/1985" {
		t.Errorf("A1 = %+v", got)
	}
}

func ptr[T any](v T) *T { return &v }

// The parts of a small workbook made by hand; nasty ones are made from it.
const (
	contentTypes = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`
	packageRels  = `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	workbook     = `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Roll" sheetId="1" r:id="rId1"/></sheets></workbook>`
	workbookRels = `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	strings1     = `<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1"><si><t>Họ và tên</t></si></sst>`
	worksheet    = `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>ROWS</sheetData></worksheet>`
)

func rows(s string) string { return strings.Replace(worksheet, "ROWS", s, 1) }

// packed returns a workbook made by hand: the small one with parts replaced or
// added; an empty part is left out.
func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"[Content_Types].xml": contentTypes, "_rels/.rels": packageRels, "xl/workbook.xml": workbook,
		"xl/_rels/workbook.xml.rels": workbookRels, "xl/sharedStrings.xml": strings1,
		"xl/worksheets/sheet1.xml": rows(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>31081</v></c></row>`),
	}
	for name, text := range parts {
		all[name] = text
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range all {
		if text == "" {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadSmallWorkbookMadeByHand(t *testing.T) {
	t.Parallel()
	cells := first(t, packed(t, nil))
	if cells["A1"].Text != "Họ và tên" || cells["B1"].Text != "31081" {
		t.Errorf("read %v", cells)
	}
}

// oddities are workbooks that other programs write and that must be read.
func TestReadOddities(t *testing.T) {
	t.Parallel()
	for name, parts := range map[string]map[string]string{
		"rows and cells without addresses": {"xl/worksheets/sheet1.xml": rows(`<row><c t="inlineStr"><is><t>An</t></is></c><c><v>7</v></c></row>`)},
		"an empty row at the very bottom":  {"xl/worksheets/sheet1.xml": rows(`<row r="1"><c r="A1" t="inlineStr"><is><t>An</t></is></c><c r="B1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>`)},
		"a target from the top":            {"xl/_rels/workbook.xml.rels": strings.ReplaceAll(workbookRels, `Target="worksheets`, `Target="/xl/worksheets`), "xl/worksheets/sheet1.xml": rows(`<row r="1"><c r="A1" t="str"><v>An</v></c><c r="B1"><v>7</v></c></row>`)},
		"text that a formula left empty":   {"xl/worksheets/sheet1.xml": rows(`<row r="1"><c r="A1" t="str"><v>An</v></c><c r="B1"><v>7</v></c><c r="C1" t="str"><f>D1</f><v></v></c></row>`)},
		"rich text":                        {"xl/worksheets/sheet1.xml": rows(`<row r="1"><c r="A1" t="inlineStr"><is><r><t>A</t></r><r><t>n</t></r></is></c><c r="B1"><v>7</v></c></row>`)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cells := first(t, packed(t, parts))
			if len(cells) != 2 || cells["A1"].Text != "An" || cells["B1"].Text != "7" {
				t.Errorf("read %v", cells)
			}
		})
	}
}

// TestReadRefusesWhole holds the hostile and the broken: each is refused whole,
// with the reason a person needs.
func TestReadRefusesWhole(t *testing.T) {
	t.Parallel()
	sheet1 := func(text string) []byte {
		return packed(t, map[string]string{"xl/worksheets/sheet1.xml": text})
	}
	good := rows(strings.Repeat(`<row><c><v>1</v></c></row>`, 30))
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":                  {nil, "empty"},
		"blanks":                   {[]byte(" \r\n\t "), "empty"},
		"old Excel":                {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"), "xls"},
		"password":                 {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), "password"},
		"page that is no sheet":    {[]byte("<html><table><tr><td>Họ và tên</td></tr></table>"), "html"},
		"XML of 2003":              {[]byte("\ufeff<?xml version=\"1.0\"?><Workbook/>"), "html"},
		"PDF":                      {[]byte("%PDF-1.7"), "pdf"},
		"cut off":                  {packed(t, nil)[:700], "damaged"},
		"no workbook":              {packed(t, map[string]string{"xl/workbook.xml": ""}), "other_package"},
		"macro":                    {packed(t, map[string]string{"xl/vbaProject.bin": "x"}), "macro"},
		"leads out":                {packed(t, map[string]string{"../evil.xml": "<a/>"}), "damaged"},
		"same part twice":          {packed(t, map[string]string{"xl/Workbook.xml": "<a/>"}), "damaged"},
		"control character":        {sheet1(strings.Replace(good, "<v>1", "<v>1\x01", 15)), "damaged"},
		"not closed":               {sheet1(strings.Replace(good, "</sheetData></worksheet>", "", 1)), "damaged"},
		"invalid UTF-8":            {sheet1(strings.Replace(good, "<v>1", "<v>\xff", 3)), "damaged"},
		"UTF-16 part":              {sheet1(utf16(t, good)), "damaged"},
		"other encoding":           {sheet1(strings.Replace(good, "UTF-8", "windows-1258", 1)), "damaged"},
		"entities":                 {sheet1(`<!DOCTYPE a [<!ENTITY b "bb">]>` + good), "doctype"},
		"row far out":              {sheet1(rows(`<row r="4294967297"><c><v>1</v></c></row>`)), "damaged"},
		"rows in disorder":         {sheet1(rows(`<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>`)), "damaged"},
		"cell of another row":      {sheet1(rows(`<row r="1"><c r="A2"><v>1</v></c></row>`)), "damaged"},
		"value far right":          {sheet1(rows(`<row r="1"><c r="XFD1"><v>1</v></c></row>`)), "columns"},
		"too many rows":            {sheet1(rows(strings.Repeat(`<row><c><v>1</v></c></row>`, 20_001))), "rows"},
		"string that is not there": {sheet1(rows(`<row r="1"><c r="A1" t="s"><v>9</v></c></row>`)), "damaged"},
		"string index below zero":  {sheet1(rows(`<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`)), "damaged"},
		"deep nesting":             {sheet1(rows(strings.Repeat("<a>", 70) + strings.Repeat("</a>", 70))), "bomb"},
		"inflates":                 {packed(t, map[string]string{"xl/media/a.bin": strings.Repeat("\x00", 3<<20)}), "bomb"},
		"inflates beyond measure":  {packed(t, map[string]string{"xl/media/a.bin": strings.Repeat("\x00", 65<<20)}), "bomb"},
		"long text":                {sheet1(rows(`<row r="1"><c t="str"><v>` + strings.Repeat("ă", 32_768) + `</v></c></row>`)), "long"},
		"font's own encoding":      {[]byte("Ho va ten;Nguy\xd4n Th\xde H\xbbng"), "encoding"},
		"not text":                 {[]byte("\x00\x01\x02\xfe\xff\x00\x00\x00"), "encoding"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := sheet.Read(tt.data)
			if got := fault.Of(err).Key; err == nil || got != "sheet.problem."+tt.want {
				t.Errorf("Read = %v, want sheet.problem.%s", err, tt.want)
			}
		})
	}
}

func TestReadRefusesManyParts(t *testing.T) {
	t.Parallel()
	parts := map[string]string{}
	for i := range 200 {
		parts["xl/media/"+sheet.Column(i)+".png"] = "x"
	}
	if _, err := sheet.Read(packed(t, parts)); fault.Of(err).Key != "sheet.problem.bomb" {
		t.Errorf("Read = %v", err)
	}
	if _, err := sheet.Read(make([]byte, sheet.MaxBytes+1)); !fault.Is(err, fault.TooLarge) {
		t.Errorf("a large file: %v", err)
	}
}

func utf16(t testing.TB, s string) string {
	t.Helper()
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestReadCSV(t *testing.T) {
	t.Parallel()
	const text = "TT;Họ và tên;Ngày sinh\n1;Trần Văn Hòa;3/2/1985\n\n2;Lê Thị Minh;1950\n"
	viet, err := charmap.Windows1258.NewEncoder().String(strings.NewReplacer("ọ", "o\u0323", "ầ", "â\u0300", "ị", "i\u0323", "ò", "o\u0300").Replace(text))
	if err != nil {
		t.Fatal(err)
	}
	be, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"UTF-8": text, "UTF-8 with mark": "\ufeff" + text, "decomposed": norm.NFD.String(text),
		"UTF-16 with mark": utf16(t, text), "UTF-16 without": utf16(t, text)[2:], "UTF-16 big-endian": be,
		"Windows-1258": viet,
		"commas":       strings.ReplaceAll(text, ";", ","), "tabs": strings.ReplaceAll(text, ";", "\t"),
		"old line ends": strings.ReplaceAll(text, "\n", "\r\n"),
		"quotes":        strings.ReplaceAll(text, "Trần Văn Hòa", `"Trần Văn`+"\u00a0"+`Hòa"`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cells := first(t, []byte(data))
			for address, want := range map[string]string{"B1": "Họ và tên", "B2": "Trần Văn Hòa", "C2": "3/2/1985", "A4": "2", "C4": "1950"} {
				if cells[address].Text != want {
					t.Errorf("%s = %q, want %q", address, cells[address].Text, want)
				}
			}
		})
	}
}

func TestReadCSVAddresses(t *testing.T) {
	t.Parallel()
	cells := first(t, []byte("sep=|\nTên|Ghi chú\nAn|\"a\nb\"\nBình|c\n"))
	if cells["A2"].Text != "Tên" || cells["B3"].Text != "a b" || cells["A4"].Text != "Bình" {
		t.Errorf("read %v", cells)
	}
}

func TestLegacy(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"NguyÔn ThÞ H»ng", "TrÇn V¨n Hoµ", "Nguyeãn Thò Haèng", "Nguyá»…n Thá»‹ Háº±ng", "Traàn Vaên Hoøa"} {
		if !sheet.Legacy(text) {
			t.Errorf("%q passes", text)
		}
	}
	for _, text := range []string{
		"Nguyễn Thị Hằng", "TRẦN VĂN HOÀ", "Huỳnh Văn Lượng (Ba Lượng)", "Y Moan Êñuôl", "H'Ngăm Niê Kđăm", "Lò Văn Ướt", "Nguyễn Toán",
		"Khoèo", "Số 12/3 ngõ 45", "36,5°C", "5 m² – § 3", "Đoàn Thúy Vân", "Ðặng Thùy Trâm", "", "Cao đẳng «A»",
	} {
		if sheet.Legacy(text) {
			t.Errorf("%q is refused", text)
		}
	}
}
