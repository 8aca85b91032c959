package conference

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"chibo/document"
	"chibo/kit/search"
	"chibo/kit/when"
	"chibo/organization"
)

// Bundle is the file of a conference (hồ sơ hội nghị): its papers, numbered in their order,
// with a table of contents.
type Bundle struct {
	Conference Conference
	Unit       organization.Organization
	Issuer     string
	At         when.Instant
	Taken      string // who takes it, and when: the comment of the zip file
	Papers     []Paper
}

// Filed is a file of a bundle as the table of contents tells of it.
type Filed struct {
	Title, Name string
	Bytes       int64
	Hash        string // SHA-256 in hex
}

// ordered are the papers in the order of the file; a kind of which nobody has said anything
// is missing.
func (b Bundle) ordered() []Paper {
	var out []Paper
	for _, k := range paperKinds {
		n := len(out)
		for _, p := range b.Papers {
			if p.Kind == k.Kind {
				out = append(out, p)
			}
		}
		if len(out) == n {
			out = append(out, Lacking(k.Kind, k.Name, "Chưa có trên phần mềm."))
		}
	}
	return out
}

// Write writes the bundle as a zip file, one paper after the other, the table of contents
// last: its name makes it the first where files are sorted.
func (b Bundle) Write(w io.Writer) error {
	z := &zipped{Writer: zip.NewWriter(w), at: b.At}
	lacking, err := z.addAll(b.ordered())
	if err != nil {
		return err
	}
	contents := Document("", "Mục lục", b.contents(z.files, lacking))
	if err := z.add("00-muc-luc", contents); err != nil {
		return err
	}
	if err := z.SetComment(b.Taken); err != nil {
		return err
	}
	return z.Close()
}

// zipped is a zip file with what was written into it.
type zipped struct {
	*zip.Writer

	at    when.Instant
	files []Filed
}

// addAll writes papers under running numbers, and returns those that are missing.
func (z *zipped) addAll(papers []Paper) (lacking []Paper, err error) {
	n := 0
	for _, p := range papers {
		if len(p.Forms) == 0 {
			lacking = append(lacking, p)
			continue
		}
		n++
		if err := z.add(fmt.Sprintf("%02d-%s", n, slug(p.Title)), p); err != nil {
			return nil, err
		}
	}
	return lacking, nil
}

// add writes the forms of a paper under one name.
func (z *zipped) add(name string, p Paper) error {
	for _, f := range p.Forms {
		to, err := z.CreateHeader(&zip.FileHeader{Name: name + "." + f.Ending, Method: zip.Deflate, Modified: z.at.Time()})
		if err != nil {
			return err
		}
		sum, size := sha256.New(), &counter{}
		if err := f.Write(io.MultiWriter(to, sum, size)); err != nil {
			return fmt.Errorf("%s.%s: %w", name, f.Ending, err)
		}
		z.files = append(z.files, Filed{p.Title, name + "." + f.Ending, size.bytes, hex.EncodeToString(sum.Sum(nil))})
	}
	return nil
}

type counter struct{ bytes int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.bytes += int64(len(p))
	return len(p), nil
}

// longestSlug is how many letters of a title stand in the name of a file.
const longestSlug = 40

// slug is a title as part of a file name: letters without accents and digits.
func slug(title string) string {
	words := strings.FieldsFunc(search.Fold(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	out := ""
	for i, w := range words {
		if i > 0 && len(out)+1+len(w) > longestSlug {
			break
		}
		if i > 0 {
			out += "-"
		}
		out += w
	}
	return out[:min(len(out), longestSlug)]
}

// contents is the table of contents: what is in the bundle, what is missing and why, and by
// which number each file is known to be unchanged.
func (b Bundle) contents(files []Filed, lacking []Paper) document.Doc {
	day := b.At.Date()
	in := document.Table{Columns: []document.Column{
		{Title: "TT", Share: 0.07, Align: document.Center},
		{Title: "Tài liệu", Share: 0.34, Align: document.AlignLeft},
		{Title: "Tệp", Share: 0.42, Align: document.AlignLeft},
		{Title: "Dung lượng (byte)", Share: 0.17, Align: document.AlignRight},
	}}
	var sums []document.Block
	for i, f := range files {
		in.Rows = append(in.Rows, []document.Text{
			document.Plain(fmt.Sprint(i + 1)), document.Plain(f.Title), document.Plain(f.Name), document.Plain(dotted(f.Bytes)),
		})
		sums = append(sums, document.Paragraph{Text: document.Plain(f.Name + ": " + f.Hash), Align: document.AlignLeft, Flush: true})
	}
	body := []document.Block{
		document.Para(fmt.Sprintf("Hồ sơ gồm %d tệp, lấy từ phần mềm lúc %s, %s.", len(files), b.At.Clock(), day.Long())),
		document.Heading{Level: 1, Text: "TÀI LIỆU CÓ TRONG HỒ SƠ"},
		in,
	}
	if len(lacking) > 0 {
		out := document.Table{Columns: []document.Column{{Title: "Tài liệu", Share: 0.45}, {Title: "Lý do", Share: 0.55}}}
		for _, p := range lacking {
			out.Rows = append(out.Rows, []document.Text{document.Plain(p.Title), document.Plain(p.Lack)})
		}
		body = append(body, document.Heading{Level: 1, Text: "TÀI LIỆU CÒN THIẾU"}, out)
	}
	body = append(body, document.Heading{Level: 1, Text: "MÃ KIỂM TRA (SHA-256)"},
		document.Para("Tệp còn nguyên vẹn thì mã tính lại giống mã ghi dưới đây."))
	return document.Doc{
		Layout: document.LayoutOn(day), Superior: b.Unit.Superior, Issuer: b.Issuer, Place: b.Unit.Town, Date: day,
		Title: "MỤC LỤC HỒ SƠ", Subject: b.Conference.Title, Body: append(body, sums...),
	}
}

// dotted writes a number as papers do: 12.345.
func dotted(n int64) string {
	digits := []rune(fmt.Sprint(n))
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = slices.Insert(digits, i, '.')
	}
	return string(digits)
}
