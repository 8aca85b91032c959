package locale

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// L speaks one language. Its zero value is not ready: use Vietnamese, English or Of, in a
// browser Speak. It is handed to everything that draws, so it is one word long: as a
// struct of six words it made a twentieth of the whole program.
type L struct{ *speech }

// speech is what there is of one language: its tag, "vi" or "en", and its texts by key.
type speech struct {
	tag   string
	texts func() map[string]string
	called
}

// Tag returns the language tag for the page, "vi" or "en".
func (l L) Tag() string { return l.tag }

// T returns the text of key with its placeholders filled from args, pairs of name
// and value. An unknown key is returned as it is: the test of the keys keeps that
// from happening.
func (l L) T(key string, args ...any) string {
	var data map[string]any
	if len(args) > 0 {
		data = make(map[string]any, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			data[args[i].(string)] = args[i+1]
		}
	}
	return l.Fill(key, data)
}

// Fill is T with the placeholders in a map.
func (l L) Fill(key string, data map[string]any) string {
	text, ok := l.texts()[key]
	if !ok {
		return key
	}
	return l.in(data, func(data map[string]any) string { return fill(text, data) })
}

// Number writes n with the thousands marks of the language: 1.234.
func (l L) Number(n int) string { return decimal(l.tag, float64(n)) }

// Percent writes part of whole with one place: "91,4%"; nothing of nothing is "–".
func (l L) Percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return decimal(l.tag, 100*float64(part)/float64(whole)) + "%"
}

// Size writes a number of bytes: "1,2 MB".
func (l L) Size(bytes int64) string {
	units := []string{"B", "kB", "MB", "GB"}
	v, u := float64(bytes), 0
	for v >= 1000 && u < len(units)-1 {
		v, u = v/1000, u+1
	}
	return decimal(l.tag, v) + " " + units[u]
}

// fill puts data into the placeholders {{.Name}} of a text. What stands between
// {{if .Name}} and {{end}} is said where there is something by that name.
func fill(text string, data map[string]any) string {
	var b strings.Builder
	for {
		plain, rest, more := strings.Cut(text, "{{")
		b.WriteString(plain)
		if !more {
			return b.String()
		}
		mark, after, _ := strings.Cut(rest, "}}")
		text = after
		if name, asks := strings.CutPrefix(mark, "if ."); asks {
			if v, ok := data[name]; !ok || v == "" {
				_, text, _ = strings.Cut(after, "{{end}}")
			}
			continue
		}
		switch v := data[strings.TrimPrefix(mark, ".")].(type) {
		case string:
			b.WriteString(v)
		case nil:
			if mark != "end" {
				b.WriteString("{{" + mark + "}}")
			}
		default:
			_, _ = fmt.Fprint(&b, v)
		}
	}
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

// called are words of the texts and what is said in their place, the longer before those
// that they hold. Nil changes nothing.
type called []struct{ from, to string }

// in says a text with the other words in it. What people have written stays: their words,
// the data, are broken while the text is said.
func (c called) in(data map[string]any, say func(map[string]any) string) string {
	if len(c) == 0 {
		return say(data)
	}
	const mark = "\x00"
	broken := func(s string) string {
		_, first := utf8.DecodeRuneInString(s)
		return s[:first] + mark + s[first:]
	}
	var breaks, words []string
	for _, w := range c {
		breaks = append(breaks, w.from, broken(w.from), upper(w.from), broken(upper(w.from)))
		words = append(words, w.from, w.to, upper(w.from), upper(w.to))
	}
	shield := strings.NewReplacer(breaks...)
	kept := make(map[string]any, len(data))
	for name, v := range data {
		if s, is := v.(string); is {
			v = shield.Replace(s)
		}
		kept[name] = v
	}
	said := strings.NewReplacer(words...).Replace(say(kept))
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
	return l.calling(called{{l.T("kit.gathering.meeting"), l.T("kit.gathering.congress")}})
}

// Beside returns the language as it speaks of the meeting of a collective beside the cell:
// neither the cell nor its members are named.
func (l L) Beside() L {
	var words called
	to := strings.Split(l.T("kit.beside.to"), "|")
	for n, from := range strings.Split(l.T("kit.beside.from"), "|") {
		words = append(words, struct{ from, to string }{from, to[n]})
	}
	return l.calling(words)
}

func (l L) calling(words called) L {
	of := *l.speech
	of.called = words
	return L{&of}
}
