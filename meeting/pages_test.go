package meeting_test

import (
	"bytes"
	"mime/multipart"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/notice"
)

// A draft is there for those who prepare it and for nobody else, under every
// address.
func TestDraftsAreHidden(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		c.shows("the secretary", c.get(secretary, m.Path()), 200, "Gửi thông báo họp", "Sinh hoạt thường kỳ tháng 12/2026", "điều đã xong")
		for _, path := range []string{"", "/notice.docx", "/notice.pdf", "/agenda.docx", "/agenda.pdf", "/invitation", "/poster"} {
			for name, who := range map[string]access.Person{"a member": lan, "a superior": superior, "another secretary": stranger} {
				c.shows(name+path, c.get(who, m.Path()+path), 404, "!Ổn định tổ chức", "!Nhà văn hóa Tổ 17")
			}
		}
		c.shows("the clerk", c.get(clerk, m.Path()), 404)
		c.shows("a member's year", c.get(lan, "/meetings?year=2026"), 200, "Tháng 12/2026", "!"+m.ID, "!Mở tháng", "!Kỳ chưa xong")
		c.shows("the secretary's", c.get(secretary, "/meetings?year=2026"), 200, "Kỳ chưa xong", "19 giờ 30", m.ID, "Mở tháng 11/2026")
		c.shows("nobody", c.get(access.Person{}, m.Path()), 303)
	})
}

func TestWhoSeesWhatAfterTheNotice(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		c.must(c.Pages.AddQuestion(t.Context(), secretary, m.ID, meeting.Focus{Text: "Vì sao ba hộ chưa ký?"}))
		c.must(c.Pages.SaveDraft(t.Context(), secretary, m.ID, "Chi bộ thống nhất vận động"))
		c.must(c.Pages.RecordPremeeting(t.Context(), secretary, m.ID, meeting.Premeeting{HeldAt: c.now - 1000, Present: []string{"hoa"}, Agreed: "chuyện riêng của chi ủy"}))
		c.must(c.Pages.Notify(t.Context(), secretary, m.ID, ""))
		c.must(c.Pages.Answer(t.Context(), lan, m.ID, meeting.Response{Member: "lan", Reply: meeting.Away, Reason: meeting.Sick, Note: "mổ mắt"}))
		c.shows("the secretary", c.get(secretary, m.Path()), 200, "mổ mắt", "Ghi nhận", "chuyện riêng của chi ủy", "Xem ai đã được báo")
		c.shows("a member", c.get(lan, m.Path()), 200, "Vì sao ba hộ chưa ký?", "Chi bộ thống nhất vận động", "Thông tin thời sự", "Tôi sẽ dự", "!mổ mắt", "!chuyện riêng của chi ủy", "!/edit")
		c.shows("a superior", c.get(superior, m.Path()), 200, "Tôi sẽ dự", "Vì sao ba hộ chưa ký?", "!mổ mắt")
		c.shows("the clerk", c.get(clerk, m.Path()), 200, "Nhà văn hóa Tổ 17", "đã gửi 28/11", "!Vì sao ba hộ chưa ký?", "!Thông tin thời sự", "!Tôi sẽ dự", "!mổ mắt")
		c.shows("another secretary", c.get(stranger, m.Path()), 404)
		c.shows("the clerk's paper", c.get(clerk, m.Path()+"/notice.pdf"), 403)
		both := clerk // the clerk of the committee who is a member of another cell
		both.Grants = append(slices.Clone(clerk.Grants), person("thu", access.Member, "/r/other/", meeting.Follow, meeting.Read).Grants...)
		c.shows("the clerk with a cell of his own", c.get(both, m.Path()), 200, "Nhà văn hóa Tổ 17", "!Thông tin thời sự")
		c.shows("his paper", c.get(both, m.Path()+"/notice.pdf"), 404)
		for path, head := range map[string]string{"/notice.docx": "PK", "/agenda.docx": "PK", "/notice.pdf": "%PDF-", "/agenda.pdf": "%PDF-"} {
			w := c.get(lan, m.Path()+path)
			if w.Code != 200 || !strings.HasPrefix(w.Body.String(), head) {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
		c.shows("invitation", c.get(lan, m.Path()+"/invitation"), 200, "THÔNG BÁO", "19 giờ 30, Thứ Năm, ngày 03/12/2026")
		c.shows("poster", c.get(secretary, m.Path()+"/poster"), 200, "<path", "19 giờ 30", "!Vì sao ba hộ chưa ký?")
	})
}

