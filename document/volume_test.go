package document

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"chibo/kit/chart"
	"chibo/kit/when"
)

// sampleVolume is the year of a made-up cell in a few papers, one of them with a title
// that is longer than a line and one with a sign that the cut-down faces lack.
func sampleVolume() Volume {
	figures := chart.Chart{Title: "Tỷ lệ dự họp (%)", Columns: []chart.Column{
		{Label: "1", Value: 92, Text: "92"}, {Label: "2"}, {Label: "3", Value: 100, Text: "100"}, {Label: "4", Value: 75, Text: "75", Open: true}, {Label: "5", Value: 0, Text: "0"},
	}}
	year := Doc{Date: when.On(2026, 12, 31), Issuer: "Chi bộ Tổ dân phố 5", Title: "Số liệu năm", Subject: "của chi bộ", Body: []Block{Figure{figures}, PageBreak{}, Figure{figures}}}
	odd := sampleLetter()
	odd.Body = append(odd.Body, Para("Ω không có trong bộ chữ rút gọn."))
	return Volume{
		Cover: Cover{
			Superior: "Đảng bộ phường Sông Xanh", Issuer: "Chi bộ Tổ dân phố 5", Title: "SỔ NĂM", Subject: "Năm 2026",
			Place: "Sông Xanh", Date: when.On(2026, 12, 31), Notes: []string{"Bản dùng trong chi ủy", "Còn thiếu: biên bản tháng 7"},
		},
		Parts: []Part{
			{"Biên bản, nghị quyết", []Chapter{{"Biên bản số 12-BB/CB ngày 03/12/2026, sinh hoạt chi bộ thường kỳ tháng 12 năm 2026", sampleMinutes()}, {"Nghị quyết số 05-NQ/CB", sampleResolution()}}},
			{"Phần không có gì", nil},
			{"Thông báo, chương trình", []Chapter{{"Giấy mời", sampleInvitation()}, {"Chương trình", sampleAgenda()}, {"Công văn", odd}}},
			{"Số liệu", []Chapter{{"Biểu đồ của năm", year}}},
		},
	}
}

// pages returns the text of each page of a PDF file.
func pages(t *testing.T, pdf []byte) []string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-q", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

// TestVolume reads the bound file back: every chapter begins on the page that the table of
// contents names, every page says which page it is, and the check code of a sealed paper
// stands on its pages and on no other.
func TestVolume(t *testing.T) {
	t.Parallel()
	told := 0
	v, err := sampleVolume().Bind(func(done, of int) error {
		if told++; done != told || of != 6 {
			t.Errorf("told %d of %d", done, of)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	docx, err := sampleVolume().DOCX(v.Places)
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("CHIBO_PAPERS"); dir != "" {
		keep(t, filepath.Join(dir, "volume.pdf"), v.PDF)
		keep(t, filepath.Join(dir, "volume.docx"), docx)
	}
	read := pages(t, v.PDF)
	if len(read) != v.Pages {
		t.Fatalf("%d pages, %d are told", len(read), v.Pages)
	}
	golden(t, "volume.txt", strings.Join(strings.Fields(strings.ReplaceAll(read[1], ".", " ")), " ")+"\n")
	for i, place := range v.Places {
		end := v.Pages
		if i+1 < len(v.Places) {
			end = v.Places[i+1].Page - 1
		}
		if first := read[place.Page-1]; !strings.Contains(first, place.label()[:min(len(place.label()), 40)]) {
			t.Errorf("page %d does not begin %q:\n%s", place.Page, place.label(), first)
		}
		for page := place.Page; page <= end; page++ {
			if foot := fmt.Sprintf("Tài liệu %d · trang %d", place.Number, page); !strings.Contains(read[page-1], foot) {
				t.Errorf("page %d lacks %q", page, foot)
			}
			code := place.doc.Seal.Code
			if code != "" != strings.Contains(read[page-1], "Mã kiểm tra: 7K3M-Q9TD-V2XA") {
				t.Errorf("page %d of a paper with the code %q", page, code)
			}
		}
	}
	words := wordText(t, docx)
	for _, place := range v.Places {
		if !strings.Contains(words, place.label()) || !strings.Contains(words, fmt.Sprint(place.Page)) {
			t.Errorf("DOCX lacks %q on page %d", place.label(), place.Page)
		}
	}
}

// TestVolumeAgain binds a volume twice.
func TestVolumeAgain(t *testing.T) {
	t.Parallel()
	first, err := sampleVolume().Bind(nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := sampleVolume().Bind(nil)
	if err != nil || !bytes.Equal(first.PDF, again.PDF) {
		t.Errorf("two files of one volume differ, %v", err)
	}
}

// TestVolumeOfHostileText binds what people and programs put into fields, and a volume
// without anything in it.
func TestVolumeOfHostileText(t *testing.T) {
	t.Parallel()
	for _, s := range append([]string{"Đ"}, hostile...) {
		all := Volume{
			Cover: Cover{Superior: s, Issuer: s, Title: s, Subject: s, Place: s, Notes: []string{s}},
			Parts: []Part{{s, []Chapter{{s, everywhere(s)}, {s, Doc{Body: []Block{Figure{chart.Chart{Title: s, Columns: []chart.Column{{Label: s, Text: s}}}}}}}}}},
		}
		for _, volume := range []Volume{all, {}} {
			v, err := volume.Bind(nil)
			if err != nil {
				t.Fatal(err)
			}
			docx, err := volume.DOCX(v.Places)
			if err != nil {
				t.Fatal(err)
			}
			wordText(t, docx)
		}
	}
}

// BenchmarkVolume binds about three hundred pages of minutes and resolutions, and writes
// the Word file.
func BenchmarkVolume(b *testing.B) {
	var v Volume
	part := Part{Title: "Biên bản, nghị quyết"}
	for range 50 {
		part.Chapters = append(part.Chapters, Chapter{"Biên bản", sampleMinutes()}, Chapter{"Nghị quyết", sampleResolution()})
	}
	v.Parts = []Part{part}
	for b.Loop() {
		bound, err := v.Bind(nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := v.DOCX(bound.Places); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(bound.Pages), "pages")
	}
}
