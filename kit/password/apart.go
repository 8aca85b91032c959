package password

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// rest is how long processes wait for the next task before they end, and give their memory
// back.
const rest = time.Minute

// Apart has everything computed from now on by processes of a command that calls Serve, one
// for each task that is done at the same time; the first starts with the first task. What
// they cannot do is done here, and log is told why. end ends those that rest.
func Apart(log *slog.Logger, command string, args ...string) (end func()) {
	a := &apart{command: command, args: args, log: log}
	a.rest = time.AfterFunc(rest, a.end)
	elsewhere.Store(a)
	return func() {
		elsewhere.CompareAndSwap(a, nil)
		a.rest.Stop()
		a.end()
	}
}

// apart are the processes that compute. Nil has none.
type apart struct {
	command string
	args    []string
	log     *slog.Logger
	rest    *time.Timer // since the last task

	mu   sync.Mutex
	idle []*process
}

var errNobody = errors.New("password: no process computes")

// do has a process do a task. One that fails is not asked again.
func (a *apart) do(t task) (done, error) {
	if a == nil {
		return done{}, errNobody
	}
	a.rest.Reset(rest)
	p, err := a.take()
	if err != nil {
		a.log.Warn("no process for passwords can be started, so that they are computed beside the pages", "error", err)
		return done{}, err
	}
	d, err := p.do(t)
	if err != nil {
		a.log.Warn("the process for passwords does not answer; another one is started", "error", errors.Join(err, p.end()))
		return d, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.idle = append(a.idle, p)
	return d, nil
}

// take returns a process that rests, or a new one.
func (a *apart) take() (*process, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	last := len(a.idle) - 1
	if last < 0 {
		return start(a.command, a.args)
	}
	p := a.idle[last]
	a.idle = a.idle[:last]
	return p, nil
}

// end ends the processes that rest.
func (a *apart) end() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, p := range a.idle {
		if err := p.end(); err != nil {
			a.log.Warn("a process for passwords did not end well", "error", err)
		}
	}
	a.idle = nil
}

// process computes: a task is written to it, and what came of it is read.
type process struct {
	cmd  *exec.Cmd
	in   io.Closer
	ask  *json.Encoder
	hear *json.Decoder
}

// start starts a process, which ends when this one does: nobody holds the other end of its
// pipe then.
func start(command string, args []string) (*process, error) {
	cmd := exec.Command(command, args...) // #nosec G204 -- what Apart was given: the program itself
	cmd.Env = []string{}                  // the settings of the program are none of its business
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &process{cmd: cmd, in: in, ask: json.NewEncoder(in), hear: json.NewDecoder(out)}, cmd.Start()
}

func (p *process) do(t task) (d done, err error) {
	if err := p.ask.Encode(t); err != nil {
		return d, err
	}
	return d, p.hear.Decode(&d)
}

// end lets the process end, and waits for it.
func (p *process) end() error {
	return errors.Join(p.in.Close(), p.cmd.Wait())
}

// Serve does the tasks that are read from in and writes what came of them to out, until in
// ends. The machine gives its thread only what nobody else needs.
func Serve(in io.Reader, out io.Writer) error {
	runtime.LockOSThread() // and never unlocked: a thread that was lowered ends with its goroutine
	if err := yield(); err != nil {
		slog.Warn("passwords are computed at the priority of the pages", "error", err)
	}
	ask, tell := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var t task
		if err := ask.Decode(&t); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("password: %w", err)
		}
		if err := tell.Encode(t.do()); err != nil {
			return fmt.Errorf("password: %w", err)
		}
	}
}
