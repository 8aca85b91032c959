package world

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/training"
)

// lastDay is how many days after it was put up a course of the world ends.
const lastDay = 10

// training returns the steps in which the ward trains the minute-takers of its cells, of
// whom one stays away, and puts up a course for deputies that is to come.
func (b *builder) training(now when.Instant) []step {
	ago := func(days int) when.Instant { return now.Date().AddDays(-days).At(15, 0) }
	var id string
	return []step{
		{ago(20), func(ctx context.Context) (err error) {
			id, err = b.putUp(ctx, "Ghi biên bản và nghị quyết chi bộ", organization.MinuteTaker, func(c *cell) string { return c.taker })
			return err
		}},
		{ago(20 - lastDay), func(ctx context.Context) error { return b.attendedBy(ctx, id) }},
		{ago(3), func(ctx context.Context) error {
			_, err := b.putUp(ctx, "Điều hành thảo luận cho phó bí thư", organization.Deputy, func(c *cell) string { return c.people[1].ID })
			return err
		}},
	}
}

// putUp puts up a course for a post and invites who holds it; of the last cell nobody is
// invited yet.
func (b *builder) putUp(ctx context.Context, title string, post organization.Post, holder func(*cell) string) (string, error) {
	s, day := b.app.Training, when.At(b.clock.Now()).Date()
	c, err := s.Open(ctx, b.clerk(), training.Course{
		Organization: b.ward.ID, Title: title, Body: "Trung tâm chính trị phường", Place: "Hội trường phường",
		From: day.AddDays(lastDay - 1), Until: day.AddDays(lastDay), Posts: training.PostList{post},
	})
	if err != nil {
		return "", fmt.Errorf("course: %w", err)
	}
	var people []string
	for _, of := range b.cells[:max(1, len(b.cells)-1)] {
		people = append(people, holder(of))
	}
	return c.ID, s.Invite(ctx, b.clerk(), c.ID, people...)
}

// attendedBy marks everybody invited as having come, but for one.
func (b *builder) attendedBy(ctx context.Context, course string) error {
	sheet, err := b.app.Training.View(ctx, b.clerk(), course)
	if err != nil {
		return err
	}
	marks := map[string]training.Marking{}
	for n, s := range sheet.Seats {
		marks[s.Member] = training.Marking{State: training.Attended, Certificate: fmt.Sprintf("%02d/2026", n+1)}
		if n == 1 {
			marks[s.Member] = training.Marking{State: training.Absent}
		}
	}
	return b.app.Training.Mark(ctx, b.clerk(), course, marks)
}

// clerk is the office of the ward, as it acts while the world is built.
func (b *builder) clerk() access.Person {
	return access.Person{Account: "demo", Name: "demo", Root: b.ward.Root, Session: "world", Grants: []access.Grant{b.grant(access.Clerk, b.ward)}}
}
