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

var cast = map[Part]string{TheChair: "chair", TheDeputy: "deputy", TheBriefer: "briefer", ThePreparer: "preparer", TheMinuteTaker: "writer"}

func TestTemplatesOfTheDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind Kind
		day  when.Date
		want string
	}{
		{Ordinary, when.On(2024, 3, 28), "12-HD/BTCTW 06/7/2018 ordinary"},
		{Ordinary, when.On(2025, 10, 27), "12-HD/BTCTW 06/7/2018 ordinary"},
		{Ordinary, when.On(2025, 10, 28), "42-HD/BTCTW 28/10/2025 ordinary"},
		{Thematic, when.On(2024, 4, 18), "12-HD/BTCTW 06/7/2018 thematic"},
		{Thematic, when.On(2026, 12, 3), "42-HD/BTCTW 28/10/2025 thematic"},
		{Combined, when.On(2026, 12, 3), "42-HD/BTCTW 28/10/2025 combined"},
		{Extraordinary, when.On(2026, 12, 3), "Điều lệ Đảng 19/01/2011 extraordinary"},
		{Congress, when.On(2026, 12, 3), "190-QĐ/TW 10/10/2024 congress"},
		{Ordinary, when.On(2017, 1, 3), "12-HD/BTCTW 06/7/2018 ordinary"},
	} {
		if got := TemplateOn(c.kind, organization.Residential, c.day).ID(); got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.kind, c.day, got, c.want)
		}
	}
}

// Every kind of meeting of every kind of cell has an order that begins with the
// opening, ends with minutes and closing and reaches the least length.
func TestTemplatesAreWhole(t *testing.T) {
	t.Parallel()
	for _, day := range []when.Date{when.On(2024, 3, 28), when.On(2026, 12, 3)} {
		for _, kind := range Kinds {
			for _, cell := range organization.Kinds {
				items := TemplateOn(kind, cell, day).Fill(cast, organization.Defaults("r", "c"))
				name := string(kind) + " of " + string(cell) + " on " + day.String()
				n := len(items)
				if n < 5 || items[0].Kind != Opening || items[n-2].Kind != Minutes || items[n-1].Kind != Closing {
					t.Errorf("%s: the order is not whole", name)
				}
				if kind != Congress && (Total(items) < standardMinutes(kind) || Total(items) > standardMinutes(kind)+60) {
					t.Errorf("%s: %d minutes", name, Total(items))
				}
				for i, item := range items {
					if err := item.Validate(); err != nil || item.Position != i+1 {
						t.Errorf("%s: %q: %v", name, item.Title, err)
					}
					if item.Presenter == "" && item.Kind.needsPresenter() {
						t.Errorf("%s: nobody presents %q", name, item.Title)
					}
				}
				dwells := slices.ContainsFunc(items, func(i Item) bool { return strings.Contains(i.Note, "Trọng tâm của chi bộ") })
				if want := day.Year == 2026 && kind.Regular(); dwells != want {
					t.Errorf("%s: dwells on its focus: %v", name, dwells)
				}
			}
		}
	}
}

func TestFillNamesPeople(t *testing.T) {
	t.Parallel()
	items := TemplateOn(Ordinary, organization.School, when.On(2026, 12, 3)).Fill(cast, organization.Defaults("r", "c"))
	for _, i := range items {
		switch i.Kind {
		case Information:
			if i.Presenter != "briefer" {
				t.Errorf("current affairs by %q", i.Presenter)
			}
		case Minutes:
			if i.Presenter != "writer" {
				t.Errorf("minutes by %q", i.Presenter)
			}
		case Directive:
			if !strings.Contains(i.Note, "dạy và học") {
				t.Errorf("the sources of a school are missing: %q", i.Note)
			}
		}
	}
}