func TestOpenAMonthInOnePress(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		c.shows("year", c.get(secretary, "/meetings"), 200, "Sinh hoạt năm 2026", "Mở kỳ sinh hoạt tháng 12/2026", "quý này chưa có chuyên đề")
		w := c.post(secretary, "/meetings", "cell", "cell", "kind", "ordinary", "month", "2026-12")
		c.shows("opened", w, 303)
		c.shows("filled", c.get(secretary, w.Header().Get("Location")), 200, "Thông tin thời sự", "theo 42-HD/BTCTW (28/10/2025)", "Phan Đình Tuệ")
		c.shows("again", c.post(secretary, "/meetings", "cell", "cell", "kind", "ordinary", "month", "2026-12"), 409, "Tháng này đã có kỳ sinh hoạt thường kỳ")
		c.shows("by a member", c.post(lan, "/meetings", "cell", "cell", "kind", "ordinary", "month", "2027-01"), 403)
		c.shows("in another cell", c.post(secretary, "/meetings", "cell", "other", "kind", "ordinary", "month", "2027-01"), 404)
		c.shows("no month", c.post(secretary, "/meetings", "cell", "cell", "kind", "thematic", "month", "2026-13", "theme", "Nêu gương"), 422, "Nêu gương")
		c.shows("a theme", c.post(secretary, "/meetings", "cell", "cell", "kind", "thematic", "month", "", "starts_at", "2026-12-18T19:00", "theme", "Nêu gương"), 303)
		c.shows("a far year", c.get(secretary, "/meetings?year=99999"), 404)
		c.shows("the form", c.get(secretary, "/meetings/new?cell=cell"), 200, "Họp bất thường")
		c.shows("cells", c.get(clerk, "/meetings"), 303)
		c.shows("cells", c.get(clerk, "/meetings/cells?month=2026-12"), 200, "Chi bộ Tổ dân phố 17", "Chi bộ Trường Hoa Sen", "Chưa mở", "!đang chuẩn bị")
	})
}

// What was typed comes back with what to do, under 422.
func TestRefusedFormsComeBack(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		for path, f := range map[string]struct {
			fields []string
			texts  []string
		}{
			"/edit":          {[]string{"kind", "ordinary", "title", "Tên mới", "starts_at", "hôm nào đó"}, []string{"Tên mới", "Hãy nhập giờ và ngày"}},
			"/items":         {[]string{"kind", "discussion", "title", "", "minutes", "mười"}, []string{"Hãy nhập một số", "mười"}},
			"/premeeting":    {[]string{"held_at", "2026-12-09T19:00", "agreed", "thống nhất thế này"}, []string{"Chi ủy họp trước", "thống nhất thế này"}},
			"/questions":     {[]string{"text", ""}, []string{"Hãy ghi câu hỏi"}},
			"/guests":        {[]string{"name", "", "office", "Bí thư Đoàn"}, []string{"Hãy ghi họ và tên", "Bí thư Đoàn"}},
			"/agreements":    {[]string{"name", "Vũ Thị Hạnh", "agreed_on", "31/02/2026"}, []string{"Hãy nhập ngày", "Vũ Thị Hạnh", "31/02/2026"}},
			"/draft":         {[]string{"text", strings.Repeat("x", 20_001)}, []string{"dài quá"}},
			"/papers/cite":   {[]string{"title", ""}, []string{"Hãy ghi số, ngày"}},
			"/papers/secret": {[]string{"number", "07-KH/ĐU"}, []string{"nơi đang giữ", "07-KH/ĐU"}},
		} {
			c.shows(path, c.post(secretary, m.Path()+path, f.fields...), 422, f.texts...)
		}
		c.at(when.On(2026, 12, 2), 8, 0)
		c.shows("a late notice", c.post(secretary, m.Path()+"/notice"), 422, "Hãy ghi lý do gửi muộn", "Lý do gửi muộn")
		c.at(when.On(2026, 12, 4), 8, 0)
		c.shows("a past day", c.post(secretary, m.Path()+"/notice", "reason", "x"), 409, "Thời gian họp đã qua")
	})
}

