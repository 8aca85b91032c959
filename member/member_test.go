package member_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/member"
)

func entries(n map[member.Standing]int) []member.Entry {
	var roll []member.Entry
	for standing, count := range n {
		for range count {
			roll = append(roll, member.Entry{Member: member.Member{ID: string(rune('a' + len(roll)))}, Standing: standing})
		}
	}
	return roll
}

// TestVoteBase holds the worked cases: official members summoned, less those away
// for a time, less exempt members who are absent.
func TestVoteBase(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		official, away, exemptAbsent, exemptPresent, probationary, want int
	}{
		{20, 0, 0, 0, 0, 20},
		{17, 1, 2, 0, 0, 17},
		{17, 1, 1, 1, 0, 18},
		{12, 0, 0, 0, 0, 12},
		{3, 0, 0, 0, 0, 3},
		{9, 0, 0, 2, 3, 11},
	} {
		roll := entries(map[member.Standing]int{
			member.Official: tt.official, member.Away: tt.away, member.Exempt: tt.exemptAbsent + tt.exemptPresent,
			member.Probationary: tt.probationary, member.Here: 1, member.Suspended: 1,
		})
		got, exempt := 0, 0
		for _, e := range roll {
			present := tt.official%2 == 0 // that of others than the exempt must not matter
			if e.Standing == member.Exempt {
				exempt++
				present = exempt <= tt.exemptPresent
			}
			if e.Standing.InVoteBase(present) {
				got++
			}
		}
		if got != tt.want {
			t.Errorf("%+v: base %d", tt, got)
		}
	}
}

func TestStandings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		standing                           member.Standing
		listed, votes, expected, headCount bool
	}{
		{member.Official, true, true, true, true},
		{member.Probationary, true, false, true, true},
		{member.Exempt, true, true, false, true},
		{member.Away, true, false, false, true},
		{member.Here, true, false, true, false},
		{member.Suspended, true, false, false, true},
		{member.Moved, false, false, false, false},
		{member.Removed, false, false, false, false},
		{member.Died, false, false, false, false},
	} {
		s := tt.standing
		if s.Listed() != tt.listed || s.MayVote() != tt.votes || s.CountsInAttendance() != tt.expected || s.HeadCount() != tt.headCount {
			t.Errorf("%s: listed %v, votes %v, expected %v, counted %v", s, s.Listed(), s.MayVote(), s.CountsInAttendance(), s.HeadCount())
		}
	}
	if len(member.Standings) != 9 {
		t.Errorf("%d standings", len(member.Standings))
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	got := member.Count(entries(map[member.Standing]int{
		member.Official: 17, member.Probationary: 2, member.Exempt: 3, member.Away: 1, member.Here: 2, member.Suspended: 1, member.Moved: 5,
	}))
	want := member.Counts{HeadCount: 24, Official: 17, Probationary: 2, Exempt: 3, Away: 1, Here: 2, Suspended: 1, Voters: 17, Expected: 21}
	if got != want {
		t.Errorf("Count = %+v, want %+v", got, want)
	}
}

// TestVotersAreInTheBase: who may vote and is present is always counted on, and
// nobody else joins the base by coming.
func TestVotersAreInTheBase(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(member.Standings).Draw(t, "standing")
		if s.InVoteBase(true) != s.MayVote() {
			t.Fatalf("%s: present in the base %v, votes %v", s, s.InVoteBase(true), s.MayVote())
		}
		if s.InVoteBase(false) && !s.InVoteBase(true) {
			t.Fatalf("%s leaves the base by coming", s)
		}
	})
}

