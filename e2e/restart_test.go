package e2e

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"chibo/e2e/program"
)

// TestRestartRefusesNobody restarts the program twice on a socket that outlives it, as a
// service manager does, while writers append and a page is kept up to date: no request is
// refused, no act that was acknowledged is lost, and the stream comes back.
func TestRestartRefusesNobody(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p, demo := program.StartDemo(t, "--cells", "2", "--members", "24", "--data", data)
	name, password := demo.Account(t, "secretary")
	meeting := demo.Meeting(t, "open")
	p.Stop()

	s := openSocket(t)
	first := s.serve(t, data)
	client := program.SignIn(t, s.url, name, password)
	client.Transport = program.FromHere{By: &http.Transport{DisableKeepAlives: true}} // an idle connection may end with the program; a new one must not be refused
	stream := watch(t, client, s.url, meeting)

	var acknowledged sync.Map
	end := make(chan struct{})
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() { appendUntil(t, client, s.url, meeting, w, &acknowledged, end) })
	}
	enough := func(more int) { await(t, func() bool { return length(&acknowledged) >= more }) }
	enough(40)
	stop(t, first)
	if _, err := stream.ReadString(0); err == nil {
		t.Error("the stream of the first program goes on")
	}
	second := s.serve(t, data)
	enough(length(&acknowledged) + 40)
	stop(t, second)
	third := s.serve(t, data)
	enough(length(&acknowledged) + 40)
	watch(t, client, s.url, meeting)
	close(end)
	writers.Wait()

	stored := map[string]bool{}
	for _, a := range program.ReadLog(t, client, s.url, meeting) {
		stored[a.ID] = true
	}
	acknowledged.Range(func(one, _ any) bool {
		if !stored[one.(string)] {
			t.Errorf("act %s was acknowledged and is not there", one)
		}
		return true
	})
	stop(t, third)
}

// socket is an address that stays open while programs come and go.
type socket struct {
	file *os.File
	url  string
}

func openSocket(t *testing.T) socket {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f, err := l.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	s := socket{f, "http://" + l.Addr().String()}
	_ = l.Close() // the file keeps it open
	t.Cleanup(func() { _ = f.Close() })
	return s
}

// serve starts the program on the socket. The shell tells it its own number, as a service
// manager would.
func (s socket) serve(t *testing.T, data string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("sh", "-c", `LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" serve --quiet --data "$1"`, program.Path(t), data)
	cmd.ExtraFiles = []*os.File{s.file}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd
}

// stop asks a program to end and waits until it has.
func stop(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v", err)
	}
}

// appendUntil appends acts one after the other; every one must be taken.
func appendUntil(t *testing.T, client *http.Client, base, meeting string, writer int, acknowledged *sync.Map, end <-chan struct{}) {
	for n := 0; ; n++ {
		select {
		case <-end:
			return
		default:
		}
		act := program.Guest(meeting, fmt.Sprintf("Khách %d-%d", writer, n))
		answers, err := program.Send(client, base, meeting, act)
		if err != nil { // an idle connection may end just as a request enters it: devices send again at once
			answers, err = program.Send(client, base, meeting, act)
		}
		if err != nil {
			t.Errorf("refused: %v", err)
			return
		}
		for _, a := range answers {
			if a.Error != nil {
				t.Errorf("refused: %+v", *a.Error)
				return
			}
			acknowledged.Store(a.ID, true)
		}
	}
}

func length(m *sync.Map) (n int) {
	m.Range(func(any, any) bool { n++; return true })
	return n
}

// watch begins to watch a room and returns its stream once something has been told.
func watch(t *testing.T, client *http.Client, base, meeting string) *bufio.Reader {
	t.Helper()
	streaming := &http.Client{Jar: client.Jar} // without an end
	ask, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/rooms/"+meeting+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("Accept", "text/event-stream")
	r, err := streaming.Do(ask)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Body.Close() })
	b := bufio.NewReader(r.Body)
	line, err := b.ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "id: ") {
		t.Fatalf("the stream begins with %.60q, %v", line, err)
	}
	return b
}

// await waits until something holds, a minute at most.
func await(t *testing.T, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(time.Minute); !holds(); <-tick.C {
		if time.Now().After(end) {
			t.Fatal("it does not come to that")
		}
	}
}
