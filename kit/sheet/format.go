package sheet

import (
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"chibo/kit/text"
	"chibo/kit/when"
)

// formats knows how the styles of one workbook show numbers.
type formats struct {
	book  *excelize.File
	d1904 bool // days count from 1904, as old Macintosh workbooks do
	known map[int]format
}

// format is what matters of a number format: whether it shows a day, and to how
// many digits it fills a number up with zeros.
type format struct {
	date  bool
	zeros int
}

func readFormats(f *excelize.File) (*formats, error) {
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, refuse("damaged")
	}
	return &formats{book: f, d1904: props.Date1904 != nil && *props.Date1904, known: map[int]format{}}, nil
}

// of returns the format of a style; a style that is not there shows the number.
func (f *formats) of(style int) format {
	if known, ok := f.known[style]; ok {
		return known
	}
	var out format
	if s, err := f.book.GetStyle(style); err == nil {
		code := ""
		if s.CustomNumFmt != nil {
			code = *s.CustomNumFmt
		}
		out = format{date: builtInDate(s.NumFmt) || showsDay(code), zeros: zeros(code)}
	}
	f.known[style] = out
	return out
}

// cell resolves a raw value by its type and style.
func (f *formats) cell(raw string, l look) Cell {
	switch l.kind {
	case "s", "str", "inlineStr":
		return textCell(raw)
	case "b":
		return Cell{Kind: Bool, Text: strings.ToUpper(raw)}
	case "e":
		return Cell{Kind: Error, Text: raw}
	case "d":
		if d, err := when.ParseDate(raw[:min(len(raw), 10)]); err == nil {
			return Cell{Kind: Date, Text: d.Slashed(), Date: d}
		}
		return textCell(raw)
	}
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return textCell(raw)
	}
	format := f.of(l.style)
	if format.date {
		if d, ok := SerialDate(n, f.d1904); ok {
			return Cell{Kind: Date, Text: d.Slashed(), Date: d}
		}
	}
	return Cell{Kind: Number, Text: plain(n, format.zeros)}
}

// SerialDate returns the day of an Excel serial number, counted from 1904 or
// 1900, and whether it lies between 1900 and 2199.
func SerialDate(n float64, from1904 bool) (when.Date, bool) {
	if n < 1 || n > 109_574 {
		return when.Date{}, false
	}
	t, err := excelize.ExcelDateToTime(math.Floor(n), from1904)
	if err != nil {
		return when.Date{}, false
	}
	return when.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}, true
}

// plain returns a number in digits, never in powers of ten, because it may be
// the number of a card or a telephone.
func plain(n float64, zeros int) string {
	text := strconv.FormatFloat(n, 'f', -1, 64)
	if zeros > 0 && n >= 0 && n == math.Trunc(n) && len(text) < zeros {
		text = strings.Repeat("0", zeros-len(text)) + text
	}
	return text
}

// builtInDate reports whether a built-in number format shows a day; 27 to 36 and
// 50 to 58 do in the languages of East Asia.
func builtInDate(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 36 || id >= 50 && id <= 58
}

// unread are the stretches of a number format that are not codes: quoted and
// escaped text, and conditions, colours and locales in brackets.
var unread = text.Pattern(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)

// showsDay reports whether a number format shows a day or a year: the letters d
// and y stand for nothing else. "General" has neither.
func showsDay(code string) bool {
	first, _, _ := strings.Cut(code, ";")
	return strings.ContainsAny(strings.ToLower(unread().ReplaceAllString(first, "")), "dy")
}

var onlyZeros = text.Pattern(`^0{2,20}$`)

// zeros returns how many digits a format like 0000000000 fills up to.
func zeros(code string) int {
	first, _, _ := strings.Cut(code, ";")
	if onlyZeros().MatchString(first) {
		return len(first)
	}
	return 0
}
