package app_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/account"
	"chibo/app"
	"chibo/app/world/worldtest"
	"chibo/ballot"
	"chibo/care"
	"chibo/conference"
	"chibo/delegation"
	"chibo/directive"
	"chibo/feedback"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/lesson"
	"chibo/matter"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/pilot"
	"chibo/plan"
	"chibo/rating"
	"chibo/rubric"
	"chibo/staging"
	"chibo/study"
	"chibo/task"
	"chibo/theme"
	"chibo/training"
	"chibo/visit"
)

// visitors are all who may knock: nobody, the roles of the first cell and the
// ward, and people of another cell.
var visitors = []string{
	"stranger", "helper desk", // before somebody closes the conference
	"other member", "other secretary",
	"probationary", "member", "minute-taker", "deputy", "secretary", "committee", "clerk", "department", "administrator",
	"helper roll", "helper writing",
}

// forHelpers are the routes of the one room into which a helper was let. Nothing else is
// there for them, in no other room either.
var forHelpers = []string{
	"GET /rooms/{meeting}", "GET /rooms/{meeting}/acts", "GET /rooms/{meeting}/live", "GET /rooms/{meeting}/device",
	"POST /rooms/{meeting}/acts", "POST /rooms/{meeting}/form/{kind}",
}

// forDesks are the routes of the desks of the one conference to which a helper was let.
var forDesks = []string{
	"GET /conferences/{id}/desk", "GET /conferences/{id}/desk/{sitting}", "GET /conferences/{id}/desk/{sitting}/list",
	"POST /conferences/{id}/desk/{sitting}/events", "POST /conferences/{id}/desk/{sitting}/arrivals", "POST /conferences/{id}/desk/{sitting}/back",
}

// TestSweep knocks on every route as every visitor, with the records of the first
// cell in the address. Who lacks the need is turned away, a stranger is sent to
// sign in, for people of another cell nothing is there, nobody gets an internal
// error; and what was refused has changed nothing.
func TestSweep(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		s := newSweep(t, w)
		for _, name := range visitors {
			guessed(t, w)
			w.As(name) // comes in before anything is compared
			before := content(t, w.App)
			for _, r := range w.App.Routes() {
				if name == "administrator" && strings.HasPrefix(r.Pattern, "POST /phones/") {
					continue // is on the roll of the first cell and may raise a hand there like every member
				}
				for _, path := range s.paths(r.Pattern) {
					s.knock(t, name, r, path)
				}
			}
			foreign := strings.HasPrefix(name, "other ") || strings.HasPrefix(name, "helper ") || name == "stranger" || name == "administrator"
			if after := content(t, w.App); foreign && !slices.Equal(before, after) {
				t.Errorf("%s has changed what is kept: %v", name, changed(before, after))
			}
		}
	})
}

