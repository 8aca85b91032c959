package world

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/quality"
	"chibo/rubric"
)

// unpointed is the level of every meeting whose sheet has no points, as those of before the
// model sheets; the others have that of their sum.
const unpointed = rubric.Good

// score takes the score of a meeting through the three hands: the cell committee and the
// members on the evening, the committee above a week later. With doubt the cell gives one
// line other points than the record proposes.
func (b *builder) score(ctx context.Context, c *cell, id string, doubt bool) error {
	f, err := b.app.Quality.Load(ctx, b.app.DB, c.secretary.Scope(quality.MayScore), id)
	if err != nil {
		return fmt.Errorf("score of %s: %w", c.name, err)
	}
	e := quality.Entry{Points: map[string]string{}, Level: unpointed}
	for _, l := range f.Sum.Open {
		offers := l.Offers()
		if len(offers) == 0 {
			e.Points[l.ID] = (l.Max - l.Step*rubric.Points(2+c.r.IntN(12))).String()
			continue
		}
		e.Points[l.ID] = offers[min(c.r.IntN(4), len(offers)-1)].String()
	}
	if doubt {
		overrule(f, &e)
	}
	if err := b.app.Quality.SelfScore(ctx, c.secretary, id, e); err != nil {
		return fmt.Errorf("score of %s: %w", c.name, err)
	}
	if err := b.app.Quality.Vote(ctx, c.secretary, id, f.Entitled, 0, false); err != nil {
		return fmt.Errorf("vote on the score of %s: %w", c.name, err)
	}
	return b.app.Quality.Submit(ctx, c.secretary, id)
}

// overrule gives the first line of which the facts propose too little full points.
func overrule(f quality.File, e *quality.Entry) {
	e.Reasons = map[string]string{}
	for _, l := range f.Rubric.Counted(f.Kind()) {
		m, given := f.Marks[l.ID]
		if !given || !m.ByFacts {
			continue
		}
		for _, p := range l.Offers() {
			if p > m.Proposed {
				e.Points[l.ID], e.Reasons[l.ID] = p.String(), "Chi ủy đối chiếu sổ tay của thư ký, thấy khác số máy đếm."
				return
			}
		}
	}
}

// weakness notes a weak point of a meeting with its remedy.
func (b *builder) weakness(ctx context.Context, c *cell, id string, m when.Month) error {
	return b.app.Quality.AddRemedy(ctx, c.secretary, id, quality.Remedy{
		Weakness: "Thảo luận còn dồn vào cuối buổi", Remedy: "Gửi câu hỏi gợi ý thảo luận cùng thông báo, trước ít nhất ba ngày",
		Due: c.settings.StartsAt(m.Next()).Date().AddDays(-3), Member: c.people[1].ID,
	})
}

// decide is the word of the committee above on a score.
func (b *builder) decide(ctx context.Context, c *cell, id string) error {
	f, err := b.app.Quality.Load(ctx, b.app.DB, c.secretary.Scope(quality.MayScore), id)
	if err != nil {
		return fmt.Errorf("score of %s: %w", c.name, err)
	}
	e, reason := quality.Entry{Level: unpointed}, ""
	if c.r.IntN(5) == 0 && !f.Rubric.Unpointed {
		e.Points, reason = map[string]string{"4.3": "7"}, "Điều hành còn dàn trải, kết luận chưa gọn."
	}
	if err := b.app.Quality.Decide(ctx, b.superior(), id, e, reason); err != nil {
		return fmt.Errorf("decision on the score of %s: %w", c.name, err)
	}
	return nil
}

// sketch leaves a sheet of the ward half written: the model of An Phú from the new year
// on, with the best step of line 4.5 as its paper words it, so that exactly half the
// members belong to none.
func (b *builder) sketch(ctx context.Context, year int) error {
	r, _ := rubric.Sheet("an-phu-2025")
	r.Name, r.From = "Biểu chấm điểm của Đảng ủy phường Sông Xanh", when.On(year+1, 1, 1)
	r.Source = rubric.Source{Number: "12-KH/ĐU", Body: "Đảng ủy phường Sông Xanh", Date: when.On(year, 11, 10)}
	k, err := b.app.Rubrics.Begin(ctx, b.superior(), b.ward.ID, r)
	if err != nil {
		return fmt.Errorf("sheet of the ward: %w", err)
	}
	return b.app.Rubrics.Rewrite(ctx, b.superior(), k.ID, func(r *rubric.Rubric) error {
		for _, l := range r.Placed() {
			if l.ID == "4.5" {
				best := &l.Bands[0]
				best.Above, best.From, best.Text = best.From, nil, "trên 50 %"
				return r.Put(rubric.Spot{At: l.At, Was: l.ID}, l.Line)
			}
		}
		return nil
	})
}

// superior is somebody of the ward's committee.
func (b *builder) superior() access.Person {
	for _, a := range b.accounts {
		if a.Role == access.Committee {
			return b.person(a, b.ward)
		}
	}
	return b.operator
}
