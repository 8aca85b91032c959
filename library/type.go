package library

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
