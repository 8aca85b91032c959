package world

import (
	"context"
	"fmt"
	"time"

	"chibo/feedback"
	"chibo/kit/when"
)

// remarksGiven are what delegates of the made-up conference say, by phase and head.
var remarksGiven = []struct {
	phase feedback.Phase
	head  feedback.Head
	texts []string
}{
	{feedback.Preparation, feedback.Done, []string{
		"Kế hoạch rõ ràng, phân công cụ thể từng việc", "Kế hoạch phân công rõ ràng, cụ thể", "Hội trường trang trí đúng quy định", "Bàn đón tiếp nhanh, không phải chờ",
	}},
	{feedback.Preparation, feedback.Limit, []string{
		"Tài liệu gửi muộn, chưa kịp đọc", "Tài liệu gửi muộn nên đại biểu chưa kịp đọc", "Chưa kịp đọc tài liệu vì gửi muộn", "Nên gửi tài liệu sớm, lần này gửi muộn, chưa kịp đọc", "Hội trường nóng, thiếu quạt", "Hội trường thiếu quạt, rất nóng", "Chữ trên màn chiếu nhỏ",
	}},
	{feedback.Preparation, feedback.Missing, []string{"Chưa có sơ đồ chỗ ngồi ở cửa", "Thiếu bản in chương trình cho khách mời"}},
	{feedback.Conduct, feedback.Done, []string{
		"Thảo luận sôi nổi, nhiều đồng chí phát biểu", "Nhiều đồng chí phát biểu, thảo luận sôi nổi", "Đúng trình tự, đúng giờ", "Trình tự đúng, giờ giấc đúng", "Đảng viên trẻ mạnh dạn nêu ý kiến",
	}},
	{feedback.Conduct, feedback.Limit, []string{
		"Thời gian thảo luận còn ngắn", "Thời gian dành cho thảo luận ngắn quá", "Phần thời sự dài, lấn thời gian thảo luận", "Ý kiến phát biểu còn trùng nhau",
	}},
	{feedback.Conduct, feedback.Wrong, []string{"Biểu quyết khi chưa thảo luận hết", "Chưa đọc lại dự thảo nghị quyết đã biểu quyết"}},
	{feedback.Conduct, feedback.Missing, []string{"Chưa kiểm điểm nhiệm vụ tháng trước", "Thiếu phần kiểm điểm nhiệm vụ của tháng trước"}},
	{feedback.Chairing, feedback.Done, []string{"Chủ trì gợi mở tốt, câu hỏi sát thực tế", "Chủ trì gợi mở tốt bằng câu hỏi sát thực tế", "Điều hành nhẹ nhàng, tôn trọng ý kiến"}},
	{feedback.Chairing, feedback.Limit, []string{
		"Kết luận từng nội dung còn dài, chưa giao rõ người, rõ hạn", "Kết luận chưa giao rõ người, rõ hạn", "Kết luận dài, chưa rõ người, rõ hạn", "Chưa mời đồng chí cao tuổi phát biểu",
	}},
	{feedback.Chairing, feedback.Wrong, []string{"Chủ trì trả lời thay cho người được giao việc"}},
	{feedback.Chairing, feedback.Missing, []string{"Chưa tổng hợp ý kiến trước khi kết luận", "Chưa thông báo thời gian sinh hoạt kỳ tới"}},
}

// groupedFrom is from how many remarks of a cell on the office of the demo puts what the
// program proposes together; the rest is left to whoever looks at it.
const groupedFrom = 4

// feedback returns the steps in which delegates of the sitting that was held give their
// opinion, nameless; the office puts most of it together, the committee concludes once and
// sends the card to every cell.
func (b *builder) feedback(now when.Instant) []step {
	if len(b.cells) < manyCells {
		return nil
	}
	var p feedback.File
	held := now.Date().AddDays(-heldAgo)
	return []step{
		{held.At(7, 30), func(ctx context.Context) (err error) {
			p, err = b.openFeedback(ctx, held)
			return err
		}},
		{held.At(11, 0), func(ctx context.Context) error { return b.giveFeedback(ctx, p.Round) }},
		{held.AddDays(4).At(9, 0), func(ctx context.Context) error { return b.gatherFeedback(ctx, p) }},
		{held.AddDays(5).At(15, 0), func(ctx context.Context) error { return b.concludeFeedback(ctx, p) }},
	}
}

