package member_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chibo/kit/search"
	"chibo/kit/sheet"
	"chibo/kit/when"
	"chibo/member"
)

// taken returns the people known after a plan was carried out.
func taken(plan member.Plan, known []member.Known) []member.Known {
	byID := map[string]int{}
	out := append([]member.Known(nil), known...)
	for i, k := range out {
		byID[k.ID] = i
	}
	for i, s := range plan.Steps {
		switch s.Deed {
		case member.Add:
			m := s.Member
			m.ID = fmt.Sprintf("new-%d-%d", len(known), i)
			out = append(out, member.Known{Member: m, Records: s.Records})
		case member.Change:
			k := &out[byID[s.Member.ID]]
			k.Member, k.Records = s.Member, append(k.Records, s.Records...)
		case member.Leave, member.Refuse:
		}
	}
	return out
}

func plan(t testing.TB, known []member.Known, text string) member.Plan {
	t.Helper()
	return member.Compare(read(t, []byte(text)), "r", "c", known, today)
}

func counts(p member.Plan) [4]int {
	var n [4]int
	for i, d := range member.Deeds {
		n[i] = p.Count(d)
	}
	return n
}

const rollText = `TT;Họ và tên;Ngày sinh;Ngày vào Đảng;Ngày chính thức;Số thẻ;Chức vụ
1;Trần Văn Hòa;03/02/1952;05/09/1975;05/09/1976;38000001;Bí thư
2;Lê Thị Minh;1960;;;;Giáo viên
3;Cao Thị Ngân;20/11/1999;26/10/2025;;38000003;
4;Đỗ Văn Thành;;;;;
`

func TestImportTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	first := plan(t, nil, rollText)
	if got := counts(first); got != [4]int{4, 0, 0, 0} {
		t.Fatalf("first time: %v", got)
	}
	known := taken(first, nil)
	for name, text := range map[string]string{
		"the same":                  rollText,
		"in capitals":               strings.ReplaceAll(rollText, "Trần Văn Hòa", "TRẦN VĂN HOÀ"),
		"in another order":          "Họ và tên;Số thẻ\nCao Thị Ngân;38000003\nTrần Văn Hòa;38.000.001\n",
		"with less known of a date": strings.ReplaceAll(rollText, "03/02/1952", "1952"),
	} {
		if p := plan(t, known, text); p.Count(member.Leave) != len(p.Steps) {
			t.Errorf("%s: %v, %+v", name, counts(p), p.Problems())
		}
	}
}

func TestImportChangesOnlyWhatTheSheetSays(t *testing.T) {
	t.Parallel()
	known := taken(plan(t, nil, rollText), nil)
	p := plan(t, known, "Họ và tên;Ngày sinh;Chức vụ;Ngày chính thức\nLê Thị Minh;7/3/1960;;\nCao Thị Ngân;20/11/1999;Bí thư chi đoàn;10/11/2026\n")
	if got := counts(p); got != [4]int{0, 2, 0, 0} {
		t.Fatalf("%v, %+v", got, p.Problems())
	}
	if got := p.Steps[0].Differences; len(got) != 1 || got[0] != (member.Difference{Column: member.ColBorn, From: "1960", To: "07/03/1960"}) {
		t.Errorf("differences %+v", got)
	}
	if m := p.Steps[0].Member; m.Position != "Giáo viên" {
		t.Errorf("an empty cell wiped %+v", m)
	}
	records := p.Steps[1].Records
	if len(records) != 1 || records[0].Standing != member.Official || records[0].From != when.On(2026, time.November, 10) {
		t.Errorf("records %+v", records)
	}
	if len(p.Missing) != 2 {
		t.Errorf("missing %+v", p.Missing)
	}
}