func TestPreparingByForms(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		at := m.Path()
		items, err := meeting.Items(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		done := func(path string, fields ...string) {
			c.Helper()
			c.shows(path, c.post(secretary, at+path, fields...), 303)
		}
		done("/questions", "text", "Câu hỏi <b>một</b>")
		done("/guests", "name", "Hoàng Văn Nam", "office", "Bí thư Đoàn", "superior", "true")
		done("/agreements", "name", "Vũ Thị Hạnh", "text", "cùng làm", "agreed_on", "26/11/2026")
		done("/premeeting", "held_at", "2026-11-27T20:00", "present", "hoa", "present", "minh", "agreed", "thống nhất")
		done("/items", "kind", "discussion", "title", "Ngõ 5 ngập nước", "minutes", "10", "presenter", "minh")
		done("/items/"+items[3].ID, "kind", "report", "title", "Báo cáo ngắn", "minutes", "8", "presenter", "hoa")
		done("/items/" + items[1].ID + "/down")
		done("/items/" + items[5].ID + "/remove")
		done("/draft", "text", "Chi bộ thống nhất")
		done("/papers/cite", "title", "theo Hướng dẫn 12-HD/BTCTW ngày 06/7/2017", "item", items[2].ID)
		done("/papers/secret", "number", "07-KH/ĐU", "dated_on", "2026-11-20", "where_kept", "tủ văn phòng")
		c.shows("all of it", c.get(secretary, at), 200, "Câu hỏi &lt;b&gt;một&lt;/b&gt;", "Hoàng Văn Nam", "Vũ Thị Hạnh", "2/2 chi ủy viên",
			"Ngõ 5 ngập nước", "Báo cáo ngắn", "Tài liệu số 07-KH/ĐU", "12-HD/BTCTW ngày 06/7/2018", "!"+items[5].Title)
		for _, path := range []string{"/edit", "/items/new", "/items/" + items[3].ID, "/premeeting", "/draft", "/draft?version=1", "/papers", "/notice", "?arrange=1"} {
			c.shows(path, c.get(secretary, at+path), 200)
			if path != "?arrange=1" {
				c.shows("a member at "+path, c.get(lan, at+path), 403)
			}
		}
		c.shows("an item that is gone", c.get(secretary, at+"/items/"+items[5].ID), 404)
		done("/delete")
		c.shows("deleted", c.get(secretary, at), 404)
	})
}

