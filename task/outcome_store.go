package task

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

// Outcome is how a task stood at the end of a period.
type Outcome struct {
	Task
	// Said is the last verdict of the period, empty where the cell gave none; a task
	// that was not done and carried over keeps it here. SaidIn is the meeting.
	Said   Verdict
	SaidIn string
}

// OutcomesIn returns the tasks of a unit that were judged between two days, or due
// then and not judged; where none is due, those given then. What was withdrawn is
// left out. The order is that of the days they were due.
func OutcomesIn(ctx context.Context, q db.Q, root, organization string, first, last when.Date) ([]Outcome, error) {
	from, until := first.Start(), last.AddDays(1).Start()
	tasks, err := db.All[Task](ctx, q, `SELECT `+columns+` FROM task t
		WHERE t.root_id = $1 AND t.organization_id = $2 AND t.state <> 'withdrawn' AND t.given_at < $6
			AND (t.due >= $3 AND t.due <= $4 OR t.due = '' AND t.given_at >= $5
				OR EXISTS (SELECT 1 FROM task_event e WHERE e.root_id = t.root_id AND e.task_id = t.id
					AND e.kind = 'judged' AND e.at >= $5 AND e.at < $6))`+byDue,
		root, organization, first, last, from, until)
	if tasks, err = withOwners(ctx, q, tasks, err); err != nil {
		return nil, err
	}
	events, err := db.All[Event](ctx, q, `
		SELECT e.task_id, e.seq, e.kind, e.at, e.verdict, e.meeting_id
		FROM task_event e JOIN task t ON t.root_id = e.root_id AND t.id = e.task_id
		WHERE e.root_id = $1 AND t.organization_id = $2 AND e.kind IN ('judged', 'reopened') AND e.at >= $3 AND e.at < $4
		ORDER BY e.task_id, e.seq`, root, organization, from, until)
	said := map[string]Event{}
	for _, e := range events {
		said[e.Task] = e
	}
	out := make([]Outcome, len(tasks))
	for i, t := range tasks {
		out[i] = Outcome{t, said[t.ID].Verdict, said[t.ID].Meeting}
	}
	return out, err
}
