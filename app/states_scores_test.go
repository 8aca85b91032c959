package app_test

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/meeting"
	"chibo/quality"
	"chibo/rubric"
)

// scoreStates are the scores of a meeting that has closed: đang chấm, chi ủy đã chấm, chi bộ
// đã biểu quyết, đã gửi lên, đã công nhận, công nhận với điểm khác. The secretary agrees on them
// and submits them; a member of the cell is assigned to score.
var scoreStates = kind{
	name: "scores", letters: "ncbgxs", aside: "aside", relations: []string{"người được phân công chấm", "người đã chấm và gửi lên"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		k := &scored{t: t, h: h, s: h.w.App.Quality, id: h.w.Meeting(meeting.Closed)}
		k.bring(state)
		return record{
			places: map[string]string{"{id}": k.id},
			form:   k.form,
			as: func(who access.Person, relation string) access.Person {
				who.Root, who.Member = h.known["secretary"].Root, h.subject()
				if relation == "người đã chấm và gửi lên" {
					who.Member = h.known["secretary"].Member
				}
				return who
			},
		}
	},
}

// scored is a score that is brought from one state to the next.
type scored struct {
	t  *testing.T
	h  *house
	s  *quality.Service
	id string
}

// file reads the score with its sheet.
func (k *scored) file() quality.File {
	k.t.Helper()
	f, err := k.s.Load(k.t.Context(), k.h.w.App.DB, everywhere, k.id)
	must(k.t, err)
	return f
}

// bring begins the score anew and brings it to a state.
func (k *scored) bring(state string) {
	k.t.Helper()
	ctx, secretary := k.t.Context(), k.h.known["secretary"]
	k.h.alter(k.t, []any{k.id}, `DELETE FROM score WHERE meeting_id = $1`)
	must(k.t, k.s.Assign(ctx, secretary, k.id, k.h.subject()))
	steps := []func() error{
		func() error { return k.s.SelfScore(ctx, secretary, k.id, k.entry()) },
		func() error { return k.s.Vote(ctx, secretary, k.id, k.file().Entitled, 0, false) },
		func() error { return k.s.Submit(ctx, secretary, k.id) },
		func() error {
			e, reason := quality.Entry{Level: rubric.Good}, ""
			if state == "s" {
				e.Points, reason = k.less(), "Điều hành còn dàn trải"
			}
			return k.s.Decide(ctx, k.h.known["committee"], k.id, e, reason)
		},
	}
	for _, step := range steps[:min(slices.Index([]string{"n", "c", "b", "g", "x", "s"}, state), len(steps))] {
		must(k.t, step())
	}
	want := map[string]quality.State{"n": quality.Draft, "c": quality.SelfScored, "b": quality.Voted, "g": quality.Submitted, "x": quality.Confirmed, "s": quality.Adjusted}[state]
	if got := k.file().Score.State; got != want {
		k.t.Fatalf("the score is %s, want %s", got, want)
	}
}

// entry gives every line that is open the most that it may have.
func (k *scored) entry() quality.Entry {
	k.t.Helper()
	e := quality.Entry{Points: map[string]string{}, Level: rubric.Good}
	for _, l := range k.file().Sum.Open {
		e.Points[l.ID] = l.Max.String()
	}
	return e
}

// less takes the first line of the sheet the points that it has.
func (k *scored) less() map[string]string {
	k.t.Helper()
	f := k.file()
	for _, l := range f.Rubric.Counted(f.Kind()) {
		for _, p := range append(l.Offers(), 0) {
			if p != f.Score.Marks[l.ID].Points && l.Allowed(p) {
				return map[string]string{l.ID: p.String()}
			}
		}
	}
	k.t.Fatal("no line may have other points")
	return nil
}

func (k *scored) form(path string) url.Values {
	k.t.Helper()
	switch path {
	case "/meetings/{id}/quality", "/meetings/{id}/quality?agree":
		form := url.Values{"level": {string(rubric.Good)}}
		if path == "/meetings/{id}/quality?agree" {
			form.Set("agree", "1")
		}
		for line, points := range maps.All(k.entry().Points) {
			form.Set("points["+line+"]", points)
		}
		return form
	case "/meetings/{id}/quality/scorer":
		return url.Values{"scorer": {k.h.subject()}}
	case "/meetings/{id}/quality/vote":
		return url.Values{"for": {strconv.Itoa(k.file().Entitled)}, "against": {"0"}}
	case "/meetings/{id}/remedies":
		return url.Values{"weakness": {"Ít người phát biểu"}, "remedy": {"Gửi câu hỏi trước"}, "due": {worldtest.Now.Date().AddDays(20).String()}}
	}
	return url.Values{"level": {string(rubric.Good)}}
}

// remedyStates are remedies: còn chờ, đã xong.
var remedyStates = kind{
	name: "remedies", letters: "cx", aside: "aside",
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, secretary, s, held := t.Context(), h.known["secretary"], h.w.App.Quality, h.w.Meeting(meeting.Closed)
		must(t, s.AddRemedy(ctx, secretary, held, quality.Remedy{Weakness: "Ít người phát biểu", Remedy: "Gửi câu hỏi trước", Due: worldtest.Now.Date().AddDays(20)}))
		newest, err := db.One[string](ctx, h.w.App.DB, `SELECT id FROM remedy WHERE meeting_id = $1 ORDER BY id DESC LIMIT 1`, held)
		must(t, err)
		if state == "x" {
			must(t, s.TickRemedy(ctx, secretary, newest, "Đã gửi"))
		}
		return record{places: map[string]string{"{id}": newest}, form: func(string) url.Values { return url.Values{"outcome": {"Đã làm"}} }}
	},
}
