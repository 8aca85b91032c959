package hall_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"chibo/account"
	"chibo/app/world/worldtest"
)

// TestCheckInPassesAStormOfSignIns: sixty passwords wait to be hashed, which takes the
// processors one after the other; who checks in meanwhile does not stand in that queue.
func TestCheckInPassesAStormOfSignIns(t *testing.T) {
	t.Parallel()
	const storm = 60
	e := newEvening(t, worldtest.OnSQLite(t))
	e.open("projector")
	m, p := e.roll[3], e.phone().scanned()

	var left atomic.Int64
	var begun, done sync.WaitGroup
	left.Store(storm)
	for range storm {
		begun.Add(1)
		done.Go(func() {
			begun.Done()
			if _, err := account.Stretch(t.Context(), "Con đường dài", []byte("16 bytes of salt")); err != nil {
				t.Error(err)
			}
			left.Add(-1)
		})
	}
	begun.Wait()
	p.check(m).Is(200, "/vao/xong").Says("đã được điểm danh")
	if n := left.Load(); n < storm/2 {
		t.Errorf("only %d of %d sign-ins were left when the check-in was answered: it waited for them", n, storm)
	}
	done.Wait()
}
