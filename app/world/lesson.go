package world

import (
	"context"
	"fmt"
	"slices"

	"chibo/kit/when"
	"chibo/lesson"
	"chibo/meeting"
)

// manyCells is from how many cells on the ward holds pilot meetings and sends lessons: the
// agendas of a smaller world stay as the guidance orders them.
const manyCells = 6

// learned is how many cells have taken up the lessons of the ward, not the first.
const learned = 17

// lessons returns the steps in which the ward sends two cards before the month last, and
// most cells take them up at their meeting of it.
func (b *builder) lessons(home *cell, last when.Month, now when.Instant) []step {
	if len(b.cells) < manyCells {
		return nil
	}
	sent := home.settings.StartsAt(last).Date().AddDays(-20)
	place := "Sinh hoạt điểm thường kỳ " + b.cells[1].name
	return []step{
		{sent.At(9, 0), func(ctx context.Context) error {
			return b.cards(ctx, lesson.Lesson{
				Seen: "Chủ trì nêu vấn đề chung chung, đảng viên ít phát biểu.", Why: "Chưa chuẩn bị câu hỏi gợi mở cho từng nội dung.",
				Act: "Chi ủy thống nhất hai đến ba câu hỏi gợi mở, gửi cùng thông báo họp; chủ trì mời từng tổ nêu ý kiến.", Place: place,
			}, lesson.Lesson{
				Seen: "Kết luận từng nội dung chưa giao rõ người, rõ thời hạn.", Why: "Dự thảo nghị quyết viết trước nhưng không cập nhật theo thảo luận.",
				Act: "Sau mỗi nội dung, chủ trì kết luận ba ý: việc gì, ai làm, bao giờ xong; thư ký ghi ngay.", Place: place,
			})
		}},
		{now.Date().AddDays(-1).At(21, 30), func(ctx context.Context) error { return b.learn(ctx) }},
	}
}

// cards writes cards of the ward and sends them to all cells.
func (b *builder) cards(ctx context.Context, cards ...lesson.Lesson) error {
	for _, k := range cards {
		k.Organization = b.ward.ID
		k, err := b.app.Lessons.Write(ctx, b.superior(), k)
		if err == nil {
			_, err = b.app.Lessons.Send(ctx, b.superior(), k.ID, lesson.Address{Reach: lesson.ToAll})
		}
		if err != nil {
			return fmt.Errorf("card of the ward: %w", err)
		}
	}
	return nil
}

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
