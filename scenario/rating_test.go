package scenario_test

import (
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/rating"
)

// ratingRound is a world with a yearly round in its first cell.
type ratingRound struct {
	*testing.T
	*worldtest.World
	round  string // its page
	cell   string // id
	member string // id of the member with an account
}

func openedRating(t *testing.T, w *worldtest.World) ratingRound {
	t.Helper()
	home, _ := w.Person("secretary").Home()
	e := ratingRound{t, w, "", home.Organization, w.Person("member").Member}
	a := e.does("secretary", "/ratings", "organization", e.cell, "span", "year", "month", "2026-05", "self_by", "2026-12-05", "review_on", "2026-12-10")
	e.round = a
	return e
}

// does sends a form that must be taken and returns where it leads.
func (e ratingRound) does(who, url string, fields ...string) string {
	e.Helper()
	a := e.As(who).Post(url, fields...)
	if a.Status != http.StatusSeeOther {
		e.Fatalf("%s, %s: %d\n%s", who, url, a.Status, problems(a.Body))
	}
	return a.Location()
}

// problems cuts what stands against a form out of a page.
func problems(body string) string {
	_, after, found := strings.Cut(body, `class="problems"`)
	if !found {
		return ""
	}
	return after[:min(700, len(after))]
}

// refuses sends a form that must not be taken.
func (e ratingRound) refuses(who, url string, status int, fields ...string) string {
	e.Helper()
	a := e.As(who).Post(url, fields...)
	if a.Status != status {
		e.Fatalf("%s, %s: %d, want %d\n%s", who, url, a.Status, status, problems(a.Body))
	}
	return a.Body
}

func (e ratingRound) reads(who, url string) string {
	e.Helper()
	a := e.As(who).Get(url)
	if a.Status != http.StatusOK {
		e.Fatalf("%s, %s: %d", who, url, a.Status)
	}
	return a.Body
}

func (e ratingRound) shows(body string, texts ...string) {
	e.Helper()
	for _, text := range texts {
		if !strings.Contains(body, text) {
			e.Errorf("%q is missing", text)
		}
	}
}

func (e ratingRound) hides(body string, texts ...string) {
	e.Helper()
	for _, text := range texts {
		if strings.Contains(body, text) {
			e.Errorf("%q must be absent", text)
		}
	}
}

// line is the page of somebody's line.
func (e ratingRound) line(subject string) string { return e.round + "/of/" + subject }

// rated returns the subjects that take part, the cell first.
func (e ratingRound) rated() []string {
	e.Helper()
	all, err := e.App.Ratings.Look(e.Context(), e.Person("secretary"), path.Base(e.round), false)
	if err != nil {
		e.Fatal(err)
	}
	var out []string
	for _, g := range all.Lines {
		if g.Rated() {
			out = append(out, g.Subject)
		}
	}
	return out
}

var selfRating = []string{
	"p_ideology", "14", "p_self_criticism", "14", "p_duties", "23", "p_study", "22", "p_unexpected", "20", "claim", "excellent",
	"strengths", "Tự hào đã trồng 40 cây xanh.", "faults", "Còn ngại va chạm.", "remark", "Kỳ tháng 11 tôi đi công tác.",
}

// votes enters the same ballots on everybody: levels go round so that the cap holds.
func (e ratingRound) votes(levels map[string]string) {
	e.Helper()
	for _, s := range e.rated() {
		level := levels[s]
		if level == "" {
			level = "good"
		}
		e.does("secretary", e.line(s)+"/votes", level, "8", "proposal", level)
	}
}

// comment writes down what the temporary cells have said of those who are away.
func (e ratingRound) comment() {
	e.Helper()
	all, err := e.App.Ratings.Look(e.Context(), e.Person("secretary"), path.Base(e.round), false)
	if err != nil {
		e.Fatal(err)
	}
	for _, g := range all.Lines {
		if g.Case == rating.Away {
			e.refuses("secretary", e.round+"/vote", http.StatusConflict, "chair", "x", "taker", "x", "place", "x", "present", "8")
			e.does("secretary", e.line(g.Subject)+"/case", "form", string(g.Form), "case", "away", "note", "Dự họp đều ở nơi tạm trú.")
		}
	}
}

