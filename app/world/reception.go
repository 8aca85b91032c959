package world

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/access"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/reception"
)

// arrivals returns the step in which three desks hand in who came to the sitting of the
// ward's conference that has been held, the third of them by a helper without an account: most of those who were expected, one at two desks,
// one replaced, and a walk-in whom two desks wrote down.
func (b *builder) arrivals(now when.Instant) []step {
	return []step{{now.Date().AddDays(-2).At(22, 30), b.receive}}
}

func (b *builder) receive(ctx context.Context) error {
	clerk := b.scribe()
	all, err := b.app.Conferences.List(ctx, clerk, true)
	if err != nil || len(all) == 0 {
		return errors.Join(err, errors.New("there is no conference to receive for"))
	}
	sittings, err := conference.Sittings(ctx, b.app.DB, all[0].Conference)
	if err != nil || len(sittings) == 0 {
		return err
	}
	y := sittings[0]
	expected, err := delegation.ExpectedIn(ctx, b.app.DB, y)
	if err != nil || len(expected) < 10 {
		return err
	}
	helper, err := b.letToDesk(ctx, clerk, y.Conference)
	if err != nil {
		return err
	}
	for desk, events := range deskLogs(y, expected) {
		sent, who := reception.Sent{Now: when.At(b.app.Now()), Events: events}, clerk
		if desk == thirdDesk {
			who = helper
		}
		if _, err := b.app.Receptions.Sync(ctx, who, y.Conference, y.ID, sent); err != nil {
			return fmt.Errorf("%s: %w", desk, err)
		}
	}
	return nil
}

// thirdDesk is served by somebody without an account.
const thirdDesk = "Bàn 3"

func (b *builder) letToDesk(ctx context.Context, clerk access.Person, conferenceID string) (access.Person, error) {
	h, err := b.app.Receptions.Invite(ctx, clerk, conferenceID, reception.Invitation{Name: "Lý Thị Ngân (Đoàn phường)", Desk: thirdDesk})
	if err != nil {
		return access.Person{}, err
	}
	_, _, err = b.app.Helpers.Join(ctx, "hall", h.Code)
	return h.Person(), err
}

// deskLogs is what three desks have written down, by desk.
func deskLogs(y conference.Sitting, expected []delegation.Expected) map[string][]reception.Event {
	logs := map[string][]reception.Event{}
	begin := y.StartsAt.Add(-25 * time.Minute)
	write := func(n int, e reception.Event) {
		e.ID, e.Kind, e.Desk, e.At = id.New(), reception.Came, fmt.Sprintf("Bàn %d", n%3+1), begin.Add(time.Duration(n)*29*time.Second)
		logs[e.Desk] = append(logs[e.Desk], e)
	}
	for i, d := range expected {
		way := reception.ByCode
		switch {
		case i == 4:
			write(i, reception.Event{Way: reception.Replacement, Name: "Lý Thị Thu", Unit: d.Unit, Category: d.Category, Replaces: d.ID})
			continue
		case i%9 == 7:
			continue // is missing
		case i%3 == 1:
			way = reception.ByName
		}
		write(i, reception.Event{Way: way, Delegate: d.ID})
	}
	write(8, reception.Event{Way: reception.ByName, Delegate: expected[0].ID})
	for n, name := range []string{"Đào Văn Sáu", "dao van sau"} {
		write(11+n, reception.Event{Way: reception.WalkIn, Name: name, Unit: "Hội Cựu chiến binh phường", Category: expected[len(expected)/2].Category})
	}
	return logs
}
