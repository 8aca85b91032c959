package load

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// usage is the time that the processor has given at a moment, in hundredths of a
// second, as Linux counts it.
type usage struct {
	at                 time.Time
	server, self, busy int64
}

func take(process int) usage {
	return usage{time.Now(), spent(process), spent(os.Getpid()), busy()}
}

// since returns what the server used since before, and how many cores others had.
func (u usage) since(before usage) (server time.Duration, others float64) {
	s := u.server - before.server
	rest := u.busy - before.busy - s - (u.self - before.self)
	return time.Duration(s) * 10 * time.Millisecond, float64(rest) / 100 / u.at.Sub(before.at).Seconds()
}

// Spent returns the time that the processor has given to a process since its start.
func Spent(process int) time.Duration { return time.Duration(spent(process)) * 10 * time.Millisecond }

// spent returns the user and system time of a process.
func spent(process int) int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	return number(f, 11) + number(f, 12)
}

// busy returns the time of all cores but for what they idled or waited for disks.
func busy() (sum int64) {
	b, _ := os.ReadFile("/proc/stat") // without it there are no figures to be had
	line, _, _ := strings.Cut(string(b), "\n")
	f := strings.Fields(line)
	for n := 1; n <= 8; n++ {
		if n != 4 && n != 5 {
			sum += number(f, n)
		}
	}
	return sum
}

func number(fields []string, n int) int64 {
	if n >= len(fields) {
		return 0
	}
	v, _ := strconv.ParseInt(fields[n], 10, 64) // the kernel writes numbers
	return v
}

// Peak returns the most bytes that a process has held in memory since its start; 0 when
// it is gone.
func Peak(process int) int64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", process)) // gone: 0
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "VmHWM:") {
			return number(strings.Fields(line), 1) * 1024
		}
	}
	return 0
}

// Memory returns the proportional set size of a process in bytes, 0 where there is
// none.
func Memory(process int) int64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", process)) // gone: 0
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "Pss:") {
			return number(strings.Fields(line), 1) * 1024
		}
	}
	return 0
}