// brought brings the round to the vote.
func (e ratingRound) brought() {
	e.Helper()
	e.does("member", e.line(e.member)+"/self", selfRating...)
	e.does("secretary", e.round+"/review")
	e.does("deputy", e.line(e.member)+"/discussed", "discussed", "Nhiệt tình, cần mạnh dạn góp ý.")
	e.comment()
	e.does("secretary", e.round+"/vote", "chair", "Bí thư", "taker", "Thư ký", "place", "Nhà văn hóa", "present", "8")
}

// TestAYear follows a yearly round from its opening to the day when a member reads the
// decision.
func TestAYear(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := openedRating(t, w)
		e.shows(e.reads("member", "/"), "Tự xếp loại năm 2026")
		e.shows(e.reads("member", "/inbox"), "Mời đồng chí tự xếp loại năm 2026")
		own := e.reads("member", e.line(e.member))
		e.shows(own, "Số liệu từ các kỳ sinh hoạt", "Nhiệm vụ được giao", "từ 90 đến 100 điểm")
		e.refuses("member", e.line(e.member)+"/self", http.StatusUnprocessableEntity, append([]string{"p_duties", "3"}, selfRating[6:]...)...)
		e.brought()
		e.hides(e.reads("member", "/"), "Tự xếp loại năm 2026")
		e.hides(e.reads("member", e.line(e.member)), "Nhiệt tình, cần mạnh dạn")
		e.refuses("secretary", e.round+"/propose", http.StatusConflict)
		e.votes(map[string]string{e.member: "excellent"})
		e.does("secretary", e.round+"/propose")

		e.shows(e.reads("member", e.line(e.member)), "Nhiệt tình, cần mạnh dạn", "Xuất sắc 8/", "Gửi khiếu nại")
		e.together()
		e.does("member", e.line(e.member)+"/complaints", "text", "Xin xem lại điểm học tập.")
		decision := []string{"number", "15-QĐ/ĐU", "on", "2026-12-01", "body", "Đảng ủy phường Sông Xanh"}
		for _, s := range e.rated() {
			decision = append(decision, "level_"+s, "good")
		}
		e.refuses("committee", e.round+"/decision", http.StatusConflict, decision...)
		page := e.reads("committee", e.line(e.member))
		e.shows(page, "Xin xem lại điểm học tập.")
		_, after, _ := strings.Cut(page, e.line(e.member)+"/complaints/")
		answer, _, _ := strings.Cut(after, `"`)
		e.does("committee", e.line(e.member)+"/complaints/"+answer, "answer", "Đã xem lại, giữ mức đề nghị.")
		e.does("committee", e.round+"/decision", decision...)
		e.hides(e.reads("member", e.line(e.member)), "15-QĐ/ĐU")
		e.does("secretary", e.round+"/tell")
		own = e.reads("member", e.line(e.member))
		e.shows(own, "15-QĐ/ĐU", "Hoàn thành tốt nhiệm vụ", "Đã xem lại, giữ mức đề nghị.", "Ai đã xem phần của đồng chí", w.Account("committee").FullName)
		e.shows(e.reads("member", e.line(rating.Cell)), "15-QĐ/ĐU")
		for p, who := range map[string]string{
			e.round + "/papers/list.pdf": "committee", e.round + "/papers/minutes.docx": "secretary", e.line(e.member) + "/papers/review.pdf": "member", e.line(e.member) + "/papers/sheet.docx": "member",
			e.line(e.member) + "/papers/again.pdf": "committee", e.line(rating.Cell) + "/papers/file.docx": "secretary",
		} {
			e.reads(who, p)
		}
		for _, p := range []string{e.round + "/papers/list.pdf", e.round + "/papers/minutes.docx", e.line(e.member) + "/papers/file.pdf"} {
			if a := e.As("member").Get(p); a.Status != http.StatusNotFound {
				t.Errorf("a member gets %s: %d", p, a.Status)
			}
		}
		e.shows(e.reads("member", "/inbox"), "Đã có kết quả xếp loại năm 2026")
		e.refuses("secretary", e.line(e.member)+"/votes", http.StatusConflict, "good", "8", "proposal", "good")
	})
}

