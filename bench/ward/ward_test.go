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
	a.Found() // until somebody has asked how the directory lay, the file is held as it is
	return w, a.Handler()
}

func ask(t testing.TB, h http.Handler, p ward.Person, method, path, kind, body string) int {
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Cookie", p.Ticket)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
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

// look lets as many people open a page first as there will be asked: who presses a button
// has a page before them, and their session is known.
func look(b *testing.B, h http.Handler, page func(n int64) (ward.Person, string)) {
	b.Helper()
	for n := range int64(b.N) {
		p, path := page(n)
		ask(b, h, p, http.MethodGet, path, "", "")
	}
}

// wardOf is a ward of as many people as will be asked.
func wardOf(b *testing.B) (ward.Ward, http.Handler) {
	b.Helper()
	return open(b, b.N/ward.People+1)
}

// BenchmarkCheckIn lets distinct people check themselves in through the whole program.
func BenchmarkCheckIn(b *testing.B) {
	w, h := wardOf(b)
	door := func(n int64) (ward.Person, string) {
		_, p := w.Person(n)
		return p, "/vao/ten/" + p.Member
	}
	look(b, h, door)
	each(b, func(n int64) {
		p, path := door(n)
		ask(b, h, p, http.MethodPost, path, form, "")
	})
}

// vote casts secret ballots of distinct people through the whole program.
func vote(b *testing.B, poll func(w ward.Ward, c ward.Cell) string) {
	b.Helper()
	w, h := wardOf(b)
	look(b, h, func(n int64) (ward.Person, string) {
		_, p := w.Person(n)
		return p, "/vao"
	})
	each(b, func(n int64) {
		c, p := w.Person(n)
		ask(b, h, p, http.MethodPost, "/ballots/"+poll(w, c), form, aye)
	})
}

// BenchmarkVote casts them in a poll for each cell.
func BenchmarkVote(b *testing.B) { vote(b, func(_ ward.Ward, c ward.Cell) string { return c.Poll }) }

// BenchmarkVoteInOne casts them in one poll for everybody.
func BenchmarkVoteInOne(b *testing.B) {
	vote(b, func(w ward.Ward, _ ward.Cell) string { return w.Poll })
}

// BenchmarkMark marks people present as the secretaries of their cells do, cells in turn.
func BenchmarkMark(b *testing.B) {
	w, h := wardOf(b)
	for _, c := range w.Cells {
		ask(b, h, c.Secretary, http.MethodGet, "/rooms/"+c.Meeting, "", "")
	}
	each(b, func(n int64) {
		c := w.Cells[n%int64(len(w.Cells))]
		p := c.Everybody[n/int64(len(w.Cells))%ward.People]
		body := fmt.Sprintf(`[{"id":"%s","kind":"attendance","at":%d,"body":{"member":"%s","status":"present"}}]`, id.New(), 1, p.Member)
		ask(b, h, c.Secretary, http.MethodPost, "/rooms/"+c.Meeting+"/acts", "application/json", body)
	})
}

// BenchmarkRoom has secretaries open the rooms of their cells.
func BenchmarkRoom(b *testing.B) {
	w, h := open(b, 50)
	each(b, func(n int64) {
		c := w.Cells[n%int64(len(w.Cells))]
		ask(b, h, c.Secretary, http.MethodGet, "/rooms/"+c.Meeting, "", "")
	})
}
