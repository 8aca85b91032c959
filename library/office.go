package library

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/text"
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
	kind, _, err := inspect(data, maxInflated, false)
	return kind, err
}

// inspect is officeType, with how many bytes the file inflates to, of which there may be at
// most left. An Office file may hold others, as the table behind a chart, but those hold
// none.
func inspect(data []byte, left int64, within bool) (kind Type, inflated int64, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", 0, fault.New(fault.Invalid, "library.refused.broken")
	}
	if len(z.File) > maxEntries {
		return "", 0, fault.New(fault.Invalid, "library.refused.inside")
	}
	parts := map[string]bool{}
	for _, f := range z.File {
		if !cleanEntry(f.Name) || parts[f.Name] {
			return "", 0, fault.New(fault.Invalid, "library.refused.inside")
		}
		if program(f.Name) {
			return "", 0, fault.New(fault.Invalid, "library.refused.macro")
		}
		parts[f.Name] = true
		n, err := measure(f, left-inflated, within)
		if err != nil {
			return "", 0, err
		}
		inflated += n
	}
	if inflated > 1<<20 && inflated > maxRatio*int64(len(data)) {
		return "", 0, fault.New(fault.TooLarge, "library.refused.inflates")
	}
	switch {
	case !parts["[Content_Types].xml"]:
	case parts["word/document.xml"]:
		return DOCX, inflated, nil
	case parts["xl/workbook.xml"]:
		return XLSX, inflated, nil
	}
	return "", 0, fault.New(fault.Invalid, "library.refused.type")
}

func cleanEntry(name string) bool {
	return name != "" && !strings.ContainsAny(name, "\\\x00:") && !path.IsAbs(name) &&
		strings.TrimSuffix(name, "/") == path.Clean(name) && !strings.HasPrefix(path.Clean(name), "..")
}

// programs are the endings of parts that something would run.
var programs = []string{
	".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".lnk", ".jar", ".htm", ".html", ".mht", ".mhtml",
}

// program reports whether a part is run when it is opened, or could be.
func program(name string) bool {
	name = strings.ToLower(name)
	return path.Base(name) == "vbaproject.bin" || strings.Contains(name, "activex") || slices.Contains(programs, path.Ext(name))
}

// measure inflates a part and returns its true length, with that of what is packed in it.
// Parts of XML are read to their end, so that what is kept can be opened.
func measure(f *zip.File, left int64, within bool) (int64, error) {
	r, err := f.Open()
	if err != nil {
		return 0, fault.New(fault.Invalid, "library.refused.broken")
	}
	defer func() { _ = r.Close() }() // only read
	counted := &counter{r: io.LimitReader(r, left+1)}
	inner, err := read(counted, f.Name)
	if err != nil {
		return 0, err
	}
	if counted.n > left {
		return 0, fault.New(fault.TooLarge, "library.refused.inflates")
	}
	if inner == nil {
		return counted.n, nil
	}
	if within {
		return 0, fault.New(fault.Invalid, "library.refused.inside")
	}
	_, n, err := inspect(inner, left-counted.n, true)
	if fault.Is(err, fault.Invalid) {
		err = fault.New(fault.Invalid, "library.refused.inside")
	}
	return counted.n + n, err
}

// read reads a part to its end and returns its bytes where it is an archive.
func read(part io.Reader, name string) (archive []byte, err error) {
	if isXML(name) {
		if err := wellFormed(part); err != nil {
			return nil, err
		}
	}
	start := make([]byte, 4)
	n, err := io.ReadFull(part, start)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, nil
	}
	if err == nil && string(start[:n]) == "PK\x03\x04" {
		archive, err = io.ReadAll(io.MultiReader(bytes.NewReader(start), part))
	} else if err == nil {
		_, err = io.Copy(io.Discard, part)
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "library.refused.broken")
	}
	return archive, nil
}

func isXML(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xml", ".rels", ".vml":
		return true
	}
	return false
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
		switch t := t.(type) {
		case xml.Directive:
			return fault.New(fault.Invalid, "library.refused.inside")
		case xml.StartElement:
			if err := judge(t); err != nil {
				return err
			}
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth {
			return fault.New(fault.Invalid, "library.refused.inside")
		}
	}
}

// judge refuses what the parts of a package say of each other where it is no paper: that it
// holds macros under another ending, or that a program which opens it shall fetch a part
// from a network.
func judge(t xml.StartElement) error {
	var kind, target string
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "ContentType":
			if strings.Contains(strings.ToLower(a.Value), "macroenabled") {
				return fault.New(fault.Invalid, "library.refused.macro")
			}
		case "Type":
			kind = path.Base(a.Value)
		case "Target":
			target = a.Value
		}
	}
	if t.Name.Local == "Relationship" && slices.Contains(fetched, kind) && strings.Contains(strings.ReplaceAll(target, "\\", "/"), "//") {
		return fault.New(fault.Invalid, "library.refused.inside")
	}
	return nil
}

// fetched are the relations of parts that are opened without anybody asking for it. A link
// or a picture is none: a paper pasted from a page has those.
var fetched = []string{"attachedTemplate", "oleObject", "frame", "aFChunk", "subDocument"}

// paragraphs calls f with the text of each paragraph in the body, headers and
// footers of a Word file, or of each cell of a workbook, that has passed officeType, until
// f returns false.
func paragraphs(data []byte, f func(text string) bool) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, part := range z.File {
		if !said().MatchString(part.Name) {
			continue
		}
		more, err := paragraphsOf(part, f)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// said are the parts that hold what is read on paper.
var said = text.Pattern(`^(?:word/(?:document|header\d*|footer\d*)|xl/sharedStrings|xl/worksheets/\w+)\.xml$`)

// paragraph are the elements that hold a text of their own: of Word, of shared and of single
// cells.
var paragraph = []string{"p", "si", "is"}

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
			switch {
			case slices.Contains(paragraph, t.Name.Local):
				open = append(open, &strings.Builder{})
			case t.Name.Local == "br", t.Name.Local == "cr", t.Name.Local == "tab":
				last.WriteByte('\n')
			}
		case xml.EndElement:
			inText = false
			if slices.Contains(paragraph, t.Name.Local) {
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
