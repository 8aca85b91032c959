package library

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/web"
)

// Type is the kind of content of a kept file, found in its bytes.
type Type string

// The types that are kept. No macros, no scripts, no archives.
const (
	PNG  Type = "png"
	JPEG Type = "jpg"
	PDF  Type = "pdf"
	DOCX Type = "docx"
	XLSX Type = "xlsx"
)

// Types lists the types that are kept.
var Types = []Type{PDF, DOCX, XLSX, JPEG, PNG}

// Picture reports whether files of the type are pictures.
func (t Type) Picture() bool { return t == PNG || t == JPEG }

// Media returns the media type that a browser is told.
func (t Type) Media() string {
	switch t {
	case PNG:
		return "image/png"
	case JPEG:
		return "image/jpeg"
	case PDF:
		return "application/pdf"
	case DOCX:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "application/octet-stream"
}

// MaxBytes is the size of the largest file that is taken.
const MaxBytes = 10 << 20

// Papers are the files that are kept beside what people write; Pictures, where only a
// picture makes sense.
var (
	Papers   = web.Takes{Endings: []string{"pdf", "docx", "xlsx", "jpg", "jpeg", "png"}, Max: MaxBytes}
	Pictures = web.Takes{Endings: []string{"jpg", "jpeg", "png"}, Max: MaxBytes}
)

// Checked is a file that has passed the guard, ready to be kept.
type Checked struct {
	Name string
	Type Type
	Data []byte
}

// Check is the guard at the door: it returns the file with a cleaned name and,
// for a picture, drawn anew, or the refusal that says what to do. The type is
// found in the content and must agree with the ending of the name.
func Check(name string, data []byte) (Checked, error) {
	switch {
	case len(data) == 0:
		return Checked{}, fault.New(fault.Invalid, "library.refused.empty")
	case len(data) > MaxBytes:
		return Checked{}, fault.New(fault.TooLarge, "library.refused.large", "MB", MaxBytes>>20)
	}
	kind, err := typeOf(data)
	if err != nil {
		return Checked{}, err
	}
	if !kind.endsLike(name) {
		return Checked{}, fault.New(fault.Invalid, "library.refused.ending", "Type", string(kind))
	}
	out := Checked{Name: cleanName(name, kind), Type: kind, Data: data}
	if mark := markInName(name); mark != "" {
		return Checked{}, secret(mark)
	}
	switch {
	case kind.Picture():
		out.Data, err = redraw(kind, data)
	case kind == DOCX, kind == XLSX:
		err = refuseMarkedText(data)
	}
	return out, err
}

// typeOf finds the type in the content. An Office file is opened and measured
// before it is believed.
func typeOf(data []byte) (Type, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, nil
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return JPEG, nil
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return PDF, checkPDF(data)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")) && !bytes.Contains(data[:min(len(data), pdfHead)], []byte("%PDF-")):
		return officeType(data)
	}
	return "", fault.New(fault.Invalid, "library.refused.type")
}

// pdfHead is where programs that show PDF look for its beginning, in bytes.
const pdfHead = 1024

// checkPDF asks for the end mark, which a cut-off upload lacks, and refuses what is an archive
// as well, for whoever opens it by another name.
func checkPDF(data []byte) error {
	if !bytes.Contains(data[max(0, len(data)-2048):], []byte("%%EOF")) {
		return fault.New(fault.Invalid, "library.refused.broken")
	}
	if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil && len(z.File) > 0 {
		return fault.New(fault.Invalid, "library.refused.inside")
	}
	return nil
}

func (t Type) endsLike(name string) bool {
	ending := strings.ToLower(strings.TrimPrefix(path.Ext(strings.TrimRight(name, ". ")), "."))
	return ending == string(t) || ending == "jpeg" && t == JPEG
}
