// Package load asks a server on this machine thousands of things a second and says
// what came of it.
//
// It writes HTTP/1.1 straight to kept connections, for on a machine of two cores
// net/http's client would take as much of the processor as the server that is to be
// measured. Requests are sent either as fast as answers come (a closed loop), or at a
// rate (an open loop): then each is due at its moment whatever became of the others,
// and its latency counts from that moment, so that a server that stands still cannot
// hide it.
package load

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Load is what is asked of a server.
type Load struct {
	Address string // host:port
	// Request appends request n, counted from 0, to b.
	Request func(b []byte, n int64) []byte
	// Answered is told the status of each answer, from many goroutines; may be nil.
	Answered    func(n int64, status int)
	Connections int
	Rate        float64       // requests a second with random gaps; 0 is a closed loop
	Most        int64         // requests; 0 for no bound
	For         time.Duration // how long; what was begun is finished
	Process     int           // id of the server's process
}

// Result is what came of it. Only answers below 400 count as done.
type Result struct {
	Took          time.Duration
	Done          int
	Statuses      map[int]int
	Broken        int           // connections that broke
	P50, P99, Max time.Duration // of those done
	CPU           time.Duration // of the server
	Others        float64       // cores that neither the server nor the load had
}

// PerSecond returns how many were done a second.
func (r Result) PerSecond() float64 { return float64(r.Done) / r.Took.Seconds() }

// PerCPU returns how many were done for a second of the server's processor.
func (r Result) PerCPU() float64 { return float64(r.Done) / r.CPU.Seconds() }

// String is the result in one line.
func (r Result) String() string {
	return fmt.Sprintf("%d done in %.1f s: %.0f/s, %.0f per CPU second, p50 %.2f ms, p99 %.2f ms, max %.0f ms, statuses %v, broken %d, others %.2f cores",
		r.Done, r.Took.Seconds(), r.PerSecond(), r.PerCPU(), ms(r.P50), ms(r.P99), ms(r.Max), r.Statuses, r.Broken, r.Others)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// Run loads the server and returns what came of it. It fails where not one
// connection can be made.
func (l Load) Run(ctx context.Context) (Result, error) {
	workers := make([]*worker, l.Connections)
	for i := range workers {
		c, err := net.DialTimeout("tcp", l.Address, 5*time.Second)
		if err != nil {
			return Result{}, err
		}
		defer func() { _ = c.Close() }()
		workers[i] = &worker{conn: c, in: bufio.NewReaderSize(c, 16<<10), statuses: map[int]int{}}
	}
	clock := &clock{rate: l.Rate, start: time.Now(), most: l.Most}
	clock.end = clock.start.Add(l.For)
	before := take(l.Process)
	var wg sync.WaitGroup
	for _, w := range workers {
		wg.Go(func() { w.run(ctx, l, clock) })
	}
	wg.Wait()
	r := gather(workers)
	r.Took = time.Since(clock.start)
	r.CPU, r.Others = take(l.Process).since(before)
	return r, nil
}

func gather(workers []*worker) Result {
	r := Result{Statuses: map[int]int{}}
	var all []time.Duration
	for _, w := range workers {
		all = append(all, w.latencies...)
		r.Broken += w.broken
		for status, n := range w.statuses {
			r.Statuses[status] += n
		}
	}
	slices.Sort(all)
	r.Done = len(all)
	r.P50, r.P99, r.Max = Quantile(all, 0.5), Quantile(all, 0.99), Quantile(all, 1)
	return r
}

// Quantile returns the q-th part of sorted durations, 0 of none.
func Quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

// clock says which request is next and when it is due.
type clock struct {
	rate       float64
	start, end time.Time
	most       int64
	next       atomic.Int64
	mu         sync.Mutex
	at         time.Duration // of the last due request, from the start
}

// take returns the next request and when it was due; false when there are no more.
func (c *clock) take() (n int64, due time.Time, more bool) {
	n = c.next.Add(1) - 1
	due = time.Now()
	if c.rate > 0 {
		c.mu.Lock()
		c.at += time.Duration(rand.ExpFloat64() / c.rate * float64(time.Second))
		due = c.start.Add(c.at)
		c.mu.Unlock()
	}
	if c.most > 0 && n >= c.most || due.After(c.end) {
		return 0, due, false
	}
	time.Sleep(time.Until(due))
	return n, due, true
}

// worker is one connection.
type worker struct {
	conn      net.Conn
	in        *bufio.Reader
	latencies []time.Duration
	statuses  map[int]int
	broken    int
}

func (w *worker) run(ctx context.Context, l Load, c *clock) {
	var b []byte
	for ctx.Err() == nil {
		n, due, more := c.take()
		if !more {
			return
		}
		b = l.Request(b[:0], n)
		if _, err := w.conn.Write(b); err != nil {
			w.broken++
			return
		}
		status, err := answer(w.in)
		if err != nil {
			w.broken++
			return
		}
		w.statuses[status]++
		if status < 400 {
			w.latencies = append(w.latencies, time.Since(due))
		}
		if l.Answered != nil {
			l.Answered(n, status)
		}
	}
}

var errAnswer = errors.New("the answer cannot be read")

// answer reads one answer to its end and returns its status.
func answer(in *bufio.Reader) (status int, err error) {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 {
		return 0, errAnswer
	}
	status = int(line[9]-'0')*100 + int(line[10]-'0')*10 + int(line[11]-'0')
	length, chunked := 0, false
	for {
		line, err = in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		switch line[0] {
		case 'C':
			if v, ok := strings.CutPrefix(string(line), "Content-Length: "); ok {
				_, err = fmt.Sscan(v, &length)
			}
		case 'T':
			chunked = strings.HasPrefix(string(line), "Transfer-Encoding: chunked")
		}
		if err != nil {
			return 0, errAnswer
		}
	}
	if chunked {
		return status, skipChunks(in)
	}
	_, err = in.Discard(length)
	return status, err
}

func skipChunks(in *bufio.Reader) error {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		var size int
		if _, err := fmt.Sscanf(line, "%x", &size); err != nil {
			return errAnswer
		}
		if _, err := in.Discard(size + 2); err != nil || size == 0 {
			return err
		}
	}
}
