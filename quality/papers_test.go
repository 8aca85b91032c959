package quality

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"chibo/document"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
	"chibo/rubric"
)

var update = flag.Bool("update", false, "write the golden paper anew")

// sampleFile is a decided score by the sheet of An Phú in a month without a theme.
func sampleFile(t *testing.T) File {
	t.Helper()
	r, _ := rubric.Sheet("an-phu-2025")
	f := File{
		Meeting:      meeting.Meeting{ID: "m", Kind: meeting.Ordinary, Title: "Sinh hoạt thường kỳ tháng 11/2026", StartsAt: when.On(2026, 11, 3).At(19, 30), Chair: "ha"},
		Organization: organization.Organization{Name: "Chi bộ Tổ dân phố 5", Superior: "Đảng bộ phường Sông Xanh", Town: "Sông Xanh"},
		Rubric:       r, Marks: Marks{},
		Remedies: []Remedy{{Weakness: "Thảo luận còn dồn vào cuối buổi", Remedy: "Gửi câu hỏi gợi ý cùng thông báo", Due: when.On(2026, 11, 30)}},
	}
	above := Marks{}
	for _, l := range r.Counted("ordinary") {
		f.Marks[l.ID] = Mark{Points: l.Max}
		above[l.ID] = Mark{Points: l.Max}
	}
	above["5.2"] = Mark{Points: 250}
	f.Sum = r.Add("ordinary", f.Marks.Points())
	f.Score = Score{
		State: Adjusted, Marks: f.Marks, Above: above, Of: f.Sum.Of, Own: Verdict{Points: f.Sum.Points, Level: rubric.Good},
		Decision: Verdict{Points: r.Add("ordinary", above.Points()).Points, Level: rubric.Good, By: "dung"},
		Ballot:   Ballot{For: 24, Against: 1, Entitled: 26, At: 1}, Reason: "Định hướng thảo luận còn chung.",
	}
	return f
}

// TestPaper keeps the words of the printed sheet; the layout is that of package document.
func TestPaper(t *testing.T) {
	t.Parallel()
	d := sampleFile(t).doc("Đảng bộ phường Sông Xanh", map[string]string{"ha": "Nguyễn Thu Hà", "dung": "Mai Xuân Dũng"})
	got := []byte(d.Text())
	const name = "testdata/paper.txt"
	if *update {
		if err := os.WriteFile(name, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the paper reads\n%s", got)
	}
	for form, write := range map[string]func(document.Doc) ([]byte, error){"docx": document.Doc.DOCX, "pdf": document.Doc.PDF} {
		data, err := write(d)
		if err != nil || len(data) < 2000 {
			t.Errorf("%s: %d bytes, %v", form, len(data), err)
		}
		if dir := os.Getenv("CHIBO_PAPERS"); dir != "" && err == nil {
			if err := os.WriteFile(dir+"/paper."+form, data, 0o600); err != nil {
				t.Error(err)
			}
		}
	}
}
