package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"chibo/kit/search"
	"chibo/kit/text"
)

// The content types of written tables.
const (
	TypeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	TypeCSV  = "text/csv; charset=utf-8"
)

// Table is a table to be written.
type Table struct {
	// Name is the name of the tab.
	Name string
	// Titles are lines above the header.
	Titles []string
	// Header names the columns; Widths are their widths in letters, as many as
	// names.
	Header []string
	Widths []float64
	// Rows hold strings and ints. A number that only names something (a card, a
	// telephone) is a string.
	Rows [][]any
	// Taken says who has taken the table away, and when; empty: it says nothing of that. A
	// workbook has it at the foot of its printed pages and among its properties, CSV in its
	// first line.
	Taken string
}

// CSV returns the table as CSV that Excel opens right: in UTF-8 with a byte order
// mark, every field in quotes, titles left out.
func (t Table) CSV() []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	if t.Taken != "" {
		line := make([]any, max(1, len(t.Header))) // as long as the others, for whoever is strict
		for i := range line {
			line[i] = ""
		}
		line[0] = t.Taken
		writeLine(&b, line)
	}
	header := make([]any, len(t.Header))
	for i, name := range t.Header {
		header[i] = name
	}
	writeLine(&b, header)
	for _, row := range t.Rows {
		writeLine(&b, row)
	}
	return b.Bytes()
}

func writeLine(b *bytes.Buffer, row []any) {
	for i, value := range row {
		if i > 0 {
			b.WriteByte(',')
		}
		text := fmt.Sprint(value)
		if _, number := value.(int); !number {
			text = Harmless(search.Clean(text))
		}
		b.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
	}
	b.WriteString("\r\n")
}

// Harmless returns text with ' before it when a spreadsheet would take it for a
// formula (OWASP: CSV injection). Read takes the sign away again.
func Harmless(text string) string {
	if formula(text) {
		return "'" + text
	}
	return text
}

// harmed undoes Harmless.
func harmed(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && formula(rest) {
		return rest
	}
	return text
}

// formula reports whether a spreadsheet may take text for a formula, also after
// blanks, quotes and signs that cannot be seen.
func formula(text string) bool {
	start := strings.TrimLeftFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\'' || r == '"'
	})
	first, _ := utf8.DecodeRuneInString(start)
	return start != "" && strings.ContainsRune("=+-@|＝＋－＠", first)
}

// XLSX returns the table as a workbook: titles, a header that stays in view, and
// cells of text, never of formulas.
func (t Table) XLSX() ([]byte, error) {
	f := excelize.NewFile()
	var b bytes.Buffer
	err := t.fill(f)
	if err == nil {
		_, err = f.WriteTo(&b)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("write a workbook: %w", err)
	}
	return b.Bytes(), nil
}

func (t Table) fill(f *excelize.File) error {
	if err := f.SetSheetName("Sheet1", t.Name); err != nil {
		return err
	}
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	if err := t.sign(f); err != nil {
		return err
	}
	if err := t.printed(f); err != nil {
		return err
	}
	w, err := f.NewStreamWriter(t.Name)
	if err != nil {
		return err
	}
	for i, width := range t.Widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	top := len(t.Titles) + 1 // the row of the header
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: top, TopLeftCell: Address(0, top+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, title := range t.Titles {
		if err := w.SetRow(Address(0, i+1), styled([]any{title}, styles.title)); err != nil {
			return err
		}
	}
	header := make([]any, len(t.Header))
	for i, name := range t.Header {
		header[i] = name
	}
	if err := w.SetRow(Address(0, top), styled(header, styles.header), t.high(header, 1)); err != nil {
		return err
	}
	for i, row := range t.Rows {
		if err := w.SetRow(Address(0, top+1+i), styled(row, styles.text), t.high(row, narrow)); err != nil {
			return err
		}
	}
	return w.Flush()
}

// upright is how many letters all columns together may take for a page that stands upright; wider
// tables lie.
const upright = 95

// printed lays out the printed pages: A4, all columns on one page, the header again on each.
func (t Table) printed(f *excelize.File) error {
	fit, a4, one, any, how, all := true, 9, 1, 0, "portrait", 0.0
	for _, width := range t.Widths {
		all += width
	}
	if all > upright {
		how = "landscape"
	}
	top := len(t.Titles) + 1
	return errors.Join(
		f.SetSheetProps(t.Name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		f.SetPageLayout(t.Name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &how, FitToWidth: &one, FitToHeight: &any}),
		f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: t.Name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(t.Name, "'", "''"), top, top),
		}))
}

