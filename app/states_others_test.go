package app_test

import (
	"net/url"
	"strconv"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/digest"
	"chibo/kit/access"
	"chibo/kit/id"
	"chibo/library"
	"chibo/matter"
	"chibo/meeting"
	"chibo/theme"
	"chibo/visit"
)

// matterStates are matters that the first cell has passed up: chờ trả lời, chờ trả lời chung với
// kiến nghị khác, đã trả lời, đã rút.
var matterStates = kind{
	name: "matters", letters: "cgtr", aside: "aside",
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, secretary := t.Context(), h.w.App.Matters, h.known["secretary"]
		m, err := s.Pass(ctx, secretary, matter.Draft{Organization: h.cell, Text: "Cống tắc", Raiser: matter.ByResidents})
		must(t, err)
		other, err := s.Pass(ctx, secretary, matter.Draft{Organization: h.cell, Text: "Đèn đường hỏng", Raiser: matter.ByResidents})
		must(t, err)
		switch state {
		case "g":
			third, err := s.Pass(ctx, secretary, matter.Draft{Organization: h.cell, Text: "Cống tắc nữa", Raiser: matter.ByResidents})
			must(t, err, s.Merge(ctx, h.known["clerk"], m.ID, third.ID))
		case "t":
			must(t, s.Answer(ctx, h.known["clerk"], m.ID, matter.Reply{Text: "Đã thông", On: worldtest.Now.Date()}))
		case "r":
			must(t, s.Withdraw(ctx, secretary, m.ID, "Đã tự làm"))
		}
		return record{
			places: map[string]string{"{id}": m.ID},
			form: func(string) url.Values {
				return url.Values{"text": {"Đã thông"}, "on": {worldtest.Now.Date().String()}, "reason": {"Đã tự làm"}, "with": {other.ID}}
			},
		}
	},
}

// newsStates are pieces about a meeting of the first cell: nháp, đã đăng, đã gỡ.
var newsStates = kind{
	name: "news", letters: "ndr", aside: "aside", relations: []string{"bất cứ ai"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, secretary, about := t.Context(), h.w.App.News, h.known["secretary"], h.w.Meeting(meeting.Sealed)
		h.alter(t, []any{about}, `DELETE FROM news_person WHERE picture_id IN (SELECT p.id FROM news_picture p JOIN news_item i ON i.root_id = p.root_id AND i.id = p.item_id WHERE i.meeting_id = $1)`,
			`DELETE FROM news_picture WHERE item_id IN (SELECT id FROM news_item WHERE meeting_id = $1)`, `DELETE FROM news_item WHERE meeting_id = $1`)
		piece, err := s.Begin(ctx, secretary, about)
		must(t, err)
		if state != "n" {
			must(t, s.Publish(ctx, secretary, piece.ID))
		}
		if state == "r" {
			must(t, s.Withdraw(ctx, secretary, piece.ID, "Có ảnh nhầm"))
		}
		return record{
			places: map[string]string{"{id}": piece.ID, "{code}": piece.Code},
			form: func(string) url.Values {
				return url.Values{"title": {"Tên khác"}, "body": {"Lời khác"}, "source": {"Chi bộ"}, "reason": {"Có ảnh nhầm"}}
			},
			as: func(who access.Person, _ string) access.Person { return who },
		}
	},
}

// visitStates are visits to the open meeting of the first cell: đã phân công, bị từ chối, bị thu
// hồi, đã gửi phiếu. Somebody is the visitor.
var visitStates = kind{
	name: "visits", letters: "ptrx", aside: "aside", relations: []string{"người đi dự"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, visitor, at := t.Context(), h.w.App.Visits, h.known["committee"], h.w.Meeting(meeting.Open)
		h.alter(t, []any{at}, `DELETE FROM visit_remark WHERE visit_id IN (SELECT id FROM visit WHERE meeting_id = $1)`, `DELETE FROM visit WHERE meeting_id = $1`)
		v, err := s.Assign(ctx, visitor, at, visitor.Member, "")
		must(t, err)
		remark := id.New()
		must(t, s.Note(ctx, visitor, v.ID, visit.Remark{ID: remark, Head: visit.Conduct, Mark: visit.Limited, Text: "Thảo luận còn ít"}))
		switch state {
		case "t":
			must(t, s.Refuse(ctx, visitor, v.ID, "Ốm"))
		case "r":
			must(t, s.Recall(ctx, visitor, v.ID, "Có việc khác"))
		case "x":
			must(t, s.Finish(ctx, visitor, v.ID))
		}
		return record{
			places: map[string]string{"{id}": v.ID, "{remark}": remark},
			form: func(path string) url.Values {
				if path == "/visits/{id}/remarks" {
					return url.Values{"id": {id.New()}, "head": {"conduct"}, "mark": {"limited"}, "text": {"Kết luận còn chung"}}
				}
				return url.Values{"reason": {"Có việc"}, "answer": {"Chi bộ tiếp thu"}}
			},
			as: func(who access.Person, _ string) access.Person {
				who.Root, who.Member = visitor.Root, visitor.Member
				return who
			},
		}
	},
}

