package world

import (
	"context"
	"fmt"
	"time"

	"chibo/care"
	"chibo/kit/when"
)

// care returns the steps in which the first cell cares for its people: somebody is ill
// and helped, an old member is honoured, families are recognised, and both sides of the
// residence have their comments.
func (b *builder) care(c *cell, now when.Instant) []step {
	ago := func(days int) when.Instant { return now.Date().AddDays(-days).At(9, 0) }
	return []step{
		{ago(60), func(ctx context.Context) error { return b.hardships(ctx, c, now.Date().AddDays(-75)) }},
		{ago(40), func(ctx context.Context) error { return b.residence(ctx, c) }},
		{ago(12), func(ctx context.Context) error { return b.commented(ctx, c) }},
		{now.Add(-2 * 24 * time.Hour), func(ctx context.Context) error { return b.visits(ctx, c) }},
	}
}

// hardships writes down two hardships, of which one is over.
func (b *builder) hardships(ctx context.Context, c *cell, since when.Date) error {
	s, day := b.app.Care, when.At(b.clock.Now()).Date()
	ill, err := s.Enter(ctx, c.secretary, care.Hardship{
		Organization: c.org.ID, Member: c.people[6].ID, Kind: care.Illness, What: "Nằm viện dài ngày, gia đình neo người.", Since: since,
	})
	if err != nil {
		return fmt.Errorf("hardship in %s: %w", c.name, err)
	}
	if err := s.Do(ctx, c.secretary, ill.ID, care.Deed{What: "Thăm tại bệnh viện", Amount: 1_000_000, Giver: "Chi ủy", DecidedOn: day, GivenOn: day}); err != nil {
		return err
	}
	if err := s.Do(ctx, c.secretary, ill.ID, care.Deed{What: "Cử hai đồng chí giúp việc nhà mỗi tuần", Giver: "Tổ đảng", DecidedOn: day}); err != nil {
		return err
	}
	roof, err := s.Enter(ctx, c.secretary, care.Hardship{
		Organization: c.org.ID, Member: c.people[7].ID, Kind: care.Disaster, What: "Bão làm tốc mái nhà.", Since: since,
	})
	if err != nil {
		return err
	}
	if err := s.Do(ctx, c.secretary, roof.ID, care.Deed{What: "Ngày công lợp lại mái", Giver: "Chi bộ và tổ dân phố", DecidedOn: day, GivenOn: day}); err != nil {
		return err
	}
	return s.Close(ctx, c.secretary, roof.ID, day, "Mái đã lợp xong, gia đình ổn định.")
}

// residence writes down where some members live, asks for their comments, and receives
// somebody who lives here.
func (b *builder) residence(ctx context.Context, c *cell) error {
	s, day := b.app.Care, when.At(b.clock.Now()).Date()
	for i, cell := range []string{"Chi bộ Tổ dân phố 9, phường Cầu Gạo", "Chi bộ thôn Thượng, xã Núi Ngọc", ""} {
		home := care.Home{Organization: c.org.ID, Member: c.people[1+i].ID, Cell: cell, IntroducedOn: day.AddDays(-400)}
		if cell == "" {
			home.Cell, home.Excuse = "Chi bộ ấp 3, xã Hồ Sen", care.FarAway
		}
		if err := s.SetHome(ctx, c.secretary, home); err != nil {
			return fmt.Errorf("home in %s: %w", c.name, err)
		}
	}
	if _, err := s.Ask(ctx, c.secretary, c.org.ID, day.Year); err != nil {
		return fmt.Errorf("comments for %s: %w", c.name, err)
	}
	for _, name := range []string{"Phan Thị Sen", "Đỗ Quang Hải"} {
		r, err := s.Receive(ctx, c.secretary, care.Resident{
			Organization: c.org.ID, FullName: name, Cell: "Chi bộ Trường Tiểu học Hồ Sen", Address: "ngõ 12", IntroducedOn: day.AddDays(-300),
		})
		if err != nil {
			return fmt.Errorf("resident of %s: %w", c.name, err)
		}
		if name == "Đỗ Quang Hải" {
			continue // still waits for the comment of the year
		}
		said := care.Remark{Year: day.Year, Came: 3, Called: 4, Merits: "Gương mẫu thực hiện nghĩa vụ công dân, nhiệt tình việc chung.", On: day}
		if err := s.Say(ctx, c.secretary, r.ID, said); err != nil {
			return err
		}
	}
	return nil
}

// commented enters the first comment that has come.
func (b *builder) commented(ctx context.Context, c *cell) error {
	s, day := b.app.Care, when.At(b.clock.Now()).Date()
	v, err := s.Residence(ctx, c.secretary, c.org.ID, day.Year)
	if err != nil {
		return err
	}
	asked, there := v.Comments[c.people[1].ID]
	if !there {
		return nil // the year has turned since they were asked
	}
	_, err = s.Answer(ctx, c.secretary, asked.ID, care.Reply{On: day, Merits: "Giữ mối liên hệ tốt, tham gia góp ý việc của tổ dân phố.", Faults: "Có tháng chưa dự họp."})
	return err
}

// visits honours an old member and somebody who retires, and says whose families were
// recognised in the last year.
func (b *builder) visits(ctx context.Context, c *cell) error {
	s, day := b.app.Care, when.At(b.clock.Now()).Date()
	for i, d := range []care.Deed{
		{Occasion: care.Longevity, What: "Mừng thọ 80 tuổi, tặng quà tại nhà", Amount: 300_000, GivenOn: day},
		{Occasion: care.Festival, What: "Quà Tết gia đình chính sách", Amount: 500_000},
	} {
		d.Organization, d.Member, d.Giver, d.DecidedOn = c.org.ID, c.people[8+i].ID, "Chi ủy", day
		if err := s.Do(ctx, c.secretary, "", d); err != nil {
			return fmt.Errorf("visit in %s: %w", c.name, err)
		}
	}
	var recognised []string
	for i, p := range c.people {
		if i%6 != 5 {
			recognised = append(recognised, p.ID)
		}
	}
	return s.SetFamilies(ctx, c.secretary, c.org.ID, day.Year-1, recognised)
}
