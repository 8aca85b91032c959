package app_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/account"
	"chibo/app/world/worldtest"
	"chibo/ballot"
	"chibo/care"
	"chibo/collective"
	"chibo/conference"
	"chibo/delegation"
	"chibo/directive"
	"chibo/feedback"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
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

// Canaries: what stands in records of the first cell and nowhere else.
const (
	ofMatter   = "Cống thoát nước chim gáy bị tắc"
	ofHardship = "Chăm mẹ già chim ngói"
	ofStudy    = "Lý luận chính trị chim khuyên"
	ofPoll     = "Có đồng ý với chim sâu không?"
)

// sweep knows the records that stand in addresses.
type sweep struct {
	w      *worldtest.World
	cell   string
	home   string              // path of the first cell
	params map[string][]string // by pattern prefix and placeholder
	units  map[string][]string // paths of the units to which a record belongs, by its id; what is missing belongs to the first cell
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
	// The records tell of the member who has an account.
	at := slices.IndexFunc(roll, func(e member.Entry) bool { return e.ID == w.Account("member").Member })
	roll[0], roll[at] = roll[at], roll[0]
	tasks, err := task.Open(ctx, w.App.DB, home.Root, home.Organization)
	if err != nil || len(tasks) == 0 {
		t.Fatalf("the tasks of the first cell: %d, %v", len(tasks), err)
	}
	passed, err := w.App.Matters.Pass(ctx, secretary, matter.Draft{Organization: home.Organization, Text: ofMatter, Raiser: matter.ByResidents})
	if err != nil {
		t.Fatal(err)
	}
	items, err := meeting.Items(ctx, w.App.DB, home.Root, w.Meeting(meeting.Draft))
	if err != nil || len(items) == 0 {
		t.Fatalf("the agenda: %d items, %v", len(items), err)
	}
	poll := ballot.Poll{
		Root: home.Root, Meeting: w.Meeting(meeting.Open), ID: id.New(), Organization: home.Organization, Question: ofPoll, Choose: 1,
		Options: []ballot.Option{{ID: "a", Text: "A"}, {ID: "b", Text: "B"}}, Entitled: []string{roll[0].ID, roll[1].ID},
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
		Organization: home.Organization, Member: roll[0].ID, Kind: care.Family, What: ofHardship, Since: worldtest.Now.Date(),
	})
	if err != nil {
		t.Fatal(err)
	}
	caring := caredFor(t, w, hardship)
	session, err := w.App.Study.Hold(ctx, secretary, study.Session{
		Organization: home.Organization, On: worldtest.Now.Date(), Kind: study.Theory, Subject: ofStudy,
	})
	if err != nil {
		t.Fatal(err)
	}
	departments, err := organization.Departments(ctx, w.App.DB, home.Root, w.Account("clerk").Organization, worldtest.Now.Date())
	if err != nil || len(departments) == 0 {
		t.Fatalf("the departments of the ward: %d, %v", len(departments), err)
	}
	// It begins tomorrow: what standing in opens is shown by TestStandingIn.
	delegation, err := w.App.Accounts.Delegate(ctx, secretary, account.Delegation{
		Organization: home.Organization, Role: access.Secretary, Receiver: w.Person("minute-taker").Member,
		From: worldtest.Now.Date().AddDays(1), Until: worldtest.Now.Date().AddDays(1),
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
		"/collectives/meetings/{id}": {unionOf(t, w)}, "/study/sessions/{id}": {session.ID}, "/lessons/{id}": {cardOf(t, w)},
		"/departments/{id}": {departments[0].ID}, "/delegations/{id}": {delegation.ID},
		"/visits/{id}": visitsOf(t, w), "/news/items/{id}": {piece.ID}, "/training/{id}": {courseOf(t, w)}, "/series/{id}": {series}, "/pilots/{id}": {piloted}, "/plans/{id}": {planOf(t, w)}, "/heads/{id}": {home.Root},
		"/conferences/{id}": {staged.conference}, "{sitting}": {staged.sitting}, "{line}": {staged.line},
		"{delegate}": {staged.delegate},
		"{paper}":    {"list.docx", "review.docx"},
		"{kind}":     {"note"}, "{n}": {"1"}, "{form}": {"pdf"},
		"{duty}": {dutyOf(t, w, staged)}, "{card}": {cueOf(t, w, staged)}, "{rehearsal}": {rehearsalOf(t, w, staged)},
		"/directives/{id}": {sentDown(t, w)},
	}
	s.params["/y/{code}"], s.params["{phase}"], s.params["{head}"] = []string{heard(t, w, staged)}, []string{"conduct"}, []string{"limit"}
	s.home, s.units = home.Path, unitsOf(s.params, w, home.Path)
	return s
}

