package world

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/visit"
)

// visitor is the comrade of the ward who follows a cell, as they act while the world is
// built.
func (b *builder) visitor(c *cell) access.Person {
	return access.Person{
		Account: "demo", Member: c.follower, Name: "demo", Root: b.ward.Root, Session: "world",
		Grants: []access.Grant{b.grant(access.Committee, b.ward)},
	}
}

// attended returns the steps in which the ward sends those who follow them to every third
// cell: at the last meeting with a sheet that was finished, at the next one to come. The
// first cell has one to come.
func (b *builder) attended(now when.Instant) []step {
	var out []step
	for n, c := range b.cells {
		held := c.lastHeld(now)
		day := func(m when.Month) when.Date { return c.settings.StartsAt(m).Date() }
		if n%3 == 1 {
			var id string
			out = append(out,
				step{day(held).AddDays(1-prepareDays).At(10, 0), func(ctx context.Context) (err error) { id, err = b.send(ctx, c, c.next); return err }},
				step{day(held).AddDays(1).At(10, 30), func(ctx context.Context) error { return b.findings(ctx, c, id) }},
			)
		}
		if n%3 < 2 {
			out = append(out, step{day(held).AddDays(2).At(9, 30), func(ctx context.Context) error {
				_, err := b.send(ctx, c, c.next)
				return err
			}})
		}
	}
	return out
}

// send assigns the comrade who follows a cell to one of its meetings.
func (b *builder) send(ctx context.Context, c *cell, meetingID string) (string, error) {
	v, err := b.app.Visits.Assign(ctx, b.superior(), meetingID, c.follower, "")
	if err != nil {
		return "", fmt.Errorf("visit to %s: %w", c.name, err)
	}
	return v.ID, nil
}

// findings writes the sheet of a visit and gives it to the cell, which answers.
func (b *builder) findings(ctx context.Context, c *cell, visitID string) error {
	who, s := b.visitor(c), b.app.Visits
	due := when.At(b.clock.Now()).Date().AddDays(25)
	for _, r := range []visit.Remark{
		{Head: visit.Preparation, Mark: visit.Good, Text: "Thông báo gửi trước năm ngày, dự thảo nghị quyết có kèm theo"},
		{Head: visit.Conduct, Mark: visit.Limited, Text: "Ít đồng chí phát biểu, ý kiến còn chung chung", Remedy: "Gửi câu hỏi trọng tâm cùng thông báo, phân công người mở đầu thảo luận", Due: due},
		{Head: visit.Chairing, Mark: visit.Missing, Text: "Kết luận chưa nêu người làm và thời hạn của từng việc", Remedy: "Mỗi kết luận nêu rõ một người chịu trách nhiệm và một ngày", Due: due},
	} {
		r.ID = id.New()
		if err := s.Note(ctx, who, visitID, r); err != nil {
			return fmt.Errorf("sheet of %s: %w", c.name, err)
		}
	}
	if err := s.Finish(ctx, who, visitID); err != nil {
		return fmt.Errorf("sheet of %s: %w", c.name, err)
	}
	if c.r.IntN(2) == 0 {
		return nil
	}
	return s.Reply(ctx, c.secretary, visitID, "Chi ủy tiếp thu, đã phân công đồng chí phó bí thư chuẩn bị câu hỏi cho kỳ sau.")
}
