package world

import (
	"context"
	"fmt"
	"slices"

	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/matter"
	"chibo/member"
	"chibo/task"
)

// work returns the steps of the weeks after the last meeting a cell has held: a
// directive comes down, somebody in charge reports, the committee answers to a
// difficulty, and the superior to what was passed up.
func (b *builder) work(c *cell, held when.Month) []step {
	day := c.settings.StartsAt(held).Date()
	return []step{
		{day.AddDays(4).At(9, 0), func(ctx context.Context) error {
			return b.passUp(ctx, c, "Đèn chiếu sáng đầu ngõ hỏng từ tháng trước")
		}},
		{day.AddDays(5).At(9, 0), func(ctx context.Context) error {
			return b.passUp(ctx, c, "Rãnh thoát nước cuối ngõ bị lấp khi thi công")
		}},
		{day.AddDays(8).At(9, 0), func(ctx context.Context) error { return b.passUpToo(ctx, c) }},
		{day.AddDays(7).At(9, 0), func(ctx context.Context) error { return b.answerMatters(ctx, c) }},
		{day.AddDays(10).At(9, 0), func(ctx context.Context) error { return b.direct(ctx, c, day) }},
		{day.AddDays(15).At(20, 0), func(ctx context.Context) error { return b.reportCharge(ctx, c) }},
		{day.AddDays(16).At(20, 0), func(ctx context.Context) error { return b.help(ctx, c) }},
	}
}

// passUp passes up what residents of the first cell have complained of, for its
// secretary to find.
func (b *builder) passUp(ctx context.Context, c *cell, text string) error {
	if c != b.cells[0] {
		return nil
	}
	if _, err := b.app.Matters.Pass(ctx, c.secretary, matter.Draft{Organization: c.org.ID, Text: text, Raiser: matter.ByResidents}); err != nil {
		return fmt.Errorf("passed up by %s: %w", c.name, err)
	}
	return nil
}

// passUpToo lets the second cell pass up what the first one has, in its own words, for
// the office of the ward to see that both ask the same.
func (b *builder) passUpToo(ctx context.Context, c *cell) error {
	if len(b.cells) < 2 || c != b.cells[1] {
		return nil
	}
	d := matter.Draft{Organization: c.org.ID, Text: "Rãnh thoát nước bị đất lấp từ lúc thi công, mưa là ngập vào nhà dân", Raiser: matter.ByResidents}
	if _, err := b.app.Matters.Pass(ctx, c.secretary, d); err != nil {
		return fmt.Errorf("passed up by %s: %w", c.name, err)
	}
	return nil
}

// direct gives a task that a document of the ward asks for.
func (b *builder) direct(ctx context.Context, c *cell, day when.Date) error {
	_, err := b.app.Tasks.GiveBetween(ctx, c.secretary, task.Draft{
		Organization: c.org.ID, Origin: task.ByDirective, Source: "Công văn số 41-CV/ĐU, Đảng ủy phường, " + day.AddDays(9).Slashed(),
		Title: "Rà soát hộ cần hỗ trợ dịp cuối năm, gửi danh sách về phường", DoneWhen: "Danh sách có xác nhận của tổ dân phố",
		Owners: []string{c.people[2].ID}, Due: day.AddDays(28), DueTime: "16:00",
	})
	if err != nil {
		return fmt.Errorf("directive in %s: %w", c.name, err)
	}
	return nil
}

// reportCharge enters the report of the first who is in charge of something.
func (b *builder) reportCharge(ctx context.Context, c *cell) error {
	for _, p := range c.people {
		if p.Field == "" || p.standing != member.Official {
			continue
		}
		d := task.ChargeDraft{Organization: c.org.ID, Member: p.ID, Text: "Tình hình ổn định; bà con đồng tình với việc chung của khu phố.", Proposal: "Chi bộ dự buổi họp dân sắp tới."}
		if err := b.app.Tasks.ReportCharge(ctx, c.secretary, d); err != nil {
			return fmt.Errorf("report of a charge in %s: %w", c.name, err)
		}
		return nil
	}
	return nil
}

// help answers to the first difficulty and leaves the others waiting.
func (b *builder) help(ctx context.Context, c *cell) error {
	tasks, err := task.Open(ctx, b.app.DB, c.org.Root, c.org.ID)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if !t.NeedsHelp() {
			continue
		}
		if err := b.app.Tasks.Help(ctx, c.secretary, t.ID, "Chi ủy cử đồng chí phó bí thư cùng đi, tuần này xong."); err != nil {
			return fmt.Errorf("answer in %s: %w", c.name, err)
		}
		return nil
	}
	return nil
}

// answerMatters lets the office of the ward answer to what the cell passed up, but
// for the newest.
func (b *builder) answerMatters(ctx context.Context, c *cell) error {
	now := when.At(b.clock.Now())
	matters, err := matter.Standing(ctx, b.app.DB, c.org.Root, c.org.ID, now)
	if err != nil || len(matters) == 0 {
		return err
	}
	office := slices.IndexFunc(b.accounts, func(a Account) bool { return a.Role == access.Clerk })
	for _, m := range matters[:len(matters)-1] {
		r := matter.Reply{Text: "Đảng ủy đã giao đơn vị phụ trách khảo sát, xử lý trong quý.", On: now.Date()}
		if err := b.app.Matters.Answer(ctx, b.person(b.accounts[office], b.ward), m.ID, r); err != nil {
			return fmt.Errorf("answer to %s: %w", c.name, err)
		}
	}
	return nil
}
