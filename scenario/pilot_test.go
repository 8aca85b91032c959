package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/pilot"
)

// openedPilots opens a series whose host is the first cell and which the committee member
// appraises, and returns the pages of the series and of the pilot meeting.
func openedPilots(t *testing.T, w *worldtest.World) (series, page string) {
	t.Helper()
	committee, cell := w.Account("committee"), w.Account("secretary").Organization
	form := []string{
		"organization", committee.Organization, "title", "Điểm quý IV", "purpose", "Rút kinh nghiệm điều hành",
		"from", "2026-10-01", "until", "2027-03-31", "kind", "ordinary", "hosts", cell, "appraisers", committee.Member,
	}
	w.As("committee").Refused(http.StatusUnprocessableEntity, "/pilots", form[:len(form)-2]...)
	w.As("clerk").Refused(http.StatusForbidden, "/pilots", form...)
	series = w.As("committee").Sends("/pilots", form...)
	w.As("committee").Refused(http.StatusConflict, series+"/hosts", "kind", "ordinary", "hosts", cell)
	id, err := db.One[string](t.Context(), w.App.DB, `SELECT id FROM pilot WHERE host_id = $1`, cell)
	if err != nil {
		t.Fatal(err)
	}
	return series, pilot.Pilot{ID: id}.Path()
}

// TestContentsAreAppraisedInRounds: the host names its meeting and sends it in, one item
// is to be changed, the host answers, and in the second round all are agreed; an item that
// is changed afterwards has to be appraised again.
func TestContentsAreAppraisedInRounds(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		_, page := openedPilots(t, w)
		draft := w.Meeting(meeting.Draft)
		if a := w.As("other secretary").Get(page); a.Status != http.StatusNotFound {
			t.Errorf("another cell: %d", a.Status)
		}
		if a := w.As("member").Get(page); a.Status != http.StatusForbidden {
			t.Errorf("a member: %d", a.Status)
		}
		w.As("secretary").Reads("/", "đồng chí chọn kỳ sinh hoạt")
		w.As("secretary").Refused(http.StatusUnprocessableEntity, page+"/meeting", "meeting", w.Meeting(meeting.Closed))
		w.As("secretary").Refused(http.StatusConflict, page+"/submit", "x", "y")
		w.As("secretary").Sends(page+"/meeting", "meeting", draft)
		w.As("committee").Refused(http.StatusConflict, page+"/appraise", "rest", "agreed")
		w.As("secretary").Sends(page+"/submit", "x", "y")
		w.As("secretary").Refused(http.StatusConflict, page+"/meeting", "meeting", draft)
		w.As("committee").Refused(http.StatusConflict, page+"/cancel", "x", "y")

		items, err := meeting.Items(t.Context(), w.App.DB, w.Person("secretary").Root, draft)
		if err != nil {
			t.Fatal(err)
		}
		first, fields := items[0], []string{"rest", "agreed"}
		for _, i := range items[1:] {
			fields = append(fields, "t_"+i.ID, "")
		}
		w.As("secretary").Refused(http.StatusForbidden, page+"/appraise", fields...)
		w.As("committee").Refused(http.StatusUnprocessableEntity, page+"/appraise", "v_"+first.ID, "change", "t_"+first.ID, "")
		w.As("committee").Sends(page+"/appraise", append(fields, "v_"+first.ID, "change", "t_"+first.ID, "Nêu rõ lý do trong một câu")...)
		w.As("secretary").Reads(page, "Chờ chi bộ sửa", "Nêu rõ lý do trong một câu", "Trả lời và gửi lại")
		w.As("secretary").Reads("/inbox", "1 nội dung cần sửa")
		w.As("secretary").Refused(http.StatusUnprocessableEntity, page+"/submit", "x", "y")
		w.As("secretary").Sends(page+"/submit", "t_"+first.ID, "Đã sửa thành một câu")
		w.As("committee").Reads(page, "Lượt 2", "Đã sửa thành một câu", "Đã trả lời")
		w.As("committee").Sends(page+"/appraise", "v_"+first.ID, "agreed", "t_"+first.ID, "")
		w.As("secretary").Reads(page, "Đã thẩm định")
		w.As("secretary").Reads("/inbox", "đã được thẩm định, thống nhất")

		first.Title += " (sửa)"
		if err := w.App.Meetings.ChangeItem(t.Context(), w.Person("secretary"), draft, first); err != nil {
			t.Fatal(err)
		}
		w.As("committee").Reads(page, "Chưa thẩm định", "Đang thẩm định")
	})
}

