package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

var samples = map[string]func() Doc{"minutes": sampleMinutes, "resolution": sampleResolution, "invitation": sampleInvitation, "agenda": sampleAgenda, "letter": sampleLetter}

// TestPapers compares the text of each paper with its golden file, and checks
// that both file forms are written, twice the same, with every word inside.
func TestPapers(t *testing.T) {
	t.Parallel()
	for name, sample := range samples {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, name+".txt", sample().Text())
			pdf, err := sample().PDF()
			if err != nil {
				t.Fatal(err)
			}
			docx, err := sample().DOCX()
			if err != nil {
				t.Fatal(err)
			}
			if again, _ := sample().PDF(); !bytes.Equal(pdf, again) {
				t.Error("two PDF files of one paper differ")
			}
			if again, _ := sample().DOCX(); !bytes.Equal(docx, again) {
				t.Error("two DOCX files of one paper differ")
			}
			words := wordText(t, docx)
			for _, l := range strings.Split(sample().Text(), "\n") {
				for _, cell := range strings.Split(l, " | ") {
					if !strings.Contains(words, cell) {
						t.Errorf("DOCX lacks %q", cell)
					}
				}
			}
			if dir := os.Getenv("CHIBO_PAPERS"); dir != "" {
				keep(t, filepath.Join(dir, name+".pdf"), pdf)
				keep(t, filepath.Join(dir, name+".docx"), docx)
			}
		})
	}
}

func keep(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		keep(t, path, []byte(got))
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// wordText returns the text of a DOCX file and fails where any part of it is not
// well-formed XML.
func wordText(t testing.TB, docx []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			switch token := token.(type) {
			case xml.CharData:
				b.Write(token)
			case xml.EndElement:
				if token.Name.Local == "p" || token.Name.Local == "br" {
					b.WriteByte('\n')
				}
			}
		}
	}
	return b.String()
}
