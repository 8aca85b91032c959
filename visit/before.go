package visit

import (
	"context"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/meeting"
	"chibo/member"
	"chibo/minutes"
	"chibo/organization"
	"chibo/quality"
	"chibo/task"
	"chibo/theme"
)

// lastMeetings is how many meetings of the cell a visitor reads beforehand, among those of
// the last monthsBack months.
const lastMeetings, monthsBack = 3, 12

// Evening is a meeting of the cell as its record tells it.
type Evening struct {
	meeting.Meeting
	Lasted time.Duration
	// Came of Expected were there, Spoke of Present spoke.
	Came, Expected, Spoke, Present int
	Score                          quality.Score // the zero Score where there is none, or not for the reader
	Theme                          string
}

// Before is what a visitor reads before the evening.
type Before struct {
	Entry
	Evenings  []Evening // the last one first
	Tasks     []task.Task
	Remedies  []quality.Remedy
	Secretary string // of the cell, by name
	Names     map[string]string
}

// Before returns what a visitor reads of the cell before a visit, as far as they may
// read it there: a committee member what the committee may.
func (s *Service) Before(ctx context.Context, q db.Q, who access.Person, visitID string) (Before, error) {
	e, err := own(ctx, q, who, visitID)
	if err != nil {
		return Before{}, err
	}
	b := Before{Entry: e}
	month := e.Day().In()
	all, err := meeting.Between(ctx, q, e.Root, e.Organization, month.Add(-monthsBack), month)
	if err != nil {
		return b, err
	}
	for _, m := range slices.Backward(all) {
		if m.ID == e.Meeting || !m.State.Reached(meeting.Closed) || m.StartsAt >= e.StartsAt || len(b.Evenings) == lastMeetings {
			continue
		}
		evening, err := s.evening(ctx, q, who, m, e.CellPath)
		if err != nil {
			return b, err
		}
		b.Evenings = append(b.Evenings, evening)
	}
	return b, s.readOpen(ctx, q, who, &b)
}

// evening reads one meeting.
func (s *Service) evening(ctx context.Context, q db.Q, who access.Person, m meeting.Meeting, path string) (Evening, error) {
	e := Evening{Meeting: m, Lasted: m.ClosedAt.Sub(m.OpenedAt)}
	state, err := s.Room.StateOf(ctx, q, m.Root, m.ID)
	if err != nil {
		return e, err
	}
	tally, voices := state.Tally(), state.Voices()
	e.Came, e.Expected, e.Spoke, e.Present = tally.CountedCame, tally.Counted, len(voices.Spoke), voices.Came
	if t, planned, err := theme.Of(ctx, q, m.Root, m.ID); err != nil {
		return e, err
	} else if planned {
		e.Theme = t.Title
	} else {
		e.Theme = m.Theme
	}
	if !who.MayAt(quality.MayRead, path) {
		return e, nil
	}
	scores, err := quality.Between(ctx, q, m.Root, m.Organization, m.Month, m.Month)
	for _, score := range scores {
		if score.Meeting == m.ID && score.State != quality.Draft {
			e.Score = score
		}
	}
	return e, err
}

// readOpen reads what the cell has open.
func (s *Service) readOpen(ctx context.Context, q db.Q, who access.Person, b *Before) error {
	var people []string
	var err error
	if who.MayAt(minutes.MayRead, b.CellPath) { // the tasks stand in the minutes
		if b.Tasks, err = task.Open(ctx, q, b.Root, b.Organization); err != nil {
			return err
		}
	}
	if who.MayAt(quality.MayRead, b.CellPath) {
		if b.Remedies, err = quality.OpenRemedies(ctx, q, b.Root, b.Organization); err != nil {
			return err
		}
	}
	for _, t := range b.Tasks {
		people = append(people, t.Owners...)
	}
	for _, r := range b.Remedies {
		people = append(people, r.Member)
	}
	offices, err := organization.OfficesOn(ctx, q, b.Root, b.Organization, b.Day())
	if err != nil {
		return err
	}
	for _, f := range offices {
		people = append(people, f.Member)
	}
	b.Names, err = member.Names(ctx, q, b.Root, people...)
	for _, f := range offices {
		if f.Post == organization.Secretary {
			b.Secretary = b.Names[f.Member]
		}
	}
	return err
}
