package app_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/meeting"
	"chibo/staging"
)

// scriptStates are scripts of a sitting at which the first cell performs: chưa có thẻ, đang
// viết, đang thẩm định nội dung, đã duyệt, đã sửa sau khi duyệt; and đã duyệt, hội nghị đã kết
// thúc. Somebody is the master of ceremonies.
var scriptStates = kind{
	name: "scripts", letters: "tvadsx", aside: "far", relations: []string{"chi bộ cử đại biểu", "người dẫn chương trình"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		k := &rehearsed{convened: convened{t: t, h: h, clerk: h.known["clerk"], committee: h.known["committee"]}}
		k.script(state)
		return record{places: map[string]string{"{id}": k.id, "{sitting}": k.sitting, "{card}": k.card}, form: k.form, as: k.as}
	},
}

// rehearsalStates are rehearsals of such a sitting: chưa đến giờ, đến giờ, đã ghi số phút và
// việc phải sửa, đã kết luận; and đã ghi số phút, hội nghị đã kết thúc.
var rehearsalStates = kind{
	name: "rehearsals", letters: "lcpkx", aside: "far", relations: []string{"chi bộ cử đại biểu", "người dẫn chương trình"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		k := &rehearsed{convened: convened{t: t, h: h, clerk: h.known["clerk"], committee: h.known["committee"]}}
		k.script("v")
		k.rehearse(state)
		return record{places: map[string]string{"{id}": k.id, "{sitting}": k.sitting, "{rehearsal}": k.rehearsal}, form: k.form, as: k.as}
	},
}

// rehearsed is a conference with the script of its sitting and a rehearsal.
type rehearsed struct {
	convened

	card, rehearsal string
}

func (k *rehearsed) as(who access.Person, relation string) access.Person {
	if relation == "người dẫn chương trình" {
		who.Root, who.Member = k.h.known["member"].Root, k.h.known["member"].Member
		return who
	}
	return k.convened.as(who, relation)
}

// script opens a conference whose host has named its meeting, and brings its script to a state.
func (k *rehearsed) script(state string) {
	k.t.Helper()
	ctx, s := k.t.Context(), k.h.w.App.Stagings
	k.open()
	draft := k.h.w.Meeting(meeting.Draft)
	k.h.alter(k.t, []any{draft}, `UPDATE conference_sitting SET meeting_id = '' WHERE meeting_id = $1`, `UPDATE pilot SET meeting_id = '' WHERE meeting_id = $1`)
	must(k.t, k.h.w.App.Conferences.Meet(ctx, k.h.known["secretary"], k.id, k.sitting, draft))
	master := k.h.known["member"]
	must(k.t, s.Name(ctx, k.clerk, k.id, k.sitting, staging.Script{MemberRoot: master.Root, Member: master.Member}))
	if k.card = somebody(); state == "t" {
		return
	}
	must(k.t, s.Write(ctx, k.clerk, k.id, k.sitting))
	sheet, err := s.Sheet(ctx, k.clerk, k.id, k.sitting)
	must(k.t, err)
	k.card = sheet.Deck[0].ID
	if state == "a" {
		must(k.t, s.Appraise(ctx, k.committee, k.id, k.sitting, []string{k.committee.Member}))
	}
	if strings.Contains("dsx", state) {
		must(k.t, s.Approve(ctx, k.committee, k.id, k.sitting))
	}
	switch state {
	case "s":
		must(k.t, s.PutCard(ctx, k.clerk, k.id, k.sitting, staging.Card{ID: k.card, Title: "Đón khách", Minutes: 7, Position: 1}))
	case "x":
		must(k.t, k.h.w.App.Conferences.Close(ctx, k.committee, k.id))
	}
}

// rehearse brings a rehearsal of the script to a state.
func (k *rehearsed) rehearse(state string) {
	k.t.Helper()
	ctx, s := k.t.Context(), k.h.w.App.Stagings
	at := worldtest.Now.Add(-time.Hour)
	if state == "l" {
		at = worldtest.Now.Add(24 * time.Hour)
	}
	r, err := s.Rehearse(ctx, k.clerk, k.id, k.sitting, staging.Rehearsal{StartsAt: at, Place: "Hội trường"})
	must(k.t, err)
	if k.rehearsal = r.ID; strings.Contains("pkx", state) {
		must(k.t, s.Time(ctx, k.clerk, k.id, k.sitting, r.ID, map[string]int{k.card: 6}))
		_, err := s.Remark(ctx, k.clerk, k.id, k.sitting, r.ID, staging.Duty{Sitting: k.sitting, Card: k.card, What: "Nói ngắn hơn", Charge: "Văn phòng", DueAt: worldtest.Now})
		must(k.t, err)
	}
	switch state {
	case "k":
		must(k.t, s.Judge(ctx, k.clerk, k.id, k.sitting, r.ID, staging.Rehearsal{Outcome: staging.Passed}))
	case "x":
		must(k.t, k.h.w.App.Conferences.Close(ctx, k.committee, k.id))
	}
}

func (k *rehearsed) form(path string) url.Values {
	tomorrow := worldtest.Now.Date().AddDays(1).String()
	switch strings.TrimPrefix(path, "/conferences/{id}/script/{sitting}") {
	case "/master":
		return url.Values{"master": {"Đồng chí Lan"}}
	case "/appraisal":
		return url.Values{"appraisers": {k.committee.Member}}
	case "/cards", "/cards/{card}":
		return url.Values{"title": {"Mời uống nước"}, "minutes": {"5"}, "position": {"1"}}
	case "/rehearsals", "/rehearsals/{rehearsal}/edit":
		return url.Values{"day": {tomorrow}, "clock": {"09:00"}, "place": {"Nhà văn hóa"}}
	case "/rehearsals/{rehearsal}/times":
		return url.Values{"took_" + k.card: {"9"}}
	case "/rehearsals/{rehearsal}/remarks":
		return url.Values{"card": {k.card}, "what": {"Đổi micrô"}, "charge": {"Văn phòng"}, "day": {tomorrow}, "clock": {"07:00"}}
	case "/rehearsals/{rehearsal}/conclude":
		return url.Values{"outcome": {string(staging.Passed)}}
	}
	return url.Values{}
}