func TestStandingOnADay(t *testing.T) {
	t.Parallel()
	day := func(n int) when.Date { return when.On(2026, time.January, 1).AddDays(n) }
	records := []member.Record{
		{From: day(100), Standing: member.Exempt}, {From: day(0), Standing: member.Probationary}, {From: day(59), Standing: member.Official},
	}
	for n, want := range map[int]member.Standing{-1: "", 0: member.Probationary, 58: member.Probationary, 59: member.Official, 99: member.Official, 100: member.Exempt, 900: member.Exempt} {
		got, found := member.On(records, day(n))
		if got.Standing != want || found != (want != "") {
			t.Errorf("day %d: %q, %v, want %q", n, got.Standing, found, want)
		}
	}
}

func TestCheckNext(t *testing.T) {
	t.Parallel()
	from := when.On(2026, time.March, 1)
	official := []member.Record{{From: from, Standing: member.Official}}
	died := append(official, member.Record{From: from.AddDays(10), Standing: member.Died})
	for name, tt := range map[string]struct {
		records []member.Record
		next    member.Record
		problem string
	}{
		"exempt":                     {official, member.Record{From: from.AddDays(9), Standing: member.Exempt}, ""},
		"back to probation":          {official, member.Record{From: from.AddDays(9), Standing: member.Probationary}, "standing"},
		"after death":                {died, member.Record{From: from.AddDays(11), Standing: member.Official}, "standing"},
		"a wrong death is mended":    {died, member.Record{From: from.AddDays(10), Standing: member.Official}, ""},
		"the first record":           {nil, member.Record{From: from, Standing: member.Here}, ""},
		"a first record of leaving":  {nil, member.Record{From: from, Standing: member.Moved}, "standing"},
		"without a day":              {official, member.Record{Standing: member.Exempt}, "from"},
		"far ahead":                  {official, member.Record{From: today.AddDays(400), Standing: member.Exempt}, "from"},
		"a standing that is not one": {official, member.Record{From: from.AddDays(9), Standing: "x"}, "standing"},
	} {
		err := member.CheckNext(tt.records, tt.next, today)
		if got := fault.Of(err).Fields[tt.problem]; (err == nil) != (tt.problem == "") || err != nil && got == "" {
			t.Errorf("%s: %v, want a problem of %q", name, err, tt.problem)
		}
	}
}

