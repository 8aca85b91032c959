package main

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"chibo/app"
	"chibo/app/world"
	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/job"
	"chibo/library"
)

var mutations = flag.Int("mutations", 120, "how many mutations of a data directory are tried; 10,000 by hand, with -timeout 60m")

// newData fills a small ward, with an older state of it and the heads that lie outside.
func newData(t *testing.T) (data, older string, outside []head) {
	t.Helper()
	data, older = filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "older")
	clock := &world.Clock{}
	with := func(do func(ctx context.Context, a *app.App)) {
		t.Helper()
		ctx := context.Background() // of the whole test, also of what closes
		a, err := app.Open(ctx, app.Config{Database: filepath.Join(data, databaseFile), Data: data, Now: clock.Now, Quiet: true, Log: slog.New(slog.DiscardHandler)})
		must(t, err)
		do(ctx, a)
		must(t, a.Close())
	}
	must(t, os.MkdirAll(data, 0o700))
	with(func(ctx context.Context, a *app.App) {
		_, err := world.Fill(ctx, a, clock, world.Size{Cells: 1, People: 12, Months: 2, Seed: 3}, worldtest.Now)
		must(t, err)
		heads, err := a.Witnesses.All(ctx)
		must(t, err)
		for n := range 3 {
			pdf := fmt.Appendf(nil, "%%PDF-1.7\nKế hoạch %d %s\n%%%%EOF\n", n, strings.Repeat("x", 500*n))
			_, err := a.Library.Keep(ctx, access.Person{Account: "operator", Name: "chibo"}, heads[0].Root, fmt.Sprint("kế hoạch ", n, ".pdf"), pdf,
				library.Use{Kind: "plan", Subject: "p", Organization: heads[0].Root})
			must(t, err)
		}
	})
	must(t, os.CopyFS(older, os.DirFS(data)))
	with(func(ctx context.Context, a *app.App) {
		must(t, a.Witnesses.Take(ctx, job.Job{}))
		must(t, a.Witnesses.Restored(ctx, worldtest.Now)) // any entry
		for range 2 {                                     // keys change: what was signed by each still holds
			_, err := a.Witnesses.Renew(ctx, access.Person{Name: "chibo"})
			must(t, err)
			must(t, a.Witnesses.Take(ctx, job.Job{}))
		}
	})
	b, err := os.ReadFile(filepath.Join(data, "vault", "heads.txt"))
	must(t, err)
	outside, err = readHeads(string(b))
	must(t, err)
	return data, older, outside
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestNoMutationIsMissed changes one thing in a copy of a data directory, again and again. At
// rest anything may change: a bit, a row of any table, a file. Without the mark of rest what is
// logged, sealed and stored may. A verifier that looks at the log alone must miss some: else
// the mutations are too easy.
func TestNoMutationIsMissed(t *testing.T) {
	t.Parallel()
	data, older, outside := newData(t)
	if notes, err := verify(data, outside, ""); err != nil || len(notes) > 0 {
		t.Fatalf("before any: %v, %v", notes, err)
	}
	m := &mutant{T: t, dir: filepath.Join(t.TempDir(), "mutated"), data: data, older: older, rand: rand.New(rand.NewPCG(7, uint64(*mutations)))}
	m.readShape()
	var missed, missedByWeak []string
	for n := range *mutations {
		m.copy()
		what := m.mutate(n)
		if _, err := verify(m.dir, outside, ""); err == nil {
			missed = append(missed, what)
		} else if _, ok := errors.AsType[finding](err); !ok {
			t.Errorf("%s: could not be looked at: %v", what, err)
		}
		if weak(m.dir) == nil {
			missedByWeak = append(missedByWeak, what)
		}
		must(t, os.RemoveAll(m.dir))
	}
	for _, what := range missed {
		t.Errorf("missed: %s", what)
	}
	t.Logf("%d mutations, %d missed; a weak verifier misses %d", *mutations, len(missed), len(missedByWeak))
	if len(missedByWeak) < *mutations/10 {
		t.Errorf("a verifier that looks at the log alone misses only %d", len(missedByWeak))
	}
}

// weak looks at the log alone, which agrees with itself.
func weak(dir string) error {
	d, err := open(dir)
	if err != nil {
		return err
	}
	return errors.Join(verifyChains(d), d.Close())
}

// mutant is a copy of a data directory that is changed.
type mutant struct {
	*testing.T
	dir, data, older string
	rand             *rand.Rand
	shape            shape
}

