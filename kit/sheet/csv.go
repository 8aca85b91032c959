package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// decode returns the text of a file in UTF-8 or UTF-16, with a byte order mark
// or without, or in Windows-1258, as Excel for Vietnamese writes plain CSV.
// Text in a font's own encoding (TCVN3, VNI) is refused: it would be stored as
// nonsense.
func decode(data []byte) (string, error) {
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), zeroes(data, 1):
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(data, []byte("\xfe\xff")), zeroes(data, 0):
		e = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case utf8.Valid(data):
		e = unicode.UTF8BOM
	default:
		e = charmap.Windows1258
	}
	text, err := e.NewDecoder().Bytes(data)
	if err != nil || bytes.IndexByte(text, 0) >= 0 {
		return "", refuse("encoding")
	}
	out := norm.NFC.String(string(text))
	if e == charmap.Windows1258 && (Legacy(out) || !strings.ContainsAny(out, vietnamese)) {
		return "", refuse("encoding")
	}
	return out, nil
}

// vietnamese are letters that Windows-1258 text is sure to hold when it is
// Vietnamese and that other Western text does not.
const vietnamese = "ăđơưĂĐƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"

// zeroes reports whether many bytes at odd (1) or even (0) places of the start of
// data are zero, as in UTF-16 without a mark.
func zeroes(data []byte, odd int) bool {
	data = data[:min(len(data), 400)]
	zero := 0
	for i := odd; i < len(data); i += 2 {
		if data[i] == 0 {
			zero++
		}
	}
	return len(data) >= 4 && zero*4 > len(data)
}

// Legacy reports whether text looks like Vietnamese in the encoding of a font
// (TCVN3, VNI) or like UTF-8 read as something else, which the eye sees as
// "NguyÔn", "Nguyeãn" and "Nguyá»…n".
func Legacy(text string) bool {
	pairs := pairs()
	var a, b rune // the two letters before
	for i, c := range text {
		if c >= utf8.RuneSelf && pairs[[2]rune{b, c}] || signInside(b, c, text[i:]) || capitalInside(a, b, c) {
			return true
		}
		a, b = b, c
	}
	return false
}

// pairs are letters side by side that Vietnamese never has: those that VNI writes
// for one letter, and those that one letter of UTF-8 turns into.
var pairs = sync.OnceValue(func() map[[2]rune]bool {
	all := map[[2]rune]bool{}
	for _, pair := range []string{
		"eã", "eä", "eå", "aâ", "aê", "aï", "aø", "aû", "oâ", "oä", "oå", "oû", "eâ", "eï", "eø", "aè", "aé", "aë", "öô", "öõ", "ôï",
		"á»", "áº", "Ä‘", "Ä\u0090", "Æ°", "Æ¡", "Ã¢", "Ãª", "Ã´",
	} {
		all[[2]rune([]rune(pair))] = true
	}
	return all
})

// signs are what TCVN3 shows for letters with marks.
const signs = "µ¸¶·¹¨»¾¼½©ª«¬®¢£¤¥¦§"

// signInside reports whether c is a sign that stands in a word as if it were a letter, after
// the letter before and at the start of rest; quotation marks and notes («A», m²) do not.
func signInside(before, c rune, rest string) bool {
	if !isASCIILetter(before) || c < utf8.RuneSelf || !strings.ContainsRune(signs, c) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[utf8.RuneLen(c):])
	return c != '«' && c != '»' || isASCIILetter(next)
}

// capitalInside reports whether b is a capital with a mark between the small letters a and c.
func capitalInside(a, b, c rune) bool { return b >= 'À' && b <= 'Þ' && isSmall(a) && isSmall(c) }

func isSmall(r rune) bool { return r >= 'a' && r <= 'z' }

func isASCIILetter(r rune) bool { return isSmall(r) || r >= 'A' && r <= 'Z' }

// readCSV reads text with any separator that people's programs write.
func readCSV(text string) ([]Sheet, error) {
	comma, text := separator(text)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, true, -1, true
	var s Sheet
	folded := 0 // line breaks inside cells: a program shows them in one row
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, refuse("damaged")
		}
		line, _ := r.FieldPos(0)
		row, err := csvRow(record, line-folded)
		if err != nil {
			return nil, err
		}
		for _, text := range record {
			folded += strings.Count(text, "\n")
		}
		if len(row.Cells) > 0 {
			s.Rows = append(s.Rows, row)
		}
		if len(s.Rows) > maxRows {
			return nil, refuse("rows", "Most", maxRows)
		}
	}
	if len(s.Rows) == 0 {
		return nil, refuse("empty")
	}
	return []Sheet{s}, nil
}

func csvRow(record []string, number int) (Row, error) {
	cells := make([]Cell, len(record))
	for i, text := range record {
		if utf8.RuneCountInString(text) > maxText {
			return Row{}, refuse("long", "Cell", Address(i, number))
		}
		cells[i] = textCell(harmed(text))
	}
	cells = trim(cells)
	if len(cells) > maxColumns {
		return Row{}, refuse("columns", "Most", maxColumns, "Cell", Address(len(cells)-1, number))
	}
	return Row{Number: number, Cells: cells}, nil
}

// separator returns the separator of the text and the text to read: without the
// line "sep=;" by which Excel is told.
func separator(text string) (rune, string) {
	first, rest, _ := strings.Cut(text, "\n")
	if sep, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(first)), "sep="); ok && utf8.RuneCountInString(sep) == 1 {
		r, _ := utf8.DecodeRuneInString(sep)
		return r, "\n" + rest // the line stays, so that addresses do
	}
	best, most := ',', 0
	for _, comma := range []rune{';', ',', '\t', '|'} {
		if n := agreement(text, comma); n > most {
			best, most = comma, n
		}
	}
	return best, text
}

// agreement measures how well comma separates the first lines: the cells of the
// number of columns that most of them have.
func agreement(text string, comma rune) int {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	lines := map[int]int{}
	for range 60 {
		record, err := r.Read()
		if err != nil {
			break
		}
		lines[len(record)]++
	}
	most := 0
	for columns, n := range lines {
		if columns > 1 {
			most = max(most, n*columns)
		}
	}
	return most
}