// TestGuestsCommentAndTheCommitteeLearns invites the secretary of another cell, who
// comments after the meeting; the comment becomes a card, the card goes down, and the
// committee concludes.
func TestGuestsCommentAndTheCommitteeLearns(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		series, page := openedPilots(t, w)
		guest := w.Account("other secretary").Member
		w.As("secretary").Sends(page+"/meeting", "meeting", w.Meeting(meeting.Noticed))
		w.As("secretary").Refused(http.StatusForbidden, page+"/guests", "members", guest)
		w.As("clerk").Refused(http.StatusUnprocessableEntity, page+"/guests", "members", w.Account("member").Member)
		w.As("clerk").Sends(page+"/guests", "members", guest)
		w.As("other secretary").Reads("/inbox", "Mời đồng chí dự sinh hoạt điểm")
		w.As("other secretary").Reads(page, "Sinh hoạt điểm")
		comment := []string{"kind", "fault", "text", "Kết luận còn dài", "item", ""}
		w.As("other secretary").Refused(http.StatusConflict, page+"/comments", comment...)
		w.As("clerk").Refused(http.StatusConflict, page+"/came", "members", guest)

		hold(t, w)
		w.As("clerk").Sends(page+"/came", "members", guest)
		w.As("other secretary").Refused(http.StatusUnprocessableEntity, page+"/comments", "kind", "fault", "text", "")
		w.As("secretary").Refused(http.StatusForbidden, page+"/comments", comment...)
		w.As("other secretary").Sends(page+"/comments", comment...)
		said, err := db.One[string](t.Context(), w.App.DB, `SELECT id FROM pilot_comment WHERE text = 'Kết luận còn dài'`)
		if err != nil {
			t.Fatal(err)
		}
		w.As("other secretary").Refused(http.StatusForbidden, page+"/comments/"+said+"/lesson", "x", "y")
		edit := w.As("committee").Sends(page+"/comments/"+said+"/lesson", "x", "y")
		if again := w.As("committee").Sends(page+"/comments/"+said+"/lesson", "x", "y"); again != edit {
			t.Errorf("pressed twice: %s and %s", edit, again)
		}
		card := strings.TrimSuffix(edit, "/edit")
		w.As("committee").Refused(http.StatusConflict, card+"/send", "reach", "all")
		w.As("committee").Sends(edit, "seen", "Kết luận còn dài", "why", "Chưa chuẩn bị", "act", "Kết luận ba ý", "place", "")
		w.As("committee").Sends(card+"/send", "reach", "all")
		w.As("committee").Reads(page, "0/2 chi bộ đã tiếp thu")

		w.As("committee").Refused(http.StatusUnprocessableEntity, page+"/conclude", "conclusion", " ")
		w.As("committee").Sends(page+"/conclude", "conclusion", "Buổi sinh hoạt đạt yêu cầu")
		w.As("other secretary").Refused(http.StatusConflict, page+"/comments", comment...)
		w.As("secretary").Reads(page, "Buổi sinh hoạt đạt yêu cầu", "Kết luận còn dài")
		clerk := w.As("clerk").Reads(series, "1/1")
		if strings.Contains(clerk, "Đánh giá chung") {
			t.Error("the office assesses")
		}
		w.As("committee").Sends(series+"/assess", "merits", "Chuẩn bị kỹ", "faults", "", "direction", "Nhân rộng")
		for _, url := range []string{page + "/paper/docx", page + "/paper/pdf", series + "/paper/docx", series + "/paper/pdf"} {
			w.As("committee").Reads(url)
		}
		if a := w.As("secretary").Get(series); a.Status != http.StatusForbidden {
			t.Errorf("the host reads the series: %d", a.Status)
		}
	})
}

// hold lets the noticed meeting of the first cell pass.
func hold(t *testing.T, w *worldtest.World) {
	t.Helper()
	root, id := w.Person("secretary").Root, w.Meeting(meeting.Noticed)
	err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		at := when.At(w.App.Now())
		if err := meeting.Advance(t.Context(), tx, root, id, meeting.Noticed, meeting.Open, at); err != nil {
			return err
		}
		return meeting.Advance(t.Context(), tx, root, id, meeting.Open, meeting.Closed, at)
	})
	if err != nil {
		t.Fatal(err)
	}
}
