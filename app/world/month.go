package world

import (
	"context"
	"fmt"
	"slices"
	"time"

	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/minutes"
	"chibo/notice"
	"chibo/task"
)

// step is something that happens in the world at a moment.
type step struct {
	at when.Instant
	do func(ctx context.Context) error
}

// pass lets steps happen in the order of time; what happens at the same moment in
// several cells happens at once.
func (b *builder) pass(ctx context.Context, steps []step) error {
	slices.SortStableFunc(steps, func(a, b step) int { return int(a.at/1000 - b.at/1000) })
	for len(steps) > 0 {
		n := 1
		for n < len(steps) && steps[n].at == steps[0].at {
			n++
		}
		b.clock.Set(steps[0].at)
		if err := each(steps[:n], func(s step) error { return s.do(ctx) }); err != nil {
			return err
		}
		steps = steps[n:]
	}
	return nil
}

// How the days lie around a meeting.
const (
	prepareDays = 5
	evening     = 150 * time.Minute // how long people sit
)

// ending is what becomes of a meeting after it was held: its minutes are sealed, its
// score is given, with a line in doubt, and decided above; a weak point of it is still to be
// mended.
type ending struct{ seal, score, doubt, decide, weak bool }

// month returns the steps of a cell's month: the meeting is prepared, notice is
// given, people answer, the meeting is held, its minutes are sealed, work goes on.
func (b *builder) month(c *cell, m when.Month, after ending) []step {
	starts := c.settings.StartsAt(m)
	steps := b.preparation(c, m)
	held := ""
	if after.decide {
		steps = append(steps, step{starts.Date().AddDays(7).At(9, 0), func(ctx context.Context) error { return b.decide(ctx, c, held) }})
	}
	return append(steps,
		step{c.over(m), func(ctx context.Context) error {
			held = c.next
			if err := b.hold(ctx, c, held, m); err != nil {
				return err
			}
			if err := b.lookBack(ctx, c, held, m); err != nil || !after.seal {
				return err
			}
			if err := b.seal(ctx, c, held); err != nil || !after.score {
				return err
			}
			if after.weak {
				if err := b.weakness(ctx, c, held, m); err != nil {
					return err
				}
			}
			return b.score(ctx, c, held, after.doubt)
		}},
		step{starts.Date().AddDays(14).At(20, 0), func(ctx context.Context) error { return b.report(ctx, c) }},
	)
}

// over returns when the meeting of month m is over and its acts have reached the
// server: cells that meet in the same half of a day are over at the same time.
func (c *cell) over(m when.Month) when.Instant {
	ends := c.settings.StartsAt(m).Add(evening)
	for _, hour := range []int{12, 20} {
		if at := ends.Date().At(hour, 0); ends <= at {
			return at
		}
	}
	return ends.Date().At(22, 30)
}

// preparation returns the steps up to the meeting of month m.
func (b *builder) preparation(c *cell, m when.Month) []step {
	day := c.settings.StartsAt(m).Date()
	return []step{
		{day.AddDays(-prepareDays).At(9, 0), func(ctx context.Context) error { return b.prepare(ctx, c, m, "") }},
		{day.AddDays(-1).At(20, 0), func(ctx context.Context) error { return b.answer(ctx, c) }},
	}
}

// prepare fills the next meeting of the cell and gives notice; late is why the
// notice is late, if it is.
func (b *builder) prepare(ctx context.Context, c *cell, m when.Month, late string) error {
	meetings := b.app.Meetings
	if c.next == "" {
		first, err := meetings.Convene(ctx, c.secretary, c.org.ID, meeting.Convening{Kind: meeting.Ordinary, Month: m})
		if err != nil {
			return fmt.Errorf("%s, %s: %w", c.name, m, err)
		}
		c.next = first.ID
	}
	if err := b.brief(ctx, c); err != nil {
		return fmt.Errorf("briefing of %s, %s: %w", c.name, m, err)
	}
	t := c.themeOf(m)
	before := when.At(b.clock.Now()).Date().AddDays(-1).At(20, 0)
	agreed := "Thống nhất nội dung sinh hoạt; tập trung thảo luận việc " + t.title + "."
	pre := meeting.Premeeting{HeldAt: before, Place: c.place, Present: c.committee(), Agreed: agreed}
	if err := meetings.RecordPremeeting(ctx, c.secretary, c.next, pre); err != nil {
		return fmt.Errorf("premeeting of %s, %s: %w", c.name, m, err)
	}
	if err := meetings.AddQuestion(ctx, c.secretary, c.next, meeting.Focus{Text: t.question}); err != nil {
		return fmt.Errorf("question of %s, %s: %w", c.name, m, err)
	}
	if err := meetings.SaveDraft(ctx, c.secretary, c.next, c.resolution(t, m)); err != nil {
		return fmt.Errorf("draft of %s, %s: %w", c.name, m, err)
	}
	if err := meetings.Notify(ctx, c.secretary, c.next, late); err != nil {
		return fmt.Errorf("notice of %s, %s: %w", c.name, m, err)
	}
	return b.tick(ctx, c)
}

