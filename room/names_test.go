package room

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"chibo/kit/locale"
	"chibo/proceedings"
)

// crowd is a state with n people of one name and one guest.
func crowd(n int) proceedings.State {
	var s proceedings.Setup
	for i := range n {
		s.Roll = append(s.Roll, proceedings.Person{ID: fmt.Sprint("m", i), Name: "Nguyễn Văn An"})
	}
	s.Guests = []proceedings.Visitor{{ID: "g", Name: "Lê Thị Bình"}}
	return proceedings.Begin(s)
}

func TestTypedNamesAreThePeopleTheyStandFor(t *testing.T) {
	t.Parallel()
	many, few := crowd(fewNames), crowd(3)
	for _, tt := range []struct {
		name       string
		s          proceedings.State
		body, want string
	}{
		{"the first of the name", many, `{"speaker":"Nguyễn Văn An"}`, `{"speaker":"m0"}`},
		{"the third of the name", many, `{"who":"Nguyễn Văn An (3)"}`, `{"who":"m2"}`},
		{"a guest", many, `{"speaker":"Lê Thị Bình"}`, `{"speaker":"g"}`},
		{"an id stays", many, `{"member":"m5"}`, `{"member":"m5"}`},
		{"nobody stays and is refused later", many, `{"speaker":"Nguyễn"}`, `{"speaker":"Nguyễn"}`},
		{"an empty field stays", many, `{"speaker":""}`, `{"speaker":""}`},
		{"what is no name is left alone", many, `{"text":"Lê Thị Bình"}`, `{"text":"Lê Thị Bình"}`},
		{"of few people ids are chosen", few, `{"speaker":"Lê Thị Bình"}`, `{"speaker":"Lê Thị Bình"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := string(identified(tt.s, json.RawMessage(tt.body))); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestManyNamesAreTypedAndListedOnce(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int{3: 0, 300: 1} {
		p := screen{l: locale.Vietnamese, s: crowd(n), may: true}
		p.s.Phase = proceedings.Open
		var b strings.Builder
		if err := p.whole().Render(&b); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		if got := strings.Count(page, `<datalist id="room-names">`); got != want {
			t.Errorf("%d people: %d lists of names", n, got)
		}
		if want == 1 && (strings.Contains(page, `<option value="m1"`) || !strings.Contains(page, `list="room-names"`)) {
			t.Errorf("%d people stand in a list that folds out", n)
		}
	}
}
