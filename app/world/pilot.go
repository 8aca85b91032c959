package world

import (
	"context"
	"fmt"

	"chibo/kit/when"
	"chibo/lesson"
	"chibo/meeting"
	"chibo/pilot"
)

// pilots returns the steps of two series of the ward: one whose meeting in the second cell
// was held, with two comments that became lessons for all, and one whose contents lie with
// the appraiser.
func (b *builder) pilots(home *cell, last when.Month, now when.Instant) []step {
	if len(b.cells) < manyCells {
		return nil
	}
	host := b.cells[1]
	held := host.settings.StartsAt(last.Add(-1)).Date()
	ago := func(days int) when.Instant { return held.AddDays(-days).At(10, 0) }
	return []step{
		{ago(prepareDays + 6), func(ctx context.Context) error {
			return b.series(ctx, host, pilot.Series{
				Title: fmt.Sprintf("Sinh hoạt điểm tháng %s", last.Add(-1).Slashed()), From: held.AddDays(-7), Until: held.AddDays(7),
				Purpose: "Rút kinh nghiệm cách chủ trì gợi mở thảo luận và kết luận từng nội dung, phổ biến cho mọi chi bộ.",
			})
		}},
		{ago(prepareDays + 4), func(ctx context.Context) error { return b.appraised(ctx, host) }},
		{held.AddDays(2).At(9, 0), func(ctx context.Context) error { return b.concluded(ctx, host) }},
		{now.Date().AddDays(-1).At(21, 30), func(ctx context.Context) error { return b.learn(ctx) }},
		{now.Date().AddDays(-1).At(22, 0), func(ctx context.Context) error {
			day := when.At(b.clock.Now()).Date()
			if err := b.series(ctx, home, pilot.Series{
				Title: fmt.Sprintf("Sinh hoạt điểm đầu năm %d", day.AddDays(60).Year), From: day, Until: day.AddDays(120),
				Purpose: "Làm mẫu cách chuẩn bị và điều hành sinh hoạt thường kỳ theo hướng dẫn mới.",
			}); err != nil {
				return err
			}
			return b.submitted(ctx, home)
		}},
	}
}

// series opens a series with one host, appraised by the member of the committee who has an
// account.
func (b *builder) series(ctx context.Context, host *cell, x pilot.Series) error {
	x.Organization = b.ward.ID
	superior := b.superior()
	_, err := b.app.Pilots.Open(ctx, superior, x, pilot.Choice{Hosts: []string{host.org.ID}, Kind: meeting.Ordinary}, []string{superior.Member})
	if err != nil {
		return fmt.Errorf("pilot meeting of %s: %w", host.name, err)
	}
	return nil
}

// pilotOf returns the newest pilot meeting of a host.
func (b *builder) pilotOf(ctx context.Context, host *cell) (pilot.File, error) {
	all, err := b.app.Pilots.List(ctx, host.secretary, true)
	for _, f := range all {
		if f.Host.ID == host.org.ID {
			return f, err
		}
	}
	return pilot.File{}, fmt.Errorf("%s hosts nothing: %w", host.name, err)
}

// submitted names the next draft of the host and sends its contents in.
func (b *builder) submitted(ctx context.Context, host *cell) error {
	f, err := b.pilotOf(ctx, host)
	if err != nil {
		return err
	}
	drafts, err := meeting.Drafts(ctx, b.app.DB, host.org.Root, host.org.ID)
	if err != nil {
		return err
	}
	for _, m := range drafts {
		if m.Kind.Monthly() {
			if err := b.app.Pilots.Meet(ctx, host.secretary, f.ID, m.ID); err != nil {
				return fmt.Errorf("pilot meeting of %s: %w", host.name, err)
			}
			return b.app.Pilots.Submit(ctx, host.secretary, f.ID, nil)
		}
	}
	return fmt.Errorf("%s prepares nothing", host.name)
}