func TestImportKnowsPeople(t *testing.T) {
	t.Parallel()
	known := taken(plan(t, nil, rollText), nil)
	elsewhere := member.Member{ID: "x", FullName: "Phạm Văn Xa", CardNumber: "38000009"}.Filed()
	known = append(known, member.Known{Member: elsewhere})
	const head = "Họ và tên;Ngày sinh;Số thẻ;Tình trạng\n"
	for name, tt := range map[string]struct {
		row    string
		deed   member.Deed
		remark string
	}{
		"by card, name mended":            {"Trần Văn Hoan;03/02/1952;38000001;", member.Change, "member.roll.renamed"},
		"card of another":                 {"Phan Đình Tuệ;01/01/1970;38000001;", member.Refuse, "member.roll.card_of_other"},
		"card of another cell":            {"Phạm Văn Xa;;38000009;", member.Refuse, "member.roll.card_elsewhere"},
		"name alone, birth now known":     {"Đỗ Văn Thành;5/5/1948;;", member.Change, "member.roll.by_name"},
		"same name, other birth":          {"Trần Văn Hòa;03/02/1953;;", member.Add, ""},
		"same name but for a mark":        {"Trần Văn Hoa;03/02/1952;;", member.Add, ""},
		"exempt now":                      {"Trần Văn Hòa;03/02/1952;;Miễn", member.Change, ""},
		"official back to probation":      {"Trần Văn Hòa;03/02/1952;;Dự bị", member.Refuse, "member.problem.follow"},
		"nothing new":                     {"Cao Thị Ngân;20/11/1999;;Dự bị", member.Leave, ""},
		"official before admission there": {"Lê Thị Minh;1990;;", member.Add, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := plan(t, known, head+tt.row+"\n").Steps[0]
			remark := ""
			for _, p := range s.Problems {
				remark += p.Key
			}
			if s.Deed != tt.deed || remark != tt.remark {
				t.Errorf("%s %q, want %s %q", s.Deed, remark, tt.deed, tt.remark)
			}
		})
	}
}

// TestRefusedLineKeepsNobodyOut: whether somebody is new or known, a line with a
// wrong date does not make the right one below it a second mention.
func TestRefusedLineKeepsNobodyOut(t *testing.T) {
	t.Parallel()
	const text = "Họ và tên;Ngày sinh\nTrần Văn Hòa;hôm qua\nTrần Văn Hòa;\n"
	first := plan(t, nil, text)
	again := plan(t, taken(first, nil), text)
	if counts(first) != [4]int{1, 0, 0, 1} || counts(again) != [4]int{0, 0, 1, 1} || len(again.Missing) != 0 {
		t.Errorf("first %v, again %v, missing %v", counts(first), counts(again), again.Missing)
	}
}

// TestAnySheetTwiceChangesNothing puts sheets together at random from what sheets
// hold: whatever is taken in the first time is unchanged the second.
func TestAnySheetTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	words := []string{
		"", "TT", "Họ và tên", "Ngày sinh", "Nam", "Nữ", "x", "1", "Trần Văn Hòa", "3/2/1985", "Tổng số", "Đảng viên dự bị", "Số thẻ", "38000001",
		"Tên", "Họ đệm", "Chính thức", "Tình trạng", "Miễn", "I", "2", "Lê An", "=1+1", "1950",
	}
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.OneOf(rapid.SampledFrom(words), rapid.String())
		var text strings.Builder
		for _, row := range rapid.SliceOfN(rapid.SliceOfN(cell, 0, 6), 1, 8).Draw(t, "rows") {
			for _, c := range row {
				text.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `";`)
			}
			text.WriteString("\n")
		}
		sheets, err := sheet.Read([]byte("Họ và tên;Ngày sinh;Số thẻ\n" + text.String()))
		if err != nil {
			return
		}
		roll, err := readRoll(sheets)
		if err != nil {
			t.Fatal(err)
		}
		first := member.Compare(roll, "", "", nil, today)
		again := member.Compare(roll, "", "", taken(first, nil), today)
		if again.Count(member.Leave) != first.Count(member.Add) || again.Count(member.Refuse) != first.Count(member.Refuse) {
			t.Fatalf("first %v, again %v: %+v", counts(first), counts(again), again.Problems())
		}
	})
}

func TestImportLeavesThoseWhoLeft(t *testing.T) {
	t.Parallel()
	known := taken(plan(t, nil, rollText), nil)
	known[0].Records = append(known[0].Records, member.Record{From: today.AddDays(-3), Standing: member.Moved})
	p := plan(t, known, rollText)
	if got := counts(p); got != [4]int{0, 0, 3, 1} || p.Steps[0].Problems[0].Key != "member.roll.left" {
		t.Errorf("%v, %+v", got, p.Problems())
	}
}

