package e2e

import (
	"encoding/json"
	"slices"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/e2e/browser"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// TestADirectiveGoesDown follows a paragraph from the office of the ward, which slips in the
// year of the document, onto the next agenda of a cell, where its secretary finds it on a
// telephone; once the cell has treated it, the office sees so.
func TestADirectiveGoesDown(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	desk, secretary := in("clerk", browser.Desk), w.Account("secretary")
	desk.Press("Văn bản, căn cứ")
	desk.Press("Thêm văn bản")
	seen.look(t, desk, desk.At())
	desk.Resize(browser.Desk)
	desk.Choose("Cấp ban hành", "Trung ương")
	desk.Type("Loại văn bản", "Hướng dẫn")
	desk.Type("Số, ký hiệu", "42-HD/BTCTW")
	desk.Type("Ngày ban hành", "2024-10-28")
	desk.Type("Cơ quan ban hành", "Ban Tổ chức Trung ương")
	desk.Type("Trích yếu", "về sinh hoạt chi bộ")
	desk.Send("Lưu văn bản")
	desk.See("cùng số, cùng cơ quan nhưng ngày khác")
	desk.See("ngày 28/10/2025")

	desk.Choose("Cấp ban hành", "Xã, phường, đảng bộ cơ sở")
	desk.Type("Loại văn bản", "Kế hoạch")
	desk.Type("Số, ký hiệu", "31-KH/ĐU")
	desk.Type("Ngày ban hành", "2026-11-20")
	desk.Type("Cơ quan ban hành", "Đảng ủy phường Sông Xanh")
	desk.Type("Dán nội dung", "Phần mở đầu.\n\nChi bộ bàn ba việc cần làm ngay ở khu phố.")
	desk.Send("Lưu văn bản")
	desk.See("Đã thêm văn bản.")
	seen.look(t, desk, desk.At())
	desk.Resize(browser.Desk)

	desk.Press("Giao xuống chi bộ")
	desk.Press("Giao đoạn này: Chi bộ bàn ba việc")
	desk.Type("Tên mục trong chương trình", "Ba việc cần làm ngay")
	desk.Tick("Nghị quyết thường kỳ của đảng ủy")
	desk.Press("Chọn thêm từng chi bộ")
	desk.Tick(secretary.Unit)
	desk.Send("Giao")
	desk.See("Đã giao xuống các chi bộ.")
	desk.See("Chưa đọc")
	page := desk.At()
	seen.look(t, desk, page)

	phone := in("secretary", browser.Phone)
	phone.Press("Ba việc cần làm ngay")
	phone.See("Chi bộ bàn ba việc cần làm ngay ở khu phố.")
	phone.Press("Kỳ họp")
	phone.See("Ba việc cần làm ngay")
	draft := w.Meeting(meeting.Draft)
	if phone.At() != "/meetings/"+draft {
		t.Errorf("the directive leads to %s", phone.At())
	}
	phone.Go("/")
	phone.Type("Tìm, không cần dấu", "ba viec can lam")
	phone.Press("Tìm")
	phone.See("Ba việc cần làm ngay")
	seen.look(t, phone, "/lookup?q=ba+viec")

	treat(t, w, draft, "Ba việc cần làm ngay")
	desk.Resize(browser.Desk)
	desk.Go(page)
	desk.Miss("Chưa đọc")
	desk.See("Đã thực hiện")
	desk.Miss("Nhắc 1 chi bộ")
}

// treat holds a meeting as far as one item and settles it as its sealing does.
func treat(t *testing.T, w *worldtest.World, meetingID, title string) {
	t.Helper()
	chair, ctx := w.Person("secretary"), t.Context()
	items, err := meeting.Items(ctx, w.App.DB, chair.Root, meetingID)
	at := slices.IndexFunc(items, func(i meeting.Item) bool { return i.Title == title })
	if err != nil || at < 0 {
		t.Fatalf("%q is not on the agenda: %v", title, err)
	}
	now := when.At(w.Clock.Now())
	act := func(who access.Person, kind proceedings.ActKind, body any) {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		a := proceedings.Act{ID: id.New(), Meeting: meetingID, Kind: kind, At: now, Body: raw}
		if answers, err := w.App.Rooms.Append(ctx, who, meetingID, []proceedings.Act{a}); err != nil || answers[0].Err != nil {
			t.Fatalf("%s: %v %+v", kind, err, answers)
		}
	}
	act(chair, proceedings.KindOpen, proceedings.OpenBody{Began: now})
	act(chair, proceedings.KindItemStart, proceedings.ItemStartBody{Item: items[at].ID})
	act(chair, proceedings.KindItemFinish, proceedings.ItemFinishBody{Item: items[at].ID})
	if err := w.App.DB.Tx(ctx, func(tx *db.Tx) error { return w.App.Directives.Settle(ctx, tx, chair.Root, meetingID) }); err != nil {
		t.Fatal(err)
	}
}
