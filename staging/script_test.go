package staging

import (
	"slices"
	"strings"
	"testing"

	"chibo/conference"
	"chibo/meeting"
)

func titles(d Deck) string {
	var out []string
	for _, k := range d {
		out = append(out, k.Title)
	}
	return strings.Join(out, ", ")
}

// What was changed since a script was approved is named card by card.
func TestWhatChangedSinceTheApproval(t *testing.T) {
	approved := Deck{{ID: "a", Title: "A", Minutes: 5}, {ID: "b", Title: "B"}, {ID: "c", Title: "C"}}
	for _, k := range []struct {
		name string
		now  Deck
		want []Change
	}{
		{"nothing", Deck{approved[0], approved[1], approved[2]}, nil},
		{"words", Deck{approved[0], {ID: "b", Title: "B", Words: "Kính mời"}, approved[2]}, []Change{{Changed, "B"}}},
		{"longer", Deck{{ID: "a", Title: "A", Minutes: 6}, approved[1], approved[2]}, []Change{{Changed, "A"}}},
		{"a new one first", Deck{{ID: "n", Title: "N"}, approved[0], approved[1], approved[2]}, []Change{{Added, "N"}}},
		{"one less", Deck{approved[0], approved[2]}, []Change{{Removed, "B"}}},
		{"two exchanged", Deck{approved[1], approved[0], approved[2]}, []Change{{Moved, "B"}, {Moved, "A"}}},
	} {
		if got := k.now.Since(approved); !slices.Equal(got, k.want) {
			t.Errorf("%s: %v, want %v", k.name, got, k.want)
		}
	}
}

// Cards follow the agenda: unchanged items keep the words that the office gave them, the
// others are drafted anew in the order of the agenda, and what comes from no item stays.
func TestCardsFollowTheAgenda(t *testing.T) {
	item := func(id, title, presenter string) meeting.Item {
		return meeting.Item{ID: id, Kind: meeting.Report, Title: title, Minutes: 10, Presenter: presenter}
	}
	f := Frame{
		Sitting: conference.Sitting{ID: "y", Title: "Hội nghị mẫu", Kind: meeting.Ordinary}, Host: "Chi bộ 4", Unit: "Đảng bộ",
		Items: []meeting.Item{item("1", "Thời sự", "m"), item("2", "Báo cáo", "")}, Names: map[string]string{"m": "Trần Thị Bưởi"},
	}
	deck := Draft(f)
	if got := titles(deck[3:6]); got != "Chi bộ 4 thực hiện, Thời sự, Báo cáo" || len(deck) != 9 {
		t.Fatal(titles(deck))
	}
	if deck[4].Speaker != "Trần Thị Bưởi" || !strings.Contains(deck[4].Words, "Trần Thị Bưởi") || deck[4].Position != 5 {
		t.Errorf("%+v", deck[4])
	}
	if stale := deck.Stale(f); len(stale) > 0 {
		t.Errorf("just drafted, %v is stale", stale)
	}
	deck[5].Words = "Lời của văn phòng"
	f.Items = []meeting.Item{item("3", "Nhiệm vụ", ""), f.Items[1], item("1", "Thời sự trong tháng", "m")}
	if stale := deck.Stale(f); !slices.Equal(stale, []string{"Thời sự", "Nhiệm vụ"}) {
		t.Errorf("stale: %v", stale)
	}
	now := deck.Renewed(f)
	if got := titles(now[3:7]); got != "Chi bộ 4 thực hiện, Nhiệm vụ, Báo cáo, Thời sự trong tháng" || len(now) != 10 {
		t.Error(titles(now))
	}
	if now[5].Words != "Lời của văn phòng" || now[6].ID != deck[4].ID || now[9].Position != 10 {
		t.Errorf("%+v", now)
	}
	if stale := now.Stale(f); len(stale) > 0 {
		t.Errorf("renewed, %v is stale", stale)
	}
}

// With a programme the cards are the whole course of the sitting, with the agenda inside
// what is performed; a script that was begun before keeps the words of its cards.
func TestCardsFollowTheProgramme(t *testing.T) {
	f := Frame{
		Sitting: conference.Sitting{ID: "y", Title: "Hội nghị mẫu", Kind: meeting.Ordinary}, Host: "Chi bộ 4", Unit: "Đảng bộ",
		Items: []meeting.Item{{ID: "1", Title: "Thời sự", Minutes: 10}, {ID: "2", Title: "Báo cáo", Minutes: 10}},
	}
	begun := Draft(f)
	begun[0].Words = "Lời của văn phòng"
	f.Programme = conference.Programme{
		{ID: "a", Content: "Đón tiếp, ổn định tổ chức", Minutes: 15},
		{ID: "b", Content: "Tuyên bố lý do", Minutes: 10},
		{ID: "c", Content: "Nội dung chính", Minutes: 90},
		{ID: "d", Content: "Văn nghệ", Minutes: 95},
		{ID: "e", Content: "Kết luận, bế mạc", Minutes: 15, Person: "Thường trực"},
	}
	for _, k := range []struct {
		name, person, want string
	}{
		{"the part that names the cell", "Chi bộ 4", "Đón tiếp, ổn định tổ chức, Tuyên bố lý do, Nội dung chính, Thời sự, Báo cáo, Văn nghệ, Kết luận, bế mạc"},
		{"else the longest", "", "Đón tiếp, ổn định tổ chức, Tuyên bố lý do, Nội dung chính, Văn nghệ, Thời sự, Báo cáo, Kết luận, bế mạc"},
	} {
		f.Programme[2].Person = k.person
		if got := titles(Draft(f)); got != k.want {
			t.Errorf("%s: %s", k.name, got)
		}
	}
	f.Programme[2].Person = "Chi bộ 4"
	if stale := begun.Stale(f); len(stale) != 5 {
		t.Errorf("a programme that came later: %v is stale", stale)
	}
	now := begun.Renewed(f)
	if got := titles(now); got != "Đón tiếp, ổn định tổ chức, Chào cờ, Tuyên bố lý do, Nội dung chính, Thời sự, Báo cáo, Đại biểu góp ý, Văn nghệ, Kết luận, bế mạc, Bế mạc" {
		t.Error(got)
	}
	if now[0].ID != begun[0].ID || now[0].Words != "Lời của văn phòng" || now[0].Minutes != 15 || len(now.Stale(f)) > 0 {
		t.Errorf("%+v, stale: %v", now[0], now.Stale(f))
	}
	if closing := now[8]; closing.Kind != Lead || closing.Title != "Kết luận, bế mạc" || closing.Words != begun[7].Words {
		t.Errorf("%+v", closing)
	}
}