// guessed forgets the wrong codes of the visitors before: they all come from one address.
func guessed(t *testing.T, w *worldtest.World) {
	t.Helper()
	err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `DELETE FROM limit_bucket`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sweep knows the records that stand in addresses.
type sweep struct {
	w      *worldtest.World
	cell   string
	params map[string][]string // by pattern prefix and placeholder
	canary string              // the name of somebody of the first cell, like nobody's of the second
}

func newSweep(t *testing.T, w *worldtest.World) *sweep {
	t.Helper()
	ctx := t.Context()
	secretary := w.Person("secretary")
	home, _ := secretary.Home()
	roll, err := member.Roll(ctx, w.App.DB, home.Root, home.Organization, worldtest.Now.Date())
	if err != nil || len(roll) == 0 {
		t.Fatalf("the roll of the first cell: %d people, %v", len(roll), err)
	}
	tasks, err := task.Open(ctx, w.App.DB, home.Root, home.Organization)
	if err != nil || len(tasks) == 0 {
		t.Fatalf("the tasks of the first cell: %d, %v", len(tasks), err)
	}
	passed, err := w.App.Matters.Pass(ctx, secretary, matter.Draft{Organization: home.Organization, Text: "Cống thoát nước bị tắc", Raiser: matter.ByResidents})
	if err != nil {
		t.Fatal(err)
	}
	items, err := meeting.Items(ctx, w.App.DB, home.Root, w.Meeting(meeting.Draft))
	if err != nil || len(items) == 0 {
		t.Fatalf("the agenda: %d items, %v", len(items), err)
	}
	poll := ballot.Poll{
		Root: home.Root, Meeting: w.Meeting(meeting.Open), ID: id.New(), Organization: home.Organization, Question: "?", Choose: 1,
		Options: []ballot.Option{{ID: "a", Text: "A"}, {ID: "b", Text: "B"}}, Entitled: []string{roll[0].ID, w.Person("member").Member},
	}
	if err := w.App.DB.Tx(ctx, func(tx *db.Tx) error { return w.App.Ballots.Open(ctx, tx, poll) }); err != nil {
		t.Fatal(err)
	}
	round, err := w.App.Ratings.Open(ctx, secretary, rating.Opening{
		Organization: home.Organization, Span: rating.Yearly, Month: worldtest.Now.Date().In(),
		SelfBy: worldtest.Now.Date(), ReviewOn: worldtest.Now.Date(),
	})
	if err != nil {
		t.Fatal(err)
	}
	year := when.Month{Year: worldtest.Now.Date().Year, Month: 1}
	themes, err := theme.Plan(ctx, w.App.DB, home.Root, home.Organization, year, year.Add(11))
	if err != nil || len(themes) == 0 {
		t.Fatalf("the plan of the year: %d themes, %v", len(themes), err)
	}
	hardship, err := w.App.Care.Enter(ctx, secretary, care.Hardship{
		Organization: home.Organization, Member: roll[0].ID, Kind: care.Family, What: "Chăm mẹ già", Since: worldtest.Now.Date(),
	})
	if err != nil {
		t.Fatal(err)
	}
	caring := caredFor(t, w, hardship)
	session, err := w.App.Study.Hold(ctx, secretary, study.Session{
		Organization: home.Organization, On: worldtest.Now.Date(), Kind: study.Theory, Subject: "Lý luận chính trị",
	})
	if err != nil {
		t.Fatal(err)
	}
	departments, err := organization.Departments(ctx, w.App.DB, home.Root, w.Account("clerk").Organization, worldtest.Now.Date())
	if err != nil || len(departments) == 0 {
		t.Fatalf("the departments of the ward: %d, %v", len(departments), err)
	}
	// The minute-taker goes round with what the secretary has handed over.
	delegation, err := w.App.Accounts.Delegate(ctx, secretary, account.Delegation{
		Organization: home.Organization, Role: access.Secretary, Receiver: w.Person("minute-taker").Member,
		From: worldtest.Now.Date(), Until: worldtest.Now.Date(),
	})
	if err != nil {
		t.Fatal(err)
	}
	series, piloted := pilotOf(t, w)
	staged := conferenceOf(t, w)
	piece, err := w.App.News.Begin(ctx, secretary, w.Meeting(meeting.Sealed))
	if err != nil {
		t.Fatal(err)
	}
	s := &sweep{w: w, cell: home.Organization, canary: unlike(t, w, roll)}
	var meetings []string
	for _, m := range meeting.States {
		meetings = append(meetings, w.Meeting(m))
	}
	s.params = map[string][]string{
		"/meetings/{id}": meetings, "/ballots/{id}": {poll.ID}, "/rooms/{meeting}": meetings, "/notebook/meetings/{id}": meetings, "/screens/{meeting}": meetings, "/phones/{meeting}": meetings,
		"/members/{id}": {roll[0].ID}, "/tasks/{id}": {tasks[0].ID}, "/themes/{id}": {themes[0].ID}, "/matters/{id}": {passed.ID}, "/organizations/{id}": {s.cell}, "/accounts/{id}": {w.Person("member").Account},
		"{organization}": {s.cell}, "{year}": {"2026"}, "{member}": {roll[0].ID}, "{item}": {items[0].ID},
		"/ratings/{id}": {round.ID}, "/sketches/{id}": {sketchOf(t, w)}, "{subject}": {roll[0].ID, rating.Cell},
		"/care/hardships/{id}": {hardship.ID}, "/care/deeds/{id}": {caring.deed}, "/care/comments/{id}": {caring.comment}, "/care/residents/{id}": {caring.resident},
		"/study/sessions/{id}": {session.ID}, "/lessons/{id}": {cardOf(t, w)},
		"/departments/{id}": {departments[0].ID}, "/delegations/{id}": {delegation.ID},
		"/visits/{id}": visitsOf(t, w), "/news/items/{id}": {piece.ID}, "/training/{id}": {courseOf(t, w)}, "/series/{id}": {series}, "/pilots/{id}": {piloted}, "/plans/{id}": {planOf(t, w)}, "/heads/{id}": {home.Root},
		"/conferences/{id}": {staged.conference}, "{sitting}": {staged.sitting}, "{line}": {staged.line},
		"{delegate}": {staged.delegate},
		"{kind}":     {"note"}, "{n}": {"1"}, "{form}": {"pdf"},
		"{duty}": {dutyOf(t, w, staged)}, "{card}": {cueOf(t, w, staged)}, "{rehearsal}": {rehearsalOf(t, w, staged)},
		"/directives/{id}": {sentDown(t, w)},
	}
	s.params["/y/{code}"], s.params["{phase}"], s.params["{head}"] = []string{heard(t, w, staged)}, []string{"conduct"}, []string{"limit"}
	return s
}

// cared are ids of what the first cell cares for.
type cared struct{ deed, comment, resident string }

// caredFor decides on a help in a hardship, and finds what the demo has of residence.
func caredFor(t *testing.T, w *worldtest.World, h care.Hardship) cared {
	t.Helper()
	ctx, secretary := t.Context(), w.Person("secretary")
	if err := w.App.Care.Do(ctx, secretary, h.ID, care.Deed{What: "Thăm tại nhà", DecidedOn: worldtest.Now.Date()}); err != nil {
		t.Fatal(err)
	}
	sheet, err := w.App.Care.View(ctx, secretary, h.ID)
	if err != nil {
		t.Fatal(err)
	}
	at, err := w.App.Care.Residence(ctx, secretary, h.Organization, worldtest.Now.Date().Year)
	if err != nil || len(at.Comments) == 0 || len(at.Residents) == 0 {
		t.Fatalf("%d comments, %d residents, %v", len(at.Comments), len(at.Residents), err)
	}
	out := cared{deed: sheet.Deeds[0].ID, resident: at.Residents[0].ID}
	for _, k := range at.Comments {
		out.comment = k.ID
	}
	return out
}

// pilotOf lets the first cell host a pilot meeting that is being appraised, and returns the
// ids of its series and of itself.
func pilotOf(t *testing.T, w *worldtest.World) (series, id string) {
	t.Helper()
	ctx, committee, secretary := t.Context(), w.Person("committee"), w.Person("secretary")
	x, err := w.App.Pilots.Open(ctx, committee, pilot.Series{
		Organization: w.Account("committee").Organization, Title: "Điểm", Purpose: "Rút kinh nghiệm", From: worldtest.Now.Date(), Until: worldtest.Now.Date().AddDays(120),
	}, pilot.Choice{Hosts: []string{w.Account("secretary").Organization}, Kind: meeting.Ordinary}, []string{committee.Member})
	if err != nil {
		t.Fatal(err)
	}
	all, err := w.App.Pilots.List(ctx, secretary, true)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d pilot meetings, %v", len(all), err)
	}
	if err := w.App.Pilots.Meet(ctx, secretary, all[0].ID, w.Meeting(meeting.Draft)); err != nil {
		t.Fatal(err)
	}
	if err := w.App.Pilots.Submit(ctx, secretary, all[0].ID, nil); err != nil {
		t.Fatal(err)
	}
	return x.ID, all[0].ID
}

