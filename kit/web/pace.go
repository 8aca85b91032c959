package web

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// pace says when what is sent has to be turned away because it would wait too long at
// the pace at which answers are given. A number of requests says little: what a disk
// with a battery does in a moment takes a slow one ten seconds.
type pace struct {
	inside atomic.Int64 // requests that are being answered

	mu    sync.Mutex
	begun time.Time // of the window in which answers are counted
	count int64     // of answers in it
	least int64     // requests inside at least during it
	most  int64     // that may be inside
}

const (
	// patience is how long whoever sends something may wait.
	patience = time.Second
	// paceWindow is how long answers are counted before the pace is known.
	paceWindow = 200 * time.Millisecond
	// fewInside are taken whatever the pace was, and so many must be inside all the
	// time for the answers to be as many as can be given.
	fewInside, fullInside = 256, 64
	// firstMost may be inside before any pace is known.
	firstMost = 2000
)

// enter lets a request in, or turns it away. Who was let in must leave.
func (p *pace) enter() bool {
	if p.inside.Add(1) <= p.limit() {
		return true
	}
	p.inside.Add(-1)
	return false
}

func (p *pace) limit() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.most == 0 {
		p.most = firstMost
	}
	return p.most
}

// leave counts an answer.
func (p *pace) leave(now time.Time) {
	inside := p.inside.Add(-1)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count++
	p.least = min(p.least, inside)
	took := now.Sub(p.begun)
	if took < paceWindow {
		return
	}
	if p.least >= fullInside && took < 10*paceWindow {
		p.most = max(fewInside, p.count*int64(patience)/int64(took))
	}
	p.begun, p.count, p.least = now, 0, inside
}

// Aside takes a request out of those that are being answered while it waits for something that
// has a queue of its own, so that nobody else is turned away for it; back brings it in again.
func Aside(ctx context.Context) (back func()) {
	e, ok := ctx.Value(entryKey{}).(*entry)
	if !ok || e.pace == nil {
		return func() {}
	}
	e.pace.inside.Add(-1)
	return func() { e.pace.inside.Add(1) }
}
