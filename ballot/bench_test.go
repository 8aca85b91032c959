package ballot_test

import (
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"chibo/ballot"
	"chibo/kit/db/dbtest"
)

// BenchmarkCast measures ballots of distinct people, durable, 64 at a time: spread
// over 1,000 polls, and all in one. The processor time of the program is what busy
// neighbours do not change; PostgreSQL's own is not in it.
func BenchmarkCast(b *testing.B) {
	for name, where := range stores {
		for kind, secret := range map[string]bool{"open": false, "secret": true} {
			for crowd, polls := range map[string]int{"spread": 1000, "one": 1} {
				b.Run(name+"/"+kind+"/"+crowd, func(b *testing.B) {
					h := newHall(b, dbtest.Open(b, where(b)))
					held := make([]ballot.Poll, polls)
					for i := range held {
						held[i] = h.open(b, h.yesNo(secret, people(max(b.N/polls+1, ballot.FewestEntitled))...))
					}
					var next atomic.Int64
					b.SetParallelism(32) // on two processors: 64
					begin := used(b)
					b.ResetTimer()
					b.RunParallel(func(pb *testing.PB) {
						for pb.Next() {
							n := int(next.Add(1) - 1)
							p := held[n%polls]
							if err := h.cast(p.Entitled[n/polls], p, "aye"); err != nil {
								b.Fatal(err)
							}
						}
					})
					b.ReportMetric(float64((used(b)-begin).Microseconds())/float64(b.N), "cpu-µs/op")
				})
			}
		}
	}
}

// used is the processor time that this program has taken.
func used(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
