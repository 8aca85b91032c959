package staging

import (
	"fmt"
	"slices"

	"chibo/conference"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/pilot"
)

// Texts of a script are Vietnamese whoever reads the screen.

// Frame is what a script is drafted from: the sitting, the cell that performs, the agenda
// of its meeting as far as it is known, and the names of the presenters by id.
type Frame struct {
	Sitting conference.Sitting
	Host    string // empty where nothing is performed
	Unit    string // the committee
	Items   []meeting.Item
	Names   map[string]string
}

// kindWords is what a kind of meeting is called.
var kindWords = map[meeting.Kind]string{
	meeting.Ordinary: "thường kỳ", meeting.Thematic: "chuyên đề", meeting.Combined: "thường kỳ và chuyên đề", meeting.Extraordinary: "bất thường",
}

// Draft returns the cards of a sitting in the usual order.
func Draft(f Frame) Deck {
	deck := Deck{
		{Kind: Welcome, Title: "Ổn định tổ chức", Minutes: 5, Words: fmt.Sprintf("Kính thưa quý đại biểu, kính thưa các đồng chí. %s sắp bắt đầu. Kính mời quý đại biểu ổn định chỗ ngồi, để điện thoại ở chế độ im lặng.", f.Sitting.Title)},
		{Kind: Flag, Title: "Chào cờ", Minutes: 5, Words: "Kính mời quý đại biểu và các đồng chí đứng dậy, chỉnh đốn trang phục, làm lễ chào cờ."},
		{Kind: Reason, Title: "Tuyên bố lý do, giới thiệu đại biểu", Minutes: 10, Words: fmt.Sprintf("Thực hiện kế hoạch của %s, hôm nay chúng ta tổ chức %s. Xin trân trọng giới thiệu các đồng chí đại biểu.", f.Unit, f.Sitting.Title)},
	}
	if f.Host != "" {
		length := 60
		if len(f.Items) > 0 {
			length = 2
		}
		deck = append(deck, Card{
			Kind: Perform, Title: f.Host + " thực hiện", Minutes: length, Speaker: f.Host,
			Words: fmt.Sprintf("Sau đây, %s thực hiện buổi sinh hoạt %s. Trân trọng kính mời chi bộ.", f.Host, kindWords[f.Sitting.Kind]),
		})
		deck = append(deck, f.items()...)
	}
	deck = append(deck,
		Card{Kind: Remarks, Title: "Đại biểu góp ý", Minutes: 20, Words: "Trân trọng kính mời quý đại biểu góp ý về khâu chuẩn bị, cách tổ chức và công tác điều hành buổi sinh hoạt: việc làm được, hạn chế, việc chưa đúng, việc còn thiếu."},
		Card{Kind: Lead, Title: "Phát biểu kết luận", Minutes: 15, Speaker: "Lãnh đạo " + f.Unit, Words: fmt.Sprintf("Trân trọng kính mời lãnh đạo %s phát biểu kết luận.", f.Unit)},
		Card{Kind: Close, Title: "Bế mạc", Minutes: 3, Words: "Hội nghị đã hoàn thành chương trình. Xin cảm ơn quý đại biểu và các đồng chí. Kính chúc sức khỏe."})
	for i := range deck {
		deck[i].ID, deck[i].Sitting, deck[i].Root = id.New(), f.Sitting.ID, f.Sitting.Root
	}
	return deck.counted()
}

// items are the cards of the agenda of the host. The chair of the host leads through
// them; the words say what comes, for whoever guides the guests.
func (f Frame) items() Deck {
	out := make(Deck, len(f.Items))
	for n, i := range f.Items {
		k := Card{Kind: Item, Title: i.Title, Minutes: i.Minutes, Speaker: f.Names[i.Presenter], ItemID: i.ID, Wording: pilot.Wording(i)}
		k.Words = fmt.Sprintf("Nội dung thứ %d: %s.", n+1, i.Title)
		if k.Speaker != "" {
			k.Words += fmt.Sprintf(" Kính mời đồng chí %s.", k.Speaker)
		}
		out[n] = k
	}
	return out
}

// Stale returns the titles of what stands on the agenda otherwise than when the cards were
// drafted, of what is new there, and of cards whose item is gone.
func (d Deck) Stale(items []meeting.Item) []string {
	var out []string
	known := map[string]bool{}
	for _, k := range d {
		if k.ItemID == "" {
			continue
		}
		known[k.ItemID] = true
		i := slices.IndexFunc(items, func(i meeting.Item) bool { return i.ID == k.ItemID })
		if i < 0 || pilot.Wording(items[i]) != k.Wording {
			out = append(out, k.Title)
		}
	}
	for _, i := range items {
		if !known[i.ID] {
			out = append(out, i.Title)
		}
	}
	return out
}

// Renewed returns the cards with those of the agenda as it stands in f: cards whose item is
// unchanged keep their words, the others are drafted anew, in the order of the agenda.
// Cards that come from no item stay.
func (d Deck) Renewed(f Frame) Deck {
	at, fresh := -1, f.items()
	for n, k := range d {
		if at < 0 && k.ItemID != "" {
			at = n
		}
	}
	for i := range fresh {
		fresh[i].ID, fresh[i].Sitting, fresh[i].Root = id.New(), f.Sitting.ID, f.Sitting.Root
		for _, k := range d {
			if k.ItemID == fresh[i].ItemID && k.Wording == fresh[i].Wording {
				fresh[i] = k
			} else if k.ItemID == fresh[i].ItemID {
				fresh[i].ID = k.ID
			}
		}
	}
	if at < 0 {
		at = 1 + slices.IndexFunc(d, func(k Card) bool { return k.Kind == Perform })
	}
	own := func(k Card) bool { return k.ItemID != "" }
	before, after := slices.DeleteFunc(slices.Clone(d[:at]), own), slices.DeleteFunc(slices.Clone(d[at:]), own)
	return slices.Concat(before, fresh, after).counted()
}
