package collective

import (
	"fmt"
	"strings"
	"testing"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
)

// TestPeopleAreReadLineByLine: what is pasted from elsewhere becomes people in the order of
// their given names, and whoever was there keeps the id.
func TestPeopleAreReadLineByLine(t *testing.T) {
	t.Parallel()
	known := []Person{{ID: "a", Name: "Phùng Thị Lan", Office: "Kế toán"}, {ID: "b", Name: "Phùng Thị Lan", Office: "Giáo viên"}, {ID: "c", Name: "Mạc Văn Ký"}}
	for _, c := range []struct{ name, typed, want string }{
		{"a name alone", "Mạc Văn Ký", "c Mạc Văn Ký"},
		{"an office behind a comma, a semicolon, a tab", "Mạc Văn Ký, Bảo vệ\nÂu Minh;Y tế\nTống Xuân\tThủ quỹ", "c Mạc Văn Ký|Bảo vệ; new Âu Minh|Y tế; new Tống Xuân|Thủ quỹ"},
		{"an office with commas", "Âu Minh, Tổ trưởng, Ủy viên", "new Âu Minh|Tổ trưởng, Ủy viên"},
		{"empty lines and ends of lines of Windows", "\r\n  Mạc Văn Ký \r\n\r\n", "c Mạc Văn Ký"},
		{"two of one name are told apart by their office", "Phùng Thị Lan, Giáo viên\nPhùng Thị Lan, Kế toán", "b Phùng Thị Lan|Giáo viên; a Phùng Thị Lan|Kế toán"},
		{"who gets another office stays", "Phùng Thị Lan, Hiệu phó", "a Phùng Thị Lan|Hiệu phó"},
		{"a twin is somebody new", "Mạc Văn Ký\nMạc Văn Ký", "c Mạc Văn Ký; new Mạc Văn Ký"},
	} {
		var got []string
		for _, p := range (Sheet{People: c.typed}).read(known) {
			who := "new"
			if len(p.ID) == 1 {
				who = p.ID
			}
			got = append(got, strings.TrimSuffix(who+" "+p.Name+"|"+p.Office, "|"))
		}
		if said := strings.Join(got, "; "); said != c.want {
			t.Errorf("%s: %s, want %s", c.name, said, c.want)
		}
	}
}

// TestASheetIsShownAsItIsTyped: what is shown for mending is read as the same people.
func TestASheetIsShownAsItIsTyped(t *testing.T) {
	t.Parallel()
	known := []Person{{ID: "a", Name: "Mạc Văn Ký"}, {ID: "b", Name: "Phùng Thị Lan", Office: "Tổ trưởng, Ủy viên"}}
	again := SheetOf(Collective{}, known).read(known)
	for n, p := range again {
		if p.ID != known[n].ID || p.Name != known[n].Name || p.Office != known[n].Office {
			t.Errorf("%+v is read again as %+v", known[n], p)
		}
	}
}

