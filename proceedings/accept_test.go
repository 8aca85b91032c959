package proceedings

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"chibo/kit/fault"
	"chibo/kit/when"
)

func sorted(s []string) []string { slices.Sort(s); return s }

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// reason is the message key of a refusal, with the key of its only field where it
// is about a field.
func reason(err error) string {
	f := fault.Of(err)
	for _, field := range slices.Sorted(maps.Keys(f.Fields)) {
		return field + " " + f.Fields[field]
	}
	return f.Key
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.arrive("hoa", "minh", "mai")
	e.do(KindOpen, OpenBody{})
	opinion := e.do(KindOpinion, OpinionBody{Speaker: "minh", Stance: Ask, Text: "Vì sao?"})
	vote := e.do(KindVoteOpen, VoteOpenBody{Matter: MatterResolution, Question: "Thông qua"})
	ballot := e.do(KindVoteOpen, VoteOpenBody{Matter: MatterAdmission, Question: "Kết nạp"})
	closed := e.do(KindVoteOpen, VoteOpenBody{Matter: MatterProgramme, Question: "Chương trình"})
	count := e.do(KindVoteCount, VoteCountBody{Vote: closed, For: 2})
	e.do(KindVoteClose, VoteCloseBody{Vote: closed})
	e.do(KindItemStart, ItemStartBody{Item: "mo-dau"})
	long := strings.Repeat("ơ", maxText+1)

	for _, c := range []struct {
		name string
		kind ActKind
		body any
		want string
	}{
		{"opened twice", KindOpen, OpenBody{}, "room.problem.opened"},
		{"unknown kind", "dance", struct{}{}, "room.problem.kind"},
		{"unknown field", KindNote, map[string]any{"text": "a", "texts": "b"}, "room.problem.body"},
		{"wrong type", KindNote, map[string]any{"text": 7}, "room.problem.body"},
		{"unknown member", KindAttendance, AttendanceBody{Member: "ghost", Status: Present}, "room.problem.not_on_roll"},
		{"unknown status", KindAttendance, AttendanceBody{Member: "hoa", Status: "asleep"}, "status room.problem.choice"},
		{"unknown reason", KindAttendance, AttendanceBody{Member: "hoa", Status: Excused, Reason: "lazy"}, "reason room.problem.choice"},
		{"left without coming", KindAttendance, AttendanceBody{Member: "tai", Status: Left}, "room.problem.left_before_came"},
		{"empty", KindNote, NoteBody{Text: " \n "}, "text room.problem.empty"},
		{"too long", KindNote, NoteBody{Text: long}, "text fault.long.4000"},
		{"no such item", KindNote, NoteBody{Item: "khác", Text: "a"}, "room.problem.no_item"},
		{"item runs already", KindItemStart, ItemStartBody{Item: "mo-dau"}, "room.problem.item_running"},
		{"skipped while it runs", KindItemSkip, ItemSkipBody{Item: "mo-dau", Reason: "a"}, "room.problem.item_over"},
		{"more dues than members", KindDues, DuesBody{Paid: 5, Owing: 1}, "owing room.problem.dues_sum"},
		{"differs without words", KindOpinion, OpinionBody{Speaker: "hoa", Stance: Differ}, "text room.problem.empty"},
		{"nobody speaks", KindOpinion, OpinionBody{Stance: Agree}, "speaker room.problem.speaker"},
		{"stranger speaks", KindOpinion, OpinionBody{Speaker: "ghost", Stance: Agree}, "room.problem.not_on_roll"},
		{"explained without words", KindDestiny, DestinyBody{Opinion: opinion, Fate: Explained}, "text room.problem.empty"},
		{"studied by nobody", KindDestiny, DestinyBody{Opinion: opinion, Fate: ToStudy, Due: when.On(2026, 12, 28)}, "who room.problem.who"},
		{"studied without a date", KindDestiny, DestinyBody{Opinion: opinion, Fate: ToStudy, Who: "hoa"}, "due room.problem.due"},
		{"studied before tonight", KindDestiny, DestinyBody{Opinion: opinion, Fate: ToStudy, Who: "hoa", Due: when.On(2026, 12, 2)}, "due room.problem.due_past"},
		{"destiny of nothing", KindDestiny, DestinyBody{Opinion: uuid(500), Fate: PassedUp}, "room.problem.gone"},
		{"late without cause", KindVerdict, VerdictBody{Task: "viec-cu", Verdict: DoneLate}, "cause room.problem.empty"},
		{"not done without remedy", KindVerdict, VerdictBody{Task: "viec-cu", Verdict: NotDone, Cause: "mưa"}, "remedy room.problem.empty"},
		{"unknown task", KindVerdict, VerdictBody{Task: "khác", Verdict: DoneWell}, "room.problem.gone"},
		{"task for nobody", KindTask, TaskBody{Title: "a", Due: when.On(2026, 12, 28)}, "owners room.problem.owners"},
		{"task without a date", KindTask, TaskBody{Title: "a", Owners: []string{"hoa"}}, "due room.problem.due"},
		{"task twice for one", KindTask, TaskBody{Title: "a", Owners: []string{"hoa", "hoa"}, Due: when.On(2026, 12, 28)}, "owners room.problem.twice"},
		{"matter without a rule", KindVoteOpen, VoteOpenBody{Matter: "lunch", Question: "a"}, "matter room.problem.matter"},
		{"more hands than people", KindVoteCount, VoteCountBody{Vote: vote, For: 2, Against: 1}, "for room.problem.sum"},
		{"negative hands", KindVoteCount, VoteCountBody{Vote: vote, For: -1}, "for room.problem.number"},
		{"names that do not match", KindVoteCount, VoteCountBody{Vote: vote, For: 1, Against: 1, AgainstNames: []string{"hoa", "minh"}}, "against_names room.problem.names_count"},
		{"one on both sides", KindVoteCount, VoteCountBody{Vote: vote, Against: 1, AgainstNames: []string{"hoa"}, OtherNames: []string{"hoa"}}, "other_names room.problem.twice"},
		{"probationary voter", KindVoteCount, VoteCountBody{Vote: vote, For: 1, Against: 1, AgainstNames: []string{"mai"}}, "room.problem.no_vote"},
		{"absent voter", KindVoteCount, VoteCountBody{Vote: vote, For: 1, Against: 1, AgainstNames: []string{"huy"}}, "room.problem.no_vote"},
		{"hands where there are ballots", KindVoteCount, VoteCountBody{Vote: ballot, For: 1, Against: 1, AgainstNames: []string{"hoa"}}, "room.problem.sheet"},
		{"count after the result", KindVoteCount, VoteCountBody{Vote: closed, For: 1}, "room.problem.vote_closed"},
		{"result without a count", KindVoteClose, VoteCloseBody{Vote: vote}, "room.problem.not_counted"},
		{"adopted by nobody", KindAdopt, AdoptBody{}, "for room.problem.adopt"},
		{"adopted by an open vote", KindAdopt, AdoptBody{Vote: vote}, "room.problem.vote_running"},
		{"closed with an orphan", KindClose, CloseBody{}, "room.problem.leaves_gap"},
		{"correction of nothing", KindCorrect, CorrectBody{Corrects: uuid(500), Void: true}, "room.problem.gone"},
		{"void vote that was counted", KindCorrect, CorrectBody{Corrects: closed, Void: true}, "room.problem.in_use"},
		{"impossible correction", KindCorrect, correction(t, count, "", VoteCountBody{Vote: closed, For: 3}), "for room.problem.sum"},
		{"correction with a field too many", KindCorrect, map[string]any{"corrects": opinion, "song": "a"}, "room.problem.body"},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw, err := json.Marshal(c.body)
			if err != nil {
				t.Fatal(err)
			}
			err = Accept(e.state, Act{ID: uuid(900), Kind: c.kind, At: e.now, Body: raw})
			if got := reason(err); got != c.want {
				t.Errorf("refused with %q, want %q", got, c.want)
			}
		})
	}
}

