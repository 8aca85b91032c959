package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"chibo/app"
	"chibo/bench/load"
	"chibo/bench/ward"
	"chibo/kit/db"
	"chibo/kit/id"
)

// copied loses the whole machine while Litestream copies the database of a program that is written
// to, marks and secret ballots by turns, and looks at what comes back: does it verify, how many
// seconds are missing, and is there anything in it by which ballots could be opened.
func (b *bench) copied(ctx context.Context) ([]goal, error) {
	if b.litestream == "" {
		return nil, errors.New("-litestream names the program: go install github.com/benbjohnson/litestream/cmd/litestream@v0.5.18")
	}
	b.cells = 40
	if err := b.fill(ctx); err != nil {
		return nil, err
	}
	config := fmt.Sprintf("dbs:\n  - path: %s\n    replica:\n      type: file\n      path: %s\n      sync-interval: 1s\n", b.path("data/"+app.DatabaseFile), b.path("replica"))
	if err := os.WriteFile(b.path("litestream.yml"), []byte(config), 0o600); err != nil {
		return nil, err
	}
	p, err := b.program(ctx)
	if err != nil {
		return nil, err
	}
	said, err := os.Create(b.path("litestream.log"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = said.Close() }()
	copying := exec.CommandContext(ctx, b.litestream, "replicate", "-config", b.path("litestream.yml"))
	copying.Stdout, copying.Stderr = said, said
	if err := copying.Start(); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	acknowledged, lost, err := b.loseAll(ctx, p, copying)
	if err != nil {
		return nil, err
	}
	return b.comeBack(ctx, acknowledged, lost)
}

// writing is how many marks and ballots a second are asked for while the copy is made.
const writing = 100

// loseAll writes, then kills both programs at once, as when the machine is lost. It returns when
// each act was acknowledged, by its id, and when the machine was lost.
func (b *bench) loseAll(ctx context.Context, p *server, copying *exec.Cmd) (map[string]time.Time, time.Time, error) {
	var mu sync.Mutex
	sent, acknowledged := map[int64]string{}, map[string]time.Time{}
	l := load.Load{Address: p.address, Process: p.process(), Connections: connections, Rate: writing, For: 30 * time.Second}
	vote := b.vote(p, "")
	l.Request = func(out []byte, n int64) []byte {
		if n%2 == 1 {
			return vote(out, n/2)
		}
		one := id.New()
		mu.Lock()
		sent[n] = one
		mu.Unlock()
		c, who := b.ward.Person(rand.Int64N(int64(len(b.ward.Cells) * ward.People)))
		return post(out, p.address, "/rooms/"+c.Meeting+"/acts", c.Secretary.Cookie, "application/json", act(one, who.Member))
	}
	l.Answered = func(n int64, status int) {
		mu.Lock()
		defer mu.Unlock()
		if one := sent[n]; one != "" && status < 300 {
			acknowledged[one] = time.Now()
		}
	}
	killed := make(chan error, 1)
	var lost time.Time
	go func() {
		time.Sleep(15*time.Second + time.Duration(rand.Int64N(int64(5*time.Second))))
		lost = time.Now()
		err := errors.Join(copying.Process.Signal(syscall.SIGKILL), p.kill())
		_ = copying.Wait() // says that it was killed
		killed <- err
	}()
	_, err := l.Run(ctx)
	return acknowledged, lost, errors.Join(err, <-killed)
}

// comeBack puts the copy back and looks at it.
func (b *bench) comeBack(ctx context.Context, acknowledged map[string]time.Time, lost time.Time) ([]goal, error) {
	if err := os.Mkdir(b.path("again"), 0o700); err != nil {
		return nil, err
	}
	back := b.path("again/" + app.DatabaseFile)
	if out, err := exec.CommandContext(ctx, b.litestream, "restore", "-config", b.path("litestream.yml"), "-o", back, b.path("data/"+app.DatabaseFile)).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("restore: %w: %s", err, out)
	}
	if err := os.CopyFS(b.path("again/files"), os.DirFS(b.path("data/files"))); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	verified, verifying := exec.CommandContext(ctx, filepath.Join(b.programs, "chibo"), "verify", "--data", b.path("again")).CombinedOutput()
	gone, seconds, err := b.gone(ctx, back, acknowledged, lost)
	if err != nil {
		return nil, err
	}
	keys, opened, err := b.keysIn(b.path("replica"), back)
	if err != nil {
		return nil, err
	}
	return []goal{
		{what: "Litestream: what is copied while it is written, put back after the machine is lost", want: "verifies", figure: string(bytes.TrimSpace(verified)), met: verifying == nil},
		{
			what: "Litestream: acknowledged before the machine was lost and not in the copy", want: "the last 2 seconds at most",
			figure: fmt.Sprintf("%d of %d marks, of the last %.1f s, at %d writes a second", gone, len(acknowledged), seconds, writing), met: seconds <= 2 && len(acknowledged) > 0,
		},
		{
			what: "Litestream: keys of running secret polls in its files and in what is put back", want: "none",
			figure: fmt.Sprintf("%d of %d keys; %d files looked through", opened, keys, b.lookedAt), met: opened == 0 && keys > 0,
		},
	}, nil
}

// gone counts the acknowledged acts that did not come back, and from how long before the loss.
func (b *bench) gone(ctx context.Context, back string, acknowledged map[string]time.Time, lost time.Time) (int, float64, error) {
	d, err := db.Open(ctx, back)
	if err != nil {
		return 0, 0, err
	}
	kept, err := acts(ctx, d)
	if err := errors.Join(err, d.Close()); err != nil {
		return 0, 0, err
	}
	there := map[string]bool{}
	for _, one := range kept {
		there[one] = true
	}
	n, most := 0, time.Duration(0)
	for one, at := range acknowledged {
		if !there[one] {
			n, most = n+1, max(most, lost.Sub(at))
		}
	}
	return n, most.Seconds(), nil
}

// keysIn looks for the keys of all running polls, as bytes and as text, in the files of a
// replica and in a database.
func (b *bench) keysIn(dirs ...string) (keys, found int, err error) {
	var forms [][]byte
	names, err := filepath.Glob(filepath.Join(app.VaultIn(b.path("data")), "*.key"))
	if err != nil {
		return 0, 0, err
	}
	for _, name := range names {
		key, err := os.ReadFile(name) // #nosec G304 -- in the vault of the ward that was just filled
		if err != nil {
			return 0, 0, err
		}
		if len(key) == 32 { // of a poll
			keys++
			forms = append(forms, key, []byte(hex.EncodeToString(key)), []byte(base64.StdEncoding.EncodeToString(key)), []byte(base64.RawURLEncoding.EncodeToString(key)))
		}
	}
	for _, dir := range dirs {
		err = errors.Join(err, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path) // #nosec G304 -- below the directory of the run
			b.lookedAt++
			for _, form := range forms {
				if bytes.Contains(text, form) {
					found++
				}
			}
			return err
		}))
	}
	return keys, found, err
}
