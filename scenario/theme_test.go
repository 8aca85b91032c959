package scenario_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/theme"
)

// themeScene is the first cell of a world with its plan.
type themeScene struct{ scene }

// upload sends a file as a page does.
func (s themeScene) upload(who, path, name string, data []byte) int {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	s.must(form.WriteField("unmarked", "true"))
	file, err := form.CreateFormFile("file", name)
	s.must(err)
	_, err = file.Write(data)
	s.must(err)
	s.must(form.Close())
	r := httptest.NewRequestWithContext(s.Context(), http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return s.w.As(who).Do(r).Status
}

var january = when.Month{Year: 2027, Month: 1}

// The road of a theme: planned, approved by the committee, its report sent by the
// member, taken by the draft of the month, seen by the superior as a date, judged.
func TestATheme(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		s := themeScene{sceneOf(t, w)}
		e := s.plan()
		s.approve(e)
		s.report(e)
		s.take(e)
		s.byItself()
		s.quarters()
		s.judge()
	})
}

// planned returns the theme of a title.
func (s themeScene) planned(month when.Month, title string) theme.Entry {
	s.Helper()
	plan, err := theme.Plan(s.Context(), s.w.App.DB, s.root, s.cell, month, month)
	s.must(err)
	at := slices.IndexFunc(plan, func(e theme.Entry) bool { return e.Title == title })
	if at < 0 {
		s.Fatalf("no theme %q in %s", title, month)
	}
	return plan[at]
}

func (s themeScene) plan() theme.Entry {
	s.see("member", "/", "!Quý IV chưa có chuyên đề")
	if a := s.w.As("secretary").Post("/themes?cell="+s.cell, "title", "", "month", "2027-01", "kind", "ordinary", "due", "2027-02-01"); a.Status != http.StatusUnprocessableEntity ||
		!strings.Contains(a.Body, "Ghi tên chuyên đề") || !strings.Contains(a.Body, "trước khi hết tháng") || !strings.Contains(a.Body, "cách sinh hoạt") {
		s.Errorf("an empty theme: %d", a.Status)
	}
	if a := s.w.As("member").Post("/themes?cell="+s.cell, "title", "x", "month", "2027-01", "kind", "combined"); a.Status != http.StatusForbidden {
		s.Errorf("a member plans: %d", a.Status)
	}
	s.w.As("secretary").Sends("/themes?cell="+s.cell, "title", "Chuyển đổi số ở tổ dân phố", "month", "2027-01", "kind", "combined",
		"presenter", s.w.Account("member").Member, "questions", "Ai còn vướng thủ tục?\r\nĐảng viên giúp thế nào?")
	s.see("secretary", "/themes?year=2027", "Chuyển đổi số ở tổ dân phố", "Chờ duyệt", "hạn báo cáo 02/01/2027", "Đã có kế hoạch")
	s.see("member", "/", "Đồng chí được giao chuyên đề")
	return s.planned(january, "Chuyển đổi số ở tổ dân phố")
}

func (s themeScene) approve(e theme.Entry) {
	if a := s.w.As("minute-taker").Post(e.Path() + "/approve"); a.Status != http.StatusForbidden {
		s.Errorf("who is not of the committee approves: %d", a.Status)
	}
	if a := s.w.As("secretary").Post(e.Path()+"/approve", "approved_on", "2026-12-24"); a.Status != http.StatusUnprocessableEntity {
		s.Errorf("approved on a day to come: %d", a.Status)
	}
	s.w.As("deputy").Sends(e.Path()+"/approve", "approved_on", "2026-11-30")
	s.see("member", e.Path(), "Chi ủy duyệt ngày 30/11/2026", "Ai còn vướng thủ tục?")
	if a := s.w.As("other secretary").Get(e.Path()); a.Status != http.StatusNotFound {
		s.Errorf("the theme of another cell: %d", a.Status)
	}
}

