package rating

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// TestTheCapOfTheWorkedExample counts as section 4.2 of the rules of the field does:
// twelve members, ten of them good or better by points, three of these excellent.
func TestTheCapOfTheWorkedExample(t *testing.T) {
	t.Parallel()
	list := Count{Excellent: 3, Good: 7, Done: 2}
	for _, tt := range []struct {
		cap           Cap
		allowed, over int
		words         string
	}{
		{DefaultCap(), 2, 1, "Tối đa 2 đồng chí: 20% của 10 đồng chí xếp loại tốt trở lên = 2, làm tròn xuống. Danh sách có 3 đồng chí xuất sắc, vượt 1."},
		{Cap{Beside, UsualShare, ""}, 1, 2, "Tối đa 1 đồng chí: số xuất sắc không quá 20% số xếp loại tốt còn lại: 10 × 20 : 120 = 1,66, làm tròn xuống. Danh sách có 3 đồng chí xuất sắc, vượt 2."},
		{Cap{Within, WiderShare, "12-QĐ/ĐU"}, 2, 1, "Tối đa 2 đồng chí: 25% của 10 đồng chí xếp loại tốt trở lên = 2,5 (tỷ lệ 25% theo 12-QĐ/ĐU), làm tròn xuống. Danh sách có 3 đồng chí xuất sắc, vượt 1."},
	} {
		if got := tt.cap.Allowed(list.Base()); got != tt.allowed {
			t.Errorf("%v allows %d, want %d", tt.cap, got, tt.allowed)
		}
		if got := tt.cap.Over(list); got != tt.over {
			t.Errorf("%v: %d over, want %d", tt.cap, got, tt.over)
		}
		if got := tt.cap.Words(list); got != tt.words {
			t.Errorf("%v says %q", tt.cap, got)
		}
	}
}

// TestTheCapHolds: what is allowed keeps the share, one more would not; more people
// who are good never allow fewer; the narrow reading never allows more.
func TestTheCapHolds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.SampledFrom([]int{UsualShare, WiderShare}).Draw(t, "share")
		base := rapid.IntRange(0, 400).Draw(t, "base")
		within, beside := Cap{Within, share, ""}, Cap{Beside, share, ""}
		a, b := within.Allowed(base), beside.Allowed(base)
		if 100*a > share*base || 100*(a+1) <= share*base && base > 0 {
			t.Fatalf("within: %d of %d at %d%%", a, base, share)
		}
		if 100*b > share*(base-b) || 100*(b+1) <= share*(base-b-1) {
			t.Fatalf("beside: %d of %d at %d%%", b, base, share)
		}
		if b > a || a > within.Allowed(base+1) || b > beside.Allowed(base+1) {
			t.Fatalf("of %d: %d within, %d beside, then %d and %d", base, a, b, within.Allowed(base+1), beside.Allowed(base+1))
		}
	})
}

// TestEveryNumberOfPointsLiesInOneBand, and more points never in a worse one.
func TestEveryNumberOfPointsLiesInOneBand(t *testing.T) {
	t.Parallel()
	found := map[Level][2]int{}
	for p := range MaxPoints + 1 {
		l := Band(p)
		b, seen := found[l]
		switch {
		case !seen:
			b = [2]int{p, p}
		case b[1] != p-1:
			t.Errorf("%s holds %d and %v: it has a hole", l, p, b)
		default:
			b[1] = p
		}
		found[l] = b
	}
	want := map[Level][2]int{NotDone: {0, 49}, Done: {50, 69}, Good: {70, 89}, Excellent: {90, 100}}
	for l, b := range want {
		if found[l] != b || l.Least() != b[0] {
			t.Errorf("%s: %v, least %d, want %v", l, found[l], l.Least(), b)
		}
	}
}

func TestLawOn(t *testing.T) {
	t.Parallel()
	for day, want := range map[when.Date]string{
		when.On(2026, 12, 1): "366-QĐ/TW", when.On(2025, 8, 30): "366-QĐ/TW", when.On(2025, 8, 29): "124-QĐ/TW",
		when.On(2023, 10, 4): "124-QĐ/TW", when.On(2020, 1, 1): "132-QĐ/TW",
	} {
		if got := LawOn(day).Number; got != want {
			t.Errorf("on %s %s is in force, want %s", day, got, want)
		}
	}
}

