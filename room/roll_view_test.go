package room

import (
	"net/url"
	"slices"
	"testing"

	"chibo/kit/when"
	"chibo/proceedings"
)

// hall is a roll in Vietnamese order of given names.
var hall = []proceedings.Attendee{
	{Person: proceedings.Person{ID: "1", Name: "Nguyễn Thị Ánh", Group: "Tổ đảng 2"}, Status: proceedings.Present, Entry: proceedings.Entry{Act: "a1", At: 10, By: "lan"}},
	{Person: proceedings.Person{ID: "2", Name: "Lê Văn Dũng", Group: "Tổ đảng 10"}, Status: proceedings.Unmarked},
	{Person: proceedings.Person{ID: "3", Name: "Trần Đình Đức", Group: "Tổ đảng 2"}, Status: proceedings.Unexcused, Entry: proceedings.Entry{Act: "a2", At: 30, By: "lan"}},
	{Person: proceedings.Person{ID: "4", Name: "Đỗ Thị Hòa", Group: "Tổ đảng 2"}, Status: proceedings.Unmarked},
	{Person: proceedings.Person{ID: "5", Name: "Đỗ Thị Hoa", Group: "Tổ đảng 10"}, Status: proceedings.Present, Entry: proceedings.Entry{Act: "a3", At: 40, By: "hung"}},
}

func TestThePartOfTheRollThatIsAskedFor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, query string
		want        []string
	}{
		{"all", "", []string{"1", "2", "3", "4", "5"}},
		{"without accents", "q=hoa", []string{"4", "5"}},
		{"with accents too", "q=Hòa", []string{"4", "5"}},
		{"words in any order", "q=dinh+tr", []string{"3"}},
		{"only beginnings of words", "q=oa", nil},
		{"đ is found as d", "q=do+hoa", []string{"4", "5"}},
		{"D is not Đ", "letter=D", []string{"2"}},
		{"Đ is a letter", "letter=%C4%90", []string{"3"}},
		{"a tone is none", "letter=A", []string{"1"}},
		{"a group", "group=T%E1%BB%95+%C4%91%E1%BA%A3ng+2", []string{"1", "3", "4"}},
		{"who is missing, and who was marked since", "since=25", []string{"2", "3", "4", "5"}},
		{"what makes no sense asks for all", "since=x&from=-3", []string{"1", "2", "3", "4", "5"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			q, err := url.ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			v := rollViewOf(q)
			var got []string
			for _, a := range v.choose(hall) {
				got = append(got, a.ID)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
			if again, _ := url.ParseQuery(trimmed(v.query())); rollViewOf(again) != v {
				t.Errorf("%q leads elsewhere than %q", v.query(), tt.query)
			}
		})
	}
}

func trimmed(query string) string {
	if query == "" {
		return ""
	}
	return query[1:]
}

func TestWhatLeadsThroughALongRoll(t *testing.T) {
	t.Parallel()
	if got := lettersOf(hall); !slices.Equal(got, []string{"A", "D", "Đ", "H"}) {
		t.Errorf("letters %q", got)
	}
	want := []groupTally{{"Tổ đảng 2", 1, 3}, {"Tổ đảng 10", 1, 2}}
	if got := groupsOf(hall); !slices.Equal(got, want) {
		t.Errorf("groups %v, want %v", got, want)
	}
	for account, want := range map[string]string{"lan": "3", "hung": "5", "nobody": ""} {
		if a, _ := lastMark(hall, account); a.ID != want {
			t.Errorf("%s marked %q last, want %q", account, a.ID, want)
		}
	}
	if a, _ := lastMark([]proceedings.Attendee{{Person: proceedings.Person{ID: "1"}}}, ""); a.Act != "" || a.At != when.Instant(0) {
		t.Error("who was never marked was marked last")
	}
}
