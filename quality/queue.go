package quality

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/organization"
	"chibo/rubric"
)

// Waiting is a score that waits for the committee above, as its queue shows it.
type Waiting struct {
	Dated
	Cell   organization.Organization
	Rubric rubric.Rubric
	// Doubts are the lines whose points are not those of the receipts.
	Doubts []Doubt
	// Unknown is how many lines have points though the record does not say the facts that
	// they read.
	Unknown int
	// Mine says that it waits for the reader: nobody decides on a score of their own.
	Mine bool
}

// Doubt is a line to which the cell gave other points than its receipts propose, with a
// reason.
type Doubt struct {
	Line rubric.Line
	Mark Mark
}

// More is how much more the cell gave than the receipts propose; below zero it gave less.
func (d Doubt) More() rubric.Points { return d.Mark.Points - d.Mark.Proposed }

// doubts goes through the marks of a score that was given.
func doubts(r rubric.Rubric, kind string, s Score) (all []Doubt, unknown int) {
	known := KnownOf(s.Receipts)
	for _, l := range r.Counted(kind) {
		m, given := s.Marks[l.ID]
		switch {
		case !given:
		case m.Overrides():
			all = append(all, Doubt{l, m})
		case slices.ContainsFunc(l.Facts(), func(f rubric.Fact) bool { _, ok := known[f]; return !ok }):
			unknown++
		}
	}
	return all, unknown
}

// excess is how much more points a cell gave in all than its receipts propose.
func (w Waiting) excess() (sum rubric.Points) {
	for _, d := range w.Doubts {
		sum += max(0, d.More())
	}
	return sum
}

// shownWaiting is how many waiting scores the queue holds at once, the oldest months first.
const shownWaiting = 200

// Queue returns the scores of the scope that wait for the committee above, those in doubt
// first, of these those first that gave the most beyond their receipts.
func (s *Service) Queue(ctx context.Context, who access.Person) ([]Waiting, error) {
	sc := who.Scope(MayConfirm)
	all, err := waiting(ctx, s.DB, sc, shownWaiting)
	if err != nil {
		return nil, err
	}
	sheets := sheetCache{}
	out := make([]Waiting, len(all))
	for i, d := range all {
		w := Waiting{Dated: d}
		if w.Cell, err = organization.Get(ctx, s.DB, sc, d.Organization); err != nil {
			return nil, err
		}
		if w.Rubric, err = sheets.of(d.Score); err != nil {
			return nil, err
		}
		w.Doubts, w.Unknown = doubts(w.Rubric, string(d.Kind), d.Score)
		w.Mine = File{Score: d.Score, Organization: w.Cell}.MayDecide(who)
		out[i] = w
	}
	slices.SortStableFunc(out, func(a, b Waiting) int {
		return cmp.Or(cmp.Compare(b.excess(), a.excess()), cmp.Compare(len(b.Doubts), len(a.Doubts)))
	})
	return out, nil
}

// sheetCache reads each sheet once: most scores of a month are given with the same.
type sheetCache map[string]rubric.Rubric

func (c sheetCache) of(s Score) (rubric.Rubric, error) {
	if r, ok := c[s.Sheet]; ok {
		return r, nil
	}
	r, err := rubric.Parse([]byte(s.Sheet))
	c[s.Sheet] = r
	return r, err
}

// ConfirmAll confirms scores as the cells gave them, each by itself. One that is in doubt,
// that the reader may not decide on, or that somebody else has decided meanwhile is left as
// it is and counted in left.
func (s *Service) ConfirmAll(ctx context.Context, who access.Person, meetings []string) (confirmed, left int, err error) {
	for _, id := range slices.Compact(slices.Sorted(slices.Values(meetings))) {
		err := s.change(ctx, who, MayConfirm, id, "quality.decided", func(f *File) (_ any, err error) {
			if all, _ := doubts(f.Rubric, f.Kind(), f.Score); len(all) > 0 {
				return nil, fault.New(fault.Conflict, "quality.problem.doubt")
			}
			f.Score, err = f.Score.Decide(f.Rubric, f.Kind(), nil, f.Score.Own.Level, "", who.Member, s.now())
			return map[string]any{"state": f.Score.State, "points": f.Score.Decision.Points, "together": true}, err
		})
		var refused *fault.Error
		switch {
		case errors.As(err, &refused):
			left++
		case err != nil:
			return confirmed, left, err
		default:
			confirmed++
		}
	}
	return confirmed, left, nil
}

// overs returns the committee that the reader reaches widest with a need; empty for whoever
// reaches single cells.
func overs(ctx context.Context, q db.Q, who access.Person, need access.Need, asked string) (organization.Organization, error) {
	if asked == "" {
		grants := slices.DeleteFunc(slices.Clone(who.Grants), func(g access.Grant) bool { return !g.Needs[need] })
		slices.SortFunc(grants, func(a, b access.Grant) int {
			return cmp.Compare(strings.Count(a.Path, "/"), strings.Count(b.Path, "/"))
		})
		if len(grants) > 0 {
			asked = grants[0].Organization
		}
	}
	return organization.GetCommittee(ctx, q, who.Scope(need), asked)
}
