package locale

import (
	"fmt"
	"strconv"
	"strings"
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
