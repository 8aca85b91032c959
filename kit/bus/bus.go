// Package bus says that something has changed, and nothing else.
//
// Whoever has committed a change publishes its topic; whoever shows it has
// subscribed and reads again from the database. The bus holds no copy of
// anything: a word that is lost costs a moment and never a fact, so nothing here
// is kept, confirmed or sent twice. Words that come faster than they are read
// become one.
//
// There are three makes: channels in one process, PostgreSQL's LISTEN and NOTIFY
// where several processes share a database, and NATS where there is one. After a
// lost connection every subscriber is woken, for nobody knows what was missed.
package bus

import "sync"

// Bus carries topics such as "room/ROOT/MEETING" from those who change to those who
// show.
type Bus interface {
	// Publish says that topic has changed. It is called after the commit, returns at
	// once and cannot fail.
	Publish(topic string)
	// Subscribe returns a subscription to one topic.
	Subscribe(topic string) *Subscription
	// Close ends every subscription.
	Close() error
}

// Subscription wakes one reader of a topic.
type Subscription struct {
	// Changed has a value when the topic may have changed since the last value was
	// taken. It is closed when the subscription or the bus ends.
	Changed <-chan struct{}

	desk    *desk
	topic   string
	changed chan struct{}
}

// Close ends the subscription. It may be called twice.
func (s *Subscription) Close() { s.desk.remove(s) }

// desk hands topics to the subscribers of this process.
type desk struct {
	mu     sync.Mutex
	topics map[string]map[*Subscription]struct{}
	closed bool
}

func newDesk() *desk { return &desk{topics: map[string]map[*Subscription]struct{}{}} }

// Subscribe returns a subscription to one topic.
func (d *desk) Subscribe(topic string) *Subscription {
	changed := make(chan struct{}, 1)
	s := &Subscription{Changed: changed, changed: changed, desk: d, topic: topic}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		close(changed)
		return s
	}
	if d.topics[topic] == nil {
		d.topics[topic] = map[*Subscription]struct{}{}
	}
	d.topics[topic][s] = struct{}{}
	return s
}

func (d *desk) remove(s *Subscription) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, there := d.topics[s.topic][s]; !there {
		return
	}
	delete(d.topics[s.topic], s)
	if len(d.topics[s.topic]) == 0 {
		delete(d.topics, s.topic)
	}
	close(s.changed)
}

// wake tells the subscribers of a topic.
func (d *desk) wake(topic string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for s := range d.topics[topic] {
		s.wake()
	}
}

// wakeAll tells every subscriber.
func (d *desk) wakeAll() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, all := range d.topics {
		for s := range all {
			s.wake()
		}
	}
}

// wake comes with the lock of the desk held, so that the channel is open.
func (s *Subscription) wake() {
	select {
	case s.changed <- struct{}{}:
	default: // a word waits already
	}
}

func (d *desk) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, all := range d.topics {
		for s := range all {
			close(s.changed)
		}
	}
	d.topics, d.closed = map[string]map[*Subscription]struct{}{}, true
}

// Local is a bus within one process.
type Local struct{ *desk }

// NewLocal returns a bus within one process.
func NewLocal() Local { return Local{newDesk()} }

// Publish says that topic has changed.
func (l Local) Publish(topic string) { l.wake(topic) }

// Close ends every subscription.
func (l Local) Close() error {
	l.close()
	return nil
}