// shape is what there is to be changed in the database, the same in every copy: asked once,
// because to open a database costs more than to change it.
type shape struct {
	tables, triggers []string            // of the tables those with rows
	columns, keys    map[string][]string // of each table
	rows             map[string]int64
	turns            int64 // entries that tell of a key
}

func (m *mutant) readShape() {
	m.Helper()
	s := shape{columns: map[string][]string{}, keys: map[string][]string{}, rows: map[string]int64{}}
	d, err := open(m.data)
	must(m.T, err)
	texts := func(query string) (all []string) {
		must(m.T, each(d, func(row []string) error { all = append(all, row[0]); return nil }, query))
		return all
	}
	number := func(query string) int64 {
		n, err := strconv.ParseInt(texts(query)[0], 10, 64)
		must(m.T, err)
		return n
	}
	for _, table := range texts(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`) {
		s.columns[table] = texts(`SELECT name FROM pragma_table_info('` + table + `')`)
		s.keys[table] = texts(`SELECT name FROM pragma_table_info('` + table + `') WHERE pk > 0 ORDER BY pk`)
		if s.rows[table] = number(`SELECT count(*) FROM ` + table); s.rows[table] > 0 {
			s.tables = append(s.tables, table)
		}
	}
	s.triggers = texts(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
	s.turns = number(`SELECT count(*) FROM audit WHERE object_id = 'signing.key'`)
	must(m.T, d.Close())
	m.shape = s
}

// copy makes the directory anew. Only the database is copied, whose bytes are changed where they
// stand; the files are the same ones, and put replaces one.
func (m *mutant) copy() {
	m.Helper()
	must(m.T, filepath.WalkDir(m.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(m.dir, strings.TrimPrefix(path, m.data))
		switch {
		case d.IsDir():
			return os.MkdirAll(to, 0o700)
		case d.Name() == databaseFile:
			b, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(to, b, 0o600))
		}
		return os.Link(path, to)
	}))
}

// put writes a file anew and leaves the one of the original alone.
func (m *mutant) put(name string, b []byte) {
	m.Helper()
	must(m.T, errors.Join(os.Remove(name), os.WriteFile(name, b, 0o600)))
}

// mutate changes one thing and says what.
func (m *mutant) mutate(n int) string {
	if n%4 != 0 { // at rest
		return "at rest: " + m.choose(m.flip, m.cut, m.edit, m.remove, m.swapFiles, m.fileGoes, m.fileComes)
	}
	must(m.T, os.Remove(filepath.Join(m.dir, "rest.json")))
	must(m.T, os.Remove(filepath.Join(m.dir, "vault", "heads.txt")))
	return "in use: " + m.choose(m.editKept, m.editKept, m.turnKey, m.removeKept, m.appendKept, m.shorten, m.putBack, m.reopen, m.flipFile, m.swapFiles, m.fileGoes)
}

func (m *mutant) choose(all ...func() string) string { return all[m.rand.IntN(len(all))]() }

// flip turns one bit of the database, a file or the mark.
func (m *mutant) flip() string {
	names := append(m.files(), filepath.Join(m.dir, databaseFile), filepath.Join(m.dir, databaseFile), filepath.Join(m.dir, "rest.json"))
	return m.turn(names[m.rand.IntN(len(names))])
}

func (m *mutant) flipFile() string { return m.turn(m.file()) }

func (m *mutant) turn(name string) string {
	b, err := os.ReadFile(name)
	must(m.T, err)
	at := m.rand.IntN(len(b))
	b[at] ^= 1 << m.rand.IntN(8)
	m.put(name, b)
	return fmt.Sprintf("a bit of byte %d of %s", at, filepath.Base(name))
}

// cut truncates the database or a file.
func (m *mutant) cut() string {
	names := append(m.files(), filepath.Join(m.dir, databaseFile))
	name := names[m.rand.IntN(len(names))]
	b, err := os.ReadFile(name)
	must(m.T, err)
	m.put(name, b[:m.rand.IntN(len(b))])
	return filepath.Base(name) + " cut short"
}

func (m *mutant) files() []string {
	var names []string
	must(m.T, filepath.WalkDir(filepath.Join(m.dir, "files"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			names = append(names, path)
		}
		return err
	}))
	return names
}

func (m *mutant) file() string {
	names := m.files()
	return names[m.rand.IntN(len(names))]
}

func (m *mutant) fileGoes() string {
	name := m.file()
	must(m.T, os.Remove(name))
	return filepath.Base(name) + " gone"
}

func (m *mutant) fileComes() string {
	must(m.T, os.WriteFile(filepath.Join(filepath.Dir(m.file()), "new"), []byte("x"), 0o600))
	return "a file came"
}

func (m *mutant) swapFiles() string {
	names := m.files()
	m.rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	aside := filepath.Join(m.dir, "aside")
	must(m.T, errors.Join(os.Rename(names[0], aside), os.Rename(names[1], names[0]), os.Rename(aside, names[1])))
	return "two files swapped"
}

// putBack puts the older database in the place of the newer.
func (m *mutant) putBack() string {
	b, err := os.ReadFile(filepath.Join(m.older, databaseFile))
	must(m.T, err)
	m.put(filepath.Join(m.dir, databaseFile), b)
	return "an older copy"
}

// kept are the tables whose rows never change, with the columns that somebody could want to
// change. Of a stored paper the name is drawn from its record and kept for sorting.
var kept = map[string][]string{
	"audit":      {"root_id", "seq", "at", "account_id", "member_id", "action", "object_id", "detail", "hash"},
	"audit_head": {"root_id", "seq", "hash"},
	"act":        {"root_id", "meeting_id", "seq", "id", "kind", "at", "account_id", "body", "received", "device", "seen", "via"},
	"seal":       {"root_id", "id", "organization_id", "meeting_id", "n", "code", "hash", "record", "sealed_at", "sealed_by"},
	"seal_file":  {"root_id", "seal_id", "paper", "form", "hash", "data"},
	"check_code": {"code", "root_id", "seal_id", "sealed_at"},
}

func (m *mutant) keptTable() string {
	names := make([]string, 0, len(kept))
	for name := range kept {
		names = append(names, name)
	}
	slices.Sort(names)
	return names[m.rand.IntN(len(names))]
}

func (m *mutant) editKept() string {
	table := m.keptTable()
	return m.editRow(table, kept[table][m.rand.IntN(len(kept[table]))])
}

func (m *mutant) removeKept() string { return m.removeRow(m.keptTable()) }

// edit changes a text or a number anywhere in the database.
func (m *mutant) edit() string {
	table := m.anyTable()
	columns := m.shape.columns[table]
	return m.editRow(table, columns[m.rand.IntN(len(columns))])
}

func (m *mutant) remove() string { return m.removeRow(m.anyTable()) }

func (m *mutant) anyTable() string { return m.shape.tables[m.rand.IntN(len(m.shape.tables))] }

// row is a condition that one row of a table fulfils.
func (m *mutant) row(table string) string {
	list := strings.Join(m.shape.keys[table], ", ")
	return fmt.Sprintf(`(%s) = (SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET %d)`, list, list, table, list, m.rand.Int64N(m.shape.rows[table]))
}

func (m *mutant) editRow(table, column string) string {
	where := m.row(table)
	m.do(fmt.Sprintf(`UPDATE OR REPLACE %[1]s SET %[2]s = CASE typeof(%[2]s) WHEN 'integer' THEN %[2]s + 1 WHEN 'blob' THEN %[2]s || X'20'
		ELSE CASE WHEN length(%[2]s) > 2 THEN substr(%[2]s, 1, length(%[2]s) / 2) || '~' || substr(%[2]s, length(%[2]s) / 2 + 2) ELSE coalesce(%[2]s, '') || '~' END END WHERE %[3]s`, table, column, where))
	return table + "." + column + " edited"
}

func (m *mutant) removeRow(table string) string {
	m.do(`DELETE FROM ` + table + ` WHERE ` + m.row(table))
	return "a row of " + table + " deleted"
}

// appendKept adds a row that was not there.
func (m *mutant) appendKept() string {
	change := map[string]string{
		"audit": "seq + 100000", "act": "seq + 100000, id || '~'", "seal": "id || '~', n + 50", "seal_file": "paper || '~'", "check_code": "code || '~'", "audit_head": "root_id || '~'",
	}
	of := map[string][]string{"audit": {"seq"}, "act": {"seq", "id"}, "seal": {"id", "n"}, "seal_file": {"paper"}, "check_code": {"code"}, "audit_head": {"root_id"}}
	table := m.keptTable()
	columns := m.shape.columns[table]
	values := slices.Clone(columns)
	for n, expression := range strings.Split(change[table], ", ") {
		values[slices.Index(columns, of[table][n])] = expression
	}
	m.do(`INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) SELECT ` + strings.Join(values, ", ") + ` FROM ` + table + ` WHERE ` + m.row(table))
	return "a row of " + table + " added"
}

// shorten cuts the end of the log off, so that it agrees with itself.
func (m *mutant) shorten() string {
	n := 1 + m.rand.IntN(20)
	m.do(fmt.Sprintf(`DELETE FROM audit WHERE seq > (SELECT h.seq - %d FROM audit_head h WHERE h.root_id = audit.root_id)`, n),
		`UPDATE audit_head SET (seq, hash) = (SELECT seq, hash FROM audit a WHERE a.root_id = audit_head.root_id ORDER BY seq DESC LIMIT 1)`)
	return fmt.Sprintf("the last %d entries cut off", n)
}

// turnKey changes one sign of what a log tells of its signing key and chains the log anew from
// there, so that it agrees with itself.
func (m *mutant) turnKey() string {
	at := m.rand.Int64N(m.shape.turns)
	entry := m.row3(fmt.Sprintf(`SELECT root_id, seq, detail FROM audit WHERE object_id = 'signing.key' ORDER BY root_id, seq LIMIT 1 OFFSET %d`, at))
	begin := strings.Index(entry[2], "CHIBO/KEY/1")
	sign := begin + m.rand.IntN(strings.LastIndex(entry[2], `"`)-begin)
	other := string("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567:"[m.rand.IntN(33)])
	if other == entry[2][sign:sign+1] {
		other = "/"
	}
	m.tell(entry[0], entry[1], entry[2][:sign]+other+entry[2][sign+1:])
	return fmt.Sprintf("sign %d of the introduction in entry %s changed and all that follows chained anew", sign-begin, entry[1])
}

