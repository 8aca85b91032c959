package app_test

import (
	"net/url"
	"slices"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/meeting"
)

// meetingStates are meetings: nháp, đã báo, đang họp, kết thúc, đã niêm phong.
var meetingStates = kind{
	name: "meetings", letters: "nbhkp", aside: "aside", relations: []string{"có tên trong danh sách"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		s := map[string]meeting.State{"n": meeting.Draft, "b": meeting.Noticed, "h": meeting.Open, "k": meeting.Closed, "p": meeting.Sealed}[state]
		return record{
			places: map[string]string{"{id}": h.w.Meeting(s)},
			form:   func(path string) url.Values { return h.formOfMeeting(t, path, s) },
			as: func(who access.Person, _ string) access.Person {
				if role := who.Grants[0].Role; !slices.Contains(ofWard, role) {
					return h.known[string(role)] // somebody on the roll
				}
				return who
			},
		}
	},
	// After these a meeting is in another state, or gone.
	apart: func(path string) bool {
		return slices.Contains([]string{"/meetings/{id}/notice", "/meetings/{id}/delete", "/rooms/{id}/form/open", "/rooms/{id}/form/close", "/meetings/{id}/move"}, path)
	},
}

// formOfMeeting returns what the right form of an address of a meeting sends.
func (h *house) formOfMeeting(t *testing.T, path string, state meeting.State) url.Values {
	t.Helper()
	start := worldtest.Now.Date().AddDays(20).At(19, 0)
	day := worldtest.Now.Date().String()
	m, _, err := meeting.Get(t.Context(), h.w.App.DB, everywhere, h.w.Meeting(state))
	if err != nil {
		t.Fatal(err)
	}
	switch path {
	case "/meetings/{id}/edit":
		return url.Values{"kind": {string(m.Kind)}, "title": {"Tên khác"}, "theme": {m.Theme}, "starts_at": {m.StartsAt.String()}, "place": {m.Place}, "chair": {m.Chair}, "minute_taker": {m.MinuteTaker}, "preparer": {m.Preparer}}
	case "/meetings/{id}/premeeting":
		return url.Values{"held_at": {day + "T07:00"}, "place": {"Nhà văn hóa"}, "present": {h.w.Account("secretary").Member}, "agreed": {"Thống nhất"}}
	case "/meetings/{id}/items":
		return url.Values{"kind": {"discussion"}, "title": {"Việc khác"}, "minutes": {"5"}}
	case "/meetings/{id}/guests":
		return url.Values{"name": {"Lê Thị Khách"}, "office": {"Trưởng ban công tác mặt trận"}, "body": {"Mặt trận"}}
	case "/meetings/{id}/agreements":
		return url.Values{"name": {"Vũ Thị Hạnh"}, "office": {"Trưởng trạm"}, "agreed_on": {day}, "text": {"Đồng ý"}}
	case "/meetings/{id}/told":
		return url.Values{"way": {"phone"}, "members": {h.subject()}}
	case "/meetings/{id}/answer":
		return url.Values{"reply": {"coming"}}
	case "/meetings/{id}/door":
		return url.Values{"projector": {"true"}}
	case "/meetings/{id}/move":
		return url.Values{"starts_at": {start.String()}, "place": {m.Place}, "change": {"hội trường có việc"}}
	case "/meetings/{id}/notice":
		return url.Values{"reason": {"Họp gấp"}}
	case "/rooms/{id}/helpers":
		return url.Values{"duty": {"roll"}, "name": {"Người giúp"}}
	case "/meetings/{id}/minutes/words":
		return url.Values{"passage": {"opening"}, "text": {"Lời khác."}}
	case "/meetings/{id}/minutes/adopt":
		return url.Values{"for": {"1"}}
	}
	return url.Values{"text": {"Nội dung"}}
}
