package feedback

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/conference"
	"chibo/kit/when"
	"chibo/lesson"
	"chibo/organization"
)

var anew = flag.Bool("update", false, "write the golden file anew")

func TestTheSynthesisOnPaper(t *testing.T) {
	t.Parallel()
	in := func(id string, p Phase, y Head, group, item, text string) Remark {
		return Remark{ID: id, Sheet: "s", Phase: p, Head: y, Group: group, Item: item, Text: text}
	}
	remarks := []Remark{
		in("1", Preparation, Limit, "late", "", "Tài liệu gửi muộn"),
		in("2", Preparation, Limit, "late", "", "Chưa kịp đọc\nvì tài liệu gửi muộn"),
		in("3", Preparation, Limit, "", "", "Hội trường nóng"),
		in("4", Conduct, Done, "", "Thảo luận nghị quyết", "Nhiều đồng chí phát biểu"),
	}
	f := File{
		Place: Place{
			Sitting: conference.Sitting{Title: "Hội nghị “sinh hoạt chi bộ thường kỳ” mẫu", StartsAt: when.On(2026, 11, 10).At(8, 0), Venue: "Hội trường Sông Xanh"},
			Opened:  true,
		},
		Unit:        organization.Organization{Name: "Đảng bộ phường Sông Xanh", Superior: "Đảng bộ tỉnh Bến Hồ", Town: "Sông Xanh"},
		Counted:     Counted{Sheets: 3, Papers: 1, Remarks: 4, Alone: 2},
		Sheets:      map[string]Sheet{"s": {ID: "s", Name: "Ngô Văn Mẫu"}},
		Blocks:      Arrange(remarks, []Group{{ID: "late", Phase: Preparation, Head: Limit, Words: "Tài liệu gửi muộn"}}, []Text{{Phase: Conduct, Head: Done, Text: "Thảo luận sôi nổi."}}),
		Conclusions: []Conclusion{{ID: "k", Seen: "Tài liệu gửi muộn", Why: "Duyệt sát ngày", Act: "Gửi trước năm ngày"}},
		Cards:       map[string]lesson.Counted{"k": {Lesson: lesson.Lesson{Seen: "Tài liệu gửi muộn", Why: "Duyệt sát ngày", Act: "Gửi trước năm ngày"}, Learned: 17, Sent: 24}},
	}
	got, path := synthesisDoc(f, when.On(2026, 11, 15)).Text(), filepath.Join("testdata", "synthesis.txt")
	if *anew {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