func (m *mutant) row3(query string) (row []string) {
	m.Helper()
	m.with(func(d *sql.DB) error {
		return each(d, func(r []string) error { row = r; return nil }, query)
	})
	return row
}

// tell writes another detail into an entry and chains the log anew.
func (m *mutant) tell(root, seq, detail string) {
	m.Helper()
	m.do(fmt.Sprintf(`UPDATE audit SET detail = '%s' WHERE root_id = '%s' AND seq = %s`, detail, root, seq))
	last, statements := "", []string{}
	m.with(func(d *sql.DB) error {
		return each(d, func(row []string) error {
			last = hashOf([]byte(counted(append([]string{last}, row[:8]...)...)))
			if last != row[8] {
				statements = append(statements, fmt.Sprintf(`UPDATE audit SET hash = '%s' WHERE root_id = '%s' AND seq = %s`, last, row[0], row[1]))
			}
			return nil
		}, `SELECT root_id, seq, at, account_id, member_id, action, object_id, detail, hash FROM audit WHERE root_id = $1 ORDER BY seq`, root)
	})
	m.do(append(statements, fmt.Sprintf(`UPDATE audit_head SET hash = '%s' WHERE root_id = '%s'`, last, root))...)
}

// TestForgedKeysAreFound forges what a log tells of its keys, chains it anew and looks at the
// keys alone: no head of after stands in the way of the forger.
func TestForgedKeysAreFound(t *testing.T) {
	t.Parallel()
	data, older, _ := newData(t)
	first, stranger := keyIn(t, older), ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	of := func(key ed25519.PrivateKey) string { return base.EncodeToString(key.Public().(ed25519.PublicKey)) }
	by := func(key ed25519.PrivateKey, text string) string {
		return base.EncodeToString(ed25519.Sign(key, []byte(text)))
	}
	introduction := func(by1, by2 ed25519.PrivateKey, old, next string) string {
		text := "CHIBO/KEY/1:" + old + ":" + next + ":1"
		return `{"introduction":"` + text + ":" + by(by1, text) + ":" + by(by2, text) + `"}`
	}
	introduced := func(entry []string) string { return strings.Split(entry[2], ":")[3] } // after {"introduction":"CHIBO/KEY/1:OLD
	m := &mutant{T: t, dir: filepath.Join(t.TempDir(), "forged"), data: data}
	m.readShape()
	for name, forge := range map[string]func(one, two []string){
		"not signed by the old key": func(one, two []string) {
			m.tell(two[0], two[1], introduction(stranger, stranger, introduced(one), of(stranger)))
		},
		"not signed by the new key": func(one, _ []string) {
			m.tell(one[0], one[1], introduction(first, first, of(first), introduced(one)))
		},
		"by a key that did not sign then": func(_, two []string) {
			m.tell(two[0], two[1], introduction(first, stranger, of(first), of(stranger)))
		},
		"the order changed": func(one, two []string) {
			m.tell(one[0], one[1], two[2])
			m.tell(two[0], two[1], one[2])
		},
		"one that introduces itself": func(one, _ []string) {
			m.tell(one[0], one[1], introduction(first, first, of(first), of(first)))
		},
		"no introduction": func(one, _ []string) { m.tell(one[0], one[1], `{"introduction":"CHIBO"}`) },
		"told twice":      func(one, two []string) { m.tell(two[0], two[1], one[2]) },
	} {
		m.copy()
		one := m.row3(`SELECT root_id, seq, detail FROM audit WHERE object_id = 'signing.key' ORDER BY root_id, seq LIMIT 1`)
		two := m.row3(`SELECT root_id, seq, detail FROM audit WHERE object_id = 'signing.key' ORDER BY root_id, seq LIMIT 1 OFFSET 1`)
		if one[0] != two[0] {
			t.Fatal("a log has not two turns")
		}
		forge(one, two)
		d, err := open(m.dir)
		must(t, err)
		if err := verifyChains(d); err != nil {
			t.Errorf("%s: the log does not agree with itself: %v", name, err)
		}
		if _, err := readTurns(d); !isFinding(err) {
			t.Errorf("%s: %v", name, err)
		}
		must(t, errors.Join(d.Close(), os.RemoveAll(m.dir)))
	}

	d, err := open(data)
	must(t, err)
	defer func() { _ = d.Close() }()
	all, err := readTurns(d)
	must(t, err)
	for root, log := range all {
		before, after := head{root: root, seq: log[0].seq - 1}, head{root: root, seq: log[1].seq}
		for _, h := range []*head{&before, &after} {
			must(t, each(d, func(row []string) error { h.hash = row[0]; return nil }, `SELECT hash FROM audit WHERE root_id = $1 AND seq = $2`, h.root, h.seq))
		}
		last := of(keyIn(t, data))
		for _, c := range []struct {
			h     head
			key   string
			holds bool
		}{{before, of(first), true}, {after, last, true}, {before, last, false}, {before, of(stranger), false}, {after, of(first), false}, {after, log[0].key, false}} {
			c.h.key = c.key
			if err := compare(d, c.h, all); isFinding(err) == c.holds {
				t.Errorf("entry %d, key %.8s: %v", c.h.seq, c.key, err)
			}
		}
		if trusts := all.trusted(of(first)[:20]); !trusts(last) || trusts(of(stranger)) {
			t.Error("who trusts the first key does not trust the last, or trusts any")
		}
	}
}

