package witness_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"chibo/app"
	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/head"
	"chibo/kit/job"
	"chibo/witness"
)

var clerk = access.Person{Name: "test"}

// TestTheKeyIsRenewed changes the key twice: what each has signed holds by itself and by no
// other, on the page too, and strangers see which key follows which.
func TestTheKeyIsRenewed(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		s, ctx := w.App.Witnesses, t.Context()
		keys, heads := []head.Key{signingKey(t, s)}, []head.Head{headOf(t, w)}
		for range 2 {
			if err := s.Take(ctx, job.Job{}); err != nil {
				t.Fatal(err)
			}
			i, err := s.Renew(ctx, clerk)
			if err != nil {
				t.Fatal(err)
			}
			keys, heads = append(keys, signingKey(t, s)), append(heads, headOf(t, w))
			if n := len(keys) - 1; i.Old != keys[n-1].Public() || i.New != keys[n].Public() || !i.Holds() {
				t.Fatalf("the introduction is %v", i)
			}
			w.As("stranger").Reads("/check/key", head.Short(i.New), head.Short(i.Old), i.Text())
		}
		if err := errors.Join(s.Take(ctx, job.Job{}), w.App.Verify(ctx)); err != nil {
			t.Fatal(err)
		}
		for signed, h := range heads {
			for n, key := range keys {
				want, mine := witness.Alien, key.Sign(h.Root, h.Seq, h.Hash, h.At)
				if n == signed {
					want = witness.Agrees
				}
				a, err := s.Check(ctx, w.Person("clerk"), mine.Text())
				if err != nil || a.State != want {
					t.Errorf("head %d by key %d: %s, want %s, %v", signed, n, a.State, want, err)
				}
			}
		}
		w.As("clerk").Reads("/heads?head="+heads[0].Text(), "Khớp", "khóa "+head.Short(keys[0].Public()))
		w.As("clerk").Reads("/heads?head="+keys[0].Sign(heads[2].Root, heads[2].Seq, heads[2].Hash, 1).Text(), "Khóa lạ")
		if file := w.As("clerk").Get("/heads/file.txt").Body; strings.Count(file, "# CHIBO/KEY/1:") != 2 {
			t.Errorf("the file of heads tells of\n%s", file)
		}
	})
}

func headOf(t *testing.T, w *worldtest.World) head.Head {
	t.Helper()
	h, found, err := w.App.Witnesses.HeadOf(t.Context(), w.App.DB, w.Person("clerk").Root)
	if err != nil || !found || !h.Holds() {
		t.Fatalf("no head: %v, %v", h, err)
	}
	return h
}

