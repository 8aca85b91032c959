package task

import (
	"context"
	"fmt"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

const columns = `t.root_id, t.id, t.organization_id, t.title, t.done_when, t.due, t.due_time, t.source, t.target, t.reached, t.unit, t.state,
	t.verdict, t.cause, t.remedy, t.difficulty, t.help, t.origin, t.meeting_id, t.next_meeting_id, t.carried_times,
	t.given_by, t.given_at, t.seq`

// isOpen says in SQL what Task.Open says.
const isOpen = `(t.state NOT IN ('judged', 'withdrawn') OR t.state = 'judged' AND t.verdict = 'not_done')`

const newestFirst = ` ORDER BY t.given_at DESC, t.id`

// byDue puts what is due first first, and what has no day last.
const byDue = ` ORDER BY t.due = '', t.due, t.given_at, t.id`

// row is a task with the text that is searched.
type row struct {
	Task
	Folded string
}

func insert(ctx context.Context, tx *db.Tx, t Task) error {
	if err := db.Insert(ctx, tx, "task", row{t, t.folded()}); err != nil {
		return err
	}
	return insertOwners(ctx, tx, t)
}

func insertOwners(ctx context.Context, tx *db.Tx, t Task) error {
	for i, member := range t.Owners {
		if _, err := db.Exec(ctx, tx, `
			INSERT INTO task_owner (root_id, task_id, member_id, position) VALUES ($1, $2, $3, $4)
			ON CONFLICT (root_id, task_id, member_id) DO NOTHING`, t.Root, t.ID, member, i); err != nil {
			return err
		}
	}
	return nil
}

// update writes t over the row that was read with sequence number before; a row
// that somebody else has changed meanwhile is a conflict.
func update(ctx context.Context, tx *db.Tx, t Task, before int) error {
	n, err := db.Exec(ctx, tx, `
		UPDATE task SET title = $3, done_when = $4, due = $5, target = $6, reached = $7, unit = $8, state = $9, verdict = $10,
			cause = $11, remedy = $12, difficulty = $13, next_meeting_id = $14, carried_times = $15, seq = $16, due_time = $17,
			source = $18, help = $19, folded = $20
		WHERE root_id = $1 AND id = $2 AND seq = $21`,
		t.Root, t.ID, t.Title, t.DoneWhen, t.Due, t.Target, t.Reached, t.Unit, t.State, t.Verdict,
		t.Cause, t.Remedy, t.Difficulty, t.NextMeeting, t.CarriedTimes, t.Seq, t.DueTime, t.Source, t.Help, t.folded(), before)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "task.refused.meanwhile")
	}
	return err
}

