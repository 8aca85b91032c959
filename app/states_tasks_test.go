package app_test

import (
	"net/url"
	"slices"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/directive"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/task"
)

// taskStates are tasks: mới giao, đang làm và đã báo khó khăn, đã báo xong, chưa xong phải
// chuyển kỳ sau, chi bộ đã kết luận, đã rút lại.
var taskStates = kind{
	name: "tasks", letters: "glxckr", aside: "aside", relations: []string{"người được giao"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		owner, root := h.known["member"].Member, h.known["member"].Root
		return record{
			places: map[string]string{"{id}": h.task(t, state, root, owner)},
			form:   func(path string) url.Values { return formOfTask(path, owner) },
			as: func(who access.Person, _ string) access.Person {
				who.Root, who.Member = root, owner
				return who
			},
		}
	},
}

// task gives somebody a task and brings it to a state.
func (h *house) task(t *testing.T, state, root, owner string) string {
	t.Helper()
	ctx, s, secretary := t.Context(), h.w.App.Tasks, h.known["secretary"]
	given, err := s.GiveBetween(ctx, secretary, task.Draft{
		Organization: h.cell, Origin: task.ByLeader, Title: "Vận động hiến đất", DoneWhen: "Đủ mười hộ", Owners: []string{owner}, Due: worldtest.Now.Date(),
	})
	must(t, err)
	judge := func(v task.Verdict) {
		j := task.Judgement{Verdict: v, Cause: "Mưa", Remedy: "Làm bù", Meeting: h.w.Meeting(meeting.Open), By: secretary.Member, At: worldtest.Now}
		must(t, h.w.App.DB.Tx(ctx, func(tx *db.Tx) error { return task.Judge(ctx, tx, root, given.ID, j) }))
	}
	if state != "g" {
		must(t, s.Report(ctx, secretary, given.ID, task.Report{Text: "Được sáu hộ", Difficulty: "Hai hộ đi vắng", For: owner}))
	}
	switch state {
	case "x":
		must(t, s.Report(ctx, secretary, given.ID, task.Report{Text: "Xong", Done: true, For: owner}))
	case "c":
		judge(task.NotDone)
		must(t, h.w.App.DB.Tx(ctx, func(tx *db.Tx) error {
			_, err := task.Carry(ctx, tx, root, h.cell, task.Carrying{From: h.w.Meeting(meeting.Open), To: h.w.Meeting(meeting.Draft), By: secretary.Member, At: worldtest.Now})
			return err
		}))
	case "k":
		judge(task.Done)
	case "r":
		must(t, s.Withdraw(ctx, secretary, given.ID, "Không cần nữa"))
	}
	now, err := task.Find(ctx, h.w.App.DB, root, given.ID)
	must(t, err)
	want := []task.State{task.Given, task.Doing, task.DoneReported, task.Carried, task.Judged, task.Withdrawn}[slices.Index([]string{"g", "l", "x", "c", "k", "r"}, state)]
	if now.State != want {
		t.Fatalf("the task is %s, want %s", now.State, want)
	}
	return given.ID
}

func formOfTask(path, owner string) url.Values {
	switch path {
	case "/tasks/{id}/report":
		return url.Values{"text": {"Được bảy hộ"}, "reached": {"0"}, "for": {owner}}
	case "/tasks/{id}/change":
		return url.Values{
			"title": {"Vận động hiến đất"}, "done_when": {"Đủ tám hộ"}, "owners": {owner}, "target": {"0"},
			"due": {worldtest.Now.Date().AddDays(9).String()}, "reason": {"Mưa nhiều"},
		}
	case "/tasks/{id}/help":
		return url.Values{"answer": {"Chi ủy cùng đi"}}
	case "/tasks/{id}/urge":
		return url.Values{"words": {"Sắp đến hạn"}, "way": {"phone"}}
	}
	return url.Values{"reason": {"Không cần nữa"}}
}

// directiveStates are directives to be done that a committee sends to the first cell: đã gửi, đã thành
// nhiệm vụ của chi bộ, đã rút lại.
var directiveStates = kind{
	name: "directives", letters: "gnr", aside: "aside",
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		clerk := h.known["clerk"]
		d, err := h.w.App.Directives.Send(t.Context(), clerk, directive.Order{
			Organization: clerk.Grants[0].Organization, Number: "42-HD/BTCTW", Date: when.On(2025, 10, 28), Origin: directive.Committee, Form: directive.ForWork, Due: worldtest.Now.Date().AddDays(20),
			Title: "Quán triệt hướng dẫn", Text: "Chuẩn bị sinh hoạt", Cells: []string{h.cell},
		})
		must(t, err)
		switch state {
		case "g": // it was given as a task at once, and the cell has taken that back
			given, err := db.One[string](t.Context(), h.w.App.DB, `SELECT task_id FROM directive_delivery WHERE directive_id = $1`, d.ID)
			must(t, err, h.w.App.Tasks.Withdraw(t.Context(), h.known["secretary"], given, "Chờ họp"))
		case "r":
			must(t, h.w.App.Directives.Withdraw(t.Context(), clerk, d.ID, "Gửi nhầm"))
		}
		return record{places: map[string]string{"{id}": d.ID}, form: func(string) url.Values { return url.Values{"reason": {"Gửi nhầm"}} }}
	},
}
