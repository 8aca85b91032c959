package account

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

func TestSignName(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		n    int
		want string
	}{
		{"Trần Văn Hòa", 0, "tranvanhoa"},
		{"tran van hoa", 0, "tranvanhoa"},
		{"  TRẦN  VĂN HOÀ ", 0, "tranvanhoa"},
		{"Trần Văn Hòa", 2, "tranvanhoa2"},
		{"tranvanhoa2", 0, "tranvanhoa2"},
		{"Đỗ Thị Ngọc-Ánh", 1, "dothingocanh"},
		{"H'Hen K'Brơi", 0, "hhenkbroi"},
		{"…", 0, ""},
	} {
		if got := SignName(tt.name, tt.n); got != tt.want {
			t.Errorf("SignName(%q, %d) = %q, want %q", tt.name, tt.n, got, tt.want)
		}
	}
}

var hoa = Facts{
	FullName: "Trần Văn Hòa", SignName: "tranvanhoa", Units: []string{"Chi bộ Tổ dân phố 17", "Đảng bộ phường Sông Xanh"},
	Phone: "0912345067", BornOn: when.On(1958, 3, 7),
}

func TestPassword(t *testing.T) {
	t.Parallel()
	lead := hoa
	lead.Leads = true
	for _, tt := range []struct {
		name, password string
		facts          Facts
		want           string
	}{
		{"four words", "ruộng lúa chín vàng", hoa, ""},
		{"eight letters", "xqzkwvjt", hoa, ""},
		{"no composition rule", "thuyền nhỏ qua sông", hoa, ""},
		{"seven letters", "xqzkwvj", hoa, "account.problem.short"},
		{"eight letters of three bytes each", "ộộặặễễứứ", hoa, ""},
		{"the same decomposed", "o\u0323\u0302xqzkwv", hoa, "account.problem.short"},
		{"a secretary needs twelve", "xqzkwvjtmnb", lead, "account.problem.short_lead"},
		{"twelve will do", "xqzkwvjtmnbp", lead, ""},
		{"128", strings.Repeat("xqzkwvjt", 16), hoa, ""},
		{"129", strings.Repeat("xqzkwvjt", 16) + "x", hoa, "account.problem.long"},
		{"own name", "TranVanHoa1958", hoa, "account.problem.weak"},
		{"own name with accents", "Trần Văn Hòa!", hoa, "account.problem.weak"},
		{"unit", "todanpho17", hoa, "account.problem.weak"},
		{"whole unit", "Chi bộ Tổ dân phố 17", hoa, "account.problem.weak"},
		{"ward", "phuongSongXanh2026", hoa, "account.problem.weak"},
		{"birth date", "07031958", hoa, "account.problem.weak"},
		{"birth date turned", "1958.03.07", hoa, "account.problem.weak"},
		{"name and birth year", "hoahoa1958", hoa, "account.problem.weak"},
		{"telephone", "0912345067", hoa, "account.problem.weak"},
		{"founding day", "03021930", hoa, "account.problem.weak"},
		{"founding day dressed up", "Dangvien@03021930", hoa, "account.problem.weak"},
		{"one letter", "aaaaaaaaaaaa", hoa, "account.problem.weak"},
		{"two letters", "hahahahaha", hoa, "account.problem.weak"},
		{"a run", "abcdefghijkl", hoa, "account.problem.weak"},
		{"signs only, all alike", "!!!!!!!!!!", hoa, "account.problem.weak"},
		{"pictures, all different", "🌾🚣🌉🎋🏡🌙⛵🐃", hoa, ""},
	} {
		if got := problemOfPassword(tt.password, tt.facts); got != tt.want {
			t.Errorf("%s (%q): %q, want %q", tt.name, tt.password, got, tt.want)
		}
	}
}

// habits are passwords as people here make them: a word, its first letter large, a
// sign, a year or a run of digits.
func habits() []string {
	words := []string{
		"matkhau", "dangvien", "dangcongsan", "chibo", "bithu", "nghiquyet", "hochiminh", "vietnam", "hanoi", "anhyeuem",
		"emyeuanh", "iloveyou", "giadinh", "hanhphuc", "congan", "giaovien", "password", "qwerty", "admin", "toiyeuvietnam",
	}
	endings := []string{"", "1", "123", "1234", "12345678", "@123", "2026", "1990", "!", "@2026"}
	var out []string
	for _, w := range words {
		for _, e := range endings {
			out = append(out, strings.ToUpper(w[:1])+w[1:]+e)
		}
	}
	return out
}

