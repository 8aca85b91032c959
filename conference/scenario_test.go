package conference_test

import (
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/kit/fault"
	"chibo/meeting"
)

func TestAConferenceHasSittingsAndAComposition(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, s, clerk := t.Context(), w.App.Conferences, w.Person("clerk")
		x, err := s.Open(ctx, clerk, conference.Conference{Organization: w.Account("clerk").Organization, Title: "Tổ chức hội nghị chuyên đề sinh hoạt chi bộ mẫu"})
		if err != nil {
			t.Fatal(err)
		}
		start := worldtest.Now.Date().AddDays(30).At(8, 0)
		host := w.Account("secretary").Organization
		y := conference.Sitting{Title: "Hội nghị “sinh hoạt chi bộ thường kỳ” mẫu", Kind: meeting.Ordinary, Host: host, StartsAt: start, EndsAt: start.Add(3 * time.Hour), Venue: "Hội trường"}
		if y, err = s.AddSitting(ctx, clerk, x.ID, y); err != nil || y.HostRoot == "" {
			t.Fatal(y, err)
		}
		if _, err := s.AddSitting(ctx, w.Person("secretary"), x.ID, y); !fault.Is(err, fault.NotFound) {
			t.Error("a cell changes the conference of the committee:", err)
		}
	})
}