// TestSheetsAndPlansAreChecked names the field of each problem.
func TestSheetsAndPlansAreChecked(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ạ", 301)
	problems := func(s Sheet) error { return s.check(s.read(nil)) }
	planned := func(p Plan) error { return p.check(p.items(nil), []Person{{ID: "a", Name: "Mạc Văn Ký"}}) }
	for _, c := range []struct {
		name  string
		err   error
		field string
	}{
		{"a whole sheet", problems(Sheet{Name: "Công đoàn", People: "Mạc Văn Ký"}), ""},
		{"no name", problems(Sheet{People: "Mạc Văn Ký"}), "name"},
		{"a long name", problems(Sheet{Name: long, People: "Mạc Văn Ký"}), "name"},
		{"a long superior", problems(Sheet{Name: "x", Superior: long, People: "Mạc Văn Ký"}), "superior"},
		{"nobody", problems(Sheet{Name: "x", People: " \n"}), "people"},
		{"an office without a name", problems(Sheet{Name: "x", People: ", Kế toán"}), "people"},
		{"a long line", problems(Sheet{Name: "x", People: long}), "people"},
		{"too many", problems(Sheet{Name: "x", People: everyone(MostPeople + 1)}), "people"},
		{"as many as there may be", problems(Sheet{Name: "x", People: everyone(MostPeople)}), ""},
		{"a line twice", problems(Sheet{Name: "x", People: "Lê Hòa, Y tế\nMạc Văn Ký\nLÊ HOÀ; y tế"}), "people"},
		{"one name with two offices", problems(Sheet{Name: "x", People: "Lê Hòa, Y tế\nLê Hòa, Thủ quỹ\nLê Hoa, Y tế"}), ""},
		{"a whole plan", planned(Plan{Agenda: "Một việc", Chair: "a"}), ""},
		{"no agenda", planned(Plan{}), "agenda"},
		{"a long item", planned(Plan{Agenda: long}), "agenda"},
		{"a long agenda", planned(Plan{Agenda: strings.Repeat("x\n", MostItems+1)}), "agenda"},
		{"a chair who writes", planned(Plan{Agenda: "x", Chair: "a", MinuteTaker: "a"}), "minute_taker"},
		{"neither of the two yet", planned(Plan{Agenda: "x"}), ""},
		{"a chair from elsewhere", planned(Plan{Agenda: "x", Chair: "b"}), "chair"},
		{"a minute-taker from elsewhere", planned(Plan{Agenda: "x", MinuteTaker: "b"}), "minute_taker"},
	} {
		fields := fault.Of(c.err).Fields
		if _, named := fields[c.field]; c.field == "" && c.err != nil || c.field != "" && !named {
			t.Errorf("%s: %v names %v, want %q", c.name, c.err, fields, c.field)
		}
	}
}

// everyone is n lines of people, each of another office.
func everyone(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Mạc Văn Ký, Tổ %d\n", i+1)
	}
	return b.String()
}

// TestAnAgendaOfLines: the first line opens, the last one ends; a line that stays keeps its id,
// also where two say the same.
func TestAnAgendaOfLines(t *testing.T) {
	t.Parallel()
	known := []meeting.Item{{ID: "a", Title: "Giải lao"}, {ID: "b", Title: "Giải lao"}, {ID: "c", Title: "Kết luận"}}
	items := Plan{Agenda: "Mở đầu\nGiải lao\n\nGiải lao\nKết luận"}.items(known)
	want := []struct {
		id   string
		kind meeting.ItemKind
	}{{"", meeting.Opening}, {"a", meeting.Discussion}, {"b", meeting.Discussion}, {"c", meeting.Closing}}
	if len(items) != len(want) {
		t.Fatalf("%d items", len(items))
	}
	for n, i := range items {
		if want[n].id != "" && i.ID != want[n].id || i.Kind != want[n].kind || i.Position != n+1 {
			t.Errorf("item %d is %+v", n, i)
		}
	}
	if one := (Plan{Agenda: "Chỉ một việc"}).items(nil); one[0].Kind != meeting.Discussion {
		t.Errorf("a single line is %s", one[0].Kind)
	}
}

// TestTheNextIsOfferedAsTheLast: the title is that of its own month, the hour is asked for.
func TestTheNextIsOfferedAsTheLast(t *testing.T) {
	t.Parallel()
	m := meeting.Meeting{Kind: meeting.Union, Title: "Họp công đoàn tháng 11/2026", Place: "Phòng hội đồng", Chair: "a", StartsAt: when.On(2026, 11, 20).At(15, 0)}
	p := After(m, []meeting.Item{{Title: "Một"}, {Title: "Hai"}}, when.On(2026, 12, 3))
	if p.Title != "Họp công đoàn tháng 12/2026" || !p.StartsAt.IsZero() || p.Place != m.Place || p.Chair != "a" || p.Agenda != "Một\nHai" {
		t.Errorf("%+v", p)
	}
}