func (c *cell) upload(who access.Person, path, name string, data []byte, fields ...string) *httptest.ResponseRecorder {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(fields); i += 2 {
		c.must(w.WriteField(fields[i], fields[i+1]))
	}
	part, err := w.CreateFormFile("file", name)
	c.must(err)
	_, err = part.Write(data)
	c.must(err)
	c.must(w.Close())
	r := httptest.NewRequest("POST", path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	out := httptest.NewRecorder()
	c.server(who).ServeHTTP(out, r)
	return out
}

func TestPapers(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		at := m.Path() + "/papers"
		pdf := []byte("%PDF-1.7\nKế hoạch\n%%EOF\n")
		c.shows("without the statement", c.upload(secretary, at, "Kế hoạch 12.pdf", pdf, "title", "Kế hoạch tháng 12"), 422, "Hãy xác nhận tài liệu", "Kế hoạch tháng 12")
		c.shows("a stamp in the name", c.upload(secretary, at, "KH (MẬT).pdf", pdf, "unmarked", "true"), 422, "đã không được lưu lại")
		c.shows("a page", c.upload(secretary, at, "a.html", []byte("<html>"), "unmarked", "true"), 422, "chỉ nhận tệp có đuôi .pdf")
		c.shows("a PDF", c.upload(secretary, at, "Kế hoạch 12.pdf", pdf, "unmarked", "true"), 303)
		papers, err := meeting.Papers(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		if len(papers) != 1 || papers[0].Title != "Kế hoạch 12.pdf" {
			t.Fatalf("papers %+v", papers)
		}
		open := func(who access.Person) error {
			_, _, err := c.Pages.Files.OpenFor(t.Context(), who, papers[0].File)
			return err
		}
		if open(secretary) != nil || open(lan) == nil || open(superior) == nil {
			t.Error("the file of a draft is open to others than those who prepare it")
		}
		c.must(c.Pages.Notify(t.Context(), secretary, m.ID, ""))
		if open(lan) != nil || open(superior) != nil || open(clerk) == nil || open(stranger) == nil {
			t.Error("the file of a notice is open to the wrong people")
		}
		c.shows("a member's page", c.get(lan, m.Path()), 200, "/files/"+papers[0].File)
		c.shows("wiped", c.post(secretary, at+"/secret", "number", "07", "dated_on", "20/11/2026", "where_kept", "tủ", "paper", papers[0].ID), 303)
		if open(secretary) == nil {
			t.Error("the file is still there")
		}
		c.shows("the stub", c.get(secretary, m.Path()), 200, "chỉ có bản giấy", "!/files/")
	})
}

func TestNoticeAndAnswersByForms(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		c.shows("the preview", c.get(secretary, m.Path()+"/notice"), 200, "THÔNG BÁO", "Gửi đến 5 đảng viên và 1 cấp ủy viên", "!Lý do gửi muộn")
		w := c.post(secretary, m.Path()+"/notice")
		c.shows("given", w, 303)
		if w.Header().Get("Location") != m.Path()+"/told" {
			t.Errorf("leads to %s", w.Header().Get("Location"))
		}
		c.shows("told", c.get(secretary, m.Path()+"/told"), 200, "0/6 người đã được báo", "Phạm Thị Xuân", "!Bùi Văn Long")
		c.shows("nobody ticked", c.post(secretary, m.Path()+"/told", "way", "phone"), 422, "Hãy chọn ít nhất một người")
		c.shows("ticked", c.post(secretary, m.Path()+"/told", "way", string(notice.Phone), "members", "xuan", "members", "tue"), 303)
		c.shows("taken back", c.post(secretary, m.Path()+"/told/tue/undo", "way", "phone"), 303)
		c.shows("no reason", c.post(lan, m.Path()+"/answer", "reply", "away", "note", "mổ mắt"), 422, "Hãy chọn một lý do", "mổ mắt")
		c.shows("excused", c.post(lan, m.Path()+"/answer", "reply", "away", "reason", "sick"), 303)
		c.shows("for another", c.post(secretary, m.Path()+"/answers/minh", "reply", "coming"), 303)
		c.shows("for a stranger", c.get(secretary, m.Path()+"/answers/nga"), 404)
		c.shows("the form", c.get(secretary, m.Path()+"/answers/lan"), 200, "Nguyễn Thị Lan", "checked")
		c.shows("noted", c.post(secretary, m.Path()+"/answers/lan/acknowledge"), 303)
		c.shows("told", c.get(secretary, m.Path()+"/told"), 200, "2/6 người đã được báo", "vắng có lý do", "sẽ dự")
		c.shows("the move", c.get(secretary, m.Path()+"/move"), 200, "2026-12-03T19:30")
		c.shows("no change", c.post(secretary, m.Path()+"/move", "starts_at", "2026-12-03T19:30", "place", m.Place, "change", "x"), 422, "chưa thay đổi")
		c.at(when.On(2026, 11, 29), 8, 0)
		c.shows("moved", c.post(secretary, m.Path()+"/move", "starts_at", "2026-12-04T19:30", "place", m.Place, "change", "hội trường có việc"), 303)
		c.shows("told anew", c.get(secretary, m.Path()+"/told"), 200, "0/6 người đã được báo", "Thông báo lần 1", "trả lời trước khi đổi giờ")
		c.shows("the member", c.get(lan, m.Path()), 200, "04/12/2026", "hội trường có việc")
		c.shows("no draft any more", c.get(secretary, m.Path()+"/notice"), 409)
	})
}

