package report

import (
	"context"
	"slices"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/minutes"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/quality"
	"chibo/task"
)

// Read returns a year of a cell. The caller has checked who asks.
func (s *Service) Read(ctx context.Context, q db.Q, cell organization.Organization, year int) (Year, error) {
	y := Year{Cell: cell, Year: year, Months: make([]Month, 12)}
	first := when.Month{Year: year, Month: 1}
	for i := range y.Months {
		y.Months[i].Month = first.Add(i)
	}
	all, err := meeting.Between(ctx, q, cell.Root, cell.ID, first.Add(-12), first.Add(11))
	if err != nil {
		return y, err
	}
	for _, m := range all {
		if y.Since.IsZero() || m.Month.Compare(y.Since) < 0 {
			y.Since = m.Month
		}
	}
	all = slices.DeleteFunc(all, func(m meeting.Meeting) bool { return m.Month.Compare(first) < 0 })
	scores, err := quality.Between(ctx, q, cell.Root, cell.ID, first, first.Add(11))
	if err != nil {
		return y, err
	}
	numbers, err := minutes.Numbers(ctx, q, cell.Root, cell.ID, first, first.Add(11))
	if err != nil {
		return y, err
	}
	for _, m := range all {
		e := Evening{Meeting: m, Score: quality.Score{State: quality.Draft}}
		if i := slices.IndexFunc(scores, func(s quality.Score) bool { return s.Meeting == m.ID }); i >= 0 {
			e.Score = scores[i]
		}
		e.Number, e.Second = numbers[m.ID].Number, numbers[m.ID].Second
		if e.Held() {
			if e, err = s.measure(ctx, q, e); err != nil {
				return y, err
			}
		}
		month := &y.Months[int(m.Month.Month)-1]
		month.Evenings = append(month.Evenings, e)
	}
	return y, nil
}

// measure fills in the figures of a meeting that was held. Those of a sealed one do not
// change any more and are remembered, but for the tasks, which go on.
func (s *Service) measure(ctx context.Context, q db.Q, e Evening) (Evening, error) {
	key := e.Root + "/" + e.ID
	known, remembered := s.sealed.Load(key)
	if remembered {
		old := known.(Evening)
		e.Attended, e.Spoke, e.Roll = old.Attended, old.Spoke, old.Roll
	} else {
		state, err := s.Room.StateOf(ctx, q, e.Root, e.ID)
		if err != nil {
			return e, err
		}
		e = e.told(state)
		if e.State == meeting.Sealed {
			s.sealed.Store(key, e)
		}
	}
	var err error
	e.Targets.Part, e.Targets.Whole, err = task.Share(ctx, q, e.Root, e.ID)
	return e, err
}

// told fills in what the record of the room tells.
func (e Evening) told(state proceedings.State) Evening {
	tally, voices := state.Tally(), state.Voices()
	e.Attended = Share{tally.CountedCame, tally.Counted}
	e.Spoke = Share{len(voices.Spoke), voices.Came}
	e.Roll = make(map[string]Mark, len(state.Roll))
	for _, a := range state.Roll {
		e.Roll[a.ID] = Mark{a.Name, a.Status, a.Counts}
	}
	return e
}