func TestConditions(t *testing.T) {
	t.Parallel()
	all := Facts{Well: 7, Done: 3, Beyond: 3, Countable: 4}
	for name, tt := range map[string]struct {
		level Level
		form  Form
		facts Facts
		want  string // key=truth, those that people have to say left out
	}{
		"excellent by the facts":               {Excellent, Outside, all, "all_done=holds on_time=holds beyond=holds"},
		"all well":                             {Good, Outside, Facts{Well: 2}, "all_done=holds on_time=holds quality=holds"},
		"nothing is known":                     {Excellent, Outside, Facts{}, ""},
		"one late":                             {Good, Outside, Facts{Well: 1, Late: 1}, "all_done=holds on_time=fails"},
		"one not done":                         {Good, Outside, Facts{Well: 4, NotDone: 1}, "all_done=fails on_time=fails quality=fails"},
		"one waits":                            {Good, Outside, Facts{Well: 4, Waiting: 1}, ""},
		"not done and one waits":               {Good, Outside, Facts{NotDone: 1, Waiting: 1}, "all_done=fails on_time=fails quality=fails"},
		"too few beyond":                       {Excellent, Outside, Facts{Well: 10, Beyond: 2, Countable: 10}, "all_done=holds on_time=holds quality=holds beyond=fails"},
		"too few beyond, the rest not counted": {Excellent, Outside, Facts{Well: 10, Beyond: 2, Countable: 9}, "all_done=holds on_time=holds quality=holds"},
		"a fifth late":                         {Done, Serving, Facts{Done: 4, Late: 1}, "all_done=holds few_late=holds"},
		"more than a fifth late":               {Done, Serving, Facts{Done: 3, Late: 1}, "all_done=holds few_late=fails"},
		"a fifth late, another may be":         {Done, Serving, Facts{Done: 3, Late: 1, Waiting: 1}, ""},
		"half not done is not most":            {NotDone, Leader, Facts{Done: 1, NotDone: 1}, "most_undone=fails"},
		"most not done":                        {NotDone, Leader, Facts{Done: 1, NotDone: 2}, "most_undone=holds"},
		"most may be not done":                 {NotDone, Leader, Facts{Done: 1, NotDone: 1, Waiting: 1}, ""},
		"a cell did seven tenths":              {NotDone, Collective, Facts{Done: 7, NotDone: 3}, "below=fails"},
		"a cell did less":                      {NotDone, Collective, Facts{Done: 6, NotDone: 4}, "below=holds"},
		"a cell may have done enough":          {NotDone, Collective, Facts{Done: 6, NotDone: 2, Waiting: 2}, ""},
	} {
		var got []string
		for _, c := range Conditions(tt.level, tt.form, tt.facts) {
			if c.Truth != Unknown {
				got = append(got, c.Key+"="+string(c.Truth))
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %q, want %q", name, s, tt.want)
		}
	}
}

// TestAVerdictSettlesNothingAgain: what the facts have settled with a task waiting
// stays so whatever its verdict will be.
func TestAVerdictSettlesNothingAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := func(name string) int { return rapid.IntRange(0, 8).Draw(t, name) }
		f := Facts{Well: n("well"), Done: n("done"), Late: n("late"), NotDone: n("not done"), Waiting: 1 + n("waiting")}
		after := f
		after.Waiting--
		*rapid.SampledFrom([]*int{&after.Well, &after.Done, &after.Late, &after.NotDone}).Draw(t, "verdict")++
		for _, form := range Forms {
			for _, l := range Levels {
				later := Conditions(l, form, after)
				for i, c := range Conditions(l, form, f) {
					if c.Truth != Unknown && c.Truth != later[i].Truth {
						t.Fatalf("%s of %s: %s, after one more verdict %s (%+v, %+v)", c.Key, l, c.Truth, later[i].Truth, f, after)
					}
				}
			}
		}
	})
}