func TestBeforeTheOpening(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	if got := reason(e.refused(KindNote, NoteBody{Text: "a"})); got != "room.problem.not_open" {
		t.Error(got)
	}
	if got := reason(e.refused(KindOpen, OpenBody{Paper: true})); got != "began room.problem.began" {
		t.Error(got)
	}
	e.arrive("hoa")
	e.do(KindOpen, OpenBody{Paper: true, Began: began.Add(-3 * 3600e9)})
	if o := e.state.Opening; o.Began == o.At || !o.Paper {
		t.Errorf("both times are kept: %+v", o)
	}
}

func TestAfterTheClosing(t *testing.T) {
	t.Parallel()
	e := whole(t)
	if got := reason(e.refused(KindNote, NoteBody{Text: "a"})); got != "room.problem.closed" {
		t.Error(got)
	}
	late := e.act(KindNote, NoteBody{Text: "từ máy thứ hai"})
	late.At = e.state.Closing.At - 1
	if err := Accept(e.state, late); err != nil {
		t.Errorf("entered before the closing on another device: %v", err)
	}
	destiny := e.state.Opinions[0].Destiny.Act
	if got := reason(e.refused(KindCorrect, CorrectBody{Corrects: destiny, Void: true})); got != "room.problem.leaves_gap" {
		t.Error(got)
	}
	if got := reason(e.refused(KindCorrect, CorrectBody{Corrects: e.state.Closing.Act, Void: true})); got != "room.problem.void_frame" {
		t.Error(got)
	}
	e.do(KindObjection, ObjectionBody{Speaker: "huy", Text: "Ghi thiếu ý kiến."})
	e.do(KindCorrect, correction(t, e.state.Opinions[0].Act, "thiếu", OpinionBody{Item: "thao-luan", Speaker: "huy", Stance: Differ, Text: "Nên 90%."}))
}

