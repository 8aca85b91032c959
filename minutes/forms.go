//go:build !js

package minutes

import (
	"encoding/json"
	"fmt"
	"strings"

	"chibo/document"
	"chibo/kit/when"
)

// Form is a file form of a paper.
type Form string

// The forms; each is the ending of file names.
const (
	PDF  Form = "pdf"
	DOCX Form = "docx"
)

var forms = []Form{DOCX, PDF}

// Type returns the content type of files of the form.
func (f Form) Type() string {
	if f == PDF {
		return "application/pdf"
	}
	return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
}

// write lays a paper out in the form.
func (f Form) write(d document.Doc) ([]byte, error) {
	if f == PDF {
		return d.PDF()
	}
	return d.DOCX()
}

// fileName names a paper so that files sort by day: "2026-12-03 Biên bản
// 12-BB-CB.pdf".
func fileName(day when.Date, kind document.Kind, number string, f Form) string {
	name := day.String() + " " + kind.Name()
	if number != "" && !strings.HasPrefix(number, "…") {
		name += " " + strings.ReplaceAll(number, "/", "-")
	} else {
		name += " (dự thảo)"
	}
	return name + "." + string(f)
}

// doc returns one paper of a record; false where the record has no such paper.
func (s Sealed) doc(p Paper, seal document.Seal) (document.Doc, bool) {
	switch {
	case p == Minutes:
		return s.minutesDoc(seal), true
	case p == Resolution && s.SecondKind != "":
		return s.secondDoc(seal), true
	}
	return document.Doc{}, false
}

// render makes every paper of a record in every form.
func (s Sealed) render(seal document.Seal) ([]File, error) {
	var out []File
	for _, p := range []Paper{Minutes, Resolution} {
		d, ok := s.doc(p, seal)
		if !ok {
			continue
		}
		for _, f := range forms {
			data, err := f.write(d)
			if err != nil {
				return nil, fmt.Errorf("%s.%s: %w", p, f, err)
			}
			out = append(out, File{Paper: p, Form: f, Name: fileName(s.day(), d.Kind, d.Number, f), Hash: hashOf(data), Data: data})
		}
	}
	for n, b := range s.Counts {
		for _, f := range forms {
			data, err := f.write(s.countDoc(b, seal))
			if err != nil {
				return nil, fmt.Errorf("%s.%s: %w", countPaper(n+1), f, err)
			}
			out = append(out, File{Paper: countPaper(n + 1), Form: f, Name: s.countName(n+1, f), Hash: hashOf(data), Data: data})
		}
	}
	return out, nil
}

// render makes the paper of an addition in every form.
func (a SealedAddition) render(seal document.Seal) ([]File, error) {
	var out []File
	for _, f := range forms {
		data, err := f.write(a.doc(seal))
		if err != nil {
			return nil, fmt.Errorf("addition.%s: %w", f, err)
		}
		name := fmt.Sprintf("%s Biên bản bổ sung %d.%s", a.At.Date(), a.N, f)
		out = append(out, File{Paper: Minutes, Form: f, Name: name, Hash: hashOf(data), Data: data})
	}
	return out, nil
}

// record returns what the papers of a dossier are made of: what was sealed, with the
// code to print, else the record as it stands.
func (s *Service) record(d Dossier) (Sealed, document.Seal) {
	if d.Sealed() {
		var kept Sealed
		if json.Unmarshal([]byte(d.Seals[0].Record), &kept) == nil {
			return kept, s.printed(d.Seals[0])
		}
	}
	return sealedOf(d.letterhead(), d.Record, d.acts), document.Seal{}
}

// shown returns the papers of a dossier as the page shows them: the sealed ones
// with their code, else drafts.
func (s *Service) shown(d Dossier) []document.Doc {
	record, seal := s.record(d)
	var out []document.Doc
	for _, p := range []Paper{Minutes, Resolution} {
		if doc, ok := record.doc(p, seal); ok {
			out = append(out, doc)
		}
	}
	return out
}
