package scenario_test

import (
	"slices"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/job"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/task"
)

// TestThoseInChargeAreReminded runs the morning jobs of the days before a meeting to
// which the cell is called: the day before, whoever is in charge of something and has not reported hears
// of it, and nobody else.
func TestThoseInChargeAreReminded(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, home := t.Context(), w.Account("secretary").Organization
		root := w.Person("secretary").Root
		since, err := meeting.LastClosed(ctx, w.App.DB, root, home)
		if err != nil {
			t.Fatal(err)
		}
		all, err := task.Charges(ctx, w.App.DB, root, home, since, worldtest.Now.Date())
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, c := range all {
			if !c.Reported() {
				want = append(want, c.Member)
			}
		}
		slices.Sort(want)
		if len(want) == 0 || len(want) == len(all) {
			t.Fatalf("%d of %d have to report: the test shows little", len(want), len(all))
		}
		asked := func() []string {
			t.Helper()
			if err := w.App.Tasks.Remind(ctx, job.Job{}); err != nil {
				t.Fatal(err)
			}
			told, err := db.All[string](ctx, w.App.DB, `SELECT member_id FROM notice WHERE message_key IN ('task.told.charge', 'task.told.due_and_charge') AND organization_id = $1 ORDER BY member_id`, home)
			if err != nil {
				t.Fatal(err)
			}
			return told
		}
		starts, err := db.One[when.Instant](ctx, w.App.DB, `SELECT starts_at FROM meeting WHERE id = $1`, w.Meeting(meeting.Noticed))
		if err != nil {
			t.Fatal(err)
		}
		w.Clock.Set(starts.Date().AddDays(-2).At(7, 15))
		if got := asked(); len(got) != 0 {
			t.Errorf("%d are asked two days before", len(got))
		}
		w.Clock.Set(starts.Date().AddDays(-1).At(7, 15))
		if got := asked(); !slices.Equal(got, want) {
			t.Errorf("asked %v, want %v", got, want)
		}
		if got := asked(); !slices.Equal(got, want) {
			t.Errorf("asked twice on a day: %v", got)
		}
	})
}
