package notebook

import (
	"crypto/rand"
	"strings"

	"chibo/kit/search"
)

// Recovery words are syllables without accents, eight random bits each: easy to write
// down, to read out and to type on any keyboard.
var (
	onsets = [16]string{"b", "c", "ch", "d", "g", "h", "kh", "l", "m", "n", "ph", "s", "t", "th", "tr", "v"}
	rimes  = [16]string{"a", "am", "an", "anh", "ao", "ay", "en", "eo", "oa", "oi", "om", "on", "ong", "u", "ui", "um"}
)

// wordCount is how many words there are: 96 random bits, which nobody can try out.
const wordCount = 12

// newWords returns fresh recovery words, with a space between them.
func newWords() string {
	b := make([]byte, wordCount)
	_, _ = rand.Read(b) // never fails
	words := make([]string, wordCount)
	for i, n := range b {
		words[i] = onsets[n>>4] + rimes[n&15]
	}
	return strings.Join(words, " ")
}

// readWords returns typed words as newWords wrote them: people type capitals, accents,
// commas and breaks between them.
func readWords(typed string) string {
	return strings.Join(strings.FieldsFunc(search.Fold(typed), func(r rune) bool { return r < 'a' || r > 'z' }), " ")
}
