package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"iter"
	"reflect"
	"slices"
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

// In returns the right side of an IN, "($2, $3)", and appends the values to args: one at least.
func In(args *[]any, values ...string) string {
	marks := make([]string, len(values))
	for i, v := range values {
		*args = append(*args, v)
		marks[i] = fmt.Sprintf("$%d", len(*args))
	}
	return "(" + strings.Join(marks, ", ") + ")"
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
func Insert[T any](ctx context.Context, q Q, table string, row T) error {
	return InsertAll(ctx, q, table, []T{row})
}

// InsertAll adds rows as Insert does, several in a statement: structs of one type.
func InsertAll[T any](ctx context.Context, q Q, table string, rows []T) error {
	r, err := RowsOf(table, rows)
	if err != nil {
		return err
	}
	return r.Insert(ctx, q)
}

// Rows are rows that only wait to be added: what of them can be worked out before a
// transaction has the writer of SQLite to itself.
type Rows struct{ inserts []insert }

// insert is one statement.
type insert struct {
	query string
	rows  int
	args  []any // as the driver takes them
}

// RowsOf makes rows ready to be added to table: structs of one type, as for Insert. The columns that are
// named have the same value in all of them, which a statement takes once.
func RowsOf[T any](table string, rows []T, same ...string) (Rows, error) {
	var out Rows
	if len(rows) == 0 {
		return out, nil
	}
	s := shapeOf(reflect.TypeOf(rows[0]))
	var shared columnSet
	for _, name := range same {
		shared |= 1 << slices.Index(s.names, name)
	}
	for some := range Pieces(rows) {
		i := insert{"INSERT INTO " + table + s.columns + " VALUES " + sharing(len(some), len(s.index), shared), len(some), make([]any, 0, len(s.index)*len(some))}
		for n := range some {
			v := reflect.ValueOf(&some[n]).Elem()
			if v.Kind() == reflect.Interface {
				v = v.Elem()
			}
			for c, at := range s.index {
				arg, err := driver.DefaultParameterConverter.ConvertValue(v.FieldByIndex(at).Interface())
				if err == nil && n > 0 && shared.has(c) {
					if arg != i.args[c] {
						err = fmt.Errorf("rows differ in %s", s.names[c])
					} else {
						continue
					}
				}
				if err != nil {
					return out, fmt.Errorf("%s: %w", brief(i.query), err)
				}
				i.args = append(i.args, arg)
			}
		}
		out.inserts = append(out.inserts, i)
	}
	return out, nil
}

// Insert adds the rows.
func (r Rows) Insert(ctx context.Context, q Q) error {
	for _, i := range r.inserts {
		n, err := Exec(ctx, q, i.query, i.args...)
		if err != nil {
			return err
		}
		if n != int64(i.rows) {
			return fmt.Errorf("%s: %d rows of %d are stored", brief(i.query), n, i.rows)
		}
	}
	return nil
}

// mostTuples is how many rows one statement holds: the more, the less each costs, but
// little less from here on.
const mostTuples = 64

// Pieces cuts a list into pieces whose lengths are powers of two, so that statements
// that hold many rows have few texts and can be kept.
func Pieces[T any](all []T) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for size := mostTuples; len(all) > 0; {
			if len(all) < size {
				size /= 2
				continue
			}
			if !yield(all[:size:size]) {
				return
			}
			all = all[size:]
		}
	}
}

// columnSet is a set of the first 64 columns.
type columnSet uint64

func (s columnSet) has(column int) bool { return s>>column&1 == 1 }

// Tuples returns the placeholders of so many rows, each so wide: "($1, $2), ($3, $4)".
func Tuples(rows, width int) string { return sharing(rows, width, 0) }

// sharing returns the placeholders of rows that share those of some columns: "($1, $2), ($1, $3)".
func sharing(rows, width int, shared columnSet) string {
	type key struct {
		rows, width int
		shared      columnSet
	}
	if s, ok := tuples.Load(key{rows, width, shared}); ok {
		return s.(string)
	}
	all, marks := make([]string, rows), make([]string, width)
	next := 0
	for n := range all {
		for i := range marks {
			if n == 0 || !shared.has(i) {
				next++
				marks[i] = fmt.Sprintf("$%d", next)
			}
		}
		all[n] = "(" + strings.Join(marks, ", ") + ")"
	}
	s := strings.Join(all, ", ")
	tuples.Store(key{rows, width, shared}, s)
	return s
}

var tuples sync.Map // rows, width and which columns they share → text

// shape is what Insert needs to know of a struct type.
type shape struct {
	names   []string
	columns string // of all names, " (a, b)"
	index   [][]int
}

var shapes sync.Map // reflect.Type → shape

func shapeOf(t reflect.Type) shape {
	if s, ok := shapes.Load(t); ok {
		return s.(shape)
	}
	var s shape
	for _, f := range reflect.VisibleFields(t) {
		name := f.Tag.Get("db")
		if f.Anonymous || !f.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			name = dbscan.SnakeCaseMapper(f.Name)
		}
		s.names = append(s.names, name)
		s.index = append(s.index, f.Index)
	}
	s.columns = " (" + strings.Join(s.names, ", ") + ")"
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
