package conference

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"chibo/kit/when"
	"chibo/organization"
)

func TestTimesOfAProgrammeRun(t *testing.T) {
	start := when.On(2024, 3, 28).At(8, 0)
	y := Sitting{Title: "Hội nghị mẫu", StartsAt: start, EndsAt: start.Add(90 * time.Minute), Venue: "Hội trường"}
	p := Programme{{Content: "Đón tiếp", Minutes: 15, Person: "Văn phòng"}, {Content: "Sinh hoạt mẫu", Minutes: 90, Person: "Chi bộ 1"}}
	if over := p.Over(y); over != 15 {
		t.Errorf("%d minutes over", over)
	}
	text := p.Paper(organization.Organization{Name: "Đảng bộ phường", Town: "Sông Xanh"}, "Đảng ủy phường Sông Xanh", y).Text()
	for _, words := range []string{"CHƯƠNG TRÌNH", "Thời gian: 08 giờ 00, thứ Năm, ngày 28 tháng 3 năm 2024.", "08:00 – 08:15", "08:15 – 09:45", "Chi bộ 1"} {
		if !strings.Contains(text, words) {
			t.Errorf("%q is missing in\n%s", words, text)
		}
	}
}

// The usual parts fill the sitting to the minute.
func TestTheUsualProgrammeFillsTheSitting(t *testing.T) {
	start := when.On(2024, 3, 28).At(8, 0)
	for _, minutes := range []int{110, 180, 210} {
		y := Sitting{Host: "c", StartsAt: start, EndsAt: start.Add(time.Duration(minutes) * time.Minute)}
		if over := usual(y).Over(y); over != 0 || usual(y).check() != nil {
			t.Errorf("of %d minutes: %d over, %v", minutes, over, usual(y).check())
		}
	}
}

func TestPostedPartsAreReadAndSetInOrder(t *testing.T) {
	values := url.Values{
		"content_1": {"Kết luận"}, "minutes_1": {"15"}, "position_1": {"3"},
		"content_2": {"Đón tiếp"}, "minutes_2": {"10"}, "position_2": {"1"}, "id_2": {"b"},
		"content_4": {"Góp ý"}, "minutes_4": {"40"}, "position_4": {"hai"}, // stays where it stood
		"position_5": {"5"}, // nothing is left of it
	}
	p := programmeFrom(values).sorted()
	var got []string
	for n, x := range p {
		got = append(got, x.Content)
		if x.Position != n+1 {
			t.Errorf("%s stands at %d", x.Content, x.Position)
		}
	}
	if strings.Join(got, ", ") != "Đón tiếp, Kết luận, Góp ý" || p[0].ID != "b" {
		t.Error(got, p[0].ID)
	}
	if err := (Programme{{Content: "Góp ý", Minutes: 0}}).check(); err == nil {
		t.Error("a part of no minutes is taken")
	}
}
