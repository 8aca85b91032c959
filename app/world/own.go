package world

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/member"
	"chibo/notebook"
	"chibo/privacy"
)

// own returns the steps by which the first cell looks at notebooks and its people ask
// about their data: one was answered, one waits and one has waited too long.
func (b *builder) own(c *cell, now when.Instant) []step {
	ago := func(days int) when.Instant { return now.Date().AddDays(-days).At(9, 0) }
	return []step{
		{ago(45), func(ctx context.Context) error { return b.shown(ctx, c) }},
		{ago(20), func(ctx context.Context) error {
			return b.asks(ctx, c, c.people[4], privacy.Asking{Claim: privacy.Correct, Field: member.ColResidence, Value: "Số 14, ngõ 8, Sông Xanh"})
		}},
		{ago(19), func(ctx context.Context) error { return b.answered(ctx, c) }},
		{ago(5), func(ctx context.Context) error {
			return b.asks(ctx, c, c.people[elected+1], privacy.Asking{Claim: privacy.Know, Text: "Xin cho biết bản sao lưu dữ liệu của chi bộ để ở đâu, ai giữ."})
		}},
		{ago(4), func(ctx context.Context) error { return b.taken(ctx, c) }},
		{ago(1), func(ctx context.Context) error {
			return b.asks(ctx, c, c.people[elected+2], privacy.Asking{Claim: privacy.Correct, Field: member.ColPhone, Value: "0912 000 117", Text: "Tôi đã đổi số từ tháng trước."})
		}},
	}
}

// shown enters whose notebooks the cell has seen.
func (b *builder) shown(ctx context.Context, c *cell) error {
	day := when.At(b.clock.Now()).Date()
	full := notebook.Showing{Cell: c.org.ID, ShownOn: day, InOrder: "yes"}
	for n, p := range c.people {
		if p.standing.CountsInAttendance() && n%3 != 2 && n != 4 {
			full.Members = append(full.Members, p.ID)
		}
	}
	wanting := notebook.Showing{Cell: c.org.ID, ShownOn: day, InOrder: "no", Remark: "Còn thiếu kỳ tháng trước, ghi bổ sung.", Members: []string{c.people[4].ID}}
	for _, s := range []notebook.Showing{full, wanting} {
		if err := b.app.Notebooks.Show(ctx, c.secretary, s); err != nil {
			return fmt.Errorf("notebooks of %s: %w", c.name, err)
		}
	}
	return nil
}

func (b *builder) asks(ctx context.Context, c *cell, p resident, f privacy.Asking) error {
	if err := b.app.Privacy.Ask(ctx, access.Person{Root: c.org.Root, Member: p.ID}, f); err != nil {
		return fmt.Errorf("request of %s: %w", p.FullName, err)
	}
	return nil
}

// answered takes over what was asked for first.
func (b *builder) answered(ctx context.Context, c *cell) error {
	all, err := privacy.InScope(ctx, b.app.DB, c.secretary.Scope(privacy.Handle), when.At(b.clock.Now()))
	if err != nil || len(all) == 0 {
		return err
	}
	return b.app.Privacy.TakeOver(ctx, c.secretary, all[0].ID, "Đã sửa hồ sơ theo đề nghị.")
}

// taken says of the request that waits that it has come.
func (b *builder) taken(ctx context.Context, c *cell) error {
	all, err := privacy.InScope(ctx, b.app.DB, c.secretary.Scope(privacy.Handle), when.At(b.clock.Now()))
	if err != nil || len(all) == 0 {
		return err
	}
	return b.app.Privacy.Accept(ctx, c.secretary, all[0].ID, false)
}
