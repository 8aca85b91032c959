package room_test

import (
	"errors"
	"testing"

	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/proceedings"
	"chibo/room"
)

// TestTheChainBearsWitnessToActs takes the guards of the table away and changes one
// thing of one act.
func TestTheChainBearsWitnessToActs(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.append(h.present(0), h.present(1))
		h.append(h.present(2))
		verify := func() error { return errors.Join(audit.Verify(h.Context(), h.d), room.Verify(h.Context(), h.d)) }
		if err := verify(); err != nil {
			h.Fatal(err)
		}
		unguarded := `DROP TRIGGER act_no_UPDATE`
		if h.d.Postgres() {
			unguarded = `ALTER TABLE act DISABLE TRIGGER USER`
		}
		change := func(sql string) {
			if err := h.d.Tx(h.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(h.Context(), tx, sql)
				return err
			}); err != nil {
				h.Fatal(err)
			}
		}
		change(unguarded)
		for _, c := range []struct{ what, do, undo string }{
			{"body", `REPLACE(body, 'present', 'absent ')`, `REPLACE(body, 'absent ', 'present')`},
			{"account_id", `account_id || 'x'`, `REPLACE(account_id, 'x', '')`},
			{"at", `at + 1`, `at - 1`},
			{"received", `received + 1`, `received - 1`},
			{"kind", `'` + string(proceedings.KindNote) + `'`, `'` + string(proceedings.KindAttendance) + `'`},
		} {
			change(`UPDATE act SET ` + c.what + ` = ` + c.do + ` WHERE seq = 2`)
			if _, ok := errors.AsType[*room.Broken](verify()); !ok {
				h.Errorf("that %s was changed is not found: %v", c.what, verify())
			}
			change(`UPDATE act SET ` + c.what + ` = ` + c.undo + ` WHERE seq = 2`)
			if err := verify(); err != nil {
				h.Fatalf("%s: %v", c.what, err)
			}
		}
	})
}
