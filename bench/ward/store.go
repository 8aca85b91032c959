package ward

import (
	"context"
	"fmt"
	"strings"

	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/organization"
)

// what is copied of a cell: $1 the cell, $2 its meeting. Of the log only the opening,
// so that nobody is counted yet.
var what = [][2]string{
	{"organization", `id = $1 AND $2 <> ''`},
	{"organization_settings", `organization_id = $1 AND $2 <> ''`},
	{"organization_office", `organization_id = $1 AND $2 <> ''`},
	{"member", `organization_id = $1 AND $2 <> ''`},
	{"member_standing", `organization_id = $1 AND $2 <> ''`},
	{"meeting", `organization_id = $1 AND id = $2`},
	{"meeting_item", `$1 <> '' AND meeting_id = $2`},
	{"room", `$1 <> '' AND meeting_id = $2`},
	{"act", `$1 <> '' AND meeting_id = $2 AND kind = 'open'`},
}

func read(ctx context.Context, q db.Q, cell, meeting string) ([]table, error) {
	var out []table
	for _, w := range what {
		t, err := readOne(ctx, q, w[0], `SELECT * FROM `+w[0]+` WHERE `+w[1], cell, meeting)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w[0], err)
		}
		out = append(out, t)
	}
	return out, nil
}

func readOne(ctx context.Context, q db.Q, name, query string, args ...any) (table, error) {
	t := table{name: name}
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return t, err
	}
	defer func() { _ = rows.Close() }() // rows.Err says what there is to say
	if t.columns, err = rows.Columns(); err != nil {
		return t, err
	}
	for rows.Next() {
		row, to := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			return t, err
		}
		for i, c := range t.columns {
			if c == "seq" {
				row[i] = 1 // of the room and of the one act
			}
		}
		t.rows = append(t.rows, row)
	}
	return t, rows.Err()
}

func write(ctx context.Context, tx *db.Tx, t table, row []any) error {
	marks := make([]string, len(row))
	for i := range row {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	_, err := db.Exec(ctx, tx, `INSERT INTO `+t.name+` (`+strings.Join(t.columns, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`, row...)
	return err
}

func secretaryOf(ctx context.Context, q db.Q, cell string) (string, error) {
	return db.One[string](ctx, q, `
		SELECT f.member_id FROM organization_office f JOIN member m ON m.root_id = f.root_id AND m.id = f.member_id
		WHERE f.organization_id = $1 AND f.post = 'secretary' AND f.until_on = '' LIMIT 1`, cell)
}

func allowSealed(ctx context.Context, tx *db.Tx, s organization.Settings) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM organization_settings WHERE organization_id = $1`, s.Organization)
	if err != nil {
		return err
	}
	return db.Insert(ctx, tx, "organization_settings", s)
}

func addSession(ctx context.Context, tx *db.Tx, root, account, member, tokenHash string, now when.Instant) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO account (root_id, id, member_id, full_name, sign_name, created_at)
		SELECT root_id, $3, id, full_name, $3, $4 FROM member WHERE root_id = $1 AND id = $2`, root, member, account, now)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `INSERT INTO account_session (root_id, id, account_id, token_hash, device_hash, created_at, seen_at)
		VALUES ($1, $2, $3, $4, $2, $5, $5)`, root, id.New(), account, tokenHash, now)
	return err
}