func (s themeScene) report(e theme.Entry) {
	pdf := []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
	if status := s.upload("probationary", e.Path()+"/files", "bao-cao.pdf", pdf); status != http.StatusNotFound {
		s.Errorf("somebody else sends the report: %d", status)
	}
	if status := s.upload("member", e.Path()+"/files", "bao-cao.pdf", pdf); status != http.StatusSeeOther {
		s.Fatalf("the presenter sends the report: %d", status)
	}
	files, err := library.Files(s.Context(), s.w.App.DB, s.root, theme.FileUse, e.ID)
	if err != nil || len(files) != 1 {
		s.Fatalf("kept %d files, %v", len(files), err)
	}
	for who, want := range map[string]int{"member": http.StatusOK, "deputy": http.StatusOK, "probationary": http.StatusNotFound, "other member": http.StatusNotFound} {
		if a := s.w.As(who).Get("/files/" + files[0].ID); a.Status != want {
			s.Errorf("%s opens the report before the notice: %d", who, a.Status)
		}
	}
}

// take lets the draft that is there already treat the theme.
func (s themeScene) take(e theme.Entry) {
	draft := s.w.Meeting(meeting.Draft)
	s.see("secretary", "/meetings/"+draft, "Tháng này có chuyên đề trong kế hoạch", "Đưa vào chương trình")
	s.w.As("secretary").Sends(e.Path() + "/take")
	m, err := meeting.Find(s.Context(), s.w.App.DB, s.root, draft)
	s.must(err)
	if m.Kind != meeting.Combined || m.Theme != e.Title {
		s.Errorf("the draft is the %s meeting of theme %q", m.Kind, m.Theme)
	}
	s.onAgenda(m, s.w.Account("member").Member, 2, 1)
	if got, found, err := theme.Of(s.Context(), s.w.App.DB, s.root, m.ID); err != nil || !found || got.ID != e.ID {
		s.Errorf("the theme of the meeting: %v, %v", found, err)
	}
	if a := s.w.As("secretary").Post(e.Path() + "/delete"); a.Status != http.StatusConflict {
		s.Errorf("a theme is deleted under its meeting: %d", a.Status)
	}
	d := m.Details()
	d.Kind, d.Theme = meeting.Ordinary, ""
	s.must(s.w.App.Meetings.Revise(s.Context(), s.w.Person("secretary"), m.ID, d))
	if now := s.planned(january, e.Title); now.Meeting != "" {
		s.Errorf("an ordinary meeting holds the theme")
	}
}

// onAgenda wants presenter, questions and papers of a theme in its meeting.
func (s themeScene) onAgenda(m meeting.Meeting, presenter string, questions, papers int) {
	s.Helper()
	items, err := meeting.Items(s.Context(), s.w.App.DB, s.root, m.ID)
	s.must(err)
	at := slices.IndexFunc(items, func(i meeting.Item) bool { return i.Kind == meeting.Theme })
	if at < 0 || items[at].Presenter != presenter {
		s.Errorf("the presenter is not on the agenda: %+v", items)
	}
	asked, err := meeting.Questions(s.Context(), s.w.App.DB, s.root, m.ID)
	s.must(err)
	there, err := meeting.Papers(s.Context(), s.w.App.DB, s.root, m.ID)
	s.must(err)
	if len(asked) != questions || len(there) != papers {
		s.Errorf("%d questions and %d papers, want %d and %d", len(asked), len(there), questions, papers)
	}
}

// byItself opens a month for which a theme is planned, and a theme that people type
// enters the plan.
func (s themeScene) byItself() {
	ctx, app, who := s.Context(), s.w.App, s.w.Person("secretary")
	february := january.Next()
	_, err := app.Themes.Add(ctx, who, s.cell, theme.Draft{Month: february, Kind: meeting.Combined, Title: "Phòng cháy", Questions: "Lối thoát nạn nào còn bị chắn?"})
	s.must(err)
	m, err := app.Meetings.Convene(ctx, who, s.cell, meeting.Convening{Kind: meeting.Ordinary, Month: february})
	s.must(err)
	if m.Kind != meeting.Combined || m.Theme != "Phòng cháy" {
		s.Errorf("February has the %s meeting of theme %q", m.Kind, m.Theme)
	}
	s.onAgenda(m, "", 1, 0)
	e := s.planned(february, "Phòng cháy")
	s.w.As("secretary").Sends(e.Path()+"/edit", "title", "Tên khác", "presenter", s.w.Account("deputy").Member, "questions", "Lối thoát nạn nào còn bị chắn?\nAi kiểm tra?")
	s.onAgenda(m, s.w.Account("deputy").Member, 2, 0)
	typed, err := app.Meetings.Convene(ctx, who, s.cell, meeting.Convening{Kind: meeting.Thematic, Month: february, StartsAt: when.On(2027, 2, 20).At(8, 0), Theme: "Học tập và làm theo Bác"})
	s.must(err)
	if e := s.planned(february, "Học tập và làm theo Bác"); e.Meeting != typed.ID || e.Approved() {
		s.Errorf("what was typed stands in the plan as %+v", e)
	}
	s.must(app.Meetings.Delete(ctx, who, typed.ID))
	if e := s.planned(february, "Học tập và làm theo Bác"); e.Meeting != "" {
		s.Errorf("a deleted meeting treats a theme")
	}
}

