package conference

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/library"
	"chibo/meeting"
	"chibo/minutes"
	"chibo/news"
)

// Hosted offers what the meetings that were performed have left: their sealed minutes to
// whoever may read them, and the pictures of news that everybody may read.
type Hosted struct {
	Minutes *minutes.Service
	Files   *library.Service
}

// papers returns the papers of the performed meetings of a conference.
func (h Hosted) papers(ctx context.Context, who access.Person, f File) ([]Paper, error) {
	var out []Paper
	for _, y := range f.Sittings {
		if y.Host == "" {
			continue
		}
		written, err := h.minutes(ctx, who, y)
		if err != nil {
			return nil, err
		}
		pictures, err := h.pictures(ctx, y)
		if err != nil {
			return nil, err
		}
		out = append(append(out, written...), pictures...)
	}
	return out, nil
}

func (h Hosted) minutes(ctx context.Context, who access.Person, y Staged) ([]Paper, error) {
	title, m := "Biên bản: "+y.Title, y.Performed
	switch {
	case m.ID == "":
		return []Paper{Lacking(MinutesPaper, title, "Chi bộ thực hiện chưa chọn kỳ sinh hoạt mẫu.")}, nil
	case m.State != meeting.Sealed:
		return []Paper{Lacking(MinutesPaper, title, "Biên bản chưa khóa.")}, nil
	case !who.MayAt(minutes.MayRead, y.HostUnit.Path):
		return []Paper{Lacking(MinutesPaper, title, "Người lấy hồ sơ không có quyền đọc biên bản của "+y.HostUnit.Name+".")}, nil
	}
	out := []Paper{h.sealed(ctx, who, m, minutes.Minutes, title)}
	_, err := h.Minutes.Get(ctx, who, m.ID, minutes.Resolution, minutes.PDF, "")
	if fault.Is(err, fault.NotFound) {
		return out, nil
	}
	return append(out, h.sealed(ctx, who, m, minutes.Resolution, "Nghị quyết, kết luận: "+y.Title)), err
}

// sealed is a paper of a meeting, the very bytes that were sealed.
func (h Hosted) sealed(ctx context.Context, who access.Person, m meeting.Meeting, p minutes.Paper, title string) Paper {
	out := Paper{Kind: MinutesPaper, Title: title}
	for _, form := range []minutes.Form{minutes.DOCX, minutes.PDF} {
		out.Forms = append(out.Forms, PaperForm{string(form), whole(func() ([]byte, error) {
			f, err := h.Minutes.Get(ctx, who, m.ID, p, form, "")
			return f.Data, err
		})})
	}
	return out
}

func (h Hosted) pictures(ctx context.Context, y Staged) ([]Paper, error) {
	title := "Hình ảnh: " + y.Title
	if y.Performed.ID == "" {
		return nil, nil
	}
	all, published, err := news.PublishedOf(ctx, h.Files.DB, y.HostRoot, y.Performed.ID)
	switch {
	case err != nil:
		return nil, err
	case !published:
		return []Paper{Lacking(Photograph, title, "Chi bộ thực hiện chưa đăng tin; ảnh chỉ vào hồ sơ khi người trong ảnh đã đồng ý.")}, nil
	case len(all) == 0:
		return []Paper{Lacking(Photograph, title, "Tin đã đăng không có ảnh.")}, nil
	}
	var out []Paper
	for _, one := range all {
		f, err := h.Files.Kept(ctx, y.HostRoot, one.File)
		if err != nil {
			return nil, err
		}
		name := title
		if one.Caption != "" {
			name = "Hình ảnh: " + one.Caption
		}
		out = append(out, Finished(Photograph, name, string(f.Type), func() ([]byte, error) {
			_, data, err := h.Files.Open(ctx, y.HostRoot, one.File)
			return data, err
		}))
	}
	return out, nil
}
