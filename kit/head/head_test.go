package head_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
	"rsc.io/qr"

	"chibo/kit/head"
	"chibo/kit/when"
)

const hash = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"

func newKey(t *testing.T) head.Key {
	t.Helper()
	key, err := head.OpenKey(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestHeadComesBackFromItsText(t *testing.T) {
	t.Parallel()
	h := newKey(t).Sign("0198a1b2-0000-7000-8000-00000000000a", 41_237, hash, 1_796_300_000_000)
	again, err := head.Parse(h.Text())
	if diff := cmp.Diff(h, again); diff != "" || err != nil || !again.Holds() {
		t.Errorf("%v, holds %v: %s", err, again.Holds(), diff)
	}
	if c, err := qr.Encode(h.Text(), qr.M); err != nil || c.Size > 57 {
		t.Errorf("a QR code of %d modules a side, %v: too fine for paper", c.Size, err)
	}
	all, err := head.ParseAll("# heads\n\n" + head.Format([]head.Head{h, h}))
	if err != nil || len(all) != 2 {
		t.Errorf("%d heads from the file, %v", len(all), err)
	}
}

// TestNoSignOfAHeadCanBeChanged changes one sign of the text: it is no head any more, or
// its signature does not hold.
func TestNoSignOfAHeadCanBeChanged(t *testing.T) {
	t.Parallel()
	text := newKey(t).Sign("0198a1b2-0000-7000-8000-00000000000a", 41_237, hash, 1_796_300_000_000).Text()
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		sign := rapid.SampledFrom(strings.Split("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:/-", "")).Draw(t, "sign")
		changed := text[:at] + sign + text[at+1:]
		h, err := head.Parse(changed)
		if changed != text && err == nil && h.Holds() && h.Text() != text {
			t.Fatalf("%s holds", changed)
		}
	})
}

func TestAKeyIsMadeOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var wg sync.WaitGroup
	var mu sync.Mutex
	found := map[string]int{}
	for range 8 {
		wg.Go(func() {
			key, err := head.OpenKey(dir)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			found[key.Public()]++
		})
	}
	wg.Wait()
	if len(found) != 1 {
		t.Errorf("%d keys", len(found))
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(files[0], []byte("0a0b"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := head.OpenKey(dir); err == nil {
		t.Error("half a key is a key")
	}
}

func TestSignedTextsKeepTheirKind(t *testing.T) {
	t.Parallel()
	key, at := newKey(t), when.Instant(1)
	signature := key.SignText("rest", "x")
	for _, c := range []struct {
		key, what, text string
		holds           bool
	}{
		{key.Public(), "rest", "x", true},
		{key.Public(), "rest", "y", false},
		{key.Public(), "copy", "x", false},
		{newKey(t).Public(), "rest", "x", false},
		{key.Sign("r", 1, hash, at).Signature, "rest", "x", false},
	} {
		if got := head.TextHolds(c.key, c.what, c.text, signature); got != c.holds {
			t.Errorf("%s %s holds: %v", c.what, c.text, got)
		}
	}
}
