package live

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
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
	t := taken{conn}
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
type taken struct{ conn net.Conn }

func (t taken) write(text []byte) error {
	if err := t.conn.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	_, err := t.conn.Write(text)
	return err
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
