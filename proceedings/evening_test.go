package proceedings

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"chibo/kit/when"
	"pgregory.net/rapid"
)

// evening is a made-up meeting for tests: a clock that runs a minute with every
// act, and a state that takes only what Accept allows.
type evening struct {
	t     *testing.T
	now   when.Instant
	next  int
	state State
	acts  []Act
}

var began = when.On(2026, 12, 3).At(19, 30)

// uuid returns the n-th id of tests.
func uuid(n int) string { return fmt.Sprintf("00000000-0000-7000-8000-%012x", n) }

func setup() Setup {
	return Setup{
		Meeting: uuid(0xa000), Title: "Sinh hoạt thường kỳ tháng 12", Kind: "ordinary",
		Organization: uuid(0xa001), Cell: "Chi bộ Tổ dân phố 5", StartsAt: began, Place: "Nhà văn hóa tổ dân phố 5",
		Chair: "hoa", MinuteTaker: "minh",
		Agenda: []Planned{
			{ID: "mo-dau", Kind: "opening", Title: "Ổn định, điểm danh", Minutes: 10},
			{ID: "thang-truoc", Kind: "review", Title: "Kiểm điểm nhiệm vụ tháng 11", Minutes: 20},
			{ID: "thao-luan", Kind: "discussion", Title: "Nhiệm vụ tháng 12, nghị quyết", Minutes: 25},
		},
		Roll: []Person{
			{ID: "hoa", Name: "Trần Văn Hòa", Standing: "official", Post: "secretary", Votes: true, Summoned: true, Counts: true},
			{ID: "minh", Name: "Lê Thị Minh", Standing: "official", Votes: true, Summoned: true, Counts: true},
			{ID: "huy", Name: "Vũ Quang Huy", Standing: "official", Votes: true, Summoned: true, Counts: true},
			{ID: "tai", Name: "Nguyễn Hữu Tài", Standing: "exempt", Votes: true},
			{ID: "mai", Name: "Phạm Mai", Standing: "probationary", Counts: true},
		},
		Guests:  []Visitor{{ID: "khach", Name: "Đỗ Văn Lâm", Office: "Ủy viên Ban Thường vụ", Organisation: "Đảng ủy phường Sông Xanh"}},
		Tasks:   []DueTask{{ID: "viec-cu", Title: "Vận động thu gom rác", Owners: []string{"huy"}, Target: 40, Unit: "hộ"}},
		Carried: []Pending{{Subject: "y-kien-cu", Kind: "study", Text: "Nghiên cứu đặt thêm thùng rác", Member: "hoa", From: uuid(0xa002)}},
		Draft:   "Chi bộ quyết nghị…",
		Rules:   RulesOn(began.Date()),
	}
}

func newEvening(t *testing.T) *evening {
	return &evening{t: t, now: began, state: Begin(setup())}
}

func (e *evening) act(kind ActKind, body any) Act {
	e.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		e.t.Fatal(err)
	}
	e.next++
	e.now = e.now.Add(time.Minute)
	return Act{ID: uuid(e.next), Meeting: e.state.Setup.Meeting, Kind: kind, At: e.now, By: "account", Body: raw}
}

// do adds an act that must be accepted and returns its id.
func (e *evening) do(kind ActKind, body any) string {
	e.t.Helper()
	a := e.act(kind, body)
	if err := Accept(e.state, a); err != nil {
		e.t.Fatalf("%s %s: %v", kind, a.Body, err)
	}
	e.state = Fold(e.state, a)
	e.acts = append(e.acts, a)
	return a.ID
}

// refused returns why an act is not accepted; it must be refused.
func (e *evening) refused(kind ActKind, body any) error {
	e.t.Helper()
	a := e.act(kind, body)
	err := Accept(e.state, a)
	if err == nil {
		e.t.Fatalf("%s %s: accepted", kind, a.Body)
	}
	return err
}

// correction is the body of an act that corrects another: three fields beside
// those of the body that holds now.
func correction(t rapid.TB, act, because string, body any) map[string]any {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]any{}
	if err := json.Unmarshal(raw, &fields); err != nil {
		t.Fatal(err)
	}
	fields["corrects"], fields["because"] = act, because
	return fields
}

func (e *evening) arrive(members ...string) {
	e.t.Helper()
	for _, m := range members {
		e.do(KindAttendance, AttendanceBody{Member: m, Status: Present})
	}
}

// whole holds a meeting from beginning to end.
func whole(t *testing.T) *evening {
	e := newEvening(t)
	e.arrive("hoa", "minh", "mai")
	e.do(KindOpen, OpenBody{})
	e.do(KindItemStart, ItemStartBody{Item: "mo-dau"})
	e.do(KindAttendance, AttendanceBody{Member: "huy", Status: Late})
	e.do(KindAttendance, AttendanceBody{Member: "tai", Status: Excused, Reason: "sick"})
	e.do(KindDues, DuesBody{Paid: 4, Owing: 1})
	e.do(KindItemStart, ItemStartBody{Item: "thang-truoc"})
	e.do(KindVerdict, VerdictBody{Task: "viec-cu", Verdict: DoneLate, Reached: 38, Cause: "Mưa kéo dài"})
	e.do(KindItemStart, ItemStartBody{Item: "thao-luan"})
	o := e.do(KindOpinion, OpinionBody{Item: "thao-luan", Speaker: "huy", Stance: Differ, Text: "Chỉ tiêu 100% là cao."})
	e.do(KindDestiny, DestinyBody{Opinion: o, Fate: Explained, Text: "Chủ tọa làm rõ, lấy 90%."})
	e.do(KindDestiny, DestinyBody{Opinion: "y-kien-cu", Fate: IntoConclusion, Text: "Đặt ở ngõ 45."})
	e.do(KindTask, TaskBody{Item: "thao-luan", Title: "Tuyên truyền ngõ 45", Owners: []string{"minh"}, Due: when.On(2026, 12, 28)})
	v := e.do(KindVoteOpen, VoteOpenBody{Item: "thao-luan", Matter: MatterResolution, Question: "Thông qua nghị quyết tháng 12"})
	e.do(KindVoteCount, VoteCountBody{Vote: v, For: 2, Against: 1, AgainstNames: []string{"huy"}})
	e.do(KindVoteClose, VoteCloseBody{Vote: v})
	e.do(KindGuidance, GuidanceBody{Speaker: "khach", Text: "Quan tâm đảng viên cao tuổi."})
	e.do(KindCommend, CommendBody{Member: "minh", Form: Praise, Text: "Ghi chép cẩn thận."})
	e.do(KindConclude, ConcludeBody{Item: "thao-luan", Text: "Chi bộ thống nhất."})
	e.do(KindReadback, ReadbackBody{})
	e.do(KindAdopt, AdoptBody{For: 4})
	e.do(KindClose, CloseBody{})
	return e
}
