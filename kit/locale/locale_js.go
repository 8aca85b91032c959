package locale

// L speaks one language, with the texts that the server has handed over. Its zero
// value is not ready: use Speak.
type L struct {
	tag   string
	texts map[string]string
	called
}

// Speak returns the language with this tag, "vi" or "en", and these texts by key.
func Speak(tag string, texts map[string]string) L { return L{tag: tag, texts: texts} }

// Tag returns the language tag for the page, "vi" or "en".
func (l L) Tag() string { return l.tag }

// T returns the text of key with its placeholders filled from args, pairs of name
// and value. An unknown key is returned as it is.
func (l L) T(key string, args ...any) string {
	data := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		data[args[i].(string)] = args[i+1]
	}
	return l.Fill(key, data)
}

// Fill is T with the placeholders in a map.
func (l L) Fill(key string, data map[string]any) string {
	text, ok := l.texts[key]
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