func TestHomePanel(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		home := func(who access.Person) *httptest.ResponseRecorder { return c.home(who) }
		c.shows("nothing opened", home(secretary), 200, "Mở kỳ sinh hoạt tháng 12/2026")
		c.shows("nothing for a member", home(lan), 200, "!Kỳ sinh hoạt")
		m := c.opened()
		c.shows("a draft", home(secretary), 200, "Chuẩn bị tiếp", "còn 5 ngày")
		c.shows("a draft is no member's", home(lan), 200, "!Kỳ sinh hoạt")
		c.must(c.Pages.Notify(t.Context(), secretary, m.ID, ""))
		c.shows("untold", home(secretary), 200, "Còn 6 người chưa được báo")
		c.shows("to be answered", home(lan), 200, "Tôi sẽ dự", "Chủ trì: đ/c Trần Văn Hòa", "Thông qua biên bản")
		c.at(when.On(2026, 12, 3), 19, 0)
		c.shows("today", home(secretary), 200, "Vào phòng họp", "hôm nay")
		c.advance(m, meeting.Noticed, meeting.Open)
		c.shows("the way into the room", c.get(secretary, m.Path()), 200, "/rooms/"+m.ID)
		c.shows("the way into the room", c.get(lan, m.Path()), 200, "/rooms/"+m.ID)
		c.shows("running", home(lan), 200, "đang họp", "!/rooms/"+m.ID)
		c.advance(m, meeting.Open, meeting.Closed)
		c.shows("the minutes", c.get(lan, m.Path()), 200, m.Path()+"/minutes")
		c.shows("minutes", home(secretary), 200, "Hoàn thành biên bản")
		c.advance(m, meeting.Closed, meeting.Sealed)
		c.shows("the next", home(secretary), 200, "Mở kỳ sinh hoạt tháng 1/2027")
		c.shows("the sealed one", c.get(secretary, m.Path()), 200, "!Sắp xếp", "!Gửi thông báo họp")
		c.shows("nobody's", home(clerk), 200, "!Kỳ sinh hoạt")
	})
}

// The words of a page must survive what people type.
func TestHostileWords(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		for _, word := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=1>`, "Nguyễn Thị Lan", "'; DROP TABLE meeting; --", "👩‍👩‍👧‍👦 𠮷", strings.Repeat("ạ", 90)} {
			c.shows(word, c.post(secretary, m.Path()+"/items", "kind", "discussion", "title", word, "minutes", "5", "note", word), 303)
		}
		page := c.get(secretary, m.Path())
		c.shows("the page", page, 200, "!<script>alert", "!<img src=x", "Nguyễn Thị Lan", "DROP TABLE meeting")
		items, err := meeting.Items(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		if !slices.ContainsFunc(items, func(i meeting.Item) bool {
			return i.Title == "👩‍👩‍👧‍👦 𠮷" || strings.Contains(i.Title, "𠮷")
		}) {
			t.Error("letters beyond the first plane are lost")
		}
	})
}
