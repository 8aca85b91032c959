package meeting

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

var now = when.On(2026, 11, 29).At(21, 0)

// prepared is an ordinary meeting of which nothing is missing.
func prepared() Preparation {
	s := organization.Defaults("r", "c")
	p := Preparation{
		Meeting: Meeting{
			ID: "m", Kind: Ordinary, Month: when.Month{Year: 2026, Month: 12}, Title: "x", StartsAt: when.On(2026, 12, 3).At(19, 30),
			Place: "Nhà văn hóa", State: Draft, Chair: "chair", MinuteTaker: "writer", MinMinutes: 90,
		},
		Settings:   s,
		Items:      TemplateOn(Ordinary, organization.Residential, when.On(2026, 12, 3)).Fill(cast, s),
		Focus:      []Focus{{Text: "Vì sao ba hộ chưa ký cam kết?"}},
		Premeeting: Premeeting{HeldAt: when.On(2026, 11, 28).At(20, 0), Present: []string{"chair"}, Agreed: "thống nhất"},
		Draft:      Version{Version: 1, Text: "Chi bộ thống nhất"},
		Followers:  []string{"superior"},
	}
	for i := range p.Items {
		p.Items[i].ID = "item" + p.Items[i].Title
		if p.Items[i].Kind.NeedsDocument() {
			p.Papers = append(p.Papers, Paper{ID: "p", Item: p.Items[i].ID, Title: "Kế hoạch số 12-KH/ĐU", AddedAt: now})
		}
	}
	return p
}

func TestMissing(t *testing.T) {
	t.Parallel()
	if got := prepared().Missing(now); len(got) != 0 {
		t.Fatalf("of the whole preparation is missing: %+v", got)
	}
	for name, c := range map[string]struct {
		spoil  func(*Preparation)
		want   Point
		blocks bool
	}{
		"the day is past":         {func(p *Preparation) { p.Meeting.StartsAt = now }, PointTime, true},
		"no place":                {func(p *Preparation) { p.Meeting.Place = "" }, PointPlace, true},
		"the committee":           {func(p *Preparation) { p.Premeeting = Premeeting{} }, PointPremeeting, false},
		"nobody writes":           {func(p *Preparation) { p.Meeting.MinuteTaker = "" }, PointPeople, false},
		"nobody presents":         {func(p *Preparation) { p.Items[2].Presenter = "" }, PointPresenters, false},
		"too short":               {func(p *Preparation) { p.Items[4].Minutes = 0 }, PointLength, false},
		"no question":             {func(p *Preparation) { p.Focus = nil }, PointFocus, false},
		"no paper":                {func(p *Preparation) { p.Papers = nil }, PointPapers, false},
		"a paper of another item": {func(p *Preparation) { p.Papers[0].Item = "" }, PointPapers, false},
		"no draft resolution":     {func(p *Preparation) { p.Draft = Version{} }, PointDraft, false},
		"nobody follows":          {func(p *Preparation) { p.Followers = nil }, PointFollower, false},
		"a wrong reference":       {func(p *Preparation) { p.Items[2].Note = "Hướng dẫn 12-HD/BTCTW ngày 06/7/2017" }, PointSources, false},
		"a reference in a paper":  {func(p *Preparation) { p.Papers[0].Title = "42-HD/BTCTW ngày 28/10/2024" }, PointSources, false},
		"a theme without a name":  {func(p *Preparation) { p.Meeting.Kind = Combined }, PointTheme, true},
	} {
		p := prepared()
		c.spoil(&p)
		got := p.Missing(now)
		if len(got) != 1 || got[0].Point != c.want || got[0].Blocks != c.blocks {
			t.Errorf("%s: %+v, want %s", name, got, c.want)
		}
		if err := p.Ready(now); (err != nil) != c.blocks {
			t.Errorf("%s: ready %v", name, err)
		}
	}
}

func TestNothingToSay(t *testing.T) {
	t.Parallel()
	p := prepared()
	p.Items = nil
	if err := p.Ready(now); fault.Of(err).Key != "meeting.missing.agenda" {
		t.Errorf("a notice without contents: %v", err)
	}
}

func TestAnExtraordinaryMeetingAsksForLess(t *testing.T) {
	t.Parallel()
	p := Preparation{Meeting: Meeting{Kind: Extraordinary, StartsAt: now + 1, Place: "x", Chair: "a", MinuteTaker: "b"}, Items: []Item{{Kind: Discussion}}, Followers: []string{"s"}}
	if got := p.Missing(now); len(got) != 0 {
		t.Errorf("missing: %+v", got)
	}
}

func TestLatePapers(t *testing.T) {
	t.Parallel()
	p := prepared()
	limit := when.On(2026, 12, 2).At(19, 30)
	p.Papers = []Paper{{ID: "in time", AddedAt: limit}, {ID: "late", AddedAt: limit + 1}}
	if got := p.LatePapers(); len(got) != 1 || got[0].ID != "late" {
		t.Errorf("got %+v", got)
	}
	if len(p.Papers) != 2 || p.Papers[0].ID != "in time" {
		t.Error("asking changed the papers")
	}
}

func TestValidatePreparation(t *testing.T) {
	t.Parallel()
	m := prepared().Meeting
	good := Premeeting{HeldAt: m.StartsAt - 1, Present: []string{"a"}, Agreed: "x"}
	if err := good.Validate(m); err != nil {
		t.Error(err)
	}
	for field, spoil := range map[string]func(*Premeeting){
		"held_at": func(p *Premeeting) { p.HeldAt = m.StartsAt + 1 },
		"present": func(p *Premeeting) { p.Present = nil },
		"agreed":  func(p *Premeeting) { p.Agreed = strings.Repeat("x", maxText+1) },
	} {
		p := good
		spoil(&p)
		if fault.Of(p.Validate(m)).Fields[field] == "" {
			t.Errorf("%s is not asked for", field)
		}
	}
	for name, err := range map[string]error{
		"guest": Guest{}.Validate(), "agreement": Agreement{Name: "x"}.Validate(), "focus": Focus{}.Validate(),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("an empty %s: %v", name, err)
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	got := Compare("một\nhai\nba", "một\nhai rưỡi\nba\nbốn")
	want := []Line{{Same, "một"}, {Removed, "hai"}, {Added, "hai rưỡi"}, {Same, "ba"}, {Added, "bốn"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestCompareGivesBothTextsBack(t *testing.T) {
	t.Parallel()
	text := rapid.StringMatching(`([abc]\n){0,12}[abc]?`)
	rapid.Check(t, func(r *rapid.T) {
		before, after := text.Draw(r, "before"), text.Draw(r, "after")
		var a, b []string
		for _, l := range Compare(before, after) {
			if l.Kind != Added {
				a = append(a, l.Text)
			}
			if l.Kind != Removed {
				b = append(b, l.Text)
			}
		}
		if strings.Join(a, "\n") != before || strings.Join(b, "\n") != after {
			r.Fatalf("%q and %q became %q and %q", before, after, a, b)
		}
	})
}

func TestCompareOfVeryLongTexts(t *testing.T) {
	t.Parallel()
	long := func(word string) string { return strings.Repeat(word+"\n", 3000) }
	if got := Compare(long("a"), long("b")); got[0].Kind != Removed || got[len(got)-2].Kind != Added {
		t.Error("the texts are not shown one after the other")
	}
}
