package notebook

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, o := range onsets {
		for _, r := range rimes {
			seen[o+r] = true
		}
	}
	if len(seen) != len(onsets)*len(rimes) {
		t.Fatalf("%d syllables for %d pairs: a word has less than eight bits", len(seen), len(onsets)*len(rimes))
	}
	words := newWords()
	if n := len(strings.Fields(words)); n != wordCount || words == newWords() {
		t.Fatalf("%d words: %q", n, words)
	}
	for _, typed := range []string{words, strings.ToUpper(words), " " + strings.ReplaceAll(words, " ", ",\n "), strings.ReplaceAll(words, "a", "à")} {
		if got := readWords(typed); got != words {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
}
