package world

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chibo/conference"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/staging"
)

// stagings returns the steps in which the sittings of the conference are made ready: the
// one that was held had its script approved and was rehearsed; for the coming one the
// duties are given out, the cards are written, and it has to be rehearsed once more.
func (b *builder) stagings(home *cell, now when.Instant) []step {
	laid := now.Date().AddDays(-3).At(9, 0)
	held := now.Date().AddDays(-heldAgo)
	return []step{
		{held.AddDays(-6).At(9, 0), func(ctx context.Context) error { return b.script(ctx, held) }},
		{held.AddDays(-2).At(16, 0), func(ctx context.Context) error { return b.rehearsed(ctx, held) }},
		{laid, func(ctx context.Context) error { return b.duties(ctx, home, now) }},
		{now.Date().AddDays(-1).At(22, 20), func(ctx context.Context) error { return b.again(ctx, home, now) }},
	}
}

// sittingOn returns the conference of the ward and its sitting of a day.
func (b *builder) sittingOn(ctx context.Context, day when.Date) (conference.Conference, conference.Sitting, error) {
	all, err := b.app.Conferences.List(ctx, b.scribe(), true)
	for _, x := range all {
		for _, y := range x.Sittings {
			if y.StartsAt.Date() == day {
				return x.Conference, y.Sitting, err
			}
		}
	}
	return conference.Conference{}, conference.Sitting{}, errors.Join(err, fmt.Errorf("no sitting on %s", day))
}

// script names who leads the sitting of a day, writes the cards and has them approved.
func (b *builder) script(ctx context.Context, day when.Date) error {
	x, y, err := b.sittingOn(ctx, day)
	if err != nil {
		return err
	}
	s, clerk := b.app.Stagings, b.scribe()
	err = errors.Join(s.Name(ctx, clerk, x.ID, y.ID, staging.Script{Master: b.names.next().name}), s.Write(ctx, clerk, x.ID, y.ID))
	if err == nil {
		err = s.Approve(ctx, b.superior(), x.ID, y.ID)
	}
	if err != nil {
		return fmt.Errorf("script of %s: %w", y.Title, err)
	}
	return nil
}

// rehearse runs through the cards of the sitting of a day: each takes as long as planned and
// late minutes more.
func (b *builder) rehearse(ctx context.Context, day when.Date, late int) (staging.Rehearsing, error) {
	x, y, err := b.sittingOn(ctx, day)
	if err != nil {
		return staging.Rehearsing{}, err
	}
	s, clerk := b.app.Stagings, b.scribe()
	r, err := s.Rehearse(ctx, clerk, x.ID, y.ID, staging.Rehearsal{
		StartsAt: when.At(b.clock.Now()).Add(-2 * time.Hour), Place: y.Venue, Chair: b.superior().Name, People: "Chi ủy chi bộ thực hiện\nVăn phòng cấp ủy\nNgười dẫn chương trình",
	})
	if err != nil {
		return staging.Rehearsing{}, fmt.Errorf("rehearsal of %s: %w", y.Title, err)
	}
	sheet, err := s.Sheet(ctx, clerk, x.ID, y.ID)
	if err != nil {
		return staging.Rehearsing{}, err
	}
	took := map[string]int{}
	for _, k := range sheet.Deck {
		took[k.ID] = k.Minutes + late
	}
	if err := s.Time(ctx, clerk, x.ID, y.ID, r.ID, took); err != nil {
		return staging.Rehearsing{}, fmt.Errorf("rehearsal of %s: %w", y.Title, err)
	}
	return s.Rehearsal(ctx, clerk, x.ID, y.ID, r.ID)
}

// rehearsed rehearses the sitting of a day, which passes.
func (b *builder) rehearsed(ctx context.Context, day when.Date) error {
	r, err := b.rehearse(ctx, day, 0)
	if err != nil {
		return err
	}
	return b.app.Stagings.Judge(ctx, b.scribe(), r.Conference, r.Sitting, r.ID, staging.Rehearsal{Outcome: staging.Passed, Words: "Đúng giờ, đúng trình tự."})
}

// again lets the first cell name the meeting that it performs, and rehearses it: too long,
// it has to come again.
func (b *builder) again(ctx context.Context, home *cell, now when.Instant) error {
	day := now.Date().AddDays(comingIn)
	x, y, err := b.sittingOn(ctx, day)
	if err != nil {
		return err
	}
	drafts, err := meeting.Drafts(ctx, b.app.DB, home.org.Root, home.org.ID)
	if err != nil {
		return err
	}
	for _, m := range drafts {
		if m.Kind == y.Kind || m.Kind == meeting.Combined {
			if err := b.app.Conferences.Meet(ctx, home.secretary, x.ID, y.ID, m.ID); err != nil {
				return fmt.Errorf("meeting of %s: %w", y.Title, err)
			}
			break
		}
	}
	s, clerk := b.app.Stagings, b.scribe()
	if err := errors.Join(s.Name(ctx, clerk, x.ID, y.ID, staging.Script{Master: b.names.next().name}), s.Write(ctx, clerk, x.ID, y.ID)); err != nil {
		return fmt.Errorf("script of %s: %w", y.Title, err)
	}
	r, err := b.rehearse(ctx, day, 2)
	if err != nil {
		return err
	}
	_, err = s.Remark(ctx, clerk, x.ID, y.ID, r.ID, staging.Duty{
		Card: r.Runs[0].Card, What: "Rút gọn lời chào, giới thiệu đại biểu theo nhóm", DueAt: day.AddDays(-2).At(16, 0),
		MemberRoot: home.secretary.Root, Member: home.secretary.Member,
	})
	if err != nil {
		return fmt.Errorf("rehearsal of %s: %w", y.Title, err)
	}
	return s.Judge(ctx, clerk, x.ID, y.ID, r.ID, staging.Rehearsal{Outcome: staging.Again, Words: "Dài hơn dự kiến. Duyệt lại sau khi rút gọn phần mở đầu."})
}

// duties gives out the duties of the coming sitting: the standard list, one duty that is
// done, one that is late and with the secretary of the cell that performs.
func (b *builder) duties(ctx context.Context, home *cell, now when.Instant) error {
	clerk, s := b.scribe(), b.app.Stagings
	laid := when.At(b.clock.Now())
	x, y, err := b.sittingOn(ctx, now.Date().AddDays(comingIn))
	if err != nil {
		return err
	}
	if err := s.Lay(ctx, clerk, x.ID, y.ID); err != nil {
		return fmt.Errorf("duties of a sitting: %w", err)
	}
	duties := []staging.Duty{
		{What: "Liên hệ đơn vị có hội trường", Charge: "Văn phòng", DueAt: laid.Date().AddDays(1).At(9, 0)},
		{
			What: "Gửi danh sách đảng viên thực hiện để in biển tên", Place: home.settings.Place, DueAt: now.Date().AddDays(-1).At(16, 0),
			MemberRoot: home.secretary.Root, Member: home.secretary.Member,
		},
	}
	for i := range duties {
		duties[i].Sitting = y.ID
		if duties[i], err = s.Add(ctx, clerk, x.ID, duties[i]); err != nil {
			return fmt.Errorf("duties of a sitting: %w", err)
		}
	}
	return s.Tick(ctx, clerk, x.ID, duties[0].ID, true)
}
