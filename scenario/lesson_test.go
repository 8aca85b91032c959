package scenario_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/lesson"
	"chibo/meeting"
)

var words = []string{"seen", "Câu hỏi gợi ý đến muộn", "why", "Không gửi cùng thông báo", "act", "Gửi trước ba ngày", "place", "Sinh hoạt điểm"}

// TestACardStandsOnAgendasUntilTicked sends a card to one cell, finds it on its next
// agenda, ticks it at a held meeting, and takes the tick back.
func TestACardStandsOnAgendasUntilTicked(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ward, cell := w.Account("committee").Organization, w.Account("secretary").Organization
		w.As("committee").Refused(http.StatusUnprocessableEntity, "/lessons", "organization", ward, "seen", "Chỉ thấy")
		w.As("secretary").Refused(http.StatusForbidden, "/lessons", append(words, "organization", ward)...)
		card := w.As("committee").Sends("/lessons", append(words, "organization", ward)...)
		w.As("clerk").Reads("/lessons", "Chưa gửi")
		if a := w.As("secretary").Get(card); a.Status != http.StatusNotFound {
			t.Errorf("a card that was not sent: %d", a.Status)
		}
		w.As("committee").Refused(http.StatusUnprocessableEntity, card+"/send", "reach", "named")
		w.As("clerk").Refused(http.StatusForbidden, card+"/send", "reach", "all")
		before := agenda(t, w)
		w.As("committee").Sends(card+"/send", "reach", "named", "cells", cell)
		after := agenda(t, w)
		if len(after) != len(before)+1 {
			t.Fatalf("%d items, %d before the card came", len(after), len(before))
		}
		at := slices.IndexFunc(after, func(i meeting.Item) bool { return i.Title == "Tiếp thu bài học rút kinh nghiệm" })
		if at < 0 || !strings.Contains(after[at].Note, "Gửi trước ba ngày") || after[len(after)-1].Kind != meeting.Closing {
			t.Fatalf("the agenda: %+v", after)
		}
		w.As("committee").Refused(http.StatusConflict, card+"/send", "reach", "named", "cells", cell)
		w.As("committee").Reads("/", "Câu hỏi gợi ý đến muộn", "0/1")
		w.As("secretary").Reads("/inbox", "Cấp ủy gửi bài học")
		w.As("member").Reads(card, "Gửi trước ba ngày")
		if a := w.As("other secretary").Get(card); a.Status != http.StatusNotFound {
			t.Errorf("another cell: %d", a.Status)
		}

		draft, held := w.Meeting(meeting.Draft), w.Meeting(meeting.Open)
		w.As("secretary").Reads("/meetings/"+draft, "Câu hỏi gợi ý đến muộn")
		w.As("secretary").Refused(http.StatusUnprocessableEntity, card+"/tick", "cell", cell, "meeting", draft)
		w.As("member").Refused(http.StatusForbidden, card+"/tick", "cell", cell, "meeting", held)
		w.As("other secretary").Refused(http.StatusNotFound, card+"/tick", "cell", cell, "meeting", held)
		w.As("secretary").Refused(http.StatusUnprocessableEntity, card+"/tick", "cell", cell, "meeting", w.Meeting(meeting.Sealed))
		w.As("secretary").Sends(card+"/tick", "cell", cell, "meeting", held, "note", "Phân công phó bí thư gửi")
		if got := agenda(t, w); len(got) != len(before) {
			t.Errorf("a ticked card stays on the agenda: %d items", len(got))
		}
		w.As("clerk").Reads(card, "1 trên 1 chi bộ", "Phân công phó bí thư gửi")
		w.As("secretary").Reads("/meetings/"+held, "Đã tiếp thu")
		w.As("committee").Refused(http.StatusConflict, card+"/drop", "x", "y")
		w.As("committee").Refused(http.StatusConflict, card+"/edit", words...)
		w.As("deputy").Sends(card+"/tick", "cell", cell)
		w.As("committee").Reads("/lessons", "0/1")
		w.As("committee").Sends(card+"/edit", append(words[:4:4], "act", "Gửi trước năm ngày")...)
		w.As("committee").Reads("/board", "Câu hỏi gợi ý đến muộn", "0/1")
		w.As("committee").Sends(card+"/drop", "x", "y")
		if got := agenda(t, w); len(got) != len(before) {
			t.Errorf("a card that was taken back stays on the agenda: %d items", len(got))
		}
	})
}

// agenda is the next agenda of the first cell that is being prepared.
func agenda(t *testing.T, w *worldtest.World) []meeting.Item {
	t.Helper()
	root := w.Person("secretary").Root
	drafts, err := meeting.Drafts(t.Context(), w.App.DB, root, w.Account("secretary").Organization)
	if err != nil || len(drafts) == 0 {
		t.Fatalf("%d drafts, %v", len(drafts), err)
	}
	items, err := meeting.Items(t.Context(), w.App.DB, root, drafts[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return items
}

// TestACellLearnsForItself writes a card after a meeting; it stands beside the next
// preparation, and is none of the cards of the committee.
func TestACellLearnsForItself(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		closed, draft := w.Meeting(meeting.Closed), w.Meeting(meeting.Draft)
		before := len(agenda(t, w))
		w.As("secretary").Refused(http.StatusConflict, "/lessons", append(words, "meeting", draft)...)
		w.As("other secretary").Refused(http.StatusNotFound, "/lessons", append(words, "meeting", closed)...)
		w.As("member").Refused(http.StatusNotFound, "/lessons", append(words, "meeting", closed)...)
		if to := w.As("deputy").Sends("/lessons", append(words, "meeting", closed)...); to != "/meetings/"+closed {
			t.Errorf("led to %s", to)
		}
		w.As("secretary").Reads("/meetings/"+draft, "Câu hỏi gợi ý đến muộn", "Chi bộ tự rút")
		if got := len(agenda(t, w)); got != before {
			t.Errorf("%d items, %d before: a card of one's own is nobody's agenda", got, before)
		}
		all, err := lesson.InCell(t.Context(), w.App.DB, w.Person("secretary").Root, w.Account("secretary").Organization)
		if err != nil || len(all) == 0 || !all[0].Own() {
			t.Fatalf("%+v, %v", all, err)
		}
		if body := w.As("committee").Reads("/lessons"); strings.Contains(body, "Bài học của cấp ủy") && strings.Contains(body[:strings.Index(body, "Bài học ở")], "Câu hỏi gợi ý đến muộn") {
			t.Error("the committee counts it among its own")
		}
		if a := w.As("other secretary").Get(all[0].Path()); a.Status != http.StatusNotFound {
			t.Errorf("another cell: %d", a.Status)
		}
		w.As("secretary").Sends(all[0].Path()+"/drop", "x", "y")
	})
}
