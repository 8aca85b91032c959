package world

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/news"
)

// news returns the steps by which the second cell, where there is one, has told of a meeting, the first one asks
// somebody about a picture, and its secretary, who will be away, hands work over.
func (b *builder) news(now when.Instant) []step {
	ago := func(hours int) when.Instant { return now - when.Instant(hours)*3_600_000 }
	steps := []step{
		{ago(3), func(ctx context.Context) error { return b.askAbout(ctx, b.cells[0]) }},
		{ago(2), func(ctx context.Context) error { return b.handOver(ctx, b.cells[0], now.Date()) }},
	}
	if len(b.cells) > 1 {
		steps = append(steps, step{ago(30), func(ctx context.Context) error { return b.tell(ctx, b.cells[1]) }})
	}
	return steps
}

// newest returns the last meeting of a cell whose minutes are sealed.
func (b *builder) newest(ctx context.Context, c *cell) (string, error) {
	until := when.At(b.clock.Now()).Date().In()
	all, err := meeting.Between(ctx, b.app.DB, c.org.Root, c.org.ID, until.Add(-6), until)
	id := ""
	for _, m := range all {
		if m.State == meeting.Sealed {
			id = m.ID
		}
	}
	return id, err
}

func (b *builder) beginNews(ctx context.Context, c *cell) (news.Item, error) {
	id, err := b.newest(ctx, c)
	if err != nil || id == "" {
		return news.Item{}, err
	}
	i, err := b.app.News.Begin(ctx, c.secretary, id)
	if err != nil {
		return i, fmt.Errorf("news of %s: %w", c.name, err)
	}
	return i, nil
}

func (b *builder) tell(ctx context.Context, c *cell) error {
	i, err := b.beginNews(ctx, c)
	if err != nil || i.ID == "" {
		return err
	}
	return b.app.News.Publish(ctx, c.secretary, i.ID)
}

// askAbout begins a piece with a picture in which the member who can sign in is.
func (b *builder) askAbout(ctx context.Context, c *cell) error {
	i, err := b.beginNews(ctx, c)
	if err != nil || i.ID == "" {
		return err
	}
	drawn, err := hall()
	if err != nil {
		return err
	}
	if err := b.app.News.AddPicture(ctx, c.secretary, i.ID, "hoi-truong.png", drawn, "Quang cảnh buổi sinh hoạt"); err != nil {
		return fmt.Errorf("picture of %s: %w", c.name, err)
	}
	pictures, err := news.Pictures(ctx, b.app.DB, i.Root, i.ID)
	if err != nil {
		return err
	}
	n := news.Naming{Caption: pictures[0].Caption, People: []string{c.people[0].ID, c.people[elected].ID}}
	if err := b.app.News.Name(ctx, c.secretary, i.ID, pictures[0].ID, n); err != nil {
		return err
	}
	return b.app.News.Consent(ctx, c.secretary, pictures[0].ID, news.Yes)
}

// hall draws a hall with rows of chairs: nobody's picture.
func hall() ([]byte, error) {
	m := image.NewRGBA(image.Rect(0, 0, 640, 400))
	for y := range 400 {
		for x := range 640 {
			c := color.RGBA{244, 236, 222, 255}
			switch {
			case y < 90 && x > 120 && x < 520:
				c = color.RGBA{178, 27, 43, 255}
			case y > 180 && y%54 > 20 && x%70 > 14:
				c = color.RGBA{120, 84, 56, 255}
			case y > 150:
				c = color.RGBA{221, 205, 180, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, m)
	return out.Bytes(), err
}

// handOver lets the secretary of a cell hand work over for the week after a day.
func (b *builder) handOver(ctx context.Context, c *cell, day when.Date) error {
	_, err := b.app.Accounts.Delegate(ctx, c.secretary, account.Delegation{
		Organization: c.org.ID, Role: access.Secretary, Receiver: c.taker, Parts: account.Handed{account.Work},
		Reason: "Đi công tác", From: day.AddDays(1), Until: day.AddDays(7),
	})
	if err != nil {
		return fmt.Errorf("delegation in %s: %w", c.name, err)
	}
	return nil
}
