//go:build unix

package live

import "syscall"

// takenNow writes what the kernel takes at once, and returns how many bytes that were.
func takenNow(raw syscall.RawConn, text []byte) (n int) {
	_ = raw.Write(func(fd uintptr) bool { // what went wrong is told to the next who writes
		n, _ = syscall.Write(int(fd), text)
		return true
	})
	return max(0, n)
}
