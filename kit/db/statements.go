package db

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"sync"
)

// statements runs SQL on SQLite by statements that are prepared once and kept, for
// reading a text of SQL and planning it costs more than running it. pgx keeps
// statements by itself.
type statements struct {
	on interface {
		Q
		PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
	}
	mu    sync.RWMutex
	known map[string]statement // by their text
}

// statement is a prepared statement that stays open as long as its database: its
// users must not close it.
type statement interface {
	QueryContext(ctx context.Context, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
	Close() error
}

// mostStatements bounds what is kept. The program has some hundreds of texts; only
// lists of varying length make more, and those beyond the bound are run unprepared.
const mostStatements = 1000

// QueryContext reads.
func (s *statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	p, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return s.on.QueryContext(ctx, query, args...)
	}
	return p.QueryContext(ctx, args...)
}

// ExecContext writes.
func (s *statements) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	p, err := s.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return s.on.ExecContext(ctx, query, args...)
	}
	return p.ExecContext(ctx, args...)
}

// prepared returns the statement of a text, nil where no more are kept.
func (s *statements) prepared(ctx context.Context, query string) (statement, error) {
	s.mu.RLock()
	p, found := s.known[query]
	full := len(s.known) >= mostStatements
	s.mu.RUnlock()
	if found || full {
		return p, nil
	}
	fresh, err := s.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, raced := s.known[query]; raced {
		return p, fresh.Close()
	}
	if s.known == nil {
		s.known = map[string]statement{}
	}
	s.known[query] = fresh
	return fresh, nil
}

// close closes every statement. SQLite does not end a connection whose statements are
// open, and what was written last stays in the file beside the database.
func (s *statements) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	for _, p := range s.known {
		err = errors.Join(err, p.Close())
	}
	s.known = nil
	return err
}

func (s *statements) prepare(ctx context.Context, query string) (statement, error) {
	p, err := s.on.PrepareContext(ctx, unnamed(query))
	if err != nil {
		return nil, err
	}
	return p, nil
}

// unnamed returns a query with ? for its $1, $2, … where they stand first in that order, and ?1 where
// one stands again. To SQLite, $1 is a name, which it looks for among all others whenever it is bound: of
// a hundred rows in one statement that takes longer than writing them.
func unnamed(query string) string {
	var out strings.Builder
	rest := query
	for first := 1; ; {
		before, after, found := strings.Cut(rest, "$")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		end := 0
		for end < len(after) && after[end] >= '0' && after[end] <= '9' {
			end++
		}
		n, err := strconv.Atoi(after[:end])
		if err != nil || n < 1 || n > first {
			return query
		}
		out.WriteByte('?')
		if n < first {
			out.WriteString(after[:end])
		} else {
			first++
		}
		rest = after[end:]
	}
}
