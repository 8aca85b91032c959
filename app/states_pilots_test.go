package app_test

import (
	"net/url"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/id"
	"chibo/lesson"
	"chibo/meeting"
	"chibo/pilot"
	"chibo/plan"
	"chibo/training"
)

// pilotStates are pilot meetings that the first cell holds: mới chọn chi bộ, đã chọn kỳ, đã gửi
// thẩm định, có nội dung cần sửa, đã thẩm định, đang họp, đã họp, đã kết luận. Somebody appraises,
// or is invited.
var pilotStates = kind{
	name: "pilots", letters: "ncgstmhk", aside: "aside", relations: []string{"người thẩm định", "người được mời"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		k := &piloted{t: t, h: h}
		k.bring(state)
		return record{places: map[string]string{"{id}": k.pilot, "{series}": k.series, "{comment}": k.comment}, form: k.form, as: k.as}
	},
}

// piloted is a pilot meeting of the first cell.
type piloted struct {
	t                               *testing.T
	h                               *house
	pilot, series, comment, meeting string
	items                           []pilot.Item
}

func (k *piloted) as(who access.Person, relation string) access.Person {
	is := k.h.known["committee"]
	if relation == "người được mời" {
		is = k.h.known["other secretary"]
	}
	who.Root, who.Member = is.Root, is.Member
	return who
}

// bring opens a series with one pilot meeting and a guest, and brings the meeting to a state.
func (k *piloted) bring(state string) {
	k.t.Helper()
	ctx, s, today := k.t.Context(), k.h.w.App.Pilots, worldtest.Now.Date()
	clerk, committee, secretary := k.h.known["clerk"], k.h.known["committee"], k.h.known["secretary"]
	x, err := s.Open(ctx, committee, pilot.Series{
		Organization: clerk.Grants[0].Organization, Title: "Sinh hoạt điểm", Purpose: "Rút kinh nghiệm", From: today.AddDays(-120), Until: today.AddDays(120),
	}, pilot.Choice{Hosts: []string{k.h.cell}, Kind: meeting.Ordinary}, []string{committee.Member})
	must(k.t, err)
	sheet, err := s.ViewSeries(ctx, committee, x.ID)
	must(k.t, err)
	k.series, k.pilot, k.comment = x.ID, sheet.Pilots[0].ID, somebody()
	k.meeting = k.h.w.Meeting(meeting.Draft)
	must(k.t, s.Invite(ctx, clerk, k.pilot, []string{k.h.known["other secretary"].Member}))
	held := map[string]meeting.State{"m": meeting.Open, "h": meeting.Closed, "k": meeting.Closed}[state]
	if held != "" {
		k.meeting = k.h.w.Meeting(held)
	}
	k.h.alter(k.t, []any{k.meeting}, `UPDATE pilot SET meeting_id = '' WHERE meeting_id = $1`)
	switch {
	case held != "":
		k.h.alter(k.t, []any{k.pilot, k.meeting}, `UPDATE pilot SET meeting_id = $2, round = 1 WHERE id = $1`)
		must(k.t, s.Say(ctx, committee, k.pilot, pilot.Comment{Kind: pilot.Merit, Text: "Thảo luận sôi nổi"}))
	case state != "n":
		must(k.t, s.Meet(ctx, secretary, k.pilot, k.meeting))
	}
	f, err := s.View(ctx, committee, k.pilot)
	must(k.t, err)
	if k.items = f.Items; held != "" {
		k.comment = f.Comments[0].ID
	}
	if strings.Contains("gst", state) {
		must(k.t, s.Submit(ctx, secretary, k.pilot, nil))
	}
	says := map[string]pilot.Verdict{}
	for n, i := range k.items {
		says[i.ID] = pilot.Verdict{Kind: pilot.Agree}
		if n == 0 && state == "s" {
			says[i.ID] = pilot.Verdict{Kind: pilot.Change, Text: "Nêu số liệu"}
		}
	}
	switch state {
	case "s", "t":
		must(k.t, s.Appraise(ctx, committee, k.pilot, says))
	case "k":
		must(k.t, s.Conclude(ctx, committee, k.pilot, "Tổ chức tốt"))
	}
}

func (k *piloted) form(path string) url.Values {
	switch path {
	case "/pilots/{id}/meeting":
		return url.Values{"meeting": {k.h.w.Meeting(meeting.Draft)}}
	case "/pilots/{id}/submit", "/pilots/{id}/appraise":
		all := url.Values{}
		for _, i := range k.items {
			all.Set("v_"+i.ID, "agreed")
			all.Set("t_"+i.ID, "Đã bổ sung")
		}
		return all
	case "/pilots/{id}/guests":
		return url.Values{"members": {k.h.known["clerk"].Member}}
	case "/pilots/{id}/came":
		return url.Values{"members": {k.h.known["other secretary"].Member}}
	case "/pilots/{id}/comments":
		return url.Values{"kind": {string(pilot.Advice)}, "text": {"Nên gợi ý trước"}}
	case "/pilots/{id}/conclude":
		return url.Values{"conclusion": {"Tổ chức tốt"}}
	case "/series/{series}/edit":
		today := worldtest.Now.Date()
		return url.Values{"title": {"Sinh hoạt điểm, đợt 1"}, "purpose": {"Rút kinh nghiệm"}, "from": {today.AddDays(-90).String()}, "until": {today.AddDays(90).String()}}
	case "/series/{series}/hosts":
		return url.Values{"hosts": {k.h.known["aside secretary"].Grants[0].Organization}, "kind": {string(meeting.Thematic)}}
	case "/series/{series}/assess":
		return url.Values{"merits": {"Nền nếp hơn"}}
	}
	return url.Values{}
}

