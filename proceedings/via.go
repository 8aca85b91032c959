package proceedings

import "time"

// Via is the way by which an act came in. Empty, as for nearly all: it was entered by
// those who hold the meeting, on their own device.
type Via string

// The ways by which members check themselves in: see package hall.
const (
	Self   Via = "self"   // on one's own device, by the code that changes
	Poster Via = "poster" // on one's own device, by the code on the poster
	Shared Via = "shared" // on a device that several people use
)

// Helped is the way of all that a helper has entered, on a second device: see Duty.
const Helped Via = "helper"

// Vias lists the ways, the secretary's own hand first.
var Vias = []Via{"", Helped, Self, Poster, Shared}

// LateAfter is how long after the opening a member who checks in is marked late. No
// rule of the Party names a figure: it spares those who had to wait for their turn at
// the door, and the secretary may mark otherwise.
const LateAfter = 15 * time.Minute

// CameBy returns how many of those who came were entered which way.
func (s State) CameBy() map[Via]int {
	n := map[Via]int{}
	for _, a := range s.Roll {
		if a.Came() {
			n[a.CameBy]++
		}
	}
	return n
}

// Afterwards reports whether the mark of a was entered or corrected after the closing,
// or typed in from paper: nobody in the room saw it on a screen.
func (s State) Afterwards(a Attendee) bool {
	if a.Status == Unmarked {
		return false
	}
	return s.Opening.Paper || s.Phase == Closed && max(a.At, a.Corrected) > s.Closing.At
}
