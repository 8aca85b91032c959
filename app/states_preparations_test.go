package app_test

import (
	"net/url"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/briefing"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/library"
	"chibo/meeting"
	"chibo/notice"
)

// preparationStates are the parts of a meeting of the first cell, as they are while it is: nháp,
// đã báo, đang họp, kết thúc, đã niêm phong. Somebody tells the news of the month.
var preparationStates = kind{
	name: "preparations", letters: "nbhkp", aside: "aside", relations: []string{"người báo cáo thời sự"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		k := &prepared{t: t, h: h}
		k.convene()
		if state != "n" {
			must(t, h.w.App.Meetings.Notify(t.Context(), h.known["secretary"], k.id, "Họp gấp"))
			must(t, h.w.App.Meetings.Tick(t.Context(), h.known["secretary"], k.id, notice.Phone, h.known["deputy"].Member))
		}
		// Its evening is nothing to the parts: only how far it is says what may be done.
		if at := map[string]meeting.State{"h": meeting.Open, "k": meeting.Closed, "p": meeting.Sealed}[state]; at != "" {
			h.alter(t, []any{k.id, at}, `UPDATE meeting SET state = $2 WHERE id = $1`)
		}
		return record{
			places: map[string]string{
				"{id}": k.id, "{item}": k.row("meeting_item", " ORDER BY position LIMIT 1 OFFSET 1"), "{guest}": k.row("meeting_guest", " AND member_id = ''"),
				"{question}": k.row("meeting_focus", ""), "{agreement}": k.row("meeting_agreement", ""), "{paper}": k.row("meeting_paper", ""),
				"{member}": h.known["deputy"].Member, "{file}": k.file,
			},
			form: k.form,
			file: func(path string) *upload {
				if path == "/meetings/{id}/papers" || path == "/meetings/{id}/briefing/files" {
					return &upload{"file", "so-do.png", dot(t)}
				}
				return nil
			},
			as: func(who access.Person, _ string) access.Person {
				who.Root, who.Member = h.known["member"].Root, h.known["member"].Member
				return who
			},
		}
	},
}

// prepared is a meeting with something of everything that is prepared.
type prepared struct {
	t        *testing.T
	h        *house
	id, file string // file stands beside the news of the month
}

// convene opens the meeting and prepares it.
func (k *prepared) convene() {
	k.t.Helper()
	ctx, s, secretary, today := k.t.Context(), k.h.w.App.Meetings, k.h.known["secretary"], worldtest.Now.Date()
	m, err := s.Convene(ctx, secretary, k.h.cell, meeting.Convening{Kind: meeting.Extraordinary, Month: today.In(), StartsAt: today.AddDays(9).At(19, 0)})
	must(k.t, err)
	k.id = m.ID
	news := meeting.Item{Kind: meeting.Information, Title: "Thông tin thời sự", Minutes: 15, Presenter: k.h.known["member"].Member}
	for _, i := range []meeting.Item{news, {Kind: meeting.Discussion, Title: "Bàn việc đầu", Minutes: 10}, {Kind: meeting.Discussion, Title: "Bàn việc sau", Minutes: 10}} {
		must(k.t, s.AddItem(ctx, secretary, k.id, i))
	}
	must(k.t, s.AddGuest(ctx, secretary, k.id, meeting.Guest{Name: "Lê Thị Khách", Office: "Trưởng ban công tác mặt trận", Body: "Mặt trận"}),
		s.AddQuestion(ctx, secretary, k.id, meeting.Focus{Text: "Làm gì trước?"}),
		s.AddAgreement(ctx, secretary, k.id, meeting.Agreement{Name: "Vũ Thị Hạnh", Office: "Trưởng trạm", AgreedOn: today, Text: "Đồng ý"}),
		s.Cite(ctx, secretary, k.id, meeting.Paper{Title: "Hướng dẫn số 42-HD/BTCTW"}),
		k.h.w.App.Briefings.Appoint(ctx, secretary, k.id, k.h.known["member"].Member),
		k.h.w.App.Briefings.Prepare(ctx, secretary, k.id, briefing.Parts{National: "Tin trong nước"}),
		k.h.w.App.Briefings.Attach(ctx, secretary, k.id, "anh.png", dot(k.t), true))
	files, err := library.Files(ctx, k.h.w.App.DB, m.Root, briefing.FileUse, m.ID)
	must(k.t, err)
	k.file = files[0].ID
}

// row returns the id of a part of the meeting.
func (k *prepared) row(table, which string) string {
	k.t.Helper()
	id, err := db.One[string](k.t.Context(), k.h.w.App.DB, `SELECT id FROM `+table+` WHERE meeting_id = $1`+which, k.id)
	must(k.t, err)
	return id
}

func (k *prepared) form(path string) url.Values {
	k.t.Helper()
	today := worldtest.Now.Date().String()
	switch strings.TrimPrefix(path, "/meetings/{id}") {
	case "/items/{item}":
		return url.Values{"kind": {"discussion"}, "title": {"Việc khác"}, "minutes": {"7"}}
	case "/guests/{guest}/reply":
		return url.Values{"reply": {"coming"}}
	case "/papers", "/briefing/files":
		return url.Values{"title": {"Sơ đồ"}, "unmarked": {"true"}}
	case "/papers/cite":
		return url.Values{"title": {"Nghị quyết số 21-NQ/TW"}}
	case "/papers/secret":
		return url.Values{"number": {"12"}, "dated_on": {today}, "where_kept": {"Văn phòng Đảng ủy"}}
	case "/told/{member}/undo":
		return url.Values{"way": {string(notice.Phone)}}
	case "/briefing":
		return url.Values{"national": {"Tin khác"}}
	case "/briefing/teller":
		return url.Values{"member": {k.h.known["deputy"].Member}}
	case "/briefing/remark":
		return url.Values{"remark": {"Cảm ơn đồng chí"}}
	}
	return url.Values{}
}
