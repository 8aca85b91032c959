package scenario_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/directive"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// directiveScene is a ward whose office sends something down to the first cell.
type directiveScene struct {
	scene

	page string // of the directive
}

func (s *directiveScene) refused(who, path string, status int, text string, fields ...string) {
	s.Helper()
	a := s.w.As(who).Post(path, fields...)
	if a.Status != status || !strings.Contains(a.Body, text) {
		s.Errorf("%s posts to %s: %d, want %d with %q", who, path, a.Status, status, text)
	}
}

// stage is how far the first cell has come.
func (s *directiveScene) stage() directive.Stage {
	s.Helper()
	all, err := s.w.App.Directives.Received(s.Context(), s.root, s.cell)
	if err != nil {
		s.Fatal(err)
	}
	for _, r := range all {
		if r.Path() == s.page {
			return r.Placed.Stage()
		}
	}
	s.Fatalf("%s is not among the %d directives of the cell", s.page, len(all))
	return ""
}

const asked = "Chi bộ thảo luận ba việc cần làm ngay."

// The road of a directive: a paragraph of a document is marked, it stands on the agenda
// that is prepared, is read, reminded of, passed over once, taken up and treated.
func TestADirectiveIsHandled(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		s := &directiveScene{scene: sceneOf(t, w)}
		document := s.document()
		s.sendDown(document)
		s.read(document)
		s.reminded()
		s.treated()
	})
}

func (s *directiveScene) document() string {
	ward := s.w.Account("clerk").Organization
	fields := []string{
		"organization", ward, "level", "base", "kind", "Kế hoạch", "number", "31-KH/ĐU", "date", "2026-11-20", "body", "Đảng ủy phường Sông Xanh",
		"title", "về ba việc cần làm ngay", "text", "Mở đầu.\r\n\r\n" + asked,
	}
	s.refused("secretary", "/library/documents", http.StatusForbidden, "", fields...)
	known := []string{"organization", ward, "level", "central", "kind", "Hướng dẫn", "number", "42-HD/BTCTW", "date", "2024-10-28", "body", "Ban Tổ chức Trung ương", "title", "x"}
	s.refused("clerk", "/library/documents", http.StatusUnprocessableEntity, "ngày 28/10/2025", known...)
	page := s.w.As("clerk").Sends("/library/documents", fields...)
	s.refused("committee", page+"/edit", http.StatusUnprocessableEntity, "hết hiệu lực phải sau", append(slices.Clone(fields), "until", "2026-01-01")...)
	s.see("member", page, asked, "Kế hoạch số 31-KH/ĐU")
	s.see("other member", "/library", "31-KH/ĐU")
	return strings.TrimPrefix(page, "/library/documents/")
}

func (s *directiveScene) sendDown(document string) {
	s.see("clerk", "/directives/new", "31-KH/ĐU", "42-HD/BTCTW")
	s.see("clerk", "/directives/new?document="+document, asked, "Giao đoạn này", "!Loại hình chi bộ nhận")
	s.see("clerk", "/directives/new?mark=1&document="+document, asked, "Loại hình chi bộ nhận", "!Mở đầu.")
	ward := s.w.Account("clerk").Organization
	fields := []string{"organization", ward, "document", document, "origin", "resolution", "form", "agenda", "title", "Ba việc cần làm ngay", "text", asked, "due", "2027-03-01"}
	s.refused("clerk", "/directives", http.StatusUnprocessableEntity, "Chưa có chi bộ nào nhận", fields...)
	fields = append(fields, "cells", s.cell)
	s.refused("secretary", "/directives", http.StatusForbidden, "", fields...)
	s.page = s.w.As("clerk").Sends("/directives", fields...)
	s.see("clerk", s.page, "Chưa đọc", "Có trong chương trình", "Nhắc 1 chi bộ")
	s.see("committee", "/directives", "Ba việc cần làm ngay", "0/1")
	draft := "/meetings/" + s.w.Meeting(meeting.Draft)
	s.see("secretary", draft, "Ba việc cần làm ngay", "Theo Kế hoạch số 31-KH/ĐU")
	if s.stage() != directive.Laid {
		s.Errorf("the directive is %s", s.stage())
	}
}

func (s *directiveScene) read(document string) {
	if a := s.w.As("other secretary").Get(s.page); a.Status != http.StatusNotFound {
		s.Errorf("another cell: %d", a.Status)
	}
	s.see("member", "/", "Ba việc cần làm ngay")
	s.see("secretary", "/inbox", "Đảng ủy giao: Ba việc cần làm ngay")
	s.see("committee", s.page, "Chưa đọc") // who looks from above has not acknowledged it
	s.see("member", s.page, asked, "Có trong chương trình", "!Các chi bộ nhận")
	s.see("secretary", s.page, "Đã đọc trong chi bộ", s.w.Account("member").FullName)
	s.see("clerk", s.page, "2 đồng chí", "!Chưa đọc", "!"+s.w.Account("member").FullName)
	s.see("clerk", "/library/documents/"+document, "Ba việc cần làm ngay")
}

