package main

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"os"
	"strconv"
	"sync/atomic"
	"testing"

	_ "modernc.org/sqlite" // the anchor's database
)

// programs is the directory of the servers, built once for all tests.
var programs string

func TestMain(m *testing.M) {
	var err error
	if programs, err = os.MkdirTemp("", "chibo-bench-"); err == nil {
		err = build(context.Background(), programs)
	}
	if err != nil {
		log.Fatal(err)
	}
	code := m.Run()
	_ = os.RemoveAll(programs)
	os.Exit(code)
}

func newBench(t *testing.T) *bench {
	t.Helper()
	return &bench{options: options{cells: 20, kills: 3}, dir: t.TempDir(), programs: programs}
}

func TestNothingAcknowledgedIsLost(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if err := b.fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	goals, err := b.killed(t.Context())
	if err != nil || len(goals) != 1 {
		t.Fatal(goals, err)
	}
	t.Log(goals[0])
	if goals[0].lost != 0 {
		t.Error("acknowledged acts are lost")
	}
}

// TestEarlyAnswersAreFound kills an anchor that answers before the row is durable,
// and one that does not: the first loses what it said it had, the second nothing.
func TestEarlyAnswersAreFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if lost := b.lostByAnchor(t); lost != 0 {
		t.Errorf("the anchor lost %d", lost)
	}
	// A kill has to fall between an answer and its commit: on a busy machine that takes some.
	for range 10 {
		if b.lostByAnchor(t, "-early") > 0 {
			return
		}
	}
	t.Error("early answers were not found out")
}

// lostByAnchor kills an anchor under load and counts the rows it had acknowledged
// and does not have.
func (b *bench) lostByAnchor(t *testing.T, more ...string) int {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	acknowledged := map[string]bool{}
	var member atomic.Int64
	for range b.kills {
		a, err := b.anchor(ctx, more...)
		if err != nil {
			t.Fatal(err)
		}
		ask := func(out []byte, _ int64) ([]byte, string) {
			key := strconv.FormatInt(member.Add(1), 10)
			return post(out, a.address, "/check-in/1", "", form, "member="+key), key
		}
		if err := b.killOnce(ctx, a, 0, ask, acknowledged); err != nil {
			t.Fatal(err)
		}
	}
	d, err := sql.Open("sqlite", b.path("anchor.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	rows, err := members(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range rows {
		delete(acknowledged, one)
	}
	b.dir = t.TempDir() // the next begins with nothing
	return len(acknowledged)
}

// members returns the members of all rows of an anchor.
func members(ctx context.Context, d *sql.DB) (all []string, err error) {
	rows, err := d.QueryContext(ctx, `SELECT member FROM check_in`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
