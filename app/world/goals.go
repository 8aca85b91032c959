package world

import (
	"context"
	"fmt"

	"chibo/kit/when"
	goal "chibo/plan"
)

// goals leaves the ward with a plan of the half-year that runs: one step done, one on its
// way, one late and one ahead.
func (b *builder) goals(ctx context.Context, now when.Instant) error {
	today, superior := now.Date(), b.superior()
	from := today.AddDays(-100)
	p, err := b.app.Plans.Make(ctx, superior, goal.Plan{
		Organization: b.ward.ID, Title: "Kế hoạch nâng cao chất lượng sinh hoạt chi bộ", From: from, Until: today.AddDays(80),
		Goal:  "Mọi chi bộ giữ nền nếp sinh hoạt; ít nhất bốn chi bộ tổ chức sinh hoạt điểm; bài học đến đủ các chi bộ.",
		Basis: "Chỉ thị số 50-CT/TW, ngày 23/7/2025 của Ban Bí thư",
	})
	if err != nil {
		return fmt.Errorf("plan of the ward: %w", err)
	}
	for _, s := range []goal.Step{
		{What: "Quán triệt hướng dẫn mới về sinh hoạt chi bộ đến bí thư các chi bộ", Owner: "Ban Tổ chức", From: from, Until: from.AddDays(30)},
		{What: "Chỉ đạo sinh hoạt điểm thường kỳ và chuyên đề", Owner: "Ban Thường vụ", From: from, Until: today.AddDays(40), Target: 4, Unit: "chi bộ"},
		{What: "Phân công đảng ủy viên dự sinh hoạt với các chi bộ", Owner: "Văn phòng", From: from, Until: today.AddDays(-10), Target: len(b.cells), Unit: "chi bộ"},
		{What: "Sơ kết, rút kinh nghiệm toàn đảng bộ", Owner: "Ban Thường vụ", From: today.AddDays(50), Until: today.AddDays(80)},
	} {
		if err := b.app.Plans.Add(ctx, superior, p.ID, s); err != nil {
			return fmt.Errorf("step of the ward: %w", err)
		}
	}
	v, err := b.app.Plans.View(ctx, superior, p.ID, today)
	if err != nil {
		return err
	}
	for n, g := range []goal.Progress{
		{On: from.AddDays(21), Done: true, Text: "Đã tổ chức hội nghị, bí thư các chi bộ dự đủ."},
		{On: today.AddDays(-20), Reached: 2, Text: "Hai chi bộ đã họp, rút hai bài học."},
		{On: today.AddDays(-12), Reached: len(b.cells) * 2 / 3, Text: "Còn các chi bộ cơ quan, doanh nghiệp."},
	} {
		g.Step = v.States[n].ID
		if err := b.app.Plans.Note(ctx, superior, p.ID, g); err != nil {
			return fmt.Errorf("progress of the ward: %w", err)
		}
	}
	return nil
}
