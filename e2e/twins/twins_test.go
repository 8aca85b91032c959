// Package twins has two programs do the same, step by step: one on SQLite, one on PostgreSQL,
// which begin with the very same rows. People look at pages, follow what stands on them and
// press what can be pressed, rightly and wrongly; whatever one program answers the other one
// must answer too, word for word, and what they keep must be the same.
package twins

import (
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/when"
)

// The size of a run; 200 and 200 by hand.
var (
	sequences = flag.Int("sequences", 4, "how many sequences of steps are generated")
	steps     = flag.Int("steps", 40, "how many steps each has")
)

// size sets how many sequences rapid makes and how many steps each has on average.
func size(t *testing.T, sequences, steps int) {
	t.Helper()
	for name, n := range map[string]int{"checks": sequences, "steps": steps} {
		if err := flag.Set("rapid."+name, strconv.Itoa(n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		t.Fatal(err)
	}
}

// people are those who use the programs: names of worldtest.
var people = []string{"secretary", "deputy", "minute-taker", "member", "clerk", "committee", "administrator", "other secretary", "stranger"}

// one is one of the two programs.
type one struct {
	*worldtest.World
	browsers map[string]*worldtest.Browser
	ids      map[string]string // the ids of this program, by what both call them
}

// pair is the two programs, and the page on which each person is in both.
type pair struct {
	lite, postgres *one
	now            when.Instant
	pages          map[string]page
	away           map[string]bool // who has to sign in first
	step           uint64
	wrong          string // what was found
	every          int    // after how many steps all is compared
	log            []string
	known          memory
	counts         map[string]int
	root           string
}

// uuids are ids of version 7. Their second half is chance, of which both programs are given
// the same; the first half is the time.
var uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-([89ab][0-9a-f]{3}-[0-9a-f]{12})`)

// hashes are sums over ids, and what is derived of them.
var hashes = regexp.MustCompile(`\b[0-9a-f]{64}\b`)

// codes are the codes of seals, made of sums over ids.
var codes = regexp.MustCompile(`\b[0-9A-Z]{4}-?[0-9A-Z]{4}-?[0-9A-Z]{4}\b`)

// keys are the keys by which pages know their presses.
var keys = regexp.MustCompile(`name="press" value="[^"]*"`)

// copies is what each program says in its own way, since PostgreSQL is copied by its own means: that
// nobody makes copies of SQLite, on the page of the log's heads how old the last is, and in a dossier
// how they are made and sealed.
var copies = regexp.MustCompile(`<div class="stack"><div class="note warn"><p><b>(Chưa có bản sao lưu nào|No copy has been made yet)</b></p><p>[^<]*</p></div></div>` +
	`|<section class="card"><header><h2>(Bản sao lưu|Copies)</h2>.*?</section>` +
	`|<li><div[^>]*><b>(Sao lưu|Mã hóa bản sao|Copies|Copies sealed)</b>.*?</li>`)

// common returns a text as both programs would write it, and remembers the ids in it.
func (o *one) common(text string) string {
	text = copies.ReplaceAllString(text, "")
	text = keys.ReplaceAllString(text, "press")
	text = uuids.ReplaceAllStringFunc(text, func(id string) string {
		o.ids["id:"+id[19:]] = id
		return "id:" + id[19:]
	})
	text = codes.ReplaceAllStringFunc(text, func(code string) string {
		if strings.ContainsAny(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			return "code"
		}
		return code // the number of a card
	})
	return hashes.ReplaceAllString(text, "hash")
}

// own returns a text with the ids of this program for those of another.
func (o *one) own(text string) string {
	return uuids.ReplaceAllStringFunc(text, func(id string) string {
		if mine, known := o.ids["id:"+id[19:]]; known {
			return mine
		}
		return id
	})
}

// truly is the chance that nobody chooses.
var truly = rand.Reader

// begin starts both programs, which end at cleanup; whoever comes first signs in.
func begin(t *testing.T, cleanup func(func()), every int) *pair {
	t.Helper()
	rand.Reader = truly // databases have names of their own
	uuid.SetRand(truly)
	s := &stage{TB: t}
	cleanup(s.end)
	lite, postgres := worldtest.Twins(s)
	p := &pair{
		lite:     &one{lite, map[string]*worldtest.Browser{}, map[string]string{}},
		postgres: &one{postgres, map[string]*worldtest.Browser{}, map[string]string{}},
		now:      worldtest.Now, every: every, pages: map[string]page{}, away: map[string]bool{}, counts: map[string]int{},
	}
	var err error
	if p.root, err = db.One[string](t.Context(), lite.App.DB, `SELECT root_id FROM meeting WHERE id = $1`, lite.Meetings[0].ID); err != nil {
		t.Fatal(err)
	}
	for _, who := range people {
		p.lite.browsers[who], p.postgres.browsers[who] = lite.Browser(), postgres.Browser()
		p.away[who] = who != "stranger"
	}
	return p
}

// comes signs somebody in who has been away.
func (p *pair) comes(who string) {
	if !p.away[who] {
		return
	}
	p.away[who] = false
	a := p.lite.Account(who)
	p.both("signs in", who, func(_ *one, b *worldtest.Browser) worldtest.Page {
		return b.Post("/sign-in", "name", a.Name, "password", a.Password)
	})
}

// chance gives whoever is asked next the chance of this step.
func (p *pair) chance() {
	var seed [32]byte
	seed[0], seed[1], seed[2] = byte(p.step), byte(p.step>>8), byte(p.step>>16)
	rand.Reader = mathrand.NewChaCha8(seed)
	uuid.SetRand(rand.Reader)
}

// both asks both programs and compares what they answer; ask must ask one of them.
func (p *pair) both(what, who string, ask func(o *one, b *worldtest.Browser) worldtest.Page) worldtest.Page {
	p.comes(who)
	p.step++
	p.log = append(p.log, who+": "+what)
	p.chance()
	lite := ask(p.lite, p.lite.browsers[who])
	p.chance()
	postgres := ask(p.postgres, p.postgres.browsers[who])
	if lite.Status != postgres.Status || p.lite.common(lite.Path) != p.postgres.common(postgres.Path) {
		p.fails("SQLite answers %d at %s, PostgreSQL %d at %s\n%s", lite.Status, lite.Path, postgres.Status, postgres.Path, cmp.Diff(wordsOf(lite.Body), wordsOf(postgres.Body)))
	}
	if lite.Status >= 500 {
		p.fails("answered with %d", lite.Status)
	}
	a, b := p.lite.common(lite.Body), p.postgres.common(postgres.Body)
	if isPage(lite.Body) && a != b {
		p.fails("the pages at %s differ (SQLite -, PostgreSQL +):\n%s", lite.Path, cmp.Diff(strings.Split(strings.ReplaceAll(a, ">", ">\n"), "\n"), strings.Split(strings.ReplaceAll(b, ">", ">\n"), "\n")))
	}
	p.counts[fmt.Sprint(lite.Status)]++
	if isPage(lite.Body) {
		p.pages[who] = read(lite)
	}
	return lite
}

// story tells what has been done so far.
func (p *pair) story() string { return "after\n  " + strings.Join(p.log, "\n  ") }

// found is the panic with which a step ends that has found something.
type found struct{}

// fails ends the step: what was found is told at the end of the sequence, in one place and under one
// name, so that rapid knows shorter sequences to fail alike.
func (p *pair) fails(format string, args ...any) {
	p.wrong = p.story() + "\n" + fmt.Sprintf(format, args...)
	panic(found{})
}

// try does a step, unless something was found before.
func (p *pair) try(step func(*rapid.T)) func(*rapid.T) {
	return func(r *rapid.T) {
		if p.wrong == "" {
			p.guard(func() { step(r) })
		}
	}
}

// guard does what ends where something is found.
func (p *pair) guard(step func()) {
	defer func() {
		if what := recover(); what != nil && what != (found{}) {
			panic(what)
		}
	}()
	step()
}

// run does the steps that rapid chooses, then looks at everything, and tells what was found.
func (p *pair) run(r *rapid.T) {
	steps := p.deeds()
	for name, step := range steps {
		steps[name] = p.try(step)
	}
	r.Repeat(steps)
	p.try(p.whole)(r)
	if p.wrong != "" {
		r.Log(p.wrong)
		r.Fatal("the two are not the same, or what must hold does not")
	}
}

// look has somebody look at an address.
func (p *pair) look(who, path string) {
	p.both("looks at "+path, who, func(o *one, b *worldtest.Browser) worldtest.Page { return b.Get(o.own(path)) })
}

// send has somebody send a form.
func (p *pair) send(who, path, kind, body string) worldtest.Page {
	said := body
	if len(said) > 400 {
		said = said[:400] + " …"
	}
	return p.both("sends "+path+" "+said, who, func(o *one, b *worldtest.Browser) worldtest.Page { return b.Send(o.own(path), kind, o.own(body)) })
}

// later moves both clocks.
func (p *pair) later(d time.Duration) {
	p.now = p.now.Add(d)
	p.log = append(p.log, fmt.Sprintf("%v pass", d))
	for _, who := range people {
		p.away[who] = who != "stranger" // sessions may have ended
	}
	p.lite.Clock.Set(p.now)
	p.postgres.Clock.Set(p.now)
}

// stage is a test that can end before its end.
type stage struct {
	testing.TB
	ends []func()
}

// Cleanup has f done at the end.
func (s *stage) Cleanup(f func()) { s.ends = append(s.ends, f) }

// TempDir returns a directory that goes at the end.
func (s *stage) TempDir() string {
	dir, err := os.MkdirTemp("", "chibo-twins-")
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func (s *stage) end() {
	for n := len(s.ends) - 1; n >= 0; n-- {
		s.ends[n]()
	}
	s.ends = nil
}

// often is after how many steps all that both keep is compared; what they answer is at each.
const often = 20

// TestBothDoTheSame generates sequences of steps and has both programs do them.
func TestBothDoTheSame(t *testing.T) {
	size(t, *sequences, *steps)
	total, told := map[string]int{}, false
	rapid.Check(t, func(r *rapid.T) {
		p := begin(t, r.Cleanup, often)
		defer func() {
			if p.wrong != "" && !told {
				told = true
				t.Log(p.wrong) // what was met, before rapid looks for less that meets it
			}
		}()
		p.run(r)
		for status, n := range p.counts {
			total[status] += n
		}
	})
	t.Logf("answers by status: %v", total)
}

// digits are what tells one month or number in an address from another.
var digits = regexp.MustCompile(`[0-9]+`)

// fewest is to how many kinds of pages everybody comes who has signed in: a member to nearly eighty.
const fewest = 50

// TestEveryPageIsTheSame has everybody follow the links from the home page on, in both programs, two
// records of each kind: a page that the steps of TestBothDoTheSame meet by chance is met each time.
func TestEveryPageIsTheSame(t *testing.T) {
	p := begin(t, t.Cleanup, often)
	p.guard(func() {
		for _, who := range people {
			seen, kinds := map[string]bool{}, map[string]int{}
			for todo := []string{"/"}; len(todo) > 0; todo = todo[1:] {
				kind := digits.ReplaceAllString(uuids.ReplaceAllString(todo[0], "*"), "#")
				if kinds[kind] == 2 || seen[todo[0]] {
					continue
				}
				kinds[kind]++
				seen[todo[0]] = true
				p.look(who, todo[0])
				todo = append(todo, p.pages[who].links...)
			}
			t.Logf("%s: %d pages of %d kinds", who, len(seen), len(kinds))
			if who != "stranger" && len(kinds) < fewest {
				t.Errorf("%s has come to %d kinds of pages only: the test shows little", who, len(kinds))
			}
		}
	})
	if p.wrong != "" {
		t.Fatal(p.wrong)
	}
}

// planted makes PostgreSQL keep something else than what it is told: acts a
// millisecond later, which no page shows.
const planted = `
	CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.at = NEW.at + 1; RETURN NEW; END $$;
	CREATE TRIGGER planted BEFORE INSERT ON act FOR EACH ROW EXECUTE FUNCTION planted()`

// TestADifferenceIsFound plants one and wants it found. How short it is told depends on how long
// rapid may try: -rapid.shrinktime.
func TestADifferenceIsFound(t *testing.T) {
	size(t, 30, 10)
	if f := flag.Lookup("rapid.shrinktime"); f.Value.String() == f.DefValue { // by hand it may take longer
		if err := flag.Set("rapid.shrinktime", "8s"); err != nil {
			t.Fatal(err)
		}
	}
	var stories [][]string
	seen := &recorder{T: t}
	done := make(chan struct{})
	go func() { // rapid ends the goroutine that has failed
		defer close(done)
		rapid.Check(seen, func(r *rapid.T) {
			p := begin(t, r.Cleanup, 5)
			c, err := pgx.Connect(t.Context(), p.postgres.App.Database)
			if err == nil {
				_, err = c.Exec(t.Context(), planted)
				err = errors.Join(err, c.Close(t.Context()))
			}
			if err != nil {
				t.Error(err)
			}
			defer func() {
				if r.Failed() {
					stories = append(stories, p.log)
				}
			}()
			p.run(r)
		})
	}()
	<-done
	if !strings.Contains(seen.text.String(), "table act differs") || len(stories) == 0 {
		t.Fatalf("a planted difference is not found:\n%s", seen.text.String())
	}
	first, last := stories[0], stories[len(stories)-1]
	t.Logf("found in %d steps, told in %d:\n%s", len(first), len(last), strings.Join(last, "\n"))
}

// recorder is a test that may fail without failing the one in which it runs.
type recorder struct {
	*testing.T
	text   strings.Builder
	failed bool
}

// Errorf implements rapid.TB.
func (r *recorder) Errorf(format string, args ...any) {
	r.failed = true
	fmt.Fprintf(&r.text, format+"\n", args...)
}

// Fatalf implements rapid.TB.
func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	r.FailNow()
}

// FailNow implements rapid.TB.
func (r *recorder) FailNow() {
	r.failed = true
	runtime.Goexit()
}

// Fail implements rapid.TB.
func (r *recorder) Fail() { r.failed = true }

// Failed implements rapid.TB.
func (r *recorder) Failed() bool { return r.failed }

// Log implements rapid.TB.
func (r *recorder) Log(args ...any) { fmt.Fprintln(&r.text, args...) }

// Logf implements rapid.TB.
func (r *recorder) Logf(format string, args ...any) { fmt.Fprintf(&r.text, format+"\n", args...) }
