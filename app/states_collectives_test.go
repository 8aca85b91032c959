package app_test

import (
	"net/url"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/collective"
	"chibo/meeting"
)

// collectiveStates are meetings of the first cell's trade union: chưa họp, đang họp, đã bế mạc,
// đã niêm phong.
var collectiveStates = kind{
	name: "collectives", letters: "cdkp", aside: "aside",
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, secretary := t.Context(), h.w.App.Collectives, h.known["secretary"]
		must(t, s.Save(ctx, secretary, h.cell, meeting.Union, collective.Sheet{Name: "Công đoàn", People: "Phùng Thị Lan"}))
		plan := collective.First(meeting.Union, worldtest.Now.Date())
		plan.StartsAt = worldtest.Now
		m, err := s.Convene(ctx, secretary, h.cell, meeting.Union, plan)
		must(t, err)
		// Its evening is nothing to its page: only how far it is says what may be done.
		if at := map[string]meeting.State{"d": meeting.Open, "k": meeting.Closed, "p": meeting.Sealed}[state]; at != "" {
			h.alter(t, []any{m.ID, at}, `UPDATE meeting SET state = $2 WHERE id = $1`)
		}
		return record{
			places: map[string]string{"{id}": m.ID},
			form: func(string) url.Values {
				return url.Values{"title": {"Họp công đoàn"}, "starts_at": {"2026-12-02T08:00"}, "agenda": {"Quyên góp"}}
			},
		}
	},
}