// gathering are ids of a conference of the ward.
type gathering struct{ conference, sitting, line, delegate string }

// conferenceOf opens a conference of the ward at which the first cell performs.
func conferenceOf(t *testing.T, w *worldtest.World) gathering {
	t.Helper()
	ctx, clerk, s := t.Context(), w.Person("clerk"), w.App.Conferences
	x, err := s.Open(ctx, clerk, conference.Conference{Organization: w.Account("clerk").Organization, Title: "Hội nghị"})
	if err != nil {
		t.Fatal(err)
	}
	start := worldtest.Now.Date().AddDays(30).At(8, 0)
	y, err := s.AddSitting(ctx, clerk, x.ID, conference.Sitting{
		Title: "Buổi mẫu", Kind: meeting.Ordinary, Host: w.Account("secretary").Organization, StartsAt: start, EndsAt: start.Add(3 * time.Hour), Venue: "Hội trường",
	})
	if err != nil {
		t.Fatal(err)
	}
	k, err := s.AddCategory(ctx, clerk, x.ID, conference.Category{Title: "Đảng viên chi bộ thực hiện", Source: conference.FromHosts})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.App.Delegations.TakeHosts(ctx, clerk, x.ID); err != nil {
		t.Fatal(err)
	}
	all, err := delegation.Standing(ctx, w.App.DB, x)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d delegates, %v", len(all), err)
	}
	return gathering{x.ID, y.ID, k.ID, all[0].ID}
}

