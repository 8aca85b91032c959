package world

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/meeting"
)

// heldAgo is how many days ago the first sitting of the conference was held, comingIn in how
// many the other comes.
const heldAgo, comingIn = 12, 18

// conferences returns the steps in which the ward stages a conference of model meetings: its
// plan is written, approved and issued, one sitting has been held, and one at which the
// first cell performs is to come.
func (b *builder) conferences(home *cell, now when.Instant) []step {
	at := func(days, hour int) when.Instant { return now.Date().AddDays(-days).At(hour, 0) }
	var id string
	return []step{
		{at(45, 9), func(ctx context.Context) (err error) {
			id, err = b.convene(ctx, home, now.Date())
			return err
		}},
		{at(44, 15), func(ctx context.Context) error {
			return b.onPlan(ctx, id, func(n int) error {
				return b.app.Conferences.Answer(ctx, b.superior(), id, n, conference.Reply{Answer: conference.Approved})
			})
		}},
		{at(44, 16), func(ctx context.Context) error {
			return b.onPlan(ctx, id, func(n int) error { return b.app.Conferences.Issue(ctx, b.superior(), id, n) })
		}},
		{at(2, 17), func(ctx context.Context) error { return b.schedule(ctx, home, id) }},
	}
}

// convene opens a conference, writes its plan and sends it for approval.
func (b *builder) convene(ctx context.Context, home *cell, today when.Date) (string, error) {
	s, clerk, guest := b.app.Conferences, b.scribe(), b.cells[min(1, len(b.cells)-1)]
	x, err := s.Open(ctx, clerk, conference.Conference{
		Organization: b.ward.ID, Title: "Tổ chức hội nghị chuyên đề sinh hoạt chi bộ mẫu", NamesBy: today.AddDays(10),
	})
	if err != nil {
		return "", fmt.Errorf("conference: %w", err)
	}
	sitting := func(title string, kind meeting.Kind, host *cell, day when.Date) error {
		_, err := s.AddSitting(ctx, clerk, x.ID, conference.Sitting{
			Title: title, Kind: kind, Host: host.org.ID, StartsAt: day.At(8, 0), EndsAt: day.At(8, 0).Add(3*time.Hour + 30*time.Minute),
			Venue: "Hội trường " + b.ward.Town, Address: "12 đường Hoa Sen, phường Sông Xanh", Map: "https://www.openstreetmap.org/#map=17/10.24/106.37",
		})
		return err
	}
	line := func(title string, source conference.Source, quota int) error {
		_, err := s.AddCategory(ctx, clerk, x.ID, conference.Category{Title: title, Source: source, Quota: quota})
		return err
	}
	err = errors.Join(
		sitting("Hội nghị “sinh hoạt chi bộ chuyên đề” mẫu", meeting.Thematic, guest, today.AddDays(-heldAgo)),
		sitting("Hội nghị “sinh hoạt chi bộ thường kỳ” mẫu", meeting.Ordinary, home, today.AddDays(comingIn)),
		line("Đại diện Ban Tổ chức, Ủy ban Kiểm tra cấp trên", conference.FromOffice, 6),
		line("Ủy viên Ban Chấp hành, lãnh đạo các ban xây dựng Đảng", conference.FromOffice, 20),
		line("Cấp ủy các chi bộ trực thuộc", conference.FromBases, 2),
		line("Đảng viên các chi bộ thực hiện sinh hoạt mẫu", conference.FromHosts, 0),
		line("Cơ quan báo chí", conference.FromPress, 3),
	)
	if err != nil {
		return "", fmt.Errorf("conference: %w", err)
	}
	return x.ID, b.onPlan(ctx, x.ID, func(n int) error {
		f, err := s.View(ctx, clerk, x.ID)
		if err != nil {
			return err
		}
		if err := s.Write(ctx, clerk, x.ID, n, f.Plan.Latest().Facts.Words, []string{"42-HD/BTCTW 2025-10-28"}); err != nil {
			return err
		}
		return s.Send(ctx, clerk, x.ID, n+1)
	})
}

// schedule gives the sitting of the first cell its programme; the cell has still to name the
// meeting that it performs.
func (b *builder) schedule(ctx context.Context, home *cell, id string) error {
	f, err := b.app.Conferences.View(ctx, b.superior(), id)
	if err != nil {
		return err
	}
	y := f.Sittings[len(f.Sittings)-1]
	err = b.app.Conferences.SetProgramme(ctx, b.scribe(), id, y.ID, conference.Programme{
		{Position: 1, Content: "Đón tiếp, ổn định tổ chức", Minutes: 15, Person: "Văn phòng Đảng ủy"},
		{Position: 2, Content: "Tuyên bố lý do, giới thiệu đại biểu", Minutes: 10, Person: "Ban Tổ chức Đảng ủy"},
		{Position: 3, Content: "Chi bộ thực hiện kỳ sinh hoạt mẫu", Minutes: 120, Person: home.name},
		{Position: 4, Content: "Đại biểu góp ý, rút kinh nghiệm", Minutes: 50, Person: "Ban Tổ chức Đảng ủy"},
		{Position: 5, Content: "Kết luận, bế mạc", Minutes: 15, Person: "Thường trực Đảng ủy"},
	})
	if err != nil {
		return fmt.Errorf("programme: %w", err)
	}
	return nil
}

// onPlan does something with the latest version of the plan of a conference.
func (b *builder) onPlan(ctx context.Context, id string, do func(n int) error) error {
	f, err := b.app.Conferences.View(ctx, b.superior(), id)
	if err != nil {
		return err
	}
	if err := do(f.Plan.Latest().N); err != nil {
		return fmt.Errorf("plan of a conference: %w", err)
	}
	return nil
}

// scribe is the person in the office of the ward.
func (b *builder) scribe() access.Person {
	for _, a := range b.accounts {
		if a.Role == access.Clerk {
			return b.person(a, b.ward)
		}
	}
	return b.clerk()
}
