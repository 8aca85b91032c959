package proceedings

import (
	"fmt"
	"strings"
)

// Phrase is a set phrase of the minutes that a key puts into a text, with names,
// numbers and times already in it. What stands in braces is filled at the moment
// of pressing: {speaker} with the name chosen in the form, {time} with the clock.
// Phrases are Vietnamese whoever reads the screen: they go into a document.
type Phrase struct{ Key, Text string }

// Phrases returns the set phrases that fit a kind of act now.
func (s State) Phrases(k ActKind) []Phrase {
	switch k {
	case KindOpinion:
		return []Phrase{
			{"nhất trí", "Đồng chí {speaker} nhất trí với nội dung đã trình bày."},
			{"phát biểu", "Đồng chí {speaker} phát biểu: "},
			{"đề nghị", "Đồng chí {speaker} đề nghị "},
		}
	case KindConclude:
		return s.concluding()
	case KindNote:
		return s.noting()
	case KindDestiny:
		return []Phrase{
			{"chủ tọa làm rõ", fmt.Sprintf("Đồng chí %s làm rõ: ", s.Name(s.Opening.Chair))},
			{"tiếp thu", capital(s.Body()) + " tiếp thu, đưa vào kết luận: "},
		}
	}
	return nil
}

func (s State) concluding() []Phrase {
	list := []Phrase{
		{"chủ tọa kết luận", fmt.Sprintf("Đồng chí %s kết luận: ", s.Name(s.Opening.Chair))},
		{s.Body() + " thống nhất", capital(s.Body()) + " thống nhất với các nội dung đã thảo luận."},
	}
	for n := len(s.Votes) - 1; n >= 0; n-- {
		if v := s.Votes[n]; v.IsClosed() && v.Result.Passed && !v.Race.Held() {
			text := fmt.Sprintf("%s biểu quyết %s: %s.", capital(s.Body()), lower(v.Question), v.Result.Share())
			return append(list, Phrase{"biểu quyết " + Percent(v.Result.For, v.Result.Base), text})
		}
	}
	return list
}

func (s State) noting() []Phrase {
	t := s.Tally()
	list := []Phrase{
		{"có mặt", s.counted(t)},
		{"giải lao", "Lúc {time}, " + s.Body() + " nghỉ giải lao."},
	}
	var guests []string
	for _, g := range s.Guests {
		if g.Here {
			guests = append(guests, g.Name+", "+g.Office)
		}
	}
	if len(guests) > 0 {
		list = append(list, Phrase{"đại biểu", "Tham dự có: " + strings.Join(guests, "; ") + "."})
	}
	return list
}

// counted says who is in the room.
func (s State) counted(t Tally) string {
	if s.Beside() {
		return fmt.Sprintf("Lúc {time}, có mặt %d/%d người.", t.Here, t.Listed)
	}
	return fmt.Sprintf("Lúc {time}, có mặt %d/%d đảng viên, trong đó %d đồng chí có quyền biểu quyết.", t.Here, t.Listed, t.Entitled)
}

// capital makes the first letter large.
func capital(s string) string {
	for n, r := range s {
		if n == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// lower makes the first letter small, for a sentence that goes on.
func lower(s string) string {
	for n, r := range s {
		if n == 0 {
			return strings.ToLower(string(r)) + s[len(string(r)):]
		}
	}
	return s
}
