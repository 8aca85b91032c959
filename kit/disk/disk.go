// Package disk says how much room a directory has left.
package disk

import "errors"

// Space is the room on the file system of a directory, in bytes.
type Space struct {
	Free  uint64 // for this program
	Total uint64
}

// ErrUnknown says that this system does not tell.
var ErrUnknown = errors.New("disk: this system does not tell how much room is left")

// Tight is the room in bytes below which nothing more is begun: what is under way still
// needs room to end, and a full disk refuses in the middle.
const Tight = 64 << 20

// Share is the part that is free, from 0 to 1.
func (s Space) Share() float64 {
	if s.Total == 0 {
		return 0
	}
	return float64(s.Free) / float64(s.Total)
}
