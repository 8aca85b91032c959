package document

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chibo/kit/when"
)

// hostile are texts that people or programs put into fields.
var hostile = []string{
	"", " ", "\x00\x01\x1f", "<w:p>&amp;\"'", "]]><!--", "😀👩‍👩‍👧🇻🇳", "مناقشة \u202e סדר", "漢字カナ", "𝔘𝔫𝔦", "\ufeff\u200b\u2060", "e\u0301\u0323\u0302\u0309\u0300",
	strings.Repeat("Đ", 3000), strings.Repeat("dài ", 2000), strings.Repeat("\n", 300), "\xff\xfe\xfd", "\uffff\ufffe\U0001ffff", "a\u00a0b\u00adc", "${jndi:x}", "=1+1", "\u0000",
}

// everywhere puts s into every field of a paper.
func everywhere(s string) Doc {
	t := Text{{Text: s}, {Text: s, Bold: true}, {Text: s, Italic: true}, {Text: s, Bold: true, Italic: true}}
	return Doc{
		Layout: LayoutOn(when.On(2026, 12, 3)), Superior: s, Issuer: s, Number: s, Mark: s, Place: s, Date: when.On(2026, 12, 3), Kind: Resolution,
		Title: s, Subject: s, To: []string{s, s}, Bases: []string{s, s}, Recipients: []string{s},
		Body: []Block{
			Heading{Level: 1, Text: s},
			Paragraph{Text: t},
			Paragraph{Text: t, Align: Center},
			List{Items: []Text{t, nil}},
			List{Start: 1, Items: []Text{t}},
			Table{Columns: []Column{{Title: s, Share: 0}, {Title: s, Share: 3}}, Rows: [][]Text{{t, t}, {t}, {}}},
			Table{},
			Code{URL: s, Lines: []string{s, s}},
			PageBreak{},
			Table{Columns: []Column{{}}, Rows: [][]Text{{t}}},
			PageBreak{},
			Paragraph{},
		},
		Signatures: []Signature{{For: s, As: s, Name: s, Note: s}, {As: s, Name: s}}, Seal: Seal{Code: s, URL: s},
	}
}

func write(t testing.TB, d Doc) {
	t.Helper()
	docx, err := d.DOCX()
	if err != nil {
		t.Fatal(err)
	}
	wordText(t, docx)
	if _, err := d.PDF(); err != nil {
		t.Fatal(err)
	}
	var html strings.Builder
	if err := d.HTML().Render(&html); err != nil {
		t.Fatal(err)
	}
}

func TestHostileText(t *testing.T) {
	t.Parallel()
	for _, s := range hostile {
		write(t, everywhere(s))
	}
	write(t, Doc{})
}

func FuzzWriters(f *testing.F) {
	for _, s := range hostile {
		if len(s) < 500 {
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) <= 300 { // it stands in thirty places: longer ones only take time
			write(t, everywhere(s))
		}
	})
}

// TestEscape checks that markup in a text comes out of the file as the text it
// was.
func TestEscape(t *testing.T) {
	t.Parallel()
	const s = `<w:t>&lt;"quoted"&'</w:t>`
	docx, err := Doc{Kind: Report, Body: []Block{Para(s)}}.DOCX()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(wordText(t, docx), s) {
		t.Error("the text is not in the file")
	}
}

// TestFlow checks on any boxes that every box is placed once and in order,
// within the page, and that boxes that keep together stand on one page where
// they fit on one.
func TestFlow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		const top, bottom = 20.0, 120.0
		boxes := rapid.SliceOf(rapid.Custom(func(t *rapid.T) box {
			return box{
				height: rapid.Float64Range(1, 90).Draw(t, "height"), keep: rapid.Bool().Draw(t, "keep"),
				fresh: rapid.IntRange(0, 9).Draw(t, "fresh") == 0,
			}
		})).Draw(t, "boxes")
		out := flow(boxes, top, top, bottom)
		if len(out) != len(boxes) {
			t.Fatalf("%d boxes placed of %d", len(out), len(boxes))
		}
		page, y := 1, top
		for i, b := range out {
			if b.page < page || b.page == page && b.y < y || b.page > page+1 {
				t.Fatalf("box %d on page %d at %v after page %d, %v", i, b.page, b.y, page, y)
			}
			if b.y+b.height > bottom+1e-9 && b.y > top {
				t.Fatalf("box %d runs out of the page", i)
			}
			page, y = b.page, b.y+b.height
		}
		for i := 0; i < len(out); i++ {
			j, h := i, out[i].height
			for out[j].keep && j+1 < len(out) && !out[j+1].fresh {
				j++
				h += out[j].height
			}
			if h <= bottom-top && out[j].page != out[i].page {
				t.Fatalf("boxes %d to %d are parted", i, j)
			}
			i = j
		}
	})
}

// TestTableHeadRepeats checks that every page of a long table begins with its
// head.
func TestTableHeadRepeats(t *testing.T) {
	t.Parallel()
	p := newPDF(sampleResolution())
	boxes := flow(append(p.head(), p.body()...), 20, 20, p.bottom)
	page := 1
	for _, b := range boxes {
		if b.page > page {
			page = b.page
			if b.head != nil {
				t.Errorf("page %d begins with a row", page)
			}
		}
	}
	if page < 3 {
		t.Errorf("the table takes %d pages", page)
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	p := newPDF(Doc{})
	for _, s := range append(hostile, "một hai ba bốn năm sáu bảy tám chín mười", "x "+strings.Repeat("ư\u0323", 400)+" y") {
		for _, l := range splitLines(Text{{Text: s}, {Text: s, Bold: true}}) {
			var got strings.Builder
			for _, row := range p.wrap(l, 14, 60, 10) {
				if w := widthOf(row); w > 60.01 {
					t.Errorf("%.30q: a row of %.1f mm", s, w)
				}
				for _, piece := range row {
					got.WriteString(piece.text)
				}
			}
			var want strings.Builder
			for _, span := range l {
				want.WriteString(strings.ReplaceAll(drawable(span.Text), " ", ""))
			}
			if got.String() != want.String() {
				t.Errorf("%.30q lost text", s)
			}
		}
	}
}

func BenchmarkPDF(b *testing.B) {
	for b.Loop() {
		if _, err := sampleMinutes().PDF(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDOCX(b *testing.B) {
	for b.Loop() {
		if _, err := sampleMinutes().DOCX(); err != nil {
			b.Fatal(err)
		}
	}
}
