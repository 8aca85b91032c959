package report

import (
	"context"
	"fmt"
	"slices"

	"chibo/document"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/quality"
	"chibo/rating"
)

// Texts of papers are Vietnamese whoever reads the screen.

// Extra is a part that a later feature adds at the end of the book of a cell's year; a
// part without chapters is left out. full says that the book is for the committee alone.
type Extra func(ctx context.Context, q db.Q, cell organization.Organization, year int, full bool) (document.Part, error)

// gathering is a year book while its papers are gathered.
type gathering struct {
	*Service
	Year
	full     bool
	day      when.Date // of the making
	superior string
	q        db.Q
	names    map[string]string
}

// paper is what the lists made for the book have in common.
func (g *gathering) paper(title, subject string, body ...document.Block) document.Doc {
	return document.Doc{
		Layout: document.LayoutOn(g.day), Superior: g.superior, Issuer: g.Cell.Name, Place: g.Cell.Town, Date: g.day,
		Title: title, Subject: subject, Body: body,
	}
}

// gather collects the papers of a year in their order. told hears how many of so many
// parts are there.
func (s *Service) gather(ctx context.Context, cell organization.Organization, year int, full bool, told func(done, of int) error) (document.Volume, error) {
	g := &gathering{Service: s, full: full, day: s.now().Date(), superior: cell.Superior, q: s.DB}
	var err error
	if g.Year, err = s.Read(ctx, s.DB, cell, year); err != nil {
		return document.Volume{}, err
	}
	if g.superior == "" && cell.Parent != "" {
		parent, err := organization.Find(ctx, s.DB, cell.Root, cell.Parent)
		if err != nil {
			return document.Volume{}, err
		}
		g.superior = parent.Name
	}
	parts := []func(context.Context) (document.Part, error){
		g.overview, g.minutes, g.notices, g.tasks, g.themes, g.quality, g.ratings, g.people, g.praise,
	}
	for _, extra := range s.Extra {
		parts = append(parts, func(ctx context.Context) (document.Part, error) { return extra(ctx, g.q, cell, year, full) })
	}
	v := document.Volume{}
	for i, part := range parts {
		p, err := part(ctx)
		if err != nil {
			return v, err
		}
		v.Parts = append(v.Parts, p)
		if err := told(i+1, len(parts)); err != nil {
			return v, err
		}
	}
	v.Cover = g.cover()
	return v, nil
}

// cover says for whom the book is, when it was made and what was missing then.
func (g *gathering) cover() document.Cover {
	c := document.Cover{
		Superior: g.superior, Issuer: g.Cell.Name, Title: "SỔ NĂM", Subject: fmt.Sprintf("Năm %d", g.Year.Year), Place: g.Cell.Town, Date: g.day,
	}
	if g.full {
		c.Notes = append(c.Notes, "Bản có kết quả xếp loại, dùng trong cấp ủy chi bộ")
	}
	if gaps := g.Gaps(g.day); len(gaps) > 0 {
		c.Notes = append(c.Notes, fmt.Sprintf("Khi lập sổ còn thiếu %d việc, xem danh sách ở tài liệu số 1", len(gaps)))
	}
	return c
}

// minutes are the sealed papers in the order of their evenings.
func (g *gathering) minutes(ctx context.Context) (document.Part, error) {
	part := document.Part{Title: "Biên bản, nghị quyết, kết luận"}
	all, err := g.Minutes.Bound(ctx, g.q, g.Cell.Root, g.Cell.ID, g.first().AddDays(-31), g.last().AddDays(31))
	for _, e := range all {
		if !slices.ContainsFunc(g.Evenings(), func(own Evening) bool { return own.ID == e.Meeting }) {
			continue // stands for a month of another year
		}
		for _, d := range e.Papers {
			part.Chapters = append(part.Chapters, document.Chapter{Title: lineOf(d), Doc: d})
		}
	}
	return part, err
}

// lineOf is the line of a paper in the table of contents: its kind, number, day, subject.
func lineOf(d document.Doc) string {
	text := d.Title
	if text == "" {
		text = d.Kind.Name()
	}
	if d.Number != "" {
		text += " số " + d.Number
	}
	text += ", ngày " + d.Date.Slashed()
	if d.Subject != "" {
		text += ": " + d.Subject
	}
	return text
}

// notices are the notice and the programme of every meeting that was called.
func (g *gathering) notices(ctx context.Context) (document.Part, error) {
	part := document.Part{Title: "Thông báo, chương trình"}
	for _, e := range g.Evenings() {
		docs, err := meeting.Issued(ctx, g.q, e.Meeting, g.Cell)
		if err != nil {
			return part, err
		}
		for _, d := range docs {
			part.Chapters = append(part.Chapters, document.Chapter{Title: lineOf(d), Doc: d})
		}
	}
	return part, nil
}

// quality is the table of the year and the sheet of each score.
func (g *gathering) quality(ctx context.Context) (document.Part, error) {
	part := document.Part{Title: "Chất lượng sinh hoạt"}
	for _, e := range g.Evenings() {
		d, there, err := g.Quality.Bound(ctx, g.q, g.Cell, e.ID)
		if err != nil {
			return part, err
		}
		if there {
			part.Chapters = append(part.Chapters, document.Chapter{Title: lineOf(d), Doc: d})
		}
	}
	if len(part.Chapters) > 0 {
		first := document.Chapter{Title: "Điểm chất lượng các kỳ sinh hoạt trong năm", Doc: g.scores()}
		part.Chapters = slices.Insert(part.Chapters, 0, first)
	}
	return part, nil
}

// scores is the table of the scores of the year.
func (g *gathering) scores() document.Doc {
	t := table("TT", .07, "Kỳ sinh hoạt", .43, "Chi bộ chấm", .25, "Cấp trên quyết định", .25)
	for _, e := range g.Evenings() {
		if e.Score.State.Reached(quality.SelfScored) {
			t.Rows = append(t.Rows, row(len(t.Rows)+1, e.Title, verdict(e.Score.Own, true), verdict(e.Score.Decision, e.Score.State.Decided())))
		}
	}
	return g.paper("Bảng tổng hợp", g.ofYear("điểm chất lượng sinh hoạt"), t)
}

// ratings stand in the book of the committee alone.
func (g *gathering) ratings(ctx context.Context) (document.Part, error) {
	part := document.Part{Title: "Xếp loại đảng viên và chi bộ"}
	if !g.full {
		return part, nil
	}
	docs, err := rating.Bound(ctx, g.q, g.Cell, g.Year.Year)
	for _, d := range docs {
		part.Chapters = append(part.Chapters, document.Chapter{Title: lineOf(d), Doc: d})
	}
	return part, err
}

// who returns the names of members, remembered for the whole book.
func (g *gathering) who(ctx context.Context, ids ...string) error {
	names, err := member.Names(ctx, g.q, g.Cell.Root, ids...)
	if g.names == nil {
		g.names = map[string]string{}
	}
	for id, name := range names {
		g.names[id] = name
	}
	return err
}
