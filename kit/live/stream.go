package live

import (
	"cmp"
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"chibo/kit/bus"
)

// beat is the sign of life: it shows a dead connection, and a device that misses it
// knows that it is cut off.
var beat = []byte("event: beat\ndata: \n\n")

// stream draws one source and writes it to its seats.
type stream struct {
	hub    *Hub
	src    Source
	ctx    context.Context // ends with the last watcher
	cancel context.CancelFunc
	sub    *bus.Subscription
	came   chan struct{}

	// Under the lock of the hub.
	seats map[*seat]struct{}
	fresh []*seat // have been told nothing yet

	active bool // counted in hub.active

	last Event  // what was drawn last
	text []byte // the same as it travels
}

func newStream(h *Hub, src Source) *stream {
	ctx, cancel := context.WithCancel(context.Background())
	return &stream{
		hub: h, src: src, ctx: ctx, cancel: cancel, sub: h.Bus.Subscribe(src.Topic),
		came: make(chan struct{}, 1), seats: map[*seat]struct{}{},
	}
}

// run goes on while anybody watches.
func (s *stream) run() {
	defer s.sub.Close()
	pause := cmp.Or(s.hub.Pause, usualPause)
	beats := time.NewTicker(cmp.Or(s.hub.Beat, usualBeat))
	defer beats.Stop()
	beaten := 0
	defer s.rested()
	for begun := time.Now(); s.draws(); begun = time.Now() {
		rest := time.NewTimer(s.rest(pause, time.Since(begun)))
		look := s.look()
		changed := (<-chan struct{})(nil)
	idle:
		for {
			select {
			case <-s.ctx.Done():
				rest.Stop()
				return
			case <-rest.C:
				s.rested()
				changed = s.sub.Changed // what came meanwhile is one change
			case _, open := <-changed:
				if !open {
					s.hub.end(s) // the bus is closed
					return
				}
				break idle
			case <-look:
				break idle
			case <-s.came:
				s.tell(s.takeFresh())
			case <-beats.C:
				s.write(s.all(), beat)
				if beaten++; beaten%beatsToLook == 0 {
					s.hub.work.Go(s.check)
					break idle
				}
			}
		}
	}
}

// look says when to draw without a word of the bus; never where that is left to the beats.
func (s *stream) look() <-chan time.Time {
	if s.hub.Look == 0 {
		return nil
	}
	return time.After(s.hub.Look)
}

// draws is draw, and counts the stream among those that are active.
func (s *stream) draws() bool {
	if !s.active {
		s.active = true
		s.hub.active.Add(1)
	}
	return s.draw()
}

// rested takes the stream from among those that are active.
func (s *stream) rested() {
	if s.active {
		s.active = false
		s.hub.active.Add(-1)
	}
}

// rest is how long to rest after a draw that took so long.
func (s *stream) rest(pause, took time.Duration) time.Duration {
	others := time.Duration(s.hub.active.Load() - 1)
	return max(min(pause, max(shortPause, took)), min(longPause, restful*took*others))
}

// draw tells everybody how things are now. After a failure the devices are let go:
// they come back, and until then they show that they know nothing.
func (s *stream) draw() bool {
	e, err := s.read()
	if err != nil {
		if s.ctx.Err() == nil {
			s.hub.Log.ErrorContext(s.ctx, "live: what is watched cannot be read", "error", err)
		}
		s.hub.end(s)
		return false
	}
	if s.text == nil || e.ID != s.last.ID {
		s.last, s.text = e, e.bytes()
	}
	s.tell(s.all())
	return true
}

// read reads how things are, in a goroutine of its own: to ask the database takes a deep
// stack, and that of the stream would stay as deep while it waits for an evening. A panic there is
// an error like any other: nothing else would keep it from ending the program.
func (s *stream) read() (e Event, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
		}()
		e, err = s.src.Draw(s.ctx)
	}()
	<-done
	return e, err
}

// tell writes the last event to those who have not seen it.
func (s *stream) tell(seats []*seat) {
	behind := seats[:0]
	for _, p := range seats {
		if p.seen != s.last.ID {
			p.seen = s.last.ID
			behind = append(behind, p)
		}
	}
	s.write(behind, s.text)
}

// write drops whoever does not take it.
func (s *stream) write(seats []*seat, text []byte) {
	var lost []*seat
	for _, p := range seats {
		if p.out.write(text) != nil {
			lost = append(lost, p)
		}
	}
	if lost != nil {
		s.hub.drop(lost...)
	}
}

// check drops whoever may no longer watch. A panic is told and ends nothing, as in read: it is
// asked again with the next beats.
func (s *stream) check() {
	defer func() {
		if p := recover(); p != nil {
			s.hub.Log.ErrorContext(s.ctx, "live: who may watch cannot be asked", "error", fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	may, err := s.src.May(s.ctx)
	if err != nil {
		return
	}
	var lost []*seat
	for _, p := range s.all() {
		who, err := p.who.Again(s.ctx)
		if err == nil && !may(who) && s.ctx.Err() == nil {
			lost = append(lost, p)
		}
	}
	s.hub.drop(lost...)
}

func (s *stream) all() []*seat {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	all := make([]*seat, 0, len(s.seats))
	for p := range s.seats {
		all = append(all, p)
	}
	return all
}

func (s *stream) takeFresh() []*seat {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	fresh := s.fresh
	s.fresh = nil
	return fresh
}

// end takes every place of a stream away.
func (h *Hub) end(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for p := range s.seats {
		h.leave(p)
	}
}