func TestPointsOfTheProgramAddUp(t *testing.T) {
	t.Parallel()
	for _, f := range Forms {
		var most []int
		for _, l := range LinesOf(f, nil) {
			most = append(most, l.Max)
		}
		if general, results := Sums(LinesOf(f, nil), most); general != GeneralPoints || results != ResultPoints {
			t.Errorf("form %s: %d + %d", f, general, results)
		}
	}
	lines := LinesOf(Outside, []int{20, 10, 30, 30, 10})
	if lines[0].Max != 20 || lines[4].Max != 10 {
		t.Errorf("the points of the committee do not count: %+v", lines)
	}
	if err := CheckPoints(lines, []int{20, 10, 30, 30, 11}); err == nil {
		t.Error("more points than the line has are taken")
	}
	if err := CheckPoints(lines, []int{20, 0, 30, 30, 10}); err != nil {
		t.Error(err)
	}
}

func TestCaseOf(t *testing.T) {
	t.Parallel()
	last := when.On(2026, 12, 31)
	for name, tt := range map[string]struct {
		standing member.Standing
		admitted when.Date
		want     Case
		rated    bool
	}{
		"official":                 {member.Official, when.On(2000, 1, 1), Ordinary, true},
		"day of admission unknown": {member.Official, when.Date{}, Ordinary, true},
		"six months to the day":    {member.Probationary, when.On(2026, 6, 30), Ordinary, true},
		"a day less":               {member.Probationary, when.On(2026, 7, 1), New, false},
		"exempt":                   {member.Exempt, when.On(1970, 1, 1), Exempt, false},
		"suspended":                {member.Suspended, when.On(1990, 1, 1), Suspended, false},
		"belongs elsewhere":        {member.Here, when.On(1990, 1, 1), Guest, false},
		"lives elsewhere":          {member.Away, when.On(1990, 1, 1), Away, true},
		"new and elsewhere":        {member.Away, when.On(2026, 9, 1), New, false},
	} {
		e := member.Entry{Member: member.Member{AdmittedOn: tt.admitted}, Standing: tt.standing}
		if got := CaseOf(e, last); got != tt.want || got.Rated() != tt.rated {
			t.Errorf("%s: %q, rated %v", name, got, got.Rated())
		}
	}
}

func TestVotes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule    Rule
		votes   Votes
		carried Level
		words   string
	}{
		{Rule{Base: 20}, Votes{Excellent: 14, Good: 3}, Excellent, "xuất sắc 14/20 = 70%; tốt 3/20 = 15%; vắng hoặc không bỏ phiếu 3: mức xuất sắc được quá nửa (cần 11/20)."},
		{Rule{Base: 20}, Votes{Excellent: 10, Good: 10}, "", "xuất sắc 10/20 = 50%; tốt 10/20 = 50%: chưa mức nào được quá nửa (cần 11/20)."},
		{Rule{Base: 20, TwoThirds: true}, Votes{Good: 13, Invalid: 1}, "", "tốt 13/20 = 65%; không hợp lệ 1; vắng hoặc không bỏ phiếu 6: chưa mức nào được ít nhất hai phần ba (cần 14/20)."},
		{Rule{Base: 12, TwoThirds: true}, Votes{Good: 8}, Good, "tốt 8/12 = 66,7%; vắng hoặc không bỏ phiếu 4: mức tốt được ít nhất hai phần ba (cần 8/12)."},
	} {
		if err := tt.rule.Check(tt.votes); err != nil {
			t.Error(err)
		}
		if got, _ := tt.rule.Carried(tt.votes); got != tt.carried {
			t.Errorf("%+v carries %q, want %q", tt.votes, got, tt.carried)
		}
		if got := tt.rule.Words(tt.votes); got != tt.words {
			t.Errorf("%+v: %q", tt.votes, got)
		}
	}
	if err := (Rule{Base: 12}).Check(Votes{Excellent: 7, Good: 6}); err == nil {
		t.Error("more votes than members are taken")
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	november := when.Month{Year: 2026, Month: 11}
	for span, want := range map[Span]string{
		Yearly: "năm 2026 2026-01-01 2026-12-31", Quarterly: "quý IV/2026 2026-10-01 2026-12-31", Monthly: "tháng 11/2026 2026-11-01 2026-11-30",
	} {
		p := PeriodOf(span, november)
		if got := p.Name() + " " + p.First().String() + " " + p.Last().String(); got != want {
			t.Errorf("%s: %s, want %s", span, got, want)
		}
	}
}

