package supervision_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"reflect"
	"sync"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/matter"
	"chibo/meeting"
	"chibo/organization"
	"chibo/quality"
	"chibo/supervision"
	"chibo/theme"
)

// differs counts what is marked and says where the kept figures of a cell are not those of
// a recount from nothing; empty where they are.
func differs(t *testing.T, w *worldtest.World, cells []organization.Organization) string {
	t.Helper()
	if err := w.App.Supervision.Recount(t.Context(), access.Whole("", "/")); err != nil {
		t.Fatal(err)
	}
	return keptDiffer(t, w, cells)
}

// keptDiffer says the same of the figures as they are kept now.
func keptDiffer(t *testing.T, w *worldtest.World, cells []organization.Organization) string {
	t.Helper()
	ctx := t.Context()
	for _, o := range cells {
		keptCell, keptMonths, err := supervision.Kept(ctx, w.App.DB, o.Root, o.ID)
		if err != nil {
			t.Fatal(err)
		}
		cell, months, err := supervision.Fresh(ctx, w.App.DB, o.Root, o.ID)
		if err != nil {
			t.Fatal(err)
		}
		if keptCell != cell {
			return fmt.Sprintf("%s: kept %+v, counted %+v", o.Name, keptCell, cell)
		}
		if len(keptMonths)+len(months) > 0 && !reflect.DeepEqual(keptMonths, months) {
			return fmt.Sprintf("%s: kept %+v, counted %+v", o.Name, keptMonths, months)
		}
	}
	return sumsDiffer(t, w, cells[0])
}

// sumsDiffer says where the kept sums of the committee above a cell, and of one kind of its
// cells, are not what its cells add up to, today and on days to come.
func sumsDiffer(t *testing.T, w *worldtest.World, cell organization.Organization) string {
	t.Helper()
	up, err := organization.Find(t.Context(), w.App.DB, cell.Root, cell.Parent)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []organization.Kind{"", organization.School} {
		for _, days := range []int{0, 5, 40, 400} {
			day := when.DateOf(w.Clock.Now()).AddDays(days)
			keptSums, err := supervision.KeptSums(t.Context(), w.App.DB, up.ID, kind, day)
			if err != nil {
				t.Fatal(err)
			}
			fresh, err := supervision.FreshSums(t.Context(), w.App.DB, up, kind, day)
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(keptSums) != fmt.Sprint(fresh) {
				return fmt.Sprintf("on %v %s: kept %+v, counted %+v", day, kind, keptSums, fresh)
			}
		}
	}
	return ""
}

// actor does what secretaries, and those above them, do in a cell.
type actor struct {
	w    *worldtest.World
	r    *rand.Rand
	cell organization.Organization
	who  access.Person // secretary of the cell
}

// some returns a meeting of the cell in a state.
func (a actor) some(ctx context.Context, s meeting.State) (meeting.Meeting, error) {
	all, err := meeting.Between(ctx, a.w.App.DB, a.cell.Root, a.cell.ID, when.Month{Year: 2026, Month: 1}, when.Month{Year: 2027, Month: 12})
	if err != nil {
		return meeting.Meeting{}, err
	}
	for _, i := range a.r.Perm(len(all)) {
		if all[i].State == s {
			return all[i], nil
		}
	}
	return meeting.Meeting{}, fault.New(fault.NotFound, "fault.not_found")
}

func (a actor) month() when.Month { return when.Month{Year: 2026, Month: 11}.Add(a.r.IntN(8)) }

// advance takes a meeting one step on its road, as the room and the minutes do.
func (a actor) advance(from, to meeting.State) func(context.Context) error {
	return func(ctx context.Context) error {
		m, err := a.some(ctx, from)
		if err != nil {
			return err
		}
		return a.w.App.DB.Tx(ctx, func(tx *db.Tx) error {
			return meeting.Advance(ctx, tx, m.Root, m.ID, from, to, when.At(a.w.Clock.Now()))
		})
	}
}

// onMeeting does something with a meeting in a state.
func (a actor) onMeeting(s meeting.State, do func(context.Context, meeting.Meeting) error) func(context.Context) error {
	return func(ctx context.Context) error {
		m, err := a.some(ctx, s)
		if err != nil {
			return err
		}
		return do(ctx, m)
	}
}

