package proceedings

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"chibo/kit/when"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestWholeEvening(t *testing.T) {
	t.Parallel()
	s := whole(t).state
	if s.Phase != Closed || s.Opening.Chair != "hoa" || s.Opening.MinuteTaker != "minh" {
		t.Errorf("phase %s, opening %+v", s.Phase, s.Opening)
	}
	want := Tally{Listed: 5, Here: 4, Came: 4, Late: 1, Excused: 1, Counted: 4, CountedCame: 4, Official: 4, Entitled: 3, Base: 3}
	if diff := cmp.Diff(want, s.Tally()); diff != "" {
		t.Errorf("tally: %s", diff)
	}
	v := s.Votes[0]
	wantResult := Result{For: 2, Against: 1, Entitled: 3, Base: 3, Needed: 2, Passed: true}
	if diff := cmp.Diff(wantResult, v.Result, cmpopts.IgnoreFields(Result{}, "Rule")); diff != "" || !v.IsClosed() {
		t.Errorf("result: %s", diff)
	}
	if j := s.Judged[0]; j.Verdict != DoneLate || j.Reached != 38 {
		t.Errorf("verdict: %+v", j)
	}
	if v := s.Voices(); len(v.Spoke) != 1 || v.Came != 4 || len(s.Silent()) != 3 {
		t.Errorf("spoke %+v, silent %d", v, len(s.Silent()))
	}
	for n, spent := range []time.Duration{4 * time.Minute, 2 * time.Minute, 13 * time.Minute} {
		if i := s.Items[n]; i.Progress != Done || i.Spent(s.Closing.At) != spent {
			t.Errorf("%s: %s, %s, want %s", i.Title, i.Progress, i.Spent(s.Closing.At), spent)
		}
	}
	if got := s.Missing(); len(got) != 0 {
		t.Errorf("missing at the end: %+v", got)
	}
	if s.Name("khach") != "Đỗ Văn Lâm" || s.Name("nobody") != "" {
		t.Error("names of guests")
	}
}

func TestLeavingAndComing(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.arrive("hoa")
	came := e.now
	e.do(KindAttendance, AttendanceBody{Member: "hoa", Status: Left})
	a := e.state.Roll[0]
	if a.Here() || !a.Came() || a.Arrived != came || a.LeftAt != e.now {
		t.Errorf("left: %+v", a)
	}
	e.do(KindAttendance, AttendanceBody{Member: "hoa", Status: Present})
	if a := e.state.Roll[0]; !a.Here() || a.Arrived != came || !a.LeftAt.IsZero() {
		t.Errorf("back again: %+v", a)
	}
	e.do(KindAttendance, AttendanceBody{Member: "hoa", Status: Unmarked})
	if a := e.state.Roll[0]; a.Came() || !a.Arrived.IsZero() {
		t.Errorf("undone: %+v", a)
	}
}

func TestItemsMayMove(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.do(KindOpen, OpenBody{})
	e.do(KindItemStart, ItemStartBody{Item: "thao-luan"})
	started := e.now
	added := e.do(KindItemAdd, ItemAddBody{Title: "Việc đột xuất", Minutes: 5, After: "mo-dau"})
	if got := e.state.Items[1]; got.ID != added || got.Title != "Việc đột xuất" {
		t.Errorf("added item: %+v", got)
	}
	e.do(KindItemStart, ItemStartBody{Item: added})
	e.do(KindItemStart, ItemStartBody{Item: "thao-luan"})
	e.do(KindItemSkip, ItemSkipBody{Item: "thang-truoc", Reason: "Chưa có báo cáo"})
	i, _ := e.state.Item("thao-luan")
	if i.Started != started || i.Spent(e.now) != 3*time.Minute {
		t.Errorf("taken up again: started %s, spent %s", i.Started, i.Spent(e.now))
	}
	if cur, _ := e.state.Current(); cur.ID != "thao-luan" {
		t.Errorf("current: %s", cur.ID)
	}
	if next, ok := e.state.Next(); !ok || next.ID != "mo-dau" {
		t.Errorf("next after the last is the first ahead: %s", next.ID)
	}
}

