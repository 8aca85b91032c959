package staging

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"chibo/conference"
	"chibo/kit/id"
	"chibo/kit/search"
	"chibo/meeting"
	"chibo/pilot"
)

// Texts of a script are Vietnamese whoever reads the screen.

// Frame is what a script is drafted from: the sitting and its programme, the cell that
// performs, the agenda of its meeting as far as it is known, and the names of the
// presenters by id.
type Frame struct {
	Sitting   conference.Sitting
	Programme conference.Programme // empty: the usual course
	Host      string               // empty where nothing is performed
	Unit      string               // the committee
	Items     []meeting.Item
	Names     map[string]string
}

// kindWords is what a kind of meeting is called.
var kindWords = map[meeting.Kind]string{
	meeting.Ordinary: "thường kỳ", meeting.Thematic: "chuyên đề", meeting.Combined: "thường kỳ và chuyên đề", meeting.Extraordinary: "bất thường",
}

// performing is how long the card takes that leads over to the items of the agenda.
const performing = 2

// Draft returns the cards of a sitting: the parts of its programme, in the usual order
// where it has none yet, and inside what is performed the items of the agenda.
func Draft(f Frame) Deck {
	if len(f.Programme) > 0 {
		return f.fresh().counted()
	}
	length := 60
	if len(f.Items) > 0 {
		length = performing
	}
	deck := Deck{
		{Kind: Welcome, Title: "Ổn định tổ chức", Minutes: 5},
		{Kind: Flag, Title: "Chào cờ", Minutes: 5},
		{Kind: Reason, Title: "Tuyên bố lý do, giới thiệu đại biểu", Minutes: 10},
	}
	if f.Host != "" {
		deck = append(deck, Card{Kind: Perform, Title: f.Host + " thực hiện", Minutes: length, Speaker: f.Host})
	}
	at := len(deck)
	deck = append(deck,
		Card{Kind: Remarks, Title: "Đại biểu góp ý", Minutes: 20},
		Card{Kind: Lead, Title: "Phát biểu kết luận", Minutes: 15, Speaker: "Lãnh đạo " + f.Unit},
		Card{Kind: Close, Title: "Bế mạc", Minutes: 3})
	for i := range deck {
		deck[i].ID, deck[i].Sitting, deck[i].Root, deck[i].Words = id.New(), f.Sitting.ID, f.Sitting.Root, f.words(deck[i])
	}
	return slices.Insert(deck, at, f.fresh()...).counted()
}

// words are what the master says at a card of a kind.
func (f Frame) words(k Card) string {
	switch k.Kind {
	case Welcome:
		return fmt.Sprintf("Kính thưa quý đại biểu, kính thưa các đồng chí. %s sắp bắt đầu. Kính mời quý đại biểu ổn định chỗ ngồi, để điện thoại ở chế độ im lặng.", f.Sitting.Title)
	case Flag:
		return "Kính mời quý đại biểu và các đồng chí đứng dậy, chỉnh đốn trang phục, làm lễ chào cờ."
	case Reason:
		return fmt.Sprintf("Thực hiện kế hoạch của %s, hôm nay chúng ta tổ chức %s. Xin trân trọng giới thiệu các đồng chí đại biểu.", f.Unit, f.Sitting.Title)
	case Perform:
		return fmt.Sprintf("Sau đây, %s thực hiện buổi sinh hoạt %s. Trân trọng kính mời chi bộ.", f.Host, kindWords[f.Sitting.Kind])
	case Remarks:
		return "Trân trọng kính mời quý đại biểu góp ý về khâu chuẩn bị, cách tổ chức và công tác điều hành buổi sinh hoạt: việc làm được, hạn chế, việc chưa đúng, việc còn thiếu."
	case Lead:
		return fmt.Sprintf("Trân trọng kính mời %s phát biểu kết luận.", cmp.Or(k.Speaker, "lãnh đạo "+f.Unit))
	case Close:
		return "Hội nghị đã hoàn thành chương trình. Xin cảm ơn quý đại biểu và các đồng chí. Kính chúc sức khỏe."
	}
	said := fmt.Sprintf("Tiếp theo chương trình: %s.", k.Title)
	if k.Speaker != "" {
		said += fmt.Sprintf(" Kính mời %s.", k.Speaker)
	}
	return said
}

// spoken are the words of a programme by which the kind of a part is known, folded; the
// first that is found counts.
var spoken = []struct {
	words string
	kind  CardKind
}{
	{"chao co", Flag},
	{"ly do", Reason},
	{"gioi thieu", Reason},
	{"gop y", Remarks},
	{"rut kinh nghiem", Remarks},
	{"ket luan", Lead},
	{"be mac", Close},
	{"on dinh", Welcome},
	{"don tiep", Welcome},
}

func kindOf(content string) CardKind {
	words := search.Fold(content)
	for _, k := range spoken {
		if strings.Contains(words, k.words) {
			return k.kind
		}
	}
	return Other
}

