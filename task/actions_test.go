package task

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/notice"
)

// cell puts the unit that the tests give tasks in into the database.
func cell(t *testing.T, d *db.DB) {
	t.Helper()
	type organization struct{ RootID, ID, Path, Level, Name string }
	write(t, d, func(tx *db.Tx) error {
		return db.Insert(t.Context(), tx, "organization", organization{"r", "c", "/r/c/", "cell", "Chi bộ tổ 17"})
	})
}

func write(t *testing.T, d *db.DB, f func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Tx(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func give(t *testing.T, d *db.DB, id string, change func(*Task)) Task {
	t.Helper()
	task := given()
	task.ID, task.State = id, ""
	if change != nil {
		change(&task)
	}
	write(t, d, func(tx *db.Tx) error { return Give(t.Context(), tx, task) })
	return task
}

func ids(tasks []Task) (out []string) {
	for _, t := range tasks {
		out = append(out, t.ID)
	}
	return out
}

func unread(t *testing.T, d *db.DB, member string) int {
	t.Helper()
	n, err := notice.Unread(t.Context(), d, access.Person{Member: member})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestGiveReadsBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		cell(t, d)
		want := give(t, d, "t1", func(t *Task) {
			t.Owners = []string{"minh", "hoa", "minh"}
			t.DoneWhen = "đủ 12 bản"
			t.GivenBy = "hoa"
		})
		got, err := Find(t.Context(), d, "r", "t1")
		if err != nil {
			t.Fatal(err)
		}
		want.Owners, want.State, want.Seq = []string{"minh", "hoa"}, Given, 1
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if unread(t, d, "minh") != 1 || unread(t, d, "hoa") != 1 {
			t.Error("the owners were not told")
		}
		if of, err := OfMeeting(t.Context(), d, "r", "m11"); err != nil || !slices.Equal(ids(of), []string{"t1"}) {
			t.Errorf("OfMeeting = %v, %v", ids(of), err)
		}
		if own, err := openOfMember(t.Context(), d, "r", "hoa"); err != nil || !slices.Equal(ids(own), []string{"t1"}) {
			t.Errorf("openOfMember = %v, %v", ids(own), err)
		}
	})
}

func TestGiveRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		cell(t, d)
		bad := given()
		bad.Title = ""
		err := d.Tx(t.Context(), func(tx *db.Tx) error { return Give(t.Context(), tx, bad) })
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("Give = %v", err)
		}
		if open, err := Open(t.Context(), d, "r", "c"); err != nil || len(open) != 0 {
			t.Errorf("left behind: %v, %v", ids(open), err)
		}
	})
}

// TestMonth walks tasks through an evening: verdicts, one taken back, the rest
// carried over with their history.
func TestMonth(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		cell(t, d)
		for _, id := range []string{"well", "undone", "wrong", "silent"} {
			give(t, d, id, nil)
		}
		give(t, d, "later", func(t *Task) { t.Due = third.AddDays(60) })
		give(t, d, "tonight", func(t *Task) { t.Meeting = "m12" })
		evening := third.At(20, 0)
		judge := func(id string, j Judgement) {
			j.At, j.By, j.Meeting = evening, hoa, "m12"
			write(t, d, func(tx *db.Tx) error { return Judge(ctx, tx, "r", id, j) })
		}
		judge("well", Judgement{Verdict: Well})
		judge("undone", Judgement{Verdict: NotDone, Cause: "mưa", Remedy: "làm lại", Due: third.AddDays(30)})
		judge("wrong", Judgement{Verdict: Done})
		judge("wrong", Judgement{})

		var carried []Task
		write(t, d, func(tx *db.Tx) (err error) {
			carried, err = Carry(ctx, tx, "r", "c", Carrying{From: "m12", To: "m1", By: hoa, At: evening})
			return err
		})
		got := ids(carried)
		slices.Sort(got)
		if want := []string{"silent", "undone", "wrong"}; !slices.Equal(got, want) {
			t.Errorf("carried %v, want %v", got, want)
		}
		open, err := Open(ctx, d, "r", "c")
		if err != nil || len(open) != 5 {
			t.Errorf("open %v, %v", ids(open), err)
		}
		undone, err := Find(ctx, d, "r", "undone")
		if err != nil || undone.State != Carried || undone.NextMeeting != "m1" || undone.Due != third.AddDays(30) || undone.Cause != "mưa" {
			t.Errorf("%+v, %v", undone, err)
		}
		history, err := events(ctx, d, "r", "undone")
		if err != nil || len(history) != 3 || history[1].Verdict != NotDone || history[2].Kind != WasCarried {
			t.Errorf("history %+v, %v", history, err)
		}
	})
}

