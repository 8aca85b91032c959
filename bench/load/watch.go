package load

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Watch is many who watch a stream of server-sent events.
type Watch struct {
	Address string
	// Request appends the request of watcher n to b.
	Request func(b []byte, n int) []byte
	// Mark stands before the number in the line of an event that tells which update it
	// shows. Numbers go up; an event that shows number 7 shows all before it too.
	Mark     string
	Watchers int
	Process  int // id of the server's process
}

// Watching are watchers that listen.
type Watching struct {
	Watch
	watchers []*watcher
	work     sync.WaitGroup
	sent     []atomic.Int64 // when update n was sent, in nanoseconds; 0: not
}

// watcher is one of them.
type watcher struct {
	conn      net.Conn
	mu        sync.Mutex
	last      int64 // number that it was told last
	events    int
	latencies []time.Duration
}

// mostUpdates is how many updates can be told apart.
const mostUpdates = 1 << 20

// Listen lets all watchers listen and returns when each has been told how things are.
func (w Watch) Listen(ctx context.Context) (*Watching, error) {
	l := &Watching{Watch: w, sent: make([]atomic.Int64, mostUpdates)}
	var there sync.WaitGroup
	for n := range w.Watchers {
		c, err := new(net.Dialer).DialContext(ctx, "tcp", w.Address)
		if err != nil {
			l.Close()
			return nil, err
		}
		one := &watcher{conn: c}
		l.watchers = append(l.watchers, one)
		if _, err := c.Write(w.Request(nil, n)); err != nil {
			l.Close()
			return nil, err
		}
		there.Add(1)
		l.work.Go(func() { l.listen(one, sync.OnceFunc(there.Done)) })
	}
	told := make(chan struct{})
	go func() { there.Wait(); close(told) }()
	select {
	case <-told:
		return l, nil
	case <-time.After(30 * time.Second):
		l.Close()
		return nil, fmt.Errorf("not all of %d watchers were told anything", w.Watchers)
	}
}

// listen reads events until the connection ends.
func (l *Watching) listen(w *watcher, told func()) {
	defer told()
	in := bufio.NewReaderSize(w.conn, 4<<10)
	mark := []byte(l.Mark)
	for {
		line, err := in.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull { //nolint:errorlint // the reader returns it as it is
			return
		}
		if line[0] == ':' {
			told() // a greeting
		}
		_, rest, found := bytes.Cut(line, mark)
		if !found {
			continue
		}
		now := time.Now().UnixNano()
		w.hear(l, leading(rest), now)
		told()
	}
}

// hear notes that the watcher has been told update n, and with it those before.
func (w *watcher) hear(l *Watching, n, now int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.events++
	for ; w.last < n; w.last++ {
		if at := l.at(w.last + 1); at != 0 {
			w.latencies = append(w.latencies, time.Duration(now-at))
		}
	}
}

// Last returns the highest number that anybody was told.
func (l *Watching) Last() (last int64) {
	for _, w := range l.watchers {
		w.mu.Lock()
		last = max(last, w.last)
		w.mu.Unlock()
	}
	return last
}

// leading reads the number that a text begins with.
func leading(b []byte) (n int64) {
	for _, c := range b {
		if c < '0' || c > '9' {
			break
		}
		n = 10*n + int64(c-'0')
	}
	return n
}

func (l *Watching) at(n int64) int64 {
	if n >= mostUpdates {
		return 0
	}
	return l.sent[n].Load()
}

// Close ends all watchers.
func (l *Watching) Close() {
	for _, w := range l.watchers {
		_ = w.conn.Close()
	}
	l.work.Wait()
}

// Told is what came of updates.
type Told struct {
	Updates, Deliveries int
	P50, P99, Max       time.Duration // from the sending of an update to the event that shows it
	CPU                 time.Duration // of the server
	Others              float64
}

// PerCPU returns how many events were delivered for a second of the server's processor.
func (t Told) PerCPU() float64 { return float64(t.Deliveries) / t.CPU.Seconds() }

// String is what came of it in one line.
func (t Told) String() string {
	return fmt.Sprintf("%d updates, %d deliveries, %.0f per CPU second, p50 %.1f, p99 %.1f, max %.1f ms, others %.2f cores",
		t.Updates, t.Deliveries, t.PerCPU(), ms(t.P50), ms(t.P99), ms(t.Max), t.Others)
}

// Update sends updates one after the other, rate a second or as fast as they are
// answered when it is 0, and waits a moment for the last to be told. The request of the
// n-th brings about the event with number first+n.
func (l *Watching) Update(ctx context.Context, first int64, rate float64, d time.Duration, request func(b []byte, n int64) []byte) (Told, error) {
	c, err := new(net.Dialer).DialContext(ctx, "tcp", l.Address)
	if err != nil {
		return Told{}, err
	}
	defer func() { _ = c.Close() }()
	in := bufio.NewReader(c)
	l.Gather() // what came before is not counted
	before, start := take(l.Process), time.Now()
	n := int64(0)
	for ; time.Since(start) < d; n++ {
		if rate > 0 {
			time.Sleep(time.Until(start.Add(time.Duration(float64(n) / rate * float64(time.Second)))))
		}
		l.sent[first+n].Store(time.Now().UnixNano())
		if _, err := c.Write(request(nil, n)); err != nil {
			return Told{}, err
		}
		status, err := answer(in)
		if err != nil {
			return Told{}, err
		}
		if status >= 400 {
			return Told{}, fmt.Errorf("update %d was answered %d", n, status)
		}
	}
	time.Sleep(300 * time.Millisecond)
	t := l.Gather()
	t.Updates = int(n)
	t.CPU, t.Others = take(l.Process).since(before)
	return t, nil
}

// Gather takes what the watchers have been told since it was last asked.
func (l *Watching) Gather() Told {
	var t Told
	var all []time.Duration
	for _, w := range l.watchers {
		w.mu.Lock()
		all = append(all, w.latencies...)
		t.Deliveries += w.events
		w.latencies, w.events = nil, 0
		w.mu.Unlock()
	}
	slices.Sort(all)
	t.P50, t.P99, t.Max = Quantile(all, 0.5), Quantile(all, 0.99), Quantile(all, 1)
	return t
}
