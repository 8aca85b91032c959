package live_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"chibo/kit/access"
	"chibo/kit/bus"
	"chibo/kit/live"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// house is a hub behind a real server, showing one number.
type house struct {
	hub     *live.Hub
	bus     bus.Local
	server  *httptest.Server
	client  *http.Client
	shown   atomic.Int64 // what is watched
	drawn   atomic.Int64 // how often it was drawn
	weight  int          // bytes of each event besides
	allowed atomic.Bool
	asked   atomic.Int64 // how often it was asked who may watch
	mute    atomic.Bool  // that cannot be asked
}

// broken is a number that nobody can draw.
const broken = -1

// build opens the house; plain wraps the writer so that the connection cannot be
// taken over.
func build(t *testing.T, plain bool) *house {
	t.Helper()
	h := &house{bus: bus.NewLocal()}
	h.allowed.Store(true)
	h.hub = &live.Hub{Bus: h.bus, Log: slog.New(slog.DiscardHandler), Pause: 10 * time.Millisecond, Beat: 20 * time.Millisecond}
	h.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if plain {
			w = flushOnly{w, w.(http.Flusher)}
		}
		src := live.Source{Key: "number", Topic: "number", Draw: func(context.Context) (live.Event, error) {
			h.drawn.Add(1)
			n := h.shown.Load()
			if n == broken {
				panic("a page that cannot be drawn")
			}
			return live.Event{ID: fmt.Sprint(n), Name: "state", Data: []byte(fmt.Sprint("n=", n, "\n", strings.Repeat("x", h.weight)))}, nil
		}, May: func(context.Context) (func(access.Person) bool, error) {
			h.asked.Add(1)
			if h.mute.Load() {
				panic("a rule that cannot be asked")
			}
			return func(access.Person) bool { return h.allowed.Load() }, nil
		}}
		who := live.Watcher{Person: r.URL.Query().Get("who"), Who: anybody{}}
		if err := h.hub.Serve(w, r, src, who); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	}))
	h.client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	t.Cleanup(func() {
		h.hub.Close()
		h.server.Close()
		h.client.CloseIdleConnections()
	})
	return h
}

// anybody is whoever watches.
type anybody struct{}

func (anybody) Again(context.Context) (access.Person, error) { return access.Person{}, nil }

type flushOnly struct {
	http.ResponseWriter
	http.Flusher
}

// set changes the number.
func (h *house) set(n int64) {
	h.shown.Store(n)
	h.bus.Publish("number")
}

// watcher reads a stream.
type watcher struct {
	t      *testing.T
	answer *http.Response
	lines  *bufio.Scanner
}

func (h *house) watch(t *testing.T, who, seen string) *watcher {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.server.URL+"?who="+who, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	if seen != "" {
		r.Header.Set("Last-Event-ID", seen)
	}
	answer, err := h.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 64<<20)
	return &watcher{t, answer, lines}
}

// next returns the number of the next event, "beat" for a sign of life and "" at the
// end of the stream.
func (w *watcher) next() string {
	name := ""
	for w.lines.Scan() {
		line := w.lines.Text()
		if rest, ok := strings.CutPrefix(line, "event: "); ok {
			name = rest
		}
		if rest, ok := strings.CutPrefix(line, "data: n="); ok {
			return rest
		}
		if line == "" && name == "beat" {
			return name
		}
	}
	return ""
}

// until reads on to a number.
func (w *watcher) until(want string) {
	w.t.Helper()
	for got := w.next(); got != want; got = w.next() {
		if got == "" && want != "" {
			w.t.Fatalf("the stream ended before %q", want)
		}
	}
}

func both(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	for name, plain := range map[string]bool{"taken over": false, "flushed": true} {
		t.Run(name, func(t *testing.T) { f(t, build(t, plain)) })
	}
}

func TestEverybodyIsToldTheSame(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		a, b := h.watch(t, "a", ""), h.watch(t, "b", "")
		if kind := a.answer.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/event-stream") {
			t.Errorf("a stream of %q", kind)
		}
		a.until("0")
		b.until("0")
		h.set(7)
		a.until("7")
		b.until("7")
	})
}

