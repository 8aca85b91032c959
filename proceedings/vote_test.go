package proceedings

import (
	"strings"
	"testing"

	"chibo/kit/when"
	"pgregory.net/rapid"
)

func rule(t *testing.T, day when.Date, m Matter) Rule {
	t.Helper()
	r, ok := find(RulesOn(day), func(r Rule) bool { return r.Matter == m })
	if !ok {
		t.Fatalf("no rule for %s on %s", m, day)
	}
	return r
}

// cell makes a roll: official members, of whom some are away for a time and some
// are exempt and absent; the others are in the room.
func cell(official, away, exemptAbsent int) []Attendee {
	var roll []Attendee
	for n := range official {
		a := Attendee{Person: Person{Votes: true, Summoned: true, Counts: true}, Status: Present}
		switch {
		case n < away:
			a.Person, a.Status = Person{}, Unmarked
		case n < away+exemptAbsent:
			a.Person, a.Status = Person{Votes: true}, Unmarked
		}
		roll = append(roll, a)
	}
	return roll
}

func TestRulesOfVoting(t *testing.T) {
	t.Parallel()
	day := when.On(2026, 12, 3)
	for _, c := range []struct {
		name                       string
		official, away, exempt     int
		base, inFavour             int
		resolution, admission      bool
		neededToPass, neededToJoin int
	}{
		{"more than half, not two thirds", 20, 0, 0, 20, 11, true, false, 11, 14},
		{"exactly half", 20, 0, 0, 20, 10, false, false, 11, 14},
		{"away and exempt leave the base", 20, 1, 2, 17, 9, true, false, 9, 12},
		{"exactly two thirds", 12, 0, 0, 12, 8, true, true, 7, 8},
		{"the smallest cell", 3, 0, 0, 3, 2, true, true, 2, 2},
		{"nobody", 0, 0, 0, 0, 0, false, false, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			base := State{Roll: cell(c.official, c.away, c.exempt)}.Tally().Base
			if base != c.base {
				t.Fatalf("base %d, want %d", base, c.base)
			}
			pass, join := rule(t, day, MatterResolution), rule(t, day, MatterAdmission)
			if got := pass.Passes(c.inFavour, base); got != c.resolution {
				t.Errorf("resolution passes: %v", got)
			}
			if got := join.Passes(c.inFavour, base); got != c.admission {
				t.Errorf("admission passes: %v", got)
			}
			if pass.Needed(base) != c.neededToPass || join.Needed(base) != c.neededToJoin {
				t.Errorf("needed %d and %d, want %d and %d", pass.Needed(base), join.Needed(base), c.neededToPass, c.neededToJoin)
			}
		})
	}
}

func TestExemptMemberPresentIsCounted(t *testing.T) {
	t.Parallel()
	roll := cell(20, 1, 2)
	roll[1].Status = Present // exempt, and came
	tally := State{Roll: roll}.Tally()
	if tally.Base != 18 || tally.Entitled != 18 {
		t.Errorf("base %d, entitled %d, want 18 and 18", tally.Base, tally.Entitled)
	}
	roll[5].Status = Excused // summoned, and stays in the base
	tally = State{Roll: roll}.Tally()
	if tally.Base != 18 || tally.Entitled != 17 {
		t.Errorf("base %d, entitled %d, want 18 and 17", tally.Base, tally.Entitled)
	}
}

func TestRuleNamesTheDocumentsOfItsDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		day    when.Date
		source string
	}{
		{when.On(2024, 3, 3), "Điều lệ Đảng ngày 19/01/2011, Điều 9; Quy định số 24-QĐ/TW ngày 30/7/2021"},
		{when.On(2025, 6, 30), "Điều lệ Đảng ngày 19/01/2011, Điều 9; Quy định số 232-QĐ/TW ngày 20/01/2025"},
		{when.On(2025, 7, 1), "Điều lệ Đảng ngày 19/01/2011, Điều 9; Quy định số 294-QĐ/TW ngày 26/5/2025"},
		{when.On(2026, 12, 3), "Điều lệ Đảng ngày 19/01/2011, Điều 9; Quy định số 208-QĐ/TW ngày 26/7/2026"},
		{when.On(2015, 1, 1), "Điều lệ Đảng ngày 19/01/2011, Điều 9"},
	} {
		if got := rule(t, c.day, MatterResolution).Source; got != c.source {
			t.Errorf("%s: %s, want %s", c.day, got, c.source)
		}
	}
	if got := RulesOn(when.On(2011, 1, 18)); len(got) != 0 {
		t.Errorf("rules before the Charter: %v", got)
	}
}

