//go:build !unix

package live

import "syscall"

// takenNow leaves everything to be written as usual.
func takenNow(syscall.RawConn, []byte) int { return 0 }
