package scenario_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/feedback"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/lesson"
	"chibo/meeting"
)

// staged is a sitting whose feedback is open.
type staged struct {
	conference, sitting string
	round               feedback.Round
	path                string // of the page of the sitting
}

// openedFeedback opens the feedback of a sitting at which the first cell performs.
func openedFeedback(t *testing.T, w *worldtest.World, named bool) staged {
	t.Helper()
	ctx, s, clerk := t.Context(), w.App.Conferences, w.Person("clerk")
	x, err := s.Open(ctx, clerk, conference.Conference{Organization: w.Account("clerk").Organization, Title: "Chuyên đề sinh hoạt chi bộ mẫu"})
	if err != nil {
		t.Fatal(err)
	}
	y, err := s.AddSitting(ctx, clerk, x.ID, conference.Sitting{
		Title: "Sinh hoạt thường kỳ mẫu", Kind: meeting.Ordinary, Host: w.Account("secretary").Organization,
		StartsAt: worldtest.Now, EndsAt: worldtest.Now.Add(3 * time.Hour), Venue: "Hội trường",
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.App.Feedback.Open(ctx, clerk, x.ID, y.ID, feedback.Opening{Named: named, OpensAt: worldtest.Now, ClosesAt: worldtest.Now.Add(24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	return staged{x.ID, y.ID, r, "/conferences/" + x.ID + "/feedback/" + y.ID}
}

// sent are the fields of a sending with one remark.
func sent(id, field, text string) []string {
	return []string{"sending", id + strings.Repeat("x", 20), field, text}
}

// traces counts how often a text stands anywhere in the database.
func traces(t *testing.T, w *worldtest.World, text string) int {
	t.Helper()
	query := `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`
	if w.App.DB.Postgres() {
		query = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`
	}
	tables, err := db.All[string](t.Context(), w.App.DB, query)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, table := range tables {
		n += strings.Count(rowsOf(t, w, table), text)
	}
	return n
}

func rowsOf(t *testing.T, w *worldtest.World, table string) string {
	t.Helper()
	rows, err := w.App.DB.QueryContext(t.Context(), `SELECT * FROM `+table)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			if b, is := v.([]byte); is {
				v = string(b)
			}
			fmt.Fprintln(&all, v)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// TestWhatIsNamelessLeavesNoTrace: somebody who has signed in gives nameless feedback; then
// nothing in the database and in the log says more of them than before, and no hour.
func TestWhatIsNamelessLeavesNoTrace(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e, me, giver := openedFeedback(t, w, false), w.Person("member"), w.As("member")
		before, logged := [2]int{traces(t, w, me.Member), traces(t, w, me.Account)}, len(w.Logged())
		giver.Reads(e.round.Path(), "Phiếu không ghi tên", "giờ gửi")
		giver.Sends(e.round.Path(), append(sent("1", "chairing.limit.1", "Chủ trì kết luận dài"), "name", me.Name, "unit", "Tổ 9")...)
		if after := [2]int{traces(t, w, me.Member), traces(t, w, me.Account)}; after != before {
			t.Errorf("the giver stands in %v places, before in %v", after, before)
		}
		if lines := w.Logged()[logged:]; strings.Contains(lines, me.Account) || strings.Contains(lines, e.round.Code) || !strings.Contains(lines, "/y/{code}") {
			t.Errorf("the log says who, or the code:\n%s", lines)
		}
		sheets := rowsOf(t, w, "feedback_sheet")
		if strings.Contains(sheets, me.Name) || strings.Contains(sheets, "Tổ 9") || strings.Contains(sheets, fmt.Sprint(int64(worldtest.Now))[:8]) {
			t.Errorf("a nameless sheet says who or at what hour:\n%s", sheets)
		}
		if !strings.Contains(sheets, worldtest.Now.Date().String()) || !strings.Contains(rowsOf(t, w, "feedback_remark"), "Chủ trì kết luận dài") {
			t.Error("nothing was kept")
		}
		if a := giver.Get(e.round.Path() + "/me"); a.Location() != e.round.Path() {
			t.Errorf("an account is asked for: %d to %q", a.Status, a.Location())
		}
		if a := giver.Post(e.round.Path()+"/me", sent("2", "chairing.limit.1", "x")...); a.Status != http.StatusNotFound {
			t.Errorf("an account is taken: %d", a.Status)
		}
		_, err := w.App.Feedback.Open(t.Context(), w.Person("clerk"), e.conference, e.sitting, feedback.Opening{Named: true, OpensAt: worldtest.Now, ClosesAt: worldtest.Now.Add(time.Hour)})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("the promise is broken: %v", err)
		}
	})
}

// TestADeviceMendsWhatItSent: sending twice is once; more may be added, all taken back; the
// next person and another device see nothing of it.
func TestADeviceMendsWhatItSent(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e, phone := openedFeedback(t, w, false), w.Browser()
		path := e.round.Path()
		for range 2 {
			phone.Post(path, sent("1", "preparation.done.1", "Tài liệu gửi sớm")...).Is(http.StatusOK, path).Says("Đã nhận góp ý", "Phiếu của đồng chí có 1 ý kiến")
		}
		phone.Get(path + "?more=1").Says("Tổ chức sinh hoạt")
		phone.Post(path, sent("2", "conduct.missing.2", "Chưa có biểu quyết")...).Says("Phiếu của đồng chí có 2 ý kiến", "Chưa có biểu quyết")
		w.Browser().Get(path).Hides("Chưa có biểu quyết", "Đã nhận")
		w.Browser().Post(path+"/take-back").Is(http.StatusConflict, path+"/take-back")
		w.As("clerk").Reads(e.path, "1 phiếu, 2 ý kiến")
		phone.Post(path+"/take-back").Is(http.StatusOK, path).Says("Đã rút phiếu").Hides("Chưa có biểu quyết")
		w.As("clerk").Reads(e.path, "0 phiếu, 0 ý kiến")

		phone.Post(path, sent("3", "conduct.wrong.1", "Sai trình tự")...).Says("Sai trình tự")
		phone.Post(path+"/leave").Is(http.StatusOK, path).Hides("Sai trình tự")
		phone.Post(path, "sending", strings.Repeat("y", 26)).Is(http.StatusUnprocessableEntity, path).Says("ít nhất một ý kiến")
		phone.Post(path, sent("4", "conduct.wrong.1", strings.Repeat("a", 1001))...).Is(http.StatusUnprocessableEntity, path)
		w.As("clerk").Sends(e.path + "/rotate")
		phone.Get(path).Is(http.StatusNotFound, path)
		phone.Post("/y", "code", e.round.Code).Is(http.StatusUnprocessableEntity, "/y").Says("Không có mã này")
	})
}

// TestANamedSheetIsOneForEach: by invitation, by account, or by a name that is typed; whose
// it is stands in the table of the office and not in the synthesis.
func TestANamedSheetIsOneForEach(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e, ctx, clerk := openedFeedback(t, w, true), t.Context(), w.Person("clerk")
		line, err := w.App.Conferences.AddCategory(ctx, clerk, e.conference, conference.Category{Title: "Khách mời", Source: conference.FromOffice, Quota: 5})
		if err != nil {
			t.Fatal(err)
		}
		d, err := w.App.Delegations.Enter(ctx, clerk, e.conference, delegation.Delegate{Category: line.ID, Name: "Đỗ Thị Mẫu", Unit: "Đảng bộ phường Cầu Gạo"})
		if err != nil {
			t.Fatal(err)
		}
		path := e.round.Path()
		mine := path + "/i/" + d.Code
		w.Browser().Get("/i/"+d.Code).Is(http.StatusOK, "/i/"+d.Code).Says("Góp ý: Sinh hoạt thường kỳ mẫu", mine)
		w.Browser().Get(mine).Is(http.StatusOK, mine).Says("Phiếu có ghi tên", "Đỗ Thị Mẫu")
		w.Browser().Post(mine, sent("1", "conduct.done.1", "Thảo luận sôi nổi")...).Is(http.StatusOK, mine)
		w.Browser().Post(mine, sent("2", "conduct.done.1", "Đúng giờ")...).Is(http.StatusOK, mine).Says("Phiếu của đồng chí có 2 ý kiến")
		w.Browser().Get(path+"/i/nobody").Is(http.StatusNotFound, path+"/i/nobody")
		w.As("member").Sends(path+"/me", sent("3", "conduct.limit.1", "Hội trường nóng")...)
		w.Browser().Post(path, sent("4", "conduct.limit.1", "Ghế ít")...).Is(http.StatusUnprocessableEntity, path).Says("Hãy ghi họ và tên")
		w.Browser().Post(path, append(sent("4", "conduct.limit.1", "Ghế ít"), "name", "Ngô Văn Mẫu", "unit", "Tổ 3")...).Is(http.StatusOK, path)

		office := w.As("clerk")
		office.Reads(e.path, "3 phiếu, 4 ý kiến")
		office.Reads(e.path+"/cells/conduct/done", "Thảo luận sôi nổi", "Đỗ Thị Mẫu, Đảng bộ phường Cầu Gạo")
		office.Reads(e.path+"/cells/conduct/limit", w.Person("member").Name, "Ngô Văn Mẫu, Tổ 3")
		if text := wordsOf(t, office.Reads(e.path+"/document/docx")); !strings.Contains(text, "Hội trường nóng") || strings.Contains(text, "Mẫu,") || strings.Contains(text, "Đỗ Thị") {
			t.Errorf("the synthesis names who gave what:\n%s", text)
		}
	})
}

// TestFromRemarksToALessonInEveryCell: paper is typed in, remarks are put together by
// people, the text is written, the committee concludes, and the card stands in the cells.
func TestFromRemarksToALessonInEveryCell(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e, ctx, office, committee := openedFeedback(t, w, false), t.Context(), w.As("clerk"), w.As("committee")
		office.Sends(e.path+"/paper", "number", "1", "preparation.limit.0", "Tài liệu gửi muộn, đại biểu chưa kịp đọc\nHội trường nóng\n\n")
		office.Sends(e.path+"/paper", "number", "2", "preparation.limit.0", "Đại biểu chưa kịp đọc tài liệu vì gửi muộn")
		if a := office.Post(e.path+"/paper", "number", "2", "preparation.limit.0", "x"); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "đã nhập rồi") {
			t.Errorf("a paper is typed in twice: %d", a.Status)
		}
		cell := e.path + "/cells/preparation/limit"
		office.Reads(cell, "Có thể cùng một ý", "Hội trường nóng", "Nhóm mới")
		f := view(t, w, e)
		b := f.Block(feedback.Cell{Phase: feedback.Preparation, Head: feedback.Limit})
		proposals := f.Proposals(b.Cell)
		if len(proposals) != 1 || len(proposals[0].Remarks) != 2 || len(b.Alone) != 3 {
			t.Fatalf("%d remarks, %+v", len(b.Alone), proposals)
		}
		two := proposals[0].Remarks
		if a := office.Post(cell+"/gather", "remarks", two[0].ID, "words", ""); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("a group without words: %d", a.Status)
		}
		office.Sends(cell+"/gather", "remarks", two[0].ID, "remarks", two[1].ID, "words", "Tài liệu gửi muộn")
		page := office.Reads(cell, "Tài liệu gửi muộn", "2 ý kiến", two[0].Text, two[1].Text, "2 ý kiến: Tài liệu gửi muộn.")
		if strings.Contains(page, "Có thể cùng một ý") {
			t.Error("what was put together is proposed again")
		}
		group := view(t, w, e).Block(b.Cell).Groups[0].ID
		if a := office.Post(e.path+"/cells/conduct/limit/gather", "remarks", two[0].ID, "group", group); a.Status != http.StatusNotFound {
			t.Errorf("a remark goes into a group of another head: %d", a.Status)
		}
		office.Sends(cell+"/text", "text", "Tài liệu đến tay đại biểu muộn (2 ý kiến).")
		office.Reads(cell, "sửa lúc")

		words := []string{"seen", "Tài liệu gửi muộn", "why", "Duyệt sát ngày họp", "act", "Gửi tài liệu trước năm ngày"}
		if a := office.Post(e.path+"/conclusions", words...); a.Status != http.StatusForbidden {
			t.Errorf("the office concludes for the committee: %d", a.Status)
		}
		committee.Sends(e.path+"/conclusions", words...)
		k := view(t, w, e).Conclusions[0]
		committee.Sends(e.path + "/conclusions/" + k.ID + "/teach-all")
		committee.Reads(e.path+"/conclusions", "0/2 chi bộ đã tiếp thu")
		if a := committee.Post(e.path+"/conclusions/"+k.ID+"/teach-all", ""); a.Status != http.StatusConflict {
			t.Errorf("a conclusion becomes two cards: %d", a.Status)
		}
		o := w.Account("other secretary").Organization
		held, err := lesson.InCell(ctx, w.App.DB, w.Person("other secretary").Root, o)
		if err != nil || len(held) == 0 || held[0].Seen != "Tài liệu gửi muộn" || held[0].Origin != lesson.FromConference {
			t.Fatalf("the card in the cell: %+v, %v", held, err)
		}
		text := wordsOf(t, office.Reads(e.path+"/document/docx"))
		for _, want := range []string{"nhận 2 phiếu góp ý (không ghi tên), trong đó 2 phiếu giấy, gồm 3 ý kiến", "Tài liệu đến tay đại biểu muộn", two[1].Text, "0/2"} {
			if !strings.Contains(text, want) {
				t.Errorf("the synthesis lacks %q", want)
			}
		}
		for _, form := range []string{"docx", "pdf", "xlsx"} {
			if a := office.Get(e.path + "/document/" + form); a.Status != http.StatusOK {
				t.Errorf("%s: %d", form, a.Status)
			}
		}
		office.Reads(e.path+"/form", "PHIẾU GÓP Ý HỘI NGHỊ", e.round.Grouped())
		office.Reads(e.path+"/wall", "Đã nhận 2 phiếu")
		office.Reads("/conferences/"+e.conference, "2 phiếu, 3 ý kiến")
		office.Sends(cell + "/groups/" + group + "/dissolve")
		if b := view(t, w, e).Block(b.Cell); len(b.Alone) != 3 || len(b.Groups) != 0 {
			t.Errorf("a remark was lost: %+v", b)
		}
		for _, name := range []string{"secretary", "other secretary", "member"} {
			for _, page := range []string{e.path, cell, e.path + "/conclusions", e.path + "/document/xlsx", e.path + "/wall"} {
				if a := w.As(name).Get(page); a.Status == http.StatusOK || strings.Contains(a.Body, "Hội trường nóng") {
					t.Errorf("%s reads %s: %d", name, page, a.Status)
				}
			}
		}
	})
}

// TestFeedbackIsTakenInItsTime: not before, not after; but paper of the day is typed in
// later.
func TestFeedbackIsTakenInItsTime(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e, clerk := openedFeedback(t, w, false), w.Person("clerk")
		for _, c := range []struct {
			from, until when.Instant
			says        string
		}{
			{worldtest.Now.Add(time.Hour), worldtest.Now.Add(2 * time.Hour), "Chưa đến giờ góp ý"},
			{worldtest.Now.Add(-2 * time.Hour), worldtest.Now.Add(-time.Hour), "Đã hết giờ góp ý"},
		} {
			if _, err := w.App.Feedback.Open(t.Context(), clerk, e.conference, e.sitting, feedback.Opening{OpensAt: c.from, ClosesAt: c.until}); err != nil {
				t.Fatal(err)
			}
			w.Browser().Get(e.round.Path()).Says(c.says).Hides("Gửi góp ý")
			w.Browser().Post(e.round.Path(), sent("1", "conduct.done.1", "Tốt")...).Is(http.StatusConflict, e.round.Path())
		}
		w.As("clerk").Sends(e.path+"/paper", "number", "7", "conduct.done.0", "Tốt")
		w.As("clerk").Reads(e.path+"/paper", `value="8"`)
	})
}

func view(t *testing.T, w *worldtest.World, e staged) feedback.File {
	t.Helper()
	f, err := w.App.Feedback.View(t.Context(), w.Person("committee"), e.conference, e.sitting)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