func TestReadDate(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"03/02/1985": "03/02/1985", "3-2-85": "03/02/1985", "3.2.1985": "03/02/1985", "1985-02-03": "03/02/1985",
		" 3 / 2 / 1985 ": "03/02/1985", "ngày 3 tháng 2 năm 1985": "03/02/1985", "3 tháng 02 năm 1985": "03/02/1985",
		"Ngày sinh: 3/2/1985": "03/02/1985", "'3/2/1985": "03/02/1985", "3/2/1985 00:00:00": "03/02/1985", "31081": "03/02/1985", "31081.5": "03/02/1985",
		"02/1985": "02/1985", "2-1985": "02/1985", "tháng 2/1985": "02/1985", "tháng 2 năm 1985": "02/1985",
		"1985": "1985", "năm 1985": "1985", "SN 1985": "1985", "29/02/2024": "29/02/2024", "1/1/26": "01/01/2026", "1/12/26": "01/12/1926",
		"31/02/2026": "", "29/02/2027": "", "1/1/1": "", "25/13/1985": "", "0/1/1985": "", "3/2": "", "không rõ": "", "": "", "1985/85/1": "",
		"999": "", "12345678": "", "1879": "", "2/1985/3": "",
	} {
		d, known, err := member.ReadDate(text, today)
		if got := known.Text(d); got != want || (err == nil) != (want != "") {
			t.Errorf("ReadDate(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
}

func FuzzReadDate(f *testing.F) {
	for _, s := range []string{"03/02/1985", "3-2-85", "ngày 3 tháng 2 năm 1985", "31081", "02/1985", "1985"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, known, err := member.ReadDate(s, today)
		if err != nil {
			return
		}
		again, precision, err := member.ReadDate(known.Text(d), today)
		if err != nil || again != d || precision != known {
			t.Errorf("%q is %v (%s), which is read as %v (%s), %v", s, d, known, again, precision, err)
		}
	})
}

func TestLearning(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]member.Degree{
		"Đại học Luật": member.University, "ĐH": member.University, "Cử nhân": member.University, "12/12; Kỹ sư điện": member.University,
		"Thạc sĩ QLGD": member.Master, "ThS": member.Master, "Đại học, Thạc sỹ": member.Master, "TS. Văn học": member.Doctor,
		"Cao đẳng": member.College, "TC": member.Intermediate, "Trung cấp y": member.Intermediate, "Sơ cấp": member.Elementary, "12/12": member.NoDegree, "": member.NoDegree,
	} {
		if got := member.DegreeOf(text); got != want {
			t.Errorf("DegreeOf(%q) = %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]member.TheoryLevel{
		"Cao cấp": member.AdvancedTheory, "Cử nhân": member.AdvancedTheory, "TC": member.IntermediateTheory, "trung cấp LLCT": member.IntermediateTheory,
		"Sơ cấp": member.ElementaryTheory, "chưa": member.NoTheory,
	} {
		if got := member.TheoryOf(text); got != want {
			t.Errorf("TheoryOf(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestStructure(t *testing.T) {
	t.Parallel()
	got := member.StructureOf([]member.Entry{
		{Member: member.Member{Sex: member.Female, Education: "ĐH Sư phạm", Theory: "TC"}, Standing: member.Official},
		{Member: member.Member{Sex: member.Male, Education: "Thạc sĩ"}, Standing: member.Exempt},
		{Member: member.Member{Sex: member.Female, Education: "ĐH"}, Standing: member.Here}, // counted in her own cell
	})
	want := member.Structure{
		All: 2, Women: 1, Degrees: map[member.Degree]int{member.University: 1, member.Master: 1},
		Theories: map[member.TheoryLevel]int{member.IntermediateTheory: 1, member.NoTheory: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +counted):\n%s", diff)
	}
}

func TestPartyAge(t *testing.T) {
	t.Parallel()
	m := member.Member{AdmittedOn: when.On(1976, time.November, 21)}
	for day, want := range map[when.Date]int{today: 49, today.AddDays(1): 50, when.On(1976, time.November, 20): 0} {
		if got := m.PartyAge(day); got != want {
			t.Errorf("on %v: %d, want %d", day, got, want)
		}
	}
	if (member.Member{}).PartyAge(today) != 0 {
		t.Error("a member without a date has a Party age")
	}
}

func TestCheckProfile(t *testing.T) {
	t.Parallel()
	good := member.Member{FullName: " Trần  Văn Hòa ", BornOn: when.On(1960, time.May, 1), Phone: "+84 912.345.678", CardNumber: "38.000 001"}.Filed()
	if err := good.Check(today); err != nil || good.Phone != "+84912345678" || good.CardNumber != "38000001" || good.FullName != "Trần Văn Hòa" {
		t.Errorf("%+v: %v", good, err)
	}
	for field, spoil := range map[string]func(*member.Member){
		"full_name":   func(m *member.Member) { m.FullName = "" },
		"born_on":     func(m *member.Member) { m.BornOn = today.AddDays(1) },
		"admitted_on": func(m *member.Member) { m.AdmittedOn = when.On(1970, time.May, 1) },
		"official_on": func(m *member.Member) {
			m.AdmittedOn, m.OfficialOn = when.On(1990, time.May, 1), when.On(1989, time.May, 1)
		},
		"phone":       func(m *member.Member) { m.Phone = "123" },
		"card_number": func(m *member.Member) { m.CardNumber = "38A" },
		"citizen_id":  func(m *member.Member) { m.CitizenID = "00109901234O" },
		"email":       func(m *member.Member) { m.Email = "a b@c" },
		"sex":         func(m *member.Member) { m.Sex = "x" },
	} {
		m := good
		spoil(&m)
		if err := m.Check(today); fault.Of(err).Fields[field] == "" {
			t.Errorf("%s passes: %v", field, err)
		}
	}
}
