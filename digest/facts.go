package digest

import (
	"context"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/locale"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
	"chibo/quality"
	"chibo/supervision"
)

// Cell is a cell as a report names it.
type Cell struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// facts are what figures are drawn from.
type facts struct {
	day    when.Date // on which it stands so
	period Period
	cells  []Cell
	whole  map[string]supervision.Cell
	months []supervision.Month
	scores []quality.Dated
	rolls  map[string]int    // members on the roll by cell
	taken  map[string]string // points taken off by meeting, in words
}

// due calls f with every cell and month of the period in which the cell had to meet.
func (f facts) due(do func(cell string, m when.Month)) {
	for _, c := range f.cells {
		begins := f.whole[c.ID].Begins
		for m := f.period.First; !begins.IsZero() && m.Compare(f.period.Last()) <= 0; m = m.Next() {
			if m.Compare(begins) >= 0 {
				do(c.ID, m)
			}
		}
	}
}

// gather reads the facts of the cells of a committee that the names of figures ask for.
func (s *Service) gather(ctx context.Context, q db.Q, o organization.Organization, p Period, names []string) (facts, error) {
	f := facts{day: s.now().Date(), period: p, whole: map[string]supervision.Cell{}, rolls: map[string]int{}, taken: map[string]string{}}
	board, err := supervision.Figures(ctx, q, o, p.First, p.Last())
	if err != nil {
		return f, err
	}
	f.months = board.Months
	for _, c := range board.Cells {
		f.cells, f.whole[c.ID] = append(f.cells, Cell{c.ID, c.Name}), board.Whole[c.ID]
	}
	var scored, rolls bool
	for _, name := range names {
		one, _ := figureOf(name)
		scored, rolls = scored || one.need == quality.MayRead, rolls || one.rolls
	}
	if rolls {
		for _, c := range board.Cells {
			roll, err := member.Roll(ctx, q, c.Root, c.ID, earlier(f.day, p.Last().Last()))
			if err != nil {
				return f, err
			}
			f.rolls[c.ID] = len(roll)
		}
	}
	if scored {
		err = f.score(ctx, q, o)
	}
	return f, err
}

// score reads the scores of monthly meetings that were put forward.
func (f *facts) score(ctx context.Context, q db.Q, o organization.Organization) error {
	all, err := quality.PutForwardIn(ctx, q, access.Whole("", o.Path), f.period.First, f.period.Last())
	for _, s := range all {
		f.scores = append(f.scores, s.Dated)
		var parts []string
		for _, t := range s.Taken {
			parts = append(parts, t.Line+": −"+t.Less.Text(locale.Vietnamese))
		}
		f.taken[s.Meeting] = strings.Join(parts, ", ")
	}
	return err
}

func earlier(a, b when.Date) when.Date {
	if b.Before(a) {
		return b
	}
	return a
}

// Sheet is what a report counts: its cells and the entries of its figures.
type Sheet struct {
	Cells   []Cell
	Entries map[string][]Entry // by name of the figure
}

// draw draws the figures of the names.
func (f facts) draw(names []string) Sheet {
	s := Sheet{Cells: f.cells, Entries: map[string][]Entry{}}
	for _, name := range names {
		one, ok := figureOf(name)
		if !ok {
			continue
		}
		s.Entries[name] = []Entry{}
		one.draw(f, func(e Entry) { s.Entries[name] = append(s.Entries[name], e) })
	}
	return s
}

// Value returns what a figure comes to, of one cell or of all.
func (s Sheet) Value(name, cell string) Value {
	f, _ := figureOf(name)
	return valueOf(f, s.Entries[name], cell)
}

// Name returns the name of a cell.
func (s Sheet) Name(cell string) string {
	for _, c := range s.Cells {
		if c.ID == cell {
			return c.Name
		}
	}
	return ""
}
