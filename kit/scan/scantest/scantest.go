// Package scantest starts a real clamd for tests, which knows one signature: that of the
// harmless file by which scanners are tried (EICAR).
package scantest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"chibo/kit/scan"
)

// EICAR is what every scanner takes for a virus, though it is none. It is put together here, so
// that no scanner takes this source for one.
var EICAR = []byte(`X5O!P%@AP[4\PZX54(P^)7CC)7}$` + strings.ToUpper("eicar-standard-antivirus-test-file") + `!$H+H*`)

// Daemon is a clamd.
type Daemon struct {
	scan.Scanner

	Address string
	Stop    func() // ends it: afterwards nobody listens there
}

// Start starts one for the test, and returns when it listens.
func Start(t testing.TB) Daemon {
	t.Helper()
	dir, err := os.MkdirTemp("", "chibo-clamd-") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	socket := filepath.Join(dir, "s")
	put(t, filepath.Join(dir, "own.ndb"), fmt.Sprintf("Eicar-Test:0:*:%x\n", EICAR))
	config := filepath.Join(dir, "clamd.conf")
	put(t, config, strings.Join([]string{
		"Foreground yes", "DatabaseDirectory " + dir, "TemporaryDirectory " + dir, "LocalSocket " + socket, "StreamMaxLength 12M", "MaxThreads 2", "SelfCheck 0", "",
	}, "\n"))
	program, err := exec.LookPath("clamd")
	if err != nil {
		program = "/usr/sbin/clamd" // not on everybody's path
	}
	// The socket listens before the daemon does, as systemd would have it: whoever asks early
	// waits for its answer, and nobody has to look whether it is there yet.
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: socket, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	handle, err := l.File()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, "sh", "-c", `LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" "$@"`, program, "--config-file="+config) // #nosec G204 -- a program of the system
	cmd.ExtraFiles = []*os.File{handle}
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := errors.Join(cmd.Start(), handle.Close(), l.Close()); err != nil {
		t.Fatal(err)
	}
	stop := sync.OnceFunc(func() { cancel(); _ = cmd.Wait() }) // it was killed
	t.Cleanup(stop)
	s, err := scan.At("unix:" + socket)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Version(t.Context()); err != nil {
		stop()
		t.Fatalf("clamd (make tools installs it): %v: %s", err, said.String())
	}
	return Daemon{s, "unix:" + socket, stop}
}

func put(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
