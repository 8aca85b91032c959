package listen_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"chibo/kit/listen"
)

// TestSlowCrowdLeavesOthersAlone lets three hundred clients of one address begin requests
// that they never end. What is beyond the limit is closed; a client of another address is
// served, and those that have gone make room.
func TestSlowCrowdLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	const most, crowd = 100, 300
	l, err := listen.Open(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "here") })}
	go func() { _ = server.Serve(listen.PerAddress(l, most)) }()
	t.Cleanup(func() { _ = server.Close() })

	var slow []net.Conn
	for range crowd {
		c := dial(t, "127.0.0.2", l.Addr().String())
		_, _ = io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ") // one that is beyond the limit may be closed already
		slow = append(slow, c)
	}
	// Connections are accepted in the order in which they came: once this one is answered
	// all before it have been counted.
	ask(t, dial(t, "127.0.0.1", l.Addr().String()))
	open := 0
	for _, c := range slow {
		if !closed(c) {
			open++
		}
	}
	if open != most {
		t.Errorf("%d of one address are open, want %d", open, most)
	}
	for _, c := range slow {
		_ = c.Close()
	}
	for { // the server notices in its own time that they have gone
		c := dial(t, "127.0.0.2", l.Addr().String())
		if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err == nil {
			if n, _ := c.Read(make([]byte, 1)); n == 1 {
				return
			}
		}
	}
}

// dial connects from one of the addresses of this machine.
func dial(t *testing.T, from, to string) net.Conn {
	t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	c, err := d.DialContext(t.Context(), "tcp", to)
	if err != nil {
		t.Skipf("this machine has no address %s: %v", from, err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func ask(t *testing.T, c net.Conn) {
	t.Helper()
	if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Read(make([]byte, 1)); err != nil {
		t.Fatalf("not served: %v", err)
	}
}

// closed reports whether the other side has closed a connection on which it says nothing.
func closed(c net.Conn) bool {
	_ = c.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
	_, err := c.Read(make([]byte, 1))
	var timeout net.Error
	return err != nil && (!errors.As(err, &timeout) || !timeout.Timeout())
}

// TestTell: what the service manager is told arrives; without one nothing is said.
func TestTell(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notify")
	l, err := new(net.ListenConfig).ListenPacket(t.Context(), "unixgram", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	if err := listen.Tell(context.Background(), listen.Ready); err != nil {
		t.Error(err)
	}
	t.Setenv("NOTIFY_SOCKET", path)
	if err := listen.Tell(t.Context(), listen.Stopping); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 64)
	if n, _, err := l.ReadFrom(b); err != nil || string(b[:n]) != "STOPPING=1" {
		t.Errorf("%q, %v", b[:n], err)
	}
}