func TestFormFor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind  organization.Kind
		leads bool
		want  Form
	}{
		{organization.Residential, true, Outside},
		{organization.Agency, true, Leader},
		{organization.School, false, Serving},
		{organization.Student, false, Outside},
		{organization.StateEnterprise, false, Serving},
	} {
		if got := FormFor(tt.kind, tt.leads); got != tt.want {
			t.Errorf("%s, leads %v: %s", tt.kind, tt.leads, got)
		}
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		years, run []int
		long       bool
	}{
		{nil, nil, false},
		{[]int{2026}, []int{2026}, false},
		{[]int{2022, 2026, 2025, 2024, 2023}, []int{2022, 2023, 2024, 2025, 2026}, true},
		{[]int{2021, 2022, 2023, 2025, 2026}, []int{2025, 2026}, false},
		{[]int{2022, 2022, 2023, 2024, 2025}, []int{2022, 2023, 2024, 2025}, false},
	} {
		if run := Run(tt.years); !slices.Equal(run, tt.run) || Long(run) != tt.long {
			t.Errorf("%v: %v, long %v", tt.years, run, Long(run))
		}
	}
}

// TestCapOfAGroup: each group keeps the cap by itself, though all together would keep it.
func TestCapOfAGroup(t *testing.T) {
	t.Parallel()
	line := func(g Group, l Level) Summed { return Summed{Rating: Rating{Subject: "x", Proposal: l}, Group: g} }
	s := Summary{Policy: DefaultPolicy("", "")}
	for range 8 {
		s.Lines = append(s.Lines, line(Others, Good), line(Cells, Good))
	}
	s.Lines = append(s.Lines, line(Secretaries, Excellent), line(Secretaries, Good), line(Cells, Excellent), line(Cells, Excellent))
	for of, over := range map[Group]int{Others: 0, Secretaries: 1, Cells: 0, Committees: 0} {
		if got := s.Policy.Over(s.Count(of)); got != over {
			t.Errorf("%s goes over by %d, want %d: %s", of, got, over, s.Words(of))
		}
	}
	if want := "Tối đa 2 chi bộ: 20% của 10 chi bộ xếp loại tốt trở lên = 2, làm tròn xuống. Danh sách có 2 chi bộ xuất sắc, trong tỷ lệ."; s.Words(Cells) != want {
		t.Errorf("%s\nwant %s", s.Words(Cells), want)
	}
	if got := groupOf("m", []organization.Post{organization.CommitteeMember, organization.Secretary}); got != Secretaries {
		t.Errorf("a secretary counts as %s", got)
	}
}

// TestSelfReviewsAreAskedForInTime: whatever the day on which a round is opened, the days
// that stand in the form leave the three working days of HD 43-HD/BTCTW (31/10/2025,
// 2.1a) between the self-reviews and the review. Tết of 2026 and 2027 lies within.
func TestSelfReviewsAreAskedForInTime(t *testing.T) {
	t.Parallel()
	for today := when.On(2026, 1, 1); today.Before(when.On(2028, 1, 1)); today = today.AddDays(1) {
		o := first("cell", today)
		working := 0
		for day := o.SelfBy; day.Before(o.ReviewOn); day = day.AddDays(1) {
			if !organization.DayOff(day) {
				working++
			}
		}
		if working < 3 || !today.Before(o.SelfBy) {
			t.Errorf("opened on %s: self-reviews by %s, review on %s, %d working days", today, o.SelfBy, o.ReviewOn, working)
		}
	}
	if got := SentBy(when.On(2026, 12, 7), organization.DayOff); got != when.On(2026, 12, 2) { // a Monday, Wednesday before
		t.Errorf("sent by %s", got)
	}
}

// TestLevelInQuestion: the names of the levels stand inside one another.
func TestLevelInQuestion(t *testing.T) {
	t.Parallel()
	for question, want := range map[string]Level{
		"Xếp loại đồng chí Lan mức Hoàn thành xuất sắc nhiệm vụ": Excellent, "hoàn thành tốt": Good, "Đồng chí Hòa: hoàn thành nhiệm vụ": Done,
		"Không hoàn thành nhiệm vụ": NotDone, "không hoàn thành": NotDone, "Xếp loại đồng chí Lan": "",
	} {
		if got := levelIn(question); got != want {
			t.Errorf("%q asks for %q, want %q", question, got, want)
		}
	}
}