func replaceOwners(ctx context.Context, tx *db.Tx, t Task) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM task_owner WHERE root_id = $1 AND task_id = $2`, t.Root, t.ID); err != nil {
		return err
	}
	return insertOwners(ctx, tx, t)
}

func insertEvent(ctx context.Context, tx *db.Tx, e Event) error {
	return db.Insert(ctx, tx, "task_event", e)
}

func events(ctx context.Context, q db.Q, root, id string) ([]Event, error) {
	return db.All[Event](ctx, q, `
		SELECT root_id, task_id, seq, kind, at, by_member, for_member, meeting_id, reached, text, difficulty, verdict, cause, remedy, due,
			due_time, owners, way
		FROM task_event WHERE root_id = $1 AND task_id = $2 ORDER BY seq`, root, id)
}

// withOwners fills the owners of tasks of one or several base organisations.
func withOwners(ctx context.Context, q db.Q, tasks []Task, err error) ([]Task, error) {
	if err != nil || len(tasks) == 0 {
		return tasks, err
	}
	args := make([]any, 0, len(tasks)+1)
	marks := make([]string, len(tasks))
	place := make(map[string]int, len(tasks))
	for i, t := range tasks {
		args = append(args, t.ID)
		marks[i] = fmt.Sprintf("$%d", i+1)
		place[t.ID] = i
	}
	type owner struct{ TaskID, MemberID string }
	owners, err := db.All[owner](ctx, q, `
		SELECT task_id, member_id FROM task_owner WHERE `+sameRoot(tasks, &args)+`task_id IN (`+strings.Join(marks, ", ")+`)
		ORDER BY task_id, position`, args...)
	for _, o := range owners {
		t := &tasks[place[o.TaskID]]
		t.Owners = append(t.Owners, o.MemberID)
	}
	return tasks, err
}

// sameRoot narrows a query to the base organisation of the tasks when they are
// all of one, so that it finds its rows by key.
func sameRoot(tasks []Task, args *[]any) string {
	for _, t := range tasks {
		if t.Root != tasks[0].Root {
			return ""
		}
	}
	*args = append(*args, tasks[0].Root)
	return fmt.Sprintf("root_id = $%d AND ", len(*args))
}

func find(ctx context.Context, q db.Q, root, id string) (Task, error) {
	t, err := db.One[Task](ctx, q, `SELECT `+columns+` FROM task t WHERE t.root_id = $1 AND t.id = $2`, root, id)
	if err != nil {
		return t, err
	}
	tasks, err := withOwners(ctx, q, []Task{t}, nil)
	return tasks[0], err
}

func open(ctx context.Context, q db.Q, root, organization string) ([]Task, error) {
	tasks, err := db.All[Task](ctx, q, `SELECT `+columns+` FROM task t WHERE t.root_id = $1 AND t.organization_id = $2 AND `+isOpen+byDue, root, organization)
	return withOwners(ctx, q, tasks, err)
}

func ofMeeting(ctx context.Context, q db.Q, root, meeting string) ([]Task, error) {
	tasks, err := db.All[Task](ctx, q, `SELECT `+columns+` FROM task t WHERE t.root_id = $1 AND t.meeting_id = $2 ORDER BY t.given_at, t.id`, root, meeting)
	return withOwners(ctx, q, tasks, err)
}

// openOfMember returns the open tasks of a member, what is due first first.
func openOfMember(ctx context.Context, q db.Q, root, member string) ([]Task, error) {
	tasks, err := db.All[Task](ctx, q, `
		SELECT `+columns+` FROM task t JOIN task_owner w ON w.root_id = t.root_id AND w.task_id = t.id
		WHERE w.root_id = $1 AND w.member_id = $2 AND `+isOpen+byDue, root, member)
	return withOwners(ctx, q, tasks, err)
}

// inScope returns a task of the scope, with the path of its unit.
func inScope(ctx context.Context, q db.Q, sc access.Scope, id string) (Task, string, error) {
	args := []any{id}
	type row struct {
		Task
		Path string
	}
	r, err := db.One[row](ctx, q, `
		SELECT `+columns+`, o.path FROM task t JOIN organization o ON o.root_id = t.root_id AND o.id = t.organization_id
		WHERE t.id = $1 AND `+sc.Where("o", &args), args...)
	if err != nil {
		return Task{}, "", err
	}
	tasks, err := withOwners(ctx, q, []Task{r.Task}, nil)
	return tasks[0], r.Path, err
}

// isLate says in SQL what Task.Overdue says of the day and the hour alone; day and
// clock are the numbers of their arguments.
func isLate(day, clock int) string {
	return fmt.Sprintf("(t.due <> '' AND (t.due < $%[1]d OR t.due = $%[1]d AND t.due_time <> '' AND t.due_time < $%[2]d))", day, clock)
}

// ledger returns the tasks of one unit that match all of the query but its words.
func ledger(ctx context.Context, q db.Q, root, organization string, want Query, now when.Instant) ([]Task, error) {
	args := []any{root, organization}
	where := "t.root_id = $1 AND t.organization_id = $2"
	and := func(condition string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(args)), 1)
		}
		where += " AND " + condition
	}
	order := byDue
	switch want.View {
	case FilterOpen:
		and(isOpen)
	case FilterOverdue:
		args = append(args, now.Date(), now.HHMM())
		and(isOpen + " AND t.state <> 'done_reported' AND " + isLate(len(args)-1, len(args)))
	case FilterDifficult:
		and("t.difficulty <> '' AND t.help = '' AND " + isOpen)
	case FilterSettled:
		and("NOT " + isOpen)
		order = newestFirst
	case FilterAll:
		order = newestFirst
	}
	if want.Owner != "" {
		and("t.id IN (SELECT w.task_id FROM task_owner w WHERE w.root_id = t.root_id AND w.member_id = ?)", want.Owner)
	}
	if want.Meeting != "" {
		and("t.meeting_id = ?", want.Meeting)
	}
	if want.Origin != "" {
		and("t.origin = ?", want.Origin)
	}
	tasks, err := db.All[Task](ctx, q, `SELECT `+columns+` FROM task t WHERE `+where+order, args...)
	return withOwners(ctx, q, tasks, err)
}

// stateCount is how many tasks of a unit are in a state with a verdict.
type stateCount struct {
	State   State
	Verdict Verdict
	Late    bool // due before now
	N       int
}

func countStates(ctx context.Context, q db.Q, root, organization string, now when.Instant) ([]stateCount, error) {
	return db.All[stateCount](ctx, q, `
		SELECT state, verdict, late, count(*) AS n FROM (
			SELECT t.state, t.verdict, `+isLate(3, 4)+` AS late FROM task t WHERE t.root_id = $1 AND t.organization_id = $2) s
		GROUP BY state, verdict, late`, root, organization, now.Date(), now.HHMM())
}

// ofMeetingInScope returns the tasks that a meeting gave in units of the scope.
func ofMeetingInScope(ctx context.Context, q db.Q, sc access.Scope, meeting string) ([]Task, error) {
	args := []any{meeting}
	tasks, err := db.All[Task](ctx, q, `
		SELECT `+columns+` FROM task t JOIN organization o ON o.root_id = t.root_id AND o.id = t.organization_id
		WHERE t.meeting_id = $1 AND `+sc.Where("o", &args)+` ORDER BY t.given_at, t.id`, args...)
	return withOwners(ctx, q, tasks, err)
}

// difficultInScope returns tasks of the scope in whose way something is that nobody
// has answered to, at most the given number.
func difficultInScope(ctx context.Context, q db.Q, sc access.Scope, most int) ([]Task, error) {
	var args []any
	where := sc.Where("o", &args)
	args = append(args, most)
	tasks, err := db.All[Task](ctx, q, `
		SELECT `+columns+` FROM task t JOIN organization o ON o.root_id = t.root_id AND o.id = t.organization_id
		WHERE t.difficulty <> '' AND t.help = '' AND `+isOpen+` AND `+where+byDue+fmt.Sprintf(" LIMIT $%d", len(args)), args...)
	return withOwners(ctx, q, tasks, err)
}

// dueUntil returns the open tasks of all units that nobody has reported done and that
// are due on day or before.
func dueUntil(ctx context.Context, q db.Q, day when.Date) ([]Task, error) {
	tasks, err := db.All[Task](ctx, q, `
		SELECT `+columns+` FROM task t
		WHERE t.due <> '' AND t.due <= $1 AND t.state <> 'done_reported' AND `+isOpen+` ORDER BY t.root_id, t.due, t.id`, day)
	return withOwners(ctx, q, tasks, err)
}