func TestClosingWaitsForVotesAndAnswers(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.arrive("hoa", "minh", "huy")
	e.do(KindOpen, OpenBody{})
	o := e.do(KindOpinion, OpinionBody{Speaker: "huy", Stance: Propose, Text: "Thêm thùng rác"})
	v := e.do(KindVoteOpen, VoteOpenBody{Matter: MatterResolution, Question: "Thông qua"})
	blocking := func() (kinds []string) {
		for _, g := range e.state.Missing() {
			if g.Blocks {
				kinds = append(kinds, g.Kind)
			}
		}
		return kinds
	}
	if got := strings.Join(blocking(), " "); got != "opinion vote" {
		t.Errorf("in the way: %s", got)
	}
	e.do(KindDestiny, DestinyBody{Opinion: o, Fate: ToStudy, Who: "minh", Due: when.On(2026, 12, 28)})
	if got := reason(e.refused(KindClose, CloseBody{})); got != "room.problem.leaves_gap" {
		t.Error(got)
	}
	e.do(KindVoteCount, VoteCountBody{Vote: v, For: 3})
	e.do(KindVoteClose, VoteCloseBody{Vote: v})
	if got := blocking(); len(got) != 0 {
		t.Errorf("in the way: %v", got)
	}
	if got := reason(e.refused(KindClose, CloseBody{Ended: began.Add(-1)})); got != "ended room.problem.ended" {
		t.Error(got)
	}
	e.do(KindClose, CloseBody{})
}

func TestOwnQuorum(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.arrive("hoa")
	if !e.state.Tally().Low() {
		t.Error("one of three is low")
	}
	with := setup()
	with.QuorumNum, with.QuorumDen = 2, 3
	own := Replay(with, e.acts)
	if got := reason(Accept(own, e.act(KindOpen, OpenBody{}))); got != "room.problem.quorum" {
		t.Error(got)
	}
	e.do(KindOpen, OpenBody{}) // without a quorum of its own the cell opens
}

func TestIDs(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{
		"01939d2c-7b1e-7abc-8def-0123456789ab":  true,
		"01939D2C-7B1E-7ABC-8DEF-0123456789AB":  false,
		"01939d2c7b1e7abc8def0123456789ab":      false,
		"01939d2c-7b1e-7abc-8def-0123456789ag":  false,
		"01939d2c-7b1e-7abc-8def-0123456789ab ": false,
		"":                                      false,
	} {
		if ValidID(id) != want {
			t.Errorf("%q: want %v", id, want)
		}
	}
}

// FuzzAct: whatever arrives is refused or folded, and never breaks the meeting.
func FuzzAct(f *testing.F) {
	for k := range kinds {
		f.Add(string(k), `{"member":"hoa","status":"present","text":"a","item":"mo-dau","corrects":"`+uuid(1)+`"}`)
	}
	f.Add("correct", `{"corrects":"`+uuid(2)+`","member":"mai","status":"late"}`)
	f.Fuzz(func(t *testing.T, kind, body string) {
		e := whole(t)
		a := Act{ID: uuid(800), Kind: ActKind(kind), At: began, Body: json.RawMessage(body)}
		if err := Accept(e.state, a); err != nil && fault.Is(err, fault.Internal) {
			t.Fatalf("refused without a reason: %v", err)
		}
		after := Fold(e.state, a)
		if len(after.Acts()) != len(e.acts)+1 {
			t.Fatal("the act is not in the log")
		}
		after.Missing()
	})
}
