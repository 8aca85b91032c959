package main

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"chibo/app"
	"chibo/app/world"
	"chibo/app/world/worldtest"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"chibo": main}) }

// TestCommands runs the scripts of testdata: the program as the shell sees it.
func TestCommands(t *testing.T) { scripts(t, "testdata") }

// TestServing runs those of a program that serves and is told to end: these are raced.
func TestServing(t *testing.T) { scripts(t, "testdata/serving") }

// scripts runs all scripts of a directory.
func scripts(t *testing.T, dir string) {
	t.Helper()
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			for _, name := range []string{"ADDRESS", "OTHER"} {
				address, err := freeAddress()
				if err != nil {
					return err
				}
				e.Setenv(name, address)
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"ward": ward, "tamper": tamper, "answers": answers, "status": status, "damage": damage,
		},
	})
}

// freeAddress returns an address on which nobody listens.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// ward DIR fills a small ward into a data directory and names its cell in the
// environment (CELL).
func ward(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o700))
	clock := &world.Clock{}
	cfg := app.Config{Database: filepath.Join(dir, app.DatabaseFile), Data: dir, Now: clock.Now, Log: slog.New(slog.DiscardHandler)}
	a, err := app.Open(context.Background(), cfg)
	ts.Check(err)
	facts, err := world.Fill(context.Background(), a, clock, world.Size{Cells: 1, People: 12, Months: 2, Seed: 3}, worldtest.Now)
	ts.Check(err)
	ts.Check(a.Close())
	ts.Setenv("CELL", facts.Meetings[0].Organization)
}

// status N exec chibo ARGS… runs the program, which must end with the exit status N.
func status(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[2], args[3:]...)
	ended, ok := errors.AsType[*exec.ExitError](err)
	if !ok || strconv.Itoa(ended.ExitCode()) != args[0] {
		ts.Fatalf("ended with %v, want exit status %s", err, args[0])
	}
}

// tamper DIR SQL… changes the database behind the program's back, as somebody who
// has the file can, with the guards of the tables out of the way.
func tamper(ts *testscript.TestScript, _ bool, args []string) {
	d, err := sql.Open("sqlite", ts.MkAbs(filepath.Join(args[0], app.DatabaseFile)))
	ts.Check(err)
	for _, statement := range args[1:] {
		_, err := d.ExecContext(context.Background(), statement)
		ts.Check(err)
	}
	ts.Check(d.Close())
}

// damage DIR writes over a part of the database, as a dying disk does.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(filepath.Join(args[0], app.DatabaseFile))
	b, err := os.ReadFile(path)
	ts.Check(err)
	for i := len(b) / 2; i < len(b)/2+100*4096; i++ {
		b[i] = 0xA5
	}
	ts.Check(os.WriteFile(path, b, 0o600))
}

// answers URL TEXT waits until a server answers with the text.
func answers(ts *testscript.TestScript, _ bool, args []string) {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		if body, err := get(args[0]); err == nil && strings.Contains(body, args[1]) {
			return
		}
		<-time.After(20 * time.Millisecond)
	}
	ts.Fatalf("%s does not answer with %q", args[0], args[1])
}

func get(url string) (string, error) {
	r, err := http.Get(url)
	if err != nil {
		return "", err
	}
	defer func() { _ = r.Body.Close() }()
	b, err := io.ReadAll(r.Body)
	return string(b), err
}
