package feedback

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// some draws remarks, groups of all cells, and groups that are named but not there.
func some(t *rapid.T) ([]Remark, []Group) {
	cell := rapid.SampledFrom(Cells())
	words := rapid.SampledFrom([]string{
		"tài liệu gửi muộn", "tài liệu gửi muộn quá", "gửi tài liệu còn muộn", "hội trường nóng", "chủ trì gợi mở tốt", "thảo luận ít người phát biểu", "",
	})
	var groups []Group
	for n := range rapid.IntRange(0, 8).Draw(t, "groups") {
		x := cell.Draw(t, "cell")
		groups = append(groups, Group{ID: fmt.Sprint("g", n), Phase: x.Phase, Head: x.Head, Words: words.Draw(t, "words")})
	}
	var remarks []Remark
	for n := range rapid.IntRange(0, 40).Draw(t, "remarks") {
		x := cell.Draw(t, "cell")
		group := rapid.SampledFrom([]string{"", "g0", "g1", "g2", "g7", "gone"}).Draw(t, "group")
		remarks = append(remarks, Remark{ID: fmt.Sprint("r", n), Phase: x.Phase, Head: x.Head, Group: group, Text: words.Draw(t, "text")})
	}
	return remarks, groups
}

func TestEveryRemarkStandsInOnePlace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		remarks, groups := some(t)
		seen, counted := map[string]int{}, 0
		for _, b := range Arrange(remarks, groups, nil) {
			all := slices.Clone(b.Alone)
			for _, x := range b.Groups {
				if (Cell{x.Phase, x.Head}) != b.Cell {
					t.Fatalf("group %s stands in %v", x.ID, b.Cell)
				}
				for _, r := range x.Remarks {
					if r.Group != x.ID {
						t.Fatalf("%s of group %q stands in %s", r.ID, r.Group, x.ID)
					}
				}
				all = append(all, x.Remarks...)
			}
			for _, r := range all {
				seen[r.ID]++
				if r.Cell() != b.Cell {
					t.Fatalf("%s of %v stands in %v", r.ID, r.Cell(), b.Cell)
				}
			}
			if b.Count() != len(all) {
				t.Fatalf("%v counts %d of %d", b.Cell, b.Count(), len(all))
			}
			counted += b.Count()
		}
		if counted != len(remarks) {
			t.Fatalf("%d remarks of %d are counted", counted, len(remarks))
		}
		for id, n := range seen {
			if n != 1 {
				t.Fatalf("%s stands in %d places", id, n)
			}
		}
	})
}

func TestNoRemarkIsInTwoProposals(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		remarks, groups := some(t)
		for _, b := range Arrange(remarks, groups, nil) {
			seen := map[string]bool{}
			for _, p := range Propose(b) {
				if p.Group == "" && len(p.Remarks) < 2 {
					t.Fatalf("a new group of %d", len(p.Remarks))
				}
				for _, r := range p.Remarks {
					if seen[r.ID] || !slices.ContainsFunc(b.Alone, func(a Remark) bool { return a.ID == r.ID }) {
						t.Fatalf("%s is proposed twice, or stands in a group already", r.ID)
					}
					seen[r.ID] = true
				}
			}
		}
	})
}

