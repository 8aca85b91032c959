package e2e

import (
	"testing"

	"chibo/app/world/worldtest"
	"chibo/e2e/browser"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
)

// TestWhatOneCellShowsEveryCellLearns: a committee chooses a host, its contents are
// appraised in two rounds, a comment becomes a card, the card stands on the agenda of
// another cell until it is ticked there, and the count grows.
func TestWhatOneCellShowsEveryCellLearns(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	host := w.Account("secretary")
	committee := in("committee", browser.Desk)
	committee.Go("/pilots")
	committee.Press("Mở đợt sinh hoạt điểm")
	committee.Type("Tên đợt", "Điểm quý IV")
	committee.Type("Mục đích", "Rút kinh nghiệm điều hành")
	committee.Type("Từ ngày", "2026-10-01")
	committee.Type("Đến ngày", "2027-03-31")
	committee.Tick("Sinh hoạt thường kỳ")
	committee.Tick(host.Unit)
	committee.Tick(w.Account("committee").FullName)
	committee.Send("Mở đợt, báo các chi bộ")
	seen.look(t, committee, committee.At())
	committee.Resize(browser.Desk)

	desk := in("secretary", browser.Desk)
	desk.Go("/")
	desk.Press(host.Unit)
	page := desk.At()
	desk.Choose("Kỳ sinh hoạt", titled(t, w, meeting.Noticed))
	desk.Send("Chọn kỳ này")
	desk.Send("Gửi thẩm định")

	committee.Go(page)
	first := committee.In(browser.Run[string](committee, `document.querySelector("#contents li b").textContent`))
	first.Tick("Cần sửa")
	first.Type("Nếu cần sửa: sửa thế nào", "Nêu gọn trong một câu")
	committee.Send("Đồng ý mọi nội dung chưa chọn")
	committee.See("Chờ chi bộ sửa")
	seen.look(t, desk, page)
	desk.Resize(browser.Desk)
	desk.Go(page)
	desk.See("Nêu gọn trong một câu")
	desk.Type("Chi bộ trả lời", "Đã viết gọn")
	desk.Send("Trả lời và gửi lại")
	desk.See("Đã gửi thẩm định")
	committee.Go(page)
	committee.See("Đã viết gọn")
	committee.Send("Đồng ý mọi nội dung chưa chọn")
	committee.See("Đã thẩm định")

	passes(t, w, w.Meeting(meeting.Noticed), meeting.Noticed)
	committee.Go(page)
	committee.Tick("Hạn chế")
	committee.Type("Ý kiến", "Kết luận còn dài")
	committee.Send("Gửi góp ý")
	committee.Send("Thành bài học")
	committee.Type("Nguyên nhân", "Chưa chuẩn bị kết luận")
	committee.Type("Cách làm", "Kết luận ba ý")
	committee.Send("Lưu bài học")
	committee.Send("Gửi bài học")
	committee.See("0/2")
	sheet := committee.At()
	seen.look(t, committee, sheet)

	next := prepares(t, w)
	phone := in("other secretary", browser.Phone)
	phone.Go("/meetings/" + next)
	phone.See("Tiếp thu bài học rút kinh nghiệm")
	phone.See("Kết luận ba ý")
	passes(t, w, next, meeting.Draft)
	phone.Go("/meetings/" + next)
	phone.Press("Đã tiếp thu tại kỳ này")
	phone.See("Đã tiếp thu")
	committee.Go(sheet)
	committee.See("1/2")
}

// titled returns the words by which the meeting of a state is offered.
func titled(t *testing.T, w *worldtest.World, s meeting.State) string {
	t.Helper()
	m, err := meeting.Find(t.Context(), w.App.DB, w.Person("secretary").Root, w.Meeting(s))
	if err != nil {
		t.Fatal(err)
	}
	return m.Title + ", " + m.Day().Slashed()
}

// prepares opens an ordinary meeting of the second cell for a month that is free.
func prepares(t *testing.T, w *worldtest.World) string {
	t.Helper()
	month := worldtest.Now.Date().In().Add(3)
	m, err := w.App.Meetings.Convene(t.Context(), w.Person("other secretary"), w.Account("other secretary").Organization, meeting.Convening{Kind: meeting.Ordinary, Month: month})
	if err != nil {
		t.Fatal(err)
	}
	return m.ID
}

// passes lets a meeting be held.
func passes(t *testing.T, w *worldtest.World, id string, from meeting.State) {
	t.Helper()
	err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		root, at := w.Person("secretary").Root, when.At(w.App.Now())
		if err := meeting.Advance(t.Context(), tx, root, id, from, meeting.Open, at); err != nil {
			return err
		}
		return meeting.Advance(t.Context(), tx, root, id, meeting.Open, meeting.Closed, at)
	})
	if err != nil {
		t.Fatal(err)
	}
}