// together reads the summary of the committee: the cap holds in each group of posts, by
// the reading that the committee has chosen, and each list that it looked at is noted.
func (e ratingRound) together() {
	e.Helper()
	ward := "/rating-summaries/" + e.Account("committee").Organization
	e.shows(e.reads("committee", "/ratings"), ward)
	page := e.reads("committee", ward)
	e.shows(page, "Bí thư chi bộ", "Phó bí thư, chi ủy viên", "Đảng viên không giữ chức vụ trong chi bộ", "Đã có danh sách của 1/", "20% của 1 đồng chí xếp loại tốt trở lên = 0,2")
	e.refuses("committee", ward+"/cap", http.StatusUnprocessableEntity, "span", "year", "month", "2026-01", "reading", "beside", "share", "25")
	e.does("committee", ward+"/cap", "span", "year", "month", "2026-01", "reading", "beside", "share", "20")
	e.shows(e.reads("committee", ward), "số xuất sắc không quá 20% số xếp loại tốt còn lại")
	e.reads("committee", ward+"/papers/list.docx?span=year&month=2026-01")
	e.shows(e.reads("committee", ward+"?span=quarter&month=2026-01"), "Chưa chi bộ nào gửi danh sách kỳ này")
	for who, want := range map[string]int{"secretary": http.StatusForbidden, "clerk": http.StatusForbidden, "administrator": http.StatusForbidden} {
		if a := e.As(who).Get(ward); a.Status != want {
			e.Errorf("%s reads the summary: %d", who, a.Status)
		}
	}
	if a := e.As("committee").Get("/rating-summaries/" + e.cell); a.Status != http.StatusNotFound {
		e.Errorf("the summary of a cell: %d", a.Status)
	}
}

// TestARatingIsSeenByThree: the person, the committee of the cell, and the level that
// decides once the list is sent.
func TestARatingIsSeenByThree(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := openedRating(t, w)
		e.brought()
		e.votes(map[string]string{e.member: "excellent"})
		secret := "Tự hào đã trồng 40 cây xanh."
		blind := []string{"minute-taker", "probationary", "clerk", "administrator", "other secretary", "other member"}
		pages := []string{e.line(e.member), e.round + "/list", e.line(rating.Cell)}
		look := func(blind []string) {
			t.Helper()
			for _, who := range blind {
				for _, p := range pages {
					if a := e.As(who).Get(p); a.Status != http.StatusNotFound && a.Status != http.StatusForbidden || strings.Contains(a.Body, secret) {
						t.Errorf("%s, %s: %d", who, p, a.Status)
					}
				}
			}
		}
		look(append(blind, "committee"))
		if a := e.As("committee").Get(e.round); a.Status != http.StatusSeeOther {
			t.Errorf("somebody of the committee, who is a member here too, sees the round before the list is sent: %d", a.Status)
		}
		if a := e.As("member").Get(e.round + "/list"); a.Status != http.StatusNotFound {
			t.Errorf("a member sees the list: %d", a.Status)
		}
		e.does("secretary", e.round+"/propose")
		look(blind)
		e.shows(e.reads("committee", e.line(e.member)), secret)
		e.shows(e.reads("committee", e.round+"/list"), "Xuất sắc")
		e.shows(e.reads("deputy", e.line(e.member)), secret)
		for _, who := range blind {
			for _, form := range []string{"/self", "/remark", "/complaints", "/votes", "/discussed", "/case"} {
				if a := e.As(who).Post(e.line(e.member)+form, "text", "x", "remark", "x", "discussed", "x"); a.Status != http.StatusNotFound && a.Status != http.StatusForbidden {
					t.Errorf("%s writes to %s: %d", who, form, a.Status)
				}
			}
		}
		for _, step := range []string{"/decision", "/back"} {
			if a := e.As("member").Post(e.round+step, "number", "1", "on", "2026-12-01", "body", "x", "level_"+e.member, "good"); a.Status != http.StatusNotFound {
				t.Errorf("a member does %s: %d", step, a.Status)
			}
		}
		e.hides(w.Logged(), secret, "trồng 40 cây")
	})
}

