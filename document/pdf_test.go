package document

import (
	"bytes"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"chibo/kit/when"
)

// info returns what a PDF file says of itself, by name.
func info(t *testing.T, pdf []byte) map[string]string {
	t.Helper()
	cmd := exec.Command("pdfinfo", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdfinfo: %v", err)
	}
	facts := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, fact, _ := strings.Cut(line, ":")
		facts[name] = strings.TrimSpace(fact)
	}
	return facts
}

// TestEveryFileNamesItself: whoever hears a file read aloud hears what it is, in Vietnamese.
func TestEveryFileNamesItself(t *testing.T) {
	t.Parallel()
	paper, err := sampleMinutes().PDF()
	if err != nil {
		t.Fatal(err)
	}
	var bundle, cards bytes.Buffer
	if err := Bundle(&bundle, "Giấy mời", []Doc{sampleInvitation(), sampleInvitation()}); err != nil {
		t.Fatal(err)
	}
	if err := (Cards{Title: "Thẻ đại biểu", Date: when.On(2026, 12, 3), Rows: 5, Cards: []Card{{Name: "Đinh Văn Mẫu"}}}).PDF(&cards); err != nil {
		t.Fatal(err)
	}
	book, err := sampleVolume().Bind(func(int, int) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	for want, pdf := range map[string][]byte{
		sampleMinutes().Name(): paper, "Giấy mời": bundle.Bytes(), "Thẻ đại biểu": cards.Bytes(), sampleVolume().doc().Name(): book.PDF,
	} {
		if got := info(t, pdf)["Title"]; got != want || want == "" {
			t.Errorf("the title is %q, want %q", got, want)
		}
		if !bytes.Contains(pdf, []byte("/Lang (vi-VN)")) {
			t.Errorf("%s: no language", want)
		}
	}
}

// TestALongPaperHasAnOutline: the headings of a paper of five pages lead to their places, as deep
// as they stand under each other; one of four pages opens without the bar.
func TestALongPaperHasAnOutline(t *testing.T) {
	t.Parallel()
	paper := func(pages int) []byte {
		t.Helper()
		d := Doc{Date: when.On(2026, 12, 3), Issuer: "Chi bộ Tổ dân phố 5", Title: "Báo cáo"}
		for n := range pages {
			if n > 0 {
				d.Body = append(d.Body, PageBreak{})
			}
			d.Body = append(d.Body, Heading{Level: 1, Text: "Phần chính"}, Heading{Level: 3, Text: "Mục nhỏ"}, Heading{Level: 2, Text: "Mục vừa"}, Para("Nội dung."))
		}
		pdf, err := d.PDF()
		if err != nil {
			t.Fatal(err)
		}
		if got := info(t, pdf)["Pages"]; got != string(rune('0'+pages)) {
			t.Fatalf("%s pages, want %d", got, pages)
		}
		return pdf
	}
	if bytes.Contains(paper(outlined-1), []byte("/Outlines")) {
		t.Error("a short paper opens with a bar")
	}
	long := paper(outlined)
	marks := regexp.MustCompile(`(?s)<</Title .*?/Parent (\d+) 0 R.*?/Dest \[(\d+) 0 R`).FindAllStringSubmatch(string(long), -1)
	if len(marks) != 3*outlined {
		t.Fatalf("%d bookmarks, want %d", len(marks), 3*outlined)
	}
	var parents, places []string
	for _, m := range marks[:6] {
		parents, places = append(parents, m[1]), append(places, m[2])
	}
	if parents[0] != parents[3] || parents[1] != parents[2] || parents[1] == parents[0] || parents[4] != parents[5] || parents[4] == parents[1] {
		t.Errorf("they stand under %v", parents)
	}
	if places[1] != places[0] || places[2] != places[0] || places[3] == places[0] {
		t.Errorf("they lead to %v", places)
	}
}
