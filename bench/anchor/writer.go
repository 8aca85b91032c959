package main

import (
	"context"
	"database/sql"
	"errors"
	"time"

	_ "modernc.org/sqlite" // the driver that the program uses
)

// checkIn is one row that waits to be durable.
type checkIn struct {
	meeting, member int64
	done            chan error
}

// writer commits all rows that wait in one transaction, and never waits for more.
type writer struct {
	conn   *sql.Conn
	insert *sql.Stmt
	queue  chan checkIn
	early  bool
}

func open(file string) (*writer, error) {
	ctx := context.Background()
	d, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	w := &writer{queue: make(chan checkIn, 8192)}
	if w.conn, err = d.Conn(ctx); err != nil {
		return nil, err
	}
	if _, err := w.conn.ExecContext(ctx, table); err != nil {
		return nil, err
	}
	w.insert, err = w.conn.PrepareContext(ctx, insert)
	return w, err
}

func (w *writer) put(meeting, member int64) error {
	c := checkIn{meeting, member, make(chan error, 1)}
	w.queue <- c
	if w.early {
		return nil
	}
	return <-c.done
}

func (w *writer) loop() {
	for first := range w.queue {
		group := []checkIn{first}
	drain:
		for len(group) < 4096 {
			select {
			case c := <-w.queue:
				group = append(group, c)
			default:
				break drain
			}
		}
		err := w.commit(group)
		for _, c := range group {
			c.done <- err
		}
	}
}

func (w *writer) commit(group []checkIn) error {
	ctx := context.Background()
	_, err := w.conn.ExecContext(ctx, "BEGIN IMMEDIATE")
	now := time.Now().UnixMilli()
	for _, c := range group {
		if err == nil {
			_, err = w.insert.ExecContext(ctx, c.meeting, c.member, now, "qr")
		}
	}
	end := "COMMIT"
	if err != nil {
		end = "ROLLBACK"
	}
	_, e := w.conn.ExecContext(ctx, end)
	return errors.Join(err, e)
}
