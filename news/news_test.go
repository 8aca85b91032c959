package news

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/when"
	"chibo/meeting"
)

func TestCompose(t *testing.T) {
	t.Parallel()
	ordinary := Facts{
		Cell: "Chi bộ Tổ dân phố 5", Superior: "Đảng bộ phường Sông Xanh", Place: "Nhà văn hóa", Kind: meeting.Ordinary,
		Month: when.Month{Year: 2026, Month: 12}, Day: when.On(2026, 12, 3), Came: 11, Counted: 12,
	}
	themed := ordinary
	themed.Kind, themed.Theme, themed.Place, themed.Counted = meeting.Combined, "Chuyển đổi số", "", 0
	for name, tt := range map[string]struct {
		facts Facts
		want  Words
	}{
		"an ordinary meeting": {ordinary, Words{
			Title:  "Chi bộ Tổ dân phố 5 sinh hoạt thường kỳ tháng 12/2026",
			Body:   "Ngày 03/12/2026, tại Nhà văn hóa, Chi bộ Tổ dân phố 5 tổ chức sinh hoạt thường kỳ tháng 12/2026. Tham dự có 11/12 đảng viên, đạt 91,7%.",
			Source: "Chi bộ Tổ dân phố 5, Đảng bộ phường Sông Xanh",
		}},
		"with a theme, without place and roll": {themed, Words{
			Title:  "Chi bộ Tổ dân phố 5 sinh hoạt chuyên đề “Chuyển đổi số”",
			Body:   "Ngày 03/12/2026, Chi bộ Tổ dân phố 5 tổ chức sinh hoạt thường kỳ gắn với chuyên đề tháng 12/2026.\n\nChi bộ đã sinh hoạt chuyên đề “Chuyển đổi số”.",
			Source: "Chi bộ Tổ dân phố 5, Đảng bộ phường Sông Xanh",
		}},
	} {
		got := Compose(tt.facts)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if err := got.Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	for want, n := range map[string][2]int{"100%": {12, 12}, "0%": {0, 7}, "66,7%": {2, 3}, "33,3%": {1, 3}, "50%": {6, 12}, "99,9%": {699, 700}} {
		if got := percent(n[0], n[1]); got != want {
			t.Errorf("%d of %d: %s, want %s", n[0], n[1], got, want)
		}
	}
}

// TestGap says when a picture may be shown: with everybody's yes, or with nobody in it.
func TestGap(t *testing.T) {
	t.Parallel()
	people := func(answers ...Answer) []Person {
		out := make([]Person, len(answers))
		for n, a := range answers {
			out[n] = Person{Answer: a}
		}
		return out
	}
	for name, tt := range map[string]struct {
		picture Picture
		want    Gap
	}{
		"nobody has looked":          {Picture{}, Unsaid},
		"nobody in it":               {Picture{Nobody: true}, ""},
		"all agree":                  {Picture{People: people(Yes, Yes)}, ""},
		"one has not answered":       {Picture{People: people(Yes, "")}, Waiting},
		"one refuses":                {Picture{People: people(Yes, No, "")}, Refused},
		"one refuses, one is silent": {Picture{People: people("", No)}, Refused},
	} {
		if got := tt.picture.Gap(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
		if Ready([]Picture{{Nobody: true}, tt.picture}) != (tt.want == "") {
			t.Errorf("%s: ready or not", name)
		}
	}
	if !Ready(nil) {
		t.Error("a piece without pictures may be published")
	}
}

func TestWordsAreChecked(t *testing.T) {
	t.Parallel()
	good := Words{"Tin", "Nội dung", "Chi bộ"}
	for name, w := range map[string]Words{
		"no headline": {"", good.Body, good.Source}, "no text": {good.Title, " ", good.Source}, "no source": {good.Title, good.Body, ""},
		"too long": {strings.Repeat("a", maxTitle+1), good.Body, good.Source},
	} {
		if w.Check() == nil {
			t.Errorf("%s is let through", name)
		}
	}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
}
