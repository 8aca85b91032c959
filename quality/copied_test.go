package quality

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const lastMonth = "Chi bộ cơ bản hoàn thành các nhiệm vụ đề ra; đảng viên giữ nền nếp sinh hoạt, phát huy vai trò gương mẫu tại nơi cư trú và nơi công tác."

func TestCompare(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, fresh string
		least, most int
		passage     string
	}{
		{"copied", lastMonth, 100, 100, "Chi bộ cơ bản"},
		{"other case and marks", strings.ToUpper(strings.ReplaceAll(lastMonth, ";", ",")), 100, 100, "CHI BỘ"},
		{"other accents are other words", "Chi bo co ban hoan thanh cac nhiem vu de ra trong thang", 0, 0, ""},
		{"half", lastMonth + " Tháng này tổ dân phố đã lắp xong mười hai đèn chiếu sáng ở các ngõ nhỏ, vận động bốn mươi hộ phân loại rác và thăm năm gia đình chính sách.", 30, 60, "gương mẫu tại nơi cư trú"},
		{"new", "Tháng này tổ dân phố đã lắp xong mười hai đèn chiếu sáng ở các ngõ nhỏ.", 0, 0, ""},
		{"too short", "Chi bộ cơ bản", 0, 0, ""},
		{"nothing", "", 0, 0, ""},
	} {
		l := Compare([]string{tc.fresh}, []string{lastMonth})
		if l.Percent < tc.least || l.Percent > tc.most {
			t.Errorf("%s: %d %%", tc.name, l.Percent)
		}
		if tc.passage != "" && (len(l.Passages) == 0 || !strings.Contains(l.Passages[0], tc.passage)) {
			t.Errorf("%s: passages %q", tc.name, l.Passages)
		}
		if tc.most == 0 && len(l.Passages) > 0 {
			t.Errorf("%s: passages %q", tc.name, l.Passages)
		}
	}
}

// TestCopiedPassagesStandInBoth draws texts from few words, so that much is common.
func TestCopiedPassagesStandInBoth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"chi", "bộ", "họp"}), 0, 25)
		fresh := strings.Join(words.Draw(rt, "fresh"), " ")
		old := strings.Join(words.Draw(rt, "old"), " ")
		l := Compare([]string{fresh}, []string{old})
		if l.Percent < 0 || l.Percent > 100 || (l.Percent == 100) && fresh != "" && len(l.Passages) == 0 {
			rt.Fatalf("%+v", l)
		}
		for _, p := range l.Passages {
			if !strings.Contains(fresh, p) || len(strings.Fields(p)) < shingle {
				rt.Fatalf("%q in %q", p, fresh)
			}
		}
		if whole := Compare([]string{fresh}, []string{fresh, old}); len(strings.Fields(fresh)) >= shingle && whole.Percent != 100 {
			rt.Fatalf("%q is like itself by %d %%", fresh, whole.Percent)
		}
	})
}