func TestCorrections(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.arrive("hoa", "minh", "huy")
	e.do(KindOpen, OpenBody{})
	o := e.do(KindOpinion, OpinionBody{Speaker: "huy", Stance: Inform, Text: "Đã nộp"})
	e.do(KindCorrect, correction(t, o, "nhầm người", OpinionBody{Speaker: "minh", Stance: Inform, Text: "Đã nộp đủ"}))
	got := e.state.Opinions[0]
	if got.Speaker != "minh" || got.Text != "Đã nộp đủ" || got.Act != o || got.Corrected != e.now {
		t.Errorf("corrected: %+v", got)
	}
	if e.state.Roll[1].Spoke != 1 || e.state.Roll[2].Spoke != 0 {
		t.Error("who spoke follows the correction")
	}
	e.do(KindCorrect, CorrectBody{Corrects: o, Because: "không phát biểu", Void: true})
	if len(e.state.Opinions) != 0 {
		t.Errorf("void: %+v", e.state.Opinions)
	}
	e.do(KindCorrect, correction(t, o, "", OpinionBody{Speaker: "huy", Stance: Agree}))
	if len(e.state.Opinions) != 1 || e.state.Opinions[0].Speaker != "huy" {
		t.Errorf("taken back: %+v", e.state.Opinions)
	}
	if len(e.state.Acts()) != 8 {
		t.Errorf("nothing is lost: %d acts", len(e.state.Acts()))
	}
}

func TestCorrectedRollMovesResults(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.arrive("hoa", "minh", "huy")
	tai := e.do(KindAttendance, AttendanceBody{Member: "tai", Status: Present})
	e.do(KindOpen, OpenBody{})
	v := e.do(KindVoteOpen, VoteOpenBody{Matter: MatterResolution, Question: "Thông qua"})
	e.do(KindVoteCount, VoteCountBody{Vote: v, For: 3})
	e.do(KindVoteClose, VoteCloseBody{Vote: v})
	if r := e.state.Votes[0].Result; r.Base != 4 || r.Other != 1 {
		t.Fatalf("before: %+v", r)
	}
	e.do(KindAttendance, AttendanceBody{Member: "tai", Status: Left})
	if r := e.state.Votes[0].Result; r.Base != 4 {
		t.Errorf("a closed vote keeps its base: %+v", r)
	}
	e.do(KindCorrect, correction(t, tai, "không đến", AttendanceBody{Member: "tai", Status: Excused}))
	if r := e.state.Votes[0].Result; r.Base != 3 || r.Other != 0 || !r.Passed {
		t.Errorf("after: %+v", r)
	}
}

func TestWhatIsLeftToTheNextMeeting(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	if left := e.state.Unsettled(); len(left) != 1 || left[0].Subject != "y-kien-cu" || left[0].From != uuid(0xa002) {
		t.Errorf("what was left stays left: %+v", left)
	}
	e.do(KindOpen, OpenBody{})
	due := when.On(2027, 1, 3)
	e.do(KindDestiny, DestinyBody{Opinion: "y-kien-cu", Fate: Explained, Text: "Đã có thùng rác."})
	study := e.do(KindOpinion, OpinionBody{Speaker: "huy", Stance: Propose, Text: "Sửa đèn ngõ"})
	e.do(KindDestiny, DestinyBody{Opinion: study, Fate: ToStudy, Who: "minh", Due: due})
	up := e.do(KindOpinion, OpinionBody{Speaker: "mai", Stance: Ask, Text: "Bao giờ làm đường?"})
	e.do(KindDestiny, DestinyBody{Opinion: up, Fate: PassedUp})
	word := e.do(KindGuidance, GuidanceBody{Speaker: "khach", Text: "Chú ý phòng cháy."})
	want := []Pending{
		{study, "study", "Sửa đèn ngõ", "minh", due, uuid(0xa000)},
		{up, "passed", "Bao giờ làm đường?", "", when.Date{}, uuid(0xa000)},
		{word, "remark", "Chú ý phòng cháy.", "", when.Date{}, uuid(0xa000)},
	}
	if diff := cmp.Diff(want, e.state.Unsettled()); diff != "" {
		t.Error(diff)
	}
}

func TestGuests(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	other := e.do(KindGuest, GuestBody{Name: "Ngô Thị Lan", Office: "Tổ trưởng tổ dân phố"})
	if announced, came := e.state.Guests[0], e.state.Guests[1]; announced.Here || !came.Here || came.ID != other {
		t.Errorf("before: %+v", e.state.Guests)
	}
	mark := e.do(KindGuest, GuestBody{Guest: "khach"})
	if !e.state.Guests[0].Here || e.state.Guests[0].Name != "Đỗ Văn Lâm" {
		t.Errorf("marked: %+v", e.state.Guests[0])
	}
	e.do(KindCorrect, CorrectBody{Corrects: mark, Void: true})
	if e.state.Guests[0].Here {
		t.Error("the mark was taken back")
	}
	e.do(KindOpen, OpenBody{})
	e.do(KindGuidance, GuidanceBody{Speaker: "khach", Text: "Chúc chi bộ."})
	if !e.state.Guests[0].Here {
		t.Error("who spoke was there")
	}
}