// TestAForgedMarkIsFound changes what no log and no seal covers, and marks the directory as it
// lies then: by a key of one's own, which the vault and the logs do not know. The program finds
// it as this verifier does.
func TestAForgedMarkIsFound(t *testing.T) {
	t.Parallel()
	data, _, _ := newData(t)
	stranger := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	for name, c := range map[string]struct {
		by    ed25519.PrivateKey
		vault bool // lies beside the database
		found bool
	}{
		"by a stranger":                     {stranger, true, true},
		"by a stranger, the vault is apart": {stranger, false, true},
		"by the key of the program":         {keyIn(t, data), true, false},
		"by it, the vault is apart":         {keyIn(t, data), false, false},
	} {
		m := &mutant{T: t, dir: filepath.Join(t.TempDir(), "marked"), data: data}
		m.readShape()
		m.copy()
		m.do(`UPDATE organization SET name = name || '!'`)
		m.mark(c.by)
		if !c.vault {
			must(t, os.RemoveAll(filepath.Join(m.dir, "vault")))
		}
		if _, err := verify(m.dir, nil, ""); isFinding(err) != c.found || !c.found && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if state, what, _ := m.open(); (state == app.Altered) != c.found {
			t.Errorf("%s: the program finds it %s %s", name, state, what)
		}
	}
}

