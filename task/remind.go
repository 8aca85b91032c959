package task

import (
	"context"
	"slices"
	"time"

	"chibo/kit/db"
	"chibo/kit/job"
	"chibo/kit/when"
	"chibo/notice"
)

// RemindJob is the kind of the job that reminds owners once a day; it has no
// arguments.
const RemindJob = "task.remind"

// remindAt is the clock time of the daily reminder.
const remindAt = "07:15"

// callsFor reports whether the owner of a task is reminded of it on day: three days
// and one day before it is due, on its day, and every week that it is overdue.
// Somebody who is told every morning no longer listens.
func (t Task) callsFor(day when.Date) bool {
	if !t.Open() || t.State == DoneReported || t.Due.IsZero() {
		return false
	}
	left := day.DaysUntil(t.Due)
	return left == 3 || left == 1 || left == 0 || left < 0 && left%7 == 0
}

// ScheduleReminders asks for the reminder of the next morning, once, however often
// it is called.
func (s *Service) ScheduleReminders(ctx context.Context) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return schedule(ctx, tx, s.now()) })
}

func schedule(ctx context.Context, tx *db.Tx, now when.Instant) error {
	at, err := when.ParseInstant(now.Date().String() + "T" + remindAt)
	if err != nil {
		return err
	}
	if at <= now {
		at = at.Add(24 * time.Hour)
	}
	return job.Enqueue(ctx, tx, RemindJob, nil, job.Unique(RemindJob), job.At(at))
}

// Remind does a job of kind RemindJob: whoever owns tasks that call for it gets one
// notice that names their number, whoever is in charge of a field or an area and has not
// reported is asked for the report before the unit meets, and the next morning is asked
// for.
func (s *Service) Remind(ctx context.Context, _ job.Job) error {
	now := s.now()
	tasks, err := dueUntil(ctx, s.DB, now.Date().AddDays(3))
	if err != nil {
		return err
	}
	silent, err := s.unreported(ctx, now.Date())
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, r := range withReports(reminders(tasks, now.Date()), silent) {
			if _, err := notice.Remind(ctx, tx, r.message(now), r.owner); err != nil {
				return err
			}
		}
		return schedule(ctx, tx, now)
	})
}

// reminder is what one owner is reminded of.
type reminder struct {
	root, organization, owner string
	count                     int
	// report says that a report on a field or an area is due.
	report bool
}

// message is the one notice that says all of it.
func (r reminder) message(at when.Instant) notice.Message {
	m := notice.Message{Root: r.root, Organization: r.organization, Key: "task.told.due", Args: notice.Args{"Count": r.count}, URL: "/tasks", At: at}
	switch {
	case r.report && r.count > 0:
		m.Key, m.URL = "task.told.due_and_charge", "/"
	case r.report:
		m.Key, m.URL, m.Args = "task.told.charge", "/", nil
	}
	return m
}

// withReports adds to the reminders those whose report is due: somebody is reminded once
// a day, of both.
func withReports(all, due []reminder) []reminder {
	for _, d := range due {
		at := slices.IndexFunc(all, func(r reminder) bool { return r.owner == d.owner })
		if at >= 0 {
			all[at].report = true
		} else {
			all = append(all, d)
		}
	}
	return all
}

// reminders sums up by owner the tasks that call for it on day, in the order of the
// tasks.
func reminders(tasks []Task, day when.Date) []reminder {
	var out []reminder
	place := map[string]int{}
	for _, t := range tasks {
		if !t.callsFor(day) {
			continue
		}
		for _, owner := range t.Owners {
			n, there := place[owner]
			if !there {
				n = len(out)
				place[owner] = n
				out = append(out, reminder{root: t.Root, organization: t.Organization, owner: owner})
			}
			out[n].count++
		}
	}
	return out
}