func TestABurstIsDrawnOnce(t *testing.T) {
	h := build(t, false)
	w := h.watch(t, "a", "")
	w.until("0")
	before := h.drawn.Load()
	for n := range int64(5000) {
		h.set(n + 1)
	}
	w.until("5000")
	if n := h.drawn.Load() - before; n > 100 {
		t.Errorf("5,000 changes were drawn %d times", n)
	}
}

func TestWhoHasSeenItIsToldNothing(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		h.shown.Store(3)
		if got := h.watch(t, "a", "3").next(); got != "beat" {
			t.Errorf("told %q again", got)
		}
		if got := h.watch(t, "b", "2").next(); got != "3" && got != "beat" {
			t.Errorf("was told %q", got)
		}
	})
}

func TestALostWordIsMadeUpFor(t *testing.T) {
	h := build(t, false)
	w := h.watch(t, "a", "")
	w.until("0")
	h.shown.Store(9) // without a word on the bus
	w.until("9")
}

// TestALostWordIsMadeUpForBeforeTheBeats where programs share a database.
func TestALostWordIsMadeUpForBeforeTheBeats(t *testing.T) {
	h := build(t, false)
	h.hub.Beat, h.hub.Look = time.Hour, 20*time.Millisecond
	w := h.watch(t, "a", "")
	w.until("0")
	h.shown.Store(9) // without a word on the bus
	w.until("9")
}

func TestARightThatHasEndedEndsTheStream(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		w := h.watch(t, "a", "")
		w.until("0")
		h.allowed.Store(false)
		w.until("")
		if n := h.hub.Watching(); n != 0 {
			t.Errorf("%d still watch", n)
		}
	})
}

// TestAPanicEndsOneStream and neither the program nor what is watched after it.
func TestAPanicEndsOneStream(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		w := h.watch(t, "a", "")
		w.until("0")
		h.set(broken)
		w.until("")
		h.set(4)
		h.watch(t, "a", "").until("4")
	})
}

// TestAPanicOverWhoMayWatch ends nothing: it is asked again.
func TestAPanicOverWhoMayWatch(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		w := h.watch(t, "a", "")
		w.until("0")
		h.mute.Store(true)
		for before := h.asked.Load(); h.asked.Load() < before+2; {
			runtime.Gosched()
		}
		h.set(4)
		w.until("4")
		h.allowed.Store(false)
		h.mute.Store(false)
		w.until("")
	})
}

func TestTheOldestGivesWay(t *testing.T) {
	h := build(t, false)
	first := h.watch(t, "a", "")
	first.until("0")
	other := h.watch(t, "b", "")
	for range live.PerPerson {
		h.watch(t, "a", "").until("0")
	}
	first.until("")
	h.set(1)
	other.until("1")
	if n := h.hub.Watching(); n != live.PerPerson+1 {
		t.Errorf("%d watch", n)
	}
}

// TestNobodyWaitsForTheSlow has one watcher who reads nothing while much is told.
func TestNobodyWaitsForTheSlow(t *testing.T) {
	h := build(t, false)
	h.weight = 4 << 20
	slow, quick := h.watch(t, "slow", ""), h.watch(t, "quick", "")
	for n := int64(1); h.hub.Watching() > 1; n++ {
		if n > 500 {
			t.Fatal("who reads nothing is still waited for")
		}
		h.set(n)
		quick.until(fmt.Sprint(n))
	}
	_ = slow
	h.set(1000)
	quick.until("1000")
}

func TestTheEndOfTheProgramEndsTheStreams(t *testing.T) {
	both(t, func(t *testing.T, h *house) {
		w := h.watch(t, "a", "")
		w.until("0")
		h.hub.Close()
		w.until("")
		if got := h.watch(t, "a", "").next(); got != "" {
			t.Errorf("after the end somebody was told %q", got)
		}
	})
}
