package twins

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/meeting"
	"chibo/proceedings"
)

// apart are the tables that are not the same by their purpose: guesses are counted in the
// memory of a program that is alone, presses are kept as hashes over ids, and the copy of a
// PostgreSQL database begins with another history of migrations.
var apart = []string{"limit_bucket", "form_press", "goose_db_version"}

// uneven are columns that may differ: a trigger of SQLite counts an update that leaves a row as
// it was, one of PostgreSQL does not. The cell and the sums above it are counted anew for nothing.
var uneven = []string{"board_cell.changes", "board_cell.counted", "board_unit.times"}

// sealed are texts under a key, bound to the ids to which they belong.
var sealed = regexp.MustCompile(`[A-Za-z0-9_-]{50,}`)

// tables returns all rows of a program as both would write them, by table, sorted.
func (o *one) tables(r *rapid.T) map[string][]string {
	query := `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
	if o.App.DB.Postgres() {
		query = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`
	}
	names, err := db.All[string](r.Context(), o.App.DB, query)
	if err != nil {
		r.Fatal(err)
	}
	all := map[string][]string{}
	for _, table := range names {
		if !slices.Contains(apart, table) {
			all[table] = o.rows(r, table)
		}
	}
	return all
}

func (o *one) rows(r *rapid.T, table string) (all []string) {
	rows, err := o.App.DB.QueryContext(r.Context(), `SELECT * FROM `+table)
	if err != nil {
		r.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		r.Fatal(err)
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for n := range values {
		into[n] = &values[n]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			r.Fatal(err)
		}
		var row strings.Builder
		for n, v := range values {
			if b, ok := v.([]byte); ok {
				v = fmt.Sprintf("bytes %t", len(b) > 0) // papers bear the codes of their seals
			}
			if v == true {
				v = 1
			} else if v == false {
				v = 0
			}
			if slices.Contains(uneven, table+"."+columns[n]) {
				v = "uneven"
			}
			fmt.Fprintf(&row, "%s=%v ", columns[n], v)
		}
		all = append(all, sealed.ReplaceAllString(o.common(row.String()), "sealed"))
	}
	if err := rows.Err(); err != nil {
		r.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// same fails unless both programs keep the same.
func (p *pair) same(r *rapid.T) {
	r.Helper()
	lite, postgres := p.lite.tables(r), p.postgres.tables(r)
	for _, table := range slices.Sorted(maps.Keys(lite)) {
		if d := cmp.Diff(lite[table], postgres[table]); d != "" {
			p.fails("table %s differs (SQLite -, PostgreSQL +):\n%s", table, d)
		}
	}
	if len(lite) != len(postgres) {
		r.Fatalf("%d and %d tables", len(lite), len(postgres))
	}
}

// memory is what the programs kept when they were last looked at.
type memory struct {
	log    int64            // entries of the log of deeds
	sealed map[string]int64 // acts of each sealed meeting
	looked int
}

// holds fails unless what must always hold does. What is asked of SQLite is the same on
// PostgreSQL, see same.
func (p *pair) holds(r *rapid.T) {
	r.Helper()
	ctx, d := r.Context(), p.lite.App.DB
	none := func(what, query string) {
		r.Helper()
		if n, err := db.One[int](ctx, d, query); err != nil || n != 0 {
			p.fails("%s: %d, %v", what, n, err)
		}
	}
	none("ballots of people who were not marked", `SELECT count(*) FROM ballot_named n LEFT JOIN ballot_voter v ON v.root_id = n.root_id AND v.poll_id = n.poll_id AND v.member_id = n.member_id
		WHERE v.member_id IS NULL OR NOT v.voted`)
	none("open polls whose ballots are not as many as those who voted", `SELECT count(*) FROM ballot_poll p WHERE NOT secret AND state IN ('open', 'closed')
		AND (SELECT count(*) FROM ballot_named n WHERE n.root_id = p.root_id AND n.poll_id = p.id) <> (SELECT count(*) FROM ballot_voter v WHERE v.root_id = p.root_id AND v.poll_id = p.id AND v.voted)`)
	none("gaps in the numbers of acts", `SELECT count(*) FROM (SELECT max(seq) - count(*) AS gap FROM act GROUP BY root_id, meeting_id) a WHERE gap <> 0`)
	none("meetings that are sealed without a seal", `SELECT count(*) FROM meeting m WHERE m.state = 'sealed' AND NOT EXISTS (SELECT 1 FROM seal s WHERE s.root_id = m.root_id AND s.meeting_id = m.id AND s.n = 0)`)
	none("members with two standings of a day", `SELECT count(*) FROM (SELECT 1 AS one FROM member_standing GROUP BY root_id, member_id, from_on HAVING count(*) > 1) a`)

	logged, err := db.One[int64](ctx, d, `SELECT count(*) FROM audit`)
	if err != nil || logged < p.known.log {
		p.fails("the log of deeds had %d entries and has %d, %v", p.known.log, logged, err)
	}
	p.known.log = logged
	p.stays(r)
	if p.known.looked++; p.known.looked%p.every == 0 {
		p.same(r)
		p.replays(r)
	}
}

// stays fails when a sealed meeting has other acts than when it was sealed.
func (p *pair) stays(r *rapid.T) {
	type closed struct {
		ID   string
		Acts int64
	}
	all, err := db.All[closed](r.Context(), p.lite.App.DB, `SELECT m.id, (SELECT count(*) FROM act a WHERE a.root_id = m.root_id AND a.meeting_id = m.id) AS acts FROM meeting m WHERE m.state = 'sealed'`)
	if err != nil {
		r.Fatal(err)
	}
	if p.known.sealed == nil {
		p.known.sealed = map[string]int64{}
	}
	for _, m := range all {
		if before, known := p.known.sealed[m.ID]; known && before != m.Acts {
			p.fails("a sealed meeting had %d acts and has %d", before, m.Acts)
		}
		p.known.sealed[m.ID] = m.Acts
	}
	for id := range p.known.sealed {
		if !slices.ContainsFunc(all, func(m closed) bool { return m.ID == id }) {
			p.fails("a sealed meeting is sealed no more")
		}
	}
}

// replays fails unless what each program remembers of the rooms is what their logs tell, with
// no more votes than people who may vote.
func (p *pair) replays(r *rapid.T) {
	for _, m := range p.lite.Meetings {
		var both [2]string
		for n, o := range []*one{p.lite, p.postgres} {
			known, seq, err := o.App.Rooms.Glance(r.Context(), o.App.DB, p.root, m.ID)
			if m.State == meeting.Draft && fault.Is(err, fault.NotFound) { // somebody has dropped it
				both[n] = "gone"
				continue
			}
			if err != nil {
				r.Fatal(err)
			}
			acts, err := o.App.Rooms.Log(r.Context(), o.App.DB, p.root, m.ID, 0)
			if err != nil {
				r.Fatal(err)
			}
			again := proceedings.Replay(known.Setup, acts)
			if int64(len(acts)) != seq || o.common(fmt.Sprintf("%+v", told(again))) != o.common(fmt.Sprintf("%+v", told(known))) {
				p.fails("what is remembered of %s is not what its log tells", m.ID)
			}
			both[n] = o.common(fmt.Sprintf("%+v", told(known)))
			for _, v := range known.Votes {
				if c := v.Result; c.For+c.Against > len(known.Roll) {
					p.fails("%d votes of %d", c.For+c.Against, len(known.Roll))
				}
			}
		}
		if both[0] != both[1] {
			p.fails("the two tell %s differently", m.ID)
		}
	}
}

// told is what can be said of a state in words.
func told(s proceedings.State) string {
	return fmt.Sprintf("%v %+v %+v %+v %+v %+v %+v %+v", s.Phase, s.Items, s.Roll, s.Opinions, s.Votes, s.Tasks, s.Resolution, s.Adoption)
}

// whole fails unless every chain, seal and file of both holds.
func (p *pair) whole(r *rapid.T) {
	r.Helper()
	p.same(r)
	for _, o := range []*one{p.lite, p.postgres} {
		if err := o.App.Verify(r.Context()); err != nil {
			p.fails("%v", err)
		}
	}
}
