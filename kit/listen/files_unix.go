//go:build unix

package listen

import (
	"math"
	"syscall"
)

// mayOpen returns how many files this process may have open.
func mayOpen() uint64 {
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		return math.MaxUint64
	}
	return files.Cur
}
