package bus_test

import (
	"context"
	"log/slog"
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/nats-io/nats-server/v2/server"
	"go.uber.org/goleak"

	"chibo/kit/bus"
	"chibo/kit/db/dbtest"
)

// house is one kind of bus with two nodes of a program on it.
type house struct {
	a, b bus.Bus
	cut  func() // loses every connection and gives a new one; nil within one process
}

// limit is how long a word may take until the test gives up.
const limit = 10 * time.Second

// heard waits for a word.
func heard(t *testing.T, s *bus.Subscription) {
	t.Helper()
	select {
	case _, open := <-s.Changed:
		if !open {
			t.Fatal("the subscription has ended")
		}
	case <-time.After(limit):
		t.Fatal("nothing was heard")
	}
}

// until publishes a topic until it is heard at s: a connection may not stand yet.
func until(t *testing.T, from bus.Bus, topic string, s *bus.Subscription) {
	t.Helper()
	end := time.After(limit)
	for {
		from.Publish(topic)
		select {
		case <-s.Changed:
			return
		case <-end:
			t.Fatal("nothing was heard")
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// quiet returns once everything said before has arrived, by saying something on
// another topic, and takes a word that came with the connection.
func quiet(t *testing.T, h house, s *bus.Subscription) {
	t.Helper()
	mark := h.b.Subscribe("mark")
	defer mark.Close()
	until(t, h.a, "mark", mark)
	select {
	case <-s.Changed:
	default:
	}
}

func TestConformance(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for name, build := range map[string]func(*testing.T) house{"local": local, "postgres": postgres, "nats": natsHouse} {
		t.Run(name, func(t *testing.T) {
			h := build(t)
			t.Run("delivers", func(t *testing.T) { delivers(t, h) })
			t.Run("coalesces", func(t *testing.T) { coalesces(t, h) })
			t.Run("many subscribers", func(t *testing.T) { many(t, h) })
			t.Run("closes", func(t *testing.T) { closes(t, h) })
		})
	}
}

func delivers(t *testing.T, h house) {
	here, there, other := h.a.Subscribe("one"), h.b.Subscribe("one"), h.b.Subscribe("two")
	defer here.Close()
	defer there.Close()
	defer other.Close()
	quiet(t, h, other)
	until(t, h.a, "one", there)
	heard(t, here)
	quiet(t, h, there)
	select {
	case <-other.Changed:
		t.Error("a word on one topic was heard on another")
	default:
	}
}

func coalesces(t *testing.T, h house) {
	s := h.b.Subscribe("burst")
	defer s.Close()
	quiet(t, h, s)
	for range 1000 {
		h.a.Publish("burst")
	}
	heard(t, s)
	mark := h.b.Subscribe("mark")
	defer mark.Close()
	until(t, h.a, "mark", mark)
	if n := len(s.Changed); n > 1 {
		t.Errorf("%d words wait for one reader", n)
	}
}

func many(t *testing.T, h house) {
	all := make([]*bus.Subscription, 1000)
	for n := range all {
		all[n] = h.b.Subscribe("many")
		defer all[n].Close()
	}
	until(t, h.a, "many", all[0])
	for _, s := range all[1:] {
		heard(t, s)
	}
}

// TestALostConnection: whoever has subscribed is woken by the new connection itself, for
// nobody knows what was missed.
func TestALostConnection(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for name, build := range map[string]func(*testing.T) house{"postgres": postgres, "nats": natsHouse} {
		t.Run(name, func(t *testing.T) {
			h := build(t)
			s := h.b.Subscribe("cut")
			defer s.Close()
			quiet(t, h, s)
			h.cut()
			heard(t, s)
			until(t, h.a, "cut", s)
			closes(t, h)
		})
	}
}

func closes(t *testing.T, h house) {
	s, twice := h.b.Subscribe("end"), h.b.Subscribe("end")
	twice.Close()
	twice.Close()
	if err := h.b.Close(); err != nil {
		t.Fatal(err)
	}
	for range s.Changed { // ends when it is closed
	}
	if _, open := <-h.b.Subscribe("end").Changed; open {
		t.Error("a closed bus takes subscriptions")
	}
	h.b.Publish("end")
	if err := h.a.Close(); err != nil {
		t.Fatal(err)
	}
}

func local(*testing.T) house {
	b := bus.NewLocal()
	return house{a: b, b: b}
}

func postgres(t *testing.T) house {
	address := dbtest.Postgres(t)
	log := slog.New(slog.DiscardHandler)
	return house{a: bus.NewPostgres(address, log), b: bus.NewPostgres(address, log), cut: func() {
		conn, err := pgx.Connect(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
		for n := 0; n < 2; { // a word may come from the first connection alone
			if err := conn.QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`).Scan(&n); err != nil {
				t.Fatal(err)
			}
		}
		tag, err := conn.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		if err != nil || tag.RowsAffected() < 2 {
			t.Fatalf("connections ended: %v, %v", tag, err)
		}
	}}
}

func natsHouse(t *testing.T) house {
	start := func(port int) *server.Server {
		s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: port, NoLog: true, NoSigs: true, StoreDir: filepath.Join(t.TempDir(), "nats")})
		if err != nil {
			t.Fatal(err)
		}
		go s.Start()
		if !s.ReadyForConnections(limit) {
			t.Fatal("the NATS server does not answer")
		}
		return s
	}
	stop := func(s *server.Server) {
		s.Shutdown()
		s.WaitForShutdown()
	}
	s := start(server.RANDOM_PORT)
	t.Cleanup(func() { stop(s) })
	node := func() bus.Bus {
		n, err := bus.NewNATS(s.ClientURL(), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	port := s.Addr().(*net.TCPAddr).Port
	return house{a: node(), b: node(), cut: func() {
		stop(s)
		s = start(port)
	}}
}
