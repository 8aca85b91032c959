package ballot_test

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/ballot"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/id"
)

// design is a way of keeping secret ballots. Besides the one in use there are some
// that look secret and are not: the same thief must catch them, or he proves nothing.
type design struct {
	name          string
	create        string // statement that makes its table
	table, column string // where its ballots lie; the poll stands in poll_id
	plain         bool   // the table holds the choice as it is
	key           bool   // the thief has come by the keys too
}

var inUse = design{name: "in use", table: "ballot_sealed", column: "sealed"}

// leaky are the designs that must be caught.
func leaky(postgres bool) []design {
	all := []design{
		{name: "random keys", create: `CREATE TABLE leaky (id TEXT PRIMARY KEY, poll_id TEXT, choice TEXT)`, table: "leaky", column: "choice", plain: true},
		{name: "keys stolen while the poll ran", table: inUse.table, column: inUse.column, key: true},
	}
	if !postgres {
		all = append(all, design{
			name:   "random keys in the order of the key",
			create: `CREATE TABLE leaky (id TEXT PRIMARY KEY, poll_id TEXT, choice TEXT) WITHOUT ROWID`, table: "leaky", column: "choice", plain: true,
		})
	}
	return all
}

const (
	pollsAttacked = 20
	votersEach    = 60
)

// loot is what each way of looking has brought, ballot by ballot in the order in
// which people voted, which is no secret.
type loot map[string][]sample

// rob holds polls under a design, steals after each and returns the loot.
func rob(t *testing.T, where func(testing.TB) string, how design) loot {
	t.Helper()
	all := loot{}
	for range pollsAttacked {
		d := dbtest.Open(t, where(t))
		r := &robbery{hall: newHall(t, d), how: how, seen: map[string]bool{}}
		if how.create != "" {
			r.tx(t, func(ctx context.Context, tx *db.Tx) error { _, err := db.Exec(ctx, tx, how.create); return err })
		}
		r.hold(t)
		for source, pieces := range r.sources(t) {
			for i, piece := range pieces {
				all[source] = append(all[source], sample{r.readable(t, piece), r.ayes[i]})
			}
		}
	}
	return all
}

// robbery is one poll under the eyes of a thief.
type robbery struct {
	hall
	how     design
	poll    ballot.Poll
	ayes    []bool   // by the order of voting
	members []string // in the order of voting
	replica []string // ballots as a replica has received them, one after the other
	seen    map[string]bool
	keyFile []byte
	journal []byte
}

// hold lets people vote in a random order; a replica is read after every ballot.
func (r *robbery) hold(t *testing.T) {
	t.Helper()
	r.poll = r.open(t, r.yesNo(true, people(votersEach)...))
	key, err := os.ReadFile(filepath.Join(r.vault, r.poll.Root+"."+r.poll.ID+".key"))
	if err != nil {
		t.Fatal(err)
	}
	r.keyFile = key
	for _, i := range rand.Perm(votersEach) {
		member, aye := r.poll.Entitled[i], rand.IntN(2) == 0
		choice := "nay"
		if aye {
			choice = "aye"
		}
		r.ayes, r.members = append(r.ayes, aye), append(r.members, member)
		if r.how.plain {
			r.castPlainly(t, member, choice)
		} else if err := r.cast(member, r.poll, choice); err != nil {
			t.Fatal(err)
		}
		for _, piece := range r.pieces(t, "") {
			if !r.how.plain && !r.seen[piece] {
				r.seen[piece] = true
				r.replica = append(r.replica, piece)
			}
		}
	}
	if file := r.DB.File(); file != "" {
		if r.journal, err = os.ReadFile(file + "-wal"); err != nil {
			t.Fatal(err)
		}
	}
}

// castPlainly does what looks right: the mark here, the choice there under a random
// key, both in one transaction.
func (r *robbery) castPlainly(t *testing.T, member, choice string) {
	t.Helper()
	r.tx(t, func(ctx context.Context, tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `UPDATE ballot_voter SET voted = TRUE WHERE poll_id = $1 AND member_id = $2`, r.poll.ID, member); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `INSERT INTO leaky (id, poll_id, choice) VALUES ($1, $2, $3)`, randomID(), r.poll.ID, choice)
		return err
	})
}

func randomID() string { return fmt.Sprintf("%016x%016x", rand.Uint64(), rand.Uint64()) }

