package secret

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// TestSeal: what was sealed opens with its key at its place, and nowhere else.
func TestSeal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, k := rapid.String().Draw(t, "text"), New()
		sealed, err := k.Seal([]byte(text), "note", "root", "account", "meeting")
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := k.Open(sealed, "note", "root", "account", "meeting"); !ok || string(got) != text {
			t.Fatalf("%q opens as %q, %v", text, got, ok)
		}
		if _, ok := New().Open(sealed, "note", "root", "account", "meeting"); ok {
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
			if _, ok := k.Open(sealed, about...); ok {
				t.Errorf("it opens as %v", about)
			}
		}
		altered := []byte(sealed)
		at := rapid.IntRange(0, len(altered)-2).Draw(t, "at") // the last letter holds bits that say nothing
		altered[at] ^= 1
		if _, ok := k.Open(string(altered), "note", "root", "account", "meeting"); ok {
			t.Error("altered, it opens")
		}
	})
}

// TestFile: a key is made once, for its owner alone, and one that is not whole is
// refused rather than used.
func TestFile(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "keys", "a.key")
	first, err := File(name)
	if err != nil {
		t.Fatal(err)
	}
	again, err := File(name)
	if err != nil || !bytes.Equal(first, again) || len(first) != Size {
		t.Fatalf("the key is another one when read again: %v", err)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(name), ".key-*")); left != nil {
		t.Errorf("left behind: %v", left)
	}
	if err := os.WriteFile(name, first[:16], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := File(name); err == nil {
		t.Error("half a key is taken")
	}
}
