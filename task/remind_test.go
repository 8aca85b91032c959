package task

import (
	"context"
	"slices"
	"testing"
	"time"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/job"
	"chibo/kit/when"
)

func TestWhenATaskCalls(t *testing.T) {
	t.Parallel()
	task, err := after(given(), Event{Kind: WasGiven})
	if err != nil {
		t.Fatal(err)
	}
	var days []int
	for left := 10; left >= -15; left-- {
		if task.callsFor(third.AddDays(-left)) {
			days = append(days, left)
		}
	}
	if want := []int{3, 1, 0, -7, -14}; !slices.Equal(days, want) {
		t.Errorf("calls with %v days left, want %v", days, want)
	}
	if reported, _ := after(task, Event{Kind: ReportedDone}); reported.callsFor(third) {
		t.Error("calls after it was reported done")
	}
}

// noSitting is a time in which no unit meets.
func noSitting(context.Context, db.Q, when.Instant, when.Instant) ([]Sitting, error) { return nil, nil }

// TestRemind runs the daily job: each owner hears once of all that is due, and the
// next morning is asked for.
func TestRemind(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		cell(t, d)
		give(t, d, "soon", func(t *Task) { t.Owners = []string{"minh", hoa} })
		give(t, d, "late", func(t *Task) { t.Due = third.AddDays(-6) })
		give(t, d, "far", func(t *Task) { t.Due = third.AddDays(40); t.Owners = []string{"lan"} })
		told := map[string]int{"minh": unread(t, d, "minh"), hoa: unread(t, d, hoa), "lan": unread(t, d, "lan")}

		clock := third.AddDays(-2).At(21, 0) // the job waits for the morning
		s := &Service{DB: d, Now: func() time.Time { return clock.Time() }, Called: noSitting}
		queue := &job.Queue{DB: d, Now: s.Now, Handlers: map[string]job.Handler{RemindJob: s.Remind}}
		for range 2 {
			if err := s.ScheduleReminders(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		run := func(at when.Instant, want int) {
			t.Helper()
			clock = at
			if n, err := queue.RunDue(t.Context()); n != want || err != nil {
				t.Errorf("at %s: %d jobs, want %d, %v", at, n, want, err)
			}
		}
		run(clock, 0)
		run(third.AddDays(-1).At(7, 15), 1)
		run(third.AddDays(-1).At(9, 0), 0)
		run(third.At(7, 15), 1)
		for member, want := range map[string]int{"minh": 2, hoa: 2, "lan": 0} {
			if n := unread(t, d, member) - told[member]; n != want {
				t.Errorf("%s was reminded %d times, want %d", member, n, want)
			}
		}
	})
}

func TestRemindersOfAnOwnerAreOne(t *testing.T) {
	t.Parallel()
	soon, err := after(given(), Event{Kind: WasGiven})
	if err != nil {
		t.Fatal(err)
	}
	other := soon
	other.Owners = []string{"minh", hoa}
	far := soon
	far.Due = third.AddDays(2)
	got := reminders([]Task{soon, other, far}, third)
	if want := []reminder{{"r", "c", hoa, 2, false}, {"r", "c", "minh", 1, false}}; !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	due := []reminder{{"r", "c", "minh", 0, true}, {"r", "c", "lan", 0, true}}
	if want := []reminder{{"r", "c", hoa, 2, false}, {"r", "c", "minh", 1, true}, due[1]}; !slices.Equal(withReports(got, due), want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	keys := []string{}
	for _, r := range withReports(got, due) {
		keys = append(keys, r.message(third.At(7, 15)).Key)
	}
	if want := []string{"task.told.due", "task.told.due_and_charge", "task.told.charge"}; !slices.Equal(keys, want) {
		t.Errorf("%v, want %v", keys, want)
	}
}

func TestWhenASittingCallsForReports(t *testing.T) {
	t.Parallel()
	evening := Sitting{StartsAt: third.At(19, 30)}
	var days []int
	for left := 6; left >= -3; left-- {
		if evening.callsForReports(third.AddDays(-left)) {
			days = append(days, left)
		}
	}
	if want := []int{3, 1}; !slices.Equal(days, want) {
		t.Errorf("calls with %v days left, want %v", days, want)
	}
}
