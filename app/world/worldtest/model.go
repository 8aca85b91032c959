package worldtest

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"chibo/app"
	"chibo/app/world"
	"chibo/kit/db/dbtest"
)

// model is the world as it was filled once in this process. Every test gets a copy of its
// own, as if the program had been started again.
type model struct {
	database *dbtest.Template
	facts    world.Facts
	files    map[string][]byte // of the data directory, by path
	log      string
}

// The two databases are filled each on its own.
var onSQLite, onPostgres = newModel(), newModel()

func newModel() *model {
	m := &model{}
	m.database = dbtest.NewTemplate(m.fill)
	return m
}

// fill fills the world in an empty database.
func (m *model) fill(where string) (err error) {
	data, err := os.MkdirTemp("", "chibo-world-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	ctx, clock, log := context.Background(), &world.Clock{}, &journal{}
	a, err := app.Open(ctx, app.Config{Database: where, Data: data, Now: clock.Now, Log: log.logger()})
	if err != nil {
		return err
	}
	m.facts, err = world.Fill(ctx, a, clock, world.Size{Cells: 2, People: 24, Months: 2, Seed: 1}, Now)
	if err := errors.Join(err, a.Close()); err != nil {
		return err
	}
	m.log = log.text.String()
	m.files, err = filesIn(data)
	return err
}

// twin is onSQLite with the same rows on PostgreSQL.
var twin = onSQLite.database.Twin()

// filesIn reads all files under a directory.
func filesIn(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	return files, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err == nil {
			files[rel], err = os.ReadFile(path) // #nosec G122 G304 -- a directory of the test
		}
		return err
	})
}

// plenty are more lists of people than a test takes.
const plenty = 1_000_000

// open starts the program on a copy of the model, whose database is where.
func open(t testing.TB, m *model, where string) *World {
	t.Helper()
	data := t.TempDir()
	for name, b := range m.files {
		path := filepath.Join(data, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, b, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	w := &World{Facts: m.facts, Clock: &world.Clock{}, t: t, log: &journal{}}
	w.Clock.Set(Now)
	w.log.text.WriteString(m.log)
	a, err := app.Open(t.Context(), app.Config{Database: where, Data: data, Now: w.Clock.Now, Log: w.log.logger(), ListsPerHour: plenty})
	if err != nil {
		t.Fatal(err)
	}
	w.Close = sync.OnceValue(a.Close)
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	w.App, w.handler = a, a.Handler()
	return w
}

// Node returns another program that serves the same ward on the same clock. The database must
// be PostgreSQL. change, which may be nil, changes how it is started.
func (w *World) Node(change func(*app.Config)) *World {
	w.t.Helper()
	cfg := w.App.Config
	if change != nil {
		change(&cfg)
	}
	a, err := app.Open(w.t.Context(), cfg)
	if err != nil {
		w.t.Fatal(err)
	}
	stop := sync.OnceValue(a.Close)
	w.t.Cleanup(func() {
		if err := stop(); err != nil {
			w.t.Error(err)
		}
	})
	return &World{Facts: w.Facts, App: a, Clock: w.Clock, Close: stop, t: w.t, log: w.log, handler: a.Handler()}
}

// At is the same person with the same cookies at another node.
func (v *Visitor) At(node *World) *Visitor { return &Visitor{w: node, cookie: v.cookie} }

// journal is a log that is kept in memory.
type journal struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write adds a line.
func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *journal) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(j, nil)) }
