package world

import (
	"context"
	"slices"
	"time"

	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// openFor is how long the open meeting of a world has been going on: in the middle of an
// item, wherever in its minute the clock stands.
const openFor = 35 * time.Minute

// everyState returns the steps that leave the cell with a meeting in each state.
// Those of earlier months are sealed and the last one stays closed; the next one
// gets its notice, the one after it is a draft, and a thematic one goes on now.
func (b *builder) everyState(c *cell, last when.Month, now when.Instant) []step {
	theme := ""
	begins := now.Add(-openFor)
	return []step{
		{begins.Date().AddDays(-4).At(9, 30), func(ctx context.Context) (err error) {
			theme, err = b.conveneTheme(ctx, c, begins)
			return err
		}},
		{now - 3000, func(ctx context.Context) error { return b.noticeNext(ctx, c, last.Next(), now) }},
		{now - 2000, func(ctx context.Context) error {
			_, err := b.app.Meetings.Convene(ctx, c.secretary, c.org.ID, meeting.Convening{Kind: meeting.Ordinary, Month: last.Add(2)})
			return err
		}},
		{now - 1000, func(ctx context.Context) error { return b.begin(ctx, c, theme, now) }},
	}
}

// conveneTheme prepares a thematic meeting and gives notice; its theme is one of the
// plan.
func (b *builder) conveneTheme(ctx context.Context, c *cell, begins when.Instant) (string, error) {
	month := begins.Date().In()
	if err := b.planTheme(ctx, c, month, meeting.Thematic); err != nil {
		return "", err
	}
	m, err := b.app.Meetings.Convene(ctx, c.secretary, c.org.ID, meeting.Convening{Kind: meeting.Thematic, Month: month, StartsAt: begins})
	if err != nil {
		return "", err
	}
	return m.ID, b.app.Meetings.Notify(ctx, c.secretary, m.ID, "")
}

// noticeNext gives notice of the next meeting where the days before now have not
// brought it. A meeting that would begin at once is put off to tomorrow.
func (b *builder) noticeNext(ctx context.Context, c *cell, m when.Month, now when.Instant) error {
	next, err := meeting.Find(ctx, b.app.DB, c.org.Root, c.next)
	if err != nil || next.State != meeting.Draft {
		return err
	}
	if next.StartsAt < now.Add(time.Hour) {
		d := next.Details()
		d.StartsAt = next.StartsAt.Date().AddDays(1).At(19, 30)
		if err := b.app.Meetings.Revise(ctx, c.secretary, c.next, d); err != nil {
			return err
		}
	}
	return b.prepare(ctx, c, m, "Chi ủy chờ văn bản hướng dẫn của cấp trên nên gửi thông báo chậm.")
}

// begin opens a meeting and lets it go on until now.
func (b *builder) begin(ctx context.Context, c *cell, id string, now when.Instant) error {
	s, err := b.sit(ctx, c, id)
	if err != nil {
		return err
	}
	for _, i := range s.state.Setup.Agenda {
		if s.at < now {
			s.item(i)
		}
	}
	s.acts = slices.DeleteFunc(s.acts, func(a proceedings.Act) bool { return a.At > now })
	return b.enter(ctx, s)
}
