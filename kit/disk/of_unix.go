//go:build linux || darwin

package disk

import (
	"fmt"
	"syscall"
)

// Of returns the room of the file system that holds dir.
func Of(dir string) (Space, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return Space{}, fmt.Errorf("disk: %s: %w", dir, err)
	}
	block := uint64(s.Bsize) // #nosec G115 -- a size of blocks is above zero
	return Space{Free: s.Bavail * block, Total: s.Blocks * block}, nil
}
