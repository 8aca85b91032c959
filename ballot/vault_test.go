package ballot_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"chibo/ballot"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/id"
)

func keysIn(t *testing.T, dir string) []string {
	t.Helper()
	keys, err := filepath.Glob(filepath.Join(dir, "*.key"))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestKeysAreForTheProgramAlone(t *testing.T) {
	t.Parallel()
	h := newHall(t, dbtest.Open(t, dbtest.SQLite(t)))
	h.open(t, h.yesNo(true, people(5)...))
	other := h.open(t, h.yesNo(true, people(5)...))
	keys := keysIn(t, h.vault)
	if len(keys) != 2 {
		t.Fatalf("keys: %v", keys)
	}
	for name, want := range map[string]os.FileMode{h.vault: 0o700, keys[0]: 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	one, err := os.ReadFile(keys[0])
	two, err2 := os.ReadFile(keys[1])
	if err := errors.Join(err, err2); err != nil || len(one) != 32 || bytes.Equal(one, two) || bytes.Equal(one, make([]byte, 32)) {
		t.Errorf("two polls have the keys %x and %x, %v", one, two, err)
	}
	if tag, err := os.ReadFile(filepath.Join(h.vault, "CACHEDIR.TAG")); err != nil || !bytes.HasPrefix(tag, []byte("Signature: 8a477f597d28d172789f06886806bc55")) {
		t.Errorf("backup programs are not told to stay out: %q, %v", tag, err)
	}
	bad := h.yesNo(true, people(5)...)
	bad.ID = "../" + other.ID
	if err := h.try(func(ctx context.Context, tx *db.Tx) error { return h.Open(ctx, tx, bad) }); err == nil {
		t.Error("an id that leads out of the vault was taken")
	}
}

// TestKeyIsWrittenOver reads the key through a handle from before it was destroyed.
func TestKeyIsWrittenOver(t *testing.T) {
	t.Parallel()
	h := newHall(t, dbtest.Open(t, dbtest.SQLite(t)))
	p := h.open(t, h.yesNo(true, people(5)...))
	f, err := os.Open(keysIn(t, h.vault)[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if _, err := h.close(p); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 32)
	if _, err := f.ReadAt(b, 0); err != nil || !bytes.Equal(b, make([]byte, 32)) {
		t.Errorf("the file of a destroyed key holds %x, %v", b, err)
	}
}

func TestKeyStaysUntilTheCountIsDurable(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		p := h.open(t, h.yesNo(true, people(6)...))
		for _, m := range p.Entitled {
			if err := h.cast(m, p, "aye"); err != nil {
				t.Fatal(err)
			}
		}
		boom := errors.New("boom")
		err := h.try(func(ctx context.Context, tx *db.Tx) error {
			if _, err := h.Close(ctx, tx, p.Root, p.ID); err != nil {
				t.Error(err)
			}
			return boom
		})
		if !errors.Is(err, boom) || len(keysIn(t, h.vault)) != 1 {
			t.Fatalf("%v, keys %v", err, keysIn(t, h.vault))
		}
		if tally, err := h.close(p); err != nil || tally.Votes["aye"] != 6 {
			t.Errorf("after a count that was rolled back: %+v, %v", tally, err)
		}
	})
}

func TestSweepTakesWhatACrashHasLeft(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		running := h.open(t, h.yesNo(true, people(5)...))
		ended := h.open(t, h.yesNo(true, people(5)...))
		if _, err := h.close(ended); err != nil {
			t.Fatal(err)
		}
		file := func(poll string) string { return filepath.Join(h.vault, h.root+"."+poll+".key") }
		opening, never := id.New(), id.New()
		for _, poll := range []string{ended.ID, opening, never} {
			if err := os.WriteFile(file(poll), make([]byte, 32), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		old := time.Now().Add(-2 * time.Hour)
		for _, poll := range []string{running.ID, never} {
			if err := os.Chtimes(file(poll), old, old); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		for poll, stays := range map[string]bool{running.ID: true, opening: true, ended.ID: false, never: false} {
			if _, err := os.Stat(file(poll)); (err == nil) != stays {
				t.Errorf("key of %s stays: want %v, %v", poll, stays, err)
			}
		}
	})
}

// crashed names, to the child of TestCrashLosesNoBallot, the poll it works on.
const crashed = "CHIBO_BALLOT_CRASH"

// TestCrashLosesNoBallot lets another process take ballots and kills it in the middle:
// every ballot that it has acknowledged is counted afterwards.
func TestCrashLosesNoBallot(t *testing.T) {
	t.Parallel()
	if job := os.Getenv(crashed); job != "" {
		takeBallots(t, strings.Split(job, "|"))
		return
	}
	for name, where := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := where(t)
			h := newHall(t, dbtest.Open(t, address))
			p := h.open(t, h.yesNo(true, people(400)...))
			acknowledged := map[string]bool{}
			for _, enough := range []int{5, 60, 180} {
				killAfter(t, enough, []string{address, h.vault, h.root, p.ID}, acknowledged)
			}
			h.Service = serviceOn(t, h.DB, h.vault)
			if err := h.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			tally, err := h.close(p)
			n, _, err2 := h.Voted(t.Context(), h.DB, p.Root, p.ID)
			if err := errors.Join(err, err2); err != nil {
				t.Fatal(err)
			}
			if tally.Cast < len(acknowledged) || tally.Cast != n || tally.Votes["aye"] != tally.Cast || tally.Cast == len(p.Entitled) {
				t.Errorf("%d ballots were acknowledged, %d marked, counted %+v", len(acknowledged), n, tally)
			}
		})
	}
}

// killAfter runs the child until enough ballots are acknowledged, and kills it.
func killAfter(t *testing.T, enough int, job []string, acknowledged map[string]bool) {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestCrashLosesNoBallot$")
	c.Env = append(os.Environ(), crashed+"="+strings.Join(job, "|"))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines, seen := bufio.NewScanner(out), 0
	for lines.Scan() {
		if member, ok := strings.CutPrefix(lines.Text(), "taken "); ok {
			acknowledged[member] = true
			if seen++; seen == enough {
				_ = c.Process.Kill()
			}
		}
	}
	_ = c.Wait() // it was killed
	if seen < enough {
		t.Fatalf("the child has taken %d ballots", seen)
	}
}

// takeBallots is the child: it casts the ballots of all, eight at a time, and says each
// that was taken.
func takeBallots(t *testing.T, job []string) {
	h := hall{Service: serviceOn(t, dbtest.Open(t, job[0]), job[1]), root: job[2]}
	all := people(400)
	next := make(chan string)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for member := range next {
				if err := h.cast(member, ballot.Poll{ID: job[3]}, "aye"); err != nil {
					t.Error(err)
					continue
				}
				fmt.Println("taken " + member)
			}
		})
	}
	for _, member := range all {
		next <- member
	}
	close(next)
	wg.Wait()
}
