package task

import (
	"context"
	"slices"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/notice"
)

// Give writes a new task and tells its owners. The caller sets Root, ID,
// Organization, Title, Owners, Due, what counts as done, Origin, Meeting, GivenBy
// and GivenAt; a task without an origin comes from its meeting.
func Give(ctx context.Context, tx *db.Tx, t Task) error {
	if t.Origin == "" {
		t.Origin = AtMeeting
	}
	t.Owners = distinct(t.Owners)
	if err := t.Check(); err != nil {
		return err
	}
	t, e, err := t.After(Event{Kind: WasGiven, At: t.GivenAt, By: t.GivenBy, Meeting: t.Meeting, Due: t.Due, DueTime: t.DueTime, Owners: t.Owners})
	if err != nil {
		return err
	}
	if err := insert(ctx, tx, t); err != nil {
		return err
	}
	if err := insertEvent(ctx, tx, e); err != nil {
		return err
	}
	return tell(ctx, tx, t, "task.told.given", e.At, t.Owners...)
}

// Changing says who changes a task, when, and why; an act that corrects itself needs
// no reason.
type Changing struct {
	By     string // id of the member
	At     when.Instant
	Reason string
}

// Change gives a task a new title, owners, day or target, as when the act that
// gave it is corrected, and tells owners who are new. Only those fields of t
// count, with Root and ID. The history keeps what was before.
func Change(ctx context.Context, tx *db.Tx, t Task, c Changing) error {
	before, err := find(ctx, tx, t.Root, t.ID)
	if err != nil {
		return err
	}
	now := before
	now.Title, now.DoneWhen, now.Due, now.DueTime, now.Source = t.Title, t.DoneWhen, t.Due, t.DueTime, t.Source
	now.Target, now.Unit, now.Owners = t.Target, t.Unit, distinct(t.Owners)
	if err := now.Check(); err != nil {
		return err
	}
	e := Event{Kind: WasChanged, At: c.At, By: c.By, Due: now.Due, DueTime: now.DueTime, Owners: now.Owners, Text: c.Reason}
	if now, err = record(ctx, tx, now, e); err != nil {
		return err
	}
	if err := replaceOwners(ctx, tx, now); err != nil {
		return err
	}
	added := slices.DeleteFunc(slices.Clone(now.Owners), before.OwnedBy)
	return tell(ctx, tx, now, "task.told.given", c.At, added...)
}

// Judge writes the verdict of a meeting on a task; the zero Verdict takes an
// earlier verdict back.
func Judge(ctx context.Context, tx *db.Tx, root, taskID string, j Judgement) error {
	if err := j.Check(); err != nil {
		return err
	}
	t, err := find(ctx, tx, root, taskID)
	if err != nil {
		return err
	}
	_, err = record(ctx, tx, t, j.event())
	return err
}

// Carrying says which meeting leaves its tasks to which.
type Carrying struct {
	From, To string // ids of meetings
	By       string // id of the member who closed the first one
	At       when.Instant
}

// Carry takes over to the next meeting what should have been done by now: tasks
// judged as not done, and tasks whose day has come without a verdict. Tasks with
// time left stay as they are, and so do those the meeting itself has given. It
// returns the tasks it took over.
func Carry(ctx context.Context, tx *db.Tx, root, organization string, c Carrying) ([]Task, error) {
	tasks, err := open(ctx, tx, root, organization)
	if err != nil {
		return nil, err
	}
	var carried []Task
	for _, t := range tasks {
		if !t.toCarry(c.From, c.At.Date()) {
			continue
		}
		if t, err = record(ctx, tx, t, Event{Kind: WasCarried, At: c.At, By: c.By, Meeting: c.To}); err != nil {
			return nil, err
		}
		carried = append(carried, t)
	}
	return carried, nil
}

// Withdraw takes a task back with a reason and tells its owners.
func Withdraw(ctx context.Context, tx *db.Tx, root, taskID, reason, by string, at when.Instant) error {
	t, err := find(ctx, tx, root, taskID)
	if err != nil {
		return err
	}
	if t, err = record(ctx, tx, t, Event{Kind: WasWithdrawn, At: at, By: by, Text: reason}); err != nil {
		return err
	}
	return tell(ctx, tx, t, "task.told.withdrawn", at, t.Owners...)
}

// Reopen takes a withdrawal back.
func Reopen(ctx context.Context, tx *db.Tx, root, taskID, by string, at when.Instant) error {
	t, err := find(ctx, tx, root, taskID)
	if err != nil {
		return err
	}
	_, err = record(ctx, tx, t, Event{Kind: WasReopened, At: at, By: by})
	return err
}

// Find returns a task.
func Find(ctx context.Context, q db.Q, root, taskID string) (Task, error) {
	return find(ctx, q, root, taskID)
}

// Open returns the open tasks of a unit, what is due first first.
func Open(ctx context.Context, q db.Q, root, organization string) ([]Task, error) {
	return open(ctx, q, root, organization)
}

// OfMeeting returns the tasks that a meeting gave, in the order in which it did.
func OfMeeting(ctx context.Context, q db.Q, root, meeting string) ([]Task, error) {
	return ofMeeting(ctx, q, root, meeting)
}

// record lets e happen to t and writes both down.
func record(ctx context.Context, tx *db.Tx, t Task, e Event) (Task, error) {
	after, e, err := t.After(e)
	if err != nil {
		return t, err
	}
	if err := update(ctx, tx, after, t.Seq); err != nil {
		return t, err
	}
	return after, insertEvent(ctx, tx, e)
}

func tell(ctx context.Context, tx *db.Tx, t Task, key string, at when.Instant, members ...string) error {
	return notice.Tell(ctx, tx, notice.Message{
		Root: t.Root, Organization: t.Organization, Key: key,
		Args: notice.Args{"Title": t.Title, "Due": t.DueText()}, URL: t.Path(), At: at,
	}, members...)
}

func distinct(ids []string) []string {
	var out []string
	for _, s := range ids {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
