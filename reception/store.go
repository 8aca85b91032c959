package reception

import (
	"context"
	"strconv"

	"chibo/conference"
	"chibo/kit/db"
)

// since returns the log of a sitting from a line on, in the order of receipt.
func since(ctx context.Context, q db.Q, root, sitting string, after int64) ([]Event, error) {
	return db.All[Event](ctx, q, `SELECT root_id, sitting_id, id, seq, kind, way, delegate_id, name, unit, category_id, replaces, of_id, with_id, desk,
		at, device_at, received_at, account_id FROM reception_event WHERE root_id = $1 AND sitting_id = $2 AND seq > $3 ORDER BY seq`, root, sitting, after)
}

// last returns the number of the last line of a log, 0 of an empty one.
func last(ctx context.Context, q db.Q, root, sitting string) (int64, error) {
	return db.One[int64](ctx, q, `SELECT COALESCE(MAX(seq), 0) FROM reception_event WHERE root_id = $1 AND sitting_id = $2`, root, sitting)
}

// written returns those of some events which the log of a sitting has, each with the account, or the
// helper, who wrote it.
func written(ctx context.Context, q db.Q, root, sitting string, events []Event) (map[string]string, error) {
	out := map[string]string{}
	for some := range db.Pieces(events) {
		args := make([]any, 0, 3*len(some))
		for _, e := range some {
			args = append(args, root, sitting, e.ID)
		}
		type writer struct {
			ID      string
			Account string `db:"account_id"`
		}
		rows, err := db.All[writer](ctx, q, `SELECT id, account_id FROM reception_event WHERE (root_id, sitting_id, id) IN (VALUES `+db.Tuples(len(some), 3)+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, w := range rows {
			out[w.ID] = w.Account
		}
	}
	return out, nil
}

// namedAmong returns which of the delegates of whom events speak are of a conference, also
// those who were replaced.
func namedAmong(ctx context.Context, q db.Q, x conference.Conference, events []Event) (map[string]bool, error) {
	out := map[string]bool{}
	for some := range db.Pieces(events) {
		args := []any{}
		for _, e := range some {
			args = append(args, x.Root, e.Delegate, x.Root, e.Replaces)
		}
		ids, err := db.All[string](ctx, q, `SELECT id FROM delegate WHERE (root_id, id) IN (VALUES `+db.Tuples(2*len(some), 2)+`) AND conference_id = $`+
			strconv.Itoa(len(args)+1), append(args, x.ID)...)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			out[id] = true
		}
	}
	return out, nil
}
