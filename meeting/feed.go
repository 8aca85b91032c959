package meeting

import (
	"context"
	"time"

	"chibo/kit/db"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
)

// feedDays is how long a meeting stays in the calendars of phones.
const feedDays = 90

// Events gives the calendar of a member the meetings of the own cell and, for a
// superior, of the cells followed, from the notice on: time and place, and nothing
// of what they are about, for a phone shows its calendar to whoever picks it up.
func (s *Service) Events(ctx context.Context, q db.Q, root, memberID string) ([]notice.Event, error) {
	person, err := member.Find(ctx, q, root, memberID)
	if err != nil {
		return nil, err
	}
	offices, err := organization.OfficesOf(ctx, q, memberID, s.now().Date())
	if err != nil {
		return nil, err
	}
	cells := []organization.Organization{{Root: root, ID: person.Organization}}
	for _, o := range offices {
		if o.Post == organization.Supervisor && o.Organization != person.Organization {
			cells = append(cells, organization.Organization{Root: o.Root, ID: o.Organization})
		}
	}
	var events []notice.Event
	since := s.now().Add(-feedDays * 24 * time.Hour)
	for _, cell := range cells {
		meetings, err := noticedSince(ctx, q, cell.Root, cell.ID, since)
		if err != nil {
			return nil, err
		}
		for _, m := range meetings {
			events = append(events, m.event())
		}
	}
	return events, nil
}

func (d dated) event() notice.Event {
	minutes := max(d.MinMinutes, d.Planned, 30)
	return notice.Event{
		UID: d.ID + "@chibo", Start: d.StartsAt, End: d.StartsAt.Add(time.Duration(minutes) * time.Minute),
		Title: "Sinh hoạt chi bộ", Place: d.Place, URL: d.Path(), Changed: max(d.CreatedAt, d.ToldAt),
	}
}