func TestHabitsAreRefused(t *testing.T) {
	t.Parallel()
	all := habits()
	if len(all) < 200 {
		t.Fatalf("%d habits", len(all))
	}
	for _, p := range all {
		if got := problemOfPassword(p, hoa); got == "" {
			t.Errorf("%q passes", p)
		}
	}
	for _, w := range weakWords {
		if got := problemOfPassword(w+w, hoa); got == "" {
			t.Errorf("%q twice passes", w)
		}
		if plain(w) != w {
			t.Errorf("%q is not in plain form and is never found", w)
		}
	}
}

// TestWeakPasswordsAreRefused: two hundred passwords as people here make them, written out, and
// each as somebody with an office would stretch it.
func TestWeakPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("testdata/weak.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Split(strings.TrimSpace(string(b)), "\n")
	if len(all) < 200 {
		t.Fatalf("%d passwords", len(all))
	}
	lead := hoa
	lead.Leads = true
	for _, p := range all {
		for _, written := range []string{p, strings.ToUpper(p), strings.ToLower(p)} {
			if problemOfPassword(written, hoa) == "" {
				t.Errorf("%q passes", written)
			}
		}
		for _, stretched := range []string{p + "!!!!!!!!", p + "20262026", p + p} {
			if problemOfPassword(stretched, lead) == "" {
				t.Errorf("%q passes for an office", stretched)
			}
		}
	}
}

// TestLeakedPasswordsAreRefused: none of those that were found most often in leaks, however
// large its letters are.
func TestLeakedPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	all := leaked()
	if len(all) < 3000 || !slices.IsSorted(all) {
		t.Fatalf("%d leaked passwords, in order: %v", len(all), slices.IsSorted(all))
	}
	for i, p := range all {
		if i%2 == 0 {
			p = strings.ToUpper(p)
		}
		if problemOfPassword(p, Facts{}) == "" {
			t.Errorf("%q passes", p)
		}
	}
	for _, p := range []string{"Sheffield", "SHEFFIELD", "sheffield99", "2026sheffield!"} {
		if got := problemOfPassword(p, Facts{}); got != "account.problem.tried" {
			t.Errorf("%q: %q", p, got)
		}
	}
}

// TestLeads: whoever holds an office needs a longer password than a member does.
func TestLeads(t *testing.T) {
	t.Parallel()
	for _, r := range []access.Role{
		access.Administrator, access.Clerk, access.Committee, access.Department, access.Secretary, access.Deputy, access.MinuteTaker, access.Member, access.Probationary,
	} {
		want := r != access.Member && r != access.Probationary
		if got := leads([]access.Grant{{Role: access.Member}, {Role: r}}); got != want {
			t.Errorf("%s: %v", r, got)
		}
	}
}

// TestRuleIsDue: six months go by the calendar, and without a rule nothing is ever due.
func TestRuleIsDue(t *testing.T) {
	t.Parallel()
	set := when.On(2026, 6, 3).At(19, 30)
	for _, tt := range []struct {
		months int
		now    when.Instant
		want   bool
	}{
		{6, when.On(2026, 12, 3).At(19, 29), false},
		{6, when.On(2026, 12, 3).At(19, 30), true},
		{0, when.On(2036, 12, 3).At(19, 30), false},
	} {
		if got := (Rule{Months: tt.months}).due(set, tt.now); got != tt.want {
			t.Errorf("%d months, %v: %v", tt.months, tt.now, got)
		}
	}
}

// Random words of enough letters are never called weak, whatever words they hold.
func TestRandomPasswordsPass(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.StringMatching(`[bcdfgjkpqvxz]{14,20}`).Filter(func(s string) bool { return variety(s) >= 6 }).Draw(t, "password")
		if got := problemOfPassword(p, hoa); got != "" {
			t.Errorf("%q: %s", p, got)
		}
	})
}

