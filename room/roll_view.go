package room

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chibo/kit/search"
	"chibo/kit/when"
	"chibo/proceedings"
)

// A roll of more than fewOnRoll is shown by names looked for, letters and groups,
// pageOfRoll names at a time: a phone can neither draw nor leaf through seven
// hundred.
const (
	fewOnRoll  = 25
	pageOfRoll = 40
)

// rollView is which part of the roll is asked for; the zero value asks for all. It is
// the query of the room's address, so that it outlives a press and can be gone back
// to.
type rollView struct {
	Words  string // as typed
	Letter string // first letter of the given name, see letter
	Group  string // tổ đảng
	// Since asks for those whose mark was missing at that moment. Who was marked
	// after it stays: nobody's name moves away under a finger.
	Since when.Instant
	From  int // of those, from this one on
}

func rollViewOf(q url.Values) rollView {
	since, _ := strconv.ParseInt(q.Get("since"), 10, 64) // what is no number asks for nothing
	from, _ := strconv.Atoi(q.Get("from"))
	return rollView{q.Get("q"), q.Get("letter"), q.Get("group"), when.Instant(max(0, since)), max(0, from)}
}

// query is the part of the address that asks for v, with a leading "?"; empty for
// all.
func (v rollView) query() string {
	q := url.Values{}
	for name, value := range map[string]string{"q": v.Words, "letter": v.Letter, "group": v.Group} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if v.Since > 0 {
		q.Set("since", strconv.FormatInt(int64(v.Since), 10))
	}
	if v.From > 0 {
		q.Set("from", strconv.Itoa(v.From))
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// choose returns the part of the roll that v asks for, in the order of the roll.
func (v rollView) choose(roll []proceedings.Attendee) []proceedings.Attendee {
	var chosen []proceedings.Attendee
	words := strings.Fields(search.Fold(v.Words))
	for _, a := range roll {
		if v.takes(a, words) {
			chosen = append(chosen, a)
		}
	}
	return chosen
}

func (v rollView) takes(a proceedings.Attendee, words []string) bool {
	return (v.Letter == "" || letter(a.Name) == v.Letter) &&
		(v.Group == "" || a.Group == v.Group) &&
		(v.Since == 0 || a.Status == proceedings.Unmarked || a.At >= v.Since) &&
		named(a.Name, words)
}

// named reports whether every word begins a word of a person's name.
func named(name string, words []string) bool {
	parts := strings.Fields(search.Fold(name))
	return !slices.ContainsFunc(words, func(word string) bool {
		return !slices.ContainsFunc(parts, func(part string) bool { return strings.HasPrefix(part, word) })
	})
}

// letter is the first letter of the given name, by which Vietnamese rolls are
// ordered: without its tone and its hat, but Đ is a letter of its own.
func letter(name string) string {
	given := name[strings.LastIndex(name, " ")+1:]
	if first, _ := utf8.DecodeRuneInString(given); first == 'Đ' || first == 'đ' {
		return "Đ"
	}
	first, _ := utf8.DecodeRuneInString(search.Fold(given))
	return strings.ToUpper(string(first))
}

// lettersOf returns the letters that occur, in the order of the roll.
func lettersOf(roll []proceedings.Attendee) []string {
	var letters []string
	for _, a := range roll {
		if l := letter(a.Name); !slices.Contains(letters, l) {
			letters = append(letters, l)
		}
	}
	return letters
}

// groupTally is a tổ đảng with how many of it are in the room.
type groupTally struct {
	Name         string
	Here, Listed int
}

// groupsOf returns the groups of the roll by name; nothing where it has none.
func groupsOf(roll []proceedings.Attendee) []groupTally {
	var groups []groupTally
	for _, a := range roll {
		if a.Group == "" {
			continue
		}
		n := slices.IndexFunc(groups, func(t groupTally) bool { return t.Name == a.Group })
		if n < 0 {
			n = len(groups)
			groups = append(groups, groupTally{Name: a.Group})
		}
		groups[n].Listed++
		if a.Here() {
			groups[n].Here++
		}
	}
	slices.SortFunc(groups, func(a, b groupTally) int {
		return cmp.Or(cmp.Compare(len(a.Name), len(b.Name)), cmp.Compare(a.Name, b.Name)) // Tổ 2 before Tổ 10
	})
	return groups
}

// lastMark returns the mark that account made last and that still holds.
func lastMark(roll []proceedings.Attendee, account string) (proceedings.Attendee, bool) {
	var last proceedings.Attendee
	for _, a := range roll {
		if a.Act != "" && a.By == account && a.At >= last.At {
			last = a
		}
	}
	return last, last.Act != ""
}