func (s *directiveScene) reminded() {
	s.refused("member", s.page+"/remind", http.StatusForbidden, "")
	s.w.As("clerk").Sends(s.page + "/remind")
	s.refused("clerk", s.page+"/remind", http.StatusConflict, "Hôm nay đã nhắc")
	s.see("secretary", "/inbox", "Nhắc chi bộ thực hiện")
}

// treated lets the draft vanish, so that the directive waits, and takes it up for the
// meeting to which the cell is called already.
func (s *directiveScene) treated() {
	s.w.As("secretary").Sends("/meetings/" + s.w.Meeting(meeting.Draft) + "/delete")
	if s.stage() != directive.Waiting {
		s.Errorf("its draft is deleted, and the directive is %s", s.stage())
	}
	called := s.w.Meeting(meeting.Noticed)
	s.see("secretary", "/meetings/"+called, "Cấp trên giao", "Đưa vào chương trình")
	s.see("member", "/meetings/"+called, "Cấp trên giao", "!"+s.page+"/take")
	s.w.As("secretary").Sends(s.page + "/take")
	s.refused("secretary", s.page+"/take", http.StatusConflict, "đã ở trong chương trình")

	m, err := meeting.Find(s.Context(), s.w.App.DB, s.root, called)
	if err != nil {
		s.Fatal(err)
	}
	items, err := meeting.Items(s.Context(), s.w.App.DB, s.root, called)
	at := slices.IndexFunc(items, func(i meeting.Item) bool { return i.Title == "Ba việc cần làm ngay" })
	if err != nil || at < 0 {
		s.Fatalf("the item is not on the agenda: %v", err)
	}
	chair := s.w.Person("secretary")
	s.w.Clock.Set(m.StartsAt)
	s.act(chair, m, proceedings.KindOpen, proceedings.OpenBody{Began: m.StartsAt})
	s.act(chair, m, proceedings.KindItemStart, proceedings.ItemStartBody{Item: items[at].ID})
	s.act(chair, m, proceedings.KindItemFinish, proceedings.ItemFinishBody{Item: items[at].ID})
	if s.stage() != directive.Met {
		s.Errorf("treated but not sealed, and the directive is %s", s.stage())
	}
	if err := s.w.App.DB.Tx(s.Context(), func(tx *db.Tx) error { return s.w.App.Directives.Settle(s.Context(), tx, s.root, called) }); err != nil {
		s.Fatal(err)
	}
	if s.stage() != directive.Handled {
		s.Errorf("treated and sealed, and the directive is %s", s.stage())
	}
}

// act enters one act.
func (s *directiveScene) act(who access.Person, m meeting.Meeting, kind proceedings.ActKind, body any) {
	s.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		s.Fatal(err)
	}
	a := proceedings.Act{ID: id.New(), Meeting: m.ID, Kind: kind, At: when.At(s.w.Clock.Now()), Body: raw}
	if answers, err := s.w.App.Rooms.Append(s.Context(), who, m.ID, []proceedings.Act{a}); err != nil || answers[0].Err != nil {
		s.Fatalf("%s: %v %+v", kind, err, answers)
	}
}

// A directive given as work is a task of the secretary, and goes with it.
func TestADirectiveIsWork(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		s := &directiveScene{scene: sceneOf(t, w)}
		ward := w.Account("clerk").Organization
		fields := []string{
			"organization", ward, "number", "42-HD/BTCTW", "date", "2025-10-28", "origin", "programme", "form", "task",
			"title", "Rà soát hồ sơ đảng viên", "text", asked, "cells", s.cell,
		}
		s.refused("committee", "/directives", http.StatusUnprocessableEntity, "cần có hạn", fields...)
		fields = append(fields, "due", "2027-01-15")
		s.page = s.w.As("committee").Sends("/directives", fields...)
		s.see("secretary", "/tasks", "Rà soát hồ sơ đảng viên")
		if s.stage() != directive.Working {
			t.Errorf("given as work, the directive is %s", s.stage())
		}
		s.refused("clerk", s.page+"/withdraw", http.StatusUnprocessableEntity, "lý do", "reason", " ")
		s.refused("secretary", s.page+"/withdraw", http.StatusForbidden, "", "reason", "x")
		s.w.As("clerk").Sends(s.page+"/withdraw", "reason", "Gửi nhầm")
		s.see("secretary", s.page, "Gửi nhầm", "Đã thu hồi")
		s.see("secretary", "/tasks", "!Rà soát hồ sơ đảng viên")
		s.refused("clerk", s.page+"/remind", http.StatusConflict, "đã thu hồi")
	})
}
