package db

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Watch says whether rows may have changed, so that what was read of them can be
// remembered and asked for a thousand times without reading.
type Watch struct {
	of      *watches
	written []string
	changes atomic.Int64
}

// Watch watches tables. A name may go on with the beginning of what an UPDATE sets,
// as in "account_session SET ended_at": then no other writing of the table counts.
func (d *DB) Watch(tables ...string) *Watch {
	w := &Watch{of: &d.watches, written: tables}
	d.watches.mu.Lock()
	defer d.watches.mu.Unlock()
	d.watches.all = append(d.watches.all, w)
	return w
}

// Number returns a number that is another one once rows have changed: at once after a
// transaction of this program, within two seconds after one of another program. What
// is to be remembered must be read after the number that it is remembered with. It is
// not asked for within a transaction: after a pause it waits for the writer.
func (w *Watch) Number() int64 { return w.changes.Load() + w.of.elsewhere() }

// watches are the watches of a database.
type watches struct {
	mu    sync.RWMutex
	all   []*Watch
	clock func() time.Time

	// look asks whether another program has written; nil where that cannot be asked.
	look    func() error
	looking atomic.Bool
	first   sync.Mutex   // held by the first who asks after a pause
	looked  atomic.Int64 // when it was last asked, in Unix nanoseconds
	foreign atomic.Int64 // how often the answer was yes, or came too late to be trusted
}

// How old the last look may be before the next is taken, and before nothing that was
// remembered is trusted any more.
const (
	lookAfter = time.Second
	trusted   = 2 * time.Second
)

// elsewhere is the part of a number that stands for what other programs do. Where
// nobody can be asked, everything may have changed every two seconds.
func (w *watches) elsewhere() int64 {
	now := w.clock()
	if w.look == nil {
		return now.UnixNano() / int64(trusted)
	}
	age := now.UnixNano() - w.looked.Load()
	if age > int64(lookAfter) && age <= int64(trusted) && w.looking.CompareAndSwap(false, true) {
		go func() {
			defer w.looking.Store(false)
			_ = w.look() // a failure leaves the last look to grow old
		}()
	}
	if age > int64(trusted) && !w.lookedAgain() {
		return w.foreign.Add(1)
	}
	return w.foreign.Load()
}

// lookedAgain asks after a pause in which nobody has, so that a quiet minute does not
// make the program forget everybody. It reports whether there is an answer.
func (w *watches) lookedAgain() bool {
	w.first.Lock()
	defer w.first.Unlock()
	fresh := func() bool { return w.clock().UnixNano()-w.looked.Load() <= int64(trusted) }
	return fresh() || w.look() == nil && fresh()
}

// written returns the watches that a statement concerns; one of an unknown kind
// concerns all.
func (w *watches) written(query string) (all []*Watch) {
	verb, rest := word(query)
	switch verb {
	case "SELECT":
		return nil
	case "INSERT", "DELETE":
		_, rest = word(rest) // INTO, FROM
	case "UPDATE":
	default:
		rest = ""
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	for _, one := range w.all {
		if rest == "" || one.concerns(rest) {
			all = append(all, one)
		}
	}
	return all
}

const space = " \t\n"

// word cuts the first word off a text.
func word(s string) (first, rest string) {
	s = strings.TrimLeft(s, space)
	if end := strings.IndexAny(s, space); end >= 0 {
		return s[:end], strings.TrimLeft(s[end:], space)
	}
	return s, ""
}

// concerns reports whether what is written begins with one of the watched names.
func (w *Watch) concerns(what string) bool {
	for _, name := range w.written {
		if rest, ok := strings.CutPrefix(what, name); ok && (rest == "" || strings.IndexByte(space+"(", rest[0]) >= 0) {
			return true
		}
	}
	return false
}

func (w *Watch) changed() { w.changes.Add(1) }

// dataVersion is how SQLite tells a connection whether another has written.
const dataVersion = `PRAGMA data_version`

// look notes, within the transaction of a group, whether another program has written
// since the last look.
func (w *writer) look(ctx context.Context) {
	now := w.watches.clock().UnixNano()
	if now-w.watches.looked.Load() < int64(lookAfter)/2 {
		return
	}
	version, err := One[int64](ctx, w.on, dataVersion)
	if err != nil {
		return // the last look grows old
	}
	if version != w.version {
		w.version = version
		w.watches.foreign.Add(1)
	}
	w.watches.looked.Store(now)
}
