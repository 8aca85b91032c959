package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// server is a process that is asked.
type server struct {
	address string
	ready   time.Duration // from its start to its first answer
	cmd     *exec.Cmd
}

func (s *server) process() int { return s.cmd.Process.Pid }

// program starts the program on the ward.
func (b *bench) program(ctx context.Context) (*server, error) { return b.serve(ctx, "data") }

// inTurn gives the anchor and the program, both running, to a part of the bench that asks them
// in turn.
func (b *bench) inTurn(part func(ctx context.Context, a, p *server) ([]goal, error)) func(ctx context.Context) ([]goal, error) {
	return func(ctx context.Context) ([]goal, error) {
		a, err := b.anchor(ctx)
		if err != nil {
			return nil, err
		}
		defer func() { _ = a.stop() }()
		p, err := b.program(ctx)
		if err != nil {
			return nil, err
		}
		defer func() { _ = p.stop() }()
		return part(ctx, a, p)
	}
}

// serve starts the program on a data directory. Its log goes to a file, as it would.
func (b *bench) serve(ctx context.Context, data string, more ...string) (*server, error) {
	address, err := free(ctx)
	if err != nil {
		return nil, err
	}
	all := []string{"serve", "--data", b.path(data), "--listen", address, "--per-address", "0"} // all come from here
	return b.start(ctx, address, "chibo", append(all, more...)...)
}

func (b *bench) anchor(ctx context.Context, more ...string) (*server, error) {
	address, err := free(ctx)
	if err != nil {
		return nil, err
	}
	return b.start(ctx, address, "anchor", append(more, "-db", b.path("anchor.db"), "-listen", address)...)
}

// free returns an address that nobody listens on.
func free(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func (b *bench) start(ctx context.Context, address, name string, args ...string) (*server, error) {
	out, err := os.OpenFile(b.path(name+".log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() { _ = out.Close() }() // the child has its own
	s := &server{address: address, cmd: exec.CommandContext(ctx, filepath.Join(b.programs, name), args...)}
	s.cmd.Stderr = out
	begin := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	client := http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for time.Since(begin) < 20*time.Second {
		r, err := client.Get("http://" + address + "/healthz")
		if err == nil && r.Body.Close() == nil && r.StatusCode == http.StatusOK {
			s.ready = time.Since(begin)
			return s, nil
		}
		time.Sleep(time.Millisecond)
	}
	said, err := os.ReadFile(out.Name())
	return nil, errors.Join(fmt.Errorf("%s does not answer; it said %s", name, said[max(0, len(said)-1000):]), err, s.kill())
}

// kill ends the process as a power cut would.
func (s *server) kill() error {
	if err := s.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		return err
	}
	_ = s.cmd.Wait() // says that it was killed
	return nil
}

// stop ends the process as an operator would.
func (s *server) stop() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	_ = s.cmd.Wait() // the anchor does not catch the signal
	return nil
}