// planStates are plans of the ward: chưa có việc, đang thực hiện, đã có báo cáo, đã quá ngày cuối.
var planStates = kind{
	name: "plans", letters: "mtbh", aside: "far",
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, committee, today := t.Context(), h.w.App.Plans, h.known["committee"], worldtest.Now.Date()
		from, until := today.AddDays(-60), today.AddDays(60)
		if state == "h" {
			until = today.AddDays(-1)
		}
		p, err := s.Make(ctx, committee, plan.Plan{Organization: committee.Grants[0].Organization, Title: "Kế hoạch mẫu", Goal: "Nâng cao chất lượng", Basis: "82-KH/ĐU", From: from, Until: until})
		must(t, err)
		step := somebody()
		if state != "m" {
			must(t, s.Add(ctx, committee, p.ID, plan.Step{What: "Sinh hoạt điểm", Owner: "Văn phòng", From: from, Until: until, Target: 4, Unit: "chi bộ"}))
			v, err := s.View(ctx, committee, p.ID, today)
			must(t, err)
			step = v.States[0].ID
		}
		if state == "b" {
			must(t, s.Word(ctx, committee, p.ID, plan.Report{On: today, Results: "Đã làm hai chi bộ"}))
		}
		return record{
			places: map[string]string{"{id}": p.ID},
			form: func(path string) url.Values {
				switch path {
				case "/plans/{id}/progress":
					return url.Values{"step": {step}, "on": {today.String()}, "reached": {"2"}, "text": {"Hai chi bộ"}}
				case "/plans/{id}/steps":
					return url.Values{"what": {"Tập huấn"}, "owner": {"Ban Tổ chức"}, "from": {from.String()}, "until": {until.String()}}
				}
				return url.Values{"on": {today.String()}, "results": {"Đã làm ba chi bộ"}}
			},
		}
	},
}

// courseStates are courses of the ward: chưa diễn ra, đang diễn ra, đã xong, đã xong và đã ghi
// người dự, đã hủy.
var courseStates = kind{
	name: "courses", letters: "mdqgh", aside: "far",
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, clerk, today := t.Context(), h.w.App.Training, h.known["clerk"], worldtest.Now.Date()
		from, until := today.AddDays(10), today.AddDays(12)
		switch state {
		case "d":
			from, until = today.AddDays(-1), today.AddDays(1)
		case "q", "g":
			from, until = today.AddDays(-5), today.AddDays(-3)
		}
		invited, other := h.known["secretary"].Member, h.known["other secretary"].Member
		c, err := s.Open(ctx, clerk, training.Course{Organization: clerk.Grants[0].Organization, Title: "Bồi dưỡng bí thư", Body: "Trung tâm chính trị", From: from, Until: until})
		must(t, err, s.Invite(ctx, clerk, c.ID, invited))
		switch state {
		case "g":
			must(t, s.Mark(ctx, clerk, c.ID, map[string]training.Marking{invited: {State: training.Attended}}))
		case "h":
			must(t, s.Cancel(ctx, clerk, c.ID))
		}
		return record{
			places: map[string]string{"{id}": c.ID},
			form:   func(string) url.Values { return url.Values{"members": {other}, "s_" + invited: {"absent"}} },
		}
	},
}

// lessonStates are lessons of the ward: mới ghi hiện tượng, đủ ý chưa gửi, đã gửi chi bộ thứ nhất,
// chi bộ ấy đã tiếp thu; and one that the first cell has written for itself.
var lessonStates = kind{
	name: "lessons", letters: "ndgtr", aside: "aside",
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, committee, secretary, at := t.Context(), h.w.App.Lessons, h.known["committee"], h.known["secretary"], h.w.Meeting(meeting.Open)
		words := lesson.Lesson{Organization: committee.Grants[0].Organization, Seen: "Ít ý kiến", Why: "Tài liệu muộn", Act: "Gửi trước một ngày"}
		writer := committee
		if state == "r" {
			writer, words.Organization, words.Subject = secretary, "", at
		}
		k, err := s.Write(ctx, writer, words)
		must(t, err)
		if state == "n" {
			h.alter(t, []any{k.ID}, `UPDATE lesson SET why = '', act = '' WHERE id = $1`)
		}
		if state == "g" || state == "t" {
			_, err := s.Send(ctx, committee, k.ID, lesson.Address{Reach: lesson.ToNamed, Cells: []string{h.cell}})
			must(t, err)
		}
		if state == "t" {
			must(t, s.Tick(ctx, secretary, k.ID, lesson.Taking{Cell: h.cell, Meeting: at}))
		}
		return record{
			places: map[string]string{"{id}": k.ID},
			form: func(path string) url.Values {
				switch path {
				case "/lessons/{id}/edit":
					return url.Values{"seen": {"Còn ít ý kiến"}, "why": {"Tài liệu muộn"}, "act": {"Gửi trước hai ngày"}}
				case "/lessons/{id}/send":
					return url.Values{"reach": {"named"}, "cells": {h.known["aside secretary"].Grants[0].Organization}}
				case "/lessons/{id}/tick":
					return url.Values{"cell": {h.cell}, "meeting": {at}, "note": {"Gửi tài liệu ngày mồng 1 " + id.New()}}
				case "/lessons/{id}/tick?undo":
					return url.Values{"cell": {h.cell}}
				}
				return url.Values{}
			},
		}
	},
}
