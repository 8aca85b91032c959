// Package library keeps two things that meetings rest on: the governing
// documents of the field (văn bản căn cứ) with their days in force, and the
// files that people attach.
//
// A governing document is named by number, issuing body and date together,
// never by its number alone: numbers are used again, and a wrong year sends the
// reader to another rule. What was right on the day of a meeting is judged by
// the documents in force on that day.
//
// A file is known by its content, not by its name. What is not a picture, a PDF,
// a Word or an Excel file is refused; pictures are drawn anew, so that nothing
// but the picture stays. Papers that carry a mark of State secrecy never enter:
// a stub says where the paper lies. Bytes are kept under their hash outside the
// folders that are served; who may open a file is decided by the feature it was
// kept for.
package library

import (
	"chibo/kit/fault"
	"chibo/kit/when"
)

// Use says what a file is kept for, and so who may open it: Kind names the
// feature ("meeting"), Subject the record there, Organization the organisation
// it belongs to.
type Use struct {
	Kind         string `db:"use_kind"`
	Subject      string `db:"use_subject"`
	Organization string `db:"organization_id"`
}

// File is a kept file. Name is safe to show and to save under; Size counts the
// bytes as kept, Hash is their SHA-256 in hexadecimal.
type File struct {
	Root string `db:"root_id"`
	ID   string
	Use
	Name   string
	Type   Type
	Hash   string
	Size   int64
	KeptAt when.Instant
	KeptBy string
}

// Stub stands for a paper that must not be kept here (Luật Bảo vệ bí mật nhà
// nước 117/2025/QH15, 10/12/2025): its number, its date and where the paper
// lies; nothing of what it says.
type Stub struct {
	Root string `db:"root_id"`
	ID   string
	Use
	Number    string
	DatedOn   when.Date
	WhereKept string
	NotedAt   when.Instant
	NotedBy   string
}

// Validate checks what the form of a stub brings, on the day today.
func (s Stub) Validate(today when.Date) error {
	var c fault.Check
	c.That(s.Number != "", "number", "library.problem.number")
	c.AtMost(s.Number, 100, "number")
	c.That(!s.DatedOn.IsZero(), "dated_on", "library.problem.dated_on")
	c.That(!today.Before(s.DatedOn), "dated_on", "library.problem.future")
	c.That(s.WhereKept != "", "where_kept", "library.problem.where_kept")
	c.AtMost(s.WhereKept, 300, "where_kept")
	return c.Err()
}
