package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/sheet"
	"chibo/meeting"
	"chibo/task"
)

// give lets the secretary give a task to the member who can sign in, and returns
// its page.
func give(t *testing.T, w *worldtest.World) string {
	t.Helper()
	cell := w.Account("secretary").Organization
	a := w.As("secretary").Post("/tasks", "organization", cell, "title", "Treo cờ các ngõ trước ngày lễ",
		"owners", w.Account("member").Member, "due", "2026-12-20", "target", "12", "unit", "ngõ", "done_when", "đủ 12 ngõ")
	if a.Status != http.StatusSeeOther || !strings.HasPrefix(a.Location(), "/tasks/") {
		t.Fatalf("%d to %q: %s", a.Status, a.Location(), a.Body)
	}
	return a.Location()
}

func TestAnUrgentTaskIsGivenReportedAndUrged(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		page := give(t, w)
		has(t, w.As("member").Get("/inbox"), http.StatusOK, "Treo cờ các ngõ trước ngày lễ (hạn 20/12/2026)")
		has(t, w.As("member").Get("/tasks"), http.StatusOK, "Treo cờ các ngõ", "0/12 ngõ", "Việc đột xuất")
		has(t, w.As("member").Get("/"), http.StatusOK, "Treo cờ các ngõ")

		has(t, w.As("member").Post(page+"/report", "reached", "9", "text", "còn ba ngõ", "difficulty", "thiếu cột"), http.StatusSeeOther)
		has(t, w.As("secretary").Get("/inbox"), http.StatusOK, "Có khó khăn cần giúp ở việc: Treo cờ")
		has(t, w.As("secretary").Get("/tasks?view=difficult"), http.StatusOK, "Treo cờ", "9/12 ngõ")

		has(t, w.As("secretary").Post(page+"/urge", "words", "Sắp đến ngày rồi"), http.StatusSeeOther)
		has(t, w.As("member").Get("/inbox"), http.StatusOK, "Nhắc đồng chí về việc: Treo cờ")

		member := w.Account("member").Member
		has(t, w.As("deputy").Post(page+"/report", "for", member, "reached", "12", "done", "true"), http.StatusSeeOther)
		history := w.As("member").Get(page)
		has(t, history, http.StatusOK, "Báo đã làm xong", "ghi giúp đồng chí", "còn ba ngõ", "Sắp đến ngày rồi", "Báo xong, chờ đánh giá")
	})
}

// TestBetweenTwoMeetings walks a task of the superior through what happens between
// two meetings: a difficulty is answered, day and owner change, and all of it stays
// to be read.
func TestBetweenTwoMeetings(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		secretary, owner := w.Account("secretary"), w.Account("member").Member
		fields := []string{
			"organization", secretary.Organization, "origin", "directive", "title", "Rà soát hộ nghèo cuối năm", "owners", owner,
			"due", "2026-12-02", "due_time", "15:30",
		}
		has(t, w.As("secretary").Post("/tasks", fields...), http.StatusUnprocessableEntity, "Hãy ghi văn bản chỉ đạo")
		page := w.As("secretary").Post("/tasks", append(fields, "source", "Công văn 12-CV/ĐU, 20/11/2026")...).Location()
		has(t, w.As("member").Get(page), http.StatusOK, "Chỉ đạo của cấp trên", "Công văn 12-CV/ĐU", "15:30")

		has(t, w.As("member").Post(page+"/report", "text", "đang làm", "difficulty", "hai hộ đi vắng"), http.StatusSeeOther)
		has(t, w.As("deputy").Get("/"), http.StatusOK, "Khó khăn đang chờ chi ủy trả lời", "hai hộ đi vắng")
		has(t, w.As("member").Post(page+"/help", "answer", "tự trả lời"), http.StatusForbidden)
		has(t, w.As("deputy").Post(page+"/help", "answer", "gọi điện cho người thân"), http.StatusSeeOther)
		has(t, w.As("deputy").Post(page+"/help", "answer", "lần nữa"), http.StatusConflict)
		has(t, w.As("member").Get("/inbox"), http.StatusOK, "Chi ủy đã trả lời khó khăn")
		if a := w.As("deputy").Get("/"); strings.Contains(a.Body, "hai hộ đi vắng") {
			t.Error("what was answered still waits")
		}

		change := []string{"title", "Rà soát hộ nghèo cuối năm", "owners", owner, "owners", secretary.Member, "due", "2026-12-20"}
		has(t, w.As("secretary").Post(page+"/change", change...), http.StatusUnprocessableEntity, "Hãy ghi lý do sửa")
		change = append(change, "source", "Công văn 12-CV/ĐU, 20/11/2026", "reason", "chờ hai hộ về")
		has(t, w.As("secretary").Post(page+"/change", change...), http.StatusSeeOther)
		has(t, w.As("secretary").Post(page+"/urge", "way", "phone", "words", "nhớ đi lại"), http.StatusSeeOther)
		has(t, w.As("member").Get(page), http.StatusOK, "02/12/2026, 15:30 → 20/12/2026", "chờ hai hộ về", "Gọi điện", "nhớ đi lại", "gọi điện cho người thân")
	})
}