// deeds are what may happen, by name.
func (a actor) deeds() map[string]func(context.Context) error {
	app := a.w.App
	return map[string]func(context.Context) error{
		"convene": func(ctx context.Context) error {
			_, err := app.Meetings.Convene(ctx, a.who, a.cell.ID, meeting.Convening{Kind: meeting.Kinds[a.r.IntN(3)], Month: a.month()})
			return err
		},
		"notify": a.onMeeting(meeting.Draft, func(ctx context.Context, m meeting.Meeting) error {
			return app.Meetings.Notify(ctx, a.who, m.ID, "họp gấp")
		}),
		"put off": a.onMeeting(meeting.Noticed, func(ctx context.Context, m meeting.Meeting) error {
			return app.Meetings.Move(ctx, a.who, m.ID, meeting.Moving{StartsAt: m.StartsAt.Date().AddDays(9).At(19, 0), Place: m.Place + "x", Change: "mưa bão", Reason: "mưa bão"})
		}),
		"cancel": a.onMeeting(meeting.Draft, func(ctx context.Context, m meeting.Meeting) error { return app.Meetings.Delete(ctx, a.who, m.ID) }),
		"open":   a.advance(meeting.Noticed, meeting.Open),
		"close":  a.advance(meeting.Open, meeting.Closed),
		"seal":   a.advance(meeting.Closed, meeting.Sealed),
		"reopen": a.onMeeting(meeting.Sealed, func(ctx context.Context, m meeting.Meeting) error { return app.Quality.Reopen(ctx, a.who, m.ID) }),
		"score":  a.onMeeting(meeting.Sealed, a.score),
		"rescore": a.onMeeting(meeting.Sealed, func(ctx context.Context, m meeting.Meeting) error {
			return app.Quality.SelfScore(ctx, a.who, m.ID, quality.Entry{})
		}),
		"remedy": a.onMeeting(meeting.Sealed, func(ctx context.Context, m meeting.Meeting) error {
			return app.Quality.AddRemedy(ctx, a.who, m.ID, quality.Remedy{Weakness: "phát biểu ít", Remedy: "gợi ý trước", Due: m.Day().AddDays(30)})
		}),
		"mended": func(ctx context.Context) error {
			all, err := quality.OpenRemedies(ctx, app.DB, a.cell.Root, a.cell.ID)
			if err != nil || len(all) == 0 {
				return err
			}
			return app.Quality.TickRemedy(ctx, a.who, all[0].ID, "đã sửa")
		},
		"plan": func(ctx context.Context) error {
			_, err := app.Themes.Add(ctx, a.who, a.cell.ID, theme.Draft{Month: a.month(), Kind: meeting.Combined, Title: "Chuyên đề"})
			return err
		},
		"unplan": func(ctx context.Context) error {
			all, err := theme.Plan(ctx, app.DB, a.cell.Root, a.cell.ID, when.Month{Year: 2026, Month: 1}, when.Month{Year: 2027, Month: 12})
			if err != nil || len(all) == 0 {
				return err
			}
			return app.Themes.Delete(ctx, a.who, all[a.r.IntN(len(all))].ID)
		},
		"pass up": func(ctx context.Context) error {
			_, err := app.Matters.Pass(ctx, a.who, matter.Draft{Organization: a.cell.ID, Text: "Đèn đường hỏng", Raiser: matter.ByResidents})
			return err
		},
		"answer": func(ctx context.Context) error {
			all, err := matter.Waits(ctx, app.DB, a.cell.Root, a.cell.ID)
			if err != nil || len(all) == 0 {
				return err
			}
			return app.Matters.Answer(ctx, a.w.Person("clerk"), all[0].ID, matter.Reply{Text: "Đã sửa.", On: when.DateOf(a.w.Clock.Now())})
		},
		"settle": func(ctx context.Context) error {
			s, err := organization.SettingsOn(ctx, app.DB, a.cell.Root, a.cell.ID, when.DateOf(a.w.Clock.Now()))
			if err != nil {
				return err
			}
			s.From, s.FilingDays = when.DateOf(a.w.Clock.Now()).AddDays(-60), 1+a.r.IntN(9)
			return app.Organizations.Settle(ctx, a.who, s)
		},
		"rename": func(ctx context.Context) error {
			o, err := organization.Find(ctx, app.DB, a.cell.Root, a.cell.ID)
			if err != nil {
				return err
			}
			o.Kind, o.ClosedOn = organization.Kinds[a.r.IntN(3)], when.Date{}
			if a.r.IntN(4) == 0 {
				o.ClosedOn = when.DateOf(a.w.Clock.Now())
			}
			return app.Organizations.Change(ctx, a.w.Person("clerk"), o)
		},
	}
}

// score gives every open line of a meeting's sheet the most that it offers.
func (a actor) score(ctx context.Context, m meeting.Meeting) error {
	f, err := a.w.App.Quality.Load(ctx, a.w.App.DB, a.who.Scope(quality.MayScore), m.ID)
	if err != nil {
		return err
	}
	e := quality.Entry{Points: map[string]string{}}
	for _, l := range f.Sum.Open {
		e.Points[l.ID] = l.Max.String()
		if offers := l.Offers(); len(offers) > 0 {
			e.Points[l.ID] = offers[0].String()
		}
	}
	return a.w.App.Quality.SelfScore(ctx, a.who, m.ID, e)
}

