package world

import (
	"context"
	"fmt"

	"chibo/kit/when"
	"chibo/study"
)

// studies returns the steps in which the first cell studies, and the committees of
// cells attend courses: most of them.
func (b *builder) studies(home *cell, now when.Instant) []step {
	ago := func(days int) when.Instant { return now.Date().AddDays(-days).At(21, 0) }
	out := []step{
		{ago(55), func(ctx context.Context) error {
			return b.session(ctx, home, study.Resolution, "Nghị quyết Đại hội đảng bộ phường, phần nhiệm vụ trọng tâm", []string{home.people[5].ID, home.people[9].ID})
		}},
		{ago(24), func(ctx context.Context) error {
			return b.session(ctx, home, study.Theory, "Lý luận chính trị: xây dựng chi bộ bốn tốt", []string{home.people[elected].ID})
		}},
	}
	for n, c := range b.cells {
		if n%3 == 2 {
			continue // still due
		}
		out = append(out, step{ago(50), func(ctx context.Context) error { return b.course(ctx, c) }})
	}
	return out
}

// session holds a session at which the given members were missing; the first of them
// makes it up a week later, where a week has passed.
func (b *builder) session(ctx context.Context, c *cell, kind study.Kind, subject string, missing []string) error {
	s, day := b.app.Study, when.At(b.clock.Now()).Date()
	held := day.AddDays(-8)
	x, err := s.Hold(ctx, c.secretary, study.Session{
		Organization: c.org.ID, On: held, Kind: kind, Subject: subject, Organizer: "Đảng ủy phường Sông Xanh", Place: "Hội trường phường",
	})
	if err != nil {
		return fmt.Errorf("session of %s: %w", c.name, err)
	}
	states := map[string]study.Presence{}
	for _, m := range missing {
		states[m] = study.Excused
	}
	if err := s.Mark(ctx, c.secretary, x.ID, states); err != nil {
		return err
	}
	return s.MakeUp(ctx, c.secretary, x.ID, missing[0], held.AddDays(7))
}

// course writes down that the secretary of a cell has attended the course of the ward.
func (b *builder) course(ctx context.Context, c *cell) error {
	day := when.At(b.clock.Now()).Date()
	err := b.app.Study.AddCourse(ctx, c.secretary, study.Course{
		Organization: c.org.ID, Member: c.people[0].ID, Kind: study.ForOffice, Name: "Bồi dưỡng nghiệp vụ công tác đảng cho bí thư chi bộ",
		Organizer: "Trung tâm chính trị phường", From: day.AddDays(-12), Until: day.AddDays(-10), Certificate: "12/2026",
	})
	if err != nil {
		return fmt.Errorf("course of %s: %w", c.name, err)
	}
	return nil
}
