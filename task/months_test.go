package task

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/id"
	"chibo/kit/when"
)

// TestNoTaskIsEverLost lets a cell give, report, change, urge, judge, carry over and
// withdraw at random for some months, through the actions of the feature. After each
// meeting every task ever given either stands on the list that the next meeting
// opens with, once, or was ended by a verdict or by a withdrawal with its reason; and
// what was due is carried to that meeting and to no other.
func TestNoTaskIsEverLost(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	rapid.Check(t, func(t *rapid.T) {
		c := newCellOfMonths(t, d)
		for range rapid.IntRange(1, 5).Draw(t, "months") {
			c.between(rapid.IntRange(0, 3).Draw(t, "acts between"))
			c.meet()
			c.nothingIsLost()
		}
	})
}

// cellOfMonths is a cell that lives from month to month.
type cellOfMonths struct {
	*rapid.T
	d     *db.DB
	id    string
	month when.Month
	given []string // ids of all tasks ever given
}

func newCellOfMonths(t *rapid.T, d *db.DB) *cellOfMonths {
	c := &cellOfMonths{T: t, d: d, id: id.New(), month: when.Month{Year: 2026, Month: 11}}
	type organization struct{ RootID, ID, Path, Level, Name string }
	c.write(func(ctx context.Context, tx *db.Tx) error {
		return db.Insert(ctx, tx, "organization", organization{"r", c.id, "/r/" + c.id + "/", "cell", "Chi bộ"})
	})
	return c
}

func (c *cellOfMonths) write(f func(ctx context.Context, tx *db.Tx) error) {
	ctx := context.Background()
	if err := c.d.Tx(ctx, func(tx *db.Tx) error { return f(ctx, tx) }); err != nil {
		c.Fatal(err)
	}
}

func (c *cellOfMonths) meeting(m when.Month) string { return c.id + m.String() }
func (c *cellOfMonths) evening() when.Instant       { return c.month.Day(3).At(20, 0) }

func (c *cellOfMonths) open() []Task {
	tasks, err := Open(context.Background(), c.d, "r", c.id)
	if err != nil {
		c.Fatal(err)
	}
	return tasks
}

// give gives a task at the meeting, or between two where it has no name.
func (c *cellOfMonths) give(meeting string, at when.Instant) {
	t := Task{Root: "r", ID: id.New(), Organization: c.id, Title: "Việc", Owners: []string{hoa}, Origin: ByLeader, Meeting: meeting, GivenAt: at}
	if meeting != "" {
		t.Origin = AtMeeting
	}
	if days := rapid.IntRange(0, 70).Draw(c.T, "days"); days > 0 {
		t.Due = at.Date().AddDays(days)
	}
	c.write(func(ctx context.Context, tx *db.Tx) error { return Give(ctx, tx, t) })
	c.given = append(c.given, t.ID)
}

// between is what happens in the weeks after the last meeting.
func (c *cellOfMonths) between(acts int) {
	at := c.evening().Add(-24 * 3600e9)
	for range acts {
		open := c.open()
		if len(open) == 0 || rapid.Bool().Draw(c.T, "gives") {
			c.give("", at)
			continue
		}
		t := rapid.SampledFrom(open).Draw(c.T, "task")
		c.write(func(ctx context.Context, tx *db.Tx) (err error) {
			switch rapid.SampledFrom([]string{"report", "done", "stuck", "change", "urge", "withdraw"}).Draw(c.T, "act") {
			case "report":
				_, err = record(ctx, tx, t, Event{Kind: Progress, At: at, Text: "đang làm"})
			case "done":
				_, err = record(ctx, tx, t, Event{Kind: ReportedDone, At: at})
			case "stuck":
				_, err = record(ctx, tx, t, Event{Kind: Progress, At: at, Difficulty: "thiếu người"})
			case "change":
				t.Due = at.Date().AddDays(rapid.IntRange(1, 60).Draw(c.T, "later"))
				err = Change(ctx, tx, t, Changing{By: hoa, At: at, Reason: "bận"})
			case "urge":
				_, err = record(ctx, tx, t, Event{Kind: WasUrged, At: at})
			case "withdraw":
				err = Withdraw(ctx, tx, "r", t.ID, "không còn cần", hoa, at)
			}
			return err
		})
	}
}

// meet judges some of what is open, gives more, and carries over what it leaves.
func (c *cellOfMonths) meet() {
	now, next := c.meeting(c.month), c.meeting(c.month.Next())
	for _, t := range c.open() {
		verdict := rapid.SampledFrom(append([]Verdict{""}, Verdicts...)).Draw(c.T, "verdict")
		if verdict == "" {
			continue
		}
		j := Judgement{Verdict: verdict, Cause: "mưa", Remedy: "làm bù", Meeting: now, By: hoa, At: c.evening()}
		c.write(func(ctx context.Context, tx *db.Tx) error { return Judge(ctx, tx, "r", t.ID, j) })
	}
	for range rapid.IntRange(0, 2).Draw(c.T, "gives") {
		c.give(now, c.evening())
	}
	due := map[string]bool{}
	for _, t := range c.open() {
		due[t.ID] = t.Meeting != now && (t.Verdict == NotDone || !t.Due.IsZero() && !c.evening().Date().Before(t.Due))
	}
	c.write(func(ctx context.Context, tx *db.Tx) error {
		carried, err := Carry(ctx, tx, "r", c.id, Carrying{From: now, To: next, By: hoa, At: c.evening()})
		for _, t := range carried {
			if !due[t.ID] || t.NextMeeting != next {
				return fmt.Errorf("carried to %s: %+v", t.NextMeeting, t)
			}
			delete(due, t.ID)
		}
		return err
	})
	for task, left := range due {
		if left {
			c.Fatalf("task %s was due and is not carried over", task)
		}
	}
	c.month = c.month.Next()
}

func (c *cellOfMonths) nothingIsLost() {
	stands := map[string]int{}
	for _, t := range c.open() {
		stands[t.ID]++
	}
	for _, given := range c.given {
		t, err := Find(context.Background(), c.d, "r", given)
		if err != nil {
			c.Fatal(err)
		}
		history, err := events(context.Background(), c.d, "r", given)
		if err != nil || len(history) != t.Seq {
			c.Fatalf("%d of %d events, %v", len(history), t.Seq, err)
		}
		last := history[len(history)-1]
		ended := last.Kind == WasJudged && last.Verdict != NotDone || last.Kind == WasWithdrawn && last.Text != ""
		if ended == (stands[given] == 1) || stands[given] > 1 {
			c.Fatalf("stands on %d lists after %+v: %+v", stands[given], last, t)
		}
		times := 0
		for _, e := range history {
			if e.Kind == WasCarried {
				times++
			}
		}
		if times != t.CarriedTimes {
			c.Fatalf("carried %d times, the history says %d", t.CarriedTimes, times)
		}
	}
}
