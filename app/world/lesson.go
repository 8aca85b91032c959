package world

import (
	"context"
	"fmt"
	"slices"

	"chibo/lesson"
	"chibo/meeting"
)

// manyCells is from how many cells on the ward holds pilot meetings and sends lessons: the
// agendas of a smaller world stay as the guidance orders them.
const manyCells = 6

// learned is how many cells have taken up the lessons of the ward, not the first.
const learned = 17

// learn lets cells tick what waits there, at the meeting that they have held since.
func (b *builder) learn(ctx context.Context) error {
	done := 0
	for _, c := range b.cells[1:] {
		held, err := lesson.InCell(ctx, b.app.DB, c.org.Root, c.org.ID)
		if err != nil {
			return err
		}
		ticked := false
		for _, k := range held {
			sent := k.Carry.SentAt.Date().In()
			all, err := meeting.Between(ctx, b.app.DB, c.org.Root, c.org.ID, sent, sent.Add(2))
			if err != nil {
				return err
			}
			at := slices.IndexFunc(all, func(m meeting.Meeting) bool { return m.StartsAt > k.Carry.SentAt && m.State.Reached(meeting.Closed) })
			if at < 0 || done == learned {
				continue
			}
			taking := lesson.Taking{Cell: c.org.ID, Meeting: all[at].ID}
			if err := b.app.Lessons.Tick(ctx, c.secretary, k.ID, taking); err != nil {
				return fmt.Errorf("lesson of %s: %w", c.name, err)
			}
			ticked = true
		}
		if ticked {
			done++
		}
	}
	return nil
}
