package faults

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"chibo/e2e/program"
)

// wrong starts the server again on a machine whose clock is off.
func (c *cluster) wrong(by time.Duration) error {
	found, err := filepath.Glob("/usr/lib/*/faketime/libfaketime.so.1")
	if err != nil || len(found) == 0 {
		return fmt.Errorf("libfaketime is not installed: run make tools (%w)", err)
	}
	c.env = []string{"LD_PRELOAD=" + found[0], fmt.Sprintf("FAKETIME=%+d", int(by.Seconds())), "FAKETIME_DONT_FAKE_MONOTONIC=1"}
	return c.again()
}

// again stops the server as its administrator does and starts it.
func (c *cluster) again() error {
	if err := c.control("-m", "fast", "stop"); err != nil {
		return err
	}
	return c.start()
}

// misdated are the acts of a run whose hour is not that of the machine of the programs.
func misdated(run []program.Act, began time.Time) (wrong []string) {
	earliest, latest := began.Add(-time.Minute), time.Now().Add(time.Minute)
	for _, a := range run {
		if a.Received.Before(earliest) || a.Received.After(latest) {
			wrong = append(wrong, fmt.Sprintf("act %d is dated %v, between %v and %v", a.Seq, a.Received, earliest, latest))
		}
	}
	return wrong
}

// TestTheClockOfTheDatabaseServerIsWrong starts PostgreSQL again on a machine whose clock is an hour ahead,
// and one that is an hour behind: all hours are those of the program, everybody stays signed in,
// doctor says what is wrong. A database that dates acts by itself is found.
func TestTheClockOfTheDatabaseServerIsWrong(t *testing.T) {
	r := newWard(t)
	at := r.places[0]
	c, err := pgx.Connect(t.Context(), r.database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.env = nil
		again(t, 1, server.again)()
	})
	log := func() []program.Act { return program.ReadLog(t, at.client, at.url, r.meeting) }
	for _, by := range []time.Duration{time.Hour, -time.Hour} {
		before, began := len(log()), time.Now()
		r.under(60, again(t, 1, func() error { return server.wrong(by) }))
		r.holds("clock of PostgreSQL off by " + by.String())
		_ = c.Close(t.Context()) // of the server that was stopped
		if c, err = pgx.Connect(t.Context(), r.database); err != nil {
			t.Fatal(err)
		}
		var now time.Time
		if err := c.QueryRow(t.Context(), `SELECT clock_timestamp()`).Scan(&now); err != nil || (time.Until(now)-by).Abs() > time.Minute {
			t.Fatalf("the clock of PostgreSQL says %v, %v: the test shows nothing", now, err)
		}
		for _, one := range misdated(log()[before:], began) {
			t.Error(one)
		}
		if out, err := program.Run(t, "doctor", "--database-url", r.database, "--data", t.TempDir()); err == nil || !strings.Contains(out, "timedatectl") {
			t.Errorf("doctor, %v: %s", err, out)
		}
	}
	before, began := len(log()), time.Now()
	if _, err := c.Exec(t.Context(), `
		CREATE FUNCTION date_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			NEW.received = CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT); RETURN NEW; END $$;
		CREATE TRIGGER dates BEFORE INSERT ON act FOR EACH ROW EXECUTE FUNCTION date_it()`); err != nil {
		t.Fatal(err)
	}
	r.under(20, func() {})
	wrong := misdated(log()[before:], began)
	if len(wrong) == 0 {
		t.Error("acts that the database dates are not found: the test shows nothing")
	}
	t.Logf("%d acts that the database has dated are found", len(wrong))
	_ = c.Close(t.Context())
}
