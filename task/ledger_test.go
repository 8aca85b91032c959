package task

import (
	"testing"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
)

// TestShare counts what has become of the tasks of one resolution: those taken
// back and those whose day has not come are no part of it.
func TestShare(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		cell(t, d)
		for _, id := range []string{"well", "done", "late", "undone", "silent", "wrong"} {
			give(t, d, id, nil)
		}
		give(t, d, "later", func(t *Task) { t.Due = third.AddDays(60) })
		give(t, d, "elsewhere", func(t *Task) { t.Meeting = "m10" })
		if done, of, err := Share(ctx, d, "r", "m11"); done != 0 || of != 0 || err != nil {
			t.Errorf("before the meeting that judges: %d of %d, %v", done, of, err)
		}
		evening := third.At(20, 0)
		write(t, d, func(tx *db.Tx) error {
			for id, v := range map[string]Verdict{"well": Well, "done": Done, "late": Late, "undone": NotDone} {
				j := Judgement{Verdict: v, Cause: "mưa", Remedy: "làm lại", Meeting: "m12", By: hoa, At: evening}
				if err := Judge(ctx, tx, "r", id, j); err != nil {
					return err
				}
			}
			if err := Withdraw(ctx, tx, "r", "wrong", "giao nhầm", hoa, evening); err != nil {
				return err
			}
			_, err := Carry(ctx, tx, "r", "c", Carrying{From: "m12", To: "m1", By: hoa, At: evening})
			return err
		})
		if done, of, err := Share(ctx, d, "r", "m11"); done != 3 || of != 5 || err != nil {
			t.Errorf("after it: %d of %d, want 3 of 5, %v", done, of, err)
		}
	})
}
