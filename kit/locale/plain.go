package locale

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a browser needs of the language without the libraries of the server, which
// would be most of what it has to fetch. A test holds both to the same answers.

// fill puts data into the placeholders {{.Name}} of a text.
func fill(text string, data map[string]any) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	pairs := make([]string, 0, 2*len(data))
	for name, v := range data {
		pairs = append(pairs, "{{."+name+"}}", fmt.Sprint(v))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// decimal writes v with at most one place and the marks of the language, "vi" or
// "en": "1.234,5" or "1,234.5".
func decimal(tag string, v float64) string {
	thousands, point := ".", ","
	if tag == "en" {
		thousands, point = point, thousands
	}
	whole, places, _ := strings.Cut(strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0"), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + thousands + whole[at:]
	}
	if places != "" {
		places = point + places
	}
	return sign + whole + places
}

// called is a word of the texts and what is said in its place. The zero called changes
// nothing.
type called struct{ from, to string }

// in says a text with the other word in it. What people have written stays: their words,
// the data, are broken while the text is said.
func (c called) in(data map[string]any, say func(map[string]any) string) string {
	if c.from == "" {
		return say(data)
	}
	const mark = "\x00"
	capital := called{upper(c.from), upper(c.to)}
	broken := func(s string) string {
		_, first := utf8.DecodeRuneInString(s)
		return s[:first] + mark + s[first:]
	}
	shield := strings.NewReplacer(c.from, broken(c.from), capital.from, broken(capital.from))
	kept := make(map[string]any, len(data))
	for name, v := range data {
		if s, is := v.(string); is {
			v = shield.Replace(s)
		}
		kept[name] = v
	}
	said := strings.NewReplacer(c.from, c.to, capital.from, capital.to).Replace(say(kept))
	return strings.ReplaceAll(said, mark, "")
}

// upper begins a text with a capital letter.
func upper(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// Congress returns the language as it speaks of a congress: what the texts call a meeting is
// called a congress.
func (l L) Congress() L {
	l.called = called{l.T("kit.gathering.meeting"), l.T("kit.gathering.congress")}
	return l
}
