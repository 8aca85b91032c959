package rating

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/document"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/task"
)

var anew = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
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
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// finished is a made-up round of five, decided.
func finished() (Overview, Card) {
	cell := organization.Organization{Root: "w", ID: "c", Level: organization.Cell, Name: "Chi bộ Tổ dân phố 5", Superior: "ĐẢNG BỘ PHƯỜNG SÔNG XANH", Town: "Sông Xanh"}
	round := Round{
		Root: "w", ID: "r", Organization: "c", Span: Yearly, Month: when.Month{Year: 2026, Month: 1}, State: Told,
		ReviewOn: when.On(2026, 12, 10), OpenedAt: when.On(2026, 11, 20).At(9, 0), Cap: DefaultCap(), Base: 12,
		Sitting: Sitting{Present: 11, Place: "Nhà văn hóa tổ dân phố 5", Chair: "Trần Văn Hòa", Taker: "Phạm Quang Dũng", Course: "Chi bộ giữ nền nếp sinh hoạt; còn chậm hai việc."},
	}
	ruling := Ruling{"15-QĐ/ĐU", when.On(2026, 12, 20), "Đảng ủy phường Sông Xanh"}
	line := func(subject string, form Form, points Points, claim Level, votes Votes, proposal Level) Rating {
		return Rating{
			Root: "w", Round: "r", Subject: subject, Form: form, Votes: votes, Proposal: proposal, Level: proposal, Ruling: ruling, SelfAt: round.OpenedAt,
			Self: Self{Points: points, Claim: claim, Strengths: "Hoàn thành việc chi bộ giao.", Faults: "Còn nể nang."},
		}
	}
	hoa := line("hoa", Outside, Points{14, 14, 22, 21, 21}, Excellent, Votes{Excellent: 9, Good: 2}, Excellent)
	hoa.Discussed, hoa.Remark = "Nhiệt tình; cần mạnh dạn phê bình.", "Kỳ tháng 7 tôi đi chữa bệnh."
	lan := line("lan", Outside, Points{13, 12, 20, 20, 15}, Good, Votes{Excellent: 6, Good: 5}, Good)
	lan.Reason = "Chưa mức nào quá nửa; chi bộ thảo luận và thống nhất."
	names := map[string]string{Cell: cell.Name, "hoa": "Trần Văn Hòa", "lan": "Vũ Thị Lan", "minh": "Lê Thị Minh", "tu": "Hoàng Văn Tư", "canh": "Phan Văn Cảnh"}
	v := Overview{Round: round, Cell: cell, Names: names, Lines: []Rating{
		line(Cell, Collective, Points{27, 62}, Good, Votes{Good: 11}, Good), hoa, lan,
		line("minh", Outside, Points{14, 13, 20, 20, 18}, Good, Votes{Good: 10, Invalid: 1}, Good),
		line("tu", Outside, Points{12, 12, 18, 15, 14}, Good, Votes{Good: 9, Done: 2}, Good),
		line("vinh", Serving, Points{9, 9, 9, 60}, Good, Votes{Good: 11}, Good),
		{Root: "w", Round: "r", Subject: "canh", Form: Outside, Case: Exempt},
	}}
	names["vinh"] = "Đỗ Quang Vinh"
	meetings := map[string]string{"m11": "Sinh hoạt thường kỳ tháng 11/2026"}
	card := Card{Round: round, Cell: cell, Line: hoa, Name: "Trần Văn Hòa", Evidence: Evidence{
		Titles: meetings,
		Meetings: []Attended{
			{Meeting: "m10", Title: "Sinh hoạt thường kỳ tháng 10/2026", Expected: true},
			{Meeting: "m11", Title: meetings["m11"], Expected: true, Came: true, Times: 2},
		},
		Tasks: []task.Outcome{
			{Task: task.Task{Title: "Vận động 12 hộ phân loại rác", Target: 12, Reached: 14}, Said: task.Well, SaidIn: "m11"},
			{Task: task.Task{Title: "Rà soát đèn chiếu sáng"}},
		},
		Remarks: []Remark{
			{Form: proceedings.Praise, Text: "Vận động vượt chỉ tiêu.", Meeting: "m11", On: when.On(2026, 11, 3)},
			{Form: proceedings.Reminder, Text: "Báo cáo muộn.", On: when.On(2026, 9, 15)},
		},
	}}
	return v, card
}

// TestPapers compares the text of each paper with its golden file and writes it in both
// forms.
func TestPapers(t *testing.T) {
	t.Parallel()
	v, card := finished()
	report := card
	report.Line, report.Name, report.Evidence.Remarks = v.Lines[0], v.Cell.Name, nil
	card.Leads, card.Reads = true, true
	sum := Summary{Organization: organization.Organization{Name: "Đảng bộ phường Sông Xanh", Superior: "ĐẢNG BỘ TỈNH", Town: "Sông Xanh"}, Period: v.Round.Period(), Policy: DefaultPolicy("", ""), Came: []string{v.Cell.Name}, Missing: []string{"Chi bộ Trường Tiểu học"}}
	for _, line := range v.Lines {
		sum.Lines = append(sum.Lines, Summed{line, groupOf(line.Subject, nil), v.Cell.Name, v.Names[line.Subject]})
	}
	for name, paper := range map[string]func() (document.Doc, bool){
		"list":    func() (document.Doc, bool) { return v.doc(Results) },
		"minutes": func() (document.Doc, bool) { return v.doc(Minutes) },
		"review":  func() (document.Doc, bool) { return card.doc(SelfReview) },
		"sheet":   func() (document.Doc, bool) { return card.doc(SelfSheet) },
		"again":   func() (document.Doc, bool) { return card.doc(Again) },
		"file":    func() (document.Doc, bool) { return card.doc(FileList) },
		"summary": func() (document.Doc, bool) { return sum.doc(when.On(2026, 12, 21)), true },
		"report":  func() (document.Doc, bool) { return report.doc(SelfReview) },
	} {
		d, found := paper()
		if !found {
			t.Errorf("there is no %s", name)
		}
		golden(t, name+".txt", d.Text())
		docx, err := d.DOCX()
		if err != nil || !bytes.HasPrefix(docx, []byte("PK")) {
			t.Errorf("%s: no Word file, %v", name, err)
		}
		pdf, err := d.PDF()
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
			t.Errorf("%s: no PDF, %v", name, err)
		}
	}
	early := v
	early.Round.State = Discussion
	if _, found := early.doc(Minutes); found {
		t.Error("there are minutes before the vote")
	}
}
