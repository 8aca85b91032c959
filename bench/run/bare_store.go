package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	_ "modernc.org/sqlite" // the driver that the program uses
)

// bareTable is the least that taking in a roll needs: the file is read and its rows inserted, in one
// durable transaction, into a table with three unique indexes. Nothing is checked and nothing shown.
type bareTable struct {
	db   *sql.DB
	conn *sql.Conn
}

func openBare(ctx context.Context, file string) (*bareTable, error) {
	d, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	conn, err := d.Conn(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range []string{
		`CREATE TABLE roll (number TEXT, name TEXT, sex TEXT, born TEXT, ethnicity TEXT, hometown TEXT, card TEXT, admitted TEXT, official TEXT, education TEXT, theory TEXT, position TEXT, id INTEGER)`,
		`CREATE UNIQUE INDEX roll_card ON roll (card)`,
		`CREATE UNIQUE INDEX roll_id ON roll (id)`,
		`CREATE UNIQUE INDEX roll_name ON roll (name, born, card)`,
	} {
		if _, err := conn.ExecContext(ctx, s); err != nil {
			return nil, err
		}
	}
	return &bareTable{d, conn}, nil
}

func (b *bareTable) close() error { return errors.Join(b.conn.Close(), b.db.Close()) }

// take reads a file and inserts its rows, and returns how long that took.
func (b *bareTable) take(ctx context.Context, kind string, file []byte) (time.Duration, error) {
	begin := time.Now()
	rows, err := readBare(kind, file)
	if err != nil {
		return 0, err
	}
	tx, err := b.conn.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	if err := insertBare(ctx, tx, rows[1:]); err != nil {
		return 0, errors.Join(err, tx.Rollback())
	}
	err = tx.Commit()
	return time.Since(begin), err
}

func insertBare(ctx context.Context, tx *sql.Tx, rows [][]string) error {
	insert, err := tx.PrepareContext(ctx, `INSERT INTO roll VALUES (`+strings.Repeat("?, ", len(rollHeader))+`(SELECT COALESCE(MAX(id), 0) + 1 FROM roll))`)
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }() // ends with its transaction
	for _, row := range rows {
		args := make([]any, len(row))
		for i, v := range row {
			args[i] = v
		}
		if _, err := insert.ExecContext(ctx, args...); err != nil {
			return err
		}
	}
	return nil
}

func readBare(kind string, file []byte) ([][]string, error) {
	if kind == "csv" {
		return csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	}
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	rows, err := f.GetRows(f.GetSheetName(0))
	return rows, errors.Join(err, f.Close())
}
