package world

import (
	"context"
	"fmt"

	"chibo/briefing"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/theme"
)

// planThemes lays out the themes of a cell, one a quarter, and has them approved. One
// cell in eight forgets the summer.
func (b *builder) planThemes(ctx context.Context, c *cell, first, last when.Month) error {
	for m := first; m.Compare(last) <= 0; m = m.Next() {
		forgets := m.Month == 9 && c != b.cells[0] && len(c.people)%8 == 3
		if m.Month%3 != 0 || forgets {
			continue
		}
		if err := b.planTheme(ctx, c, m, meeting.Combined); err != nil {
			return fmt.Errorf("theme of %s, %s: %w", c.name, m, err)
		}
	}
	return nil
}

func (b *builder) planTheme(ctx context.Context, c *cell, m when.Month, kind meeting.Kind) error {
	about := c.themeOf(m)
	t, err := b.app.Themes.Add(ctx, c.secretary, c.org.ID, theme.Draft{
		Month: m, Kind: kind, Title: "Nâng cao vai trò đảng viên trong " + about.title, Presenter: c.committee()[m.Quarter().N%3],
		Questions: about.question + "\nĐảng viên gương mẫu trong việc này bằng cách nào?",
	})
	if err != nil {
		return err
	}
	return b.app.Themes.Approve(ctx, c.secretary, t.ID, when.Date{})
}

// brief writes the briefing of the next meeting, for the first cell: one whole year of
// texts is enough to look at.
func (b *builder) brief(ctx context.Context, c *cell) error {
	if c != b.cells[0] {
		return nil
	}
	return b.app.Briefings.Prepare(ctx, c.secretary, c.next, briefing.Parts{National: currentAffairs[0], International: currentAffairs[1], Local: currentAffairs[2]})
}

// lookBack thanks the briefer of a meeting that is over, and says what the theme was
// worth.
func (b *builder) lookBack(ctx context.Context, c *cell, held string, m when.Month) error {
	if c == b.cells[0] && m.Month%2 == 1 {
		err := b.app.Briefings.Thank(ctx, c.secretary, held, thanks[int(m.Month)%len(thanks)])
		if err != nil && !fault.Is(err, fault.Conflict) { // who was named may not have come
			return fmt.Errorf("thanks in %s: %w", c.name, err)
		}
	}
	t, found, err := theme.Of(ctx, b.app.DB, c.org.Root, held)
	if err != nil || !found {
		return err
	}
	j := theme.Judgement{Rating: theme.Ratings[len(c.people)%3], Remark: "Sát việc của chi bộ, mong có số liệu theo từng tổ.", Result: c.themeOf(t.Month).conclusion}
	return b.app.Themes.Judge(ctx, c.secretary, t.ID, j)
}
