// Package posttest is a mail server for tests, which keeps what it is sent.
package posttest

import (
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"testing"
)

// Catcher is a mail server that keeps what it is sent. It speaks as much SMTP as
// a sender needs.
type Catcher struct {
	// Server is its address as post.Office wants it.
	Server string
	mu     sync.Mutex
	caught []Letter
	// busy answers every letter with a temporary failure while it is true.
	busy bool
}

// Letter is one letter with its envelope.
type Letter struct {
	From, To, Subject, Text string
}

// Catch starts a server that ends with the test.
func Catch(t *testing.T) *Catcher {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &Catcher{Server: "smtp+plain://" + l.Addr().String()}
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

func (c *Catcher) talk(conn net.Conn) {
	p := textproto.NewConn(conn)
	defer func() { _ = p.Close() }()
	say := func(s string) { _ = p.PrintfLine("%s", s) }
	say("220 catcher.example ESMTP")
	var got Letter
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
			got = Letter{From: rest}
			say("250 ok")
		case "RCPT":
			got.To = rest
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
func (c *Catcher) keep(got Letter, raw string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy {
		return "451 try again later"
	}
	if err := got.read(raw); err != nil {
		return "554 " + err.Error()
	}
	c.caught = append(c.caught, got)
	return "250 caught"
}

// read takes subject and text out of a letter as it came over the wire.
func (l *Letter) read(raw string) error {
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		return err
	}
	if l.Subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		return err
	}
	body := m.Body
	if m.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	l.Text = string(text)
	return err
}

// SetBusy lets it answer every letter with a temporary failure.
func (c *Catcher) SetBusy(busy bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy = busy
}

// Take returns what was caught since the last time.
func (c *Catcher) Take() []Letter {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.caught
	c.caught = nil
	return all
}