func TestWordingMayBeTakenBack(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.do(KindOpen, OpenBody{})
	e.do(KindWording, WordingBody{Passage: "mo-dau", Text: "Đồng chí Bí thư khai mạc."})
	before := e.state
	e.do(KindWording, WordingBody{Passage: "mo-dau"})
	if len(e.state.Wordings) != 0 || before.Wordings["mo-dau"].Text == "" {
		t.Errorf("wordings: now %v, before %v", e.state.Wordings, before.Wordings)
	}
}

func TestUnreadableActsStayInTheLog(t *testing.T) {
	t.Parallel()
	s := Begin(setup())
	for n, body := range []string{`{`, `[]`, `null`, `{"member":7}`, `{"member":"ghost","status":"present"}`} {
		s = Fold(s, Act{ID: uuid(n + 1), Kind: KindAttendance, At: began, Body: json.RawMessage(body)})
	}
	s = Fold(s, Act{ID: uuid(99), Kind: "dance", At: began})
	if len(s.Acts()) != 6 || s.Tally().Here != 0 {
		t.Errorf("%d acts, %d here", len(s.Acts()), s.Tally().Here)
	}
}

// questions are what may be put to a vote: by hand, on paper, an election.
var questions = []VoteOpenBody{
	{Matter: MatterResolution, Question: "?"},
	{Matter: MatterAdmission, Question: "?"},
	{Matter: MatterElection, Question: "?", Post: SecretaryPost, Seats: 1, Candidates: []string{"hoa", "minh"}},
}

// draw makes any act at all: clocks that disagree, references to what comes
// later or never, corrections of corrections, two acts that claim one id.
func draw(t *rapid.T, n int) Act {
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	some := func() string { return uuid(rapid.IntRange(1, 12).Draw(t, "ref")) }
	member := pick("member", "hoa", "minh", "huy", "tai", "mai", "ghost")
	item := pick("item", "mo-dau", "thang-truoc", "thao-luan", some())
	bodies := map[ActKind]any{
		KindOpen:          OpenBody{Chair: member},
		KindAttendance:    AttendanceBody{Member: member, Status: Status(pick("status", "present", "late", "left", "excused", "unmarked"))},
		KindGuest:         GuestBody{Name: "Khách", Guest: pick("guest", "", "khach", some())},
		KindItemStart:     ItemStartBody{Item: item},
		KindItemFinish:    ItemFinishBody{Item: item},
		KindItemAdd:       ItemAddBody{Title: "Thêm", After: item},
		KindItemSkip:      ItemSkipBody{Item: item, Reason: "vì"},
		KindSpeakAsk:      SpeakAskBody{Item: item, Speaker: member},
		KindSpeakWithdraw: SpeakWithdrawBody{Request: some()},
		KindSpeakStart:    SpeakStartBody{Item: item, Speaker: member, Request: pick("ask", "", some())},
		KindSpeakEnd:      SpeakEndBody{Turn: some()},
		KindOpinion:       OpinionBody{Item: item, Speaker: member, Stance: Differ, Text: "khác"},
		KindDestiny:       DestinyBody{Opinion: some(), Fate: Explained, Text: "rõ"},
		KindVerdict:       VerdictBody{Task: "viec-cu", Verdict: Verdict(pick("verdict", "well", "done"))},
		KindTask:          TaskBody{Title: "Việc", Owners: []string{member}},
		KindVoteOpen:      rapid.SampledFrom(questions).Draw(t, "question"),
		KindVoteCount:     VoteCountBody{Vote: some(), For: rapid.IntRange(0, 5).Draw(t, "for")},
		KindVoteSheet:     VoteSheetBody{Vote: some(), Issued: rapid.IntRange(0, 5).Draw(t, "issued"), Returned: rapid.IntRange(0, 5).Draw(t, "returned"), For: rapid.IntRange(0, 5).Draw(t, "for"), Votes: []string{"2", "1"}, Head: "hoa"},
		KindNominate:      NominateBody{Post: SecretaryPost, Members: []string{member, "hoa"}},
		KindWithdraw:      WithdrawBody{Post: SecretaryPost, Member: member, For: rapid.IntRange(0, 5).Draw(t, "hands")},
		KindVoteClose:     VoteCloseBody{Vote: some()},
		KindWording:       WordingBody{Passage: item, Text: pick("text", "", "khác", "nữa")},
		KindAdopt:         AdoptBody{Vote: some()},
		KindClose:         CloseBody{},
		KindCorrect:       map[string]any{"corrects": some(), "void": rapid.Bool().Draw(t, "void"), "member": member, "text": "sửa"},
	}
	kinds := make([]string, 0, len(bodies))
	for k := range bodies {
		kinds = append(kinds, string(k))
	}
	kind := ActKind(rapid.SampledFrom(sorted(kinds)).Draw(t, "kind"))
	raw, err := json.Marshal(bodies[kind])
	if err != nil {
		t.Fatal(err)
	}
	return Act{
		ID: uuid(rapid.IntRange(1, 12).Draw(t, fmt.Sprint("id", n))), Kind: kind, Body: raw,
		At:  began.Add(time.Duration(rapid.IntRange(0, 20).Draw(t, "minute")) * time.Minute),
		Seq: int64(rapid.IntRange(0, 3).Draw(t, "seq")),
	}
}

