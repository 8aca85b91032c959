package app_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/reception"
	"chibo/staging"
)

// gatheringStates are the parts of a conference to which the second cell sends a delegate: đang
// chuẩn bị, đã kết thúc. What the plan decides of the whole stands with conferences.
var gatheringStates = kind{
	name: "gatherings", letters: "mx", aside: "far", relations: []string{"người được giao việc"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		k := &gathered{convened: convened{t: t, h: h, clerk: h.known["clerk"], committee: h.known["committee"]}}
		k.open()
		k.people()
		k.furnish()
		if state == "x" {
			must(t, h.w.App.Conferences.Close(t.Context(), k.committee, k.id))
		}
		return record{
			places: map[string]string{
				"{id}": k.id, "{sitting}": k.sitting, "{empty}": k.empty, "{line}": k.line, "{helper}": k.helper, "{duty}": k.duty,
			},
			form: k.form, as: k.as,
		}
	},
}

// gathered is a conference with something of everything that is prepared for it.
type gathered struct {
	convened

	empty, line, helper, block string // a sitting and a line of the composition that are used by nobody
}

func (k *gathered) furnish() {
	k.t.Helper()
	ctx, app := k.t.Context(), k.h.w.App
	start := worldtest.Now.Date().AddDays(31).At(8, 0)
	y, err := app.Conferences.AddSitting(ctx, k.clerk, k.id, conference.Sitting{Title: "Buổi thứ hai", StartsAt: start, EndsAt: start.Add(2 * time.Hour), Venue: "Hội trường"})
	must(k.t, err)
	line, err := app.Conferences.AddCategory(ctx, k.clerk, k.id, conference.Category{Title: "Đại biểu lão thành", Source: conference.FromOffice, Quota: 3})
	must(k.t, err)
	_, err = app.Conferences.AddCategory(ctx, k.clerk, k.id, conference.Category{Title: "Đảng viên chi bộ thực hiện", Source: conference.FromHosts})
	must(k.t, err)
	helper, err := app.Receptions.Invite(ctx, k.clerk, k.id, reception.Invitation{Name: "Người trực bàn", Desk: "Bàn 1"})
	must(k.t, err)
	must(k.t, app.Delegations.AddBlock(ctx, k.clerk, k.id, k.sitting, delegation.Block{Name: "A", Rows: 2, Seats: 6}))
	k.block, err = db.One[string](ctx, app.DB, `SELECT id FROM delegate_block WHERE sitting_id = $1`, k.sitting)
	must(k.t, err)
	must(k.t, app.Stagings.Tick(ctx, k.clerk, k.id, k.duty, true))
	left, err := app.Stagings.Add(ctx, k.clerk, k.id, staging.Duty{Sitting: k.sitting, DueAt: worldtest.Now, What: "Kê bàn", Charge: "Văn phòng"})
	must(k.t, err)
	// Its hour has changed since.
	k.h.alter(k.t, []any{left.ID, worldtest.Now}, `UPDATE staging_duty SET planned_for = $2 WHERE id = $1`)
	k.empty, k.line, k.helper = y.ID, line.ID, helper.ID
}

func (k *gathered) form(path string) url.Values {
	k.t.Helper()
	switch strings.TrimPrefix(path, "/conferences/{id}") {
	case "/work/move":
		return url.Values{"sitting": {k.sitting}}
	case "/work/standard":
		return url.Values{"sitting": {k.empty}}
	case "/delegates/seats/{sitting}/drop":
		return url.Values{"block": {k.block}}
	case "/delegates/seats/{sitting}/move":
		return url.Values{"delegate": {k.sent.ID}, "block": {k.block}, "seat": {"4"}}
	}
	return url.Values{}
}

// listStates are lists of delegates that the office has loaded for a conference: chờ đưa vào, danh
// sách đại biểu đã đổi sau khi xem, đã đưa vào, để quá một ngày, chờ đưa vào mà hội nghị đã kết
// thúc. Somebody is who has loaded it.
var listStates = kind{
	name: "lists", letters: "cdnqx", aside: "far", relations: []string{"người nạp tệp"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s := t.Context(), h.w.App.Delegations
		k := &convened{t: t, h: h, clerk: h.known["clerk"], committee: h.known["committee"]}
		k.open()
		sheet := fmt.Appendf(nil, "Họ và tên;Đơn vị;Thành phần\nĐinh Văn Báo;Báo Sông Xanh;Đại biểu %s\n", conference.FromOffice)
		list, err := s.Bring(ctx, k.clerk, k.id, sheet)
		must(t, err)
		switch state {
		case "d":
			_, err = s.Enter(ctx, k.clerk, k.id, delegation.Delegate{Category: k.lines[conference.FromOffice], Name: "Đinh Văn Báo", Unit: "Báo Sông Xanh"})
		case "n":
			_, err = s.Take(ctx, k.clerk, k.id, list.ID, list.Digest)
		case "q":
			h.alter(t, []any{list.ID, worldtest.Now.Add(-25 * time.Hour)}, `UPDATE delegate_import SET uploaded_at = $2 WHERE id = $1`)
		case "x":
			err = h.w.App.Conferences.Close(ctx, k.committee, k.id)
		}
		must(t, err)
		return record{
			places: map[string]string{"{id}": k.id, "{list}": list.ID},
			form:   func(string) url.Values { return url.Values{"list": {list.ID}, "digest": {list.Digest}} },
			as: func(who access.Person, _ string) access.Person {
				who.Account = k.clerk.Account
				return who
			},
		}
	},
}
