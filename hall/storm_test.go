package hall_test

import (
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"chibo/account"
	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/member"
	"chibo/proceedings"
)

// TestEachIsCheckedInOnce: two hundred presses of one person at once, on two nodes, are one
// check-in, and a whole hall that presses four times each is as many as have come.
func TestEachIsCheckedInOnce(t *testing.T) {
	t.Parallel()
	here := worldtest.OnPostgres(t)
	there := here.Node(nil)
	e := newEvening(t, here)
	e.open("projector")
	var comers []member.Entry
	for _, m := range e.roll {
		if len(m.CardNumber) >= 4 {
			comers = append(comers, m)
		}
	}
	press := func(times int, people ...member.Entry) {
		t.Helper()
		var work sync.WaitGroup
		for _, m := range people {
			own := e.phone().scanned()
			nodes := []*phone{own, {own.At(there), e}}
			for n := range times {
				work.Go(func() {
					if p := nodes[n%2].check(m); p.Status != http.StatusOK || p.Path != "/vao/xong" {
						t.Errorf("a press is answered with %d at %s", p.Status, p.Path)
					}
				})
			}
		}
		work.Wait()
	}
	press(200, comers[0])
	press(4, comers[1:]...)
	marks := map[string]int{}
	for _, a := range e.acts() {
		if a.Kind == proceedings.KindAttendance {
			marks[string(a.Body)]++
		}
	}
	for body, n := range marks {
		if n != 1 {
			t.Errorf("%s stands in the log %d times", body, n)
		}
	}
	kept, err := db.One[int](t.Context(), here.App.DB, `SELECT count(*) FROM checkin WHERE meeting_id = $1`, e.meeting.ID)
	if err != nil || kept != len(comers) || len(marks) != len(comers) {
		t.Errorf("%d have come, %d are kept and %d stand in the log, %v", len(comers), kept, len(marks), err)
	}
	t.Logf("%d presses: %d check-ins of %d", 200+4*(len(comers)-1), kept, len(comers))
}

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
