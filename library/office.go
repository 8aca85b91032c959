package library

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"chibo/kit/fault"
)

// Limits of an Office file. Ratio is asked of files that inflate to more than a
// megabyte: small ones may well shrink a hundredfold.
const (
	maxEntries  = 200
	maxInflated = 64 << 20
	maxRatio    = 100
	maxDepth    = 64
)

// officeType opens an Office file, inflates every part within the limits and
// returns its type. What a name or a header claims is not believed.
func officeType(data []byte) (Type, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fault.New(fault.Invalid, "library.refused.broken")
	}
	if len(z.File) > maxEntries {
		return "", fault.New(fault.Invalid, "library.refused.inside")
	}
	parts := map[string]bool{}
	inflated := int64(0)
	for _, f := range z.File {
		if !cleanEntry(f.Name) || parts[f.Name] {
			return "", fault.New(fault.Invalid, "library.refused.inside")
		}
		if macro(f.Name) {
			return "", fault.New(fault.Invalid, "library.refused.macro")
		}
		parts[f.Name] = true
		n, err := measure(f, maxInflated-inflated)
		if err != nil {
			return "", err
		}
		inflated += n
	}
	if inflated > 1<<20 && inflated > maxRatio*int64(len(data)) {
		return "", fault.New(fault.TooLarge, "library.refused.inflates")
	}
	switch {
	case !parts["[Content_Types].xml"]:
	case parts["word/document.xml"]:
		return DOCX, nil
	case parts["xl/workbook.xml"]:
		return XLSX, nil
	}
	return "", fault.New(fault.Invalid, "library.refused.type")
}

func cleanEntry(name string) bool {
	return name != "" && !strings.ContainsAny(name, "\\\x00:") && !path.IsAbs(name) &&
		strings.TrimSuffix(name, "/") == path.Clean(name) && !strings.HasPrefix(path.Clean(name), "..")
}

func macro(name string) bool {
	base := strings.ToLower(path.Base(name))
	return base == "vbaproject.bin" || strings.HasSuffix(base, ".exe") || strings.HasSuffix(base, ".js") || strings.Contains(strings.ToLower(name), "activex")
}

// measure inflates a part and returns its true length. Parts of XML are read to
// their end, so that what is kept can be opened.
func measure(f *zip.File, left int64) (int64, error) {
	r, err := f.Open()
	if err != nil {
		return 0, fault.New(fault.Invalid, "library.refused.broken")
	}
	defer func() { _ = r.Close() }() // only read
	counted := &counter{r: io.LimitReader(r, left+1)}
	if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
		if err := wellFormed(counted); err != nil {
			return 0, err
		}
	}
	if _, err := io.Copy(io.Discard, counted); err != nil {
		return 0, fault.New(fault.Invalid, "library.refused.broken")
	}
	if counted.n > left {
		return 0, fault.New(fault.TooLarge, "library.refused.inflates")
	}
	return counted.n, nil
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// wellFormed reads XML to its end. A document type could name other files and
// blow up entities: Office writes none.
func wellFormed(r io.Reader) error {
	d := xml.NewDecoder(r)
	for depth := 0; ; {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fault.New(fault.Invalid, "library.refused.broken")
		}
		switch t.(type) {
		case xml.Directive:
			return fault.New(fault.Invalid, "library.refused.inside")
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth {
			return fault.New(fault.Invalid, "library.refused.inside")
		}
	}
}

// paragraphs calls f with the text of each paragraph in the body, headers and
// footers of a Word file that has passed officeType, until f returns false.
func paragraphs(data []byte, f func(text string) bool) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, part := range z.File {
		dir, base := path.Split(part.Name)
		if dir != "word/" || !strings.HasSuffix(base, ".xml") {
			continue
		}
		if base != "document.xml" && !strings.HasPrefix(base, "header") && !strings.HasPrefix(base, "footer") {
			continue
		}
		more, err := paragraphsOf(part, f)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

func paragraphsOf(part *zip.File, f func(text string) bool) (more bool, err error) {
	r, err := part.Open()
	if err != nil {
		return false, err
	}
	defer func() { _ = r.Close() }() // only read
	d := xml.NewDecoder(io.LimitReader(r, maxInflated))
	open := []*strings.Builder{{}} // a text box stands within a paragraph
	for inText := false; ; {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		last := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t"
			switch t.Name.Local {
			case "p":
				open = append(open, &strings.Builder{})
			case "br", "cr", "tab":
				last.WriteByte('\n')
			}
		case xml.EndElement:
			inText = false
			if t.Name.Local == "p" {
				if !f(last.String()) {
					return false, nil
				}
				open = open[:len(open)-1]
			}
		case xml.CharData:
			if inText {
				last.Write(t)
			}
		}
	}
}
