package theme

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

var golden = flag.Bool("update", false, "write the golden files again")

func samplePlan() yearPlan {
	entry := func(month int, kind meeting.Kind, title, presenter, questions string) Entry {
		m := when.Month{Year: 2026, Month: 1}.Add(month - 1)
		return Entry{Theme: Theme{
			Month: m, Kind: kind, Title: title, Presenter: presenter, Questions: questions, Due: m.Day(1),
			ApprovedAt: 1, ApprovedOn: when.On(2026, 1, month+1),
		}}
	}
	return yearPlan{
		Cell: organization.Organization{Name: "Chi bộ Tổ dân phố 5", Superior: "Đảng bộ phường Sông Xanh", Town: "Sông Xanh"},
		Year: 2026, Today: when.On(2026, 1, 20), Secretary: "Nguyễn Thu Hà", Committee: true,
		Names: map[string]string{"hoa": "Trần Văn Hòa", "minh": "Lê Thị Minh"},
		Entries: []Entry{
			entry(3, meeting.Combined, "Nâng cao vai trò đảng viên trong giữ vệ sinh môi trường, phân loại rác tại nguồn", "hoa", "Hộ nào còn để rác sau giờ thu gom?\nĐảng viên phụ trách từng ngõ thế nào?"),
			entry(5, meeting.Thematic, "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh về thực hành tiết kiệm", "minh", ""),
			entry(9, meeting.Combined, "Chuyển đổi số: giúp người cao tuổi làm thủ tục trực tuyến", "", "Người cao tuổi còn vướng gì?"),
		},
	}
}

// TestPlanOfTheYear compares the text of the plan with its golden file and writes it
// in both forms.
func TestPlanOfTheYear(t *testing.T) {
	t.Parallel()
	doc := samplePlan().doc()
	if *golden {
		if err := os.WriteFile("testdata/plan.txt", []byte(doc.Text()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/plan.txt")
	if err != nil || string(want) != doc.Text() {
		t.Errorf("the plan reads (%v):\n%s", err, doc.Text())
	}
	if data, err := doc.DOCX(); err != nil || !bytes.HasPrefix(data, []byte("PK")) {
		t.Errorf("DOCX: %v", err)
	}
	if data, err := doc.PDF(); err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Errorf("PDF: %v", err)
	}
}

// A plan of which not every theme is approved is a draft, and says so.
func TestPlanIsADraftUntilApproved(t *testing.T) {
	t.Parallel()
	p := samplePlan()
	if p.doc().Mark != "" {
		t.Errorf("an approved plan is marked %q", p.doc().Mark)
	}
	p.Entries[1].ApprovedAt = 0
	if p.doc().Mark != "Dự thảo" {
		t.Errorf("a plan that waits is marked %q", p.doc().Mark)
	}
}
