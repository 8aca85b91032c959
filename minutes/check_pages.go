//go:build !js

package minutes

import (
	"context"
	"slices"

	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
)

// Check is what a stranger may know of a code: when a record with it was sealed.
type Check struct {
	Code  string
	At    when.Instant // zero where there is no such record
	Match Match
}

// Match says how a file compares with the sealed papers.
type Match string

// The outcomes of a comparison.
const (
	NotCompared Match = ""
	Same        Match = "same"
	Different   Match = "different"
)

// compared are the files that may be dropped: of the kinds of sealed papers, and larger than
// any of them. Only their hash is taken.
var compared = web.Takes{Endings: []string{"pdf", "docx"}, Max: 8 << 20}

// Look returns what is public of a code as somebody typed it.
func (s *Service) Look(ctx context.Context, q db.Q, typed string) (Check, error) {
	c := Check{Code: ReadCode(typed)}
	row, found, err := findCode(ctx, q, c.Code)
	if err == nil && found {
		c.At = row.At
	}
	return c, err
}

// Compare says whether a file is, byte for byte, one of the papers sealed under
// the code. It does not say which.
func (s *Service) Compare(ctx context.Context, q db.Q, typed string, data []byte) (Check, error) {
	c, err := s.Look(ctx, q, typed)
	if err != nil || c.At.IsZero() {
		return c, err
	}
	row, _, err := findCode(ctx, q, c.Code)
	if err != nil {
		return c, err
	}
	hashes, err := hashesOf(ctx, q, row.Root, row.Seal)
	if err != nil {
		return c, err
	}
	c.Match = Different
	if slices.Contains(hashes, hashOf(data)) {
		c.Match = Same
	}
	return c, nil
}

// ask shows the field for a code that is typed from paper.
func (p Pages) ask(c *web.Ctx) error {
	if code := ReadCode(c.Query("code")); code != "" {
		return c.See("/check/" + escape(code))
	}
	return c.Page(web.Page{Title: c.L.T("minutes.check.title"), Bare: true, Body: askView(c.L, "")})
}

func (p Pages) check(c *web.Ctx) error {
	found, err := p.Look(c.Context(), p.DB, c.Param("code"))
	if err != nil {
		return err
	}
	return answerCheck(c, found, web.Form{}, nil)
}

func (p Pages) compare(c *web.Ctx) error {
	file, err := c.Upload("file")
	if err != nil {
		found, failed := p.Look(c.Context(), p.DB, c.Param("code"))
		if failed != nil {
			return failed
		}
		return answerCheck(c, found, c.Refill(err), err)
	}
	found, err := p.Compare(c.Context(), p.DB, c.Param("code"), file.Data)
	if err != nil {
		return err
	}
	return answerCheck(c, found, web.Form{}, nil)
}

// answerCheck shows what a code says; a code of no record is not found.
func answerCheck(c *web.Ctx, found Check, f web.Form, refused error) error {
	page := web.Page{Title: c.L.T("minutes.check.title"), Bare: true, Body: checkView(c.L, found, f)}
	if refused == nil && found.At.IsZero() {
		refused = fault.New(fault.NotFound, "minutes.check.unknown")
		page.Body = askView(c.L, found.Code)
	}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}
