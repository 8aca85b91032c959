// Package live keeps pages up to date by server-sent events.
//
// A Hub has one stream for everything that several people watch. The stream waits
// for the word of the bus that something has changed, draws it once, however many
// changes came in a burst, and writes the same bytes to every watcher. Nobody waits
// for a slow watcher: it is dropped, comes back by itself and is given what holds
// then. Nothing is replayed, for an event says how things are and never what has
// happened.
//
// A watcher is a connection taken from the HTTP server and nothing else: no
// goroutine, no buffers, no request. Where the connection cannot be taken (HTTP/2)
// the handler stays and writes with Flush.
package live

import (
	"bytes"
	"context"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"chibo/kit/access"
	"chibo/kit/bus"
	"chibo/kit/fault"
)

// PerPerson is how many streams one person may watch; the oldest gives way.
const PerPerson = 8

// The usual measures of a Hub.
const (
	usualPause = 60 * time.Millisecond
	usualBeat  = 10 * time.Second
	shortPause = 5 * time.Millisecond
	longPause  = time.Second
)

// A stream rests as long as it took to draw and to tell, so that one with many watchers
// takes half a core at most and one with few tells at once. Where many streams change at
// the same time each rests restful times as long for every other, a second at most: what
// is sent in goes before what is shown.
const restful = 3

// The heap is cleared whenever so many watchers have come. What is kept of a watcher is a
// tenth of what its request needed, and stays for an evening: if a thousand come between
// two clearings it lies scattered over all that they needed, none of which can be given back.
const clearEvery = 128

// Every so many beats a stream is drawn anew, for a word of the bus may have been lost,
// and everybody's right is asked for.
const beatsToLook = 2

// Event is what watchers are told: how things are now.
type Event struct {
	// ID tells one state of what is watched from the next; a watcher who has seen it
	// is told nothing when it comes back.
	ID   string
	Name string // of the event
	Data []byte // text; its lines are sent as lines
}

// bytes is the event as it travels.
func (e Event) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("id: " + e.ID + "\nevent: " + e.Name + "\n")
	for line := range bytes.SplitSeq(e.Data, []byte("\n")) {
		b.WriteString("data: ")
		b.Write(line)
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// Source is one thing that is watched.
type Source struct {
	Key   string // what has the same key is drawn once
	Topic string // of the bus
	// Draw reads how things are now.
	Draw func(context.Context) (Event, error)
	// May reads, once for all who watch, who may still watch. A failure says nothing of
	// anybody: the stream of what cannot be read ends by itself.
	May func(context.Context) (func(access.Person) bool, error)
}

// Watcher is one person at one device.
type Watcher struct {
	Person string // whose streams are counted together
	Seen   string // ID of the last event the device has; empty for none
	Who    Known
}

// Known is somebody who is known again while they watch. It must not hold on to a request.
type Known interface {
	// Again says who the person is now.
	Again(ctx context.Context) (access.Person, error)
}

// Hub has the streams of one process.
type Hub struct {
	Bus bus.Bus
	Log *slog.Logger
	// Pause is the longest time between two events of a stream that changes all the
	// time; zero is 60 ms.
	Pause time.Duration
	// Beat is the time between two signs of life; zero is 10 s. A right that has
	// ended is noticed within two beats.
	Beat time.Duration
	// Look is after how long a stream is drawn anew that the bus has not woken: where several
	// programs share a database a word may be lost, and nothing may stand on it. Zero is with
	// every second beat.
	Look time.Duration

	mu      sync.Mutex
	streams map[string]*stream
	people  map[string][]*seat // in the order in which they came
	closed  bool
	work    sync.WaitGroup
	seated  int          // watchers that have ever come
	active  atomic.Int64 // streams that draw, or rest from it
}

// out is the way to a watcher.
type out interface {
	write([]byte) error // returns soon, also when the watcher is slow
	close()
}

// seat is a watcher's place in a stream. seen belongs to the goroutine of the
// stream, the rest does not change.
type seat struct {
	stream *stream
	out    out
	person string
	seen   string
	who    Known
}

// errStops refuses new watchers while the program stops.
var errStops = fault.New(fault.Busy, "fault.busy")

// seat gives a watcher a place.
func (h *Hub) seat(src Source, w Watcher, o out) (*seat, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, errStops
	}
	if h.streams == nil {
		h.streams, h.people = map[string]*stream{}, map[string][]*seat{}
	}
	s := h.streams[src.Key]
	if s == nil {
		s = newStream(h, src)
		h.streams[src.Key] = s
		h.work.Go(s.run)
	}
	p := &seat{stream: s, out: o, person: w.Person, seen: w.Seen, who: w.Who}
	s.seats[p] = struct{}{}
	h.people[w.Person] = append(h.people[w.Person], p)
	if mine := h.people[w.Person]; len(mine) > PerPerson {
		h.leave(mine[0])
	}
	s.fresh = append(s.fresh, p)
	if h.seated++; h.seated%clearEvery == 0 {
		h.work.Go(runtime.GC)
	}
	select {
	case s.came <- struct{}{}:
	default:
	}
	return p, nil
}

// leave takes a watcher's place away; it comes with the lock held.
func (h *Hub) leave(p *seat) {
	s := p.stream
	if _, there := s.seats[p]; !there {
		return
	}
	p.out.close()
	delete(s.seats, p)
	mine := h.people[p.person]
	if mine = slices.DeleteFunc(mine, func(o *seat) bool { return o == p }); len(mine) > 0 {
		h.people[p.person] = mine
	} else {
		delete(h.people, p.person)
	}
	if len(s.seats) == 0 {
		delete(h.streams, s.src.Key)
		s.cancel()
	}
}

// drop takes places away.
func (h *Hub) drop(all ...*seat) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range all {
		h.leave(p)
	}
}

// Watching returns how many watchers there are.
func (h *Hub) Watching() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, s := range h.streams {
		n += len(s.seats)
	}
	return n
}

// Close ends every stream and takes no more watchers; their devices come back.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	for _, s := range h.streams {
		for p := range s.seats {
			h.leave(p)
		}
	}
	h.mu.Unlock()
	h.work.Wait()
}
