package app_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/feedback"
	"chibo/kit/access"
	"chibo/kit/when"
)

// feedbackStates are rounds of feedback of a sitting: chưa mở, chưa đến giờ nhận, đang nhận, đang
// nhận và kết luận đã thành bài học, đã hết giờ nhận; and đã hết giờ nhận, hội nghị đã kết thúc.
var feedbackStates = kind{
	name: "feedback", letters: "kcmbdx", aside: "far", relations: []string{"người có mã"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		k := &asked{convened: convened{t: t, h: h, clerk: h.known["clerk"], committee: h.known["committee"]}}
		k.open()
		k.hear(state)
		return record{
			places: map[string]string{
				"{id}": k.id, "{sitting}": k.sitting, "{code}": k.code, "{group}": k.group, "{sheet}": k.sheet, "{conclusion}": k.conclusion,
			},
			form: k.form, as: func(who access.Person, _ string) access.Person { return who },
		}
	},
}

// asked is a conference with what was said of its sitting.
type asked struct {
	convened

	code, group, sheet, conclusion, remark string
}

// hear opens the feedback in a state: with a group, a remark that stands alone, a sheet that
// was set aside, and a conclusion.
func (k *asked) hear(state string) {
	k.t.Helper()
	k.code, k.group, k.sheet, k.conclusion, k.remark = "khongcoo", somebody(), somebody(), somebody(), somebody()
	if state == "k" {
		return
	}
	ctx, s := k.t.Context(), k.h.w.App.Feedback
	opens, closes := worldtest.Now.Add(-2*time.Hour), worldtest.Now.Add(24*time.Hour)
	switch state {
	case "c":
		opens = worldtest.Now.Add(time.Hour)
	case "d", "x":
		closes = worldtest.Now.Add(-time.Hour)
	}
	r, err := s.Open(ctx, k.clerk, k.id, k.sitting, feedback.Opening{OpensAt: opens, ClosesAt: closes})
	must(k.t, err)
	k.code = r.Code
	done := feedback.Cell{Phase: feedback.Preparation, Head: feedback.Done}
	said := func(texts ...string) (all []feedback.Said) {
		for _, x := range texts {
			all = append(all, feedback.Said{Cell: done, Text: x})
		}
		return all
	}
	must(k.t, s.TypeIn(ctx, k.clerk, k.id, k.sitting, feedback.Paper{Number: 1, Said: said("Chuẩn bị kỹ", "Tài liệu gửi sớm")}),
		s.TypeIn(ctx, k.clerk, k.id, k.sitting, feedback.Paper{Number: 2, Said: said("Gõ thử")}))
	ids := map[string]string{}
	f, err := s.View(ctx, k.clerk, k.id, k.sitting)
	must(k.t, err)
	for _, x := range f.Block(done).Alone {
		ids[x.Text] = x.ID
	}
	k.remark = ids["Tài liệu gửi sớm"]
	must(k.t, s.Gather(ctx, k.clerk, k.id, k.sitting, feedback.Gathering{Cell: done, Remarks: []string{ids["Chuẩn bị kỹ"]}, Words: "Chuẩn bị tốt"}),
		s.SetAside(ctx, k.clerk, k.id, k.sitting, done, []string{ids["Gõ thử"]}, "Gõ thử"))
	_, asides, err := s.Asides(ctx, k.clerk, k.id, k.sitting)
	must(k.t, err)
	c, err := s.Conclude(ctx, k.committee, k.id, k.sitting, feedback.Conclusion{Seen: "Thảo luận còn ít", Why: "Nội dung dài", Act: "Gợi ý trước"})
	must(k.t, err)
	f, err = s.View(ctx, k.clerk, k.id, k.sitting)
	must(k.t, err)
	k.group, k.sheet, k.conclusion = f.Block(done).Groups[0].ID, asides[0].Sheet, c.ID
	switch state {
	case "b":
		_, err = s.Teach(ctx, k.committee, k.id, k.sitting, c.ID)
	case "x":
		err = k.h.w.App.Conferences.Close(ctx, k.committee, k.id)
	}
	must(k.t, err)
}

func (k *asked) form(path string) url.Values {
	field := func(at when.Instant) string { return at.Date().String() + "T" + at.HHMM() }
	if path == "/y/{code}" {
		return url.Values{"sending": {somebody()}, "preparation.done.1": {"Hội trường sạch"}}
	}
	switch strings.NewReplacer("/conferences/{id}/feedback/{sitting}", "", "/cells/preparation/done", "").Replace(path) {
	case "/open":
		return url.Values{"named": {"nameless"}, "opens_at": {field(worldtest.Now.Add(-3 * time.Hour))}, "closes_at": {field(worldtest.Now.Add(48 * time.Hour))}}
	case "/paper":
		return url.Values{"number": {"3"}, "preparation.done.0": {"Đón tiếp chu đáo"}}
	case "/gather":
		return url.Values{"remarks": {k.remark}, "words": {"Tài liệu tốt"}}
	case "/set-aside":
		return url.Values{"remarks": {k.remark}, "reason": {"Gửi trùng"}}
	case "/turn-down":
		return url.Values{"proposal": {"a b"}}
	case "/text":
		return url.Values{"text": {"Chuẩn bị tốt."}}
	case "/groups/{group}":
		return url.Values{"words": {"Chuẩn bị rất tốt"}}
	case "/conclusions", "/conclusions/{conclusion}":
		return url.Values{"seen": {"Kết luận còn chung"}, "why": {"Thiếu số liệu"}, "act": {"Nêu rõ ai làm, bao giờ xong"}}
	}
	return url.Values{}
}