func TestMinMinutes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind   Kind
		own    int
		before int // under 12-HD/BTCTW of 06/7/2018, which names 90 minutes alone
		want   int // under 42-HD/BTCTW of 28/10/2025: 90, and 120 for two in one sitting
	}{
		{Ordinary, 90, 90, 90},
		{Thematic, 90, 90, 90},
		{Combined, 90, 90, 120},
		{Combined, 120, 120, 120},
		{Combined, 150, 150, 150},
		{Ordinary, 60, 60, 60},
		{Combined, 60, 60, 60},
		{Ordinary, 120, 120, 120},
		{Extraordinary, 90, 0, 0},
		{Congress, 90, 0, 0},
		{Combined, 0, 90, 120},
	} {
		s := organization.Settings{MinMinutes: c.own}
		if got := MinMinutes(c.kind, s, when.On(2025, 10, 27)); got != c.before {
			t.Errorf("%s with own %d before 28/10/2025: %d, want %d", c.kind, c.own, got, c.before)
		}
		if got := MinMinutes(c.kind, s, when.On(2025, 10, 28)); got != c.want {
			t.Errorf("%s with own %d: %d, want %d", c.kind, c.own, got, c.want)
		}
	}
}

func TestFillReachesAnyLength(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := organization.Defaults("r", "c")
		s.MinMinutes = rapid.IntRange(15, 480).Draw(r, "least")
		kind := rapid.SampledFrom(Kinds).Draw(r, "kind")
		items := TemplateOn(kind, organization.Residential, when.On(2026, 12, 3)).Fill(cast, s)
		least, total := MinMinutes(kind, s, when.On(2026, 12, 3)), Total(items)
		if total < least {
			r.Fatalf("%d minutes of at least %d", total, least)
		}
		if kind.Regular() && least >= standardMinutes(kind) && total > least+20 {
			r.Fatalf("%d minutes where %d are asked", total, least)
		}
		for _, i := range items {
			if i.Minutes < 1 {
				r.Fatalf("%q has %d minutes", i.Title, i.Minutes)
			}
		}
	})
}

func TestAgendaKeepsItsOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var items []Item
		for _, id := range rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{3}`), 0, 8, rapid.ID).Draw(r, "ids") {
			items = placed(items, Item{ID: id, Kind: rapid.SampledFrom(ItemKinds).Draw(r, "kind")})
		}
		for range rapid.IntRange(0, 10).Draw(r, "steps") {
			if len(items) == 0 {
				break
			}
			id := items[rapid.IntRange(0, len(items)-1).Draw(r, "at")].ID
			before := slices.Clone(items)
			if by := rapid.SampledFrom([]int{-1, 0, 1}).Draw(r, "by"); by == 0 {
				items = without(items, id)
				if len(items) != len(before)-1 {
					r.Fatalf("%v without %s is %v", before, id, items)
				}
			} else if items = moved(items, id, by); len(items) != len(before) {
				r.Fatalf("%v became %v", before, items)
			}
		}
		for i, item := range items {
			if item.Position != i+1 {
				r.Fatalf("position %d stands at %d", item.Position, i+1)
			}
		}
	})
}

func TestMoved(t *testing.T) {
	t.Parallel()
	items := numbered([]Item{{ID: "a"}, {ID: "b"}, {ID: "c"}})
	for _, c := range []struct {
		id   string
		by   int
		want string
	}{{"a", -1, "abc"}, {"a", 1, "bac"}, {"c", 1, "abc"}, {"c", -1, "acb"}, {"x", 1, "abc"}} {
		got := ""
		for _, i := range moved(items, c.id, c.by) {
			got += i.ID
		}
		if got != c.want {
			t.Errorf("%s by %d: %s, want %s", c.id, c.by, got, c.want)
		}
	}
}

func TestPlacedKeepsTheEnd(t *testing.T) {
	t.Parallel()
	items := []Item{{ID: "o", Kind: Opening}, {ID: "s", Kind: Scoring}, {ID: "m", Kind: Minutes}, {ID: "c", Kind: Closing}}
	got := placed(items, Item{ID: "x", Kind: Discussion})
	if got[1].ID != "x" || got[4].ID != "c" {
		t.Errorf("%v", got)
	}
}

func TestItemValidate(t *testing.T) {
	t.Parallel()
	for field, i := range map[string]Item{
		"title":   {Kind: Opening},
		"kind":    {Kind: "party", Title: "x"},
		"minutes": {Kind: Opening, Title: "x", Minutes: -1},
		"note":    {Kind: Opening, Title: "x", Note: strings.Repeat("x", maxNote+1)},
	} {
		if err := i.Validate(); err == nil || fault.Of(err).Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
}
