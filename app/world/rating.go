package world

import (
	"context"
	"fmt"
	"time"

	"chibo/kit/when"
	"chibo/rating"
)

// ratings returns the steps of two rounds of a cell: one of the last quarter, decided
// and told, and one of the year, which waits for people to rate themselves.
func (b *builder) ratings(c *cell, now when.Instant) []step {
	quarter := now.Date().In().Quarter().First().Add(-1)
	return []step{
		{quarter.Last().AddDays(2).At(9, 0), func(ctx context.Context) error { return b.finishedRound(ctx, c, quarter) }},
		{now.Add(-3 * 24 * time.Hour), func(ctx context.Context) error {
			day := now.Date()
			_, err := b.app.Ratings.Open(ctx, c.secretary, rating.Opening{
				Organization: c.org.ID, Span: rating.Yearly, Month: day.In(), SelfBy: day.AddDays(7), ReviewOn: day.AddDays(12),
			})
			return err
		}},
	}
}

// others are cells of which the quarter's lists have come too, so that the ward has
// something to put side by side.
const others = 2

// neighbours returns the steps of the finished rounds of some more cells.
func (b *builder) neighbours(now when.Instant) []step {
	quarter := now.Date().In().Quarter().First().Add(-1)
	var steps []step
	for _, c := range b.cells[min(1, len(b.cells)):min(1+others, len(b.cells))] {
		steps = append(steps, step{quarter.Last().AddDays(3).At(9, 0), func(ctx context.Context) error { return b.finishedRound(ctx, c, quarter) }})
	}
	return steps
}

// finishedRound holds a round from its opening to the day when each is told.
func (b *builder) finishedRound(ctx context.Context, c *cell, m when.Month) error {
	s, day := b.app.Ratings, when.At(b.clock.Now()).Date()
	r, err := s.Open(ctx, c.secretary, rating.Opening{Organization: c.org.ID, Span: rating.Quarterly, Month: m, SelfBy: day, ReviewOn: day})
	if err != nil {
		return fmt.Errorf("round of %s: %w", c.name, err)
	}
	all, err := s.Look(ctx, c.secretary, r.ID, false)
	if err != nil {
		return err
	}
	for n, line := range all.Lines {
		if line.Case == rating.Away {
			note := rating.Treatment{Form: line.Form, Case: line.Case, Note: "Chi bộ nơi sinh hoạt tạm thời nhận xét: dự họp đều, hoàn thành việc được giao."}
			if err := s.Treat(ctx, c.secretary, r.ID, line.Subject, note); err != nil {
				return err
			}
		}
		if n%4 != 1 || !line.Rated() {
			continue // some have rated themselves on paper only
		}
		if err := s.RateSelf(ctx, c.secretary, r.ID, line.Subject, selfRating(r.Lines(line.Form))); err != nil {
			return err
		}
	}
	if err := s.Review(ctx, c.secretary, r.ID); err != nil {
		return err
	}
	sitting := rating.Gathering{Chair: c.people[0].FullName, Taker: c.people[3].FullName, Place: c.place, Present: elected + 2, Course: "Chi bộ giữ nền nếp sinh hoạt, hoàn thành các việc đã đề ra."}
	if err := s.OpenVote(ctx, c.secretary, r.ID, sitting); err != nil {
		return err
	}
	if all, err = s.Look(ctx, c.secretary, r.ID, false); err != nil {
		return err
	}
	levels := map[string]rating.Level{}
	for n, line := range all.Lines {
		if !line.Rated() {
			continue
		}
		votes := rating.Counting{Good: all.Round.Base - 1, Proposal: rating.Good}
		if n == 1 {
			votes = rating.Counting{Excellent: all.Round.Base - 2, Good: 1, Proposal: rating.Excellent}
		}
		if err := s.PutVotes(ctx, c.secretary, r.ID, line.Subject, votes); err != nil {
			return err
		}
		levels[line.Subject] = votes.Proposal
	}
	if err := s.Propose(ctx, c.secretary, r.ID); err != nil {
		return err
	}
	ruling := rating.Ruling{Number: "21-QĐ/ĐU", On: day, Body: "Đảng ủy phường Sông Xanh"}
	if err := s.Rule(ctx, c.secretary, r.ID, ruling, levels); err != nil {
		return err
	}
	return s.Tell(ctx, c.secretary, r.ID)
}

// selfRating gives nine tenths of the points of each criterion.
func selfRating(of []rating.Line) rating.Self {
	self := rating.Self{
		Claim: rating.Good, Strengths: "Dự sinh hoạt đầy đủ, hoàn thành việc được giao.",
		Faults: "Có lúc chưa mạnh dạn góp ý.", Remedies: "Mỗi kỳ phát biểu ít nhất một lượt.",
	}
	for _, line := range of {
		self.Points = append(self.Points, line.Max*9/10)
	}
	return self
}
