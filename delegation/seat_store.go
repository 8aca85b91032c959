package delegation

import (
	"context"
	"slices"

	"chibo/conference"
	"chibo/kit/db"
)

// Blocks returns the blocks of seats of a sitting in their order.
func Blocks(ctx context.Context, q db.Q, y conference.Sitting) ([]Block, error) {
	blocks, err := db.All[Block](ctx, q, `SELECT root_id, id, sitting_id, position, name, row_count, row_seats
		FROM delegate_block WHERE root_id = $1 AND sitting_id = $2 ORDER BY position, id`, y.Root, y.ID)
	if err != nil {
		return nil, err
	}
	type kept struct {
		Block   string `db:"block_id"`
		Subject string
	}
	all, err := db.All[kept](ctx, q, `SELECT f.block_id, f.subject FROM delegate_block_for f
		JOIN delegate_block b ON b.root_id = f.root_id AND b.id = f.block_id
		WHERE b.root_id = $1 AND b.sitting_id = $2 ORDER BY f.block_id, f.subject`, y.Root, y.ID)
	for i, b := range blocks {
		for _, k := range all {
			if k.Block == b.ID {
				blocks[i].For = append(blocks[i].For, k.Subject)
			}
		}
	}
	return blocks, err
}

// Seats returns who sits where in a sitting.
func Seats(ctx context.Context, q db.Q, y conference.Sitting) ([]Seat, error) {
	return db.All[Seat](ctx, q, `SELECT root_id, sitting_id, delegate_id, block_id, seat
		FROM delegate_seat WHERE root_id = $1 AND sitting_id = $2 ORDER BY block_id, seat`, y.Root, y.ID)
}

// labelsOf names the seats of a sitting by delegate; of one alone where an id is given.
func labelsOf(ctx context.Context, q db.Q, y conference.Sitting, delegate string) (map[string]string, error) {
	seats, err := db.All[Seat](ctx, q, `SELECT root_id, sitting_id, delegate_id, block_id, seat
		FROM delegate_seat WHERE root_id = $1 AND sitting_id = $2 AND ($3 = '' OR delegate_id = $3)`, y.Root, y.ID, delegate)
	if err != nil || len(seats) == 0 {
		return nil, err
	}
	blocks, err := Blocks(ctx, q, y)
	out := make(map[string]string, len(seats))
	for _, s := range seats {
		for _, b := range blocks {
			if b.ID == s.Block {
				out[s.Delegate] = b.Label(s.Seat)
			}
		}
	}
	return out, err
}

// handSeats gives the seats of one who stands no more to who comes instead.
func handSeats(ctx context.Context, tx *db.Tx, old, d Delegate) error {
	_, err := db.Exec(ctx, tx, `UPDATE delegate_seat SET delegate_id = $3 WHERE root_id = $1 AND delegate_id = $2`, old.Root, old.ID, d.ID)
	return err
}

func freeSeats(ctx context.Context, tx *db.Tx, d Delegate) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM delegate_seat WHERE root_id = $1 AND delegate_id = $2`, d.Root, d.ID)
	return err
}

func insertBlock(ctx context.Context, tx *db.Tx, b Block) error {
	if err := db.Insert(ctx, tx, "delegate_block", b); err != nil {
		return err
	}
	for _, subject := range b.For {
		if _, err := db.Exec(ctx, tx, `INSERT INTO delegate_block_for (root_id, block_id, subject) VALUES ($1, $2, $3)
			ON CONFLICT (root_id, block_id, subject) DO NOTHING`, b.Root, b.ID, subject); err != nil {
			return err
		}
	}
	return nil
}

func dropBlock(ctx context.Context, tx *db.Tx, y conference.Sitting, id string) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM delegate_block_for WHERE root_id = $1 AND block_id IN
		(SELECT id FROM delegate_block WHERE root_id = $1 AND sitting_id = $2 AND id = $3)`, y.Root, y.ID, id); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM delegate_block WHERE root_id = $1 AND sitting_id = $2 AND id = $3`, y.Root, y.ID, id)
	return err
}

// putSeats writes the seats of a sitting that have changed.
func putSeats(ctx context.Context, tx *db.Tx, y conference.Sitting, before, after []Seat) error {
	for _, t := range before {
		if slices.Contains(after, t) {
			continue
		}
		if _, err := db.Exec(ctx, tx, `DELETE FROM delegate_seat WHERE root_id = $1 AND sitting_id = $2 AND delegate_id = $3`, y.Root, y.ID, t.Delegate); err != nil {
			return err
		}
	}
	var fresh []Seat
	for _, t := range after {
		if !slices.Contains(before, t) {
			fresh = append(fresh, t)
		}
	}
	return db.InsertAll(ctx, tx, "delegate_seat", fresh)
}
