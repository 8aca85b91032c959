package faults

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"
)

// link is a connection to a server that can be cut, reset and made slow.
type link struct {
	to   string
	door net.Listener

	mu    sync.Mutex
	pairs map[*net.TCPConn]*net.TCPConn // by the side of the program
	cut   chan struct{}                 // closed while the link is whole
	delay time.Duration
	mute  bool                  // what is committed gets no answer
	dumb  map[*net.TCPConn]bool // sides of the server whose answers do not come through
}

// newLink returns a link to an address.
func newLink(t *testing.T, to string) *link {
	t.Helper()
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &link{to: to, door: door, pairs: map[*net.TCPConn]*net.TCPConn{}, dumb: map[*net.TCPConn]bool{}, cut: make(chan struct{})}
	close(l.cut)
	go l.serve()
	t.Cleanup(func() { _ = door.Close(); l.reset() })
	return l
}

// through returns a database address that leads through the link.
func (l *link) through(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.Host = l.door.Addr().String()
	return u.String()
}

func (l *link) serve() {
	for {
		here, err := l.door.Accept()
		if err != nil {
			return
		}
		there, err := net.Dial("tcp", l.to)
		if err != nil {
			_ = here.Close()
			continue
		}
		a, b := here.(*net.TCPConn), there.(*net.TCPConn)
		l.mu.Lock()
		l.pairs[a] = b
		l.mu.Unlock()
		go l.carry(a, b)
		go l.carry(b, a)
	}
}

// carry moves bytes one way.
func (l *link) carry(from, to *net.TCPConn) {
	defer func() { _, _ = from.Close(), to.Close() }()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			l.mu.Lock()
			whole, delay := l.cut, l.delay
			if l.mute && bytes.Contains(bytes.ToLower(buffer[:n]), []byte("commit")) {
				l.dumb[to] = true
			}
			dumb := l.dumb[from]
			l.mu.Unlock()
			<-whole
			if dumb {
				continue
			}
			if delay > 0 {
				<-time.After(delay)
			}
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			if err != io.EOF { //nolint:errorlint // the value io asks for
				_ = to.SetLinger(0)
			}
			return
		}
	}
}

// reset ends every connection with a reset, as a firewall does that forgets them.
func (l *link) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for a, b := range l.pairs {
		_, _ = a.SetLinger(0), b.SetLinger(0)
		_, _ = a.Close(), b.Close()
	}
	clear(l.pairs)
	clear(l.dumb)
}

// swallow loses the answers of the server to what is committed in a moment, and then the
// connections: what was asked of it is done.
func (l *link) swallow() {
	quiet := func(mute bool) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.mute = mute
	}
	quiet(true)
	<-time.After(50 * time.Millisecond)
	l.reset()
	quiet(false)
}

// sever lets nothing pass until the returned function is called; connections stand.
func (l *link) sever() (mend func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	whole := make(chan struct{})
	l.cut = whole
	return func() { close(whole) }
}

// slow makes everything late.
func (l *link) slow(by time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.delay = by
}