func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var acts []Act
		for n := range rapid.IntRange(1, 25).Draw(t, "acts") {
			acts = append(acts, draw(t, n))
		}
		want := Replay(setup(), acts)
		got := Begin(setup())
		for _, n := range rapid.Permutation(indexes(len(acts))).Draw(t, "order") {
			got = Fold(got, acts[n])
			got = Fold(got, acts[n])
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("states differ:\n%s", cmp.Diff(want, got, cmp.AllowUnexported(State{}, logged{}, Item{})))
		}
	})
}

func TestFoldLeavesTheOldStateAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var acts []Act
		for n := range rapid.IntRange(1, 15).Draw(t, "acts") {
			acts = append(acts, draw(t, n))
		}
		s := Replay(setup(), acts)
		Fold(s, draw(t, 99))
		if again := Replay(setup(), acts); !reflect.DeepEqual(s, again) {
			t.Fatalf("old state changed:\n%s", cmp.Diff(again, s, cmp.AllowUnexported(State{}, logged{}, Item{})))
		}
	})
}

// Counting the roll and judging a vote hold whatever happened before.
func TestCountsHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := Begin(setup())
		for n := range rapid.IntRange(0, 40).Draw(t, "acts") {
			a := draw(t, n)
			a.At = began.Add(time.Duration(n) * time.Minute)
			if Accept(s, a) == nil {
				s = Fold(s, a)
			}
		}
		y := s.Tally()
		if y.Came+y.Excused+y.Unexcused+y.Unmarked != y.Listed || y.Entitled > y.Base || y.Base > y.Official || y.CountedCame > y.Counted {
			t.Fatalf("tally does not add up: %+v", y)
		}
		for _, v := range s.Votes {
			r := v.Result
			if !v.IsClosed() || !v.Possible() {
				continue
			}
			whole, passed := r.Entitled, v.Rule.Passes(r.For, r.Base)
			if sheet := v.Last().Sheet; sheet != nil {
				whole = sheet.Valid()
			}
			if v.Race.Held() {
				whole, passed = 0, len(r.Outcome.Elected) == v.Race.Seats
			}
			if r.For+r.Against+r.Other != whole || r.Passed != passed {
				t.Fatalf("result does not add up: %+v", r)
			}
		}
		if _, orphan := s.Blocked(); orphan && s.Phase == Closed {
			t.Fatalf("closed with a gap: %+v", s.Missing())
		}
	})
}

func TestMeetingDayAcrossMidnight(t *testing.T) {
	t.Parallel()
	late := when.On(2028, 2, 29).At(23, 59)
	s := Begin(Setup{StartsAt: late})
	s = Fold(s, Act{ID: uuid(1), Kind: KindOpen, At: late.Add(2 * time.Minute), Body: json.RawMessage(`{}`)})
	if got := s.Day(); got != when.On(2028, 3, 1) {
		t.Errorf("opened after midnight: %s", got)
	}
	s = Begin(Setup{StartsAt: late})
	if got := s.Day(); got != when.On(2028, 2, 29) {
		t.Errorf("before: %s", got)
	}
}

// BenchmarkReplay folds an evening of 500 acts in a cell of 60.
func BenchmarkReplay(b *testing.B) {
	with := setup()
	for n := range 60 {
		with.Roll = append(with.Roll, Person{ID: uuid(n), Name: "Nguyễn Văn Nam", Votes: true, Summoned: true, Counts: true})
	}
	var acts []Act
	for n := range 500 {
		body := OpinionBody{Item: "thao-luan", Speaker: uuid(n % 60), Stance: Inform, Text: "Nhất trí với dự thảo nghị quyết."}
		raw, err := json.Marshal(body)
		if err != nil {
			b.Fatal(err)
		}
		acts = append(acts, Act{ID: uuid(1000 + n), Kind: KindOpinion, At: began.Add(time.Duration(n) * time.Second), Body: raw})
	}
	for b.Loop() {
		Replay(with, acts)
	}
}