// unitsOf returns the units of all records: some belong to the ward, some to the ward and to
// the cells with which it shares them, all others to the first cell.
func unitsOf(params map[string][]string, w *worldtest.World, home string) map[string][]string {
	ward, _ := w.Person("clerk").Home()
	units := map[string][]string{}
	for place, values := range params {
		for _, v := range values {
			switch {
			case len(v) != 36:
			case slices.Contains([]string{"/departments/{id}", "/sketches/{id}", "/training/{id}", "/series/{id}", "/plans/{id}", "/heads/{id}"}, place):
				units[v] = []string{ward.Path}
			case slices.Contains([]string{"/conferences/{id}", "{sitting}", "{line}", "{delegate}", "{duty}", "{card}", "{rehearsal}", "/lessons/{id}", "/directives/{id}"}, place):
				units[v] = []string{ward.Path, home}
			default:
				units[v] = []string{home}
			}
		}
	}
	return units
}

// second returns the records of the second cell, where the first cell's stand in what
// belongs to a record: a foreign part in one's own whole.
func (s *sweep) second(t *testing.T) *sweep {
	t.Helper()
	w := s.w
	home, _ := w.Person("other secretary").Home()
	all := func(query string) []string {
		ids, err := db.All[string](t.Context(), w.App.DB, query, home.Root, home.Organization)
		if err != nil || len(ids) == 0 {
			t.Fatalf("%s: %d, %v", query, len(ids), err)
		}
		return ids
	}
	meetings := all(`SELECT min(id) FROM meeting WHERE root_id = $1 AND organization_id = $2 GROUP BY state ORDER BY state`)
	member := w.Person("other member").Member
	own := map[string][]string{
		"/meetings/{id}": meetings, "/rooms/{meeting}": meetings, "/notebook/meetings/{id}": meetings, "/screens/{meeting}": meetings, "/phones/{meeting}": meetings,
		"/members/{id}": {member}, "{member}": {member}, "/organizations/{id}": {home.Organization}, "{organization}": {home.Organization},
		"/tasks/{id}":    all(`SELECT min(id) FROM task WHERE root_id = $1 AND organization_id = $2`),
		"/themes/{id}":   all(`SELECT min(id) FROM theme WHERE root_id = $1 AND organization_id = $2`),
		"/accounts/{id}": {w.Person("other member").Account},
	}
	for _, values := range own {
		for _, v := range values {
			s.units[v] = []string{home.Path}
		}
	}
	two := *s
	two.params = maps.Clone(s.params)
	maps.Copy(two.params, own)
	return &two
}

// unionOf lets the first cell lay out a meeting of its trade union, and returns its id.
func unionOf(t *testing.T, w *worldtest.World) string {
	t.Helper()
	secretary := w.Person("secretary")
	home, _ := secretary.Home()
	err := w.App.Collectives.Save(t.Context(), secretary, home.Organization, meeting.Union, collective.Sheet{Name: "Công đoàn", People: "Phùng Thị Lan"})
	if err != nil {
		t.Fatal(err)
	}
	plan := collective.First(meeting.Union, worldtest.Now.Date())
	plan.StartsAt = worldtest.Now
	m, err := w.App.Collectives.Convene(t.Context(), secretary, home.Organization, meeting.Union, plan)
	if err != nil {
		t.Fatal(err)
	}
	return m.ID
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
