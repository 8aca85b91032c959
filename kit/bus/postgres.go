package bus

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"chibo/kit/id"
)

// channel is the one channel of PostgreSQL on which all topics travel.
const channel = "chibo_changed"

// patience are the shortest and the longest pause before a lost connection is tried
// again.
const (
	shortest = 50 * time.Millisecond
	longest  = 5 * time.Second
)

// Postgres is a bus over LISTEN and NOTIFY. It has two connections of its own, made
// when they are first needed: one listens all the time, the other speaks.
type Postgres struct {
	*desk
	address string
	node    string // tells our own words from those of others
	log     *slog.Logger

	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup
	listen sync.Once
	speak  sync.Once

	mu      sync.Mutex
	waiting map[string]struct{} // topics to be told
	ready   chan struct{}
}

// NewPostgres returns a bus over the database at address.
func NewPostgres(address string, log *slog.Logger) *Postgres {
	ctx, cancel := context.WithCancel(context.Background())
	return &Postgres{
		desk: newDesk(), address: address, node: id.New(), log: log, ctx: ctx, cancel: cancel,
		waiting: map[string]struct{}{}, ready: make(chan struct{}, 1),
	}
}

// Subscribe returns a subscription to one topic. It is woken once when the first
// connection stands.
func (p *Postgres) Subscribe(topic string) *Subscription {
	s := p.desk.Subscribe(topic)
	p.listen.Do(func() { p.work.Go(func() { p.keep("listen", p.listening) }) })
	return s
}

// Publish says that topic has changed: here at once, to others as soon as the
// connection takes it.
func (p *Postgres) Publish(topic string) {
	p.wake(topic)
	p.wait(topic)
	select {
	case p.ready <- struct{}{}:
	default:
	}
	p.speak.Do(func() { p.work.Go(func() { p.keep("notify", p.speaking) }) })
}

// Close ends every subscription and both connections.
func (p *Postgres) Close() error {
	p.cancel()
	p.listen.Do(func() {}) // nothing starts any more
	p.speak.Do(func() {})
	p.work.Wait()
	p.close()
	return nil
}

// keep runs do on a connection, and again on a new one when it is lost, until the
// bus is closed.
func (p *Postgres) keep(what string, do func(*pgx.Conn, func()) error) {
	pause := shortest
	for p.ctx.Err() == nil {
		conn, err := pgx.Connect(p.ctx, p.address)
		if err == nil {
			err = do(conn, func() { pause = shortest })
			quiet, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), time.Second)
			_ = conn.Close(quiet) // lost or no longer wanted
			cancel()
		}
		if p.ctx.Err() != nil {
			return
		}
		p.log.WarnContext(p.ctx, "bus: connection lost", "what", what, "error", err)
		select {
		case <-p.ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, longest)
	}
}

func (p *Postgres) listening(conn *pgx.Conn, stands func()) error {
	if _, err := conn.Exec(p.ctx, "LISTEN "+channel); err != nil {
		return err
	}
	stands()
	p.wakeAll() // whatever was said before was not heard
	for {
		n, err := conn.WaitForNotification(p.ctx)
		if err != nil {
			return err
		}
		if node, topic, ok := strings.Cut(n.Payload, " "); ok && node != p.node {
			p.wake(topic)
		}
	}
}

func (p *Postgres) speaking(conn *pgx.Conn, stands func()) error {
	for {
		for topic, ok := p.next(); ok; topic, ok = p.next() {
			if _, err := conn.Exec(p.ctx, "SELECT pg_notify($1, $2)", channel, p.node+" "+topic); err != nil {
				p.wait(topic)
				return err
			}
			stands()
		}
		select {
		case <-p.ctx.Done():
			return p.ctx.Err()
		case <-p.ready:
		}
	}
}

// next takes one of the topics that wait.
func (p *Postgres) next() (topic string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for topic := range p.waiting {
		delete(p.waiting, topic)
		return topic, true
	}
	return "", false
}

// wait puts a topic among those that wait.
func (p *Postgres) wait(topic string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting[topic] = struct{}{}
}