// pieces returns the ballots of the table in an order.
func (r *robbery) pieces(t *testing.T, order string) []string {
	t.Helper()
	if order != "" {
		order = " ORDER BY " + order
	}
	pieces, err := db.All[string](t.Context(), r.DB, `SELECT `+r.how.column+` FROM `+r.how.table+` WHERE poll_id = $1`+order, r.poll.ID)
	if err != nil {
		t.Fatal(err)
	}
	return pieces
}

// sources are the ways of putting the ballots into the order of voting.
func (r *robbery) sources(t *testing.T) map[string][]string {
	t.Helper()
	s := map[string][]string{"as they are read": r.pieces(t, "")}
	if !r.how.plain {
		s["a replica, ballot by ballot"] = r.replica
	}
	switch {
	case r.DB.Postgres():
		s["ctid"] = r.pieces(t, "ctid")
		s["xmin"] = r.pieces(t, "xmin::text::bigint")
		s["marks and ballots of one xmin"] = r.joined(t)
	case r.how.plain:
		s["journal"] = r.inJournal(t)
	default:
		s["journal"] = arrivals(r.pieces(t, ""), func(piece string) int { return bytes.Index(r.journal, []byte(piece)) })
	}
	if !r.DB.Postgres() && strings.Contains(r.how.create, "PRIMARY KEY") && !strings.Contains(r.how.create, "WITHOUT") {
		s["rowid"] = r.pieces(t, "rowid")
	}
	return s
}

// joined pairs marks and ballots by the transaction that wrote them.
func (r *robbery) joined(t *testing.T) []string {
	t.Helper()
	type pair struct{ Member, Piece string }
	pairs, err := db.All[pair](t.Context(), r.DB, `
		SELECT v.member_id AS member, b.`+r.how.column+` AS piece
		FROM ballot_voter v JOIN `+r.how.table+` b ON b.xmin = v.xmin WHERE v.poll_id = $1`, r.poll.ID)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(pairs, func(a, b pair) int { return slices.Index(r.members, a.Member) - slices.Index(r.members, b.Member) })
	pieces := make([]string, len(pairs))
	for i, p := range pairs {
		pieces[i] = p.Piece
	}
	return pieces
}

// inJournal puts plain ballots into the order in which their random keys first come
// up in the journal.
func (r *robbery) inJournal(t *testing.T) []string {
	t.Helper()
	type vote struct{ ID, Choice string }
	votes, err := db.All[vote](t.Context(), r.DB, `SELECT id, choice FROM leaky WHERE poll_id = $1`, r.poll.ID)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(votes, func(a, b vote) int {
		return bytes.Index(r.journal, []byte(a.ID)) - bytes.Index(r.journal, []byte(b.ID))
	})
	pieces := make([]string, len(votes))
	for i, v := range votes {
		pieces[i] = v.Choice
	}
	return pieces
}

// readable is a piece as the thief sees it: opened, where he has the key.
func (r *robbery) readable(t *testing.T, piece string) string {
	t.Helper()
	if !r.how.key {
		return piece
	}
	block, err := aes.NewCipher(r.keyFile)
	if err != nil {
		t.Fatal(err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(piece)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := aead.Open(nil, nil, raw, []byte(r.poll.Root+"/"+r.poll.ID))
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// caught is how many standard deviations better than a coin a thief must be to have
// found something.
const caught = 3

// TestThiefLearnsNothing steals the ballots of 20 polls with 60 voters each from the
// database, its journal and a replica. By chance alone a thief comes up once in 700
// tries; he does not come up twice with the same source, and with a leak he always
// does.
func TestThiefLearnsNothing(t *testing.T) {
	t.Parallel()
	for name, where := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := rob(t, where, inUse)
			for source, samples := range first {
				z := thief(samples)
				t.Logf("%s: z = %.1f of %d ballots", source, z, len(samples))
				if len(samples) != pollsAttacked*votersEach {
					t.Errorf("%s has brought %d ballots: the attack shows little", source, len(samples))
				}
				if z >= caught {
					if again := thief(rob(t, where, inUse)[source]); again >= caught {
						t.Errorf("%s tells who chose what: z = %.1f, %.1f", source, z, again)
					}
				}
			}
		})
	}
}

// TestThiefIsNoFool plants designs that leak: the same thief must catch each of them
// in some way.
func TestThiefIsNoFool(t *testing.T) {
	t.Parallel()
	for name, where := range stores {
		for _, how := range leaky(name == "postgres") {
			t.Run(name+"/"+how.name, func(t *testing.T) {
				t.Parallel()
				most := 0.0
				for source, samples := range rob(t, where, how) {
					z := thief(samples)
					t.Logf("%s: z = %.1f", source, z)
					most = max(most, z)
				}
				if most <= caught {
					t.Errorf("a design that leaks got through: z = %.1f", most)
				}
			})
		}
	}
}

