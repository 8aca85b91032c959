package ward_test

import (
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"chibo/app"
	"chibo/bench/ward"
	"chibo/kit/id"
)

const form = "application/x-www-form-urlencoded"

var aye = url.Values{"step": {"cast"}, "choice": {"001"}}.Encode()

// open fills a ward and puts the whole program before it.
func open(t testing.TB, cells int) (ward.Ward, http.Handler) {
	t.Helper()
	dir := t.TempDir()
	w, err := ward.Fill(t.Context(), dir, cells)
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), app.Config{
		Database: filepath.Join(dir, app.DatabaseFile), Data: dir, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return w, a.Handler()
}

func ask(t testing.TB, h http.Handler, p ward.Person, method, path, kind, body string) int {
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Cookie", p.Ticket)
	r.Header.Set("Content-Type", kind)
	out := httptest.NewRecorder()
	h.ServeHTTP(out, r)
	if out.Code >= 400 {
		t.Errorf("%s %s: %d %.300s", method, path, out.Code, out.Body.String())
	}
	return out.Code
}

// TestEverybodyIsSignedInAndMayVote asks the program as the people of a ward.
func TestEverybodyIsSignedInAndMayVote(t *testing.T) {
	t.Parallel()
	w, h := open(t, 3)
	for n := range int64(3 * ward.People) {
		c, p := w.Person(n)
		for _, poll := range []string{c.Poll, w.Poll} {
			ask(t, h, p, http.MethodPost, "/ballots/"+poll, form, aye)
		}
	}
	for n := range int64(3 * ward.People) {
		_, p := w.Person(n)
		ask(t, h, p, http.MethodPost, "/vao/ten/"+p.Member, form, "")
	}
	if code := ask(t, h, w.Watcher(7), http.MethodGet, "/screens/"+w.Cells[2].Meeting, "", ""); code != http.StatusOK {
		t.Errorf("who may watch every meeting is answered %d", code)
	}
	for _, c := range w.Cells {
		ask(t, h, c.Secretary, http.MethodGet, "/rooms/"+c.Meeting, "", "")
	}
}

// profile is -cpuprofile without the filling of the ward.
var profile = flag.String("profile", "", "file for the profile of what a benchmark measures")

// each runs do as 64 phones would, and reports the time of the processor, which busy
// neighbours do not change.
func each(b *testing.B, do func(n int64)) {
	var n atomic.Int64
	b.SetParallelism(32)
	b.ReportAllocs()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			b.Fatal(err)
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			b.Fatal(err)
		}
		defer pprof.StopCPUProfile()
	}
	before := spent(b)
	b.ResetTimer()
	defer func() { b.ReportMetric(float64((spent(b)-before).Microseconds())/float64(b.N), "cpu-µs/op") }()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			do(n.Add(1) - 1)
		}
	})
}

// spent returns the time that the processor has given to this process.
func spent(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// look lets people open the page that leads to the door: who presses a button has a page
// before them, and their session is known.
func look(b *testing.B, w ward.Ward, h http.Handler) {
	b.Helper()
	for n := range min(int64(b.N), int64(len(w.Cells))*ward.People) {
		_, p := w.Person(n)
		ask(b, h, p, http.MethodGet, "/vao", "", "")
	}
}

// BenchmarkCheckIn lets distinct people check themselves in through the whole program.
func BenchmarkCheckIn(b *testing.B) {
	w, h := open(b, 500)
	look(b, w, h)
	each(b, func(n int64) {
		_, p := w.Person(n)
		ask(b, h, p, http.MethodPost, "/vao/ten/"+p.Member, form, "")
	})
}

// BenchmarkVote casts secret ballots of distinct people through the whole program.
// It runs for as long as there are people: -benchtime=20000x.
func BenchmarkVote(b *testing.B) {
	w, h := open(b, 500)
	look(b, w, h)
	each(b, func(n int64) {
		c, p := w.Person(n)
		ask(b, h, p, http.MethodPost, "/ballots/"+c.Poll, form, aye)
	})
}

// BenchmarkVoteInOne is BenchmarkVote with one poll for everybody.
func BenchmarkVoteInOne(b *testing.B) {
	w, h := open(b, 500)
	look(b, w, h)
	each(b, func(n int64) {
		_, p := w.Person(n)
		ask(b, h, p, http.MethodPost, "/ballots/"+w.Poll, form, aye)
	})
}

// BenchmarkMark marks people present as the secretaries of their cells do.
func BenchmarkMark(b *testing.B) {
	w, h := open(b, 500)
	each(b, func(n int64) {
		c, p := w.Person(n)
		body := fmt.Sprintf(`[{"id":"%s","kind":"attendance","at":%d,"body":{"member":"%s","status":"present"}}]`, id.New(), 1, p.Member)
		ask(b, h, c.Secretary, http.MethodPost, "/rooms/"+c.Meeting+"/acts", "application/json", body)
	})
}