// TestLedger narrows the ledger, and takes it away.
func TestLedger(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		page := give(t, w)
		owner, cell := w.Account("member").Member, w.Account("secretary").Organization
		for query, there := range map[string]bool{
			"?view=open&q=treo+co+ngo":                          true,
			"?view=open&q=treo+den":                             false,
			"?view=open&owner=" + owner:                         true,
			"?view=open&owner=" + w.Account("secretary").Member: false,
			"?view=all&origin=leader":                           true,
			"?view=all&origin=directive":                        false,
			"?view=all&meeting=" + w.Meeting(meeting.Sealed):    false,
			"?view=overdue":                                     false,
		} {
			if a := w.As("member").Get("/tasks" + query); a.Status != http.StatusOK || strings.Contains(a.Body, page) != there {
				t.Errorf("%s: %d, the task is there: %v", query, a.Status, !there)
			}
		}
		has(t, w.As("member").Get("/tasks?view=resolutions"), http.StatusOK, "việc đến hạn, trong")
		has(t, w.As("secretary").Get("/tasks/people"), http.StatusOK, "Việc của đồng chí", "Treo cờ các ngõ")
		has(t, w.As("member").Get("/tasks/table?view=open&unit="+cell), http.StatusOK, "Treo cờ các ngõ", "12 ngõ")
		book := w.As("member").Get("/tasks/ledger.xlsx?view=open&q=treo+co")
		has(t, book, http.StatusOK)
		sheets, err := sheet.Read([]byte(book.Body))
		if err != nil || len(sheets) != 1 || len(sheets[0].Rows) != 4 || sheets[0].Rows[3].Cell(1).Text != "Treo cờ các ngõ trước ngày lễ" {
			t.Errorf("%+v, %v", sheets, err)
		}
		has(t, w.As("other member").Get("/tasks/table?view=open&unit="+cell), http.StatusOK)
		if a := w.As("other member").Get("/tasks/table?view=open&unit=" + cell); strings.Contains(a.Body, "Treo cờ các ngõ") {
			t.Error("another cell reads the ledger")
		}
	})
}

func TestFormsComeBackWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		cell := w.Account("secretary").Organization
		has(t, w.As("secretary").Post("/tasks", "organization", cell, "title", "Trồng cây <b>", "due", "32/13/2026"),
			http.StatusUnprocessableEntity, "Trồng cây &lt;b&gt;", "Hãy nhập ngày")
		has(t, w.As("secretary").Post("/tasks", "organization", cell, "title", "Trồng cây", "target", "5", "owners", w.Account("other member").Member),
			http.StatusUnprocessableEntity, "Trồng cây", "Có người không còn trong danh sách chi bộ")
		page := give(t, w)
		has(t, w.As("member").Post(page+"/report", "reached", "0"), http.StatusUnprocessableEntity, "Hãy ghi kết quả")
		has(t, w.As("secretary").Post(page+"/withdraw", "reason", " "), http.StatusUnprocessableEntity, "Hãy ghi lý do")
		has(t, w.As("secretary").Post(page+"/withdraw", "reason", "giao nhầm người"), http.StatusSeeOther)
		has(t, w.As("member").Post(page+"/report", "text", "xong"), http.StatusConflict, "đã khép lại")
		has(t, w.As("member").Get("/inbox"), http.StatusOK, "Việc đã giao được rút lại")
	})
}

// TestWhoReachesWhat sends everybody to the page of a task.
func TestWhoReachesWhat(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		page := give(t, w)
		for _, tt := range []struct {
			who                         string
			see, report, urge, withdraw int
		}{
			{"secretary", 200, 303, 303, 303},
			{"deputy", 200, 303, 303, 303},
			{"member", 200, 303, 403, 403},
			{"probationary", 200, 403, 403, 403},
			{"other secretary", 404, 404, 404, 404},
			{"other member", 404, 404, 403, 403},
			{"stranger", 303, 401, 401, 401},
		} {
			page := page
			if tt.withdraw == http.StatusSeeOther {
				page = give(t, w)
			}
			v := w.As(tt.who)
			for action, want := range map[string]int{"": tt.see, "/report": tt.report, "/urge": tt.urge} {
				var a worldtest.Answer
				if action == "" {
					a = v.Get(page)
				} else {
					a = v.Post(page+action, "text", "đã làm", "words", "nhanh lên")
				}
				if a.Status != want {
					t.Errorf("%s %s: %d, want %d", tt.who, action, a.Status, want)
				}
			}
			if a := v.Post(page+"/withdraw", "reason", "nhầm"); a.Status != tt.withdraw {
				t.Errorf("%s /withdraw: %d, want %d", tt.who, a.Status, tt.withdraw)
			}
		}
	})
}

func TestTasksOfAMeeting(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		sealed := w.Meeting(meeting.Sealed)
		tasks, err := task.OfMeeting(t.Context(), w.App.DB, w.Person("secretary").Root, sealed)
		if err != nil || len(tasks) == 0 {
			t.Fatalf("%d tasks, %v", len(tasks), err)
		}
		has(t, w.As("secretary").Get("/meetings/"+sealed), http.StatusOK, tasks[0].Title)
		has(t, w.As("member").Get("/tasks?view=settled"), http.StatusOK, "Hoàn thành")
	})
}
