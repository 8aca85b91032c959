package notice_test

import (
	"io"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"testing"
)

// catcher is a mail server that keeps what it is sent. It speaks as much SMTP as
// a sender needs.
type catcher struct {
	address string
	mu      sync.Mutex
	caught  []caught
	// busy answers every letter with a temporary failure while it is true.
	busy bool
}

// caught is one letter with its envelope.
type caught struct {
	from, to string
	letter   *mail.Message
	body     string
}

func catchMail(t *testing.T) *catcher {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &catcher{address: l.Addr().String()}
	var talks sync.WaitGroup
	talks.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // closed at the end of the test
			}
			talks.Go(func() { c.talk(conn) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		talks.Wait()
	})
	return c
}

func (c *catcher) talk(conn net.Conn) {
	p := textproto.NewConn(conn)
	defer func() { _ = p.Close() }()
	say := func(s string) { _ = p.PrintfLine("%s", s) }
	say("220 catcher.example ESMTP")
	var got caught
	for {
		line, err := p.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO":
			say("250-catcher.example")
			say("250 8BITMIME")
		case "MAIL":
			got = caught{from: rest}
			say("250 ok")
		case "RCPT":
			got.to = rest
			say("250 ok")
		case "DATA":
			say("354 go on")
			raw, err := io.ReadAll(p.DotReader())
			if err != nil {
				return
			}
			say(c.keep(got, string(raw)))
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// keep returns the answer to a letter.
func (c *catcher) keep(got caught, raw string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy {
		return "451 try again later"
	}
	letter, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		return "554 not a letter"
	}
	body, err := io.ReadAll(letter.Body)
	if err != nil {
		return "554 no body"
	}
	got.letter, got.body = letter, string(body)
	c.caught = append(c.caught, got)
	return "250 caught"
}

func (c *catcher) setBusy(busy bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy = busy
}

// take returns what was caught since the last time.
func (c *catcher) take() []caught {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.caught
	c.caught = nil
	return all
}
