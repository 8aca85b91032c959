package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Carry copies the rows of a SQLite file into a PostgreSQL database that has the same tables
// and nothing in them, so that two programs can begin with the same.
func Carry(ctx context.Context, from, to string) error {
	lite, err := sql.Open("sqlite", from)
	if err != nil {
		return err
	}
	defer func() { _ = lite.Close() }()
	conn, err := pgx.Connect(ctx, to)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	// The rows come as they lie: no key is looked up before all are there, no trigger adds any.
	if _, err := conn.Exec(ctx, `SET session_replication_role = replica`); err != nil {
		return err
	}
	names, err := texts(ctx, lite, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'goose_db_version' ORDER BY name`)
	if err != nil {
		return err
	}
	for _, table := range names {
		if err := carryTable(ctx, lite, conn, table); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return nil
}

// carryTable copies the rows of one table.
func carryTable(ctx context.Context, lite *sql.DB, conn *pgx.Conn, table string) error {
	columns, err := texts(ctx, lite, `SELECT name FROM pragma_table_info('`+table+`')`)
	if err != nil {
		return err
	}
	truths, err := texts(ctx, lite, `SELECT name FROM pragma_table_info('`+table+`') WHERE type = 'BOOLEAN'`)
	if err != nil {
		return err
	}
	rows, err := lite.QueryContext(ctx, `SELECT `+strings.Join(columns, ", ")+` FROM `+table) // #nosec G202 -- names of the schema itself
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var all [][]any
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for n := range values {
			into[n] = &values[n]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for n, v := range values {
			if slices.Contains(truths, columns[n]) {
				values[n] = v == int64(1) // as SQLite keeps it
			}
		}
		all = append(all, values)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	_, err = conn.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(all))
	return err
}

// texts returns the one column of a query.
func texts(ctx context.Context, s *sql.DB, query string) (all []string, err error) {
	rows, err := s.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, errors.Join(rows.Err(), rows.Close())
}
