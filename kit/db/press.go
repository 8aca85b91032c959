package db

import (
	"context"
	"errors"
)

// Press is one press of a button that changes something. The first transaction that is run
// under it keeps its name together with what it writes, so that the same press, sent again
// by an impatient hand or a bad connection, changes nothing: see ErrPressed.
type Press struct {
	Name string // empty: nothing is kept
	kept bool
}

// ErrPressed is the error of a transaction whose press has been kept before.
var ErrPressed = errors.New("db: this was pressed before")

// Kept reports whether a transaction has kept the press.
func (p *Press) Kept() bool { return p.kept }

type pressKey struct{}

// WithPress returns a context under which transactions belong to a press.
func WithPress(ctx context.Context, p *Press) context.Context {
	return context.WithValue(ctx, pressKey{}, p)
}

// pressed makes the first transaction under a press keep it.
func pressed(ctx context.Context, f func(tx *Tx) error) func(tx *Tx) error {
	p, ok := ctx.Value(pressKey{}).(*Press)
	if !ok || p.Name == "" || p.kept {
		return f
	}
	return func(tx *Tx) error {
		if err := p.keep(ctx, tx); err != nil {
			return err
		}
		return f(tx)
	}
}

// pressedBefore keeps the press of a command that is done together with others, and reports
// whether it was kept before.
func pressedBefore(ctx context.Context, tx *Tx) (bool, error) {
	p, ok := ctx.Value(pressKey{}).(*Press)
	if !ok || p.Name == "" || p.kept {
		return false, nil
	}
	err := p.keep(ctx, tx)
	if errors.Is(err, ErrPressed) {
		return true, nil
	}
	return false, err
}

// keep writes the name of the press down. Of two at once the second waits for the first.
func (p *Press) keep(ctx context.Context, tx *Tx) error {
	n, err := Exec(ctx, tx, `INSERT INTO form_press (name) VALUES ($1) ON CONFLICT (name) DO NOTHING`, p.Name)
	if err == nil && n == 0 {
		return ErrPressed
	}
	tx.AfterCommit(func() { p.kept = true })
	return err
}
