package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"chibo/kit/access"
)

// TestWhatWouldWaitTooLongIsTurnedAway answers so many requests a second, always with
// more asking, and counts how many are let in.
func TestWhatWouldWaitTooLongIsTurnedAway(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name            string
		perSecond, want int
	}{
		{"a quick machine", 8000, 8000},
		{"a slow one", 600, 600},
		{"one that hardly moves", 10, fewInside},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var p pace
			now := time.UnixMilli(1_700_000_000_000)
			inside := 0
			for range 4*tt.perSecond + 4000 {
				for inside < 20_000 && p.enter() {
					inside++
				}
				now = now.Add(time.Second / time.Duration(tt.perSecond))
				p.leave(now)
				inside--
			}
			if inside < tt.want*9/10 || inside > tt.want*11/10 {
				t.Errorf("%d inside, want %d", inside, tt.want)
			}
		})
	}
}

// TestAFewAreAlwaysLetIn asks one by one, slowly, for a long time, and then many at once.
func TestAFewAreAlwaysLetIn(t *testing.T) {
	t.Parallel()
	var p pace
	now := time.UnixMilli(1_700_000_000_000)
	for range 100 {
		if !p.enter() {
			t.Fatal("turned away alone")
		}
		now = now.Add(time.Second)
		p.leave(now)
	}
	for n := range firstMost {
		if !p.enter() {
			t.Fatalf("turned away after %d", n)
		}
	}
}

// TestWhoWaitsAsideTurnsNobodyAway lets more wait for something with a queue of its own than may be
// inside: others are answered meanwhile. Where they wait among the others, these are turned away.
func TestWhoWaitsAsideTurnsNobodyAway(t *testing.T) {
	t.Parallel()
	for aside, want := range map[bool]int{true: http.StatusOK, false: http.StatusServiceUnavailable} {
		turn := make(chan struct{})
		var there, work sync.WaitGroup
		wait := func(c *Ctx) error {
			if aside {
				defer Aside(c.Context())()
			}
			there.Done()
			<-turn
			return c.Page(Page{Bare: true})
		}
		s := &Server{
			Routes: []Route{{Pattern: "POST /wait", Need: access.Public, Do: wait}, {Pattern: "POST /x", Need: access.Public, Do: func(c *Ctx) error { return c.Page(Page{Bare: true}) }}},
			Nav:    func(*Ctx) Nav { return Nav{} }, Log: slog.New(slog.DiscardHandler),
			Identify: func(*http.Request) (access.Person, error) { return access.Person{}, nil },
		}
		h := s.Handler()
		ask := func(path string) int {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, nil))
			return w.Code
		}
		for range firstMost {
			there.Add(1)
			work.Go(func() { ask("/wait") })
		}
		there.Wait()
		if got := ask("/x"); got != want {
			t.Errorf("while %d wait, aside %v: %d", firstMost, aside, got)
		}
		close(turn)
		work.Wait()
		if got := ask("/x"); got != http.StatusOK {
			t.Errorf("afterwards, aside %v: %d", aside, got)
		}
	}
}
