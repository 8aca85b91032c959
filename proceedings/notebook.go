package proceedings

import "slices"

// Notebook is the meeting as one device keeps it: the acts that the server has and
// those that only this device knows. It follows the same rules as the server, which has
// the last word when the acts arrive there.
type Notebook struct {
	writer  string // account or helper that enters on this device
	duty    Duty   // of a helper
	settled State  // what the server has
	own     []Act  // what only this device knows
	state   State  // both
}

// NewNotebook begins with the acts that the server has. Everything entered is by writer,
// who enters only what is part of the duty if there is one.
func NewNotebook(setup Setup, acts []Act, writer string, duty Duty) *Notebook {
	s := Replay(setup, acts)
	return &Notebook{writer: writer, duty: duty, settled: s, state: s}
}

// State returns the meeting as this device knows it.
func (b *Notebook) State() State { return b.state }

// Take adds acts that the server has. One that was entered here becomes the server's,
// with its number.
func (b *Notebook) Take(acts []Act) {
	b.settled = Fold(b.settled, acts...)
	b.own = slices.DeleteFunc(b.own, func(o Act) bool {
		return slices.ContainsFunc(acts, func(a Act) bool { return a.ID == o.ID })
	})
	b.state = Fold(b.settled, b.own...)
}

// Enter adds an act that was entered on this device, or says why it does not fit.
func (b *Notebook) Enter(a Act) error {
	if b.duty != "" {
		if err := b.state.Permits(b.duty, b.writer, a); err != nil {
			return err
		}
	}
	a.By = b.writer
	if err := Accept(b.state, a); err != nil {
		return err
	}
	b.Keep(a)
	return nil
}

// Keep adds an act that was accepted here earlier and that the server does not have.
func (b *Notebook) Keep(a Act) {
	a.By = b.writer
	if b.duty != "" {
		a.Via = Helped
	}
	b.own = append(b.own, a)
	b.state = Fold(b.state, a)
}

// Drop takes back an act that the server has refused.
func (b *Notebook) Drop(id string) {
	b.own = slices.DeleteFunc(b.own, func(a Act) bool { return a.ID == id })
	b.state = Fold(b.settled, b.own...)
}
