// Package program runs the real binary for tests that stand outside of it.
package program

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "chibo-e2e-")
	if err != nil {
		return "", err
	}
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("find the sources: %w", err)
	}
	script := filepath.Join(strings.TrimSpace(string(root)), "scripts", "build")
	if out, err := exec.Command(script, dir+string(filepath.Separator)).CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return filepath.Join(dir, "chibo"), nil
})

// Path builds the binary once, as it is handed out, and returns where it is.
func Path(t testing.TB) string {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Demo is the first line of chibo demo.
type Demo struct {
	URL      string `json:"url"`
	Accounts []struct {
		Name, Password, Role, Organization string
		FullName                           string `json:"full_name"`
	} `json:"accounts"`
	Meetings []struct {
		ID, State, Organization string
	} `json:"meetings"`
}

// Account returns the sign-in name and password of the first account with role.
func (d Demo) Account(t testing.TB, role string) (name, password string) {
	t.Helper()
	for _, a := range d.Accounts {
		if a.Role == role {
			return a.Name, a.Password
		}
	}
	t.Fatalf("the demo has no %s", role)
	return "", ""
}

// FullName returns the name by which papers know the first account with role.
func (d Demo) FullName(t testing.TB, role string) string {
	t.Helper()
	for _, a := range d.Accounts {
		if a.Role == role {
			return a.FullName
		}
	}
	t.Fatalf("the demo has no %s", role)
	return ""
}

// Meeting returns the id of the first meeting in state.
func (d Demo) Meeting(t testing.TB, state string) string {
	t.Helper()
	for _, m := range d.Meetings {
		if m.State == state {
			return m.ID
		}
	}
	t.Fatalf("the demo has no meeting that is %s", state)
	return ""
}

// Process is a running program.
type Process struct {
	t    testing.TB
	args []string
	cmd  *exec.Cmd
	log  *bytes.Buffer
	URL  string
}

// StartDemo starts chibo demo with more arguments and returns what its first line
// says.
func StartDemo(t testing.TB, args ...string) (*Process, Demo) {
	t.Helper()
	p, out := start(t, append([]string{"demo", "--listen", "127.0.0.1:0"}, args...)...)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("first line: %v\n%s", err, p.log)
	}
	var d Demo
	if err := json.Unmarshal([]byte(line), &d); err != nil {
		t.Fatalf("first line %q: %v", line, err)
	}
	p.URL = d.URL
	return p, d
}

// StartServe starts chibo serve on the data directory and waits until it answers.
func StartServe(t testing.TB, data string, args ...string) *Process {
	t.Helper()
	address := freeAddress(t)
	p, _ := start(t, append([]string{"serve", "--listen", address, "--data", data}, args...)...)
	p.URL = "http://" + address
	p.await()
	return p
}

// Again starts a program that has ended once more, at the same address and on the
// same data.
func (p *Process) Again() {
	p.t.Helper()
	again, _ := start(p.t, p.args...)
	p.cmd, p.log = again.cmd, again.log
	p.await()
}

// await waits until the program answers.
func (p *Process) await() {
	p.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; {
		r, err := http.Get(p.URL + "/healthz")
		if err == nil {
			_ = r.Body.Close()
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("the program does not answer: %v\n%s", err, p.log)
		}
		// The port answers or refuses at once; a refused try is worth no wait of note.
		waitForPort(strings.TrimPrefix(p.URL, "http://"))
	}
}

func waitForPort(address string) {
	c, err := net.DialTimeout("tcp", address, 50*time.Millisecond)
	if err == nil {
		_ = c.Close()
	}
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func start(t testing.TB, args ...string) (*Process, io.Reader) {
	t.Helper()
	cmd := exec.Command(Path(t), args...)
	p := &Process{t: t, args: args, cmd: cmd, log: &bytes.Buffer{}}
	cmd.Stderr = p.log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	return p, out
}

// Kill ends the program as a power switch would, as far as a process can: kill -9.
func (p *Process) Kill() {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Kill() // it may be gone already
		_ = p.cmd.Wait()
	}
}

// Signal sends the program a signal.
func (p *Process) Signal(s os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// Stop asks the program to end and fails unless it ends well.
func (p *Process) Stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Fatalf("the program ended with %v\n%s", err, p.log)
	}
}

// Run runs a command of the program to its end and returns what it printed.
func Run(t testing.TB, args ...string) (out string, err error) {
	t.Helper()
	b, err := exec.Command(Path(t), args...).CombinedOutput()
	return string(b), err
}

// SignIn returns a client with the session of a person.
func SignIn(t testing.TB, base, name, password string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Transport: FromHere{http.DefaultTransport}, Jar: jar, Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := c.PostForm(base+"/sign-in", url.Values{"name": {name}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	if r.StatusCode != http.StatusSeeOther {
		b, _ := io.ReadAll(io.LimitReader(r.Body, 2000))
		t.Fatalf("sign-in of %s: %s\n%s", name, r.Status, strings.TrimSpace(string(b)))
	}
	return c
}

// FromHere says of every request that a page of the program has made it, as browsers do.
type FromHere struct{ By http.RoundTripper }

// RoundTrip asks.
func (h FromHere) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return h.By.RoundTrip(r)
}
