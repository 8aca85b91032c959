package task

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chibo/kit/fault"
	"chibo/kit/when"
)

var (
	third = when.Date{Year: 2026, Month: 12, Day: 3}
	hoa   = "hoa"
)

func given() Task {
	t := Task{Root: "r", ID: "t", Organization: "c", Title: "Vận động ký cam kết", Owners: []string{hoa}, Due: third, Target: 12, Unit: "hộ", Origin: AtMeeting, Meeting: "m11", GivenAt: when.Date{Year: 2026, Month: 11, Day: 3}.At(20, 0)}
	return t
}

// after lets events happen one after the other and stops at the first refusal.
func after(t Task, events ...Event) (Task, error) {
	for _, e := range events {
		var err error
		if t, _, err = t.After(e); err != nil {
			return t, err
		}
	}
	return t, nil
}

func judged(v Verdict) Event { return Event{Kind: WasJudged, Verdict: v, Cause: "c", Remedy: "r"} }

func TestAfter(t *testing.T) {
	t.Parallel()
	give := Event{Kind: WasGiven}
	for name, tt := range map[string]struct {
		events  []Event
		want    State
		verdict Verdict
		open    bool
	}{
		"given":                            {[]Event{give}, Given, "", true},
		"urging changes nothing":           {[]Event{give, {Kind: WasUrged}}, Given, "", true},
		"a report begins it":               {[]Event{give, {Kind: Progress, Reached: 9}}, Doing, "", true},
		"reported done waits for the cell": {[]Event{give, {Kind: ReportedDone, Reached: 12}}, DoneReported, "", true},
		"done well":                        {[]Event{give, judged(Well)}, Judged, Well, false},
		"late":                             {[]Event{give, judged(Late)}, Judged, Late, false},
		"not done stays open":              {[]Event{give, judged(NotDone)}, Judged, NotDone, true},
		"reported done, then carried":      {[]Event{give, {Kind: ReportedDone}, {Kind: WasCarried, Meeting: "m1"}}, DoneReported, "", true},
		"not done, then carried":           {[]Event{give, judged(NotDone), {Kind: WasCarried, Meeting: "m1"}}, Carried, "", true},
		"a verdict is corrected":           {[]Event{give, judged(NotDone), judged(Done)}, Judged, Done, false},
		"a verdict is taken back":          {[]Event{give, judged(Done), {Kind: WasReopened}}, Given, "", true},
		"work goes on after not done":      {[]Event{give, judged(NotDone), {Kind: Progress, Reached: 10}}, Doing, "", true},
		"withdrawn":                        {[]Event{give, {Kind: WasWithdrawn, Text: "nhầm"}}, Withdrawn, "", false},
		"a withdrawal is taken back":       {[]Event{give, {Kind: WasWithdrawn, Text: "nhầm"}, {Kind: WasReopened}}, Given, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := after(given(), tt.events...)
			if err != nil {
				t.Fatal(err)
			}
			if got.State != tt.want || got.Verdict != tt.verdict || got.Open() != tt.open || got.Seq != len(tt.events) {
				t.Errorf("state %s, verdict %q, open %v, seq %d", got.State, got.Verdict, got.Open(), got.Seq)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	give, done := Event{Kind: WasGiven}, judged(Done)
	for name, tt := range map[string]struct {
		events []Event
		key    string
	}{
		"given twice":                {[]Event{give, give}, "task.refused.given"},
		"reported before given":      {[]Event{{Kind: Progress}}, "task.refused.given"},
		"reported after the verdict": {[]Event{give, done, {Kind: Progress}}, "task.refused.settled"},
		"urged after the verdict":    {[]Event{give, done, {Kind: WasUrged}}, "task.refused.settled"},
		"carried after the verdict":  {[]Event{give, done, {Kind: WasCarried}}, "task.refused.settled"},
		"judged after withdrawal":    {[]Event{give, {Kind: WasWithdrawn, Text: "nhầm"}, done}, "task.refused.settled"},
		"withdrawn without a reason": {[]Event{give, {Kind: WasWithdrawn, Text: " "}}, "task.refused.reason"},
		"no verdict to take back":    {[]Event{give, {Kind: WasReopened}}, "task.refused.not_judged"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := after(given(), tt.events...)
			if err == nil || fault.Of(err).Key != tt.key {
				t.Errorf("err = %v, state %s", err, got.State)
			}
		})
	}
}

func TestCauseAndRemedyStayWhenCarried(t *testing.T) {
	t.Parallel()
	newDay := when.Date{Year: 2027, Month: 1, Day: 20}
	j := Judgement{Verdict: NotDone, Cause: "mưa bão", Remedy: "làm lại", Due: newDay}
	got, err := after(given(), Event{Kind: WasGiven}, j.event(), Event{Kind: WasCarried, Meeting: "m1"})
	if err != nil || got.Cause != "mưa bão" || got.Remedy != "làm lại" || got.Due != newDay || got.NextMeeting != "m1" || got.CarriedTimes != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestJudgementCheck(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		j      Judgement
		fields []string
	}{
		"done":               {Judgement{Verdict: Done}, nil},
		"taken back":         {Judgement{}, nil},
		"late without cause": {Judgement{Verdict: Late}, []string{"cause"}},
		"late with cause":    {Judgement{Verdict: Late, Cause: "ốm"}, nil},
		"not done, bare":     {Judgement{Verdict: NotDone, Cause: "  "}, []string{"cause", "remedy"}},
		"unknown":            {Judgement{Verdict: "so so"}, []string{"verdict"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.fields, fieldsOf(tt.j.Check())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// fieldsOf returns the fields that a refusal names, sorted.
func fieldsOf(err error) (fields []string) {
	if err == nil {
		return nil
	}
	for f := range fault.Of(err).Fields {
		fields = append(fields, f)
	}
	slices.Sort(fields)
	return fields
}

func TestTaskCheck(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*Task)
		fields []string
	}{
		"as it is":               {func(*Task) {}, nil},
		"no day":                 {func(t *Task) { t.Due = when.Date{} }, nil},
		"due on the day given":   {func(t *Task) { t.Due = t.GivenAt.Date() }, nil},
		"due before it is given": {func(t *Task) { t.Due = t.GivenAt.Date().AddDays(-1) }, []string{"due"}},
		"a directive of nobody":  {func(t *Task) { t.Origin = ByDirective }, []string{"source"}},
		"an hour":                {func(t *Task) { t.DueTime = "15:30" }, nil},
		"an hour of no day":      {func(t *Task) { t.Due, t.DueTime = when.Date{}, "15:30" }, []string{"due_time"}},
		"no hour of the clock":   {func(t *Task) { t.DueTime = "25:00" }, []string{"due_time"}},
		"no title":               {func(t *Task) { t.Title = " " }, []string{"title"}},
		"nobody":                 {func(t *Task) { t.Owners = nil }, []string{"owners"}},
		"a number of what":       {func(t *Task) { t.Unit = "" }, []string{"unit"}},
		"less than nothing":      {func(t *Task) { t.Target = -1 }, []string{"target"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			task := given()
			tt.change(&task)
			if diff := cmp.Diff(tt.fields, fieldsOf(task.Check())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOverdueAndToCarry(t *testing.T) {
	t.Parallel()
	task, err := after(given(), Event{Kind: WasGiven})
	if err != nil {
		t.Fatal(err)
	}
	reported, _ := after(task, Event{Kind: ReportedDone})
	notDone, _ := after(task, judged(NotDone))
	again, _ := after(notDone, Event{Kind: WasCarried, Due: third.AddDays(90)})
	for name, tt := range map[string]struct {
		task           Task
		day            when.Date
		overdue, carry bool
	}{
		"a day early":             {task, third.AddDays(-1), false, false},
		"on its day":              {task, third, false, true},
		"a day late":              {task, third.AddDays(1), true, true},
		"late but reported done":  {reported, third.AddDays(1), false, true},
		"not done":                {notDone, third, false, true},
		"carried with a new day":  {again, third.AddDays(31), false, false},
		"carried, the day passed": {again, third.AddDays(91), true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.task.Overdue(tt.day.At(8, 0)); got != tt.overdue {
				t.Errorf("Overdue = %v", got)
			}
			if got := tt.task.toCarry("m12", tt.day); got != tt.carry {
				t.Errorf("toCarry = %v", got)
			}
			if tt.task.toCarry("m11", tt.day) {
				t.Error("the meeting that gave it carries it over the same evening")
			}
		})
	}
}

func TestAnHourIsKept(t *testing.T) {
	t.Parallel()
	task, err := after(given(), Event{Kind: WasGiven, Due: third, DueTime: "15:30"})
	if err != nil {
		t.Fatal(err)
	}
	for clock, want := range map[string]bool{"15:29": false, "15:30": false, "15:31": true} {
		at, err := when.ParseInstant(third.String() + "T" + clock)
		if err != nil || task.Overdue(at) != want {
			t.Errorf("at %s: overdue %v, %v", clock, task.Overdue(at), err)
		}
	}
	if moved, _ := after(task, Event{Kind: WasChanged, Due: third.AddDays(1)}); moved.DueTime != "" {
		t.Errorf("the hour %s went along to another day", moved.DueTime)
	}
}

// TestDifficulty keeps what an owner has named before the committee until it has
// answered.
func TestDifficulty(t *testing.T) {
	t.Parallel()
	give, stuck := Event{Kind: WasGiven}, Event{Kind: Progress, Difficulty: "thiếu cột"}
	answer := Event{Kind: WasHelped, Text: "mượn cột của trường"}
	for name, tt := range map[string]struct {
		events           []Event
		difficulty, help string
		needs, refused   bool
	}{
		"named":                       {[]Event{give, stuck}, "thiếu cột", "", true, false},
		"a report does not wipe it":   {[]Event{give, stuck, {Kind: Progress, Reached: 3}}, "thiếu cột", "", true, false},
		"answered":                    {[]Event{give, stuck, answer}, "thiếu cột", "mượn cột của trường", false, false},
		"over with the next report":   {[]Event{give, stuck, answer, {Kind: Progress}}, "", "", false, false},
		"another one":                 {[]Event{give, stuck, answer, {Kind: Progress, Difficulty: "mưa"}}, "mưa", "", true, false},
		"nothing to answer":           {[]Event{give, answer}, "", "", false, true},
		"answered already":            {[]Event{give, stuck, answer, answer}, "thiếu cột", "mượn cột của trường", false, true},
		"the task is done":            {[]Event{give, stuck, judged(Done)}, "thiếu cột", "", false, false},
		"carried over with the words": {[]Event{give, stuck, {Kind: WasCarried, Meeting: "m1"}}, "thiếu cột", "", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			task, err := after(given(), tt.events...)
			if fault.Is(err, fault.Conflict) != tt.refused || task.Difficulty != tt.difficulty || task.Help != tt.help || task.NeedsHelp() != tt.needs {
				t.Errorf("%q answered %q, needs help: %v, %v", task.Difficulty, task.Help, task.NeedsHelp(), err)
			}
		})
	}
}

// TestNothingIsDroppedInSilence lets anything happen to a task in any order: it is
// closed only by a verdict that says it was done, or by a withdrawal that says why.
func TestNothingIsDroppedInSilence(t *testing.T) {
	t.Parallel()
	kinds := []EventKind{WasChanged, WasUrged, Progress, ReportedDone, WasHelped, WasJudged, WasReopened, WasCarried, WasWithdrawn, WasGiven}
	rapid.Check(t, func(t *rapid.T) {
		task, err := after(given(), Event{Kind: WasGiven})
		if err != nil {
			t.Fatal(err)
		}
		last := Event{Kind: WasGiven}
		for range rapid.IntRange(0, 30).Draw(t, "events") {
			e := Event{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Reached: rapid.IntRange(0, 20).Draw(t, "reached")}
			if e.Kind == WasJudged {
				e.Verdict = rapid.SampledFrom(Verdicts).Draw(t, "verdict")
			}
			if rapid.Bool().Draw(t, "says why") {
				e.Text = "vì sao"
			}
			before := task.Seq
			next, written, err := task.After(e)
			if err != nil {
				if next.Seq != before {
					t.Fatal("a refused event left a trace")
				}
				continue
			}
			if written.Seq != before+1 || next.Seq != before+1 {
				t.Fatalf("event %d after %d", written.Seq, before)
			}
			task, last = next, written
		}
		closedByVerdict := last.Kind == WasJudged && last.Verdict != NotDone
		closedByReason := last.Kind == WasWithdrawn && last.Text != ""
		if !task.Open() && !closedByVerdict && !closedByReason {
			t.Fatalf("dropped after %+v: %+v", last, task)
		}
	})
}

func TestTally(t *testing.T) {
	t.Parallel()
	got := tally([]stateCount{
		{Given, "", false, 3},
		{Doing, "", true, 2},
		{DoneReported, "", true, 1},
		{Judged, NotDone, true, 1},
		{Judged, Well, true, 4},
		{Judged, Done, false, 2},
		{Judged, Late, true, 1},
		{Withdrawn, "", true, 5},
		{Carried, "", true, 1},
	})
	if want := (Tally{Open: 8, Overdue: 4, Judged: 7, Kept: 6}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