// performed returns which part of the programme is the one that the cell performs: the one
// that names it, else the longest; -1 where nothing is performed.
func (f Frame) performed() int {
	if f.Host == "" || len(f.Programme) == 0 {
		return -1
	}
	named := slices.IndexFunc(f.Programme, func(x conference.Part) bool {
		return strings.Contains(search.Fold(x.Content+" "+x.Person), search.Fold(f.Host))
	})
	if named >= 0 {
		return named
	}
	longest := slices.MaxFunc(f.Programme, func(a, b conference.Part) int { return cmp.Compare(a.Minutes, b.Minutes) })
	return slices.Index(f.Programme, longest)
}

// fresh are the cards of the parts of the programme, with those of the agenda inside what is
// performed; without a programme those of the agenda alone.
func (f Frame) fresh() Deck {
	if len(f.Programme) == 0 {
		return f.items()
	}
	var out Deck
	performed := f.performed()
	for n, x := range f.Programme {
		k := Card{
			ID: id.New(), Sitting: f.Sitting.ID, Root: f.Sitting.Root, Kind: kindOf(x.Content), Title: x.Content, Minutes: x.Minutes, Speaker: x.Person,
			ItemID: x.ID, Wording: fmt.Sprintf("%s\n%d\n%s", x.Content, x.Minutes, x.Person),
		}
		if n == performed {
			k.Kind = Perform
			if len(f.Items) > 0 {
				k.Minutes = performing
			}
		}
		k.Words = f.words(k)
		out = append(out, k)
		if n == performed {
			out = append(out, f.items()...)
		}
	}
	return out
}

// items are the cards of the agenda of the host. The chair of the host leads through
// them; the words say what comes, for whoever guides the guests.
func (f Frame) items() Deck {
	out := make(Deck, len(f.Items))
	for n, i := range f.Items {
		k := Card{
			ID: id.New(), Sitting: f.Sitting.ID, Root: f.Sitting.Root, Kind: Item, Title: i.Title, Minutes: i.Minutes, Speaker: f.Names[i.Presenter],
			ItemID: i.ID, Wording: pilot.Wording(i),
		}
		k.Words = fmt.Sprintf("Nội dung thứ %d: %s.", n+1, i.Title)
		if k.Speaker != "" {
			k.Words += fmt.Sprintf(" Kính mời đồng chí %s.", k.Speaker)
		}
		out[n] = k
	}
	return out
}

// Stale returns the titles of what stands on programme and agenda otherwise than when the
// cards were drafted, of what is new there, and of cards that have lost what they came from.
func (d Deck) Stale(f Frame) []string {
	var out []string
	known, fresh := map[string]bool{}, f.fresh()
	for _, k := range d {
		if k.ItemID == "" {
			continue
		}
		known[k.ItemID] = true
		i := slices.IndexFunc(fresh, func(n Card) bool { return n.ItemID == k.ItemID })
		if i < 0 || fresh[i].Wording != k.Wording {
			out = append(out, k.Title)
		}
	}
	for _, k := range fresh {
		if !known[k.ItemID] {
			out = append(out, k.Title)
		}
	}
	return out
}

// Renewed returns the cards with those of programme and agenda as they stand in f: cards
// whose origin is unchanged keep their words, the others are drafted anew. Cards that come
// from neither stay, behind the card behind which they stood. A card of the usual course
// gives its words to the part of a programme that takes its place.
func (d Deck) Renewed(f Frame) Deck {
	fresh, taken := f.fresh(), map[string]bool{}
	for i := range fresh {
		if n := d.before(fresh[i]); n >= 0 {
			fresh[i] = fresh[i].over(d[n])
			taken[d[n].ID] = true
		}
	}
	placed := func(k Card) bool { return taken[k.ID] || k.ItemID != "" }
	if len(f.Programme) == 0 {
		return d.around(fresh, placed)
	}
	behind, last := map[string]Deck{}, ""
	for _, k := range d {
		switch {
		case taken[k.ID]:
			last = k.ID
		case k.ItemID == "":
			behind[last] = append(behind[last], k)
		}
	}
	out := behind[""]
	for _, k := range fresh {
		out = append(append(out, k), behind[k.ID]...)
	}
	return out.counted()
}

// before returns which card of the deck stood for what k is drafted from; -1: none did.
func (d Deck) before(k Card) int {
	same := slices.IndexFunc(d, func(o Card) bool { return o.ItemID == k.ItemID })
	if same >= 0 || k.Kind == Item || k.Kind == Other {
		return same
	}
	return slices.IndexFunc(d, func(o Card) bool { return o.ItemID == "" && o.Kind == k.Kind })
}

// over returns the card in the place of the one that stood before: its words are kept where
// its origin is unchanged, or where it had none.
func (k Card) over(o Card) Card {
	switch {
	case o.ItemID == "":
		k.Words = o.Words
	case o.Wording == k.Wording:
		return o
	}
	k.ID = o.ID
	return k
}

// around returns fresh cards where the first of those stood that are placed anew, between
// the cards that stay; where there was none, behind the card that leads over to them.
func (d Deck) around(fresh Deck, placed func(Card) bool) Deck {
	at := slices.IndexFunc(d, placed)
	if at < 0 {
		at = 1 + slices.IndexFunc(d, func(k Card) bool { return k.Kind == Perform })
	}
	before, after := slices.DeleteFunc(slices.Clone(d[:at]), placed), slices.DeleteFunc(slices.Clone(d[at:]), placed)
	return slices.Concat(before, fresh, after).counted()
}
