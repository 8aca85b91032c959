package main

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestSoakFindsALeak lets the program be used for some rounds, once as it should be and once by
// screens that are never shut: the first holds no more at the end than before, the second does.
func TestSoakFindsALeak(t *testing.T) {
	t.Parallel()
	for _, leak := range []bool{false, true} {
		s := &soak{bench: newBench(t), rounds: 24, forget: leak}
		all, _, err := s.run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		j := all.judged()
		t.Log(j[0], j[len(j)-1], s.asked)
		if j.flat(files) == leak {
			t.Errorf("screens left open: %v; open files rise by %.1f", leak, j.rise(files))
		}
	}
}

// TestALineIsFitted: a saw is flat whatever its teeth, and what rises slowly below it is seen.
func TestALineIsFitted(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	for _, leak := range []float64{0, 80 << 10} { // bytes a minute
		var s series
		for n := range 720 {
			one := sample{at: time.Duration(n) * roundEvery}
			one.values[pss] = 80<<20 + float64(n%9)*(2<<20) + r.NormFloat64()*(3<<20) + leak*one.at.Minutes()
			s = append(s, one)
		}
		if s.judged().flat(pss) == (leak > 0) {
			t.Errorf("%.0f KB a minute: the line rises by %.1f MB", leak/1024, s.judged().rise(pss)/(1<<20))
		}
	}
}
