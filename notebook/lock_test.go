package notebook

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSeal: what was sealed opens with its key at its place, and nowhere else.
func TestSeal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, k := rapid.String().Draw(t, "text"), newKey()
		sealed, err := k.seal([]byte(text), "note", "root", "account", "meeting")
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := k.open(sealed, "note", "root", "account", "meeting"); !ok || string(got) != text {
			t.Fatalf("%q opens as %q, %v", text, got, ok)
		}
		if _, ok := newKey().open(sealed, "note", "root", "account", "meeting"); ok {
			t.Error("another key opens it")
		}
		for _, about := range [][]string{
			{"note", "root", "account", "another"},
			{"note", "root", "another", "meeting"},
			{"note", "another", "account", "meeting"},
			{"note", "root", "account", "meetin", "g"},
			{"note", "root", "accountmeeting"},
			nil,
		} {
			if _, ok := k.open(sealed, about...); ok {
				t.Errorf("it opens as %v", about)
			}
		}
		altered := []byte(sealed)
		at := rapid.IntRange(0, len(altered)-2).Draw(t, "at") // the last letter holds bits that say nothing
		altered[at] ^= 1
		if _, ok := k.open(string(altered), "note", "root", "account", "meeting"); ok {
			t.Error("altered, it opens")
		}
	})
}

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
