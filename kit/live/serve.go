package live

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"
)

// patience is how long one write may block before the watcher counts as slow. Only
// a connection that is stuck blocks: an event is far smaller than what the kernel
// holds for each.
const patience = 50 * time.Millisecond

// Serve makes whoever asks a watcher of src. The headers that stand in w go before
// the stream. It returns at once where the connection can be taken over, otherwise
// when the stream ends.
func (h *Hub) Serve(w http.ResponseWriter, r *http.Request, src Source, who Watcher) error {
	head := w.Header()
	head.Set("Content-Type", "text/event-stream; charset=utf-8")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Accel-Buffering", "no") // nginx must not collect
	who.Seen = r.Header.Get("Last-Event-ID")
	control := http.NewResponseController(w)
	conn, _, err := control.Hijack()
	if errors.Is(err, http.ErrNotSupported) {
		return h.stay(w, r, control, src, who)
	}
	if err != nil {
		return fmt.Errorf("live: %w", err)
	}
	t := take(conn)
	if err := t.write(greeting(head)); err != nil {
		t.close()
		return nil //nolint:nilerr // gone before the first word: nobody is left to tell
	}
	if _, err := h.seat(src, who, t); err != nil {
		t.close() // the program stops: the device comes back
	}
	return nil
}

// greeting is the head of the answer on a connection taken over; the stream ends
// with the connection.
func greeting(head http.Header) []byte {
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 200 OK\r\nConnection: close\r\n")
	_ = head.Write(&b) // a buffer takes everything
	b.WriteString("\r\n")
	return b.Bytes()
}

// taken is a connection taken over from the server.
type taken struct {
	conn net.Conn
	raw  syscall.RawConn // nil where there is none, as on a connection that encrypts
}

func take(conn net.Conn) taken {
	t := taken{conn: conn}
	if own, ok := conn.(syscall.Conn); ok {
		t.raw, _ = own.SyscallConn() // without it, the connection is written to as any other
	}
	return t
}

// write waits only for what the kernel does not take at once: a deadline is a timer, and to
// move a thousand of them took a tenth of what it costs to tell a thousand screens.
func (t taken) write(text []byte) error {
	if t.raw != nil {
		text = text[takenNow(t.raw, text):]
	}
	if len(text) == 0 {
		return nil
	}
	if err := t.conn.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if _, err := t.conn.Write(text); err != nil {
		return err
	}
	return t.conn.SetWriteDeadline(time.Time{})
}

func (t taken) close() { _ = t.conn.Close() } // it may be lost already

// stay writes from within the handler.
func (h *Hub) stay(w http.ResponseWriter, r *http.Request, control *http.ResponseController, src Source, who Watcher) error {
	k := &kept{texts: make(chan []byte, 16), end: make(chan struct{})}
	p, err := h.seat(src, who, k)
	if err != nil {
		return err
	}
	defer h.drop(p)
	for {
		select {
		case <-r.Context().Done():
			return nil
		case <-k.end:
			return nil
		case text := <-k.texts:
			_ = control.SetWriteDeadline(time.Now().Add(usualBeat)) // where there is none, Write returns by itself
			if _, err := w.Write(text); err != nil {
				return nil //nolint:nilerr // the watcher has gone
			}
			if err := control.Flush(); err != nil {
				return fmt.Errorf("live: %w", err)
			}
		}
	}
}

// kept is a connection that the server keeps.
type kept struct {
	texts chan []byte
	end   chan struct{}
}

var errSlow = errors.New("live: a slow watcher")

func (k *kept) write(text []byte) error {
	select {
	case k.texts <- text:
		return nil
	default:
		return errSlow
	}
}

func (k *kept) close() { close(k.end) }