// TestARenewalIsKilled ends a renewal after each of its steps, before and within the next one;
// then the program starts again. The vault has the old key or the new one, of which the logs
// tell, and signs by it; the next renewal goes through.
func TestARenewalIsKilled(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]struct {
		do  func(s *witness.Service, t *testing.T)
		new bool
	}{
		"before anything": {func(*witness.Service, *testing.T) {}, false},
		"while the new key is written": {func(s *witness.Service, t *testing.T) {
			must(t, os.WriteFile(filepath.Join(s.Dir, ".signing-1"), []byte("0a"), 0o600))
		}, false},
		"when it lies there": {func(s *witness.Service, t *testing.T) {
			_, err := witness.Prepare(s)
			must(t, err)
		}, false},
		"when the logs were told, and nothing was committed": {func(s *witness.Service, t *testing.T) {
			i, err := witness.Prepare(s)
			must(t, err)
			i.At++ // what is signed no longer holds: the transaction is undone at its end
			if witness.Tell(s, t.Context(), i) == nil {
				t.Error("an introduction that does not hold was told")
			}
		}, false},
		"when the logs tell of it": {func(s *witness.Service, t *testing.T) {
			i, err := witness.Prepare(s)
			must(t, errors.Join(err, witness.Tell(s, t.Context(), i)))
		}, true},
		"when the old one has lost its name": {func(s *witness.Service, t *testing.T) {
			i, err := witness.Prepare(s)
			must(t, errors.Join(err, witness.Tell(s, t.Context(), i), os.Remove(filepath.Join(s.Dir, "signing.seed"))))
		}, true},
		"after all": {func(s *witness.Service, t *testing.T) {
			_, err := s.Renew(t.Context(), clerk)
			must(t, err)
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := worldtest.OnSQLite(t)
			s, ctx := w.App.Witnesses, t.Context()
			old := signingKey(t, s).Public()
			after.do(s, t)
			_, err := head.OpenKey(s.Dir) // as the program starts
			must(t, errors.Join(err, s.Start(ctx)))
			h := headOf(t, w)
			if (h.Key != old) != after.new {
				t.Errorf("a head by the new key: %v", h.Key != old)
			}
			if signingKey(t, s).Public() != h.Key {
				t.Error("the vault has another key than signs")
			}
			_, err = s.Renew(ctx, clerk)
			must(t, errors.Join(err, s.Take(ctx, job.Job{}), w.App.Verify(ctx)))
			if left, _ := filepath.Glob(filepath.Join(s.Dir, "signing.next.*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestRenewalsAtOnce has the key renewed by many at once: each that says so has done it, one
// after the other, and everything holds.
func TestRenewalsAtOnce(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		s, ctx := w.App.Witnesses, t.Context()
		var wg sync.WaitGroup
		var mu sync.Mutex
		done := map[string]string{} // old → new
		for range 6 {
			wg.Go(func() {
				i, err := s.Renew(ctx, clerk)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					done[i.Old] = i.New
				}
			})
		}
		wg.Wait()
		list, err := s.Introductions(ctx)
		if err != nil || len(list) != len(done) || len(done) == 0 {
			t.Fatalf("%d have renewed, the log tells of %d, %v", len(done), len(list), err)
		}
		if list[0].New != signingKey(t, s).Public() {
			t.Error("the last key is not in the vault")
		}
		must(t, errors.Join(s.Take(ctx, job.Job{}), w.App.Verify(ctx)))
		if left, _ := filepath.Glob(filepath.Join(s.Dir, "signing.next.*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

// TestNodesTakeTheNewKey renews the key on one node: another that shares the vault signs by the
// new one at once, also where the first was killed before it had put it in its place; one with
// a vault of its own signs nothing any more and says so.
func TestNodesTakeTheNewKey(t *testing.T) {
	t.Parallel()
	here := worldtest.OnPostgres(t)
	there := here.Node(nil)
	apart := here.Node(func(cfg *app.Config) { cfg.Vault = t.TempDir() })
	if here.App.Vault != there.App.Vault {
		t.Fatal("nodes of one database do not share the vault")
	}
	s := here.App.Witnesses
	i, err := s.Renew(t.Context(), clerk)
	must(t, err)
	if h := headOf(t, there); h.Key != i.New {
		t.Error("the other node signs by the old key")
	}
	i, err = witness.Prepare(s)
	must(t, errors.Join(err, witness.Tell(s, t.Context(), i)))
	if h := headOf(t, there); h.Key != i.New || signingKey(t, s).Public() != i.New {
		t.Error("the other node does not finish what was begun")
	}
	root := here.Person("clerk").Root
	if _, found, err := apart.App.Witnesses.HeadOf(t.Context(), apart.App.DB, root); found || err != nil {
		t.Errorf("a node with a vault of its own has signed, %v", err)
	}
	if !strings.Contains(apart.Logged(), "the signing key in the vault is not the one of which the log tells") {
		t.Error("and does not say that it signs no more")
	}
	if err := apart.App.Witnesses.Start(t.Context()); err == nil {
		t.Error("it starts as if nothing were wrong")
	}
	must(t, errors.Join(s.Take(t.Context(), job.Job{}), here.App.Verify(t.Context())))

	// Only where somebody says that the key is lost another one signs, and the others stop.
	n, err := apart.App.Witnesses.TakeOver(t.Context(), clerk)
	if err != nil || n == 0 || headOf(t, apart).Key == i.New {
		t.Errorf("%d logs taken over, %v", n, err)
	}
	if _, found, err := s.HeadOf(t.Context(), here.App.DB, root); found || err != nil {
		t.Errorf("the other one signs still, %v", err)
	}
	must(t, here.App.Verify(t.Context()))
}

// TestALostKeyIsTold takes the vault away, before the first renewal and after it: the log says
// from when on another key signs that nobody has introduced, and everything before holds.
func TestALostKeyIsTold(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	s, ctx := w.App.Witnesses, t.Context()
	lose := func() {
		t.Helper()
		must(t, s.Take(ctx, job.Job{}))
		must(t, os.Remove(filepath.Join(s.Dir, "signing.seed")))
		_, err := head.OpenKey(s.Dir)
		must(t, errors.Join(err, s.Start(ctx)))
		w.Clock.Set(w.App.Witnesses.Audit.Now().Add(time.Second))
		must(t, errors.Join(s.Take(ctx, job.Job{}), w.App.Verify(ctx)))
	}
	renew := func() {
		t.Helper()
		_, err := s.Renew(ctx, clerk)
		must(t, errors.Join(err, s.Take(ctx, job.Job{}), w.App.Verify(ctx)))
	}
	lose()
	renew()
	lose()
	renew()
}
