//go:build !js

package room

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/proceedings"
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
	if err := tx.Alone(ctx, lockName(place{root, meeting})); err != nil {
		return record{}, err
	}
	return roomOf(ctx, tx, root, meeting)
}

func lockName(p place) string { return "room/" + p.root + "/" + p.meeting }

// hold is lock for many meetings, with what is asked of each. They are taken in an order
// that keeps two programs from waiting for each other.
func hold(ctx context.Context, tx *db.Tx, all []place) (found []threshold, err error) {
	slices.SortFunc(all, func(a, b place) int { return strings.Compare(lockName(a), lockName(b)) })
	for _, p := range all {
		if err := tx.Alone(ctx, lockName(p)); err != nil {
			return nil, err
		}
	}
	for some := range db.Pieces(all) {
		var args []any
		for _, p := range some {
			args = append(args, p.root, p.meeting)
		}
		more, err := db.All[threshold](ctx, tx, `
			SELECT m.root_id, m.id, m.state, m.opened_at,
				COALESCE((SELECT MAX(a.seq) FROM act a WHERE a.root_id = m.root_id AND a.meeting_id = m.id), 0) AS seq,
				COALESCE((SELECT a.received FROM act a WHERE a.root_id = m.root_id AND a.meeting_id = m.id ORDER BY a.seq DESC LIMIT 1), 0) AS received
			FROM meeting m WHERE (m.root_id, m.id) IN (VALUES `+db.Tuples(len(some), 2)+`)`, args...)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
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
	Kind     proceedings.ActKind
	At       when.Instant
	By       string `db:"account_id"`
	Body     string
	Received when.Instant
	Via      proceedings.Via
	Device   string
	Seen     int64
}

func (r row) act() proceedings.Act {
	return proceedings.Act{
		ID: r.ID, Meeting: r.Meeting, Kind: r.Kind, At: r.At, By: r.By, Body: json.RawMessage(r.Body),
		Seq: r.Seq, Received: r.Received, Via: r.Via, Device: r.Device, Seen: r.Seen,
	}
}

func rowOf(root string, a proceedings.Act) row {
	return row{
		Root: root, Meeting: a.Meeting, Seq: a.Seq, ID: a.ID, Kind: a.Kind, At: a.At, By: a.By, Body: string(a.Body),
		Received: a.Received, Via: a.Via, Device: a.Device, Seen: a.Seen,
	}
}

func insertAll(ctx context.Context, tx *db.Tx, acts []row) error {
	if err := db.InsertAll(ctx, tx, "act", acts); err != nil {
		return fmt.Errorf("act %s: %w", acts[0].ID, err)
	}
	return nil
}

// after returns the acts of a meeting whose number is above seq, in the order of
// their arrival; limit 0 gives all.
func after(ctx context.Context, q db.Q, root, meeting string, seq int64, limit int) ([]proceedings.Act, error) {
	query := `SELECT * FROM act WHERE root_id = $1 AND meeting_id = $2 AND seq > $3 ORDER BY seq`
	args := []any{root, meeting, seq}
	if limit > 0 {
		query, args = query+` LIMIT $4`, append(args, limit)
	}
	rows, err := db.All[row](ctx, q, query, args...)
	return actsOf(rows), err
}

// between returns acts of a meeting by their numbers.
func between(ctx context.Context, q db.Q, root string, s span) ([]row, error) {
	return db.All[row](ctx, q, `SELECT * FROM act WHERE root_id = $1 AND meeting_id = $2 AND seq BETWEEN $3 AND $4 ORDER BY seq`,
		root, s.Meeting, s.First, s.Last)
}

func actsOf(rows []row) []proceedings.Act {
	acts := make([]proceedings.Act, len(rows))
	for i, r := range rows {
		acts[i] = r.act()
	}
	return acts
}

// elsewhere returns which acts that are to be written have the id of one in the log of
// another meeting, by the meeting to which they come.
func elsewhere(ctx context.Context, q db.Q, all []*writing) (map[place]map[string]bool, error) {
	type key struct {
		Root string `db:"root_id"`
		ID   string
	}
	comes := map[key][]place{}
	for _, w := range all {
		for _, a := range w.acts {
			k := key{w.org.Root, a.ID}
			comes[k] = append(comes[k], w.place())
		}
	}
	taken := map[place]map[string]bool{}
	for some := range db.Pieces(slices.Collect(maps.Keys(comes))) {
		var args []any
		for _, k := range some {
			args = append(args, k.Root, k.ID)
		}
		there, err := db.All[struct {
			key
			Meeting string `db:"meeting_id"`
		}](ctx, q, `SELECT root_id, id, meeting_id FROM act WHERE (root_id, id) IN (VALUES `+db.Tuples(len(some), 2)+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, t := range there {
			for _, p := range comes[t.key] {
				if p.meeting == t.Meeting {
					continue
				}
				if taken[p] == nil {
					taken[p] = map[string]bool{}
				}
				taken[p][t.ID] = true
			}
		}
	}
	return taken, nil
}