func TestChangeAndWithdraw(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		cell(t, d)
		task := give(t, d, "t1", nil)
		task.Title, task.Owners, task.Due = "Vận động 15 hộ", []string{"minh", hoa}, when.Date{}
		write(t, d, func(tx *db.Tx) error { return Change(ctx, tx, task, Changing{By: hoa, At: third.At(20, 5)}) })
		got, err := Find(ctx, d, "r", "t1")
		if err != nil || got.Title != task.Title || !slices.Equal(got.Owners, task.Owners) || !got.Due.IsZero() || got.Seq != 2 {
			t.Errorf("%+v, %v", got, err)
		}
		if unread(t, d, "minh") != 1 || unread(t, d, hoa) != 1 {
			t.Errorf("told %d new, %d old owners", unread(t, d, "minh"), unread(t, d, hoa))
		}
		write(t, d, func(tx *db.Tx) error { return Withdraw(ctx, tx, "r", "t1", "giao nhầm", hoa, third.At(20, 6)) })
		if open, err := Open(ctx, d, "r", "c"); err != nil || len(open) != 0 {
			t.Errorf("still open: %v, %v", ids(open), err)
		}
		write(t, d, func(tx *db.Tx) error { return Reopen(ctx, tx, "r", "t1", hoa, third.At(20, 7)) })
		if open, err := Open(ctx, d, "r", "c"); err != nil || len(open) != 1 {
			t.Errorf("not open again: %v, %v", ids(open), err)
		}
	})
}

// TestTwoHandsAtOnce lets two people judge the same reading of a task: one of
// them is told to look again.
func TestTwoHandsAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		cell(t, d)
		give(t, d, "t1", nil)
		stale, err := Find(ctx, d, "r", "t1")
		if err != nil {
			t.Fatal(err)
		}
		e := Event{Kind: Progress, At: third.At(8, 0), Reached: 3}
		write(t, d, func(tx *db.Tx) error { _, err := record(ctx, tx, stale, e); return err })
		err = d.Tx(ctx, func(tx *db.Tx) error { _, err := record(ctx, tx, stale, e); return err })
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("the second hand overwrote the first: %v", err)
		}
	})
}

func TestOpenReadsManyOwnersAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		cell(t, d)
		for i := range 12 {
			give(t, d, fmt.Sprint("t", i), func(t *Task) { t.Owners = []string{fmt.Sprint("m", i), hoa}; t.Due = third.AddDays(20 - i) })
		}
		open, err := Open(t.Context(), d, "r", "c")
		if err != nil || len(open) != 12 || open[0].ID != "t11" {
			t.Fatalf("%v, %v", ids(open), err)
		}
		for _, task := range open {
			if len(task.Owners) != 2 || task.Owners[0] != "m"+task.ID[1:] || task.Owners[1] != hoa {
				t.Errorf("%s owned by %v", task.ID, task.Owners)
			}
		}
	})
}

// TestOutcomes: a task belongs to the period in which it was judged or due, with the
// verdict of that period, also when it was carried over afterwards.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		cell(t, d)
		for _, id := range []string{"undone", "waiting", "wrong", "withdrawn"} {
			give(t, d, id, nil)
		}
		give(t, d, "later", func(t *Task) { t.Due = third.AddDays(60) })
		evening := third.At(20, 0)
		judge := func(id string, j Judgement) {
			j.At, j.By, j.Meeting = evening, hoa, "m12"
			write(t, d, func(tx *db.Tx) error { return Judge(ctx, tx, "r", id, j) })
		}
		judge("undone", Judgement{Verdict: NotDone, Cause: "mưa", Remedy: "làm lại", Due: third.AddDays(40)})
		judge("wrong", Judgement{Verdict: Done})
		judge("wrong", Judgement{})
		write(t, d, func(tx *db.Tx) error { return Withdraw(ctx, tx, "r", "withdrawn", "nhầm", hoa, evening) })
		write(t, d, func(tx *db.Tx) error {
			_, err := Carry(ctx, tx, "r", "c", Carrying{From: "m12", To: "m1", By: hoa, At: evening})
			return err
		})
		for name, tt := range map[string]struct {
			first, last when.Date
			want        string
		}{
			"the quarter":   {when.On(2026, 10, 1), when.On(2026, 12, 31), "undone=not_done/m12 waiting= wrong="},
			"the one after": {when.On(2027, 1, 1), when.On(2027, 3, 31), "later= undone="},
			"before":        {when.On(2026, 1, 1), when.On(2026, 9, 30), ""},
		} {
			all, err := OutcomesIn(ctx, d, "r", "c", tt.first, tt.last)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, o := range all {
				said := o.ID + "=" + string(o.Said)
				if o.SaidIn != "" && o.Said != "" {
					said += "/" + o.SaidIn
				}
				got = append(got, said)
			}
			slices.Sort(got)
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("%s: %q, want %q", name, s, tt.want)
			}
		}
	})
}
