package faults

import (
	"errors"
	"net"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"chibo/app/world/worldtest"
	"chibo/e2e/program"
	"chibo/meeting"
)

// ward is a made-up ward on PostgreSQL, served by two programs that reach it over a link.
type ward struct {
	*load
	database string
	link     *link
	nodes    []*program.Process
}

func newWard(t *testing.T) *ward {
	t.Helper()
	w := worldtest.OnPostgres(t)
	l := newLink(t, net.JoinHostPort("127.0.0.1", server.port))
	secretary := w.Account("secretary")
	r := &ward{database: w.App.Database, link: l}
	var places []place
	for range 2 {
		p := program.StartServe(t, w.App.Data, "--database-url", l.through(t, r.database))
		r.nodes = append(r.nodes, p)
		places = append(places, place{p.URL, program.SignIn(t, p.URL, secretary.Name, secretary.Password)})
	}
	r.load = newLoad(t, w.Meeting(meeting.Open), places...)
	return r
}

// holds fails unless both nodes tell all that was acknowledged.
func (r *ward) holds(fault string) {
	r.t.Helper()
	for n, at := range r.places {
		log := program.ReadLog(r.t, at.client, at.url, r.meeting)
		if n == 0 {
			r.load.holds(fault, log)
		} else if lost := r.lost(log); lost != nil {
			r.t.Errorf("the second node: %q", lost)
		}
	}
}

// again does a part of a run so many times.
func again(t *testing.T, times int, do func() error) func() {
	return func() {
		t.Helper()
		for range times {
			if err := do(); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestTheDatabaseServerGoes stops it as a power cut does, as its administrator does, and takes
// single connections away. The programs are not started again.
func TestTheDatabaseServerGoes(t *testing.T) {
	r := newWard(t)
	for _, mode := range []string{"immediate", "fast"} {
		r.under(200, again(t, 2**times, func() error {
			if err := server.control("-m", mode, "stop"); err != nil {
				return err
			}
			return server.start()
		}))
		r.holds("PostgreSQL stopped " + mode)
	}
	r.under(200, again(t, 5**times, func() error {
		c, err := pgx.Connect(t.Context(), r.database)
		if err != nil {
			return err
		}
		defer func() { _ = c.Close(t.Context()) }()
		_, err = c.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		return err
	}))
	r.holds("connections ended by PostgreSQL")
}

// TestADatabaseThatDoesNotFlushIsFound has PostgreSQL acknowledge before it has written: the same
// stop must show what it loses.
func TestADatabaseThatDoesNotFlushIsFound(t *testing.T) {
	r := newWard(t)
	c, err := pgx.Connect(t.Context(), r.database)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Exec(t.Context(), `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$`)
	if err := errors.Join(err, c.Close(t.Context())); err != nil {
		t.Fatal(err)
	}
	r.link.reset() // new connections are careless
	at := r.places[0]
	// A slow machine may have written all of it by chance: then it is stopped again.
	for try := 1; try <= 5; try++ {
		done := make(chan struct{})
		for n := range writers {
			go r.write(n, done)
		}
		r.await(r.count() + 150)
		again(t, 1, func() error { return server.control("-m", "immediate", "stop") })()
		close(done)
		again(t, 1, server.start)()
		lost := r.lost(program.ReadLog(t, at.client, at.url, r.meeting))
		t.Logf("without flushing %d of %d are lost", len(lost), r.count())
		if len(lost) > 0 {
			return
		}
	}
	t.Error("nothing is lost by a database that does not flush: the test shows nothing")
}

// TestADeedSentTwiceIsFound has devices that send what had no answer as something new, while
// the link breaks: sooner or later one deed stands in the log twice, which must be seen.
func TestADeedSentTwiceIsFound(t *testing.T) {
	r := newWard(t)
	r.careless = true
	at := r.places[0]
	var twice []string
	for tries := 0; twice == nil && tries < 20; tries++ {
		r.under(40, again(t, 5, func() error {
			r.link.swallow()
			r.await(r.count() + 4)
			return nil
		}))
		twice = r.lost(program.ReadLog(t, at.client, at.url, r.meeting))
	}
	if twice == nil {
		t.Errorf("no deed stands there twice after %d without an answer: the test shows nothing", r.unknown.Load())
	}
	t.Logf("%d deeds stand there twice, %d were without an answer", len(twice), r.unknown.Load())
}

// TestTheLinkToTheDatabaseBreaks resets it, cuts it for a while and makes it slow.
func TestTheLinkToTheDatabaseBreaks(t *testing.T) {
	r := newWard(t)
	r.under(200, again(t, 5**times, func() error {
		r.link.reset()
		r.await(r.count() + 10)
		return nil
	}))
	r.holds("link reset")
	r.under(200, again(t, 5**times, func() error {
		r.link.swallow()
		r.await(r.count() + 10)
		return nil
	}))
	r.holds("answers of the database swallowed")
	r.under(100, again(t, *times, func() error {
		mend := r.link.sever()
		<-time.After(500 * time.Millisecond)
		mend()
		return nil
	}))
	r.holds("link cut for half a second")
	r.under(60, func() {
		r.link.slow(100 * time.Millisecond)
		r.await(r.count() + 10)
		r.link.slow(0)
	})
	r.holds("link slow by 100 ms each way")
}