// TestAKeyThatNobodyIntroducedIsNoted lets a log say that a key was found in the place of a lost
// one, as anybody can who can write the database. That may be so: both verifiers say it in the
// same words.
func TestAKeyThatNobodyIntroducedIsNoted(t *testing.T) {
	t.Parallel()
	data, _, _ := newData(t)
	stranger := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	m := &mutant{T: t, dir: filepath.Join(t.TempDir(), "taken over"), data: data}
	m.readShape()
	m.copy()
	if _, _, notes := m.open(); len(notes) > 0 {
		t.Errorf("before: %s", notes)
	}
	end := m.row3(`SELECT root_id, seq, hash FROM audit_head ORDER BY root_id LIMIT 1`)
	seq, err := strconv.Atoi(end[1])
	must(t, err)
	row := []string{end[0], strconv.Itoa(seq + 1), "1", "", "", "key.found", "signing.key", `{"key":"` + base.EncodeToString(stranger.Public().(ed25519.PublicKey)) + `"}`}
	hash := hashOf([]byte(counted(append([]string{end[2]}, row...)...)))
	m.do(`INSERT INTO audit (root_id, seq, at, account_id, member_id, action, object_id, detail, hash) VALUES ('`+strings.Join(append(row, hash), "', '")+`')`,
		`UPDATE audit_head SET seq = `+row[1]+`, hash = '`+hash+`' WHERE root_id = '`+end[0]+`'`)
	m.mark(stranger)
	told, err := verify(m.dir, nil, "")
	if err != nil || len(told) != 1 || !strings.Contains(told[0], "from entry "+row[1]+" on the log of "+end[0]) {
		t.Errorf("%v, %v", told, err)
	}
	if state, what, notes := m.open(); state != app.Held || !slices.Equal(notes, told) {
		t.Errorf("the program finds it %s %s and notes\n%s\nand this verifier\n%s", state, what, notes, told)
	}
}