func TestFirstRecords(t *testing.T) {
	t.Parallel()
	const head = "Họ và tên;Ngày vào Đảng;Ngày chính thức;Tình trạng\nLê An;"
	for row, want := range map[string]string{
		"1/6/2025;1/6/2026;":            "2025-06-01 probationary, 2026-06-01 official",
		";1/6/1980;":                    "1980-06-01 official",
		"1/6/2026;;":                    "2026-06-01 probationary",
		";;":                            "2026-01-01 official",
		"1980;1981;Miễn sinh hoạt":      "1980-01-01 probationary, 1981-01-01 official, 2026-01-01 exempt",
		";;Đình chỉ":                    "2026-01-01 suspended",
		"1980;1981;Tạm chuyển đến":      "1980-01-01 probationary, 2026-01-01 here",
		"1/6/2025;1/6/2026;Tạm vắng":    "2025-06-01 probationary, 2026-06-01 official, 2026-11-20 away",
		"1/6/2026;;Dự bị":               "2026-06-01 probationary",
		"1/6/2026;;Đình chỉ sinh hoạt ": "2026-01-01 suspended",
	} {
		var got []string
		for _, r := range plan(t, nil, head+row+"\n").Steps[0].Records {
			got = append(got, r.From.String()+" "+string(r.Standing))
		}
		if diff := cmp.Diff(want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%q (-want +planned):\n%s", row, diff)
		}
	}
}

func TestDigestFollowsThePlan(t *testing.T) {
	t.Parallel()
	a, b := plan(t, nil, rollText), plan(t, nil, rollText)
	if a.Digest() != b.Digest() {
		t.Error("one plan has two digests")
	}
	if c := plan(t, nil, strings.ReplaceAll(rollText, "Bí thư", "Phó bí thư")); c.Digest() == a.Digest() {
		t.Error("two plans have one digest")
	}
	if c := plan(t, taken(a, nil), rollText); c.Digest() == a.Digest() {
		t.Error("the digest does not see who is known")
	}
}

// people draws entries of a roll in the form in which they are stored.
var people = rapid.Custom(func(t *rapid.T) member.Entry {
	words := rapid.SampledFrom([]string{"", "Đại học Luật", "Cao cấp", "=1+1", "Tổ 17; Nhà số 5", "Bí thư", "'a", "3/2", "Miễn cưỡng"})
	date := rapid.Custom(func(t *rapid.T) when.Date {
		return when.On(1950, time.January, 1).AddDays(rapid.IntRange(0, 9000).Draw(t, "days"))
	})
	m := member.Member{
		FullName: rapid.SampledFrom([]string{"Trần Văn", "Lê Thị", "Cao", "Tống", "Phạm Đình", "Đỗ"}).Draw(t, "family") + " " +
			rapid.SampledFrom([]string{"Hòa", "Minh", "Ánh", "Đạt"}).Draw(t, "given"),
		Sex:        rapid.SampledFrom([]member.Sex{"", member.Male, member.Female}).Draw(t, "sex"),
		BornOn:     date.Draw(t, "born"),
		BornKnown:  rapid.SampledFrom([]member.Precision{member.Full, member.YearOnly, member.MonthOnly}).Draw(t, "known"),
		CardNumber: rapid.StringMatching(`|38[0-9]{6}`).Draw(t, "card"),
		Phone:      rapid.StringMatching(`|09[0-9]{8}`).Draw(t, "phone"),
		CitizenID:  rapid.StringMatching(`|0[0-9]{11}`).Draw(t, "citizen"),
		Education:  words.Draw(t, "education"), Theory: words.Draw(t, "theory"), Position: words.Draw(t, "position"),
		Workplace: words.Draw(t, "workplace"), Residence: words.Draw(t, "residence"), Field: words.Draw(t, "field"),
		Area: words.Draw(t, "area"), Group: words.Draw(t, "group"), Note: words.Draw(t, "note"), Hometown: words.Draw(t, "hometown"), Ethnicity: words.Draw(t, "ethnicity"),
	}
	switch m.BornKnown {
	case member.YearOnly:
		m.BornOn = when.Date{Year: m.BornOn.Year, Month: 1, Day: 1}
	case member.MonthOnly:
		m.BornOn.Day = 1
	case member.Full:
	}
	standing := rapid.SampledFrom([]member.Standing{
		member.Official, member.Probationary, member.Exempt, member.Away, member.Here, member.Suspended,
	}).Draw(t, "standing")
	if standing != member.Probationary && rapid.Bool().Draw(t, "dated") {
		m.AdmittedOn = when.On(1995, time.March, 26)
		m.OfficialOn = when.On(1996, time.March, 26)
	}
	return member.Entry{Member: m.Filed(), Standing: standing}
})