// names are the deeds in a fixed order, so that a seed means the same sequence.
var names = []string{
	"convene", "notify", "put off", "cancel", "open", "close", "seal", "score", "reopen", "rescore", "remedy", "mended", "plan", "unplan", "pass up", "answer", "settle", "rename",
}

func actors(t *testing.T, w *worldtest.World, r *rand.Rand) []actor {
	t.Helper()
	var out []actor
	for _, name := range []string{"secretary", "other secretary"} {
		who := w.Person(name)
		home, _ := who.Home()
		o, err := organization.Find(t.Context(), w.App.DB, home.Root, home.Organization)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, actor{w, r, o, who})
	}
	return out
}

// steps is how many deeds a sequence has.
const steps = 220

// TestBoardEqualsARecount does random deeds in two cells; after each of them the kept
// figures are those of a recount from nothing, and each kind of deed succeeds at least once.
func TestBoardEqualsARecount(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		r := rand.New(rand.NewPCG(5, 3))
		all, done := actors(t, w, r), map[string]int{}
		cells := []organization.Organization{all[0].cell, all[1].cell}
		if d := differs(t, w, cells); d != "" {
			t.Fatalf("before anything is done: %s", d)
		}
		for range steps {
			name := names[r.IntN(len(names))]
			err := all[r.IntN(len(all))].deeds()[name](t.Context())
			var refused *fault.Error
			if err != nil && !errors.As(err, &refused) {
				t.Fatalf("%s: %v", name, err)
			}
			if err == nil {
				done[name]++
			}
			if d := differs(t, w, cells); d != "" {
				t.Fatalf("after %s: %s", name, d)
			}
		}
		for _, name := range names {
			if done[name] == 0 && name != "rescore" {
				t.Errorf("nobody could %s", name)
			}
		}
	})
}

// TestABoardThatIsOpenedIsExact does random deeds and opens the board after each, with no sweep beside:
// what is marked is counted before anything is shown, so the figures are those of the moment.
func TestABoardThatIsOpenedIsExact(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		r := rand.New(rand.NewPCG(7, 1))
		all := actors(t, w, r)
		cells := []organization.Organization{all[0].cell, all[1].cell}
		changed := 0
		for range steps / 4 {
			name := names[r.IntN(len(names))]
			err := all[r.IntN(len(all))].deeds()[name](t.Context())
			var refused *fault.Error
			if err != nil && !errors.As(err, &refused) {
				t.Fatalf("%s: %v", name, err)
			}
			if keptDiffer(t, w, cells) != "" {
				changed++
			}
			if a := w.As("committee").Get("/board"); a.Status != http.StatusOK {
				t.Fatalf("the board: %d", a.Status)
			}
			if d := keptDiffer(t, w, cells); d != "" {
				t.Fatalf("after %s a board is shown that is old: %s", name, d)
			}
		}
		if changed == 0 {
			t.Error("nothing changed what the board shows: the test shows nothing")
		}
	})
}

// TestAMarkThatIsMissingIsFound takes the mark of a table away: the board is then wrong, and
// the recount finds it, in the figures of a cell as in the sums of its committee.
func TestAMarkThatIsMissingIsFound(t *testing.T) {
	t.Parallel()
	for trigger, deed := range map[string]string{"matter_marks_INSERT": "pass up", "organization_marks_UPDATE": "rename"} {
		w := worldtest.OnSQLite(t)
		a := actors(t, w, rand.New(rand.NewPCG(1, 1)))[0]
		cells := []organization.Organization{a.cell}
		if d := differs(t, w, cells); d != "" {
			t.Fatal(d)
		}
		if err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `DROP TRIGGER `+trigger)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for range 4 { // a cell may be given the kind it has
			if err := a.deeds()[deed](t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if differs(t, w, cells) == "" {
			t.Errorf("%s that marks no cell is not missed", deed)
		}
	}
}

// TestWhoAddsUpWaits counts two cells of a committee at the same time: whoever comes second
// waits for the first and knows its cell.
func TestWhoAddsUpWaits(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		all := actors(t, w, rand.New(rand.NewPCG(1, 1)))
		for range 5 {
			var group sync.WaitGroup
			for _, a := range all {
				group.Go(func() {
					if err := a.deeds()["pass up"](t.Context()); err != nil {
						t.Error(err)
					}
					if err := w.App.Supervision.Recount(t.Context(), access.Whole(a.cell.Root, a.cell.Path)); err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
			if d := sumsDiffer(t, w, all[0].cell); d != "" {
				t.Fatal(d)
			}
		}
	})
}