// openFeedback opens the feedback of the sitting of a day.
func (b *builder) openFeedback(ctx context.Context, day when.Date) (feedback.File, error) {
	all, err := b.app.Conferences.List(ctx, b.scribe(), true)
	if err != nil {
		return feedback.File{}, err
	}
	for _, x := range all {
		for _, y := range x.Sittings {
			if y.StartsAt.Date() != day {
				continue
			}
			if _, err := b.app.Feedback.Open(ctx, b.scribe(), x.ID, y.ID, feedback.Opening{OpensAt: y.StartsAt, ClosesAt: y.EndsAt.Add(72 * time.Hour)}); err != nil {
				return feedback.File{}, fmt.Errorf("feedback: %w", err)
			}
			return b.app.Feedback.View(ctx, b.scribe(), x.ID, y.ID)
		}
	}
	return feedback.File{}, fmt.Errorf("no sitting on %s", day)
}

// giveFeedback lets each remark come from a device of its own.
func (b *builder) giveFeedback(ctx context.Context, r feedback.Round) error {
	n := 0
	for _, x := range remarksGiven {
		for _, text := range x.texts {
			n++
			said := feedback.Sending{
				ID:   fmt.Sprintf("demo-%020d", n),
				Said: []feedback.Said{{Cell: feedback.Cell{Phase: x.phase, Head: x.head}, Text: text}},
			}
			if _, err := b.app.Feedback.Give(ctx, r, feedback.Giver{}, said); err != nil {
				return fmt.Errorf("feedback: %w", err)
			}
		}
	}
	return nil
}

// gatherFeedback accepts what is proposed where there is much, and types in one sheet of
// paper.
func (b *builder) gatherFeedback(ctx context.Context, p feedback.File) error {
	s, clerk := b.app.Feedback, b.scribe()
	paper := feedback.Paper{Number: 1, Said: []feedback.Said{{Cell: feedback.Cell{Phase: feedback.Chairing, Head: feedback.Limit}, Text: "Chủ trì nói nhiều, ít để đảng viên nói"}}}
	if err := s.TypeIn(ctx, clerk, p.Conference.ID, p.Sitting.ID, paper); err != nil {
		return fmt.Errorf("feedback: %w", err)
	}
	f, err := s.View(ctx, clerk, p.Conference.ID, p.Sitting.ID)
	if err != nil {
		return err
	}
	for _, x := range f.Blocks {
		if x.Count() < groupedFrom {
			continue
		}
		for _, proposal := range f.Proposals(x.Cell) {
			together := feedback.Gathering{Cell: x.Cell, Words: proposal.Words}
			for _, r := range proposal.Remarks {
				together.Remarks = append(together.Remarks, r.ID)
			}
			if err := s.Gather(ctx, clerk, p.Conference.ID, p.Sitting.ID, together); err != nil {
				return fmt.Errorf("feedback: %w", err)
			}
		}
	}
	return nil
}

// concludeFeedback writes two conclusions, of which one goes to every cell.
func (b *builder) concludeFeedback(ctx context.Context, p feedback.File) error {
	for n, words := range []feedback.Conclusion{{
		Seen: "Tài liệu gửi muộn, đại biểu chưa kịp đọc nên phát biểu chung chung.",
		Why:  "Dự thảo duyệt sát ngày họp.",
		Act:  "Chi ủy duyệt dự thảo trước bảy ngày, gửi tài liệu cùng thông báo họp trước ít nhất năm ngày.",
	}, {
		Seen: "Kết luận từng nội dung còn dài, chưa giao rõ người, rõ hạn.",
		Why:  "Chưa chuẩn bị ý kết luận cho từng nội dung.",
		Act:  "Chủ trì kết luận mỗi nội dung ba ý: việc gì, ai làm, bao giờ xong.",
	}} {
		s, superior := b.app.Feedback, b.superior()
		k, err := s.Conclude(ctx, superior, p.Conference.ID, p.Sitting.ID, words)
		if err == nil && n == 0 {
			_, err = s.TeachAll(ctx, superior, p.Conference.ID, p.Sitting.ID, k.ID)
		}
		if err != nil {
			return fmt.Errorf("conclusion: %w", err)
		}
	}
	return nil
}