// quarters shows the superior form and dates of the cells below, and no titles.
func (s themeScene) quarters() {
	plan, err := theme.Plan(s.Context(), s.w.App.DB, s.root, s.cell, january.Add(-1), january.Add(-1))
	if err != nil || len(plan) == 0 {
		s.Fatalf("December has no theme: %v", err)
	}
	title := plan[0].Title
	s.see("secretary", "/themes?year=2026", title)
	for _, who := range []string{"committee", "clerk"} {
		s.see(who, "/themes/cells?year=2026", "Chi bộ Tổ dân phố 1", "Đã có kế hoạch", "Không sinh hoạt", "!"+title)
	}
	if a := s.w.As("other secretary").Get("/themes?cell=" + s.cell); a.Status != http.StatusNotFound {
		s.Errorf("another cell reads the plan: %d", a.Status)
	}
	s.see("other member", "/themes/cells", "!Chi bộ Tổ dân phố 1")
	q, err := theme.QuarterOf(s.Context(), s.w.App.DB, s.root, s.cell, when.Quarter{Year: 2026, N: 1}, worldtest.Now.Date())
	if err != nil || q.Met() || q.Duty != theme.Missed {
		s.Errorf("the first quarter of 2026: %+v, %v", q, err)
	}
	for _, form := range []string{"pdf", "docx"} {
		if a := s.w.As("member").Get("/themes/plan." + form + "?year=2027"); a.Status != http.StatusOK || len(a.Body) < 2000 {
			s.Errorf("the plan as %s: %d, %d bytes", form, a.Status, len(a.Body))
		}
	}
}

// judge lets the cell say what a theme was worth, once its meeting is over.
func (s themeScene) judge() {
	e := s.planned(january.Next(), "Phòng cháy")
	if a := s.w.As("secretary").Post(e.Path()+"/rating", "rating", "useful"); a.Status != http.StatusConflict {
		s.Errorf("rated before the meeting: %d", a.Status)
	}
	s.must(s.w.App.DB.Tx(s.Context(), func(tx *db.Tx) error {
		if err := meeting.Advance(s.Context(), tx, s.root, e.Meeting, meeting.Draft, meeting.Open, worldtest.Now); err != nil {
			return err
		}
		return meeting.Advance(s.Context(), tx, s.root, e.Meeting, meeting.Open, meeting.Closed, worldtest.Now)
	}))
	if err := s.w.App.Themes.Judge(s.Context(), s.w.Person("secretary"), e.ID, theme.Judgement{Rating: "ten of ten"}); !fault.Is(err, fault.Invalid) {
		s.Errorf("a rating that is none: %v", err)
	}
	s.w.As("secretary").Sends(e.Path()+"/rating", "rating", "practical", "remark", "Làm được ngay.", "result", "Đã dọn ba lối thoát nạn.")
	s.see("member", e.Path(), "Thiết thực, làm được ngay", "Làm được ngay.", "Đã dọn ba lối thoát nạn", "!name=\"rating\"")
	if a := s.w.As("secretary").Post(e.Path()+"/edit", "title", "x"); a.Status != http.StatusConflict {
		s.Errorf("a theme is changed after its meeting: %d", a.Status)
	}
}