// TestWrittenRollIsReadBack writes any roll in both forms, reads it into an empty
// cell and over itself: the first adds just these people, the second changes
// nothing.
func TestWrittenRollIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who := func(e member.Entry) string { return search.Identity(e.FullName) + e.CardNumber }
		entries := rapid.SliceOfNDistinct(people, 1, 5, who).Filter(apart).Draw(t, "roll")
		table := member.WriteRoll([]string{"CHI BỘ TỔ DÂN PHỐ 17", "DANH SÁCH ĐẢNG VIÊN"}, entries, true)
		files := map[string][]byte{"csv": table.CSV()}
		if rapid.IntRange(0, 4).Draw(t, "workbook too") == 0 { // slow to write
			book, err := table.XLSX()
			if err != nil {
				t.Fatal(err)
			}
			files["xlsx"] = book
		}
		for name, data := range files {
			sheets, err := sheet.Read(data)
			if err != nil {
				t.Fatal(err)
			}
			roll, err := readRoll(sheets)
			if err != nil {
				t.Fatal(err)
			}
			fresh := member.Compare(roll, "", "", nil, today)
			var got []member.Entry
			for _, s := range fresh.Steps {
				got = append(got, member.Entry{Member: s.Member, Standing: s.Line.Standing})
			}
			if diff := cmp.Diff(entries, got); diff != "" {
				t.Fatalf("%s (-written +read):\n%s", name, diff)
			}
			if again := member.Compare(roll, "", "", taken(fresh, nil), today); again.Count(member.Leave) != len(entries) {
				t.Fatalf("%s: the second time %v %+v", name, counts(again), again.Problems())
			}
		}
	})
}

// apart reports whether names, births and cards tell all people apart, as in a
// real roll.
func apart(entries []member.Entry) bool {
	seen := map[string]bool{}
	for _, e := range entries {
		key := fmt.Sprint(search.Identity(e.FullName), e.BornOn.Year)
		if seen[key] || e.CardNumber != "" && seen[e.CardNumber] {
			return false
		}
		seen[key], seen[e.CardNumber] = true, true
	}
	return true
}

// TestLargeRollComesBackWhole holds a roll of a whole base organisation: every
// cell of it comes back.
func TestLargeRollComesBackWhole(t *testing.T) {
	t.Parallel()
	var entries []member.Entry
	for i := range 1500 {
		m := member.Member{
			FullName: "Trần Văn Hòa", BornOn: when.On(1950, time.January, 1+i), CardNumber: fmt.Sprintf("38%06d", i),
			Phone: fmt.Sprintf("09%08d", i), CitizenID: fmt.Sprintf("001%09d", i), Education: "Đại học", Residence: fmt.Sprintf("Số %d, Tổ 17", i),
		}
		entries = append(entries, member.Entry{Member: m.Filed(), Standing: member.Official})
	}
	data, err := member.WriteRoll([]string{"CHI BỘ"}, entries, true).XLSX()
	if err != nil {
		t.Fatal(err)
	}
	roll := read(t, data)
	fresh := member.Compare(roll, "", "", nil, today)
	again := member.Compare(roll, "", "", taken(fresh, nil), today)
	if fresh.Count(member.Add) != 1500 || again.Count(member.Leave) != 1500 {
		t.Errorf("added %d, unchanged %d: %+v", fresh.Count(member.Add), again.Count(member.Leave), fresh.Problems())
	}
	for i, s := range fresh.Steps {
		if s.Member != entries[i].Member {
			t.Fatalf("line %d is read as %+v", i, s.Member)
		}
	}
}

func TestPrivateColumnsStayAway(t *testing.T) {
	t.Parallel()
	e := member.Entry{Member: member.Member{
		FullName: "Lê An", CardNumber: "38000001", Phone: "0912345678", CitizenID: "001099012345", Email: "an@vi-du.vn", Note: "ốm",
	}.Filed(), Standing: member.Official}
	text := string(member.WriteRoll(nil, []member.Entry{e}, false).CSV())
	for _, private := range []string{"38000001", "0912345678", "001099012345", "an@vi-du.vn", "ốm"} {
		if strings.Contains(text, private) {
			t.Errorf("%s stands in a roll without private columns", private)
		}
	}
	if p := e.Public(); p.CardNumber+p.Phone+p.CitizenID+p.Email+p.Note != "" {
		t.Errorf("Public leaves %+v", p)
	}
}
