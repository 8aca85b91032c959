package feedback

import (
	"chibo/conference"
	"chibo/document"
	"chibo/kit/web"
	"chibo/kit/when"
)

// Papers offers, for the file of the conference, what was said of every sitting, the
// synthesis and what the committee concluded.
func (p *Pages) Papers(c *web.Ctx, x conference.Conference) ([]conference.Paper, error) {
	all, err := p.standings(c.Context(), x)
	if err != nil {
		return nil, err
	}
	var out []conference.Paper
	for _, y := range all {
		name := ": " + y.Sitting.Title
		if y.Counted.Sheets == 0 {
			out = append(out, conference.Lacking(conference.RemarkList, "Ý kiến góp ý"+name, "Chưa nhận phiếu góp ý nào."))
			continue
		}
		f, err := p.View(c.Context(), c.Who, x.ID, y.Sitting.ID)
		if err != nil {
			return nil, err
		}
		day := p.now().Date()
		out = append(out, conference.Table(conference.RemarkList, "Ý kiến góp ý"+name, remarkTable(f)),
			conference.Document(conference.SynthesisPaper, "Tổng hợp ý kiến góp ý"+name, synthesisDoc(f, day)),
			lessonPaper(f, day))
	}
	return out, nil
}

// lessonPaper is what the committee concluded, with how many cells have taken it in.
func lessonPaper(f File, day when.Date) conference.Paper {
	title := "Thẻ rút kinh nghiệm: " + f.Sitting.Title
	t, any := conclusionTable(f)
	if !any {
		return conference.Lacking(conference.LessonList, title, "Cấp ủy chưa kết luận.")
	}
	return conference.Document(conference.LessonList, title, document.Doc{
		Layout: document.LayoutOn(day), Superior: f.Unit.Superior, Issuer: f.Unit.Name, Place: f.Unit.Town, Date: day,
		Title: "THẺ RÚT KINH NGHIỆM", Subject: f.Sitting.Title, Body: []document.Block{t},
	})
}
