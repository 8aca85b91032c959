package library

import (
	"slices"
	"strings"

	"chibo/kit/when"
)

// Key names a document in a form: its number and date, "42-HD/BTCTW 2025-10-28".
func (s Source) Key() string { return s.Number + " " + s.Date.String() }

// Basis returns the line by which a paper rests on s: "Căn cứ Hướng dẫn số 42-HD/BTCTW, ngày
// 28/10/2025 của Ban Tổ chức Trung ương".
func (s Source) Basis() string {
	if s.Kind == s.Number || s.Kind == "Điều lệ" {
		return "Căn cứ " + s.String()
	}
	return "Căn cứ " + s.Kind + " số " + s.Number + ", ngày " + Short(s.Date) + " của " + s.Body
}

// Chosen returns the documents of these keys in the order in which they are known; a key
// that is not known is left out.
func Chosen(known []Source, keys []string) []Source {
	return slices.DeleteFunc(slices.Clone(known), func(s Source) bool { return !slices.Contains(keys, s.Key()) })
}

// WithBases returns a text that begins with the lines by which it rests on the documents,
// behind those that stand there already; none is written twice.
func WithBases(text string, on []Source) string {
	lines := strings.Split(text, "\n")
	at := 0
	for i, line := range lines {
		if strings.HasPrefix(strings.TrimLeft(line, "-* "), "Căn cứ ") {
			at = i + 1
		}
	}
	var added []string
	for _, s := range on {
		if line := "- " + s.Basis() + ";"; !strings.Contains(text, s.Basis()) {
			added = append(added, line)
		}
	}
	if len(added) > 0 && at == 0 && text != "" {
		added = append(added, "")
	}
	return strings.Join(slices.Insert(lines, at, added...), "\n")
}

// Applying returns the document of a number and date if it is in force on day, else the
// one that stands in its place then; where none is known, the document itself.
func Applying(number string, date, day when.Date) Source {
	s, _ := Find(number, date)
	if s.InForce(day) {
		return s
	}
	if next := successor(sources(), s, day); next.Number != "" {
		return next
	}
	return s
}
