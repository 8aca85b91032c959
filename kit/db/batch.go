package db

import (
	"context"
	"errors"
	"sync"
)

// Batch does commands of one kind together: those that wait while the writer is busy
// go into one transaction, where a hundred of them cost a tenth of what they would cost
// one by one. It never waits for more to come.
//
// Whatever one command does wrong it does alone: when several fail together, all is
// rolled back and each runs in a transaction of its own.
type Batch[C any] struct {
	mu      sync.Mutex
	waiting []*waiter[C]
	turn    sync.Mutex // PostgreSQL has many writers: what comes during one commit is the next batch
}

// waiter is a command that waits.
type waiter[C any] struct {
	ctx     context.Context
	command C
	answer  chan error
	pressed bool // its press was kept before
}

// Together does commands of one kind within tx, in their order. What becomes of each, a
// refusal too, stands in the command; an error undoes them all. It may run again with
// the same commands, as in DB.Tx.
type Together[C any] func(ctx context.Context, tx *Tx, all []C) error

// errAlone sends a command into a transaction of its own.
var errAlone = errors.New("db: a command has to be done alone")

// Run does a command with whatever others wait for the same do, and returns when it is
// durable, or with the error of its transaction. Commands that wait count as
// transactions that wait, see DB.Tx.
func (b *Batch[C]) Run(ctx context.Context, d *DB, command C, do Together[C]) error {
	w := &waiter[C]{ctx: ctx, command: command, answer: make(chan error, 1)}
	b.mu.Lock()
	first := len(b.waiting) == 0
	b.waiting = append(b.waiting, w)
	b.mu.Unlock()
	if first {
		b.lead(d, do)
	} else {
		d.asked.Add(1)
		d.waiting.Add(1)
		defer d.waiting.Add(-1)
	}
	err := <-w.answer
	if errors.Is(err, errAlone) {
		return d.Tx(ctx, func(tx *Tx) error { return do(ctx, tx, []C{command}) })
	}
	return err
}

// lead asks for a transaction for whatever waits when its turn has come.
func (b *Batch[C]) lead(d *DB, do Together[C]) {
	if d.postgres {
		b.turn.Lock()
		defer b.turn.Unlock()
	}
	var all []*waiter[C]
	begun := false
	err := d.Tx(context.Background(), func(tx *Tx) error {
		begun = true
		all = append(all, b.take()...)
		return together(tx, all, do)
	})
	if !begun {
		all = b.take()
	}
	if err != nil && len(all) > 1 {
		err = errAlone
	}
	for _, w := range all {
		if err == nil && w.pressed {
			w.answer <- ErrPressed
		} else {
			w.answer <- err
		}
	}
}

// together does the commands of those who wait. A panic is that of one of them: it is
// left to happen where its caller hears of it.
func together[C any](tx *Tx, all []*waiter[C], do Together[C]) (err error) {
	if len(all) == 0 {
		return nil
	}
	defer func() {
		if recover() != nil {
			err = errAlone
		}
	}()
	commands := make([]C, 0, len(all))
	for _, w := range all {
		if w.pressed, err = pressedBefore(w.ctx, tx); err != nil {
			return err
		}
		if !w.pressed {
			commands = append(commands, w.command)
		}
	}
	if len(commands) == 0 {
		return nil
	}
	return do(context.Background(), tx, commands)
}

// take returns the commands that wait. Those whose callers have given up are answered.
func (b *Batch[C]) take() []*waiter[C] {
	b.mu.Lock()
	all := b.waiting
	b.waiting = nil
	b.mu.Unlock()
	wanted := all[:0]
	for _, w := range all {
		if err := w.ctx.Err(); err != nil {
			w.answer <- err
			continue
		}
		wanted = append(wanted, w)
	}
	return wanted
}