func TestWhatIsAlike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Tài liệu gửi muộn", "tài liệu gửi muộn.", true},
		{"Tài liệu gửi muộn, đại biểu chưa kịp đọc", "Đại biểu chưa kịp đọc vì tài liệu gửi muộn", true},
		{"Tai lieu gui muon", "Tài liệu gửi muộn", true}, // typed without accents
		{"Tài liệu gửi muộn", "Hội trường nóng", false},
		{"Chủ trì gợi mở tốt", "Chủ trì kết luận dài", false},
		{"", "", false},
		{"và của các", "là cho những", false}, // words that say nothing
	} {
		if got := alike(bag(c.a), bag(c.b)); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

func TestAProposalTurnedDownIsKnownAgain(t *testing.T) {
	t.Parallel()
	a, b, c := Remark{ID: "a"}, Remark{ID: "b"}, Remark{ID: "c"}
	if (Proposal{Remarks: []Remark{a, b}}).Key() != (Proposal{Remarks: []Remark{b, a}, Words: "?"}).Key() {
		t.Error("the order of the remarks makes it another proposal")
	}
	if (Proposal{Remarks: []Remark{a, b}}).Key() == (Proposal{Remarks: []Remark{a, b, c}}).Key() {
		t.Error("with another remark it is the same proposal")
	}
}

func TestWhatIsTaken(t *testing.T) {
	t.Parallel()
	one := Said{Cell: Cell{Conduct, Limit}, Text: "Hội trường nóng", Field: "conduct.limit.1"}
	long := one
	long.Text = strings.Repeat("ạ", longest+1)
	fits := one
	fits.Text = strings.Repeat("ạ", longest)
	for name, c := range map[string]struct {
		x     Sending
		named bool
		key   string // of the problem or of the field; empty: taken
	}{
		"one remark":             {Sending{Said: []Said{one}}, false, ""},
		"as long as may be":      {Sending{Said: []Said{fits}}, false, ""},
		"nothing":                {Sending{}, false, "feedback.problem.empty"},
		"too long":               {Sending{Said: []Said{long}}, false, "conduct.limit.1"},
		"too many":               {Sending{Said: slices.Repeat([]Said{one}, mostTyped+1)}, false, "feedback.problem.many"},
		"no name":                {Sending{Said: []Said{one}}, true, "name"},
		"a name":                 {Sending{Said: []Said{one}, Name: "Lê Văn Mẫu"}, true, ""},
		"a name that has no end": {Sending{Said: []Said{one}, Name: strings.Repeat("x", shortName+1)}, true, "name"},
		"a head that is none":    {Sending{Said: []Said{{Cell: Cell{Conduct, "?"}, Text: "x", Field: "f"}}}, false, "f"},
	} {
		err := c.x.check(c.named)
		if c.key == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		e := fault.Of(err)
		if _, is := e.Fields[c.key]; err == nil || e.Key != c.key && !is {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

func TestATicketMendsOneSheetForAWhile(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	s := &Service{Now: func() time.Time { return now }}
	r := Round{Sitting: "s1", Secret: "k1"}
	ticket := s.Ticket(r, "SHEET")
	if sheet, until := s.Redeem(r, ticket); sheet != "SHEET" || !until.Equal(now.Add(mending)) {
		t.Fatal(sheet, until)
	}
	for name, c := range map[string]struct {
		r      Round
		ticket string
		after  time.Duration
	}{
		"another sheet":    {r, strings.Replace(ticket, "SHEET", "OTHER", 1), 0},
		"a later moment":   {r, strings.Replace(ticket, fmt.Sprint(now.Unix()), fmt.Sprint(now.Unix()+600), 1), 0},
		"another sitting":  {Round{Sitting: "s2", Secret: "k1"}, ticket, 0},
		"another secret":   {Round{Sitting: "s1", Secret: "k2"}, ticket, 0},
		"after its time":   {r, ticket, mending + time.Second},
		"nothing":          {r, "", 0},
		"dots and nothing": {r, "..", 0},
	} {
		later := &Service{Now: func() time.Time { return now.Add(c.after) }}
		if sheet, _ := later.Redeem(c.r, c.ticket); sheet != "" {
			t.Errorf("%s: mends %s", name, sheet)
		}
	}
}

func TestWhenARoundIsOpen(t *testing.T) {
	t.Parallel()
	r := Round{OpensAt: 1000, ClosesAt: 2000}
	for at, want := range map[when.Instant]State{999: Waiting, 1000: Open, 1999: Open, 2000: Closed} {
		if got := r.StateAt(at); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
}

func TestTheDraftSaysHowMany(t *testing.T) {
	t.Parallel()
	b := Block{Groups: []Bundle{{Group{Words: "Tài liệu gửi\nmuộn"}, make([]Remark, 18)}, {Group{Words: "Hội trường nóng."}, make([]Remark, 2)}, {Group{Words: "Không ai nói"}, nil}}, Alone: make([]Remark, 3)}
	if got, want := b.Draft(), "18 ý kiến: Tài liệu gửi muộn.\n2 ý kiến: Hội trường nóng.\n3 ý kiến khác."; got != want {
		t.Errorf("%q", got)
	}
}