// dutyOf gives out a duty of a sitting.
func dutyOf(t *testing.T, w *worldtest.World, x gathering) string {
	t.Helper()
	d, err := w.App.Stagings.Add(t.Context(), w.Person("clerk"), x.conference, staging.Duty{Sitting: x.sitting, DueAt: worldtest.Now, What: "Mở cửa", Charge: "Văn phòng"})
	if err != nil {
		t.Fatal(err)
	}
	return d.ID
}

// rehearsalOf sets a rehearsal of a sitting.
func rehearsalOf(t *testing.T, w *worldtest.World, x gathering) string {
	t.Helper()
	r, err := w.App.Stagings.Rehearse(t.Context(), w.Person("clerk"), x.conference, x.sitting, staging.Rehearsal{StartsAt: worldtest.Now, Place: "Hội trường"})
	if err != nil {
		t.Fatal(err)
	}
	return r.ID
}

// heard opens the feedback of a sitting, and returns the code of its form.
func heard(t *testing.T, w *worldtest.World, x gathering) string {
	t.Helper()
	r, err := w.App.Feedback.Open(t.Context(), w.Person("clerk"), x.conference, x.sitting, feedback.Opening{OpensAt: worldtest.Now, ClosesAt: worldtest.Now.Add(72 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	return r.Code
}

// cueOf has the script of a sitting approved and returns one of its cards.
func cueOf(t *testing.T, w *worldtest.World, x gathering) string {
	t.Helper()
	ctx, s := t.Context(), w.App.Stagings
	if err := s.Write(ctx, w.Person("clerk"), x.conference, x.sitting); err != nil {
		t.Fatal(err)
	}
	if err := s.Approve(ctx, w.Person("committee"), x.conference, x.sitting); err != nil {
		t.Fatal(err)
	}
	sheet, err := s.Sheet(ctx, w.Person("clerk"), x.conference, x.sitting)
	if err != nil {
		t.Fatal(err)
	}
	return sheet.Deck[0].ID
}

// planOf makes a plan of the ward.
func planOf(t *testing.T, w *worldtest.World) string {
	t.Helper()
	p, err := w.App.Plans.Make(t.Context(), w.Person("committee"), plan.Plan{
		Organization: w.Account("committee").Organization, Title: "Kế hoạch", Goal: "Nâng chất lượng", From: worldtest.Now.Date(), Until: worldtest.Now.Date().AddDays(90),
	})
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// cardOf writes a card that the ward sends to the first cell.
func cardOf(t *testing.T, w *worldtest.World) string {
	t.Helper()
	committee := w.Person("committee")
	k, err := w.App.Lessons.Write(t.Context(), committee, lesson.Lesson{Organization: w.Account("committee").Organization, Seen: "Thấy", Why: "Vì", Act: "Làm"})
	if err != nil {
		t.Fatal(err)
	}
	to := lesson.Address{Reach: lesson.ToNamed, Cells: []string{w.Account("secretary").Organization}}
	if _, err := w.App.Lessons.Send(t.Context(), committee, k.ID, to); err != nil {
		t.Fatal(err)
	}
	return k.ID
}

// visitsOf returns a visit to the first cell that is to come, and one whose sheet was
// finished.
func visitsOf(t *testing.T, w *worldtest.World) []string {
	t.Helper()
	ctx, who := t.Context(), w.Person("committee")
	var out []string
	for _, s := range []meeting.State{meeting.Draft, meeting.Open} {
		v, err := w.App.Visits.Assign(ctx, who, w.Meeting(s), who.Member, "")
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v.ID)
	}
	if err := w.App.Visits.Note(ctx, who, out[1], visit.Remark{ID: id.New(), Head: visit.Conduct, Mark: visit.Limited, Text: "Thảo luận còn ít"}); err != nil {
		t.Fatal(err)
	}
	if err := w.App.Visits.Finish(ctx, who, out[1]); err != nil {
		t.Fatal(err)
	}
	return out
}

// sentDown sends a directive to the first cell alone.
func sentDown(t *testing.T, w *worldtest.World) string {
	t.Helper()
	d, err := w.App.Directives.Send(t.Context(), w.Person("clerk"), directive.Order{
		Organization: w.Account("clerk").Organization, Number: "42-HD/BTCTW", Date: when.On(2025, 10, 28), Origin: directive.Committee, Form: directive.ForAgenda,
		Title: "Quán triệt hướng dẫn", Text: "Chuẩn bị sinh hoạt", Cells: []string{w.Account("secretary").Organization},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d.ID
}

// sketchOf begins a sheet of the ward.
func sketchOf(t *testing.T, w *worldtest.World) string {
	t.Helper()
	k, err := w.App.Rubrics.Begin(t.Context(), w.Person("committee"), w.Account("committee").Organization, rubric.Blank())
	if err != nil {
		t.Fatal(err)
	}
	return k.ID
}

// unlike returns the name of somebody of the first cell whom a page of the second
// cannot name by right.
func unlike(t *testing.T, w *worldtest.World, roll []member.Entry) string {
	t.Helper()
	other, _ := w.Person("other secretary").Home()
	theirs, err := member.Roll(t.Context(), w.App.DB, other.Root, other.Organization, worldtest.Now.Date())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range roll {
		if !slices.ContainsFunc(theirs, func(o member.Entry) bool { return o.FullName == e.FullName }) {
			return e.FullName
		}
	}
	t.Fatal("both cells have people of the same names")
	return ""
}

// paths fills the placeholders of a pattern.
func (s *sweep) paths(pattern string) []string {
	_, path, _ := strings.Cut(strings.TrimSuffix(pattern, "{$}"), " ")
	paths := []string{path}
	for strings.Contains(paths[0], "{") {
		from := strings.Index(paths[0], "{")
		to := from + strings.Index(paths[0][from:], "}") + 1
		place := paths[0][from:to]
		values := s.params[path[:min(to, len(path))]]
		if values == nil {
			values = s.params[place]
		}
		if values == nil {
			values = []string{"01990000-0000-7000-8000-000000000000"}
		}
		var filled []string
		for _, p := range paths {
			for _, v := range values {
				filled = append(filled, strings.Replace(p, place, v, 1))
			}
		}
		paths = filled
	}
	return paths
}

func (s *sweep) knock(t *testing.T, name string, r web.Route, path string) {
	method, _, _ := strings.Cut(r.Pattern, " ")
	if path == "/sign-out" || strings.HasPrefix(path, "/me/") || path == "/sign-in" || strings.HasPrefix(path, "/start") {
		return // these end or begin sessions; package account tests them
	}
	v := s.w.As(name)
	var a worldtest.Answer
	switch {
	case method == http.MethodGet:
		a = v.Get(path)
	case strings.HasSuffix(path, "/acts"):
		a = v.PostJSON(path, "[]")
	default:
		a = v.Post(path, "way", "phone")
	}
	if problem := s.judge(name, r, path, method, a); problem != "" {
		t.Errorf("%s: %s %s: %d, %s", name, method, path, a.Status, problem)
	}
	if strings.HasPrefix(name, "other ") && strings.Contains(a.Body, s.canary) {
		t.Errorf("%s: %s %s names %s of another cell", name, method, path, s.canary)
	}
}

// judge says what is wrong with an answer.
func (s *sweep) judge(name string, r web.Route, path, method string, a worldtest.Answer) string {
	if a.Status >= 500 {
		return "an internal error"
	}
	if r.Need == access.Public {
		return ""
	}
	if name == "stranger" {
		sent := a.Status == http.StatusSeeOther && strings.HasPrefix(a.Location(), "/sign-in?next=")
		if method == http.MethodGet && !sent || method == http.MethodPost && a.Status != http.StatusUnauthorized {
			return "a stranger must sign in"
		}
		return ""
	}
	if strings.HasPrefix(name, "helper ") {
		return s.judgeHelper(name, r, path, a)
	}
	if err := s.w.Person(name).Check(r.Need); err != nil {
		if a.Status != fault.Status(err) {
			return fmt.Sprintf("lacks %s and must be turned away", r.Need)
		}
		return ""
	}
	if strings.HasPrefix(name, "other ") && s.ofFirstCell(path) && a.Status != http.StatusNotFound {
		return "what belongs to another cell must not be found"
	}
	return ""
}

// judgeHelper says what is wrong with an answer to somebody who was let in by a code.
func (s *sweep) judgeHelper(name string, r web.Route, path string, a worldtest.Answer) string {
	seat := s.w.Person(name).Seat
	own := seat.Meeting != "" && slices.Contains(forHelpers, r.Pattern) && strings.Contains(path, seat.Meeting) ||
		seat.Conference != "" && slices.Contains(forDesks, r.Pattern) && strings.Contains(path, seat.Conference)
	switch {
	case !own && a.Status != http.StatusNotFound:
		return "there is nothing for a helper but the one place"
	case own && a.Status == http.StatusNotFound:
		return "a helper was let in here"
	}
	return ""
}

// ofFirstCell reports whether the address names a record of the first cell.
func (s *sweep) ofFirstCell(path string) bool {
	for _, values := range s.params {
		for _, v := range values {
			if len(v) == 36 && strings.Contains(path, v) {
				return true
			}
		}
	}
	return false
}

// ownDoing are the tables that everybody may write to for themselves: the log of who
// looked, what somebody has read, the clocks of sessions, the own inbox and calendar, the keys of the calls,
// which the first look at an inbox makes, and the counts of guesses.
var ownDoing = []string{"audit", "audit_head", "account_session", "notice", "notice_tick", "notice_feed", "notice_push_key", "directive_reading", "limit_bucket", "goose_db_version", "sqlite_sequence"}

// content returns a line for each table with the hash of its rows.
func content(t *testing.T, a *app.App) []string {
	t.Helper()
	query := `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`
	if a.DB.Postgres() {
		query = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`
	}
	tables, err := db.All[string](t.Context(), a.DB, query)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, table := range tables {
		if !slices.Contains(ownDoing, table) {
			lines = append(lines, table+" "+rowsOf(t, a, table))
		}
	}
	return lines
}

func rowsOf(t *testing.T, a *app.App, table string) string {
	t.Helper()
	rows, err := a.DB.QueryContext(t.Context(), `SELECT * FROM `+table)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprint(values...))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	sum := sha256.Sum256([]byte(strings.Join(all, "\n")))
	return hex.EncodeToString(sum[:8])
}

func changed(before, after []string) []string {
	var out []string
	for i := range after {
		if i >= len(before) || before[i] != after[i] {
			name, _, _ := strings.Cut(after[i], " ")
			out = append(out, name)
		}
	}
	return out
}

// courseOf puts up a course to which the secretary of the first cell is invited.
func courseOf(t *testing.T, w *worldtest.World) string {
	t.Helper()
	ctx, who, day := t.Context(), w.Person("committee"), worldtest.Now.Date()
	c, err := w.App.Training.Open(ctx, who, training.Course{Organization: w.Account("committee").Organization, Title: "Lớp", Body: "Trung tâm", From: day, Until: day})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.App.Training.Invite(ctx, who, c.ID, w.Account("secretary").Member); err != nil {
		t.Fatal(err)
	}
	return c.ID
}