func TestPIN(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, pin, want string }{
		{"good", "582914", ""},
		{"five digits", "58291", "account.problem.pin"},
		{"seven digits", "5829147", "account.problem.pin"},
		{"letters", "58a914", "account.problem.pin"},
		{"digits of another script", "٥٨٢٩١٤", "account.problem.pin"},
		{"empty", "", "account.problem.pin"},
		{"birth date", "070358", "account.problem.pin_weak"},
		{"birth date turned", "580307", "account.problem.pin_weak"},
		{"month and year of birth", "031958", "account.problem.pin_weak"},
		{"end of the telephone number", "345067", "account.problem.pin_weak"},
		{"founding day", "030230", "account.problem.pin_weak"},
		{"run", "456789", "account.problem.pin_weak"},
		{"run down", "987654", "account.problem.pin_weak"},
		{"one digit", "777777", "account.problem.pin_weak"},
		{"two digits", "717171", "account.problem.pin_weak"},
	} {
		if got := problemOfPIN(tt.pin, hoa); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func FuzzPassword(f *testing.F) {
	f.Add("ruộng lúa chín vàng", "Trần Văn Hòa")
	f.Add("\x00\xff", "")
	f.Fuzz(func(t *testing.T, password, name string) {
		problem := problemOfPassword(password, Facts{FullName: name, SignName: SignName(name, 0)})
		if n := len([]rune(composed(password))); problem == "" && (n < shortest || n > longest) {
			t.Errorf("%q of %d letters passes", password, n)
		}
	})
}

func TestLives(t *testing.T) {
	t.Parallel()
	begin := when.On(2026, 12, 3).At(19, 30)
	session := func(seenAfter time.Duration) Session { return Session{CreatedAt: begin, SeenAt: begin.Add(seenAfter)} }
	day := 24 * time.Hour
	for _, tt := range []struct {
		name          string
		shared, staff bool
		seen, at      time.Duration
		want          bool
	}{
		{"own phone in the morning", false, false, 0, 11 * time.Hour, true},
		{"own phone after half a day unused", false, false, 0, 12 * time.Hour, false},
		{"own phone used every day", false, false, 29 * day, 29*day + time.Hour, true},
		{"own phone after thirty days", false, false, 30*day - time.Hour, 30 * day, false},
		{"the office's desk after 29 minutes", false, true, time.Hour, 89 * time.Minute, true},
		{"the office's desk after half an hour", false, true, time.Hour, 90 * time.Minute, false},
		{"the hall's machine after four minutes", true, false, 0, 4 * time.Minute, true},
		{"the hall's machine after five", true, false, 0, 5 * time.Minute, false},
		{"the hall's machine, staff", true, true, 0, 5 * time.Minute, false},
	} {
		life := DefaultLives.Of(tt.shared, tt.staff)
		if got := life.Alive(session(tt.seen), begin.Add(tt.at)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	ended := session(0)
	ended.EndedAt = begin
	if DefaultLives.Own.Alive(ended, begin) {
		t.Error("a session that was ended lives")
	}
}

var (
	ward  = place{Root: "w", ID: "w", Name: "Đảng bộ phường Sông Xanh", Path: "/w/", Level: organization.Ward}
	cell  = place{Root: "w", ID: "c", Name: "Chi bộ Tổ dân phố 17", Path: "/w/c/", Level: organization.Cell}
	other = place{Root: "w", ID: "d", Name: "Chi bộ Trường Tiểu học", Path: "/w/d/", Level: organization.Cell}
)

func office(at place, p organization.Post) tie { return tie{place: at, Post: p} }
func stands(at place, s member.Standing) tie   { return tie{place: at, Standing: s} }
func byHand(at place, r access.Role) tie       { return tie{place: at, Role: r} }

func roleLines(gs []access.Grant) []string {
	out := []string{}
	for _, g := range gs {
		out = append(out, string(g.Role)+" "+g.Path)
	}
	return out
}

func TestGrantsOfTheDay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		ties []tie
		want []string
	}{
		{"member", []tie{stands(cell, member.Official)}, []string{"member /w/c/"}},
		{"probationary", []tie{stands(cell, member.Probationary)}, []string{"probationary /w/c/"}},
		{"exempt", []tie{stands(cell, member.Exempt)}, []string{"member /w/c/"}},
		{"away from one, here in the other", []tie{stands(cell, member.Away), stands(other, member.Here)}, []string{"member /w/c/", "member /w/d/"}},
		{"suspended", []tie{stands(cell, member.Suspended)}, []string{}},
		{"secretary", []tie{office(cell, organization.Secretary), stands(cell, member.Official)}, []string{"secretary /w/c/", "member /w/c/"}},
		{"suspended secretary", []tie{office(cell, organization.Secretary), stands(cell, member.Suspended)}, []string{}},
		{"committee of the cell", []tie{office(cell, organization.CommitteeMember), stands(cell, member.Official)}, []string{"deputy /w/c/", "member /w/c/"}},
		{"rapporteur", []tie{office(cell, organization.Rapporteur), stands(cell, member.Official)}, []string{"member /w/c/"}},
		{"secretary of the ward", []tie{office(ward, organization.Secretary), stands(cell, member.Official)}, []string{"committee /w/", "member /w/c/"}},
		{"follows another cell", []tie{office(other, organization.Supervisor), stands(cell, member.Official)}, []string{"committee /w/d/", "member /w/c/"}},
		{"moved, office not released", []tie{office(cell, organization.Secretary), stands(cell, member.Moved)}, []string{}},
		{"moved to the next cell", []tie{office(cell, organization.Secretary), stands(cell, member.Moved), stands(other, member.Official)}, []string{"member /w/d/"}},
		{"moved within the ward, still of its committee", []tie{office(ward, organization.PartyCommittee), stands(cell, member.Moved), stands(other, member.Official)}, []string{"committee /w/", "member /w/d/"}},
		{"removed from the roll, still of the committee on paper", []tie{office(ward, organization.PartyCommittee), stands(cell, member.Removed)}, []string{}},
		{"died", []tie{office(ward, organization.Clerk), stands(cell, member.Died)}, []string{}},
		{"clerk on no roll here", []tie{office(ward, organization.Clerk)}, []string{"clerk /w/"}},
		{"technician", []tie{byHand(ward, access.Administrator)}, []string{"administrator /w/"}},
		{"nothing", nil, []string{}},
	} {
		if diff := cmp.Diff(tt.want, roleLines((&Service{}).grants(tt.ties))); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// A grant above the base organisations reaches the data of several of them.
func TestGrantsKnowTheirRoot(t *testing.T) {
	t.Parallel()
	gs := (&Service{Rights: access.Rights{access.Clerk: {Manage}}}).grants([]tie{office(ward, organization.Clerk), stands(cell, member.Official)})
	if gs[0].Root != "" || gs[1].Root != "w" || !gs[0].Needs[Manage] || gs[1].Needs[Manage] {
		t.Errorf("got %+v", gs)
	}
}

func TestEveryPostIsDecided(t *testing.T) {
	t.Parallel()
	without := []organization.Post{organization.Rapporteur}
	for _, l := range organization.Levels {
		for _, p := range organization.PostsOf(l) {
			if _, ok := RoleOf(l, p); ok == slices.Contains(without, p) {
				t.Errorf("%s of a %s: %v", p, l, ok)
			}
		}
	}
}

func TestMayManage(t *testing.T) {
	t.Parallel()
	rights := access.Rights{access.Secretary: {Manage}, access.Clerk: {Manage}, access.Administrator: {Manage}}
	with := func(ties ...tie) access.Person {
		return access.Person{Account: "a", Grants: (&Service{Rights: rights}).grants(ties)}
	}
	secretary, clerk, administrator := with(office(cell, organization.Secretary)), with(office(ward, organization.Clerk)), with(byHand(ward, access.Administrator))
	for _, tt := range []struct {
		name   string
		who    access.Person
		target []tie
		want   bool
	}{
		{"secretary: own member", secretary, []tie{stands(cell, member.Official)}, true},
		{"secretary: member of another cell", secretary, []tie{stands(other, member.Official)}, false},
		{"secretary: own member who sits in the ward's committee", secretary, []tie{stands(cell, member.Official), office(ward, organization.PartyCommittee)}, false},
		{"secretary: own member who is the ward's clerk", secretary, []tie{stands(cell, member.Official), office(ward, organization.Clerk)}, false},
		{"secretary: own member who follows another cell", secretary, []tie{stands(cell, member.Official), office(other, organization.Supervisor)}, false},
		{"clerk: secretary of a cell", clerk, []tie{office(cell, organization.Secretary)}, true},
		{"clerk: committee", clerk, []tie{office(ward, organization.PartyCommittee)}, true},
		{"clerk: administrator", clerk, []tie{byHand(ward, access.Administrator)}, false},
		{"administrator: administrator", administrator, []tie{byHand(ward, access.Administrator)}, true},
		{"member: member", with(stands(cell, member.Official)), []tie{stands(cell, member.Official)}, false},
	} {
		if got := MayManage(tt.who, (&Service{Rights: rights}).grants(tt.target)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestCodesOnPaper(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		c := newCode()
		if len(c) != codeLength+2 || strings.ContainsAny(c, "0O1IL") || seen[c] {
			t.Fatalf("code %q", c)
		}
		seen[c] = true
		for _, typed := range []string{c, strings.ToLower(c), strings.ReplaceAll(c, "-", ""), " " + strings.ReplaceAll(c, "-", " ") + " "} {
			if got := readCode(typed); got != c {
				t.Errorf("%q is read as %q, want %q", typed, got, c)
			}
		}
	}
	if first, second := newToken(), newToken(); len(first) != 43 || first == second {
		t.Errorf("tokens %q and %q have not 256 fresh bits", first, second)
	}
}

func TestDeviceName(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Mobile Safari/537.36":                         "Chrome, Android",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1":        "Safari, iPhone",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/119.0.132 Chrome/113.0.5672.132 Safari/537.36": "Cốc Cốc, Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Safari/537.36 Edg/119.0.0.0":                  "Edge, Windows",
		"curl/8.5": "",
		"":         "",
	} {
		if got := DeviceName(agent); got != want {
			t.Errorf("%q: %q, want %q", agent, got, want)
		}
	}
}
