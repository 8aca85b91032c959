package supervision

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/matter"
	"chibo/meeting"
	"chibo/organization"
	"chibo/quality"
	"chibo/theme"
)

// MayOversee is to see the board: form and dates of the cells below.
const MayOversee access.Need = "supervision.oversee"

// Service keeps and reads the board.
type Service struct {
	DB  *db.DB
	Now func() time.Time
	Log *slog.Logger

	memory memory
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// sweepEvery is how often marked cells are counted while nobody looks, sweepRest how long the
// sweep rests between two pieces of what is much: a program that was just filled, or made
// newer, has its day's work to do meanwhile.
const (
	sweepEvery = 2 * time.Second
	sweepRest  = 250 * time.Millisecond
)

// Sweep counts marked cells anew until ctx ends, so that a page seldom has to.
func (s *Service) Sweep(ctx context.Context) {
	for ctx.Err() == nil {
		rest := sweepEvery
		n, err := s.recountPiece(ctx, access.Whole("", "/"))
		if err == nil {
			err = s.totalAll(ctx)
		}
		if err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "the board is not counted", "error", err)
		}
		if n == piece {
			rest = sweepRest
		}
		select {
		case <-ctx.Done():
		case <-time.After(rest):
		}
	}
}

// piece is how many cells are counted in one transaction, which holds up those who work in
// these cells.
const piece = 20

// Recount counts the cells of a scope that have changed since they were counted, and makes the
// totals above them anew.
func (s *Service) Recount(ctx context.Context, sc access.Scope) error {
	for {
		n, err := s.recountPiece(ctx, sc)
		if err != nil {
			return err
		}
		if n < piece {
			return s.totalAll(ctx)
		}
	}
}

// recountPiece counts a piece of what has changed, and returns how many cells that are.
func (s *Service) recountPiece(ctx context.Context, sc access.Scope) (int, error) {
	cells, err := stale(ctx, s.DB, sc, piece)
	if err != nil || len(cells) == 0 {
		return 0, err
	}
	// The cells stand in one order for all who count, so that no two wait for each other.
	return len(cells), s.DB.Tx(ctx, func(tx *db.Tx) error { return recount(ctx, tx, cells) })
}

// recount counts cells anew and adds up the units above those that had changed.
func recount(ctx context.Context, tx *db.Tx, cells []place) error {
	var done []place
	for _, p := range cells {
		changed, err := take(ctx, tx, p)
		if err != nil {
			return err
		}
		if !changed {
			continue
		}
		c, months, err := fresh(ctx, tx, p)
		if err != nil {
			return err
		}
		if err := keep(ctx, tx, c, months); err != nil {
			return err
		}
		done = append(done, p)
	}
	return sumUp(ctx, tx, done)
}

// The months between which everything lies that a cell has ever called or planned.
var ever = struct{ first, last when.Month }{when.Month{Year: 1930, Month: 1}, when.Month{Year: 2200, Month: 12}}

// fresh counts the figures of a cell from nothing.
func fresh(ctx context.Context, q db.Q, p place) (Cell, []Month, error) {
	f := facts{cell: Cell{Root: p.Root, Cell: p.Cell}, late: map[string]bool{}, scores: map[string]quality.Score{}}
	var late []string
	var scores []quality.Score
	for _, read := range []func() error{
		func() (err error) {
			f.meetings, err = meeting.Between(ctx, q, p.Root, p.Cell, ever.first, ever.last)
			return err
		},
		func() (err error) { f.settings, err = organization.SettingsOf(ctx, q, p.Root, p.Cell); return err },
		func() (err error) {
			f.plan, err = theme.Plan(ctx, q, p.Root, p.Cell, ever.first, ever.last)
			return err
		},
		func() (err error) { f.remedies, err = quality.OpenRemedies(ctx, q, p.Root, p.Cell); return err },
		func() (err error) { f.matters, err = matter.Waits(ctx, q, p.Root, p.Cell); return err },
		func() (err error) {
			scores, err = quality.Between(ctx, q, p.Root, p.Cell, ever.first, ever.last)
			return err
		},
		func() (err error) { late, err = lateNotices(ctx, q, p); return err },
	} {
		if err := read(); err != nil {
			return Cell{}, nil, err
		}
	}
	for _, id := range late {
		f.late[id] = true
	}
	for _, s := range scores {
		f.scores[s.Meeting] = s
	}
	c, months := f.count()
	return c, months, nil
}

// Query says which board is asked for.
type Query struct {
	Unit string // id of a committee; empty: the reader's own
	Year int    // 0: this one
	Kind organization.Kind
	Show Show
}