// mark leaves the mark of rest of a key beside the data as it lies.
func (m *mutant) mark(by ed25519.PrivateKey) {
	m.Helper()
	const form = "chibo/rest/1"
	sum, err := fileHash(filepath.Join(m.dir, databaseFile))
	must(m.T, err)
	names, err := list(m.dir)
	must(m.T, err)
	text := fmt.Sprintf(`{"form":%q,"at":1,"database":%q,"files":%q}`, form, sum, hashOf([]byte(names)))
	b, err := json.MarshalIndent(struct {
		Rest      string `json:"rest"`
		Key       string `json:"key"`
		Signature string `json:"signature"`
	}{text, base.EncodeToString(by.Public().(ed25519.PublicKey)), base.EncodeToString(ed25519.Sign(by, []byte(form+"\n"+text)))}, "", "\t")
	must(m.T, err)
	m.put(filepath.Join(m.dir, "rest.json"), b)
}

// open lets the program look at the directory: how it was left, and what is noted of its keys.
func (m *mutant) open() (state app.Resting, what string, notes []string) {
	m.Helper()
	a, err := app.Open(m.Context(), app.Config{Database: filepath.Join(m.dir, databaseFile), Data: m.dir, Reading: true, Quiet: true, Log: slog.New(slog.DiscardHandler)})
	must(m.T, err)
	state, what = a.Found()
	notes, err = a.Witnesses.Unintroduced(m.Context())
	must(m.T, errors.Join(err, a.Verify(m.Context()), a.Close()))
	return state, what, notes
}

func isFinding(err error) bool {
	_, ok := errors.AsType[finding](err)
	return ok
}

func keyIn(t *testing.T, dir string) ed25519.PrivateKey {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "vault", "signing.seed"))
	must(t, err)
	seed, err := hex.DecodeString(strings.TrimSpace(string(b)))
	must(t, err)
	return ed25519.NewKeyFromSeed(seed)
}

// reopen makes a sealed meeting one that can be changed.
func (m *mutant) reopen() string {
	m.do(`UPDATE meeting SET state = 'closed' WHERE id = (SELECT meeting_id FROM seal LIMIT 1)`)
	return "a sealed meeting opened"
}

func (m *mutant) with(f func(d *sql.DB) error) {
	m.Helper()
	d, err := sql.Open("sqlite", filepath.Join(m.dir, databaseFile))
	must(m.T, err)
	d.SetMaxOpenConns(1)
	must(m.T, errors.Join(f(d), d.Close()))
}

// do runs statements with the guards out of the way.
func (m *mutant) do(statements ...string) {
	m.Helper()
	var drops []string
	for _, name := range m.shape.triggers {
		drops = append(drops, "DROP TRIGGER IF EXISTS "+name)
	}
	m.with(func(d *sql.DB) error {
		before := []string{"PRAGMA foreign_keys = 0", "PRAGMA synchronous = OFF", "BEGIN"} // speed: nobody cuts the power here
		for _, s := range slices.Concat(before, drops, statements, []string{"COMMIT"}) {
			if _, err := d.ExecContext(m.Context(), s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	})
}
