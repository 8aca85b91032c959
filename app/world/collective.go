package world

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"chibo/collective"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/minutes"
	"chibo/organization"
	"chibo/proceedings"
)

// colleagues are people of an office who are no members of the Party.
var colleagues = []string{"Phùng Thị Mây, Nhân viên thư viện", "Âu Văn Thắng, Bảo vệ", "Tống Thị Xuân, Kế toán", "Lục Thị Hiền, Nhân viên y tế"}

// collectives lets a school write down its trade union: who belongs to it, a meeting that was
// held and minuted, and the next one.
func (b *builder) collectives(now when.Instant) []step {
	n := slices.IndexFunc(b.cells, func(c *cell) bool { return c.kind == organization.School })
	if n < 0 {
		return nil
	}
	c := b.cells[n]
	held := now.Date().AddDays(-12).At(15, 0)
	var last meeting.Meeting
	return []step{
		{held.Date().AddDays(-5).At(8, 0), func(ctx context.Context) (err error) {
			if err := b.app.Collectives.Save(ctx, c.secretary, c.org.ID, meeting.Union, b.unionOf(c)); err != nil {
				return fmt.Errorf("union of %s: %w", c.name, err)
			}
			last, err = b.app.Collectives.Convene(ctx, c.secretary, c.org.ID, meeting.Union, b.gathering(held))
			return err
		}},
		{held.Date().At(16, 30), func(ctx context.Context) error { return b.gathered(ctx, c, last) }},
		{now.Date().AddDays(-1).At(9, 0), func(ctx context.Context) error {
			_, err := b.app.Collectives.Convene(ctx, c.secretary, c.org.ID, meeting.Union, b.gathering(now.Date().AddDays(9).At(15, 0)))
			return err
		}},
	}
}

// unionOf is the trade union of a cell's school: its members and the others who work there.
func (b *builder) unionOf(c *cell) collective.Sheet {
	lines := slices.Clone(colleagues)
	for _, p := range c.people {
		lines = append(lines, p.FullName)
	}
	school := strings.TrimPrefix(c.name, "Chi bộ ")
	return collective.Sheet{Name: "Công đoàn " + school, Superior: "Công đoàn phường", People: strings.Join(lines, "\n")}
}

func (b *builder) gathering(at when.Instant) collective.Plan {
	p := collective.First(meeting.Union, at.Date())
	p.StartsAt, p.Place = at, "Phòng hội đồng"
	return p
}

// gathered holds a meeting of the union: people come, somebody proposes, hands are counted, a
// task is given, the minutes are adopted and sealed.
func (b *builder) gathered(ctx context.Context, c *cell, m meeting.Meeting) error {
	s, err := b.sit(ctx, c, m.ID)
	if err != nil {
		return err
	}
	said := s.someone()
	for n, i := range s.state.Setup.Agenda {
		s.put(proceedings.KindItemStart, proceedings.ItemStartBody{Item: i.ID}, 0)
		if n == 2 {
			s.put(proceedings.KindOpinion, proceedings.OpinionBody{Item: i.ID, Speaker: said, Stance: proceedings.Inform, Text: "Các tổ đã bình chọn xong đoàn viên tiêu biểu của quý."}, 0)
			s.put(proceedings.KindTask, proceedings.TaskBody{Item: i.ID, Title: "Tổ chức hội thao ngày 20/12", Owners: []string{said}, Due: s.at.Date().AddDays(25)}, 0)
		}
		s.put(proceedings.KindConclude, proceedings.ConcludeBody{Item: i.ID, Text: "Cuộc họp thống nhất với nội dung đã trình bày."}, 0)
	}
	s.put(proceedings.KindClose, proceedings.CloseBody{}, 0)
	s.put(proceedings.KindReadback, proceedings.ReadbackBody{}, 0)
	s.put(proceedings.KindAdopt, proceedings.AdoptBody{For: len(s.here)}, 0)
	if err := b.enter(ctx, s); err != nil {
		return err
	}
	return b.app.Minutes.Seal(ctx, c.secretary, m.ID, minutes.Sealing{})
}