// Board returns the board of a committee that the reader oversees; not found for any other.
// Somebody who follows single cells gets a board of these.
func (s *Service) Board(ctx context.Context, who access.Person, ask Query) (Board, error) {
	b := Board{Year: ask.Year, Kind: ask.Kind, Show: ask.Show, Today: s.now().Date()}
	if b.Year == 0 {
		b.Year = b.Today.Year
	}
	sc := who.Scope(MayOversee)
	units, spans, err := s.rows(ctx, who, sc, ask, &b)
	if err != nil {
		return b, err
	}
	if err := s.Recount(ctx, sc); err != nil {
		return b, err
	}
	rows := make(map[string]*Row, len(units))
	b.Rows = make([]Row, len(units))
	for i, o := range units {
		b.Rows[i] = Row{Unit: o, SeesScores: who.MayAt(quality.MayRead, o.Path), SeesMatters: who.MayAt(matter.MayRead, o.Path)}
		rows[o.ID] = &b.Rows[i]
	}
	for _, sp := range spans {
		if err := s.fill(ctx, sp, b.Year, b.Today, rows); err != nil {
			return b, err
		}
	}
	b.Rows = slices.DeleteFunc(b.Rows, func(r Row) bool { return r.Cells == 0 })
	for i := range b.Rows {
		b.Rows[i].close(b.Year, b.Today)
		if ask.Show.Fits(b.Rows[i], b.Today) {
			b.Shown = append(b.Shown, b.Rows[i])
		}
	}
	return b, nil
}

// rows returns the units that are the rows of a board, and where they are read from.
func (s *Service) rows(ctx context.Context, who access.Person, sc access.Scope, ask Query, b *Board) ([]organization.Organization, []span, error) {
	tops := tops(who)
	if ask.Unit = ask.unit(who); ask.Unit != "" {
		o, err := organization.Get(ctx, s.DB, sc, ask.Unit)
		if err != nil {
			return nil, nil, err
		}
		if o.Level.Committee() {
			b.Unit = o
			units, err := below(ctx, s.DB, sc, o.ID)
			return units, []span{{Parent: o.ID, Kind: b.Kind}}, err
		}
		return []organization.Organization{o}, []span{{Only: o.ID, Kind: b.Kind}}, nil
	}
	var units []organization.Organization
	var spans []span
	for _, id := range tops {
		o, err := organization.Get(ctx, s.DB, sc, id)
		if err != nil {
			return nil, nil, err
		}
		units, spans = append(units, o), append(spans, span{Only: id, Kind: b.Kind})
	}
	return units, spans, nil
}

// unit is the unit that a reader asks for: the only one that they oversee where none is named.
func (q Query) unit(who access.Person) string {
	if tops := tops(who); q.Unit == "" && len(tops) == 1 {
		return tops[0]
	}
	return q.Unit
}

// tops returns the units that somebody oversees and that do not lie under another of them.
func tops(who access.Person) []string {
	var all []access.Grant
	for _, g := range who.Grants {
		if g.Needs[MayOversee] {
			all = append(all, g)
		}
	}
	slices.SortFunc(all, func(a, b access.Grant) int { return len(a.Path) - len(b.Path) })
	var sc []access.Grant
	var ids []string
	for _, g := range all {
		if slices.ContainsFunc(sc, func(t access.Grant) bool { return access.Whole(t.Root, t.Path).Covers(g.Path) }) {
			continue
		}
		sc, ids = append(sc, g), append(ids, g.Organization)
	}
	return ids
}

// fill reads the figures of a span into its rows.
func (s *Service) fill(ctx context.Context, sp span, year int, today when.Date, rows map[string]*Row) error {
	begun, err := starts(ctx, s.DB, sp)
	if err != nil {
		return err
	}
	for _, n := range begun {
		r, ok := rows[n.Unit]
		if !ok {
			continue
		}
		r.begin(n.Begins, n.Cells, year)
		r.Cell.Remedies, r.Cell.Matters = r.Cell.Remedies+n.Remedies, r.Cell.Matters+n.Matters
		r.Cell.RemedyDue, r.Cell.MatterDue = earlier(r.Cell.RemedyDue, n.RemedyDue), earlier(r.Cell.MatterDue, n.MatterDue)
	}
	first := when.Month{Year: year, Month: 1}
	own, err := months(ctx, s.DB, sp, first, first.Add(11))
	if err != nil {
		return err
	}
	for _, m := range own {
		if r, ok := rows[m.Cell]; ok {
			r.Months[m.Month.Month-1].Month = m
			r.add(m.sum(today))
		}
	}
	all, err := sums(ctx, s.DB, sp, first, first.Add(11), today)
	for _, n := range all {
		if r, ok := rows[n.Unit]; ok {
			r.add(n)
		}
	}
	return err
}