var stores = map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres}

// TestNothingPlainAnywhere looks for choices and keys in every byte of the database,
// its journal and its copies, while the poll runs and after it.
func TestNothingPlainAnywhere(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	h := newHall(t, d)
	p := h.yesNo(true, people(votersEach)...)
	p.Options = []ballot.Option{{ID: "choice-one-" + id.New(), Text: "Một"}, {ID: "choice-two-" + id.New(), Text: "Hai"}}
	h.open(t, p)
	key, err := os.ReadFile(filepath.Join(h.vault, p.Root+"."+p.ID+".key"))
	if err != nil {
		t.Fatal(err)
	}
	copies := 0
	everything := func() []byte {
		copies++
		name := filepath.Join(t.TempDir(), fmt.Sprint("copy", copies))
		if err := d.Snapshot(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		var all []byte
		for _, file := range []string{d.File(), d.File() + "-wal", name} {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, b...)
		}
		return all
	}
	names := func(b []byte) (n int) {
		for _, o := range p.Options {
			n += bytes.Count(b, []byte(o.ID))
		}
		return n
	}
	before := names(everything())
	for i, m := range p.Entitled {
		if err := h.cast(m, p, p.Options[i%2].ID); err != nil {
			t.Fatal(err)
		}
	}
	during := everything()
	if n := names(during); n != before {
		t.Errorf("options are named %d times before the first ballot and %d times after the last", before, n)
	}
	if _, err := h.close(p); err != nil {
		t.Fatal(err)
	}
	after := everything()
	for when, b := range map[string][]byte{"while the poll runs": during, "after it": after} {
		for how, k := range map[string][]byte{"raw": key, "hex": []byte(hex.EncodeToString(key)), "base64": []byte(base64.RawURLEncoding.EncodeToString(key))} {
			if bytes.Contains(b, k) {
				t.Errorf("%s the key stands in the database or a copy of it: %s", when, how)
			}
		}
	}
	if left, err := db.All[string](t.Context(), d, `SELECT sealed FROM ballot_sealed`); err != nil || len(left) != 0 {
		t.Errorf("%d ballots are left, %v", len(left), err)
	}
	for _, column := range []string{"detail", "action"} {
		lines, err := db.All[string](t.Context(), d, `SELECT `+column+` FROM audit`)
		if err != nil || strings.Contains(strings.Join(lines, " "), "choice-") {
			t.Errorf("the log of who did what names an option: %q, %v", lines, err)
		}
	}
}

// TestLogTellsNothing gives the thief the log of requests: the line of each ballot,
// whole, and how long it took.
func TestLogTellsNothing(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	e := newEvening(t, w)
	voter := w.As("member")
	steal := func() map[string][]sample {
		got := map[string][]sample{}
		for range 200 {
			p := e.poll(t, true, 1, "Tán thành", "Không tán thành")
			aye := rand.IntN(2) == 0
			choice := "002"
			if aye {
				choice = "001"
			}
			before := len(w.Logged())
			if a := voter.Post(p.Path(), "choice", choice, "step", "cast"); a.Status != 303 {
				t.Fatalf("%d %s", a.Status, a.Body)
			}
			var line map[string]any
			text := w.Logged()[before:]
			if err := json.Unmarshal([]byte(text), &line); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			if strings.Contains(text, p.ID) || strings.Contains(text, "choice") || strings.Contains(text, "tán thành") {
				t.Errorf("the log names the poll or the choice: %s", text)
			}
			took := fmt.Sprintf("%04.0f", line["took"].(float64)/50_000) // steps of 0.05 ms
			delete(line, "request")
			delete(line, "time")
			delete(line, "took")
			rest, err := json.Marshal(line)
			if err != nil {
				t.Fatal(err)
			}
			got["line"] = append(got["line"], sample{string(rest), aye})
			got["time taken"] = append(got["time taken"], sample{took, aye})
		}
		return got
	}
	for source, samples := range steal() {
		z := thief(samples)
		t.Logf("%s: z = %.1f", source, z)
		if z >= caught && thief(steal()[source]) >= caught {
			t.Errorf("%s tells what was chosen: z = %.1f", source, z)
		}
	}
}
