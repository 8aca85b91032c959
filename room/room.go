// Package room is where a meeting is held: the log of its acts as the server keeps it, and
// the page on which those who hold the meeting enter them.
//
// What an act is and what follows from it is said by package proceedings. Here acts are
// appended in the order of their arrival and numbered, what follows from them elsewhere
// (tasks, polls, matters passed up, the next meeting) is done in the same transaction,
// and states in use are remembered. The page draws a State as agenda, work and people.
// Service.Append and Service.StateOf are what other features call.
//
// The views and Device are also compiled for the browser, where they draw the same page
// without a network: files with storage or requests in them begin with a build tag.
package room

import "chibo/kit/access"

// What may be done in the room, and by whom: see app/rights.go.
const (
	Watch access.Need = "room.watch" // read along
	Hold  access.Need = "room.hold"  // hold the meeting: secretary, deputy, minute-taker
	Write access.Need = "room.write" // enter acts: those who hold it, and helpers within their duty
)

// Topic is what the bus calls the changes of a room.
func Topic(root, meetingID string) string { return "room/" + root + "/" + meetingID }
