package conference

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"chibo/kit/when"
	"chibo/organization"
)

var anew = flag.Bool("update", false, "write the golden files anew")

func sampleBundle() Bundle {
	says := func(text string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
	}
	return Bundle{
		Conference: Conference{Title: "Tổ chức hội nghị chuyên đề sinh hoạt chi bộ mẫu"},
		Unit:       organization.Organization{Superior: "Đảng bộ tỉnh Hoa Sen", Town: "Sông Xanh"}, Issuer: "Đảng ủy phường Sông Xanh",
		At: when.On(2026, 12, 3).At(9, 5),
		Papers: []Paper{
			{Kind: RollPaper, Title: "Điểm danh: Buổi mẫu", Forms: []PaperForm{{"pdf", says(strings.Repeat("a", 12_345))}}},
			{Kind: PlanPaper, Title: "Kế hoạch số 12-KH/ĐU", Forms: []PaperForm{{"docx", says("w")}, {"pdf", says("p")}}},
			Lacking(MinutesPaper, "Biên bản: Buổi mẫu", "Biên bản chưa khóa."),
		},
	}
}

// TestContentsOfABundle compares the table of contents with its golden file.
func TestContentsOfABundle(t *testing.T) {
	var b bytes.Buffer
	if err := sampleBundle().Write(&b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "01-ke-hoach-so-12-kh-du.docx 01-ke-hoach-so-12-kh-du.pdf 02-diem-danh-buoi-mau.pdf 00-muc-luc.docx 00-muc-luc.pdf" {
		t.Error(got)
	}
	bundle := sampleBundle()
	to := &zipped{Writer: zip.NewWriter(io.Discard), at: bundle.At}
	lacking, err := to.addAll(bundle.ordered())
	if err != nil {
		t.Fatal(err)
	}
	text := bundle.contents(to.files, lacking).Text()
	const golden = "testdata/contents.txt"
	if *anew {
		if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || text != string(want) {
		t.Errorf("the table of contents is\n%s%v", text, err)
	}
}

// A paper that cannot be written breaks the bundle: nobody takes half a file for a whole one.
func TestAPaperThatFailsBreaksTheBundle(t *testing.T) {
	b, broken := sampleBundle(), errors.New("no disk")
	b.Papers[0].Forms[0].Write = func(io.Writer) error { return broken }
	if err := b.Write(io.Discard); !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestNamesOfFiles(t *testing.T) {
	for title, want := range map[string]string{
		"Kế hoạch số 82-KH/ĐU":        "ke-hoach-so-82-kh-du",
		"Điểm danh: “Buổi  mẫu”, ../": "diem-danh-buoi-mau",
		strings.Repeat("dài ", 40):    strings.TrimSuffix(strings.Repeat("dai-", 10), "-"),
		strings.Repeat("x", 90):       strings.Repeat("x", 40),
	} {
		if got := slug(title); got != want {
			t.Errorf("%q is %q, want %q", title, got, want)
		}
	}
}
