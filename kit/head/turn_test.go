package head_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chibo/kit/head"
)

// TestNoSignOfAnIntroductionCanBeChanged changes one sign of the text: it is no introduction
// any more, or it does not hold.
func TestNoSignOfAnIntroductionCanBeChanged(t *testing.T) {
	t.Parallel()
	old, next := newKey(t), newKey(t)
	text := old.Introduce(next, 1_796_300_000_000).Text()
	if i, err := head.ParseIntroduction(text); err != nil || !i.Holds() || i.Text() != text || i.Old != old.Public() || i.New != next.Public() {
		t.Fatalf("%v, %v", i, err)
	}
	if old.Introduce(old, 1).Holds() {
		t.Error("a key introduces itself")
	}
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		sign := rapid.SampledFrom(strings.Split("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:/-", "")).Draw(t, "sign")
		changed := text[:at] + sign + text[at+1:]
		if i, err := head.ParseIntroduction(changed); changed != text && err == nil && i.Holds() {
			t.Fatalf("%s holds", changed)
		}
	})
}

// TestTurns: who may follow whom, and who signs when.
func TestTurns(t *testing.T) {
	t.Parallel()
	a, b, c := newKey(t), newKey(t), newKey(t)
	introduced := func(seq int64, i head.Introduction) head.Turn { return head.Turn{Seq: seq, Introduced: &i} }
	ab, bc := introduced(10, a.Introduce(b, 1)), introduced(20, b.Introduce(c, 2))
	forged := a.Introduce(b, 1)
	forged.ByOld = c.Introduce(b, 1).ByOld
	for name, w := range map[string]struct {
		turns head.Turns
		holds bool
	}{
		"none":                          {nil, true},
		"one after the other":           {head.Turns{ab, bc}, true},
		"the order changed":             {head.Turns{bc, ab}, false},
		"told twice":                    {head.Turns{ab, ab}, false},
		"not signed by the old one":     {head.Turns{introduced(10, forged)}, false},
		"by one that did not sign then": {head.Turns{ab, introduced(20, a.Introduce(c, 2))}, false},
		"lost, then found":              {head.Turns{ab, {Seq: 15, Found: a.Public()}, introduced(20, a.Introduce(c, 2))}, true},
		"introduced by the lost one":    {head.Turns{ab, {Seq: 15, Found: a.Public()}, bc}, false},
	} {
		if err := w.turns.Verify(); (err == nil) != w.holds {
			t.Errorf("%s: %v", name, err)
		}
	}
	turns := head.Turns{ab, bc, {Seq: 30, Found: a.Public()}}
	for _, w := range []struct {
		key  head.Key
		seq  int64
		want bool
	}{
		{a, 9, true}, {b, 9, false}, {b, 10, true}, {a, 10, false}, {b, 19, true}, {c, 20, true}, {b, 20, false}, {c, 29, true}, {a, 30, true}, {c, 30, false},
	} {
		if got := turns.Signs(w.key.Public(), w.seq); got != w.want {
			t.Errorf("entry %d: %v", w.seq, got)
		}
	}
	lost := head.Turns{{Seq: 30, Found: a.Public()}}
	if !lost.Signs(b.Public(), 29) || lost.Signs(b.Public(), 30) || !head.Turns(nil).Signs(b.Public(), 1) {
		t.Error("where nothing is known, a key is refused or another taken")
	}
}

// TestTheOldKeyIsDestroyed adopts a prepared key: the old one is gone from the vault, and from
// its file under any other name that somebody has given it.
func TestTheOldKeyIsDestroyed(t *testing.T) {
	t.Parallel()
	dir, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "linked")
	old, err := head.OpenKey(dir)
	must(t, err)
	must(t, os.Link(filepath.Join(dir, "signing.seed"), elsewhere))
	seed, err := os.ReadFile(elsewhere)
	must(t, err)
	next, err := head.PrepareKey(dir)
	must(t, err)
	if got, err := head.ReadKey(dir); err != nil || got.Public() != old.Public() {
		t.Error("a prepared key signs already")
	}
	for range 2 { // again is the same as once
		must(t, head.AdoptKey(dir, next.Public()))
	}
	if got, err := head.ReadKey(dir); err != nil || got.Public() != next.Public() {
		t.Errorf("the new key does not sign, %v", err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	must(t, err)
	for _, name := range append(files, elsewhere) {
		if b, err := os.ReadFile(name); err != nil || bytes.Contains(b, bytes.TrimSpace(seed)) {
			t.Errorf("%s still has the old key, %v", filepath.Base(name), err)
		}
	}
	if len(files) != 1 {
		t.Errorf("in the vault: %v", files)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
