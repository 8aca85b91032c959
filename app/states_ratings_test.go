package app_test

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/rating"
)

// ratingStates are rounds of rating: đang tự đánh giá, đang góp ý, đang bỏ phiếu, đã gửi danh
// sách, đã quyết định một phần, đã quyết định, đã báo. Somebody may have a line of their own in the round.
var ratingStates = kind{
	name: "ratings", letters: "thpgmqb", aside: "aside", relations: []string{"chính người ấy"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		k := &rated{t: t, h: h, s: h.w.App.Ratings, ctx: t.Context(), who: h.known["secretary"]}
		k.bring(state)
		return record{
			places: map[string]string{"{id}": k.id, "{subject}": h.subject(), "{complaint}": k.complaint()},
			form:   k.form,
			as: func(who access.Person, _ string) access.Person {
				who.Root, who.Member = k.who.Root, h.subject()
				return who
			},
		}
	},
}

// rated is a round that is brought from one state to the next.
type rated struct {
	t   *testing.T
	h   *house
	s   *rating.Service
	ctx context.Context
	who access.Person
	id  string
}

// bring opens a round of the quarter, in the place of the one before, and brings it to a state.
func (k *rated) bring(state string) {
	k.t.Helper()
	k.forget()
	day := worldtest.Now.Date()
	r, err := k.s.Open(k.ctx, k.who, rating.Opening{Organization: k.h.cell, Span: rating.Quarterly, Month: day.In(), SelfBy: day, ReviewOn: day})
	must(k.t, err)
	k.id = r.ID
	steps := []func(){
		func() {
			k.each(func(g rating.Rating) error {
				if g.Case != rating.Away {
					return nil
				}
				return k.s.Treat(k.ctx, k.who, k.id, g.Subject, rating.Treatment{Form: g.Form, Case: g.Case, Note: "Nơi sinh hoạt tạm thời nhận xét"})
			})
			line := k.line(k.h.subject())
			must(k.t, k.s.RateSelf(k.ctx, k.who, k.id, line.Subject, rating.Self{Points: k.points(line), Claim: rating.Good}), k.s.Review(k.ctx, k.who, k.id))
		},
		func() {
			must(k.t, k.s.OpenVote(k.ctx, k.who, k.id, rating.Gathering{Chair: "Người chủ trì", Taker: "Người ghi", Place: "Nhà văn hóa", Present: 3}))
			k.each(func(g rating.Rating) error { return k.s.PutVotes(k.ctx, k.who, k.id, g.Subject, k.counting()) })
		},
		func() {
			must(k.t, k.s.Propose(k.ctx, k.who, k.id), k.s.Complain(k.ctx, k.who, k.id, k.h.subject(), "Chưa tính việc tháng Mười"),
				k.s.Answer(k.ctx, k.who, k.id, k.h.subject(), k.complaint(), "Đã xem lại"))
		},
		func() { k.rule(k.h.subject()) },
		func() {
			k.each(func(g rating.Rating) error {
				if g.Level == "" {
					k.rule(g.Subject)
				}
				return nil
			})
		},
		func() { must(k.t, k.s.Tell(k.ctx, k.who, k.id)) },
	}
	for _, step := range steps[:slices.Index([]string{"t", "h", "p", "g", "m", "q", "b"}, state)] {
		step()
	}
}

// rule decides on one line.
func (k *rated) rule(subject string) {
	k.t.Helper()
	must(k.t, k.s.Rule(k.ctx, k.who, k.id, rating.Ruling{Number: "21-QĐ/ĐU", On: worldtest.Now.Date(), Body: "Đảng ủy"}, map[string]rating.Level{subject: rating.Good}))
}

// forget removes the round of the quarter: a cell has one.
func (k *rated) forget() {
	k.t.Helper()
	old := `(SELECT id FROM rating_round WHERE root_id = $1 AND organization_id = $2 AND span = 'quarter' AND first_month = $3)`
	first := rating.PeriodOf(rating.Quarterly, worldtest.Now.Date().In()).Month
	k.h.alter(k.t, []any{k.who.Root, k.h.cell, first}, `DELETE FROM rating_complaint WHERE round_id IN `+old, `DELETE FROM rating WHERE round_id IN `+old, `DELETE FROM rating_round WHERE id IN `+old)
}

// round reads the round with its lines.
func (k *rated) round() rating.Overview {
	k.t.Helper()
	all, err := k.s.Look(k.ctx, k.who, k.id, false)
	must(k.t, err)
	return all
}

// each does something with every line that is rated.
func (k *rated) each(do func(rating.Rating) error) {
	k.t.Helper()
	for _, g := range k.round().Lines {
		if g.Rated() {
			must(k.t, do(g))
		}
	}
}

func (k *rated) line(subject string) rating.Rating {
	k.t.Helper()
	all := k.round().Lines
	n := slices.IndexFunc(all, func(g rating.Rating) bool { return g.Subject == subject })
	if n < 0 || !all[n].Rated() {
		k.t.Fatalf("%s is not rated", subject)
	}
	return all[n]
}

// points are nine tenths of what each line of a form gives.
func (k *rated) points(g rating.Rating) (out rating.Points) {
	for _, l := range k.round().Round.Lines(g.Form) {
		out = append(out, l.Max*9/10)
	}
	return out
}

// counting is a vote that carries what is proposed.
func (k *rated) counting() rating.Counting {
	return rating.Counting{Good: k.round().Round.Base, Proposal: rating.Good}
}

// complaint is the id of the complaint of the round, of none where there is none yet.
func (k *rated) complaint() string {
	k.t.Helper()
	for _, c := range k.round().Complaints {
		return c.ID
	}
	return somebody()
}

func (k *rated) form(path string) url.Values {
	k.t.Helper()
	const of = "/ratings/{id}/of/{subject}"
	g := k.line(k.h.subject())
	switch path {
	case of + "/self":
		form := url.Values{"claim": {string(rating.Good)}, "strengths": {"Việc khác"}}
		for i, l := range k.round().Round.Lines(g.Form) {
			form.Set("p_"+l.Key, strconv.Itoa(k.points(g)[i]))
		}
		return form
	case of + "/remark":
		return url.Values{"remark": {"Có hai việc chưa ghi"}}
	case of + "/case":
		return url.Values{"form": {string(g.Form)}, "case": {string(rating.LongLeave)}, "note": {"Nghỉ ốm"}}
	case of + "/discussed":
		return url.Values{"discussed": {"Nhiệt tình"}}
	case of + "/votes":
		n := strconv.Itoa(max(k.round().Round.Base-1, 1))
		return url.Values{"good": {n}, "excellent": {"0"}, "done": {"0"}, "not_done": {"0"}, "invalid": {"0"}, "proposal": {string(rating.Good)}}
	case of + "/complaints/{complaint}":
		return url.Values{"answer": {"Đã xem lại lần nữa"}}
	case "/ratings/{id}/vote":
		return url.Values{"chair": {"Người chủ trì"}, "taker": {"Người ghi"}, "place": {"Nhà văn hóa"}, "present": {"3"}, "exempt_present": {"0"}}
	case "/ratings/{id}/decision":
		form := url.Values{"number": {"21-QĐ/ĐU"}, "on": {worldtest.Now.Date().String()}, "body": {"Đảng ủy"}}
		k.each(func(g rating.Rating) error {
			if g.Level == "" {
				form.Set("level_"+g.Subject, string(rating.Good))
			}
			return nil
		})
		if len(form) == 3 { // all are decided
			form.Set("level_"+g.Subject, string(rating.Done))
		}
		return form
	}
	return url.Values{"text": {"Chưa tính việc tháng Mười"}}
}
