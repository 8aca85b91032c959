package main

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// measures are what is looked at in a soak, with how much it may rise while it counts as flat: a part
// of what it was, and so many at least.
var measures = [...]struct {
	what, figure string // figure of /metrics, where it is one
	unit         float64
	part, least  float64
	grows        bool // as it must: what people enter is kept
}{
	{what: "Memory of the process (PSS), MB", unit: 1 << 20, part: 0.05, least: 3 << 20},
	{what: "Resident memory, MB", figure: "process_resident_memory_bytes", unit: 1 << 20, part: 0.05, least: 3 << 20},
	{what: "Heap found in use when it was last cleared, MB", figure: "go_gc_heap_live_bytes", unit: 1 << 20, part: 0.05, least: 2 << 20},
	{what: "Goroutines", figure: "go_goroutines", unit: 1, part: 0.05, least: 8},
	{what: "Open files", figure: "process_open_fds", unit: 1, part: 0.05, least: 8},
	{what: "Log of the database (WAL), MB", unit: 1 << 20, part: 0.05, least: 1 << 20},
	{what: "Database, MB", unit: 1 << 20, grows: true},
}

// Places in measures that are not read from /metrics.
const (
	pss      = 0
	files    = 4
	wal      = 5
	database = 6
)

// sample is what a process measures at a moment.
type sample struct {
	at     time.Duration // since the beginning
	values [len(measures)]float64
}

// String is the sample in one line.
func (s sample) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "after %v", s.at.Round(time.Second))
	for n, h := range measures {
		fmt.Fprintf(&out, "; %s %.1f", h.what, s.values[n]/h.unit)
	}
	return out.String()
}

// series are samples in the order of time.
type series []sample

// warm is how much of a soak is not judged: rooms stay in memory for up to forty minutes, so a
// program of two hours holds all that it will ever hold after a third of them.
const warm = 3

// judged is the series without its beginning.
func (s series) judged() series { return s[len(s)/warm:] }

// rise is how much the line that fits a value best goes up from the first sample to the last.
func (s series) rise(n int) float64 {
	var x, y, xx, xy float64
	for _, one := range s {
		t := one.at.Seconds()
		x, y, xx, xy = x+t, y+one.values[n], xx+t*t, xy+t*one.values[n]
	}
	k := float64(len(s))
	if d := k*xx - x*x; d > 0 {
		return (k*xy - x*y) / d * (s[len(s)-1].at - s[0].at).Seconds()
	}
	return math.NaN()
}

// mean is the mean of a value.
func (s series) mean(n int) (sum float64) {
	for _, one := range s {
		sum += one.values[n] / float64(len(s))
	}
	return sum
}

// flat reports whether a value does not rise by more than chance.
func (s series) flat(n int) bool {
	return s.rise(n) <= max(measures[n].least, measures[n].part*s.mean(n))
}

// goals are the lines that a soak brings.
func (s series) goals(what string) []goal {
	j := s.judged()
	quarter := max(1, len(j)/4)
	var all []goal
	for n, h := range measures {
		first, last := j[:quarter].mean(n), j[len(j)-quarter:].mean(n)
		g := goal{
			what: h.what, want: "flat after the first third: the fitted line rises by 5 % at most", met: j.flat(n),
			figure: fmt.Sprintf("first quarter %.1f, last quarter %.1f, the line rises by %.2f in %v; %s",
				first/h.unit, last/h.unit, j.rise(n)/h.unit, (j[len(j)-1].at - j[0].at).Round(time.Second), what),
		}
		if h.grows {
			g.want, g.met = "grows by what is entered", true
		}
		all = append(all, g)
	}
	return all
}
