// Package faults breaks what the program stands on, in the middle of its work: the process,
// the database server, the connection, the disk, the power. Whatever was acknowledged must be
// there afterwards, once and under its number. Each way of looking is also shown a program
// that acknowledges too early, and must find it out.
package faults

import (
	"flag"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chibo/e2e/program"
	"chibo/kit/id"
)

// times makes every run so many times as large, for figures by hand.
var times = flag.Int("times", 1, "how many times as large each run is")

// writers is how many people send acts at once.
const writers = 8

// load are writers who send acts to one meeting, and what they were told.
type load struct {
	t       *testing.T
	meeting string
	places  []place // writers are spread over them

	careless bool // what has no answer is sent again as something new

	mu           sync.Mutex
	acknowledged map[string]int64
	unknown      atomic.Int64 // answers that never came
	deeds        atomic.Int64
	refused      atomic.Int64
}

// place is a node with the session of a writer.
type place struct {
	url    string
	client *http.Client
}

func newLoad(t *testing.T, meeting string, places ...place) *load {
	t.Helper()
	return &load{t: t, meeting: meeting, places: places, acknowledged: map[string]int64{}}
}

func (l *load) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.acknowledged)
}

// under lets the writers write, has fault happen in the middle, and returns when enough more
// was acknowledged after it. An act whose answer did not come is sent again under its id, as
// a phone does.
func (l *load) under(enough int, fault func()) {
	l.t.Helper()
	enough *= *times
	done := make(chan struct{})
	var work sync.WaitGroup
	for n := range writers {
		work.Go(func() { l.write(n, done) })
	}
	l.await(l.count() + enough/2)
	fault()
	l.await(l.count() + enough/2)
	close(done)
	work.Wait()
}

// await returns when so many acts are acknowledged.
func (l *load) await(want int) {
	l.t.Helper()
	end := time.After(2 * time.Minute)
	for l.count() < want && !l.t.Failed() {
		select {
		case <-end:
			l.t.Fatalf("only %d of %d acts were acknowledged in two minutes", l.count(), want)
		default:
			l.pause()
		}
	}
}

// pause leaves the processor to the writers for a moment.
func (l *load) pause() { <-time.After(2 * time.Millisecond) }

// write sends one act after the other until done.
func (l *load) write(writer int, done <-chan struct{}) {
	at := l.places[writer%len(l.places)]
	for {
		a := program.Guest(l.meeting, "Khách "+strconv.FormatInt(l.deeds.Add(1), 10))
		for !l.send(at, a) {
			if l.careless {
				a.ID = id.New()
			}
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond): // as a phone waits before it sends again
			}
		}
		select {
		case <-done:
			return
		default:
		}
	}
}

// send sends an act and reports whether an answer came.
func (l *load) send(at place, a program.Act) bool {
	answers, err := program.Send(at.client, at.url, l.meeting, a)
	if err != nil {
		l.unknown.Add(1)
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, one := range answers {
		if one.Error != nil {
			l.refused.Add(1)
			l.t.Errorf("refused: %+v", *one.Error)
			continue
		}
		l.acknowledged[one.ID] = one.Seq
	}
	return true
}

// lost compares what was acknowledged with what stands in the log: acts that are missing or
// bear another number, and gaps in the numbers.
func (l *load) lost(log []program.Act) (lost []string) {
	stored, said := map[string]int64{}, map[string]string{}
	for n, a := range log {
		if body := string(a.Body); strings.Contains(body, `"Khách `) {
			if other, twice := said[body]; twice {
				lost = append(lost, fmt.Sprintf("acts %s and %s are the same deed", other, a.ID))
			}
			said[body] = a.ID
		}
		if a.Seq != int64(n+1) {
			lost = append(lost, fmt.Sprintf("number %d stands at place %d", a.Seq, n+1))
		}
		if _, twice := stored[a.ID]; twice {
			lost = append(lost, fmt.Sprintf("act %s stands there twice", a.ID))
		}
		stored[a.ID] = a.Seq
	}
	for one, seq := range l.acknowledged {
		if stored[one] != seq {
			lost = append(lost, fmt.Sprintf("act %s was acknowledged as %d and is stored as %d", one, seq, stored[one]))
		}
	}
	return lost
}

// holds fails unless all that was acknowledged is there.
func (l *load) holds(fault string, log []program.Act) {
	l.t.Helper()
	for _, one := range l.lost(log) {
		l.t.Error(one)
	}
	l.t.Logf("%s: %d acknowledged, 0 lost, %d without an answer", fault, len(l.acknowledged), l.unknown.Load())
}