func TestResultIsWordedWithItsArithmetic(t *testing.T) {
	t.Parallel()
	r := rule(t, when.On(2026, 12, 3), MatterResolution)
	count := Count{Entitled: 28, For: 27, Against: 1}
	for _, c := range []struct {
		method Method
		count  Count
		base   int
		want   string
	}{
		{Hand, count, 30, "Tán thành: 27/30 đảng viên chính thức được triệu tập, đạt 90%; không tán thành: 1; ý kiến khác: 0. Cần quá 1/2 số đảng viên chính thức được triệu tập (tối thiểu 16): được thông qua."},
		{Hand, Count{Entitled: 20, For: 10, Against: 4}, 20, "Tán thành: 10/20 đảng viên chính thức được triệu tập, đạt 50%; không tán thành: 4; ý kiến khác: 6. Cần quá 1/2 số đảng viên chính thức được triệu tập (tối thiểu 11): không được thông qua."},
		{Phone, Count{Entitled: 28, Cast: 26, For: 24, Against: 1}, 30, "Được bỏ phiếu 28, đã bỏ phiếu 26. Tán thành: 24/30 đảng viên chính thức được triệu tập, đạt 80%; không tán thành: 1; ý kiến khác: 3. Cần quá 1/2 số đảng viên chính thức được triệu tập (tối thiểu 16): được thông qua."},
		{Sealed, Count{Entitled: 28, Cast: 28, For: 15, Against: 13}, 30, "Được bỏ phiếu 28, đã bỏ phiếu 28. Tán thành: 15/30 đảng viên chính thức được triệu tập, đạt 50%; không tán thành: 13; ý kiến khác: 0. Cần quá 1/2 số đảng viên chính thức được triệu tập (tối thiểu 16): không được thông qua."},
		{Ballot, Count{Entitled: 29, For: 26, Against: 1, Sheet: &Sheet{Issued: 29, Returned: 29, Invalid: 1, Head: "minh"}}, 30, "Số phiếu phát ra 29, thu về 29, hợp lệ 28, không hợp lệ 1. Tán thành: 26/30 đảng viên chính thức được triệu tập, đạt 86,7%; không tán thành: 1; ý kiến khác: 1. Cần quá 1/2 số đảng viên chính thức được triệu tập (tối thiểu 16): được thông qua."},
	} {
		v := Vote{Rule: r, Method: c.method, Counts: []Count{c.count}}
		v.Result = v.judge(c.base)
		if got := (State{}).Words(v); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
	if got := rule(t, when.On(2026, 12, 3), MatterAdmission).Words(); got != "ít nhất 2/3" {
		t.Errorf("words of two thirds: %s", got)
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole int
		want        string
	}{
		{27, 30, "90%"},
		{32, 35, "91,4%"},
		{0, 5, "0%"},
		{5, 5, "100%"},
		{1, 3, "33,3%"},
		{2, 3, "66,7%"},
		{9_999, 10_000, "99,9%"},
		{1, 0, "0%"},
	} {
		if got := Percent(c.part, c.whole); got != c.want {
			t.Errorf("%d/%d: %s, want %s", c.part, c.whole, got, c.want)
		}
	}
}

func TestNeededIsTheLeastThatPasses(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom(thresholds).Draw(t, "rule")
		base := rapid.IntRange(1, 700).Draw(t, "base")
		n := r.Needed(base)
		if !r.Passes(n, base) || r.Passes(n-1, base) {
			t.Fatalf("%d is not the least of %d that passes", n, base)
		}
		exact := n*r.Den > base*r.Num || !r.Strict && n*r.Den == base*r.Num
		if !exact || n > base {
			t.Fatalf("%d of %d against %d/%d", n, base, r.Num, r.Den)
		}
	})
}

// TestThresholds holds the rules against the documents they rest on, line by line.
func TestThresholds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		matter Matter
		words  string
		method Method
		source string
	}{
		{MatterResolution, "quá 1/2", Hand, "Điều 9"},
		{MatterAdmission, "ít nhất 2/3", Ballot, "Điều 4"},
		{MatterOfficial, "ít nhất 2/3", Ballot, "Điều 5"},
		{MatterDiscipline, "quá 1/2", Ballot, "Điều 9"},
		{MatterExpulsion, "ít nhất 2/3", Ballot, "Điều 38"},
		{MatterElection, "quá 1/2", Ballot, "Điều 12"},
		{MatterRating, "quá 1/2", Ballot, "Điều 9"},
		{MatterScore, "quá 1/2", Hand, "Điều 9"},
		{MatterProgramme, "quá 1/2", Hand, "Điều 9"},
		{MatterMinutes, "quá 1/2", Hand, "Điều 9"},
	} {
		r := rule(t, when.On(2026, 12, 3), c.matter)
		if r.Words() != c.words || r.Method != c.method || !strings.Contains(r.Source, "Điều lệ Đảng ngày 19/01/2011, "+c.source+";") {
			t.Errorf("%s: %s by %s after %s", c.matter, r.Words(), r.Method, r.Source)
		}
	}
	if n := len(RulesOn(when.On(2026, 12, 3))); n != 10 {
		t.Errorf("%d rules", n)
	}
}

// TestWellAttended: "above 85 %" by 12-HD/BTCTW of 06/7/2018, "90 % or more" by
// 42-HD/BTCTW of 28/10/2025.
func TestWellAttended(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		came, counted int
		before, after bool
	}{
		{85, 100, false, false},
		{86, 100, true, false},
		{89, 100, true, false},
		{90, 100, true, true},
		{17, 20, false, false},
		{18, 20, true, true},
		{1, 1, true, true},
		{0, 1, false, false},
	} {
		for day, want := range map[when.Date]bool{
			when.On(2024, 3, 28): c.before, when.On(2025, 10, 27): c.before, when.On(2025, 10, 28): c.after, when.On(2026, 12, 3): c.after,
		} {
			s := Begin(Setup{StartsAt: day.At(19, 30)})
			for n := range c.counted {
				a := Attendee{Person: Person{Counts: true}, Status: Excused}
				if n < c.came {
					a.Status = Present
				}
				s.Roll = append(s.Roll, a)
			}
			s.Roll = append(s.Roll, Attendee{Person: Person{Standing: ExemptStanding}}) // is not counted
			if got := s.WellAttended(); got != want {
				t.Errorf("%d of %d on %s: %v, want %v", c.came, c.counted, day, got, want)
			}
		}
	}
}
