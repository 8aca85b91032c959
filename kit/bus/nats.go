package bus

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
)

// subject is the one subject of NATS on which all topics travel.
const subject = "chibo.changed"

// NATS is a bus over a NATS server.
type NATS struct {
	*desk
	conn *nats.Conn
}

// NewNATS returns a bus over the server at url, "nats://name:password@host:4222". A
// server that is not there yet is waited for; an address that cannot be read is an
// error.
func NewNATS(url string, log *slog.Logger) (*NATS, error) {
	n := &NATS{desk: newDesk()}
	conn, err := nats.Connect(url, nats.Name("chibo"), nats.NoEcho(),
		nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.ReconnectWait(250*time.Millisecond),
		nats.ConnectHandler(func(*nats.Conn) { n.wakeAll() }),
		nats.ReconnectHandler(func(*nats.Conn) { n.wakeAll() }),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				log.Warn("bus: connection lost", "what", "nats", "error", err)
			}
		}))
	if err != nil {
		return nil, fmt.Errorf("nats: %w", err)
	}
	n.conn = conn
	if _, err := conn.Subscribe(subject, func(m *nats.Msg) { n.wake(string(m.Data)) }); err != nil {
		conn.Close()
		return nil, fmt.Errorf("nats: %w", err)
	}
	return n, nil
}

// Publish says that topic has changed.
func (n *NATS) Publish(topic string) {
	n.wake(topic)
	_ = n.conn.Publish(subject, []byte(topic)) // waits for the connection; a lost word costs a moment
}

// Close ends every subscription and the connection.
func (n *NATS) Close() error {
	n.conn.Close()
	n.close()
	return nil
}
