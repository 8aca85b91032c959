package delegation

import (
	"context"
	"slices"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
)

// onSitting does something with the seats of a sitting.
func (s *Service) onSitting(ctx context.Context, who access.Person, conferenceID, sittingID, action string, do func(*db.Tx, conference.Sitting) error) error {
	return s.keep(ctx, who, conferenceID, action, sittingID, func(tx *db.Tx, x conference.Conference) error {
		y, err := conference.SittingOf(ctx, tx, x, sittingID)
		if err != nil {
			return err
		}
		return do(tx, y)
	})
}

// AddBlock adds a block of seats to the hall of a sitting. It is kept for lines of the
// composition and units of the conference, or for all others.
func (s *Service) AddBlock(ctx context.Context, who access.Person, conferenceID, sittingID string, b Block) error {
	return s.onSitting(ctx, who, conferenceID, sittingID, "delegation.block_added", func(tx *db.Tx, y conference.Sitting) error {
		if b.Rows == 0 {
			b.Rows = 1
		}
		if err := b.check(); err != nil {
			return err
		}
		known, err := subjects(ctx, tx, y)
		if err != nil {
			return err
		}
		for _, f := range b.For {
			if !slices.Contains(known, f) {
				return fault.New(fault.NotFound, "fault.not_found")
			}
		}
		before, err := Blocks(ctx, tx, y)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(before, func(o Block) bool { return o.Name == b.Name }) {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"name": "delegation.problem.block_twice"}}
		}
		b.Root, b.ID, b.Sitting = y.Root, id.New(), y.ID
		for _, o := range before {
			b.Position = max(b.Position, o.Position+1)
		}
		return insertBlock(ctx, tx, b)
	})
}

// subjects are the ids for which a block may be kept.
func subjects(ctx context.Context, q db.Q, y conference.Sitting) ([]string, error) {
	x, err := conference.Of(ctx, q, y.Root, y.Conference)
	if err != nil {
		return nil, err
	}
	shares, err := Shares(ctx, q, x)
	var out []string
	for _, h := range shares {
		out = append(out, h.Line.ID, h.Unit.ID)
	}
	return out, err
}

// DropBlock takes a block away in which nobody sits.
func (s *Service) DropBlock(ctx context.Context, who access.Person, conferenceID, sittingID, blockID string) error {
	return s.onSitting(ctx, who, conferenceID, sittingID, "delegation.block_dropped", func(tx *db.Tx, y conference.Sitting) error {
		seats, err := Seats(ctx, tx, y)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(seats, func(t Seat) bool { return t.Block == blockID }) {
			return fault.New(fault.Conflict, "delegation.problem.block_used")
		}
		return dropBlock(ctx, tx, y, blockID)
	})
}

// Give gives everybody who is expected in a sitting and has no seat the next one, and
// returns how many got one and how many found none.
func (s *Service) Give(ctx context.Context, who access.Person, conferenceID, sittingID string) (given, without int, err error) {
	err = s.onSitting(ctx, who, conferenceID, sittingID, "delegation.seated", func(tx *db.Tx, y conference.Sitting) error {
		blocks, err := Blocks(ctx, tx, y)
		if err != nil {
			return err
		}
		if len(blocks) == 0 {
			return fault.New(fault.Conflict, "delegation.problem.no_block")
		}
		taken, err := Seats(ctx, tx, y)
		if err != nil {
			return err
		}
		people, err := ExpectedIn(ctx, tx, y)
		if err != nil {
			return err
		}
		seats, standing := place(blocks, people, taken)
		given, without = len(seats), len(standing)
		return db.InsertAll(ctx, tx, "delegate_seat", seats)
	})
	return given, without, err
}

// Move says where somebody sits.
type Move struct {
	Delegate string `form:"delegate"`
	Block    string `form:"block"`
	Seat     int    `form:"seat"` // counted from 1 through the rows
}

// Sit gives somebody a seat by hand; whoever sat there changes places with them, or has none
// any more where they had none.
func (s *Service) Sit(ctx context.Context, who access.Person, conferenceID, sittingID string, m Move) error {
	return s.onSitting(ctx, who, conferenceID, sittingID, "delegation.moved", func(tx *db.Tx, y conference.Sitting) error {
		blocks, err := Blocks(ctx, tx, y)
		if err != nil {
			return err
		}
		people, err := ExpectedIn(ctx, tx, y)
		if err != nil {
			return err
		}
		n := slices.IndexFunc(blocks, func(b Block) bool { return b.ID == m.Block })
		if n < 0 || !slices.ContainsFunc(people, func(p Expected) bool { return p.ID == m.Delegate }) {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		var c fault.Check
		c.That(m.Seat >= 1 && m.Seat <= blocks[n].Size(), "seat", "delegation.problem.no_seat")
		if err := c.Err(); err != nil {
			return err
		}
		taken, err := Seats(ctx, tx, y)
		if err != nil {
			return err
		}
		return putSeats(ctx, tx, y, taken, moved(taken, Seat{y.Root, y.ID, m.Delegate, m.Block, m.Seat}))
	})
}

// moved returns the seats after somebody has taken one; who sat there takes what they left.
func moved(taken []Seat, to Seat) []Seat {
	var left Seat
	out := []Seat{to}
	for _, t := range taken {
		if t.Delegate == to.Delegate {
			left = t
		}
	}
	for _, t := range taken {
		switch {
		case t.Delegate == to.Delegate:
		case t.Block != to.Block || t.Seat != to.Seat:
			out = append(out, t)
		case left.Delegate != "":
			left.Delegate = t.Delegate
			out = append(out, left)
		}
	}
	return out
}
