package world

import (
	"context"
	"fmt"

	"chibo/kit/when"
	"chibo/staging"
)

// stagings returns the steps in which the office gives out the duties of the coming sitting
// of the conference: the standard list, one duty that is done, one that is late and with
// the secretary of the cell that performs.
func (b *builder) stagings(home *cell, now when.Instant) []step {
	laid := now.Date().AddDays(-3).At(9, 0)
	return []step{{laid, func(ctx context.Context) error {
		clerk, s := b.scribe(), b.app.Stagings
		all, err := b.app.Conferences.List(ctx, clerk, true)
		if err != nil || len(all) == 0 {
			return fmt.Errorf("no conference: %w", err)
		}
		next, is := all[0].Next(now)
		if !is {
			return fmt.Errorf("%s has no sitting to come", all[0].Title)
		}
		if err := s.Lay(ctx, clerk, all[0].ID, next.ID); err != nil {
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
			duties[i].Sitting = next.ID
			if duties[i], err = s.Add(ctx, clerk, all[0].ID, duties[i]); err != nil {
				return fmt.Errorf("duties of a sitting: %w", err)
			}
		}
		return s.Tick(ctx, clerk, all[0].ID, duties[0].ID, true)
	}}}
}