// TestTheListKeepsTheCap: a list with too many excellent is not sent, and says why.
func TestTheListKeepsTheCap(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	e := openedRating(t, w)
	e.brought()
	all := e.rated()
	people := len(all) - 1
	levels := map[string]string{}
	allowed := rating.DefaultCap().Allowed(people)
	for _, s := range all[1 : allowed+2] {
		levels[s] = "excellent"
	}
	e.votes(levels)
	e.shows(e.refuses("secretary", e.round+"/propose", http.StatusConflict), "vượt tỷ lệ xuất sắc", fmt.Sprintf("Tối đa %d đồng chí", allowed))
	e.does("secretary", e.line(all[1])+"/votes", "excellent", "8", "proposal", "good", "reason", "Chi bộ thống nhất để trong tỷ lệ.")
	e.does("secretary", e.round+"/propose")
	e.shows(e.reads("secretary", e.round+"/list"), fmt.Sprintf("Tối đa %d đồng chí: 20%% của %d đồng chí", allowed, people), "trong tỷ lệ.")
}

// TestWhoIsNotRated: the exempt and the new stand on the list and take no part.
func TestWhoIsNotRated(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	e := openedRating(t, w)
	all, err := w.App.Ratings.Look(t.Context(), w.Person("secretary"), path.Base(e.round), false)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[rating.Case]int{}
	for _, g := range all.Lines {
		cases[g.Case]++
		if g.Rated() {
			continue
		}
		e.refuses("secretary", e.line(g.Subject)+"/self", http.StatusConflict, selfRating...)
	}
	e.does("secretary", e.round+"/review")
	someone := e.rated()[1]
	e.does("secretary", e.line(someone)+"/case", "form", "2C", "case", "away", "note", "Tạm thời ở nơi khác.")
	e.refuses("secretary", e.line(someone)+"/case", http.StatusUnprocessableEntity, "form", "2C", "case", "leave")
	if cases[rating.Exempt]+cases[rating.New] == 0 {
		t.Errorf("nobody in the made-up cell is exempt or new: %v", cases)
	}
	e.refuses("secretary", "/ratings", http.StatusConflict, "organization", e.cell, "span", "year", "month", "2026-01", "self_by", "2026-12-05", "review_on", "2026-12-10")
	e.refuses("secretary", "/ratings", http.StatusConflict, "organization", e.cell, "span", "month", "month", "2026-11", "self_by", "2026-12-05", "review_on", "2026-12-10")
	e.does("secretary", "/ratings/settings", append([]string{"unit", e.cell, "monthly", "true", "reading", "within", "share", "20"}, points()...)...)
	month := e.does("secretary", "/ratings", "organization", e.cell, "span", "month", "month", "2026-11", "self_by", "2026-12-05", "review_on", "2026-12-10")
	e.does("secretary", month+"/drop")
	e.refuses("secretary", "/ratings/settings", http.StatusUnprocessableEntity, append([]string{"unit", e.cell, "reading", "within", "share", "25"}, points()...)...)
}

// points are the fields of the criteria with the points of the program.
func points() []string {
	var out []string
	for _, f := range rating.Forms {
		for i, line := range rating.LinesOf(f, nil) {
			out = append(out, fmt.Sprintf("points_%s_%d", f, i), fmt.Sprint(line.Max))
		}
	}
	return out
}

