package main

import (
	"net/http"
	"sync"
)

// hub hands each event to all streams, by net/http and one channel a stream.
type hub struct {
	mu      sync.Mutex
	streams map[chan []byte]bool
}

func (h *hub) send(event []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.streams {
		select {
		case s <- event:
		default: // a slow stream misses it
		}
	}
}

func (h *hub) add(s chan []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.streams == nil {
		h.streams = map[chan []byte]bool{}
	}
	h.streams[s] = true
}

func (h *hub) remove(s chan []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.streams, s)
}

func (h *hub) stream(w http.ResponseWriter, r *http.Request) {
	events := make(chan []byte, 64)
	h.add(events)
	defer h.remove(events)
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	event := []byte(": hello\n\n")
	for {
		if _, err := w.Write(event); err != nil || out.Flush() != nil {
			return
		}
		select {
		case event = <-events:
		case <-r.Context().Done():
			return
		}
	}
}