// lineHeight is the height of a line of the font in points.
const lineHeight = 16

// narrow is how many letters of the font a column takes for each of its width, which counts digits of
// another font; bold ones are as wide as those.
const narrow = 1.2

// high gives a row whose texts take several lines the height for them, where a column takes so many letters
// for each of its width: not every program finds it out by itself, and then the lines lie over each other.
func (t Table) high(row []any, letters float64) excelize.RowOpts {
	most := 1
	for i, value := range row {
		if text, ok := value.(string); ok && i < len(t.Widths) {
			most = max(most, linesOf(search.Clean(text), int(t.Widths[i]*letters)))
		}
	}
	if most == 1 {
		return excelize.RowOpts{}
	}
	return excelize.RowOpts{Height: min(float64(most*lineHeight), excelize.MaxRowHeight)}
}

// linesOf returns how many lines a text takes in a column of so many letters, broken between words.
func linesOf(text string, width int) int {
	lines, at := 1, 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		if at > 0 && at+1+n > width {
			lines, at = lines+1, 0
		}
		if at > 0 {
			n++
		}
		at += n
		for width > 0 && at > width { // a word that is longer than the column
			lines, at = lines+1, at-width
		}
	}
	return lines
}

// longestFoot is how many letters go into the foot of a page, where Excel takes 255 with what
// stands for &.
const longestFoot = 120

// sign writes into the workbook who has taken it.
func (t Table) sign(f *excelize.File) error {
	if t.Taken == "" {
		return nil
	}
	said := text.Short(search.Clean(t.Taken), longestFoot)
	foot := "&L&8 " + strings.ReplaceAll(said, "&", "&&") // & begins a code of Excel
	return errors.Join(
		f.SetDocProps(&excelize.DocProperties{Creator: "Chibo", Description: said}),
		f.SetHeaderFooter(t.Name, &excelize.HeaderFooterOptions{OddFooter: foot}))
}

// styles are the styles of a written workbook, by their numbers in it.
type styles struct{ title, header, text int }

func newStyles(f *excelize.File) (s styles, err error) {
	line := []excelize.Border{
		{Type: "left", Color: "CFC4B2", Style: 1},
		{Type: "right", Color: "CFC4B2", Style: 1},
		{Type: "top", Color: "CFC4B2", Style: 1},
		{Type: "bottom", Color: "CFC4B2", Style: 1},
	}
	wrap := &excelize.Alignment{Vertical: "center", WrapText: true}
	font := func(bold bool) *excelize.Font { return &excelize.Font{Family: "Times New Roman", Size: 12, Bold: bold} }
	var errs [3]error
	s.title, errs[0] = f.NewStyle(&excelize.Style{Font: font(true)})
	s.header, errs[1] = f.NewStyle(&excelize.Style{
		Font: font(true), Border: line, Alignment: wrap,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F4EFE6"}},
	})
	// 49 is the format of text: a number typed into the sheet later keeps its zeros.
	s.text, errs[2] = f.NewStyle(&excelize.Style{Font: font(false), Border: line, Alignment: wrap, NumFmt: 49})
	return s, errors.Join(errs[:]...)
}

func styled(row []any, style int) []any {
	cells := make([]any, len(row))
	for i, value := range row {
		if text, ok := value.(string); ok {
			value = search.Clean(text)
		}
		cells[i] = excelize.Cell{StyleID: style, Value: value}
	}
	return cells
}
