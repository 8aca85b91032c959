package app_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"chibo/app"
	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/library"
	"chibo/organization"
)

func newIdentity(t *testing.T) *age.X25519Identity {
	t.Helper()
	i, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// TestNoNameIsInACopy looks for everybody of a ward in an encrypted copy, and finds them in
// one that is not.
func TestNoNameIsInACopy(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	names, err := db.All[string](t.Context(), w.App.DB, `SELECT full_name FROM member UNION SELECT name FROM organization`)
	if err != nil || len(names) < 10 {
		t.Fatalf("%d names, %v", len(names), err)
	}
	unit := newIdentity(t)
	var locked, open bytes.Buffer
	if err := w.App.Backup(t.Context(), &locked, unit.Recipient()); err != nil {
		t.Fatal(err)
	}
	if err := w.App.Backup(t.Context(), &open); err != nil {
		t.Fatal(err)
	}
	zipped, err := gzip.NewReader(&open)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(zipped)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if bytes.Contains(locked.Bytes(), []byte(name)) {
			t.Errorf("%s stands in the encrypted copy", name)
		}
		if !bytes.Contains(text, []byte(name)) {
			t.Errorf("%s is not found in the open copy: the test cannot fail", name)
		}
	}
	if bytes.Contains(locked.Bytes(), []byte("manifest")) {
		t.Error("the names of files stand in the encrypted copy")
	}

	for name, c := range map[string]struct {
		copied []byte
		keys   []age.Identity
		says   string
	}{
		"no key":       {locked.Bytes(), nil, "the copy is encrypted"},
		"another key":  {locked.Bytes(), []age.Identity{newIdentity(t)}, "does not open this copy"},
		"a bit turned": {turned(locked.Bytes()), []age.Identity{unit}, "does not hold"},
		"cut short":    {locked.Bytes()[:locked.Len()-1], []age.Identity{unit}, "does not hold"},
		"the right":    {locked.Bytes(), []age.Identity{unit}, ""},
	} {
		dir := filepath.Join(t.TempDir(), "again")
		_, err := app.Restore(bytes.NewReader(c.copied), dir, c.keys...)
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v", name, err)
		}
		if _, gone := os.Stat(dir); (gone == nil) != (c.says == "") {
			t.Errorf("%s: something was put back", name)
		}
	}
}

func turned(b []byte) []byte {
	b = bytes.Clone(b)
	b[len(b)/2] ^= 1
	return b
}

// TestCopiesAreMadeByThemselves lets four days pass.
func TestCopiesAreMadeByThemselves(t *testing.T) {
	t.Parallel()
	unit, dir, data := newIdentity(t), t.TempDir(), t.TempDir()
	clock := worldtest.Now.Time()
	a, err := app.Open(t.Context(), app.Config{
		Database: filepath.Join(data, app.DatabaseFile), Data: data, Quiet: true, Now: func() time.Time { return clock },
		Copies: app.Copies{Dir: dir, Every: 24 * time.Hour, Keep: 2, Recipients: []age.Recipient{unit.Recipient()}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if err := a.ScheduleCopy(t.Context()); err != nil {
		t.Fatal(err)
	}
	for day := range 4 {
		for range 2 { // the second time nothing is due
			if err := a.WorkDue(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		names, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(names) != min(day+1, 2) {
			t.Errorf("day %d: %v, %v", day, names, err)
		}
		if at, found, err := a.LastCopy(); err != nil || !found || at.Time().Unix() != clock.Unix() {
			t.Errorf("day %d: the last copy is of %s, %v, %v", day, at, found, err)
		}
		clock = clock.Add(24 * time.Hour)
	}
}

// TestDataAtRestIsMarked closes a program, changes one thing, and opens it again.
func TestDataAtRestIsMarked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(dir string) error
		want   app.Resting
	}{
		"nothing":               {func(string) error { return nil }, app.Held},
		"a bit of the database": {func(dir string) error { return turn(filepath.Join(dir, app.DatabaseFile)) }, app.Altered},
		"a file came": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "files", "ab", "new"), []byte("x"), 0o600)
		}, app.Altered},
		"a file is gone": {func(dir string) error { return os.Remove(filepath.Join(dir, "files", "ab", "abcd")) }, app.Altered},
		"the mark":       {func(dir string) error { return turn(filepath.Join(dir, "rest.json")) }, app.Altered},
		"a letter of the mark": {func(dir string) error {
			name := filepath.Join(dir, "rest.json")
			b, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			return os.WriteFile(name, bytes.Replace(b, []byte(`"key"`), []byte(`"kEy"`), 1), 0o600)
		}, app.Altered},
		"the mark is gone":   {func(dir string) error { return os.Remove(filepath.Join(dir, "rest.json")) }, app.Unmarked},
		"it was not closed":  {func(dir string) error { return os.WriteFile(filepath.Join(dir, "chibo.db-wal"), nil, 0o600) }, app.Unmarked},
		"the database empty": {func(dir string) error { return os.Truncate(filepath.Join(dir, app.DatabaseFile), 0) }, app.Altered},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.MkdirAll(filepath.Join(dir, "files", "ab"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "files", "ab", "abcd"), []byte("một tệp"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := open(t, dir).Close(); err != nil {
				t.Fatal(err)
			}
			if err := c.change(dir); err != nil {
				t.Fatal(err)
			}
			state, what, err := (app.Config{Database: filepath.Join(dir, app.DatabaseFile), Data: dir}).Rested()
			if err != nil || state != c.want {
				t.Errorf("%s %s, %v", state, what, err)
			}
			a := open(t, dir)
			// More than a checkpoint waits for is written before anybody asks.
			err = a.DB.Tx(t.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(t.Context(), tx, `CREATE TABLE written (what BLOB)`)
				if err == nil {
					_, err = db.Exec(t.Context(), tx, `INSERT INTO written VALUES (randomblob(8000000))`)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if found, lack := a.Found(); found != c.want || lack != what {
				t.Errorf("opened: %s %s", found, lack)
			}
			if err := a.Close(); err != nil {
				t.Error(err)
			}
			if state, what, err := a.Rested(); err != nil || state != app.Held {
				t.Errorf("closed again: %s %s, %v", state, what, err)
			}
		})
	}
}

// TestFilesComeAndGoBeforeAnybodyAsks: what is kept and removed after the start, and before it is
// asked how the directory was found, is not taken for what somebody did while nothing ran.
func TestFilesComeAndGoBeforeAnybodyAsks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a := open(t, dir)
	_, err := a.First(t.Context(), "Nguyễn Thị Quản", organization.Organization{Name: "Đảng bộ phường Sông Xanh", Level: organization.Ward})
	must(t, err, a.Close())
	a = open(t, dir)
	root, err := db.One[string](t.Context(), a.DB, `SELECT id FROM organization`)
	must(t, err)
	who, use := access.Person{Name: "test", Account: "test"}, library.Use{Kind: "test", Subject: "test", Organization: root}
	f, err := a.Library.Keep(t.Context(), who, root, "giay.pdf", []byte("%PDF-1.7\nmột tờ giấy\n%%EOF\n"), use)
	must(t, err)
	must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error { return a.Library.Remove(t.Context(), tx, who, root, f.ID) }))
	_, err = a.Library.Keep(t.Context(), who, root, "giay.pdf", []byte("%PDF-1.7\ntờ giấy khác\n%%EOF\n"), use)
	must(t, err)
	if found, what := a.Found(); found != app.Held {
		t.Errorf("%s: %s", found, what)
	}
	must(t, a.Close())
}

// turn turns one bit in the middle of a file.
func turn(name string) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, turned(b), 0o600)
}
