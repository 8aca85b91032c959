package lesson

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// TestAnAddressPicksCells goes through the reaches over a small tree.
func TestAnAddressPicksCells(t *testing.T) {
	t.Parallel()
	day := when.On(2026, 12, 1)
	below := []organization.Organization{
		{ID: "ward", Level: organization.Ward},
		{ID: "quarter", Level: organization.Cell, Kind: organization.Residential},
		{ID: "school", Level: organization.Cell, Kind: organization.School},
		{ID: "gone", Level: organization.Cell, Kind: organization.School, ClosedOn: when.On(2026, 6, 1)},
	}
	for name, x := range map[string]struct {
		to   Address
		want string
	}{
		"all":           {Address{Reach: ToAll}, "quarter school"},
		"schools":       {Address{Reach: ToKinds, Kinds: []string{"school"}}, "school"},
		"named":         {Address{Reach: ToNamed, Cells: []string{"quarter", "gone", "ward"}}, "quarter"},
		"kinds of none": {Address{Reach: ToKinds}, ""},
		"nobody":        {Address{Reach: ToNamed, Cells: []string{"elsewhere"}}, ""},
		"no reach":      {Address{}, ""},
	} {
		picked, err := x.to.Picks(below, day)
		var ids []string
		for _, o := range picked {
			ids = append(ids, o.ID)
		}
		if got := strings.Join(ids, " "); err == nil && got != x.want || (err != nil) != (x.want == "") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestTheNoteFitsItsItem: whatever is written on however many cards, the item that lists
// them may stand on an agenda.
func TestTheNoteFitsItsItem(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(1, longest, -1)
		cards := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Lesson {
			return Lesson{Seen: text.Draw(t, "seen"), Act: text.Draw(t, "act")}
		}), 1, 40).Draw(t, "cards")
		item := meeting.Item{Kind: meeting.Discussion, Title: ItemTitle, Minutes: itemMinutes, Note: noteOf(cards)}
		if err := item.Validate(); err != nil {
			t.Fatalf("%d bytes: %v", len(item.Note), err)
		}
		if item.Note == "" {
			t.Fatal("no card is named")
		}
	})
}