// appraised takes the contents of the host through two rounds and invites guests.
func (b *builder) appraised(ctx context.Context, host *cell) error {
	if err := b.submitted(ctx, host); err != nil {
		return err
	}
	f, err := b.pilotOf(ctx, host)
	if err != nil {
		return err
	}
	verdicts := map[string]pilot.Verdict{}
	for n, i := range f.Items {
		verdicts[i.ID] = pilot.Verdict{Kind: pilot.Agree}
		if n == 3 {
			verdicts[i.ID] = pilot.Verdict{Kind: pilot.Change, Text: "Nêu rõ hai việc trọng tâm tháng tới, tránh liệt kê."}
		}
	}
	s, superior := b.app.Pilots, b.superior()
	if err := s.Appraise(ctx, superior, f.ID, verdicts); err != nil {
		return fmt.Errorf("appraisal of %s: %w", host.name, err)
	}
	changed := f.Items[3].ID
	if err := s.Submit(ctx, host.secretary, f.ID, map[string]string{changed: "Đã chọn hai việc: tuyến phố văn minh, thu nộp đảng phí qua ngân hàng."}); err != nil {
		return fmt.Errorf("answer of %s: %w", host.name, err)
	}
	if err := s.Appraise(ctx, superior, f.ID, map[string]pilot.Verdict{changed: {Kind: pilot.Agree}}); err != nil {
		return fmt.Errorf("appraisal of %s: %w", host.name, err)
	}
	people, err := s.Invitable(ctx, b.app.DB, f)
	if err != nil {
		return err
	}
	ids := make([]string, min(8, len(people)))
	for i := range ids {
		ids[i] = people[i].Member
	}
	return s.Invite(ctx, superior, f.ID, ids)
}

// concluded ticks who came, makes lessons of two comments, sends them to all, and
// concludes.
func (b *builder) concluded(ctx context.Context, host *cell) error {
	f, err := b.pilotOf(ctx, host)
	if err != nil {
		return err
	}
	s, superior := b.app.Pilots, b.superior()
	var came []string
	for _, x := range f.Guests[1:] {
		came = append(came, x.Member)
	}
	if err := s.Tick(ctx, superior, f.ID, came); err != nil {
		return fmt.Errorf("guests of %s: %w", host.name, err)
	}
	said := []pilot.Comment{
		{Kind: pilot.Merit, Text: "Chuẩn bị kỹ, tài liệu gửi trước, đúng giờ."},
		{Kind: pilot.Fault, Text: "Chủ trì nêu vấn đề chung chung, đảng viên ít phát biểu."},
		{Kind: pilot.Advice, Text: "Kết luận từng nội dung chưa giao rõ người, rõ thời hạn."},
	}
	for _, k := range said {
		if err := s.Say(ctx, superior, f.ID, k); err != nil {
			return fmt.Errorf("comment on %s: %w", host.name, err)
		}
	}
	if f, err = b.pilotOf(ctx, host); err != nil {
		return err
	}
	for n, words := range []lesson.Lesson{{
		Why: "Chưa chuẩn bị câu hỏi gợi mở cho từng nội dung.",
		Act: "Chi ủy thống nhất hai đến ba câu hỏi gợi mở, gửi cùng thông báo họp; chủ trì mời từng tổ nêu ý kiến.",
	}, {
		Why: "Dự thảo nghị quyết viết trước nhưng không cập nhật theo thảo luận.",
		Act: "Sau mỗi nội dung, chủ trì kết luận ba ý: việc gì, ai làm, bao giờ xong; thư ký ghi ngay.",
	}} {
		if err := b.teach(ctx, f, f.Comments[n+1].ID, words); err != nil {
			return fmt.Errorf("lesson of %s: %w", host.name, err)
		}
	}
	return s.Conclude(ctx, superior, f.ID, "Buổi sinh hoạt điểm đạt yêu cầu. Các chi bộ tiếp thu hai bài học trong kỳ sinh hoạt tới.")
}

// teach makes a card of a comment and sends it to all cells.
func (b *builder) teach(ctx context.Context, f pilot.File, comment string, words lesson.Lesson) error {
	superior := b.superior()
	k, err := b.app.Pilots.Learn(ctx, superior, f.ID, comment)
	if err != nil {
		return err
	}
	k.Why, k.Act = words.Why, words.Act
	if err := b.app.Lessons.Rewrite(ctx, superior, k.ID, k); err != nil {
		return err
	}
	_, err = b.app.Lessons.Send(ctx, superior, k.ID, lesson.Address{Reach: lesson.ToAll})
	return err
}
