package visit_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/visit"
)

var day = when.On(2026, 12, 3)

func TestCheckOfARemark(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		remark visit.Remark
		want   map[string]string
	}{
		{"done well", visit.Remark{Head: visit.Conduct, Mark: visit.Good, Text: "Thảo luận sôi nổi"}, nil},
		{"with a remedy", visit.Remark{Head: visit.Chairing, Mark: visit.Wrong, Text: "Không biểu quyết", Remedy: "Biểu quyết lại", Due: day}, nil},
		{"empty", visit.Remark{}, map[string]string{"head": "visit.problem.head", "mark": "visit.problem.mark", "text": "visit.problem.text"}},
		{"blank", visit.Remark{Head: visit.Conduct, Mark: visit.Good, Text: " "}, map[string]string{"text": "visit.problem.text"}},
		{"a remedy without a day", visit.Remark{Head: visit.Conduct, Mark: visit.Missing, Text: "Thiếu", Remedy: "Làm"}, map[string]string{"due": "visit.problem.due"}},
		{"a day without a remedy", visit.Remark{Head: visit.Conduct, Mark: visit.Missing, Text: "Thiếu", Due: day}, map[string]string{"remedy": "visit.problem.remedy"}},
		{"due before the meeting", visit.Remark{Head: visit.Conduct, Mark: visit.Missing, Text: "Thiếu", Remedy: "Làm", Due: day.AddDays(-1)}, map[string]string{"due": "visit.problem.due_past"}},
		{"mending what is done well", visit.Remark{Head: visit.Conduct, Mark: visit.Good, Text: "Tốt", Remedy: "Làm", Due: day}, map[string]string{"remedy": "visit.problem.good_remedy"}},
		{"too long", visit.Remark{Head: visit.Conduct, Mark: visit.Good, Text: strings.Repeat("ờ", 1001)}, map[string]string{"text": "visit.problem.long"}},
	} {
		err := tt.remark.Check(day)
		if (err == nil) != (tt.want == nil) {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if err != nil {
			if diff := cmp.Diff(tt.want, fault.Of(err).Fields); diff != "" {
				t.Errorf("%s: %s", tt.name, diff)
			}
		}
	}
}

// TestRoad goes the ways of a visit: nothing follows an end, an answer follows a sheet.
func TestRoad(t *testing.T) {
	t.Parallel()
	begins := day.At(19, 30)
	one := []visit.Remark{{Text: "Thiếu"}}
	for _, s := range []meeting.State{meeting.Closed, meeting.Sealed} {
		if _, err := visit.Assign(meeting.Meeting{State: s}, "m", ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("somebody is sent to a meeting that is %s: %v", s, err)
		}
	}
	v, err := visit.Assign(meeting.Meeting{State: meeting.Noticed}, "m", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.Finish(one, begins, begins-1, "m"); fault.Of(err).Key != "visit.problem.early" {
		t.Errorf("finished before the meeting: %v", err)
	}
	if _, err := v.Finish(nil, begins, begins, "m"); fault.Of(err).Key != "visit.problem.empty" {
		t.Errorf("finished with nothing in it: %v", err)
	}
	if _, err := v.Reply("Tiếp thu", begins, "s"); !fault.Is(err, fault.Conflict) {
		t.Errorf("answered before it was finished: %v", err)
	}
	if _, err := v.End(visit.Refused, " ", begins, "m"); !fault.Is(err, fault.Invalid) {
		t.Errorf("refused without a reason: %v", err)
	}
	finished, err := v.Finish(one, begins, begins, "m")
	if err != nil || finished.State != visit.Finished {
		t.Fatal(finished.State, err)
	}
	refused, err := v.End(visit.Refused, "Đi công tác", begins, "m")
	if err != nil || refused.State.Stands() {
		t.Fatal(refused.State, err)
	}
	for _, ended := range []visit.Visit{finished, refused} {
		if _, err := ended.End(visit.Recalled, "Đổi người", begins, "x"); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s is called back: %v", ended.State, err)
		}
		if _, err := ended.Finish(one, begins, begins, "m"); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s is finished: %v", ended.State, err)
		}
	}
	if answered, err := finished.Reply("Tiếp thu", begins, "s"); err != nil || answered.AnsweredBy != "s" {
		t.Error(answered, err)
	}
}

func TestEchoes(t *testing.T) {
	t.Parallel()
	earlier := []visit.Past{
		{Text: "Thảo luận còn ít, kết luận chưa rõ.", Cell: "cũ", StartsAt: day.AddDays(-60).At(19, 30)},
		{Text: "thảo luận CÒN ít; kết luận chưa rõ", Cell: "mới", StartsAt: day.AddDays(-30).At(19, 30)},
		{Text: "Làm tốt", Cell: "mới", StartsAt: day.AddDays(-30).At(19, 30)},
	}
	for _, tt := range []struct {
		name, text, want string
	}{
		{"word for word, the newest is named", "Thao luan con it – ket luan chua ro!", "mới"},
		{"two words say nothing", "Làm tốt.", ""},
		{"other words", "Thảo luận còn ít, kết luận đã rõ", ""},
		{"more words", "Thảo luận còn ít, kết luận chưa rõ, không ai hỏi", ""},
		{"no words", "…", ""},
	} {
		cell := ""
		if got := visit.Echoes([]visit.Remark{{Text: tt.text}}, earlier); len(got) > 0 {
			cell = got[0].Before.Cell
		}
		if cell != tt.want {
			t.Errorf("%s: found %q, want %q", tt.name, cell, tt.want)
		}
	}
}