// themeStates are themes of the first cell: đã xếp, đã duyệt, đã đưa vào cuộc họp, đã sinh hoạt,
// đã đánh giá. Somebody holds the office of the secretary, who may enter the approval.
var themeStates = kind{
	name: "themes", letters: "pdbkx", aside: "aside", relations: []string{"người giữ chức bí thư", "người trình bày"},
	record: func(t *testing.T, h *house, state, path string) record {
		t.Helper()
		ctx, s, secretary, presenter, month := t.Context(), h.w.App.Themes, h.known["secretary"], h.known["member"], worldtest.Now.Date().In().Add(3)
		if path == "/themes/{id}/take" { // a draft that was there before the theme
			month = month.Add(1)
			_, err := h.w.App.Meetings.Convene(ctx, secretary, h.cell, meeting.Convening{Kind: meeting.Thematic, Month: month})
			must(t, err)
		}
		x, err := s.Add(ctx, secretary, h.cell, theme.Draft{Month: month, Kind: meeting.Thematic, Title: "Học tập suốt đời", Presenter: presenter.Member})
		must(t, err)
		must(t, s.Send(ctx, presenter, x.ID, "bao-cao.png", dot(t), true))
		files, err := library.Files(ctx, h.w.App.DB, x.Root, theme.FileUse, x.ID)
		must(t, err)
		if state != "p" {
			must(t, s.Approve(ctx, secretary, x.ID, worldtest.Now.Date()))
		}
		// A meeting takes a theme while it is a draft: these are further on already.
		if at := map[string]meeting.State{"b": meeting.Noticed, "k": meeting.Closed, "x": meeting.Closed}[state]; at != "" {
			h.alter(t, []any{x.ID, h.w.Meeting(at)}, `UPDATE theme SET meeting_id = $2 WHERE id = $1`)
		}
		if state == "x" {
			must(t, s.Judge(ctx, secretary, x.ID, theme.Judgement{Rating: theme.Useful}))
		}
		return record{
			places: map[string]string{"{id}": x.ID, "{file}": files[0].ID},
			file: func(path string) *upload {
				if path == "/themes/{id}/files" {
					return &upload{"file", "phu-luc.png", dot(t)}
				}
				return nil
			},
			form: func(string) url.Values {
				return url.Values{
					"unmarked": {"true"}, "month": {month.String()}, "kind": {"thematic"}, "title": {"Học tập hằng ngày"}, "questions": {"Làm gì?"},
					"approved_on": {worldtest.Now.Date().AddDays(-1).String()}, "rating": {"practical"}, "remark": {"Sát chi bộ"},
				}
			},
			as: func(who access.Person, relation string) access.Person {
				who.Root, who.Member = secretary.Root, secretary.Member
				if relation == "người trình bày" {
					who.Member = presenter.Member
				}
				return who
			},
		}
	},
}

// digestStates are reports of the ward on the dates of meetings: nháp, đã ban hành.
var digestStates = kind{
	name: "digests", letters: "nb", aside: "aside",
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, clerk := t.Context(), h.w.App.Digests, h.known["clerk"]
		x, err := s.Begin(ctx, clerk, digest.Start{Unit: clerk.Grants[0].Organization, Form: "register", Month: worldtest.Now.Date().In().Add(-1)})
		must(t, err)
		read := func() digest.Report {
			r, err := s.Load(ctx, clerk, x)
			must(t, err)
			return r
		}
		if state == "b" {
			must(t, s.Issue(ctx, clerk, x, read().Seq))
		}
		return record{
			places: map[string]string{"{id}": x},
			form: func(string) url.Values {
				return url.Values{"seq": {strconv.Itoa(read().Seq)}, "texts[0]": {"Các chi bộ họp đúng ngày."}}
			},
		}
	},
}