// tick tells everybody by telephone and face to face; in one month of four somebody has
// been forgotten.
func (b *builder) tick(ctx context.Context, c *cell) error {
	called, met := []string{c.follower}, []string{}
	for _, p := range c.people {
		switch {
		case !p.standing.CountsInAttendance():
		case c.r.IntN(2) == 0:
			called = append(called, p.ID)
		default:
			met = append(met, p.ID)
		}
	}
	if c.r.IntN(4) == 0 && len(met) > 1 {
		met = met[1:]
	}
	for way, ids := range map[notice.Way][]string{notice.Phone: called, notice.Person: met} {
		if len(ids) == 0 {
			continue
		}
		if err := b.app.Meetings.Tick(ctx, c.secretary, c.next, way, ids...); err != nil {
			return fmt.Errorf("ticks of %s: %w", c.name, err)
		}
	}
	return nil
}

// answer lets those with accounts open what they were told, and one or two people
// ask to be excused.
func (b *builder) answer(ctx context.Context, c *cell) error {
	for _, a := range b.accounts {
		if a.Organization != c.org.ID {
			continue
		}
		if err := b.app.Notices.ReadAll(ctx, b.person(a, c.org)); err != nil {
			return fmt.Errorf("inbox of %s: %w", a.FullName, err)
		}
	}
	for range 1 + c.r.IntN(2) {
		p := c.people[4+c.r.IntN(len(c.people)-5)]
		if p.standing != member.Official {
			continue
		}
		reason := meeting.Reasons[c.r.IntN(len(meeting.Reasons))]
		r := meeting.Response{Member: p.ID, Reply: meeting.Away, Reason: reason}
		if err := b.app.Meetings.Answer(ctx, c.secretary, c.next, r); err != nil {
			return fmt.Errorf("answer in %s: %w", c.name, err)
		}
	}
	return nil
}

// seal lets chair and minute-taker sign the minutes of a closed meeting, and seals
// them.
func (b *builder) seal(ctx context.Context, c *cell, id string) error {
	for _, s := range []minutes.Signing{
		{Part: minutes.MinuteTaker, Secret: b.passwordOf(c.taker)},
		{Part: minutes.Chair, Secret: b.passwordOf(c.secretary.Member)},
	} {
		if err := b.app.Minutes.Sign(ctx, c.secretary, id, s); err != nil {
			return fmt.Errorf("signature in %s: %w", c.name, err)
		}
	}
	if err := b.app.Minutes.Seal(ctx, c.secretary, id, minutes.Sealing{}); err != nil {
		return fmt.Errorf("seal of %s: %w", c.name, err)
	}
	return nil
}

func (b *builder) passwordOf(memberID string) string {
	for _, a := range b.accounts {
		if a.Member == memberID {
			return a.Password
		}
	}
	return ""
}

// report lets one owner of an open task report, by the secretary's hand.
func (b *builder) report(ctx context.Context, c *cell) error {
	tasks, err := task.Open(ctx, b.app.DB, c.org.Root, c.org.ID)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.State != task.Given || c.r.IntN(2) == 0 || t.OwnedBy(c.secretary.Member) {
			continue
		}
		r := task.Report{For: t.Owners[0], Reached: t.Target * (40 + c.r.IntN(60)) / 100, Text: reportsOfTasks.pick(c.r)}
		if c.r.IntN(4) == 0 {
			r.Difficulty = causes.pick(c.r)
		}
		if err := b.app.Tasks.Report(ctx, c.secretary, t.ID, r); err != nil {
			return fmt.Errorf("report in %s: %w", c.name, err)
		}
	}
	return nil
}

// committee returns the ids of the cell's committee.
func (c *cell) committee() []string {
	return []string{c.people[0].ID, c.people[1].ID, c.people[2].ID}
}

// themeOf returns the concern of a month: they take turns.
func (c *cell) themeOf(m when.Month) concern {
	themes := themesOf(c.kind)
	return themes[(12*m.Year+int(m.Month)+len(c.name))%len(themes)]
}

// resolution writes the draft resolution of a month.
func (c *cell) resolution(t concern, m when.Month) string {
	return fmt.Sprintf(`# I- Đánh giá kết quả thực hiện nhiệm vụ tháng trước

Chi bộ cơ bản hoàn thành các nhiệm vụ đề ra; đảng viên giữ nền nếp sinh hoạt, phát huy vai trò gương mẫu tại nơi cư trú và nơi công tác.

# II- Nhiệm vụ trọng tâm tháng %s

1. Lãnh đạo %s.

2. %s

3. Tiếp tục học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh gắn với việc được giao của từng đảng viên.

# III- Tổ chức thực hiện

Chi ủy phân công đảng viên phụ trách từng việc, có thời hạn cụ thể; báo cáo kết quả tại kỳ sinh hoạt tới.`, m.Slashed(), t.title, t.conclusion)
}
