//go:build !js

package room

import (
	"context"
	"encoding/json"
	"fmt"

	"chibo/kit/db"
	"chibo/kit/when"
)

// record is how far the log of a meeting has come.
type record struct {
	Root    string
	Meeting string
	Seq     int64 // of the last act, 0 without any
}

// lock holds the log of a meeting until the end of tx, so that its acts are numbered
// one after the other.
func lock(ctx context.Context, tx *db.Tx, root, meeting string) (record, error) {
	if err := hold(ctx, tx, root, meeting); err != nil {
		return record{}, err
	}
	return roomOf(ctx, tx, root, meeting)
}

// hold is lock without a look at the log.
func hold(ctx context.Context, tx *db.Tx, root, meeting string) error {
	return tx.Alone(ctx, "room/"+root+"/"+meeting)
}

func roomOf(ctx context.Context, q db.Q, root, meeting string) (record, error) {
	seq, _, err := db.Maybe[int64](ctx, q, `
		SELECT seq FROM act WHERE root_id = $1 AND meeting_id = $2 ORDER BY seq DESC LIMIT 1`, root, meeting)
	return record{root, meeting, seq}, err
}

// makeRoom makes the room of a meeting for its first act, where there is none yet.
func makeRoom(ctx context.Context, tx *db.Tx, root, meeting string) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO room (root_id, meeting_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, root, meeting)
	return err
}

// keepSetup keeps what is known at the opening, as JSON.
func keepSetup(ctx context.Context, tx *db.Tx, root, meeting, setup string) error {
	_, err := db.Exec(ctx, tx, `UPDATE room SET setup = $3 WHERE root_id = $1 AND meeting_id = $2`, root, meeting, setup)
	return err
}

// keptSetup returns what was known at the opening, empty before it.
func keptSetup(ctx context.Context, q db.Q, root, meeting string) (string, error) {
	setup, _, err := db.Maybe[string](ctx, q, `SELECT setup FROM room WHERE root_id = $1 AND meeting_id = $2`, root, meeting)
	return setup, err
}

// row is an act as it is kept.
type row struct {
	Root     string `db:"root_id"`
	Meeting  string `db:"meeting_id"`
	Seq      int64
	ID       string
	Kind     ActKind
	At       when.Instant
	By       string `db:"account_id"`
	Body     string
	Received when.Instant
	Via      Via
	Device   string
	Seen     int64
}

func (r row) act() Act {
	return Act{
		ID: r.ID, Meeting: r.Meeting, Kind: r.Kind, At: r.At, By: r.By, Body: json.RawMessage(r.Body),
		Seq: r.Seq, Received: r.Received, Via: r.Via, Device: r.Device, Seen: r.Seen,
	}
}

func rowOf(root string, a Act) row {
	return row{
		Root: root, Meeting: a.Meeting, Seq: a.Seq, ID: a.ID, Kind: a.Kind, At: a.At, By: a.By, Body: string(a.Body),
		Received: a.Received, Via: a.Via, Device: a.Device, Seen: a.Seen,
	}
}

func insert(ctx context.Context, tx *db.Tx, root string, a Act) error {
	return insertAll(ctx, tx, []row{rowOf(root, a)})
}

func insertAll(ctx context.Context, tx *db.Tx, acts []row) error {
	if err := db.InsertAll(ctx, tx, "act", acts); err != nil {
		return fmt.Errorf("act %s: %w", acts[0].ID, err)
	}
	return nil
}

// after returns the acts of a meeting whose number is above seq, in the order of
// their arrival; limit 0 gives all.
func after(ctx context.Context, q db.Q, root, meeting string, seq int64, limit int) ([]Act, error) {
	query := `SELECT * FROM act WHERE root_id = $1 AND meeting_id = $2 AND seq > $3 ORDER BY seq`
	args := []any{root, meeting, seq}
	if limit > 0 {
		query, args = query+` LIMIT $4`, append(args, limit)
	}
	rows, err := db.All[row](ctx, q, query, args...)
	return actsOf(rows), err
}

func actsOf(rows []row) []Act {
	acts := make([]Act, len(rows))
	for i, r := range rows {
		acts[i] = r.act()
	}
	return acts
}

// elsewhere reports whether an act with this id stands in the log of another
// meeting.
func elsewhere(ctx context.Context, q db.Q, root, meeting, id string) (bool, error) {
	_, found, err := db.Maybe[string](ctx, q, `SELECT id FROM act WHERE root_id = $1 AND id = $2 AND meeting_id <> $3`, root, id, meeting)
	return found, err
}