// TestEvidenceIsThatOfTheMeetings compares what a line shows with what the world has
// held: two meetings, their tasks and words.
func TestEvidenceIsThatOfTheMeetings(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := openedRating(t, w)
		who := w.Person("secretary")
		var expected, came, tasks, remarks int
		for _, s := range e.rated() {
			card, err := w.App.Ratings.View(t.Context(), who, path.Base(e.round), s)
			if err != nil {
				t.Fatal(err)
			}
			if s == rating.Cell {
				continue
			}
			c, x, _ := card.Evidence.Attendance()
			came, expected, tasks, remarks = came+c, expected+x, tasks+len(card.Evidence.Tasks), remarks+len(card.Evidence.Remarks)
			for _, r := range card.Evidence.Remarks {
				if r.Meeting != "" && card.Evidence.Titles[r.Meeting] == "" {
					t.Errorf("a remark of %s does not say which meeting it is from", r.On)
				}
			}
			for _, m := range card.Evidence.Meetings {
				if m.On.Before(when.On(2026, 1, 1)) {
					t.Errorf("%s is not of the year", m.Title)
				}
			}
		}
		if came == 0 || came > expected || tasks == 0 || remarks == 0 {
			t.Errorf("came %d of %d, %d tasks, %d remarks", came, expected, tasks, remarks)
		}
	})
}

// TestTheNeeds: who has which need, and that nobody else has.
func TestTheNeeds(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	for name, want := range map[string]string{
		"member": "rating.see", "minute-taker": "rating.see", "secretary": "rating.see rating.lead", "deputy": "rating.see rating.lead",
		"committee": "rating.see rating.decide", "clerk": "", "administrator": "",
	} {
		var got []string
		for _, n := range []access.Need{rating.See, rating.Lead, rating.Decide} {
			if slices.ContainsFunc(w.Person(name).Grants, func(g access.Grant) bool { return string(g.Role) == name && g.Needs[n] }) {
				got = append(got, string(n))
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %q, want %q", name, s, want)
		}
	}
}

// TestTheRegister: what a meeting has said stands there by itself, what came between is
// entered; five excellent years are found; nobody but the committee reads it.
func TestTheRegister(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := openedRating(t, w)
		page := "/ratings/register?unit=" + e.cell
		e.shows(e.reads("secretary", page), "Sinh hoạt") // the meeting that praised somebody
		e.does("secretary", "/ratings/register", "unit", e.cell, "form", "criticism", "member", e.member, "text", "Vắng hai buổi trực.", "on", "2026-11-20")
		e.shows(e.reads("deputy", page), "Vắng hai buổi trực.", "Phê bình")
		e.shows(e.reads("member", e.line(e.member)), "Vắng hai buổi trực.", "giữa hai kỳ, 20/11/2026", w.Account("secretary").FullName)
		e.hides(e.reads("secretary", e.line(w.Person("deputy").Member)), "Vắng hai buổi trực.")
		for _, who := range []string{"member", "minute-taker", "committee", "clerk", "administrator", "other secretary"} {
			if a := e.As(who).Get(page); a.Status == http.StatusOK || strings.Contains(a.Body, "Vắng hai buổi") {
				t.Errorf("%s reads the register: %d", who, a.Status)
			}
		}
		e.refuses("secretary", "/ratings/register", http.StatusUnprocessableEntity, "unit", e.cell, "form", "praise", "member", w.Person("other secretary").Member, "text", "x", "on", "2026-11-20")
		for year := 2021; year <= 2025; year++ {
			e.hides(e.reads("secretary", page), "5 năm liền")
			e.does("secretary", "/ratings/register/years", "unit", e.cell, "subject", e.member, "year", fmt.Sprint(year), "level", "excellent", "source", "9-QĐ/ĐU")
		}
		body := e.reads("secretary", page)
		e.shows(body, "5 năm liền, 2021–2025")
		_, after, _ := strings.Cut(body, `action="/ratings/register/`+e.cell+"/")
		drop, _, _ := strings.Cut(after, `"`)
		if a := e.As("other secretary").Post("/ratings/register/" + e.cell + "/" + drop); a.Status != http.StatusNotFound {
			t.Errorf("another secretary takes out a line: %d", a.Status)
		}
		e.does("secretary", "/ratings/register/"+e.cell+"/"+drop)
		e.hides(e.reads("secretary", page), "Vắng hai buổi trực.")
	})
}
