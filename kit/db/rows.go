package db

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/georgysavva/scany/v2/dbscan"
	"github.com/georgysavva/scany/v2/sqlscan"

	"chibo/kit/fault"
)

// scan maps columns to fields by db tag or snake case; a column without a field
// is an error, so that a forgotten field is found by the first test.
var scan = must(sqlscan.NewAPI(must(sqlscan.NewDBScanAPI(dbscan.WithScannableTypes((*sql.Scanner)(nil))))))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // fixed options
	}
	return v
}

// One returns the only row of a query as a T, a struct or a single value. No row
// is fault.NotFound, so that a row outside the caller's scope and a row that
// does not exist read the same.
func One[T any](ctx context.Context, q Q, query string, args ...any) (T, error) {
	v, ok, err := Maybe[T](ctx, q, query, args...)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return v, err
}

// Maybe returns the only row of a query, and whether there was one.
func Maybe[T any](ctx context.Context, q Q, query string, args ...any) (v T, found bool, err error) {
	err = scan.Get(ctx, q, &v, query, args...)
	if sqlscan.NotFound(err) {
		return v, false, nil
	}
	if err != nil {
		return v, false, fmt.Errorf("%s: %w", brief(query), err)
	}
	return v, true, nil
}

// All returns the rows of a query.
func All[T any](ctx context.Context, q Q, query string, args ...any) ([]T, error) {
	var rows []T
	if err := scan.Select(ctx, q, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("%s: %w", brief(query), err)
	}
	return rows, nil
}

// Exec runs a statement and returns how many rows it touched.
func Exec(ctx context.Context, q Q, query string, args ...any) (int64, error) {
	r, err := q.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", brief(query), err)
	}
	return r.RowsAffected()
}

// Insert adds row, a struct whose db fields are the columns of table.
func Insert(ctx context.Context, q Q, table string, row any) error {
	v := reflect.Indirect(reflect.ValueOf(row))
	s := shapeOf(v.Type())
	args := make([]any, len(s.index))
	for i, at := range s.index {
		args[i] = v.FieldByIndex(at).Interface()
	}
	_, err := Exec(ctx, q, "INSERT INTO "+table+s.columns, args...)
	return err
}

// shape is what Insert needs to know of a struct type.
type shape struct {
	columns string // " (a, b) VALUES ($1, $2)"
	index   [][]int
}

var shapes sync.Map // reflect.Type → shape

func shapeOf(t reflect.Type) shape {
	if s, ok := shapes.Load(t); ok {
		return s.(shape)
	}
	var names, marks []string
	var s shape
	for _, f := range reflect.VisibleFields(t) {
		name := f.Tag.Get("db")
		if f.Anonymous || !f.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			name = dbscan.SnakeCaseMapper(f.Name)
		}
		names = append(names, name)
		s.index = append(s.index, f.Index)
		marks = append(marks, fmt.Sprintf("$%d", len(names)))
	}
	s.columns = " (" + strings.Join(names, ", ") + ") VALUES (" + strings.Join(marks, ", ") + ")"
	shapes.Store(t, s)
	return s
}

// brief is the start of a query, to tell queries apart in errors.
func brief(query string) string {
	query = strings.Join(strings.Fields(query), " ")
	if len(query) > 80 {
		query = query[:80] + "…"
	}
	return query
}
